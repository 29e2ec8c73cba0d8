//! Answers to writes, made before the commit so that a retry is given the same.

use std::future::Future;
use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header;
use api_types::ProblemCode;
use app::Error;
use app::requete::{self, Reponse};
use serde::Serialize;

use crate::problem::ApiError;

/// Runs a use case whose write gives a `T`, and answers with what `rendre` makes of it.
///
/// When the request has a key, the answer is kept in the transaction of the write.
pub async fn acquitter<T: 'static>(
    faire: impl Future<Output = Result<T, Error>>,
    rendre: impl Fn(&T) -> Reponse + Send + Sync + 'static,
) -> Result<HttpResponse, ApiError> {
    Ok(envoyer(conclure(faire, rendre).await?))
}

/// The same, where the answer does not leave alone.
pub async fn conclure<T: 'static>(
    faire: impl Future<Output = Result<T, Error>>,
    rendre: impl Fn(&T) -> Reponse + Send + Sync + 'static,
) -> Result<Reponse, ApiError> {
    let rendre = Arc::new(rendre);
    let garder = Arc::clone(&rendre);
    let valeur = requete::rendre(move |valeur: &T| garder(valeur), faire).await?;
    Ok(rendre(&valeur))
}

/// Runs a use case whose write gives a `T`, and that gives a secret.
///
/// The answer is not kept, for a secret is told once. Under the same key, that it was told is answered, with where
/// what it opens is read, which `ou` says.
pub async fn donner_secret<T: 'static, S>(
    faire: impl Future<Output = Result<S, Error>>,
    ou: impl Fn(&T) -> String + Send + Sync + 'static,
) -> Result<S, ApiError> {
    Ok(requete::rendre(move |valeur: &T| deja_donne(ou(valeur)), faire).await?)
}

fn deja_donne(ou: String) -> Reponse {
    let e = ApiError::new(ProblemCode::SecretDejaDonne).detail(
        "La première réponse donnait le secret, que nous ne gardons pas. Si vous ne l’avez pas reçue, \
         demandez un autre secret sous une autre clé.",
    );
    let probleme = e.probleme();
    Reponse { location: Some(ou), corps: serde_json::to_vec(probleme).ok(), statut: probleme.status, etag: None }
}

/// 200, what was changed, and the validator that the next change is given.
pub fn versionnee(etag: &str, corps: &impl Serialize) -> HttpResponse {
    HttpResponse::Ok().insert_header((header::ETAG, etag)).json(corps)
}

/// 200 and what was written.
pub fn faite(corps: &impl Serialize) -> Reponse {
    Reponse { statut: 200, location: None, etag: None, corps: serde_json::to_vec(corps).ok() }
}

/// 201, what was made, and where it is read.
pub fn cree(location: Option<String>, corps: &impl Serialize) -> Reponse {
    Reponse { statut: 201, location, etag: None, corps: serde_json::to_vec(corps).ok() }
}

/// A status that says all.
pub fn vide(statut: StatusCode) -> Reponse {
    Reponse { statut: statut.as_u16(), location: None, etag: None, corps: None }
}

/// The answer, as it leaves.
pub fn envoyer(reponse: Reponse) -> HttpResponse {
    let Reponse { statut, location, etag, corps } = reponse;
    let statut = StatusCode::from_u16(statut).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut sortie = HttpResponse::build(statut);
    for (nom, valeur) in [(header::LOCATION, location), (header::ETAG, etag)] {
        if let Some(valeur) = valeur {
            sortie.insert_header((nom, valeur));
        }
    }
    match corps {
        Some(corps) => {
            let genre = if statut.is_success() { "application/json" } else { "application/problem+json" };
            sortie.insert_header((header::CONTENT_TYPE, genre)).body(corps)
        }
        None => sortie.finish(),
    }
}
