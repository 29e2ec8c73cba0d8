//! The filters of the list: a band above the table, a sheet on a phone.

mod champs;

use api_types::dossiers::{FiltreDossiers, Tri};
use api_types::endpoint::ListerDispositifs;
use domain::code::Code;
use domain::dossier::{Etat, Situation};
use domain::limites::RECHERCHE_MAX;
use leptos::prelude::*;

use super::Liste;
use crate::api::lecture::lire;
use crate::components::champ::Champ;
use crate::components::etat::aspect;
use crate::components::feuille;
use crate::components::icone::{Glyphe, Icone};
use crate::model::entreprises;
use crate::model::filtre::Filtre;
use crate::state::session::Session;
use champs::{Choix, Jour};

/// The identifier of the form, a sheet on a phone.
const FEUILLE: &str = "filtres";

/// The form.
#[component]
pub fn Filtres() -> impl IntoView {
    let liste = Liste::courante();
    let changer = move |faire: &dyn Fn(&mut FiltreDossiers)| {
        let voulu = liste.filtre.with_untracked(|f| f.avec(faire));
        if liste.filtre.with_untracked(|f| f.query != voulu.query) {
            liste.vers(voulu);
        }
    };
    let q = RwSignal::new(String::new());
    // Noting the pages shown does not replace what is being typed.
    let cherche = Memo::new(move |_| liste.filtre.with(|f| f.query.q.clone().unwrap_or_default()));
    Effect::new(move |_| q.set(cherche.get()));
    let libelle = if Session::courante().de_moi(entreprises::cherchees) {
        "N°\u{a0}de dossier/demande, stagiaire, entreprise"
    } else {
        "N°\u{a0}de dossier/demande, stagiaire"
    };
    let chercher = move || {
        let texte = q.with_untracked(|t| Some(t.trim().to_owned()).filter(|t| !t.is_empty()));
        changer(&|query| query.q.clone_from(&texte));
    };
    view! {
        <button
            class="btn etroit-seul"
            type="button"
            popovertarget=FEUILLE
            on:mousedown=|e| feuille::garder_focus(FEUILLE, &e)
        >
            <Icone glyphe=Glyphe::Filtre/>
            "Filtrer les dossiers"
        </button>
        <form
            class=if liste.membre { "filtres filtres--6" } else { "filtres filtres--5" }
            id=FEUILLE
            popover="auto"
            role="search"
            aria-label="Filtrer les dossiers"
            on:focusout=|e| feuille::quitter(FEUILLE, &e)
            on:submit=move |e| {
                e.prevent_default();
                chercher();
            }
        >
            <Dispositif/>
            <Champ id="filtre-q" libelle let:liens>
                <input
                    class="saisie saisie--serree"
                    type="search"
                    id=liens.id
                    autocomplete="off"
                    maxlength=RECHERCHE_MAX
                    bind:value=q
                    on:change=move |_| chercher()
                />
            </Champ>
            {liste.membre.then(|| view! { <Etablissement/> })}
            <Jour
                id="filtre-debut"
                libelle="Début de formation dès le"
                lue=|q| q.debut_apres
                posee=|q, jour| q.debut_apres = jour
            />
            <Jour id="filtre-fin" libelle="Fin de formation avant le" lue=|q| q.fin_avant posee=|q, jour| q.fin_avant = jour/>
            <EtatDossier/>
            <div class="cartes-seul"><Ordre/></div>
            <button
                class="btn btn--plein etroit-seul"
                type="button"
                popovertarget=FEUILLE
                popovertargetaction="hide"
                on:click=move |_| chercher()
            >
                "Voir les dossiers"
            </button>
        </form>
    }
}

#[component]
fn Dispositif() -> impl IntoView {
    let liste = Liste::courante();
    let lecture = lire(|| Some(ListerDispositifs {}));
    let valeurs = Signal::derive(move || {
        let mut connus = lecture
            .donnee()
            .with(|d| d.iter().flat_map(|d| &d.elements).map(|d| (d.code.clone(), d.code.clone())).collect::<Vec<_>>());
        // The one in force can always be seen, even before the others are known.
        if let Some(code) = liste.filtre.with(|f| f.query.dispositif.clone())
            && !connus.iter().any(|(c, _)| *c == code)
        {
            connus.push((code.clone(), code));
        }
        connus
    });
    view! {
        <Choix
            id="filtre-dispositif"
            libelle="Dispositif formation"
            tous="Tous"
            valeurs
            lue=|q| q.dispositif.clone()
            posee=|q, v| q.dispositif = v.map(str::to_owned)
        />
    }
}

#[component]
fn Etablissement() -> impl IntoView {
    let session = Session::courante();
    let valeurs = Signal::derive(move || {
        session.de_moi(|m| m.etablissements.iter().map(|e| (e.id.to_string(), e.nom.clone())).collect::<Vec<_>>())
    });
    let tous = format!("Tous ({})", valeurs.with_untracked(Vec::len));
    view! {
        <Choix
            id="filtre-etablissement"
            libelle="Établissement"
            tous
            valeurs
            lue=|q| q.etablissement.map(|e| e.to_string())
            posee=|q, v| q.etablissement = v.and_then(|v| v.parse().ok())
        />
    }
}

#[component]
fn EtatDossier() -> impl IntoView {
    let liste = Liste::courante();
    // An address made before, or by a gestionnaire.
    Effect::new(move |_| {
        if liste.membre && liste.filtre.with(|f| f.query.etat.is_some()) {
            liste.noter(liste.filtre.with_untracked(Filtre::pour_membre));
        }
    });
    let valeurs = Signal::derive(move || {
        let vue = liste.filtre.with(Filtre::vue);
        let dit = |code: &str, etat: Etat| (etat.vue() == vue).then(|| (code.to_owned(), aspect(etat).2.to_owned()));
        // What the stamps say: to the member, whether something is awaited; to the OPCO, the état itself.
        let mut connus = if liste.membre {
            Situation::TOUS.iter().filter_map(|s| dit(s.code(), s.etat())).collect::<Vec<_>>()
        } else {
            let visibles = Etat::TOUS.iter().filter(|e| **e != Etat::Brouillon);
            visibles.filter_map(|e| dit(e.code(), *e)).collect()
        };
        // The one in force can always be seen, whoever made the address.
        if let Some((valeur, nom)) = liste.filtre.with(|f| etat_en_force(liste.membre, &f.query))
            && !connus.iter().any(|(v, _)| *v == valeur)
        {
            connus.push((valeur, nom));
        }
        connus
    });
    let membre = |q: &FiltreDossiers| etat_en_force(true, q).map(|(v, _)| v);
    let opco = |q: &FiltreDossiers| etat_en_force(false, q).map(|(v, _)| v);
    let lue: fn(&FiltreDossiers) -> Option<String> = if liste.membre { membre } else { opco };
    let posee: fn(&mut FiltreDossiers, Option<&str>) = if liste.membre {
        |q, v| (q.etat, q.situation) = (None, v.and_then(Code::du_code))
    } else {
        |q, v| (q.etat, q.situation) = (v.and_then(Code::du_code), None)
    };
    view! {
        <Choix
            id="filtre-etat"
            libelle="État"
            tous="Tous"
            valeurs
            lue
            posee
        />
    }
}

/// What filters by état, and its name: what the member is shown is not the état itself, and does not pass for it.
pub(super) fn etat_en_force(membre: bool, query: &FiltreDossiers) -> Option<(String, String)> {
    let nom = |etat: Etat| aspect(etat).2.to_owned();
    match (query.situation, query.etat) {
        (Some(s), _) if membre => Some((s.code().to_owned(), nom(s.etat()))),
        (Some(s), _) => Some((format!("situation-{}", s.code()), format!("{}, côté adhérent", nom(s.etat())))),
        (None, Some(e)) => Some((e.code().to_owned(), nom(e))),
        (None, None) => None,
    }
}

/// The sort, for cards, which have no heads.
#[component]
fn Ordre() -> impl IntoView {
    let valeurs = [
        (Tri::EcheanceDecroissante, "Échéance la plus lointaine"),
        (Tri::Debut, "Début le plus récent"),
        (Tri::DebutCroissant, "Début le plus ancien"),
        (Tri::Numero, "N°\u{a0}de dossier le plus élevé"),
        (Tri::NumeroCroissant, "N°\u{a0}de dossier le plus petit"),
    ];
    let valeurs = Signal::stored(valeurs.map(|(t, nom)| (t.code().to_owned(), nom.to_owned())).to_vec());
    view! {
        <Choix
            id="filtre-tri"
            libelle="Trier par"
            tous="Prochaine échéance"
            valeurs
            lue=|q| q.tri.filter(|t| *t != Tri::Echeance).map(|t| t.code().to_owned())
            posee=|q, v| q.tri = v.and_then(Code::du_code)
        />
    }
}

/// « Seulement ceux qui m’attendent ».
#[component]
pub fn Attendus() -> impl IntoView {
    let liste = Liste::courante();
    let coche = Memo::new(move |_| liste.filtre.with(|f| f.query.attendus == Some(true)));
    let libelle =
        if liste.membre { "Seulement ceux qui m’attendent" } else { "Seulement ceux qui attendent l’adhérent" };
    let changer = move |e: leptos::ev::Event| {
        let voulu = event_target_checked(&e).then_some(true);
        liste.vers(liste.filtre.with_untracked(|f| f.avec(|q| q.attendus = voulu)));
    };
    view! {
        <label class="case case--centree">
            <input type="checkbox" prop:checked=coche on:change=changer/>
            {libelle}
        </label>
    }
}
