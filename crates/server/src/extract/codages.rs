//! In which codings a client takes contents (RFC 9110, section 12.5.3).

use actix_web::http::header::{self, HeaderMap};

/// Whether `Accept-Encoding` names a coding and does not forbid it.
pub fn accepte(entetes: &HeaderMap, codage: &str) -> bool {
    let textes = entetes.get_all(header::ACCEPT_ENCODING).filter_map(|v| v.to_str().ok());
    textes.flat_map(|t| t.split(',')).any(|choix| {
        let mut morceaux = choix.split(';').map(str::trim);
        let nomme = morceaux.next().is_some_and(|nom| nom.eq_ignore_ascii_case(codage));
        let poids = morceaux.find_map(|m| m.strip_prefix("q=")).map(str::parse::<f32>);
        nomme && poids.is_none_or(|q| q.is_ok_and(|q| q > 0.0))
    })
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{ACCEPT_ENCODING, HeaderMap, HeaderValue};

    use super::accepte;

    #[test]
    fn codings_are_named_and_may_be_forbidden() {
        for (valeur, attendu) in [
            ("gzip", true),
            ("br, GZIP", true),
            ("br;q=1.0, gzip;q=0.5", true),
            ("gzip; q=0.001", true),
            ("gzip;q=0", false),
            ("gzip;q=0.0, br", false),
            ("gzip;q=peut-être", false),
            ("x-gzip, br", false),
            ("*", false),
            ("", false),
        ] {
            let mut entetes = HeaderMap::new();
            entetes.insert(ACCEPT_ENCODING, HeaderValue::from_str(valeur).unwrap());
            assert_eq!(accepte(&entetes, "gzip"), attendu, "{valeur}");
        }
        assert!(!accepte(&HeaderMap::new(), "gzip"));
    }
}
