use db::DbError;
use db::clients_api::NouvelleCle;
use domain::ids::CleApiId;
use domain::permit::Permit;
use domain::policy::GererClient;

use super::lire::{Fiche, fiche};
use super::trace;
use crate::oauth::normaliser;
use crate::{App, Error, Journal, Tx};

/// Most public keys of a client.
const CLES_MAX: usize = 5;

/// Gives a client a public key, by which it proves itself without a secret.
pub async fn ajouter_cle(app: &App, permit: &Permit<GererClient>, jwk: serde_json::Value) -> Result<Fiche, Error> {
    let (kid, alg, jwk) = normaliser(&jwk).map_err(|e| Error::champ("/jwk", e.to_string()))?;
    let cle = NouvelleCle { id: Tx::id(), kid, alg, jwk };
    let p = permit.clone();
    app.write(permit.acteur(), move |tx| {
        db::clients_api::prendre(tx.conn, &p)?;
        if db::clients_api::cles(tx.conn, &p)?.len() >= CLES_MAX {
            return Err(Error::champ("/jwk", "Un client a cinq clés publiques au plus. Retirez-en une."));
        }
        db::clients_api::ajouter_cle(tx.conn, &p, &cle, tx.maintenant).map_err(|e| match e {
            DbError::Doublon(_) => Error::champ("/jwk", "Ce client a déjà une clé de ce nom (kid)."),
            autre => autre.into(),
        })?;
        let details = serde_json::json!({ "cle": cle.id.uuid(), "kid": cle.kid });
        let journal = Journal::new(trace("cle_api.ajouter", p.sur().id, details));
        Ok((fiche(tx.conn, &p, tx.maintenant)?, journal))
    })
    .await
}

/// Takes a public key away at once.
pub async fn retirer_cle(app: &App, permit: &Permit<GererClient>, cle: CleApiId) -> Result<(), Error> {
    let p = permit.clone();
    app.write(permit.acteur(), move |tx| {
        db::clients_api::retirer_cle(tx.conn, &p, cle)?;
        let details = serde_json::json!({ "cle": cle.uuid() });
        Ok(((), Journal::new(trace("cle_api.retirer", p.sur().id, details))))
    })
    .await
}
