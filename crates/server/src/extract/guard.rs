//! `Guard<A>`: the permit of action `A`, in the type of the handler's argument.

use std::future::Future;
use std::net::IpAddr;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest};
use api_types::ProblemCode;
use app::App;
use app::authz::{Claim, Identite, JetonSha256, Nom, Presente, Ressource};
use domain::ids::{ClientApiId, Id, SessionId};
use domain::permit::{Action, Permit};
use domain::policy::{
    AdherentScope, ClientApiScope, DocumentScope, DossierScope, GererSonCompte, InvitationScope, MembreScope,
    MembresScope, MessageScope, TeleversementScope, WebhookScope,
};
use percent_encoding::percent_decode_str;
use uuid::Uuid;

use crate::extract::adresse;
use crate::problem::ApiError;

/// Name of the session's cookie; the prefix makes browsers demand `Secure`, `Path=/` and no domain.
pub const COOKIE: &str = "__Host-egestion";

/// The permit of `A` on the resource that the path names, for the signed-in person or
/// the API client.
///
/// The resource is loaded and judged: 401 without a session or a token, 404 outside the perimeter, 403 when
/// the role is too small or the scope missing. A handler cannot reach the use case without it.
pub struct Guard<A: Action>(pub Permit<A>);

/// The claim to `A` on the resource that the path names, for a read that judges it in its own visit
/// to the database ([`App::read_as`]). It gives nothing by itself.
pub struct Asked<A: Action>(pub Claim<A>)
where
    A::Sur: Ressource;

/// The permit of one's own account, and the session that asks.
pub struct MonCompte(pub Permit<GererSonCompte>, pub SessionId);

/// A resource that a path names.
pub trait DansChemin: Ressource {
    /// Reads the name from the path: a UUID, or `ref:` and the caller's own; anything else is absent.
    fn nom(req: &HttpRequest) -> Result<Nom<Self::Id>, ApiError>;
}

impl DansChemin for () {
    fn nom(_: &HttpRequest) -> Result<Nom<()>, ApiError> {
        Ok(Nom::Id(()))
    }
}
impl DansChemin for DossierScope {
    fn nom(req: &HttpRequest) -> Result<Nom<Self::Id>, ApiError> {
        nomme(req, "dossier_id")
    }
}
impl DansChemin for AdherentScope {
    fn nom(req: &HttpRequest) -> Result<Nom<Self::Id>, ApiError> {
        parametre(req, "adherent_id").map(Nom::Id)
    }
}
impl DansChemin for MembresScope {
    fn nom(req: &HttpRequest) -> Result<Nom<Self::Id>, ApiError> {
        parametre(req, "adherent_id").map(Nom::Id)
    }
}
impl DansChemin for MembreScope {
    fn nom(req: &HttpRequest) -> Result<Nom<Self::Id>, ApiError> {
        Ok(Nom::Id((parametre(req, "adherent_id")?, parametre(req, "membre_id")?)))
    }
}
impl DansChemin for InvitationScope {
    fn nom(req: &HttpRequest) -> Result<Nom<Self::Id>, ApiError> {
        parametre(req, "invitation_id").map(Nom::Id)
    }
}
impl DansChemin for WebhookScope {
    fn nom(req: &HttpRequest) -> Result<Nom<Self::Id>, ApiError> {
        parametre(req, "webhook_id").map(Nom::Id)
    }
}
impl DansChemin for ClientApiScope {
    fn nom(req: &HttpRequest) -> Result<Nom<Self::Id>, ApiError> {
        parametre(req, "client_id").map(Nom::Id)
    }
}
impl DansChemin for DocumentScope {
    fn nom(req: &HttpRequest) -> Result<Nom<Self::Id>, ApiError> {
        nomme(req, "document_id")
    }
}
impl DansChemin for MessageScope {
    fn nom(req: &HttpRequest) -> Result<Nom<Self::Id>, ApiError> {
        nomme(req, "message_id")
    }
}
impl DansChemin for TeleversementScope {
    fn nom(req: &HttpRequest) -> Result<Nom<Self::Id>, ApiError> {
        parametre(req, "televersement_id").map(Nom::Id)
    }
}

/// Reads how a text names a thing: a UUID, or `ref:` and the caller's own name.
pub fn nom<T>(texte: &str) -> Result<Nom<Id<T>>, ApiError> {
    match texte.strip_prefix("ref:") {
        Some(nom) => Ok(Nom::Reference(nom.to_owned())),
        None => Uuid::try_parse(texte).map(|id| Nom::Id(Id::new(id))).map_err(|_| ApiError::new(ProblemCode::Absent)),
    }
}

/// The identifier that a path names, where what it names is not judged; anything but a UUID is absent.
pub fn identifiant<T>(req: &HttpRequest, nom: &str) -> Result<Id<T>, ApiError> {
    parametre(req, nom)
}

fn nomme<T>(req: &HttpRequest, place: &str) -> Result<Nom<Id<T>>, ApiError> {
    let absent = || ApiError::new(ProblemCode::Absent);
    let ecrit = req.match_info().get(place).ok_or_else(absent)?;
    // The router leaves `%2B` as it is, and a name may hold a `+`.
    nom(&percent_decode_str(ecrit).decode_utf8().map_err(|_| absent())?)
}

fn parametre<T>(req: &HttpRequest, nom: &str) -> Result<Id<T>, ApiError> {
    let absent = || ApiError::new(ProblemCode::Absent);
    let texte = req.match_info().get(nom).ok_or_else(absent)?;
    Uuid::try_parse(texte).map(Id::new).map_err(|_| absent())
}

/// An API client whose token a request carries, for the counts of its calls.
#[derive(Debug, Clone, Copy)]
pub struct Appelant {
    /// The client.
    pub client: ClientApiId,
    /// From where it calls.
    pub adresse: IpAddr,
}

/// What a request presents: the cookie of a session, or `Authorization: Bearer`, and not both. The
/// signature and the time of a token are judged here, once; what its client may do, at each permit.
pub async fn presente(req: &HttpRequest, app: &App) -> Result<Presente, ApiError> {
    if let Some(presente) = req.extensions().get::<Presente>() {
        return Ok(presente.clone());
    }
    let cookie = req.cookie(COOKIE);
    match (jeton_porte(req), cookie) {
        (None, None) => {
            app.compter_anonyme()?;
            Err(ApiError::non_connecte())
        }
        (None, Some(cookie)) => Ok(Presente::Session(JetonSha256::of(cookie.value()))),
        (Some(_), Some(_)) => Err(ApiError::new(ProblemCode::RequeteIllisible)
            .detail("Un jeton d’accès et une session à la fois : envoyez l’un ou l’autre.")),
        (Some(jeton), None) => {
            let adresse = adresse::client(req);
            let presente = app.presenter_jeton(&jeton, adresse).await?;
            if let Presente::Client(jeton, _) = &presente {
                req.extensions_mut().insert(Appelant { client: jeton.client, adresse });
                req.extensions_mut().insert(presente.clone());
            }
            Ok(presente)
        }
    }
}

/// The token of `Authorization: Bearer` (RFC 6750, section 2.1); nowhere else is one looked for.
pub fn jeton_porte(req: &HttpRequest) -> Option<String> {
    let texte = req.headers().get(header::AUTHORIZATION)?.to_str().ok()?;
    let (schema, jeton) = texte.split_once(' ')?;
    schema.eq_ignore_ascii_case("bearer").then(|| jeton.trim().to_owned())
}

fn application(req: &HttpRequest) -> Result<Data<App>, ApiError> {
    req.app_data::<Data<App>>().cloned().ok_or_else(|| ApiError::new(ProblemCode::ErreurInterne))
}

/// The claim of a request, or why it makes none.
///
/// A path that names nothing is refused after somebody is recognised: who is not learns nothing of the address.
async fn claim<A: Action>(req: &HttpRequest) -> Result<(Data<App>, Claim<A>), ApiError>
where
    A::Sur: DansChemin,
{
    let app = application(req)?;
    let presente = presente(req, &app).await?;
    match A::Sur::nom(req) {
        Ok(nom) => Ok((app, Claim::new(presente, nom))),
        Err(e) => {
            app.identite(presente).await?;
            Err(e)
        }
    }
}

impl<A: Action> FromRequest for Guard<A>
where
    A::Sur: DansChemin,
{
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ApiError>>>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let req = req.clone();
        Box::pin(async move {
            let (app, claim) = claim::<A>(&req).await?;
            let (_, permit) = app.permit(claim).await?;
            Ok(Self(permit))
        })
    }
}

impl<A: Action> FromRequest for Asked<A>
where
    A::Sur: DansChemin,
{
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ApiError>>>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let req = req.clone();
        Box::pin(async move { Ok(Self(claim::<A>(&req).await?.1)) })
    }
}

impl FromRequest for MonCompte {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ApiError>>>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let req = req.clone();
        Box::pin(async move {
            let app = application(&req)?;
            let presente = presente(&req, &app).await?;
            let (identite, permit) = app.permit::<GererSonCompte>(Claim::new(presente, Nom::Id(()))).await?;
            match identite {
                Identite::Session(session) => Ok(Self(permit, session.id)),
                Identite::Client(_) => Err(ApiError::new(ProblemCode::ReserveAuxPersonnes)),
            }
        })
    }
}
