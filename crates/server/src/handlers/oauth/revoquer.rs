use actix_web::web::{Data, Form};
use actix_web::{HttpRequest, HttpResponse, post};
use api_types::oauth::JetonPresente;
use app::App;
use app::oauth::RefusOAuth;

use super::{ErreursOAuth, Refuse, appel};

/// Revokes an access token of the client at once (RFC 7009); the answer is the same for one that is not its own.
#[utoipa::path(
    tag = "oauth", operation_id = "revoquer_jeton",
    request_body(content = JetonPresente, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, description = "Révoqué, ou déjà sans effet."), ErreursOAuth),
    // Or in the form, of which a scheme cannot tell.
    security(("client" = []), ())
)]
#[post("/oauth/revoke")]
pub async fn revoquer(
    req: HttpRequest,
    app: Data<App>,
    form: Result<Form<JetonPresente>, actix_web::Error>,
) -> Result<HttpResponse, Refuse> {
    let form = form?.into_inner();
    let client = app::oauth::authentifier(&app, appel(&req, &form)?).await?;
    let jeton = form.token.ok_or(RefusOAuth::Requete("token manque."))?;
    app::oauth::revoquer(&app, &client, &jeton).await?;
    Ok(HttpResponse::Ok().finish())
}
