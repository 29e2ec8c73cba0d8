//! Dossiers.

use api_types::ProblemCode;
use api_types::dossiers as wire;
use api_types::portail::Contact;
use app::Error;
use app::dossiers::{Demande, Liste, Tout};
use db::dossiers::{Changement, Curseur, Filtre, Inscription, Ligne, Personne, Reglement};
use domain::acteur::Cote;
use domain::dossier::{Attente, Etape, EtapeEtat, Etat, Tri, etapes};
use domain::ids::Id;
use domain::montant::Devise;
use domain::numero::Recherche;
use domain::permit::Permit;
use domain::policy::{Deposer, DeposerOpco, LireDossier};
use domain::reference::ReferenceExterne;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::problem::ApiError;

/// Page size when none is asked for.
const LIMITE: u32 = 50;
/// Largest page.
const LIMITE_MAX: u32 = 100;

/// Reads a page size.
pub fn limite(demandee: Option<u32>, defaut: u32) -> Result<usize, ApiError> {
    let limite = demandee.unwrap_or(defaut);
    if limite == 0 || limite > LIMITE_MAX {
        return Err(ApiError::new(ProblemCode::RequeteIllisible).detail("La limite va de 1 à 100."));
    }
    Ok(usize::try_from(limite).unwrap_or(usize::MAX))
}

/// What a filter asks for.
pub fn demande(f: wire::FiltreDossiers) -> Result<Demande, ApiError> {
    let q = super::messages::recherche(f.q)?;
    let q = q.as_deref().map(str::trim);
    let numero = q.and_then(Recherche::parse);
    let nom = if numero.is_none() { q.map(str::to_owned) } else { None };
    let tri = match (f.tri, f.updated_since) {
        (None | Some(Tri::Modification), Some(_)) => Tri::Modification,
        (Some(_), Some(_)) => return Err(faux("« updated_since » trie par « modifie_le » : laissez « tri » de côté.")),
        (tri, None) => tri.unwrap_or(Tri::Echeance),
    };
    let exact = f.numero.as_deref().map(exact).transpose()?;
    if exact.is_some() && numero.is_some() {
        return Err(faux("Cherchez un numéro par « numero » ou par « q », pas par les deux."));
    }
    let filtre = Filtre {
        vue: f.vue,
        etablissement: f.etablissement.map(Id::new),
        dispositif: f.dispositif.filter(|d| !d.is_empty()),
        numero: exact.or(numero),
        demande: f.demande.filter(|d| !d.is_empty()),
        depuis: f.updated_since,
        nom,
        debut_apres: f.debut_apres,
        fin_avant: f.fin_avant,
        etat: f.etat,
        situation: f.situation,
        attendus: f.attendus.unwrap_or(false),
    };
    let curseur = f.curseur.as_deref().map(|c| lire_curseur(c, tri)).transpose()?;
    Ok(Demande { filtre, tri, curseur, limite: limite(f.limite, LIMITE)? })
}

/// Reads the name that a caller gives to something.
pub fn reference(texte: &str) -> Result<ReferenceExterne, Error> {
    ReferenceExterne::parse(texte).ok_or_else(|| {
        Error::champ("/reference_externe", "De 1 à 100 lettres sans accent, chiffres et signes parmi . _ : @ + ~ -.")
    })
}

fn faux(detail: &str) -> ApiError {
    ApiError::new(ProblemCode::RequeteIllisible).detail(detail)
}

/// Exactly a dossier's number.
fn exact(texte: &str) -> Result<Recherche, ApiError> {
    match Recherche::parse(texte) {
        Some(numero @ (Recherche::Dossier(_) | Recherche::RacineDossier(_))) => Ok(numero),
        Some(Recherche::Demande(_)) | None => {
            Err(faux("« numero » est celui d’un dossier : dix chiffres, et « .01 » s’il le faut."))
        }
    }
}

fn lire_curseur(texte: &str, tri: Tri) -> Result<Curseur, ApiError> {
    let faux = || faux("Le curseur n’est pas celui d’une page de cette liste.");
    let dates = || {
        let (jour, id) = texte.split_once('~')?;
        Some((jour.parse::<Date>().ok()?, Id::new(uuid::Uuid::try_parse(id).ok()?)))
    };
    match tri {
        Tri::Echeance | Tri::EcheanceDecroissante => dates().map(|(le, id)| Curseur::Echeance(le, id)),
        Tri::Debut | Tri::DebutCroissant => dates().map(|(le, id)| Curseur::Debut(le, id)),
        Tri::Numero | Tri::NumeroCroissant => {
            matches!(Recherche::parse(texte), Some(Recherche::Dossier(_))).then(|| Curseur::Numero(texte.to_owned()))
        }
        Tri::Modification => texte.split_once('~').and_then(|(micros, id)| {
            let le = Timestamp::from_microsecond(micros.parse().ok()?).ok()?;
            Some(Curseur::Modification(le, Id::new(uuid::Uuid::try_parse(id).ok()?)))
        }),
    }
    .ok_or_else(faux)
}

fn ecrire_curseur(curseur: &Curseur) -> String {
    match curseur {
        Curseur::Echeance(le, id) | Curseur::Debut(le, id) => format!("{le}~{}", id.uuid().simple()),
        Curseur::Numero(n) => n.clone(),
        Curseur::Modification(le, id) => format!("{}~{}", le.as_microsecond(), id.uuid().simple()),
    }
}

/// A page of the list.
pub fn page(liste: Liste) -> wire::PageDossiers {
    wire::PageDossiers {
        suivant: liste.page.suivant.as_ref().map(ecrire_curseur),
        elements: liste.page.lignes.into_iter().map(resume).collect(),
        compte: wire::Compte { en_cours: liste.compte.0, historique: liste.compte.1 },
        synchronise_jusqu_a: liste.jusqu_a,
    }
}

/// A dossier in the list.
pub fn resume(ligne: Ligne) -> wire::DossierResume {
    let d = ligne.dossier;
    wire::DossierResume {
        attente: Attente::de(d.etat.0, d.pieces_dues, d.pieces_fournies),
        id: d.id.0.uuid(),
        numero: d.numero,
        demande: d.demande_numero,
        dispositif: d.dispositif,
        intitule: d.intitule,
        date_debut: d.date_debut.0,
        date_fin: d.date_fin.0,
        etat: d.etat.0,
        code_inter_opco: d.etat.0.code_inter_opco(),
        pieces_dues: d.pieces_dues,
        pieces_fournies: d.pieces_fournies,
        echeance: d.echeance.map(|e| e.0),
        etablissement_id: d.etablissement_id.0.uuid(),
        etablissement: ligne.etablissement,
        adherent_id: d.adherent_id.0.uuid(),
        adherent: ligne.adherent,
        stagiaires: d.stagiaires,
        messages_non_lus: ligne.non_lus,
        modifie_le: d.modifie_le.0,
        reference_externe: ligne.reference,
    }
}

/// A person of the OPCO.
pub fn contact(p: Personne) -> Contact {
    Contact { nom: format!("{} {}", p.prenom, p.nom), fonction: p.fonction, telephone: p.telephone, email: p.email }
}

/// A dossier.
pub fn dossier(tout: Tout, permit: &Permit<LireDossier>) -> wire::Dossier {
    let Tout { detail, changements } = tout;
    let nombres = detail.nombres;
    let d = detail.dossier;
    let peut_contribuer = match permit.acteur().cote() {
        Cote::Membre => app::authz::peut::<Deposer>(permit.partage(), permit.sur()),
        Cote::Gestionnaire | Cote::AdministrateurOpco => {
            app::authz::peut::<DeposerOpco>(permit.partage(), permit.sur())
        }
    };
    wire::Dossier {
        attente: Attente::de(d.etat.0, d.pieces_dues, d.pieces_fournies),
        etapes: etapes_de(d.etat.0, &changements),
        historique: changements.into_iter().map(changement).collect(),
        id: d.id.0.uuid(),
        numero: d.numero,
        demande: d.demande_numero,
        dispositif: d.dispositif,
        intitule: d.intitule,
        organisme: d.organisme,
        date_debut: d.date_debut.0,
        date_fin: d.date_fin.0,
        etat: d.etat.0,
        code_inter_opco: d.etat.0.code_inter_opco(),
        pieces_dues: d.pieces_dues,
        pieces_fournies: d.pieces_fournies,
        echeance: d.echeance.map(|e| e.0),
        devise: Devise::Eur,
        montant_demande: d.montant_demande,
        montant_accorde: d.montant_accorde,
        montant_regle: d.montant_regle,
        etablissement_id: d.etablissement_id.0.uuid(),
        etablissement: detail.etablissement,
        adherent_id: d.adherent_id.0.uuid(),
        adherent: detail.adherent,
        gestionnaire: detail.gestionnaire.map(contact),
        onglets: wire::Onglets {
            inscriptions: nombres.inscriptions,
            reglements: nombres.reglements,
            documents: nombres.documents,
            documents_opco: nombres.documents_opco,
            messages: nombres.messages,
            messages_non_lus: nombres.messages_non_lus,
        },
        peut_contribuer,
        a_traiter: nombres.a_traiter,
        a_traiter_jusqu_a: nombres.a_traiter_jusqu_a,
        reference_externe: detail.reference,
    }
}

/// The four steps, each with the day it was done: that of the change of état that ended it.
fn etapes_de(etat: Etat, changements: &[Changement]) -> Vec<wire::EtapeDossier> {
    let jour = |etats: &[Etat]| {
        // The latest first: the last one found is the earliest.
        let c = changements.iter().rev().find(|c| etats.contains(&c.etat.0))?;
        Some(c.le.0.to_zoned(paris()).date())
    };
    etapes(etat)
        .into_iter()
        .map(|(etape, avancement)| {
            let fin: &[Etat] = match etape {
                Etape::Transmission => &[Etat::Transmis],
                Etape::Instruction => &[Etat::Accorde, Etat::Refuse],
                Etape::Accord => &[Etat::Accorde],
                Etape::Paiement => &[Etat::Regle],
            };
            let le = if avancement == EtapeEtat::Fait { jour(fin) } else { None };
            wire::EtapeDossier { etape, avancement, le }
        })
        .collect()
}

/// The time zone of everything that people read.
pub fn paris() -> TimeZone {
    TimeZone::get("Europe/Paris").unwrap_or(TimeZone::UTC)
}

fn changement(c: Changement) -> wire::ChangementEtat {
    wire::ChangementEtat {
        etat: c.etat.0,
        code_inter_opco: c.etat.0.code_inter_opco(),
        le: c.le.0,
        par: format!("{} {}", c.prenom, c.nom),
        motif: c.motif,
    }
}

/// The registrations.
pub fn inscriptions(lignes: Vec<Inscription>) -> wire::Inscriptions {
    let elements = lignes.into_iter().map(|i| wire::Inscription {
        id: i.id.0.uuid(),
        nom: i.nom,
        prenom: i.prenom,
        date_naissance: i.date_naissance.0,
        csp: i.csp,
        titre: i.titre,
        role: i.role,
    });
    wire::Inscriptions { elements: elements.collect() }
}

/// The payments and their totals.
pub fn reglements(accorde: i64, lignes: Vec<Reglement>) -> wire::Reglements {
    let elements: Vec<wire::Reglement> = lignes.into_iter().map(reglement).collect();
    wire::Reglements {
        devise: Devise::Eur,
        accorde,
        facture: elements.iter().map(|r| r.montant_facture).sum(),
        regle: elements.iter().map(|r| r.montant_regle).sum(),
        elements,
    }
}

/// A payment.
pub fn reglement(r: Reglement) -> wire::Reglement {
    wire::Reglement {
        id: r.id.0.uuid(),
        facture: r.facture,
        beneficiaire: r.beneficiaire,
        mode: r.mode.0,
        devise: Devise::Eur,
        montant_facture: r.montant_facture,
        montant_regle: r.montant_regle,
        virement: r.virement,
        regle_le: r.regle_le.map(|d| d.0),
    }
}

/// The dispositifs.
pub fn dispositifs(lignes: Vec<(String, String)>) -> wire::Dispositifs {
    wire::Dispositifs {
        elements: lignes.into_iter().map(|(code, libelle)| wire::Dispositif { code, libelle }).collect(),
    }
}
