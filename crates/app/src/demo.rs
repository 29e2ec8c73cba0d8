//! `egestion demo`: an empty database filled with invented companies, people and dossiers.
//!
//! The tables say what there is ([`dossiers`], [`personnes`], [`textes`]); the rest writes it.

mod acces;
pub(crate) mod calendrier;
pub(crate) mod depots;
mod dossiers;
mod ecriture;
mod fiche;
pub(crate) mod fictif;
mod generation;
mod lieux;
mod logiciel;
mod parcours;
pub(crate) mod pdf;
mod personnes;
mod portail;
mod textes;

pub use acces::Acces;
pub use logiciel::{CLIENT as CLIENT_API, SECRET as SECRET_API};
pub use personnes::MOT_DE_PASSE;

use db::journal::Trace;
use uuid::Uuid;

use self::calendrier::Calendrier;
use crate::{App, Error, Journal};

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum Echec {
    /// Somebody has an account: the database is in use.
    #[error("la base contient déjà des comptes : la démonstration ne remplit qu’une base vide")]
    NonVide,
    /// Anything else.
    #[error(transparent)]
    Erreur(#[from] Error),
}

/// Fills an empty database and gives the sign-ins; with `generes`, adds that many generated dossiers.
///
/// All or nothing for the told part: one transaction. Dates keep their distance to the clock's day.
pub async fn remplir(app: &App, generes: u32) -> Result<Vec<Acces>, Echec> {
    if !app.read(|conn| Ok(db::lots::vide(conn)?)).await? {
        return Err(Echec::NonVide);
    }
    let base = app.base().clone();
    let le = app.horloge().maintenant();
    let installer = tokio::task::spawn_blocking(move || crate::referentiel::installer(&base, le));
    installer.await.map_err(|e| Error::Interne(e.to_string()))?.map_err(Error::from)?;

    let calendrier = Calendrier::new(le);
    let mut acces = acces::presentes();
    let lieux = lieux::Lieux::dresser(app, &calendrier).await?;
    let pieces = ecriture::pieces(app).await?;
    let opco = app.reglages().organisme.clone();
    let mut lots = ecriture::Lots::new(&calendrier, &lieux, &pieces, &opco);
    for fiche in dossiers::toutes() {
        lots.ajouter(&fiche)?;
    }
    let mut lignes = lots.finir();
    depots::deposer(app, &mut lignes).await?;
    portail::ajouter(app, &calendrier, &mut lignes).await?;
    app.write_systeme(move |tx| {
        if !db::lots::vide(tx.conn)? {
            return Err(Error::Etat);
        }
        lieux.ecrire(tx)?;
        lignes.ecrire(tx)?;
        logiciel::ecrire(tx, &lieux)?;
        Ok(((), Journal::new(trace())))
    })
    .await
    .map_err(|e| if matches!(e, Error::Etat) { Echec::NonVide } else { Echec::Erreur(e) })?;
    if generes > 0 {
        acces.push(generation::generer(app, generes).await?);
    }
    Ok(acces)
}

fn trace() -> Trace {
    let details = serde_json::Value::Null;
    Trace { action: "demo.remplir", objet: "base", objet_id: Uuid::nil(), dossier: None, details }
}
