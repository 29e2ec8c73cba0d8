//! Scopes: what the policy needs to know of a row named by a bare identifier.
//!
//! The only functions that take bare identifiers of tenants' rows. What they return gives no
//! right: it is what [`domain::authorize`] judges.

use diesel::prelude::*;
use domain::document::Sens;
use domain::ids::{
    AdherentId, ClientApiId, DocumentId, DossierId, EtablissementId, InvitationId, MessageId, TeleversementId,
    UtilisateurId, WebhookId,
};
use domain::policy::{
    AdherentScope, Cible, ClientApiScope, DocumentScope, DossierScope, InvitationScope, MembreScope, MembresScope,
    MessageScope, TeleversementScope, WebhookScope,
};

use crate::conn::sur;
use crate::schema::{adherents, clients_api, documents, dossiers, messages, rattachements, televersements};
use crate::types::V;
use crate::{Conn, DbError};

type Ligne = (V<DossierId>, V<AdherentId>, V<EtablissementId>, Option<V<UtilisateurId>>, V<domain::dossier::Etat>);

fn dossier_scope((id, adherent, etablissement, gestionnaire, etat): Ligne) -> DossierScope {
    DossierScope {
        id: id.0,
        adherent: adherent.0,
        etablissement: etablissement.0,
        gestionnaire: gestionnaire.map(|g| g.0),
        etat: etat.0,
    }
}

macro_rules! colonnes {
    () => {
        (dossiers::id, dossiers::adherent_id, dossiers::etablissement_id, dossiers::gestionnaire_id, dossiers::etat)
    };
}

/// Narrows a query over `dossiers` to those of a perimeter.
macro_rules! du_perimetre {
    ($q:expr, $perimetre:expr) => {{
        use domain::permit::Branche;
        use $crate::schema::dossiers;
        use $crate::types::V;
        let etablissement = |b: &Branche| match b {
            Branche::Etablissement(e) => Some(V(*e)),
            Branche::Portefeuille(_) | Branche::Tout => None,
        };
        match $perimetre.branches().first() {
            Some(Branche::Portefeuille(g)) => $q
                .filter(dossiers::gestionnaire_id.eq(V(*g)))
                .filter(dossiers::etat.ne(V(domain::dossier::Etat::Brouillon))),
            Some(Branche::Tout) => $q.filter(dossiers::etat.ne(V(domain::dossier::Etat::Brouillon))),
            Some(Branche::Etablissement(_)) | None => {
                let ids: Vec<V<domain::ids::EtablissementId>> =
                    $perimetre.branches().iter().filter_map(etablissement).collect();
                $q.filter(dossiers::etablissement_id.eq_any(ids))
            }
        }
    }};
}
pub(crate) use du_perimetre;

/// The scope of a dossier, by its primary key.
pub fn dossier(conn: &mut Conn, id: DossierId) -> Result<DossierScope, DbError> {
    let ligne = sur!(conn, c => dossiers::table.find(V(id)).select(colonnes!()).first(c))?;
    Ok(dossier_scope(ligne))
}

/// The scope of a company, by its primary key.
pub fn adherent(conn: &mut Conn, id: AdherentId) -> Result<AdherentScope, DbError> {
    let gestionnaire: Option<V<UtilisateurId>> =
        adherents::table.find(V(id)).select(adherents::gestionnaire_id).first(conn)?;
    Ok(AdherentScope { id, gestionnaire: gestionnaire.map(|g| g.0) })
}

/// The scope of the people of a company: the company by its primary key, its établissements by `etablissements_adherent`.
pub fn membres(conn: &mut Conn, id: AdherentId) -> Result<MembresScope, DbError> {
    Ok(MembresScope {
        adherent: adherent(conn, id)?,
        sans_administrateur: crate::membres::sans_administrateur(conn, id)?,
    })
}

/// The scope of a member of a company, by the primary key of attachments.
pub fn membre(conn: &mut Conn, de: AdherentId, id: UtilisateurId) -> Result<MembreScope, DbError> {
    let membres = membres(conn, de)?;
    let etablissements = crate::membres::etablissements(conn, de, id)?;
    Ok(MembreScope { id, membres, etablissements })
}

/// The scope of an invitation, by primary keys.
pub fn invitation(conn: &mut Conn, id: InvitationId) -> Result<InvitationScope, DbError> {
    let (de, etablissements) = crate::invitations::portee(conn, id)?;
    Ok(InvitationScope { id, membres: membres(conn, de)?, etablissements })
}

/// The scope of a subscription to webhooks and of its company, by primary keys.
pub fn webhook(conn: &mut Conn, id: WebhookId) -> Result<WebhookScope, DbError> {
    let abonnement = crate::webhooks::abonnement(conn, id)?;
    let adherent = adherent(conn, abonnement.ligne.adherent.0)?;
    Ok(WebhookScope { id, adherent, etablissements: abonnement.etablissements })
}

/// The scope of an API client: its company by its primary key, its établissements by that of attachments.
pub fn client_api(conn: &mut Conn, id: ClientApiId) -> Result<ClientApiScope, DbError> {
    let de: V<AdherentId> = clients_api::table.find(V(id)).select(clients_api::adherent_id).first(conn)?;
    let etablissements: Vec<V<EtablissementId>> = rattachements::table
        .filter(rattachements::utilisateur_id.eq(V(crate::clients_api::compte(id))))
        .order(rattachements::etablissement_id)
        .select(rattachements::etablissement_id)
        .load(conn)?;
    let etablissements = etablissements.into_iter().map(|e| e.0).collect();
    Ok(ClientApiScope { id, adherent: adherent(conn, de.0)?, etablissements })
}

/// The scope of a document and of its dossier, by primary keys.
pub fn document(conn: &mut Conn, id: DocumentId) -> Result<DocumentScope, DbError> {
    let (sens, statut, depose_par, ligne): (V<_>, V<_>, V<UtilisateurId>, Ligne) = sur!(conn, c => documents::table
        .inner_join(dossiers::table)
        .filter(documents::id.eq(V(id)))
        .select((documents::sens, documents::statut, documents::depose_par, colonnes!()))
        .first(c))?;
    Ok(DocumentScope { id, dossier: dossier_scope(ligne), sens: sens.0, statut: statut.0, depose_par: depose_par.0 })
}

/// The scope of a message and of its dossier, by primary keys.
pub fn message(conn: &mut Conn, id: MessageId) -> Result<MessageScope, DbError> {
    let ligne: Ligne =
        messages::table.inner_join(dossiers::table).filter(messages::id.eq(V(id))).select(colonnes!()).first(conn)?;
    Ok(MessageScope { id, dossier: dossier_scope(ligne) })
}

/// The scope of a resumable upload, of its dossier and of the document that it replaces, by primary keys.
pub fn televersement(conn: &mut Conn, id: TeleversementId) -> Result<TeleversementScope, DbError> {
    let (createur, sens, remplace, ligne): (V<UtilisateurId>, V<Sens>, Option<V<DocumentId>>, Ligne) =
        televersements::table
            .inner_join(dossiers::table)
            .filter(televersements::id.eq(V(id)))
            .select((televersements::createur_id, televersements::sens, televersements::remplace_id, colonnes!()))
            .first(conn)?;
    let cible = match (remplace, sens.0) {
        (Some(remplace), _) => Cible::Version(document(conn, remplace.0)?),
        (None, Sens::Adherent) => Cible::Piece,
        (None, Sens::Opco) => Cible::Opco,
    };
    Ok(TeleversementScope { id, dossier: dossier_scope(ligne), createur: createur.0, cible })
}
