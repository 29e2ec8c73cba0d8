//! The HTTP side of eGestion: routes, extractors, problems, and the start of the process.

mod compression;
pub mod config;
pub mod depreciation;
pub mod extract;
pub mod guide;
pub mod handlers;
pub mod middleware;
pub mod openapi;
pub mod page;
pub mod problem;
pub mod reponse;
pub mod routes;
pub mod spa;
pub mod startup;
pub mod views;
