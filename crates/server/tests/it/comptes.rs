//! Accounts, sessions, passwords.

mod a_la_fois;
mod creer;
mod identite;
mod mot_de_passe;
mod origine;
mod oubli_des_donnees;
mod securite;
mod session;
mod sessions;
mod tentatives;

use api_types::comptes::{Connexion, CreationCompte, MotDePasse};
use api_types::endpoint::OuvrirSession;
use test_support::{Client, Courriel, MOT_DE_PASSE, Reponse, TestApp, siret};

/// A request for an account with the two numbers of company A's first établissement.
pub(crate) fn creation(email: &str) -> CreationCompte {
    CreationCompte {
        siret: siret(1, 1),
        numero_adherent: "0012345".to_owned(),
        prenom: "Paul".to_owned(),
        nom: "Kermadec".to_owned(),
        email: email.to_owned(),
        mot_de_passe: MotDePasse(MOT_DE_PASSE.to_owned()),
    }
}

pub(crate) async fn connecter(client: &Client, email: &str, mot_de_passe: &str) -> Reponse {
    let corps = Connexion { email: email.to_owned(), mot_de_passe: MotDePasse(mot_de_passe.to_owned()) };
    client.call(&OuvrirSession {}, &corps).await
}

/// The mails to an address, the earliest first.
pub(crate) fn courriels_a(t: &TestApp, email: &str) -> Vec<Courriel> {
    t.courriels().into_iter().filter(|c| c.destinataire == email).collect()
}

/// The token of a link.
pub(crate) fn jeton_de(courriel: &Courriel) -> String {
    let corps = courriel.corps.as_deref().unwrap();
    let (_, suite) = corps.split_once("?jeton=").unwrap();
    suite.split_whitespace().next().unwrap().to_owned()
}

/// All that an answer shows, but the time of day.
pub(crate) fn vue(reponse: &Reponse) -> (u16, Vec<(String, String)>, Vec<u8>) {
    let mut entetes: Vec<(String, String)> = reponse
        .entetes
        .iter()
        .filter(|(nom, _)| *nom != "date")
        .map(|(nom, valeur)| (nom.to_string(), valeur.to_str().unwrap().to_owned()))
        .collect();
    entetes.sort();
    (reponse.code(), entetes, reponse.corps.to_vec())
}
