//! Accounts: creation, confirmation, sign-in, sessions, passwords.
//!
//! What the public operations answer never depends on whether an account, a SIRET or a number
//! exists: only the owner of a mailbox learns it, by a mail.

mod confirmer;
pub(crate) mod creer;
pub(crate) mod force;
pub(crate) mod hachage;
mod identite;
pub(crate) mod jeton;
pub(crate) mod lettres;
pub(crate) mod limites;
mod moi;
mod mot_de_passe;
mod ouvrir;
pub(crate) mod purger;
mod rattacher;
mod sessions;

pub use confirmer::confirmer;
pub use creer::{Demande, creer};
pub use force::{Force, evaluer};
pub(crate) use hachage::hacher;
pub use identite::corriger;
pub use moi::{Moi, moi};
pub use mot_de_passe::{changer, oublier, reinitialiser};
pub use ouvrir::{Connexion, Ouverte, ouvrir};
pub use rattacher::rattacher;
pub use sessions::{fermer, lister, terminer, terminer_autres};

use std::net::IpAddr;

use domain::ids::UtilisateurId;
use jiff::Timestamp;

use crate::App;

impl App {
    /// Before which a session that was not seen has ended.
    pub(crate) fn vue_depuis(&self, maintenant: Timestamp) -> Timestamp {
        let inactive = jiff::SignedDuration::try_from(self.reglages().session_inactive);
        maintenant.saturating_sub(inactive.unwrap_or(jiff::SignedDuration::MAX)).unwrap_or(Timestamp::MIN)
    }
}

/// Does the work of a public operation, and answers no sooner than the setting says: how long it
/// took tells nothing of what the database holds.
pub(crate) async fn a_temps_egal<T>(app: &App, travail: impl Future<Output = T>) -> T {
    let (valeur, ()) = tokio::join!(travail, tokio::time::sleep(app.reglages().reponse_minimale));
    valeur
}

/// What the journal says of an act on an account: its kind and its identifier, never who it is.
pub(crate) fn trace(action: &'static str, utilisateur: UtilisateurId) -> db::journal::Trace {
    db::journal::Trace {
        action,
        objet: "utilisateur",
        objet_id: utilisateur.uuid(),
        dossier: None,
        details: serde_json::Value::Null,
    }
}

/// What attempts from an address are counted under: an IPv4 address, or the /64 that one
/// subscriber holds in IPv6.
pub(crate) fn reseau(adresse: IpAddr) -> String {
    match adresse.to_canonical() {
        IpAddr::V4(a) => a.to_string(),
        IpAddr::V6(a) => {
            let [a, b, c, d, ..] = a.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::reseau;

    #[test]
    fn addresses_are_counted_by_subscriber() {
        for (adresse, attendu) in [
            ("192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ] {
            assert_eq!(reseau(adresse.parse().unwrap()), attendu);
        }
    }
}
