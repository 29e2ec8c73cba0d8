//! What the demonstration's documents say: short, plausible, and marked as examples.

use jiff::Timestamp;

use super::fiche::Fiche;
use super::textes::Guide;
use crate::Error;
use crate::documents::recu::mise_en_page::{Bloc, Identite, case, gras, rendre, simple};

/// What a document is about.
#[derive(Clone)]
pub(crate) struct Sujet {
    pub(crate) numero: String,
    pub(crate) demande: String,
    pub(crate) intitule: String,
    pub(crate) organisme: String,
    pub(crate) adherent: String,
    pub(crate) siret: String,
    pub(crate) dates: String,
    pub(crate) montant: String,
    pub(crate) stagiaires: Vec<String>,
    pub(crate) opco: String,
}

impl Sujet {
    pub(super) fn new(f: &Fiche, (adherent, opco): (&str, &str), dates: String, stagiaires: Vec<String>) -> Self {
        Self {
            numero: f.numero.to_owned(),
            demande: f.demande.to_owned(),
            intitule: f.intitule.to_owned(),
            organisme: f.organisme.to_owned(),
            adherent: adherent.to_owned(),
            siret: f.siret.to_owned(),
            dates,
            montant: domain::montant::Centimes(f.montant).to_string(),
            stagiaires,
            opco: opco.to_owned(),
        }
    }
}

/// A document of a dossier: its kind is the category's code, or one of `accord`, `refus`, `modele`.
pub(crate) fn document(sujet: &Sujet, genre: &str, nom: &str, date: Timestamp) -> Result<Vec<u8>, Error> {
    let (titre, emetteur, corps) = contenu(sujet, genre, nom);
    let mut blocs = vec![
        Bloc::Tete {
            marque: emetteur.clone(),
            lignes: vec![format!("Dossier {}", sujet.numero), format!("Demande {}", sujet.demande)],
        },
        Bloc::Titre(titre.clone()),
    ];
    blocs.extend(corps);
    blocs.push(Bloc::Note("Document de démonstration : personnes, entreprises et montants sont inventés.".to_owned()));
    let identite = Identite {
        titre: &titre,
        sujet: &format!("{}, dossier {}", sujet.intitule, sujet.numero),
        auteur: &emetteur,
        numero: &format!("{} {nom}", sujet.numero),
        date,
    };
    rendre(&identite, &blocs)
}

#[expect(clippy::too_many_lines, reason = "a table")]
fn contenu(s: &Sujet, genre: &str, nom: &str) -> (String, String, Vec<Bloc>) {
    let organisme = s.organisme.clone();
    let phrase = |t: String| Bloc::Texte(vec![simple(t)]);
    let action = Bloc::Cases(vec![
        vec![case("Action de formation", s.intitule.clone())],
        vec![case("Dates", s.dates.clone()), case("Organisme", s.organisme.clone())],
        vec![case("Entreprise", s.adherent.clone()), case("SIRET", s.siret.clone())],
        vec![case("Stagiaires", s.stagiaires.join(", "))],
    ]);
    match genre {
        "convention" => (
            "Convention de formation professionnelle".to_owned(),
            organisme,
            vec![
                phrase(format!(
                    "Entre {}, organisme de formation, et l’entreprise {}, il est convenu ce qui suit.",
                    s.organisme, s.adherent
                )),
                action,
                Bloc::Intertitre("Prix et règlement".to_owned()),
                phrase(format!(
                    "Le prix de l’action est de {} net de taxe. L’organisme remet une facture et un certificat de réalisation par stagiaire.",
                    s.montant
                )),
                phrase("Fait en deux exemplaires. Signatures de l’organisme et de l’entreprise.".to_owned()),
            ],
        ),
        "programme" => (
            "Programme de formation".to_owned(),
            organisme,
            vec![
                action,
                Bloc::Intertitre("Déroulement".to_owned()),
                Bloc::Etapes(
                    [
                        "Accueil, recueil des attentes et règles de sécurité.",
                        "Apports techniques et réglementaires, études de cas.",
                        "Mise en pratique sur plateau, en situation de chantier.",
                        "Évaluation individuelle et bilan avec le formateur.",
                    ]
                    .map(str::to_owned)
                    .to_vec(),
                ),
            ],
        ),
        "facture" => (
            "Facture".to_owned(),
            organisme,
            vec![
                Bloc::Texte(vec![
                    simple("Facture "),
                    gras(nom.trim_start_matches("Facture_").trim_end_matches(".pdf").replace('_', " ")),
                    simple(format!(", adressée à {} pour le compte de {}.", s.opco, s.adherent)),
                ]),
                action,
                Bloc::Cases(vec![vec![case("Montant net de taxe", s.montant.clone()), case("Échéance", "À 30 jours")]]),
            ],
        ),
        "certificat" => (
            "Certificat de réalisation".to_owned(),
            organisme,
            vec![
                phrase(
                    "L’organisme atteste que l’action de formation ci-dessous a été réalisée par la personne nommée."
                        .to_owned(),
                ),
                Bloc::Cases(vec![vec![
                    case("Stagiaire", personne(nom, &s.stagiaires)),
                    case("Employeur", s.adherent.clone()),
                ]]),
                action,
            ],
        ),
        "accord" | "refus" => {
            let sens = if genre == "accord" {
                format!(
                    "La prise en charge de votre demande est accordée pour un montant de {}. Le règlement suit la réception de la facture et des certificats de réalisation.",
                    s.montant
                )
            } else {
                "La prise en charge de votre demande est refusée, pour le motif indiqué dans votre dossier. Vous pouvez demander un nouvel examen dans les deux mois.".to_owned()
            };
            let titre = if genre == "accord" { "Accord de prise en charge" } else { "Notification de refus" };
            (titre.to_owned(), s.opco.clone(), vec![phrase(sens), action])
        }
        "modele" => (
            "Modèle de certificat de réalisation".to_owned(),
            s.opco.clone(),
            vec![
                phrase("À remplir par l’organisme, un exemplaire par stagiaire.".to_owned()),
                Bloc::Cases(vec![
                    vec![case("Nom et prénom du stagiaire", "…"), case("Employeur", "…")],
                    vec![case("Intitulé de l’action", "…")],
                    vec![case("Dates", "…"), case("Durée effectivement suivie", "…")],
                ]),
            ],
        ),
        "cerfa" => ("Contrat en alternance, formulaire signé".to_owned(), s.adherent.clone(), vec![action]),
        "annexe" => ("Annexe pédagogique".to_owned(), organisme, vec![action]),
        "tuteur" => (
            "Désignation du tuteur".to_owned(),
            s.adherent.clone(),
            vec![
                phrase(
                    "Le tuteur désigné justifie d’au moins deux ans d’expérience dans la qualification visée."
                        .to_owned(),
                ),
                action,
            ],
        ),
        "accord_ecrit" => ("Accord écrit des parties".to_owned(), s.adherent.clone(), vec![action]),
        _ => (
            nom.rsplit_once('.').map_or(nom, |(t, _)| t).replace('_', " ").trim().to_owned(),
            s.adherent.clone(),
            vec![phrase("Document transmis à l’appui du dossier.".to_owned()), action],
        ),
    }
}

/// The trainee that a file name speaks of: the one whose last name it holds.
fn personne(nom: &str, stagiaires: &[String]) -> String {
    let trouve = stagiaires.iter().find(|s| s.split(' ').next().is_some_and(|n| nom.contains(n)));
    trouve.or_else(|| stagiaires.first()).cloned().unwrap_or_default()
}

/// A guide.
pub(super) fn guide((titre, nom, introduction, etapes): &Guide, opco: &str, date: Timestamp) -> Result<Vec<u8>, Error> {
    let blocs = [
        Bloc::Tete { marque: "eGestion".to_owned(), lignes: vec!["Guide".to_owned(), opco.to_owned()] },
        Bloc::Titre((*titre).to_owned()),
        Bloc::Texte(vec![simple(*introduction)]),
        Bloc::Etapes(etapes.iter().map(|e| (*e).to_owned()).collect()),
        Bloc::Note("Besoin d’aide ? L’assistance répond au numéro indiqué dans le portail de services.".to_owned()),
    ];
    let identite = Identite { titre, sujet: introduction, auteur: opco, numero: nom, date };
    rendre(&identite, &blocs)
}
