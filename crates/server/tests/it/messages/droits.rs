use api_types::ProblemCode;
use api_types::endpoint::EnvoyerMessage;
use db::schema::messages;
use diesel::prelude::*;
use domain::RoleMembre;
use reqwest::multipart::{Form, Part};
use test_support::TestApp;

use crate::documents::{en_chemin, en_deux};
use crate::televersements::{pdf_de, role};

const MIO: usize = 1024 * 1024;

#[tokio::test]
async fn a_right_withdrawn_while_the_files_arrive_writes_no_message() {
    let t = TestApp::new().await;
    let (m, marc) = (t.monde(), t.membre());
    for (reste, code) in [(Some(RoleMembre::Lecteur), ProblemCode::Interdit), (None, ProblemCode::Absent)] {
        role(&t, Some(RoleMembre::Contributeur));
        let (laisser, corps) = en_deux(&pdf_de(8 * MIO), 6 * MIO);
        let form = Form::new().text("corps", "Voici.").part("fichier", Part::stream(corps).file_name("a.pdf"));
        let retirer = async {
            en_chemin(&t, |t| t.receptions() > 0).await;
            role(&t, reste);
            laisser.send(()).unwrap();
        };
        let op = EnvoyerMessage { dossier_id: m.dossier_a1.uuid() };
        let (r, ()) = tokio::join!(marc.multipart(&op, form), retirer);
        r.probleme(code);
        let ecrits = t.lire(|c| messages::table.count().get_result::<i64>(c));
        assert_eq!((ecrits, t.blobs(), t.courriels().len()), (0, 0, 0));
    }
}
