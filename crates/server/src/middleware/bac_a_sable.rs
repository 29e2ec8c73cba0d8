use std::time::Duration;

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, ResponseError as _};
use api_types::ProblemCode;

use super::refus::{refuser, remplacer};
use crate::problem::ApiError;

/// Asks for a fault in a request, and says in an answer that its data are invented.
const BAC: HeaderName = HeaderName::from_static("bac-a-sable");
/// What every answer says.
const FICTIVES: HeaderValue = HeaderValue::from_static("donnees-fictives");
/// Longest slowness, in seconds.
const LENTEUR_MAX: u64 = 30;

/// A fault that a request asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Panne {
    /// Nothing is done, and this is answered.
    Refus(ProblemCode),
    /// It is done later.
    Lenteur(Duration),
    /// It is done, and its answer is lost.
    ReponsePerdue,
}

/// Says in every answer of a sandbox that it is one, and gives a request of the API the fault that it asks for.
pub async fn bac_a_sable(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<EitherBody<impl MessageBody>>, Error> {
    let demandee = req.headers().get(&BAC).filter(|_| req.path().starts_with("/api/")).map(lire).transpose();
    let mut reponse = match demandee {
        Ok(None) => next.call(req).await?.map_into_left_body(),
        Ok(Some(Panne::Lenteur(duree))) => {
            tokio::time::sleep(duree).await;
            next.call(req).await?.map_into_left_body()
        }
        Ok(Some(Panne::ReponsePerdue)) => {
            remplacer(next.call(req).await?, panne(ProblemCode::ErreurInterne).error_response())
        }
        Ok(Some(Panne::Refus(code))) => refuser(req, &panne(code)).await?,
        Err(refus) => refuser(req, &refus).await?,
    };
    reponse.headers_mut().insert(BAC, FICTIVES);
    Ok(reponse)
}

fn panne(code: ProblemCode) -> ApiError {
    let e = ApiError::new(code).detail("Panne demandée par l’en-tête Bac-A-Sable de la requête.");
    if code == ProblemCode::ErreurInterne { e } else { e.attendre(1) }
}

fn lire(valeur: &HeaderValue) -> Result<Panne, ApiError> {
    let texte = valeur.to_str().unwrap_or_default();
    let lente = texte.strip_prefix("lent=").and_then(|duree| duree.strip_suffix('s'));
    match (texte, lente.and_then(|s| s.parse().ok())) {
        ("429", _) => Ok(Panne::Refus(ProblemCode::TropDeRequetes)),
        ("500", _) => Ok(Panne::Refus(ProblemCode::ErreurInterne)),
        ("503", _) => Ok(Panne::Refus(ProblemCode::ServiceIndisponible)),
        ("reponse-perdue", _) => Ok(Panne::ReponsePerdue),
        (_, Some(secondes)) if secondes <= LENTEUR_MAX => Ok(Panne::Lenteur(Duration::from_secs(secondes))),
        _ => Err(ApiError::new(ProblemCode::RequeteIllisible).detail(
            "L’en-tête Bac-A-Sable vaut « 429 », « 500 », « 503 », « reponse-perdue » ou « lent=3s » (30 s au plus).",
        )),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use actix_web::http::header::HeaderValue;
    use api_types::ProblemCode as P;

    use super::{Panne, lire};

    #[test]
    fn faults_are_read_strictly() {
        for (texte, attendue) in [
            ("429", Some(Panne::Refus(P::TropDeRequetes))),
            ("500", Some(Panne::Refus(P::ErreurInterne))),
            ("503", Some(Panne::Refus(P::ServiceIndisponible))),
            ("reponse-perdue", Some(Panne::ReponsePerdue)),
            ("lent=3s", Some(Panne::Lenteur(Duration::from_secs(3)))),
            ("lent=30s", Some(Panne::Lenteur(Duration::from_secs(30)))),
            ("lent=31s", None),
            ("lent=3", None),
            ("lent=-1s", None),
            ("404", None),
            ("", None),
        ] {
            assert_eq!(lire(&HeaderValue::from_str(texte).unwrap()).ok(), attendue, "{texte}");
        }
    }
}
