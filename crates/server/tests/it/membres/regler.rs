use api_types::ProblemCode;
use api_types::endpoint::{LireDossier, LireSession, ListerInvitations, ListerMembres, ListerMessages};
use api_types::membres::{Membre, PageMembres, ReglageMembre};
use api_types::messages::FiltreMessages;
use domain::RoleMembre::{Administrateur, Contributeur, Lecteur};
use domain::acteur::Cote;
use test_support::TestApp;
use uuid::Uuid;

use super::{droit, inviter, membres, regler, sur};
use crate::comptes::courriels_a;
use crate::documents::{deposer, pdf};
use crate::messages::envoyer;

#[tokio::test]
async fn a_lecteur_who_is_made_contributeur_deposits_at_once() {
    let t = TestApp::new().await;
    let m = t.monde();
    let lea = t.lecteur();
    let autres = m.piece("PLAN", "autres");
    deposer(&lea, m.dossier_a1, autres, "a.pdf", pdf("a")).await.probleme(ProblemCode::Interdit);
    let regle = regler(&t, &t.administrateur(), m.lecteur, vec![droit(m.etablissement_a1, Contributeur)]).await;
    let [rattachement] = regle.lire::<Membre>().rattachements.try_into().unwrap();
    assert_eq!((rattachement.etablissement.id, rattachement.role), (m.etablissement_a1.uuid(), Contributeur));
    assert_eq!(deposer(&lea, m.dossier_a1, autres, "a.pdf", pdf("a")).await.code(), 201);
    assert_eq!(t.journal(m.lecteur.uuid()).last().map(String::as_str), Some("membre.regler"));
    let avis = courriels_a(&t, "lea@bati-rives.example");
    assert_eq!(avis[0].sujet, "Vos droits dans eGestion ont changé");
    assert!(!avis[0].corps.as_deref().unwrap().contains("Lemercier"));
}

#[tokio::test]
async fn whoever_joins_finds_the_messages_sent_before() {
    let t = TestApp::new().await;
    let m = t.monde();
    envoyer(&t.membre(), m.dossier_a2, "La convention est signée.").await;
    envoyer(&t.gestionnaire(), m.dossier_a2, "Il manque le programme.").await;
    let boite = |q: Option<&str>| ListerMessages {
        query: FiltreMessages { q: q.map(str::to_owned), ..FiltreMessages::default() },
    };
    let lea = t.lecteur();
    assert!(lea.ok(&boite(None), &()).await.elements.is_empty());
    let deux = vec![droit(m.etablissement_a1, Lecteur), droit(m.etablissement_a2, Lecteur)];
    regler(&t, &t.administrateur(), m.lecteur, deux.clone()).await.lire::<Membre>();
    let lue = lea.ok(&boite(None), &()).await;
    // None of them awaits her.
    assert_eq!((lue.elements.len(), lue.non_lus), (2, 0));
    assert_eq!(lea.ok(&boite(Some("programme")), &()).await.elements.len(), 1);
    // Gone and come back, she is given what was sent meanwhile, and what she had once.
    let admin = t.administrateur();
    regler(&t, &admin, m.lecteur, deux[..1].to_vec()).await.lire::<Membre>();
    assert!(lea.ok(&boite(None), &()).await.elements.is_empty());
    envoyer(&t.gestionnaire(), m.dossier_a2, "Le dossier est complet.").await;
    regler(&t, &admin, m.lecteur, deux).await.lire::<Membre>();
    assert_eq!(lea.ok(&boite(None), &()).await.elements.len(), 3);
    t.travailler().await;
}

#[tokio::test]
async fn an_access_withdrawn_takes_with_it_the_invitations_that_would_give_it_again() {
    let t = TestApp::new().await;
    let m = t.monde();
    let (adherent, a1) = (m.adherent_a, m.etablissement_a1);
    inviter(&t, "paul@bati-rives.example", vec![droit(a1, Contributeur)]).await;
    inviter(&t, "anne@bati-rives.example", vec![droit(a1, Contributeur)]).await;
    // Paul came in by the two numbers meanwhile.
    let paul = t.semer(move |s| {
        let paul = s.utilisateur(Cote::Membre, "Paul", "Kermadec", "paul@bati-rives.example");
        s.rattachement(paul, (adherent, a1), Lecteur);
        paul
    });
    regler(&t, &t.administrateur(), paul, vec![]).await.lire::<Membre>();
    let op = ListerInvitations { adherent_id: adherent.uuid(), query: PageMembres::default() };
    let attendent = t.administrateur().ok(&op, &()).await.elements;
    assert_eq!(attendent.iter().map(|i| i.email.as_str()).collect::<Vec<_>>(), ["anne@bati-rives.example"]);
}

#[tokio::test]
async fn an_access_withdrawn_is_withdrawn_at_once() {
    let t = TestApp::new().await;
    let m = t.monde();
    let (admin, marc) = (t.administrateur(), t.membre());
    let (a1, a2) = (LireDossier { dossier_id: m.dossier_a1.uuid() }, LireDossier { dossier_id: m.dossier_a2.uuid() });
    regler(&t, &admin, m.membre, vec![droit(m.etablissement_a2, Contributeur)]).await.lire::<Membre>();
    marc.call(&a1, &()).await.probleme(ProblemCode::Absent);
    marc.ok(&a2, &()).await;
    let parti = regler(&t, &admin, m.membre, vec![]).await.lire::<Membre>();
    assert!(parti.rattachements.is_empty());
    marc.call(&a2, &()).await.probleme(ProblemCode::Absent);
    assert!(marc.ok(&LireSession {}, &()).await.etablissements.is_empty());
    admin.call(&sur(&t, m.membre).1, &()).await.probleme(ProblemCode::Absent);
    assert!(membres(&t, &admin).await.elements.iter().all(|p| p.id != m.membre.uuid()));
}

#[tokio::test]
async fn a_company_keeps_an_administrateur() {
    let t = TestApp::new().await;
    let m = t.monde();
    let admin = t.administrateur();
    for droits in [vec![], vec![droit(m.etablissement_a1, Contributeur), droit(m.etablissement_a2, Lecteur)]] {
        regler(&t, &admin, m.administrateur, droits).await.probleme(ProblemCode::DernierAdministrateur);
    }
    assert_eq!(admin.ok(&LireSession {}, &()).await.etablissements.len(), 2);
    // One établissement is enough; the other falls to whoever administers the company.
    regler(&t, &admin, m.administrateur, vec![droit(m.etablissement_a1, Administrateur)]).await.lire::<Membre>();
    let geres: Vec<Uuid> = membres(&t, &admin).await.etablissements.iter().map(|e| e.id).collect();
    assert_eq!(geres, [m.etablissement_a2.uuid(), m.etablissement_a1.uuid()]);
    // Once another has the role, it is laid down.
    regler(&t, &admin, m.membre, vec![droit(m.etablissement_a1, Administrateur)]).await.lire::<Membre>();
    assert_eq!(regler(&t, &admin, m.administrateur, vec![]).await.code(), 200);
    admin.call(&sur(&t, m.lecteur).1, &()).await.probleme(ProblemCode::Absent);
    // Nobody is told of what it did to itself.
    assert!(courriels_a(&t, "nadia@bati-rives.example").is_empty());
}

#[tokio::test]
async fn an_administrateur_manages_its_etablissements_and_those_without() {
    let t = TestApp::new().await;
    let m = t.monde().clone();
    let (a2, adherent) = (m.etablissement_a2, m.adherent_a);
    let (yann, neuf) = t.semer(move |s| {
        let yann = s.utilisateur(Cote::Membre, "Yann", "Tanguy", "yann@bati-rives.example");
        s.rattachement(yann, (adherent, a2), Administrateur);
        (yann, s.etablissement(adherent, &test_support::siret(1, 3), "Dépôt, Bouguenais"))
    });
    let client = t.client(yann);
    let vus = membres(&t, &client).await;
    let noms: Vec<_> = vus.etablissements.iter().map(|e| e.nom.as_str()).collect();
    assert_eq!(noms, ["Atelier, Saint-Herblain", "Dépôt, Bouguenais"]);
    // Of Marc, who is of both, the right in the établissement of Yann alone is seen; Léa is not seen.
    let marc = vus.elements.iter().find(|p| p.id == m.membre.uuid()).unwrap();
    assert_eq!(marc.rattachements.len(), 1);
    assert!(vus.elements.iter().all(|p| p.id != m.lecteur.uuid()));
    client.call(&sur(&t, m.lecteur).1, &()).await.probleme(ProblemCode::Absent);
    // What he does not manage is refused, and is not touched by what he does.
    let refus = regler(&t, &client, m.membre, vec![droit(m.etablissement_a1, Administrateur)]).await;
    assert_eq!(refus.pointeurs(), ["/rattachements"]);
    let double = vec![droit(a2, Lecteur), droit(a2, Contributeur)];
    assert_eq!(regler(&t, &client, m.membre, double).await.pointeurs(), ["/rattachements"]);
    regler(&t, &client, m.membre, vec![droit(neuf, Contributeur)]).await.lire::<Membre>();
    let moi = t.membre().ok(&LireSession {}, &()).await;
    let restent: Vec<_> = moi.etablissements.iter().map(|e| (e.nom.as_str(), e.role)).collect();
    assert_eq!(restent, [("Dépôt, Bouguenais", Contributeur), ("Siège, Rezé", Contributeur)]);
}

#[tokio::test]
async fn two_settings_of_one_member_do_not_overwrite_each_other() {
    let t = TestApp::new().await;
    let m = t.monde();
    let (regler, lire) = sur(&t, m.lecteur);
    let admin = t.administrateur();
    let lu = admin.ok(&lire, &()).await;
    let corps = |role| ReglageMembre { rattachements: vec![droit(m.etablissement_a1, role)] };
    admin.call(&regler, &corps(Contributeur)).await.probleme(ProblemCode::PreconditionManquante);
    assert_eq!(admin.changer(&regler, &lu.etag, &corps(Contributeur)).await.code(), 200);
    admin.changer(&regler, &lu.etag, &corps(Administrateur)).await.probleme(ProblemCode::VersionPerimee);
    assert_eq!(admin.ok(&lire, &()).await.rattachements[0].role, Contributeur);
}

#[tokio::test]
async fn people_are_listed_by_pages_and_programs_are_not() {
    let t = TestApp::new().await;
    let m = t.monde();
    crate::oauth::client_a(&t, &[domain::Scope::DossiersRead]).await;
    // Whoever asked for an account and never confirmed it is nobody yet.
    t.anonyme().ok(&api_types::endpoint::CreerCompte {}, &crate::comptes::creation("paul@bati-rives.example")).await;
    let admin = t.administrateur();
    let mut vus = Vec::new();
    let mut curseur = None;
    loop {
        let query = PageMembres { curseur, limite: Some(2) };
        let page = admin.ok(&ListerMembres { adherent_id: m.adherent_a.uuid(), query }, &()).await;
        vus.extend(page.elements.iter().map(|p| (p.id, p.moi)));
        curseur = page.suivant;
        if curseur.is_none() {
            break;
        }
    }
    let attendus = [(m.lecteur, false), (m.membre, false), (m.administrateur, true)];
    assert_eq!(vus, attendus.map(|(id, moi)| (id.uuid(), moi)));
}
