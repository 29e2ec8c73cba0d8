//! Documents: categories of pieces, deposits, versions, receipts.

use domain::document::{Format, Sens, Statut, Verdict};
use domain::dossier::{EtapePiece, Exigence};
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use crate::wire;

wire! {
    /// A document.
    pub struct Document {
        /// Its identifier.
        pub id: Uuid,
        /// Its dossier.
        pub dossier_id: Uuid,
        /// The category it fills; `null` for the OPCO's documents and for attachments.
        pub piece_id: Option<Uuid>,
        /// Which side gave it.
        pub sens: Sens,
        /// Its file name.
        pub nom: String,
        /// Its format, told from its bytes.
        pub format: Format,
        /// Its size, in bytes.
        pub taille: i64,
        /// SHA-256 of its bytes, 64 hexadecimal digits.
        pub sha256: String,
        /// Where it stands.
        pub statut: Statut,
        /// What the gestionnaire made of it.
        pub verdict: Verdict,
        /// Why, when something must be put right.
        pub motif: Option<String>,
        /// The day by which it must be, when the gestionnaire gave one.
        pub avant: Option<Date>,
        /// Who deposited it.
        pub depose_par: String,
        /// When it was acknowledged.
        pub depose_le: Timestamp,
        /// When the undo window ends; `null` once transmitted or replaced.
        pub annulable_jusqu_a: Option<Timestamp>,
        /// When the other side received it.
        pub transmis_le: Option<Timestamp>,
        /// When a later version took its place, told to the side that deposited it; one that was still `recu` is never transmitted.
        pub remplace_le: Option<Timestamp>,
        /// Its rank among its versions, from 1.
        pub version: i32,
        /// The number of its deposit receipt, such as `D-00000042`.
        pub recu: String,
        /// Its validator, for `If-Match`: it changes with anything of this card.
        pub etag: String,
        /// The caller's own name of it, given at its deposit; `ref:` and this name stand for `id` in paths.
        pub reference_externe: Option<String>,
    }

    /// A list of documents.
    pub struct Documents {
        /// The latest first.
        pub elements: Vec<Document>,
    }

    /// A gestionnaire's request for a piece.
    pub struct PieceDemandee {
        /// Who asked.
        pub par: String,
        /// When.
        pub le: Timestamp,
        /// Why.
        pub motif: String,
        /// The day it falls due.
        pub avant: Option<Date>,
        /// Its validator, for `If-Match`.
        pub etag: String,
    }

    /// A category of pieces of a dossier, and what fills it.
    pub struct Piece {
        /// The category's identifier.
        pub id: Uuid,
        /// Its name.
        pub libelle: String,
        /// What it is for.
        pub etape: EtapePiece,
        /// Whether it must be filled.
        pub exigence: Exigence,
        /// Whether it is due at this stage, by rule or by request.
        pub due: bool,
        /// Whether something fills it.
        pub fournie: bool,
        /// The day it falls due.
        pub echeance: Option<Date>,
        /// The gestionnaire's request for it; answered once `fournie` is true.
        pub demande: Option<PieceDemandee>,
        /// A word of help.
        pub aide: Option<String>,
        /// Accepted formats.
        pub formats: Vec<Format>,
        /// Largest file, in bytes.
        pub taille_max: i64,
        /// Most documents at once; `null` when there is no limit.
        pub nombre_max: Option<i32>,
        /// Present versions of the documents, in the order of deposit.
        pub documents: Vec<Document>,
    }

    /// « Mes documents » of a dossier.
    pub struct Pieces {
        /// The categories, in order.
        pub elements: Vec<Piece>,
        /// Whether a document may be deposited by the reader.
        pub peut_deposer: bool,
    }

    /// A gestionnaire's request for a piece.
    #[serde(deny_unknown_fields)]
    pub struct DemandePiece {
        /// The category.
        pub piece_id: Uuid,
        /// Why it is needed.
        pub motif: String,
        /// The day it falls due.
        pub avant: Option<Date>,
    }

    /// What a gestionnaire's request for a piece becomes.
    #[serde(deny_unknown_fields)]
    pub struct ModificationDemande {
        /// Why it is needed.
        pub motif: String,
        /// The day it falls due.
        pub avant: Option<Date>,
    }

    /// A gestionnaire's judgement of a document.
    #[serde(deny_unknown_fields)]
    pub struct Examen {
        /// The judgement.
        pub verdict: Verdict,
        /// Why; due for `a_completer` and `refusee`.
        pub motif: Option<String>,
        /// The day by which it must be put right, for `a_completer` alone.
        pub avant: Option<Date>,
    }

    /// The multipart form of a deposit.
    ///
    /// The fields come before the file, in any order.
    #[serde(deny_unknown_fields)]
    pub struct FormulaireDepot {
        /// The category of pieces (identifier). Not used under « Documents Constructys ».
        pub piece: Option<Uuid>,
        /// `true` to deposit although the same bytes are already in the dossier.
        pub doublon_accepte: Option<bool>,
        /// The caller's own name of it: 1 to 100 letters, digits and `._:@+~-`, unique among its documents.
        pub reference_externe: Option<String>,
        /// The file, with its name; at most the category's size.
        #[cfg_attr(feature = "openapi", schema(value_type = String, format = Binary))]
        pub fichier: String,
    }
}
