//! The form that writes a message.

use api_types::endpoint::EnvoyerMessage;
use api_types::messages::Fil;
use domain::limites::{CORPS_MAX, JOINTES_MAX};
use leptos::prelude::*;
use uuid::Uuid;
use web_sys::{File, FormData};

use super::brouillon::Brouillon;
use super::joindre::{Fichiers, Joindre};
use crate::api::echec::Echec;
use crate::api::ecriture::{Fautes, ecrire, faute};
use crate::api::http;
use crate::api::lecture::Lecture;
use crate::components::alerte::AlerteEchec;
use crate::components::bouton::Envoyer;
use crate::components::champ::Champ;
use crate::format;
use crate::model::jointes;
use crate::state::annonces::annoncer;

/// A message on its way.
#[derive(Clone)]
struct Depart {
    corps: String,
    joints: Vec<File>,
    formulaire: FormData,
}

/// The form that writes a message; whoever only reads is told why there is none.
#[component]
pub fn Ecrire(
    /// The dossier.
    dossier_id: Uuid,
    /// Whether the reader may write.
    peut_ecrire: Signal<bool>,
    /// Who will read it.
    destinataire: MaybeProp<String>,
    /// The thread, where the message goes once sent.
    lecture: Lecture<Fil>,
    /// Told when the message is sent.
    a_l_envoi: Option<Callback<()>>,
) -> impl IntoView {
    let brouillon = Brouillon::reprendre(dossier_id);
    let Brouillon { texte, fichiers, .. } = brouillon;
    let fautes = Fautes::nouvelles();
    // One key for one message: sent again because no answer came, it is written once.
    let cle = StoredValue::new(Uuid::new_v4());
    Effect::new(move |_| {
        texte.track();
        fichiers.track();
        cle.set_value(Uuid::new_v4());
    });
    let envoi = ecrire(move |Depart { corps, joints, formulaire }: Depart| async move {
        let operation = EnvoyerMessage { dossier_id };
        let message = http::envoyer_formulaire(&operation, cle.get_value(), formulaire).await.inspect_err(|_| {
            if !brouillon.la() {
                annoncer("Votre message n’est pas parti\u{a0}: il est gardé en brouillon.");
            }
        })?;
        brouillon.envoye(&corps, &joints);
        lecture.modifier(|fil| {
            if fil.elements.iter().all(|m| m.id != message.id) {
                fil.elements.insert(0, message);
            }
        });
        annoncer("Message envoyé.");
        if let Some(dire) = a_l_envoi {
            // Refused when the page that wanted to know is gone.
            dire.try_run(());
        }
        Ok(())
    });
    fautes.suivre(envoi);
    let envoyer = move |e: web_sys::SubmitEvent| {
        e.prevent_default();
        let (corps, joints) = (texte.get_untracked(), fichiers.get_untracked());
        if fautes.poser(juger(&corps))
            && let Ok(formulaire) = formulaire(&corps, &joints)
        {
            envoi.envoyer(Depart { corps, joints, formulaire });
        }
    };
    let libelle =
        move || destinataire.get().map_or_else(|| "Écrire un message".to_owned(), |d| format!("Écrire à {d}"));
    let aide = format!(
        "Pièces jointes\u{a0}: {}, {} au plus par fichier, {JOINTES_MAX} fichiers au plus. Le texte s’enregistre seul\u{202f}; après un rechargement de la page, joignez de nouveau les fichiers.",
        jointes::formats(),
        format::taille(jointes::TAILLE_MAX)
    );
    move || {
        if !peut_ecrire.get() {
            return view! { <p class="aide">"Votre rôle permet de lire cet échange, pas d’y écrire."</p> }.into_any();
        }
        let aide = aide.clone();
        view! {
            <form class="message message--ecrire" novalidate on:submit=envoyer>
                <div class="message__corps">
                    <Champ id="reponse" libelle=libelle() aide=Some(aide) erreur=fautes.de("/corps") let:liens>
                        <textarea
                            class="saisie"
                            id=liens.id
                            aria-describedby=liens.decrit
                            aria-invalid=liens.invalide
                            bind:value=texte
                        ></textarea>
                    </Champ>
                    <AlerteEchec echec=sans_champ(envoi.echec())/>
                    <Fichiers fichiers/>
                    <div class="rang rang--entre">
                        <Joindre fichiers/>
                        <Envoyer libelle="Envoyer" en_envoi="Envoi…" en_cours=envoi.en_cours()/>
                    </div>
                </div>
            </form>
        }
        .into_any()
    }
}

/// A failure that no field shows.
fn sans_champ(echec: RwSignal<Option<Echec>>) -> Signal<Option<Echec>> {
    Signal::derive(move || echec.get().filter(|e| !e.champs().iter().any(|c| c.pointer == "/corps")))
}

fn juger(texte: &str) -> Vec<api_types::problem::FieldError> {
    let longueur = texte.trim().chars().count();
    let max = i64::try_from(CORPS_MAX).unwrap_or(i64::MAX);
    match longueur {
        0 => vec![faute("/corps", "Le message est vide. Écrivez quelques mots, même pour accompagner un fichier.")],
        n if n > CORPS_MAX => {
            let n = i64::try_from(n).unwrap_or(i64::MAX);
            let (n, max) = (format::nombre(n), format::nombre(max));
            vec![faute(
                "/corps",
                format!(
                    "Le message compte {n}\u{a0}caractères, la limite est de {max}. Raccourcissez-le ou envoyez-le en deux fois."
                ),
            )]
        }
        _ => Vec::new(),
    }
}

/// The text before the files, as the API reads them.
fn formulaire(texte: &str, fichiers: &[File]) -> Result<FormData, wasm_bindgen::JsValue> {
    let formulaire = FormData::new()?;
    formulaire.append_with_str("corps", texte)?;
    for fichier in fichiers {
        formulaire.append_with_blob_and_filename("fichier", fichier, &fichier.name())?;
    }
    Ok(formulaire)
}
