use db::clients_api::Vivant;

use super::jeton::{JetonAcces, verifier};
use crate::{App, Error};

/// What a token of the client is worth (RFC 7662); `None` for one that is not alive, or another's.
pub async fn introspecter(app: &App, client: &Vivant, texte: &str) -> Result<Option<JetonAcces>, Error> {
    let cles = super::cles::pour(app, texte).await?;
    let lu = verifier(texte, &app.reglages().url_publique, &cles, app.horloge().maintenant());
    let Some(mut jeton) = lu.ok().filter(|j| j.client == client.id) else { return Ok(None) };
    let jti = jeton.jti;
    if app.read(move |conn| Ok(db::jetons_api::est_revoque(conn, jti)?)).await? {
        return Ok(None);
    }
    jeton.scopes = jeton.scopes.commun(&client.scopes);
    Ok(Some(jeton))
}
