//! Accounts and sessions.

use std::time::Duration;

use actix_web::cookie::{Cookie, SameSite};
use api_types::comptes as wire;
use app::comptes::Moi;
use db::comptes::Rattache;
use db::sessions::Ouverte;
use domain::ids::SessionId;
use domain::secret::Secret;

use crate::extract::COOKIE;

/// The signed-in person.
pub fn moi(moi: Moi) -> wire::Moi {
    let compte = moi.compte;
    wire::Moi {
        id: compte.id.0.uuid(),
        prenom: compte.prenom,
        nom: compte.nom,
        email: compte.email,
        cote: compte.cote.0,
        etablissements: moi.etablissements.into_iter().map(etablissement).collect(),
        messages_non_lus: moi.messages_non_lus,
        a_traiter: moi.a_traiter,
    }
}

fn etablissement(r: Rattache) -> wire::EtablissementRattache {
    wire::EtablissementRattache {
        id: r.id.0.uuid(),
        siret: r.siret,
        nom: r.nom,
        adherent_id: r.adherent_id.0.uuid(),
        adherent: r.adherent,
        role: r.role.0,
    }
}

/// One's own sessions.
pub fn sessions(lignes: Vec<Ouverte>, courante: SessionId) -> wire::Sessions {
    let elements = lignes.into_iter().map(|s| wire::SessionOuverte {
        id: s.id.0.uuid(),
        courante: s.id.0 == courante,
        appareil: s.appareil,
        adresse: s.adresse,
        ouverte_le: s.ouverte_le.0,
        vue_le: s.vue_le.0,
        expire_le: s.expire_le.0,
    });
    wire::Sessions { elements: elements.collect() }
}

/// The session's cookie: for our page alone, over TLS alone, out of reach of scripts.
///
/// `SameSite=Strict` does not hinder the links of mails: they open the page, and it is the page
/// that calls the API, from the same site.
pub fn cookie(jeton: &Secret<String>, duree: Duration) -> Cookie<'static> {
    let secondes = i64::try_from(duree.as_secs()).unwrap_or(i64::MAX);
    nu(jeton.expose().clone(), secondes)
}

/// What takes the session's cookie away.
pub fn cookie_efface() -> Cookie<'static> {
    nu(String::new(), 0)
}

fn nu(valeur: String, secondes: i64) -> Cookie<'static> {
    Cookie::build(COOKIE, valeur)
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Strict)
        .max_age(actix_web::cookie::time::Duration::seconds(secondes))
        .finish()
}
