//! The portal of services, and eGestion's home.

mod accueil;

pub use accueil::{Accueil, Chiffres, accueil};

use db::Conn;
use db::journal::Trace;
use db::portail::{Guide, Service};
use domain::code::Code as _;
use domain::ids::{GuideId, ServiceId};
use domain::outil::Outil;
use domain::permit::{Action as _, Perimeter, Permit};
use domain::policy::GererSonCompte;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use crate::authz::{Claim, Refus};
use crate::{App, Error, Journal};

/// Late dossiers whose late pieces are counted one by one; each one beyond counts for one piece.
const RETARDS_MAX: usize = 200;

/// The portal's home.
#[derive(Debug, Clone)]
pub struct Portail {
    /// The person's favourite tools.
    pub favoris: Vec<Outil>,
    /// The services, by theme.
    pub services: Vec<Service>,
    /// Pieces awaited, and those of them that are late.
    pub pieces: Pieces,
}

/// Pieces awaited from a member.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pieces {
    /// All of them.
    pub attendues: i64,
    /// Those whose day has passed.
    pub en_retard: i64,
}

/// The portal's home.
pub async fn portail(app: &App, claim: Claim<GererSonCompte>) -> Result<Portail, Refus> {
    let aujourd_hui = a_paris(app.horloge().maintenant()).date();
    let (_, portail) = app
        .read_as(claim, move |conn, permit| {
            Ok(Portail {
                favoris: db::portail::favoris(conn, permit)?.unwrap_or_else(|| Outil::TOUS.to_vec()),
                services: db::portail::services(conn)?,
                pieces: pieces(conn, &Perimeter::of(permit), aujourd_hui)?,
            })
        })
        .await?;
    Ok(portail)
}

/// Pieces awaited in a perimeter, and those of them that are late.
fn pieces(conn: &mut Conn, perimetre: &Perimeter, aujourd_hui: Date) -> Result<Pieces, Error> {
    let attendues = db::portail::attendues(conn, perimetre, aujourd_hui)?;
    if attendues.dossiers_en_retard == 0 {
        return Ok(Pieces { attendues: attendues.toutes, en_retard: 0 });
    }
    let tardifs = db::portail::a_completer(conn, perimetre, Some(aujourd_hui), RETARDS_MAX)?;
    let manquantes = crate::documents::manquantes(conn, &tardifs)?;
    let en_retard = manquantes.iter().filter(|m| m.echeance.is_some_and(|e| e < aujourd_hui)).count();
    let au_dela = attendues.dossiers_en_retard - nombre(tardifs.len());
    Ok(Pieces { attendues: attendues.toutes, en_retard: nombre(en_retard) + au_dela.max(0) })
}

fn nombre(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// An instant on the clocks of those who read.
pub(crate) fn a_paris(instant: Timestamp) -> Zoned {
    instant.to_zoned(TimeZone::get("Europe/Paris").unwrap_or(TimeZone::UTC))
}

/// A service of the portal.
pub async fn service(app: &App, id: ServiceId) -> Result<Service, Error> {
    app.read(move |conn| Ok(db::portail::service(conn, id)?)).await
}

/// Writes one's favourite tools, in order; none at all is a choice too.
pub async fn choisir_favoris(
    app: &App,
    permit: &Permit<GererSonCompte>,
    outils: Vec<Outil>,
) -> Result<Vec<Outil>, Error> {
    if outils.iter().enumerate().any(|(rang, outil)| outils[..rang].contains(outil)) {
        return Err(Error::champ("/outils", "Chaque outil ne se choisit qu’une fois."));
    }
    let p = permit.clone();
    app.write(permit.acteur(), move |tx| {
        db::portail::choisir_favoris(tx.conn, &p, &outils)?;
        let codes: Vec<_> = outils.iter().map(|o| o.code()).collect();
        let trace = Trace {
            action: GererSonCompte::NOM,
            objet: "utilisateur",
            objet_id: p.acteur().id.uuid(),
            dossier: None,
            details: serde_json::json!({ "favoris": codes }),
        };
        Ok((outils, Journal::new(trace)))
    })
    .await
}

/// The guides, in order.
pub async fn guides(app: &App) -> Result<Vec<Guide>, Error> {
    app.read(|conn| Ok(db::portail::guides(conn)?)).await
}

/// A guide whose file is to be read.
pub async fn guide(app: &App, id: GuideId) -> Result<Guide, Error> {
    app.read(move |conn| Ok(db::portail::guide(conn, id)?)).await
}
