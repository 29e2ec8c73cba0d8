//! Full-text search of messages: FTS5 on SQLite, `tsvector` on PostgreSQL, the same words on both.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary, Text};
use domain::ids::{EtablissementId, MessageId};

use crate::types::{Uid, V};
use crate::{Conn, DbError};

/// Most messages that a search considers, the latest first.
const RESULTATS_MAX: i64 = 500;

/// The words of a text as they are indexed: lower case, without accents, letters and digits only.
///
/// Done here, and not by the engines, so that both find the same messages.
pub fn mots(texte: &str) -> Vec<String> {
    let plat: String = texte.chars().flat_map(char::to_lowercase).flat_map(sans_accent).collect();
    plat.split(|c: char| !c.is_alphanumeric()).filter(|m| !m.is_empty()).map(str::to_owned).collect()
}

/// A text in lower case without accents: the key that names are sorted and searched by.
pub fn cle(texte: &str) -> String {
    texte.trim().chars().flat_map(char::to_lowercase).flat_map(sans_accent).collect()
}

fn sans_accent(c: char) -> impl Iterator<Item = char> {
    let (a, b) = match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => ('a', None),
        'ç' => ('c', None),
        'è' | 'é' | 'ê' | 'ë' => ('e', None),
        'ì' | 'í' | 'î' | 'ï' => ('i', None),
        'ñ' => ('n', None),
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' => ('o', None),
        'ù' | 'ú' | 'û' | 'ü' => ('u', None),
        'ý' | 'ÿ' => ('y', None),
        'œ' => ('o', Some('e')),
        'æ' => ('a', Some('e')),
        autre => (autre, None),
    };
    std::iter::once(a).chain(b)
}

/// The word that marks a message of an établissement, so that a search stays within it.
fn marque(etablissement: EtablissementId) -> String {
    format!("etab{}", etablissement.uuid().simple())
}

/// Indexes the words of a message.
pub fn indexer(conn: &mut Conn, id: MessageId, etablissement: EtablissementId, corps: &str) -> Result<(), DbError> {
    let texte = format!("{} {}", marque(etablissement), mots(corps).join(" "));
    match conn {
        Conn::Sqlite(c) => diesel::sql_query("INSERT INTO messages_recherche (message_id, mots) VALUES (?, ?)")
            .bind::<Binary, _>(id.uuid().as_bytes().to_vec())
            .bind::<Text, _>(texte)
            .execute(c)?,
        #[cfg(feature = "postgres")]
        Conn::Postgres(c) => {
            diesel::sql_query("INSERT INTO messages_recherche (message_id, mots) VALUES ($1, to_tsvector('simple', $2))")
                .bind::<Uid, _>(V(id))
                .bind::<Text, _>(texte)
                .execute(c)?
        }
    };
    Ok(())
}

#[derive(QueryableByName)]
struct Trouve {
    #[diesel(sql_type = Uid)]
    message_id: V<MessageId>,
}

/// The messages that hold every word of `texte`, the latest first, 500 at most.
///
/// Within the établissements given, or everywhere when there is none: the caller filters by its
/// perimeter all the same.
pub fn chercher(conn: &mut Conn, texte: &str, dans: &[EtablissementId]) -> Result<Vec<MessageId>, DbError> {
    let mots = mots(texte);
    if mots.is_empty() {
        return Ok(Vec::new());
    }
    let marques: Vec<String> = dans.iter().map(|e| marque(*e)).collect();
    let trouves: Vec<Trouve> = match conn {
        Conn::Sqlite(c) => {
            let mut requete = mots.iter().map(|m| format!("\"{m}\"*")).collect::<Vec<_>>().join(" AND ");
            if !marques.is_empty() {
                requete = format!("({}) AND {requete}", marques.join(" OR "));
            }
            diesel::sql_query(
                "SELECT message_id FROM messages_recherche WHERE mots MATCH ? ORDER BY rowid DESC LIMIT ?",
            )
            .bind::<Text, _>(requete)
            .bind::<BigInt, _>(RESULTATS_MAX)
            .load(c)?
        }
        #[cfg(feature = "postgres")]
        Conn::Postgres(c) => {
            let mut requete = mots.iter().map(|m| format!("{m}:*")).collect::<Vec<_>>().join(" & ");
            if !marques.is_empty() {
                requete = format!("({}) & {requete}", marques.join(" | "));
            }
            diesel::sql_query(
                "SELECT message_id FROM messages_recherche WHERE mots @@ to_tsquery('simple', $1) \
                 ORDER BY message_id DESC LIMIT $2",
            )
            .bind::<Text, _>(requete)
            .bind::<BigInt, _>(RESULTATS_MAX)
            .load(c)?
        }
    };
    Ok(trouves.into_iter().map(|t| t.message_id.0).collect())
}
