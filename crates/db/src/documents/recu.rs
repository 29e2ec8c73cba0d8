use diesel::prelude::*;
use domain::permit::{Action, Permit};
use domain::policy::DocumentScope;

use super::{LigneDocument, fiche_de};
use crate::schema::{adherents, dossiers, etablissements, types_pieces};
use crate::types::V;
use crate::{Conn, DbError};

/// What the receipt of a deposit says.
#[derive(Debug, Clone)]
pub struct Recu {
    /// The document.
    pub document: LigneDocument,
    /// First and last name of the depositor.
    pub depose_par: String,
    /// Name of the category, when the document fills one.
    pub categorie: Option<String>,
    /// Number of the dossier.
    pub dossier: String,
    /// Number of the demande.
    pub demande: String,
    /// The training's title.
    pub intitule: String,
    /// The établissement's name.
    pub etablissement: String,
    /// Its SIRET.
    pub siret: String,
    /// The company's name.
    pub adherent: String,
}

/// What the receipt of a document says, by primary keys.
pub fn recu<A: Action<Sur = DocumentScope>>(conn: &mut Conn, permit: &Permit<A>) -> Result<Recu, DbError> {
    let fiche = fiche_de(conn, permit.acteur(), permit.sur().id)?;
    let (dossier, demande, intitule, etablissement, siret, adherent) = dossiers::table
        .inner_join(etablissements::table)
        .inner_join(adherents::table)
        .filter(dossiers::id.eq(V(permit.sur().dossier.id)))
        .select((
            dossiers::numero,
            dossiers::demande_numero,
            dossiers::intitule,
            etablissements::nom,
            etablissements::siret,
            adherents::raison_sociale,
        ))
        .first(conn)?;
    let categorie = match fiche.document.type_piece_id {
        Some(id) => types_pieces::table.find(id).select(types_pieces::libelle).first(conn).optional()?,
        None => None,
    };
    let crate::documents::Fiche { document, depose_par, .. } = fiche;
    Ok(Recu { document, depose_par, categorie, dossier, demande, intitule, etablissement, siret, adherent })
}
