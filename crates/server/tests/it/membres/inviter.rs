use api_types::endpoint::{
    AccepterInvitation, InviterMembre, LireInvitation, LireSession, ListerInvitations, RetirerInvitation,
};
use api_types::membres::{AcceptationInvitation, JetonInvitation, Membre, PageMembres};
use api_types::{Endpoint as _, Method, ProblemCode};
use domain::RoleMembre::{Administrateur, Contributeur, Lecteur};
use test_support::{MOT_DE_PASSE, TestApp};

use super::{acceptation, droit, invitation, inviter, regler};
use crate::comptes::{connecter, courriels_a, creation, jeton_de};
use crate::documents::{deposer, pdf};

const PAUL: &str = "paul@chantiers.example";
const BRUNO: &str = "bruno@toits-du-sud.example";

async fn invitations(t: &TestApp) -> Vec<api_types::membres::Invitation> {
    let op = ListerInvitations { adherent_id: t.monde().adherent_a.uuid(), query: PageMembres::default() };
    t.administrateur().ok(&op, &()).await.elements
}

#[tokio::test]
async fn an_invited_person_makes_an_account_and_deposits() {
    let t = TestApp::new().await;
    let m = t.monde();
    let invite = inviter(&t, PAUL, vec![droit(m.etablissement_a1, Contributeur)]).await;
    assert_eq!((invite.email.as_str(), invite.cree_par.as_str()), (PAUL, "Nadia Lemercier"));
    assert_eq!(invitations(&t).await, [invite]);
    let [courriel] = courriels_a(&t, PAUL).try_into().unwrap();
    assert!(courriel.corps.as_deref().unwrap().contains("Bâti Rives"));
    let jeton = jeton_de(&courriel);

    let paul = t.anonyme();
    let recue = paul.ok(&LireInvitation {}, &JetonInvitation { jeton: jeton.clone() }).await;
    assert_eq!((recue.adherent.as_str(), recue.email.as_str(), recue.compte), ("Bâti Rives", PAUL, false));
    assert_eq!(recue.rattachements[0].role, Contributeur);
    let vide = AcceptationInvitation { jeton: jeton.clone(), compte: None };
    assert_eq!(paul.call(&AccepterInvitation {}, &vide).await.pointeurs(), ["/compte"]);
    let mut faible = acceptation(&jeton);
    faible.compte.as_mut().unwrap().mot_de_passe.0 = "bati-rives-2026".to_owned();
    faible.compte.as_mut().unwrap().nom = " ".to_owned();
    let refus = paul.call(&AccepterInvitation {}, &faible).await;
    assert_eq!(refus.pointeurs(), ["/compte/nom", "/compte/mot_de_passe"]);

    paul.ok(&AccepterInvitation {}, &acceptation(&jeton)).await;
    assert_eq!(connecter(&paul, PAUL, MOT_DE_PASSE).await.code(), 200);
    assert_eq!(deposer(&paul, m.dossier_a1, m.piece("PLAN", "autres"), "a.pdf", pdf("a")).await.code(), 201);
    let moi = paul.ok(&LireSession {}, &()).await;
    assert_eq!(moi.etablissements.len(), 1);
    assert_eq!(t.journal(moi.id), ["invitation.accepter"]);
    // Once.
    paul.call(&AccepterInvitation {}, &acceptation(&jeton)).await.probleme(ProblemCode::LienInvalide);
    paul.call(&LireInvitation {}, &JetonInvitation { jeton }).await.probleme(ProblemCode::LienInvalide);
    assert!(invitations(&t).await.is_empty());
}

#[tokio::test]
async fn an_invitation_that_is_simulated_uses_up_no_limit() {
    let t = TestApp::new().await;
    let (m, nadia) = (t.monde(), t.administrateur());
    let op = InviterMembre { adherent_id: m.adherent_a.uuid() };
    let corps = invitation(PAUL, vec![droit(m.etablissement_a1, Lecteur)]);
    for _ in 0..5 {
        let simulee = nadia.nue(Method::Post, &format!("{}?simulation=true", op.path())).json(&corps);
        assert_eq!(nadia.envoyer(simulee).await.code(), 201);
    }
    assert_eq!(nadia.call(&op, &corps).await.code(), 201);
    assert_eq!(courriels_a(&t, PAUL).len(), 1);
}

#[tokio::test]
async fn somebody_with_an_account_joins_another_company() {
    let t = TestApp::new().await;
    let m = t.monde();
    inviter(&t, BRUNO, vec![droit(m.etablissement_a2, Lecteur)]).await;
    let jeton = jeton_de(&courriels_a(&t, BRUNO)[0]);
    let recue = t.anonyme().ok(&LireInvitation {}, &JetonInvitation { jeton: jeton.clone() }).await;
    assert!(recue.compte);
    // What somebody else might give for a password is not read.
    t.anonyme().ok(&AccepterInvitation {}, &acceptation(&jeton)).await;
    let bruno = t.autre_membre().ok(&LireSession {}, &()).await;
    let roles: Vec<_> = bruno.etablissements.iter().map(|e| (e.adherent.as_str(), e.role)).collect();
    assert_eq!(roles, [("Bâti Rives", Lecteur), ("Toits du Sud", Administrateur)]);
    assert_eq!(bruno.prenom, "Bruno");
}

#[tokio::test]
async fn the_answer_does_not_tell_who_has_an_account() {
    let t = TestApp::new().await;
    let m = t.monde();
    let droits = || vec![droit(m.etablissement_a1, Lecteur)];
    let op = InviterMembre { adherent_id: m.adherent_a.uuid() };
    let admin = t.administrateur();
    for email in [PAUL, "bruno@toits-du-sud.example", "gaelle@opco.example"] {
        assert_eq!(admin.call(&op, &invitation(email, droits())).await.code(), 201);
    }
    // Whom one manages already is known.
    let deja = admin.call(&op, &invitation("lea@bati-rives.example", droits())).await;
    assert_eq!(deja.pointeurs(), ["/email"]);
    // Somebody of the OPCO is told, and has no link.
    let [avis] = courriels_a(&t, "gaelle@opco.example").try_into().unwrap();
    assert!(!avis.corps.as_deref().unwrap().contains("jeton"));
    for (email, droits, champ) in [
        ("paul@", droits(), "/email"),
        (PAUL, vec![], "/rattachements"),
        (PAUL, vec![droit(m.etablissement_b, Lecteur)], "/rattachements"),
    ] {
        assert_eq!(admin.call(&op, &invitation(email, droits)).await.pointeurs(), [champ]);
    }
}

#[tokio::test]
async fn an_invitation_ends_by_time_by_hand_and_by_the_next() {
    let t = TestApp::new().await;
    let m = t.monde();
    let droits = || vec![droit(m.etablissement_a1, Lecteur)];
    let lire = |jeton: &str| JetonInvitation { jeton: jeton.to_owned() };
    let (premiere, _) = (inviter(&t, PAUL, droits()).await, inviter(&t, PAUL, droits()).await);
    let jetons: Vec<String> = courriels_a(&t, PAUL).iter().map(jeton_de).collect();
    t.anonyme().call(&LireInvitation {}, &lire(&jetons[0])).await.probleme(ProblemCode::LienInvalide);
    t.anonyme().ok(&LireInvitation {}, &lire(&jetons[1])).await;
    let [restante] = invitations(&t).await.try_into().unwrap();
    assert_ne!(restante.id, premiere.id);

    let retirer = RetirerInvitation { invitation_id: restante.id };
    t.autre_membre().call(&retirer, &()).await.probleme(ProblemCode::Absent);
    assert_eq!(t.administrateur().call(&retirer, &()).await.code(), 204);
    t.anonyme().call(&AccepterInvitation {}, &acceptation(&jetons[1])).await.probleme(ProblemCode::LienInvalide);
    assert_eq!(t.journal(restante.id), ["membre.gerer", "invitation.retirer"]);

    inviter(&t, "tard@chantiers.example", droits()).await;
    let tard = jeton_de(&courriels_a(&t, "tard@chantiers.example")[0]);
    t.avancer(7 * 24 * 3600);
    t.anonyme().call(&LireInvitation {}, &lire(&tard)).await.probleme(ProblemCode::LienInvalide);
    assert_eq!(invitations(&t).await.len(), 1, "it is shown as ended");
    t.avancer(31 * 24 * 3600);
    app::worker::balayer(t.app()).await.unwrap();
    assert_eq!(invitations(&t).await.len(), 0);
}

#[tokio::test]
async fn one_sweep_forgets_all_the_invitations_that_ended_long_ago() {
    use db::schema::{droits_invitation, invitations};
    use db::types::V;
    use diesel::prelude::*;
    use domain::ids::{Id, InvitationId};
    let t = TestApp::new().await;
    let m = t.monde().clone();
    // More than are forgotten in one transaction.
    t.semer(move |s| {
        for rang in 0..501 {
            let cle = uuid::Uuid::now_v7();
            let id: V<InvitationId> = V(Id::new(cle));
            diesel::insert_into(invitations::table)
                .values((
                    invitations::id.eq(id),
                    invitations::adherent_id.eq(V(m.adherent_a)),
                    invitations::email.eq(format!("n{rang}@chantiers.example")),
                    invitations::jeton_sha256.eq(cle.as_bytes().repeat(2)),
                    invitations::cree_par.eq(V(m.administrateur)),
                    invitations::cree_le.eq(V(s.le)),
                    invitations::expire_le.eq(V(s.le)),
                ))
                .execute(s.conn)
                .unwrap();
            diesel::insert_into(droits_invitation::table)
                .values((
                    droits_invitation::invitation_id.eq(id),
                    droits_invitation::etablissement_id.eq(V(m.etablissement_a1)),
                    droits_invitation::role.eq(V(Lecteur)),
                ))
                .execute(s.conn)
                .unwrap();
        }
    });
    let restes = || t.lire(|conn| invitations::table.count().get_result::<i64>(conn));
    assert_eq!(restes(), 501);
    t.avancer(31 * 24 * 3600);
    app::worker::balayer(t.app()).await.unwrap();
    assert_eq!(restes(), 0);
}

#[tokio::test]
async fn nobody_lets_others_in_after_it_has_left() {
    let t = TestApp::new().await;
    let m = t.monde();
    let admin = t.administrateur();
    inviter(&t, PAUL, vec![droit(m.etablissement_a1, Administrateur), droit(m.etablissement_a2, Lecteur)]).await;
    let jeton = jeton_de(&courriels_a(&t, PAUL)[0]);
    let deux = vec![droit(m.etablissement_a1, Administrateur), droit(m.etablissement_a2, Contributeur)];
    regler(&t, &admin, m.membre, deux).await.lire::<Membre>();
    // Nadia keeps the second établissement alone, then none.
    regler(&t, &admin, m.administrateur, vec![droit(m.etablissement_a2, Administrateur)]).await.lire::<Membre>();
    let offre = t.anonyme().ok(&LireInvitation {}, &JetonInvitation { jeton: jeton.clone() }).await;
    let [seule] = offre.rattachements.try_into().unwrap();
    assert_eq!((seule.etablissement.id, seule.role), (m.etablissement_a2.uuid(), Lecteur));
    regler(&t, &admin, m.administrateur, vec![]).await.lire::<Membre>();
    t.anonyme().call(&AccepterInvitation {}, &acceptation(&jeton)).await.probleme(ProblemCode::LienInvalide);
}

#[tokio::test]
async fn an_invitation_accepted_while_its_address_asks_for_an_account_ends_in_one_account() {
    let t = TestApp::new().await;
    let m = t.monde();
    for n in 0..4 {
        let email = format!("ensemble{n}@chantiers.example");
        inviter(&t, &email, vec![droit(m.etablissement_a2, Contributeur)]).await;
        let (invite, demandeur) = (t.anonyme(), t.anonyme());
        let (accord, demande) = (acceptation(&jeton_de(&courriels_a(&t, &email)[0])), creation(&email));
        let (a, b) = tokio::join!(
            invite.call(&AccepterInvitation {}, &accord),
            demandeur.call(&api_types::endpoint::CreerCompte {}, &demande)
        );
        // Whoever comes at the very moment of the other is asked to come back.
        assert!([204, 503].contains(&a.code()), "{}", a.texte());
        assert!([202, 503].contains(&b.code()), "{}", b.texte());
        if a.code() == 503 {
            invite.ok(&AccepterInvitation {}, &accord).await;
        }
        assert_eq!(connecter(&invite, &email, MOT_DE_PASSE).await.code(), 200);
    }
}

#[tokio::test]
async fn a_request_that_nobody_confirmed_gives_way_and_a_larger_role_stays() {
    let t = TestApp::new().await;
    let m = t.monde();
    t.anonyme().ok(&api_types::endpoint::CreerCompte {}, &creation(PAUL)).await;
    inviter(&t, PAUL, vec![droit(m.etablissement_a2, Contributeur)]).await;
    let courriels = courriels_a(&t, PAUL);
    t.anonyme().ok(&AccepterInvitation {}, &acceptation(&jeton_de(&courriels[1]))).await;
    // The link of the former request opens nothing any more.
    let confirmation = api_types::comptes::Confirmation { jeton: jeton_de(&courriels[0]) };
    t.anonyme().call(&api_types::endpoint::ConfirmerCompte {}, &confirmation).await.probleme(ProblemCode::LienInvalide);
    let paul = t.anonyme();
    assert_eq!(connecter(&paul, PAUL, MOT_DE_PASSE).await.code(), 200);
    let roles =
        |moi: api_types::comptes::Moi| moi.etablissements.into_iter().map(|e| (e.nom, e.role)).collect::<Vec<_>>();
    let atelier = ("Atelier, Saint-Herblain".to_owned(), Contributeur);
    assert_eq!(roles(paul.ok(&LireSession {}, &()).await), [atelier]);
}

#[tokio::test]
async fn a_mailbox_is_not_filled_by_invitations() {
    let t = TestApp::new().await;
    let m = t.monde();
    for _ in 0..3 {
        inviter(&t, PAUL, vec![droit(m.etablissement_a1, Lecteur)]).await;
    }
    let op = InviterMembre { adherent_id: m.adherent_a.uuid() };
    let corps = invitation(PAUL, vec![droit(m.etablissement_a1, Lecteur)]);
    t.administrateur().call(&op, &corps).await.probleme(ProblemCode::TropDeRequetes);
    assert_eq!(courriels_a(&t, PAUL).len(), 3);
    t.avancer(3600);
    t.administrateur().ok(&op, &corps).await;
}
