//! Whom to call, what the organisation says, what there is to read.

use api_types::portail::{Contact, Guide, Information};
use leptos::prelude::*;

use crate::components::guide::Guides;
use crate::components::prose::Prose;
use crate::format;
use crate::state::organisme::lien_tel;

/// « Mes contacts ».
#[component]
pub fn Contacts(contacts: Signal<Vec<Contact>>) -> impl IntoView {
    view! {
        <section class="feuille" aria-labelledby="titre-contacts">
            <div class="feuille__tete"><h2 id="titre-contacts">"Mes contacts"</h2></div>
            <div class="feuille__corps pile">
                {move || {
                    let contacts = contacts.get();
                    if contacts.is_empty() {
                        view! { <p class="meta">"Aucun contact n’est encore désigné. L’assistance vous répond."</p> }
                            .into_any()
                    } else {
                        contacts.into_iter().enumerate().map(|(n, c)| contact(n, c)).collect_view().into_any()
                    }
                }}
            </div>
        </section>
    }
}

fn contact(rang: usize, c: Contact) -> impl IntoView {
    let classe = if rang == 0 { "contact" } else { "contact separee" };
    view! {
        <div class=classe>
            <span class="initiales" aria-hidden="true">{format::initiales(&c.nom)}</span>
            <div>
                <h3>{c.nom}</h3>
                <p class="meta">{c.fonction}</p>
                <p><a href=lien_tel(&c.telephone)>{c.telephone.clone()}</a></p>
                <p><a href=format!("mailto:{}", c.email)>{c.email.clone()}</a></p>
            </div>
        </div>
    }
}

/// « INFORMATIONS »: news of the organisation.
#[component]
pub fn Informations(informations: Signal<Vec<Information>>) -> impl IntoView {
    view! {
        <section class="feuille" aria-labelledby="titre-informations">
            <div class="feuille__tete"><h2 class="titre-info" id="titre-informations">"INFORMATIONS"</h2></div>
            <div class="feuille__corps pile infos">
                {move || {
                    let informations = informations.get();
                    if informations.is_empty() {
                        view! { <p class="meta">"Rien de nouveau pour le moment."</p> }.into_any()
                    } else {
                        informations.into_iter().enumerate().map(|(n, i)| information(n, i)).collect_view().into_any()
                    }
                }}
            </div>
        </section>
    }
}

fn information(rang: usize, i: Information) -> impl IntoView {
    let classe = if rang == 0 { "pile-serree" } else { "pile-serree separee" };
    view! {
        <article class=classe>
            <h3>{i.titre}</h3>
            <Prose texte=i.corps/>
            <p class="meta">
                "Publié le "<time datetime=format::machine(i.publiee_le)>{format::jour(i.publiee_le)}</time>
            </p>
        </article>
    }
}

/// « Découvrir votre espace »: the guides.
#[component]
pub fn GuidesAccueil(guides: Signal<Vec<Guide>>) -> impl IntoView {
    view! {
        <section class="feuille" aria-labelledby="titre-guides">
            <div class="feuille__tete"><h2 id="titre-guides">"Découvrir votre espace"</h2></div>
            <div class="feuille__corps infos"><Guides guides/></div>
        </section>
    }
}
