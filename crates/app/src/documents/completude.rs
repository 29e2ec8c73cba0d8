//! Completeness: what is due in a dossier, what is there.

use std::collections::{HashMap, HashSet};

use db::Conn;
use db::documents::{DemandePiece, Fiche, TypePiece};
use db::dossiers::{Correction, EtatPieces, LigneDossier, Remplissage};
use domain::acteur::Cote;
use domain::document::{Sens, Verdict};
use domain::dossier::{Attendue, Completude, EtapePiece, Exigence, completude};
use domain::ids::TypePieceId;
use domain::permit::Permit;
use domain::policy::{DossierScope, ListerDocuments};
use jiff::civil::Date;

use crate::authz::{Claim, Refus};
use crate::{App, Error, Tx};

/// A category of pieces of a dossier, and what fills it.
#[derive(Debug, Clone)]
pub struct Piece {
    /// The category.
    pub type_piece: TypePiece,
    /// The rule's view of it.
    pub attendue: Attendue,
    /// Whether it is due at this stage.
    pub due: bool,
    /// The open request for it.
    pub demande: Option<DemandePiece>,
    /// What fills it.
    pub documents: Vec<Fiche>,
}

/// « Mes documents »: the categories of a dossier and what fills them.
///
/// To the member, a category on request shows once it is asked for or filled; who asks sees them all.
pub async fn pieces(app: &App, claim: Claim<ListerDocuments>) -> Result<(Permit<ListerDocuments>, Vec<Piece>), Refus> {
    app.read_as(claim, |conn, permit| {
        let opco = permit.acteur().cote() != Cote::Membre;
        let dossier = db::dossiers::etat_pieces(conn, permit.sur())?;
        let types = db::documents::types_pieces(conn, &dossier.dispositif)?;
        let demandes = db::documents::demandes(conn, permit.sur())?;
        let mut par_piece: HashMap<TypePieceId, Vec<Fiche>> = HashMap::new();
        for fiche in db::documents::lister(conn, permit, Sens::Adherent)? {
            if let Some(piece) = fiche.document.type_piece_id {
                par_piece.entry(piece.0).or_default().push(fiche);
            }
        }
        let pieces = types.into_iter().map(|t| {
            let documents = par_piece.remove(&t.id.0).unwrap_or_default();
            let demande = demandes.iter().find(|d| d.type_piece == t.id).cloned();
            let attendue = attendue(&t, &dossier, demande.as_ref(), remplissage(&documents, demande.as_ref()));
            Piece { due: attendue.due(permit.sur().etat), attendue, type_piece: t, demande, documents }
        });
        Ok(pieces
            .filter(|p| {
                opco || p.type_piece.exigence.0 != Exigence::SurDemande
                    || p.demande.is_some()
                    || !p.documents.is_empty()
            })
            .collect())
    })
    .await
}

/// What the documents of a category make of it, as `db::dossiers::pieces` says it.
pub(super) fn remplissage(documents: &[Fiche], demande: Option<&DemandePiece>) -> Remplissage {
    let vivants = || documents.iter().map(|f| &f.document).filter(|d| d.statut.0.compte());
    let a_corriger = || vivants().filter(|d| d.verdict.0 == Verdict::ACompleter);
    let depuis = |le| demande.is_none_or(|p| le >= p.le);
    Remplissage {
        fournie: vivants().any(|d| d.verdict.0.remplit() && depuis(d.depose_le)),
        a_corriger: a_corriger().next().is_some(),
        corriger_avant: a_corriger().filter(|d| depuis(d.depose_le)).filter_map(|d| d.avant).min().map(|jour| jour.0),
    }
}

/// A category of a dossier as the rule sees it.
pub(crate) fn attendue(
    t: &TypePiece,
    dossier: &EtatPieces,
    demande: Option<&DemandePiece>,
    Remplissage { fournie, a_corriger, corriger_avant }: Remplissage,
) -> Attendue {
    let due_avant = t.delai_jours.and_then(|jours| {
        let depart = if t.etape.0 == EtapePiece::Paiement { dossier.date_fin.0 } else { dossier.date_debut.0 };
        depart.checked_add(jiff::Span::new().try_days(jours).ok()?).ok()
    });
    Attendue {
        type_piece: t.id.0,
        exigence: t.exigence.0,
        etape: t.etape.0,
        demandee_avant: demande.and_then(|p| p.avant).map(|a| a.0),
        demandee: demande.is_some(),
        due_avant,
        a_corriger,
        corriger_avant,
        fournie,
    }
}

/// How complete a dossier is, counted from its rows.
pub fn compter(conn: &mut Conn, dossier: &DossierScope) -> Result<Completude, Error> {
    let etat = db::dossiers::etat_pieces(conn, dossier)?;
    Ok(completude(etat.etat.0, &attendues(conn, dossier, &etat)?))
}

/// The categories of a dossier as the rule sees them.
fn attendues(conn: &mut Conn, dossier: &DossierScope, etat: &EtatPieces) -> Result<Vec<Attendue>, Error> {
    let demandes = db::documents::demandes(conn, dossier)?;
    Ok(db::dossiers::pieces(conn, dossier, &etat.dispositif)?
        .iter()
        .map(|(t, remplie)| attendue(t, etat, demandes.iter().find(|d| d.type_piece == t.id), *remplie))
        .collect())
}

/// Whether a category is due in a dossier, and missing.
pub(super) fn manque(conn: &mut Conn, dossier: &DossierScope, piece: TypePieceId) -> Result<bool, Error> {
    let etat = db::dossiers::etat_pieces(conn, dossier)?;
    let attendues = attendues(conn, dossier, &etat)?;
    Ok(attendues.iter().any(|a| a.type_piece == piece && a.due(etat.etat.0) && !a.fournie))
}

/// A category that is due in a dossier, and missing.
#[derive(Debug, Clone)]
pub struct Manquante {
    /// The dossier.
    pub dossier: LigneDossier,
    /// The category.
    pub type_piece: TypePiece,
    /// The day it falls due.
    pub echeance: Option<Date>,
    /// The open request for it.
    pub demande: Option<DemandePiece>,
}

/// What is due and missing in dossiers, in their order and that of their categories.
///
/// Three queries for all the dossiers, and one for each of their dispositifs.
pub(crate) fn manquantes(conn: &mut Conn, dossiers: &[LigneDossier]) -> Result<Vec<Manquante>, Error> {
    let fournies: HashSet<_> = db::dossiers::pieces_fournies_de(conn, dossiers)?.into_iter().collect();
    let corrections = db::dossiers::corrections_de(conn, dossiers)?;
    let demandes = db::documents::demandes_de(conn, dossiers)?;
    let mut types: HashMap<&str, Vec<TypePiece>> = HashMap::new();
    let mut manquantes = Vec::new();
    for d in dossiers {
        if !types.contains_key(d.dispositif.as_str()) {
            types.insert(&d.dispositif, db::documents::types_pieces(conn, &d.dispositif)?);
        }
        let etat = EtatPieces {
            dispositif: d.dispositif.clone(),
            etat: d.etat,
            date_debut: d.date_debut,
            date_fin: d.date_fin,
        };
        for t in types.get(d.dispositif.as_str()).into_iter().flatten() {
            let demande = demandes.iter().find(|(id, p)| *id == d.id && p.type_piece == t.id).map(|(_, p)| p.clone());
            let siennes = || corrections.iter().filter(|c| (c.dossier, c.piece) == (d.id, t.id));
            let depuis = |c: &&Correction| demande.as_ref().is_none_or(|p| c.depose_le >= p.le);
            let remplie = Remplissage {
                fournie: fournies.contains(&(d.id.0, t.id.0)),
                a_corriger: siennes().next().is_some(),
                corriger_avant: siennes().filter(depuis).filter_map(|c| c.avant).min().map(|jour| jour.0),
            };
            let a = attendue(t, &etat, demande.as_ref(), remplie);
            if a.due(d.etat.0) && !a.fournie {
                manquantes.push(Manquante {
                    dossier: d.clone(),
                    type_piece: t.clone(),
                    echeance: a.echeance(),
                    demande,
                });
            }
        }
    }
    Ok(manquantes)
}

/// Counts again what is due and there, and writes it with the dossier, in the same transaction.
pub(crate) fn recalculer(tx: &mut Tx<'_>, dossier: &DossierScope) -> Result<(), Error> {
    let complet = compter(tx.conn, dossier)?;
    db::dossiers::ecrire_completude(tx.conn, dossier, complet, tx.maintenant)?;
    Ok(())
}
