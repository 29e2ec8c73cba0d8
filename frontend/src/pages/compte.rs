//! The account: who one is, the password, the open sessions.

mod mot_de_passe;
mod sessions;

use domain::RoleMembre;
use leptos::prelude::*;

use self::mot_de_passe::Changer;
use self::sessions::Sessions;
use crate::components::titre::TitrePage;
use crate::format;
use crate::state::page;
use crate::state::session::Session;

/// « Mon compte ».
#[component]
pub fn Compte() -> impl IntoView {
    page::titre(|| "Mon compte".into());
    view! {
        <TitrePage titre="Mon compte"/>
        <Identite/>
        <Changer/>
        <Sessions/>
    }
}

#[component]
fn Identite() -> impl IntoView {
    let session = Session::courante();
    let nom = move || session.de_moi(|m| format!("{} {}", m.prenom, m.nom));
    let etablissements = Memo::new(move |_| session.de_moi(|m| m.etablissements.clone()));
    view! {
        <section class="feuille" aria-labelledby="titre-identite">
            <div class="feuille__tete"><h2 id="titre-identite">"Identité"</h2></div>
            <div class="feuille__corps pile">
                <dl class="ligne-cles">
                    <div><dt>"Nom"</dt><dd>{nom}</dd></div>
                    <div><dt>"Adresse électronique"</dt><dd>{move || session.de_moi(|m| m.email.clone())}</dd></div>
                </dl>
                <Show when=move || etablissements.with(|e| !e.is_empty())>
                    <h3>"Mes établissements"</h3>
                    <dl class="ligne-cles">
                        {move || {
                            etablissements
                                .get()
                                .into_iter()
                                .map(|e| {
                                    view! {
                                        <div>
                                            <dt>{format!("{}, {}", e.adherent, e.nom)}</dt>
                                            <dd>
                                                {role(e.role)}" "
                                                <span class="meta">"SIRET "{format::siret(&e.siret)}</span>
                                            </dd>
                                        </div>
                                    }
                                })
                                .collect_view()
                        }}
                    </dl>
                </Show>
            </div>
        </section>
    }
}

/// What a role is called.
const fn role(role: RoleMembre) -> &'static str {
    match role {
        RoleMembre::Lecteur => "Lecteur",
        RoleMembre::Contributeur => "Contributeur",
        RoleMembre::Administrateur => "Administrateur",
    }
}
