use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use api_types::ProblemCode;
use app::App;
use app::bac_a_sable::BacASable;

use crate::problem::ApiError;

/// The sandbox; absent where the data are real, even if the address were served there.
pub struct Bac(pub BacASable);

impl FromRequest for Bac {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let bac = req.app_data::<Data<App>>().and_then(|app| app.bac_a_sable().cloned());
        ready(bac.map(Self).ok_or_else(|| ApiError::new(ProblemCode::Absent)))
    }
}
