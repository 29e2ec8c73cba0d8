//! The test button: one webhook, sent at once, and what the receiver answers.

use db::types::V;
use db::webhooks::livraisons::{Livraison, NouvelEssai};
use domain::ids::LivraisonId;
use domain::permit::Permit;
use domain::policy::GererWebhook;
use domain::webhook::{StatutLivraison, WebhookType};

use super::{porter, trace};
use crate::{App, Error, Journal, Tx};

/// What the test gave.
#[derive(Debug, Clone)]
pub struct Essaye {
    /// The delivery, which is in the log.
    pub livraison: LivraisonId,
    /// Its only attempt.
    pub essai: NouvelEssai,
}

/// Sends a test whatever the state of the subscription, once, and waits for the answer.
pub async fn essayer(app: &App, permit: &Permit<GererWebhook>) -> Result<Essaye, Error> {
    // What is sent cannot be called back.
    if crate::requete::simulee() {
        return Err(Error::Simulation);
    }
    let (p, id) = (permit.clone(), Tx::id());
    let (ligne, secrets, le) = app
        .write(permit.acteur(), move |tx| {
            let abonnement = p.sur().id;
            db::webhooks::file::essayer(tx.conn, abonnement, id, tx.maintenant)?;
            let (abonnement, secrets) = db::webhooks::file::destinataire(tx.conn, abonnement)?;
            let details = serde_json::json!({ "livraison": id.uuid() });
            Ok((
                (abonnement.ligne, secrets, tx.maintenant),
                Journal::new(trace("webhook.essayer", p.sur().id, details)),
            ))
        })
        .await?;
    let livraison = Livraison {
        id: V(id),
        abonnement: ligne.id,
        nature: V(WebhookType::Essai),
        le: V(le),
        dossier: None,
        etablissement: None,
        objet: None,
        statut: V(StatutLivraison::EnAttente),
        tentatives: 1,
        prochaine_le: None,
        cree_le: V(le),
        terminee_le: None,
    };
    let retour = porter::envoyer(app, &livraison, &ligne, &secrets).await?;
    let essai = porter::essai(&retour, le);
    let garde = essai.clone();
    app.entretenir(move |conn| Ok(db::webhooks::file::conclure_essai(conn, id, &garde, le)?)).await?;
    Ok(Essaye { livraison: id, essai })
}
