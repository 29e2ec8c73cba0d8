//! The log of a subscription: deliveries and attempts.

use db::webhooks::livraisons::{Essai, Livraison, Page};
use domain::ids::LivraisonId;
use domain::permit::Permit;
use domain::policy::GererWebhook;
use domain::webhook::StatutLivraison;

use crate::{App, Error};

/// A page of the deliveries of a subscription, the latest first.
pub async fn lister_livraisons(
    app: &App,
    permit: &Permit<GererWebhook>,
    statut: Option<StatutLivraison>,
    avant: Option<LivraisonId>,
    limite: usize,
) -> Result<Page, Error> {
    let p = permit.clone();
    app.read(move |conn| Ok(db::webhooks::livraisons::lister(conn, &p, statut, avant, limite)?)).await
}

/// A delivery with its attempts, the first first.
pub async fn lire_livraison(
    app: &App,
    permit: &Permit<GererWebhook>,
    id: LivraisonId,
) -> Result<(Livraison, Vec<Essai>), Error> {
    let p = permit.clone();
    app.read(move |conn| Ok(db::webhooks::livraisons::lire(conn, &p, id)?)).await
}
