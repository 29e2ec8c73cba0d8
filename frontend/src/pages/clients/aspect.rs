//! How states, scopes and uses are told.

use api_types::clients_api::ClientApiResume;
use domain::Scope;
use jiff::{SignedDuration, Timestamp};
use leptos::prelude::*;

use crate::components::icone::Glyphe;
use crate::components::pastille::{Pastille, Ton};
use crate::format;

/// An end is told as near from this long before.
const PROCHE: SignedDuration = SignedDuration::from_hours(14 * 24);

/// Between things of which a name may hold a comma.
const ENTRE: &str = " · ";

/// Where a client stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Etat {
    /// It may call.
    Actif,
    /// It may call, and soon may not.
    ExpireBientot,
    /// Its end is past.
    Expire,
    /// It was revoked, for good.
    Revoque,
}

/// Where a client stands at an instant.
pub fn etat(client: &ClientApiResume, maintenant: Timestamp) -> Etat {
    if client.revoque_le.is_some() {
        return Etat::Revoque;
    }
    match client.expire_le.map(|fin| fin.duration_since(maintenant)) {
        Some(reste) if !reste.is_positive() => Etat::Expire,
        Some(reste) if reste < PROCHE => Etat::ExpireBientot,
        Some(_) | None => Etat::Actif,
    }
}

/// The stamp of a client.
#[component]
pub fn PastilleClient(
    /// The client.
    client: ClientApiResume,
) -> impl IntoView {
    let (glyphe, ton, texte) = match etat(&client, format::maintenant()) {
        Etat::Actif => (Glyphe::Check, Ton::Ok, "Actif"),
        Etat::ExpireBientot => (Glyphe::Alerte, Ton::Signal, "Expire bientôt"),
        Etat::Expire => (Glyphe::Moins, Ton::Tirets, "Expiré"),
        Etat::Revoque => (Glyphe::Croix, Ton::Non, "Révoqué"),
    };
    view! { <Pastille glyphe ton texte/> }
}

/// A scope, in a few words.
pub const fn nom(scope: Scope) -> &'static str {
    match scope {
        Scope::DossiersRead => "Lire les dossiers",
        Scope::DocumentsRead => "Lire les documents",
        Scope::DocumentsWrite => "Déposer des documents",
        Scope::MessagesRead => "Lire les messages",
        Scope::MessagesWrite => "Écrire des messages",
        Scope::WebhooksManage => "Gérer les webhooks",
    }
}

/// The scopes of a client, in words.
pub fn portees(scopes: &[Scope]) -> String {
    scopes.iter().map(|s| nom(*s)).collect::<Vec<_>>().join(ENTRE)
}

/// The établissements of a client, by name.
pub fn lieux(client: &ClientApiResume) -> String {
    client.etablissements.iter().map(|e| e.nom.clone()).collect::<Vec<_>>().join(ENTRE)
}

/// The use of a client over the last days, in a sentence.
pub fn usage(client: &ClientApiResume, jours: u32) -> String {
    let Some(dernier) = client.dernier_appel_le else {
        return format!("Aucun appel depuis {jours}\u{a0}jours.");
    };
    let appels = format::pluriel(client.appels, "appel", "appels");
    let erreurs = match client.erreurs {
        0 => "aucune erreur".to_owned(),
        n => format::pluriel(n, "erreur", "erreurs"),
    };
    format!("Dernier appel le {}. {appels} en {jours}\u{a0}jours, {erreurs}.", format::instant(dernier))
}

#[cfg(test)]
mod tests {
    use api_types::clients_api::ClientApiResume;
    use domain::Scope;
    use jiff::Timestamp;

    use super::{Etat, etat, portees, usage};

    fn client(expire_le: Option<i64>, revoque_le: Option<i64>) -> ClientApiResume {
        let instant = |s: i64| Timestamp::from_second(s).unwrap();
        ClientApiResume {
            id: uuid::Uuid::nil(),
            adherent_id: uuid::Uuid::nil(),
            nom: "Paie".into(),
            logiciel: String::new(),
            scopes: Vec::new(),
            etablissements: Vec::new(),
            expire_le: expire_le.map(instant),
            cree_le: Timestamp::UNIX_EPOCH,
            cree_par: "Nadia Bellanger".into(),
            revoque_le: revoque_le.map(instant),
            dernier_appel_le: None,
            appels: 0,
            erreurs: 0,
        }
    }

    #[test]
    fn a_client_stands_by_its_end_and_its_revocation() {
        const JOUR: i64 = 24 * 3600;
        for (expire, revoque, attendu) in [
            (None, None, Etat::Actif),
            (Some(15 * JOUR), None, Etat::Actif),
            (Some(13 * JOUR), None, Etat::ExpireBientot),
            (Some(0), None, Etat::Expire),
            (Some(-1), Some(-2), Etat::Revoque),
        ] {
            assert_eq!(etat(&client(expire, revoque), Timestamp::UNIX_EPOCH), attendu, "{expire:?} {revoque:?}");
        }
    }

    #[test]
    fn scopes_and_silence_are_told() {
        assert_eq!(portees(&[Scope::DossiersRead, Scope::WebhooksManage]), "Lire les dossiers · Gérer les webhooks");
        assert_eq!(usage(&client(None, None), 7), "Aucun appel depuis 7\u{a0}jours.");
    }
}
