use api_types::endpoint::ListerMessages;
use api_types::messages::{Boite, FiltreMessages};
use db::schema::rattachements;
use db::types::V;
use diesel::prelude::*;
use domain::RoleMembre;
use test_support::{Client, TestApp};

use super::{envoyer, essayer, formulaire, pdf};

async fn boite(client: &Client, query: FiltreMessages) -> Boite {
    client.ok(&ListerMessages { query }, &()).await
}

async fn extraits(client: &Client, query: FiltreMessages) -> Vec<String> {
    boite(client, query).await.elements.into_iter().map(|m| m.extrait).collect()
}

fn mots(q: &str) -> FiltreMessages {
    FiltreMessages { q: Some(q.to_owned()), ..FiltreMessages::default() }
}

#[tokio::test]
async fn the_inbox_holds_the_messages_of_all_dossiers_the_latest_first() {
    let t = TestApp::new().await;
    let m = t.monde();
    let gestionnaire = t.gestionnaire();
    let long = format!("Bonjour,\n\n{}", "un mot ".repeat(60));
    essayer(&gestionnaire, m.dossier_a1, formulaire(&long, &[("a.pdf", pdf("a")), ("b.pdf", pdf("b"))])).await;
    envoyer(&gestionnaire, m.dossier_a2, "Deux").await;
    envoyer(&t.membre(), m.dossier_a1, "Trois").await;
    envoyer(&t.autre_gestionnaire(), m.dossier_b, "Ailleurs").await;

    let recus = boite(&t.membre(), FiltreMessages::default()).await;
    assert_eq!(recus.non_lus, 2);
    let lignes: Vec<_> =
        recus.elements.iter().map(|e| (e.numero.as_str(), e.de_moi, e.non_lu, e.pieces_jointes)).collect();
    assert_eq!(
        lignes,
        [("1819006292.01", true, false, 0), ("1819006295.01", false, true, 0), ("1819006292.01", false, true, 0)]
    );
    assert_eq!((recus.elements[0].adherent.as_str(), recus.elements[0].auteur.as_str()), ("Bâti Rives", "Marc Guérin"));
    let extrait = &recus.elements[2].extrait;
    assert!(extrait.starts_with("Bonjour, un mot") && extrait.ends_with("mot…"), "{extrait}");

    assert_eq!(boite(&t.lecteur(), FiltreMessages::default()).await.elements.len(), 2);
    assert_eq!(boite(&t.opco_admin(), FiltreMessages::default()).await.elements, []);
    t.travailler().await;
    let recus = boite(&t.membre(), FiltreMessages::default()).await;
    assert_eq!(recus.elements[2].pieces_jointes, 2);
}

#[tokio::test]
async fn the_inbox_is_read_by_pages_and_narrowed_to_unread_messages() {
    let t = TestApp::new().await;
    let m = t.monde();
    for n in 0..3 {
        envoyer(&t.gestionnaire(), m.dossier_a1, &format!("reçu {n}")).await;
        envoyer(&t.membre(), m.dossier_a1, &format!("envoyé {n}")).await;
    }
    let non_lus =
        |curseur| FiltreMessages { non_lus: Some(true), limite: Some(2), curseur, ..FiltreMessages::default() };
    let premiere = boite(&t.membre(), non_lus(None)).await;
    assert_eq!(premiere.elements.iter().map(|e| e.extrait.as_str()).collect::<Vec<_>>(), ["reçu 2", "reçu 1"]);
    let seconde = boite(&t.membre(), non_lus(premiere.suivant)).await;
    assert_eq!(seconde.elements.iter().map(|e| e.extrait.as_str()).collect::<Vec<_>>(), ["reçu 0"]);
    assert_eq!((seconde.suivant, seconde.non_lus), (None, 3));
    t.travailler().await;
}

#[tokio::test]
async fn a_search_finds_whole_and_started_words_without_accents_or_case() {
    let t = TestApp::new().await;
    let m = t.monde();
    let membre = t.membre();
    for corps in [
        "Le règlement est arrivé",
        "Facture n° 2026-118 réglée",
        "ÉTABLISSEMENT de Rezé, cœur de chantier",
        "e\u{301}tude 12e4x",
    ] {
        envoyer(&membre, m.dossier_a1, corps).await;
    }
    for (q, nombre) in [
        ("reglement", 1),
        ("REGL", 2),
        ("règl arrivé", 1),
        ("arrivé règl", 1),
        ("2026 118", 1),
        ("facture absente", 0),
        ("etab", 1),
        ("coeur", 1),
        ("étude", 1),
        ("12e4", 1),
        ("\u{e000}e0", 0),
        ("gest", 0),
        ("' OR * \"", 0),
        ("!!!", 0),
        ("   ", 4),
    ] {
        for client in [&membre, &t.gestionnaire()] {
            assert_eq!(extraits(client, mots(q)).await.len(), nombre, "{q}");
        }
        assert_eq!(extraits(&t.autre_membre(), mots(q)).await.len(), 0, "{q}");
    }
    t.travailler().await;
}

#[tokio::test]
async fn a_right_withdrawn_withdraws_the_messages() {
    let t = TestApp::new().await;
    let m = t.monde().clone();
    envoyer(&t.gestionnaire(), m.dossier_a1, "Un").await;
    envoyer(&t.gestionnaire(), m.dossier_a2, "Deux").await;
    t.semer(move |s| {
        let retire = rattachements::table.find((V(m.membre), V(m.etablissement_a2)));
        assert_eq!(diesel::delete(retire).execute(s.conn), Ok(1));
    });
    let reste = boite(&t.membre(), FiltreMessages::default()).await;
    assert_eq!((reste.elements.len(), reste.non_lus), (1, 1));
    assert_eq!(extraits(&t.membre(), mots("deux")).await.len(), 0);
    let m = t.monde().clone();
    t.semer(move |s| s.rattachement(m.membre, (m.adherent_a, m.etablissement_a2), RoleMembre::Lecteur));
    assert_eq!(extraits(&t.membre(), mots("deux")).await, ["Deux"]);
    t.travailler().await;
}
