//! From what a request presents, and an identifier, to a permit.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use db::codes::Reference;
use db::sessions::SessionVivante;
use db::{Conn, DbError};
use domain::ids::{
    AdherentId, ClientApiId, DocumentId, DossierId, Id, InvitationId, MessageId, TeleversementId, UtilisateurId,
    WebhookId,
};
use domain::permit::{Action, Permit, authorize};
use domain::policy::{
    AdherentScope, ClientApiScope, DocumentScope, DossierScope, InvitationScope, MembreScope, MembresScope,
    MessageScope, TeleversementScope, WebhookScope,
};
use domain::{Acteur, Preuve};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use crate::oauth::{self, JetonAcces, JetonRefuse};
use crate::quotas::Genre;
use crate::{App, Error};

/// A session's time is written again only when this much has passed: most requests write nothing.
const PAS_DE_VUE: Duration = Duration::from_secs(60);

/// The bearer of a session: a random token, known to us by its hash alone.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct JetonSha256(pub [u8; 32]);

impl std::fmt::Debug for JetonSha256 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("JetonSha256(…)")
    }
}

impl JetonSha256 {
    /// The hash of a token.
    pub fn of(jeton: &str) -> Self {
        Self(Sha256::digest(jeton.as_bytes()).into())
    }
}

/// A resource that a permit may be asked for.
pub trait Ressource: Clone + Send + Sync + Sized + 'static {
    /// What names it.
    type Id: Send + 'static;
    /// Loads what the policy needs to know of it.
    fn charger(conn: &mut Conn, id: Self::Id) -> Result<Self, DbError>;
    /// What the caller's own name stands for, where it may give one; it gives no right, and nobody else's name is looked at.
    fn nommee(_conn: &mut Conn, _acteur: &Acteur, _nom: &str) -> Result<Self::Id, DbError> {
        Err(DbError::Absent)
    }
}

/// How a request names a resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Nom<I> {
    /// By our identifier.
    Id(I),
    /// By the name that the caller gave it.
    Reference(String),
}

impl Ressource for () {
    type Id = ();
    fn charger(_: &mut Conn, (): ()) -> Result<Self, DbError> {
        Ok(())
    }
}
impl Ressource for DossierScope {
    type Id = DossierId;
    fn charger(conn: &mut Conn, id: DossierId) -> Result<Self, DbError> {
        db::portee::dossier(conn, id)
    }
    fn nommee(conn: &mut Conn, acteur: &Acteur, nom: &str) -> Result<Self::Id, DbError> {
        db::references::objet(conn, acteur, Reference::Dossier, nom).map(Id::new)
    }
}
impl Ressource for AdherentScope {
    type Id = AdherentId;
    fn charger(conn: &mut Conn, id: AdherentId) -> Result<Self, DbError> {
        db::portee::adherent(conn, id)
    }
}
impl Ressource for MembresScope {
    type Id = AdherentId;
    fn charger(conn: &mut Conn, id: AdherentId) -> Result<Self, DbError> {
        db::portee::membres(conn, id)
    }
}
impl Ressource for MembreScope {
    /// The company, and the person in it.
    type Id = (AdherentId, UtilisateurId);
    fn charger(conn: &mut Conn, (adherent, id): Self::Id) -> Result<Self, DbError> {
        db::portee::membre(conn, adherent, id)
    }
}
impl Ressource for InvitationScope {
    type Id = InvitationId;
    fn charger(conn: &mut Conn, id: InvitationId) -> Result<Self, DbError> {
        db::portee::invitation(conn, id)
    }
}
impl Ressource for WebhookScope {
    type Id = WebhookId;
    fn charger(conn: &mut Conn, id: WebhookId) -> Result<Self, DbError> {
        db::portee::webhook(conn, id)
    }
}
impl Ressource for DocumentScope {
    type Id = DocumentId;
    fn charger(conn: &mut Conn, id: DocumentId) -> Result<Self, DbError> {
        db::portee::document(conn, id)
    }
    fn nommee(conn: &mut Conn, acteur: &Acteur, nom: &str) -> Result<Self::Id, DbError> {
        db::references::objet(conn, acteur, Reference::Document, nom).map(Id::new)
    }
}
impl Ressource for MessageScope {
    type Id = MessageId;
    fn charger(conn: &mut Conn, id: MessageId) -> Result<Self, DbError> {
        db::portee::message(conn, id)
    }
    fn nommee(conn: &mut Conn, acteur: &Acteur, nom: &str) -> Result<Self::Id, DbError> {
        db::references::objet(conn, acteur, Reference::Message, nom).map(Id::new)
    }
}

impl Ressource for TeleversementScope {
    type Id = TeleversementId;
    fn charger(conn: &mut Conn, id: TeleversementId) -> Result<Self, DbError> {
        db::portee::televersement(conn, id)
    }
}

impl Ressource for ClientApiScope {
    type Id = ClientApiId;
    fn charger(conn: &mut Conn, id: ClientApiId) -> Result<Self, DbError> {
        db::portee::client_api(conn, id)
    }
}

/// Why a permit was not given.
#[derive(Debug, thiserror::Error)]
pub enum Refus {
    /// No live session.
    #[error("non connecté")]
    NonConnecte,
    /// The access token opens nothing.
    #[error(transparent)]
    Jeton(#[from] JetonRefuse),
    /// Absent or denied, or the database failed.
    #[error(transparent)]
    Erreur(#[from] Error),
}

/// What a request presents to be recognised.
#[derive(Debug, Clone)]
pub enum Presente {
    /// The cookie of a session.
    Session(JetonSha256),
    /// An access token whose signature and time are right, and from where it comes.
    Client(Arc<JetonAcces>, IpAddr),
}

/// Who is recognised: a person by a session, or an API client by a token.
#[derive(Debug, Clone)]
pub enum Identite {
    /// A person.
    Session(SessionVivante),
    /// An API client.
    Client(Arc<Acteur>),
}

impl Identite {
    /// Who acts, with the rights of this instant.
    pub const fn acteur(&self) -> &Arc<Acteur> {
        match self {
            Self::Session(session) => &session.acteur,
            Self::Client(acteur) => acteur,
        }
    }
}

/// The claim to do `A` on a resource, by whoever presents itself: not judged yet.
///
/// A read that takes a claim is judged in the visit to the database that it reads in
/// ([`App::read_as`]): one visit for a request instead of two.
pub struct Claim<A: Action>
where
    A::Sur: Ressource,
{
    presente: Presente,
    nom: Nom<<A::Sur as Ressource>::Id>,
}

/// Who is recognised and the permit, each with why there is none.
type Jugement<A> = Result<(Identite, Result<Permit<A>, Error>), Refus>;

impl<A: Action> Claim<A>
where
    A::Sur: Ressource,
{
    /// The claim of whoever presents itself on what is named.
    pub const fn new(presente: Presente, nom: Nom<<A::Sur as Ressource>::Id>) -> Self {
        Self { presente, nom }
    }

    /// Who is recognised and the permit, or why there is none; [`Refus`] when nobody is.
    fn juger(self, conn: &mut Conn, bornes: Bornes) -> Result<Jugement<A>, Error> {
        let identite = match identifier(conn, &self.presente, bornes)? {
            Ok(identite) => identite,
            Err(refus) => return Ok(Err(refus)),
        };
        let id = match self.nom {
            Nom::Id(id) => Ok(id),
            Nom::Reference(nom) => A::Sur::nommee(conn, identite.acteur(), &nom),
        };
        let sur = id.and_then(|id| A::Sur::charger(conn, id)).map_err(Error::from);
        let permit = sur.and_then(|sur| Ok(authorize::<A>(identite.acteur(), sur)?));
        Ok(Ok((identite, permit)))
    }
}

/// Between which instants a session lives.
#[derive(Debug, Clone, Copy)]
struct Bornes {
    maintenant: Timestamp,
    vue_depuis: Timestamp,
}

impl App {
    /// Judges the signature, the type, the issuer, the audience and the time of an access token.
    pub async fn presenter_jeton(&self, texte: &str, adresse: IpAddr) -> Result<Presente, Refus> {
        let cles = oauth::pour(self, texte).await?;
        match oauth::verifier(texte, &self.reglages().url_publique, &cles, self.horloge().maintenant()) {
            Ok(jeton) => Ok(Presente::Client(Arc::new(jeton), adresse)),
            Err(refus) => Err(self.meconnu(refus.into())),
        }
    }

    /// Judges a claim, in one visit to the database.
    pub async fn permit<A>(&self, claim: Claim<A>) -> Result<(Identite, Permit<A>), Refus>
    where
        A: Action,
        A::Sur: Ressource,
    {
        let (identite, permit, ()) = self.visiter(claim, |_, _| Ok(())).await?;
        Ok((identite, permit))
    }

    /// Judges a claim and reads under its permit, in one visit to the database.
    pub async fn read_as<A, T>(
        &self,
        claim: Claim<A>,
        f: impl FnOnce(&mut Conn, &Permit<A>) -> Result<T, Error> + Send + 'static,
    ) -> Result<(Permit<A>, T), Refus>
    where
        A: Action,
        A::Sur: Ressource,
        T: Send + 'static,
    {
        let (_, permit, lu) = self.visiter(claim, f).await?;
        Ok((permit, lu))
    }

    async fn visiter<A, T>(
        &self,
        claim: Claim<A>,
        f: impl FnOnce(&mut Conn, &Permit<A>) -> Result<T, Error> + Send + 'static,
    ) -> Result<(Identite, Permit<A>, T), Refus>
    where
        A: Action,
        A::Sur: Ressource,
        T: Send + 'static,
    {
        let bornes = self.bornes_de_session();
        let trouve = self
            .read(move |conn| {
                let (identite, permit) = match claim.juger(conn, bornes)? {
                    Ok(juge) => juge,
                    Err(refus) => return Ok(Err(refus)),
                };
                let lu = permit.and_then(|permit| {
                    let lu = f(conn, &permit)?;
                    Ok((permit, lu))
                });
                Ok(Ok((identite, lu)))
            })
            .await;
        let (identite, lu) = trouve?.map_err(|refus| self.meconnu(refus))?;
        // A request counts, whatever it is answered.
        self.saluer(&identite)?;
        let (permit, lu) = lu?;
        self.voir(&identite).await?;
        Ok((identite, permit, lu))
    }

    /// Who presents itself.
    pub async fn identite(&self, presente: Presente) -> Result<Identite, Refus> {
        let identite = self.identite_inerte(presente).await?.map_err(|refus| self.meconnu(refus))?;
        self.saluer(&identite)?;
        self.voir(&identite).await?;
        Ok(identite)
    }

    /// Who presents itself, without counting this as a use of the session.
    pub async fn identite_inerte(&self, presente: Presente) -> Result<Result<Identite, Refus>, Error> {
        let bornes = self.bornes_de_session();
        self.read(move |conn| identifier(conn, &presente, bornes)).await
    }

    fn bornes_de_session(&self) -> Bornes {
        let maintenant = self.horloge().maintenant();
        Bornes { maintenant, vue_depuis: self.vue_depuis(maintenant) }
    }

    /// The refusal of whoever presents what nobody was given: counted as nobody's, or one too many.
    fn meconnu(&self, refus: Refus) -> Refus {
        self.compter_anonyme().map_or_else(Refus::from, |()| refus)
    }

    /// Says who sends the request, and counts it.
    fn saluer(&self, identite: &Identite) -> Result<(), Error> {
        let genre = match identite {
            Identite::Session(_) => Genre::Personne,
            Identite::Client(_) => Genre::Client,
        };
        self.reconnaitre(genre, identite.acteur().id.uuid())
    }

    async fn voir(&self, identite: &Identite) -> Result<(), Error> {
        let Identite::Session(session) = identite else { return Ok(()) };
        let maintenant = self.horloge().maintenant();
        let pas = jiff::SignedDuration::try_from(PAS_DE_VUE).unwrap_or(jiff::SignedDuration::ZERO);
        if maintenant.duration_since(session.vue_le) < pas {
            return Ok(());
        }
        let id = session.id;
        self.entretenir(move |conn| Ok(db::sessions::voir(conn, id, maintenant)?)).await
    }
}

/// Reads who presents itself, with the rights of this instant: a client that was revoked, has
/// expired, or calls from elsewhere is refused at once, whatever its token says.
fn identifier(
    conn: &mut Conn,
    presente: &Presente,
    Bornes { maintenant, vue_depuis }: Bornes,
) -> Result<Result<Identite, Refus>, Error> {
    let (jeton, adresse) = match presente {
        Presente::Session(jeton) => {
            let session = db::sessions::vivante(conn, &jeton.0, maintenant, vue_depuis)?;
            return Ok(session.map(Identite::Session).ok_or(Refus::NonConnecte));
        }
        Presente::Client(jeton, adresse) => (jeton, *adresse),
    };
    if jeton.expire_le <= maintenant {
        return Ok(Err(JetonRefuse::Expire.into()));
    }
    let Some(client) = db::clients_api::vivant(conn, jeton.client, maintenant)? else {
        return Ok(Err(JetonRefuse::Client.into()));
    };
    if !oauth::depuis(&client, adresse) {
        return Ok(Err(JetonRefuse::Adresse.into()));
    }
    if db::jetons_api::est_revoque(conn, jeton.jti)? {
        return Ok(Err(JetonRefuse::Revoque.into()));
    }
    let scopes = jeton.scopes.commun(&client.scopes);
    Ok(Ok(Identite::Client(db::clients_api::acteur(conn, &client, scopes, Preuve::Jeton(jeton.jti))?)))
}

/// Judges an action again at the end of a request that lasted, on the resource that it was permitted on: by the rights
/// of this instant, which may have been withdrawn while a body arrived, and by where the resource stands now.
///
/// Three queries by primary keys, on a dossier or a document. [`Error::Absent`] once the actor is suspended, an API client
/// revoked or expired, its session ended or its token revoked.
pub(crate) fn rejuger<A: Action>(
    conn: &mut Conn,
    permit: &Permit<A>,
    id: <A::Sur as Ressource>::Id,
    maintenant: Timestamp,
) -> Result<Permit<A>, Error>
where
    A::Sur: Ressource,
{
    let acteur = db::sessions::encore(conn, permit.acteur(), maintenant)?.ok_or(Error::Absent)?;
    Ok(authorize::<A>(&acteur, A::Sur::charger(conn, id)?)?)
}

/// Judges another action on a resource already loaded, within a use case or a view.
pub fn peut<A: Action>(acteur: &Arc<Acteur>, sur: &A::Sur) -> bool {
    authorize::<A>(acteur, sur.clone()).is_ok()
}
