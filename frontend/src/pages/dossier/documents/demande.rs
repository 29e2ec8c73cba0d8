//! « Demander une pièce », for the gestionnaire: a request that is under way is shown, modified or withdrawn.

use api_types::documents::{DemandePiece, ModificationDemande, Piece, PieceDemandee, Pieces};
use api_types::endpoint::{DemanderPiece, ModifierDemandePiece, RetirerDemandePiece};
use domain::limites::MOTIF_MAX;
use jiff::civil::Date;
use leptos::prelude::*;
use uuid::Uuid;

use super::classeur::{Classeur, Sujet};
use super::mode::demande_en_cours;
use crate::api::ecriture::{Fautes, ecrire, faute};
use crate::api::http;
use crate::components::alerte::AlerteEchec;
use crate::components::bouton::Envoyer;
use crate::components::champ::{Champ, ChampTexte};
use crate::components::dialogue::Dialogue;
use crate::format;
use crate::model::filtre::{ecrire_jour, lire_jour};
use crate::pages::dossier::Ici;
use crate::state::annonces::annoncer;
use crate::state::page::bientot;

/// The dialog that asks the member for a piece, and the one that confirms a withdrawal.
#[component]
pub fn DialogueDemande(
    /// The categories.
    pieces: Signal<Pieces>,
    /// The category to begin with.
    sujet: Sujet<Uuid>,
) -> impl IntoView {
    let choisie = RwSignal::new(None::<Uuid>);
    let piece = Memo::new(move |_| {
        choisie.get().and_then(|id| pieces.with(|p| p.elements.iter().find(|p| p.id == id).cloned()))
    });
    let titre = Signal::derive(move || {
        let modifie = piece.with(|p| p.as_ref().is_some_and(|p| demande_en_cours(p).is_some()));
        if modifie { "Modifier la demande" } else { "Demander une pièce" }.to_owned()
    });
    let retrait = RwSignal::new(false);
    view! {
        <Dialogue id="demande" ouvert=sujet.ouvert titre>
            <Formulaire pieces sujet choisie piece retrait/>
        </Dialogue>
        <Dialogue id="retrait" ouvert=retrait titre="Retirer la demande">
            <Retrait piece ouvert=retrait/>
        </Dialogue>
    }
}

/// What a form begins with: the words of the request under way.
fn saisie(piece: Option<&Piece>) -> (String, String) {
    let demande = piece.and_then(demande_en_cours);
    demande.map(|d| (d.motif.clone(), d.avant.map(ecrire_jour).unwrap_or_default())).unwrap_or_default()
}

/// The words of another category's request take the place of those that were put there, never of what was typed.
fn reprendre(texte: &mut String, mis: &str, nouveau: &str) {
    if texte.trim().is_empty() || texte == mis {
        nouveau.clone_into(texte);
    }
}

#[component]
fn Formulaire(
    pieces: Signal<Pieces>,
    sujet: Sujet<Uuid>,
    choisie: RwSignal<Option<Uuid>>,
    piece: Memo<Option<Piece>>,
    retrait: RwSignal<bool>,
) -> impl IntoView {
    let (ici, classeur) = (Ici::courant(), Classeur::courant());
    choisie.set(sujet.de.get_untracked());
    let en_cours = Memo::new(move |_| piece.with(|p| p.as_ref().and_then(demande_en_cours).cloned()));
    let modifie = Memo::new(move |_| en_cours.with(Option::is_some));
    let depart = piece.with_untracked(|p| saisie(p.as_ref()));
    let (motif, avant) = (RwSignal::new(depart.0.clone()), RwSignal::new(depart.1.clone()));
    let depart = StoredValue::new(depart);
    let choisir = move |e: web_sys::Event| {
        choisie.set(event_target_value(&e).parse().ok());
        let (m, a) = piece.with_untracked(|p| saisie(p.as_ref()));
        depart.update_value(|(motif_mis, avant_mis)| {
            motif.update(|texte| reprendre(texte, motif_mis, &m));
            avant.update(|texte| reprendre(texte, avant_mis, &a));
            (*motif_mis, *avant_mis) = (m, a);
        });
    };
    let fautes = Fautes::nouvelles();
    let envoi = ecrire(move |DemandePiece { piece_id, motif, avant }: DemandePiece| {
        let (dossier_id, presente) = (ici.id, en_cours.get_untracked());
        async move {
            let fait = match presente {
                Some(d) => {
                    let operation = ModifierDemandePiece { dossier_id, piece_id };
                    http::changer(&operation, &d.etag, &ModificationDemande { motif, avant }).await.map(|_| true)
                }
                None => http::call(&DemanderPiece { dossier_id }, &DemandePiece { piece_id, motif, avant })
                    .await
                    .map(|()| false),
            };
            // After a refusal too: the request as it is now is shown, and what was typed can be sent again, knowingly.
            classeur.relire_apres(&fait);
            annoncer(if fait? { "Demande modifiée." } else { "Pièce demandée à l’adhérent." });
            ici.lecture.relire();
            sujet.ouvert.try_set(false);
            Ok(())
        }
    });
    fautes.suivre(envoi);
    let soumettre = move |e: web_sys::SubmitEvent| {
        e.prevent_default();
        let choisie = choisie.get_untracked();
        let texte = motif.with_untracked(|m| m.trim().to_owned());
        let present = en_cours.with_untracked(|d| d.as_ref().and_then(|d| d.avant));
        let jour = avant.with_untracked(|a| jour_a_venir(a, present, format::aujourd_hui()));
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
            let option = |p: &Piece| {
                let choisie = choisie.get_untracked() == Some(p.id);
                view! { <option value=p.id.to_string() prop:selected=choisie>{p.libelle.clone()}</option> }
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
                        on:change=choisir
                    >
                        <option value="">"Choisir une catégorie"</option>
                        {options}
                    </select>
                </Champ>
                <div role="status">{move || en_cours.get().map(|d| view! { <p class="motif">{presenter(&d)}</p> })}</div>
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
                        maxlength=MOTIF_MAX
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
                <Show when=move || modifie.get()>
                    <button
                        class="btn btn--danger"
                        type="button"
                        on:click=move |_| {
                            sujet.ouvert.set(false);
                            bientot(move || retrait.set(true));
                        }
                    >
                        "Retirer la demande"
                    </button>
                </Show>
                {move || {
                    let libelle = if modifie.get() { "Modifier la demande" } else { "Demander la pièce" };
                    view! { <Envoyer libelle en_envoi="Envoi…" en_cours=envoi.en_cours()/> }
                }}
            </div>
        </form>
    }
}

/// The request under way, in words.
fn presenter(demande: &PieceDemandee) -> String {
    let terme = demande.avant.map(|j| format!(", à fournir au plus tard le {}", format::date(j))).unwrap_or_default();
    let le = format::jour(demande.le);
    format!("Déjà demandée par {} le {le}{terme}. Motif\u{a0}: {}", demande.par, demande.motif)
}

#[component]
fn Retrait(piece: Memo<Option<Piece>>, ouvert: RwSignal<bool>) -> impl IntoView {
    let (ici, classeur) = (Ici::courant(), Classeur::courant());
    let retrait = ecrire(move |()| async move {
        let piece_id = piece.with_untracked(|p| p.as_ref().map(|p| p.id)).unwrap_or_default();
        let fait = http::call(&RetirerDemandePiece { dossier_id: ici.id, piece_id }, &()).await;
        classeur.relire_apres(&fait);
        fait?;
        annoncer("Demande retirée.");
        ici.lecture.relire();
        ouvert.try_set(false);
        Ok(())
    });
    let nom = piece.with_untracked(|p| p.as_ref().map(|p| p.libelle.clone()));
    view! {
        <div class="dialogue__corps">
            <p class="fiche__nom">{nom}</p>
            <AlerteEchec echec=retrait.echec()/>
            <p>"L’adhérent en est averti par un message. Ce qu’il avait déjà déposé dans cette catégorie compte de nouveau."</p>
        </div>
        <div class="dialogue__pied">
            <button class="btn" type="button" on:click=move |_| ouvert.set(false)>"Garder la demande"</button>
            <button
                class="btn btn--danger"
                type="button"
                aria-disabled=move || retrait.en_cours().get().then_some("true")
                on:click=move |_| retrait.envoyer(())
            >
                "Retirer la demande"
            </button>
        </div>
    }
}

/// A day typed by the gestionnaire, which cannot have passed; the one that was told already may stay.
pub fn jour_a_venir(texte: &str, present: Option<Date>, aujourd_hui: Date) -> Result<Option<Date>, String> {
    match lire_jour(texte) {
        Ok(Some(jour)) if jour < aujourd_hui && present != Some(jour) => {
            Err(format!("Le {} est passé. Choisissez un jour à venir.", format::date(jour)))
        }
        Ok(jour) => Ok(jour),
        Err(refus) => Err(refus.dire(aujourd_hui)),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{jour_a_venir, reprendre};

    #[test]
    fn a_piece_is_asked_for_a_day_to_come() {
        let aujourd_hui = date(2026, 11, 23);
        assert_eq!(jour_a_venir("", None, aujourd_hui), Ok(None));
        assert_eq!(jour_a_venir("02/12/2026", None, aujourd_hui), Ok(Some(date(2026, 12, 2))));
        for mauvais in ["22/11/2026", "31/11/2026", "bientôt"] {
            assert!(jour_a_venir(mauvais, None, aujourd_hui).is_err(), "{mauvais}");
        }
        let passe = date(2026, 11, 22);
        assert_eq!(jour_a_venir("22/11/2026", Some(passe), aujourd_hui), Ok(Some(passe)));
        assert!(jour_a_venir("21/11/2026", Some(passe), aujourd_hui).is_err());
    }

    #[test]
    fn another_category_never_erases_what_was_typed() {
        for (texte, mis, nouveau, reste) in [
            ("", "", "Le nom diffère.", "Le nom diffère."),
            ("  ", "Le nom diffère.", "", ""),
            ("Le nom diffère.", "Le nom diffère.", "", ""),
            ("Le nom diffère.", "Le nom diffère.", "Illisible.", "Illisible."),
            ("Recto verso.", "Le nom diffère.", "", "Recto verso."),
            ("Recto verso.", "", "Illisible.", "Recto verso."),
        ] {
            let mut saisi = texte.to_owned();
            reprendre(&mut saisi, mis, nouveau);
            assert_eq!(saisi, reste, "{texte:?}, {mis:?}, {nouveau:?}");
        }
    }
}
