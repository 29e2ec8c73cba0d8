//! Conditional requests (RFC 9110, section 13): who holds a version, and what it does with it.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderMap};
use actix_web::{FromRequest, HttpRequest};
use api_types::ProblemCode;
use app::version::Attendue;

use crate::problem::ApiError;

/// Whether `If-None-Match` names a validator; strength does not count (section 13.1.2).
pub fn connue(entetes: &HeaderMap, etag: &str) -> bool {
    let forte = |e: &str| e.strip_prefix("W/").unwrap_or(e).to_owned();
    etiquettes(entetes, &header::IF_NONE_MATCH).iter().any(|e| e == "*" || forte(e) == forte(etag))
}

/// The validators that a header lists; a comma cannot stand inside of ours.
fn etiquettes(entetes: &HeaderMap, nom: &header::HeaderName) -> Vec<String> {
    let textes = entetes.get_all(nom).filter_map(|v| v.to_str().ok());
    textes.flat_map(|t| t.split(',')).map(|e| e.trim().to_owned()).filter(|e| !e.is_empty()).collect()
}

/// The version that the request is about to change, from `If-Match`: it must be said.
///
/// To be taken as a `Result` beside a guard: what may not be done at all is told first.
pub struct SiInchange(pub Attendue);

impl FromRequest for SiInchange {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let etiquettes = etiquettes(req.headers(), &header::IF_MATCH);
        ready(if etiquettes.is_empty() {
            Err(ApiError::new(ProblemCode::PreconditionManquante)
                .detail("Donnez dans If-Match l’« etag » de ce que vous avez lu."))
        } else if etiquettes.iter().any(|e| e == "*") {
            Ok(Self(Attendue::Toute))
        } else if etiquettes.iter().all(|e| e.starts_with("W/")) {
            // Weak validators tell contents apart, and no version is written on the strength of them (section 13.1.1).
            Err(ApiError::new(ProblemCode::VersionPerimee)
                .detail("If-Match attend le champ « etag » de la fiche, et non un ETag faible (W/)."))
        } else {
            Ok(Self(Attendue::Parmi(etiquettes)))
        })
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{HeaderMap, HeaderValue, IF_NONE_MATCH};

    use super::connue;

    #[test]
    fn lists_of_validators_are_read() {
        for (valeur, etag, attendu) in [
            ("\"a\"", "\"a\"", true),
            ("\"a\"", "\"b\"", false),
            ("W/\"a\"", "\"a\"", true),
            ("\"a\"", "W/\"a\"", true),
            ("\"b\" ,W/\"a\"", "W/\"a\"", true),
            ("*", "\"a\"", true),
            ("", "\"a\"", false),
            ("a", "\"a\"", false),
        ] {
            let mut entetes = HeaderMap::new();
            entetes.insert(IF_NONE_MATCH, HeaderValue::from_static(valeur));
            assert_eq!(connue(&entetes, etag), attendu, "{valeur} {etag}");
        }
        assert!(!connue(&HeaderMap::new(), "\"a\""));
    }
}
