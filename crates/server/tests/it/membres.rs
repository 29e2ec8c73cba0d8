//! The people of a company: their roles, their invitations, joining.

mod a_la_fois;
mod inviter;
mod rattacher;
mod regler;

use api_types::comptes::MotDePasse;
use api_types::endpoint::{InviterMembre, LireMembre, ListerMembres, ReglerMembre};
use api_types::membres::{
    AcceptationInvitation, CompteInvite, DroitMembre, Invitation, Membre, Membres, NouvelleInvitation, PageMembres,
    ReglageMembre,
};
use domain::RoleMembre;
use domain::ids::{EtablissementId, UtilisateurId};
use test_support::{Client, MOT_DE_PASSE, Reponse, TestApp};

pub fn droit(etablissement: EtablissementId, role: RoleMembre) -> DroitMembre {
    DroitMembre { etablissement_id: etablissement.uuid(), role }
}

pub fn invitation(email: &str, rattachements: Vec<DroitMembre>) -> NouvelleInvitation {
    NouvelleInvitation { email: email.to_owned(), rattachements }
}

/// An invitation of company A.
pub async fn inviter(t: &TestApp, email: &str, rattachements: Vec<DroitMembre>) -> Invitation {
    let op = InviterMembre { adherent_id: t.monde().adherent_a.uuid() };
    t.administrateur().ok(&op, &invitation(email, rattachements)).await
}

/// An acceptance that makes an account.
pub fn acceptation(jeton: &str) -> AcceptationInvitation {
    let compte = CompteInvite {
        prenom: "Paul".to_owned(),
        nom: "Kermadec".to_owned(),
        mot_de_passe: MotDePasse(MOT_DE_PASSE.to_owned()),
    };
    AcceptationInvitation { jeton: jeton.to_owned(), compte: Some(compte) }
}

/// The members of company A, as somebody sees them.
async fn membres(t: &TestApp, client: &Client) -> Membres {
    let op = ListerMembres { adherent_id: t.monde().adherent_a.uuid(), query: PageMembres::default() };
    client.ok(&op, &()).await
}

fn sur(t: &TestApp, membre: UtilisateurId) -> (ReglerMembre, LireMembre) {
    let (adherent_id, membre_id) = (t.monde().adherent_a.uuid(), membre.uuid());
    (ReglerMembre { adherent_id, membre_id }, LireMembre { adherent_id, membre_id })
}

/// Sets what a member of company A may do, as it is now.
async fn regler(t: &TestApp, client: &Client, membre: UtilisateurId, droits: Vec<DroitMembre>) -> Reponse {
    let (regler, lire) = sur(t, membre);
    let lu: Membre = client.ok(&lire, &()).await;
    client.changer(&regler, &lu.etag, &ReglageMembre { rattachements: droits }).await
}
