//! Background work: takes the jobs whose time has come, one after the other, for ever.

use std::time::Duration;

use db::codes::JobNature;
use db::jobs::Job;
use domain::ids::Id;
use jiff::SignedDuration;

use crate::{App, Error};

/// A job that is not finished after this long is given to another worker.
const BAIL: SignedDuration = SignedDuration::from_secs(10 * 60);
/// Longest sleep: another node may plan work without waking this one.
const SOMMEIL_MAX: Duration = Duration::from_secs(1);
/// Attempts before a job is given up: about a day with the delays of [`delai`].
const TENTATIVES_MAX: i32 = 12;
/// Jobs run at once: a slow one does not hold the others.
const EQUIPE: usize = 4;

/// Works for ever; `EQUIPE` tasks share the jobs.
pub async fn travailler(app: App) {
    let equipe = (0..EQUIPE).map(|_| tokio::spawn(boucle(app.clone())));
    for membre in equipe.collect::<Vec<_>>() {
        if let Err(e) = membre.await {
            tracing::error!(erreur = %e, "un travail de fond s’est arrêté");
        }
    }
}

async fn boucle(app: App) {
    loop {
        match un(&app).await {
            Ok(true) => {}
            Ok(false) => attendre(&app).await,
            Err(e) => {
                tracing::warn!(erreur = %e, "les travaux de fond ne se lisent pas");
                tokio::time::sleep(SOMMEIL_MAX).await;
            }
        }
    }
}

/// Runs every job whose time has come, then returns how many; for tests and for `egestion demo`.
pub async fn vider(app: &App) -> Result<usize, Error> {
    let mut faits = 0;
    while un(app).await? {
        faits += 1;
    }
    Ok(faits)
}

/// Runs the next job; `false` when none is ready.
async fn un(app: &App) -> Result<bool, Error> {
    let maintenant = app.horloge().maintenant();
    // Looked at first without the writer: most of the time there is nothing.
    let prochaine = app.read(|conn| Ok(db::jobs::prochaine_echeance(conn)?)).await?;
    if prochaine.is_none_or(|le| le > maintenant) {
        return Ok(false);
    }
    let bail = maintenant + BAIL;
    let Some(job) = app.entretenir(move |conn| Ok(db::jobs::prendre(conn, maintenant, bail)?)).await? else {
        return Ok(false);
    };
    let resultat = executer(app, &job).await;
    let (id, tentatives) = (job.id.0, job.tentatives + 1);
    match resultat {
        Ok(()) => app.entretenir(move |conn| Ok(db::jobs::finir(conn, id)?)).await?,
        Err(e) => {
            tracing::warn!(job = %id, nature = ?job.nature.0, tentatives, erreur = %e, "travail de fond à refaire");
            let quand = (tentatives < TENTATIVES_MAX).then(|| maintenant + delai(tentatives));
            let texte = e.to_string();
            app.entretenir(move |conn| Ok(db::jobs::reporter(conn, id, quand, &texte)?)).await?;
        }
    }
    Ok(true)
}

async fn executer(app: &App, job: &Job) -> Result<(), Error> {
    let objet = job.objet_id.0.uuid();
    match job.nature.0 {
        JobNature::TransmettreDocument => crate::documents::transmettre(app, Id::new(objet)).await,
        JobNature::EnvoyerCourriel => crate::courriel::envoyer(app, Id::new(objet)).await,
    }
}

/// Doubles from 5 seconds to 4 hours.
fn delai(tentatives: i32) -> SignedDuration {
    let doublements = u32::try_from(tentatives).unwrap_or(0).min(12);
    SignedDuration::from_secs((5_i64 << doublements).min(4 * 3600))
}

async fn attendre(app: &App) {
    let _ = tokio::time::timeout(SOMMEIL_MAX, app.reveil().notified()).await;
}

/// Blobs younger than this may belong to a deposit that is about to be acknowledged.
const AGE_ORPHELIN: Duration = Duration::from_secs(24 * 3600);

/// Removes the blobs that no row points at: left by a crash between the vault and the database.
/// Forgets the counters of attempts, the tokens and the sessions that nothing needs any more,
/// and the old events.
pub async fn balayer(app: &App) -> Result<usize, Error> {
    crate::comptes::purger(app).await?;
    crate::oauth::purger(app).await?;
    crate::oauth::entretenir(app).await?;
    purger_evenements(app).await?;
    let mut retires = 0;
    for blob in app.coffre().anciens(AGE_ORPHELIN).await? {
        let nom = blob.clone();
        if !app.read(move |conn| Ok(db::documents::blob_connu(conn, &nom)?)).await? {
            app.coffre().supprimer(&blob).await?;
            retires += 1;
        }
    }
    Ok(retires)
}

/// Events older than this are not sent again to anybody.
const AGE_EVENEMENT: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Removes the old events of the live stream: the journal says what happened.
pub async fn purger_evenements(app: &App) -> Result<usize, Error> {
    let avant = app.horloge().maintenant() - AGE_EVENEMENT;
    app.entretenir(move |conn| Ok(db::journal::purger_evenements(conn, avant)?)).await
}
