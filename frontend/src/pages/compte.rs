//! The account: who one is, where one may go, the password, the open sessions.

mod etablissements;
mod mot_de_passe;
mod rejoindre;
mod sessions;

use leptos::prelude::*;

use self::etablissements::Etablissements;
use self::mot_de_passe::Changer;
use self::sessions::Sessions;
use crate::components::titre::TitrePage;
use crate::state::page;
use crate::state::session::Session;

/// « Mon compte ».
#[component]
pub fn Compte() -> impl IntoView {
    page::titre(|| "Mon compte".into());
    let session = Session::courante();
    let membre = Memo::new(move |_| session.membre());
    view! {
        <TitrePage titre="Mon compte"/>
        <Identite/>
        <Show when=move || membre.get()>
            <Etablissements/>
        </Show>
        <Changer/>
        <Sessions/>
    }
}

#[component]
fn Identite() -> impl IntoView {
    let session = Session::courante();
    let nom = move || session.de_moi(|m| format!("{} {}", m.prenom, m.nom));
    view! {
        <section class="feuille" aria-labelledby="titre-identite">
            <div class="feuille__tete"><h2 id="titre-identite">"Identité"</h2></div>
            <div class="feuille__corps">
                <dl class="ligne-cles">
                    <div><dt>"Nom"</dt><dd>{nom}</dd></div>
                    <div><dt>"Adresse électronique"</dt><dd>{move || session.de_moi(|m| m.email.clone())}</dd></div>
                </dl>
            </div>
        </section>
    }
}
