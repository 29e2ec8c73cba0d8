//! Background work: takes the jobs whose time has come, one after the other, for ever.

use std::time::Duration;

use db::codes::JobNature;
use db::jobs::Job;
use domain::ids::Id;
use futures_util::future::BoxFuture;
use futures_util::{FutureExt as _, TryStreamExt as _};
use jiff::SignedDuration;

use crate::{App, Error};

/// A job that is not finished after this long is given to another worker.
const BAIL: SignedDuration = SignedDuration::from_secs(10 * 60);
/// Longest sleep: another node may plan work without waking this one.
const SOMMEIL_MAX: Duration = Duration::from_secs(1);
/// Attempts before a job is given up: about two days with the delays of [`delai`].
const TENTATIVES_MAX: i32 = 22;
/// Longest delay before an acknowledged deposit whose scan or storage failed is tried again.
const ATTENTE_TRANSMISSION: SignedDuration = SignedDuration::from_mins(5);
/// Jobs run at once: a slow one does not hold the others.
const EQUIPE: usize = 4;

/// Works for ever; `EQUIPE` tasks share the jobs, and one sends the webhooks.
pub async fn travailler(app: App) {
    let equipe = (0..EQUIPE).map(|_| tokio::spawn(boucle(app.clone())));
    let equipe = equipe.chain(std::iter::once_with(|| tokio::spawn(crate::webhooks::expedier(app.clone()))));
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
            let quand = report(job.nature.0, &e, tentatives).map(|d| maintenant + d);
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
        JobNature::TerminerTeleversement => crate::televersements::reprendre(app, Id::new(objet)).await,
        JobNature::EnvoyerCourriel => crate::courriel::envoyer(app, Id::new(objet)).await,
    }
}

/// How long to wait before a failed job is tried again; `None` gives it up.
///
/// A deposit is never given up: while the antivirus or the vault does not answer it is tried every few minutes, to be
/// transmitted soon after they are back; after any other fault, every few hours.
fn report(nature: JobNature, e: &Error, tentatives: i32) -> Option<SignedDuration> {
    match (nature, e) {
        (JobNature::TransmettreDocument, Error::Indisponible(_)) => Some(delai(tentatives).min(ATTENTE_TRANSMISSION)),
        (JobNature::TransmettreDocument, _) => Some(delai(tentatives)),
        _ => (tentatives < TENTATIVES_MAX).then(|| delai(tentatives)),
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

/// Forgets what was kept long enough, then removes the files of the vault that no row names, left by a crash between the
/// vault and the database; how many files.
///
/// What fails is told by its name, stops nothing else, and is what comes out at the end.
pub async fn balayer(app: &App) -> Result<usize, Error> {
    let purges: [(&str, BoxFuture<'_, Result<usize, Error>>); 14] = [
        ("tentatives", crate::comptes::purger::tentatives(app).boxed()),
        ("liens", crate::comptes::purger::liens(app).boxed()),
        ("sessions", crate::comptes::purger::sessions(app).boxed()),
        ("journal de sécurité", crate::comptes::purger::securite(app).boxed()),
        ("comptes non confirmés", crate::comptes::purger::non_confirmes(app).boxed()),
        ("invitations", crate::membres::purger(app).boxed()),
        ("jetons d’accès", crate::oauth::purger(app).boxed()),
        ("usages des clients API", crate::oauth::purger_usages(app).boxed()),
        ("courriels", crate::courriel::purger(app).boxed()),
        ("évènements", purger_evenements(app).boxed()),
        ("travaux abandonnés", purger_travaux(app).boxed()),
        ("livraisons", crate::webhooks::purger(app).boxed()),
        ("clés d’idempotence", crate::requete::purger(app).boxed()),
        ("téléversements", crate::televersements::purger(app).boxed()),
    ];
    let mut premiere = None;
    let mut noter = |nom: &str, e: Error| {
        tracing::warn!(quoi = nom, erreur = %e, "balayage à refaire");
        premiere.get_or_insert(e);
    };
    for (nom, purge) in purges {
        if let Err(e) = purge.await {
            noter(nom, e);
        }
    }
    if let Err(e) = crate::oauth::entretenir(app).await {
        noter("clés de signature", e);
    }
    let retires = balayer_coffre(app, AGE_ORPHELIN).await.unwrap_or_else(|e| {
        noter("coffre", e);
        0
    });
    premiere.map_or(Ok(retires), Err)
}

/// Blobs looked for in one visit to the database.
const LOT_BLOBS: usize = 500;

/// Removes the blobs older than `age` that no row points at; how many.
pub async fn balayer_coffre(app: &App, age: Duration) -> Result<usize, Error> {
    let mut retires = 0;
    let mut anciens = app.coffre().anciens(age).await?;
    while let Some(noms) = anciens.try_next().await? {
        for lot in noms.chunks(LOT_BLOBS) {
            let lot = lot.to_vec();
            for blob in app.read(move |conn| Ok(db::documents::orphelins(conn, lot)?)).await? {
                app.coffre().supprimer(&blob).await?;
                retires += 1;
            }
        }
    }
    Ok(retires)
}

/// Events older than this are not sent again to anybody.
const AGE_EVENEMENT: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Events looked at in one transaction: other writes must not wait.
const LOT_EVENEMENTS: i64 = 500;

/// Removes the old events of the live stream: the journal says what happened.
pub async fn purger_evenements(app: &App) -> Result<usize, Error> {
    let avant = app.horloge().maintenant() - AGE_EVENEMENT;
    let (mut total, mut apres) = (0, Some(0));
    while let Some(place) = apres {
        let lot = move |conn: &mut db::Conn| Ok(db::journal::purger_evenements(conn, place, avant, LOT_EVENEMENTS)?);
        let (retires, suite) = app.entretenir(lot).await?;
        (total, apres) = (total + retires, suite);
    }
    Ok(total)
}

/// A job given up is shown by `/sante` for as long as the mail that it could not send is kept.
async fn purger_travaux(app: &App) -> Result<usize, Error> {
    let avant = app.horloge().maintenant() - crate::courriel::MEMOIRE;
    app.par_lots(move |conn, lot| db::jobs::oublier(conn, avant, lot)).await
}

#[cfg(test)]
mod tests {
    use super::{JobNature, TENTATIVES_MAX, report};
    use crate::Error;

    #[test]
    fn a_deposit_is_never_given_up() {
        let panne = Error::Indisponible("antivirus".to_owned());
        let defaut = Error::Interne("défaut".to_owned());
        let secondes = |nature, e, n| report(nature, e, n).map(|d| d.as_secs());
        assert_eq!(secondes(JobNature::TransmettreDocument, &panne, 1), Some(10));
        assert_eq!(secondes(JobNature::TransmettreDocument, &panne, 100_000), Some(300));
        assert_eq!(secondes(JobNature::TransmettreDocument, &defaut, 100_000), Some(4 * 3600));
        assert_eq!(secondes(JobNature::EnvoyerCourriel, &panne, TENTATIVES_MAX), None);
        let total: u64 = (1..TENTATIVES_MAX)
            .filter_map(|n| secondes(JobNature::EnvoyerCourriel, &panne, n))
            .filter_map(|s| u64::try_from(s).ok())
            .sum();
        assert_eq!(total / 3600, 45, "hours before a mail is given up");
    }
}
