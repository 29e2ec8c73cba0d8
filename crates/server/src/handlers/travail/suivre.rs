use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use app::App;
use app::hub::Suivi;
use domain::policy::SuivreEvenements;
use futures_util::stream;

use crate::extract::{Guard, presente};
use crate::problem::{ApiError, ErreursLecture};
use crate::views;

/// The live stream of what happens on the dossiers that the reader sees (Server-Sent Events).
///
/// `event: evenement` carries an `Evenement`: identifiers only, to be read through the API. `event: reprise`
/// says that events were missed and everything shown must be read again. `Last-Event-ID` resumes.
#[utoipa::path(
    tag = "travail", operation_id = "suivre_evenements",
    params(("Last-Event-ID" = Option<String>, Header, description = "Le dernier « id » reçu, pour reprendre après lui.")),
    responses(
        (status = 200, description = "Le fil, sans fin.", body = api_types::travail::Evenement, content_type = "text/event-stream"),
        ErreursLecture
    ),
    security(("session" = []))
)]
#[get("/api/v1/evenements")]
pub async fn suivre(
    Guard(permit): Guard<SuivreEvenements>,
    app: Data<App>,
    req: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let presente = presente(&req, &app).await?;
    let suivi = Suivi::ouvrir(&app, presente, &permit, dernier_recu(&req)).await?;
    let flux = stream::unfold((suivi, app), async |(mut suivi, app)| {
        let signal = suivi.suivant(&app).await?;
        Some((Ok::<_, std::convert::Infallible>(views::travail::signal(&signal)), (suivi, app)))
    });
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        // nginx would keep the events until it has a whole buffer of them.
        .insert_header(("X-Accel-Buffering", "no"))
        .streaming(flux))
}

/// Where the client stands; what is not one of our numbers is a place that does not exist.
fn dernier_recu(req: &HttpRequest) -> Option<i64> {
    let texte = req.headers().get("Last-Event-ID")?.to_str().unwrap_or_default().trim();
    if texte.is_empty() { None } else { Some(texte.parse().unwrap_or(i64::MAX)) }
}
