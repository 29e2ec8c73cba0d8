//! Boxes of which none, some or all are ticked.

use leptos::prelude::*;

use super::icone::{Glyphe, Icone};

/// A group of boxes.
#[component]
pub fn Cases<T>(
    /// The group's identifier, unique in the page.
    id: &'static str,
    /// What is chosen.
    legende: &'static str,
    /// A word of help, always visible.
    aide: &'static str,
    /// Each choice, its name, and what its name does not say.
    choix: Vec<(T, String, Option<&'static str>)>,
    /// Those that are ticked.
    choisis: RwSignal<Vec<T>>,
    /// What is wrong and how to put it right.
    #[prop(into)]
    erreur: Signal<Option<String>>,
) -> impl IntoView
where
    T: Clone + Copy + PartialEq + Send + Sync + 'static,
{
    let decrit = move || {
        let faute = if erreur.with(Option::is_some) { format!(" {id}-erreur") } else { String::new() };
        format!("{id}-aide{faute}")
    };
    let cases = choix.into_iter().enumerate().map(|(rang, (valeur, nom, precision))| {
        let cochee = move || choisis.with(|c| c.contains(&valeur));
        let changer = move |_| {
            choisis.update(|c| match c.iter().position(|v| *v == valeur) {
                Some(rang) => {
                    c.remove(rang);
                }
                None => c.push(valeur),
            });
        };
        // The first takes the focus when the group is at fault.
        let invalide = move || (rang == 0 && erreur.with(Option::is_some)).then_some("true");
        view! {
            <label class="case">
                <input type="checkbox" prop:checked=cochee aria-invalid=invalide on:change=changer/>
                <span>{nom}{precision.map(|p| view! { " "<span class="mono meta">{p}</span> })}</span>
            </label>
        }
    });
    view! {
        <fieldset class="cases" class:champ--erreur=move || erreur.with(Option::is_some) aria-describedby=decrit>
            <legend>{legende}</legend>
            <p class="aide" id=format!("{id}-aide")>{aide}</p>
            {move || {
                erreur
                    .get()
                    .map(|e| {
                        view! {
                            <p class="champ__erreur" id=format!("{id}-erreur")>
                                <Icone glyphe=Glyphe::Alerte classe="icone--s"/>
                                <span><span class="vh">"Erreur\u{a0}: "</span>{e}</span>
                            </p>
                        }
                    })
            }}
            {cases.collect_view()}
        </fieldset>
    }
}
