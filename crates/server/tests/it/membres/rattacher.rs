use api_types::ProblemCode;
use api_types::endpoint::{DemanderRattachement, LireDossier, LireSession};
use api_types::membres::{DemandeRattachement, Membre};
use domain::RoleMembre::{self, Administrateur, Contributeur, Lecteur};
use test_support::{Client, TestApp, siret};

use super::{droit, regler};
use crate::comptes::{courriels_a, vue};

fn demande(siret: String, numero: &str) -> DemandeRattachement {
    DemandeRattachement { siret, numero_adherent: numero.to_owned() }
}

#[tokio::test]
async fn one_account_joins_several_companies() {
    let t = TestApp::new().await;
    let gestionnaire = t.monde().gestionnaire;
    t.semer(move |s| {
        let c = s.adherent("0099999", "Charpentes Neuves", &siret(3, 1)[..9], gestionnaire);
        s.etablissement(c, &siret(3, 1), "Siège");
    });
    let marc = t.membre();
    // Company B has an administrateur: Marc reads. The other has nobody: he administers it.
    marc.ok(&DemanderRattachement {}, &demande(siret(2, 1), "0067890")).await;
    marc.ok(&DemanderRattachement {}, &demande(siret(3, 1), " 009 9999 ")).await;
    let roles: Vec<_> =
        marc.ok(&LireSession {}, &()).await.etablissements.into_iter().map(|e| (e.adherent, e.role)).collect();
    let attendus = [
        ("Bâti Rives", Contributeur),
        ("Bâti Rives", Contributeur),
        ("Charpentes Neuves", Administrateur),
        ("Toits du Sud", Lecteur),
    ];
    assert_eq!(roles, attendus.map(|(nom, role)| (nom.to_owned(), role)));
    assert!(courriels_a(&t, "bruno@toits-du-sud.example").iter().any(|c| c.sujet.contains("nouveau compte")));
    assert_eq!(t.journal(t.monde().membre.uuid())[1..], ["rattachement.demander", "rattachement.demander"]);
}

#[tokio::test]
async fn whose_access_was_taken_away_comes_back_by_invitation_alone() {
    let t = TestApp::new().await;
    let (m, admin, lea) = (t.monde(), t.administrateur(), t.lecteur());
    let numeros = demande(siret(1, 1), "0012345");
    let lire = LireDossier { dossier_id: m.dossier_a1.uuid() };
    let regler_a1 = async |qui: &Client, role: Option<RoleMembre>| {
        let a1 = role.map(|role| droit(m.etablissement_a1, role));
        let droits = a1.into_iter().chain([droit(m.etablissement_a2, Administrateur)]).collect();
        regler(&t, qui, m.lecteur, droits).await.lire::<Membre>();
    };
    regler_a1(&admin, None).await;
    let refus = lea.call(&DemanderRattachement {}, &numeros).await;
    let dit = courriels_a(&t, "lea@bati-rives.example").pop().unwrap().corps.unwrap();
    assert!(dit.contains("vous a retiré l’accès"), "{dit}");
    let inconnu = lea.call(&DemanderRattachement {}, &demande(siret(1, 1), "0000000")).await;
    assert_eq!(vue(&refus), vue(&inconnu));
    lea.call(&lire, &()).await.probleme(ProblemCode::Absent);
    // Let in again, then gone of her own will, she may come back.
    regler_a1(&admin, Some(Administrateur)).await;
    regler_a1(&lea, None).await;
    lea.call(&lire, &()).await.probleme(ProblemCode::Absent);
    lea.ok(&DemanderRattachement {}, &numeros).await;
    lea.ok(&lire, &()).await;
    // Taken away and given again, as often as it takes.
    for role in [None, Some(Lecteur), None] {
        regler_a1(&admin, role).await;
    }
    lea.ok(&DemanderRattachement {}, &numeros).await;
    lea.call(&lire, &()).await.probleme(ProblemCode::Absent);
}

#[tokio::test]
async fn the_answer_does_not_tell_which_numbers_are_known() {
    let t = TestApp::new().await;
    let marc = t.membre();
    let connu = marc.call(&DemanderRattachement {}, &demande(siret(2, 1), "0067890")).await;
    let deja = marc.call(&DemanderRattachement {}, &demande(siret(1, 1), "0012345")).await;
    let inconnu = marc.call(&DemanderRattachement {}, &demande(siret(7, 1), "0012345")).await;
    assert_eq!(connu.code(), 202);
    let sans_solde = |r| {
        let (code, mut entetes, corps) = vue(r);
        entetes.retain(|(nom, _)| nom != "ratelimit");
        (code, entetes, corps)
    };
    for autre in [&deja, &inconnu] {
        assert_eq!(sans_solde(autre), sans_solde(&connu));
    }
    let sujets: Vec<_> = courriels_a(&t, "marc@bati-rives.example").into_iter().map(|c| c.sujet).collect();
    let suites = ["est acceptée", "était déjà satisfaite", "n’a pas abouti"];
    assert_eq!(sujets, suites.map(|suite| format!("Votre demande de rattachement {suite}")));
    let faux = marc.call(&DemanderRattachement {}, &demande("73282932000079".to_owned(), " ")).await;
    assert_eq!(faux.pointeurs(), ["/siret", "/numero_adherent"]);
    t.gestionnaire()
        .call(&DemanderRattachement {}, &demande(siret(2, 1), "0067890"))
        .await
        .probleme(ProblemCode::Interdit);
}

#[tokio::test]
async fn numbers_are_not_guessed() {
    let t = TestApp::new().await;
    let marc = t.membre();
    for n in 0..10 {
        marc.ok(&DemanderRattachement {}, &demande(siret(2, 1), &format!("1{n}"))).await;
    }
    marc.call(&DemanderRattachement {}, &demande(siret(2, 1), "0067890")).await.probleme(ProblemCode::TropDeRequetes);
}
