//! The latest unread messages.

use api_types::messages::MessageResume;
use leptos::prelude::*;

use crate::components::ligne_message::LigneMessage;
use crate::routes::Route;

/// Unread messages, or the guide's words when there is none.
#[component]
pub fn NonLus(messages: Signal<Vec<MessageResume>>) -> impl IntoView {
    view! {
        <section class="feuille" aria-labelledby="titre-non-lus">
            <div class="feuille__tete">
                <h2 id="titre-non-lus">"Messages non lus"</h2>
                <a class="meta lien" href=Route::Messagerie.href()>"Toute la messagerie"</a>
            </div>
            {move || {
                let messages = messages.get();
                if messages.is_empty() {
                    view! { <p class="feuille__corps">"Vous n’avez pas de nouveaux messages."</p> }.into_any()
                } else {
                    let lignes = messages
                        .into_iter()
                        .map(|m| {
                            let href = Route::Message { dossier: m.dossier_id, message: m.id }.href();
                            view! { <LigneMessage message=Signal::stored(m) href/> }
                        })
                        .collect_view();
                    view! { <ul class="boite__liste boite__liste--nue">{lignes}</ul> }.into_any()
                }
            }}
            <p class="feuille__pied meta">
                "Un message lu ne disparaît pas\u{a0}: il reste dans la messagerie et dans son dossier."
            </p>
        </section>
    }
}
