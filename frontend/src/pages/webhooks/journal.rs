//! The log of a subscription: what was sent, and how it went.

use api_types::endpoint::{ListerLivraisons, RejouerLivraison};
use api_types::webhooks::{FiltreLivraisons, Livraison, Livraisons, StatutLivraison, Webhook, WebhookType};
use domain::code::Code as _;
use leptos::prelude::*;
use uuid::Uuid;

use super::aspect::{PastilleLivraison, nom, resultat, statut_en_mots};
use super::essais::Essais;
use super::rejeu::Rejouer;
use crate::api::ecriture::{Ecriture, ecrire};
use crate::api::http;
use crate::api::lecture::Lecture;
use crate::components::alerte::{Alerte, AlerteEchec};
use crate::components::champ::Champ;
use crate::components::chargement::Chargement;
use crate::components::dialogue::Dialogue;
use crate::components::suite::Suite;
use crate::components::vide::Vide;
use crate::format;
use crate::state::annonces::annoncer;
use crate::state::page::{bientot, viser};

const TITRE: &str = "titre-journal";

/// « Journal des envois ».
#[component]
pub fn Journal(
    /// The subscription.
    webhook: Signal<Webhook>,
    /// Its log.
    log: Lecture<Livraisons>,
    /// What the log is narrowed to.
    statut: RwSignal<Option<StatutLivraison>>,
) -> impl IntoView {
    let webhook_id = webhook.with_untracked(|w| w.id);
    let rejeu = ecrire(move |livraison_id: Uuid| async move {
        http::call(&RejouerLivraison { webhook_id, livraison_id }, &()).await?;
        annoncer("L’envoi est rejoué.");
        log.relire();
        // Its button goes: it is under way.
        bientot(|| viser(TITRE));
        Ok(())
    });
    let (tout, vue) = (RwSignal::new(false), RwSignal::new(None::<Uuid>));
    let detail = RwSignal::new(false);
    let rejoues = RwSignal::new(None::<String>);
    let montrer = Callback::new(move |id| {
        vue.set(Some(id));
        detail.set(true);
    });
    view! {
        <section class="feuille" aria-labelledby=TITRE>
            <div class="feuille__tete">
                <h2 id=TITRE tabindex="-1">"Journal des envois"</h2>
                <button class="btn btn--petit" type="button" on:click=move |_| {
                    rejoues.set(None);
                    tout.set(true);
                }>"Rejouer depuis une date"</button>
            </div>
            <div class="feuille__corps pile">
                <Filtre statut/>
                <AlerteEchec echec=rejeu.echec()/>
                {move || {
                    rejoues.get().map(|titre| {
                        view! {
                            <Alerte titre apparait=true>
                                <p>"Le journal ci-dessous dit où en est chaque envoi."</p>
                            </Alerte>
                        }
                    })
                }}
                <Chargement lecture=log quoi="le journal" let:livraisons>
                    <Table livraisons rejeu montrer/>
                    <Suite
                        lecture=log
                        page=move |curseur| {
                            let query = FiltreLivraisons {
                                curseur: Some(curseur),
                                statut: statut.get_untracked(),
                                limite: None,
                            };
                            ListerLivraisons { webhook_id, query }
                        }
                    />
                </Chargement>
            </div>
        </section>
        <Dialogue id="rejouer-depuis" ouvert=tout titre="Rejouer depuis une date">
            <Rejouer webhook_id log ouvert=tout fait=rejoues/>
        </Dialogue>
        <Dialogue id="essais-livraison" ouvert=detail titre="Essais de l’envoi">
            {move || vue.get().map(|livraison_id| view! { <Essais webhook_id livraison_id/> })}
        </Dialogue>
    }
}

#[component]
fn Filtre(statut: RwSignal<Option<StatutLivraison>>) -> impl IntoView {
    let choisir = move |e: leptos::ev::Event| statut.set(StatutLivraison::du_code(&event_target_value(&e)));
    view! {
        <Champ id="journal-statut" libelle="Afficher" let:liens>
            <select class="saisie saisie--serree formulaire-etroit" id=liens.id on:change=choisir>
                <option value="" prop:selected=move || statut.with(Option::is_none)>"Tous les envois"</option>
                {StatutLivraison::TOUS
                    .iter()
                    .map(|s| {
                        view! {
                            <option value=s.code() prop:selected=move || statut.get() == Some(*s)>{statut_en_mots(*s)}</option>
                        }
                    })
                    .collect_view()}
            </select>
        </Champ>
    }
}

#[component]
fn Table(livraisons: Signal<Livraisons>, rejeu: Ecriture<Uuid>, montrer: Callback<Uuid>) -> impl IntoView {
    view! {
        <Show
            when=move || livraisons.with(|l| !l.elements.is_empty())
            fallback=|| {
                view! {
                    <Vide titre="Aucun envoi">
                        <p>"Les envois paraissent ici dès qu’un évènement a lieu. Ils sont gardés quelques semaines."</p>
                    </Vide>
                }
            }
        >
            <div class="table-cadre" tabindex="0" role="region" aria-label="Envois">
                <table class="table table--cartes">
                    <caption class="vh">"Envois, le plus récent d’abord"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Évènement"</th>
                            <th scope="col">"Date"</th>
                            <th scope="col">"État"</th>
                            <th scope="col">"Dernier essai"</th>
                            <th scope="col"><span class="vh">"Actions"</span></th>
                        </tr>
                    </thead>
                    <tbody>
                        <For each=move || livraisons.with(|l| l.elements.clone()) key=|l| format!("{l:?}") let:livraison>
                            <Ligne livraison rejeu montrer/>
                        </For>
                    </tbody>
                </table>
            </div>
        </Show>
    }
}

#[component]
fn Ligne(livraison: Livraison, rejeu: Ecriture<Uuid>, montrer: Callback<Uuid>) -> impl IntoView {
    let Livraison { id, nature, le, statut, tentatives, prochaine_le, dernier_essai, .. } = livraison;
    let quoi = format!(" {}, {}", nom(nature), format::instant(le));
    let finie = matches!(statut, StatutLivraison::Livree | StatutLivraison::Echouee);
    let rejouable = finie && nature != WebhookType::Essai;
    let encore = quoi.clone();
    view! {
        <tr>
            <th scope="row" class="large principale"><b>{nom(nature)}</b></th>
            <td data-libelle="Date">{format::instant(le)}</td>
            <td data-libelle="État">
                <PastilleLivraison statut/>
                {prochaine_le
                    .filter(|_| tentatives > 0)
                    .map(|quand| view! { <br/><span class="meta">"nouvel essai le "{format::instant(quand)}</span> })}
            </td>
            <td data-libelle="Dernier essai">
                {dernier_essai.as_ref().map_or_else(|| "Pas encore".to_owned(), resultat)}
                <br/>
                <span class="meta">{format::pluriel(tentatives.into(), "essai", "essais")}</span>
            </td>
            <td class="fin">
                <span class="rang">
                    <button class="btn btn--petit" type="button" on:click=move |_| montrer.run(id)>
                        "Essais"<span class="vh">{quoi}</span>
                    </button>
                    {rejouable
                        .then(|| {
                            view! {
                                <button class="btn btn--petit" type="button" on:click=move |_| rejeu.envoyer(id)>
                                    "Rejouer"<span class="vh">{encore}</span>
                                </button>
                            }
                        })}
                </span>
            </td>
        </tr>
    }
}
