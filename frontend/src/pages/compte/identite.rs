//! Who one is, and the correction of one's name.

use api_types::comptes::Identite as Corrigee;
use api_types::endpoint::CorrigerIdentite;
use domain::limites::NOM_MAX;
use leptos::prelude::*;

use crate::api::ecriture::{Fautes, ecrire, faute};
use crate::api::http;
use crate::components::alerte::AlerteEchec;
use crate::components::bouton::Envoyer;
use crate::components::champ::ChampTexte;
use crate::components::dialogue::Dialogue;
use crate::state::annonces::annoncer;
use crate::state::session::Session;

/// « Identité ».
#[component]
pub fn Identite() -> impl IntoView {
    let session = Session::courante();
    let ouvert = RwSignal::new(false);
    let nom = move || session.de_moi(|m| format!("{} {}", m.prenom, m.nom));
    view! {
        <section class="feuille" aria-labelledby="titre-identite">
            <div class="feuille__tete">
                <h2 id="titre-identite">"Identité"</h2>
                <button class="btn btn--petit" type="button" on:click=move |_| ouvert.set(true)>"Corriger mon nom"</button>
            </div>
            <div class="feuille__corps">
                <dl class="ligne-cles">
                    <div><dt>"Nom"</dt><dd>{nom}</dd></div>
                    <div><dt>"Adresse électronique"</dt><dd>{move || session.de_moi(|m| m.email.clone())}</dd></div>
                </dl>
            </div>
        </section>
        <Dialogue id="identite" ouvert titre="Corriger mon nom">
            <Corriger ouvert/>
        </Dialogue>
    }
}

#[component]
fn Corriger(ouvert: RwSignal<bool>) -> impl IntoView {
    let session = Session::courante();
    let (prenom, nom) = untrack(|| {
        (RwSignal::new(session.de_moi(|m| m.prenom.clone())), RwSignal::new(session.de_moi(|m| m.nom.clone())))
    });
    let fautes = Fautes::nouvelles();
    let envoi = ecrire(move |corps: Corrigee| async move {
        http::call(&CorrigerIdentite {}, &corps).await?;
        ouvert.set(false);
        annoncer("Votre nom est corrigé.");
        session.rafraichir();
        Ok(())
    });
    fautes.suivre(envoi);
    let envoyer = move |e: web_sys::SubmitEvent| {
        e.prevent_default();
        let corps = untrack(|| Corrigee { prenom: prenom.get(), nom: nom.get() });
        let vides = [
            corps.prenom.trim().is_empty().then(|| faute("/prenom", "Indiquez votre prénom.")),
            corps.nom.trim().is_empty().then(|| faute("/nom", "Indiquez votre nom.")),
        ];
        if fautes.poser(vides.into_iter().flatten().collect()) {
            envoi.envoyer(corps);
        }
    };
    view! {
        <form novalidate on:submit=envoyer>
            <div class="dialogue__corps">
                <AlerteEchec echec=envoi.echec()/>
                <p>"Le nom corrigé paraît partout, aussi sur ce que vous avez déjà déposé et écrit."</p>
                <ChampTexte
                    id="identite-prenom"
                    libelle="Prénom"
                    valeur=prenom
                    remplissage="given-name"
                    longueur=NOM_MAX
                    erreur=fautes.de("/prenom")
                />
                <ChampTexte
                    id="identite-nom"
                    libelle="Nom"
                    valeur=nom
                    remplissage="family-name"
                    longueur=NOM_MAX
                    erreur=fautes.de("/nom")
                />
            </div>
            <div class="dialogue__pied">
                <button class="btn" type="button" on:click=move |_| ouvert.set(false)>"Annuler"</button>
                <Envoyer libelle="Enregistrer" en_envoi="Enregistrement…" en_cours=envoi.en_cours()/>
            </div>
        </form>
    }
}
