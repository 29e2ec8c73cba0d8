//! Messages: writing, the thread, the inbox, the read state.

mod droits;
mod envoyer;
mod lire;
mod lister;
mod marquer;

use api_types::documents::Document;
use api_types::endpoint::{DeposerDocument, EnvoyerMessage, LireFil};
use api_types::messages::{Message, PageFil};
use domain::ids::{DossierId, TypePieceId};
use reqwest::multipart::{Form, Part};
use test_support::{Client, Reponse};

/// A small PDF that says `texte`.
pub(crate) fn pdf(texte: &str) -> Vec<u8> {
    format!("%PDF-1.7\n% {texte}\n%%EOF\n").into_bytes()
}

/// A form with a text and files.
pub(crate) fn formulaire(corps: &str, fichiers: &[(&str, Vec<u8>)]) -> Form {
    let form = Form::new().text("corps", corps.to_owned());
    fichiers
        .iter()
        .fold(form, |f, (nom, octets)| f.part("fichier", Part::bytes(octets.clone()).file_name((*nom).to_owned())))
}

/// Sends a message, whatever the answer.
pub(crate) async fn essayer(client: &Client, dossier: DossierId, form: Form) -> Reponse {
    client.multipart(&EnvoyerMessage { dossier_id: dossier.uuid() }, form).await
}

/// Sends a message that must be taken.
pub(crate) async fn envoyer(client: &Client, dossier: DossierId, corps: &str) -> Message {
    let reponse = essayer(client, dossier, formulaire(corps, &[])).await;
    assert_eq!(reponse.code(), 201, "{}", reponse.texte());
    reponse.lire()
}

/// The first page of a thread.
pub(crate) async fn fil(client: &Client, dossier: DossierId) -> Vec<Message> {
    client.ok(&LireFil { dossier_id: dossier.uuid(), query: PageFil::default() }, &()).await.elements
}

/// Deposits a small PDF.
pub(crate) async fn deposer(client: &Client, dossier: DossierId, piece: TypePieceId, texte: &str) -> Document {
    let fichier = Part::bytes(pdf(texte)).file_name("piece.pdf");
    let form = Form::new().text("piece", piece.uuid().to_string()).part("fichier", fichier);
    let reponse = client.multipart(&DeposerDocument { dossier_id: dossier.uuid() }, form).await;
    assert_eq!(reponse.code(), 201, "{}", reponse.texte());
    reponse.lire()
}
