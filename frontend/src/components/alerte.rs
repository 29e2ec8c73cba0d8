//! Messages of the page: what happened and what to do.

use leptos::html;
use leptos::prelude::*;
use web_sys::Element;

use super::icone::{Glyphe, Icone};
use super::pastille::Ton;
use crate::api::echec::Echec;
use crate::problemes::{Phrase, phrase, phrase_reprise};
use crate::state::page::{bientot, reprendre_si_perdu};
use crate::state::reseau::Reseau;

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
    titre: Signal<String>,
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
            <div><p><b>{move || titre.get()}</b></p>{children()}</div>
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
    /// Whether it is tried again by itself when the network is back.
    #[prop(optional)]
    reprise: bool,
) -> impl IntoView {
    let reseau = Reseau::courant();
    let seule = reseau.alerte(echec, reprise);
    let bouton = NodeRef::<html::Button>::new();
    move || {
        echec.get().filter(|e| *e != Echec::Reseau || seule.get()).map(|echec| {
            let Phrase { titre, suite, reference } = if reprise { phrase_reprise(&echec) } else { phrase(&echec) };
            let (passagere, coupure) = (echec.passager(), echec == Echec::Reseau);
            // It stays once the network is back: what failed is still to be tried again.
            let titre = Signal::derive(move || {
                if coupure && !reseau.coupe() { "La connexion a été coupée".to_owned() } else { titre.clone() }
            });
            // It goes as soon as the act is tried again, by the person or by itself, and the focus with it.
            on_cleanup(move || garder_le_focus(bouton));
            view! {
                <Alerte ton=Ton::Non glyphe=Glyphe::Alerte titre>
                    <p>{suite}</p>
                    {reference.map(|r| view! { <p class="meta">"Référence\u{a0}: "<span class="mono">{r}</span></p> })}
                    {reessayer
                        .filter(|_| passagere)
                        .map(|reessayer| {
                            view! {
                                <p class="alerte__actions">
                                    <button
                                        class="btn btn--petit"
                                        type="button"
                                        node_ref=bouton
                                        on:click=move |_| reessayer.run(())
                                    >
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

/// Forgets an act that the network cut, once there is nothing left to try again.
pub fn oublier_la_coupure(echec: RwSignal<Option<Echec>>, fini: impl Fn() -> bool + 'static) {
    Effect::new(move |_| {
        if fini() && echec.with(|e| *e == Some(Echec::Reseau)) {
            echec.set(None);
        }
    });
}

/// Gives the focus back to the page when the button that has it is about to go.
fn garder_le_focus(bouton: NodeRef<html::Button>) {
    let actif = document().active_element();
    if actif.is_some() && bouton.try_get_untracked().flatten().map(|b| -> Element { (*b).clone().into() }) == actif {
        bientot(reprendre_si_perdu);
    }
}
