//! Rows written by the lot, in a database where nobody works yet: reference data, demonstration.
//!
//! The one place that writes tenants' rows without a permit: there is nobody to hold one, and
//! [`vide`] says so; or they are those of a company that a sandbox has just invented.

use diesel::prelude::*;
use domain::RoleMembre;
use domain::acteur::Cote;
use domain::document::Format;
use domain::dossier::{Etat, ModeReglement};
use domain::evenement::ArriveeNature;
use domain::ids::{
    AdherentId, ArriveeId, DemandeId, DemandePieceId, DocumentId, DossierId, EtablissementId, GuideId, Id,
    InformationId, InscriptionId, MessageId, ReglementId, ServiceId, TypePieceId, UtilisateurId,
};
use domain::message::Nature;
use domain::outil::Outil;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::documents::{LigneDocument, TypePiece};
use crate::dossiers::LigneDossier;
use crate::journal::Objet;
use crate::schema::{
    adherents, arrivees, changements_etat, contacts, demandes, demandes_piece, dispositifs, documents, dossiers,
    etablissements, favoris, guides, informations, inscriptions, journal, lectures, messages, pieces_jointes,
    rattachements, reglements, services, types_pieces, utilisateurs,
};
use crate::types::V;
use crate::{Conn, DbError};

/// A row that may be written by the lot.
pub trait Lot: Sized {
    /// Writes the rows, some hundreds by statement.
    fn inserer(conn: &mut Conn, lignes: &[Self]) -> Result<(), DbError>;
}

/// Values bound by one statement: SQLite takes 32 766, PostgreSQL 65 535.
const VALEURS_MAX: usize = 16_000;

macro_rules! lot {
    ($ligne:ty => $table:ident, $colonnes:expr) => {
        impl Lot for $ligne {
            fn inserer(conn: &mut Conn, lignes: &[Self]) -> Result<(), DbError> {
                for lot in lignes.chunks(VALEURS_MAX / $colonnes) {
                    // The engines write several rows by one statement each in its own way.
                    match conn {
                        Conn::Sqlite(c) => diesel::insert_into($table::table).values(lot).execute(c)?,
                        #[cfg(feature = "postgres")]
                        Conn::Postgres(c) => diesel::insert_into($table::table).values(lot).execute(c)?,
                    };
                }
                Ok(())
            }
        }
    };
}

macro_rules! lignes {
    ($($(#[$doc:meta])* $ligne:ident => $table:ident, $nom:literal { $($champ:ident: $type:ty),+ $(,)? })+) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Insertable)]
        #[diesel(table_name = $table, treat_none_as_default_value = false)]
        pub struct $ligne { $(#[doc = concat!("Column `", stringify!($champ), "` of `", $nom, "`.")] pub $champ: $type),+ }
        lot!($ligne => $table, [$(stringify!($champ)),+].len());
    )+ };
}

lot!(LigneDossier => dossiers, 32);
lot!(LigneDocument => documents, 32);
lot!(TypePiece => types_pieces, 16);

lignes! {
    /// A dispositif.
    LigneDispositif => dispositifs, "dispositifs" { code: String, libelle: String, valide_du: V<Date>, valide_au: Option<V<Date>> }
    /// A person.
    LigneUtilisateur => utilisateurs, "utilisateurs" {
        id: V<UtilisateurId>, email: String, prenom: String, nom: String, fonction: String, telephone: String,
        cote: V<Cote>, mot_de_passe: Option<String>, email_confirme_le: Option<V<Timestamp>>, cree_le: V<Timestamp>,
    }
    /// A company.
    LigneAdherent => adherents, "adherents" {
        id: V<AdherentId>, numero: String, raison_sociale: String, raison_cle: String, siren: String,
        gestionnaire_id: Option<V<UtilisateurId>>,
    }
    /// A place of business.
    LigneEtablissement => etablissements, "etablissements" {
        id: V<EtablissementId>, adherent_id: V<AdherentId>, siret: String, nom: String,
    }
    /// A member's attachment.
    LigneRattachement => rattachements, "rattachements" {
        utilisateur_id: V<UtilisateurId>, etablissement_id: V<EtablissementId>, adherent_id: V<AdherentId>, role: V<RoleMembre>,
    }
    /// A person of the OPCO to whom a company may write or call.
    LigneContact => contacts, "contacts" { adherent_id: V<AdherentId>, utilisateur_id: V<UtilisateurId>, rang: i32 }
    /// A favourite tool.
    LigneFavori => favoris, "favoris" { utilisateur_id: V<UtilisateurId>, outil: V<Outil>, rang: i32 }
    /// A demande.
    LigneDemande => demandes, "demandes" {
        id: V<DemandeId>, numero: String, etablissement_id: V<EtablissementId>, creee_le: V<Timestamp>,
    }
    /// A change of état.
    LigneChangement => changements_etat, "changements_etat" {
        id: V<Id<Objet>>, dossier_id: V<DossierId>, etablissement_id: V<EtablissementId>, etat: V<Etat>,
        motif: Option<String>, auteur_id: V<UtilisateurId>, le: V<Timestamp>,
    }
    /// A registration.
    LigneInscription => inscriptions, "inscriptions" {
        id: V<InscriptionId>, dossier_id: V<DossierId>, etablissement_id: V<EtablissementId>, nom: String, nom_cle: String,
        prenom: String, prenom_cle: String, date_naissance: V<Date>, csp: String, titre: String, role: String,
    }
    /// A payment.
    LigneReglement => reglements, "reglements" {
        id: V<ReglementId>, dossier_id: V<DossierId>, facture: String, beneficiaire: String, mode: V<ModeReglement>,
        montant_facture: i64, montant_regle: i64, virement: Option<String>, regle_le: Option<V<Date>>, cree_le: V<Timestamp>,
    }
    /// An open request for a piece.
    LigneDemandePiece => demandes_piece, "demandes_piece" {
        id: V<DemandePieceId>, dossier_id: V<DossierId>, type_piece_id: V<TypePieceId>, demandeur_id: V<UtilisateurId>,
        motif: String, avant: Option<V<Date>>, le: V<Timestamp>,
    }
    /// A message.
    LigneMessage => messages, "messages" {
        id: V<MessageId>, dossier_id: V<DossierId>, nature: V<Nature>, auteur_id: V<UtilisateurId>, auteur_cote: V<Cote>,
        corps: String, envoye_le: V<Timestamp>,
    }
    /// An attachment.
    LignePieceJointe => pieces_jointes, "pieces_jointes" { message_id: V<MessageId>, document_id: V<DocumentId> }
    /// What a person has made of a message.
    LigneLecture => lectures, "lectures" {
        utilisateur_id: V<UtilisateurId>, message_id: V<MessageId>, dossier_id: V<DossierId>,
        non_lu_depuis: Option<V<Timestamp>>, lu_le: Option<V<Timestamp>>,
    }
    /// Something that reached the OPCO.
    LigneArrivee => arrivees, "arrivees" {
        id: V<ArriveeId>, dossier_id: V<DossierId>, gestionnaire_id: Option<V<UtilisateurId>>, nature: V<ArriveeNature>,
        objet_id: V<Id<Objet>>, arrivee_le: V<Timestamp>, traitee_le: Option<V<Timestamp>>, traitee_par: Option<V<UtilisateurId>>,
    }
    /// A line of the journal.
    LigneJournal => journal, "journal" {
        id: V<Id<Objet>>, le: V<Timestamp>, acteur_id: Option<V<UtilisateurId>>, action: String, objet: String,
        objet_id: V<Id<Objet>>, dossier_id: Option<V<DossierId>>, details: String,
    }
    /// A piece of news.
    LigneInformation => informations, "informations" {
        id: V<InformationId>, titre: String, corps: String, publiee_le: V<Timestamp>,
    }
    /// A guide.
    LigneGuide => guides, "guides" {
        id: V<GuideId>, titre: String, nom: String, format: V<Format>, taille: i64, blob: String, rang: i32,
    }
    /// A service of the portal.
    LigneService => services, "services" {
        id: V<ServiceId>, theme: String, theme_rang: i32, titre: String, corps: String, rang: i32,
    }
}

/// Whether the database holds nobody.
pub fn vide(conn: &mut Conn) -> Result<bool, DbError> {
    Ok(utilisateurs::table.select(utilisateurs::id).first::<V<UtilisateurId>>(conn).optional()?.is_none())
}

/// Whether the database holds no dispositif.
pub fn sans_dispositif(conn: &mut Conn) -> Result<bool, DbError> {
    Ok(dispositifs::table.select(dispositifs::code).first::<String>(conn).optional()?.is_none())
}
