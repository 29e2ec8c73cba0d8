//! Requests that change something must come from our own page.

use api_types::ProblemCode;
use api_types::endpoint::{FermerSession, LireSession};
use test_support::TestApp;

#[tokio::test]
async fn another_site_changes_nothing() {
    let t = TestApp::new().await;
    let membre = t.membre();
    for (entete, valeur) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://ailleurs.example"),
        ("origin", "null"),
    ] {
        let requete = membre.requete(&FermerSession {}, &()).header(entete, valeur);
        membre.envoyer(requete).await.probleme(ProblemCode::OrigineRefusee);
    }
    membre.ok(&LireSession {}, &()).await;
}

#[tokio::test]
async fn our_page_and_programs_may() {
    let t = TestApp::new().await;
    let hote = t.url().to_owned();
    for entete in [
        None,
        Some(("sec-fetch-site", "same-origin")),
        Some(("sec-fetch-site", "none")),
        Some(("origin", hote.as_str())),
    ] {
        let membre = t.membre();
        let mut requete = membre.requete(&FermerSession {}, &());
        if let Some((nom, valeur)) = entete {
            requete = requete.header(nom, valeur);
        }
        assert_eq!(membre.envoyer(requete).await.code(), 204, "{entete:?}");
    }
}

#[tokio::test]
async fn reading_from_elsewhere_is_left_to_the_browser() {
    let t = TestApp::new().await;
    let membre = t.membre();
    let requete = membre.requete(&LireSession {}, &()).header("sec-fetch-site", "cross-site");
    assert_eq!(membre.envoyer(requete).await.code(), 200);
}
