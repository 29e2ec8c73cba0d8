//! Messages: one thread per dossier, one inbox over all.

use domain::acteur::Cote;
use domain::document::Statut;
pub use domain::message::Nature;
use jiff::Timestamp;
use uuid::Uuid;

use crate::wire;

wire! {
    /// A file attached to a message.
    pub struct PieceJointe {
        /// The document; its content is read like any other's.
        pub document_id: Uuid,
        /// Its file name.
        pub nom: String,
        /// Its size, in bytes.
        pub taille: i64,
        /// Where it stands; an infected one is never given out, nor shown to the other side.
        pub statut: Statut,
    }

    /// Who read a message, and when.
    pub struct Lecture {
        /// The reader's name.
        pub par: String,
        /// When it was first read.
        pub le: Timestamp,
    }

    /// A message.
    pub struct Message {
        /// Its identifier.
        pub id: Uuid,
        /// Its dossier.
        pub dossier_id: Uuid,
        /// What it is.
        pub nature: Nature,
        /// The author's name.
        pub auteur: String,
        /// The author's side.
        pub auteur_cote: Cote,
        /// Whether the reader wrote it.
        pub de_moi: bool,
        /// Its text, plain; line breaks count.
        pub corps: String,
        /// When it was sent.
        pub envoye_le: Timestamp,
        /// Whether the reader has it unread.
        pub non_lu: bool,
        /// Attached files.
        pub pieces_jointes: Vec<PieceJointe>,
        /// People of the other side who read it; only for the author's side.
        pub lectures: Vec<Lecture>,
        /// The caller's own name of it, given when it was written; `ref:` and this name stand for `id` in paths.
        pub reference_externe: Option<String>,
    }

    /// The thread of a dossier.
    pub struct Fil {
        /// The latest first.
        pub elements: Vec<Message>,
        /// The cursor of older messages, or `null`.
        pub suivant: Option<String>,
    }

    /// A message in the inbox.
    pub struct MessageResume {
        /// Its identifier.
        pub id: Uuid,
        /// Its dossier.
        pub dossier_id: Uuid,
        /// The dossier's number.
        pub numero: String,
        /// The training's title.
        pub intitule: String,
        /// The company's name.
        pub adherent: String,
        /// What it is.
        pub nature: Nature,
        /// The author's name.
        pub auteur: String,
        /// Whether the reader wrote it.
        pub de_moi: bool,
        /// The start of its text, 200 characters at most.
        pub extrait: String,
        /// When it was sent.
        pub envoye_le: Timestamp,
        /// Whether the reader has it unread.
        pub non_lu: bool,
        /// Number of attached files.
        pub pieces_jointes: i64,
    }

    /// The inbox.
    pub struct Boite {
        /// The latest first.
        pub elements: Vec<MessageResume>,
        /// Unread messages over all dossiers.
        pub non_lus: i64,
        /// The cursor of older messages, or `null`.
        pub suivant: Option<String>,
    }

    /// The filters of the inbox.
    #[derive(Default)]
    #[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
    #[serde(deny_unknown_fields)]
    pub struct FiltreMessages {
        /// Words of the text, all of which must be there; of more than ten, the ten longest.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub q: Option<String>,
        /// Only unread messages.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub non_lus: Option<bool>,
        /// The `suivant` of the previous page.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub curseur: Option<String>,
        /// Page size, 1 to 100; 30 by default.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 100))]
        pub limite: Option<u32>,
    }

    /// The page of a thread.
    #[derive(Default)]
    #[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
    #[serde(deny_unknown_fields)]
    pub struct PageFil {
        /// The `suivant` of the previous page.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub curseur: Option<String>,
        /// Page size, 1 to 100; 50 by default.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 100))]
        pub limite: Option<u32>,
    }

    /// The read state of a message, for oneself.
    #[serde(deny_unknown_fields)]
    pub struct EtatLecture {
        /// `false` puts it back to unread.
        pub lu: bool,
    }

    /// The multipart form of a message.
    ///
    /// The text comes before the files.
    #[serde(deny_unknown_fields)]
    pub struct FormulaireMessage {
        /// The text, 1 to 10 000 characters.
        pub corps: String,
        /// The caller's own name of it: 1 to 100 letters, digits and `._:@+~-`, unique among its messages.
        pub reference_externe: Option<String>,
        /// Files: 10 at most, each of 20 MB at most.
        #[serde(default)]
        #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>, format = Binary))]
        pub fichier: Vec<String>,
    }
}
