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
use web_sys::AbortSignal;

use super::alerte::AlerteEchec;
use crate::api::echec::Echec;
use crate::api::ecriture::ecrire;
use crate::api::http;
use crate::api::lecture::{Lecture, lire_par};
use crate::state::annonces::annoncer;
use crate::state::origine::{self, Liste};
use crate::state::page::{bientot, reprendre, reprendre_si_perdu};

/// A page of a list that may go on.
pub trait Paginee {
    /// The cursor of the next page.
    fn suivant(&self) -> Option<&str>;
    /// Puts the next page under this one.
    fn ajouter(&mut self, suite: Self);
    /// How many elements it holds.
    fn nombre(&self) -> usize;
    /// The first page read again, with the pages shown after it.
    #[must_use]
    fn fondre(montree: Self, tete: Self) -> Self;
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
            fn fondre(mut montree: Self, mut tete: Self) -> Self {
                let dernier = tete.elements.last().filter(|_| tete.suivant.is_some()).map(cle);
                // Where what is shown goes on after what was read; nowhere when too much has changed.
                let suite = dernier.and_then(|d| montree.elements.iter().position(|e| cle(e) == d));
                if let Some(rang) = suite.filter(|rang| rang + 1 < montree.elements.len()) {
                    montree.elements.drain(..=rang);
                    tete.ajouter(montree);
                }
                tete
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

/// Reads a list by pages; read again, it keeps the pages shown after the first.
pub fn lire_liste<E>(operation: impl Fn() -> Option<E> + 'static) -> Lecture<E::Response>
where
    E: Endpoint<Body = ()> + 'static,
    E::Response: Paginee + DeserializeOwned + Clone + Send + Sync + 'static,
{
    lire_par(operation, async |operation: &E, signal, montree| {
        let tete = http::lire(operation, signal).await?;
        Ok(match montree() {
            Some(montree) => Paginee::fondre(montree, tete),
            None => tete,
        })
    })
}

/// Reads a list that leads to dossiers: as it was left when one comes back to it, and read again, with all the pages shown.
pub fn lire_liste_tenue<E>(
    liste: Liste,
    operation: impl Fn() -> Option<E> + Clone + 'static,
    page: impl Fn(String) -> E + Clone + 'static,
) -> Lecture<E::Response>
where
    E: Endpoint<Body = ()> + 'static,
    E::Response: Paginee + DeserializeOwned + Clone + Send + Sync + 'static,
{
    let chemin = untrack(|| operation().map(|o| o.path()));
    let lecture = lire_par(operation, async move |operation: &E, signal: Option<AbortSignal>, montree| {
        let mut lue = http::lire(operation, signal.clone()).await?;
        // Counted each time: another page may come meanwhile.
        while let Some(curseur) = lue.suivant().filter(|_| montree().is_some_and(|m| m.nombre() > lue.nombre())) {
            let suite = http::lire(&page(curseur.to_owned()), signal.clone()).await?;
            lue.ajouter(suite);
        }
        Ok(lue)
    });
    if let Some(chemin) = chemin
        && let Some(montree) = origine::rendre(liste, &chemin)
    {
        lecture.amorcer(chemin, montree);
        // The row that has the focus again may be gone from what is read.
        Effect::new(move |faite: Option<bool>| {
            let lue = !lecture.en_cours().get();
            if lue && faite == Some(false) {
                bientot(reprendre_si_perdu);
            }
            lue || faite == Some(true)
        });
    }
    origine::tenir(move || lecture.montree());
    lecture
}

/// Reads the page at the cursor `depart` and puts it under what is shown; how many elements came, `None` when the list
/// was read anew meanwhile and the page would not follow it.
pub async fn continuer<E>(lecture: Lecture<E::Response>, page: &E, depart: &str) -> Result<Option<usize>, Echec>
where
    E: Endpoint<Body = ()>,
    E::Response: Paginee + DeserializeOwned + Clone + Send + Sync + 'static,
{
    let suite = http::lire(page, None).await?;
    let la = |page: &Option<E::Response>| page.as_ref().is_some_and(|p| p.suivant() == Some(depart));
    if lecture.donnee().try_with_untracked(la) != Some(true) {
        return Ok(None);
    }
    let arrives = suite.nombre();
    lecture.modifier(|page| page.ajouter(suite));
    Ok(Some(arrives))
}

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
            if let Some(arrives) = continuer(lecture, &operation, &depart).await? {
                annoncer(&format!("{} de plus.", crate::format::pluriel(compte(arrives), "ligne", "lignes")));
                if curseur.get_untracked().is_none() {
                    // The button goes with the last page.
                    bientot(reprendre);
                }
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

    #[test]
    fn a_first_page_read_again_keeps_what_is_shown_after_it() {
        let montree = || page(&[6, 5, 4, 3, 2, 1], Some("1"));
        // One more at the head, one gone.
        assert_eq!(Fil::fondre(montree(), page(&[7, 6, 4], Some("4"))), page(&[7, 6, 4, 3, 2, 1], Some("1")));
        // One page was shown, or the list holds in one, or nothing of what is shown follows.
        assert_eq!(Fil::fondre(page(&[3, 2], Some("2")), page(&[3, 2], Some("2"))), page(&[3, 2], Some("2")));
        assert_eq!(Fil::fondre(montree(), page(&[6, 5], None)), page(&[6, 5], None));
        assert_eq!(Fil::fondre(montree(), page(&[9, 8], Some("8"))), page(&[9, 8], Some("8")));
    }
}
