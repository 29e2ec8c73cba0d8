//! API clients on the wire.

use api_types::clients_api as wire;
use app::clients_api::{Demande, Fiche, Page, Resume, etiquette};
use db::clients_api::{AUTRES, DepuisAdresse, Usage};
use domain::ids::Id;
use domain::secret::Secret;

use super::messages::curseur;

/// What a client is to be.
pub fn demande(reglage: wire::ReglageClientApi) -> Demande {
    Demande {
        nom: reglage.nom,
        logiciel: reglage.logiciel,
        scopes: reglage.scopes.into_iter().collect(),
        etablissements: reglage.etablissements.into_iter().map(Id::new).collect(),
        expire_le: reglage.expire_le,
        adresses: reglage.adresses,
    }
}

/// A page of clients.
pub fn page(page: &Page) -> wire::ClientsApi {
    wire::ClientsApi { elements: page.clients.iter().map(resume).collect(), suivant: page.suivant.map(curseur) }
}

/// A client and its new secret.
pub fn avec_secret(fiche: Fiche, secret: &Secret<String>) -> wire::ClientApiSecret {
    let secret = wire::SecretClair(secret.expose().clone());
    wire::ClientApiSecret { client: client(fiche), secret }
}

/// A client.
pub fn client(fiche: Fiche) -> wire::ClientApi {
    let Fiche { resume: r, secrets, cles, depuis, peut_gerer } = fiche;
    wire::ClientApi {
        client: resume(&r),
        etag: etiquette(&r),
        adresses: r.adresses.iter().map(ToString::to_string).collect(),
        secrets: secrets
            .into_iter()
            .map(|s| wire::SecretApi {
                id: s.id.0.uuid(),
                prefixe: s.prefixe,
                fin: s.fin,
                cree_le: s.cree_le.0,
                expire_le: s.expire_le.map(|fin| fin.0),
            })
            .collect(),
        cles: cles
            .into_iter()
            .map(|c| wire::CleApi { id: c.id.0.uuid(), kid: c.kid, alg: c.alg, cree_le: c.cree_le.0 })
            .collect(),
        usage: r.usages.into_iter().map(usage).collect(),
        adresses_vues: depuis.into_iter().map(vue).collect(),
        peut_gerer,
    }
}

fn vue(d: DepuisAdresse) -> wire::AdresseVue {
    wire::AdresseVue {
        adresse: (d.adresse != AUTRES).then_some(d.adresse),
        appels: d.appels,
        preuves_refusees: d.refus,
        derniere_fois_le: d.derniere_le.0,
    }
}

fn resume(r: &Resume) -> wire::ClientApiResume {
    let l = &r.ligne;
    wire::ClientApiResume {
        id: l.id.0.uuid(),
        adherent_id: l.adherent.0.uuid(),
        nom: l.nom.clone(),
        logiciel: l.logiciel.clone(),
        scopes: r.scopes.iter().collect(),
        etablissements: r
            .lieux
            .iter()
            .map(|e| wire::EtablissementClientApi { id: e.id.0.uuid(), siret: e.siret.clone(), nom: e.nom.clone() })
            .collect(),
        expire_le: l.expire_le.map(|fin| fin.0),
        cree_le: l.cree_le.0,
        cree_par: r.cree_par.clone(),
        revoque_le: l.revoque_le.map(|fin| fin.0),
        dernier_appel_le: r.usages.first().map(|u| u.dernier_le.0),
        appels: r.usages.iter().map(|u| u.appels).sum(),
        erreurs: r.usages.iter().map(|u| u.erreurs_client + u.erreurs_serveur).sum(),
    }
}

fn usage(u: Usage) -> wire::UsageApi {
    wire::UsageApi {
        jour: u.jour.0,
        appels: u.appels,
        erreurs_client: u.erreurs_client,
        erreurs_serveur: u.erreurs_serveur,
        dernier_appel_le: u.dernier_le.0,
        derniere_adresse: u.derniere_adresse,
    }
}
