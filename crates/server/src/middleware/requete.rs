//! What a request asks for beside its operation (`app::requete::Requete`): to happen once, or to be tried only; and
//! how much its sender asks for.
//!
//! In order: what it asks is read (`demande`), it is let in (`admission`), the operation serves it, a refusal gives way
//! to what the same request was answered before (`reprise`), and the answer says what was made of it (`annonce`).

mod admission;
mod annonce;
mod demande;
mod reprise;

use std::sync::Arc;

use actix_web::Error;
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::Next;
use actix_web::web::Data;
use app::App;
use app::requete::Requete;
use futures_util::TryStreamExt as _;

use super::refus::{connue, refuser};
pub(crate) use demande::{CLE, cle_de};
pub(crate) use reprise::{REJOUEE, deja};

/// Serves a request of the API as it asks for: once when it bears an `Idempotency-Key`, and keeping
/// nothing of a simulation. Counts it, and says where its sender stands.
///
/// The key is taken by the transaction of the effect (`App::write`), which finds the request in its task.
pub async fn requete(
    mut req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<EitherBody<impl MessageBody>>, Error> {
    let app = req.app_data::<Data<App>>().filter(|_| comptee(req.path())).cloned();
    let Some(app) = app else { return Ok(next.call(req).await?.map_into_left_body()) };
    let demande = match demande::lire(&req) {
        Ok(demande) => demande,
        Err(refus) if connue(&req) => return refuser(req, &refus).await,
        // That there is no such operation is told first.
        Err(_) => return Ok(next.call(req).await?.map_into_left_body()),
    };
    let requete = demande.requete(&req);
    let mut reponse = match admission::admettre(&req, demande.cle.as_deref(), &requete, &app) {
        Ok(_place) => {
            suivre_le_corps(&mut req, &requete);
            let reponse = Arc::clone(&requete).porter(next.call(req)).await?;
            reprise::reprendre(reponse, &requete, &app).await
        }
        Err(refus) => refuser(req, &refus).await?,
    };
    annonce::annoncer(&requete, reponse.headers_mut());
    Ok(reponse)
}

/// Whether a request is counted: of the API, or for a token.
fn comptee(chemin: &str) -> bool {
    chemin.starts_with("/api/") || chemin.starts_with("/oauth/")
}

/// Tells a request that has a key from others by the bytes of its body, as they are read. The meaning of a form counts
/// and not its bytes: who reads it adds that.
fn suivre_le_corps(req: &mut ServiceRequest, requete: &Arc<Requete>) {
    if !requete.a_cle() || formulaire(req) {
        return;
    }
    let suivie = Arc::clone(requete);
    let corps = req.parts_mut().1.take().inspect_ok(move |octets| suivie.ajouter(|e| e.octets(octets)));
    req.set_payload(Payload::Stream { payload: Box::pin(corps) });
}

fn formulaire(req: &ServiceRequest) -> bool {
    let texte = req.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    texte.to_ascii_lowercase().starts_with("multipart/")
}
