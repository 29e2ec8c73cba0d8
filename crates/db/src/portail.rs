//! The portal and eGestion's home: services, favourites, guides, news, contacts, figures.

use diesel::prelude::*;
use domain::document::Format;
use domain::dossier::{Etat, Vue};
use domain::ids::{AdherentId, DossierId, EtablissementId, GuideId, ServiceId, UtilisateurId};
use domain::outil::Outil;
use domain::permit::{Action, Branche, Perimeter, Permit};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::dossiers::{LigneDossier, Personne};
use crate::schema::{
    adherents, changements_etat, contacts, dossiers, favoris, guides, informations, reglements, services, utilisateurs,
};
use crate::types::V;
use crate::{Conn, DbError};

/// Rows that a figure is counted from, at the most.
const COMPTE_MAX: i64 = 10_000;
/// The rank of the row that says that a person chose no favourite at all.
const AUCUN: i32 = -1;

/// A service of the portal.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = services)]
pub struct Service {
    /// Its identifier.
    pub id: V<ServiceId>,
    /// Its theme.
    pub theme: String,
    /// Its title.
    pub titre: String,
    /// Its text.
    pub corps: String,
}

/// A guide to download.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = guides)]
pub struct Guide {
    /// Its identifier.
    pub id: V<GuideId>,
    /// Its title.
    pub titre: String,
    /// Its file name.
    pub nom: String,
    /// Its format.
    pub format: V<Format>,
    /// Its size, in bytes.
    pub taille: i64,
    /// Where the vault keeps its bytes.
    pub blob: String,
}

/// A piece of news.
#[derive(Debug, Clone, Queryable)]
pub struct Information {
    /// Its title.
    pub titre: String,
    /// Its text.
    pub corps: String,
    /// When it was published.
    pub publiee_le: V<Timestamp>,
}

/// A change of état of a dossier.
#[derive(Debug, Clone, Queryable)]
pub struct Mouvement {
    /// The dossier.
    pub dossier: V<DossierId>,
    /// Its number.
    pub numero: String,
    /// The training's title.
    pub intitule: String,
    /// The new état.
    pub etat: V<Etat>,
    /// When.
    pub le: V<Timestamp>,
}

/// Pieces awaited in the living dossiers of a perimeter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Attendues {
    /// All of them.
    pub toutes: i64,
    /// One for each dossier where something is late: the rest is counted from the dossiers themselves.
    pub dossiers_en_retard: i64,
}

/// Amounts of a year, in cents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Montants {
    /// Agreed in the year.
    pub accorde: i64,
    /// Paid in the year.
    pub regle: i64,
    /// Agreed and not paid yet.
    pub a_regler: i64,
}

/// The services, by theme and rank: the same for everybody.
pub fn services(conn: &mut Conn) -> Result<Vec<Service>, DbError> {
    Ok(services::table
        .order((services::theme_rang, services::theme, services::rang, services::id))
        .select(Service::as_select())
        .load(conn)?)
}

/// A service, by its primary key.
pub fn service(conn: &mut Conn, id: ServiceId) -> Result<Service, DbError> {
    Ok(services::table.find(V(id)).select(Service::as_select()).first(conn)?)
}

/// The guides, by rank: the same for everybody.
pub fn guides(conn: &mut Conn) -> Result<Vec<Guide>, DbError> {
    Ok(guides::table.order((guides::rang, guides::id)).select(Guide::as_select()).load(conn)?)
}

/// A guide, by its primary key.
pub fn guide(conn: &mut Conn, id: GuideId) -> Result<Guide, DbError> {
    Ok(guides::table.find(V(id)).select(Guide::as_select()).first(conn)?)
}

/// The news published before `maintenant`, the latest first, `limite` at most; by `informations_publiees`.
pub fn informations(conn: &mut Conn, maintenant: Timestamp, limite: i64) -> Result<Vec<Information>, DbError> {
    Ok(informations::table
        .filter(informations::publiee_le.le(V(maintenant)))
        .order(informations::publiee_le.desc())
        .limit(limite)
        .select((informations::titre, informations::corps, informations::publiee_le))
        .load(conn)?)
}

/// One's favourite tools in order, `None` when they were never chosen; by the primary key.
pub fn favoris<A: Action<Sur = ()>>(conn: &mut Conn, permit: &Permit<A>) -> Result<Option<Vec<Outil>>, DbError> {
    let lignes: Vec<(V<Outil>, i32)> = favoris::table
        .filter(favoris::utilisateur_id.eq(V(permit.acteur().id)))
        .order(favoris::rang)
        .select((favoris::outil, favoris::rang))
        .load(conn)?;
    if lignes.is_empty() {
        return Ok(None);
    }
    Ok(Some(lignes.into_iter().filter(|(_, rang)| *rang != AUCUN).map(|(outil, _)| outil.0).collect()))
}

/// Writes one's favourite tools in place of the former ones.
pub fn choisir_favoris<A: Action<Sur = ()>>(
    conn: &mut Conn,
    permit: &Permit<A>,
    outils: &[Outil],
) -> Result<(), DbError> {
    let qui = V(permit.acteur().id);
    crate::comptes::prendre(conn, permit.acteur().id)?;
    diesel::delete(favoris::table.filter(favoris::utilisateur_id.eq(qui))).execute(conn)?;
    let choisis: Vec<(Outil, i32)> = match outils {
        [] => vec![(Outil::Egestion, AUCUN)],
        choisis => choisis.iter().copied().zip(0..).collect(),
    };
    for (outil, rang) in choisis {
        diesel::insert_into(favoris::table)
            .values((favoris::utilisateur_id.eq(qui), favoris::outil.eq(V(outil)), favoris::rang.eq(rang)))
            .execute(conn)?;
    }
    Ok(())
}

fn etablissements(perimetre: &Perimeter) -> Vec<EtablissementId> {
    let etablissement = |b: &Branche| match b {
        Branche::Etablissement(e) => Some(*e),
        Branche::Portefeuille(_) | Branche::Tout => None,
    };
    perimetre.branches().iter().filter_map(etablissement).collect()
}

/// Pieces awaited in a member's dossiers that are neither paid nor closed; by `dossiers_incomplets`, on 10 000 dossiers of an
/// établissement at the most.
pub fn attendues(conn: &mut Conn, perimetre: &Perimeter, aujourd_hui: Date) -> Result<Attendues, DbError> {
    let mut a = Attendues::default();
    for etablissement in etablissements(perimetre) {
        let lignes: Vec<(i32, i32, V<Date>)> = incomplets(etablissement)
            .limit(COMPTE_MAX)
            .select((dossiers::pieces_dues, dossiers::pieces_fournies, dossiers::echeance_tri))
            .load(conn)?;
        a.toutes += lignes.iter().map(|(dues, fournies, _)| i64::from(dues - fournies)).sum::<i64>();
        let tardifs = lignes.iter().filter(|(.., echeance)| echeance.0 < aujourd_hui).count();
        a.dossiers_en_retard += i64::try_from(tardifs).unwrap_or(COMPTE_MAX);
    }
    Ok(a)
}

/// A member's dossiers, neither paid nor closed, where a piece is missing, the most urgent first; by `dossiers_incomplets`.
///
/// `avant` keeps those where something fell due before that day.
pub fn a_completer(
    conn: &mut Conn,
    perimetre: &Perimeter,
    avant: Option<Date>,
    limite: usize,
) -> Result<Vec<LigneDossier>, DbError> {
    let demande = i64::try_from(limite).unwrap_or(i64::MAX);
    let mut lignes: Vec<LigneDossier> = Vec::new();
    for etablissement in etablissements(perimetre) {
        let q = incomplets(etablissement).order((dossiers::echeance_tri, dossiers::id)).limit(demande);
        let q = q.select(LigneDossier::as_select());
        lignes.extend(match avant {
            Some(avant) => q.filter(dossiers::echeance_tri.lt(V(avant))).load::<LigneDossier>(conn)?,
            None => q.load(conn)?,
        });
    }
    lignes.sort_by_key(|d| (d.echeance_tri, d.id));
    lignes.truncate(limite);
    Ok(lignes)
}

#[diesel::dsl::auto_type(no_type_alias)]
fn incomplets(etablissement: EtablissementId) -> _ {
    let etablissement: V<EtablissementId> = V(etablissement);
    let vue: V<Vue> = V(Vue::EnCours);
    let regle: V<Etat> = V(Etat::Regle);
    dossiers::table
        .filter(dossiers::etablissement_id.eq(etablissement))
        .filter(dossiers::vue.eq(vue))
        .filter(dossiers::etat.ne(regle))
        .filter(dossiers::pieces_fournies.lt(dossiers::pieces_dues))
}

/// Amounts of a member's dossiers between two instants and two days.
///
/// Agreed: the dossiers whose agreement is of the period, by `changements_etat_date`. Paid: by the
/// dossiers of the établissement (`dossiers_etablissement_numero`), then `reglements_dossier`. To be
/// paid: the living dossiers, by `dossiers_etablissement_echeance`.
pub fn montants(
    conn: &mut Conn,
    perimetre: &Perimeter,
    (debut, fin): (Timestamp, Timestamp),
    (premier, dernier): (Date, Date),
) -> Result<Montants, DbError> {
    let lieux: Vec<V<EtablissementId>> = etablissements(perimetre).into_iter().map(V).collect();
    let accordes: Vec<(V<DossierId>, Option<i64>)> = changements_etat::table
        .inner_join(dossiers::table)
        .filter(changements_etat::etablissement_id.eq_any(lieux.clone()))
        .filter(changements_etat::etat.eq(V(Etat::Accorde)))
        .filter(changements_etat::le.ge(V(debut)))
        .filter(changements_etat::le.lt(V(fin)))
        .select((dossiers::id, dossiers::montant_accorde))
        .distinct()
        .load(conn)?;
    let regles: Vec<i64> = reglements::table
        .inner_join(dossiers::table.on(dossiers::id.eq(reglements::dossier_id)))
        .filter(dossiers::etablissement_id.eq_any(lieux.clone()))
        .filter(reglements::regle_le.ge(V(premier)))
        .filter(reglements::regle_le.le(V(dernier)))
        .select(reglements::montant_regle)
        .load(conn)?;
    let vivants: Vec<(Option<i64>, i64)> = dossiers::table
        .filter(dossiers::etablissement_id.eq_any(lieux))
        .filter(dossiers::vue.eq(V(Vue::EnCours)))
        .filter(dossiers::etat.eq_any(vec![V(Etat::Accorde), V(Etat::EnReglement)]))
        .select((dossiers::montant_accorde, dossiers::montant_regle))
        .load(conn)?;
    let reste = |(accorde, regle): (Option<i64>, i64)| (accorde.unwrap_or(0) - regle).max(0);
    Ok(Montants {
        accorde: accordes.into_iter().filter_map(|(_, montant)| montant).sum(),
        regle: regles.into_iter().sum(),
        a_regler: vivants.into_iter().map(reste).sum(),
    })
}

/// The latest changes of état in a member's dossiers; by `changements_etat_etablissement`.
pub fn mouvements(conn: &mut Conn, perimetre: &Perimeter, limite: usize) -> Result<Vec<Mouvement>, DbError> {
    let demande = i64::try_from(limite).unwrap_or(i64::MAX);
    let mut lignes: Vec<Mouvement> = Vec::new();
    for etablissement in etablissements(perimetre) {
        lignes.extend(
            changements_etat::table
                .inner_join(dossiers::table)
                .filter(changements_etat::etablissement_id.eq(V(etablissement)))
                .order(changements_etat::id.desc())
                .limit(demande)
                .select((
                    dossiers::id,
                    dossiers::numero,
                    dossiers::intitule,
                    changements_etat::etat,
                    changements_etat::le,
                ))
                .load::<Mouvement>(conn)?,
        );
    }
    lignes.sort_by_key(|m| std::cmp::Reverse(m.le));
    lignes.truncate(limite);
    Ok(lignes)
}

/// The people of the OPCO that a member may contact: the gestionnaires of its companies, then the
/// contacts set for them; by primary keys.
pub fn contacts(conn: &mut Conn, perimetre: &Perimeter) -> Result<Vec<Personne>, DbError> {
    type Ligne = (V<UtilisateurId>, (String, String, String, String, String));
    macro_rules! personne {
        () => {
            (
                utilisateurs::id,
                (
                    utilisateurs::prenom,
                    utilisateurs::nom,
                    utilisateurs::fonction,
                    utilisateurs::telephone,
                    utilisateurs::email,
                ),
            )
        };
    }
    let ids: Vec<V<AdherentId>> = perimetre.adherents().into_iter().map(V).collect();
    let mut lignes: Vec<Ligne> = adherents::table
        .inner_join(utilisateurs::table.on(adherents::gestionnaire_id.eq(utilisateurs::id.nullable())))
        .filter(adherents::id.eq_any(ids.clone()))
        .filter(utilisateurs::suspendu_le.is_null())
        .order(adherents::id)
        .select(personne!())
        .load(conn)?;
    lignes.extend(
        contacts::table
            .inner_join(utilisateurs::table)
            .filter(contacts::adherent_id.eq_any(ids))
            .filter(utilisateurs::suspendu_le.is_null())
            .order((contacts::rang, contacts::adherent_id))
            .select(personne!())
            .load::<Ligne>(conn)?,
    );
    let mut vus = std::collections::HashSet::new();
    lignes.retain(|(id, _)| vus.insert(*id));
    let personne =
        |(_, (prenom, nom, fonction, telephone, email))| Personne { prenom, nom, fonction, telephone, email };
    Ok(lignes.into_iter().map(personne).collect())
}
