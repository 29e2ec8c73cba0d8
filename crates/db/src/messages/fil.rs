//! The thread of a dossier: its messages, their attachments, and who read them.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;
use domain::Acteur;
use domain::acteur::Cote;
use domain::document::{Sens, Statut};
use domain::ids::{DocumentId, DossierId, MessageId, UtilisateurId};
use domain::message::Nature;
use domain::permit::{Action, Permit};
use domain::policy::DossierScope;
use jiff::Timestamp;

use crate::codes::Reference;
use crate::references::nom_de;
use crate::schema::{documents, lectures, messages, pieces_jointes, utilisateurs};
use crate::types::V;
use crate::{Conn, DbError};

/// A message as stored.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = messages)]
pub struct LigneMessage {
    /// Its identifier.
    pub id: V<MessageId>,
    /// Its dossier.
    pub dossier_id: V<DossierId>,
    /// What it is.
    pub nature: V<Nature>,
    /// Who wrote it.
    pub auteur_id: V<UtilisateurId>,
    /// On which side the author stands.
    pub auteur_cote: V<Cote>,
    /// Its text.
    pub corps: String,
    /// When it was sent.
    pub envoye_le: V<Timestamp>,
}

/// A file attached to a message.
#[derive(Debug, Clone, Queryable)]
pub struct Jointe {
    /// The document.
    pub document: V<DocumentId>,
    /// Its name.
    pub nom: String,
    /// Its size, in bytes.
    pub taille: i64,
    /// Where it stands.
    pub statut: V<Statut>,
}

/// A person who read a message.
#[derive(Debug, Clone)]
pub struct Lecture {
    /// First and last name.
    pub par: String,
    /// When it was first read.
    pub le: Timestamp,
}

/// A message as its reader sees it.
#[derive(Debug, Clone)]
pub struct MessageLu {
    /// The message.
    pub message: LigneMessage,
    /// First and last name of the author.
    pub auteur: String,
    /// Whether the reader has it unread.
    pub non_lu: bool,
    /// Its attachments that the reader sees, in the order of the message.
    pub jointes: Vec<Jointe>,
    /// People of the other side who read it, when the reader stands on the author's side.
    pub lectures: Vec<Lecture>,
    /// The reader's own name of it.
    pub reference: Option<String>,
}

/// A page of a thread.
#[derive(Debug, Clone)]
pub struct PageFil {
    /// The messages, the latest first.
    pub messages: Vec<MessageLu>,
    /// The last message of the page, when older ones follow.
    pub suivant: Option<MessageId>,
}

/// A page of a dossier's thread, the latest first, older than `avant`; by `messages_dossier`.
///
/// What goes with the messages is read once per kind for the page: read states by the primary
/// key of `lectures` and by `lectures_message`, attachments by that of `pieces_jointes`.
pub fn fil<A: Action<Sur = DossierScope>>(
    conn: &mut Conn,
    permit: &Permit<A>,
    avant: Option<MessageId>,
    limite: usize,
) -> Result<PageFil, DbError> {
    let mut q = messages::table
        .inner_join(utilisateurs::table)
        .filter(messages::dossier_id.eq(V(permit.sur().id)))
        .order(messages::id.desc())
        .limit(i64::try_from(limite + 1).unwrap_or(i64::MAX))
        .select((
            LigneMessage::as_select(),
            utilisateurs::prenom,
            utilisateurs::nom,
            nom_de!(permit.acteur(), Reference::Message, messages::id),
        ))
        .into_boxed();
    if let Some(avant) = avant {
        q = q.filter(messages::id.lt(V(avant)));
    }
    let mut lignes: Vec<(LigneMessage, String, String, Option<String>)> = q.load(conn)?;
    let suivant = crate::pages::couper(&mut lignes, limite, |(m, ..)| m.id.0);

    let acteur = permit.acteur();
    let ids: Vec<V<MessageId>> = lignes.iter().map(|(m, ..)| m.id).collect();
    let de_chez_nous = |m: &LigneMessage| Sens::de(m.auteur_cote.0) == Sens::de(acteur.cote());
    let notres = lignes.iter().filter(|(m, ..)| de_chez_nous(m)).map(|(m, ..)| m.id).collect();
    let non_lus = non_lus(conn, acteur, &ids)?;
    let mut jointes = jointes(conn, acteur, ids)?;
    let mut lectures = lectures_en_face(conn, acteur, notres)?;
    let messages = lignes
        .into_iter()
        .map(|(message, prenom, nom, reference)| MessageLu {
            auteur: crate::comptes::nom_complet(&prenom, &nom),
            non_lu: non_lus.contains(&message.id.0),
            jointes: jointes.remove(&message.id.0).unwrap_or_default(),
            lectures: lectures.remove(&message.id.0).unwrap_or_default(),
            reference,
            message,
        })
        .collect();
    Ok(PageFil { messages, suivant })
}

/// Those of the messages that the reader has unread; by the primary key of `lectures`.
fn non_lus(conn: &mut Conn, acteur: &Acteur, ids: &[V<MessageId>]) -> Result<HashSet<MessageId>, DbError> {
    let lus: Vec<V<MessageId>> = lectures::table
        .filter(lectures::utilisateur_id.eq(V(acteur.id)))
        .filter(lectures::message_id.eq_any(ids.to_vec()))
        .filter(lectures::non_lu_depuis.is_not_null())
        .select(lectures::message_id)
        .load(conn)?;
    Ok(lus.into_iter().map(|v| v.0).collect())
}

/// The attachments of messages that the reader sees: the other side's once they are transmitted.
///
/// By the primary key of `pieces_jointes`.
pub(super) fn jointes(
    conn: &mut Conn,
    acteur: &Acteur,
    ids: Vec<V<MessageId>>,
) -> Result<HashMap<MessageId, Vec<Jointe>>, DbError> {
    let chez_soi = documents::sens
        .eq(V(Sens::de(acteur.cote())))
        .and(documents::statut.eq_any(vec![V(Statut::Recu), V(Statut::Infecte)]));
    let lignes: Vec<(V<MessageId>, Jointe)> = pieces_jointes::table
        .inner_join(documents::table)
        .filter(pieces_jointes::message_id.eq_any(ids))
        .filter(documents::statut.eq(V(Statut::Transmis)).or(chez_soi))
        .order(pieces_jointes::document_id)
        .select((pieces_jointes::message_id, (documents::id, documents::nom, documents::taille, documents::statut)))
        .load(conn)?;
    let mut par_message: HashMap<MessageId, Vec<Jointe>> = HashMap::new();
    for (message, jointe) in lignes {
        par_message.entry(message.0).or_default().push(jointe);
    }
    Ok(par_message)
}

/// Who of the other side read messages of the reader's own, the first first; by `lectures_message`.
fn lectures_en_face(
    conn: &mut Conn,
    acteur: &Acteur,
    notres: Vec<V<MessageId>>,
) -> Result<HashMap<MessageId, Vec<Lecture>>, DbError> {
    type Lue = (V<MessageId>, Option<V<Timestamp>>, String, String);
    let en_face = match Sens::de(acteur.cote()) {
        Sens::Adherent => vec![V(Cote::Gestionnaire), V(Cote::AdministrateurOpco)],
        Sens::Opco => vec![V(Cote::Membre)],
    };
    let lignes: Vec<Lue> = lectures::table
        .inner_join(utilisateurs::table)
        .filter(lectures::message_id.eq_any(notres))
        .filter(lectures::lu_le.is_not_null())
        .filter(utilisateurs::cote.eq_any(en_face))
        .order((lectures::lu_le, lectures::utilisateur_id))
        .select((lectures::message_id, lectures::lu_le, utilisateurs::prenom, utilisateurs::nom))
        .load(conn)?;
    let mut par_message: HashMap<MessageId, Vec<Lecture>> = HashMap::new();
    for (message, le, prenom, nom) in lignes {
        if let Some(le) = le {
            par_message
                .entry(message.0)
                .or_default()
                .push(Lecture { par: crate::comptes::nom_complet(&prenom, &nom), le: le.0 });
        }
    }
    Ok(par_message)
}
