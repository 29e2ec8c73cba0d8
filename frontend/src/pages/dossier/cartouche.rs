//! The title block that opens every dossier.

use api_types::dossiers::Dossier;
use domain::dossier::Vue;
use leptos::prelude::*;

use super::Ici;
use super::cote::Cote;
use crate::components::etat::PastilleEtat;
use crate::format;
use crate::state::organisme::lien_tel;

/// The title, the numbers, the state and the steps of the dossier.
#[component]
pub fn Cartouche() -> impl IntoView {
    let ici = Ici::courant();
    view! {
        <header class="cartouche">
            {move || ici.dossier.with(|d| tete(d, ici.membre()))}
            <div class="cartouche__pied"><Cote/></div>
        </header>
    }
}

fn tete(d: &Dossier, membre: bool) -> impl IntoView + use<> {
    let vue = match d.etat.vue() {
        Vue::EnCours => "en cours",
        Vue::Historique => "historique",
    };
    let periode = if d.date_debut == d.date_fin {
        format!("Le {}", format::date(d.date_debut))
    } else {
        format!("Du {} au {}", format::date(d.date_debut), format::date(d.date_fin))
    };
    // « Pièces attendues » is the member's business: the OPCO's side reads the état itself.
    let attente = if membre { d.attente } else { api_types::dossiers::Attente::Personne };
    view! {
        <div class="cartouche__tete">
            <h1>{d.intitule.clone()}</h1>
            <p class="rang">
                <span class="etiquette">"État\u{a0}: "{vue}</span>
                <PastilleEtat etat=d.etat attente/>
            </p>
        </div>
        <dl class="cartouche__cases">
            {case("N°\u{a0}de dossier", "num", d.numero.clone())}
            {case("N°\u{a0}de demande", "num", d.demande.clone())}
            {case("Dispositif", "", d.dispositif.clone())}
            {case("Période", "num", periode)}
            {case("Organisme de formation", "", d.organisme.clone())}
            {(!membre).then(|| case("Adhérent", "", d.adherent.clone()))}
            {case("Établissement", "", d.etablissement.clone())}
            {case("Gestionnaire", "", gestionnaire(d))}
        </dl>
    }
}

fn gestionnaire(d: &Dossier) -> impl IntoView + use<> {
    let contact = d.gestionnaire.clone().map(|c| {
        let telephone = (!c.telephone.is_empty()).then(|| {
            view! { " "<a class="meta sans-retour" href=lien_tel(&c.telephone)>{c.telephone.clone()}</a> }
        });
        view! { {c.nom}{telephone} }
    });
    if contact.is_none() { "Pas encore désigné".into_any() } else { contact.into_any() }
}

fn case(nom: &'static str, classe: &'static str, valeur: impl IntoView + 'static) -> impl IntoView {
    view! { <div><dt>{nom}</dt><dd class=classe>{valeur}</dd></div> }
}
