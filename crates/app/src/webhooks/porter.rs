//! One attempt of a delivery, and what follows from it.

use db::webhooks::file::{Suite, conclure};
use db::webhooks::livraisons::{Livraison, NouvelEssai};
use db::webhooks::{Ligne, Secrets};
use domain::webhook::{CauseEchec, Cible, EtatAbonnement, MotifDesactivation, attente_demandee, prochain_essai};
use jiff::{SignedDuration, Timestamp};

use super::{charge, etat, lieux, secret};
use crate::bac_a_sable::Panne;
use crate::ports::coursier::{Pli, Retour};
use crate::ports::trousseau::hasard;
use crate::{App, Error};
use domain::bac_a_sable::PanneWebhook;

/// The status by which a receiver says that it wants nothing more.
const PARTI: u16 = 410;

/// Tries a delivery that was taken from the queue.
pub(super) async fn porter(app: &App, livraison: Livraison) -> Result<(), Error> {
    let maintenant = app.horloge().maintenant();
    let id = livraison.abonnement.0;
    let Some((ligne, secrets, permise)) = destinataire(app, &livraison).await? else { return Ok(()) };
    if ligne.etat.0 != EtatAbonnement::Actif || !permise {
        let suite = if permise { Suite::Retenue } else { Suite::Abandon };
        return app.entretenir(move |conn| Ok(conclure(conn, &livraison, None, suite, maintenant)?)).await;
    }
    let panne = app.bac_a_sable().and_then(|bac| bac.panne_webhook(ligne.adherent.0));
    if let Some(Panne { nature: PanneWebhook::Retard, attente }) = panne {
        let quand = maintenant.saturating_add(attente).unwrap_or(maintenant);
        return app.entretenir(move |conn| Ok(db::webhooks::file::differer(conn, &livraison, quand)?)).await;
    }
    let retour = envoyer(app, &livraison, &ligne, &secrets).await?;
    let essai = essai(&retour, maintenant);
    let suite = match suite(&retour, livraison.tentatives, maintenant)? {
        Suite::Livree if panne.is_some() => Suite::Reprise(maintenant),
        suite => suite,
    };
    let echecs_depuis = app
        .entretenir(move |conn| {
            conclure(conn, &livraison, Some(&essai), suite, maintenant)?;
            Ok(db::webhooks::file::echecs_depuis(conn, id)?)
        })
        .await?;
    if retour.statut == Some(PARTI) {
        etat::desactiver(app, id, MotifDesactivation::Refus).await?;
    } else if echecs_depuis.is_some_and(|depuis| a_bout(app, depuis, maintenant)) {
        etat::desactiver(app, id, MotifDesactivation::Echecs).await?;
    }
    Ok(())
}

/// What an attempt needs, and whether the bearer may still hear of it; `None` once the subscription is removed.
async fn destinataire(app: &App, livraison: &Livraison) -> Result<Option<(Ligne, Secrets, bool)>, Error> {
    let (id, lieu) = (livraison.abonnement.0, livraison.etablissement.map(|e| e.0));
    let maintenant = app.horloge().maintenant();
    let lu = app
        .read(move |conn| {
            let (abonnement, secrets) = db::webhooks::file::destinataire(conn, id)?;
            let porteur = db::webhooks::file::porteur(conn, abonnement.ligne.porteur.0, maintenant)?;
            let permise = porteur.is_some_and(|p| lieu.is_none_or(|l| lieux(&p, &abonnement).contains(&l)));
            Ok((abonnement.ligne, secrets, permise))
        })
        .await;
    match lu {
        Ok(lu) => Ok(Some(lu)),
        Err(Error::Absent) => Ok(None),
        Err(e) => Err(e),
    }
}

/// Signs and carries a delivery; the address is judged again, as the rules stand now.
pub(super) async fn envoyer(
    app: &App,
    livraison: &Livraison,
    ligne: &Ligne,
    secrets: &Secrets,
) -> Result<Retour, Error> {
    let Ok(cible) = Cible::parse(&ligne.url, app.coursier().ouverture()) else {
        return Ok(Retour::refuse(CauseEchec::AdresseInterdite));
    };
    let instant = app.horloge().maintenant();
    let id = charge::identifiant(livraison.id.0);
    let corps = charge::corps(livraison, &app.reglages().url_publique)?;
    let signature = secret::signer(app.trousseau(), livraison.abonnement.0, secrets, &id, instant, &corps)?;
    Ok(app.coursier().porter(Pli { cible, id, instant: instant.as_second(), signature, corps }).await)
}

/// What the log keeps of an attempt.
pub(super) fn essai(retour: &Retour, le: Timestamp) -> NouvelEssai {
    NouvelEssai {
        le,
        duree_ms: i32::try_from(retour.duree.as_millis()).unwrap_or(i32::MAX),
        statut_http: retour.statut.map(i32::from),
        cause: retour.cause,
        reponse: retour.extrait.clone(),
    }
}

/// What follows from an attempt, the `essais`th.
fn suite(retour: &Retour, essais: i32, maintenant: Timestamp) -> Result<Suite, Error> {
    if retour.cause.is_none() {
        return Ok(Suite::Livree);
    }
    let demandee = retour.attendre.as_deref().and_then(|texte| attente_demandee(texte, maintenant));
    let hasard = u16::from_ne_bytes(hasard()?);
    Ok(match prochain_essai(essais, demandee, hasard).and_then(|a| maintenant.checked_add(a).ok()) {
        Some(quand) => Suite::Reprise(quand),
        None => Suite::Abandon,
    })
}

/// Whether a subscription has failed for so long that it is switched off.
fn a_bout(app: &App, depuis: Timestamp, maintenant: Timestamp) -> bool {
    let patience = SignedDuration::try_from(app.reglages().webhooks_patience).unwrap_or(SignedDuration::MAX);
    maintenant.duration_since(depuis) >= patience
}
