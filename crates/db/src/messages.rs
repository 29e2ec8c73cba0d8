//! Messages, who has them, and who read them.

mod boite;
mod fil;
mod lecture;

pub use boite::{Filtre, LigneBoite, PageBoite, boite, non_lus};
pub use fil::{Jointe, Lecture, LigneMessage, MessageLu, PageFil, fil};
pub use lecture::marquer;
pub(crate) use lecture::rattraper;

use diesel::prelude::*;
use domain::acteur::Cote;
#[cfg(feature = "postgres")]
use domain::ids::EtablissementId;
use domain::ids::{DocumentId, MessageId, UtilisateurId};
use domain::message::Nature;
use domain::policy::DossierScope;
use jiff::Timestamp;

use crate::codes::NatureCompte;
use crate::conn::sur;
#[cfg(feature = "postgres")]
use crate::schema::etablissements;
use crate::schema::{lectures, messages, pieces_jointes, rattachements, utilisateurs};
use crate::types::V;
use crate::{Conn, DbError};

/// A message to be written.
#[derive(Debug, Clone)]
pub struct Nouveau<'a> {
    /// Its identifier.
    pub id: MessageId,
    /// What it is.
    pub nature: Nature,
    /// Who writes it.
    pub auteur: UtilisateurId,
    /// On which side the author stands.
    pub cote: Cote,
    /// Its text.
    pub corps: &'a str,
    /// When.
    pub le: Timestamp,
}

/// A person who has a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destinataire {
    /// The account.
    pub id: UtilisateurId,
    /// Its address; an API client has none.
    pub email: Option<String>,
    /// Whether the person stands on the other side than the author: to them it is unread.
    pub en_face: bool,
}

/// The people of a dossier: the members of its établissement and its gestionnaire.
///
/// By `rattachements_etablissement` and the primary key of accounts; suspended accounts are left out. On PostgreSQL
/// nobody is given what was written there before until the end of the transaction (`rattraper`).
pub fn destinataires(conn: &mut Conn, dossier: &DossierScope, auteur: Cote) -> Result<Vec<Destinataire>, DbError> {
    #[cfg(feature = "postgres")]
    if let Conn::Postgres(c) = conn {
        etablissements::table
            .find(V(dossier.etablissement))
            .select(etablissements::id)
            .for_share()
            .load::<V<EtablissementId>>(c)?;
    }
    let membres: Vec<(V<UtilisateurId>, String, V<NatureCompte>)> = sur!(conn, c => rattachements::table
        .inner_join(utilisateurs::table.on(utilisateurs::id.eq(rattachements::utilisateur_id)))
        .filter(rattachements::etablissement_id.eq(V(dossier.etablissement)))
        .filter(utilisateurs::suspendu_le.is_null())
        .filter(utilisateurs::email_confirme_le.is_not_null())
        .select((utilisateurs::id, utilisateurs::email, utilisateurs::nature))
        .load(c))?;
    let gestionnaire: Option<(V<UtilisateurId>, String)> = match dossier.gestionnaire {
        Some(id) => sur!(conn, c => utilisateurs::table
            .filter(utilisateurs::id.eq(V(id)))
            .filter(utilisateurs::suspendu_le.is_null())
            .select((utilisateurs::id, utilisateurs::email))
            .first(c))
        .optional()?,
        None => None,
    };
    let ecrit_en_membre = auteur == Cote::Membre;
    let membres = membres.into_iter().map(|(id, email, nature)| {
        let email = (nature.0 == NatureCompte::Personne).then_some(email);
        Destinataire { id: id.0, email, en_face: !ecrit_en_membre }
    });
    let opco = gestionnaire.into_iter();
    let opco = opco.map(|(id, email)| Destinataire { id: id.0, email: Some(email), en_face: ecrit_en_membre });
    Ok(membres.chain(opco).collect())
}

/// Writes a message and gives it to everybody of the dossier, unread to the other side.
pub fn inserer(conn: &mut Conn, dossier: &DossierScope, m: &Nouveau<'_>, a: &[Destinataire]) -> Result<(), DbError> {
    sur!(conn, c => diesel::insert_into(messages::table)
        .values((
            messages::id.eq(V(m.id)),
            messages::dossier_id.eq(V(dossier.id)),
            messages::nature.eq(V(m.nature)),
            messages::auteur_id.eq(V(m.auteur)),
            messages::auteur_cote.eq(V(m.cote)),
            messages::corps.eq(m.corps),
            messages::envoye_le.eq(V(m.le)),
        ))
        .execute(c))?;
    for d in a {
        let non_lu = (d.en_face && d.id != m.auteur).then_some(V(m.le));
        sur!(conn, c => diesel::insert_into(lectures::table)
            .values((
                lectures::utilisateur_id.eq(V(d.id)),
                lectures::message_id.eq(V(m.id)),
                lectures::dossier_id.eq(V(dossier.id)),
                lectures::non_lu_depuis.eq(non_lu),
            ))
            .execute(c))?;
    }
    crate::recherche::indexer(conn, m.id, dossier, m.corps)
}

/// Attaches a document of the same transaction to a message.
pub fn joindre(conn: &mut Conn, message: MessageId, document: DocumentId) -> Result<(), DbError> {
    diesel::insert_into(pieces_jointes::table)
        .values((pieces_jointes::message_id.eq(V(message)), pieces_jointes::document_id.eq(V(document))))
        .execute(conn)?;
    Ok(())
}
