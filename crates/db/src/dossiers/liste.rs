//! The list of dossiers: keyset pages over the branches of a perimeter.

mod compte;
mod moteur;
mod noms;

pub use compte::compter;

use std::cmp::Ordering;
use std::collections::HashSet;

use domain::dossier::{Etat, Situation, Tri, Vue};
use domain::ids::{DossierId, EtablissementId};
use domain::numero::Recherche;
use domain::permit::Perimeter;
use jiff::Timestamp;
use jiff::civil::Date;

use super::{Resume, SANS_ECHEANCE, echeance_tri};
#[cfg(feature = "postgres")]
use moteur::postgres;
use moteur::{Echeances, Lue, Place, Source, sqlite};
use noms::Noms;

use crate::conn::d_un_instant;
use crate::types::V;
use crate::{Conn, DbError};

/// What the list is narrowed to.
#[derive(Debug, Clone, Default)]
pub struct Filtre {
    /// The view; living dossiers by default.
    pub vue: Option<Vue>,
    /// An établissement.
    pub etablissement: Option<EtablissementId>,
    /// A dispositif's code.
    pub dispositif: Option<String>,
    /// A number.
    pub numero: Option<Recherche>,
    /// A demande's number, beside any other.
    pub demande: Option<String>,
    /// Dossiers that changed at that instant or later.
    pub depuis: Option<Timestamp>,
    /// The start of a company's name, or of a trainee's, the last or the first before the other.
    pub nom: Option<String>,
    /// Trainings that start on that day or later.
    pub debut_apres: Option<Date>,
    /// Trainings that end on that day or earlier.
    pub fin_avant: Option<Date>,
    /// An état.
    pub etat: Option<Etat>,
    /// What the member is shown of it.
    pub situation: Option<Situation>,
    /// Only dossiers where something is awaited from the member.
    pub attendus: bool,
}

/// Where a page ended: the sort key and the identifier of its last dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Curseur {
    /// By due day.
    Echeance(Date, DossierId),
    /// By start.
    Debut(Date, DossierId),
    /// By number.
    Numero(String),
    /// By change.
    Modification(Timestamp, DossierId),
}

/// A dossier in the list.
#[derive(Debug, Clone)]
pub struct Ligne {
    /// The dossier.
    pub dossier: Resume,
    /// The établissement's name.
    pub etablissement: String,
    /// The company's name.
    pub adherent: String,
    /// Unread messages of the reader.
    pub non_lus: i64,
    /// The reader's own name of it.
    pub reference: Option<String>,
}

/// A page of the list.
#[derive(Debug, Clone)]
pub struct Page {
    /// The dossiers.
    pub lignes: Vec<Ligne>,
    /// Where the next page starts.
    pub suivant: Option<Curseur>,
}

/// A page of the perimeter's dossiers.
///
/// Each branch is read in order by its own index (`dossiers_etablissement_…`,
/// `dossiers_gestionnaire_…`, `dossiers_tout_…`, of the sort; backwards for the greatest first) and the branches are merged:
/// the cost is that of the page, whatever the number of dossiers. A number is found by its own index; so is a name, whose
/// établissements and dossiers are branches of the branch. One that leads to very many, or that a member looks for, is
/// looked for in the list itself.
pub fn lister(
    conn: &mut Conn,
    perimetre: &Perimeter,
    filtre: &Filtre,
    tri: Tri,
    curseur: Option<&Curseur>,
    limite: usize,
) -> Result<Page, DbError> {
    if perimetre.branches().len() * parts(tri, curseur).len() == 1 && filtre.nom.is_none() {
        return page(conn, perimetre, filtre, tri, curseur, limite);
    }
    // A dossier that changes in between would be in two parts of the page, or in none.
    d_un_instant(conn, |conn| page(conn, perimetre, filtre, tri, curseur, limite))
}

fn page(
    conn: &mut Conn,
    perimetre: &Perimeter,
    filtre: &Filtre,
    tri: Tri,
    curseur: Option<&Curseur>,
    limite: usize,
) -> Result<Page, DbError> {
    let demande = i64::try_from(limite + 1).unwrap_or(i64::MAX);
    let noms = filtre.nom.as_deref().map(|nom| Noms::lire(conn, perimetre, nom)).transpose()?;
    let mut lignes: Vec<Lue> = Vec::new();
    let mut lues = 0;
    for branche in perimetre.branches() {
        for source in noms.as_ref().map_or_else(|| vec![Source::Toute], |n| n.sources(*branche, filtre)) {
            for &echeances in parts(tri, curseur) {
                let place = Place { branche: *branche, source, echeances, filtre, tri, curseur, demande };
                let de_la_part = match conn {
                    Conn::Sqlite(c) => sqlite::lignes(c, perimetre, &place)?,
                    #[cfg(feature = "postgres")]
                    Conn::Postgres(c) => postgres::lignes(c, perimetre, &place)?,
                };
                lues += 1;
                let pleine = de_la_part.len() > limite;
                lignes.extend(de_la_part);
                if pleine {
                    break;
                }
            }
        }
    }
    if lues > 1 {
        lignes.sort_by(|(a, ..), (b, ..)| ordre(a, b, tri));
        // A dossier may be found by the name of its company and by that of a trainee.
        let mut vus = HashSet::with_capacity(lignes.len());
        lignes.retain(|(d, ..)| vus.insert(d.id.0));
    }
    let suivant = crate::pages::couper(&mut lignes, limite, |(d, ..)| curseur_de(d, tri));
    Ok(Page { lignes: lignes.into_iter().map(ligne).collect(), suivant })
}

/// Those of the dossiers named that are in the perimeter, in no order; by the primary key.
pub(crate) fn parmi(conn: &mut Conn, perimetre: &Perimeter, ids: &[V<DossierId>]) -> Result<Vec<Ligne>, DbError> {
    let mut lignes: Vec<Lue> = Vec::new();
    for branche in perimetre.branches() {
        lignes.extend(match conn {
            Conn::Sqlite(c) => sqlite::parmi(c, perimetre, *branche, ids)?,
            #[cfg(feature = "postgres")]
            Conn::Postgres(c) => postgres::parmi(c, perimetre, *branche, ids)?,
        });
    }
    Ok(lignes.into_iter().map(ligne).collect())
}

fn ligne((dossier, etablissement, adherent, non_lus, reference): Lue) -> Ligne {
    Ligne { dossier, etablissement, adherent, non_lus: non_lus.unwrap_or(0), reference }
}

/// What is read of the order, one after the other.
fn parts(tri: Tri, curseur: Option<&Curseur>) -> &'static [Echeances] {
    match (tri, curseur) {
        (Tri::EcheanceDecroissante, Some(Curseur::Echeance(SANS_ECHEANCE, _))) => &[Echeances::Sans],
        (Tri::EcheanceDecroissante, _) => &[Echeances::Avec, Echeances::Sans],
        _ => &[Echeances::Toutes],
    }
}

fn tri_de(d: &Resume) -> Date {
    echeance_tri(d.echeance.map(|le| le.0))
}

fn ordre(a: &Resume, b: &Resume, tri: Tri) -> Ordering {
    let croissant = match tri {
        Tri::Echeance => (tri_de(a), a.id).cmp(&(tri_de(b), b.id)),
        Tri::EcheanceDecroissante => {
            let cle = |d: &Resume| (tri_de(d) != SANS_ECHEANCE, tri_de(d), d.id);
            cle(a).cmp(&cle(b))
        }
        Tri::Debut | Tri::DebutCroissant => (a.date_debut, a.id).cmp(&(b.date_debut, b.id)),
        Tri::Numero | Tri::NumeroCroissant => a.numero.cmp(&b.numero),
        Tri::Modification => (a.modifie_le, a.id).cmp(&(b.modifie_le, b.id)),
    };
    if tri.decroissant() { croissant.reverse() } else { croissant }
}

fn curseur_de(d: &Resume, tri: Tri) -> Curseur {
    match tri {
        Tri::Echeance | Tri::EcheanceDecroissante => Curseur::Echeance(tri_de(d), d.id.0),
        Tri::Debut | Tri::DebutCroissant => Curseur::Debut(d.date_debut.0, d.id.0),
        Tri::Numero | Tri::NumeroCroissant => Curseur::Numero(d.numero.clone()),
        Tri::Modification => Curseur::Modification(d.modifie_le.0, d.id.0),
    }
}
