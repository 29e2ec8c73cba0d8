use api_types::ProblemCode;
use api_types::endpoint::LireTravail;
use api_types::travail::{PageTravail, Travail};
use test_support::{Client, NouveauDossier, TestApp};

use crate::messages::{deposer, envoyer, essayer, formulaire, pdf};

pub(super) async fn travail(client: &Client) -> Travail {
    client.ok(&LireTravail { query: PageTravail::default() }, &()).await
}

#[tokio::test]
async fn what_is_transmitted_or_written_awaits_the_gestionnaire_the_oldest_first() {
    let t = TestApp::new().await;
    let m = t.monde();
    let (membre, autres) = (t.membre(), m.piece("PLAN", "autres"));
    deposer(&membre, m.dossier_a1, autres, "un").await;
    deposer(&membre, m.dossier_a1, autres, "deux").await;
    assert_eq!(travail(&t.gestionnaire()).await.elements, []);
    envoyer(&membre, m.dossier_a2, "Bonjour").await;
    t.avancer(60);
    t.travailler().await;
    // A message's file awaits with its message, and is not counted twice.
    essayer(&membre, m.dossier_a1, formulaire("Voici", &[("a.pdf", pdf("a"))])).await;
    t.travailler().await;

    let attendus = travail(&t.gestionnaire()).await;
    let lignes: Vec<_> =
        attendus.elements.iter().map(|l| (l.dossier.numero.as_str(), l.documents, l.messages)).collect();
    assert_eq!(lignes, [("1819006295.01", 0, 1), ("1819006292.01", 2, 1)]);
    assert_eq!((attendus.total, attendus.suivant), (2, None));
    assert_eq!(attendus.elements[1].depuis, t.maintenant());
    assert_eq!(
        (attendus.elements[1].dossier.adherent.as_str(), attendus.elements[1].dossier.messages_non_lus),
        ("Bâti Rives", 1)
    );
    let ailleurs = travail(&t.autre_gestionnaire()).await;
    assert_eq!((ailleurs.elements, ailleurs.total), (vec![], 0));
}

#[tokio::test]
async fn what_the_opco_writes_awaits_nobody_there() {
    let t = TestApp::new().await;
    envoyer(&t.gestionnaire(), t.monde().dossier_a1, "Bonjour").await;
    assert_eq!(travail(&t.gestionnaire()).await.total, 0);
    t.travailler().await;
}

#[tokio::test]
async fn the_worklist_is_read_by_pages() {
    let t = TestApp::new().await;
    let m = t.monde().clone();
    let dossiers = t.semer(move |s| {
        (10..15)
            .map(|n| {
                let ou = (m.adherent_a, m.etablissement_a1);
                s.dossier(NouveauDossier::new(&format!("18190063{n}.01"), &format!("13049{n}"), ou, m.gestionnaire))
            })
            .collect::<Vec<_>>()
    });
    // Written from the last to the first, each twice: the order is that of the first arrivals.
    for dossier in dossiers.iter().rev().chain(&dossiers) {
        envoyer(&t.membre(), *dossier, "Bonjour").await;
    }
    let mut lus = Vec::new();
    let mut curseur = None;
    loop {
        let page = t.gestionnaire().ok(&LireTravail { query: PageTravail { curseur, limite: Some(2) } }, &()).await;
        assert_eq!(page.total, 5);
        lus.extend(page.elements.into_iter().map(|l| l.dossier.id));
        curseur = page.suivant;
        if curseur.is_none() {
            break;
        }
    }
    assert_eq!(lus, dossiers.iter().rev().map(|d| d.uuid()).collect::<Vec<_>>());
    t.travailler().await;
}

#[tokio::test]
async fn only_a_gestionnaire_has_a_worklist() {
    let t = TestApp::new().await;
    let lire = LireTravail { query: PageTravail::default() };
    t.anonyme().call(&lire, &()).await.probleme(ProblemCode::NonConnecte);
    for client in [t.administrateur(), t.opco_admin()] {
        client.call(&lire, &()).await.probleme(ProblemCode::Interdit);
    }
}
