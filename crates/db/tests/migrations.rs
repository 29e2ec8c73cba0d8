//! Both migration trees make the same schema, and each migration can be undone and done again.
//!
//! The SQLite side always runs; with `TEST_DATABASE=postgres` and `TEST_POSTGRES_URL` (an
//! administrator's address), the PostgreSQL side runs too and the two schemas are compared.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::struct_field_names,
    reason = "a test, with its own settings"
)]

use std::collections::BTreeMap;

use db::{Base, Conn, DbError};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

/// Tables, with « type, nullable » by column; and indexes, by name.
#[derive(Debug, Default, PartialEq, Eq)]
struct Schema {
    colonnes: BTreeMap<String, String>,
    index: BTreeMap<String, String>,
}

#[derive(QueryableByName)]
struct Colonne {
    #[diesel(sql_type = Text)]
    tableau: String,
    #[diesel(sql_type = Text)]
    colonne: String,
    #[diesel(sql_type = Text)]
    genre: String,
    #[diesel(sql_type = BigInt)]
    obligatoire: i64,
}

#[derive(QueryableByName)]
struct Index {
    #[diesel(sql_type = Text)]
    nom: String,
    #[diesel(sql_type = Text)]
    texte: String,
}

/// The tables that differ by design: full-text search, and what the migrations keep for themselves.
fn a_part(table: &str) -> bool {
    table.starts_with("messages_recherche") || table.starts_with("__diesel") || table.starts_with("sqlite_")
}

fn du_moteur(conn: &mut Conn) -> Result<Schema, DbError> {
    let (colonnes, index): (Vec<Colonne>, Vec<Index>) = match conn {
        Conn::Sqlite(c) => (
            diesel::sql_query(
                "SELECT m.name AS tableau, p.name AS colonne, lower(p.type) AS genre, \
                 CASE WHEN p.\"notnull\" OR p.pk > 0 THEN 1 ELSE 0 END AS obligatoire \
                 FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table'",
            )
            .load(c)?,
            diesel::sql_query(
                "SELECT name AS nom, sql AS texte FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
            )
            .load(c)?,
        ),
        Conn::Postgres(c) => (
            diesel::sql_query(
                "SELECT table_name::text AS tableau, column_name::text AS colonne, data_type::text AS genre, \
                 CASE WHEN is_nullable = 'NO' THEN 1::bigint ELSE 0::bigint END AS obligatoire \
                 FROM information_schema.columns WHERE table_schema = 'public'",
            )
            .load(c)?,
            diesel::sql_query(
                "SELECT indexname::text AS nom, indexdef::text AS texte FROM pg_indexes WHERE schemaname = 'public' \
                 AND indexname NOT LIKE '%_pkey' AND indexname NOT LIKE '%_unique'",
            )
            .load(c)?,
        ),
    };
    let mut schema = Schema::default();
    for c in colonnes.into_iter().filter(|c| !a_part(&c.tableau)) {
        let genre = match c.genre.as_str() {
            "uuid" | "bytea" => "blob",
            "timestamp without time zone" | "date" => "text",
            "bigint" => "integer",
            autre => autre,
        };
        schema.colonnes.insert(format!("{}.{}", c.tableau, c.colonne), format!("{genre}, {}", c.obligatoire));
    }
    for i in index.into_iter().filter(|i| !a_part(&i.nom)) {
        // From the parenthesis on: the columns and the condition, written alike.
        let texte: String = i.texte[i.texte.find('(').unwrap()..].chars().filter(|c| !" ()".contains(*c)).collect();
        schema.index.insert(i.nom, texte.to_lowercase());
    }
    Ok(schema)
}

fn aller_retour(url: &str) -> Schema {
    let base = Base::open(url, 2).unwrap();
    base.migrate().unwrap();
    let avant = base.read(du_moteur).unwrap();
    base.revert_all().unwrap();
    assert_eq!(base.read(du_moteur).unwrap(), Schema::default(), "undoing leaves something behind");
    base.migrate().unwrap();
    assert_eq!(base.read(du_moteur).unwrap(), avant, "doing again makes another schema");
    assert!(avant.colonnes.len() > 150 && avant.index.len() > 30, "the schema was not read: {avant:#?}");
    avant
}

#[test]
fn both_trees_make_the_same_schema_and_can_be_undone() {
    let dossier = std::env::temp_dir().join(format!("egestion-migrations-{}", uuid::Uuid::now_v7()));
    std::fs::create_dir_all(&dossier).unwrap();
    let sqlite = aller_retour(&format!("sqlite://{}", dossier.join("base.db").display()));
    std::fs::remove_dir_all(&dossier).unwrap();
    if std::env::var("TEST_DATABASE").as_deref() != Ok("postgres") {
        return;
    }
    let admin = std::env::var("TEST_POSTGRES_URL").unwrap();
    let nom = format!("migrations_{}", uuid::Uuid::now_v7().simple());
    let mut c = PgConnection::establish(&admin).unwrap();
    diesel::sql_query(format!("CREATE DATABASE {nom}")).execute(&mut c).unwrap();
    let (debut, parametres) =
        admin.split_once('?').map_or((admin.as_str(), String::new()), |(d, p)| (d, format!("?{p}")));
    let racine = debut.rsplit_once('/').unwrap().0;
    let postgres = aller_retour(&format!("{racine}/{nom}{parametres}"));
    diesel::sql_query(format!("DROP DATABASE {nom} WITH (FORCE)")).execute(&mut c).unwrap();
    assert_eq!(sqlite.index, postgres.index);
    assert_eq!(sqlite.colonnes, postgres.colonnes);
}
