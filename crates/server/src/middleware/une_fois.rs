use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpResponse, ResponseError as _};
use api_types::ProblemCode;
use app::App;
use app::requete::{Empreinte, Place, Portee, Requete};
use futures_util::{StreamExt as _, TryStreamExt as _};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::extract::{adresse, jeton_de};
use crate::problem::ApiError;
use crate::reponse;

/// The header of the key that makes a request happen once.
const CLE: &str = "idempotency-key";
/// Says that the answer was given before.
const REJOUEE: HeaderName = HeaderName::from_static("idempotency-replayed");
/// Says that nothing of what is answered was kept.
const SIMULATION: HeaderName = HeaderName::from_static("simulation");
/// Longest key, in characters.
const CLE_MAX: usize = 255;
/// Bytes read and thrown away before a refusal, so that the client reads the answer.
const PURGE_MAX: usize = 32 * 1024 * 1024;
/// When to come back while the first request is being served, in seconds.
const ATTENTE: u64 = 1;

/// Serves once a request that bears an `Idempotency-Key`, and keeps nothing of a simulation.
///
/// The key is taken by the transaction of the effect (`App::write`). Here the request is told from
/// others while it is read, one that comes twice at once is refused, and a refusal gives way to what
/// the same request was answered when it succeeded.
pub async fn une_fois(
    mut req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<EitherBody<impl MessageBody>>, Error> {
    let app = req.app_data::<Data<App>>().cloned();
    let (demande, app) = match (lire(&req), app) {
        (Ok(Some(demande)), Some(app)) => (demande, app),
        (Ok(_), _) => return Ok(next.call(req).await?.map_into_left_body()),
        (Err(refus), _) => return refuser(req, &refus).await,
    };
    let _place = match demande.place(&req, &app) {
        Ok(place) => place,
        Err(refus) => return refuser(req, &refus).await,
    };
    let requete = demande.requete(&req);
    if demande.cle.is_some() && !formulaire(&req) {
        let suivie = requete.clone();
        let (_, corps) = req.parts_mut();
        let corps = corps.take().inspect_ok(move |octets| suivie.ajouter(|e| e.octets(octets)));
        req.set_payload(Payload::Stream { payload: corps.boxed_local() });
    }
    let mut reponse = requete.clone().porter(next.call(req)).await?;
    if requete.simulee() {
        let entetes = reponse.headers_mut();
        entetes.insert(SIMULATION, HeaderValue::from_static("true"));
        entetes.remove(header::SET_COOKIE);
    }
    if !demande.reprenable(reponse.status()) {
        return Ok(reponse.map_into_left_body());
    }
    match requete.deja(&app).await {
        Ok(None) => Ok(reponse.map_into_left_body()),
        Ok(Some(deja)) => {
            let mut deja = reponse::envoyer(deja);
            deja.headers_mut().insert(REJOUEE, HeaderValue::from_static("true"));
            Ok(remplacer(reponse, deja))
        }
        Err(e) => Ok(remplacer(reponse, ApiError::from(e).error_response())),
    }
}

/// What a request asks for in its headers and its query.
struct Demande {
    portee: Portee,
    cle: Option<String>,
}

/// Reads them; `None` when nothing is asked for.
fn lire(req: &ServiceRequest) -> Result<Option<Demande>, ApiError> {
    if req.method().is_safe() || !req.path().starts_with("/api/") {
        return Ok(None);
    }
    let portee = match req.query_string().split('&').find_map(|p| p.strip_prefix("simulation=")) {
        None | Some("false") => Portee::Reelle,
        Some("true") => Portee::Simulee,
        Some(_) => {
            let e = ApiError::new(ProblemCode::RequeteIllisible);
            return Err(e.detail("Le paramètre « simulation » vaut true ou false."));
        }
    };
    let mut cles = req.headers().get_all(CLE);
    let cle = match (cles.next(), cles.next()) {
        _ if req.method() != Method::POST => None,
        (None, _) => None,
        (Some(cle), None) => Some(cle_de(cle)?),
        (Some(_), Some(_)) => return Err(cle_invalide()),
    };
    let rien = cle.is_none() && portee == Portee::Reelle;
    Ok((!rien).then_some(Demande { portee, cle }))
}

fn cle_de(valeur: &HeaderValue) -> Result<String, ApiError> {
    let octets = valeur.as_bytes();
    let visible = (1..=CLE_MAX).contains(&octets.len()) && octets.iter().all(u8::is_ascii_graphic);
    let texte = valeur.to_str().ok().filter(|_| visible);
    texte.map(str::to_owned).ok_or_else(cle_invalide)
}

fn cle_invalide() -> ApiError {
    ApiError::new(ProblemCode::CleInvalide)
        .detail("Donnez une seule clé, de 1 à 255 caractères visibles et sans espace, comme un UUID.")
}

impl Demande {
    /// The place of the key among those being served by this node.
    fn place(&self, req: &ServiceRequest, app: &App) -> Result<Option<Place>, ApiError> {
        let Some(cle) = &self.cle else { return Ok(None) };
        let mut hash = Sha256::new();
        match (jeton_de(req.request()), req.headers().get(header::AUTHORIZATION)) {
            (None, None) => hash.update(adresse::client(req.request()).to_string()),
            (jeton, autorisation) => {
                hash.update(jeton.map_or([0; 32], |j| j.0));
                hash.update(autorisation.map_or(&[][..], HeaderValue::as_bytes));
            }
        }
        hash.update([0]);
        hash.update(cle);
        let libre = app.en_cours().prendre(hash.finalize().into());
        libre.map(Some).ok_or_else(|| {
            ApiError::new(ProblemCode::CleEnCours)
                .detail("La même clé est en cours de traitement. Réessayez dans un instant.")
                .attendre(ATTENTE)
        })
    }

    fn requete(&self, req: &ServiceRequest) -> std::sync::Arc<Requete> {
        let adresse = req.uri().path_and_query().map_or_else(|| req.path().to_owned(), ToString::to_string);
        let cle = self.cle.as_deref();
        let empreinte = Empreinte::new(cle.unwrap_or_default(), req.method().as_str(), &adresse);
        Requete::new(self.portee, cle, origine(req), empreinte)
    }

    /// Whether a refusal may stand in the way of an answer that was given before. Rights are judged anew.
    fn reprenable(&self, statut: StatusCode) -> bool {
        let droits = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN, StatusCode::NOT_FOUND];
        self.cle.is_some() && statut.is_client_error() && !droits.contains(&statut)
    }
}

/// What stands for somebody not signed in: their network address, as a hash.
fn origine(req: &ServiceRequest) -> Uuid {
    let hash: [u8; 32] = Sha256::digest(adresse::client(req.request()).to_string()).into();
    let mut octets = [0; 16];
    octets.copy_from_slice(&hash[..16]);
    Uuid::from_bytes(octets)
}

/// Whether the body is a form, of which the meaning counts and not the bytes.
fn formulaire(req: &ServiceRequest) -> bool {
    let texte = req.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    texte.to_ascii_lowercase().starts_with("multipart/")
}

/// Refuses once the body is read: a client that is still sending must get the answer.
pub(super) async fn refuser<B>(
    mut req: ServiceRequest,
    refus: &ApiError,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let (_, corps) = req.parts_mut();
    let mut corps = corps.take();
    let mut lus = 0;
    while let Some(Ok(octets)) = corps.next().await {
        lus += octets.len();
        if lus > PURGE_MAX {
            break;
        }
    }
    Ok(req.into_response(refus.error_response()).map_into_right_body())
}

/// Answers something else in the place of an answer.
pub(super) fn remplacer<B: MessageBody>(
    reponse: ServiceResponse<B>,
    par: HttpResponse,
) -> ServiceResponse<EitherBody<B>> {
    let (req, _) = reponse.into_parts();
    ServiceResponse::new(req, par).map_into_right_body()
}
