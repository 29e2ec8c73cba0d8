//! Webhooks.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, HttpResponseBuilder};
use api_types::webhooks as wire;
use app::webhooks::{Essaye, Fiche, RECOUVREMENT_DEFAUT, Saisie, etiquette};
use db::webhooks::livraisons::{Essai, Livraison, Page};
use domain::ids::Id;
use domain::secret::Secret;
use jiff::SignedDuration;

use super::messages;

/// What the owner of a subscription asks for.
pub fn saisie(saisie: wire::SaisieWebhook) -> Saisie {
    let wire::SaisieWebhook { url, types, etablissements, description } = saisie;
    Saisie { url, types, etablissements: etablissements.into_iter().map(Id::new).collect(), description }
}

/// How long two secrets sign; a number that no calendar holds is refused like any other that is too large.
pub fn recouvrement(heures: Option<i64>) -> SignedDuration {
    heures.map_or(RECOUVREMENT_DEFAUT, |h| SignedDuration::from_secs(h.saturating_mul(3600)))
}

/// A subscription, for those who manage it.
pub fn webhook(fiche: Fiche) -> wire::Webhook {
    let Fiche { abonnement, auteur, comptes } = fiche;
    let etag = etiquette(&abonnement);
    let a = abonnement.ligne;
    wire::Webhook {
        id: a.id.0.uuid(),
        etag,
        adherent_id: a.adherent.0.uuid(),
        types: a.types(),
        url: a.url,
        etablissements: abonnement.etablissements.into_iter().map(Id::uuid).collect(),
        description: a.description,
        etat: a.etat.0,
        motif: a.motif.map(|m| m.0),
        etat_le: a.etat_le.0,
        cree_par: auteur,
        cree_le: a.cree_le.0,
        secret_le: a.secret_le.0,
        secret_precedent_jusqu_a: a.precedent_jusqu_a.map(|le| le.0),
        dernier_succes_le: a.dernier_succes_le.map(|le| le.0),
        echecs_depuis: a.echecs_depuis.map(|le| le.0),
        en_attente: comptes.en_attente,
        echouees: comptes.echouees,
        retenues: comptes.retenues,
    }
}

/// A secret, at the only time it is told.
pub fn secret(secret: &Secret<String>) -> wire::SecretWebhook {
    wire::SecretWebhook(secret.expose().clone())
}

/// An answer that holds a secret, which nothing on its way may keep.
pub fn une_fois(mut reponse: HttpResponseBuilder, corps: &impl serde::Serialize) -> HttpResponse {
    reponse.insert_header((CACHE_CONTROL, "no-store")).json(corps)
}

/// What the test button gave.
pub fn resultat(essaye: Essaye) -> wire::ResultatEssai {
    let e = essaye.essai;
    wire::ResultatEssai {
        livraison_id: essaye.livraison.uuid(),
        essai: wire::EssaiWebhook {
            le: e.le,
            duree_ms: e.duree_ms,
            statut_http: e.statut_http,
            cause: e.cause,
            reponse: e.reponse,
        },
    }
}

/// A page of the log.
pub fn livraisons(page: Page) -> wire::Livraisons {
    wire::Livraisons {
        elements: page.livraisons.into_iter().map(|(l, e)| livraison(&l, e)).collect(),
        suivant: page.suivant.map(messages::curseur),
    }
}

/// A delivery with its attempts.
pub fn livraison_complete(l: &Livraison, essais: Vec<Essai>) -> wire::LivraisonComplete {
    let dernier = essais.last().cloned();
    wire::LivraisonComplete { livraison: livraison(l, dernier), essais: essais.into_iter().map(essai).collect() }
}

fn livraison(l: &Livraison, dernier: Option<Essai>) -> wire::Livraison {
    wire::Livraison {
        id: l.id.0.uuid(),
        webhook_id: app::webhooks::identifiant(l.id.0),
        nature: l.nature.0,
        le: l.le.0,
        dossier_id: l.dossier.map(|d| d.0.uuid()),
        objet_id: l.objet.map(|o| o.0.uuid()),
        statut: l.statut.0,
        tentatives: l.tentatives,
        prochaine_le: l.prochaine_le.map(|le| le.0),
        terminee_le: l.terminee_le.map(|le| le.0),
        dernier_essai: dernier.map(essai),
    }
}

fn essai(e: Essai) -> wire::EssaiWebhook {
    wire::EssaiWebhook {
        le: e.le.0,
        duree_ms: e.duree_ms,
        statut_http: e.statut_http,
        cause: e.cause.map(|c| c.0),
        reponse: e.reponse,
    }
}
