//! The cloud: a zone where files are dropped, chosen or photographed.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, Node};

use super::fichiers::{Choisi, Lache, contient_fichiers, de_liste, nombre};
use super::mode::{Mode, regle_de_remplacement};
use super::phrases;
use crate::components::icone::{Glyphe, Icone};
use crate::format;
use crate::model::depot::{Destination, Regle, Zone};
use crate::pages::dossier::atelier::{Atelier, id_bouton, id_zone};

/// A zone of deposit.
#[component]
pub fn ZoneDepot(
    /// Which one.
    zone: Zone,
    /// Its category.
    #[prop(into)]
    nom: Signal<String>,
    /// What it accepts.
    #[prop(into)]
    regle: Signal<Regle>,
    /// What it does.
    #[prop(into)]
    mode: Signal<Mode>,
) -> impl IntoView {
    let atelier = Atelier::courant();
    let cadre = NodeRef::<html::Div>::new();
    let (champ, photo) = (NodeRef::<html::Input>::new(), NodeRef::<html::Input>::new());
    let visee = RwSignal::new(None::<u32>);
    let ouverte = Memo::new(move |_| mode.with(|m| m.raison().is_none()));
    let prendre = move |choisis: Vec<Choisi>| {
        // A large folder may still be walked when its zone is gone.
        let Some(remplace) = mode.try_with_untracked(Mode::remplace) else { return };
        let regle = regle.with_untracked(|r| if remplace.is_some() { regle_de_remplacement(r) } else { r.clone() });
        if ouverte.get_untracked() && !choisis.is_empty() {
            atelier.choisir(Destination { zone, remplace }, &regle, choisis);
        }
    };
    let choisi = move |champ: NodeRef<html::Input>| {
        if let Some(champ) = champ.get_untracked() {
            prendre(de_liste(champ.files()));
            // Choosing the same file again must be noticed.
            champ.set_value("");
        }
    };
    let ouvrir = move |champ: NodeRef<html::Input>| {
        if let Some(champ) = champ.get_untracked().filter(|_| ouverte.get_untracked()) {
            champ.click();
        }
    };
    let au_dessus = move |e: DragEvent| {
        if let Some(donnees) = e.data_transfer().filter(|d| ouverte.get_untracked() && contient_fichiers(d)) {
            e.prevent_default();
            donnees.set_drop_effect("copy");
            let n = Some(nombre(&donnees));
            if visee.get_untracked() != n {
                visee.set(n);
            }
        }
    };
    let sorti = move |e: DragEvent| {
        let vers = e.related_target().and_then(|t| t.dyn_into::<Node>().ok());
        if !cadre.get_untracked().is_some_and(|c| vers.is_some_and(|v| c.contains(Some(&v)))) {
            visee.set(None);
        }
    };
    let lache = move |e: DragEvent| {
        visee.set(None);
        if let Some(donnees) = e.data_transfer().filter(|d| ouverte.get_untracked() && contient_fichiers(d)) {
            e.prevent_default();
            let lache = Lache::prendre(&donnees);
            spawn_local(async move { prendre(lache.fichiers().await) });
        }
    };
    let id = id_zone(zone);
    let unique = move || mode.with(|m| m.remplace().is_some()) || regle.with(|r| r.places.is_some_and(|p| p.max == 1));
    let accept = move || regle.with(Regle::accept);
    view! {
        <div
            class="nuage"
            class:nuage--discret=move || mode.with(|m| *m == Mode::Ouverte { discrete: true })
            class:nuage--fermee=move || !ouverte.get()
            class:est-visee=move || visee.with(Option::is_some)
            node_ref=cadre
            on:dragenter=au_dessus
            on:dragover=au_dessus
            on:dragleave=sorti
            on:drop=lache
        >
            {move || view! { <Icone glyphe=if ouverte.get() { Glyphe::Nuage } else { Glyphe::Cadenas }/> }}
            <button
                class="nuage__bouton"
                type="button"
                id=id_bouton(zone)
                aria-describedby=format!("{id}-regles")
                aria-disabled=move || (!ouverte.get()).then_some("true")
                on:click=move |_| ouvrir(champ)
            >
                {move || verbe(&mode.get(), visee.get())}
                <span class="vh">{move || format!(" dans «\u{a0}{}\u{a0}»", nom.get())}</span>
                <Show when=move || mode.with(|m| *m == Mode::Ouverte { discrete: false }) && visee.with(Option::is_none)>
                    <span class="nuage__souris" aria-hidden="true">" ou le glisser ici"</span>
                </Show>
            </button>
            <span class="nuage__regles" id=format!("{id}-regles")>
                {move || consigne(&mode.get(), &regle.get(), visee.with(Option::is_some).then(|| nom.get()))}
            </span>
            <Show when=move || ouverte.get() && regle.with(Regle::accepte_photo)>
                <button class="btn btn--petit nuage__photo" type="button" on:click=move |_| ouvrir(photo)>
                    <Icone glyphe=Glyphe::Photo/>
                    "Prendre une photo"
                    <span class="vh">{move || format!(" pour «\u{a0}{}\u{a0}»", nom.get())}</span>
                </button>
            </Show>
            <input type="file" hidden node_ref=champ accept=accept multiple=move || !unique() on:change=move |_| choisi(champ)/>
            <input type="file" hidden node_ref=photo accept="image/*" capture="environment" on:change=move |_| choisi(photo)/>
        </div>
    }
}

fn verbe(mode: &Mode, visee: Option<u32>) -> String {
    match (mode, visee) {
        (Mode::Fermee(_), _) => "Dépôt fermé".to_owned(),
        (Mode::Remplace(_), None) => "Remplacer le fichier".to_owned(),
        (Mode::Remplace(_), Some(_)) => "Relâcher pour remplacer le fichier".to_owned(),
        (Mode::Ouverte { discrete: true }, None) => "Ajouter un fichier".to_owned(),
        (Mode::Ouverte { discrete: false }, None) => "Déposer un fichier".to_owned(),
        (Mode::Ouverte { .. }, Some(0)) => "Relâcher pour déposer".to_owned(),
        (Mode::Ouverte { .. }, Some(n)) => {
            format!("Relâcher pour déposer {}", format::pluriel(n.into(), "fichier", "fichiers"))
        }
    }
}

/// Under the verb: the aimed category, why it is closed, or what is accepted.
fn consigne(mode: &Mode, regle: &Regle, visee: Option<String>) -> String {
    match (mode, visee) {
        (Mode::Fermee(raison), _) => raison.clone(),
        (_, Some(nom)) => nom,
        (Mode::Remplace(_), None) => {
            format!("{}. L’ancien reste dans les versions.", phrases::regles(&regle_de_remplacement(regle)))
        }
        (Mode::Ouverte { .. }, None) => phrases::regles(regle),
    }
}
