use actix_web::http::header;
use actix_web::web::{Data, Form};
use actix_web::{HttpRequest, HttpResponse, post};
use api_types::oauth::{DemandeJeton, Jeton};
use app::App;
use app::oauth::RefusOAuth;

use super::{ErreursOAuth, Refuse, appel};
use crate::views;

/// Gives an API client a token (`client_credentials`), alive for ten minutes.
#[utoipa::path(
    tag = "oauth", operation_id = "emettre_jeton",
    request_body(content = DemandeJeton, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, description = "Le jeton.", body = Jeton), ErreursOAuth),
    // Or in the form, of which a scheme cannot tell.
    security(("client" = []), ())
)]
#[post("/oauth/token")]
pub async fn emettre(
    req: HttpRequest,
    app: Data<App>,
    form: Result<Form<DemandeJeton>, actix_web::Error>,
) -> Result<HttpResponse, Refuse> {
    let form = form?.into_inner();
    let client = app::oauth::authentifier(&app, appel(&req, &form)?).await?;
    match form.grant_type.as_deref() {
        Some("client_credentials") => {}
        Some(_) => return Err(RefusOAuth::TypeDOctroi.into()),
        None => return Err(RefusOAuth::Requete("grant_type manque.").into()),
    }
    let emission = app::oauth::emettre(&app, &client, form.scope.as_deref()).await?;
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(views::oauth::jeton(&emission)))
}
