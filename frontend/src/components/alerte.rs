//! Messages of the page: what happened and what to do.

use leptos::prelude::*;

use super::icone::{Glyphe, Icone};
use super::pastille::Ton;
use crate::api::echec::Echec;
use crate::problemes::{Phrase, phrase};
use crate::state::reseau::{Duree, Reseau};

/// A message of the page.
#[component]
pub fn Alerte(
    /// Its tone; `Non` interrupts a screen reader.
    #[prop(optional)]
    ton: Ton,
    /// Its icon.
    #[prop(default = Glyphe::Info)]
    glyphe: Glyphe,
    /// What happened.
    #[prop(into)]
    titre: String,
    /// Whether it appears after the page was drawn, so that it must be read out.
    #[prop(optional)]
    apparait: bool,
    /// What to do.
    children: Children,
) -> impl IntoView {
    let role = match ton {
        Ton::Non => Some("alert"),
        _ if apparait => Some("status"),
        _ => None,
    };
    view! {
        <div class=ton.classe("alerte") role=role>
            <Icone glyphe/>
            <div><p><b>{titre}</b></p>{children()}</div>
        </div>
    }
}

/// A failure, in words, with « Réessayer » when that can help. A network that is cut is told by one alert of the page.
#[component]
pub fn AlerteEchec(
    /// The failure; nothing is shown without one.
    #[prop(into)]
    echec: Signal<Option<Echec>>,
    /// What « Réessayer » does.
    #[prop(optional, into)]
    reessayer: Option<Callback<()>>,
) -> impl IntoView {
    let duree = if reessayer.is_some() { Duree::Reussite } else { Duree::Coupure };
    let seule = Reseau::courant().alerte(echec, duree);
    move || {
        echec.get().filter(|e| *e != Echec::Reseau || seule.get()).map(|echec| {
            let Phrase { titre, suite, reference } = phrase(&echec);
            let passagere = echec.passager();
            view! {
                <Alerte ton=Ton::Non glyphe=Glyphe::Alerte titre>
                    <p>{suite}</p>
                    {reference.map(|r| view! { <p class="meta">"Référence\u{a0}: "<span class="mono">{r}</span></p> })}
                    {reessayer
                        .filter(|_| passagere)
                        .map(|reessayer| {
                            view! {
                                <p class="alerte__actions">
                                    <button class="btn btn--petit" type="button" on:click=move |_| reessayer.run(())>
                                        <Icone glyphe=Glyphe::Reprise classe="icone--s"/>
                                        "Réessayer"
                                    </button>
                                </p>
                            }
                        })}
                </Alerte>
            }
        })
    }
}
