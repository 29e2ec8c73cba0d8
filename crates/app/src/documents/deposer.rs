//! The deposit: from durable bytes to an acknowledged document.

use db::codes::{Audience, JobNature, Reference};
use db::documents::{Fiche, LigneDocument};
use db::journal::Trace;
use db::televersements::LigneTeleversement;
use db::types::V;
use domain::code::Code as _;
use domain::document::{Format, Sens, Statut, Usage, Verdict};
use domain::evenement::EvenementType;
use domain::ids::{DocumentId, TypePieceId};
use domain::limites::FICHIER_MAX;
use domain::nom_fichier;
use domain::permit::{Action, Permit};
use domain::policy::{Deposer, DeposerOpco, DocumentScope, DossierScope, Poursuivre, Remplacer};
use domain::reference::ReferenceExterne;
use domain::televersement::StatutTeleversement;

use super::etiquette::verifier;
use super::recalculer;
use crate::authz::rejuger;
use crate::ports::coffre::Scelle;
use crate::version::Attendue;
use crate::{App, Error, Journal, Tx, requete};

/// What a place accepts, known before the first byte of the file.
#[derive(Debug, Clone)]
pub struct Regles {
    /// The category, for a member's document.
    pub piece: Option<TypePieceId>,
    /// Accepted formats.
    pub formats: Vec<Format>,
    /// Largest file, in bytes.
    pub taille_max: u64,
    /// Most documents at once.
    pub nombre_max: Option<i32>,
}

/// A file that is in the vault, to become a document.
#[derive(Debug, Clone)]
pub struct NouveauDepot {
    /// The sealed file.
    pub scelle: Scelle,
    /// Its name as received.
    pub nom: String,
    /// Whether the same bytes may already be in the dossier.
    pub doublon_accepte: bool,
    /// The depositor's own name of it.
    pub reference: Option<ReferenceExterne>,
    /// The resumable upload that brought it.
    pub televersement: Option<Suivi>,
}

/// The trace of a resumable upload, written with the document that it becomes.
#[derive(Debug, Clone)]
pub enum Suivi {
    /// Its row is there: it ends, once.
    Ouvert(Permit<Poursuivre>),
    /// All its bytes came with its creation: its row is written at once. After a refusal its bytes are kept.
    Nouveau(Box<LigneTeleversement>),
}

/// The rules of a category of the dossier's dispositif; a closed dossier takes nothing more.
pub async fn preparer(app: &App, permit: &Permit<Deposer>, piece: TypePieceId) -> Result<Regles, Error> {
    if !permit.sur().etat.accepte_pieces() {
        return Err(Error::Etat);
    }
    regles_de(app, permit, piece).await
}

/// The rules of a category, for whoever may act on the dossier.
async fn regles_de<A: Action<Sur = DossierScope>>(
    app: &App,
    permit: &Permit<A>,
    piece: TypePieceId,
) -> Result<Regles, Error> {
    let permit = permit.clone();
    app.read(move |conn| {
        let dispositif = db::dossiers::dispositif(conn, &permit)?;
        let piece =
            db::documents::types_pieces(conn, &dispositif)?.into_iter().find(|t| t.id.0 == piece).ok_or_else(|| {
                Error::champ("/piece", "Cette catégorie n’existe pas dans ce dossier. Rechargez la page.")
            })?;
        Ok(Regles {
            piece: Some(piece.id.0),
            formats: Format::liste(&piece.formats),
            taille_max: u64::try_from(piece.taille_max).unwrap_or(0),
            nombre_max: piece.nombre_max,
        })
    })
    .await
}

/// The rules of the place of a document that is to be replaced.
pub async fn preparer_version(app: &App, permit: &Permit<Remplacer>) -> Result<Regles, Error> {
    if permit.sur().sens == Sens::Adherent && !permit.sur().dossier.etat.accepte_pieces() {
        return Err(Error::Etat);
    }
    let p = permit.clone();
    let lire = move |conn: &mut db::Conn| {
        let ancien = db::documents::lire(conn, &p)?.document;
        remplacable(conn, &ancien)?;
        Ok(ancien)
    };
    let ancien = app.read(lire).await?;
    match ancien.type_piece_id {
        Some(piece) => match permit.sur().sens {
            Sens::Adherent => regles_de(app, &du_dossier::<Deposer>(permit)?, piece.0).await,
            Sens::Opco => regles_de(app, &du_dossier::<DeposerOpco>(permit)?, piece.0).await,
        },
        None => Ok(preparer_opco()),
    }
}

/// Whether a document may give way to a new version. What was said stays as it was said: an attachment has no later
/// version; and what the gestionnaire accepted stays as it was accepted, unless a new version was deposited before, or
/// something else is asked for since.
fn remplacable(conn: &mut db::Conn, ancien: &LigneDocument) -> Result<(), Error> {
    if ancien.usage.0 != Usage::Piece {
        return Err(Error::Etat);
    }
    if ancien.verdict.0 == Verdict::Acceptee && !db::documents::redemandee(conn, ancien)? {
        return Err(Error::PieceAcceptee);
    }
    Ok(())
}

/// Whoever may replace a document of a side may deposit there.
fn du_dossier<A: Action<Sur = DossierScope>>(permit: &Permit<Remplacer>) -> Result<Permit<A>, Error> {
    Ok(domain::authorize::<A>(permit.partage(), permit.sur().dossier.clone())?)
}

/// The rules of « Documents Constructys » and of attachments.
pub fn preparer_opco() -> Regles {
    Regles { piece: None, formats: Format::TOUS.to_vec(), taille_max: FICHIER_MAX, nombre_max: None }
}

/// Deposits a member's document: durable and acknowledged when this returns.
pub async fn deposer(
    app: &App,
    permit: &Permit<Deposer>,
    regles: &Regles,
    depot: NouveauDepot,
) -> Result<Fiche, Error> {
    enregistrer(app, permit, regles, depot, Sens::Adherent, None).await
}

/// Deposits a document of the OPCO.
pub async fn deposer_opco(
    app: &App,
    permit: &Permit<DeposerOpco>,
    regles: &Regles,
    depot: NouveauDepot,
) -> Result<Fiche, Error> {
    enregistrer(app, permit, regles, depot, Sens::Opco, None).await
}

/// Deposits a new version of a document, in place of the one that was read; the former stays readable among its versions.
pub async fn remplacer(
    app: &App,
    permit: &Permit<Remplacer>,
    attendue: Attendue,
    regles: &Regles,
    depot: NouveauDepot,
) -> Result<Fiche, Error> {
    let ancien = Some((permit.clone(), attendue));
    match permit.sur().sens {
        Sens::Adherent => {
            enregistrer(app, &du_dossier::<Deposer>(permit)?, regles, depot, Sens::Adherent, ancien).await
        }
        Sens::Opco => enregistrer(app, &du_dossier::<DeposerOpco>(permit)?, regles, depot, Sens::Opco, ancien).await,
    }
}

async fn enregistrer<A: Action<Sur = DossierScope>>(
    app: &App,
    permit: &Permit<A>,
    regles: &Regles,
    depot: NouveauDepot,
    sens: Sens,
    ancien: Option<(Permit<Remplacer>, Attendue)>,
) -> Result<Fiche, Error> {
    let recu = depot.scelle.constat.format;
    if !regles.formats.contains(&recu) {
        abandonner(app, &depot.scelle.blob).await;
        return Err(Error::FormatRefuse { recu, acceptes: regles.formats.clone() });
    }
    let blob = depot.scelle.blob.clone();
    let garde = matches!(depot.televersement, Some(Suivi::Nouveau(_)));
    let (annulation, regles, p) = (app.reglages().annulation_secondes, regles.clone(), permit.clone());
    let fait = app
        .write(permit.acteur(), move |tx| {
            let (p, ancien) = rejuger_depot(tx, &p, sens, ancien)?;
            ecrire(tx, &p, &regles, depot, sens, ancien.as_ref(), annulation)
        })
        .await;
    let refus = !garde && fait.as_ref().is_err_and(Error::sans_effet);
    if refus || (fait.is_ok() && requete::simulee()) {
        abandonner(app, &blob).await;
    }
    fait
}

/// Takes the dossier and judges the deposit again: while the file arrived, the right may have been withdrawn, or the
/// dossier closed.
fn rejuger_depot<A: Action<Sur = DossierScope>>(
    tx: &mut Tx<'_>,
    permit: &Permit<A>,
    sens: Sens,
    ancien: Option<(Permit<Remplacer>, Attendue)>,
) -> Result<(Permit<A>, Option<(Permit<Remplacer>, Attendue)>), Error> {
    db::dossiers::prendre(tx.conn, permit.sur())?;
    let (permit, ancien) = match ancien {
        Some((ancien, attendue)) => {
            let ancien = rejuger(tx.conn, &ancien, ancien.sur().id, tx.maintenant)?;
            (du_dossier::<A>(&ancien)?, Some((ancien, attendue)))
        }
        None => (rejuger(tx.conn, permit, permit.sur().id, tx.maintenant)?, None),
    };
    if sens == Sens::Adherent && !permit.sur().etat.accepte_pieces() {
        return Err(Error::Etat);
    }
    Ok((permit, ancien))
}

fn ecrire<A: Action<Sur = DossierScope>>(
    tx: &mut Tx<'_>,
    permit: &Permit<A>,
    regles: &Regles,
    depot: NouveauDepot,
    sens: Sens,
    ancien: Option<&(Permit<Remplacer>, Attendue)>,
    annulation_secondes: u32,
) -> Result<(Fiche, Journal), Error> {
    let dossier = permit.sur();
    // Ended by another request meanwhile: its own document must not be taken for a duplicate.
    if let Some(Suivi::Ouvert(televersement)) = &depot.televersement
        && db::televersements::lire(tx.conn, televersement)?.statut.0 != StatutTeleversement::Complet
    {
        return Err(Error::TeleversementClos);
    }
    if !depot.doublon_accepte
        && let Some(premier) = db::documents::identique(tx.conn, permit, sens, &depot.scelle.sha256)?
    {
        return Err(Error::Doublon(Box::new(premier)));
    }
    let id: DocumentId = Tx::id();
    let bornee = regles.piece.zip(regles.nombre_max);
    let avant = match (bornee, ancien) {
        (Some((piece, _)), Some(_)) => Some(db::documents::nombre(tx.conn, permit, piece)?),
        _ => None,
    };
    let (lignee, version) = match ancien {
        Some((ancien, attendue)) => remplacer_version(tx, ancien, attendue)?,
        None => (id, 1),
    };
    if let Some((piece, maximum)) = bornee {
        let nombre = db::documents::nombre(tx.conn, permit, piece)?;
        // One that replaces another fits where it did, unless that one did not count any more.
        if nombre >= i64::from(maximum) && avant.is_none_or(|avant| avant == nombre) {
            return Err(Error::PieceComplete { maximum });
        }
    }
    let prevue = tx.maintenant + jiff::SignedDuration::from_secs(i64::from(annulation_secondes));
    let ligne = LigneDocument {
        id: V(id),
        dossier_id: V(dossier.id),
        type_piece_id: regles.piece.map(V),
        usage: V(Usage::Piece),
        sens: V(sens),
        nom: nom_fichier::assainir(&depot.nom),
        format: V(depot.scelle.constat.format),
        taille: i64::try_from(depot.scelle.constat.taille).unwrap_or(i64::MAX),
        sha256: depot.scelle.sha256.to_vec(),
        blob: depot.scelle.blob,
        statut: V(Statut::Recu),
        verdict: V(Verdict::AExaminer),
        motif: None,
        depose_par: V(permit.acteur().id),
        depose_le: V(tx.maintenant),
        transmission_prevue_le: V(prevue),
        transmis_le: None,
        lignee_id: V(lignee),
        version,
        remplace_le: None,
        avant: None,
    };
    db::documents::inserer(tx.conn, &ligne)?;
    let reference = tx.nommer_neuf(permit.acteur(), Reference::Document, id.uuid(), depot.reference)?;
    match depot.televersement {
        Some(Suivi::Ouvert(televersement)) => {
            if !db::televersements::terminer(tx.conn, &televersement, id)? {
                return Err(Error::TeleversementClos);
            }
            db::jobs::annuler(tx.conn, televersement.sur().id.uuid())?;
        }
        Some(Suivi::Nouveau(ouvert)) => {
            db::televersements::inserer(tx.conn, &ouvert.depose(id))?;
        }
        None => {}
    }
    tx.planifier(JobNature::TransmettreDocument, id.uuid(), prevue)?;
    if sens == Sens::Adherent {
        recalculer(tx, dossier)?;
    }
    let depose_par = db::comptes::nom(tx.conn, permit.acteur().id)?;
    let fiche = Fiche { depose_par, document: ligne, remplace_le: None, reference };
    let trace = Trace {
        action: ancien.map_or(A::NOM, |_| Remplacer::NOM),
        objet: "document",
        objet_id: id.uuid(),
        dossier: Some(dossier.id),
        details: serde_json::json!({ "sha256": hex(&fiche.document.sha256), "version": version, "sens": sens.code() }),
    };
    let audience = if sens == Sens::Adherent { Audience::Adherent } else { Audience::Opco };
    Ok((fiche, Journal::new(trace).annonce(EvenementType::DocumentDepose, audience, dossier, Some(id.uuid()))))
}

/// Puts the present version of a lineage aside for the next one.
fn remplacer_version(
    tx: &mut Tx<'_>,
    ancien: &Permit<Remplacer>,
    attendue: &Attendue,
) -> Result<(DocumentId, i32), Error> {
    let DocumentScope { id, .. } = ancien.sur();
    let fiche = db::documents::lire(tx.conn, ancien)?;
    verifier(attendue, &fiche)?;
    let avant = fiche.document;
    if avant.remplace_le.is_some() {
        return Err(Error::Depasse);
    }
    remplacable(tx.conn, &avant)?;
    // One that was not transmitted yet never is: it was the wrong one.
    db::jobs::annuler(tx.conn, id.uuid())?;
    db::documents::remplacer(tx.conn, ancien, tx.maintenant)?;
    let version = db::documents::derniere_version(tx.conn, avant.lignee_id.0)? + 1;
    Ok((avant.lignee_id.0, version))
}

/// Removes a file that is refused before it becomes a document.
pub async fn ecarter(app: &App, scelle: &Scelle) {
    abandonner(app, &scelle.blob).await;
}

/// Removes the bytes of a refused file.
pub(crate) async fn abandonner(app: &App, blob: &str) {
    if let Err(e) = app.coffre().supprimer(blob).await {
        tracing::warn!(erreur = %e, "un fichier refusé reste à balayer");
    }
}

/// Hexadecimal digits, as SHA-256 are written.
pub(crate) fn hex(octets: &[u8]) -> String {
    use std::fmt::Write as _;
    octets.iter().fold(String::with_capacity(octets.len() * 2), |mut s, o| {
        let _ = write!(s, "{o:02x}");
        s
    })
}
