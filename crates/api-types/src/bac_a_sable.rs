//! The operations of a sandbox: invented companies, acts that are forced, a clock that is moved.
//!
//! Absent (404) wherever the data are real.

pub use domain::bac_a_sable::{GenreDocument, PanneWebhook, Voie};
use domain::dossier::{CodeInterOpco, Etat, ModeReglement};
use jiff::Timestamp;
use uuid::Uuid;

use crate::comptes::MotDePasse;
use crate::endpoint::{Endpoint, Method, endpoints};
use crate::wire;

wire! {
    /// The company that is wanted.
    #[derive(Default)]
    #[serde(deny_unknown_fields)]
    pub struct SaisieEntreprise {
        /// Its name, 100 characters at most; one is invented by default.
        #[serde(default)]
        pub raison_sociale: Option<String>,
        /// How many établissements it has, 1 to 5; 2 by default.
        #[serde(default)]
        pub etablissements: Option<u32>,
        /// How many dossiers it has, 50 at most, in each état in turn; 11 by default, one in each état.
        #[serde(default)]
        pub dossiers: Option<u32>,
    }

    /// An établissement that was invented.
    pub struct EtablissementFictif {
        /// Its identifier.
        pub id: Uuid,
        /// Its SIRET: valid, and nobody's.
        pub siret: String,
        /// Its name.
        pub nom: String,
    }

    /// Somebody who may sign in.
    pub struct PersonneFictive {
        /// The account.
        pub id: Uuid,
        /// The address to sign in with; no mail ever reaches it.
        pub email: String,
        /// The password, told here and never again.
        pub mot_de_passe: MotDePasse,
    }

    /// A dossier that was invented.
    pub struct DossierFictif {
        /// Its identifier.
        pub id: Uuid,
        /// Its number.
        pub numero: String,
        /// Where it stands.
        pub etat: Etat,
        /// The same in the words that all OPCOs share; `null` for a brouillon.
        pub code_inter_opco: Option<CodeInterOpco>,
    }

    /// A company that was just invented.
    pub struct EntrepriseFictive {
        /// Its identifier.
        pub adherent_id: Uuid,
        /// Its number.
        pub numero: String,
        /// Its name.
        pub raison_sociale: String,
        /// Its SIREN: valid, and nobody's.
        pub siren: String,
        /// Its établissements.
        pub etablissements: Vec<EtablissementFictif>,
        /// Its administrateur.
        pub administrateur: PersonneFictive,
        /// The gestionnaire of its dossiers.
        pub gestionnaire: PersonneFictive,
        /// Its dossiers.
        pub dossiers: Vec<DossierFictif>,
    }

    /// The dossiers that took the place of the former ones.
    pub struct DossiersFictifs {
        /// One in each état.
        pub elements: Vec<DossierFictif>,
    }

    /// Where a dossier is to be led.
    #[serde(deny_unknown_fields)]
    pub struct PassageEtat {
        /// To which état.
        pub etat: Etat,
        /// By which way.
        pub voie: Voie,
        /// The reason that members read, 1 000 characters at most.
        #[serde(default)]
        pub motif: Option<String>,
    }

    /// An état that a dossier went through.
    pub struct EtatPasse {
        /// The état.
        pub etat: Etat,
        /// The same in the words that all OPCOs share; `null` for a brouillon.
        pub code_inter_opco: Option<CodeInterOpco>,
    }

    /// The états that a dossier went through.
    pub struct EtatsPasses {
        /// In order; where it stands now comes last.
        pub elements: Vec<EtatPasse>,
    }

    /// A payment of the OPCO.
    #[derive(Default)]
    #[serde(deny_unknown_fields)]
    pub struct VersementOpco {
        /// In cents, up to what is left; what is left by default.
        #[serde(default)]
        #[cfg_attr(feature = "openapi", schema(minimum = 1))]
        pub montant: Option<i64>,
        /// Who is paid; `subrogation` by default.
        #[serde(default)]
        pub mode: Option<ModeReglement>,
        /// Reference of the invoice, 100 characters at most; one is invented by default.
        #[serde(default)]
        pub facture: Option<String>,
    }

    /// A message of the gestionnaire.
    #[serde(deny_unknown_fields)]
    pub struct MessageOpco {
        /// The text.
        pub corps: String,
    }

    /// A document of the gestionnaire, made up for the occasion.
    #[serde(deny_unknown_fields)]
    pub struct CourrierOpco {
        /// What it is.
        pub genre: GenreDocument,
        /// The name of its file.
        #[serde(default)]
        pub nom: Option<String>,
    }

    /// What happens to the next webhook of a company.
    #[serde(deny_unknown_fields)]
    pub struct PanneDemandee {
        /// What.
        pub panne: PanneWebhook,
        /// With `retard`, how late it leaves, in seconds: 604 800 at most, 60 by default.
        #[serde(default)]
        pub secondes: Option<u32>,
    }

    /// What time it is in the sandbox.
    pub struct HeureBac {
        /// Its present instant.
        pub maintenant: Timestamp,
        /// How far ahead of ours it is, in seconds.
        pub avance_secondes: i64,
    }

    /// How far the clock is to be moved forward.
    #[serde(deny_unknown_fields)]
    pub struct AvanceHorloge {
        /// In seconds, up to a year.
        #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 31_622_400))]
        pub secondes: i64,
    }
}

/// The method, template and `operationId` of every operation of a sandbox.
pub fn operations() -> &'static [(Method, &'static str, &'static str)] {
    OPERATIONS
}

endpoints! {
    /// Invent a company.
    CreerEntreprise = Post "/api/v1/bac-a-sable/adherents", "creer_entreprise_fictive", SaisieEntreprise => EntrepriseFictive;
    /// Take the dossiers of a company away and invent others.
    RemettreAZero { adherent_id: Uuid } = Post "/api/v1/bac-a-sable/adherents/{adherent_id}/remise-a-zero", "remettre_a_zero", () => DossiersFictifs;
    /// Disturb the next webhook of a company.
    PerturberWebhook { adherent_id: Uuid } = Post "/api/v1/bac-a-sable/adherents/{adherent_id}/webhook-suivant", "perturber_webhook", PanneDemandee => ();
    /// Lead a dossier to an état.
    ChangerEtat { dossier_id: Uuid } = Post "/api/v1/bac-a-sable/dossiers/{dossier_id}/etat", "changer_etat", PassageEtat => EtatsPasses;
    /// Receive a payment of the OPCO.
    RecevoirReglement { dossier_id: Uuid } = Post "/api/v1/bac-a-sable/dossiers/{dossier_id}/reglements", "recevoir_reglement", VersementOpco => crate::dossiers::Reglement;
    /// Receive a message of the gestionnaire.
    RecevoirMessage { dossier_id: Uuid } = Post "/api/v1/bac-a-sable/dossiers/{dossier_id}/messages", "recevoir_message", MessageOpco => crate::messages::Message;
    /// Receive a document of the gestionnaire.
    RecevoirDocument { dossier_id: Uuid } = Post "/api/v1/bac-a-sable/dossiers/{dossier_id}/documents-opco", "recevoir_document", CourrierOpco => crate::documents::Document;
    /// Be asked for a piece by the gestionnaire.
    RecevoirDemandePiece { dossier_id: Uuid } = Post "/api/v1/bac-a-sable/dossiers/{dossier_id}/demandes-piece", "recevoir_demande_piece", crate::documents::DemandePiece => ();
    /// What time it is.
    LireHorloge = Get "/api/v1/bac-a-sable/horloge", "lire_horloge", () => HeureBac;
    /// Move the clock forward.
    AvancerHorloge = Post "/api/v1/bac-a-sable/horloge", "avancer_horloge", AvanceHorloge => HeureBac;
}
