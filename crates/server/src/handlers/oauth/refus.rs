//! Refusals of OAuth, in the shape of RFC 6749, section 5.2; the others are problems.

use std::collections::BTreeMap;

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, ResponseError};
use api_types::ProblemCode;
use api_types::oauth::ErreurOAuth;
use app::oauth::RefusOAuth;
use utoipa::IntoResponses;
use utoipa::openapi::response::Response;
use utoipa::openapi::{Content, Ref, RefOr, ResponseBuilder, ResponsesBuilder};

use crate::problem::ApiError;

/// A refusal on its way to the client.
#[derive(Debug)]
pub(super) enum Refuse {
    OAuth { statut: StatusCode, code: &'static str, texte: String },
    Probleme(ApiError),
}

impl From<RefusOAuth> for Refuse {
    fn from(refus: RefusOAuth) -> Self {
        let texte = refus.to_string();
        let (statut, code) = match refus {
            RefusOAuth::Requete(_) => (StatusCode::BAD_REQUEST, "invalid_request"),
            RefusOAuth::Client | RefusOAuth::Adresse => (StatusCode::UNAUTHORIZED, "invalid_client"),
            RefusOAuth::TypeDOctroi => (StatusCode::BAD_REQUEST, "unsupported_grant_type"),
            RefusOAuth::Portee => (StatusCode::BAD_REQUEST, "invalid_scope"),
            RefusOAuth::Erreur(e) => return Self::Probleme(e.into()),
        };
        Self::OAuth { statut, code, texte }
    }
}

impl From<app::Error> for Refuse {
    fn from(e: app::Error) -> Self {
        RefusOAuth::from(e).into()
    }
}

/// The form is not understood.
impl From<actix_web::Error> for Refuse {
    fn from(e: actix_web::Error) -> Self {
        match e.as_response_error().status_code() {
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::Probleme(
                ApiError::new(ProblemCode::TypeDeCorpsRefuse)
                    .detail("Envoyez un formulaire (application/x-www-form-urlencoded)."),
            ),
            StatusCode::PAYLOAD_TOO_LARGE => Self::Probleme(ApiError::new(ProblemCode::TropVolumineux)),
            _ => RefusOAuth::Requete("Le formulaire n’est pas compris, ou répète un paramètre.").into(),
        }
    }
}

impl std::fmt::Display for Refuse {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::OAuth { code, .. } => f.write_str(code),
            Self::Probleme(e) => e.fmt(f),
        }
    }
}

impl ResponseError for Refuse {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::OAuth { statut, .. } => *statut,
            Self::Probleme(e) => e.status_code(),
        }
    }

    fn error_response(&self) -> HttpResponse {
        let (statut, code, texte) = match self {
            Self::OAuth { statut, code, texte } => (*statut, *code, texte),
            Self::Probleme(e) => return e.error_response(),
        };
        let mut reponse = HttpResponse::build(statut);
        reponse.insert_header((header::CACHE_CONTROL, "no-store"));
        if statut == StatusCode::UNAUTHORIZED {
            reponse.insert_header((header::WWW_AUTHENTICATE, "Basic realm=\"eGestion\", charset=\"UTF-8\""));
        }
        reponse.json(ErreurOAuth { error: code.to_owned(), error_description: texte.clone() })
    }
}

/// The answers of the endpoints of OAuth beside their own, for the OpenAPI document.
pub(super) struct ErreursOAuth;

impl IntoResponses for ErreursOAuth {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let json = |texte: &str, media: &str, schema: &str| {
            ResponseBuilder::new().description(texte).content(media, Content::new(Some(Ref::from_schema_name(schema))))
        };
        let oauth = |texte: &str| json(texte, "application/json", "ErreurOAuth");
        let probleme = |texte: &str| json(texte, "application/problem+json", "Problem");
        ResponsesBuilder::new()
            .response("400", oauth("La demande n’est pas comprise, ou la portée n’est pas donnée au client."))
            .response("401", oauth("Le client n’est pas reconnu."))
            .response("403", probleme("La requête vient d’un autre site."))
            .response("413", probleme("Le corps est trop volumineux."))
            .response("415", probleme("Le type de contenu n’est pas celui d’un formulaire."))
            .response("429", probleme("Trop de requêtes ; voir Retry-After."))
            .response("503", probleme("Un service ne répond pas."))
            .build()
            .into()
    }
}
