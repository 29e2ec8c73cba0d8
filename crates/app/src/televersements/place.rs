use std::sync::Arc;

use db::documents::Fiche;
use domain::acteur::Cote;
use domain::document::Sens;
use domain::ids::{DocumentId, TypePieceId};
use domain::policy::{Deposer, DeposerOpco, DossierScope, Remplacer};
use domain::{Acteur, Permit, authorize};

use crate::documents::{self, NouveauDepot, Regles};
use crate::version::Attendue;
use crate::{App, Error};

/// The right to the deposit at the end of an upload.
#[derive(Debug, Clone)]
enum Droit {
    Piece(Permit<Deposer>),
    Opco(Permit<DeposerOpco>),
    Version(Permit<Remplacer>),
}

/// Where the document of an upload goes, and the rules there, judged anew each time.
#[derive(Debug, Clone)]
pub(super) struct Place {
    droit: Droit,
    pub(super) regles: Regles,
}

impl Place {
    /// Judges whether `acteur` may deposit there, and under which rules.
    pub(super) async fn juger(
        app: &App,
        acteur: &Arc<Acteur>,
        dossier: &DossierScope,
        piece: Option<TypePieceId>,
        remplace: Option<DocumentId>,
    ) -> Result<Self, Error> {
        if let Some(remplace) = remplace {
            let document = app.read(move |conn| Ok(db::portee::document(conn, remplace)?)).await?;
            let permit = authorize::<Remplacer>(acteur, document)?;
            if permit.sur().dossier.id != dossier.id {
                return Err(Error::Absent);
            }
            let regles = documents::preparer_version(app, &permit).await?;
            return Ok(Self { droit: Droit::Version(permit), regles });
        }
        if acteur.cote() != Cote::Membre {
            let permit = authorize::<DeposerOpco>(acteur, dossier.clone())?;
            return Ok(Self { droit: Droit::Opco(permit), regles: documents::preparer_opco() });
        }
        let permit = authorize::<Deposer>(acteur, dossier.clone())?;
        let piece = piece.ok_or_else(|| Error::champ("/piece", "Indiquez la catégorie dans Upload-Metadata."))?;
        let regles = documents::preparer(app, &permit, piece).await?;
        Ok(Self { droit: Droit::Piece(permit), regles })
    }

    /// Which side gives the document.
    pub(super) fn sens(&self) -> Sens {
        match &self.droit {
            Droit::Piece(_) => Sens::Adherent,
            Droit::Opco(_) => Sens::Opco,
            Droit::Version(permit) => permit.sur().sens,
        }
    }

    /// Makes the deposit; a new version takes the place of the one that is expected.
    pub(super) async fn deposer(&self, app: &App, attendue: Attendue, depot: NouveauDepot) -> Result<Fiche, Error> {
        match &self.droit {
            Droit::Piece(permit) => documents::deposer(app, permit, &self.regles, depot).await,
            Droit::Opco(permit) => documents::deposer_opco(app, permit, &self.regles, depot).await,
            Droit::Version(permit) => documents::remplacer(app, permit, attendue, &self.regles, depot).await,
        }
    }
}
