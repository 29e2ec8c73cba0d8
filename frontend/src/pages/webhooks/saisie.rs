//! The form of a subscription, to make one or to set it anew.

use api_types::endpoint::{CreerWebhook, ModifierWebhook};
use api_types::webhooks::{SaisieWebhook, SecretWebhook, Webhook, WebhookType, Webhooks};
use domain::limites::{DESCRIPTION_MAX, URL_MAX};
use leptos::prelude::*;
use uuid::Uuid;

use super::Montre;
use super::aspect::{choisissables, nom};
use crate::api::ecriture::{Ecriture, Fautes, ecrire};
use crate::api::http;
use crate::api::lecture::Lecture;
use crate::components::alerte::AlerteEchec;
use crate::components::bouton::Envoyer;
use crate::components::cases::Cases;
use crate::components::champ::ChampTexte;
use crate::model::entreprises::geres;
use crate::state::annonces::annoncer;
use crate::state::session::Session;

/// Makes a subscription, then shows its secret.
#[component]
pub fn Nouvel(
    /// Its company.
    adherent: Uuid,
    /// The list it is added to.
    lecture: Lecture<Webhooks>,
    /// The dialog it stands in.
    ouvert: RwSignal<bool>,
) -> impl IntoView {
    let secret = RwSignal::new(None::<SecretWebhook>);
    let envoi = ecrire(move |saisie: SaisieWebhook| async move {
        let cree = http::call(&CreerWebhook { adherent_id: adherent }, &saisie).await?;
        lecture.modifier(|w| w.elements.push(cree.webhook));
        secret.set(Some(cree.secret));
        annoncer("L’abonnement est créé. Copiez son secret.");
        Ok(())
    });
    move || match secret.get() {
        Some(secret) => view! { <Montre secret ouvert/> }.into_any(),
        None => view! { <Formulaire adherent depart=None envoi/> }.into_any(),
    }
}

/// Sets a subscription anew.
#[component]
pub fn Modifie(
    /// The subscription as it is.
    webhook: Webhook,
    /// What shows it.
    lecture: Lecture<Webhook>,
    /// The dialog it stands in.
    ouvert: RwSignal<bool>,
) -> impl IntoView {
    let (webhook_id, adherent) = (webhook.id, webhook.adherent_id);
    let etag = StoredValue::new(webhook.etag.clone());
    let envoi = ecrire(move |saisie: SaisieWebhook| async move {
        let modifie = http::changer(&ModifierWebhook { webhook_id }, &etag.get_value(), &saisie).await?;
        lecture.modifier(|w| *w = modifie);
        ouvert.set(false);
        annoncer("L’abonnement est modifié.");
        Ok(())
    });
    view! { <Formulaire adherent depart=Some(webhook) envoi/> }
}

#[component]
fn Formulaire(adherent: Uuid, depart: Option<Webhook>, envoi: Ecriture<SaisieWebhook>) -> impl IntoView {
    let neuf = depart.is_none();
    let (url, description, types, lieux) =
        depart.map(|w| (w.url, w.description, w.types, w.etablissements)).unwrap_or_default();
    let (url, description) = (RwSignal::new(url), RwSignal::new(description));
    let (types, lieux) = (RwSignal::new(types), RwSignal::new(lieux));
    let fautes = Fautes::nouvelles();
    fautes.suivre(envoi);
    let envoyer = move |e: web_sys::SubmitEvent| {
        e.prevent_default();
        fautes.poser(Vec::new());
        envoi.envoyer(SaisieWebhook {
            url: url.get_untracked().trim().to_owned(),
            types: types.get_untracked(),
            etablissements: lieux.get_untracked(),
            description: description.get_untracked(),
        });
    };
    let etablissements = Session::courante().de_moi(|m| geres(m, Some(adherent)));
    view! {
        <form novalidate on:submit=envoyer>
            <div class="dialogue__corps">
                <AlerteEchec echec=envoi.echec()/>
                <ChampTexte
                    id="webhook-url"
                    libelle="Adresse de réception"
                    aide="https, sur l’internet public. Le port est libre."
                    valeur=url
                    erreur=fautes.de("/url")
                    nature="url"
                    clavier="url"
                    longueur=URL_MAX
                    obligatoire=true
                />
                <ChampTexte
                    id="webhook-description"
                    libelle="Nom de l’abonnement (facultatif)"
                    aide="Pour le reconnaître, par exemple le nom du logiciel."
                    valeur=description
                    erreur=fautes.de("/description")
                    longueur=DESCRIPTION_MAX
                />
                <Cases
                    id="webhook-types"
                    legende="Évènements"
                    aide="Aucun choix\u{a0}: tous, même ceux qui viendront."
                    choix=choisissables().map(|t: WebhookType| (t, nom(t).to_owned(), None)).collect()
                    choisis=types
                    erreur=fautes.de("/types")
                />
                <Cases
                    id="webhook-etablissements"
                    legende="Établissements"
                    aide="Aucun choix\u{a0}: tous ceux que vous voyez."
                    choix=etablissements.into_iter().map(|e| (e.id, e.nom, None)).collect()
                    choisis=lieux
                    erreur=fautes.de("/etablissements")
                />
            </div>
            <div class="dialogue__pied">
                <Envoyer
                    libelle=if neuf { "Créer l’abonnement" } else { "Enregistrer" }
                    en_envoi=if neuf { "Création…" } else { "Enregistrement…" }
                    en_cours=envoi.en_cours()
                />
            </div>
        </form>
    }
}
