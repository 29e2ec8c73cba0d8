//! Dealing events out: one delivery for each subscription that may hear of an event.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use db::Conn;
use db::journal::Evenement;
use db::webhooks::Abonnement;
use domain::Acteur;
use domain::ids::{EtablissementId, UtilisateurId};
use domain::webhook::WebhookType;
use jiff::Timestamp;

use super::lieux;
use crate::hub::audible;
use crate::{App, Error};

/// Events dealt out in one transaction.
const LOT: i64 = 100;

/// Deals out the events that wait; how many, 0 when none does.
///
/// Deliveries are made in the transaction that takes the mark off the event: an event is dealt out
/// once and whole, whichever node does it and whenever it dies.
pub(super) async fn distribuer(app: &App) -> Result<usize, Error> {
    let le = app.horloge().maintenant();
    app.entretenir(move |conn| {
        let evenements = db::webhooks::file::evenements(conn, LOT)?;
        let mut oreilles = Oreilles::default();
        for evenement in &evenements {
            oreilles.distribuer(conn, evenement, le)?;
        }
        let seqs: Vec<i64> = evenements.iter().map(|e| e.seq).collect();
        db::webhooks::file::distribues(conn, seqs)?;
        Ok(evenements.len())
    })
    .await
}

/// Who listens, read once for a batch.
#[derive(Default)]
struct Oreilles {
    abonnements: HashMap<EtablissementId, Vec<Abonnement>>,
    porteurs: HashMap<UtilisateurId, Option<Arc<Acteur>>>,
}

impl Oreilles {
    fn distribuer(&mut self, conn: &mut Conn, evenement: &Evenement, le: Timestamp) -> Result<(), Error> {
        let Some(nature) = WebhookType::du_fil(evenement.nature.0) else { return Ok(()) };
        let lieu = evenement.etablissement.0;
        let abonnements = match self.abonnements.entry(lieu) {
            Entry::Occupied(lus) => lus.into_mut(),
            Entry::Vacant(place) => place.insert(db::webhooks::file::abonnements_du_lieu(conn, lieu)?),
        };
        for abonnement in abonnements {
            let porteur = abonnement.ligne.porteur.0;
            let porteur = match self.porteurs.entry(porteur) {
                Entry::Occupied(lu) => lu.into_mut(),
                Entry::Vacant(place) => place.insert(db::webhooks::file::porteur(conn, porteur, le)?),
            };
            let Some(porteur) = porteur else { continue };
            if entend(porteur, abonnement, nature, evenement) {
                db::webhooks::file::livrer(conn, &abonnement.ligne, nature, evenement, le)?;
            }
        }
        Ok(())
    }
}

/// Whether a subscription hears of an event: what its bearer hears as a person, narrowed by its settings.
fn entend(porteur: &Acteur, abonnement: &Abonnement, nature: WebhookType, evenement: &Evenement) -> bool {
    let types = abonnement.ligne.types();
    audible(porteur, evenement)
        && (types.is_empty() || types.contains(&nature))
        && lieux(porteur, abonnement).contains(&evenement.etablissement.0)
        // What happened before somebody subscribed is not told.
        && evenement.le.0 >= abonnement.ligne.cree_le.0
}
