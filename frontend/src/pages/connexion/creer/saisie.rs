//! What is typed to ask for an account, and what is wrong with it.

use api_types::comptes::{CreationCompte, MotDePasse};
use api_types::problem::FieldError;
use leptos::prelude::*;

use crate::api::ecriture::faute;
use crate::model::siret::faute_siret;
use crate::pages::connexion::faute_email;

/// What is typed.
#[derive(Clone, Copy)]
pub struct Saisie {
    /// The SIRET.
    pub siret: RwSignal<String>,
    /// The numéro d’adhérent.
    pub numero: RwSignal<String>,
    /// First name.
    pub prenom: RwSignal<String>,
    /// Last name.
    pub nom: RwSignal<String>,
    /// Address.
    pub email: RwSignal<String>,
    /// Password.
    pub mot_de_passe: RwSignal<String>,
    /// Whether the information was read.
    pub lu: RwSignal<bool>,
}

impl Saisie {
    /// Nothing typed yet.
    pub fn vide() -> Self {
        let vide = || RwSignal::new(String::new());
        Self {
            siret: vide(),
            numero: vide(),
            prenom: vide(),
            nom: vide(),
            email: vide(),
            mot_de_passe: vide(),
            lu: RwSignal::new(false),
        }
    }

    /// What is wrong, in the order of the fields.
    pub fn juger(self) -> Vec<FieldError> {
        let vide = |champ: RwSignal<String>, pointeur: &str, detail: &str| {
            champ.with_untracked(|v| v.trim().is_empty()).then(|| faute(pointeur, detail))
        };
        let siret = self.siret.with_untracked(|s| faute_siret(s)).map(|detail| faute("/siret", detail));
        let email = self.email.with_untracked(|e| faute_email(e));
        let mot_de_passe = self.mot_de_passe.with_untracked(|m| {
            domain::mot_de_passe::longueur(m)
                .err()
                .map(|e| faute("/mot_de_passe", crate::pages::connexion::nouveau::dire(e)))
        });
        let information =
            (!self.lu.get_untracked()).then(|| faute("/information", "Lisez l’information, puis cochez la case."));
        [
            siret,
            vide(self.numero, "/numero_adherent", "Saisissez le numéro d’adhérent de votre entreprise."),
            vide(self.prenom, "/prenom", "Saisissez votre prénom."),
            vide(self.nom, "/nom", "Saisissez votre nom."),
            email,
            mot_de_passe,
            information,
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// What is sent.
    pub fn corps(self) -> CreationCompte {
        let propre = |champ: RwSignal<String>| champ.with_untracked(|v| v.trim().to_owned());
        CreationCompte {
            siret: propre(self.siret),
            numero_adherent: propre(self.numero),
            prenom: propre(self.prenom),
            nom: propre(self.nom),
            email: propre(self.email),
            mot_de_passe: MotDePasse(self.mot_de_passe.get_untracked()),
        }
    }
}
