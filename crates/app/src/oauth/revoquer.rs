use db::clients_api::Vivant;
use db::journal::Trace;
use domain::Preuve;

use super::introspecter::introspecter;
use crate::{App, Error, Journal};

/// Revokes a token of the client at once (RFC 7009). One that is not alive, or another's, is left
/// as it is, and the answer does not say so.
pub async fn revoquer(app: &App, client: &Vivant, texte: &str) -> Result<(), Error> {
    let Some(jeton) = introspecter(app, client, texte).await? else { return Ok(()) };
    let c = client.clone();
    let acteur = app.read(move |conn| Ok(db::clients_api::acteur(conn, &c, c.scopes.clone(), Preuve::Aucune)?)).await?;
    app.write(&acteur, move |tx| {
        db::jetons_api::revoquer(tx.conn, jeton.jti, jeton.expire_le)?;
        let details = serde_json::json!({ "jti": jeton.jti });
        let objet_id = jeton.client.uuid();
        Ok((
            (),
            Journal::new(Trace { action: "jeton_api.revoquer", objet: "client_api", objet_id, dossier: None, details }),
        ))
    })
    .await
}
