//! Resumable uploads: the protocol, and the deposit at its end.

mod creer;
mod deposer;
mod droits;
mod lister;
mod noeuds;
mod poursuivre;
mod suivre;

use api_types::endpoint::{CreerTeleversement, LireTeleversement, PoursuivreTeleversement, SuivreTeleversement};
use api_types::televersements::Televersement;
use app::authz::{Claim, JetonSha256, Presente};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use db::types::V;
use diesel::prelude::*;
use domain::RoleMembre;
use domain::ids::{DossierId, TypePieceId};
use reqwest::RequestBuilder;
use test_support::{Client, Reponse, TestApp};
use uuid::Uuid;

/// What `Upload-Metadata` tells.
pub fn metadonnees(paires: &[(&str, &str)]) -> String {
    paires.iter().map(|(cle, v)| format!("{cle} {}", STANDARD.encode(v))).collect::<Vec<_>>().join(",")
}

/// The request that opens an upload.
pub fn ouverture(client: &Client, dossier: DossierId, taille: usize, paires: &[(&str, &str)]) -> RequestBuilder {
    client
        .requete(&CreerTeleversement { dossier_id: dossier.uuid() }, &())
        .header("tus-resumable", "1.0.0")
        .header("upload-length", taille)
        .header("upload-metadata", metadonnees(paires))
}

/// Opens an upload in a category, successfully.
pub async fn ouvrir(client: &Client, dossier: DossierId, piece: TypePieceId, nom: &str, taille: usize) -> Uuid {
    let paires = [("filename", nom), ("piece", &piece.to_string())];
    let r = client.envoyer(ouverture(client, dossier, taille, &paires)).await;
    assert_eq!(r.code(), 201, "{}", r.texte());
    let t: Televersement = r.lire();
    assert_eq!(r.entete("location"), Some(format!("/api/v1/televersements/{}", t.id).as_str()));
    assert_eq!(r.entete("upload-offset"), Some("0"));
    t.id
}

/// The request that sends bytes from `debut` on.
pub fn envoi(client: &Client, id: Uuid, debut: usize, octets: &[u8]) -> RequestBuilder {
    client
        .requete(&PoursuivreTeleversement { televersement_id: id }, &())
        .header("tus-resumable", "1.0.0")
        .header("upload-offset", debut)
        .header("content-type", "application/offset+octet-stream")
        .body(octets.to_vec())
}

/// Sends bytes from `debut` on.
pub async fn envoyer(client: &Client, id: Uuid, debut: usize, octets: &[u8]) -> Reponse {
    client.envoyer(envoi(client, id, debut, octets)).await
}

/// Asks where an upload stands, as tus does.
pub async fn suivre(client: &Client, id: Uuid) -> Reponse {
    let requete = client.requete(&SuivreTeleversement { televersement_id: id }, &());
    client.envoyer(requete.header("tus-resumable", "1.0.0")).await
}

/// Where an upload stands, as the API tells.
pub async fn lire(client: &Client, id: Uuid) -> Televersement {
    client.ok(&LireTeleversement { televersement_id: id }, &()).await
}

/// A valid PDF of exactly `taille` bytes that are not all the same.
pub fn pdf_de(taille: usize) -> Vec<u8> {
    let mut octets = b"%PDF-1.7\n".to_vec();
    while octets.len() < taille {
        octets.extend_from_slice(Uuid::new_v4().simple().to_string().as_bytes());
    }
    octets.truncate(taille - 7);
    octets.extend_from_slice(b"\n%%EOF\n");
    octets
}

/// The bytes of a document, as it is downloaded.
pub async fn contenu(client: &Client, document_id: Uuid) -> bytes::Bytes {
    client.call(&api_types::endpoint::TelechargerDocument { document_id }, &()).await.corps
}

/// The one category that takes anything.
pub fn autres(t: &TestApp) -> TypePieceId {
    t.monde().piece("PLAN", "autres")
}

/// What a browser presents.
pub fn presente(client: &Client) -> Presente {
    let cookie = client.cookie().unwrap();
    Presente::Session(JetonSha256::of(cookie.split_once('=').unwrap().1))
}

/// All bytes are durable, and the process dies before the deposit.
pub async fn arrive_sans_depot(t: &TestApp, presente: Presente, id: Uuid, octets: &[u8]) {
    let nom = app::authz::Nom::Id(domain::ids::Id::new(id));
    let (_, permit) = t.app().permit::<domain::policy::Poursuivre>(Claim::new(presente, nom)).await.unwrap();
    let lu = app::televersements::lire(t.app(), &permit).await.unwrap();
    let arrivee = app::televersements::recevoir(t.app(), &permit, &lu.televersement, 0, Vec::new()).unwrap();
    assert!(arrivee.ecrire(bytes::Bytes::copy_from_slice(octets)).await);
    assert_eq!(arrivee.finir().await.unwrap(), octets.len() as u64);
}

/// Changes the role of the member in A1, or takes the attachment away.
pub fn role(t: &TestApp, role: Option<RoleMembre>) {
    use db::schema::rattachements;
    let m = t.monde().clone();
    t.semer(move |s| {
        let sien = rattachements::table
            .filter(rattachements::utilisateur_id.eq(V(m.membre)))
            .filter(rattachements::etablissement_id.eq(V(m.etablissement_a1)));
        match role {
            Some(role) => {
                diesel::update(sien).set(rattachements::role.eq(V(role))).execute(s.conn).unwrap();
            }
            None => {
                diesel::delete(sien).execute(s.conn).unwrap();
            }
        }
    });
}
