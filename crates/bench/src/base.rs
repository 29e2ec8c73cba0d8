//! The database that is measured: filled by the product itself, then given a member and an API client to measure with.

mod client;

pub use client::SECRET;

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use app::ports::horloge::Horloge;
use argon2::PasswordHasher as _;
use db::codes::JobStatut;
use db::schema::{adherents, dossiers, etablissements, jobs, rattachements, types_pieces, utilisateurs};
use db::types::V;
use db::{Base, Conn};
use diesel::dsl::count_star;
use diesel::prelude::*;
use domain::RoleMembre;
use domain::acteur::Cote;
use domain::code::Code as _;
use domain::document::Format;
use domain::dossier::{Etat, Vue};
use domain::ids::{AdherentId, ClientApiId, DossierId, EtablissementId, Id, TypePieceId, UtilisateurId};
use uuid::Uuid;

use crate::reference::argon2::function;

/// Dossiers of a page of the list, and at least as many of the établissement.
pub const PAGE: usize = 50;
/// Accounts that sign in at once.
pub const ACCOUNTS: usize = 16;
/// Their password.
pub const PASSWORD: &str = "banc-de-mesure-rouge-42";
/// Largest file that the categories of the measured database take, in bytes.
const LARGEST: i64 = 4_000_000_000;
/// Time that background work is given to end before a measure.
const QUIET: Duration = Duration::from_mins(2);

/// Which engine holds the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Engine {
    /// A file.
    Sqlite(PathBuf),
    /// A server, by its address.
    Postgres(String),
}

impl Engine {
    /// The address of the database.
    pub fn url(&self) -> String {
        match self {
            Self::Sqlite(file) => format!("sqlite://{}", file.display()),
            Self::Postgres(url) => url.clone(),
        }
    }

    /// The name of the engine.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "SQLite",
            Self::Postgres(_) => "PostgreSQL",
        }
    }

    /// The file of the database, when it is one.
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::Sqlite(file) => Some(file),
            Self::Postgres(_) => None,
        }
    }
}

/// Who measures, on what.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// The établissement whose dossiers are read and written to.
    pub etablissement: EtablissementId,
    /// Its company.
    pub adherent: AdherentId,
    /// An API client of it, of every scope.
    pub client: ClientApiId,
    /// A member of it who may deposit.
    pub membre: UtilisateurId,
    /// The address of its gestionnaire, who has the password of the members.
    pub gestionnaire: String,
    /// The dossiers, each with a category that takes any PDF.
    pub dossiers: Vec<(DossierId, TypePieceId)>,
    /// Dossiers in the whole database.
    pub rows: i64,
}

/// The address of an account.
pub fn email(account: usize) -> String {
    format!("banc-{account}@mesures.example")
}

/// Gives the database members and an API client of an établissement of 50 dossiers, all living, and categories that take
/// any PDF.
///
/// Blocks, while nothing else writes to the database.
pub fn prepare(base: &Base) -> Result<Prepared> {
    let hash = function()?.hash_password(PASSWORD.as_bytes()).map_err(|error| anyhow::anyhow!("argon2: {error}"))?;
    base.write(move |conn| {
        widen(conn)?;
        let (etablissement, adherent) = choose(conn)?;
        liven(conn, etablissement, adherent)?;
        let accounts: Vec<UtilisateurId> = (0..ACCOUNTS)
            .map(|account| member(conn, account, &hash.to_string(), etablissement, adherent))
            .collect::<Result<_>>()?;
        let membre = *accounts.first().context("no account")?;
        let gestionnaire = gestionnaire(conn, adherent, &hash.to_string())?;
        Ok(Prepared {
            etablissement,
            adherent,
            client: client::create(conn, etablissement, adherent, membre)?,
            membre,
            gestionnaire,
            dossiers: targets(conn, etablissement)?,
            rows: dossiers::table.select(count_star()).first(conn)?,
        })
    })
}

/// Every category takes PDF of any size and number: what is measured must not end at a limit.
fn widen(conn: &mut Conn) -> Result<()> {
    let formats = Format::Pdf.code();
    diesel::update(types_pieces::table)
        .set((
            types_pieces::taille_max.eq(LARGEST),
            types_pieces::nombre_max.eq(None::<i32>),
            types_pieces::formats.eq(formats),
        ))
        .execute(conn)?;
    Ok(())
}

/// The établissement with the fewest dossiers among those that fill a page.
fn choose(conn: &mut Conn) -> Result<(EtablissementId, AdherentId)> {
    let least = i64::try_from(PAGE)?;
    let (etablissement, count): (V<EtablissementId>, i64) = dossiers::table
        .group_by(dossiers::etablissement_id)
        .having(count_star().ge(least))
        .order((count_star(), dossiers::etablissement_id))
        .select((dossiers::etablissement_id, count_star()))
        .first(conn)
        .optional()?
        .with_context(|| format!("no établissement has {PAGE} dossiers: give more of them to `egestion demo`"))?;
    ensure!(count < 10 * least, "the smallest établissement that fills a page has {count} dossiers: a page costs more");
    let adherent: V<AdherentId> =
        etablissements::table.find(etablissement).select(etablissements::adherent_id).first(conn)?;
    Ok((etablissement.0, adherent.0))
}

/// A dossier of the history takes no document and is not in the first page, a brouillon has no gestionnaire: all are
/// made living.
fn liven(conn: &mut Conn, etablissement: EtablissementId, adherent: AdherentId) -> Result<()> {
    let gestionnaire = gestionnaire_of(conn, adherent)?;
    diesel::update(dossiers::table.filter(dossiers::etablissement_id.eq(V(etablissement))))
        .set((
            dossiers::etat.eq(V(Etat::EnInstruction)),
            dossiers::vue.eq(V(Vue::EnCours)),
            dossiers::gestionnaire_id.eq(gestionnaire),
        ))
        .execute(conn)?;
    Ok(())
}

fn gestionnaire_of(conn: &mut Conn, adherent: AdherentId) -> Result<Option<V<UtilisateurId>>> {
    Ok(adherents::table.find(V(adherent)).select(adherents::gestionnaire_id).first(conn)?)
}

/// Gives the gestionnaire of a company a password.
fn gestionnaire(conn: &mut Conn, adherent: AdherentId, hash: &str) -> Result<String> {
    let id = gestionnaire_of(conn, adherent)?.context("the company has no gestionnaire")?;
    let account = utilisateurs::table.find(id);
    diesel::update(account).set(utilisateurs::mot_de_passe.eq(hash)).execute(conn)?;
    Ok(account.select(utilisateurs::email).first(conn)?)
}

fn member(
    conn: &mut Conn,
    account: usize,
    hash: &str,
    etablissement: EtablissementId,
    adherent: AdherentId,
) -> Result<UtilisateurId> {
    let id: UtilisateurId = Id::new(Uuid::now_v7());
    let now = Horloge::Systeme.maintenant();
    diesel::insert_into(utilisateurs::table)
        .values((
            utilisateurs::id.eq(V(id)),
            utilisateurs::email.eq(email(account)),
            utilisateurs::prenom.eq("Banc"),
            utilisateurs::nom.eq(format!("de mesure {account}")),
            utilisateurs::fonction.eq("Mesures"),
            utilisateurs::telephone.eq("02 61 91 00 00"),
            utilisateurs::cote.eq(V(Cote::Membre)),
            utilisateurs::mot_de_passe.eq(hash),
            utilisateurs::email_confirme_le.eq(V(now)),
            utilisateurs::cree_le.eq(V(now)),
        ))
        .execute(conn)?;
    diesel::insert_into(rattachements::table)
        .values((
            rattachements::utilisateur_id.eq(V(id)),
            rattachements::etablissement_id.eq(V(etablissement)),
            rattachements::adherent_id.eq(V(adherent)),
            rattachements::role.eq(V(RoleMembre::Contributeur)),
        ))
        .execute(conn)?;
    Ok(id)
}

fn targets(conn: &mut Conn, etablissement: EtablissementId) -> Result<Vec<(DossierId, TypePieceId)>> {
    let found: Vec<(V<DossierId>, String)> = dossiers::table
        .filter(dossiers::etablissement_id.eq(V(etablissement)))
        .order(dossiers::id)
        .limit(i64::try_from(PAGE)?)
        .select((dossiers::id, dossiers::dispositif))
        .load(conn)?;
    found
        .into_iter()
        .map(|(dossier, dispositif)| {
            let piece: V<TypePieceId> = types_pieces::table
                .filter(types_pieces::dispositif.eq(&dispositif))
                .order(types_pieces::rang.desc())
                .select(types_pieces::id)
                .first(conn)
                .optional()?
                .with_context(|| format!("the dispositif {dispositif} has no category of pieces"))?;
            Ok((dossier.0, piece.0))
        })
        .collect()
}

/// Waits until no background work is due; says how much is left after two minutes.
pub async fn quiet(base: &Base) -> Result<i64> {
    let start = std::time::Instant::now();
    loop {
        let base = base.clone();
        let left = tokio::task::spawn_blocking(move || due(&base)).await.context("interrupted")??;
        if left == 0 || start.elapsed() > QUIET {
            return Ok(left);
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

fn due(base: &Base) -> Result<i64> {
    let now = Horloge::Systeme.maintenant();
    base.read(|conn| {
        let due = jobs::table.filter(jobs::statut.eq(V(JobStatut::Pret))).filter(jobs::a_partir_de.le(V(now)));
        Ok(due.select(count_star()).first(conn)?)
    })
}
