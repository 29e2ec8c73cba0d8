//! A fresh database per test, on either engine.

use std::hash::{Hash as _, Hasher as _};
use std::path::Path;

use diesel::PgConnection;
use diesel::prelude::*;

/// Names the lock under which the template is made.
const VERROU: i64 = 0x6547_7465_7374_7331;

/// The database of one test; removed when it is dropped.
pub(crate) struct BaseEssai {
    pub(crate) url: String,
    postgres: Option<Postgres>,
}

struct Postgres {
    admin: String,
    nom: String,
}

impl BaseEssai {
    /// Makes an empty database with every migration applied: a file of `dossier`, or a copy of the template.
    pub(crate) fn creer(dossier: &Path) -> Self {
        match reglage("TEST_DATABASE").as_deref() {
            None | Some("" | "sqlite") => {
                let url = format!("sqlite://{}", dossier.join("egestion.db").display());
                db::Base::open(&url, 1).unwrap().migrate().unwrap();
                Self { url, postgres: None }
            }
            Some("postgres") => {
                let admin =
                    reglage("TEST_POSTGRES_URL").expect("TEST_POSTGRES_URL : l’adresse d’une base d’administration");
                let nom = format!("egestion_essai_{}", uuid::Uuid::now_v7().simple());
                let modele = modele(&admin);
                let mut c = PgConnection::establish(&admin).unwrap();
                verrouille(&mut c, |c| executer(c, &format!("CREATE DATABASE {nom} TEMPLATE {modele}")));
                Self { url: avec_base(&admin, &nom), postgres: Some(Postgres { admin, nom }) }
            }
            Some(autre) => panic!("TEST_DATABASE : sqlite ou postgres, et non {autre}"),
        }
    }
}

impl Drop for BaseEssai {
    fn drop(&mut self) {
        if let Some(p) = &self.postgres
            && let Ok(mut c) = PgConnection::establish(&p.admin)
        {
            // A database left behind harms no other test.
            let _ = diesel::sql_query(format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", p.nom)).execute(&mut c);
        }
    }
}

/// The address of a new empty PostgreSQL database, left behind: for tests that start the real binary.
pub fn postgres_neuve(prefixe: &str) -> String {
    let admin = reglage("TEST_POSTGRES_URL").expect("TEST_POSTGRES_URL : l’adresse d’une base d’administration");
    let nom = format!("{prefixe}_{}", uuid::Uuid::now_v7().simple());
    executer(&mut PgConnection::establish(&admin).unwrap(), &format!("CREATE DATABASE {nom}"));
    avec_base(&admin, &nom)
}

/// The template with every migration applied, made once for each state of the migrations.
fn modele(admin: &str) -> String {
    let nom = format!("egestion_modele_{:016x}", empreinte());
    let mut c = PgConnection::establish(admin).unwrap();
    verrouille(&mut c, |c| {
        if existe(c, &nom) {
            return;
        }
        // Made under another name first: a run that dies half-way leaves no half-made template.
        let brouillon = format!("{nom}_brouillon");
        executer(c, &format!("DROP DATABASE IF EXISTS {brouillon} WITH (FORCE)"));
        executer(c, &format!("CREATE DATABASE {brouillon}"));
        db::Base::open(&avec_base(admin, &brouillon), 1).unwrap().migrate().unwrap();
        fermer(c, &brouillon);
        executer(c, &format!("ALTER DATABASE {brouillon} RENAME TO {nom}"));
    });
    nom
}

/// The pool closes its connections behind our back; a template must have none.
fn fermer(c: &mut PgConnection, base: &str) {
    executer(c, &format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{base}'"));
    while nombre(c, &format!("SELECT count(*) AS n FROM pg_stat_activity WHERE datname = '{base}'")) > 0 {
        std::thread::yield_now();
    }
}

fn verrouille<T>(c: &mut PgConnection, f: impl FnOnce(&mut PgConnection) -> T) -> T {
    executer(c, &format!("SELECT pg_advisory_lock({VERROU})"));
    let valeur = f(c);
    executer(c, &format!("SELECT pg_advisory_unlock({VERROU})"));
    valeur
}

fn existe(c: &mut PgConnection, nom: &str) -> bool {
    nombre(c, &format!("SELECT count(*) AS n FROM pg_database WHERE datname = '{nom}'")) > 0
}

#[derive(diesel::QueryableByName)]
struct Nombre {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    n: i64,
}

fn nombre(c: &mut PgConnection, sql: &str) -> i64 {
    diesel::sql_query(sql).get_result::<Nombre>(c).unwrap().n
}

fn executer(c: &mut PgConnection, sql: &str) {
    diesel::sql_query(sql).execute(c).unwrap_or_else(|e| panic!("{sql} : {e}"));
}

/// The same address with another database: the path is what lies between the host and the query.
fn avec_base(url: &str, nom: &str) -> String {
    let (adresse, requete) = url.split_once('?').map_or((url, ""), |(a, r)| (a, r));
    let (schema, reste) = adresse.split_once("://").expect("postgres://…");
    let hote = reste.split('/').next().unwrap_or_default();
    let requete = if requete.is_empty() { String::new() } else { format!("?{requete}") };
    format!("{schema}://{hote}/{nom}{requete}")
}

/// A number that changes with the migrations.
fn empreinte() -> u64 {
    let racine = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations/postgres");
    let mut fichiers: Vec<_> =
        std::fs::read_dir(racine).unwrap().map(|d| d.unwrap().path().join("up.sql")).filter(|f| f.exists()).collect();
    fichiers.sort();
    let mut h = std::hash::DefaultHasher::new();
    for fichier in fichiers {
        std::fs::read(fichier).unwrap().hash(&mut h);
    }
    h.finish()
}

#[expect(clippy::disallowed_methods, reason = "the tests' own settings")]
fn reglage(nom: &str) -> Option<String> {
    std::env::var(nom).ok()
}
