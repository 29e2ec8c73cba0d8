//! Resumable uploads: the tus protocol, and what it does not say of the document at its end.

pub mod abandonner;
pub mod creer;
pub mod decrire;
pub mod deposer;
pub mod lire;
pub mod lister;
pub mod poursuivre;
pub mod suivre;

use actix_web::HttpResponseBuilder;
use actix_web::http::header;
use db::documents::Fiche;
use db::televersements::LigneTeleversement;

use crate::extract::tus;
use crate::views;

/// Names the document that an upload became.
fn nommer_document(reponse: &mut HttpResponseBuilder, fiche: &Fiche) {
    let document = views::documents::document(fiche.clone());
    reponse.insert_header(("document-id", document.id.to_string())).insert_header(("document-sha256", document.sha256));
}

/// The address of the document that an upload became.
fn adresse_document(fiche: &Fiche) -> (header::HeaderName, String) {
    (header::LOCATION, format!("/api/v1/documents/{}", fiche.document.id.0))
}

/// Tells when an upload is forgotten.
fn dater(reponse: &mut HttpResponseBuilder, televersement: &LigneTeleversement) {
    reponse.insert_header(("upload-expires", tus::date(televersement.expire_le.0)));
}
