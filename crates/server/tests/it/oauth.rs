//! OAuth 2: clients, tokens, keys.

mod assertion;
mod cles;
mod clients;
mod jetons;
mod mutations;
mod partout;

use api_types::clients_api::{ClientApiSecret, ReglageClientApi};
use api_types::dossiers::FiltreDossiers;
use api_types::endpoint::{CreerClientApi, ListerDossiers};
use api_types::{Method, oauth as wire};
pub(crate) use assertion::cle_publique;
use domain::Scope;
use domain::ids::{AdherentId, EtablissementId};
use test_support::{Client, Reponse, TestApp};
use uuid::Uuid;

/// What a client of these scopes is to be.
pub(crate) fn reglage(etablissements: &[EtablissementId], scopes: &[Scope]) -> ReglageClientApi {
    ReglageClientApi {
        nom: "Paie du siège".into(),
        logiciel: "PaieFacile".into(),
        scopes: scopes.to_vec(),
        etablissements: etablissements.iter().map(|e| e.uuid()).collect(),
        expire_le: None,
        adresses: vec![],
    }
}

/// Makes a client.
pub(crate) async fn creer(
    qui: &Client,
    adherent: AdherentId,
    etablissements: &[EtablissementId],
    scopes: &[Scope],
) -> ClientApiSecret {
    qui.ok(&CreerClientApi { adherent_id: adherent.uuid() }, &reglage(etablissements, scopes)).await
}

/// Makes a client of company A with these scopes.
pub(crate) async fn client_a(t: &TestApp, scopes: &[Scope]) -> ClientApiSecret {
    let m = t.monde();
    creer(&t.administrateur(), m.adherent_a, &[m.etablissement_a1, m.etablissement_a2], scopes).await
}

/// Posts a form as a client that proves itself by `Authorization: Basic`.
pub(crate) async fn poster(qui: &Client, chemin: &str, client: Uuid, secret: &str, champs: &[(&str, &str)]) -> Reponse {
    let requete = qui.nue(Method::Post, chemin).basic_auth(client, Some(secret)).form(champs);
    qui.envoyer(requete).await
}

async fn demander(t: &TestApp, client: Uuid, secret: &str, scope: Option<&str>) -> Reponse {
    let mut champs = vec![("grant_type", "client_credentials")];
    champs.extend(scope.map(|s| ("scope", s)));
    poster(&t.anonyme(), "/oauth/token", client, secret, &champs).await
}

/// A token of a client.
pub(crate) async fn jeton(t: &TestApp, client: Uuid, secret: &str, scope: Option<&str>) -> String {
    let reponse = demander(t, client, secret, scope).await;
    assert_eq!(reponse.code(), 200, "{}", reponse.texte());
    reponse.lire::<wire::Jeton>().access_token.0
}

/// What every client may ask for.
fn lister() -> ListerDossiers {
    ListerDossiers { query: FiltreDossiers::default() }
}

fn erreur(reponse: &Reponse, statut: u16, code: &str) {
    assert_eq!(reponse.code(), statut, "{}", reponse.texte());
    assert_eq!(reponse.lire::<wire::ErreurOAuth>().error, code);
    assert_eq!(reponse.entete("cache-control"), Some("no-store"));
}
