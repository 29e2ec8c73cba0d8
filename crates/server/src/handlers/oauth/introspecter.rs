use actix_web::http::header;
use actix_web::web::{Data, Form};
use actix_web::{HttpRequest, HttpResponse, post};
use api_types::oauth::{Introspection, JetonPresente};
use app::App;
use app::oauth::RefusOAuth;

use super::{ErreursOAuth, Refuse, appel};
use crate::views;

/// Tells what an access token of the client is worth (RFC 7662); another client’s is said inactive.
#[utoipa::path(
    tag = "oauth", operation_id = "introspecter_jeton",
    request_body(content = JetonPresente, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, description = "Ce que vaut le jeton.", body = Introspection), ErreursOAuth),
    // Or in the form, of which a scheme cannot tell.
    security(("client" = []), ())
)]
#[post("/oauth/introspect")]
pub async fn introspecter(
    req: HttpRequest,
    app: Data<App>,
    form: Result<Form<JetonPresente>, actix_web::Error>,
) -> Result<HttpResponse, Refuse> {
    let form = form?.into_inner();
    let client = app::oauth::authentifier(&app, appel(&req, &form)?).await?;
    let texte = form.token.ok_or(RefusOAuth::Requete("token manque."))?;
    let jeton = app::oauth::introspecter(&app, &client, &texte).await?;
    let emetteur = &app.reglages().url_publique;
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .json(views::oauth::introspection(jeton, emetteur)))
}
