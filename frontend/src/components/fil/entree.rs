//! One message of a thread.

use api_types::Endpoint;
use api_types::endpoint::TelechargerDocument;
use api_types::messages::{Lecture, Message, Nature, PieceJointe};
use domain::acteur::Cote;
use domain::document::Statut;
use leptos::html::Article;
use leptos::prelude::*;

use super::lecture::Lu;
use super::vue::quand_vu;
use crate::components::icone::{Glyphe, Icone};
use crate::components::nom_fichier::NomFichier;
use crate::components::pastille::{Pastille, Ton};
use crate::format;
use crate::state::organisme::Organisme;

/// One message of a thread.
#[component]
pub fn Entree(
    /// The message; nothing is drawn when it is gone.
    message: Memo<Option<Message>>,
    /// The read state.
    lu: Lu,
    /// Whether it is the one looked for.
    cible: bool,
) -> impl IntoView {
    message.get_untracked().map(|m| match m.nature {
        Nature::Automatique => view! { <Automatique m message lu/> }.into_any(),
        Nature::Echange => view! { <Echange m message lu cible/> }.into_any(),
    })
}

#[component]
fn Automatique(m: Message, message: Memo<Option<Message>>, lu: Lu) -> impl IntoView {
    let article = NodeRef::<Article>::new();
    let id = m.id;
    quand_vu(article, move || lu.vu(id));
    let non_lu = move || message.with(|m| m.as_ref().is_some_and(|m| m.non_lu));
    view! {
        <article
            class="message message--auto"
            class:message--nonlu=non_lu
            node_ref=article
            aria-label=format!("Message automatique du {}", format::instant(m.envoye_le))
        >
            <div class="message__corps message__ligne">
                <p>
                    <Pastille glyphe=Glyphe::Info ton=Ton::Tirets texte="Automatique"/>
                    <span class="message__texte">{m.corps}</span>
                </p>
                <p class="rang">
                    <Show when=non_lu><span class="nonlu">"Non lu"</span></Show>
                    <time class="meta" datetime=format::machine(m.envoye_le)>{format::instant(m.envoye_le)}</time>
                </p>
            </div>
            <Jointes pieces=m.pieces_jointes/>
        </article>
    }
}

#[component]
fn Echange(m: Message, message: Memo<Option<Message>>, lu: Lu, cible: bool) -> impl IntoView {
    let article = NodeRef::<Article>::new();
    let id = m.id;
    quand_vu(article, move || lu.vu(id));
    let non_lu = move || message.with(|m| m.as_ref().is_some_and(|m| m.non_lu));
    let lectures = move || message.with(|m| m.as_ref().map(|m| m.lectures.clone()).unwrap_or_default());
    let titre = format!("message-{id}{}", if cible { "-cible" } else { "" });
    let de_moi = m.de_moi;
    let (auteur, precision) = if de_moi { ("Vous".to_owned(), m.auteur) } else { (m.auteur, fonction(m.auteur_cote)) };
    let nom = auteur.clone();
    view! {
        <article
            class="message"
            class:message--nonlu=non_lu
            class:message--moi=de_moi && !cible
            class:message--cible=cible
            node_ref=article
            aria-labelledby=titre.clone()
        >
            <div class="message__tete">
                <h3 class="message__auteur" id=titre.clone()>{auteur}" "<span class="meta">{precision}</span></h3>
                <p class="rang">
                    <Show when=non_lu><span class="nonlu">"Non lu"</span></Show>
                    <time class="meta" datetime=format::machine(m.envoye_le)>{format::instant(m.envoye_le)}</time>
                </p>
            </div>
            <div class="message__corps">
                <p class="message__texte">{m.corps}</p>
                <Jointes pieces=m.pieces_jointes/>
            </div>
            <div class="message__pied">
                <span>{move || vu_par(&lectures(), de_moi)}</span>
                {(!de_moi)
                    .then(|| {
                        view! {
                            <button
                                class="btn btn--nu btn--petit"
                                type="button"
                                on:click=move |_| lu.choisir(id, message.with_untracked(|m| m.as_ref().is_some_and(|m| m.non_lu)))
                            >
                                <Icone glyphe=Glyphe::Mail classe="icone--s"/>
                                {move || if non_lu() { "Marquer comme lu" } else { "Marquer comme non lu" }}
                                <span class="vh">" le message de "{nom}</span>
                            </button>
                        }
                    })}
            </div>
        </article>
    }
}

/// What the author is, when it is not the reader.
fn fonction(cote: Cote) -> String {
    let organisme = Organisme::courant();
    match cote {
        Cote::Membre => "adhérent".to_owned(),
        Cote::Gestionnaire => format!("gestionnaire, {}", untrack(|| organisme.nom())),
        Cote::AdministrateurOpco => untrack(|| organisme.nom()),
    }
}

/// Who read the message; on one's own message, that nobody has is worth saying too.
fn vu_par(lectures: &[Lecture], de_moi: bool) -> AnyView {
    if lectures.is_empty() {
        return de_moi.then_some("Envoyé, pas encore lu").into_any();
    }
    lectures
        .iter()
        .map(|l| {
            view! {
                <span class="rang message__vu">
                    <Icone glyphe=Glyphe::Double classe="icone--s"/>
                    {format!("Vu par {} le {}", l.par, format::instant(l.le))}
                </span>
            }
        })
        .collect_view()
        .into_any()
}

#[component]
fn Jointes(pieces: Vec<PieceJointe>) -> impl IntoView {
    (!pieces.is_empty()).then(|| {
        view! {
            <ul class="rang">
                {pieces
                    .into_iter()
                    .map(|p| {
                        if p.statut == Statut::Infecte {
                            return infectee(p).into_any();
                        }
                        let href = TelechargerDocument { document_id: p.document_id }.path();
                        view! {
                            <li>
                                <a class="pj" href=href download="">
                                    <Icone glyphe=Glyphe::Trombone classe="icone--s"/>
                                    <span>
                                        <span class="vh">"Télécharger "</span>
                                        <NomFichier nom=p.nom/>
                                        " "
                                        <span class="meta">{format::taille(p.taille)}</span>
                                    </span>
                                </a>
                            </li>
                        }
                        .into_any()
                    })
                    .collect_view()}
            </ul>
        }
    })
}

/// An attachment that the antivirus held back: shown to who sent it, and to nobody else.
fn infectee(p: PieceJointe) -> impl IntoView {
    view! {
        <li class="pj pj--retenue">
            <Icone glyphe=Glyphe::Alerte classe="icone--s"/>
            <span>
                <NomFichier nom=p.nom/>
                " "
                <span class="texte-non">"Fichier infecté, non transmis"</span>
            </span>
        </li>
    }
}
