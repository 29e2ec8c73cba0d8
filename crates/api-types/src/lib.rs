//! What travels on the wire: the types of the API, its operations and its problem codes.
//!
//! Shared by the server, the page and the tests, so that no path, no field and no code is
//! written twice. Dates are ISO 8601, instants RFC 3339 in UTC, amounts in cents of euro,
//! sizes in bytes.

pub mod bac_a_sable;
pub mod clients_api;
pub mod comptes;
pub mod documents;
pub mod dossiers;
pub mod endpoint;
pub mod lots;
pub mod membres;
pub mod messages;
pub mod oauth;
pub mod portail;
pub mod problem;
pub mod televersements;
pub mod travail;
pub mod webhooks;

pub use endpoint::{Endpoint, Method, operations};
pub use problem::{Problem, ProblemCode};

/// Declares wire types: (de)serializable, comparable, and described in the OpenAPI document.
macro_rules! wire {
    ($($(#[$meta:meta])* pub struct $name:ident { $($(#[$fmeta:meta])* pub $field:ident : $ty:ty),* $(,)? })+) => {
        $(
            #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
            #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
            $(#[$meta])*
            pub struct $name { $($(#[$fmeta])* pub $field: $ty),* }
        )+
    };
}
pub(crate) use wire;

/// A value that may be `null` and may not be left out.
pub(crate) fn donne<'de, D: serde::Deserializer<'de>, T: serde::Deserialize<'de>>(d: D) -> Result<Option<T>, D::Error> {
    serde::Deserialize::deserialize(d)
}
