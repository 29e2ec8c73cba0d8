//! Reference data: the dispositifs and the pieces that each asks for.
//!
//! Data, not code: written once into an empty database, then the OPCO's own to change.
//! Pieces after the arrêté of 21/12/2018 and article R. 6332-26; dates after law 2025-989.

mod donnees;

use db::documents::TypePiece;
use db::journal::Trace;
use db::lots::{LigneDispositif, Lot as _};
use db::types::V;
use db::{Base, Conn, DbError};
use domain::code::Code as _;
use domain::dossier::{EtapePiece, Exigence};
use domain::ids::Id;
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

pub(crate) use donnees::DISPOSITIFS;

/// A way of funding a training.
pub(crate) struct Dispositif {
    pub(crate) code: &'static str,
    pub(crate) libelle: &'static str,
    pub(crate) valide_du: Date,
    pub(crate) valide_au: Option<Date>,
    pub(crate) pieces: &'static [Piece],
}

/// A category of pieces of a dispositif.
pub(crate) struct Piece {
    pub(crate) code: &'static str,
    pub(crate) libelle: &'static str,
    pub(crate) etape: EtapePiece,
    pub(crate) exigence: Exigence,
    pub(crate) formats: &'static [domain::document::Format],
    pub(crate) taille_max: i64,
    pub(crate) nombre_max: Option<i32>,
    /// Days after the first day of the training (request) or after the last (payment).
    pub(crate) delai_jours: Option<i32>,
    pub(crate) aide: Option<&'static str>,
}

/// Writes the reference data when the database has none; says whether it did.
///
/// Several nodes may start together: the one that comes second finds it done.
pub fn installer(base: &Base, le: Timestamp) -> Result<bool, DbError> {
    if !base.read(db::lots::sans_dispositif)? {
        return Ok(false);
    }
    match base.write(move |conn| ecrire(conn, le)) {
        Err(DbError::Doublon(_)) => Ok(false),
        autre => autre.map(|()| true),
    }
}

fn ecrire(conn: &mut Conn, le: Timestamp) -> Result<(), DbError> {
    let dispositifs: Vec<LigneDispositif> = DISPOSITIFS
        .iter()
        .map(|d| LigneDispositif {
            code: d.code.to_owned(),
            libelle: d.libelle.to_owned(),
            valide_du: V(d.valide_du),
            valide_au: d.valide_au.map(V),
        })
        .collect();
    LigneDispositif::inserer(conn, &dispositifs)?;
    let pieces: Vec<TypePiece> =
        DISPOSITIFS.iter().flat_map(|d| (0..).zip(d.pieces).map(|(i, p)| type_piece(d.code, i, p))).collect();
    TypePiece::inserer(conn, &pieces)?;
    let codes: Vec<&str> = DISPOSITIFS.iter().map(|d| d.code).collect();
    let trace = Trace {
        action: "referentiel.installer",
        objet: "referentiel",
        objet_id: Uuid::nil(),
        dossier: None,
        details: serde_json::json!({ "dispositifs": codes }),
    };
    db::journal::tracer(conn, Uuid::now_v7(), None, le, &trace)
}

fn type_piece(dispositif: &str, rang: i32, p: &Piece) -> TypePiece {
    let formats: Vec<&str> = p.formats.iter().map(|f| f.code()).collect();
    TypePiece {
        id: V(Id::new(Uuid::now_v7())),
        dispositif: dispositif.to_owned(),
        code: p.code.to_owned(),
        libelle: p.libelle.to_owned(),
        etape: V(p.etape),
        exigence: V(p.exigence),
        formats: formats.join(","),
        taille_max: p.taille_max,
        nombre_max: p.nombre_max,
        delai_jours: p.delai_jours,
        aide: p.aide.map(str::to_owned),
        rang,
    }
}
