//! The form of a client, to make one or to change it.

use api_types::clients_api::{ClientApi, ClientApiSecret, ClientsApi, ReglageClientApi};
use api_types::endpoint::{CreerClientApi, ModifierClientApi};
use domain::Scope;
use domain::code::Code as _;
use domain::limites::NOM_CLIENT_MAX;
use jiff::Timestamp;
use leptos::prelude::*;
use uuid::Uuid;

use super::Montre;
use crate::api::ecriture::{Ecriture, Fautes, ecrire, faute};
use crate::api::http;
use crate::api::lecture::Lecture;
use crate::components::alerte::AlerteEchec;
use crate::components::bouton::Envoyer;
use crate::components::cases::Cases;
use crate::components::champ::{Champ, ChampTexte};
use crate::format;
use crate::model::entreprises::geres;
use crate::model::filtre::{JourInvalide, ecrire_jour, lire_jour};
use crate::state::annonces::annoncer;
use crate::state::session::Session;

/// Makes a client, then shows its secret.
#[component]
pub fn Nouveau(
    /// Its company.
    adherent: Uuid,
    /// The list it is added to.
    lecture: Lecture<ClientsApi>,
    /// The dialog it stands in.
    ouvert: RwSignal<bool>,
) -> impl IntoView {
    let secret = RwSignal::new(None::<ClientApiSecret>);
    let envoi = ecrire(move |reglage: ReglageClientApi| async move {
        let cree = http::call(&CreerClientApi { adherent_id: adherent }, &reglage).await?;
        lecture.modifier(|c| c.elements.insert(0, cree.client.client.clone()));
        secret.set(Some(cree));
        annoncer("L’accès est créé. Copiez son secret.");
        Ok(())
    });
    move || match secret.get() {
        Some(cree) => view! { <Montre cree ouvert/> }.into_any(),
        None => view! { <Formulaire adherent depart=None envoi/> }.into_any(),
    }
}

/// Changes a client.
#[component]
pub fn Modifie(
    /// The client as it is.
    client: ClientApi,
    /// What shows it.
    lecture: Lecture<ClientApi>,
    /// The dialog it stands in.
    ouvert: RwSignal<bool>,
) -> impl IntoView {
    let (client_id, adherent) = (client.client.id, client.client.adherent_id);
    let etag = StoredValue::new(client.etag.clone());
    let envoi = ecrire(move |reglage: ReglageClientApi| async move {
        let modifie = http::changer(&ModifierClientApi { client_id }, &etag.get_value(), &reglage).await?;
        lecture.modifier(|c| *c = modifie);
        ouvert.set(false);
        annoncer("L’accès est modifié.");
        Ok(())
    });
    view! { <Formulaire adherent depart=Some(client) envoi/> }
}

#[component]
fn Formulaire(adherent: Uuid, depart: Option<ClientApi>, envoi: Ecriture<ReglageClientApi>) -> impl IntoView {
    let neuf = depart.is_none();
    let fin = depart.as_ref().and_then(|d| d.client.expire_le);
    let adresses = depart.as_ref().map(|d| d.adresses.join("\n")).unwrap_or_default();
    let (nom, logiciel, scopes, lieux) = depart
        .map(|d| {
            let lieux = d.client.etablissements.iter().map(|e| e.id).collect::<Vec<_>>();
            (d.client.nom, d.client.logiciel, d.client.scopes, lieux)
        })
        .unwrap_or_default();
    let (nom, logiciel) = (RwSignal::new(nom), RwSignal::new(logiciel));
    let (scopes, lieux) = (RwSignal::new(scopes), RwSignal::new(lieux));
    let jour = RwSignal::new(fin.map(|fin| ecrire_jour(format::dernier_jour(fin))).unwrap_or_default());
    let adresses = RwSignal::new(adresses);
    let fautes = Fautes::nouvelles();
    fautes.suivre(envoi);
    let envoyer = move |e: web_sys::SubmitEvent| {
        e.prevent_default();
        let expire_le = match jour.with_untracked(|j| lire_fin(j, fin)) {
            Ok(expire_le) => expire_le,
            Err(refus) => {
                fautes.poser(vec![faute("/expire_le", refus.dire(format::aujourd_hui()))]);
                return;
            }
        };
        fautes.poser(Vec::new());
        envoi.envoyer(ReglageClientApi {
            nom: nom.get_untracked().trim().to_owned(),
            logiciel: logiciel.get_untracked().trim().to_owned(),
            scopes: scopes.get_untracked(),
            etablissements: lieux.get_untracked(),
            expire_le,
            adresses: adresses.with_untracked(|a| mots(a)),
        });
    };
    let etablissements = Session::courante().de_moi(|m| geres(m, Some(adherent)));
    view! {
        <form novalidate on:submit=envoyer>
            <div class="dialogue__corps">
                <AlerteEchec echec=envoi.echec()/>
                <ChampTexte
                    id="client-nom"
                    libelle="Nom de l’accès"
                    aide="Il signe ce que le logiciel dépose et écrit."
                    valeur=nom
                    erreur=fautes.de("/nom")
                    longueur=NOM_CLIENT_MAX
                    obligatoire=true
                />
                <ChampTexte
                    id="client-logiciel"
                    libelle="Logiciel (facultatif)"
                    valeur=logiciel
                    erreur=fautes.de("/logiciel")
                    longueur=NOM_CLIENT_MAX
                />
                <Cases
                    id="client-portees"
                    legende="Ce que le logiciel peut faire"
                    aide="Ne cochez que le nécessaire\u{a0}: son éditeur vous donne la liste des portées."
                    choix=Scope::TOUS.iter().map(|s| (*s, s.description().to_owned(), Some(s.code()))).collect()
                    choisis=scopes
                    erreur=fautes.de("/scopes")
                />
                <Cases
                    id="client-etablissements"
                    legende="Établissements"
                    aide="Il ne voit que les dossiers de ceux-ci."
                    choix=etablissements.into_iter().map(|e| (e.id, e.nom, None)).collect()
                    choisis=lieux
                    erreur=fautes.de("/etablissements")
                />
                <ChampTexte
                    id="client-fin"
                    libelle="Valable jusqu’au (facultatif)"
                    aide="Format jj/mm/aaaa, ce jour compris. Sans date, jusqu’à sa révocation."
                    valeur=jour
                    erreur=fautes.de("/expire_le")
                    clavier="numeric"
                    longueur=10
                />
                <Adresses valeur=adresses erreur=fautes.de("/adresses")/>
            </div>
            <div class="dialogue__pied">
                <Envoyer
                    libelle=if neuf { "Créer l’accès" } else { "Enregistrer" }
                    en_envoi=if neuf { "Création…" } else { "Enregistrement…" }
                    en_cours=envoi.en_cours()
                />
            </div>
        </form>
    }
}

#[component]
fn Adresses(valeur: RwSignal<String>, #[prop(into)] erreur: Signal<Option<String>>) -> impl IntoView {
    let aide = "Une adresse ou un réseau par ligne, comme 192.0.2.7 ou 192.0.2.0/24. Vide, il appelle de partout.";
    view! {
        <Champ id="client-adresses" libelle="Adresses d’appel (facultatif)" aide=Some(aide.to_owned()) erreur let:liens>
            <textarea
                class="saisie mono"
                id=liens.id
                rows="3"
                aria-describedby=liens.decrit
                aria-invalid=liens.invalide
                autocomplete="off"
                spellcheck="false"
                bind:value=valeur
            ></textarea>
        </Champ>
    }
}

/// The end that a day means; a day that was not changed means the end that there was.
fn lire_fin(jour: &str, avant: Option<Timestamp>) -> Result<Option<Timestamp>, JourInvalide> {
    let Some(jour) = lire_jour(jour)? else { return Ok(None) };
    match avant {
        Some(fin) if format::dernier_jour(fin) == jour => Ok(Some(fin)),
        _ => format::fin_du_jour(jour).map(Some).ok_or(JourInvalide::Forme),
    }
}

/// What a person lists, on lines or not.
fn mots(texte: &str) -> Vec<String> {
    texte.split([' ', ',', ';', '\n', '\r', '\t']).filter(|m| !m.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::mots;

    #[test]
    fn addresses_are_listed_in_any_way() {
        assert_eq!(mots(" 192.0.2.7\r\n192.0.2.0/24, 2001:db8::1 ;"), ["192.0.2.7", "192.0.2.0/24", "2001:db8::1"]);
        assert!(mots(" \n").is_empty());
    }
}
