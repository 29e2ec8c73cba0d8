//! Documents: deposit, undo, transmission, versions, reading, receipt, archive.

mod annuler;
mod brouillon;
mod demander;
mod deposer;
mod droits;
mod examiner;
mod remplacer;
mod telecharger;
mod transmettre;

use api_types::documents::{Document, Piece};
use api_types::endpoint::{DeposerDocument, DeposerDocumentOpco, ListerPieces};
use bytes::Bytes;
use domain::ids::{DossierId, TypePieceId};
use futures_util::{StreamExt as _, stream};
use reqwest::Body;
use reqwest::multipart::{Form, Part};
use test_support::{Client, Reponse, TestApp};
use tokio::sync::oneshot;

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

/// The body of a request whose bytes from `coupe` on wait until they are let go.
pub fn en_deux(octets: &[u8], coupe: usize) -> (oneshot::Sender<()>, Body) {
    let (debut, fin) = (Bytes::copy_from_slice(&octets[..coupe]), Bytes::copy_from_slice(&octets[coupe..]));
    let (laisser, attendre) = oneshot::channel::<()>();
    let debut = stream::once(async move { Ok(debut) });
    (laisser, Body::wrap_stream(debut.chain(stream::once(async move { attendre.await.map(|()| fin) }))))
}

/// Waits until `vu`: bytes of a request reach the vault, so that it was permitted.
pub async fn en_chemin(t: &TestApp, vu: impl Fn(&TestApp) -> bool) {
    let debut = std::time::Instant::now();
    while !vu(t) {
        assert!(debut.elapsed().as_secs() < 20, "the bytes do not arrive");
        tokio::task::yield_now().await;
    }
}
