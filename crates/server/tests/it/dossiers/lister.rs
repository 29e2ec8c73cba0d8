use api_types::ProblemCode;
use api_types::dossiers::{FiltreDossiers, PageDossiers, Tri};
use api_types::endpoint::ListerDossiers;
use domain::dossier::{Etat, Vue};
use jiff::civil::date;
use test_support::{Client, NouveauDossier, TestApp};

async fn lister(client: &Client, query: FiltreDossiers) -> PageDossiers {
    client.ok(&ListerDossiers { query }, &()).await
}

fn numeros(page: &PageDossiers) -> Vec<&str> {
    page.elements.iter().map(|d| d.numero.as_str()).collect()
}

/// Dossiers of both établissements of A, in various états, with days one apart.
async fn semes() -> TestApp {
    let t = TestApp::new().await;
    let m = t.monde().clone();
    t.semer(move |s| {
        for n in 0..10_u32 {
            let ou = (m.adherent_a, if n % 2 == 0 { m.etablissement_a1 } else { m.etablissement_a2 });
            let d = NouveauDossier::new(&format!("18260001{n:02}.01"), &format!("15000{n:02}"), ou, m.gestionnaire);
            let etat = match n {
                7 => Etat::Cloture,
                8 => Etat::Refuse,
                9 => Etat::Brouillon,
                _ => Etat::Transmis,
            };
            let jour = date(2026, 1, 1 + i8::try_from(n).unwrap());
            let id = s.dossier(NouveauDossier { etat, date_debut: jour, date_fin: date(2026, 3, 1), ..d });
            if n == 3 {
                s.inscription(id, m.etablissement_a2, "Élodie", "Çelik");
            }
        }
    });
    t
}

#[tokio::test]
async fn the_views_are_counted_and_each_reader_has_its_own() {
    let t = semes().await;
    let membre = lister(&t.membre(), FiltreDossiers::default()).await;
    // Two of the world, seven living, one brouillon.
    assert_eq!((membre.compte.en_cours, membre.compte.historique), (10, 2));
    let gestionnaire = lister(&t.gestionnaire(), FiltreDossiers::default()).await;
    assert_eq!((gestionnaire.compte.en_cours, gestionnaire.compte.historique), (9, 2));
    let lecteur = lister(&t.lecteur(), FiltreDossiers::default()).await;
    assert_eq!((lecteur.compte.en_cours, lecteur.compte.historique), (5, 1));
    assert!(lecteur.elements.iter().all(|d| d.etablissement == "Siège, Rezé"));
    let autre = lister(&t.autre_membre(), FiltreDossiers::default()).await;
    assert_eq!(numeros(&autre), ["1820000010.01"]);
    let opco = lister(&t.opco_admin(), FiltreDossiers::default()).await;
    assert_eq!((opco.compte.en_cours, opco.compte.historique), (10, 2));
    let historique = lister(&t.membre(), FiltreDossiers { vue: Some(Vue::Historique), ..Default::default() }).await;
    assert_eq!(historique.elements.len(), 2);
}

#[tokio::test]
async fn every_sort_pages_through_every_dossier_once() {
    let t = semes().await;
    for tri in [Tri::Echeance, Tri::Debut, Tri::Numero] {
        for (qui, client) in [("membre", t.membre()), ("gestionnaire", t.gestionnaire()), ("opco", t.opco_admin())] {
            let tout =
                lister(&client, FiltreDossiers { tri: Some(tri), limite: Some(100), ..Default::default() }).await;
            assert_eq!(tout.suivant, None);
            let mut vus = Vec::new();
            let mut curseur = None;
            loop {
                let q = FiltreDossiers { tri: Some(tri), limite: Some(3), curseur, ..Default::default() };
                let page = lister(&client, q).await;
                assert!(page.elements.len() <= 3);
                vus.extend(page.elements);
                curseur = page.suivant;
                if curseur.is_none() {
                    break;
                }
            }
            assert_eq!(vus, tout.elements, "{tri:?} {qui}");
        }
    }
    let par_numero =
        lister(&t.membre(), FiltreDossiers { tri: Some(Tri::Numero), limite: Some(2), ..Default::default() }).await;
    assert_eq!(numeros(&par_numero), ["1826000109.01", "1826000106.01"]);
    let par_debut =
        lister(&t.membre(), FiltreDossiers { tri: Some(Tri::Debut), limite: Some(3), ..Default::default() }).await;
    assert_eq!(par_debut.elements[2].numero, "1826000109.01");
}

#[tokio::test]
async fn a_number_finds_its_dossier_in_both_views_with_or_without_suffix() {
    let t = semes().await;
    for (q, attendus) in [
        ("1819006292.01", vec!["1819006292.01"]),
        ("1819006292", vec!["1819006292.01"]),
        ("1304811", vec!["1819006292.01"]),
        (" 1304 811 ", vec!["1819006292.01"]),
        ("1826000107", vec!["1826000107.01"]),
        ("1820000010.01", vec![]),
        ("9999999", vec![]),
        ("celik", vec!["1826000103.01"]),
        ("ÇEL", vec!["1826000103.01"]),
        ("elik", vec![]),
    ] {
        let page = lister(&t.membre(), FiltreDossiers { q: Some(q.into()), ..Default::default() }).await;
        assert_eq!(numeros(&page), attendus, "{q}");
    }
}

#[tokio::test]
async fn filters_add_up() {
    let t = semes().await;
    let m = t.monde();
    let a2 = FiltreDossiers { etablissement: Some(m.etablissement_a2.uuid()), ..Default::default() };
    assert!(
        lister(&t.membre(), a2.clone()).await.elements.iter().all(|d| d.etablissement == "Atelier, Saint-Herblain")
    );
    let ailleurs = FiltreDossiers { etablissement: Some(m.etablissement_b.uuid()), ..Default::default() };
    assert!(lister(&t.membre(), ailleurs).await.elements.is_empty());
    let dates = FiltreDossiers {
        debut_apres: Some(date(2026, 1, 3)),
        fin_avant: Some(date(2026, 3, 1)),
        etat: Some(Etat::Transmis),
        tri: Some(Tri::Numero),
        ..Default::default()
    };
    let page = lister(&t.membre(), dates.clone()).await;
    assert_eq!(numeros(&page), ["1826000106.01", "1826000105.01", "1826000104.01", "1826000103.01", "1826000102.01"]);
    let tout = FiltreDossiers { etablissement: a2.etablissement, dispositif: Some("PLAN".into()), ..dates };
    assert_eq!(numeros(&lister(&t.membre(), tout).await), ["1826000105.01", "1826000103.01"]);
    let cpro = FiltreDossiers { dispositif: Some("C PRO".into()), ..Default::default() };
    assert!(lister(&t.membre(), cpro).await.elements.is_empty());
}

#[tokio::test]
async fn bad_filters_are_refused() {
    let t = TestApp::new().await;
    let membre = t.membre();
    for requete in [
        "?limite=0",
        "?limite=101",
        "?limite=x",
        "?vue=toutes",
        "?tri=nom",
        "?curseur=abc",
        "?curseur=2026-13-01~x",
        "?debut_apres=01/02/2026",
        "?etablissement=x",
        "?inconnu=1",
        "?etat=perdu",
    ] {
        let r = membre.envoyer(membre.nue(api_types::Method::Get, &format!("/api/v1/dossiers{requete}"))).await;
        r.probleme(ProblemCode::RequeteIllisible);
    }
}
