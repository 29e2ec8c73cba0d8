//! What the tests stand on: the real server on a fresh database, people signed in to it, and
//! builders for the rows they need.
//!
//! ```no_run
//! # use test_support::TestApp;
//! # async fn essai() {
//! use api_types::endpoint::LireDossier;
//!
//! let t = TestApp::new().await;
//! let dossier_id = t.monde().dossier_a1.uuid();
//! let dossier = t.membre().ok(&LireDossier { dossier_id }, &()).await;
//! assert_eq!(dossier.dispositif, "PLAN");
//! # }
//! ```
//!
//! `TEST_DATABASE=postgres` runs the same tests on PostgreSQL, with `TEST_POSTGRES_URL` the
//! address of a database whose user may create others. `TEST_S3_URL` puts the vault on S3.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a test that cannot start must fail"
)]

mod base;
mod client;
mod coffre;
mod monde;
mod plans;
mod recepteur;
mod relais;
mod semis;
mod test_app;

pub use base::postgres_neuve;
pub use client::{Client, Reponse};
pub use monde::Monde;
pub use recepteur::{Reaction, Recepteur, Recu};
pub use relais::Relais;
pub use semis::{MOT_DE_PASSE, NouveauDossier, PDF, Semis, siret};
pub use test_app::{Courriel, Noeud, Options, TestApp};

/// The service that a setting of the tests names; `None` when it is not there.
#[expect(clippy::disallowed_methods, reason = "the tests' own settings")]
pub fn service(reglage: &str) -> Option<String> {
    std::env::var(reglage).ok().filter(|valeur| !valeur.is_empty())
}
