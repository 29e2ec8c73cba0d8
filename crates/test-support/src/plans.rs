//! How SQLite answers the queries that the product made during a test.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};
use diesel::prelude::*;
use diesel::sql_types::Text;

/// The threads that the product reads and writes SQLite from: what a test reads by itself is read elsewhere.
const FILS: [&str; 2] = ["lecteur-", "ecrivain-"];

/// What may be read from one end to the other.
const PERMIS: [&str; 9] = [
    // Tables of a few rows, however long the product is used.
    "SCAN cles_signature",
    "SCAN dispositifs USING INDEX sqlite_autoindex_dispositifs_1",
    "SCAN guides",
    "SCAN services",
    // In their order, up to a limit: the stream, what of it awaits its subscriptions, and the OPCO's own list of changes.
    "SCAN evenements",
    "SCAN evenements USING INDEX evenements_a_distribuer",
    "SCAN dossiers USING INDEX dossiers_tout_modification",
    // No table: what was counted up to a limit, and a question that is answered yes or no.
    "SCAN compte",
    "SCAN CONSTANT ROW",
];

static VUES: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

thread_local! {
    static DU_TEST: Cell<bool> = const { Cell::new(false) };
}

/// Notes from now on the queries of the product, on every connection that opens.
pub(crate) fn noter() {
    set_default_instrumentation(|| {
        let noter: Box<dyn Instrumentation> = Box::new(|evenement: InstrumentationEvent<'_>| {
            if let InstrumentationEvent::StartQuery { query, .. } = evenement
                && !DU_TEST.get()
                && std::thread::current().name().is_some_and(|nom| FILS.iter().any(|fil| nom.starts_with(fil)))
            {
                let texte = query.to_string();
                let sql = texte.rsplit_once(" -- binds: ").map_or(&*texte, |(sql, _)| sql);
                vues().insert(sql.to_owned());
            }
        });
        Some(noter)
    })
    .unwrap();
}

fn vues() -> MutexGuard<'static, BTreeSet<String>> {
    VUES.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs a write of the test itself, on whatever thread: its queries are not the product's.
pub(crate) fn du_test<T>(f: impl FnOnce() -> T) -> T {
    DU_TEST.set(true);
    let valeur = f();
    DU_TEST.set(false);
    valeur
}

#[derive(QueryableByName)]
struct Etape {
    #[diesel(sql_type = Text)]
    detail: String,
}

/// Panics when a query that was noted reads a table from one end to the other, for want of an index: by itself, or to
/// check that nothing refers to what it removes.
pub(crate) fn verifier(fichier: &str) {
    let mut c = SqliteConnection::establish(fichier).unwrap();
    for sql in std::mem::take(&mut *vues()) {
        if !["SELECT", "UPDATE", "DELETE", "WITH"].iter().any(|debut| sql.starts_with(debut)) || courte(&sql) {
            continue;
        }
        let etapes: Vec<Etape> = diesel::sql_query(format!("EXPLAIN QUERY PLAN {sql}")).load(&mut c).unwrap();
        let lue = etapes.iter().map(|e| &*e.detail).find(|d| d.starts_with("SCAN") && !permis(d));
        assert!(lue.is_none(), "sans index : {} par {sql}", lue.unwrap_or_default());
    }
}

/// Whether a query finds nothing, in a list of nothing, or takes any rows up to a limit.
fn courte(sql: &str) -> bool {
    sql.contains("(1=0)") || sql.ends_with(" LIMIT ?") && !sql.contains(" WHERE ") && !sql.contains(" ORDER BY ")
}

fn permis(detail: &str) -> bool {
    // A search of words is answered by the index of words.
    PERMIS.contains(&detail)
        || detail.starts_with("SCAN messages_recherche VIRTUAL TABLE INDEX") && !detail.ends_with(" 0:")
}
