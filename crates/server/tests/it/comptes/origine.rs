//! Requests that change something must come from our own page.

use api_types::endpoint::{LireDossier, ListerDossiers};
use api_types::dossiers::FiltreDossiers;
use test_support::TestApp;

#[tokio::test]
async fn a_member_reads_a_dossier_of_the_company_and_not_of_another() {
    let t = TestApp::new().await;
    let m = t.monde();
    let membre = t.membre();
    let dossier = membre.ok(&LireDossier { dossier_id: m.dossier_a1.uuid() }, &()).await;
    assert_eq!((dossier.numero.as_str(), dossier.pieces_dues, dossier.pieces_fournies), ("1819006292.01", 2, 0));
    let etranger = membre.call(&LireDossier { dossier_id: m.dossier_b.uuid() }, &()).await;
    etranger.probleme(api_types::ProblemCode::Absent);
    let liste = membre.ok(&ListerDossiers { query: FiltreDossiers::default() }, &()).await;
    assert_eq!(liste.elements.len(), 2);
}
