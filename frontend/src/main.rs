//! The page of eGestion: a client-side rendered application, for members and for the OPCO's side.
//!
//! A page composes, a component draws, a model computes. Links come from [`routes::Route`], what is read
//! goes through [`api::lecture`], what is written through [`api::ecriture`], words for problems are in
//! [`problemes`], dates and sizes in [`format`].

mod api;
mod app;
mod components;
mod format;
mod layout;
mod model;
mod pages;
mod parties;
mod problemes;
mod routes;
mod state;

fn main() {
    state::page::retirer_attente();
    leptos::mount::mount_to_body(app::App);
}
