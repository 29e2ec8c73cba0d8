//! The portal of services and eGestion's home.

pub use domain::mode::Mode;
pub use domain::outil::Outil;
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use crate::wire;

wire! {
    /// What the page needs to know before anybody signs in.
    pub struct Configuration {
        /// The organisation's name.
        pub organisme: String,
        /// The telephone number of the assistance.
        pub assistance: String,
        /// The undo window of a deposit, in seconds; 0 transmits at once.
        pub annulation_secondes: u32,
        /// Whether the data are real.
        pub mode: Mode,
    }

    /// A service of the portal.
    pub struct ServiceResume {
        /// Its identifier.
        pub id: Uuid,
        /// Its title.
        pub titre: String,
    }

    /// A theme of services.
    pub struct Theme {
        /// Its title.
        pub titre: String,
        /// Its services, in order.
        pub services: Vec<ServiceResume>,
    }

    /// The portal's home.
    pub struct Portail {
        /// The person's favourite tools, in order.
        pub favoris: Vec<Outil>,
        /// The services by theme.
        pub themes: Vec<Theme>,
        /// Pieces awaited from the person's établissements.
        pub pieces_attendues: i64,
        /// Those whose day has passed.
        pub pieces_en_retard: i64,
    }

    /// A service's page.
    pub struct Service {
        /// Its identifier.
        pub id: Uuid,
        /// Its theme.
        pub theme: String,
        /// Its title.
        pub titre: String,
        /// Its text: paragraphs separated by an empty line.
        pub corps: String,
    }

    /// The favourite tools, in order.
    #[serde(deny_unknown_fields)]
    pub struct Favoris {
        /// The tools, without repetition.
        pub outils: Vec<Outil>,
    }

    /// A person of the OPCO to write to or to call.
    pub struct Contact {
        /// First and last name.
        pub nom: String,
        /// What the person does, such as « Gestionnaire de vos dossiers ».
        pub fonction: String,
        /// Telephone number.
        pub telephone: String,
        /// E-mail address.
        pub email: String,
    }

    /// A piece of news of the OPCO.
    pub struct Information {
        /// Its title.
        pub titre: String,
        /// Its text: paragraphs separated by an empty line, list items by lines starting with `- `.
        pub corps: String,
        /// When it was published.
        pub publiee_le: Timestamp,
    }

    /// A guide to download.
    pub struct Guide {
        /// Its identifier.
        pub id: Uuid,
        /// Its title.
        pub titre: String,
        /// Its format, such as `pdf`.
        pub format: domain::document::Format,
        /// Its size, in bytes.
        pub taille: i64,
    }

    /// The guides, in order.
    pub struct Guides {
        /// The guides.
        pub elements: Vec<Guide>,
    }

    /// Something awaited from the member.
    pub struct AFaire {
        /// The dossier.
        pub dossier_id: Uuid,
        /// Its number.
        pub numero: String,
        /// Its dispositif.
        pub dispositif: String,
        /// The training's title.
        pub intitule: String,
        /// The category to fill.
        pub piece_id: Uuid,
        /// The category's name.
        pub piece: String,
        /// The day it falls due, when there is one.
        pub echeance: Option<Date>,
        /// The gestionnaire who asked for it, when it was asked for.
        pub demandee_par: Option<String>,
    }

    /// A change of état of a dossier.
    pub struct Mouvement {
        /// The dossier.
        pub dossier_id: Uuid,
        /// Its number.
        pub numero: String,
        /// The training's title.
        pub intitule: String,
        /// The new état.
        pub etat: domain::dossier::Etat,
        /// The same in the words that all OPCOs share; `null` for a brouillon.
        pub code_inter_opco: Option<domain::dossier::CodeInterOpco>,
        /// When.
        pub le: Timestamp,
    }

    /// Figures of the year.
    pub struct Chiffres {
        /// Pieces awaited.
        pub pieces_attendues: i64,
        /// Those whose day has passed.
        pub pieces_en_retard: i64,
        /// Dossiers in progress.
        pub en_cours: i64,
        /// The year that the amounts are of.
        pub annee: i16,
        /// The currency of the amounts.
        pub devise: domain::montant::Devise,
        /// Agreed this year, in cents.
        pub accorde: i64,
        /// Paid this year, in cents.
        pub regle: i64,
        /// Agreed and not paid yet, in cents.
        pub a_regler: i64,
    }

    /// eGestion's home, for a member.
    pub struct Accueil {
        /// Figures of the year.
        pub chiffres: Chiffres,
        /// What is awaited, the most urgent first; 10 at most.
        pub a_faire: Vec<AFaire>,
        /// The latest unread messages; 5 at most.
        pub messages: Vec<crate::messages::MessageResume>,
        /// Latest changes of état; 5 at most.
        pub mouvements: Vec<Mouvement>,
        /// People to contact.
        pub contacts: Vec<Contact>,
        /// News, the latest first.
        pub informations: Vec<Information>,
        /// Guides.
        pub guides: Vec<Guide>,
    }
}
