//! Resumable uploads (tus 1.0.0).

use domain::televersement::{RefusTeleversement, StatutTeleversement};
use jiff::Timestamp;
use uuid::Uuid;

use crate::documents::Document;
use crate::wire;

wire! {
    /// A resumable upload, as its creator sees it.
    pub struct Televersement {
        /// Its identifier.
        pub id: Uuid,
        /// The dossier that its document will join.
        pub dossier_id: Uuid,
        /// The category that it will fill.
        pub piece_id: Option<Uuid>,
        /// The document that it will replace.
        pub remplace_id: Option<Uuid>,
        /// The file's name.
        pub nom: String,
        /// The file's size, in bytes.
        pub taille: i64,
        /// Bytes that are durable: the next part begins there.
        pub recu: i64,
        /// Where it stands.
        pub statut: StatutTeleversement,
        /// Why the bytes made no document, when all are there.
        pub refus: Option<RefusTeleversement>,
        /// The name that its document will have in the caller's own software.
        pub reference_externe: Option<String>,
        /// When it is forgotten if nothing more comes.
        pub expire_le: Timestamp,
        /// The document that it became.
        pub document: Option<Document>,
    }

    /// A page of the caller's uploads that are not ended, the latest first.
    pub struct Televersements {
        /// The uploads; none of them is a document yet.
        pub elements: Vec<Televersement>,
        /// Where the next page begins; none on the last.
        pub suivant: Option<String>,
    }

    /// Which page of uploads.
    #[derive(Default)]
    #[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
    #[serde(deny_unknown_fields)]
    pub struct FiltreTeleversements {
        /// The `suivant` of the previous page.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub curseur: Option<String>,
        /// Page size, 1 to 100; 50 by default.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 100))]
        pub limite: Option<u32>,
    }

    /// The deposit of a complete upload.
    #[serde(deny_unknown_fields)]
    pub struct DepotTeleversement {
        /// `true` to deposit although the same bytes are already in the dossier.
        #[serde(default)]
        pub doublon_accepte: bool,
    }
}
