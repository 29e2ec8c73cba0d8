//! The operations: one file each, which extracts, calls a use case, and maps its answer.

pub mod documents;
pub mod dossiers;
pub mod messages;
pub mod systeme;
pub mod travail;
