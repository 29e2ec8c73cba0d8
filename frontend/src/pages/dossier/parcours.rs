//! Where the dossier was opened from, and the one that follows in the worklist.

use api_types::endpoint::LireTravail;
use api_types::travail::{LigneTravail, PageTravail, Travail};
use domain::acteur::Cote;
use leptos::prelude::*;
use uuid::Uuid;

use crate::api::lecture::lire;
use crate::api::live;
use crate::components::icone::{Glyphe, Icone};
use crate::pages::{dossiers, gestion};
use crate::routes::Route;
use crate::state::origine::{self, Liste};
use crate::state::session::Session;

/// How many dossiers of the worklist are read, when it is not there already.
const LIMITE: u32 = 20;

/// Another dossier of the worklist.
#[derive(Debug, Clone, PartialEq)]
pub struct Suivant {
    /// Its address, where something arrived.
    pub href: String,
    /// Its number.
    pub numero: String,
}

/// What follows the dossier in the worklist.
#[derive(Debug, Clone, PartialEq)]
pub enum Suite {
    /// It is not known, or the reader does not go along the worklist.
    Inconnue,
    /// This dossier.
    Dossier(Suivant),
    /// None: there is no other.
    Rien,
}

/// The way of the reader through dossiers.
#[derive(Clone, Copy)]
pub struct Parcours {
    /// The list that the dossier was opened from; the one where the reader's side works, when it is not known.
    pub liste: Liste,
    suite: Memo<Suite>,
}

impl Parcours {
    /// The way that leads to the dossier `id`.
    pub fn nouveau(id: Memo<Option<Uuid>>) -> Self {
        let depart = match untrack(|| Session::courante().cote()) {
            Cote::Gestionnaire => Liste::File,
            Cote::Membre | Cote::AdministrateurOpco => Liste::Dossiers,
        };
        let liste = origine::liste().unwrap_or(depart);
        let connu = Memo::new(move |_| {
            let id = id.get()?;
            origine::dans_la_file(|file| apres(file, id)).flatten()
        });
        let lecture = lire(move || {
            let demander = liste == Liste::File && connu.with(Option::is_none);
            let curseur = origine::dans_la_file(|file| file.suivant.clone()).flatten();
            let query = PageTravail { curseur, limite: Some(LIMITE) };
            id.get().filter(|_| demander).map(|_| LireTravail { query })
        });
        let lu = move |id: Uuid, file: &Travail| {
            // Those that were passed over remain to be treated.
            apres(file, id)
                .or_else(|| autre(file, id))
                .or_else(|| origine::dans_la_file(|file| autre(file, id)).flatten())
        };
        let suite = Memo::new(move |_| {
            let Some(id) = id.get() else { return Suite::Inconnue };
            let connu = connu.get().map(Some);
            match connu.or_else(|| lecture.donnee().with(|file| file.as_ref().map(|file| lu(id, file)))) {
                None => Suite::Inconnue,
                Some(None) => Suite::Rien,
                Some(Some(suivant)) => Suite::Dossier(suivant),
            }
        });
        let parcours = Self { liste, suite };
        live::ecouter_en_groupe(move || {
            if parcours.fini() {
                lecture.relire();
            }
        });
        parcours
    }

    /// The way to the dossier that the component is in.
    pub fn courant() -> Self {
        expect_context()
    }

    /// What follows in the worklist.
    pub fn suite(self) -> Suite {
        self.suite.get()
    }

    /// Whether the worklist holds no other dossier.
    pub fn fini(self) -> bool {
        self.suite.try_get_untracked() == Some(Suite::Rien)
    }
}

fn apres(file: &Travail, id: Uuid) -> Option<Suivant> {
    let rang = file.elements.iter().position(|l| l.dossier.id == id)?;
    file.elements.get(rang + 1).map(suivant)
}

fn autre(file: &Travail, id: Uuid) -> Option<Suivant> {
    file.elements.iter().find(|l| l.dossier.id != id).map(suivant)
}

fn suivant(ligne: &LigneTravail) -> Suivant {
    Suivant { href: gestion::ligne::href(ligne), numero: ligne.dossier.numero.clone() }
}

/// The links back to the list, and on to the dossier that follows.
#[component]
pub fn Liens() -> impl IntoView {
    let parcours = Parcours::courant();
    let (href, nom) = retour(parcours.liste);
    let suivant = move || match parcours.suite() {
        Suite::Dossier(s) => Some(view! {
            <a class="meta lien" href=s.href>
                "Dossier suivant"
                <span class="vh">", "{s.numero}</span>
                <Icone glyphe=Glyphe::Fleche classe="icone--s"/>
            </a>
        }),
        Suite::Inconnue | Suite::Rien => None,
    };
    view! {
        <p class="rang rang--entre">
            <a class="meta lien" href=href>
                <Icone glyphe=Glyphe::Retour classe="icone--s"/>
                {nom}
            </a>
            {suivant}
        </p>
    }
}

/// The address and the name of the list.
pub fn retour(liste: Liste) -> (String, &'static str) {
    match liste {
        Liste::File => (Route::Gestion.href(), "Ma file de travail"),
        Liste::Dossiers => (dossiers::retour(), "Suivre les dossiers de formation"),
    }
}
