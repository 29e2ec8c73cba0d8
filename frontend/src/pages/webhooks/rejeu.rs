//! Replaying what happened since a date.

use api_types::endpoint::RejouerLivraisons;
use api_types::webhooks::{EtendueRejeu, Livraisons, Rejeu};
use jiff::Timestamp;
use leptos::prelude::*;
use uuid::Uuid;

use crate::api::ecriture::{Fautes, ecrire, faute};
use crate::api::http;
use crate::api::lecture::Lecture;
use crate::components::alerte::AlerteEchec;
use crate::components::bouton::Envoyer;
use crate::components::champ::ChampTexte;
use crate::format;
use crate::model::filtre::{JourInvalide, lire_jour};

/// The form that replays.
#[component]
pub fn Rejouer(
    /// The subscription.
    webhook_id: Uuid,
    /// Its log.
    log: Lecture<Livraisons>,
    /// The dialog it stands in.
    ouvert: RwSignal<bool>,
    /// What came of it, in words.
    fait: RwSignal<Option<String>>,
) -> impl IntoView {
    let (jour, toutes) = (RwSignal::new(String::new()), RwSignal::new(false));
    let fautes = Fautes::nouvelles();
    let envoi = ecrire(move |rejeu: Rejeu| async move {
        let n = http::call(&RejouerLivraisons { webhook_id }, &rejeu).await?.livraisons;
        let dit = match n {
            0 => "Rien à rejouer depuis cette date".to_owned(),
            n => format::pluriel(n, "envoi rejoué", "envois rejoués"),
        };
        fait.set(Some(dit));
        ouvert.set(false);
        log.relire();
        Ok(())
    });
    fautes.suivre(envoi);
    let envoyer = move |e: web_sys::SubmitEvent| {
        e.prevent_default();
        let depuis = match jour.with_untracked(|j| debut(j)) {
            Ok(depuis) => depuis,
            Err(refus) => {
                fautes.poser(vec![faute("/depuis", refus.dire(format::aujourd_hui()))]);
                return;
            }
        };
        fautes.poser(Vec::new());
        let etendue = if toutes.get_untracked() { EtendueRejeu::Toutes } else { EtendueRejeu::Echecs };
        envoi.envoyer(Rejeu { depuis, etendue });
    };
    view! {
        <form novalidate on:submit=envoyer>
            <div class="dialogue__corps">
                <AlerteEchec echec=envoi.echec()/>
                <p>"Les envois repartent avec le même identifiant\u{a0}: votre logiciel peut ignorer ceux qu’il a déjà traités."</p>
                <ChampTexte
                    id="rejeu-depuis"
                    libelle="Depuis le (jj/mm/aaaa)"
                    valeur=jour
                    erreur=fautes.de("/depuis")
                    clavier="numeric"
                    longueur=10
                    obligatoire=true
                />
                <label class="case">
                    <input type="checkbox" prop:checked=toutes on:change=move |e| toutes.set(event_target_checked(&e))/>
                    <span>"Aussi les envois déjà reçus, et pas seulement les abandonnés"</span>
                </label>
            </div>
            <div class="dialogue__pied">
                <Envoyer libelle="Rejouer" en_envoi="Rejeu…" en_cours=envoi.en_cours()/>
            </div>
        </form>
    }
}

/// The start of a day in universal time: an hour or two early in Paris, which replays rather too much.
fn debut(jour: &str) -> Result<Timestamp, JourInvalide> {
    let jour = lire_jour(jour)?.ok_or(JourInvalide::Forme)?;
    jour.to_zoned(jiff::tz::TimeZone::UTC).map(|z| z.timestamp()).map_err(|_| JourInvalide::Forme)
}

#[cfg(test)]
mod tests {
    use super::{JourInvalide, debut};

    #[test]
    fn a_day_is_read_from_its_start() {
        assert_eq!(debut("25/11/2026").map(|t| t.to_string()).as_deref(), Ok("2026-11-25T00:00:00Z"));
        assert_eq!(debut(""), Err(JourInvalide::Forme));
        assert!(matches!(debut("31/02/2026"), Err(JourInvalide::Inexistant { .. })));
    }
}
