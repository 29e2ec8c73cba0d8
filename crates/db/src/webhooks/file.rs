//! The queue: events to be dealt out to subscriptions, deliveries to be tried.
//!
//! For the worker alone: it acts for nobody, and takes what it is given by the rows themselves.

use std::sync::Arc;

use diesel::prelude::*;
use domain::Acteur;
use domain::ids::{AdherentId, EtablissementId, Id, LivraisonId, UtilisateurId, WebhookId};
use domain::permit::Action as _;
use domain::policy::GererWebhook;
use domain::webhook::{StatutLivraison, WebhookType};
use jiff::Timestamp;

use super::livraisons::{Livraison, NouvelEssai, colonnes_livraison, tracer};
use super::{Abonnement, Ligne, Secrets};
use crate::journal::{Evenement, colonnes_evenement};
use crate::schema::{abonnements_webhook as abonnements, etablissements, evenements, livraisons, utilisateurs};
use crate::types::V;
use crate::{Conn, DbError};

/// What awaits the worker.
#[derive(Debug, Clone, Copy)]
pub struct Attente {
    /// Whether an event is to be dealt out.
    pub evenements: bool,
    /// When the next delivery is to be tried.
    pub prochaine: Option<Timestamp>,
}

/// What awaits the worker; by `evenements_a_distribuer` and `livraisons_prochaines`.
pub fn attente(conn: &mut Conn) -> Result<Attente, DbError> {
    let seq: Option<i64> = evenements::table
        .filter(evenements::a_distribuer_le.is_not_null())
        .select(evenements::seq)
        .order(evenements::seq)
        .first(conn)
        .optional()?;
    let prochaine: Option<Option<V<Timestamp>>> = livraisons::table
        .filter(livraisons::prochaine_le.is_not_null())
        .order(livraisons::prochaine_le)
        .select(livraisons::prochaine_le)
        .first(conn)
        .optional()?;
    Ok(Attente { evenements: seq.is_some(), prochaine: prochaine.flatten().map(|p| p.0) })
}

/// The next events to be dealt out, in order, `limite` at most; by `evenements_a_distribuer`.
///
/// An event that is committed late is found all the same: it is its mark that is looked for, not
/// its place. On PostgreSQL several workers skip each other's rows.
pub fn evenements(conn: &mut Conn, limite: i64) -> Result<Vec<Evenement>, DbError> {
    macro_rules! a_distribuer {
        () => {
            evenements::table
                .filter(evenements::a_distribuer_le.is_not_null())
                .order(evenements::seq)
                .limit(limite)
                .select(colonnes_evenement!())
        };
    }
    match conn {
        Conn::Sqlite(_) => Ok(a_distribuer!().load::<Evenement>(conn)?),
        #[cfg(feature = "postgres")]
        Conn::Postgres(c) => Ok(a_distribuer!().for_update().skip_locked().load::<Evenement>(c)?),
    }
}

/// Writes that these events were dealt out.
pub fn distribues(conn: &mut Conn, seqs: Vec<i64>) -> Result<(), DbError> {
    diesel::update(evenements::table.filter(evenements::seq.eq_any(seqs)))
        .set(evenements::a_distribuer_le.eq(None::<V<Timestamp>>))
        .execute(conn)?;
    Ok(())
}

/// The subscriptions of the company of an établissement, whatever their state.
pub fn abonnements_du_lieu(conn: &mut Conn, lieu: EtablissementId) -> Result<Vec<Abonnement>, DbError> {
    let adherent: Option<V<AdherentId>> =
        etablissements::table.find(V(lieu)).select(etablissements::adherent_id).first(conn).optional()?;
    adherent.map_or_else(|| Ok(Vec::new()), |a| super::de_l_adherent(conn, a.0))
}

/// The bearer of a subscription with its present rights; `None` once it has none any more: an API client must
/// still be given `webhooks:manage`.
pub fn porteur(conn: &mut Conn, id: UtilisateurId, maintenant: Timestamp) -> Result<Option<Arc<Acteur>>, DbError> {
    let porteur = crate::sessions::present(conn, id, maintenant)?;
    Ok(porteur.filter(|p| p.portee.couvre(GererWebhook::SCOPE).is_ok()))
}

/// Makes the delivery of an event to a subscription, to be tried at once if it is active.
pub fn livrer(
    conn: &mut Conn,
    abonnement: &Ligne,
    nature: WebhookType,
    evenement: &Evenement,
    le: Timestamp,
) -> Result<(), DbError> {
    let id: LivraisonId = Id::new(uuid::Uuid::now_v7());
    let actif = abonnement.etat.0 == domain::webhook::EtatAbonnement::Actif;
    let statut = if actif { StatutLivraison::EnAttente } else { StatutLivraison::Retenue };
    diesel::insert_into(livraisons::table)
        .values((
            livraisons::id.eq(V(id)),
            livraisons::abonnement_id.eq(abonnement.id),
            livraisons::evenement_seq.eq(Some(evenement.seq)),
            livraisons::nature.eq(V(nature)),
            livraisons::le.eq(evenement.le),
            livraisons::dossier_id.eq(Some(evenement.dossier)),
            livraisons::etablissement_id.eq(Some(evenement.etablissement)),
            livraisons::objet_id.eq(evenement.objet),
            livraisons::statut.eq(V(statut)),
            livraisons::tentatives.eq(0),
            livraisons::prochaine_le.eq(actif.then_some(V(le))),
            livraisons::cree_le.eq(V(le)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Makes the delivery of the test button, over as soon as it is tried.
pub fn essayer(conn: &mut Conn, abonnement: WebhookId, id: LivraisonId, le: Timestamp) -> Result<(), DbError> {
    diesel::insert_into(livraisons::table)
        .values((
            livraisons::id.eq(V(id)),
            livraisons::abonnement_id.eq(V(abonnement)),
            livraisons::nature.eq(V(WebhookType::Essai)),
            livraisons::le.eq(V(le)),
            livraisons::statut.eq(V(StatutLivraison::Echouee)),
            livraisons::tentatives.eq(1),
            livraisons::cree_le.eq(V(le)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Takes deliveries whose time has come, those that `place` has room for, and puts off their next
/// attempt to `bail`: a worker that dies gives them back by itself. By `livraisons_prochaines`.
///
/// `pleins` are the subscriptions known to have no room. Returns how many were looked at besides.
pub fn prendre(
    conn: &mut Conn,
    maintenant: Timestamp,
    bail: Timestamp,
    pleins: Vec<WebhookId>,
    limite: i64,
    mut place: impl FnMut(WebhookId) -> bool,
) -> Result<(Vec<Livraison>, usize), DbError> {
    let pleins: Vec<V<WebhookId>> = pleins.into_iter().map(V).collect();
    let mut pretes = a_porter(conn, maintenant, pleins, limite)?;
    let vues = pretes.len();
    pretes.retain(|l| place(l.abonnement.0));
    let ids: Vec<V<LivraisonId>> = pretes.iter().map(|l| l.id).collect();
    diesel::update(livraisons::table.filter(livraisons::id.eq_any(ids)))
        .set((livraisons::prochaine_le.eq(Some(V(bail))), livraisons::tentatives.eq(livraisons::tentatives + 1)))
        .execute(conn)?;
    for l in &mut pretes {
        l.tentatives += 1;
    }
    Ok((pretes, vues))
}

/// On PostgreSQL several workers skip each other's rows.
fn a_porter(
    conn: &mut Conn,
    maintenant: Timestamp,
    pleins: Vec<V<WebhookId>>,
    limite: i64,
) -> Result<Vec<Livraison>, DbError> {
    macro_rules! pretes {
        () => {
            livraisons::table
                .filter(livraisons::prochaine_le.le(Some(V(maintenant))))
                .filter(livraisons::abonnement_id.ne_all(pleins))
                .order(livraisons::prochaine_le)
                .limit(limite)
                .select(colonnes_livraison!())
        };
    }
    match conn {
        Conn::Sqlite(_) => Ok(pretes!().load::<Livraison>(conn)?),
        #[cfg(feature = "postgres")]
        Conn::Postgres(c) => Ok(pretes!().for_update().skip_locked().load::<Livraison>(c)?),
    }
}

/// Puts off a delivery that was taken, as if it had not been.
pub fn differer(conn: &mut Conn, livraison: &Livraison, quand: Timestamp) -> Result<(), DbError> {
    diesel::update(livraisons::table.find(livraison.id).filter(livraisons::statut.eq(V(StatutLivraison::EnAttente))))
        .set((livraisons::prochaine_le.eq(Some(V(quand))), livraisons::tentatives.eq(livraisons::tentatives - 1)))
        .execute(conn)?;
    Ok(())
}

/// What an attempt needs of its subscription; [`DbError::Absent`] once it is removed.
pub fn destinataire(conn: &mut Conn, id: WebhookId) -> Result<(Abonnement, Secrets), DbError> {
    Ok((super::abonnement(conn, id)?, super::secrets(conn, id)?))
}

/// How an attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suite {
    /// The receiver took it.
    Livree,
    /// It is tried again at that time.
    Reprise(Timestamp),
    /// It is given up.
    Abandon,
    /// It is held back: its subscription is no longer active.
    Retenue,
}

/// Writes an attempt and what follows from it, unless the delivery was removed or settled meanwhile.
pub fn conclure(
    conn: &mut Conn,
    livraison: &Livraison,
    essai: Option<&NouvelEssai>,
    suite: Suite,
    le: Timestamp,
) -> Result<(), DbError> {
    let (statut, prochaine, finie) = match suite {
        Suite::Livree => (StatutLivraison::Livree, None, Some(le)),
        Suite::Reprise(quand) => (StatutLivraison::EnAttente, Some(quand), None),
        Suite::Abandon => (StatutLivraison::Echouee, None, Some(le)),
        Suite::Retenue => (StatutLivraison::Retenue, None, None),
    };
    // The subscription first, as those who switch it off do: two who wait for each other would be undone.
    let la: Option<V<LivraisonId>> =
        livraisons::table.find(livraison.id).select(livraisons::id).first(conn).optional()?;
    if la.is_some()
        && let Some(essai) = essai
    {
        super::noter(conn, livraison.abonnement.0, suite == Suite::Livree, le)?;
        tracer(conn, livraison.id.0, essai)?;
    }
    let changement = (
        livraisons::statut.eq(V(statut)),
        livraisons::prochaine_le.eq(prochaine.map(V)),
        livraisons::terminee_le.eq(finie.map(V)),
    );
    let elle = livraisons::table.find(livraison.id);
    if suite == Suite::Livree {
        diesel::update(elle).set(changement).execute(conn)?;
    } else {
        // What was held back, or taken, while this attempt was on its way stays so.
        diesel::update(elle.filter(livraisons::statut.eq(V(StatutLivraison::EnAttente))))
            .set(changement)
            .execute(conn)?;
    }
    Ok(())
}

/// Writes the attempt of the test button, which says nothing of the health of the subscription.
pub fn conclure_essai(conn: &mut Conn, id: LivraisonId, essai: &NouvelEssai, le: Timestamp) -> Result<(), DbError> {
    let statut = if essai.cause.is_none() { StatutLivraison::Livree } else { StatutLivraison::Echouee };
    let touchees = diesel::update(livraisons::table.find(V(id)))
        .set((livraisons::statut.eq(V(statut)), livraisons::terminee_le.eq(Some(V(le)))))
        .execute(conn)?;
    if touchees == 1 { tracer(conn, id, essai) } else { Ok(()) }
}

/// Since when every attempt of a subscription fails.
pub fn echecs_depuis(conn: &mut Conn, id: WebhookId) -> Result<Option<Timestamp>, DbError> {
    let depuis: Option<Option<V<Timestamp>>> =
        abonnements::table.find(V(id)).select(abonnements::echecs_depuis).first(conn).optional()?;
    Ok(depuis.flatten().map(|d| d.0))
}

/// The addresses of the administrateurs of the company of a subscription, each once; by
/// `etablissements_adherent` and `rattachements_etablissement`.
pub fn administrateurs(conn: &mut Conn, id: WebhookId) -> Result<Vec<String>, DbError> {
    use crate::schema::rattachements;
    use domain::RoleMembre;
    let adherent: V<AdherentId> = abonnements::table.find(V(id)).select(abonnements::adherent_id).first(conn)?;
    Ok(etablissements::table
        .inner_join(rattachements::table.on(rattachements::etablissement_id.eq(etablissements::id)))
        .inner_join(utilisateurs::table.on(utilisateurs::id.eq(rattachements::utilisateur_id)))
        .filter(etablissements::adherent_id.eq(adherent))
        .filter(rattachements::role.eq(V(RoleMembre::Administrateur)))
        .filter(utilisateurs::suspendu_le.is_null())
        .select(utilisateurs::email)
        .distinct()
        .order(utilisateurs::email)
        .load(conn)?)
}
