use api_types::endpoint::{AbandonnerTeleversement, ListerTeleversements};
use api_types::televersements::{FiltreTeleversements, Televersements};
use api_types::{Method, ProblemCode};
use domain::RoleMembre;
use domain::televersement::StatutTeleversement;
use test_support::{Client, TestApp};
use uuid::Uuid;

use super::{autres, envoyer, ouvrir, pdf_de, role};

async fn page(client: &Client, curseur: Option<String>, limite: Option<u32>) -> Televersements {
    client.ok(&ListerTeleversements { query: FiltreTeleversements { curseur, limite } }, &()).await
}

async fn tous(client: &Client) -> Vec<Uuid> {
    page(client, None, None).await.elements.into_iter().map(|t| t.id).collect()
}

#[tokio::test]
async fn uploads_whose_addresses_were_lost_are_found_again_until_they_end() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let octets = pdf_de(5_000);
    let mut ids = Vec::new();
    for nom in ["a.pdf", "b.pdf", "c.pdf", "d.pdf"] {
        ids.push(ouvrir(&membre, m.dossier_a1, autres(&t), nom, octets.len()).await);
    }
    envoyer(&membre, ids[0], 0, &octets[..1_000]).await;
    let lus = page(&membre, None, None).await;
    assert_eq!(lus.suivant, None);
    let lus: Vec<_> = lus.elements.into_iter().rev().collect();
    assert_eq!(lus.iter().map(|l| l.id).collect::<Vec<_>>(), ids);
    assert_eq!((lus[0].recu, lus[0].taille, lus[0].nom.as_str()), (1_000, 5_000, "a.pdf"));
    assert_eq!((lus[0].statut, lus[0].dossier_id), (StatutTeleversement::EnCours, m.dossier_a1.uuid()));
    // Nobody else's, those of colleagues included.
    assert_eq!(tous(&t.administrateur()).await, [] as [Uuid; 0]);
    assert_eq!(tous(&t.gestionnaire()).await, [] as [Uuid; 0]);

    let abandon = membre.requete(&AbandonnerTeleversement { televersement_id: ids[1] }, &());
    assert_eq!(membre.envoyer(abandon.header("tus-resumable", "1.0.0")).await.code(), 204);
    assert_eq!(envoyer(&membre, ids[2], 0, &octets).await.code(), 204);
    assert_eq!(tous(&membre).await, [ids[3], ids[0]]);
    // The same bytes: the deposit is refused, they are kept.
    envoyer(&membre, ids[3], 0, &octets).await.probleme(ProblemCode::DocumentEnDouble);
    let garde = &page(&membre, None, None).await.elements[0];
    assert_eq!((garde.id, garde.statut), (ids[3], StatutTeleversement::Complet));
    assert!(garde.refus.is_some());
    t.avancer(8 * 24 * 3600);
    assert_eq!(tous(&t.membre()).await, [] as [Uuid; 0]);
}

#[tokio::test]
async fn pages_follow_each_other() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let mut ids = Vec::new();
    for nom in ["a.pdf", "b.pdf", "c.pdf"] {
        ids.insert(0, ouvrir(&membre, m.dossier_a1, autres(&t), nom, 100).await);
    }
    let premiere = page(&membre, None, Some(2)).await;
    assert_eq!(premiere.elements.iter().map(|l| l.id).collect::<Vec<_>>(), ids[..2]);
    let r = membre.envoyer(membre.nue(Method::Get, "/api/v1/televersements?limite=2")).await;
    let suivant = premiere.suivant.unwrap();
    let lien = format!("</api/v1/televersements?limite=2&curseur={suivant}>; rel=\"next\"");
    assert_eq!(r.entete("link"), Some(&*lien));
    let derniere = page(&membre, Some(suivant), Some(2)).await;
    assert_eq!(derniere.elements.iter().map(|l| l.id).collect::<Vec<_>>(), ids[2..]);
    assert_eq!(derniere.suivant, None);
    for faux in ["curseur=abc", "limite=0", "limite=101", "limite=a", "page=2"] {
        let r = membre.envoyer(membre.nue(Method::Get, &format!("/api/v1/televersements?{faux}"))).await;
        r.probleme(ProblemCode::RequeteIllisible);
    }
}

#[tokio::test]
async fn a_right_withdrawn_withdraws_them() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let id = ouvrir(&membre, m.dossier_a1, autres(&t), "a.pdf", 100).await;
    role(&t, Some(RoleMembre::Lecteur));
    assert_eq!(tous(&membre).await, [id]);
    role(&t, None);
    assert_eq!(tous(&membre).await, [] as [Uuid; 0]);
}
