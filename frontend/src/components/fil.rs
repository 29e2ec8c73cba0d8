//! The thread of a dossier: what was written, who read it, and the form to write.

mod brouillon;
mod ecrire;
mod entree;
mod joindre;
mod lecture;
mod vue;

use api_types::endpoint::LireFil;
use api_types::messages::{Fil as PageDeFil, Message, Nature, PageFil};
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use self::ecrire::Ecrire;
use self::entree::Entree;
use self::lecture::Lu;
use super::alerte::AlerteEchec;
use super::chargement::Chargement;
use super::nouveautes::{Arrives, Nouveautes};
use super::suite::{Suite, continuer, lire_liste};
use super::vide::Vide;
use crate::api::lecture::Lecture;
use crate::format;

/// What is shown of a thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Choix {
    Tous,
    Echanges,
    Automatiques,
}

impl Choix {
    const TOUS: [(Self, &'static str); 3] =
        [(Self::Tous, "Tous"), (Self::Echanges, "Échanges"), (Self::Automatiques, "Automatiques")];

    fn garde(self, message: &Message) -> bool {
        match self {
            Self::Tous => true,
            Self::Echanges => message.nature == Nature::Echange,
            Self::Automatiques => message.nature == Nature::Automatique,
        }
    }

    const fn aucun(self) -> &'static str {
        match self {
            Self::Tous => "Aucun message",
            Self::Echanges => "Aucun échange parmi les messages affichés",
            Self::Automatiques => "Aucun message automatique parmi les messages affichés",
        }
    }
}

/// The thread of a dossier, the latest first, under the form to write.
///
/// Messages are marked read once seen for a second, and can be put back to unread.
#[component]
pub fn Fil(
    /// The dossier.
    #[prop(into)]
    dossier_id: Signal<Uuid>,
    /// Whether the reader may write.
    #[prop(into)]
    peut_ecrire: Signal<bool>,
    /// Who reads what is written: « Claire Aubertin ».
    #[prop(optional, into)]
    destinataire: MaybeProp<String>,
    /// A message to show first, apart.
    #[prop(optional, into)]
    choisi: MaybeProp<Uuid>,
    /// Told when the read state of a message changes.
    #[prop(optional, into)]
    au_marquage: Option<Callback<(Uuid, bool)>>,
    /// Told when a message is sent.
    #[prop(optional, into)]
    a_l_envoi: Option<Callback<()>>,
) -> impl IntoView {
    let lecture = lire_liste(move || Some(LireFil { dossier_id: dossier_id.get(), query: PageFil::default() }));
    let lu = Lu::nouveau(lecture, au_marquage);
    let arrives = arrives(lecture, dossier_id);
    chercher(lecture, choisi);
    let relire = move |()| {
        arrives.vider();
        lecture.relire();
    };
    let formulaire = move || view! { <Ecrire dossier_id=dossier_id.get() peut_ecrire destinataire lecture a_l_envoi/> };
    view! {
        <div class="fil">
            <Chargement lecture quoi="les messages" let:fil>
                <Apart fil choisi lu/>
                {formulaire}
                <Nouveautes
                    nombre=arrives.nombre
                    un="nouveau message"
                    plusieurs="nouveaux messages"
                    afficher=relire
                />
                <AlerteEchec echec=lu.echec()/>
                <Liste fil choisi lu/>
                <Suite lecture page=move |curseur| page_suivante(dossier_id.get_untracked(), curseur)/>
            </Chargement>
        </div>
    }
}

/// The message looked for, before the others.
#[component]
fn Apart(fil: Signal<PageDeFil>, choisi: MaybeProp<Uuid>, lu: Lu) -> impl IntoView {
    // Drawn anew when it is another message, not when the thread changes around it.
    let present = Memo::new(move |_| {
        let connu = |id: &Uuid| fil.with(|f| f.elements.iter().any(|m| m.id == *id));
        choisi.get().filter(connu)
    });
    move || present.get().map(|id| view! { <Entree message=un(fil, id) lu cible=true/> })
}

/// Reads on until the message looked for is there.
fn chercher(lecture: Lecture<PageDeFil>, choisi: MaybeProp<Uuid>) {
    let en_route = StoredValue::new(None::<String>);
    Effect::new(move |_| {
        let absent = |f: &PageDeFil| choisi.get().is_some_and(|id| f.elements.iter().all(|m| m.id != id));
        let place = lecture.donnee().with(|fil| {
            let fil = fil.as_ref().filter(|f| absent(f))?;
            Some((fil.elements.first()?.dossier_id, fil.suivant.clone()?))
        });
        let Some((dossier_id, curseur)) = place.filter(|(_, c)| en_route.with_value(|e| e.as_ref() != Some(c))) else {
            return;
        };
        en_route.set_value(Some(curseur.clone()));
        spawn_local(async move {
            // A failure is not told: « Afficher la suite » stays there to try again.
            let _ = continuer(lecture, &page_suivante(dossier_id, curseur.clone()), &curseur).await;
        });
    });
}

fn page_suivante(dossier_id: Uuid, curseur: String) -> LireFil {
    LireFil { dossier_id, query: PageFil { curseur: Some(curseur), limite: None } }
}

#[component]
fn Liste(fil: Signal<PageDeFil>, choisi: MaybeProp<Uuid>, lu: Lu) -> impl IntoView {
    let choix = RwSignal::new(Choix::Tous);
    let montres = move || {
        let (choix, choisi) = (choix.get(), choisi.get());
        fil.with(|f| {
            f.elements.iter().filter(|m| choix.garde(m) && Some(m.id) != choisi).map(|m| m.id).collect::<Vec<_>>()
        })
    };
    let compte = move || {
        let choix = choix.get();
        fil.with(|f| {
            let reste = if f.suivant.is_some() { ", il y en a de plus anciens" } else { "" };
            match i64::try_from(f.elements.iter().filter(|m| choix.garde(m)).count()).unwrap_or(i64::MAX) {
                0 => format!("{}{reste}", choix.aucun()),
                n => format!("{}, les plus récents d’abord{reste}", format::pluriel(n, "message", "messages")),
            }
        })
    };
    view! {
        <Show
            when=move || fil.with(|f| !f.elements.is_empty())
            fallback=|| {
                view! {
                    <Vide titre="Aucun message sur ce dossier">
                        <p>"Les messages échangés ici restent avec le dossier."</p>
                    </Vide>
                }
            }
        >
            <div class="rang rang--entre">
                <p class="meta">{compte}</p>
                <div class="choix" role="group" aria-label="Filtrer les messages">
                    {Choix::TOUS
                        .map(|(valeur, nom)| {
                            view! {
                                <button
                                    class="btn btn--petit"
                                    type="button"
                                    aria-pressed=move || (choix.get() == valeur).to_string()
                                    on:click=move |_| choix.set(valeur)
                                >
                                    {nom}
                                </button>
                            }
                        })
                        .collect_view()}
                </div>
            </div>
            <For each=montres key=|id| *id let:id>
                <Entree message=un(fil, id) lu cible=false/>
            </For>
        </Show>
    }
}

/// One message of the thread, followed as it changes.
fn un(fil: Signal<PageDeFil>, id: Uuid) -> Memo<Option<Message>> {
    Memo::new(move |_| fil.with(|f| f.elements.iter().find(|m| m.id == id).cloned()))
}

/// The messages that arrived on this dossier and are not in the thread shown.
fn arrives(lecture: Lecture<PageDeFil>, dossier_id: Signal<Uuid>) -> Arrives {
    let connu =
        move |id: Uuid| lecture.donnee().with(|fil| fil.as_ref().is_none_or(|f| f.elements.iter().any(|m| m.id == id)));
    Arrives::ecouter(move |e| e.dossier_id == dossier_id.get_untracked(), connu, move || lecture.relire())
}
