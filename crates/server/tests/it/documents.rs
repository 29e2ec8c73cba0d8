//! Documents: deposit, undo, transmission, versions, reading, receipt, archive.

mod annuler;
mod brouillon;
mod deposer;
mod examiner;
mod remplacer;
mod telecharger;
mod transmettre;

use api_types::documents::{Document, Piece};
use api_types::endpoint::{DeposerDocument, DeposerDocumentOpco, ListerPieces};
use domain::ids::{DossierId, TypePieceId};
use reqwest::multipart::{Form, Part};
use test_support::{Client, Reponse};

/// A small valid PDF whose bytes depend on `sel`.
pub fn pdf(sel: &str) -> Vec<u8> {
    format!("%PDF-1.7\n1 0 obj\n<< /Sel ({sel}) >>\nendobj\ntrailer\n<< >>\n%%EOF\n").into_bytes()
}

/// The form of a deposit in a category.
pub fn formulaire(piece: TypePieceId, nom: &str, octets: Vec<u8>) -> Form {
    Form::new().text("piece", piece.to_string()).part("fichier", fichier(nom, octets))
}

/// A file of a form.
pub fn fichier(nom: &str, octets: Vec<u8>) -> Part {
    Part::bytes(octets).file_name(nom.to_owned())
}

/// Deposits, whatever the answer.
pub async fn deposer(client: &Client, dossier: DossierId, piece: TypePieceId, nom: &str, octets: Vec<u8>) -> Reponse {
    client.multipart(&DeposerDocument { dossier_id: dossier.uuid() }, formulaire(piece, nom, octets)).await
}

/// Deposits, successfully.
pub async fn depose(client: &Client, dossier: DossierId, piece: TypePieceId, nom: &str, octets: Vec<u8>) -> Document {
    let reponse = deposer(client, dossier, piece, nom, octets).await;
    assert_eq!(reponse.code(), 201, "{}", reponse.texte());
    reponse.lire()
}

/// Deposits under « Documents Constructys », successfully.
pub async fn depose_opco(client: &Client, dossier: DossierId, nom: &str, octets: Vec<u8>) -> Document {
    let form = Form::new().part("fichier", fichier(nom, octets));
    let reponse = client.multipart(&DeposerDocumentOpco { dossier_id: dossier.uuid() }, form).await;
    assert_eq!(reponse.code(), 201, "{}", reponse.texte());
    reponse.lire()
}

/// A category of « Mes documents », as somebody sees it.
pub async fn piece(client: &Client, dossier: DossierId, piece: TypePieceId) -> Piece {
    let pieces = client.ok(&ListerPieces { dossier_id: dossier.uuid() }, &()).await;
    pieces.elements.into_iter().find(|p| p.id == piece.uuid()).expect("la catégorie")
}
