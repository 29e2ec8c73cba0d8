//! The worklist and the live stream.

use actix_web::web::Bytes;
use api_types::travail as wire;
use app::hub::Signal;
use db::journal::Evenement;
use db::travail::PageTravail;

use super::{dossiers, messages};

/// How long a browser waits before it opens a cut stream again, in milliseconds.
const RETOUR: u32 = 3_000;
/// The same after the stream was closed for another: long, so that windows do not chase each other.
const RETOUR_EVINCE: u32 = 60_000;

/// A page of the worklist.
pub fn travail(page: PageTravail) -> wire::Travail {
    let elements = page.lignes.into_iter().map(|l| wire::LigneTravail {
        dossier: dossiers::resume(l.dossier),
        documents: l.documents,
        messages: l.messages,
        depuis: l.depuis,
        jusqu_a: l.jusqu_a,
    });
    wire::Travail { elements: elements.collect(), total: page.total, suivant: page.suivant.map(messages::curseur) }
}

/// An event of the live stream.
fn evenement(e: &Evenement) -> wire::Evenement {
    wire::Evenement {
        nature: e.nature.0,
        dossier_id: e.dossier.0.uuid(),
        objet_id: e.objet.map(|o| o.0.uuid()),
        le: e.le.0,
    }
}

/// A block of the stream, as Server-Sent Events are written (HTML Standard, section 9.2).
pub fn signal(signal: &Signal) -> Bytes {
    let texte = match signal {
        Signal::Evenement { curseur, evenement: e } => {
            let data = serde_json::to_string(&evenement(e)).unwrap_or_default();
            format!("id: {curseur}\nevent: evenement\ndata: {data}\n\n")
        }
        Signal::Reprise { curseur } => format!("id: {curseur}\nevent: reprise\ndata: {{}}\n\n"),
        // Without data no event is raised, but the browser remembers from where to resume.
        Signal::Battement { curseur } => format!(": fil ouvert\nretry: {RETOUR}\nid: {curseur}\n\n"),
        Signal::Evince => format!(": remplacé par un autre fil\nretry: {RETOUR_EVINCE}\n\n"),
    };
    Bytes::from(texte)
}
