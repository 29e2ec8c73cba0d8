//! Dossiers of training.

pub use domain::dossier::{Attente, CodeInterOpco, ModeReglement, Situation, Tri};
use domain::dossier::{Etape, EtapeEtat, Etat, Vue};
pub use domain::montant::Devise;
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use crate::wire;

wire! {
    /// The filters of the list; all are optional and add up.
    #[derive(Default)]
    #[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
    #[serde(deny_unknown_fields)]
    pub struct FiltreDossiers {
        /// `en_cours` (default) or `historique`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub vue: Option<Vue>,
        /// Code of a dispositif, such as `PLAN`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub dispositif: Option<String>,
        /// Number of a dossier (with or without its suffix) or of a demande; else a trainee's last name, first name or both, or
        /// the start of a company's name, whatever its accents and punctuation.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub q: Option<String>,
        /// Exactly this number of a dossier, with or without its suffix; in both views.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub numero: Option<String>,
        /// Exactly this number of a demande; in both views.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub demande: Option<String>,
        /// Dossiers on which something happened at that instant or later, the earliest first; in both views, unless `vue` is given.
        ///
        /// To synchronise, give the `synchronise_jusqu_a` of the former synchronisation.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub updated_since: Option<Timestamp>,
        /// An établissement.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub etablissement: Option<Uuid>,
        /// Trainings that start on that day or later.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub debut_apres: Option<Date>,
        /// Trainings that end on that day or earlier.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub fin_avant: Option<Date>,
        /// An état.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub etat: Option<Etat>,
        /// What the state shown to the member says: `pieces_attendues` where something is awaited of them on a dossier that was
        /// sent, whatever its `etat`; the état elsewhere. Without `vue`, in the view that holds it.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub situation: Option<Situation>,
        /// Only dossiers where something is awaited from the member.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub attendus: Option<bool>,
        /// The sort; `echeance` by default.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub tri: Option<Tri>,
        /// The `suivant` of the previous page.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub curseur: Option<String>,
        /// Page size, 1 to 100; 50 by default.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 100))]
        pub limite: Option<u32>,
    }

    /// A dossier in the list.
    pub struct DossierResume {
        /// Its identifier.
        pub id: Uuid,
        /// Its number, such as `1819006292.01`.
        pub numero: String,
        /// The number of its demande, such as `1304811`.
        pub demande: String,
        /// Its dispositif, such as `PLAN`.
        pub dispositif: String,
        /// The training's title.
        pub intitule: String,
        /// First day.
        pub date_debut: Date,
        /// Last day.
        pub date_fin: Date,
        /// Where it stands.
        pub etat: Etat,
        /// The same in the words that all OPCOs share; `null` for a brouillon.
        pub code_inter_opco: Option<CodeInterOpco>,
        /// Whose turn it is.
        pub attente: Attente,
        /// Categories of pieces due.
        pub pieces_dues: i32,
        /// Categories due and filled.
        pub pieces_fournies: i32,
        /// The nearest day at which something missing falls due.
        pub echeance: Option<Date>,
        /// The établissement.
        pub etablissement_id: Uuid,
        /// Its name.
        pub etablissement: String,
        /// The company.
        pub adherent_id: Uuid,
        /// Its name.
        pub adherent: String,
        /// Number of trainees.
        pub stagiaires: i32,
        /// Unread messages of the reader.
        pub messages_non_lus: i64,
        /// When something last happened on it.
        pub modifie_le: Timestamp,
        /// The caller's own name of it; `ref:` and this name stand for `id` in paths.
        pub reference_externe: Option<String>,
    }

    /// The name that a dossier has in the caller's own software.
    #[serde(deny_unknown_fields)]
    pub struct Reference {
        /// 1 to 100 letters, digits and `._:@+~-`, unique among the caller's dossiers; `null` for none. It must be said: a name is
        /// not taken away by leaving it out.
        #[serde(deserialize_with = "crate::donne")]
        #[cfg_attr(feature = "openapi", schema(required = true))]
        pub reference_externe: Option<String>,
    }

    /// Numbers of dossiers in each view, without filters; beyond 10 000 the count stops there.
    pub struct Compte {
        /// Living dossiers.
        pub en_cours: i64,
        /// Closed ones.
        pub historique: i64,
    }

    /// A page of dossiers.
    pub struct PageDossiers {
        /// The dossiers.
        pub elements: Vec<DossierResume>,
        /// The two views' sizes.
        pub compte: Compte,
        /// The cursor of the next page, or `null` at the end.
        pub suivant: Option<String>,
        /// With `updated_since`, until when every change is in the list: the `updated_since` of the next
        /// synchronisation, once this one has been read to its last page. Take that of the first page.
        pub synchronise_jusqu_a: Option<Timestamp>,
    }

    /// One of the four steps of a dossier's progress.
    pub struct EtapeDossier {
        /// Which step.
        pub etape: Etape,
        /// How far it is.
        pub avancement: EtapeEtat,
        /// The day it was done, when it is.
        pub le: Option<Date>,
    }

    /// A change of état.
    pub struct ChangementEtat {
        /// The new état.
        pub etat: Etat,
        /// The same in the words that all OPCOs share; `null` for a brouillon.
        pub code_inter_opco: Option<CodeInterOpco>,
        /// When.
        pub le: Timestamp,
        /// By whom, as the other side may know it.
        pub par: String,
        /// Why, where a reason is due.
        pub motif: Option<String>,
    }

    /// Numbers shown on the tabs.
    pub struct Onglets {
        /// Registrations.
        pub inscriptions: i64,
        /// Payments.
        pub reglements: i64,
        /// The member's documents.
        pub documents: i64,
        /// The OPCO's documents.
        pub documents_opco: i64,
        /// Messages.
        pub messages: i64,
        /// Unread ones.
        pub messages_non_lus: i64,
    }

    /// A dossier.
    pub struct Dossier {
        /// Its identifier.
        pub id: Uuid,
        /// Its number.
        pub numero: String,
        /// The number of its demande.
        pub demande: String,
        /// Its dispositif's code.
        pub dispositif: String,
        /// The training's title.
        pub intitule: String,
        /// The training body.
        pub organisme: String,
        /// First day.
        pub date_debut: Date,
        /// Last day.
        pub date_fin: Date,
        /// Where it stands.
        pub etat: Etat,
        /// The same in the words that all OPCOs share; `null` for a brouillon.
        pub code_inter_opco: Option<CodeInterOpco>,
        /// Whose turn it is.
        pub attente: Attente,
        /// The four steps.
        pub etapes: Vec<EtapeDossier>,
        /// Changes of état, the latest first.
        pub historique: Vec<ChangementEtat>,
        /// Categories of pieces due.
        pub pieces_dues: i32,
        /// Categories due and filled.
        pub pieces_fournies: i32,
        /// The nearest day at which something missing falls due.
        pub echeance: Option<Date>,
        /// The currency of the amounts.
        pub devise: Devise,
        /// Asked for, in cents.
        pub montant_demande: i64,
        /// Agreed, in cents.
        pub montant_accorde: Option<i64>,
        /// Paid so far, in cents.
        pub montant_regle: i64,
        /// The établissement's identifier.
        pub etablissement_id: Uuid,
        /// The établissement's name.
        pub etablissement: String,
        /// The company.
        pub adherent_id: Uuid,
        /// Its name.
        pub adherent: String,
        /// The gestionnaire in charge.
        pub gestionnaire: Option<crate::portail::Contact>,
        /// Numbers shown on the tabs.
        pub onglets: Onglets,
        /// Whether the reader may deposit and write here.
        pub peut_contribuer: bool,
        /// What arrived and awaits treatment; always 0 for a member.
        pub a_traiter: i64,
        /// When the latest of it arrived, to be given back when it is treated; `null` for a member, and when there is nothing.
        pub a_traiter_jusqu_a: Option<Timestamp>,
        /// The caller's own name of it; `ref:` and this name stand for `id` in paths.
        pub reference_externe: Option<String>,
    }

    /// A trainee's registration.
    pub struct Inscription {
        /// Its identifier.
        pub id: Uuid,
        /// Last name.
        pub nom: String,
        /// First name.
        pub prenom: String,
        /// Birth date.
        pub date_naissance: Date,
        /// Socio-professional category.
        pub csp: String,
        /// « Madame », « Monsieur ».
        pub titre: String,
        /// « Stagiaire », « Tuteur ».
        pub role: String,
    }

    /// The registrations of a dossier.
    pub struct Inscriptions {
        /// By name.
        pub elements: Vec<Inscription>,
    }

    /// A payment.
    pub struct Reglement {
        /// Its identifier.
        pub id: Uuid,
        /// Reference of the invoice paid.
        pub facture: String,
        /// Who is paid.
        pub beneficiaire: String,
        /// `subrogation` (the training body is paid) or `remboursement` (the member is).
        pub mode: ModeReglement,
        /// The currency of the amounts.
        pub devise: Devise,
        /// Invoiced, taxes included, in cents.
        pub montant_facture: i64,
        /// Paid, in cents.
        pub montant_regle: i64,
        /// Reference of the bank transfer, once made.
        pub virement: Option<String>,
        /// Day of the transfer, once made.
        pub regle_le: Option<Date>,
    }

    /// The payments of a dossier.
    pub struct Reglements {
        /// The latest first.
        pub elements: Vec<Reglement>,
        /// The currency of the amounts.
        pub devise: Devise,
        /// Agreed, in cents.
        pub accorde: i64,
        /// Invoiced, in cents.
        pub facture: i64,
        /// Paid, in cents.
        pub regle: i64,
    }

    /// A dispositif.
    pub struct Dispositif {
        /// Its code, such as `C PRO`.
        pub code: String,
        /// Its name.
        pub libelle: String,
    }

    /// The dispositifs, by code.
    pub struct Dispositifs {
        /// The dispositifs.
        pub elements: Vec<Dispositif>,
    }
}
