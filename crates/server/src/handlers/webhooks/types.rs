use actix_web::get;
use actix_web::web::Json;
use api_types::webhooks::{TypeEvenement, TypesEvenements, WebhookType};
use domain::code::Code as _;
use domain::policy::VoirTypesEvenements;

use crate::extract::Guard;
use crate::problem::{ApiError, ErreursLecture};

/// What webhooks may tell, in French and in English.
#[utoipa::path(
    tag = "webhooks", operation_id = "lister_types_evenements",
    responses((status = 200, description = "Les types.", body = TypesEvenements), ErreursLecture),
    security(("session" = []))
)]
#[get("/api/v1/types-evenements")]
pub async fn lister(_: Guard<VoirTypesEvenements>) -> Result<Json<TypesEvenements>, ApiError> {
    let elements = WebhookType::TOUS.iter().map(|t| TypeEvenement {
        nature: *t,
        description: t.description().to_owned(),
        description_en: t.description_en().to_owned(),
    });
    Ok(Json(TypesEvenements { elements: elements.collect() }))
}
