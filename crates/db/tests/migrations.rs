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

use db::schema::adherents;
use db::types::V;
use db::{Base, Conn, DbError};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use domain::ids::AdherentId;
use uuid::Uuid;

/// Tables, with « type, nullable » by column; indexes, by name; and the kind of each constraint, by table and name.
#[derive(Debug, Default, PartialEq, Eq)]
struct Schema {
    colonnes: BTreeMap<String, String>,
    index: BTreeMap<String, String>,
    contraintes: BTreeMap<String, &'static str>,
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

#[derive(QueryableByName)]
struct Contraintes {
    #[diesel(sql_type = Text)]
    tableau: String,
    /// Constraints as they are written: `CONSTRAINT name CHECK`.
    #[diesel(sql_type = Text)]
    texte: String,
}

/// The tables that differ by design: full-text search, and what the migrations keep for themselves.
fn a_part(table: &str) -> bool {
    table.starts_with("messages_recherche") || table.starts_with("__diesel") || table.starts_with("sqlite_")
}

fn du_moteur(conn: &mut Conn) -> Result<Schema, DbError> {
    let (colonnes, index, contraintes): (Vec<Colonne>, Vec<Index>, Vec<Contraintes>) = match conn {
        Conn::Sqlite(c) => (
            diesel::sql_query(
                "SELECT m.name AS tableau, p.name AS colonne, lower(p.type) AS genre, \
                 CASE WHEN p.\"notnull\" OR p.pk > 0 THEN 1 ELSE 0 END AS obligatoire \
                 FROM sqlite_master m JOIN pragma_table_xinfo(m.name) p WHERE m.type = 'table'",
            )
            .load(c)?,
            diesel::sql_query(
                "SELECT name AS nom, sql AS texte FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
            )
            .load(c)?,
            diesel::sql_query("SELECT name AS tableau, sql AS texte FROM sqlite_master WHERE type = 'table'")
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
            // A primary key alone may go without a name of ours.
            diesel::sql_query(
                "SELECT r.relname::text AS tableau, \
                 'CONSTRAINT ' || c.conname || ' ' || pg_get_constraintdef(c.oid) AS texte \
                 FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid \
                 WHERE c.connamespace = 'public'::regnamespace AND c.contype IN ('c', 'f', 'p', 'u') \
                 AND NOT (c.contype = 'p' AND c.conname LIKE '%_pkey')",
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
    for c in contraintes.into_iter().filter(|c| !a_part(&c.tableau)) {
        schema.contraintes.extend(nommees(&c.texte).map(|(nom, genre)| (format!("{}.{nom}", c.tableau), genre)));
    }
    Ok(schema)
}

/// The constraints that a text names, with their kinds.
fn nommees(texte: &str) -> impl Iterator<Item = (&str, &'static str)> {
    texte.split("CONSTRAINT ").skip(1).map(|suite| {
        let mut mots = suite.split(|c: char| c.is_whitespace() || "(,".contains(c)).filter(|mot| !mot.is_empty());
        let nom = mots.next().unwrap();
        let genre = match mots.next().unwrap() {
            "CHECK" => "check",
            "REFERENCES" | "FOREIGN" => "foreign key",
            "UNIQUE" => "unique",
            "PRIMARY" => "primary key",
            autre => panic!("a constraint of an unknown kind: {nom} {autre}"),
        };
        (nom, genre)
    })
}

fn aller_retour(url: &str) -> Schema {
    let base = Base::open(url, 2).unwrap();
    base.migrate().unwrap();
    let avant = base.read(du_moteur).unwrap();
    base.revert_all().unwrap();
    assert_eq!(base.read(du_moteur).unwrap(), Schema::default(), "undoing leaves something behind");
    base.migrate().unwrap();
    assert_eq!(base.read(du_moteur).unwrap(), avant, "doing again makes another schema");
    cles_des_entreprises(&base);
    let lus = (avant.colonnes.len(), avant.index.len(), avant.contraintes.len());
    assert!(lus.0 > 150 && lus.1 > 30 && lus.2 > 100, "the schema was not read: {avant:#?}");
    avant
}

/// Companies that were there before their keys have them once the migrations are done, the same on both engines.
fn cles_des_entreprises(base: &Base) {
    let noms = [
        ("L'Haÿ-les-Roses Bâtiment", "l hay les roses batiment"),
        ("«\u{a0}Éts. Muñoz\u{a0}»\u{a0}!", "munoz"),
        ("SARL Œuvre “N° 1” * Cœur", "oeuvre n 1 coeur"),
        ("Straße", "straße"),
        ("*** !", ""),
    ];
    // More than one lot of names that make no key, before and after the others.
    let sans = std::iter::repeat_n(("!", ""), 600);
    let tous: Vec<(&str, &str)> = sans.clone().chain(noms).chain(sans).collect();
    let lignes: Vec<(String, String)> =
        (0..).zip(&tous).map(|(i, (nom, _))| (format!("{i:09}"), (*nom).to_owned())).collect();
    base.write(move |conn| {
        for (numero, nom) in &lignes {
            let valeurs = (
                adherents::id.eq(V(AdherentId::new(Uuid::now_v7()))),
                adherents::numero.eq(numero),
                adherents::siren.eq(numero),
                adherents::raison_sociale.eq(nom),
                adherents::raison_cle.eq(""),
            );
            diesel::insert_into(adherents::table).values(valeurs).execute(conn)?;
        }
        Ok::<_, DbError>(())
    })
    .unwrap();
    base.migrate().unwrap();
    let lues: Vec<String> = base
        .read(|conn| {
            let q = adherents::table.order(adherents::numero).select(adherents::raison_cle);
            Ok::<_, DbError>(q.load(conn)?)
        })
        .unwrap();
    assert_eq!(lues, tous.iter().map(|(_, cle)| *cle).collect::<Vec<_>>());
}

#[test]
fn both_trees_make_the_same_schema_and_can_be_undone() {
    let dossier = std::env::temp_dir().join(format!("egestion-migrations-{}", Uuid::now_v7()));
    std::fs::create_dir_all(&dossier).unwrap();
    let sqlite = aller_retour(&format!("sqlite://{}", dossier.join("base.db").display()));
    std::fs::remove_dir_all(&dossier).unwrap();
    if std::env::var("TEST_DATABASE").as_deref() != Ok("postgres") {
        return;
    }
    let admin = std::env::var("TEST_POSTGRES_URL").unwrap();
    let nom = format!("migrations_{}", Uuid::now_v7().simple());
    let mut c = PgConnection::establish(&admin).unwrap();
    diesel::sql_query(format!("CREATE DATABASE {nom}")).execute(&mut c).unwrap();
    let (debut, parametres) =
        admin.split_once('?').map_or((admin.as_str(), String::new()), |(d, p)| (d, format!("?{p}")));
    let racine = debut.rsplit_once('/').unwrap().0;
    let postgres = aller_retour(&format!("{racine}/{nom}{parametres}"));
    diesel::sql_query(format!("DROP DATABASE {nom} WITH (FORCE)")).execute(&mut c).unwrap();
    assert_eq!(sqlite.index, postgres.index);
    assert_eq!(sqlite.colonnes, postgres.colonnes);
    assert_eq!(sqlite.contraintes, postgres.contraintes);
}
