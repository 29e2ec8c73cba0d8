//! `Guard<A>`: the permit of action `A`, in the type of the handler's argument.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use api_types::ProblemCode;
use app::App;
use app::authz::{Claim, JetonSha256, Nom, Ressource};
use domain::ids::{Id, SessionId};
use domain::permit::{Action, Permit};
use domain::policy::{
    AdherentScope, DocumentScope, DossierScope, GererSonCompte, MessageScope, TeleversementScope, WebhookScope,
};
use uuid::Uuid;

use crate::problem::ApiError;

/// Name of the session's cookie; the prefix makes browsers demand `Secure`, `Path=/` and no domain.
pub const COOKIE: &str = "__Host-egestion";

/// The permit of `A` on the resource that the path names, for the signed-in person.
///
/// The resource is loaded and judged: 401 without a session, 404 outside the perimeter, 403 when
/// the role is too small. A handler cannot reach the use case without it.
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
impl DansChemin for WebhookScope {
    fn nom(req: &HttpRequest) -> Result<Nom<Self::Id>, ApiError> {
        parametre(req, "webhook_id").map(Nom::Id)
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
    nom(req.match_info().get(place).ok_or_else(|| ApiError::new(ProblemCode::Absent))?)
}

fn parametre<T>(req: &HttpRequest, nom: &str) -> Result<Id<T>, ApiError> {
    let absent = || ApiError::new(ProblemCode::Absent);
    let texte = req.match_info().get(nom).ok_or_else(absent)?;
    Uuid::try_parse(texte).map(Id::new).map_err(|_| absent())
}

/// The token of the session's cookie.
pub fn jeton_de(req: &HttpRequest) -> Option<JetonSha256> {
    req.cookie(COOKIE).map(|c| JetonSha256::of(c.value()))
}

fn contexte(req: &HttpRequest) -> Result<(Data<App>, JetonSha256), ApiError> {
    let app = req.app_data::<Data<App>>().cloned().ok_or_else(|| ApiError::new(ProblemCode::ErreurInterne))?;
    let jeton = jeton_de(req).ok_or_else(|| ApiError::new(ProblemCode::NonConnecte))?;
    Ok((app, jeton))
}

/// The claim of a request, or why it makes none.
///
/// A path that names nothing is refused after the token is known to be somebody's: who is not signed in
/// learns nothing of the address.
async fn claim<A: Action>(
    entree: Result<(Data<App>, JetonSha256), ApiError>,
    nom: Result<Nom<<A::Sur as Ressource>::Id>, ApiError>,
) -> Result<(Data<App>, Claim<A>), ApiError>
where
    A::Sur: DansChemin,
{
    let (app, jeton) = entree?;
    match nom {
        Ok(nom) => Ok((app, Claim::new(jeton, nom))),
        Err(e) => {
            app.session(jeton).await?;
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
        let claim = claim::<A>(contexte(req), A::Sur::nom(req));
        Box::pin(async move {
            let (app, claim) = claim.await?;
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
        let claim = claim::<A>(contexte(req), A::Sur::nom(req));
        Box::pin(async move { Ok(Self(claim.await?.1)) })
    }
}

impl FromRequest for MonCompte {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ApiError>>>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let entree = contexte(req);
        Box::pin(async move {
            let (app, jeton) = entree?;
            let (session, permit) = app.permit::<GererSonCompte>(Claim::new(jeton, Nom::Id(()))).await?;
            Ok(Self(permit, session.id))
        })
    }
}
