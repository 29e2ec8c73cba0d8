//! « Utilisateurs »: the people of a company, what each may do, and those who are invited.

mod droits;
mod invitations;
mod inviter;
mod liste;
mod modifier;

use api_types::endpoint::{ListerInvitations, ListerMembres};
use api_types::membres::PageMembres;
use leptos::prelude::*;

use self::invitations::Invitations;
use self::inviter::Inviter;
use self::liste::Liste;
use crate::api::lecture::lire;
use crate::components::chargement::Chargement;
use crate::components::dialogue::Dialogue;
use crate::components::entreprise::{ChoixEntreprise, Entreprise, Reserve};
use crate::components::explication::Explication;
use crate::components::icone::{Glyphe, Icone};
use crate::components::suite::Suite;
use crate::components::titre::TitrePage;
use crate::state::page;

/// The heading of the list of members.
const TITRE: &str = "titre-membres";

/// The people of a company.
#[component]
pub fn Utilisateurs() -> impl IntoView {
    page::titre(|| "Utilisateurs".into());
    let entreprise = Entreprise::courante();
    let reservee = Memo::new(move |_| entreprise.adherent().with(Option::is_none));
    move || {
        if reservee.get() {
            return view! {
                <TitrePage titre="Utilisateurs"/>
                <Reserve suite="Demandez à l’un d’eux de changer vos droits, ou d’inviter une personne."/>
            }
            .into_any();
        }
        view! { <Page entreprise/> }.into_any()
    }
}

#[component]
fn Page(entreprise: Entreprise) -> impl IntoView {
    let adherent = entreprise.adherent();
    let membres =
        lire(move || adherent.get().map(|adherent_id| ListerMembres { adherent_id, query: PageMembres::default() }));
    let invitations = lire(move || {
        adherent.get().map(|adherent_id| ListerInvitations { adherent_id, query: PageMembres::default() })
    });
    let ouvert = RwSignal::new(false);
    view! {
        <TitrePage
            titre="Utilisateurs"
            sous_titre="Qui entre dans eGestion pour votre entreprise, et ce que chacun peut y faire."
        >
            <button class="btn btn--plein" type="button" on:click=move |_| ouvert.set(true)>
                <Icone glyphe=Glyphe::Plus/>
                "Inviter une personne"
            </button>
        </TitrePage>
        <ChoixEntreprise id="utilisateurs-entreprise" entreprise/>
        <Chargement lecture=membres quoi="les membres" let:liste>
            <Liste membres=liste lecture=membres adherent/>
            <Suite
                lecture=membres
                page=move |curseur| ListerMembres {
                    adherent_id: adherent.get_untracked().unwrap_or_default(),
                    query: PageMembres { curseur: Some(curseur), limite: None },
                }
            />
        </Chargement>
        <Chargement lecture=invitations quoi="les invitations" let:liste>
            <Invitations invitations=liste lecture=invitations adherent/>
            <Suite
                lecture=invitations
                page=move |curseur| ListerInvitations {
                    adherent_id: adherent.get_untracked().unwrap_or_default(),
                    query: PageMembres { curseur: Some(curseur), limite: None },
                }
            />
        </Chargement>
        <Rappel/>
        <Dialogue id="inviter" ouvert titre="Inviter une personne">
            <Chargement lecture=membres quoi="les établissements" let:liste>
                <Inviter
                    adherent=adherent.get_untracked().unwrap_or_default()
                    lieux=liste.with_untracked(|m| m.etablissements.clone())
                    lecture=invitations
                    ouvert
                />
            </Chargement>
        </Dialogue>
    }
}

/// How somebody comes in, and goes out.
#[component]
fn Rappel() -> impl IntoView {
    view! {
        <Explication api=false>
            <ul>
                <li>"La personne invitée a d’emblée les droits que vous lui donnez, et choisit elle-même son mot de passe."</li>
                <li>
                    "Celle qui crée un compte avec le SIRET et le numéro d’adhérent est lecteur, tant qu’un administrateur ne lui donne pas d’autre rôle."
                </li>
                <li>"Un établissement sans administrateur est géré par les administrateurs de l’entreprise."</li>
                <li>"Un accès retiré est refusé dès le clic suivant. Avec ce compte, la personne ne revient que sur une nouvelle invitation. Ce qu’elle a déposé et écrit reste."</li>
            </ul>
        </Explication>
    }
}
