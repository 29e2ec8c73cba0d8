//! The API through HTTP, on the engine that `TEST_DATABASE` names.

mod comptes;
mod portail;
