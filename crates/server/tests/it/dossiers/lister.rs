use api_types::ProblemCode;
use api_types::dossiers::{Attente, DossierResume, FiltreDossiers, PageDossiers, Situation, Tri};
use api_types::endpoint::ListerDossiers;
use db::types::V;
use diesel::prelude::*;
use domain::code::Code as _;
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
    t.semer(|s| {
        use db::schema::dossiers::dsl;
        for n in 0..7_i8 {
            // Two of one day, and some of none.
            let le = (n < 4).then(|| date(2026, 12, 1 + n / 2));
            diesel::update(dsl::dossiers.filter(dsl::numero.eq(format!("182600010{n}.01"))))
                .set((dsl::echeance.eq(le.map(V)), dsl::echeance_tri.eq(V(db::dossiers::echeance_tri(le)))))
                .execute(s.conn)
                .unwrap();
        }
    });
    for &tri in Tri::TOUS {
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
    for client in [t.membre(), t.gestionnaire(), t.opco_admin()] {
        let lire = async |tri| lister(&client, FiltreDossiers { tri: Some(tri), ..Default::default() }).await.elements;
        for (un, autre) in [(Tri::Debut, Tri::DebutCroissant), (Tri::Numero, Tri::NumeroCroissant)] {
            let mut renverses = lire(autre).await;
            renverses.reverse();
            assert_eq!(lire(un).await, renverses, "{un:?}");
        }
        // What has no due day is last both ways.
        let croissants = lire(Tri::Echeance).await;
        let dates = croissants.iter().filter(|d| d.echeance.is_some()).count();
        assert!((1..croissants.len()).contains(&dates));
        let (avec, sans) = croissants.split_at(dates);
        let voulus: Vec<_> = avec.iter().rev().chain(sans.iter().rev()).cloned().collect();
        assert_eq!(lire(Tri::EcheanceDecroissante).await, voulus);
    }
    let par_numero =
        lister(&t.membre(), FiltreDossiers { tri: Some(Tri::Numero), limite: Some(2), ..Default::default() }).await;
    assert_eq!(numeros(&par_numero), ["1826000109.01", "1826000106.01"]);
    let par_debut =
        lister(&t.membre(), FiltreDossiers { tri: Some(Tri::Debut), limite: Some(3), ..Default::default() }).await;
    assert_eq!(par_debut.elements[2].numero, "1826000109.01");
}

#[tokio::test]
async fn the_last_day_of_all_is_paged_through_once_too() {
    let t = semes().await;
    t.semer(|s| {
        use db::schema::dossiers::dsl;
        // What others have for want of a day.
        let dernier = V(db::dossiers::SANS_ECHEANCE);
        for n in [1, 4, 6] {
            diesel::update(dsl::dossiers.filter(dsl::numero.eq(format!("182600010{n}.01"))))
                .set((dsl::echeance.eq(Some(dernier)), dsl::echeance_tri.eq(dernier)))
                .execute(s.conn)
                .unwrap();
        }
    });
    for tri in [Tri::Echeance, Tri::EcheanceDecroissante] {
        for client in [t.membre(), t.gestionnaire()] {
            let (mut vus, mut curseur) = (Vec::new(), None);
            loop {
                let q = FiltreDossiers { tri: Some(tri), limite: Some(1), curseur, ..Default::default() };
                let page = lister(&client, q).await;
                vus.extend(page.elements.into_iter().map(|d| d.numero));
                curseur = page.suivant;
                if curseur.is_none() {
                    break;
                }
            }
            let q = FiltreDossiers { tri: Some(Tri::Numero), limite: Some(100), ..Default::default() };
            let tous = lister(&client, q).await;
            vus.sort_unstable_by(|a, b| b.cmp(a));
            assert_eq!(vus, numeros(&tous), "{tri:?}");
        }
    }
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
        ("Élodie", vec!["1826000103.01"]),
        ("elo", vec!["1826000103.01"]),
        ("élodie  çel", vec!["1826000103.01"]),
        ("Celik Elodie", vec!["1826000103.01"]),
        ("elik", vec![]),
        ("celik marie", vec![]),
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
    for lecteur in [t.gestionnaire(), t.opco_admin()] {
        let page = lister(&lecteur, a2.clone()).await;
        assert!(page.elements.iter().all(|d| d.etablissement == "Atelier, Saint-Herblain"));
        let (lus, en_cours) = (page.elements.len(), page.compte.en_cours);
        assert_eq!((lus, en_cours, page.compte.historique), (4, 4, 1));
    }
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
        "?situation=incomplet",
        "?tri=-modifie_le",
    ] {
        let r = membre.envoyer(membre.nue(api_types::Method::Get, &format!("/api/v1/dossiers{requete}"))).await;
        r.probleme(ProblemCode::RequeteIllisible);
    }
}

#[tokio::test]
async fn exact_numbers_answer_exactly() {
    let t = semes().await;
    let par = |numero: Option<&str>, demande: Option<&str>| FiltreDossiers {
        numero: numero.map(Into::into),
        demande: demande.map(Into::into),
        ..Default::default()
    };
    for (numero, demande, attendus) in [
        (Some("1819006292.01"), None, vec!["1819006292.01"]),
        (Some("1819006292"), None, vec!["1819006292.01"]),
        (Some("1819006292.02"), None, vec![]),
        // Closed, and found all the same.
        (Some("1826000107.01"), None, vec!["1826000107.01"]),
        (None, Some("1500007"), vec!["1826000107.01"]),
        (None, Some("1304811"), vec!["1819006292.01"]),
        (Some("1819006292.01"), Some("1304811"), vec!["1819006292.01"]),
        (Some("1819006292.01"), Some("1304818"), vec![]),
        (Some("1820000010.01"), None, vec![]),
        (None, Some("130481"), vec![]),
    ] {
        let page = lister(&t.membre(), par(numero, demande)).await;
        assert_eq!(numeros(&page), attendus, "{numero:?} {demande:?}");
    }
    let membre = t.membre();
    for requete in ["?numero=1304811", "?numero=abc", "?numero=1819006292.01&q=1304811"] {
        let r = membre.envoyer(membre.nue(api_types::Method::Get, &format!("/api/v1/dossiers{requete}"))).await;
        r.probleme(ProblemCode::RequeteIllisible);
    }
}

/// A vendor's synchronisation: every page since `depuis`, and what to ask for the next time.
async fn synchroniser(client: &Client, depuis: jiff::Timestamp) -> (Vec<String>, jiff::Timestamp) {
    let (mut vus, mut curseur, mut suite) = (Vec::new(), None, None);
    loop {
        let q = FiltreDossiers { updated_since: Some(depuis), limite: Some(2), curseur, ..Default::default() };
        let page = lister(client, q).await;
        suite = suite.or(page.synchronise_jusqu_a);
        vus.extend(page.elements.into_iter().map(|d| d.numero));
        curseur = page.suivant;
        if curseur.is_none() {
            return (vus, suite.unwrap());
        }
    }
}

#[tokio::test]
async fn what_changed_since_is_listed_once_in_both_views_in_order() {
    let t = semes().await;
    let (m, membre) = (t.monde(), t.membre());
    let depart = t.maintenant();
    let (tous, _) = synchroniser(&membre, depart).await;
    // All were sown at one instant: equal instants lose and repeat nothing.
    assert_eq!(tous.len(), 12);
    assert_eq!(tous.iter().collect::<std::collections::BTreeSet<_>>().len(), 12);
    t.avancer(600);
    let (aucun, suite) = synchroniser(&membre, t.maintenant()).await;
    assert_eq!((aucun.len(), suite), (0, t.maintenant() - jiff::SignedDuration::from_secs(60)));
    crate::messages::envoyer(&t.gestionnaire(), m.dossier_a2, "Bonjour").await;
    t.avancer(5);
    crate::documents::depose_opco(&t.gestionnaire(), m.dossier_a1, "a.pdf", crate::documents::pdf("a")).await;
    let (changes, suite) = synchroniser(&membre, suite).await;
    assert_eq!(changes, ["1819006295.01", "1819006292.01"]);
    // What may be committed behind the last reading is read again: the overlap is a minute.
    assert_eq!(synchroniser(&membre, suite).await.0, changes);
    t.avancer(120);
    let (_, suite) = synchroniser(&membre, suite).await;
    assert_eq!(synchroniser(&membre, suite).await.0, [""; 0]);
    // Elsewhere nothing is heard of it; reading a message changes no dossier.
    assert_eq!(synchroniser(&t.autre_membre(), depart + jiff::SignedDuration::from_secs(1)).await.0, [""; 0]);
    for requete in
        ["?updated_since=hier", "?updated_since=2026-11-23T09:00:00Z&tri=echeance", "?tri=modifie_le&curseur=a~b"]
    {
        let r = membre.envoyer(membre.nue(api_types::Method::Get, &format!("/api/v1/dossiers{requete}"))).await;
        r.probleme(ProblemCode::RequeteIllisible);
    }
}

#[tokio::test]
async fn link_leads_to_the_next_page() {
    let t = semes().await;
    let membre = t.membre();
    let (mut chemin, mut vus) = ("/api/v1/dossiers?tri=-numero&limite=5&fields=numero".to_owned(), Vec::new());
    loop {
        let r = membre.envoyer(membre.nue(api_types::Method::Get, &chemin)).await;
        let page: serde_json::Value = r.lire();
        for d in page["elements"].as_array().unwrap() {
            let [(_, numero)] = d.as_object().unwrap().iter().collect::<Vec<_>>()[..] else { panic!("{d}") };
            vus.push(numero.as_str().unwrap().to_owned());
        }
        let Some(lien) = r.entete("link") else { break };
        assert!(page["suivant"].is_string());
        let (adresse, relation) = lien.split_once(">; ").unwrap();
        assert_eq!(relation, "rel=\"next\"");
        chemin = adresse.trim_start_matches('<').to_owned();
    }
    let q = FiltreDossiers { tri: Some(Tri::Numero), limite: Some(100), ..Default::default() };
    assert_eq!(vus, numeros(&lister(&membre, q).await));
}

/// The filters and the `attente` of each dossier are one rule, said to the database and to the reader.
#[tokio::test]
async fn what_the_member_is_shown_is_what_the_filters_keep() {
    let t = TestApp::new().await;
    let m = t.monde().clone();
    t.semer(move |s| {
        use db::schema::dossiers::dsl;
        let lieu = (m.adherent_a, m.etablissement_a1);
        for (rang, &etat) in Etat::TOUS.iter().enumerate() {
            for fournies in [1, 2] {
                let rang = 2 * rang + usize::try_from(fournies).unwrap() + 10;
                let neuf =
                    NouveauDossier::new(&format!("18260000{rang}.01"), &format!("15000{rang}"), lieu, m.gestionnaire);
                let id = s.dossier(NouveauDossier { etat, ..neuf });
                diesel::update(dsl::dossiers.find(V(id)))
                    .set((dsl::pieces_dues.eq(2), dsl::pieces_fournies.eq(fournies)))
                    .execute(s.conn)
                    .unwrap();
            }
        }
    });
    let membre = t.membre();
    let lire = async |vue, attendus| {
        let query = FiltreDossiers { vue: Some(vue), attendus, limite: Some(100), ..FiltreDossiers::default() };
        membre.ok(&ListerDossiers { query }, &()).await.elements
    };
    for vue in [Vue::EnCours, Vue::Historique] {
        let tous = lire(vue, None).await;
        let de_l_adherent = tous.iter().filter(|d| d.attente == Attente::Adherent).map(|d| &d.numero);
        let gardes = lire(vue, Some(true)).await;
        assert_eq!(gardes.iter().map(|d| &d.numero).collect::<Vec<_>>(), de_l_adherent.collect::<Vec<_>>());
        assert_eq!(gardes.is_empty(), vue == Vue::Historique);
        assert!(gardes.len() < tous.len());
        let mut montres = 0;
        for &situation in Situation::TOUS {
            let query =
                |vue| FiltreDossiers { situation: Some(situation), vue, limite: Some(100), ..Default::default() };
            let gardes = lister(&membre, query(Some(vue))).await.elements;
            let montre = |d: &DossierResume| {
                let attendu = d.attente == Attente::Adherent && d.etat != Etat::Brouillon;
                if attendu { "pieces_attendues" } else { d.etat.code() }
            };
            let voulus: Vec<_> = tous.iter().filter(|d| montre(d) == situation.code()).collect();
            assert_eq!(gardes.iter().collect::<Vec<_>>(), voulus, "{situation:?}");
            assert_eq!(gardes.is_empty(), situation.etat().vue() != vue, "{situation:?}");
            montres += gardes.len();
            if !gardes.is_empty() {
                // Without a view, in that which holds it.
                assert_eq!(lister(&membre, query(None)).await.elements, gardes);
                for tri in [Tri::EcheanceDecroissante, Tri::Debut, Tri::NumeroCroissant] {
                    let trie = FiltreDossiers { tri: Some(tri), ..query(None) };
                    assert_eq!(lister(&membre, trie).await.elements.len(), gardes.len());
                }
            }
        }
        assert_eq!(montres, tous.len());
    }
}
