use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use api_types::ProblemCode;
use app::App;

use crate::problem::ApiError;

/// That an operation is open to all: its request counts as nobody's, whatever it presents, for that is not judged.
pub struct Ouvert;

impl FromRequest for Ouvert {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let app = req.app_data::<Data<App>>().ok_or_else(|| ApiError::new(ProblemCode::ErreurInterne));
        ready(app.and_then(|app| Ok(app.compter_anonyme()?)).map(|()| Self))
    }
}
