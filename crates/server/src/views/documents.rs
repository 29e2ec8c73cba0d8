//! Documents and categories of pieces.

use api_types::documents as wire;
use app::documents::{Piece, etiquette, etiquette_demande, recu_numero};
use db::documents::{DemandePiece, Fiche};
use domain::document::{Format, Statut};

/// A document.
pub fn document(fiche: Fiche) -> wire::Document {
    let etag = etiquette(&fiche);
    let d = fiche.document;
    let sha256 = d.sha256.iter().fold(String::with_capacity(64), |mut s, o| {
        use std::fmt::Write as _;
        let _ = write!(s, "{o:02x}");
        s
    });
    wire::Document {
        id: d.id.0.uuid(),
        dossier_id: d.dossier_id.0.uuid(),
        piece_id: d.type_piece_id.map(|p| p.0.uuid()),
        sens: d.sens.0,
        nom: d.nom,
        format: d.format.0,
        taille: d.taille,
        sha256,
        statut: d.statut.0,
        verdict: d.verdict.0,
        motif: d.motif,
        avant: d.avant.map(|jour| jour.0),
        depose_par: fiche.depose_par,
        depose_le: d.depose_le.0,
        annulable_jusqu_a: (d.statut.0 == Statut::Recu && fiche.remplace_le.is_none())
            .then_some(d.transmission_prevue_le.0),
        transmis_le: d.transmis_le.map(|t| t.0),
        remplace_le: fiche.remplace_le,
        version: d.version,
        recu: recu_numero(d.id.0, d.depose_le.0),
        etag,
        reference_externe: fiche.reference,
    }
}

/// A list of documents.
pub fn documents(fiches: Vec<Fiche>) -> wire::Documents {
    wire::Documents { elements: fiches.into_iter().map(document).collect() }
}

/// A request for a piece.
pub fn demande(d: DemandePiece) -> wire::PieceDemandee {
    wire::PieceDemandee {
        etag: etiquette_demande(&d),
        par: format!("{} {}", d.prenom, d.nom),
        le: d.le.0,
        motif: d.motif,
        avant: d.avant.map(|jour| jour.0),
    }
}

/// A category of pieces and what fills it.
pub fn piece(p: Piece) -> wire::Piece {
    let echeance = if p.due && !p.attendue.fournie { p.attendue.echeance() } else { None };
    wire::Piece {
        id: p.type_piece.id.0.uuid(),
        libelle: p.type_piece.libelle,
        etape: p.type_piece.etape.0,
        exigence: p.type_piece.exigence.0,
        due: p.due,
        fournie: p.attendue.fournie,
        echeance,
        demande: p.demande.map(demande),
        aide: p.type_piece.aide,
        formats: Format::liste(&p.type_piece.formats),
        taille_max: p.type_piece.taille_max,
        nombre_max: p.type_piece.nombre_max,
        documents: p.documents.into_iter().map(document).collect(),
    }
}
