//! Resumable uploads.

use api_types::televersements as wire;
use app::televersements::Lu;
use domain::ids::TeleversementId;

use super::documents::document;

/// A page of uploads.
pub fn page(lus: Vec<Lu>, suivant: Option<TeleversementId>) -> wire::Televersements {
    wire::Televersements {
        elements: lus.into_iter().map(televersement).collect(),
        suivant: suivant.map(super::messages::curseur),
    }
}

/// An upload.
pub fn televersement(lu: Lu) -> wire::Televersement {
    let t = lu.televersement;
    wire::Televersement {
        id: t.id.0.uuid(),
        dossier_id: t.dossier_id.0.uuid(),
        piece_id: t.type_piece_id.map(|p| p.0.uuid()),
        remplace_id: t.remplace_id.map(|d| d.0.uuid()),
        nom: t.nom,
        taille: t.taille,
        recu: t.recu,
        statut: t.statut.0,
        refus: t.refus.map(|r| r.0),
        reference_externe: t.reference,
        expire_le: t.expire_le.0,
        document: lu.document.map(document),
    }
}
