//! The inbox: what a person was given, over all the dossiers that the person sees now.

use diesel::prelude::*;
use domain::ids::MessageId;
use domain::permit::Perimeter;
use jiff::Timestamp;

use super::fil::{LigneMessage, jointes};
use crate::portee::du_perimetre;
use crate::recherche::chercher;
use crate::schema::{adherents, dossiers, lectures, messages, utilisateurs};
use crate::types::V;
use crate::{Conn, DbError};

diesel::alias!(lectures as non_lue: NonLue);

/// What the inbox is narrowed to.
#[derive(Debug, Clone, Default)]
pub struct Filtre {
    /// Words of the text, all of which must be there.
    pub texte: Option<String>,
    /// Only unread messages.
    pub non_lus: bool,
}

/// A message in the inbox.
#[derive(Debug, Clone)]
pub struct LigneBoite {
    /// The message.
    pub message: LigneMessage,
    /// First and last name of the author.
    pub auteur: String,
    /// The dossier's number.
    pub numero: String,
    /// The training's title.
    pub intitule: String,
    /// The company's name.
    pub adherent: String,
    /// Whether the reader has it unread.
    pub non_lu: bool,
    /// Number of attachments that the reader sees.
    pub jointes: usize,
}

/// A page of the inbox.
#[derive(Debug, Clone)]
pub struct PageBoite {
    /// The messages, the latest first.
    pub lignes: Vec<LigneBoite>,
    /// Unread messages, over all dossiers.
    pub non_lus: i64,
    /// The last message of the page, when older ones follow.
    pub suivant: Option<MessageId>,
}

type Lue = (LigneMessage, (String, String), (String, String), String, Option<V<Timestamp>>);

/// A page of the reader's inbox, the latest first, older than `avant`.
///
/// In the order of the primary key of `lectures`; unread ones by `lectures_non_lues`; words by the
/// index of [`chercher`]. A right withdrawn withdraws its messages.
pub fn boite(
    conn: &mut Conn,
    perimetre: &Perimeter,
    filtre: &Filtre,
    avant: Option<MessageId>,
    limite: usize,
) -> Result<PageBoite, DbError> {
    let lecteur = perimetre.acteur();
    let mut q = lectures::table
        .inner_join(messages::table.on(messages::id.eq(lectures::message_id)))
        .inner_join(dossiers::table.on(dossiers::id.eq(lectures::dossier_id)))
        .inner_join(adherents::table.on(adherents::id.eq(dossiers::adherent_id)))
        .inner_join(utilisateurs::table.on(utilisateurs::id.eq(messages::auteur_id)))
        .filter(lectures::utilisateur_id.eq(V(lecteur.id)))
        .order(lectures::message_id.desc())
        .limit(i64::try_from(limite + 1).unwrap_or(i64::MAX))
        .select((
            LigneMessage::as_select(),
            (utilisateurs::prenom, utilisateurs::nom),
            (dossiers::numero, dossiers::intitule),
            adherents::raison_sociale,
            lectures::non_lu_depuis,
        ))
        .into_boxed();
    q = du_perimetre!(q, perimetre);
    if filtre.non_lus {
        // Named first: otherwise SQLite looks for them among all the messages that the reader ever had.
        let non_lues = non_lue
            .filter(non_lue.field(lectures::utilisateur_id).eq(V(lecteur.id)))
            .filter(non_lue.field(lectures::non_lu_depuis).is_not_null())
            .select(non_lue.field(lectures::message_id));
        q = q.filter(lectures::message_id.eq_any(non_lues));
    }
    if let Some(texte) = &filtre.texte {
        let trouves: Vec<V<MessageId>> = chercher(conn, perimetre, texte)?.into_iter().map(V).collect();
        q = q.filter(lectures::message_id.eq_any(trouves));
    }
    if let Some(avant) = avant {
        q = q.filter(lectures::message_id.lt(V(avant)));
    }
    let mut lues: Vec<Lue> = q.load(conn)?;
    let suivant = crate::pages::couper(&mut lues, limite, |l| l.0.id.0);
    let jointes = jointes(conn, lecteur, lues.iter().map(|l| l.0.id).collect())?;
    let lignes = lues
        .into_iter()
        .map(|(message, (prenom, nom), (numero, intitule), adherent, non_lu_depuis)| LigneBoite {
            jointes: jointes.get(&message.id.0).map_or(0, Vec::len),
            auteur: crate::comptes::nom_complet(&prenom, &nom),
            numero,
            intitule,
            adherent,
            non_lu: non_lu_depuis.is_some(),
            message,
        })
        .collect();
    Ok(PageBoite { lignes, non_lus: non_lus(conn, perimetre)?, suivant })
}

/// Unread messages of the reader over the dossiers of the perimeter; by `lectures_non_lues`.
pub fn non_lus(conn: &mut Conn, perimetre: &Perimeter) -> Result<i64, DbError> {
    let q = lectures::table
        .inner_join(dossiers::table)
        .filter(lectures::utilisateur_id.eq(V(perimetre.acteur().id)))
        .filter(lectures::non_lu_depuis.is_not_null())
        .into_boxed();
    Ok(du_perimetre!(q, perimetre).count().get_result(conn)?)
}
