//! What can be done with a document, besides downloading it.

use api_types::documents::Document;
use api_types::endpoint::{Endpoint, TelechargerRecu};
use domain::document::{Sens, Statut, Verdict};
use leptos::html;
use leptos::prelude::*;

use super::super::classeur::Classeur;
use super::super::fichiers::de_liste;
use super::super::mode::regle_de_remplacement;
use crate::components::icone::{Glyphe, Icone};
use crate::components::menu::Menu;
use crate::model::depot::{Destination, Regle, Remplace, Zone};
use crate::pages::dossier::Ici;
use crate::pages::dossier::atelier::Atelier;
use crate::routes::{Onglet, Route};

/// The menu of a card.
#[component]
pub fn Actions(document: Signal<Document>, zone: Zone, regle: Signal<Regle>, revoir: RwSignal<bool>) -> impl IntoView {
    let (ici, classeur) = (Ici::courant(), Classeur::courant());
    let d = document.get_untracked();
    let champ = NodeRef::<html::Input>::new();
    let recu = TelechargerRecu { document_id: d.id }.path();
    let present = move || document.with(|d| d.statut.compte());
    let remplacable =
        move || present() && classeur.peut_deposer.get() && document.with(|d| d.verdict != Verdict::Acceptee);
    let transmis = move || document.with(|d| d.statut == Statut::Transmis && d.sens == Sens::Adherent);
    let retirable = move || transmis() && ici.membre();
    let revisable = move || transmis() && ici.examine() && document.with(|d| d.verdict != Verdict::AExaminer);
    let affichable = d.format.affichable();
    view! {
        <Menu
            classe_sommaire="btn btn--nu btn--icone"
            nom=format!("Autres actions pour {}", d.nom)
            sommaire=|| view! { <Icone glyphe=Glyphe::Points classe="icone--gras"/> }
        >
            <ul class="menu__panneau">
                <Show when=move || affichable && present()>
                    <li>
                        <button type="button" on:click=move |_| classeur.apercu.ouvrir(document.get_untracked())>
                            <Icone glyphe=Glyphe::Oeil/>
                            "Aperçu"
                        </button>
                    </li>
                </Show>
                <li>
                    <a href=recu download="">
                        <Icone glyphe=Glyphe::Recu/>
                        "Reçu de dépôt (PDF)"
                    </a>
                </li>
                <Show when=remplacable>
                    <li>
                        <button type="button" on:click=move |_| choisir(champ)>
                            <Icone glyphe=Glyphe::Remplacer/>
                            "Remplacer"
                        </button>
                    </li>
                </Show>
                <li>
                    <button type="button" on:click=move |_| classeur.versions.ouvrir(document.get_untracked())>
                        <Icone glyphe=Glyphe::Versions/>
                        {move || document.with(|d| if d.version > 1 { format!("Versions ({})", d.version) } else { "Versions".into() })}
                    </button>
                </li>
                <Show when=revisable>
                    <li class="separe">
                        <button type="button" on:click=move |_| revoir.set(true)>
                            <Icone glyphe=Glyphe::Crayon/>
                            "Revoir la décision"
                        </button>
                    </li>
                </Show>
                <Show when=retirable>
                    <li class="separe">
                        <a href=Route::Dossier(ici.id, Onglet::Messages).href()>
                            <Icone glyphe=Glyphe::Corbeille/>
                            "Demander le retrait par message"
                        </a>
                    </li>
                </Show>
            </ul>
        </Menu>
        <Remplacant document zone regle champ/>
    }
}

fn choisir(champ: NodeRef<html::Input>) {
    if let Some(champ) = champ.get_untracked() {
        champ.click();
    }
}

/// The hidden chooser of the file that takes the place of the document.
#[component]
fn Remplacant(
    document: Signal<Document>,
    zone: Zone,
    regle: Signal<Regle>,
    champ: NodeRef<html::Input>,
) -> impl IntoView {
    let atelier = Atelier::courant();
    let choisi = move |_| {
        let Some(champ) = champ.get_untracked() else { return };
        let choisis = de_liste(champ.files());
        champ.set_value("");
        let remplace = document.with_untracked(|d| Some(Remplace::de(d)));
        let regle = regle.with_untracked(regle_de_remplacement);
        if !choisis.is_empty() {
            atelier.choisir(Destination { zone, remplace }, &regle, choisis);
        }
    };
    view! { <input type="file" hidden node_ref=champ accept=move || regle.with(Regle::accept) on:change=choisi/> }
}
