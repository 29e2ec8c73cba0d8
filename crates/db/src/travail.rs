//! What reached the OPCO and awaits its gestionnaire.

use std::collections::HashMap;

use diesel::dsl::{count, count_star, exists, max, not};
use diesel::prelude::*;
use domain::dossier::Etat;
use domain::evenement::ArriveeNature;
use domain::ids::{ArriveeId, DossierId, Id};
use domain::permit::{Action, Perimeter, Permit};
use domain::policy::DossierScope;
use jiff::Timestamp;
use uuid::Uuid;

use crate::conn::sur;
use crate::dossiers::Ligne;
use crate::journal::Objet;
use crate::schema::{arrivees, dossiers};
use crate::types::V;
use crate::{Conn, DbError};

diesel::alias!(arrivees as avant: Avant);

/// A dossier of the worklist.
#[derive(Debug, Clone)]
pub struct LigneTravail {
    /// The dossier, as in the list.
    pub dossier: Ligne,
    /// Documents that arrived and are not treated.
    pub documents: i64,
    /// Messages that arrived and are not treated.
    pub messages: i64,
    /// When the oldest of them arrived.
    pub depuis: Timestamp,
    /// When the latest of them arrived.
    pub jusqu_a: Timestamp,
}

/// A page of the worklist.
#[derive(Debug, Clone)]
pub struct PageTravail {
    /// The dossiers, the one that waits for longest first.
    pub lignes: Vec<LigneTravail>,
    /// Number of dossiers to treat.
    pub total: i64,
    /// The oldest arrival of the page's last dossier, when others follow.
    pub suivant: Option<ArriveeId>,
}

/// Writes that something arrived on a dossier.
pub fn arriver(
    conn: &mut Conn,
    dossier: &DossierScope,
    nature: ArriveeNature,
    objet: Uuid,
    le: Timestamp,
) -> Result<(), DbError> {
    let id: ArriveeId = Id::new(Uuid::now_v7());
    sur!(conn, c => diesel::insert_into(arrivees::table)
        .values((
            arrivees::id.eq(V(id)),
            arrivees::dossier_id.eq(V(dossier.id)),
            arrivees::gestionnaire_id.eq(dossier.gestionnaire.map(V)),
            arrivees::nature.eq(V(nature)),
            arrivees::objet_id.eq(V(Id::<Objet>::new(objet))),
            arrivees::arrivee_le.eq(V(le)),
        ))
        .execute(c))?;
    Ok(())
}

/// A page of the gestionnaire's worklist, after the dossier whose oldest arrival is `apres`.
///
/// By `arrivees_file`, and `arrivees_a_traiter` for what came before: a dossier stands at the place of its oldest untreated
/// arrival, which belongs to it alone. Counts and cards are read once for the page.
pub fn lister<A: Action<Sur = ()>>(
    conn: &mut Conn,
    permit: &Permit<A>,
    apres: Option<ArriveeId>,
    limite: usize,
) -> Result<PageTravail, DbError> {
    let moi = V(permit.acteur().id);
    let plus_ancienne = avant
        .filter(avant.field(arrivees::gestionnaire_id).eq(moi))
        .filter(avant.field(arrivees::dossier_id).eq(arrivees::dossier_id))
        .filter(avant.field(arrivees::traitee_le).is_null())
        .filter(avant.field(arrivees::id).lt(arrivees::id))
        .select(avant.field(arrivees::id));
    let mut q = arrivees::table
        .inner_join(dossiers::table.on(dossiers::id.eq(arrivees::dossier_id)))
        .filter(arrivees::gestionnaire_id.eq(moi))
        .filter(arrivees::traitee_le.is_null())
        .filter(dossiers::gestionnaire_id.eq(moi))
        .filter(dossiers::etat.ne(V(Etat::Brouillon)))
        .filter(not(exists(plus_ancienne)))
        .order(arrivees::id)
        .limit(i64::try_from(limite + 1).unwrap_or(i64::MAX))
        .select((arrivees::id, arrivees::dossier_id, arrivees::arrivee_le))
        .into_boxed();
    if let Some(apres) = apres {
        q = q.filter(arrivees::id.gt(V(apres)));
    }
    let mut tetes: Vec<(V<ArriveeId>, V<DossierId>, V<Timestamp>)> = q.load(conn)?;
    let suivant = crate::pages::couper(&mut tetes, limite, |t| t.0.0);

    let ids: Vec<V<DossierId>> = tetes.iter().map(|t| t.1).collect();
    let perimetre = Perimeter::of(permit);
    let lignes = crate::dossiers::parmi(conn, &perimetre, &ids)?;
    let mut lignes: HashMap<DossierId, Ligne> = lignes.into_iter().map(|l| (l.dossier.id.0, l)).collect();
    let comptes: Vec<(V<DossierId>, V<ArriveeNature>, i64, Option<V<Timestamp>>)> = arrivees::table
        .filter(arrivees::gestionnaire_id.eq(moi))
        .filter(arrivees::dossier_id.eq_any(ids))
        .filter(arrivees::traitee_le.is_null())
        .group_by((arrivees::dossier_id, arrivees::nature))
        .select((arrivees::dossier_id, arrivees::nature, count_star(), max(arrivees::arrivee_le)))
        .load(conn)?;
    let compte = |dossier: DossierId, nature: ArriveeNature| {
        comptes.iter().find(|(d, n, ..)| d.0 == dossier && n.0 == nature).map_or(0, |(_, _, n, _)| *n)
    };
    let ligne = |(_, id, depuis): (_, V<DossierId>, V<Timestamp>)| {
        Some(LigneTravail {
            dossier: lignes.remove(&id.0)?,
            documents: compte(id.0, ArriveeNature::Document),
            messages: compte(id.0, ArriveeNature::Message),
            depuis: depuis.0,
            jusqu_a: comptes.iter().filter(|c| c.0 == id).filter_map(|c| c.3).max().unwrap_or(depuis).0,
        })
    };
    let lignes = tetes.into_iter().filter_map(ligne).collect();
    Ok(PageTravail { lignes, total: total(conn, permit)?, suivant })
}

/// Number of dossiers of the worklist; by `arrivees_a_traiter`.
pub fn total<A: Action>(conn: &mut Conn, permit: &Permit<A>) -> Result<i64, DbError> {
    let moi = V(permit.acteur().id);
    Ok(arrivees::table
        .inner_join(dossiers::table.on(dossiers::id.eq(arrivees::dossier_id)))
        .filter(arrivees::gestionnaire_id.eq(moi))
        .filter(arrivees::traitee_le.is_null())
        .filter(dossiers::gestionnaire_id.eq(moi))
        .filter(dossiers::etat.ne(V(Etat::Brouillon)))
        .select(count(arrivees::dossier_id).aggregate_distinct())
        .first(conn)?)
}

/// Marks what arrived on a dossier, until `jusqu_a` included, as treated by the actor; how many there were. By
/// `arrivees_dossier`.
pub fn traiter<A: Action<Sur = DossierScope>>(
    conn: &mut Conn,
    permit: &Permit<A>,
    jusqu_a: Timestamp,
    le: Timestamp,
) -> Result<usize, DbError> {
    let presentes = arrivees::table
        .filter(arrivees::dossier_id.eq(V(permit.sur().id)))
        .filter(arrivees::traitee_le.is_null())
        .filter(arrivees::arrivee_le.le(V(jusqu_a)));
    Ok(diesel::update(presentes)
        .set((arrivees::traitee_le.eq(Some(V(le))), arrivees::traitee_par.eq(Some(V(permit.acteur().id)))))
        .execute(conn)?)
}
