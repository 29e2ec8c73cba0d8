//! The head of the documents: how many are there, what to show, what happens to a deposit.

use api_types::documents::Pieces;
use api_types::endpoint::{Endpoint, TelechargerDocuments};
use leptos::prelude::*;
use uuid::Uuid;

use super::mode::a_fournir;
use crate::components::icone::{Glyphe, Icone};
use crate::format;
use crate::pages::dossier::Ici;
use crate::pages::dossier::complet::Complet;
use crate::state::annonces::annoncer;
use crate::state::organisme::Organisme;

/// Which categories are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Vue {
    Toutes,
    AFournir,
    Deposees,
}

impl Vue {
    const TOUTES: [(Self, &'static str); 3] =
        [(Self::Toutes, "Toutes"), (Self::AFournir, "À fournir"), (Self::Deposees, "Déposées")];

    fn retenues(self, pieces: &Pieces) -> Vec<Uuid> {
        let admise = |p: &&api_types::documents::Piece| match self {
            Self::Toutes => true,
            Self::AFournir => a_fournir(p),
            Self::Deposees => !p.documents.is_empty(),
        };
        pieces.elements.iter().filter(admise).map(|p| p.id).collect()
    }
}

/// The categories chosen; `None` shows all.
///
/// Fixed when the choice is made: a category does not vanish because it was just filled.
pub type Retenues = RwSignal<Option<Vec<Uuid>>>;

/// The head of the documents.
#[component]
pub fn Entete(
    /// The categories.
    pieces: Signal<Pieces>,
    /// Which are shown.
    retenues: Retenues,
) -> impl IntoView {
    let ici = Ici::courant();
    let compte = Memo::new(move |_| {
        pieces.with(|p| {
            let dues = p.elements.iter().filter(|p| p.due);
            (dues.clone().count(), dues.filter(|p| p.fournie).count())
        })
    });
    let documents = Memo::new(move |_| pieces.with(|p| p.elements.iter().any(|p| !p.documents.is_empty())));
    view! {
        <div class="pile-serree">
            <div class="rang rang--entre">
                <p class="rang">{move || completude(compte.get(), pieces, ici.membre())}</p>
                <Choix pieces retenues/>
            </div>
            <div class="rang rang--entre meta">
                <Show when=move || ici.membre() && pieces.with(|p| p.peut_deposer)>
                    <Promesse/>
                </Show>
                <Show when=move || documents.get()>
                    <a class="lien droite" href=TelechargerDocuments { dossier_id: ici.id }.path() download="">
                        <Icone glyphe=Glyphe::Bas classe="icone--s"/>
                        "Tout télécharger (ZIP)"
                    </a>
                </Show>
            </div>
        </div>
    }
}

fn completude((dues, fournies): (usize, usize), pieces: Signal<Pieces>, membre: bool) -> impl IntoView {
    let petit = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
    let echeance = pieces.with(|p| p.elements.iter().filter(|p| a_fournir(p)).filter_map(|p| p.echeance).min());
    let avant = echeance.map(|j| format!(" au plus tard le {}", format::date(j))).unwrap_or_default();
    let manquent = i64::from(petit(dues - fournies));
    let reste =
        (manquent > 0).then(|| format!("{manquent} {}{avant}", format::accord(manquent, "attendue", "attendues")));
    if dues == 0 {
        return view! { <span>"Aucune pièce obligatoire à ce stade"</span> }.into_any();
    }
    view! {
        <Complet dues=petit(dues) fournies=petit(fournies) attendu=membre grand=true/>
        <span>
            {if manquent == 0 { "pièces obligatoires fournies" } else { "pièces obligatoires fournies, " }}
            <span class:texte-signal=membre>{reste}</span>
        </span>
    }
    .into_any()
}

/// What happens to a deposit.
#[component]
fn Promesse() -> impl IntoView {
    let organisme = Organisme::courant();
    let suite = move || match organisme.annulation_secondes() {
        0 => " La transmission est immédiate.".to_owned(),
        s => format!(" Vous avez {} pour annuler.", format::pluriel(s.into(), "seconde", "secondes")),
    };
    view! {
        <p class="alerte alerte--fine">
            <Icone glyphe=Glyphe::Info/>
            <span>
                <b>{move || format!("Tout document déposé est automatiquement transmis à {}.", organisme.nom())}</b>
                {suite}
            </span>
        </p>
    }
}

#[component]
fn Choix(pieces: Signal<Pieces>, retenues: Retenues) -> impl IntoView {
    let vue = RwSignal::new(Vue::Toutes);
    let bouton = move |(sienne, nom): (Vue, &'static str)| {
        let nombre = Memo::new(move |_| pieces.with(|p| sienne.retenues(p).len()));
        let choisir = move |_| {
            vue.set(sienne);
            retenues.set((sienne != Vue::Toutes).then(|| pieces.with_untracked(|p| sienne.retenues(p))));
            annoncer(&format!("{nom}\u{a0}: {}.", nombre.get_untracked()));
        };
        view! {
            <button
                class="btn btn--petit"
                type="button"
                aria-pressed=move || (vue.get() == sienne).to_string()
                on:click=choisir
            >
                {nom}
                " "
                <span class="compte">{move || nombre.get()}</span>
            </button>
        }
    };
    view! { <div class="choix" role="group" aria-label="Filtrer les pièces">{Vue::TOUTES.map(bouton).collect_view()}</div> }
}
