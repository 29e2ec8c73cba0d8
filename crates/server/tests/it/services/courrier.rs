//! Mails as a mail server receives them.

use std::path::PathBuf;

use api_types::comptes::{CreationCompte, OubliMotDePasse};
use api_types::endpoint::{CreerCompte, OublierMotDePasse};
use test_support::{Options, Relais, TestApp};
use uuid::Uuid;

use super::du;
use crate::comptes::creation;
use crate::messages::envoyer;

/// Where the mails arrive.
struct Boite(PathBuf);

impl Boite {
    /// The mails that hold `texte`, once their transfer encoding is undone.
    fn contenant(&self, texte: &str) -> Vec<Recu> {
        let fichiers = std::fs::read_dir(&self.0).unwrap();
        let recus = fichiers.map(|f| Recu::lire(&std::fs::read_to_string(f.unwrap().path()).unwrap()));
        recus.filter(|r| r.corps.contains(texte)).collect()
    }
}

/// A mail as it was received.
#[derive(Debug)]
struct Recu {
    entetes: Vec<(String, String)>,
    corps: String,
}

impl Recu {
    fn lire(brut: &str) -> Self {
        let brut = brut.replace("\r\n", "\n");
        let (entetes, corps) = brut.split_once("\n\n").unwrap();
        let entetes = entetes.replace("\n ", " ").lines().filter_map(|l| l.split_once(": ")).map(paire).collect();
        Self { entetes, corps: quoted_printable(corps) }
    }

    fn entete(&self, nom: &str) -> &str {
        let trouve = self.entetes.iter().find(|(n, _)| n.eq_ignore_ascii_case(nom));
        trouve.map_or_else(|| panic!("{nom}: {:?}", self.entetes), |(_, v)| v.as_str())
    }
}

fn paire((nom, valeur): (&str, &str)) -> (String, String) {
    (nom.to_owned(), valeur.trim().to_owned())
}

fn quoted_printable(texte: &str) -> String {
    let mut octets = Vec::new();
    let mut suite = texte.replace("=\n", "").into_bytes().into_iter();
    while let Some(o) = suite.next() {
        if o == b'=' {
            let hex: Vec<u8> = suite.by_ref().take(2).collect();
            octets.push(u8::from_str_radix(std::str::from_utf8(&hex).unwrap(), 16).unwrap());
        } else {
            octets.push(o);
        }
    }
    String::from_utf8(octets).unwrap()
}

async fn sur_un_relais() -> (TestApp, Relais, Boite) {
    let service = du("TEST_SMTP");
    let (adresse, dossier) = service.split_once('=').unwrap();
    let relais = Relais::vers(adresse);
    let smtp = Some(format!("smtp://{}", relais.adresse()));
    let t = TestApp::avec(Options { smtp, ..Options::default() }).await;
    (t, relais, Boite(dossier.into()))
}

/// An address that no other test writes to.
fn adresse() -> String {
    format!("paul.{}@bati-rives.example", Uuid::new_v4().simple())
}

async fn creer(t: &TestApp, email: &str) -> String {
    let demande: CreationCompte = creation(email);
    assert_eq!(t.anonyme().call(&CreerCompte {}, &demande).await.code(), 202);
    let courriel = t.courriels().into_iter().find(|c| c.destinataire == email).unwrap();
    crate::comptes::jeton_de(&courriel)
}

#[tokio::test]
async fn a_confirmation_arrives_with_its_headers_and_its_link() {
    let (t, _relais, boite) = sur_un_relais().await;
    let email = adresse();
    let jeton = creer(&t, &email).await;
    t.travailler().await;
    let recus = boite.contenant(&jeton);
    assert_eq!(recus.len(), 1);
    let recu = &recus[0];
    assert_eq!(recu.entete("To"), email);
    assert_eq!(recu.entete("X-RcptTo"), email);
    assert_eq!(recu.entete("From"), "eGestion <ne-pas-repondre@opco.example>");
    assert_eq!(recu.entete("X-MailFrom"), "ne-pas-repondre@opco.example");
    assert_eq!(recu.entete("Subject"), "Confirmez votre compte eGestion");
    assert_eq!(recu.entete("Content-Type"), "text/plain; charset=utf-8");
    assert!(recu.entete("Message-ID").ends_with("@opco.example>"), "{}", recu.entete("Message-ID"));
    assert!(!recu.entete("Date").is_empty());
    assert!(recu.corps.contains(&format!("\nhttp://localhost:8080/compte/confirmer?jeton={jeton}\n")), "{recu:?}");
    assert!(recu.corps.contains("Le lien vaut 24 heures") && recu.corps.contains("\nConstructys\n"), "{recu:?}");
    // Sent: its text, which holds the link, is forgotten, and nothing sends it again.
    assert!(t.courriels().iter().all(|c| c.corps.is_none()));
    t.avancer(48 * 3600);
    t.travailler().await;
    assert_eq!(boite.contenant(&jeton).len(), 1);
}

#[tokio::test]
async fn a_new_password_and_a_notice_arrive_each_to_its_owner() {
    let (t, _relais, boite) = sur_un_relais().await;
    let oubli = OubliMotDePasse { email: "nadia@bati-rives.example".to_owned() };
    assert_eq!(t.anonyme().call(&OublierMotDePasse {}, &oubli).await.code(), 202);
    let jeton = crate::comptes::jeton_de(&t.courriels()[0]);
    let dossier = t.monde().dossier_a1;
    envoyer(&t.membre(), dossier, "Un texte que nul courriel ne répète").await;
    t.travailler().await;

    let lien = boite.contenant(&format!("/mot-de-passe/nouveau?jeton={jeton}"));
    assert_eq!(lien.iter().map(|r| r.entete("X-RcptTo")).collect::<Vec<_>>(), ["nadia@bati-rives.example"]);
    assert_eq!(lien[0].entete("Subject"), "Votre nouveau mot de passe eGestion");
    let avis = boite.contenant(&dossier.to_string());
    assert_eq!(avis.iter().map(|r| r.entete("X-RcptTo")).collect::<Vec<_>>(), ["gaelle@opco.example"]);
    assert_eq!(avis[0].entete("Subject"), "Nouveau message, dossier 1819006292.01");
    assert!(!avis[0].corps.contains("nul courriel"));
}

#[tokio::test]
async fn a_mail_server_that_is_down_delays_mails_and_loses_none() {
    let (t, relais, boite) = sur_un_relais().await;
    relais.couper();
    let jetons = [creer(&t, &adresse()).await, creer(&t, &adresse()).await];
    t.travailler().await;
    t.avancer(60);
    t.travailler().await;
    assert!(jetons.iter().all(|j| boite.contenant(j).is_empty()));
    relais.retablir();
    // Not at once: the attempts are spaced.
    assert_eq!(t.travailler().await, 0);
    t.avancer(60);
    t.travailler().await;
    for jeton in &jetons {
        assert_eq!(boite.contenant(jeton).len(), 1);
    }
    t.avancer(48 * 3600);
    t.travailler().await;
    assert!(jetons.iter().all(|j| boite.contenant(j).len() == 1));
}

#[tokio::test]
async fn what_was_not_sent_before_a_stop_is_sent_once_after_it() {
    let (t, relais, boite) = sur_un_relais().await;
    let envoye = creer(&t, &adresse()).await;
    t.travailler().await;
    relais.couper();
    let en_attente = creer(&t, &adresse()).await;
    t.travailler().await;
    relais.retablir();
    t.avancer(60);
    let apres = t.redemarrer();
    app::worker::vider(&apres).await.unwrap();
    assert_eq!((boite.contenant(&envoye).len(), boite.contenant(&en_attente).len()), (1, 1));
    // The former process, had it survived, has nothing left to send.
    assert_eq!(t.travailler().await, 0);
}

#[tokio::test]
async fn two_processes_that_send_at_once_send_each_mail_once() {
    let (t, _relais, boite) = sur_un_relais().await;
    let mut jetons = Vec::new();
    for _ in 0..8 {
        jetons.push(creer(&t, &adresse()).await);
    }
    let autre = t.redemarrer();
    let (a, b) = tokio::join!(app::worker::vider(t.app()), app::worker::vider(&autre));
    assert_eq!(a.unwrap() + b.unwrap(), 8);
    assert!(jetons.iter().all(|j| boite.contenant(j).len() == 1));
}

#[tokio::test]
async fn a_refused_recipient_holds_no_other_mail_and_its_address_is_written_nowhere() {
    let (t, _relais, boite) = sur_un_relais().await;
    // The mail server of the tests knows no such mailbox, and says its name in its answer.
    let inconnu = format!("inconnu.{}@bati-rives.example", Uuid::new_v4().simple());
    let refuse = creer(&t, &inconnu).await;
    let jeton = creer(&t, &adresse()).await;
    t.travailler().await;
    assert_eq!((boite.contenant(&refuse).len(), boite.contenant(&jeton).len()), (0, 1));
    let erreurs: Vec<Option<String>> = t.lire(|conn| {
        use diesel::prelude::*;
        db::schema::jobs::table.select(db::schema::jobs::derniere_erreur).load(conn)
    });
    assert_eq!(erreurs, [Some("indisponible : courriel : refusé par le serveur (550)".to_owned())]);
}
