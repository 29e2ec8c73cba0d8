//! The gestionnaire's judgement of a document.

use api_types::ProblemCode;
use api_types::documents::{Document, Examen};
use api_types::endpoint::{ExaminerDocument, LireDocument};
use domain::document::Verdict;
use domain::limites::MOTIF_MAX;
use leptos::callback::Callable as _;
use leptos::prelude::*;
use uuid::Uuid;

use super::classeur::Classeur;
use super::demande::jour_a_venir;
use super::fiche::id_fiche;
use crate::api::echec::Echec;
use crate::api::ecriture::{Fautes, ecrire, faute};
use crate::api::http;
use crate::components::alerte::AlerteEchec;
use crate::components::bouton::Envoyer;
use crate::components::champ::{Champ, ChampTexte};
use crate::components::dialogue::Dialogue;
use crate::components::icone::{Glyphe, Icone};
use crate::format;
use crate::model::filtre::ecrire_jour;
use crate::state::annonces::annoncer;
use crate::state::page::{bientot, viser};

/// The three judgements, on a card.
#[component]
pub fn Jugement(
    /// The document.
    document: Signal<Document>,
    /// Whether a former judgement is being changed.
    revoir: RwSignal<bool>,
) -> impl IntoView {
    let classeur = Classeur::courant();
    let accepter = ecrire(move |()| async move {
        juger(classeur, document.get_untracked(), Examen { verdict: Verdict::Acceptee, motif: None, avant: None }).await
    });
    // A new judgement, wherever it came from, ends the change of the former.
    Effect::watch(move || document.with(|d| d.etag.clone()), move |_, _, _| revoir.set(false), false);
    let demander = move |verdict| classeur.examen.ouvrir((document.get_untracked(), verdict));
    let objet = move || document.with(|d| format!(" {}", d.nom));
    view! {
        <div class="fiche__examen" role="group" aria-label=move || format!("Décision sur{}", objet())>
            <button
                class="btn btn--petit"
                type="button"
                aria-disabled=move || accepter.en_cours().get().then_some("true")
                on:click=move |_| accepter.envoyer(())
            >
                <Icone glyphe=Glyphe::Check classe="icone--s"/>
                "Accepter"
                <span class="vh">{objet}</span>
            </button>
            <button class="btn btn--petit" type="button" on:click=move |_| demander(Verdict::ACompleter)>
                "À compléter"
                <span class="vh">{objet}</span>
            </button>
            <button class="btn btn--petit btn--danger" type="button" on:click=move |_| demander(Verdict::Refusee)>
                "Refuser"
                <span class="vh">{objet}</span>
            </button>
            <AlerteEchec echec=accepter.echec()/>
        </div>
    }
}

async fn juger(classeur: Classeur, lu: Document, examen: Examen) -> Result<(), Echec> {
    let id = lu.id;
    let document = http::changer(&ExaminerDocument { document_id: id }, &lu.etag, &examen).await?;
    annoncer(&format!("{}\u{a0}: pièce {}.", document.nom, mot(document.verdict)));
    classeur.montrer.try_run(document);
    bientot(move || viser(&id_fiche(id)));
    Ok(())
}

/// The document as it is now, after somebody else changed it: what was typed can be sent again, knowingly.
async fn relire(classeur: Classeur, id: Uuid) {
    if let Ok(document) = http::lire(&LireDocument { document_id: id }, None).await {
        classeur.montrer.try_run(document.clone());
        classeur.examen.de.try_update(|sujet| {
            if let Some((lu, _)) = sujet {
                *lu = document;
            }
        });
    }
}

const fn mot(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::AExaminer => "à examiner",
        Verdict::Acceptee => "acceptée",
        Verdict::ACompleter => "à compléter",
        Verdict::Refusee => "refusée",
    }
}

/// What was decided of a document already, in a sentence.
fn decision(document: &Document) -> Option<String> {
    (document.verdict != Verdict::AExaminer).then(|| format!("Décision actuelle\u{a0}: {}.", mot(document.verdict)))
}

/// The dialog of a judgement that needs a reason.
#[component]
pub fn DialogueExamen() -> impl IntoView {
    let sujet = Classeur::courant().examen;
    let titre = Signal::derive(move || {
        sujet.de.with(|s| match s {
            Some((_, Verdict::Refusee)) => "Refuser la pièce".to_owned(),
            _ => "Demander de compléter la pièce".to_owned(),
        })
    });
    view! {
        <Dialogue id="examen" ouvert=sujet.ouvert titre>
            <Motif/>
        </Dialogue>
    }
}

#[component]
fn Motif() -> impl IntoView {
    let classeur = Classeur::courant();
    let sujet = classeur.examen;
    // The same decision again begins with its words.
    let depart = sujet.de.with_untracked(|s| {
        let (d, _) = s.as_ref().filter(|(d, verdict)| d.verdict == *verdict)?;
        Some((d.motif.clone().unwrap_or_default(), d.avant.map(ecrire_jour).unwrap_or_default()))
    });
    let (motif, avant) = depart.unwrap_or_default();
    let (motif, avant) = (RwSignal::new(motif), RwSignal::new(avant));
    let fautes = Fautes::nouvelles();
    let envoi = ecrire(move |(document, examen): (Document, Examen)| async move {
        let id = document.id;
        let fait = juger(classeur, document, examen).await;
        match &fait {
            Ok(()) => {
                sujet.ouvert.try_set(false);
            }
            Err(e) if e.code() == Some(ProblemCode::VersionPerimee) => relire(classeur, id).await,
            Err(_) => {}
        }
        fait
    });
    fautes.suivre(envoi);
    let refus = sujet.de.with_untracked(|s| s.as_ref().is_some_and(|(_, v)| *v == Verdict::Refusee));
    let soumettre = move |e: web_sys::SubmitEvent| {
        e.prevent_default();
        let texte = motif.with_untracked(|m| m.trim().to_owned());
        let present = sujet.de.with_untracked(|s| {
            let meme = s.as_ref().filter(|(d, verdict)| d.verdict == *verdict);
            meme.and_then(|(d, _)| d.avant)
        });
        let lu = || avant.with_untracked(|a| jour_a_venir(a, present, format::aujourd_hui()));
        let jour = if refus { Ok(None) } else { lu() };
        let manque =
            texte.is_empty().then(|| faute("/motif", "Dites ce qui doit être corrigé\u{a0}: l’adhérent le lira."));
        let passe = jour.as_ref().err().map(|dit| faute("/avant", dit.clone()));
        if fautes.poser(manque.into_iter().chain(passe).collect())
            && let (Some((document, verdict)), Ok(avant)) = (sujet.de.get_untracked(), jour)
        {
            envoi.envoyer((document, Examen { verdict, motif: Some(texte), avant }));
        }
    };
    view! {
        <form on:submit=soumettre novalidate>
            <div class="dialogue__corps">
                <p class="fiche__nom">{sujet.de.with_untracked(|s| s.as_ref().map(|(d, _)| d.nom.clone()))}</p>
                <p>{move || sujet.de.with(|s| s.as_ref().and_then(|(d, _)| decision(d)))}</p>
                <AlerteEchec echec=envoi.echec()/>
                <Champ
                    id="examen-motif"
                    libelle="Motif"
                    aide=Some("L’adhérent le lit sur la pièce. Dites ce qui ne va pas et comment y remédier.".to_owned())
                    erreur=fautes.de("/motif")
                    let:liens
                >
                    <textarea
                        class="saisie"
                        id=liens.id
                        aria-describedby=liens.decrit
                        aria-invalid=liens.invalide
                        required
                        maxlength=MOTIF_MAX
                        bind:value=motif
                    ></textarea>
                </Champ>
                {(!refus)
                    .then(|| {
                        view! {
                            <ChampTexte
                                id="examen-avant"
                                libelle="À corriger au plus tard le (facultatif)"
                                aide="Format jj/mm/aaaa"
                                valeur=avant
                                erreur=fautes.de("/avant")
                                clavier="numeric"
                            />
                        }
                    })}
            </div>
            <div class="dialogue__pied">
                <button class="btn" type="button" on:click=move |_| sujet.ouvert.set(false)>"Annuler"</button>
                <Envoyer
                    libelle=if refus { "Refuser la pièce" } else { "Demander de compléter" }
                    en_envoi="Envoi…"
                    en_cours=envoi.en_cours()
                />
            </div>
        </form>
    }
}
