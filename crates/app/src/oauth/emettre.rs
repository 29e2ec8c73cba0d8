use db::clients_api::Vivant;
use domain::Scopes;
use domain::secret::Secret;
use jiff::Timestamp;
use uuid::Uuid;

use super::authentifier::RefusOAuth;
use super::cles::signataires;
use super::jeton::{DUREE, JetonAcces, signer};
use crate::App;

/// A token just given.
#[derive(Debug)]
pub struct Emission {
    /// The token.
    pub jeton: Secret<String>,
    /// How long it lives, in seconds.
    pub secondes: i64,
    /// Its scopes.
    pub scopes: Scopes,
}

/// Gives a token to a client, with all of its scopes or those of them that it asks for.
pub async fn emettre(app: &App, client: &Vivant, demandees: Option<&str>) -> Result<Emission, RefusOAuth> {
    let scopes = match demandees.map(Scopes::parse) {
        None => client.scopes.clone(),
        Some(Ok(scopes)) if client.scopes.couvre(&scopes) => scopes,
        Some(_) => return Err(RefusOAuth::Portee),
    };
    if scopes.est_vide() {
        return Err(RefusOAuth::Portee);
    }
    let cles = signataires(app).await?;
    // Whole seconds, as tokens count them: a token lives its full time at once.
    let emis_le = Timestamp::from_second(app.horloge().maintenant().as_second()).unwrap_or(Timestamp::UNIX_EPOCH);
    let expire_le = emis_le.saturating_add(DUREE).unwrap_or(Timestamp::MAX);
    let jeton = JetonAcces { client: client.id, scopes: scopes.clone(), jti: Uuid::new_v4(), emis_le, expire_le };
    let texte = signer(&jeton, &app.reglages().url_publique, &cles)?;
    Ok(Emission { jeton: texte, secondes: DUREE.as_secs(), scopes })
}
