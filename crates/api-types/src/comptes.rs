//! Accounts, sessions and passwords.

use domain::RoleMembre;
use domain::acteur::Cote;
use jiff::Timestamp;
use uuid::Uuid;

use crate::wire;

/// A password on its way in, or told once; its `Debug` says nothing.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, format = Password, max_length = 1024))]
#[serde(transparent)]
pub struct MotDePasse(pub String);

impl std::fmt::Debug for MotDePasse {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MotDePasse(…)")
    }
}

wire! {
    /// A request for an account, by somebody who knows the company's two numbers.
    #[serde(deny_unknown_fields)]
    pub struct CreationCompte {
        /// SIRET of the person's établissement; spaces are ignored.
        pub siret: String,
        /// The company's number at the OPCO.
        pub numero_adherent: String,
        /// First name.
        pub prenom: String,
        /// Last name.
        pub nom: String,
        /// Professional e-mail address; the confirmation link is sent to it.
        pub email: String,
        /// At least 12 characters, not guessable.
        pub mot_de_passe: MotDePasse,
    }

    /// A one-time token received by mail.
    #[serde(deny_unknown_fields)]
    pub struct Confirmation {
        /// The token of the link.
        pub jeton: String,
    }

    /// Sign-in.
    #[serde(deny_unknown_fields)]
    pub struct Connexion {
        /// The account's address.
        pub email: String,
        /// The account's password.
        pub mot_de_passe: MotDePasse,
    }

    /// A forgotten password.
    #[serde(deny_unknown_fields)]
    pub struct OubliMotDePasse {
        /// The account's address; the answer is the same whether it exists or not.
        pub email: String,
    }

    /// A new password, by the link received.
    #[serde(deny_unknown_fields)]
    pub struct Reinitialisation {
        /// The token of the link, valid one hour and once.
        pub jeton: String,
        /// The new password.
        pub mot_de_passe: MotDePasse,
    }

    /// A change of password by its owner.
    #[serde(deny_unknown_fields)]
    pub struct ChangementMotDePasse {
        /// The present password.
        pub actuel: MotDePasse,
        /// The new password.
        pub nouveau: MotDePasse,
    }

    /// A person's name.
    #[serde(deny_unknown_fields)]
    pub struct Identite {
        /// First name.
        pub prenom: String,
        /// Last name.
        pub nom: String,
    }

    /// A password to be judged while it is typed; nothing is kept of it.
    #[serde(deny_unknown_fields)]
    pub struct EvaluationMotDePasse {
        /// The password.
        pub mot_de_passe: MotDePasse,
    }

    /// The strength of a password.
    pub struct ForceMotDePasse {
        /// From 0 (guessed at once) to 4 (very unguessable).
        pub score: u8,
        /// Whether it would be accepted.
        pub accepte: bool,
    }

    /// An établissement that a member is attached to.
    pub struct EtablissementRattache {
        /// Its identifier.
        pub id: Uuid,
        /// Its SIRET, 14 digits.
        pub siret: String,
        /// Its usual name, such as « Siège, Rezé ».
        pub nom: String,
        /// The company's identifier.
        pub adherent_id: Uuid,
        /// The company's name.
        pub adherent: String,
        /// What the person may do there.
        pub role: RoleMembre,
    }

    /// The signed-in person.
    pub struct Moi {
        /// The account's identifier.
        pub id: Uuid,
        /// First name.
        pub prenom: String,
        /// Last name.
        pub nom: String,
        /// The account's address.
        pub email: String,
        /// The side of the extranet.
        pub cote: Cote,
        /// The établissements of a member; empty on the OPCO's side.
        pub etablissements: Vec<EtablissementRattache>,
        /// Unread messages.
        pub messages_non_lus: i64,
        /// Dossiers with something that arrived and is not treated; `null` for a member.
        pub a_traiter: Option<i64>,
    }

    /// A signed-in browser.
    pub struct SessionOuverte {
        /// Its identifier.
        pub id: Uuid,
        /// Whether it is the one that asks.
        pub courante: bool,
        /// The browser and system, in words.
        pub appareil: String,
        /// The network address it was last seen from.
        pub adresse: String,
        /// When it was opened.
        pub ouverte_le: Timestamp,
        /// When it was last used, to the minute.
        pub vue_le: Timestamp,
        /// When it ends at the latest.
        pub expire_le: Timestamp,
    }

    /// The open sessions of an account, the latest used first.
    pub struct Sessions {
        /// The sessions.
        pub elements: Vec<SessionOuverte>,
    }
}
