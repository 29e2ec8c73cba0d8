//! Where the dossiers of a name are: a company's, or a trainee's.

use diesel::dsl::not;
use diesel::prelude::*;
use domain::ids::{DossierId, EtablissementId};
use domain::permit::{Branche, Perimeter};

use super::Filtre;
use super::moteur::Source;
use crate::conn::sur;
use crate::recherche::{cle_de_noms, cle_de_raison};
use crate::schema::{adherents, etablissements, inscriptions};
use crate::types::V;
use crate::{Conn, DbError};

/// Most établissements whose dossiers are read one after the other. A name of more companies is a common one: what a
/// page needs of it is soon found in the list itself.
const LIEUX_MAX: usize = 100;
/// Most dossiers of trainees that are read one by one, for the same reason.
const DOSSIERS_MAX: usize = 200;

/// What a name leads to; `None` where that is too much, or where nothing but the list itself is to be read.
pub(super) struct Noms {
    raison: String,
    stagiaire: String,
    lieux: Option<Vec<V<EtablissementId>>>,
    dossiers: Option<Vec<V<DossierId>>>,
}

impl Noms {
    /// Looks a name up; by `adherents_raison`, `inscriptions_noms` and `inscriptions_prenoms`. For who sees établissements
    /// alone, nothing of the others is read: how long that takes would tell of them.
    pub(super) fn lire(conn: &mut Conn, perimetre: &Perimeter, nom: &str) -> Result<Self, DbError> {
        let (raison, stagiaire) = (cle_de_raison(nom), cle_de_noms(nom));
        let siens: Option<Vec<V<EtablissementId>>> = perimetre.branches().iter().map(lieu_de).collect();
        let (lieux, dossiers) = match siens {
            Some(siens) => (Some(parmi(conn, &raison, siens)?), None),
            None => (lieux(conn, &raison)?, dossiers(conn, &stagiaire)?),
        };
        Ok(Self { raison, stagiaire, lieux, dossiers })
    }

    /// What is read of a branch.
    pub(super) fn sources(&self, branche: Branche, filtre: &Filtre) -> Vec<Source<'_>> {
        let voulu = |lieu: EtablissementId| {
            let dedans = !matches!(branche, Branche::Etablissement(e) if e != lieu);
            dedans && filtre.etablissement.is_none_or(|e| e == lieu)
        };
        let mut sources = match &self.lieux {
            Some(lieux) => lieux.iter().filter(|l| voulu(l.0)).map(|l| Source::Lieu(l.0)).collect(),
            None => vec![Source::Raison(&self.raison)],
        };
        match &self.dossiers {
            Some(dossiers) if dossiers.is_empty() => {}
            Some(dossiers) => sources.push(Source::Nommes(dossiers)),
            None => sources.push(Source::Stagiaire(&self.stagiaire)),
        }
        sources
    }
}

const fn lieu_de(branche: &Branche) -> Option<V<EtablissementId>> {
    match branche {
        Branche::Etablissement(e) => Some(V(*e)),
        Branche::Portefeuille(_) | Branche::Tout => None,
    }
}

/// Those of the établissements named whose company has a name; by their primary key.
fn parmi(conn: &mut Conn, raison: &str, siens: Vec<V<EtablissementId>>) -> Result<Vec<V<EtablissementId>>, DbError> {
    if raison.is_empty() {
        return Ok(Vec::new());
    }
    let q = etablissements::table
        .inner_join(adherents::table)
        .filter(etablissements::id.eq_any(siens))
        .filter(not(adherents::raison_cle.lt(raison)))
        .filter(not(adherents::raison_cle.ge(format!("{raison}\u{10ffff}"))))
        .select(etablissements::id);
    Ok(q.load(conn)?)
}

fn lieux(conn: &mut Conn, raison: &str) -> Result<Option<Vec<V<EtablissementId>>>, DbError> {
    if raison.is_empty() {
        return Ok(Some(Vec::new()));
    }
    let q = etablissements::table
        .inner_join(adherents::table)
        .filter(adherents::raison_cle.ge(raison))
        .filter(adherents::raison_cle.lt(format!("{raison}\u{10ffff}")))
        .select(etablissements::id)
        .limit(au_plus(LIEUX_MAX));
    let lus: Vec<V<EtablissementId>> = sur!(conn, c => q.load(c))?;
    Ok((lus.len() <= LIEUX_MAX).then_some(lus))
}

fn dossiers(conn: &mut Conn, stagiaire: &str) -> Result<Option<Vec<V<DossierId>>>, DbError> {
    let suite = format!("{stagiaire}\u{10ffff}");
    // The name that comes first starts so, or is a start of it that ends before a space.
    let premier = stagiaire.split(' ').next().unwrap_or_default();
    let mut lus: Vec<V<DossierId>> = Vec::new();
    macro_rules! chercher {
        ($premier:ident, $second:ident) => {{
            let (un, deux) = (inscriptions::$premier, inscriptions::$second);
            let q = inscriptions::table
                .filter(un.ge(premier).and(un.lt(&suite)))
                .filter(un.concat(" ").concat(deux).ge(stagiaire).and(un.concat(" ").concat(deux).lt(&suite)))
                .select(inscriptions::dossier_id)
                .limit(au_plus(DOSSIERS_MAX));
            lus.extend(sur!(conn, c => q.load::<V<DossierId>>(c))?);
        }};
    }
    chercher!(nom_cle, prenom_cle);
    chercher!(prenom_cle, nom_cle);
    Ok((lus.len() <= DOSSIERS_MAX).then_some(lus))
}

/// One more than a bound, to know whether it is passed.
fn au_plus(borne: usize) -> i64 {
    i64::try_from(borne + 1).unwrap_or(i64::MAX)
}
