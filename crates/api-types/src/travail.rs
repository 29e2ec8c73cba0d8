//! The gestionnaire's worklist, and the live stream of what happens.

pub use domain::evenement::{ArriveeNature, EvenementType};
use jiff::Timestamp;
use uuid::Uuid;

use crate::wire;

wire! {
    /// A dossier where something arrived.
    pub struct LigneTravail {
        /// The dossier.
        pub dossier: crate::dossiers::DossierResume,
        /// Documents that arrived and are not treated.
        pub documents: i64,
        /// Messages that arrived and are not treated.
        pub messages: i64,
        /// When the oldest of them arrived.
        pub depuis: Timestamp,
        /// When the latest of them arrived; to be given back when they are treated.
        pub jusqu_a: Timestamp,
    }

    /// The worklist.
    pub struct Travail {
        /// The oldest first.
        pub elements: Vec<LigneTravail>,
        /// Number of dossiers to treat.
        pub total: i64,
        /// The cursor of the next page, or `null`.
        pub suivant: Option<String>,
    }

    /// The page of the worklist.
    #[derive(Default)]
    #[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
    #[serde(deny_unknown_fields)]
    pub struct PageTravail {
        /// The `suivant` of the previous page.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub curseur: Option<String>,
        /// Page size, 1 to 100; 50 by default.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 100))]
        pub limite: Option<u32>,
    }

    /// What is treated.
    #[derive(Default)]
    #[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
    pub struct Traitement {
        /// The latest arrival that was seen: what arrived later still awaits. Everything when absent.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub jusqu_a: Option<Timestamp>,
    }

    /// An event of the live stream: identifiers only, to be read through the API.
    pub struct Evenement {
        /// What happened.
        #[serde(rename = "type")]
        pub nature: EvenementType,
        /// On which dossier.
        pub dossier_id: Uuid,
        /// The document or message concerned.
        pub objet_id: Option<Uuid>,
        /// When.
        pub le: Timestamp,
    }
}
