//! The account: who one is, where one may go, the password, the open sessions.

mod etablissements;
mod identite;
mod mot_de_passe;
mod rejoindre;
mod sessions;

use api_types::endpoint::ListerSessions;
use leptos::prelude::*;

use self::etablissements::Etablissements;
use self::identite::Identite;
use self::mot_de_passe::Changer;
use self::sessions::Sessions;
use crate::api::lecture::lire;
use crate::components::titre::TitrePage;
use crate::state::page;
use crate::state::session::Session;

/// « Mon compte ».
#[component]
pub fn Compte() -> impl IntoView {
    page::titre(|| "Mon compte".into());
    let session = Session::courante();
    let membre = Memo::new(move |_| session.membre());
    let sessions = lire(|| Some(ListerSessions {}));
    view! {
        <TitrePage titre="Mon compte"/>
        <Identite/>
        <Show when=move || membre.get()>
            <Etablissements/>
        </Show>
        <Changer fait=move |()| sessions.relire()/>
        <Sessions lecture=sessions/>
    }
}
