use api_types::endpoint::ListerMessages;
use api_types::membres::Membre;
use api_types::messages::FiltreMessages;
use domain::RoleMembre::Lecteur;
use test_support::TestApp;

use super::{droit, regler};
use crate::messages::envoyer;

#[tokio::test]
async fn a_message_written_while_somebody_joins_reaches_it() {
    let t = TestApp::new().await;
    let m = t.monde();
    let (admin, marc, lea) = (t.administrateur(), t.membre(), t.lecteur());
    let siens = [droit(m.etablissement_a1, Lecteur), droit(m.etablissement_a2, Lecteur)];
    for rang in 1..=8 {
        let (r, _) = tokio::join!(
            regler(&t, &admin, m.lecteur, siens.to_vec()),
            envoyer(&marc, m.dossier_a2, "La convention est signée.")
        );
        r.lire::<Membre>();
        let boite = lea.ok(&ListerMessages { query: FiltreMessages::default() }, &()).await;
        assert_eq!(boite.elements.len(), rang);
        regler(&t, &admin, m.lecteur, siens[..1].to_vec()).await.lire::<Membre>();
    }
    t.travailler().await;
}
