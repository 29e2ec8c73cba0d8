//! One's own sessions.

use db::journal::Trace;
use db::sessions::Ouverte;
use domain::ids::SessionId;
use domain::permit::Permit;
use domain::policy::GererSonCompte;

use super::trace;
use crate::{App, Error, Journal};

/// One's own open sessions, the latest used first.
pub async fn lister(app: &App, permit: &Permit<GererSonCompte>) -> Result<Vec<Ouverte>, Error> {
    let p = permit.clone();
    let maintenant = app.horloge().maintenant();
    let vue_depuis = app.vue_depuis(maintenant);
    app.read(move |conn| Ok(db::sessions::lister(conn, &p, maintenant, vue_depuis)?)).await
}

/// Signs out.
pub async fn fermer(app: &App, permit: &Permit<GererSonCompte>, session: SessionId) -> Result<(), Error> {
    finir(app, permit, session, "session.fermer").await
}

/// Ends one of one's own sessions; [`Error::Absent`] when it is somebody else's, or ended.
pub async fn terminer(app: &App, permit: &Permit<GererSonCompte>, session: SessionId) -> Result<(), Error> {
    finir(app, permit, session, "session.terminer").await
}

async fn finir(
    app: &App,
    permit: &Permit<GererSonCompte>,
    session: SessionId,
    action: &'static str,
) -> Result<(), Error> {
    let p = permit.clone();
    app.write(permit.acteur(), move |tx| {
        db::sessions::terminer(tx.conn, &p, session)?;
        let trace = Trace { objet: "session", objet_id: session.uuid(), ..trace(action, p.acteur().id) };
        Ok(((), Journal::new(trace)))
    })
    .await
}

/// Ends all one's own sessions but the one that asks.
pub async fn terminer_autres(app: &App, permit: &Permit<GererSonCompte>, presente: SessionId) -> Result<(), Error> {
    let id = permit.acteur().id;
    app.write(permit.acteur(), move |tx| {
        let nombre = db::sessions::terminer_toutes(tx.conn, id, Some(presente))?;
        let mut trace = trace("session.terminer_autres", id);
        trace.details = serde_json::json!({ "nombre": nombre });
        Ok(((), Journal::new(trace)))
    })
    .await
}
