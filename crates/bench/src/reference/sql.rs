//! The query of a page of the list alone: as SQLite can answer it, and through our layer.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result, ensure};
use db::dossiers::Filtre;
use domain::acteur::Cote;
use domain::dossier::Tri;
use domain::ids::{EtablissementId, UtilisateurId};
use domain::permit::{Perimeter, authorize};
use domain::policy::ListerDossiers;
use rusqlite::{Connection, OpenFlags};

use crate::base::PAGE;
use crate::machine::cores;
use crate::measure::{Measure, Pace, threads};

/// The same rows in the same order as the list of a member of one établissement, one more to know if a page follows.
const SQL: &str = "SELECT dossiers.*, etablissements.nom, adherents.raison_sociale FROM dossiers \
     JOIN etablissements ON etablissements.id = dossiers.etablissement_id \
     JOIN adherents ON adherents.id = dossiers.adherent_id \
     WHERE dossiers.etablissement_id = ?1 AND dossiers.vue = 'en_cours' \
     ORDER BY dossiers.echeance_tri, dossiers.id LIMIT ?2";
/// The server's settings of a connection that concern reading.
const SETTINGS: &str = "PRAGMA cache_size = -8000; PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 1099511627776;";

/// Reads a page with SQLite alone, in as many threads as cores: prepared once, each column read. Blocks.
pub fn bare(pace: Pace, file: &Path, etablissement: EtablissementId) -> Result<Measure> {
    threads(pace, cores(), u64::MAX, |_| {
        let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        connection.execute_batch(SETTINGS)?;
        let limit = i64::try_from(PAGE + 1)?;
        Ok(move || {
            let mut statement = connection.prepare_cached(SQL)?;
            let columns = statement.column_count();
            let mut rows = statement.query((etablissement.uuid().as_bytes().as_slice(), limit))?;
            let mut count = 0;
            while let Some(row) = rows.next()? {
                for column in 0..columns {
                    std::hint::black_box(row.get_ref(column)?);
                }
                count += 1;
            }
            ensure!(count >= PAGE, "the page of reference has {count} dossiers instead of {PAGE}");
            Ok(())
        })
    })
}

/// Reads a page through our layer, on either engine, in as many threads as cores. Blocks.
///
/// The page alone: neither the numbers of the views nor the session.
pub fn layered(pace: Pace, base: &db::Base, membre: UtilisateurId) -> Result<Measure> {
    let acteur = base.read(|conn| db::sessions::acteur(conn, membre, Cote::Membre))?;
    let permit = authorize::<ListerDossiers>(&Arc::new(acteur), ()).context("the list is refused to a member")?;
    let perimeter = Perimeter::of(&permit);
    threads(pace, cores(), u64::MAX, |_| {
        let (base, perimeter) = (base.clone(), perimeter.clone());
        Ok(move || {
            let found = base
                .read(|conn| db::dossiers::lister(conn, &perimeter, &Filtre::default(), Tri::Echeance, None, PAGE))
                .context("the page of reference")?;
            ensure!(found.lignes.len() == PAGE, "the page of reference has {} dossiers", found.lignes.len());
            Ok(())
        })
    })
}
