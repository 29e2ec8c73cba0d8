//! The invitations that nobody has answered.

use api_types::endpoint::{InviterMembre, RetirerInvitation};
use api_types::membres::{Invitation, Invitations as Donnees, NouvelleInvitation};
use leptos::prelude::*;
use uuid::Uuid;

use super::TITRE as TITRE_MEMBRES;
use crate::api::echec::Echec;
use crate::api::ecriture::{Ecriture, ecrire};
use crate::api::http;
use crate::api::lecture::Lecture;
use crate::components::alerte::AlerteEchec;
use crate::components::icone::Glyphe;
use crate::components::pastille::{Pastille, Ton};
use crate::components::role::Roles;
use crate::format;
use crate::model::droits::actuels;
use crate::state::annonces::annoncer;
use crate::state::page;

const TITRE: &str = "titre-invitations";

/// « Invitations en attente », when there are some.
#[component]
pub fn Invitations(
    /// The invitations.
    invitations: Signal<Donnees>,
    /// What shows them.
    lecture: Lecture<Donnees>,
    /// The company.
    adherent: Memo<Option<Uuid>>,
) -> impl IntoView {
    let renvoi = ecrire(move |invitation: Invitation| {
        let operation = InviterMembre { adherent_id: adherent.get_untracked().unwrap_or_default() };
        let rattachements = actuels(&invitation.rattachements);
        async move {
            let corps = NouvelleInvitation { email: invitation.email, rattachements };
            let envoyee = http::call(&operation, &corps).await.map_err(Echec::hors_formulaire)?;
            annoncer(&format!("L’invitation est envoyée à {}.", envoyee.email));
            lecture.modifier(|i| placer(i, envoyee));
            page::bientot(|| page::viser(TITRE));
            Ok(())
        }
    });
    let retrait = ecrire(move |invitation: Invitation| async move {
        http::call(&RetirerInvitation { invitation_id: invitation.id }, &()).await?;
        annoncer(&format!("L’invitation de {} est retirée.", invitation.email));
        lecture.modifier(|i| i.elements.retain(|e| e.id != invitation.id));
        page::bientot(|| page::viser_premier(&[TITRE, TITRE_MEMBRES]));
        Ok(())
    });
    let aucune = Memo::new(move |_| invitations.with(|i| i.elements.is_empty()));
    view! {
        <Show when=move || !aucune.get()>
            <section class="feuille" aria-labelledby=TITRE>
                <div class="feuille__tete"><h2 id=TITRE tabindex="-1">"Invitations en attente"</h2></div>
                <AlerteEchec echec=renvoi.echec()/>
                <AlerteEchec echec=retrait.echec()/>
                <ul class="sessions">
                    <For each=move || invitations.with(|i| i.elements.clone()) key=|i| format!("{i:?}") let:invitation>
                        <Ligne invitation renvoi retrait/>
                    </For>
                </ul>
            </section>
        </Show>
    }
}

#[component]
fn Ligne(invitation: Invitation, renvoi: Ecriture<Invitation>, retrait: Ecriture<Invitation>) -> impl IntoView {
    let Invitation { email, rattachements, cree_par, cree_le, expire_le, .. } = invitation.clone();
    let expiree = expire_le <= format::maintenant();
    let (a_renvoyer, a_retirer) = (invitation.clone(), invitation);
    view! {
        <li>
            <div>
                <p><b>{email.clone()}</b></p>
                <Roles rattachements/>
                <p class="meta">
                    {format!("Envoyée le {} par {cree_par}.", format::jour(cree_le))}
                    {(!expiree).then(|| format!(" Expire le {}.", format::instant(expire_le)))}
                </p>
            </div>
            <div class="rang">
                {expiree.then(|| view! { <Pastille glyphe=Glyphe::Moins ton=Ton::Tirets texte="Expirée"/> })}
                <button class="btn btn--petit" type="button" on:click=move |_| renvoi.envoyer(a_renvoyer.clone())>
                    "Envoyer de nouveau"
                    <span class="vh">" l’invitation de "{email.clone()}</span>
                </button>
                <button
                    class="btn btn--petit btn--danger"
                    type="button"
                    on:click=move |_| retrait.envoyer(a_retirer.clone())
                >
                    "Retirer"
                    <span class="vh">" l’invitation de "{email}</span>
                </button>
            </div>
        </li>
    }
}

/// Puts an invitation just sent on top; the one sent to the same address before is worth nothing any more.
pub fn placer(invitations: &mut Donnees, envoyee: Invitation) {
    invitations.elements.retain(|i| i.email != envoyee.email);
    invitations.elements.insert(0, envoyee);
}
