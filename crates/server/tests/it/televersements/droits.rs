use api_types::ProblemCode;
use api_types::endpoint::{DeposerTeleversement, PoursuivreTeleversement};
use api_types::televersements::DepotTeleversement;
use domain::RoleMembre;
use domain::televersement::StatutTeleversement;
use test_support::TestApp;

use super::{arrive_sans_depot, autres, contenu, lire, ouvrir, pdf_de, presente, role};
use crate::documents::{en_chemin, en_deux, piece};

const MIO: usize = 1024 * 1024;

#[tokio::test]
async fn a_right_withdrawn_while_the_last_bytes_arrive_deposits_nothing_and_keeps_them() {
    let t = TestApp::new().await;
    let (m, marc) = (t.monde(), t.membre());
    let octets = pdf_de(8 * MIO);
    let id = ouvrir(&marc, m.dossier_a1, autres(&t), "a.pdf", octets.len()).await;
    let (laisser, corps) = en_deux(&octets, 6 * MIO);
    let requete = marc
        .requete(&PoursuivreTeleversement { televersement_id: id }, &())
        .header("tus-resumable", "1.0.0")
        .header("upload-offset", "0")
        .header("content-type", "application/offset+octet-stream")
        .body(corps);
    let retirer = async {
        en_chemin(&t, |t| t.blobs() > 0).await;
        role(&t, Some(RoleMembre::Lecteur));
        laisser.send(()).unwrap();
    };
    let (r, ()) = tokio::join!(marc.envoyer(requete), retirer);
    r.probleme(ProblemCode::Interdit);
    let admin = t.administrateur();
    assert!(piece(&admin, m.dossier_a1, autres(&t)).await.documents.is_empty());
    // Two parts, and nothing of the file that they made.
    assert_eq!(t.blobs(), 2);
    // The right comes back: so does the deposit, without a byte sent.
    role(&t, Some(RoleMembre::Contributeur));
    assert_eq!(lire(&marc, id).await.statut, StatutTeleversement::Complet);
    let fin = DepotTeleversement { doublon_accepte: false };
    let depose = marc.ok(&DeposerTeleversement { televersement_id: id }, &fin).await;
    assert_eq!((contenu(&admin, depose.id).await, t.blobs()), (octets.into(), 1));
}

#[tokio::test]
async fn two_nodes_that_end_an_upload_at_once_tell_one_document() {
    let t = TestApp::new().await;
    let (m, a) = (t.monde(), t.membre());
    let voisin = t.voisin();
    let b = a.vers(&voisin);
    for _ in 0..5 {
        let octets = pdf_de(6 * MIO);
        let id = ouvrir(&a, m.dossier_a1, autres(&t), "a.pdf", octets.len()).await;
        arrive_sans_depot(&t, presente(&a), id, &octets).await;
        let (op, fin) = (DeposerTeleversement { televersement_id: id }, DepotTeleversement { doublon_accepte: false });
        let (da, db) = tokio::join!(a.ok(&op, &fin), b.ok(&op, &fin));
        assert_eq!((da.id, da.sha256), (db.id, crate::sha256(&octets)));
    }
    assert_eq!((piece(&a, m.dossier_a1, autres(&t)).await.documents.len(), t.blobs()), (5, 5));
}
