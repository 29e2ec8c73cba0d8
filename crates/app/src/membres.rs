//! The people of a company: listed, given their roles, invited by its administrateurs.

mod accepter;
mod inviter;
mod lire;
mod regler;

pub use accepter::{CompteInvite, accepter, recue};
pub(crate) use inviter::purger;
pub use inviter::{Invitation, PageInvitations, inviter, lister_invitations, retirer};
pub use lire::{Fiche, Page, etiquette, lire, lister};
pub use regler::regler;

use db::membres::{Droit, Lieu};
use domain::RoleMembre;
use domain::code::Code as _;
use domain::ids::EtablissementId;

use crate::Error;

/// An établissement, and what somebody may do there.
pub type DroitLu = (Lieu, RoleMembre);

/// Where the fields of rights stand in a request.
const RATTACHEMENTS: &str = "/rattachements";

/// Rights that are asked for, when each is in an établissement whose members the actor manages, and once.
fn juger(droits: &[Droit], geres: &[EtablissementId]) -> Result<(), Error> {
    let mut lieux: Vec<_> = droits.iter().map(|d| d.etablissement).collect();
    lieux.sort_unstable();
    lieux.dedup();
    if lieux.len() != droits.len() {
        return Err(Error::champ(RATTACHEMENTS, "Donnez un seul rôle par établissement."));
    }
    if lieux.iter().any(|e| !geres.contains(e)) {
        return Err(Error::champ(RATTACHEMENTS, "Vous ne gérez pas les personnes de tous ces établissements."));
    }
    Ok(())
}

/// What the journal says of rights: codes and identifiers.
fn details(droits: &[Droit]) -> serde_json::Value {
    let droits: Vec<_> = droits
        .iter()
        .map(|d| serde_json::json!({ "etablissement": d.etablissement.uuid(), "role": d.role.code() }))
        .collect();
    serde_json::json!({ "droits": droits })
}
