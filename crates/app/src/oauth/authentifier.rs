//! A client proves who it is: by its secret, or by what its key signed.

use std::net::IpAddr;

use db::clients_api::Vivant;
use domain::ids::{ClientApiId, Id};
use domain::secret::Secret;
use uuid::Uuid;

use super::assertion;
use crate::authz::JetonSha256;
use crate::comptes::limites::{CLIENT_ADRESSE, CLIENT_PAIRE};
use crate::comptes::reseau;
use crate::quotas::Genre;
use crate::{App, Error};

/// How a client proves itself.
#[derive(Debug, Clone)]
pub enum Preuve {
    /// Its secret (`client_secret_basic`, `client_secret_post`).
    Secret {
        /// The `client_id` given.
        client: String,
        /// The secret given.
        secret: Secret<String>,
    },
    /// What its key signed (`private_key_jwt`).
    Assertion(Secret<String>),
}

/// A client that calls one of the endpoints of OAuth.
#[derive(Debug, Clone)]
pub struct Appel {
    /// Its proof.
    pub preuve: Preuve,
    /// From where.
    pub adresse: IpAddr,
}

/// Why a client is given nothing (RFC 6749, section 5.2).
#[derive(Debug, thiserror::Error)]
pub enum RefusOAuth {
    /// A parameter is missing, repeated or wrong.
    #[error("{0}")]
    Requete(&'static str),
    /// The proof is missing or wrong, or the client is revoked or expired.
    #[error("client inconnu, preuve fausse, ou client révoqué ou expiré")]
    Client,
    /// The proof is right, and the address is not one that the client may call from.
    #[error("le client ne peut pas appeler depuis cette adresse")]
    Adresse,
    /// Another grant than `client_credentials`.
    #[error("seul client_credentials est accepté")]
    TypeDOctroi,
    /// A scope that the client does not have.
    #[error("une portée demandée est inconnue, ou n’a pas été donnée au client")]
    Portee,
    /// Anything else.
    #[error(transparent)]
    Erreur(#[from] Error),
}

/// The client that a call proves to come from.
///
/// Wrong proofs are counted by client and address: a guesser is slowed down, and nobody shuts a
/// client out from elsewhere.
pub async fn authentifier(app: &App, appel: Appel) -> Result<Vivant, RefusOAuth> {
    let Appel { preuve, adresse } = appel;
    let dit = match &preuve {
        Preuve::Secret { client, .. } => client.parse::<Uuid>().ok().map(Id::new),
        Preuve::Assertion(texte) => assertion::client_dit(texte.expose()),
    };
    let lieu = reseau(adresse);
    let paire = format!("{}\n{lieu}", dit.map(|d: ClientApiId| d.to_string()).unwrap_or_default());
    let maintenant = app.horloge().maintenant();
    let (l, p) = (lieu.clone(), paire.clone());
    let bloque = app
        .read(move |conn| {
            let par_adresse = CLIENT_ADRESSE.bloque(conn, &l, maintenant)?;
            Ok(par_adresse.or(CLIENT_PAIRE.bloque(conn, &p, maintenant)?))
        })
        .await?;
    if let Some(attendre) = bloque {
        return Err(Error::TropDeTentatives { attendre }.into());
    }
    let prouve = match (dit, preuve) {
        (None, _) => None,
        (Some(client), Preuve::Secret { secret, .. }) => par_secret(app, client, &secret).await?,
        (Some(client), Preuve::Assertion(texte)) => {
            if assertion::prouve(app, client, texte.expose()).await? {
                Some(client)
            } else {
                None
            }
        }
    };
    let vivant = match prouve {
        Some(client) => app.read(move |conn| Ok(db::clients_api::vivant(conn, client, maintenant)?)).await?,
        None => None,
    };
    let Some(client) = vivant else {
        tracing::info!("client API refusé");
        app.compter_anonyme()?;
        let vise = app
            .entretenir(move |conn| {
                CLIENT_ADRESSE.compter(conn, &lieu, maintenant)?;
                CLIENT_PAIRE.compter(conn, &paire, maintenant)?;
                let vise = dit.map(|client| db::clients_api::existe(conn, client)).transpose()?;
                Ok(dit.filter(|_| vise == Some(true)))
            })
            .await?;
        if let Some(client) = vise {
            app.usages().refuser(client, adresse, maintenant);
        }
        return Err(RefusOAuth::Client);
    };
    app.reconnaitre(Genre::Client, client.id.uuid())?;
    if !depuis(&client, adresse) {
        app.usages().refuser(client.id, adresse, maintenant);
        return Err(RefusOAuth::Adresse);
    }
    Ok(client)
}

async fn par_secret(app: &App, client: ClientApiId, secret: &Secret<String>) -> Result<Option<ClientApiId>, Error> {
    let sha256 = JetonSha256::of(secret.expose()).0;
    let maintenant = app.horloge().maintenant();
    let du_secret = app.read(move |conn| Ok(db::clients_api::client_du_secret(conn, &sha256, maintenant)?)).await?;
    Ok(du_secret.filter(|c| *c == client))
}

/// Whether a client may call from an address.
pub(crate) fn depuis(client: &Vivant, adresse: IpAddr) -> bool {
    client.adresses.is_empty() || client.adresses.iter().any(|r| r.contient(adresse))
}
