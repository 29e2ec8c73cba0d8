//! One act of a batch, as its own operation does it.

use std::sync::Arc;

use actix_web::http::StatusCode;
use api_types::lots::{ActeLot, LotDemandePiece, LotExamen, LotLecture, LotMessage, LotReference};
use app::App;
use app::authz::{Claim, Presente};
use app::requete::Reponse;
use app::version::Attendue;
use db::documents::Fiche;
use db::messages::MessageLu;
use domain::ids::Id;
use domain::policy::{DemanderPiece, Ecrire, Examiner, MarquerMessage, Referencer};

use crate::extract::nom;
use crate::handlers::messages::envoyer::texte;
use crate::problem::ApiError;
use crate::reponse::{self, conclure, faite, vide};
use crate::views;

/// Judges and does an act; the answer is that of its own operation.
pub(super) async fn faire(app: &App, presente: Presente, acte: ActeLot) -> Result<Reponse, ApiError> {
    match acte {
        ActeLot::EnvoyerMessage(LotMessage { dossier, corps, reference_externe }) => {
            let (_, permit) = app.permit::<Ecrire>(Claim::new(presente, nom(&dossier)?)).await?;
            let corps = texte(&corps)?;
            let reference = reference_externe.map(|r| views::dossiers::reference(&r)).transpose()?;
            let lecteur = Arc::clone(permit.partage());
            conclure(app::messages::ecrire(app, &permit, corps, Vec::new(), reference), move |ecrit: &MessageLu| {
                reponse::cree(None, &views::messages::message(ecrit.clone(), &lecteur))
            })
            .await
        }
        ActeLot::MarquerMessage(LotLecture { message, lu }) => {
            let (_, permit) = app.permit::<MarquerMessage>(Claim::new(presente, nom(&message)?)).await?;
            conclure(app::messages::marquer(app, &permit, lu), |()| vide(StatusCode::NO_CONTENT)).await
        }
        ActeLot::DemanderPiece(LotDemandePiece { dossier, piece_id, motif, avant }) => {
            let (_, permit) = app.permit::<DemanderPiece>(Claim::new(presente, nom(&dossier)?)).await?;
            let demander = app::documents::demander_piece(app, &permit, Id::new(piece_id), motif, avant);
            conclure(demander, |()| vide(StatusCode::NO_CONTENT)).await
        }
        ActeLot::ExaminerDocument(LotExamen { document, etag, verdict, motif, avant }) => {
            let (_, permit) = app.permit::<Examiner>(Claim::new(presente, nom(&document)?)).await?;
            let attendue = Attendue::Parmi(vec![etag]);
            conclure(app::documents::examiner(app, &permit, attendue, verdict, motif, avant), |fiche: &Fiche| {
                faite(&views::documents::document(fiche.clone()))
            })
            .await
        }
        ActeLot::ReferencerDossier(LotReference { dossier, reference_externe }) => {
            let (_, permit) = app.permit::<Referencer>(Claim::new(presente, nom(&dossier)?)).await?;
            let reference = reference_externe.map(|r| views::dossiers::reference(&r)).transpose()?;
            conclure(app::dossiers::referencer(app, &permit, reference), |nomme: &Option<String>| {
                faite(&api_types::dossiers::Reference { reference_externe: nomme.clone() })
            })
            .await
        }
    }
}
