//! Dossiers: the list, one, its parts.

use db::codes::Reference;
use db::dossiers::{Changement, Curseur, Detail, Filtre, Inscription, Page, Reglement};
use db::journal::Trace;
use domain::dossier::Tri;
use domain::permit::{Action as _, Perimeter, Permit};
use domain::policy::{LireDossier, ListerDossiers, Referencer};
use domain::reference::ReferenceExterne;
use jiff::Timestamp;

use crate::authz::{Claim, Refus};
use crate::{App, Error, Journal};

/// A request for a page of the list.
#[derive(Debug, Clone)]
pub struct Demande {
    /// What the list is narrowed to.
    pub filtre: Filtre,
    /// The sort.
    pub tri: Tri,
    /// Where the former page ended.
    pub curseur: Option<Curseur>,
    /// Page size.
    pub limite: usize,
}

/// A page of the list, and the sizes of the two views.
#[derive(Debug, Clone)]
pub struct Liste {
    /// The page.
    pub page: Page,
    /// Living and closed dossiers.
    pub compte: (i64, i64),
    /// Until when every change is in the list, for whoever follows changes.
    pub jusqu_a: Option<Timestamp>,
}

/// A dossier and all that its page's head shows.
#[derive(Debug, Clone)]
pub struct Tout {
    /// The dossier and its names.
    pub detail: Detail,
    /// Changes of état, the latest first.
    pub changements: Vec<Changement>,
}

/// A page of the reader's dossiers.
pub async fn lister(app: &App, claim: Claim<ListerDossiers>, demande: Demande) -> Result<Liste, Refus> {
    let suit = demande.tri == Tri::Modification;
    let jusqu_a = suit.then(|| app.horloge().maintenant() - crate::tx::RECUL);
    let (_, liste) = app
        .read_as(claim, move |conn, permit| {
            let Demande { filtre, tri, curseur, limite } = demande;
            let tout = Perimeter::of(permit);
            let perimetre = match filtre.etablissement {
                Some(id) => tout.restreint(id),
                None => tout,
            };
            let page = db::dossiers::lister(conn, &perimetre, &filtre, tri, curseur.as_ref(), limite)?;
            let compte = db::dossiers::compter(conn, &perimetre, filtre.etablissement)?;
            Ok(Liste { page, compte, jusqu_a })
        })
        .await?;
    Ok(liste)
}

/// A dossier.
pub async fn lire(app: &App, claim: Claim<LireDossier>) -> Result<(Permit<LireDossier>, Tout), Refus> {
    app.read_as(claim, |conn, permit| {
        Ok(Tout { detail: db::dossiers::lire(conn, permit)?, changements: db::dossiers::changements(conn, permit)? })
    })
    .await
}

/// The registrations of a dossier, by name.
pub async fn inscriptions(app: &App, claim: Claim<LireDossier>) -> Result<Vec<Inscription>, Refus> {
    let (_, lues) = app.read_as(claim, |conn, permit| Ok(db::dossiers::inscriptions(conn, permit)?)).await?;
    Ok(lues)
}

/// What was agreed, and the payments, the latest first.
pub async fn reglements(app: &App, claim: Claim<LireDossier>) -> Result<(i64, Vec<Reglement>), Refus> {
    let (_, lus) = app
        .read_as(claim, |conn, permit| {
            let accorde = db::dossiers::montant_accorde(conn, permit)?.unwrap_or(0);
            Ok((accorde, db::dossiers::reglements(conn, permit)?))
        })
        .await?;
    Ok(lus)
}

/// Gives a dossier the name that it has in the caller's own software; none takes it away.
pub async fn referencer(
    app: &App,
    permit: &Permit<Referencer>,
    nom: Option<ReferenceExterne>,
) -> Result<Option<String>, Error> {
    let p = permit.clone();
    app.write(permit.acteur(), move |tx| {
        let dossier = p.sur().id;
        let nom = tx.nommer(p.acteur(), Reference::Dossier, dossier.uuid(), nom)?;
        let trace = Trace {
            action: Referencer::NOM,
            objet: "dossier",
            objet_id: dossier.uuid(),
            dossier: Some(dossier),
            details: serde_json::Value::Null,
        };
        Ok((nom, Journal::new(trace)))
    })
    .await
}

/// The dispositifs: code and name.
pub async fn dispositifs(app: &App) -> Result<Vec<(String, String)>, Error> {
    app.read(|conn| Ok(db::dossiers::dispositifs(conn)?)).await
}
