//! What the sandbox forces on the dossiers of a company, and takes away from it.
//!
//! Each query takes the permit of an action of the sandbox.

mod vider;

pub use vider::vider;

use diesel::prelude::*;
use domain::dossier::Etat;
use domain::ids::{AdherentId, EtablissementId, Id, UtilisateurId};
use domain::permit::{Action, Permit};
use domain::policy::{AdherentScope, DossierScope};
use jiff::Timestamp;

use crate::dossiers::Reglement;
use crate::journal::Objet;
use crate::lots::{LigneChangement, LigneReglement, Lot as _};
use crate::schema::{adherents, dossiers, etablissements};
use crate::types::V;
use crate::{Conn, DbError};

/// The amounts of a dossier, in cents.
#[derive(Debug, Clone, Queryable)]
pub struct Montants {
    /// Asked for.
    pub demande: i64,
    /// Agreed.
    pub accorde: Option<i64>,
    /// Paid.
    pub regle: i64,
}

/// Writes where a dossier stands and who is in charge of it; what is asked for is agreed when nothing else was.
pub fn ecrire_etat<A: Action<Sur = DossierScope>>(
    conn: &mut Conn,
    permit: &Permit<A>,
    etat: Etat,
    gestionnaire: Option<UtilisateurId>,
    le: Timestamp,
) -> Result<(), DbError> {
    let lui = dossiers::table.find(V(permit.sur().id));
    diesel::update(lui)
        .set((
            dossiers::etat.eq(V(etat)),
            dossiers::vue.eq(V(etat.vue())),
            dossiers::gestionnaire_id.eq(gestionnaire.map(V)),
            dossiers::modifie_le.eq(V(le)),
        ))
        .execute(conn)?;
    if etat.apres_accord() {
        diesel::update(lui.filter(dossiers::montant_accorde.is_null()))
            .set(dossiers::montant_accorde.eq(dossiers::montant_demande.nullable()))
            .execute(conn)?;
    }
    Ok(())
}

/// The amounts of a dossier, by its primary key.
pub fn montants<A: Action<Sur = DossierScope>>(conn: &mut Conn, permit: &Permit<A>) -> Result<Montants, DbError> {
    Ok(dossiers::table
        .find(V(permit.sur().id))
        .select((dossiers::montant_demande, dossiers::montant_accorde, dossiers::montant_regle))
        .first(conn)?)
}

/// Adds to what is paid of a dossier.
fn ajouter_regle<A: Action<Sur = DossierScope>>(
    conn: &mut Conn,
    permit: &Permit<A>,
    montant: i64,
) -> Result<(), DbError> {
    diesel::update(dossiers::table.find(V(permit.sur().id)))
        .set(dossiers::montant_regle.eq(dossiers::montant_regle + montant))
        .execute(conn)?;
    Ok(())
}

/// A change of état.
#[derive(Debug, Clone)]
pub struct Changement {
    /// Its identifier.
    pub id: Id<Objet>,
    /// The new état.
    pub etat: Etat,
    /// Why.
    pub motif: Option<String>,
    /// Who is said to have done it.
    pub auteur: UtilisateurId,
    /// When.
    pub le: Timestamp,
}

/// Adds a change of état to the history of a dossier.
pub fn changer<A: Action<Sur = DossierScope>>(
    conn: &mut Conn,
    permit: &Permit<A>,
    changement: Changement,
) -> Result<(), DbError> {
    let dossier = permit.sur();
    let ligne = LigneChangement {
        id: V(changement.id),
        dossier_id: V(dossier.id),
        etablissement_id: V(dossier.etablissement),
        etat: V(changement.etat),
        motif: changement.motif,
        auteur_id: V(changement.auteur),
        le: V(changement.le),
    };
    LigneChangement::inserer(conn, &[ligne])
}

/// Adds a payment to a dossier.
pub fn regler<A: Action<Sur = DossierScope>>(
    conn: &mut Conn,
    permit: &Permit<A>,
    reglement: &Reglement,
    le: Timestamp,
) -> Result<(), DbError> {
    let ligne = LigneReglement {
        id: reglement.id,
        dossier_id: V(permit.sur().id),
        facture: reglement.facture.clone(),
        beneficiaire: reglement.beneficiaire.clone(),
        mode: reglement.mode,
        montant_facture: reglement.montant_facture,
        montant_regle: reglement.montant_regle,
        virement: reglement.virement.clone(),
        regle_le: reglement.regle_le,
        cree_le: V(le),
    };
    LigneReglement::inserer(conn, &[ligne])?;
    ajouter_regle(conn, permit, reglement.montant_regle)
}

/// The gestionnaire of the company of a dossier, by its primary key.
pub fn gestionnaire<A: Action<Sur = DossierScope>>(
    conn: &mut Conn,
    permit: &Permit<A>,
) -> Result<Option<UtilisateurId>, DbError> {
    let lu: Option<V<UtilisateurId>> =
        adherents::table.find(V(permit.sur().adherent)).select(adherents::gestionnaire_id).first(conn)?;
    Ok(lu.map(|g| g.0))
}

/// The SIRET of the établissement of a dossier, by its primary key.
pub fn siret<A: Action<Sur = DossierScope>>(conn: &mut Conn, permit: &Permit<A>) -> Result<String, DbError> {
    Ok(etablissements::table.find(V(permit.sur().etablissement)).select(etablissements::siret).first(conn)?)
}

/// The établissements of a company, in the order they were made; by `etablissements_adherent`.
pub fn etablissements<A: Action<Sur = AdherentScope>>(
    conn: &mut Conn,
    permit: &Permit<A>,
) -> Result<Vec<EtablissementId>, DbError> {
    let adherent: V<AdherentId> = V(permit.sur().id);
    let ids: Vec<V<EtablissementId>> = etablissements::table
        .filter(etablissements::adherent_id.eq(adherent))
        .order(etablissements::id)
        .select(etablissements::id)
        .load(conn)?;
    Ok(ids.into_iter().map(|id| id.0).collect())
}
