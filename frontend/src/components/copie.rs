//! Texts that are to be copied.

use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

use super::alerte::Alerte;
use super::champ::Champ;
use super::icone::Glyphe;
use super::pastille::Ton;
use crate::state::annonces::annoncer;

/// A text that cannot be changed, with what copies it.
#[component]
pub fn ChampCopie(
    /// The field's identifier, unique in the page.
    id: &'static str,
    /// Its label.
    libelle: &'static str,
    /// What is copied, for who does not see the field: « le secret ».
    quoi: &'static str,
    /// What is said once it is: « Le secret est copié. ».
    copie: &'static str,
    /// The text.
    texte: String,
) -> impl IntoView {
    let champ = NodeRef::<Input>::new();
    let fait = RwSignal::new(false);
    let garde = StoredValue::new(texte.clone());
    let choisir = move || {
        if let Some(champ) = champ.get_untracked() {
            champ.select();
        }
    };
    let copier = move |_| {
        let promesse = window().navigator().clipboard().write_text(&garde.get_value());
        spawn_local(async move {
            if JsFuture::from(promesse).await.is_ok() {
                fait.try_set(true);
                annoncer(copie);
            } else {
                // The browser does not let us: selected, it takes one gesture.
                choisir();
            }
        });
    };
    view! {
        <Champ id libelle let:liens>
            <div class="saisie-groupe">
                <input
                    class="saisie mono"
                    type="text"
                    id=liens.id
                    node_ref=champ
                    readonly=true
                    autocomplete="off"
                    spellcheck="false"
                    value=texte
                    on:focus=move |_| choisir()
                />
                <button class="btn" type="button" on:click=copier>
                    {move || if fait.get() { "Copié" } else { "Copier" }}
                    <span class="vh">" "{quoi}</span>
                </button>
            </div>
        </Champ>
    }
}

/// A secret, at the only time that it is shown.
#[component]
pub fn SecretMontre(
    /// The field's identifier, unique in the page.
    id: &'static str,
    /// Its label.
    libelle: &'static str,
    /// To whom it is given and what for.
    suite: &'static str,
    /// The secret.
    secret: String,
    /// The dialog it stands in.
    ouvert: RwSignal<bool>,
    /// What goes with it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="dialogue__corps">
            <Alerte ton=Ton::Signal glyphe=Glyphe::Cadenas titre="Copiez ce secret maintenant" apparait=true>
                <p>"Il ne sera plus jamais affiché. "{suite}</p>
            </Alerte>
            {children.map(|enfants| enfants())}
            <ChampCopie id libelle quoi="le secret" copie="Le secret est copié." texte=secret/>
        </div>
        <div class="dialogue__pied">
            <button class="btn btn--plein" type="button" on:click=move |_| ouvert.set(false)>
                "J’ai copié le secret"
            </button>
        </div>
    }
}
