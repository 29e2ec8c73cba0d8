//! From a session's token and an identifier to a permit.

use std::sync::Arc;
use std::time::Duration;

use db::codes::Reference;
use db::sessions::SessionVivante;
use db::{Conn, DbError};
use domain::Acteur;
use domain::ids::{AdherentId, DocumentId, DossierId, Id, MessageId, TeleversementId, WebhookId};
use domain::permit::{Action, Permit, authorize};
use domain::policy::{AdherentScope, DocumentScope, DossierScope, MessageScope, TeleversementScope, WebhookScope};
use sha2::{Digest as _, Sha256};

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

/// Why a permit was not given.
#[derive(Debug, thiserror::Error)]
pub enum Refus {
    /// No live session.
    #[error("non connecté")]
    NonConnecte,
    /// Absent or denied, or the database failed.
    #[error(transparent)]
    Erreur(#[from] Error),
}

/// The claim to do `A` on a resource, by the bearer of a token: not judged yet.
///
/// A read that takes a claim is judged in the visit to the database that it reads in
/// ([`App::read_as`]): one visit for a request instead of two.
pub struct Claim<A: Action>
where
    A::Sur: Ressource,
{
    jeton: JetonSha256,
    nom: Nom<<A::Sur as Ressource>::Id>,
}

impl<A: Action> Claim<A>
where
    A::Sur: Ressource,
{
    /// The claim of a token's bearer on what is named.
    pub const fn new(jeton: JetonSha256, nom: Nom<<A::Sur as Ressource>::Id>) -> Self {
        Self { jeton, nom }
    }

    /// The session of the bearer and the permit, or why there is none. `None` without a live session.
    fn juger(
        self,
        conn: &mut Conn,
        bornes: Bornes,
    ) -> Result<Option<(SessionVivante, Result<Permit<A>, Error>)>, Error> {
        let Some(session) = db::sessions::vivante(conn, &self.jeton.0, bornes.maintenant, bornes.vue_depuis)? else {
            return Ok(None);
        };
        let id = match self.nom {
            Nom::Id(id) => Ok(id),
            Nom::Reference(nom) => A::Sur::nommee(conn, &session.acteur, &nom),
        };
        let sur = id.and_then(|id| A::Sur::charger(conn, id)).map_err(Error::from);
        let permit = sur.and_then(|sur| Ok(authorize::<A>(&session.acteur, sur)?));
        Ok(Some((session, permit)))
    }
}

/// Between which instants a session lives.
#[derive(Debug, Clone, Copy)]
struct Bornes {
    maintenant: jiff::Timestamp,
    vue_depuis: jiff::Timestamp,
}

impl App {
    /// Judges a claim, in one visit to the database.
    pub async fn permit<A>(&self, claim: Claim<A>) -> Result<(SessionVivante, Permit<A>), Refus>
    where
        A: Action,
        A::Sur: Ressource,
    {
        let (session, permit, ()) = self.visiter(claim, |_, _| Ok(())).await?;
        Ok((session, permit))
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
    ) -> Result<(SessionVivante, Permit<A>, T), Refus>
    where
        A: Action,
        A::Sur: Ressource,
        T: Send + 'static,
    {
        let bornes = self.bornes_de_session();
        let trouve = self
            .read(move |conn| {
                let Some((session, permit)) = claim.juger(conn, bornes)? else { return Ok(None) };
                let lu = permit.and_then(|permit| {
                    let lu = f(conn, &permit)?;
                    Ok((permit, lu))
                });
                Ok(Some((session, lu)))
            })
            .await;
        let (session, lu) = trouve?.ok_or(Refus::NonConnecte)?;
        // A request counts, whatever it is answered.
        self.reconnaitre(Genre::Personne, session.acteur.id.uuid())?;
        let (permit, lu) = lu?;
        self.voir_session(&session).await?;
        Ok((session, permit, lu))
    }

    /// The live session of a token.
    pub async fn session(&self, jeton: JetonSha256) -> Result<SessionVivante, Refus> {
        let session = self.session_inerte(jeton).await?.ok_or(Refus::NonConnecte)?;
        self.reconnaitre(Genre::Personne, session.acteur.id.uuid())?;
        self.voir_session(&session).await?;
        Ok(session)
    }

    /// The live session of a token, without counting this as a use of it.
    pub async fn session_inerte(&self, jeton: JetonSha256) -> Result<Option<SessionVivante>, Error> {
        let Bornes { maintenant, vue_depuis } = self.bornes_de_session();
        self.read(move |conn| Ok(db::sessions::vivante(conn, &jeton.0, maintenant, vue_depuis)?)).await
    }

    fn bornes_de_session(&self) -> Bornes {
        let maintenant = self.horloge().maintenant();
        Bornes { maintenant, vue_depuis: self.vue_depuis(maintenant) }
    }

    async fn voir_session(&self, session: &SessionVivante) -> Result<(), Error> {
        let maintenant = self.horloge().maintenant();
        let pas = jiff::SignedDuration::try_from(PAS_DE_VUE).unwrap_or(jiff::SignedDuration::ZERO);
        if maintenant.duration_since(session.vue_le) < pas {
            return Ok(());
        }
        let id = session.id;
        self.entretenir(move |conn| Ok(db::sessions::voir(conn, id, maintenant)?)).await
    }
}

/// Judges another action on a resource already loaded, within a use case or a view.
pub fn peut<A: Action>(acteur: &Arc<domain::Acteur>, sur: &A::Sur) -> bool {
    authorize::<A>(acteur, sur.clone()).is_ok()
}
