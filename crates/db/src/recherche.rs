//! Full-text search of messages: FTS5 on SQLite, `tsvector` on PostgreSQL, the same words on both.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary, Text};
use domain::ids::{EtablissementId, MessageId, UtilisateurId};
use domain::permit::{Branche, Perimeter};
use domain::policy::DossierScope;

use crate::types::{Uid, V};
use crate::{Conn, DbError};

/// Longest indexed word, in characters; longer ones are found by their start.
const MOT_MAX: usize = 64;
/// Most words that a search looks for, the longest: each costs a reading of the index, all the longer for a short one.
const MOTS_MAX: usize = 10;
/// Most messages that a search considers, the latest first.
const RESULTATS_MAX: i64 = 500;

/// The words of a text as they are indexed: lower case, without accents, letters and digits only.
///
/// Done here, and not by the engines, so that both find the same messages.
pub fn mots(texte: &str) -> Vec<String> {
    let mots = plat(texte);
    let mots = mots.split(|c: char| !c.is_alphanumeric()).filter(|m| !m.is_empty());
    mots.map(|m| m.chars().take(MOT_MAX).collect()).collect()
}

/// A text in lower case without accents: the key that names are sorted and searched by.
pub fn cle(texte: &str) -> String {
    plat(texte.trim())
}

/// The key of several names, with one space between them.
pub fn cle_de_noms(texte: &str) -> String {
    plat(&texte.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// What a company's name may start with, that nobody says: « SARL Dupont » is looked for under D.
const FORMES: &[&str] = &["ets", "etablissements", "eurl", "sa", "sarl", "sas", "sasu", "sci", "scop", "selarl", "snc"];

/// The key of a company's name: its words, whatever their punctuation, with one space between them, without the legal
/// form before them.
pub fn cle_de_raison(texte: &str) -> String {
    let mots = mots(texte);
    // « S.A.R.L. » is written in one word or in letters.
    let lettres = mots.iter().take_while(|mot| mot.chars().count() == 1).count().max(1).min(mots.len());
    let (forme, nom) = mots.split_at(lettres);
    if !nom.is_empty() && FORMES.contains(&forme.concat().as_str()) { nom.join(" ") } else { mots.join(" ") }
}

fn plat(texte: &str) -> String {
    // Accents may come as characters of their own, after their letter.
    let composes = texte.chars().filter(|c| !('\u{300}'..='\u{36f}').contains(c));
    composes.flat_map(char::to_lowercase).flat_map(sans_accent).collect()
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

/// Starts the words that mark a message. A private character, which is part of a word to the engines
/// and of no word that anybody looks for: a search never finds a mark.
const MARQUE: char = '\u{e000}';

/// The word that marks a message of an établissement, so that a member's search stays within it.
fn marque(etablissement: EtablissementId) -> String {
    format!("{MARQUE}e{}", etablissement.uuid().simple())
}

/// The word that marks a message of a portfolio, so that a gestionnaire's search stays within it.
fn marque_portefeuille(gestionnaire: UtilisateurId) -> String {
    format!("{MARQUE}g{}", gestionnaire.uuid().simple())
}

/// Forgets the words of a message.
pub fn oublier(conn: &mut Conn, id: MessageId) -> Result<(), DbError> {
    match conn {
        Conn::Sqlite(c) => diesel::sql_query("DELETE FROM messages_recherche WHERE message_id = ?")
            .bind::<Binary, _>(id.uuid().as_bytes().to_vec())
            .execute(c)?,
        #[cfg(feature = "postgres")]
        Conn::Postgres(c) => diesel::sql_query("DELETE FROM messages_recherche WHERE message_id = $1")
            .bind::<Uid, _>(V(id))
            .execute(c)?,
    };
    Ok(())
}

/// Indexes the words of a message.
pub fn indexer(conn: &mut Conn, id: MessageId, dossier: &DossierScope, corps: &str) -> Result<(), DbError> {
    let mut marques = vec![marque(dossier.etablissement)];
    marques.extend(dossier.gestionnaire.map(marque_portefeuille));
    let texte = format!("{} {}", marques.join(" "), mots(corps).join(" "));
    match conn {
        Conn::Sqlite(c) => diesel::sql_query("INSERT INTO messages_recherche (message_id, mots) VALUES (?, ?)")
            .bind::<Binary, _>(id.uuid().as_bytes().to_vec())
            .bind::<Text, _>(texte)
            .execute(c)?,
        #[cfg(feature = "postgres")]
        // The words as they are: the engine's own parser would cut some of them otherwise.
        Conn::Postgres(c) => diesel::sql_query(
            "INSERT INTO messages_recherche (message_id, mots) \
             VALUES ($1, array_to_tsvector(string_to_array(trim($2), ' ')))",
        )
        .bind::<Uid, _>(V(id))
        .bind::<Text, _>(texte)
        .execute(c)?,
    };
    Ok(())
}

#[derive(QueryableByName)]
struct Trouve {
    #[diesel(sql_type = Uid)]
    message_id: V<MessageId>,
}

/// The words that a search looks for: those that are the start of another are found with it.
fn cherches(texte: &str) -> Vec<String> {
    let mut mots = mots(texte);
    mots.sort_unstable();
    mots.dedup_by(|suivant, mot| {
        let debut = suivant.starts_with(mot.as_str());
        if debut {
            std::mem::swap(suivant, mot);
        }
        debut
    });
    mots.sort_by_key(|mot| std::cmp::Reverse(mot.len()));
    mots.truncate(MOTS_MAX);
    mots
}

/// The messages that hold every word of `texte`, or a longer one, the latest first, 500 at most. Of a long text the ten
/// longest words are looked for.
///
/// Within the marks of the perimeter, as they were when the messages were written: the caller
/// filters by what the perimeter is now.
pub fn chercher(conn: &mut Conn, perimetre: &Perimeter, texte: &str) -> Result<Vec<MessageId>, DbError> {
    let mots = cherches(texte);
    if mots.is_empty() {
        return Ok(Vec::new());
    }
    let marque = |b: &Branche| match b {
        Branche::Etablissement(e) => Some(marque(*e)),
        Branche::Portefeuille(g) => Some(marque_portefeuille(*g)),
        Branche::Tout => None,
    };
    let marques: Vec<String> = perimetre.branches().iter().filter_map(marque).collect();
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
                "SELECT message_id FROM messages_recherche WHERE mots @@ CAST($1 AS tsquery) \
                 ORDER BY message_id DESC LIMIT $2",
            )
            .bind::<Text, _>(requete)
            .bind::<BigInt, _>(RESULTATS_MAX)
            .load(c)?
        }
    };
    Ok(trouves.into_iter().map(|t| t.message_id.0).collect())
}

#[cfg(test)]
mod tests {
    use super::{cherches, cle_de_raison};

    #[test]
    fn a_long_text_costs_ten_words_at_most() {
        assert_eq!(cherches("Le devis, le Devis signé : dev"), ["devis", "signe", "le"]);
        let lettres: Vec<String> = ('a'..='z').map(|c| format!("{c} {c}{c} {c}")).collect();
        assert_eq!(cherches(&lettres.join(" ")).len(), 10);
        assert!(cherches(" - ").is_empty());
    }

    #[test]
    fn a_company_is_known_by_its_name_and_not_by_its_legal_form() {
        assert_eq!(cle_de_raison("SARL Dupont & Fils"), "dupont fils");
        assert_eq!(cle_de_raison("Éts. L’Échafaudage"), "l echafaudage");
        assert_eq!(cle_de_raison("Sarlat Toiture"), "sarlat toiture");
        assert_eq!(cle_de_raison("SAS"), "sas");
        assert_eq!(cle_de_raison("S.A.R.L. Dupont"), "dupont");
        assert_eq!(cle_de_raison("S.A.R.L."), "s a r l");
        assert_eq!(cle_de_raison("A. B. Toiture"), "a b toiture");
        assert_eq!(cle_de_raison(" — "), "");
    }
}
