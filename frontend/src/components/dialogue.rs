//! Native dialogs: the browser keeps the focus inside, closes on Escape, and gives the focus back.

use leptos::html;
use leptos::prelude::*;

use super::icone::{Glyphe, Icone};
use crate::state::annonces::RegionDuDialogue;

/// A dialog, shown while `ouvert`.
#[component]
pub fn Dialogue(
    /// The dialog's identifier, unique in the page.
    id: &'static str,
    /// Whether it is shown; it becomes `false` when the person closes it.
    ouvert: RwSignal<bool>,
    /// Its title.
    #[prop(into)]
    titre: Signal<String>,
    /// Its content, drawn anew each time that it opens.
    children: ChildrenFn,
) -> impl IntoView {
    let dialogue = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let montre = ouvert.get();
        if let Some(dialogue) = dialogue.get()
            && dialogue.open() != montre
        {
            if montre {
                // Fails only when it is open already.
                let _ = dialogue.show_modal();
            } else {
                dialogue.close();
            }
        }
    });
    view! {
        <dialog class="dialogue" node_ref=dialogue aria-labelledby=format!("{id}-titre") on:close=move |_| ouvert.set(false)>
            <Show when=move || ouvert.get()>
                <div class="dialogue__tete">
                    <h2 id=format!("{id}-titre")>{titre}</h2>
                    <button
                        class="btn btn--nu btn--icone"
                        type="button"
                        aria-label="Fermer"
                        on:click=move |_| ouvert.set(false)
                    >
                        <Icone glyphe=Glyphe::Croix/>
                    </button>
                </div>
                {children()}
            </Show>
            <RegionDuDialogue/>
        </dialog>
    }
}
