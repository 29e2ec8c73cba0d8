//! Many small acts in one request, each with a result of its own.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::wire;
use domain::document::Verdict;

wire! {
    /// Many acts, done in their order, each on its own: the failure of one leaves the others.
    #[serde(deny_unknown_fields)]
    pub struct Lot {
        /// 1 to 100 acts.
        #[cfg_attr(feature = "openapi", schema(min_items = 1))]
        pub elements: Vec<ElementLot>,
    }

    /// One act of a batch.
    #[serde(deny_unknown_fields)]
    pub struct ElementLot {
        /// The act's own `Idempotency-Key`. By default, that of the batch and the act's rank.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        #[cfg_attr(feature = "openapi", schema(min_length = 1, pattern = "^[!-~]+$"))]
        pub cle: Option<String>,
        /// What to do.
        pub acte: ActeLot,
    }

    /// A message without files.
    pub struct LotMessage {
        /// The dossier: its identifier, or `ref:` and one's own name of it.
        pub dossier: String,
        /// The text, 1 to 10 000 characters.
        pub corps: String,
        /// One's own name of the message.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        pub reference_externe: Option<String>,
    }

    /// A message read or unread.
    pub struct LotLecture {
        /// The message: its identifier, or `ref:` and one's own name of it.
        pub message: String,
        /// `false` puts it back to unread.
        pub lu: bool,
    }

    /// A piece asked for.
    pub struct LotDemandePiece {
        /// The dossier: its identifier, or `ref:` and one's own name of it.
        pub dossier: String,
        /// The category.
        pub piece_id: Uuid,
        /// Why it is needed.
        pub motif: String,
        /// The day it falls due.
        #[serde(default)]
        pub avant: Option<Date>,
    }

    /// A document judged.
    pub struct LotExamen {
        /// The document: its identifier, or `ref:` and one's own name of it.
        pub document: String,
        /// Its `etag`, as it was read.
        pub etag: String,
        /// The judgement.
        pub verdict: Verdict,
        /// Why; due for `a_completer` and `refusee`.
        #[serde(default)]
        pub motif: Option<String>,
        /// The day by which it must be put right, for `a_completer` alone.
        #[serde(default)]
        pub avant: Option<Date>,
    }

    /// A dossier named in one's own software.
    pub struct LotReference {
        /// The dossier: its identifier, or `ref:` and one's own name of it.
        pub dossier: String,
        /// The name; `null` for none.
        #[serde(default)]
        pub reference_externe: Option<String>,
    }

    /// What became of one act.
    pub struct ResultatLot {
        /// The HTTP status that the act would have had alone.
        pub statut: u16,
        /// What it would have answered alone: what was made or a problem; `null` for nothing.
        #[cfg_attr(feature = "openapi", schema(value_type = Option<serde_json::Value>))]
        pub corps: Option<serde_json::Value>,
    }

    /// The results of a batch, in the order of its acts.
    pub struct ResultatsLot {
        /// One for each act.
        pub elements: Vec<ResultatLot>,
    }
}

/// What an act of a batch does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ActeLot {
    /// Writes a message.
    EnvoyerMessage(LotMessage),
    /// Sets a message read or unread.
    MarquerMessage(LotLecture),
    /// Asks for a piece.
    DemanderPiece(LotDemandePiece),
    /// Judges a document.
    ExaminerDocument(LotExamen),
    /// Names a dossier.
    ReferencerDossier(LotReference),
}
