//! The two numbers by which somebody joins an établissement: its SIRET, and the company's at the OPCO.

use api_types::problem::FieldError;
use leptos::prelude::*;

use super::champ::ChampTexte;
use crate::api::ecriture::{Fautes, faute};
use crate::model::siret::faute_siret;

/// What is typed.
#[derive(Clone, Copy)]
pub struct Numeros {
    siret: RwSignal<String>,
    adherent: RwSignal<String>,
}

impl Numeros {
    /// Nothing typed yet.
    pub fn vides() -> Self {
        Self { siret: RwSignal::new(String::new()), adherent: RwSignal::new(String::new()) }
    }

    /// What is wrong, in the order of the fields.
    pub fn juger(self) -> Vec<FieldError> {
        let siret = self.siret.with_untracked(|s| faute_siret(s)).map(|detail| faute("/siret", detail));
        let adherent = self
            .adherent
            .with_untracked(|n| n.trim().is_empty())
            .then(|| faute("/numero_adherent", "Saisissez le numéro d’adhérent de votre entreprise."));
        siret.into_iter().chain(adherent).collect()
    }

    /// The SIRET to send.
    pub fn siret(self) -> String {
        self.siret.with_untracked(|s| s.trim().to_owned())
    }

    /// The numéro d’adhérent to send.
    pub fn adherent(self) -> String {
        self.adherent.with_untracked(|n| n.trim().to_owned())
    }
}

/// The fields of the two numbers.
#[component]
pub fn ChampsNumeros(
    /// What is typed.
    numeros: Numeros,
    /// The faults of the form.
    fautes: Fautes,
) -> impl IntoView {
    let Numeros { siret, adherent } = numeros;
    // Told as soon as the field is left: the mistake is still in sight.
    let quitte = RwSignal::new(false);
    let locale = Memo::new(move |_| {
        (quitte.get() && siret.with(|s| !s.trim().is_empty())).then(|| siret.with(|s| faute_siret(s))).flatten()
    });
    let du_formulaire = fautes.de("/siret");
    let erreur = Signal::derive(move || locale.get().or_else(|| du_formulaire.get()));
    view! {
        <ChampTexte
            id="siret"
            libelle="SIRET de votre établissement"
            aide="14\u{a0}chiffres, par exemple 998\u{202f}530\u{202f}117\u{202f}00014"
            valeur=siret
            clavier="numeric"
            obligatoire=true
            longueur=20
            erreur
            quitte=move |()| quitte.set(true)
        />
        <ChampTexte
            id="numero-adherent"
            libelle="Numéro d’adhérent"
            aide="Il figure en haut de votre bordereau de collecte."
            valeur=adherent
            obligatoire=true
            erreur=fautes.de("/numero_adherent")
        />
    }
}
