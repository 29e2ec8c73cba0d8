//! The gestionnaire's requests for pieces: made, modified, withdrawn.

use db::codes::Audience;
use db::documents::{DemandePiece, TypePiece};
use db::journal::Trace;
use domain::document::Sens;
use domain::evenement::EvenementType;
use domain::ids::{Id, TypePieceId};
use domain::limites::{self, MOTIF_MAX};
use domain::permit::{Action as _, Permit};
use domain::policy::DemanderPiece;
use jiff::ToSpan as _;
use jiff::civil::Date;

use super::completude::{manque, remplissage};
use super::etiquette::etiquette_demande;
use super::recalculer;
use crate::portail::a_paris;
use crate::version::Attendue;
use crate::{App, Error, Journal, Tx, messages};

/// Nothing is asked of the member for later than that.
const ANNEES_MAX: i64 = 10;

/// Asks the member for a piece, with a reason and a day, and tells it by a message. What the category holds already does not
/// fill it any more: something else is wanted. A closed dossier takes no more pieces, and none is asked for.
///
/// A request that nothing answered yet is not overwritten ([`Error::DejaDemandee`]); in the same words it is told already.
pub async fn demander_piece(
    app: &App,
    permit: &Permit<DemanderPiece>,
    piece: TypePieceId,
    motif: String,
    avant: Option<Date>,
) -> Result<(), Error> {
    let (motif, organisme) = (lisible(&motif)?, app.reglages().organisme.clone());
    let p = permit.clone();
    app.write(permit.acteur(), move |tx| {
        let Some(Place { categorie, demande, satisfaite }) = place(tx, &p, piece)? else {
            return Err(Error::champ("/piece_id", "Cette catégorie n’existe pas dans ce dossier."));
        };
        let journal = Journal::new(trace(&p, DemanderPiece::NOM, piece, serde_json::json!({ "avant": avant })));
        match demande.filter(|_| !satisfaite) {
            Some(d) if dit_autant(&d, &motif, avant) => return Ok(((), journal)),
            Some(_) => return Err(Error::DejaDemandee),
            None => jour_possible(tx, None, avant)?,
        }
        let id: Id<domain::ids::sorte::DemandePiece> = Tx::id();
        db::documents::demander(tx.conn, &p, id, piece, (&motif, avant), tx.maintenant)?;
        recalculer(tx, p.sur())?;
        let texte =
            format!("{organisme} demande la pièce «\u{a0}{}\u{a0}»{}\u{a0}: {motif}", categorie.libelle, terme(avant));
        Ok(((), dire(tx, journal, &p, (EvenementType::PieceDemandee, piece), &texte)?))
    })
    .await
}

/// Changes the reason and the day of a request that nothing answered yet, in the version that was read, and tells it by a
/// message.
pub async fn modifier_demande(
    app: &App,
    permit: &Permit<DemanderPiece>,
    piece: TypePieceId,
    attendue: Attendue,
    motif: String,
    avant: Option<Date>,
) -> Result<DemandePiece, Error> {
    let (motif, organisme) = (lisible(&motif)?, app.reglages().organisme.clone());
    let p = permit.clone();
    app.write(permit.acteur(), move |tx| {
        let (categorie, demande) = en_cours(tx, &p, piece)?;
        attendue.verifier(&etiquette_demande(&demande))?;
        let details = serde_json::json!({ "avant": avant, "avant_precedent": demande.avant.map(|jour| jour.0) });
        let journal = Journal::new(trace(&p, "piece.modifier_demande", piece, details));
        if dit_autant(&demande, &motif, avant) {
            return Ok((demande, journal));
        }
        jour_possible(tx, demande.avant.map(|jour| jour.0), avant)?;
        db::documents::modifier(tx.conn, &p, piece, (&motif, avant))?;
        recalculer(tx, p.sur())?;
        let texte = format!(
            "{organisme} modifie sa demande de la pièce «\u{a0}{}\u{a0}»{}\u{a0}: {motif}",
            categorie.libelle,
            terme(avant)
        );
        let journal = dire(tx, journal, &p, (EvenementType::PieceDemandee, piece), &texte)?;
        Ok((db::documents::demande(tx.conn, &p, piece)?.ok_or(Error::SansDemande)?, journal))
    })
    .await
}

/// Withdraws a request that nothing answered yet, and tells it by a message: what the category held before fills it again.
pub async fn retirer_demande(app: &App, permit: &Permit<DemanderPiece>, piece: TypePieceId) -> Result<(), Error> {
    let (p, organisme) = (permit.clone(), app.reglages().organisme.clone());
    app.write(permit.acteur(), move |tx| {
        let (categorie, demande) = en_cours(tx, &p, piece)?;
        db::documents::retirer(tx.conn, &p, piece)?;
        recalculer(tx, p.sur())?;
        let details = serde_json::json!({ "avant": demande.avant.map(|jour| jour.0) });
        let journal = Journal::new(trace(&p, "piece.retirer_demande", piece, details));
        let reste = if manque(tx.conn, p.sur(), piece)? { " Elle reste à fournir." } else { "" };
        let texte = format!("{organisme} retire sa demande de la pièce «\u{a0}{}\u{a0}».{reste}", categorie.libelle);
        Ok(((), dire(tx, journal, &p, (EvenementType::DemandeRetiree, piece), &texte)?))
    })
    .await
}

/// The reason of a request, when it may be told.
fn lisible(motif: &str) -> Result<String, Error> {
    let motif = motif.trim().to_owned();
    if motif.is_empty() || motif.chars().count() > MOTIF_MAX {
        return Err(Error::champ(
            "/motif",
            format!("Indiquez le motif, en {} caractères au plus.", limites::ecrire(MOTIF_MAX)),
        ));
    }
    Ok(motif)
}

/// A day by which something is asked of the member cannot have passed, nor be out of reach; the one that was told already
/// may stay.
pub(super) fn jour_possible(tx: &Tx<'_>, present: Option<Date>, avant: Option<Date>) -> Result<(), Error> {
    let Some(jour) = avant.filter(|_| avant != present) else { return Ok(()) };
    let aujourd_hui = a_paris(tx.maintenant).date();
    if jour < aujourd_hui {
        return Err(Error::champ("/avant", "Ce jour est passé. Indiquez aujourd’hui, un jour à venir, ou rien."));
    }
    if jour > aujourd_hui.saturating_add(ANNEES_MAX.years()) {
        let loin = format!("Ce jour est dans plus de {ANNEES_MAX}\u{a0}ans. Indiquez un jour plus proche, ou rien.");
        return Err(Error::champ("/avant", loin));
    }
    Ok(())
}

/// « , au plus tard le 02/12/2026 ».
pub(super) fn terme(avant: Option<Date>) -> String {
    avant.map(|jour| format!(", au plus tard le {}", jour.strftime("%d/%m/%Y"))).unwrap_or_default()
}

fn dit_autant(demande: &DemandePiece, motif: &str, avant: Option<Date>) -> bool {
    demande.motif == motif && demande.avant.map(|jour| jour.0) == avant
}

/// A category of a dossier that takes pieces, and the request for it.
struct Place {
    categorie: TypePiece,
    demande: Option<DemandePiece>,
    /// Whether a document that the gestionnaire has answers the request.
    satisfaite: bool,
}

/// Takes the dossier, and finds its category; [`Error::Etat`] when it is closed.
fn place(tx: &mut Tx<'_>, permit: &Permit<DemanderPiece>, piece: TypePieceId) -> Result<Option<Place>, Error> {
    let dossier = permit.sur();
    db::dossiers::prendre(tx.conn, dossier)?;
    let present = db::dossiers::etat_pieces(tx.conn, dossier)?;
    if !present.etat.0.accepte_pieces() {
        return Err(Error::Etat);
    }
    let types = db::documents::types_pieces(tx.conn, &present.dispositif)?;
    let Some(categorie) = types.into_iter().find(|t| t.id.0 == piece) else { return Ok(None) };
    let demande = db::documents::demande(tx.conn, permit, piece)?;
    let mut satisfaite = false;
    if demande.is_some() {
        let mut fiches = db::documents::lister(tx.conn, permit, Sens::Adherent)?;
        fiches.retain(|f| f.document.type_piece_id.is_some_and(|t| t.0 == piece));
        satisfaite = remplissage(&fiches, demande.as_ref()).fournie;
    }
    Ok(Some(Place { categorie, demande, satisfaite }))
}

/// The request that is to be changed.
fn en_cours(
    tx: &mut Tx<'_>,
    permit: &Permit<DemanderPiece>,
    piece: TypePieceId,
) -> Result<(TypePiece, DemandePiece), Error> {
    match place(tx, permit, piece)? {
        Some(Place { demande: Some(_), satisfaite: true, .. }) => Err(Error::DemandeSatisfaite),
        Some(Place { categorie, demande: Some(demande), .. }) => Ok((categorie, demande)),
        _ => Err(Error::SansDemande),
    }
}

fn trace(
    permit: &Permit<DemanderPiece>,
    action: &'static str,
    piece: TypePieceId,
    details: serde_json::Value,
) -> Trace {
    Trace { action, objet: "piece", objet_id: piece.uuid(), dossier: Some(permit.sur().id), details }
}

/// Announces what became of a request to both sides, and tells the members of it by a message.
fn dire(
    tx: &mut Tx<'_>,
    journal: Journal,
    permit: &Permit<DemanderPiece>,
    (nature, piece): (EvenementType, TypePieceId),
    texte: &str,
) -> Result<Journal, Error> {
    let dossier = permit.sur();
    let journal = journal.annonce(nature, Audience::Tous, dossier, Some(piece.uuid()));
    messages::avertir(tx, journal, dossier, permit.acteur().id, texte)
}
