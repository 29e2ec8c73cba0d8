//! The form that carries a file.

use web_sys::{File, FormData};

use crate::model::depot::{Envoi, Lieu};

/// The form of a file on its way; `None` when the browser cannot make one.
pub fn formulaire(envoi: &Envoi, octets: &File) -> Option<FormData> {
    let formulaire = FormData::new().ok()?;
    // The server reads the fields before the file.
    if let (Lieu::Piece(piece), None) = (envoi.destination.zone.lieu, envoi.destination.remplace) {
        formulaire.append_with_str("piece", &piece.to_string()).ok()?;
    }
    if envoi.doublon_accepte {
        formulaire.append_with_str("doublon_accepte", "true").ok()?;
    }
    formulaire.append_with_blob_and_filename("fichier", octets, &envoi.fichier.nom).ok()?;
    Some(formulaire)
}
