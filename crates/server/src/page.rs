//! Pages of lists: the JSON holds the cursor of the next one, `Link` its address (RFC 8288).

use actix_web::http::header;
use actix_web::{HttpMessage as _, HttpRequest, HttpResponse};
use serde::Serialize;

use crate::middleware::QueryEntiere;

/// A page of a list, which `suivant` follows.
pub fn repondre(req: &HttpRequest, page: &impl Serialize, suivant: Option<&str>) -> HttpResponse {
    let mut reponse = HttpResponse::Ok();
    if let Some(curseur) = suivant {
        reponse.insert_header((header::LINK, format!("<{}>; rel=\"next\"", adresse(req, curseur))));
    }
    reponse.json(page)
}

/// The address of the next page: the same query with another cursor, whose characters need no escape.
fn adresse(req: &HttpRequest, curseur: &str) -> String {
    let entiere = req.extensions().get::<QueryEntiere>().map_or_else(|| req.query_string().to_owned(), |q| q.0.clone());
    let gardes = entiere.split('&').filter(|p| !p.is_empty() && !p.starts_with("curseur="));
    let paires: Vec<String> = gardes.map(str::to_owned).chain([format!("curseur={curseur}")]).collect();
    format!("{}?{}", req.path(), paires.join("&"))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::adresse;

    #[test]
    fn the_next_page_keeps_the_rest_of_the_query() {
        for (uri, attendue) in [
            ("/a", "/a?curseur=c"),
            ("/a?limite=3", "/a?limite=3&curseur=c"),
            ("/a?curseur=b&q=%C3%A9t%C3%A9", "/a?q=%C3%A9t%C3%A9&curseur=c"),
        ] {
            assert_eq!(adresse(&TestRequest::with_uri(uri).to_http_request(), "c"), attendue);
        }
    }
}
