//! « Demander une pièce », for the gestionnaire.

use api_types::documents::{DemandePiece, Pieces};
use api_types::endpoint::DemanderPiece;
use jiff::civil::Date;
use leptos::callback::Callable as _;
use leptos::prelude::*;
use uuid::Uuid;

use super::classeur::{Classeur, Sujet};
use crate::api::ecriture::{Fautes, ecrire, faute};
use crate::api::http;
use crate::components::alerte::AlerteEchec;
use crate::components::bouton::Envoyer;
use crate::components::champ::{Champ, ChampTexte};
use crate::components::dialogue::Dialogue;
use crate::format;
use crate::model::filtre::{JourInvalide, lire_jour};
use crate::pages::dossier::Ici;
use crate::state::annonces::annoncer;

/// The dialog that asks the member for a piece.
#[component]
pub fn DialogueDemande(
    /// The categories.
    pieces: Signal<Pieces>,
    /// The category to begin with.
    sujet: Sujet<Uuid>,
) -> impl IntoView {
    view! {
        <Dialogue id="demande" ouvert=sujet.ouvert titre="Demander une pièce">
            <Formulaire pieces sujet/>
        </Dialogue>
    }
}

#[component]
fn Formulaire(pieces: Signal<Pieces>, sujet: Sujet<Uuid>) -> impl IntoView {
    let (ici, classeur) = (Ici::courant(), Classeur::courant());
    let piece = RwSignal::new(sujet.de.with_untracked(|p| p.map(|p| p.to_string()).unwrap_or_default()));
    let (motif, avant) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let fautes = Fautes::nouvelles();
    let envoi = ecrire(move |demande: DemandePiece| async move {
        http::call(&DemanderPiece { dossier_id: ici.id }, &demande).await?;
        annoncer("Pièce demandée à l’adhérent.");
        classeur.relire.try_run(());
        ici.lecture.relire();
        sujet.ouvert.try_set(false);
        Ok(())
    });
    fautes.suivre(envoi);
    let soumettre = move |e: web_sys::SubmitEvent| {
        e.prevent_default();
        let choisie = piece.with_untracked(|p| p.parse::<Uuid>().ok());
        let texte = motif.with_untracked(|m| m.trim().to_owned());
        let jour = avant.with_untracked(|a| jour_a_venir(a, format::aujourd_hui()));
        let mut manques = Vec::new();
        if choisie.is_none() {
            manques.push(faute("/piece_id", "Choisissez la catégorie."));
        }
        if texte.is_empty() {
            manques.push(faute("/motif", "Dites pourquoi la pièce est nécessaire\u{a0}: la règle l’exige."));
        }
        if let Err(dit) = &jour {
            manques.push(faute("/avant", dit.clone()));
        }
        if fautes.poser(manques)
            && let (Some(piece_id), Ok(avant)) = (choisie, jour)
        {
            envoi.envoyer(DemandePiece { piece_id, motif: texte, avant });
        }
    };
    let options = move || {
        pieces.with(|p| {
            let option = |p: &api_types::documents::Piece| {
                let id = p.id.to_string();
                let choisie = piece.with_untracked(|c| *c == id);
                view! { <option value=id prop:selected=choisie>{p.libelle.clone()}</option> }
            };
            p.elements.iter().map(option).collect_view()
        })
    };
    view! {
        <form on:submit=soumettre novalidate>
            <div class="dialogue__corps">
                <AlerteEchec echec=envoi.echec()/>
                <Champ id="demande-piece" libelle="Catégorie" erreur=fautes.de("/piece_id") let:liens>
                    <select
                        class="saisie"
                        id=liens.id
                        aria-describedby=liens.decrit
                        aria-invalid=liens.invalide
                        on:change=move |e| piece.set(event_target_value(&e))
                    >
                        <option value="">"Choisir une catégorie"</option>
                        {options}
                    </select>
                </Champ>
                <Champ
                    id="demande-motif"
                    libelle="Motif"
                    aide=Some("L’adhérent le lit avec la demande.".to_owned())
                    erreur=fautes.de("/motif")
                    let:liens
                >
                    <textarea
                        class="saisie"
                        id=liens.id
                        aria-describedby=liens.decrit
                        aria-invalid=liens.invalide
                        required
                        maxlength="1000"
                        bind:value=motif
                    ></textarea>
                </Champ>
                <ChampTexte
                    id="demande-avant"
                    libelle="À fournir au plus tard le (facultatif)"
                    aide="Format jj/mm/aaaa"
                    valeur=avant
                    erreur=fautes.de("/avant")
                    clavier="numeric"
                />
            </div>
            <div class="dialogue__pied">
                <button class="btn" type="button" on:click=move |_| sujet.ouvert.set(false)>"Annuler"</button>
                <Envoyer libelle="Demander la pièce" en_envoi="Envoi…" en_cours=envoi.en_cours()/>
            </div>
        </form>
    }
}

/// A day typed by the gestionnaire, which cannot have passed.
fn jour_a_venir(texte: &str, aujourd_hui: Date) -> Result<Option<Date>, String> {
    match lire_jour(texte) {
        Ok(Some(jour)) if jour < aujourd_hui => {
            Err(format!("Le {} est passé. Choisissez un jour à venir.", format::date(jour)))
        }
        Ok(jour) => Ok(jour),
        Err(JourInvalide::Forme) => Err("Écrivez la date ainsi\u{a0}: 02/12/2026.".to_owned()),
        Err(JourInvalide::Inexistant { jour }) => Err(format!("Le {jour} n’existe pas. Vérifiez le jour et le mois.")),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::jour_a_venir;

    #[test]
    fn a_piece_is_asked_for_a_day_to_come() {
        let aujourd_hui = date(2026, 11, 23);
        assert_eq!(jour_a_venir("", aujourd_hui), Ok(None));
        assert_eq!(jour_a_venir("02/12/2026", aujourd_hui), Ok(Some(date(2026, 12, 2))));
        for mauvais in ["22/11/2026", "31/11/2026", "bientôt"] {
            assert!(jour_a_venir(mauvais, aujourd_hui).is_err(), "{mauvais}");
        }
    }
}
