//! What an answer says of what was asked for.

use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use app::quotas::{FENETRE, Solde};
use app::requete::Requete;

/// Says that nothing of what is answered was kept.
const SIMULATION: HeaderName = HeaderName::from_static("simulation");
/// What the sender may send.
const POLITIQUE: HeaderName = HeaderName::from_static("ratelimit-policy");
/// What the sender may still send.
const SOLDE: HeaderName = HeaderName::from_static("ratelimit");

/// Says that a simulation is one, and where its sender stands. A simulation opens no session.
pub(super) fn annoncer(requete: &Requete, entetes: &mut HeaderMap) {
    if requete.simulee() {
        entetes.insert(SIMULATION, HeaderValue::from_static("true"));
        entetes.remove(header::SET_COOKIE);
    }
    if let Some(solde) = requete.solde() {
        dire(solde, entetes);
    }
}

/// `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers-10).
fn dire(solde: &Solde, entetes: &mut HeaderMap) {
    let Solde { nom, quota, reste, retour } = solde;
    for (entete, valeur) in
        [(POLITIQUE, format!("\"{nom}\";q={quota};w={FENETRE}")), (SOLDE, format!("\"{nom}\";r={reste};t={retour}"))]
    {
        if let Ok(valeur) = HeaderValue::from_str(&valeur) {
            entetes.insert(entete, valeur);
        }
    }
}
