//! `ETag` and `If-None-Match`: whoever holds an answer is not sent it again.

use api_types::endpoint::EssayerWebhook;
use api_types::{Method, ProblemCode};
use domain::Scope;
use serde_json::Value;
use test_support::{Client, Recepteur, Reponse, TestApp};
use uuid::Uuid;

use crate::documents::{depose, pdf};
use crate::oauth;
use crate::televersements::ouvrir;
use crate::webhooks;

async fn lire(client: &Client, chemin: &str, etag: Option<&str>) -> Reponse {
    let requete = client.nue(Method::Get, chemin);
    client.envoyer(etag.into_iter().fold(requete, |r, etag| r.header("if-none-match", etag))).await
}

/// The paths of every operation that gives JSON, over company A.
fn chemins(t: &TestApp, noms: &[(&str, Uuid)]) -> Vec<String> {
    let contrat: Value = serde_json::from_str(&server::openapi::json()).unwrap();
    let chemins = contrat["paths"].as_object().unwrap().iter();
    let json = chemins.filter(|(_, m)| m["get"]["responses"]["200"]["content"]["application/json"].is_object());
    // What lies elsewhere says how long it may be kept.
    json.filter(|(chemin, _)| chemin.starts_with("/api/") && !chemin.contains("{service_id}"))
        .map(|(chemin, _)| {
            let de_a = [("{dossier_id}", t.monde().dossier_a1.uuid()), ("{adherent_id}", t.monde().adherent_a.uuid())];
            let noms = de_a.iter().chain(noms);
            noms.fold(chemin.clone(), |chemin, (nom, id)| chemin.replace(nom, &id.to_string()))
        })
        .collect()
}

#[tokio::test]
async fn every_reading_is_validated_and_not_sent_twice() {
    let t = TestApp::new().await;
    let m = t.monde();
    let document = depose(&t.membre(), m.dossier_a1, m.piece("PLAN", "autres"), "a.pdf", pdf("a")).await.id;
    let (membre, gestionnaire, administrateur) = (t.membre(), t.gestionnaire(), t.administrateur());
    let recepteur = Recepteur::new();
    let webhook_id = webhooks::creer(&t, &webhooks::saisie(&recepteur.url())).await.webhook.id;
    let essai = administrateur.ok(&EssayerWebhook { webhook_id }, &()).await;
    let televersement = ouvrir(&membre, m.dossier_a1, m.piece("PLAN", "autres"), "b.pdf", 100).await;
    let client_id = oauth::client_a(&t, &[Scope::DossiersRead]).await.client.client.id;
    let noms = [
        ("{document_id}", document),
        ("{televersement_id}", televersement),
        ("{webhook_id}", webhook_id),
        ("{livraison_id}", essai.livraison_id),
        ("{client_id}", client_id),
        ("{membre_id}", m.lecteur.uuid()),
    ];
    let chemins = chemins(&t, &noms);
    assert!(chemins.len() > 15, "{chemins:?}");
    for chemin in chemins {
        let client = match &*chemin {
            "/api/v1/travail" => &gestionnaire,
            c if ["webhook", "client", "membres", "invitations"].iter().any(|mot| c.contains(mot)) => &administrateur,
            _ => &membre,
        };
        let lue = lire(client, &chemin, None).await;
        assert_eq!(lue.code(), 200, "{chemin}: {}", lue.texte());
        let etag = lue.entete("etag").unwrap_or_else(|| panic!("{chemin}: no validator"));
        let inchangee = lire(client, &chemin, Some(etag)).await;
        assert_eq!(
            (inchangee.code(), inchangee.corps.len(), inchangee.entete("etag")),
            (304, 0, Some(etag)),
            "{chemin}"
        );
        assert_eq!(lire(client, &chemin, Some("W/\"autre\"")).await.corps, lue.corps, "{chemin}");
        // tus gives HEAD on an upload its own answer.
        if !chemin.starts_with("/api/v1/televersements/") {
            let tete = client.envoyer(client.nue(Method::Head, &chemin)).await;
            let longueur = lue.corps.len().to_string();
            assert_eq!((tete.code(), tete.corps.len()), (200, 0), "{chemin}");
            assert_eq!(tete.entete("content-length"), Some(&*longueur), "{chemin}");
            for nom in ["etag", "content-type", "cache-control", "link"] {
                assert_eq!(tete.entete(nom), lue.entete(nom), "{chemin}: {nom}");
            }
        }
    }
}

#[tokio::test]
async fn a_file_is_weighed_without_being_sent() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let fiche = depose(&membre, m.dossier_a1, m.piece("PLAN", "autres"), "a.pdf", pdf("a")).await;
    let chemin = format!("/api/v1/documents/{}/fichier", fiche.id);
    let tete = membre.envoyer(membre.nue(Method::Head, &chemin)).await;
    assert_eq!((tete.code(), tete.corps.len()), (200, 0));
    assert_eq!(tete.entete("content-length"), Some(&*fiche.taille.to_string()));
    assert_eq!(tete.entete("accept-ranges"), Some("bytes"));
    let autre = t.autre_membre();
    assert_eq!(autre.envoyer(autre.nue(Method::Head, &chemin)).await.code(), 404);
    // Where nothing is read, there is nothing to tell of.
    let refus = membre.envoyer(membre.nue(Method::Head, "/api/v1/lots")).await;
    assert_eq!((refus.code(), refus.entete("allow")), (405, Some("POST")));
    let refus = membre.envoyer(membre.nue(Method::Delete, "/api/v1/dossiers")).await;
    assert_eq!((refus.code(), refus.entete("allow")), (405, Some("GET, HEAD")));
}

#[tokio::test]
async fn a_large_answer_travels_compressed_to_who_takes_it_so() {
    use std::io::Read as _;
    let t = TestApp::new().await;
    let membre = t.membre();
    let pieces = format!("/api/v1/dossiers/{}/pieces", t.monde().dossier_a1);
    let lire =
        async |codages: &str| membre.envoyer(membre.nue(Method::Get, &pieces).header("accept-encoding", codages)).await;
    let (claire, comprimee) = (lire("identity").await, lire("br, gzip").await);
    assert_eq!((claire.entete("content-encoding"), comprimee.entete("content-encoding")), (None, Some("gzip")));
    let mut decomprimee = Vec::new();
    flate2::read::GzDecoder::new(&*comprimee.corps).read_to_end(&mut decomprimee).unwrap();
    assert_eq!(decomprimee, claire.corps);
    assert!(comprimee.corps.len() * 2 < claire.corps.len(), "{} {}", comprimee.corps.len(), claire.corps.len());
    assert_eq!(comprimee.entete("content-length"), Some(&*comprimee.corps.len().to_string()));
    assert_eq!((claire.entete("vary"), comprimee.entete("vary")), (Some("Accept-Encoding"), Some("Accept-Encoding")));
    // The same answer: whoever holds it in one coding is not sent it in the other.
    assert_eq!(claire.entete("etag"), comprimee.entete("etag"));
    let requete = membre.nue(Method::Get, &pieces).header("accept-encoding", "gzip");
    let connue = membre.envoyer(requete.header("if-none-match", claire.entete("etag").unwrap())).await;
    assert_eq!((connue.code(), connue.entete("content-encoding")), (304, None));
    let contrat = async |codage: &str| {
        t.anonyme().envoyer(t.anonyme().nue(Method::Get, "/openapi.json").header("accept-encoding", codage)).await
    };
    let (clair, comprime) = (contrat("identity").await, contrat("gzip").await);
    let mut decomprime = Vec::new();
    flate2::read::GzDecoder::new(&*comprime.corps).read_to_end(&mut decomprime).unwrap();
    assert_eq!((decomprime, comprime.entete("content-encoding")), (clair.corps.to_vec(), Some("gzip")));
    // A small one, and a file, travel as they are.
    let requete = membre.nue(Method::Get, "/api/v1/televersements").header("accept-encoding", "gzip");
    assert_eq!(membre.envoyer(requete).await.entete("content-encoding"), None);
    let fiche = depose(&membre, t.monde().dossier_a1, t.monde().piece("PLAN", "autres"), "a.pdf", pdf("a")).await;
    let fichier = format!("/api/v1/documents/{}/fichier", fiche.id);
    let recu = membre.envoyer(membre.nue(Method::Get, &fichier).header("accept-encoding", "gzip")).await;
    assert_eq!((recu.entete("content-encoding"), &*recu.corps), (None, &*pdf("a")));
}

#[tokio::test]
async fn a_validator_changes_with_what_it_stands_for() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let pieces = format!("/api/v1/dossiers/{}/pieces", m.dossier_a1);
    let avant = lire(&membre, &pieces, None).await;
    let etag = avant.entete("etag").unwrap();
    assert!(etag.starts_with("W/\""), "{etag}");
    depose(&membre, m.dossier_a1, m.piece("PLAN", "autres"), "a.pdf", pdf("a")).await;
    assert_eq!(lire(&membre, &pieces, Some(etag)).await.code(), 200);
    // A refusal has no validator, and a validator opens nothing.
    let refus = lire(&t.autre_membre(), &pieces, Some(etag)).await;
    refus.probleme(ProblemCode::Absent);
    assert_eq!(refus.entete("etag"), None);
    lire(&t.anonyme(), &pieces, Some("*")).await.probleme(ProblemCode::NonConnecte);
}
