//! A secret, at the only time that it is shown.

use api_types::webhooks::SecretWebhook;
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

use crate::components::alerte::Alerte;
use crate::components::champ::Champ;
use crate::components::icone::Glyphe;
use crate::components::pastille::Ton;
use crate::state::annonces::annoncer;

/// The secret, with what copies it.
#[component]
pub fn Montre(
    /// The secret.
    secret: SecretWebhook,
    /// The dialog it stands in.
    ouvert: RwSignal<bool>,
) -> impl IntoView {
    let champ = NodeRef::<Input>::new();
    let copie = RwSignal::new(false);
    let texte = StoredValue::new(secret.0.clone());
    let copier = move |_| {
        let promesse = window().navigator().clipboard().write_text(&texte.get_value());
        spawn_local(async move {
            if JsFuture::from(promesse).await.is_ok() {
                copie.try_set(true);
                annoncer("Le secret est copié.");
            } else if let Some(champ) = champ.get_untracked() {
                // The browser does not let us: selected, it takes one gesture.
                champ.select();
            }
        });
    };
    view! {
        <div class="dialogue__corps">
            <Alerte ton=Ton::Signal glyphe=Glyphe::Cadenas titre="Copiez ce secret maintenant" apparait=true>
                <p>"Il ne sera plus jamais affiché. Donnez-le à votre logiciel, qui vérifiera avec lui chaque envoi."</p>
            </Alerte>
            <Champ id="webhook-secret" libelle="Secret de signature" let:liens>
                <div class="saisie-groupe">
                    <input
                        class="saisie mono"
                        type="text"
                        id=liens.id
                        node_ref=champ
                        readonly=true
                        autocomplete="off"
                        spellcheck="false"
                        value=secret.0
                        on:focus=move |_| {
                            if let Some(champ) = champ.get_untracked() {
                                champ.select();
                            }
                        }
                    />
                    <button class="btn" type="button" on:click=copier>
                        {move || if copie.get() { "Copié" } else { "Copier" }}
                        <span class="vh">" le secret"</span>
                    </button>
                </div>
            </Champ>
        </div>
        <div class="dialogue__pied">
            <button class="btn btn--plein" type="button" on:click=move |_| ouvert.set(false)>
                "J’ai copié le secret"
            </button>
        </div>
    }
}
