//! The filters of the list: a band above the table, a sheet on a phone.

mod champs;

use api_types::dossiers::{FiltreDossiers, Tri};
use api_types::endpoint::ListerDispositifs;
use domain::code::Code;
use domain::dossier::Etat;
use leptos::prelude::*;

use super::Liste;
use crate::api::lecture::lire;
use crate::components::champ::Champ;
use crate::components::etat::aspect;
use crate::components::icone::{Glyphe, Icone};
use crate::model::filtre::Filtre;
use crate::state::session::Session;
use champs::{Choix, Jour};

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
    Effect::new(move |_| q.set(liste.filtre.with(|f| f.query.q.clone().unwrap_or_default())));
    let chercher = move || {
        let texte = q.with_untracked(|t| Some(t.trim().to_owned()).filter(|t| !t.is_empty()));
        changer(&|query| query.q.clone_from(&texte));
    };
    view! {
        <button class="btn etroit-seul" type="button" popovertarget="filtres">
            <Icone glyphe=Glyphe::Filtre/>
            "Filtrer les dossiers"
        </button>
        <form
            class=if liste.membre { "filtres filtres--6" } else { "filtres filtres--5" }
            id="filtres"
            popover="auto"
            role="search"
            aria-label="Filtrer les dossiers"
            on:submit=move |e| {
                e.prevent_default();
                chercher();
            }
        >
            <Dispositif/>
            <Champ id="filtre-q" libelle="N°\u{a0}de dossier/demande, stagiaire" let:liens>
                <input
                    class="saisie saisie--serree"
                    type="search"
                    id=liens.id
                    autocomplete="off"
                    maxlength="200"
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
            <div class="etroit-seul"><Ordre/></div>
            <button
                class="btn btn--plein etroit-seul"
                type="button"
                popovertarget="filtres"
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
    let valeurs = Signal::derive(move || {
        let vue = liste.filtre.with(Filtre::vue);
        let visibles = Etat::TOUS.iter().filter(|e| e.vue() == vue && (liste.membre || **e != Etat::Brouillon));
        visibles.map(|e| (e.code().to_owned(), aspect(*e).2.to_owned())).collect::<Vec<_>>()
    });
    view! {
        <Choix
            id="filtre-etat"
            libelle="État"
            tous="Tous"
            valeurs
            lue=|q| q.etat.map(|e| e.code().to_owned())
            posee=|q, v| q.etat = v.and_then(Code::du_code)
        />
    }
}

/// The sort, for cards, which have no heads.
#[component]
fn Ordre() -> impl IntoView {
    let valeurs = [(Tri::Debut, "Date de début"), (Tri::Numero, "N°\u{a0}de dossier")];
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
