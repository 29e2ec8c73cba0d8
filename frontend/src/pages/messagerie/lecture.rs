//! The reading pane: the thread of the message chosen, and its dossier.

use api_types::dossiers::Dossier;
use api_types::endpoint::LireDossier;
use api_types::messages::Boite;
use leptos::prelude::*;

use crate::api::lecture::{Lecture as Lue, lire};
use crate::components::fil::Fil;
use crate::components::icone::{Glyphe, Icone};
use crate::components::vide::Vide;
use crate::model::boite::Vue;
use crate::routes::{Onglet, Route};
use crate::state::page;
use crate::state::session::Session;

const VOLET: &str = "message-choisi";

/// The reading pane; it takes the place of the list on a narrow screen.
#[component]
pub fn Lecture(vue: Memo<Vue>, lecture: Lue<Boite>) -> impl IntoView {
    let session = Session::courante();
    let dossier = Memo::new(move |_| vue.with(|v| v.choisi.map(|(dossier, _)| dossier)));
    let message = Memo::new(move |_| vue.with(|v| v.choisi.map(|(_, message)| message)));
    let fiche = lire(move || dossier.get().map(|dossier_id| LireDossier { dossier_id }));
    // Whoever chooses a message wants to read it; the first drawing of the page takes the focus nowhere.
    Effect::new(move |avant: Option<Option<uuid::Uuid>>| {
        let choisi = message.get();
        if choisi.is_some() && avant.is_some_and(|avant| avant != choisi) {
            page::bientot(|| {
                page::viser(VOLET);
                if let Some(volet) = document().get_element_by_id(VOLET) {
                    volet.set_scroll_top(0);
                }
            });
        }
        choisi
    });
    view! {
        <section class="boite__lecture" id=VOLET tabindex="-1" aria-label="Message affiché">
            {move || match dossier.get() {
                None => view! {
                    <Vide titre="Aucun message affiché">
                        <p>"Choisissez un message dans la liste pour lire l’échange et y répondre."</p>
                    </Vide>
                }
                    .into_any(),
                Some(id) => view! {
                    <h2 class="vh">"Échange affiché"</h2>
                    <Outils vue fiche/>
                    <div class="boite__fil">
                        <Fil
                            dossier_id=id
                            peut_ecrire=Signal::derive(move || peut_ecrire(fiche))
                            destinataire=Signal::derive(move || interlocuteur(fiche, session))
                            choisi=message
                            au_marquage=move |(id, lu): (uuid::Uuid, bool)| marquer(lecture, id, lu)
                            a_l_envoi=move |()| lecture.relire()
                        />
                    </div>
                }
                    .into_any(),
            }}
        </section>
    }
}

#[component]
fn Outils(vue: Memo<Vue>, fiche: Lue<Dossier>) -> impl IntoView {
    view! {
        <div class="boite__outils">
            <a class="meta lien boite__retour" href=move || vue.with(|v| v.avec(None).adresse())>
                <Icone glyphe=Glyphe::Retour classe="icone--s"/>
                "Tous les messages"
            </a>
            {move || {
                fiche
                    .donnee()
                    .get()
                    .map(|d| {
                        view! {
                            <a class="meta lien" href=Route::Dossier(d.id, Onglet::Messages).href()>
                                {format!("Dossier {}, {}", d.numero, d.intitule)}
                            </a>
                        }
                    })
            }}
        </div>
    }
}

/// Until the dossier says otherwise, nobody is told that they may not write.
fn peut_ecrire(fiche: Lue<Dossier>) -> bool {
    fiche.donnee().with(|d| d.as_ref().is_none_or(|d| d.peut_contribuer))
}

/// Who is on the other side.
fn interlocuteur(fiche: Lue<Dossier>, session: Session) -> Option<String> {
    let membre = session.membre();
    fiche.donnee().with(|d| {
        let d = d.as_ref()?;
        if membre { d.gestionnaire.as_ref().map(|g| g.nom.clone()) } else { Some(d.adherent.clone()) }
    })
}

/// The list shows at once what was read in the pane.
fn marquer(lecture: Lue<Boite>, id: uuid::Uuid, lu: bool) {
    lecture.modifier(|boite| {
        if let Some(message) = boite.elements.iter_mut().find(|m| m.id == id)
            && message.non_lu == lu
        {
            message.non_lu = !lu;
            boite.non_lus = (boite.non_lus + if lu { -1 } else { 1 }).max(0);
        }
    });
}
