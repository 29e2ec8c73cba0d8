//! A dossier of the worklist.

use api_types::dossiers::Attente;
use api_types::endpoint::TraiterDossier;
use api_types::travail::{LigneTravail, Traitement, Travail};
use jiff::Timestamp;
use leptos::prelude::*;
use uuid::Uuid;

use crate::api::ecriture::ecrire;
use crate::api::http;
use crate::api::lecture::Lecture;
use crate::components::alerte::AlerteEchec;
use crate::components::etat::PastilleEtat;
use crate::components::icone::{Glyphe, Icone};
use crate::format;
use crate::pages::dossier::complet::Complet;
use crate::routes::{Onglet, Route};
use crate::state::annonces::annoncer;
use crate::state::origine::ancre;
use crate::state::page;
use crate::state::session::Session;

/// A dossier: what arrived, since when, and the act that takes it off the list.
#[component]
pub fn Ligne(ligne: Memo<LigneTravail>, lecture: Lecture<Travail>) -> impl IntoView {
    let d = ligne.with_untracked(|l| l.dossier.clone());
    let id = d.id;
    let lien = move || ligne.with(href);
    let jusqu_a = Signal::derive(move || ligne.with(|l| l.jusqu_a));
    let etat = move || ligne.with(|l| view! { <PastilleEtat etat=l.dossier.etat attente=l.dossier.attente/> });
    let pieces = move || {
        ligne.with(|l| {
            let attendu = l.dossier.attente == Attente::Adherent;
            view! { <Complet fournies=l.dossier.pieces_fournies dues=l.dossier.pieces_dues attendu/> }
        })
    };
    view! {
        <tr>
            <th scope="row" class="large principale">
                <a class="principal num" href=lien id=ancre(id)>{d.numero.clone()}</a>
                <br/>
                <b>{d.intitule}</b>
                <br/>
                <span class="meta">{format!("{}, {}", d.adherent, d.etablissement)}</span>
            </th>
            <td data-libelle="Dispositif"><span class="num">{d.dispositif}</span></td>
            <td data-libelle="État">{etat}</td>
            <td data-libelle="Pièces">{pieces}</td>
            <td data-libelle="Arrivé">{move || ligne.with(arrive)}</td>
            <td data-libelle="Depuis" class="meta">
                {move || {
                    let depuis = ligne.with(|l| l.depuis);
                    view! { <time datetime=format::machine(depuis)>{format::instant(depuis)}</time> }
                }}
            </td>
            <td class="fin"><Traiter id jusqu_a numero=d.numero.clone() lecture/></td>
        </tr>
    }
}

/// Its address: what arrived says where to look first.
pub fn href(l: &LigneTravail) -> String {
    Route::Dossier(l.dossier.id, if l.documents == 0 { Onglet::Messages } else { Onglet::Documents }).href()
}

/// « 2 documents, 1 message ».
fn arrive(l: &LigneTravail) -> String {
    let parties = [
        (l.documents > 0).then(|| format::pluriel(l.documents, "document", "documents")),
        (l.messages > 0).then(|| format::pluriel(l.messages, "message", "messages")),
    ];
    parties.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[component]
fn Traiter(id: Uuid, jusqu_a: Signal<Timestamp>, numero: String, lecture: Lecture<Travail>) -> impl IntoView {
    let session = Session::courante();
    let dit = numero.clone();
    let traitement = ecrire(move |()| {
        let numero = dit.clone();
        async move {
            // What arrives while the list is read still awaits.
            let query = Traitement { jusqu_a: Some(jusqu_a.get_untracked()) };
            http::call(&TraiterDossier { dossier_id: id, query }, &()).await?;
            let mut suivant = None;
            lecture.modifier(|travail| suivant = retirer(travail, id));
            if suivant.is_none() {
                // The pages after the one that is done.
                lecture.relire();
            }
            session.rafraichir();
            annoncer(&format!("Dossier {numero} traité."));
            page::bientot(move || page::viser(&suivant.map_or_else(|| page::CONTENU.to_owned(), ancre)));
            Ok(())
        }
    });
    view! {
        <button
            class="btn btn--petit"
            type="button"
            aria-disabled=move || traitement.en_cours().get().then_some("true")
            on:click=move |_| traitement.envoyer(())
        >
            <Icone glyphe=Glyphe::Check classe="icone--s"/>
            "Marquer comme traité"
            <span class="vh">" le dossier "{numero}</span>
        </button>
        <AlerteEchec echec=traitement.echec()/>
    }
}

/// Takes the dossier off the list, and gives the one that takes its place.
pub fn retirer(travail: &mut Travail, id: Uuid) -> Option<Uuid> {
    let rang = travail.elements.iter().position(|l| l.dossier.id == id)?;
    travail.elements.remove(rang);
    travail.total = (travail.total - 1).max(0);
    travail.elements.get(rang).or(travail.elements.last()).map(|l| l.dossier.id)
}
