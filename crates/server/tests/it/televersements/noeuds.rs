//! A pool of nodes receives the parts of one upload.

use api_types::endpoint::DeposerTeleversement;
use api_types::televersements::{DepotTeleversement, Televersement};
use db::schema::televersements;
use db::types::V;
use diesel::prelude::*;
use domain::televersement::StatutTeleversement;
use test_support::{Client, TestApp};

use super::poursuivre::demi_envoi;
use super::{autres, contenu, envoyer, lire, ouverture, ouvrir, pdf_de, suivre};
use crate::documents::piece;
use crate::pendant;

const MIO: usize = 1024 * 1024;

#[tokio::test]
async fn an_upload_that_goes_on_at_another_node_during_the_sweep_keeps_its_bytes() {
    let t = TestApp::new().await;
    let m = t.monde();
    let octets = pdf_de(5_000);
    let id = ouvrir(&t.membre(), m.dossier_a1, autres(&t), "a.pdf", octets.len()).await;
    assert_eq!(envoyer(&t.membre(), id, 0, &octets[..1_000]).await.code(), 204);
    t.avancer(7 * 24 * 3600 + 1);
    // As a part does.
    let fin = televersements::expire_le.eq(V(t.maintenant() + jiff::SignedDuration::from_hours(24)));
    let reporter = move |conn: &mut db::Conn| {
        let le = televersements::table.find(V(domain::ids::TeleversementId::new(id)));
        diesel::update(le).set(fin).execute(conn)?;
        Ok(())
    };
    pendant(&t, reporter, app::worker::balayer(t.app())).await.unwrap();
    let membre = t.membre();
    assert_eq!((lire(&membre, id).await.recu, t.blobs()), (1_000, 1));
    let r = envoyer(&membre, id, 1_000, &octets[1_000..]).await;
    assert_eq!(r.entete("document-sha256"), Some(crate::sha256(&octets).as_str()), "{}", r.texte());
}

#[tokio::test]
async fn parts_go_to_any_node() {
    let t = TestApp::new().await;
    let (m, a) = (t.monde(), t.membre());
    let voisin = t.voisin();
    let b = a.vers(&voisin);
    let octets = pdf_de(6 * MIO + 5);
    let id = ouvrir(&a, m.dossier_a1, autres(&t), "a.pdf", octets.len()).await;
    for (rang, part) in octets[..6 * MIO].chunks(MIO).enumerate() {
        let (noeud, autre) = if rang % 2 == 0 { (&b, &a) } else { (&a, &b) };
        let r = envoyer(noeud, id, rang * MIO, part).await;
        assert_eq!(r.code(), 204, "{}", r.texte());
        let fin = ((rang + 1) * MIO).to_string();
        assert_eq!(suivre(autre, id).await.entete("upload-offset"), Some(fin.as_str()));
    }
    // The last bytes come to both at once, as after a cut that one of them has not seen.
    let (ra, rb) =
        tokio::join!(envoyer(&a, id, 6 * MIO, &octets[6 * MIO..]), envoyer(&b, id, 6 * MIO, &octets[6 * MIO..]));
    let mut codes = [ra.code(), rb.code()];
    codes.sort_unstable();
    assert_eq!(codes, [204, 409], "{} {}", ra.texte(), rb.texte());
    let lu = lire(&a, id).await;
    assert_eq!(lu.statut, StatutTeleversement::Depose);
    assert_eq!(contenu(&b, lu.document.unwrap().id).await, octets);
    assert_eq!((piece(&b, m.dossier_a1, autres(&t)).await.documents.len(), t.blobs()), (1, 1));
}

#[tokio::test]
async fn a_silent_connection_to_a_node_holds_nothing_from_the_others() {
    let t = TestApp::new().await;
    let (m, a) = (t.monde(), t.membre());
    let voisin = t.voisin();
    let b = a.vers(&voisin);
    let octets = pdf_de(3 * MIO);
    let id = ouvrir(&a, m.dossier_a1, autres(&t), "a.pdf", octets.len()).await;
    // The first node waits for bytes that never come: it holds nothing that the other would wait for.
    let muette = demi_envoi(&t, &a, id, &octets, MIO).await;
    let debut: usize = suivre(&b, id).await.entete("upload-offset").unwrap().parse().unwrap();
    let fin = envoyer(&b, id, debut, &octets[debut..]).await;
    assert_eq!(fin.entete("document-sha256"), Some(crate::sha256(&octets).as_str()), "{}", fin.texte());
    assert_eq!(contenu(&a, lire(&a, id).await.document.unwrap().id).await, octets);
    // What it brought for nothing is not kept.
    drop(muette);
    let debut = std::time::Instant::now();
    while t.receptions() > 0 || t.blobs() > 1 {
        assert!(debut.elapsed().as_secs() < 20, "the silent connection keeps its bytes");
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn one_key_opens_one_upload_and_one_end_makes_one_document_whatever_the_node() {
    let t = TestApp::new().await;
    let (m, a) = (t.monde(), t.membre());
    let voisin = t.voisin();
    let b = a.vers(&voisin);
    let octets = pdf_de(MIO);
    let paires = [("filename", "a.pdf"), ("piece", &autres(&t).to_string())];
    let ouvrir = async |client: &Client| loop {
        let requete = ouverture(client, m.dossier_a1, octets.len(), &paires).header("idempotency-key", "k");
        let r = client.envoyer(requete).await;
        // The first is being served.
        if r.code() != 409 {
            assert_eq!(r.code(), 201, "{}", r.texte());
            break r.lire::<Televersement>().id;
        }
    };
    let (ia, ib) = tokio::join!(ouvrir(&a), ouvrir(&b));
    assert_eq!(ia, ib);
    assert_eq!(envoyer(&a, ia, 0, &octets).await.code(), 204);
    let op = DeposerTeleversement { televersement_id: ia };
    let fin = DepotTeleversement { doublon_accepte: false };
    let (da, db) = tokio::join!(a.ok(&op, &fin), b.ok(&op, &fin));
    assert_eq!(da.id, db.id);
    assert_eq!(piece(&a, m.dossier_a1, autres(&t)).await.documents.len(), 1);
}
