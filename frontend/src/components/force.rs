//! The strength of a password while it is typed: five bars and a word.

use std::time::Duration;

use api_types::comptes::{EvaluationMotDePasse, ForceMotDePasse, MotDePasse};
use api_types::endpoint::EvaluerMotDePasse;
use domain::mot_de_passe::LONGUEUR_MIN;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::http;
use crate::format;

/// How long the person must stop typing before the server is asked.
const REPOS: Duration = Duration::from_millis(400);

/// What is known of a password.
#[derive(Debug, Clone, PartialEq)]
enum Avis {
    Rien,
    TropCourt(usize),
    Juge(ForceMotDePasse),
}

/// The gauge under a new password.
#[component]
pub fn Force(
    /// What is typed.
    mot_de_passe: RwSignal<String>,
) -> impl IntoView {
    let avis = RwSignal::new(Avis::Rien);
    let tour = StoredValue::new(0_u32);
    Effect::new(move |_| {
        let longueur = mot_de_passe.with(|m| m.chars().count());
        tour.update_value(|t| *t = t.wrapping_add(1));
        if longueur < LONGUEUR_MIN {
            avis.set(if longueur == 0 { Avis::Rien } else { Avis::TropCourt(LONGUEUR_MIN - longueur) });
        } else {
            let mien = tour.get_value();
            set_timeout(move || juger(mot_de_passe, avis, tour, mien), REPOS);
        }
    });
    let barres = move || match avis.get() {
        Avis::Rien => 0,
        Avis::TropCourt(_) => 1,
        Avis::Juge(force) => usize::from(force.score.min(4)) + 1,
    };
    view! {
        <div class="jauge" aria-hidden="true">
            {(0..5).map(|rang| view! { <i class:on=move || { rang < barres() }></i> }).collect_view()}
        </div>
        <p class="aide" role="status">
            {move || match avis.get() {
                Avis::Rien => None,
                Avis::TropCourt(reste) => {
                    let reste = i64::try_from(reste).unwrap_or(i64::MAX);
                    Some(view! { {format!("Encore {}.", format::pluriel(reste, "caractère", "caractères"))} }.into_any())
                }
                Avis::Juge(force) => Some(view! { <Verdict force/> }.into_any()),
            }}
            " Une phrase de quatre mots suffit, les espaces comptent."
        </p>
    }
}

#[component]
fn Verdict(force: ForceMotDePasse) -> impl IntoView {
    let mot = match force.score {
        0 | 1 => "Se devine tout de suite.",
        2 => "Se devine encore.",
        3 => "Solide.",
        _ => "Très solide.",
    };
    view! { <b class=if force.accepte { "texte-ok" } else { "texte-non" }>{mot}</b> }
}

/// Asks the server, unless more was typed since.
fn juger(mot_de_passe: RwSignal<String>, avis: RwSignal<Avis>, tour: StoredValue<u32>, mien: u32) {
    let actuel = move || tour.try_get_value() == Some(mien);
    let Some(texte) = mot_de_passe.try_get_untracked().filter(|_| actuel()) else { return };
    spawn_local(async move {
        let corps = EvaluationMotDePasse { mot_de_passe: MotDePasse(texte) };
        let reponse = http::call(&EvaluerMotDePasse {}, &corps).await;
        if actuel() {
            // Without an answer nothing is said: the server judges again when the form is sent.
            avis.set(reponse.map_or(Avis::Rien, Avis::Juge));
        }
    });
}
