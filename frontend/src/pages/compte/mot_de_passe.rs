//! Changing one's password.

use api_types::comptes::{ChangementMotDePasse, MotDePasse};
use api_types::endpoint::ChangerMotDePasse;
use leptos::prelude::*;

use crate::api::ecriture::{Fautes, ecrire, faute};
use crate::api::http;
use crate::components::alerte::{Alerte, AlerteEchec};
use crate::components::bouton::Envoyer;
use crate::components::champ::ChampMotDePasse;
use crate::components::force::Force;
use crate::components::icone::Glyphe;
use crate::components::pastille::Ton;
use crate::pages::connexion::nouveau::dire;

/// The form that changes the password.
#[component]
pub fn Changer(
    /// Told when it is done: the other sessions ended.
    #[prop(into)]
    fait: Callback<()>,
) -> impl IntoView {
    let (actuel, nouveau) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let change = RwSignal::new(false);
    let fautes = Fautes::nouvelles();
    let envoi = ecrire(move |corps: ChangementMotDePasse| async move {
        change.set(false);
        http::call(&ChangerMotDePasse {}, &corps).await?;
        actuel.set(String::new());
        nouveau.set(String::new());
        change.set(true);
        fait.run(());
        Ok(())
    });
    fautes.suivre(envoi);
    let envoyer = move |e: web_sys::SubmitEvent| {
        e.prevent_default();
        let manque =
            actuel.with_untracked(String::is_empty).then(|| faute("/actuel", "Saisissez votre mot de passe actuel."));
        let longueur = nouveau.with_untracked(|n| domain::mot_de_passe::longueur(n)).err();
        let longueur = longueur.map(|e| faute("/nouveau", dire(e)));
        if fautes.poser(manque.into_iter().chain(longueur).collect()) {
            envoi.envoyer(ChangementMotDePasse {
                actuel: MotDePasse(actuel.get_untracked()),
                nouveau: MotDePasse(nouveau.get_untracked()),
            });
        }
    };
    view! {
        <section class="feuille" aria-labelledby="titre-mot-de-passe">
            <div class="feuille__tete"><h2 id="titre-mot-de-passe">"Changer de mot de passe"</h2></div>
            <div class="feuille__corps pile formulaire-etroit">
                <Show when=move || change.get()>
                    <Alerte ton=Ton::Ok glyphe=Glyphe::Check titre="Votre mot de passe est changé" apparait=true>
                        <p>"Vos autres connexions sont terminées."</p>
                    </Alerte>
                </Show>
                <AlerteEchec echec=envoi.echec()/>
                <form class="pile" novalidate on:submit=envoyer>
                    <ChampMotDePasse
                        id="actuel"
                        libelle="Mot de passe actuel"
                        valeur=actuel
                        erreur=fautes.de("/actuel")
                    />
                    <ChampMotDePasse
                        id="nouveau"
                        libelle="Nouveau mot de passe"
                        aide="12\u{a0}caractères au moins. Pas de renouvellement imposé."
                        valeur=nouveau
                        remplissage="new-password"
                        erreur=fautes.de("/nouveau")
                    >
                        <Force mot_de_passe=nouveau/>
                    </ChampMotDePasse>
                    <Envoyer libelle="Changer de mot de passe" en_envoi="Changement…" en_cours=envoi.en_cours()/>
                </form>
            </div>
        </section>
    }
}
