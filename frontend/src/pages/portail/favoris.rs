//! « Mes outils favoris », and the choice of them.

use api_types::endpoint::ChoisirFavoris;
use api_types::portail::{Favoris as Choix, Outil, Portail};
use domain::code::Code;
use leptos::prelude::*;

use super::aspect;
use crate::api::ecriture::ecrire;
use crate::api::http;
use crate::api::lecture::Lecture;
use crate::components::alerte::AlerteEchec;
use crate::components::bouton::Envoyer;
use crate::components::icone::{Glyphe, Icone};
use crate::components::vide::Vide;
use crate::format;
use crate::state::annonces::annoncer;
use crate::state::page;

/// The favourite tools.
#[component]
pub fn Favoris(lecture: Lecture<Portail>, portail: Signal<Portail>) -> impl IntoView {
    let ouvert = RwSignal::new(false);
    let favoris = Memo::new(move |_| portail.with(|p| p.favoris.clone()));
    view! {
        <section class="pile" aria-labelledby="titre-favoris">
            <div class="rang rang--entre">
                <h2 id="titre-favoris">"Mes outils favoris"</h2>
                <button
                    class="btn btn--petit"
                    type="button"
                    id="gerer-favoris"
                    aria-expanded=move || ouvert.get().to_string()
                    aria-controls="favoris"
                    on:click=move |_| ouvert.update(|o| *o = !*o)
                >
                    <Icone glyphe=Glyphe::Etoile classe="icone--s"/>
                    "Gérer mes favoris"
                </button>
            </div>
            {move || {
                let favoris = favoris.get();
                if favoris.is_empty() {
                    view! {
                        <Vide titre="Aucun outil favori">
                            <p>"Choisissez ceux que vous ouvrez souvent avec «\u{a0}Gérer mes favoris\u{a0}»."</p>
                        </Vide>
                    }
                        .into_any()
                } else {
                    view! { <ul class="outils">{favoris.into_iter().map(carte).collect_view()}</ul> }.into_any()
                }
            }}
            <div id="favoris">
                <Show when=move || ouvert.get()>
                    <Gerer lecture favoris ouvert/>
                </Show>
            </div>
        </section>
    }
}

fn carte(outil: Outil) -> impl IntoView {
    let (glyphe, nom, description, route) = aspect(outil);
    let classe = if outil == Outil::Egestion { "btn btn--plein" } else { "btn" };
    view! {
        <li class="feuille outil">
            <Icone glyphe classe="icone--l"/>
            <h3>{nom}</h3>
            <p class="meta">{description}</p>
            <a class=classe href=route.href()>"Accéder à l’outil"<span class="vh">" "{nom}</span></a>
        </li>
    }
}

#[component]
fn Gerer(lecture: Lecture<Portail>, favoris: Memo<Vec<Outil>>, ouvert: RwSignal<bool>) -> impl IntoView {
    let choisis = RwSignal::new(favoris.get_untracked());
    let fermer = move || {
        ouvert.set(false);
        page::bientot(|| page::viser("gerer-favoris"));
    };
    let choix = ecrire(move |outils: Vec<Outil>| async move {
        let gardes = http::call(&ChoisirFavoris {}, &Choix { outils }).await?;
        lecture.modifier(|p| p.favoris = gardes.outils);
        annoncer("Vos favoris sont enregistrés.");
        fermer();
        Ok(())
    });
    let envoyer = move |e: web_sys::SubmitEvent| {
        e.prevent_default();
        choix.envoyer(choisis.get_untracked());
    };
    let compte = move || {
        let n = i64::try_from(choisis.with(Vec::len)).unwrap_or(0);
        format!("{} sur {}", format::pluriel(n, "choisi", "choisis"), Outil::TOUS.len())
    };
    view! {
        <form class="feuille" aria-labelledby="titre-gerer" on:submit=envoyer>
            <div class="feuille__tete">
                <h3 id="titre-gerer">"Choisir mes favoris"</h3>
                <span class="meta">{compte}</span>
            </div>
            <div class="feuille__corps pile">
                <AlerteEchec echec=choix.echec()/>
                <div class="rang favoris">
                    {Outil::TOUS
                        .iter()
                        .map(|&outil| {
                            view! {
                                <label class="case">
                                    <input
                                        type="checkbox"
                                        prop:checked=move || choisis.with(|c| c.contains(&outil))
                                        on:change=move |_| choisis.update(|c| basculer(c, outil))
                                    />
                                    <span>{aspect(outil).1}</span>
                                </label>
                            }
                        })
                        .collect_view()}
                    <span class="rang droite">
                        <button class="btn btn--petit btn--nu" type="button" on:click=move |_| fermer()>
                            "Annuler"
                        </button>
                        <Envoyer
                            libelle="Enregistrer"
                            en_envoi="Enregistrement…"
                            en_cours=choix.en_cours()
                            classe="btn--petit"
                        />
                    </span>
                </div>
            </div>
        </form>
    }
}

/// Adds at the end, or removes; the others keep their order.
fn basculer(choisis: &mut Vec<Outil>, outil: Outil) {
    if choisis.contains(&outil) {
        choisis.retain(|o| *o != outil);
    } else {
        choisis.push(outil);
    }
}
