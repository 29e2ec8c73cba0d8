//! The companies that a member manages.

use api_types::comptes::{EtablissementRattache, Moi};
use domain::RoleMembre;
use domain::acteur::Cote;
use uuid::Uuid;

/// The établissements that the reader manages, of one company or of all.
pub fn geres(moi: &Moi, adherent: Option<Uuid>) -> Vec<EtablissementRattache> {
    let siens = moi.etablissements.iter().filter(|e| e.role == RoleMembre::Administrateur);
    siens.filter(|e| adherent.is_none_or(|a| a == e.adherent_id)).cloned().collect()
}

/// Whether the reader manages a company's settings.
pub fn administre(moi: &Moi) -> bool {
    !geres(moi, None).is_empty()
}

/// Whether the reader sees the dossiers of several companies, and may look for one by its name.
pub fn cherchees(moi: &Moi) -> bool {
    moi.cote != Cote::Membre || moi.etablissements.windows(2).any(|e| e[0].adherent_id != e[1].adherent_id)
}

/// The companies that the reader manages, with their names.
pub fn entreprises(moi: &Moi) -> Vec<(Uuid, String)> {
    let mut vues: Vec<(Uuid, String)> = Vec::new();
    for e in geres(moi, None) {
        if !vues.iter().any(|(id, _)| *id == e.adherent_id) {
            vues.push((e.adherent_id, e.adherent));
        }
    }
    vues
}
