//! The sandbox: invented companies, acts that are forced, faults, a clock that is moved.

mod droits;
mod entreprise;
mod etat;
mod horloge;
mod mode;
mod opco;
mod pannes;

use api_types::bac_a_sable::{
    ChangerEtat, CreerEntreprise, EntrepriseFictive, EtatsPasses, PassageEtat, PersonneFictive, SaisieEntreprise, Voie,
};
use api_types::comptes::Connexion;
use api_types::endpoint::OuvrirSession;
use domain::dossier::Etat;
use domain::mode::Mode;
use test_support::{Client, Options, Reponse, TestApp};
use uuid::Uuid;

/// An empty sandbox.
async fn bac() -> TestApp {
    TestApp::avec(Options { mode: Mode::BacASable, ..Options::default() }).await
}

/// A company with a dossier in each état.
async fn entreprise(t: &TestApp) -> EntrepriseFictive {
    t.anonyme().ok(&CreerEntreprise {}, &SaisieEntreprise::default()).await
}

/// Somebody of an invented company, signed in by the password that was told.
async fn connecter(t: &TestApp, personne: &PersonneFictive) -> Client {
    let client = t.anonyme();
    let connexion = Connexion { email: personne.email.clone(), mot_de_passe: personne.mot_de_passe.clone() };
    client.ok(&OuvrirSession {}, &connexion).await;
    client
}

/// The dossier of a company that stands in `etat`.
fn dossier(entreprise: &EntrepriseFictive, etat: Etat) -> Uuid {
    entreprise.dossiers.iter().find(|d| d.etat == etat).unwrap().id
}

fn passage(etat: Etat, voie: Voie) -> PassageEtat {
    PassageEtat { etat, voie, motif: None }
}

async fn mener(client: &Client, dossier_id: Uuid, etat: Etat, voie: Voie) -> Reponse {
    client.call(&ChangerEtat { dossier_id }, &passage(etat, voie)).await
}

fn passes(reponse: &Reponse) -> Vec<Etat> {
    assert_eq!(reponse.code(), 200, "{}", reponse.texte());
    reponse.lire::<EtatsPasses>().elements.into_iter().map(|e| e.etat).collect()
}
