//! The receipt of a deposit: what was received, from whom, when, and its SHA-256.

pub(crate) mod mise_en_page;

use db::documents::Recu;
use domain::code::Code as _;
use domain::document::{Sens, Statut};
use domain::permit::Permit;
use domain::policy::LireDocument;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use self::mise_en_page::{Bloc, Case, Identite, case, gras, rendre, simple};
use super::deposer::hex;
use crate::{App, Error};

/// The time that people of the organisation live by.
const FUSEAU: &str = "Europe/Paris";

/// The receipt of a deposit: its number and the PDF.
///
/// The same document gives the same bytes, until it is transmitted or its depositor's name is corrected.
pub async fn recu(app: &App, permit: &Permit<LireDocument>) -> Result<(String, Vec<u8>), Error> {
    let p = permit.clone();
    let recu = app.read(move |conn| Ok(db::documents::recu(conn, &p)?)).await?;
    let numero = super::recu_numero(recu.document.id.0, recu.document.depose_le.0);
    let organisme = app.reglages().organisme.clone();
    let dessiner = move || dessiner(&numero, &organisme, &recu).map(|pdf| (numero, pdf));
    tokio::task::spawn_blocking(dessiner).await.map_err(|e| Error::Interne(format!("reçu : {e}")))?
}

fn dessiner(numero: &str, organisme: &str, r: &Recu) -> Result<Vec<u8>, Error> {
    let d = &r.document;
    let categorie = r.categorie.clone().unwrap_or_else(|| match d.usage.0 {
        domain::document::Usage::Piece => format!("Documents {organisme}"),
        domain::document::Usage::Message => "Pièce jointe à un message".to_owned(),
    });
    let siret = siret(&r.siret);
    let phrase = match d.sens.0 {
        Sens::Adherent => format!("{organisme} accuse réception du document ci-dessous, déposé dans le dossier\u{a0}"),
        Sens::Opco => format!("{organisme} a déposé le document ci-dessous dans le dossier\u{a0}"),
    };
    let blocs = [
        Bloc::Tete {
            marque: "eGestion".to_owned(),
            lignes: vec![format!("Reçu n° {numero}"), format!("Délivré par {organisme}")],
        },
        Bloc::Titre("Reçu de dépôt de document".to_owned()),
        Bloc::Texte(vec![
            simple(phrase),
            gras(r.dossier.clone()),
            simple(" (demande\u{a0}"),
            gras(r.demande.clone()),
            simple(format!("), «\u{a0}{}\u{a0}».", r.intitule)),
        ]),
        Bloc::Cases(vec![
            vec![case("Document", d.nom.clone())],
            vec![case("Catégorie", categorie), case("Version", d.version.to_string())],
            vec![
                case("Taille", format!("{}\u{a0}octets", milliers(d.taille))),
                case("Format", d.format.0.libelle()),
            ],
            vec![case("Déposé le", instant(d.depose_le.0)), transmission(organisme, r)],
            vec![case("Déposé par", r.depose_par.clone()), case("Établissement", r.etablissement.clone())],
            vec![case("Adhérent", r.adherent.clone()), case("SIRET", siret)],
            vec![Case { chasse_fixe: true, ..case("Empreinte SHA-256", hex(&d.sha256)) }],
        ]),
        Bloc::Note(
            "Pour vérifier un fichier, calculez son empreinte SHA-256 et comparez les 64 caractères : ils sont identiques \
             si, et seulement si, le fichier est celui qui a été déposé. Sous Windows (PowerShell)\u{a0}: Get-FileHash \
             fichier. Sous macOS\u{a0}: shasum -a 256 fichier. Sous Linux\u{a0}: sha256sum fichier."
                .to_owned(),
        ),
        Bloc::Note("Ce reçu prouve la réception du fichier, pas l’acceptation de la pièce.".to_owned()),
    ];
    let identite = Identite {
        titre: &format!("Reçu de dépôt {numero}"),
        sujet: &format!("Dépôt d’un document dans le dossier {}", r.dossier),
        auteur: organisme,
        numero,
        date: d.depose_le.0,
    };
    rendre(&identite, &blocs)
}

fn transmission(organisme: &str, r: &Recu) -> Case {
    let d = &r.document;
    let (fait, prevu) = match d.sens.0 {
        Sens::Adherent => (format!("Transmis à {organisme} le"), format!("Transmission à {organisme} prévue le")),
        Sens::Opco => ("Transmis à l’adhérent le".to_owned(), "Transmission à l’adhérent prévue le".to_owned()),
    };
    match (d.statut.0, &d.transmis_le) {
        (_, Some(le)) => case(fait, instant(le.0)),
        (Statut::Recu, None) => case(prevu, instant(d.transmission_prevue_le.0)),
        (Statut::Infecte, None) => case("Transmission", "Non transmis : logiciel malveillant détecté"),
        (statut, None) => case("Transmission", format!("Non transmis ({})", statut.code())),
    }
}

/// « 23/11/2026 à 14 h 31 min 54 s (UTC+01:00) », in Paris.
fn instant(le: Timestamp) -> String {
    let paris = le.in_tz(FUSEAU).unwrap_or_else(|_| le.to_zoned(TimeZone::UTC));
    paris.strftime("%d/%m/%Y à %H\u{a0}h\u{a0}%M\u{a0}min\u{a0}%S\u{a0}s (UTC%:z)").to_string()
}

/// A whole number with the spaces of French typography.
fn milliers(n: i64) -> String {
    let chiffres = n.unsigned_abs().to_string();
    let mut sortie = String::new();
    for (i, c) in chiffres.chars().enumerate() {
        if i > 0 && (chiffres.len() - i).is_multiple_of(3) {
            sortie.push('\u{202f}');
        }
        sortie.push(c);
    }
    sortie
}

/// A SIRET as it is written: 3, 3, 3 and 5 digits.
fn siret(texte: &str) -> String {
    match (texte.get(..3), texte.get(3..6), texte.get(6..9), texte.get(9..)) {
        (Some(a), Some(b), Some(c), Some(d)) => [a, b, c, d].join("\u{a0}"),
        _ => texte.to_owned(),
    }
}

#[cfg(test)]
#[path = "recu/tests.rs"]
mod tests;
