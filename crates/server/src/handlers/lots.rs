//! Batches: many small acts in one request.

mod acte;
pub mod executer;
