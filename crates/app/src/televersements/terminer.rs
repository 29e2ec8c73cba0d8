use db::documents::Fiche;
use db::televersements::LigneTeleversement;
use domain::document::FichierRefuse;
use domain::ids::TeleversementId;
use domain::permit::{Permit, authorize};
use domain::policy::Poursuivre;
use domain::reference::ReferenceExterne;
use domain::televersement::{Doublon, RefusTeleversement, StatutTeleversement};
use futures_util::TryStreamExt as _;

use super::place::Place;
use crate::authz::rejuger;
use crate::documents::{NouveauDepot, Suivi, abandonner};
use crate::ports::coffre::Scelle;
use crate::version::Attendue;
use crate::{App, Error};

/// What an upload remembers once its deposit was refused to its creator.
pub(super) const SANS_DROIT: RefusTeleversement = RefusTeleversement::EtatIncompatible;

/// Deposits the document of a complete upload; a second time, gives the document that is there.
///
/// Goes on to its end although the caller goes away. After a refusal that may be lifted the bytes are kept, and this
/// may be asked again, with `doublon` to accept that the same bytes are already there.
pub async fn terminer(app: &App, permit: &Permit<Poursuivre>, doublon: Option<Doublon>) -> Result<Fiche, Error> {
    super::reellement()?;
    let (app, permit) = (app.clone(), permit.clone());
    let tache = tokio::spawn(async move {
        match assembler_et_deposer(&app, &permit, doublon).await {
            // Another request was faster: what it did is the answer.
            Err(Error::TeleversementClos) => deja_depose(&app, &permit).await?.ok_or(Error::TeleversementClos),
            autre => autre,
        }
    });
    tache.await.map_err(|e| Error::Interne(format!("dépôt interrompu : {e}")))?
}

/// Ends an upload whose last request was cut before its deposit, in the name of its creator; for the worker.
pub async fn reprendre(app: &App, id: TeleversementId) -> Result<(), Error> {
    let maintenant = app.horloge().maintenant();
    let trouve = app
        .read(move |conn| {
            let Some(acteur) = db::televersements::createur(conn, id, maintenant)? else { return Ok(None) };
            let permit = authorize::<Poursuivre>(&acteur, db::portee::televersement(conn, id)?)?;
            let t = db::televersements::lire(conn, &permit)?;
            Ok((t.statut.0 == StatutTeleversement::Complet && t.refus.is_none()).then_some(permit))
        })
        .await;
    let permit = match trouve {
        Ok(Some(permit)) => permit,
        // Nothing is left to do, or the right is lost.
        Ok(None) | Err(Error::Absent | Error::Interdit(_)) => return Ok(()),
        Err(e) => return Err(e),
    };
    match terminer(app, &permit, None).await {
        Err(e) if !e.sans_effet() => Err(e),
        // A refusal is for the creator, who asks.
        _ => Ok(()),
    }
}

/// The refusal of a complete upload that an error tells, if it is one.
pub(super) const fn refus_de(e: &Error) -> Option<RefusTeleversement> {
    use RefusTeleversement as R;
    // Without `_`: who adds an error says whether the upload remembers it.
    Some(match e {
        Error::Doublon(_) => R::DocumentEnDouble,
        Error::PieceComplete { .. } => R::PieceComplete,
        Error::Etat | Error::PieceAcceptee | Error::Depasse => R::EtatIncompatible,
        Error::Perimee => R::VersionPerimee,
        Error::ReferencePrise => R::ReferencePrise,
        Error::FormatRefuse { .. } | Error::Fichier(FichierRefuse::Inconnu) => R::FormatRefuse,
        Error::Fichier(FichierRefuse::Tronque(_) | FichierRefuse::Vide) => R::FichierTronque,
        Error::Fichier(FichierRefuse::Melange) => R::FichierAmbigu,
        // A right that is lost is remembered of a complete upload alone; the others are told by the upload itself, or are
        // no refusals of it.
        Error::Absent
        | Error::Interdit(_)
        | Error::Ecart { .. }
        | Error::Empreinte
        | Error::TeleversementClos
        | Error::TropVolumineux { .. }
        | Error::TropDeTeleversements
        | Error::TropTard
        | Error::Champs(_)
        | Error::CleConnue
        | Error::CleReutilisee
        | Error::Simulation
        | Error::Illisible(_)
        | Error::Identifiants
        | Error::TropDeTentatives { .. }
        | Error::LienInvalide
        | Error::DernierAdministrateur
        | Error::DejaDemandee
        | Error::DemandeSatisfaite
        | Error::SansDemande
        | Error::Livraison
        | Error::Indisponible(_)
        | Error::Interne(_) => return None,
    })
}

async fn assembler_et_deposer(
    app: &App,
    permit: &Permit<Poursuivre>,
    doublon: Option<Doublon>,
) -> Result<Fiche, Error> {
    let p = permit.clone();
    let (t, parties) =
        app.read(move |conn| Ok((db::televersements::lire(conn, &p)?, db::televersements::parties(conn, &p)?))).await?;
    match t.statut.0 {
        StatutTeleversement::Complet if t.expire_le.0 > app.horloge().maintenant() => {}
        StatutTeleversement::EnCours => return Err(Error::Ecart { recu: u64::try_from(t.recu).unwrap_or(0) }),
        _ => return Err(Error::TeleversementClos),
    }
    // On PostgreSQL the two reads are of two instants: another request ended it in between, and forgot the parts.
    if parties.iter().map(|p| p.taille).sum::<i64>() != t.taille {
        return Err(Error::TeleversementClos);
    }
    let fait = async {
        let (piece, remplace) = (t.type_piece_id.map(|p| p.0), t.remplace_id.map(|d| d.0));
        let place = Place::juger(app, permit.partage(), &permit.sur().dossier, piece, remplace).await?;
        let blobs: Vec<(&str, i64)> = parties.iter().map(|p| (p.blob.as_str(), p.taille)).collect();
        let scelle = match assembler(app, &blobs, place.regles.taille_max).await {
            Ok(scelle) => scelle,
            // Ended by another request, which removes the parts while they are read.
            Err(_) if !complet(app, permit).await? => return Err(Error::TeleversementClos),
            Err(e) => return Err(e),
        };
        let depot = NouveauDepot {
            scelle,
            nom: t.nom.clone(),
            doublon_accepte: doublon.unwrap_or(t.doublon.0) == Doublon::Accepte,
            reference: reference_de(&t),
            televersement: Some(Suivi::Ouvert(permit.clone())),
        };
        place.deposer(app, attendue(&t), depot).await
    }
    .await;
    let oublier = match &fait {
        Ok(_) => true,
        // A right that is lost may be given again: the creator then asks for the deposit, and nobody does in their place.
        Err(Error::Absent | Error::Interdit(_)) => noter(app, permit, SANS_DROIT).await?,
        Err(e) => match refus_de(e) {
            Some(refus) => noter(app, permit, refus).await?,
            None => false,
        },
    };
    if oublier {
        for partie in parties {
            abandonner(app, &partie.blob).await;
        }
    }
    fait
}

/// The name that the creation said its document will have.
pub(super) fn reference_de(t: &LigneTeleversement) -> Option<ReferenceExterne> {
    t.reference.as_deref().and_then(ReferenceExterne::parse)
}

/// The version that the creation said it replaces.
pub(super) fn attendue(t: &LigneTeleversement) -> Attendue {
    match &t.version_attendue {
        Some(etiquettes) => Attendue::Parmi(etiquettes.split(", ").map(str::to_owned).collect()),
        None => Attendue::Toute,
    }
}

/// Streams the parts into one file of the vault, hashed and examined as if it came in one piece.
async fn assembler(app: &App, parties: &[(&str, i64)], limite: u64) -> Result<Scelle, Error> {
    let mut reception = app.coffre().recevoir(limite);
    for (blob, taille) in parties {
        let mut octets = app.coffre().lire(blob, 0..u64::try_from(*taille).unwrap_or(0)).await?;
        while let Some(morceau) = octets.try_next().await.map_err(|e| Error::Indisponible(format!("coffre : {e}")))? {
            reception.ecrire(&morceau).await?;
        }
    }
    reception.sceller().await
}

/// Whether an upload still awaits its deposit.
async fn complet(app: &App, permit: &Permit<Poursuivre>) -> Result<bool, Error> {
    let permit = permit.clone();
    app.read(move |conn| Ok(db::televersements::lire(conn, &permit)?.statut.0 == StatutTeleversement::Complet)).await
}

/// Writes a refusal down; whether the bytes are to be forgotten.
async fn noter(app: &App, permit: &Permit<Poursuivre>, refus: RefusTeleversement) -> Result<bool, Error> {
    let p = permit.clone();
    app.entretenir(move |conn| {
        if refus.definitif() {
            return Ok(db::televersements::refuser(conn, &p, refus)?);
        }
        db::televersements::suspendre(conn, &p, refus)?;
        Ok(false)
    })
    .await
}

/// The document that another request made of an upload, for who still has the right to it.
async fn deja_depose(app: &App, permit: &Permit<Poursuivre>) -> Result<Option<Fiche>, Error> {
    let (permit, maintenant) = (permit.clone(), app.horloge().maintenant());
    app.read(move |conn| {
        let permit = rejuger(conn, &permit, permit.sur().id, maintenant)?;
        Ok(db::televersements::document(conn, &permit)?)
    })
    .await
}
