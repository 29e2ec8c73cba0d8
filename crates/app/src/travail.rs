//! The gestionnaire's worklist: what arrived, and what is treated.

use db::codes::Audience;
use db::journal::Trace;
use db::travail::PageTravail;
use domain::evenement::EvenementType;
use domain::ids::ArriveeId;
use domain::permit::{Action as _, Permit};
use domain::policy::{Traiter, VoirTravail};
use jiff::Timestamp;

use crate::authz::{Claim, Refus};
use crate::{App, Error, Journal};

/// A page of the worklist, the dossier that waits for longest first.
pub async fn lister(
    app: &App,
    claim: Claim<VoirTravail>,
    apres: Option<ArriveeId>,
    limite: usize,
) -> Result<PageTravail, Refus> {
    let (_, page) =
        app.read_as(claim, move |conn, permit| Ok(db::travail::lister(conn, permit, apres, limite)?)).await?;
    Ok(page)
}

/// Marks what arrived on a dossier as treated, until an instant, or until now; a second time, nothing is left to mark.
pub async fn traiter(app: &App, permit: &Permit<Traiter>, jusqu_a: Option<Timestamp>) -> Result<(), Error> {
    let p = permit.clone();
    app.write(permit.acteur(), move |tx| {
        let dossier = p.sur();
        let arrivees = db::travail::traiter(tx.conn, &p, jusqu_a.unwrap_or(tx.maintenant), tx.maintenant)?;
        let trace = Trace {
            action: Traiter::NOM,
            objet: "dossier",
            objet_id: dossier.id.uuid(),
            dossier: Some(dossier.id),
            details: serde_json::json!({ "arrivees": arrivees }),
        };
        let journal = Journal::new(trace);
        let journal = match arrivees {
            0 => journal,
            _ => journal.annonce(EvenementType::DossierTraite, Audience::Opco, dossier, None),
        };
        Ok(((), journal))
    })
    .await
}
