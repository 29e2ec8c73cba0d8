//! What is typed to ask for an account, and what is wrong with it.

use api_types::comptes::{CreationCompte, MotDePasse};
use api_types::problem::FieldError;
use leptos::prelude::*;

use crate::api::ecriture::faute;
use crate::components::numeros::Numeros;
use crate::pages::connexion::faute_email;

/// What is typed.
#[derive(Clone, Copy)]
pub struct Saisie {
    /// The two numbers.
    pub numeros: Numeros,
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
            numeros: Numeros::vides(),
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
        let email = self.email.with_untracked(|e| faute_email(e));
        let mot_de_passe = self.mot_de_passe.with_untracked(|m| {
            domain::mot_de_passe::longueur(m)
                .err()
                .map(|e| faute("/mot_de_passe", crate::pages::connexion::nouveau::dire(e)))
        });
        let information =
            (!self.lu.get_untracked()).then(|| faute("/information", "Lisez l’information, puis cochez la case."));
        let personne = [
            vide(self.prenom, "/prenom", "Saisissez votre prénom."),
            vide(self.nom, "/nom", "Saisissez votre nom."),
            email,
            mot_de_passe,
            information,
        ];
        self.numeros.juger().into_iter().chain(personne.into_iter().flatten()).collect()
    }

    /// What is sent.
    pub fn corps(self) -> CreationCompte {
        let propre = |champ: RwSignal<String>| champ.with_untracked(|v| v.trim().to_owned());
        CreationCompte {
            siret: self.numeros.siret(),
            numero_adherent: self.numeros.adherent(),
            prenom: propre(self.prenom),
            nom: propre(self.nom),
            email: propre(self.email),
            mot_de_passe: MotDePasse(self.mot_de_passe.get_untracked()),
        }
    }
}
