//! The four states of what is read: on its way, missing, empty, there.

use std::time::Duration;

use leptos::prelude::*;

use super::alerte::AlerteEchec;
use crate::api::lecture::Lecture;
use crate::state::annonces::annoncer;
use crate::state::page::reprendre;

/// Shows what is read. The children are drawn once, with a signal that follows the data: a reload changes what
/// differs and nothing else. While a reload fails, the failure stands above the last good data.
///
/// An empty list is data: the children say what is empty, and what to do first.
#[component]
pub fn Chargement<T, F, V>(
    /// What is read.
    lecture: Lecture<T>,
    /// Its name, announced when it takes long: « les dossiers ».
    quoi: &'static str,
    /// What is drawn meanwhile, in the shape of what comes; a few lines by default.
    #[prop(optional, into)]
    attente: Option<ViewFn>,
    /// Draws the data.
    children: F,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    F: Fn(Signal<T>) -> V + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let la = Memo::new(move |_| lecture.donnee().with(Option::is_some));
    annoncer_si_long(lecture, quoi);
    view! {
        <AlerteEchec echec=lecture.echec() reprise=true reessayer=move |()| {
            lecture.reessayer();
            reprendre();
        }/>
        {move || {
            if la.get() {
                donnee(lecture).map(|signal| untrack(|| children(signal)).into_any())
            } else if lecture.echec().with(Option::is_some) {
                None
            } else {
                Some(
                    view! {
                        <div class="pile" aria-busy="true" aria-hidden="true">
                            {match &attente {
                                Some(attente) => attente.run(),
                                None => view! { <Os lignes=4/> }.into_any(),
                            }}
                        </div>
                    }
                        .into_any(),
                )
            }
        }}
    }
}

/// The data as a signal that always has a value.
fn donnee<T: Clone + PartialEq + Send + Sync + 'static>(lecture: Lecture<T>) -> Option<Signal<T>> {
    let premiere = lecture.donnee().get_untracked()?;
    let montree = RwSignal::new(premiere);
    Effect::new(move |_| {
        lecture.donnee().with(|nouvelle| {
            if let Some(nouvelle) = nouvelle
                && montree.with_untracked(|m| m != nouvelle)
            {
                montree.set(nouvelle.clone());
            }
        });
    });
    Some(montree.into())
}

/// Says that it is loading, once, if it lasts more than a second.
fn annoncer_si_long<T: Clone + Send + Sync + 'static>(lecture: Lecture<T>, quoi: &'static str) {
    // Taken now: once the page is gone, it can no longer be asked for.
    let en_cours = lecture.en_cours();
    let poignee = set_timeout_with_handle(
        move || {
            if en_cours.try_get_untracked() == Some(true) {
                annoncer(&format!("Chargement\u{a0}: {quoi}."));
            }
        },
        Duration::from_secs(1),
    );
    if let Ok(poignee) = poignee {
        on_cleanup(move || poignee.clear());
    }
}

/// Lines that stand for text on its way.
#[component]
pub fn Os(
    /// How many.
    lignes: usize,
) -> impl IntoView {
    (0..lignes).map(|n| view! { <span class=format!("os os--{}", n % 4)></span> }).collect_view()
}
