//! The favourite tools.

use api_types::endpoint::{ChoisirFavoris, LirePortail};
use api_types::portail::{Favoris, Outil};
use test_support::TestApp;

#[tokio::test]
async fn all_tools_are_favourites_until_some_are_chosen() {
    let t = TestApp::new().await;
    let (membre, autre) = (t.membre(), t.autre_membre());
    let tous = [Outil::Egestion, Outil::Tutoriel, Outil::Competences];
    assert_eq!(membre.ok(&LirePortail {}, &()).await.favoris, tous);
    for choix in [vec![Outil::Competences, Outil::Egestion], vec![], vec![Outil::Tutoriel]] {
        let favoris = Favoris { outils: choix.clone() };
        assert_eq!(membre.ok(&ChoisirFavoris {}, &favoris).await, favoris);
        assert_eq!(membre.ok(&LirePortail {}, &()).await.favoris, choix);
    }
    assert_eq!(autre.ok(&LirePortail {}, &()).await.favoris, tous);
}

#[tokio::test]
async fn a_tool_is_chosen_once() {
    let t = TestApp::new().await;
    let favoris = Favoris { outils: vec![Outil::Egestion, Outil::Tutoriel, Outil::Egestion] };
    assert_eq!(t.membre().call(&ChoisirFavoris {}, &favoris).await.pointeurs(), ["/outils"]);
}
