//! A message in a list: who, what, on which dossier, when.

use api_types::messages::{MessageResume, Nature};
use leptos::prelude::*;

use super::icone::{Glyphe, Icone};
use crate::format;

/// A line of the inbox: a link that shows the message.
#[component]
pub fn LigneMessage(
    /// The message; its read state may change while it is shown.
    #[prop(into)]
    message: Signal<MessageResume>,
    /// Where the link leads.
    #[prop(into)]
    href: Signal<String>,
    /// Whether it is the message shown beside.
    #[prop(optional, into)]
    courant: Signal<bool>,
    /// Whether the company is named: on the OPCO's side.
    #[prop(optional)]
    avec_adherent: bool,
    /// Whether the page stays where it is when the link is followed.
    #[prop(optional)]
    sur_place: bool,
) -> impl IntoView {
    // Only the read state changes in a message once sent.
    let MessageResume {
        numero, intitule, adherent, nature, auteur, de_moi, extrait, envoye_le, pieces_jointes, ..
    } = message.get_untracked();
    let non_lu = move || message.with(|m| m.non_lu);
    let qui = match nature {
        Nature::Automatique => "Automatique".to_owned(),
        Nature::Echange if de_moi => "Vous".to_owned(),
        Nature::Echange => auteur,
    };
    let sujet = if avec_adherent { format!("{adherent}, {intitule}") } else { intitule };
    view! {
        <li>
            <a class:est-nonlu=non_lu href=href aria-current=move || courant.get().then_some("true") data-noscroll=sur_place>
                <span class:point=non_lu></span>
                <span class="lignes">
                    <span class="qui">
                        <Show when=non_lu><span class="vh">"Non lu. "</span></Show>
                        {qui}
                    </span>
                    <span class="objet">{extrait}</span>
                    <span class="boite__details meta">
                        <span class="num">{numero}</span>
                        <span>{sujet}</span>
                        {(pieces_jointes > 0)
                            .then(|| {
                                view! {
                                    <Icone glyphe=Glyphe::Trombone classe="icone--s"/>
                                    <span class="vh">"avec pièce jointe"</span>
                                }
                            })}
                    </span>
                </span>
                <time class="meta" datetime=format::machine(envoye_le)>{format::repere(envoye_le)}</time>
            </a>
        </li>
    }
}
