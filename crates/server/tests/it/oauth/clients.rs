use api_types::ProblemCode;
use api_types::clients_api::{ClientApi, PageClientsApi, RotationSecret};
use api_types::endpoint::{
    CreerClientApi, LireClientApi, LireDossier, ListerClientsApi, ModifierClientApi, RenouvelerSecretApi,
    RevoquerClientApi, TerminerSecretApi,
};
use diesel::prelude::*;
use domain::{RoleMembre, Scope};
use futures_util::future::join_all;
use test_support::TestApp;
use uuid::Uuid;

use super::{client_a, creer, demander, erreur, jeton, lister, poster, reglage};

#[tokio::test]
async fn a_secret_is_told_once_and_recognised_by_its_ends() {
    let t = TestApp::new().await;
    let c = client_a(&t, &[Scope::DossiersRead]).await;
    let secret = c.secret.0.as_str();
    assert!(secret.starts_with("egs_live_") && secret.len() == 52, "{}", secret.len());
    let relu = t.administrateur().call(&LireClientApi { client_id: c.client.client.id }, &()).await;
    assert!(!relu.texte().contains(secret));
    let relu: ClientApi = relu.lire();
    assert_eq!((relu.secrets[0].prefixe.as_str(), relu.secrets[0].fin.as_str()), ("egs_live_", &secret[48..]));
    assert_eq!(t.journal(c.client.client.id), ["client_api.gerer"]);
}

#[tokio::test]
async fn a_secret_is_renewed_without_a_cut() {
    let t = TestApp::new().await;
    let c = client_a(&t, &[Scope::DossiersRead]).await;
    let (id, admin) = (c.client.client.id, t.administrateur());
    let op = RenouvelerSecretApi { client_id: id };
    let nouveau = admin.ok(&op, &RotationSecret { chevauchement_heures: 24 }).await;
    for secret in [&c.secret.0, &nouveau.secret.0] {
        assert_eq!(demander(&t, id, secret, None).await.code(), 200);
    }
    // Two at most.
    let refus = admin.call(&op, &RotationSecret { chevauchement_heures: 24 }).await;
    assert_eq!(refus.pointeurs(), ["/chevauchement_heures"]);
    t.avancer(24 * 3600);
    let admin = t.administrateur();
    erreur(&demander(&t, id, &c.secret.0, None).await, 401, "invalid_client");
    assert_eq!(demander(&t, id, &nouveau.secret.0, None).await.code(), 200);
    let secret_id = nouveau.client.secrets[0].id;
    assert_eq!(admin.call(&TerminerSecretApi { client_id: id, secret_id }, &()).await.code(), 204);
    erreur(&demander(&t, id, &nouveau.secret.0, None).await, 401, "invalid_client");
}

#[tokio::test]
async fn a_revoked_client_is_refused_at_once() {
    let t = TestApp::new().await;
    let c = client_a(&t, &[Scope::DossiersRead]).await;
    let id = c.client.client.id;
    let porteur = t.anonyme().porteur(&jeton(&t, id, &c.secret.0, None).await);
    let lire = lister();
    porteur.ok(&lire, &()).await;
    assert_eq!(t.administrateur().call(&RevoquerClientApi { client_id: id }, &()).await.code(), 204);
    porteur.call(&lire, &()).await.probleme(ProblemCode::JetonInvalide);
    erreur(&demander(&t, id, &c.secret.0, None).await, 401, "invalid_client");
    t.administrateur().call(&RevoquerClientApi { client_id: id }, &()).await.probleme(ProblemCode::Absent);
}

#[tokio::test]
async fn two_settings_of_one_client_do_not_overwrite_each_other() {
    let t = TestApp::new().await;
    let m = t.monde();
    let c = client_a(&t, &[Scope::DossiersRead, Scope::MessagesRead]).await;
    let (lu, admin) = (c.client, t.administrateur());
    let op = ModifierClientApi { client_id: lu.client.id };
    let moins = reglage(&[m.etablissement_a1], &[Scope::DossiersRead]);
    admin.call(&op, &moins).await.probleme(ProblemCode::PreconditionManquante);
    let modifie = admin.changer(&op, &lu.etag, &moins).await;
    assert_eq!(modifie.code(), 200);
    // A form that was opened before would give back the scope that was withdrawn.
    let ancien = reglage(&[m.etablissement_a1], &[Scope::DossiersRead, Scope::MessagesRead]);
    admin.changer(&op, &lu.etag, &ancien).await.probleme(ProblemCode::VersionPerimee);
    let present = admin.ok(&LireClientApi { client_id: lu.client.id }, &()).await;
    assert_eq!(present.client.scopes, [Scope::DossiersRead]);
    assert_eq!(present.etag, modifie.lire::<api_types::clients_api::ClientApi>().etag);
    // What becomes of its secrets and of its calls is no change of its settings.
    admin.ok(&RenouvelerSecretApi { client_id: lu.client.id }, &RotationSecret { chevauchement_heures: 1 }).await;
    assert_eq!(admin.changer(&op, &present.etag, &ancien).await.code(), 200);
}

#[tokio::test]
async fn rights_are_those_of_the_instant() {
    let t = TestApp::new().await;
    let m = t.monde();
    let c = client_a(&t, &[Scope::DossiersRead]).await;
    let id = c.client.client.id;
    let porteur = t.anonyme().porteur(&jeton(&t, id, &c.secret.0, None).await);
    let a2 = LireDossier { dossier_id: m.dossier_a2.uuid() };
    porteur.ok(&a2, &()).await;
    let op = ModifierClientApi { client_id: id };
    assert_eq!(
        t.administrateur().changer(&op, "*", &reglage(&[m.etablissement_a1], &[Scope::DossiersRead])).await.code(),
        200
    );
    porteur.call(&a2, &()).await.probleme(ProblemCode::Absent);
    assert_eq!(
        t.administrateur().changer(&op, "*", &reglage(&[m.etablissement_a1], &[Scope::MessagesRead])).await.code(),
        200
    );
    let a1 = LireDossier { dossier_id: m.dossier_a1.uuid() };
    porteur.call(&a1, &()).await.probleme(ProblemCode::PorteeInsuffisante);
    let mut fini = reglage(&[m.etablissement_a1], &[Scope::DossiersRead]);
    fini.expire_le = Some(t.maintenant() + jiff::SignedDuration::from_secs(60));
    assert_eq!(t.administrateur().changer(&op, "*", &fini).await.code(), 200);
    porteur.ok(&a1, &()).await;
    t.avancer(60);
    porteur.call(&a1, &()).await.probleme(ProblemCode::JetonInvalide);
}

#[tokio::test]
async fn a_client_calls_from_its_addresses_alone() {
    let t = TestApp::new().await;
    let m = t.monde();
    let mut r = reglage(&[m.etablissement_a1], &[Scope::DossiersRead]);
    r.adresses = vec!["192.0.2.0/24".into()];
    let c = t.administrateur().ok(&CreerClientApi { adherent_id: m.adherent_a.uuid() }, &r).await;
    let id = c.client.client.id;
    let champs = [("grant_type", "client_credentials")];
    let (dedans, dehors) = (t.anonyme().depuis("192.0.2.9"), t.anonyme().depuis("198.51.100.9"));
    erreur(&super::poster(&dehors, "/oauth/token", id, &c.secret.0, &champs).await, 401, "invalid_client");
    let donne = super::poster(&dedans, "/oauth/token", id, &c.secret.0, &champs).await;
    let jeton = donne.lire::<api_types::oauth::Jeton>().access_token.0;
    let lire = lister();
    dedans.porteur(&jeton).ok(&lire, &()).await;
    dehors.porteur(&jeton).call(&lire, &()).await.probleme(ProblemCode::JetonInvalide);
}

#[tokio::test]
async fn nobody_reaches_further_through_a_client_than_by_themselves() {
    let t = TestApp::new().await;
    let m = t.monde();
    // Léa becomes administrateur of A1, where she was lecteur.
    let (lea, a1) = (m.lecteur, m.etablissement_a1);
    t.semer(move |s| {
        use db::schema::rattachements as r;
        use db::types::V;
        use diesel::prelude::*;
        diesel::update(r::table.filter(r::utilisateur_id.eq(V(lea))).filter(r::etablissement_id.eq(V(a1))))
            .set(r::role.eq(V(RoleMembre::Administrateur)))
            .execute(s.conn)
            .unwrap();
    });
    let creation = CreerClientApi { adherent_id: m.adherent_a.uuid() };
    let trop = reglage(&[m.etablissement_a1, m.etablissement_a2], &[Scope::DossiersRead]);
    assert_eq!(t.lecteur().call(&creation, &trop).await.pointeurs(), ["/etablissements"]);
    let des_deux = client_a(&t, &[Scope::DossiersRead]).await.client.client.id;
    let admin = t.administrateur();
    let de_a2 = creer(&admin, m.adherent_a, &[m.etablissement_a2], &[Scope::DossiersRead]).await.client.client.id;
    let vu = t.lecteur().ok(&LireClientApi { client_id: des_deux }, &()).await;
    assert!(!vu.peut_gerer);
    let op = RenouvelerSecretApi { client_id: des_deux };
    t.lecteur().call(&op, &RotationSecret { chevauchement_heures: 0 }).await.probleme(ProblemCode::Interdit);
    t.lecteur().call(&LireClientApi { client_id: de_a2 }, &()).await.probleme(ProblemCode::Absent);
    let liste = ListerClientsApi { adherent_id: m.adherent_a.uuid(), query: PageClientsApi::default() };
    let siens: Vec<_> = t.lecteur().ok(&liste, &()).await.elements.into_iter().map(|c| c.id).collect();
    assert_eq!(siens, [des_deux]);
    assert_eq!(admin.ok(&liste, &()).await.elements.len(), 2);
}

#[tokio::test]
async fn wrong_fields_are_all_told() {
    let t = TestApp::new().await;
    let m = t.monde();
    let mut faux = reglage(&[m.etablissement_b], &[]);
    faux.nom = " ".into();
    faux.adresses = vec!["chez nous".into()];
    faux.expire_le = Some(t.maintenant());
    let refus = t.administrateur().call(&CreerClientApi { adherent_id: m.adherent_a.uuid() }, &faux).await;
    assert_eq!(refus.pointeurs(), ["/nom", "/scopes", "/etablissements", "/expire_le", "/adresses"]);
}

#[tokio::test]
async fn calls_are_counted_and_errors_told_apart() {
    let t = TestApp::new().await;
    let m = t.monde();
    let c = client_a(&t, &[Scope::DossiersRead]).await;
    let id = c.client.client.id;
    let porteur = t.anonyme().depuis("192.0.2.9").porteur(&jeton(&t, id, &c.secret.0, None).await);
    porteur.ok(&LireDossier { dossier_id: m.dossier_a1.uuid() }, &()).await;
    porteur.call(&LireDossier { dossier_id: m.dossier_b.uuid() }, &()).await.probleme(ProblemCode::Absent);
    app::oauth::ecrire_usages(t.app()).await.unwrap();
    porteur.ok(&LireDossier { dossier_id: m.dossier_a1.uuid() }, &()).await;
    app::oauth::ecrire_usages(t.app()).await.unwrap();
    let fiche = t.administrateur().ok(&LireClientApi { client_id: id }, &()).await;
    let jour = &fiche.usage[0];
    assert_eq!((jour.appels, jour.erreurs_client, jour.erreurs_serveur), (3, 1, 0));
    assert_eq!(jour.derniere_adresse, "192.0.2.9");
    assert_eq!(fiche.client.dernier_appel_le, Some(t.maintenant()));
}

#[tokio::test]
async fn where_calls_and_wrong_proofs_come_from_is_told() {
    let t = TestApp::new().await;
    let m = t.monde();
    let c = client_a(&t, &[Scope::DossiersRead]).await;
    let id = c.client.client.id;
    let lire = LireDossier { dossier_id: m.dossier_a1.uuid() };
    let appeler = async || {
        let texte = jeton(&t, id, &c.secret.0, None).await;
        t.anonyme().depuis("192.0.2.9").porteur(&texte).ok(&lire, &()).await
    };
    let deviner = async |client: Uuid, adresse: &str| {
        let champs = [("grant_type", "client_credentials")];
        let r = poster(&t.anonyme().depuis(adresse), "/oauth/token", client, "egs_live_faux", &champs).await;
        erreur(&r, 401, "invalid_client");
    };
    appeler().await;
    t.avancer(24 * 3600);
    appeler().await;
    t.avancer(1);
    deviner(id, "198.51.100.1").await;
    // Nobody, and nothing to count.
    deviner(Uuid::new_v4(), "198.51.100.2").await;
    let fiche = async || {
        app::oauth::ecrire_usages(t.app()).await.unwrap();
        t.administrateur().ok(&LireClientApi { client_id: id }, &()).await
    };
    let vues = |fiche: &ClientApi| -> Vec<(Option<String>, i64, i64)> {
        fiche.adresses_vues.iter().map(|v| (v.adresse.clone(), v.appels, v.preuves_refusees)).collect()
    };
    let lue = fiche().await;
    assert_eq!(vues(&lue), [(Some("198.51.100.1".into()), 0, 1), (Some("192.0.2.9".into()), 2, 0)]);
    // A refused proof is no call of the client.
    assert_eq!(lue.usage.iter().map(|j| (j.appels, j.erreurs_client)).collect::<Vec<_>>(), [(1, 0), (1, 0)]);
    assert_eq!(lue.client.dernier_appel_le, Some(t.maintenant() - jiff::SignedDuration::from_secs(1)));
    // Whoever tries from everywhere fills no table.
    for rang in 0..30 {
        deviner(id, &format!("203.0.113.{rang}")).await;
        if rang == 10 {
            app::oauth::ecrire_usages(t.app()).await.unwrap();
        }
    }
    t.avancer(1);
    // Nor does it hide who calls from elsewhere.
    let texte = jeton(&t, id, &c.secret.0, None).await;
    t.anonyme().depuis("192.0.2.10").porteur(&texte).ok(&lire, &()).await;
    let lue = fiche().await;
    assert_eq!(vues(&lue)[0], (Some("192.0.2.10".into()), 1, 0));
    let (appels, refus): (Vec<_>, Vec<_>) = vues(&lue).into_iter().partition(|v| v.1 > 0);
    assert_eq!((appels.len(), refus.len()), (2, 21));
    assert_eq!(refus.iter().map(|v| v.2).sum::<i64>(), 31);
    assert!(refus.contains(&(None, 0, 11)), "{refus:?}");
    let jours = || {
        t.lire(|conn| {
            let adresses: i64 = db::schema::adresses_api::table.count().get_result(conn)?;
            let usages: i64 = db::schema::usages_api::table.count().get_result(conn)?;
            Ok::<_, diesel::result::Error>((adresses, usages))
        })
    };
    // What is told of the last thirty days is of them alone.
    t.avancer(31 * 24 * 3600);
    app::worker::balayer(t.app()).await.unwrap();
    let lue = fiche().await;
    assert!(lue.usage.is_empty() && lue.adresses_vues.is_empty() && lue.client.appels == 0, "{lue:?}");
    assert!(jours().0 > 0 && jours().1 > 0);
    t.avancer(60 * 24 * 3600);
    app::worker::balayer(t.app()).await.unwrap();
    assert_eq!(jours(), (0, 0));
}

#[tokio::test]
async fn no_password_opens_the_account_of_a_client() {
    let t = TestApp::new().await;
    let c = client_a(&t, &[Scope::DossiersRead]).await;
    let email = format!("{}@client-api.invalid", c.client.client.id);
    let refus = crate::comptes::connecter(&t.anonyme(), &email, &c.secret.0).await;
    refus.probleme(ProblemCode::IdentifiantsIncorrects);
    let creation = crate::comptes::creation(&email);
    let refus = t.anonyme().call(&api_types::endpoint::CreerCompte {}, &creation).await;
    assert_eq!(refus.pointeurs(), ["/email"]);
    let oubli = api_types::comptes::OubliMotDePasse { email };
    t.anonyme().call(&api_types::endpoint::OublierMotDePasse {}, &oubli).await;
    t.travailler().await;
    assert_eq!(t.courriels(), []);
}

#[tokio::test]
async fn a_company_has_fifty_clients_at_most() {
    let t = TestApp::new().await;
    let (m, admin) = (t.monde(), t.administrateur());
    for _ in 0..49 {
        creer(&admin, m.adherent_a, &[m.etablissement_a1], &[Scope::DossiersRead]).await;
    }
    let operation = CreerClientApi { adherent_id: m.adherent_a.uuid() };
    // However many are asked for at once, one alone is the fiftieth.
    let demande = reglage(&[m.etablissement_a1], &[Scope::DossiersRead]);
    let derniers = join_all((0..8).map(|_| admin.call(&operation, &demande))).await;
    let (faits, refus): (Vec<_>, Vec<_>) = derniers.into_iter().partition(|r| r.code() == 201);
    assert_eq!(faits.len(), 1);
    for r in refus {
        assert_eq!(r.pointeurs(), ["/nom"]);
    }
}
