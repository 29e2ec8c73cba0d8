//! Operations that will go: said in each of their answers, and in the OpenAPI document.

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use api_types::Method;
use jiff::Timestamp;

/// An operation that will go.
#[derive(Debug, Clone, Copy)]
pub struct Depreciation {
    /// Its method.
    pub methode: Method,
    /// Its path, as in the OpenAPI document.
    pub modele: &'static str,
    /// Since when it should not be used any more, in seconds of Unix time.
    pub depuis: i64,
    /// When it will answer no more, in seconds of Unix time.
    pub retrait: i64,
    /// The page that says what to use instead.
    pub lien: &'static str,
}

impl Depreciation {
    /// The line of a table that is about an operation.
    pub fn de<'a>(table: &'a [Self], methode: &str, modele: &str) -> Option<&'a Self> {
        table.iter().find(|d| d.methode.as_str() == methode && d.modele == modele)
    }

    /// `Deprecation` (RFC 9745), `Sunset` (RFC 8594), and the `Link` to what replaces it.
    fn entetes(&self) -> [(HeaderName, String); 3] {
        let retrait = Timestamp::from_second(self.retrait).unwrap_or(Timestamp::MAX);
        [
            (HeaderName::from_static("deprecation"), format!("@{}", self.depuis)),
            (HeaderName::from_static("sunset"), retrait.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()),
            (header::LINK, format!("<{}>; rel=\"deprecation\"; type=\"text/html\"", self.lien)),
        ]
    }
}

/// Says of each answer whether its operation will go.
pub async fn annoncer(
    table: &'static [Depreciation],
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let mut reponse = next.call(req).await?;
    if table.is_empty() {
        return Ok(reponse);
    }
    let modele = reponse.request().match_pattern().unwrap_or_default();
    let methode = reponse.request().method().clone();
    if let Some(ligne) = Depreciation::de(table, methode.as_str(), &modele) {
        for (nom, valeur) in ligne.entetes() {
            if let Ok(valeur) = HeaderValue::from_str(&valeur) {
                reponse.headers_mut().append(nom, valeur);
            }
        }
    }
    Ok(reponse)
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::LINK;
    use actix_web::middleware::from_fn;
    use actix_web::test::{TestRequest, call_service, init_service};
    use actix_web::{App, HttpResponse, get};
    use api_types::Method;

    use super::{Depreciation, annoncer};

    const TABLE: &[Depreciation] = &[Depreciation {
        methode: Method::Get,
        modele: "/anciens/{id}",
        depuis: 1_688_169_599,
        retrait: 1_700_000_000,
        lien: "/docs/api/versions",
    }];

    #[get("/anciens/{id}")]
    async fn ancien() -> HttpResponse {
        HttpResponse::Ok().insert_header((LINK, "</anciens/2>; rel=\"next\"")).finish()
    }

    #[get("/presents/{id}")]
    async fn present() -> HttpResponse {
        HttpResponse::Ok().finish()
    }

    #[actix_web::test]
    async fn an_operation_of_the_table_is_announced_and_no_other() {
        let app = App::new().wrap(from_fn(|req, next| annoncer(TABLE, req, next))).service(ancien).service(present);
        let app = init_service(app).await;
        let r = call_service(&app, TestRequest::get().uri("/anciens/1").to_request()).await;
        let dit = |nom: &str| r.headers().get(nom).map(|v| v.to_str().unwrap().to_owned());
        assert_eq!(dit("deprecation").as_deref(), Some("@1688169599"));
        assert_eq!(dit("sunset").as_deref(), Some("Tue, 14 Nov 2023 22:13:20 GMT"));
        let liens: Vec<_> = r.headers().get_all(LINK).map(|v| v.to_str().unwrap()).collect();
        assert_eq!(
            liens,
            ["</anciens/2>; rel=\"next\"", "</docs/api/versions>; rel=\"deprecation\"; type=\"text/html\""]
        );
        let r = call_service(&app, TestRequest::get().uri("/presents/1").to_request()).await;
        assert!(r.headers().get("deprecation").is_none() && r.headers().get("sunset").is_none());
    }
}
