use db::codes::{Audience, Reference};
use db::journal::Trace;
use domain::document::{Sens, Usage};
use domain::evenement::EvenementType;
use domain::permit::{Action as _, Permit};
use domain::policy::AnnulerDepot;

use super::recalculer;
use super::transmettre::reprendre;
use crate::{App, Error, Journal};

/// Takes a document back during its undo window; the other side never saw it.
pub async fn annuler(app: &App, permit: &Permit<AnnulerDepot>) -> Result<(), Error> {
    permit.sur().statut.annuler().map_err(|_| Error::TropTard)?;
    let p = permit.clone();
    app.write(permit.acteur(), move |tx| {
        let document = p.sur();
        db::dossiers::prendre(tx.conn, &document.dossier)?;
        // An attachment is given with its message, which is not taken back.
        if db::documents::lire(tx.conn, &p)?.document.usage.0 == Usage::Message {
            return Err(Error::TropTard);
        }
        if !db::documents::annuler(tx.conn, &p)? {
            return Err(Error::TropTard);
        }
        // The name may be given to what is deposited in its place.
        db::references::liberer(tx.conn, document.depose_par, Reference::Document, document.id.uuid())?;
        db::jobs::annuler(tx.conn, document.id.uuid())?;
        reprendre(tx, document.id)?;
        if document.sens == Sens::Adherent {
            recalculer(tx, &document.dossier)?;
        }
        let trace = Trace {
            action: AnnulerDepot::NOM,
            objet: "document",
            objet_id: document.id.uuid(),
            dossier: Some(document.dossier.id),
            details: serde_json::Value::Null,
        };
        let audience = if document.sens == Sens::Adherent { Audience::Adherent } else { Audience::Opco };
        let id = Some(document.id.uuid());
        Ok(((), Journal::new(trace).annonce(EvenementType::DocumentAnnule, audience, &document.dossier, id)))
    })
    .await
}
