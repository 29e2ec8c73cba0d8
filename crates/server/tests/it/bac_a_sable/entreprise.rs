use std::collections::HashSet;

use api_types::bac_a_sable::{CourrierOpco, GenreDocument, MessageOpco};
use api_types::bac_a_sable::{CreerEntreprise, RecevoirDocument, RecevoirMessage, RemettreAZero, SaisieEntreprise};
use api_types::dossiers::FiltreDossiers;
use api_types::endpoint::{LireDossier, LireSession, ListerDossiers, ListerMessages};
use api_types::messages::FiltreMessages;
use api_types::{Endpoint as _, ProblemCode};
use app::quotas::ParMinute;
use db::schema::jobs;
use diesel::prelude::*;
use domain::RoleMembre;
use domain::code::Code as _;
use domain::dossier::{Etat, Vue};
use domain::mode::Mode;
use domain::siret::Siret;
use test_support::{Client, Options, TestApp};

use super::{bac, connecter, dossier, entreprise};

async fn liste(client: &Client) -> HashSet<String> {
    let mut numeros = HashSet::new();
    for vue in [Vue::EnCours, Vue::Historique] {
        let query = FiltreDossiers { vue: Some(vue), ..FiltreDossiers::default() };
        numeros.extend(client.ok(&ListerDossiers { query }, &()).await.elements.into_iter().map(|d| d.numero));
    }
    numeros
}

#[tokio::test]
async fn anybody_may_have_a_company_and_its_people_sign_in() {
    let t = bac().await;
    let e = entreprise(&t).await;
    assert_eq!(e.etablissements.len(), 2);
    assert!(e.etablissements.iter().all(|l| Siret::parse(&l.siret).is_ok() && l.siret.starts_with(&e.siren)));
    let etats: Vec<Etat> = e.dossiers.iter().map(|d| d.etat).collect();
    assert_eq!(etats, Etat::TOUS);
    assert!(e.dossiers.iter().all(|d| d.code_inter_opco == d.etat.code_inter_opco()));

    let administrateur = connecter(&t, &e.administrateur).await;
    let moi = administrateur.ok(&LireSession {}, &()).await;
    assert!(moi.etablissements.iter().all(|r| r.role == RoleMembre::Administrateur));
    assert_eq!(moi.etablissements.len(), 2);
    let numeros: HashSet<String> = e.dossiers.iter().map(|d| d.numero.clone()).collect();
    assert_eq!(liste(&administrateur).await, numeros);
    for d in &e.dossiers {
        let lu = administrateur.ok(&LireDossier { dossier_id: d.id }, &()).await;
        assert_eq!(
            (lu.etat, lu.historique.first().map(|c| c.etat)),
            (d.etat, (d.etat != Etat::Brouillon).then_some(d.etat))
        );
    }
    // A brouillon is the member's own.
    let gestionnaire = connecter(&t, &e.gestionnaire).await;
    assert_eq!(liste(&gestionnaire).await.len(), Etat::TOUS.len() - 1);
    assert_eq!(t.journal(e.adherent_id), ["bac_a_sable.creer"]);

    // Another company is another world.
    let autre = entreprise(&t).await;
    assert_ne!((&autre.numero, &autre.siren), (&e.numero, &e.siren));
    let voisin = connecter(&t, &autre.administrateur).await;
    let op = LireDossier { dossier_id: dossier(&e, Etat::Accorde) };
    voisin.call(&op, &()).await.probleme(ProblemCode::Absent);
}

#[tokio::test]
async fn a_company_is_made_to_measure_within_bounds() {
    let t = bac().await;
    let saisie =
        SaisieEntreprise { raison_sociale: Some("Charpentes Nord".into()), etablissements: Some(1), dossiers: Some(0) };
    let reponse = t.anonyme().call(&CreerEntreprise {}, &saisie).await;
    assert_eq!((reponse.code(), reponse.entete("cache-control")), (201, Some("no-store")));
    let e: api_types::bac_a_sable::EntrepriseFictive = reponse.lire();
    assert_eq!((e.raison_sociale.as_str(), e.etablissements.len(), e.dossiers.len()), ("Charpentes Nord", 1, 0));
    for (saisie, pointeur) in [
        (SaisieEntreprise { raison_sociale: Some(" ".into()), ..SaisieEntreprise::default() }, "/raison_sociale"),
        (SaisieEntreprise { etablissements: Some(0), ..SaisieEntreprise::default() }, "/etablissements"),
        (SaisieEntreprise { etablissements: Some(6), ..SaisieEntreprise::default() }, "/etablissements"),
        (SaisieEntreprise { dossiers: Some(51), ..SaisieEntreprise::default() }, "/dossiers"),
    ] {
        assert_eq!(t.anonyme().call(&CreerEntreprise {}, &saisie).await.pointeurs(), [pointeur]);
    }
    // Nobody's act cannot be simulated.
    let anonyme = t.anonyme();
    let simulee = format!("{}?simulation=true", CreerEntreprise {}.path());
    let r = anonyme.envoyer(anonyme.nue(api_types::Method::Post, &simulee).json(&SaisieEntreprise::default())).await;
    r.probleme(ProblemCode::RequeteIllisible);
}

#[tokio::test]
async fn companies_are_made_within_the_quota_of_strangers() {
    let quotas = ParMinute { anonymes: 2, ..ParMinute::default() };
    let t = TestApp::avec(Options { mode: Mode::BacASable, quotas, ..Options::default() }).await;
    let vide = SaisieEntreprise { dossiers: Some(0), ..SaisieEntreprise::default() };
    for _ in 0..2 {
        assert_eq!(t.anonyme().call(&CreerEntreprise {}, &vide).await.code(), 201);
    }
    let r = t.anonyme().call(&CreerEntreprise {}, &vide).await;
    r.probleme(ProblemCode::TropDeRequetes);
    assert!(r.entete("retry-after").is_some());
}

#[tokio::test]
async fn a_reset_takes_all_of_a_company_away_but_its_people() {
    let t = bac().await;
    let (e, voisine) = (entreprise(&t).await, entreprise(&t).await);
    let administrateur = connecter(&t, &e.administrateur).await;
    let dossier_id = dossier(&e, Etat::Accorde);
    administrateur.ok(&RecevoirMessage { dossier_id }, &MessageOpco { corps: "Bonjour".into() }).await;
    let courrier = CourrierOpco { genre: GenreDocument::Accord, nom: None };
    administrateur.ok(&RecevoirDocument { dossier_id }, &courrier).await;
    let un_fichier = t.blobs();
    assert_eq!(un_fichier, 1);

    let op = RemettreAZero { adherent_id: e.adherent_id };
    let sous_cle = || administrateur.envoyer(administrateur.requete(&op, &()).header("idempotency-key", "zero"));
    let premiere = sous_cle().await;
    assert_eq!(premiere.code(), 200, "{}", premiere.texte());
    let neufs: api_types::bac_a_sable::DossiersFictifs = premiere.lire();
    assert_eq!(neufs.elements.iter().map(|d| d.etat).collect::<Vec<_>>(), Etat::TOUS);
    let numeros: HashSet<String> = neufs.elements.iter().map(|d| d.numero.clone()).collect();
    assert_eq!(liste(&administrateur).await, numeros);
    administrateur.call(&LireDossier { dossier_id }, &()).await.probleme(ProblemCode::Absent);
    let boite = administrateur.ok(&ListerMessages { query: FiltreMessages::default() }, &()).await;
    assert!(boite.elements.is_empty());
    assert_eq!(t.blobs(), 0);
    // The document's transmission was planned: nothing but the notice of the message is left to do.
    t.avancer(120);
    t.travailler().await;
    assert_eq!(t.lire(|conn| jobs::table.count().get_result::<i64>(conn)), 0);
    // Once under a key, whatever becomes of the answer.
    let seconde = sous_cle().await;
    assert_eq!((seconde.entete("idempotency-replayed"), &seconde.corps), (Some("true"), &premiere.corps));
    // The neighbours keep theirs.
    let voisin = connecter(&t, &voisine.administrateur).await;
    assert_eq!(liste(&voisin).await.len(), Etat::TOUS.len());
}
