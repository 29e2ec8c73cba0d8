//! The list by a name: a company's, or a trainee's.

use api_types::dossiers::{FiltreDossiers, Tri};
use api_types::endpoint::ListerDossiers;
use domain::RoleMembre;
use domain::code::Code as _;
use domain::dossier::{Etat, Vue};
use test_support::{Client, NouveauDossier, TestApp, siret};

const A: [&str; 4] = ["1819006292.01", "1819006295.01", "1826000101.01", "1826000102.01"];
const B: &str = "1820000010.01";

/// Four living dossiers of A, two of them of the world; one closed, one brouillon.
async fn semes() -> TestApp {
    let t = TestApp::new().await;
    let m = t.monde().clone();
    t.semer(move |s| {
        let (a1, a2) = ((m.adherent_a, m.etablissement_a1), (m.adherent_a, m.etablissement_a2));
        for (n, ou, etat) in
            [(1, a1, Etat::Transmis), (2, a2, Etat::Accorde), (3, a1, Etat::Cloture), (4, a2, Etat::Brouillon)]
        {
            let d = NouveauDossier::new(&format!("182600010{n}.01"), &format!("150000{n}"), ou, m.gestionnaire);
            s.dossier(NouveauDossier { etat, ..d });
        }
    });
    t
}

async fn lister(client: &Client, query: FiltreDossiers) -> Vec<String> {
    let page = client.ok(&ListerDossiers { query }, &()).await;
    page.elements.into_iter().map(|d| d.numero).collect()
}

fn nomme(q: &str) -> FiltreDossiers {
    FiltreDossiers { q: Some(q.into()), tri: Some(Tri::NumeroCroissant), ..FiltreDossiers::default() }
}

#[tokio::test]
async fn a_company_is_found_by_the_start_of_its_name() {
    let t = semes().await;
    for q in ["Bâti Rives", "bati rives", "BÂTI", "bâti-riv", " Bati   rives ", "ba\u{302}ti", "SARL Bâti"] {
        for client in [t.gestionnaire(), t.opco_admin()] {
            assert_eq!(lister(&client, nomme(q)).await, A, "{q}");
        }
    }
    for q in ["rives", "bati sud", "'", "bâti rives et fils"] {
        assert!(lister(&t.opco_admin(), nomme(q)).await.is_empty(), "{q}");
    }
    // The other filters still narrow it.
    let closes = FiltreDossiers { vue: Some(Vue::Historique), ..nomme("bati") };
    assert_eq!(lister(&t.gestionnaire(), closes).await, ["1826000103.01"]);
    let ailleurs = FiltreDossiers { etablissement: Some(t.monde().etablissement_a2.uuid()), ..nomme("bati") };
    assert_eq!(lister(&t.gestionnaire(), ailleurs.clone()).await, ["1819006295.01", "1826000102.01"]);
    assert_eq!(lister(&t.opco_admin(), ailleurs).await, ["1819006295.01", "1826000102.01"]);
}

#[tokio::test]
async fn a_company_of_others_is_not_found() {
    let t = semes().await;
    assert_eq!(lister(&t.opco_admin(), nomme("toits du sud")).await, [B]);
    assert_eq!(lister(&t.autre_membre(), nomme("Toits")).await, [B]);
    for client in [t.gestionnaire(), t.membre(), t.lecteur()] {
        assert!(lister(&client, nomme("toits du sud")).await.is_empty());
    }
    assert!(lister(&t.autre_membre(), nomme("bati rives")).await.is_empty());
}

#[tokio::test]
async fn a_member_of_several_companies_finds_each() {
    let t = semes().await;
    let m = t.monde().clone();
    t.semer(move |s| s.rattachement(m.lecteur, (m.adherent_b, m.etablissement_b), RoleMembre::Lecteur));
    let lecteur = t.lecteur();
    assert_eq!(lister(&lecteur, nomme("toits")).await, [B]);
    // Of A, the one établissement that is theirs.
    assert_eq!(lister(&lecteur, nomme("bâti rives")).await, ["1819006292.01", "1826000101.01"]);
}

#[tokio::test]
async fn what_two_names_find_is_listed_once_page_after_page() {
    let t = semes().await;
    let m = t.monde().clone();
    t.semer(move |s| {
        s.inscription(m.dossier_a1, m.etablissement_a1, "Aïcha", "Bati");
        s.inscription(m.dossier_b, m.etablissement_b, "Bati", "Tran");
    });
    for (client, nombre) in [(t.opco_admin(), 5), (t.gestionnaire(), 4), (t.membre(), 5), (t.autre_membre(), 1)] {
        for tri in Tri::TOUS {
            let q = FiltreDossiers { tri: Some(*tri), vue: Some(Vue::EnCours), ..nomme("bati") };
            let tous = lister(&client, q.clone()).await;
            assert_eq!(tous.len(), nombre, "{tri:?}");
            let (mut vus, mut curseur) = (Vec::new(), None);
            loop {
                let query = FiltreDossiers { limite: Some(2), curseur, ..q.clone() };
                let page = client.ok(&ListerDossiers { query }, &()).await;
                vus.extend(page.elements.into_iter().map(|d| d.numero));
                curseur = page.suivant;
                if curseur.is_none() {
                    break;
                }
            }
            assert_eq!(vus, tous, "{tri:?}");
        }
    }
}

#[tokio::test]
async fn a_name_of_very_many_is_found_all_the_same() {
    let t = semes().await;
    let m = t.monde().clone();
    t.semer(move |s| {
        for n in 0..=100 {
            let adherent = s.adherent(&format!("E{n}"), &format!("Sud Travaux {n}"), "900000000", m.gestionnaire);
            let lieu = s.etablissement(adherent, &siret(100 + n, 1), "Siège");
            if n % 50 == 0 {
                let qui = if n == 50 { m.autre_gestionnaire } else { m.gestionnaire };
                let (numero, demande) = (format!("18270001{:02}.01", n / 50), format!("16000{:02}", n / 50));
                s.dossier(NouveauDossier::new(&numero, &demande, (adherent, lieu), qui));
            }
        }
        for n in 0..=200 {
            s.inscription(m.dossier_b, m.etablissement_b, &format!("Lou {n}"), "Martin");
        }
        s.inscription(m.dossier_a2, m.etablissement_a2, "Lou", "Martin");
    });
    let tous = ["1827000100.01", "1827000101.01", "1827000102.01"];
    assert_eq!(lister(&t.opco_admin(), nomme("sud travaux")).await, tous);
    assert_eq!(lister(&t.gestionnaire(), nomme("sud travaux")).await, [tous[0], tous[2]]);
    assert_eq!(lister(&t.opco_admin(), nomme("lou martin")).await, [A[1]]);
    for q in ["martin", "martin l", "Lou"] {
        assert_eq!(lister(&t.opco_admin(), nomme(q)).await, [A[1], B], "{q}");
        assert_eq!(lister(&t.gestionnaire(), nomme(q)).await, [A[1]], "{q}");
        assert_eq!(lister(&t.membre(), nomme(q)).await, [A[1]], "{q}");
    }
}
