//! « Suivre les dossiers de formation »: the list, whose whole state is in the address.

mod filtres;
mod nouveautes;
mod puces;
mod suites;
mod tableau;
mod vues;

use api_types::dossiers::{PageDossiers, Tri};
use api_types::endpoint::ListerDossiers;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

use crate::api::lecture::Lecture;
use crate::components::chargement::{Chargement, Os};
use crate::components::sans_etablissement::SansEtablissement;
use crate::components::suite::{Suite, lire_liste_tenue};
use crate::components::titre::TitrePage;
use crate::format;
use crate::model::filtre::Filtre;
use crate::routes::Route;
use crate::state::origine;
use crate::state::page;
use crate::state::session::Session;

/// The address of the list, as it was last shown.
pub fn retour() -> String {
    origine::adresse().unwrap_or_else(|| Route::Dossiers.href())
}

/// The list shown, for its parts.
#[derive(Clone, Copy)]
struct Liste {
    filtre: Memo<Filtre>,
    lecture: Lecture<PageDossiers>,
    aller: UnsyncCallback<(Filtre, bool)>,
    membre: bool,
}

impl Liste {
    fn courante() -> Self {
        expect_context()
    }

    /// Shows another list; one can come back to this one.
    fn vers(self, filtre: Filtre) {
        self.aller.run((filtre, false));
    }

    /// Notes the state of the list in the address, without a step back to it.
    fn noter(self, filtre: Filtre) {
        self.aller.run((filtre, true));
    }
}

/// The list of dossiers.
#[component]
pub fn Dossiers() -> impl IntoView {
    page::titre(|| "Suivre les dossiers de formation".to_owned());
    let parametres = use_query_map();
    let filtre = Memo::new(move |_| parametres.with(|p| Filtre::lire(|nom| p.get(nom))));
    let requete = Memo::new(move |_| filtre.with(|f| f.query.clone()));
    let suivante = move |curseur| {
        let mut query = requete.get_untracked();
        query.curseur = Some(curseur);
        ListerDossiers { query }
    };
    let operation = move || Some(ListerDossiers { query: requete.get() });
    let lecture = lire_liste_tenue(origine::Liste::Dossiers, operation, suivante);
    let naviguer = use_navigate();
    // Leaving a field and sending the form ask for the same list: one step back is enough.
    let demandee = StoredValue::new(String::new());
    let aller = UnsyncCallback::new(move |(filtre, replace): (Filtre, bool)| {
        let voulue = adresse(&filtre);
        if demandee.with_value(|d| *d != voulue) {
            demandee.set_value(voulue.clone());
            naviguer(&voulue, NavigateOptions { replace, scroll: false, ..NavigateOptions::default() });
        }
    });
    let membre = Session::courante().membre();
    provide_context(Liste { filtre, lecture, aller, membre });
    Effect::new(move |_| {
        let ici = filtre.with(adresse);
        demandee.set_value(ici.clone());
        origine::noter_adresse(ici);
    });
    suites::tenir();
    view! {
        <TitrePage titre="Suivre les dossiers de formation"/>
        <SansEtablissement/>
        <div class="pile">
            <vues::Vues/>
            <filtres::Filtres/>
            <div class="rang rang--entre">
                <Resume/>
                <filtres::Attendus/>
            </div>
            <nouveautes::Depuis/>
            <Chargement lecture quoi="les dossiers" attente=squelette let:page>
                {
                    let vide = Memo::new(move |_| page.with(|p| p.elements.is_empty()));
                    view! {
                        <Show when=move || !vide.get() fallback=puces::Aucun>
                            <tableau::Tableau page/>
                        </Show>
                    }
                }
            </Chargement>
            <Suite lecture page=suivante/>
        </div>
    }
}

fn adresse(filtre: &Filtre) -> String {
    format!("{}{}", Route::Dossiers.href(), filtre.adresse())
}

fn squelette() -> impl IntoView {
    view! { <div class="feuille"><div class="feuille__corps pile"><Os lignes=6/></div></div> }
}

/// The identifier of the line that says how many dossiers are shown.
const RESUME: &str = "dossiers-resume";

/// How many dossiers are shown, and in which order.
#[component]
fn Resume() -> impl IntoView {
    let liste = Liste::courante();
    let nombre = move || {
        liste.lecture.donnee().with(|page| {
            page.as_ref().map(|p| {
                let n = i64::try_from(p.elements.len()).unwrap_or(i64::MAX);
                let affiches = if p.suivant.is_some() { format::accord(n, " affiché", " affichés") } else { "" };
                (format!("{}{affiches}", format::pluriel(n, "dossier", "dossiers")), n)
            })
        })
    };
    let ordre = move || match liste.filtre.with(Filtre::tri) {
        Tri::Echeance => "par prochaine échéance",
        Tri::EcheanceDecroissante => "par échéance, la plus lointaine d’abord",
        Tri::Debut => "par date de début, la plus récente d’abord",
        Tri::DebutCroissant => "par date de début, la plus ancienne d’abord",
        Tri::Numero => "par numéro, le plus élevé d’abord",
        Tri::NumeroCroissant => "par numéro, le plus petit d’abord",
        Tri::Modification => "par dernier changement, le plus ancien d’abord",
    };
    view! {
        <p class="meta resume" role="status" id=RESUME tabindex="-1">
            {move || {
                nombre().map(|(texte, n)| {
                    let suite = (n > 0).then(|| format!(", {} {}", format::accord(n, "trié", "triés"), ordre()));
                    view! { <b>{texte}</b>{suite} }
                })
            }}
        </p>
    }
}
