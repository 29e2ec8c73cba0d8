use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use api_types::bac_a_sable::{CourrierOpco, MessageOpco};
use api_types::documents::{DemandePiece, Document};
use api_types::messages::Message;
use app::{App, bac_a_sable};
use db::documents::Fiche;
use db::messages::MessageLu;
use domain::ids::Id;
use domain::policy::ForcerDossier;

use crate::extract::{Bac, Guard, Objet};
use crate::handlers::messages::envoyer::texte;
use crate::problem::{ApiError, ErreursEcriture};
use crate::reponse::{acquitter, cree, vide};
use crate::views;

/// Receives a message of the gestionnaire.
#[utoipa::path(
    tag = "bac-a-sable", operation_id = "recevoir_message",
    params(("dossier_id" = uuid::Uuid, Path, description = "Le dossier.")),
    request_body = MessageOpco,
    responses((status = 201, description = "Le message.", body = Message), ErreursEcriture),
    security(("session" = []))
)]
#[post("/api/v1/bac-a-sable/dossiers/{dossier_id}/messages")]
pub async fn message(
    Bac(bac): Bac,
    Guard(permit): Guard<ForcerDossier>,
    app: Data<App>,
    message: Objet<MessageOpco>,
) -> Result<HttpResponse, ApiError> {
    let corps = texte(&message.corps)?;
    let lecteur = Arc::clone(permit.partage());
    acquitter(bac_a_sable::ecrire(&bac, &app, &permit, corps), move |ecrit: &MessageLu| {
        cree(None, &views::messages::message(ecrit.clone(), &lecteur))
    })
    .await
}

/// Receives a document of the gestionnaire, made up for the occasion; it is there once its undo window is over.
#[utoipa::path(
    tag = "bac-a-sable", operation_id = "recevoir_document",
    params(("dossier_id" = uuid::Uuid, Path, description = "Le dossier.")),
    request_body = CourrierOpco,
    responses((status = 201, description = "Le document.", body = Document), ErreursEcriture),
    security(("session" = []))
)]
#[post("/api/v1/bac-a-sable/dossiers/{dossier_id}/documents-opco")]
pub async fn document(
    Bac(bac): Bac,
    Guard(permit): Guard<ForcerDossier>,
    app: Data<App>,
    courrier: Objet<CourrierOpco>,
) -> Result<HttpResponse, ApiError> {
    let CourrierOpco { genre, nom } = courrier.into_inner();
    acquitter(bac_a_sable::deposer(&bac, &app, &permit, genre, nom), |fiche: &Fiche| {
        cree(None, &views::documents::document(fiche.clone()))
    })
    .await
}

/// Is asked for a piece by the gestionnaire.
#[utoipa::path(
    tag = "bac-a-sable", operation_id = "recevoir_demande_piece",
    params(("dossier_id" = uuid::Uuid, Path, description = "Le dossier.")),
    request_body = DemandePiece,
    responses((status = 204, description = "Demandée."), ErreursEcriture),
    security(("session" = []))
)]
#[post("/api/v1/bac-a-sable/dossiers/{dossier_id}/demandes-piece")]
pub async fn demande_piece(
    Bac(bac): Bac,
    Guard(permit): Guard<ForcerDossier>,
    app: Data<App>,
    demande: Objet<DemandePiece>,
) -> Result<HttpResponse, ApiError> {
    let DemandePiece { piece_id, motif, avant } = demande.into_inner();
    let demander = bac_a_sable::demander_piece(&bac, &app, &permit, Id::new(piece_id), motif, avant);
    acquitter(demander, |()| vide(StatusCode::NO_CONTENT)).await
}
