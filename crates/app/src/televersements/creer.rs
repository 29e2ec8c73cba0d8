use db::DbError;
use db::codes::Reference;
use db::documents::Fiche;
use db::journal::Trace;
use db::televersements::{LignePartie, LigneTeleversement};
use db::types::V;
use domain::document::FichierRefuse;
use domain::ids::{DocumentId, Id, TeleversementId, TypePieceId};
use domain::nom_fichier;
use domain::permit::{Action as _, Permit, authorize};
use domain::policy::{Poursuivre, Televerser};
use domain::reference::ReferenceExterne;
use domain::televersement::{Doublon, OCTETS_OUVERTS_MAX, OUVERTS_MAX, StatutTeleversement};
use uuid::Uuid;

use super::echeance;
use super::place::Place;
use super::terminer::{attendue, reference_de, refus_de};
use crate::documents::{NouveauDepot, Suivi};
use crate::ports::coffre::{Reception, Scelle};
use crate::version::Attendue;
use crate::{App, Error, Journal};

/// What a client tells of the file that it will send.
#[derive(Debug, Clone)]
pub struct Demande {
    /// Its size, in bytes.
    pub taille: u64,
    /// Its name, as received.
    pub nom: String,
    /// The category, for a member's document.
    pub piece: Option<TypePieceId>,
    /// The document that it replaces, in the version that was read.
    pub remplace: Option<(DocumentId, Attendue)>,
    /// What to do when the same bytes are already there.
    pub doublon: Doublon,
    /// The name that its document will have in the caller's own software.
    pub reference: Option<ReferenceExterne>,
    /// All that the client told of it, as received.
    pub metadonnees: Option<String>,
}

/// Opens an upload, under the rules of the place where its document will go, and gives the permit to go on with it.
pub async fn creer(
    app: &App,
    permit: &Permit<Televerser>,
    demande: &Demande,
) -> Result<(LigneTeleversement, Permit<Poursuivre>), Error> {
    let (_, ligne) = preparer(app, permit, demande).await?;
    let ligne = ecrire(app, permit, ligne, None).await?;
    let suite = suite(app, permit, ligne.id.0).await?;
    Ok((ligne, suite))
}

/// The permit to go on with an upload that was opened.
pub async fn suite(app: &App, permit: &Permit<Televerser>, id: TeleversementId) -> Result<Permit<Poursuivre>, Error> {
    let scope = app.read(move |conn| Ok(db::portee::televersement(conn, id)?)).await?;
    Ok(authorize::<Poursuivre>(permit.partage(), scope)?)
}

/// A file that is small enough to come whole with its creation.
#[derive(Debug)]
pub struct Entier {
    place: Place,
    ligne: LigneTeleversement,
    reception: Reception,
}

/// Prepares to receive a file whole: one transaction will open the upload, deposit the document and end the upload.
pub async fn creer_entier(app: &App, permit: &Permit<Televerser>, demande: &Demande) -> Result<Entier, Error> {
    let (place, ligne) = preparer(app, permit, demande).await?;
    let reception = app.coffre().recevoir(place.regles.taille_max);
    Ok(Entier { place, ligne, reception })
}

impl Entier {
    /// The upload, as it will be opened.
    pub const fn ligne(&self) -> &LigneTeleversement {
        &self.ligne
    }

    /// Takes the next bytes.
    pub async fn ecrire(&mut self, octets: &bytes::Bytes) -> Result<(), Error> {
        self.reception.ecrire(octets).await
    }

    /// Deposits the document. After a refusal that may be lifted, the upload stays with its bytes: it is told in the
    /// first place.
    pub async fn deposer(
        self,
        app: &App,
        permit: &Permit<Televerser>,
    ) -> (Option<TeleversementId>, Result<(LigneTeleversement, Fiche), Error>) {
        let Self { place, ligne, reception } = self;
        let scelle = match reception.sceller().await {
            Ok(scelle) => scelle,
            Err(e) => return (None, Err(e)),
        };
        let depot = NouveauDepot {
            scelle: scelle.clone(),
            nom: ligne.nom.clone(),
            doublon_accepte: ligne.doublon.0 == Doublon::Accepte,
            reference: reference_de(&ligne),
            televersement: Some(Suivi::Nouveau(Box::new(ligne.clone()))),
        };
        match place.deposer(app, attendue(&ligne), depot).await {
            Ok(fiche) => {
                let id = fiche.document.id.0;
                (None, Ok((ligne.depose(id), fiche)))
            }
            Err(e) => match garder(app, permit, ligne, &scelle, &e).await {
                Ok(garde) => (garde, Err(e)),
                Err(autre) => (None, Err(autre)),
            },
        }
    }
}

/// Keeps the bytes of a file that came whole, if its refusal may be lifted.
async fn garder(
    app: &App,
    permit: &Permit<Televerser>,
    ligne: LigneTeleversement,
    scelle: &Scelle,
    refus: &Error,
) -> Result<Option<TeleversementId>, Error> {
    let refus = match refus_de(refus) {
        Some(refus) if !refus.definitif() => refus,
        _ => {
            if refus.sans_effet() {
                crate::documents::abandonner(app, &scelle.blob).await;
            }
            return Ok(None);
        }
    };
    let id = ligne.id;
    let taille = ligne.taille;
    let complet =
        LigneTeleversement { recu: taille, statut: V(StatutTeleversement::Complet), refus: Some(V(refus)), ..ligne };
    let partie = LignePartie { televersement_id: id, debut: 0, taille, blob: scelle.blob.clone() };
    match ecrire(app, permit, complet, Some(partie)).await {
        Ok(_) => Ok(Some(id.0)),
        // The refusal is told, and its bytes are to be sent again.
        Err(Error::TropDeTeleversements) => {
            crate::documents::abandonner(app, &scelle.blob).await;
            Ok(None)
        }
        Err(e) => Err(e),
    }
}

/// The rules of the place, and the row of the upload.
async fn preparer(
    app: &App,
    permit: &Permit<Televerser>,
    demande: &Demande,
) -> Result<(Place, LigneTeleversement), Error> {
    super::reellement()?;
    let (remplace, attendue) = demande.remplace.clone().unzip();
    let place = Place::juger(app, permit.partage(), permit.sur(), demande.piece, remplace).await?;
    if demande.taille == 0 {
        return Err(Error::Fichier(FichierRefuse::Vide));
    }
    let limite = place.regles.taille_max;
    let taille = i64::try_from(demande.taille).ok().filter(|_| demande.taille <= limite);
    let taille = taille.ok_or(Error::TropVolumineux { limite })?;
    if let Some(nom) = demande.reference.clone() {
        libre(app, permit, nom).await?;
    }
    let maintenant = app.horloge().maintenant();
    let ligne = LigneTeleversement {
        id: V(Id::new(Uuid::now_v7())),
        dossier_id: V(permit.sur().id),
        createur_id: V(permit.acteur().id),
        sens: V(place.sens()),
        type_piece_id: place.regles.piece.map(V),
        remplace_id: remplace.map(V),
        version_attendue: match attendue {
            Some(Attendue::Parmi(etiquettes)) => Some(etiquettes.join(", ")),
            Some(Attendue::Toute) | None => None,
        },
        nom: nom_fichier::assainir(&demande.nom),
        doublon: V(demande.doublon),
        taille,
        recu: 0,
        statut: V(StatutTeleversement::EnCours),
        refus: None,
        document_id: None,
        cree_le: V(maintenant),
        expire_le: V(echeance(maintenant)),
        reference: demande.reference.as_ref().map(|r| r.as_str().to_owned()),
        metadonnees: demande.metadonnees.clone(),
    };
    Ok((place, ligne))
}

/// Refuses a name that is taken, before the bytes come; the deposit judges it again.
async fn libre(app: &App, permit: &Permit<Televerser>, nom: ReferenceExterne) -> Result<(), Error> {
    let acteur = permit.partage().clone();
    app.read(move |conn| match db::references::objet(conn, &acteur, Reference::Document, nom.as_str()) {
        Ok(_) => Err(Error::ReferencePrise),
        Err(DbError::Absent) => Ok(()),
        Err(e) => Err(e.into()),
    })
    .await
}

/// Opens an upload, if its creator has not too many.
async fn ecrire(
    app: &App,
    permit: &Permit<Televerser>,
    ligne: LigneTeleversement,
    partie: Option<LignePartie>,
) -> Result<LigneTeleversement, Error> {
    let dossier = permit.sur().id;
    app.write(permit.acteur(), move |tx| {
        let (nombre, octets) = db::televersements::ouverts(tx.conn, ligne.createur_id.0, tx.maintenant)?;
        if nombre >= OUVERTS_MAX || octets.saturating_add(ligne.taille) > OCTETS_OUVERTS_MAX {
            return Err(Error::TropDeTeleversements);
        }
        db::televersements::inserer(tx.conn, &ligne)?;
        if let Some(partie) = partie {
            db::televersements::inserer_partie(tx.conn, &partie)?;
        }
        let trace = Trace {
            action: Televerser::NOM,
            objet: "televersement",
            objet_id: ligne.id.0.uuid(),
            dossier: Some(dossier),
            details: serde_json::json!({ "taille": ligne.taille }),
        };
        Ok((ligne, Journal::new(trace)))
    })
    .await
}
