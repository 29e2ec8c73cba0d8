//! « Afficher la suite »: the next page of a list, under the one shown.

use api_types::Endpoint;
use api_types::clients_api::ClientsApi;
use api_types::dossiers::PageDossiers;
use api_types::membres::{Invitations, Membres};
use api_types::messages::{Boite, Fil};
use api_types::travail::Travail;
use api_types::webhooks::Livraisons;
use leptos::prelude::*;
use serde::de::DeserializeOwned;

use super::alerte::AlerteEchec;
use crate::api::ecriture::ecrire;
use crate::api::http;
use crate::api::lecture::Lecture;
use crate::state::annonces::annoncer;

/// A page of a list that may go on.
pub trait Paginee {
    /// The cursor of the next page.
    fn suivant(&self) -> Option<&str>;
    /// Puts the next page under this one.
    fn ajouter(&mut self, suite: Self);
    /// How many elements it holds.
    fn nombre(&self) -> usize;
}

macro_rules! paginees {
    ($($page:ty),+) => { $(
        impl Paginee for $page {
            fn suivant(&self) -> Option<&str> {
                self.suivant.as_deref()
            }
            fn ajouter(&mut self, mut suite: Self) {
                // What moved from one page to the next meanwhile is not shown twice.
                suite.elements.retain(|nouveau| !self.elements.iter().any(|ancien| cle(ancien) == cle(nouveau)));
                self.elements.append(&mut suite.elements);
                self.suivant = suite.suivant;
            }
            fn nombre(&self) -> usize {
                self.elements.len()
            }
        }
    )+ };
}

trait Element {
    fn id(&self) -> uuid::Uuid;
}

fn cle(element: &impl Element) -> uuid::Uuid {
    element.id()
}

impl Element for api_types::dossiers::DossierResume {
    fn id(&self) -> uuid::Uuid {
        self.id
    }
}
impl Element for api_types::messages::Message {
    fn id(&self) -> uuid::Uuid {
        self.id
    }
}
impl Element for api_types::messages::MessageResume {
    fn id(&self) -> uuid::Uuid {
        self.id
    }
}
impl Element for api_types::clients_api::ClientApiResume {
    fn id(&self) -> uuid::Uuid {
        self.id
    }
}
impl Element for api_types::membres::Membre {
    fn id(&self) -> uuid::Uuid {
        self.id
    }
}
impl Element for api_types::membres::Invitation {
    fn id(&self) -> uuid::Uuid {
        self.id
    }
}
impl Element for api_types::webhooks::Livraison {
    fn id(&self) -> uuid::Uuid {
        self.id
    }
}
impl Element for api_types::travail::LigneTravail {
    fn id(&self) -> uuid::Uuid {
        self.dossier.id
    }
}

paginees!(PageDossiers, Boite, Fil, ClientsApi, Membres, Invitations, Livraisons, Travail);

/// The button that shows the next page, as long as there is one.
#[component]
pub fn Suite<E, F>(
    /// The list.
    lecture: Lecture<E::Response>,
    /// The operation that reads the page at a cursor.
    page: F,
    /// What the button says.
    #[prop(default = "Afficher la suite")]
    libelle: &'static str,
) -> impl IntoView
where
    E: Endpoint<Body = ()> + 'static,
    E::Response: Paginee + DeserializeOwned + Clone + Send + Sync + 'static,
    F: Fn(String) -> E + 'static,
{
    let curseur =
        Memo::new(move |_| lecture.donnee().with(|page| page.as_ref().and_then(|p| p.suivant().map(str::to_owned))));
    let suite = ecrire(move |depart: String| {
        let operation = page(depart.clone());
        async move {
            let suite = http::lire(&operation, None).await?;
            // The list may have been read anew meanwhile: this page would not follow it.
            if curseur.try_get_untracked().flatten().as_deref() == Some(depart.as_str()) {
                let arrives = suite.nombre();
                lecture.modifier(|page| page.ajouter(suite));
                annoncer(&format!("{} de plus.", crate::format::pluriel(compte(arrives), "ligne", "lignes")));
            }
            Ok(())
        }
    });
    view! {
        <Show when=move || curseur.with(Option::is_some)>
            <AlerteEchec echec=suite.echec()/>
            <button
                class="btn btn--petit"
                type="button"
                aria-disabled=move || suite.en_cours().get().then_some("true")
                on:click=move |_| {
                    if let Some(depart) = curseur.get_untracked() {
                        suite.envoyer(depart);
                    }
                }
            >
                {move || if suite.en_cours().get() { "Chargement…" } else { libelle }}
            </button>
        </Show>
    }
}

/// A length as a number that formats.
fn compte(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use api_types::messages::{Fil, Message, Nature};
    use domain::acteur::Cote;

    use super::Paginee;

    fn page(ids: &[u128], suivant: Option<&str>) -> Fil {
        let message = |id: &u128| Message {
            id: uuid::Uuid::from_u128(*id),
            dossier_id: uuid::Uuid::nil(),
            nature: Nature::Echange,
            auteur: "Claire Aubertin".into(),
            auteur_cote: Cote::Gestionnaire,
            de_moi: false,
            corps: String::new(),
            envoye_le: jiff::Timestamp::UNIX_EPOCH,
            non_lu: false,
            pieces_jointes: Vec::new(),
            lectures: Vec::new(),
            reference_externe: None,
        };
        Fil { elements: ids.iter().map(message).collect(), suivant: suivant.map(str::to_owned) }
    }

    #[test]
    fn the_next_page_goes_under_the_first_without_repetition() {
        let mut fil = page(&[3, 2], Some("2"));
        fil.ajouter(page(&[2, 1], None));
        assert_eq!(fil, page(&[3, 2, 1], None));
        assert_eq!((fil.nombre(), fil.suivant()), (3, None));
    }
}
