use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpResponse, ResponseError as _};
use api_types::ProblemCode;
use app::App;
use app::quotas::{FENETRE, Solde};
use app::requete::{Empreinte, Place, Portee, Requete};
use futures_util::{StreamExt as _, TryStreamExt as _};
use sha2::{Digest as _, Sha256};

use super::{champs, parametres};
use crate::extract::{COOKIE, adresse};
use crate::problem::ApiError;
use crate::{reponse, spa};

/// The header of the key that makes a request happen once.
pub(crate) const CLE: &str = "idempotency-key";
/// Says that the answer was given before.
pub(crate) const REJOUEE: HeaderName = HeaderName::from_static("idempotency-replayed");
/// Says that nothing of what is answered was kept.
const SIMULATION: HeaderName = HeaderName::from_static("simulation");
/// What the sender may send.
const POLITIQUE: HeaderName = HeaderName::from_static("ratelimit-policy");
/// What the sender may still send.
const SOLDE: HeaderName = HeaderName::from_static("ratelimit");
/// Longest key, in characters.
const CLE_MAX: usize = 255;
/// Bytes read and thrown away before a refusal, so that the client reads the answer.
const PURGE_MAX: usize = 32 * 1024 * 1024;
/// When to come back while the first request is being served, in seconds.
const ATTENTE: u64 = 1;

/// Serves a request of the API as it asks for: once when it bears an `Idempotency-Key`, and keeping
/// nothing of a simulation. Counts it, and says where its sender stands.
///
/// The key is taken by the transaction of the effect (`App::write`). Here the request is told from
/// others while it is read, one that comes twice at once is refused, and a refusal gives way to what
/// the same request was answered when it succeeded.
pub async fn une_fois(
    mut req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<EitherBody<impl MessageBody>>, Error> {
    let app = req.app_data::<Data<App>>().filter(|_| comptee(req.path())).cloned();
    let Some(app) = app else { return Ok(next.call(req).await?.map_into_left_body()) };
    let demande = match lire(&req) {
        Ok(demande) => demande,
        Err(refus) if connue(&req) => return refuser(req, &refus).await,
        // That there is no such operation is told first.
        Err(_) => return Ok(next.call(req).await?.map_into_left_body()),
    };
    let requete = demande.requete(&req);
    let mut reponse = match demande.admettre(&req, &requete, &app) {
        Ok(_place) => {
            if requete.a_cle() && !formulaire(&req) {
                let suivie = requete.clone();
                let corps = req.parts_mut().1.take().inspect_ok(move |octets| suivie.ajouter(|e| e.octets(octets)));
                req.set_payload(Payload::Stream { payload: corps.boxed_local() });
            }
            let reponse = requete.clone().porter(next.call(req)).await?;
            reprendre(reponse, &requete, &app).await
        }
        Err(refus) => refuser(req, &refus).await?,
    };
    let entetes = reponse.headers_mut();
    if requete.simulee() {
        entetes.insert(SIMULATION, HeaderValue::from_static("true"));
        entetes.remove(header::SET_COOKIE);
    }
    if let Some(solde) = requete.solde() {
        dire(solde, entetes);
    }
    Ok(reponse)
}

/// Whether a request is counted: of the API, or for a token.
fn comptee(chemin: &str) -> bool {
    chemin.starts_with("/api/") || chemin.starts_with("/oauth/")
}

/// The answer, or what the same request was answered when it succeeded.
async fn reprendre<B: MessageBody>(
    reponse: ServiceResponse<B>,
    requete: &Requete,
    app: &App,
) -> ServiceResponse<EitherBody<B>> {
    if !requete.a_cle() || !reprenable(reponse.status()) {
        return reponse.map_into_left_body();
    }
    match requete.deja(app).await {
        Ok(None) => reponse.map_into_left_body(),
        Ok(Some(deja)) => {
            let mut deja = reponse::envoyer(deja);
            deja.headers_mut().insert(REJOUEE, HeaderValue::from_static("true"));
            remplacer(reponse, deja)
        }
        Err(e) => remplacer(reponse, ApiError::from(e).error_response()),
    }
}

/// Whether a refusal may stand in the way of an answer that was given before. Rights are judged anew,
/// and so is how much is asked for.
pub(crate) fn reprenable(statut: StatusCode) -> bool {
    let autres =
        [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN, StatusCode::NOT_FOUND, StatusCode::TOO_MANY_REQUESTS];
    statut.is_client_error() && !autres.contains(&statut)
}

/// `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers-10).
fn dire(solde: &Solde, entetes: &mut HeaderMap) {
    let Solde { nom, quota, reste, retour } = solde;
    for (entete, valeur) in
        [(POLITIQUE, format!("\"{nom}\";q={quota};w={FENETRE}")), (SOLDE, format!("\"{nom}\";r={reste};t={retour}"))]
    {
        if let Ok(valeur) = HeaderValue::from_str(&valeur) {
            entetes.insert(entete, valeur);
        }
    }
}

/// What a request asks for in its headers and its query.
struct Demande {
    portee: Portee,
    cle: Option<String>,
}

/// Reads them.
fn lire(req: &ServiceRequest) -> Result<Demande, ApiError> {
    let mut demande = Demande { portee: Portee::Reelle, cle: None };
    if !req.path().starts_with("/api/") {
        return Ok(demande);
    }
    parametres::verifier(req)?;
    if req.method().is_safe() {
        return Ok(demande);
    }
    let mut simulation = champs::valeurs(req.query_string(), parametres::SIMULATION);
    demande.portee = match (simulation.next().as_deref(), simulation.next()) {
        (None | Some("false"), None) => Portee::Reelle,
        (Some("true"), None) => Portee::Simulee,
        _ => {
            let e = ApiError::new(ProblemCode::RequeteIllisible);
            return Err(e.detail("Le paramètre « simulation » vaut true ou false, et se donne une fois."));
        }
    };
    let mut cles = req.headers().get_all(CLE);
    demande.cle = match (cles.next(), cles.next()) {
        _ if req.method() != Method::POST => None,
        (None, _) => None,
        (Some(cle), None) => Some(cle_de(cle)?),
        (Some(_), Some(_)) => return Err(cle_invalide()),
    };
    Ok(demande)
}

pub(crate) fn cle_de(valeur: &HeaderValue) -> Result<String, ApiError> {
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
    /// Lets the request in: counted when nobody is signed in, alone under its key on this node.
    fn admettre(&self, req: &ServiceRequest, requete: &Requete, app: &App) -> Result<Option<Place>, ApiError> {
        let (session, autorisation) = (req.cookie(COOKIE), req.headers().get(header::AUTHORIZATION));
        let anonyme = session.is_none() && autorisation.is_none();
        if anonyme {
            requete.compter_anonyme(app)?;
        }
        let Some(cle) = &self.cle else { return Ok(None) };
        let mut hash = Sha256::new();
        if anonyme {
            hash.update(adresse::client(req.request()).to_string());
        } else {
            hash.update(session.as_ref().map_or("", |s| s.value()));
            hash.update([0]);
            hash.update(autorisation.map_or(&[][..], HeaderValue::as_bytes));
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
        let cle = self.cle.as_deref().map(|cle| {
            let adresse = req.uri().path_and_query().map_or_else(|| req.path().to_owned(), ToString::to_string);
            (cle, Empreinte::new(cle, req.method().as_str(), &adresse))
        });
        Requete::new(self.portee, cle, adresse::client(req.request()))
    }
}

/// Whether the body is a form, of which the meaning counts and not the bytes.
fn formulaire(req: &ServiceRequest) -> bool {
    let texte = req.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    texte.to_ascii_lowercase().starts_with("multipart/")
}

/// Whether there is an operation to refuse.
pub(super) fn connue(req: &ServiceRequest) -> bool {
    spa::methodes(req.request()).contains(&req.method().as_str())
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
