//! What is said to a member to whom no établissement is open.

use domain::acteur::Cote;
use leptos::prelude::*;

use super::alerte::Alerte;
use crate::routes::Route;
use crate::state::session::Session;

/// Says why there is nothing to see, and where to join an établissement; nothing to whoever has one.
#[component]
pub fn SansEtablissement() -> impl IntoView {
    let session = Session::courante();
    let aucun = Memo::new(move |_| session.de_moi(|m| m.cote == Cote::Membre && m.etablissements.is_empty()));
    view! {
        <Show when=move || aucun.get()>
            <Alerte titre="Aucun établissement ne vous est ouvert">
                <p>
                    "Vous ne voyez donc aucun dossier. Rejoignez votre établissement depuis "
                    <a href=Route::Compte.href()>"Mon compte"</a>
                    ", ou demandez une invitation à un administrateur de votre entreprise."
                </p>
            </Alerte>
        </Show>
    }
}
