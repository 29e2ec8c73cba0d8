//! Subscriptions: made, read, set and removed by those who manage them.

use db::webhooks::{Abonnement, Choix, Comptes};
use domain::Acteur;
use domain::ids::{AdherentId, EtablissementId, WebhookId};
use domain::limites::DESCRIPTION_MAX;
use domain::permit::{Permit, authorize};
use domain::policy::{GererWebhook, GererWebhooks, WebhookScope, etablissements_geres};
use domain::secret::Secret;
use domain::webhook::{ABONNEMENTS_MAX, CauseEchec, Cible, WebhookType};

use super::{secret, trace};
use crate::version::{self, Attendue};
use crate::{App, Champ, Error, Journal, Tx};

/// What the owner of a subscription asks for.
#[derive(Debug, Clone)]
pub struct Saisie {
    /// Where to send.
    pub url: String,
    /// What to tell; nothing is everything.
    pub types: Vec<WebhookType>,
    /// Of which établissements; none is all those that its owner sees.
    pub etablissements: Vec<EtablissementId>,
    /// What it is for.
    pub description: String,
}

/// A subscription as its managers see it.
#[derive(Debug, Clone)]
pub struct Fiche {
    /// The subscription.
    pub abonnement: Abonnement,
    /// The name of the person who made it.
    pub auteur: Option<String>,
    /// Where its deliveries stand.
    pub comptes: Comptes,
}

/// The subscriptions of a company that the actor manages.
pub async fn lister(app: &App, permit: &Permit<GererWebhooks>) -> Result<Vec<Fiche>, Error> {
    let p = permit.clone();
    app.read(move |conn| {
        let mut abonnements = db::webhooks::lister(conn, &p)?;
        // As each is judged when it is read by itself: one may tell of établissements that are not the actor's.
        abonnements.retain(|a| {
            let (id, etablissements) = (a.ligne.id.0, a.etablissements.clone());
            authorize::<GererWebhook>(p.partage(), WebhookScope { id, adherent: p.sur().clone(), etablissements })
                .is_ok()
        });
        fiches(conn, p.acteur(), p.sur().id, abonnements)
    })
    .await
}

/// A subscription.
pub async fn lire(app: &App, permit: &Permit<GererWebhook>) -> Result<Fiche, Error> {
    let p = permit.clone();
    app.read(move |conn| {
        let abonnement = db::webhooks::lire(conn, &p)?;
        fiches(conn, p.acteur(), p.sur().adherent.id, vec![abonnement])?.pop().ok_or(Error::Absent)
    })
    .await
}

/// Makes a subscription; its secret is told here and never again.
pub async fn creer(
    app: &App,
    permit: &Permit<GererWebhooks>,
    saisie: Saisie,
) -> Result<(Fiche, Secret<String>), Error> {
    let choix = valider(app, permit.acteur(), permit.sur().id, saisie).await?;
    let id: WebhookId = Tx::id();
    let (scelle, clair) = secret::tirer(app, id)?;
    let p = permit.clone();
    let fiche = app
        .write(permit.acteur(), move |tx| {
            // Two that are asked for at once are counted one after the other.
            db::membres::prendre(tx.conn, p.sur().id)?;
            if db::webhooks::nombre(tx.conn, &p)? >= ABONNEMENTS_MAX {
                let limite = format!("Votre entreprise a déjà {ABONNEMENTS_MAX} abonnements. Supprimez-en un.");
                return Err(Error::champ("/url", limite));
            }
            db::webhooks::inserer(tx.conn, &p, id, &choix, &scelle, tx.maintenant)?;
            let abonnements = db::webhooks::lister(tx.conn, &p)?;
            let cree = abonnements.into_iter().filter(|a| a.ligne.id.0 == id).collect();
            let fiche = fiches(tx.conn, p.acteur(), p.sur().id, cree)?.pop().ok_or(Error::Absent)?;
            Ok((fiche, Journal::new(trace("webhook.creer", id, details(&choix)))))
        })
        .await?;
    Ok((fiche, clair))
}

/// The validator of a subscription: it changes with its settings, and not with what becomes of its deliveries.
pub fn etiquette(abonnement: &Abonnement) -> String {
    let Abonnement { ligne, etablissements } = abonnement;
    let mut lieux = etablissements.clone();
    lieux.sort_unstable();
    version::etiquette(&format!("{:?}", (ligne.id.0, &ligne.url, ligne.types(), &ligne.description, lieux)))
}

/// Sets anew a subscription that is as it was read: its address, what it hears of, its description.
pub async fn modifier(
    app: &App,
    permit: &Permit<GererWebhook>,
    attendue: Attendue,
    saisie: Saisie,
) -> Result<Fiche, Error> {
    let choix = valider(app, permit.acteur(), permit.sur().adherent.id, saisie).await?;
    let p = permit.clone();
    app.write(permit.acteur(), move |tx| {
        attendue.verifier(&etiquette(&db::webhooks::prendre(tx.conn, &p)?))?;
        db::webhooks::modifier(tx.conn, &p, &choix)?;
        let abonnement = db::webhooks::lire(tx.conn, &p)?;
        let fiche = fiches(tx.conn, p.acteur(), p.sur().adherent.id, vec![abonnement])?.pop().ok_or(Error::Absent)?;
        Ok((fiche, Journal::new(trace("webhook.modifier", p.sur().id, details(&choix)))))
    })
    .await
}

/// Removes a subscription with its log: nothing more is sent.
pub async fn supprimer(app: &App, permit: &Permit<GererWebhook>) -> Result<(), Error> {
    let p = permit.clone();
    app.write(permit.acteur(), move |tx| {
        db::webhooks::supprimer(tx.conn, &p)?;
        Ok(((), Journal::new(trace("webhook.supprimer", p.sur().id, serde_json::Value::Null))))
    })
    .await
}

fn details(choix: &Choix) -> serde_json::Value {
    let etablissements: Vec<_> = choix.etablissements.iter().map(|e| e.uuid()).collect();
    serde_json::json!({ "types": choix.types, "etablissements": etablissements })
}

fn fiches(
    conn: &mut db::Conn,
    acteur: &Acteur,
    adherent: AdherentId,
    abonnements: Vec<Abonnement>,
) -> Result<Vec<Fiche>, Error> {
    let lieux = etablissements_geres(acteur, adherent);
    let auteurs = db::webhooks::auteurs(conn, &abonnements)?;
    let mut fiches = Vec::with_capacity(abonnements.len());
    for abonnement in abonnements {
        let comptes = db::webhooks::comptes(conn, abonnement.ligne.id.0, &lieux)?;
        let auteur = auteurs.get(&abonnement.ligne.cree_par.0).cloned();
        fiches.push(Fiche { abonnement, auteur, comptes });
    }
    Ok(fiches)
}

/// Reads what is asked for, and tries to resolve the address.
async fn valider(app: &App, acteur: &Acteur, adherent: AdherentId, saisie: Saisie) -> Result<Choix, Error> {
    let Saisie { url, mut types, mut etablissements, description } = saisie;
    let mut fautes = Vec::new();
    let cible = Cible::parse(&url, app.coursier().ouverture());
    if let Err(refus) = &cible {
        fautes.push(Champ::new("/url", refus.to_string()));
    }
    if types.contains(&WebhookType::Essai) {
        fautes.push(Champ::new("/types", "L’envoi d’essai n’est pas un évènement auquel s’abonner."));
    }
    let geres = etablissements_geres(acteur, adherent);
    if !etablissements.iter().all(|e| geres.contains(e)) {
        fautes.push(Champ::new("/etablissements", "Choisissez parmi les établissements que vous administrez."));
    }
    let description: String = description.chars().filter(|c| !c.is_control()).collect();
    let description = description.trim().to_owned();
    if description.chars().count() > DESCRIPTION_MAX {
        fautes.push(Champ::new("/description", format!("La description compte {DESCRIPTION_MAX} caractères au plus.")));
    }
    types.sort_unstable();
    types.dedup();
    etablissements.sort_unstable();
    etablissements.dedup();
    let url = match cible {
        Ok(cible) if fautes.is_empty() => {
            if let Err(cause) = app.coursier().joignable(&cible).await {
                fautes.push(Champ::new("/url", injoignable(cause)));
            }
            cible.as_str().to_owned()
        }
        _ => String::new(),
    };
    if fautes.is_empty() { Ok(Choix { url, types, etablissements, description }) } else { Err(Error::Champs(fautes)) }
}

const fn injoignable(cause: CauseEchec) -> &'static str {
    match cause {
        CauseEchec::AdresseInterdite => {
            "Ce nom mène à une adresse qui n’est pas sur l’internet public. Donnez celui d’une machine publique."
        }
        _ => "Ce nom est inconnu du DNS. Vérifiez-le, ou attendez qu’il soit publié.",
    }
}
