use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, delete, get, post};
use api_types::membres::{Invitation, Invitations, NouvelleInvitation, PageMembres};
use app::{App, membres};
use domain::policy::{GererMembres, RetirerInvitation};

use crate::extract::{Guard, Objet, Parametres};
use crate::problem::{ApiError, ErreursEcriture, ErreursLecture};
use crate::reponse::{acquitter, cree};
use crate::{page, views};

/// Invites somebody to join the company, by a link sent to its address, valid seven days and once.
///
/// What is answered does not tell whether the address has an account. An invitation already sent to it gives way.
#[utoipa::path(
    tag = "membres", operation_id = "inviter_membre",
    params(("adherent_id" = uuid::Uuid, Path, description = "L’adhérent.")),
    request_body = NouvelleInvitation,
    responses((status = 201, description = "L’invitation, envoyée.", body = Invitation), ErreursEcriture),
    security(("session" = []))
)]
#[post("/api/v1/adherents/{adherent_id}/invitations")]
pub async fn inviter(
    Guard(permit): Guard<GererMembres>,
    app: Data<App>,
    corps: Objet<NouvelleInvitation>,
) -> Result<HttpResponse, ApiError> {
    let droits = views::membres::droits(&corps.rattachements);
    let inviter = membres::inviter(&app, &permit, &corps.email, droits);
    acquitter(inviter, |i| cree(None, &views::membres::invitation(i.clone()))).await
}

/// The invitations that nobody has answered, the latest first, for a month after their end.
#[utoipa::path(
    tag = "membres", operation_id = "lister_invitations",
    params(("adherent_id" = uuid::Uuid, Path, description = "L’adhérent."), PageMembres),
    responses((status = 200, description = "Une page d’invitations.", body = Invitations), ErreursLecture),
    security(("session" = []))
)]
#[get("/api/v1/adherents/{adherent_id}/invitations")]
pub async fn lister(
    Guard(permit): Guard<GererMembres>,
    app: Data<App>,
    demande: Parametres<PageMembres>,
    req: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let PageMembres { curseur, limite } = demande.into_inner();
    let (avant, limite) = views::messages::page(curseur.as_deref(), limite, 50)?;
    let page = views::membres::invitations(membres::lister_invitations(&app, &permit, avant, limite).await?);
    Ok(page::repondre(&req, &page, page.suivant.as_deref()))
}

/// Withdraws an invitation: its link opens nothing any more.
#[utoipa::path(
    tag = "membres", operation_id = "retirer_invitation",
    params(("invitation_id" = uuid::Uuid, Path, description = "L’invitation.")),
    responses((status = 204, description = "Retirée."), ErreursEcriture),
    security(("session" = []))
)]
#[delete("/api/v1/invitations/{invitation_id}")]
pub async fn retirer(Guard(permit): Guard<RetirerInvitation>, app: Data<App>) -> Result<HttpResponse, ApiError> {
    membres::retirer(&app, &permit).await?;
    Ok(HttpResponse::NoContent().finish())
}
