//! The bytes of requests, written once and sent many times.

use std::fmt::Write as _;
use std::net::SocketAddr;

use api_types::Endpoint;

use crate::content;

/// Who asks, of which server.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The server.
    pub server: SocketAddr,
    /// What the caller presents to be recognised.
    pub identity: Identity,
}

/// What a caller presents.
#[derive(Debug, Clone)]
pub enum Identity {
    /// Nothing.
    Unknown,
    /// The cookie of a session, as `name=value`.
    Session(String),
    /// An access token.
    Token(String),
}

impl Caller {
    /// Somebody who is not signed in.
    pub const fn unknown(server: SocketAddr) -> Self {
        Self { server, identity: Identity::Unknown }
    }

    /// A request without a body.
    pub fn get<E: Endpoint>(&self, operation: &E) -> Vec<u8> {
        self.path("GET", &operation.path())
    }

    /// A request without a body, to a path that is no operation.
    pub fn path(&self, method: &str, path: &str) -> Vec<u8> {
        (self.start(method, path) + "\r\n").into_bytes()
    }

    /// A request with a JSON body, told to come from the network address `from`.
    pub fn json<E: Endpoint>(&self, operation: &E, body: &E::Body, from: &str) -> serde_json::Result<Vec<u8>>
    where
        E::Body: serde::Serialize,
    {
        let body = serde_json::to_vec(body)?;
        let headers = [("X-Forwarded-For", from), ("Content-Type", "application/json")];
        let head = self.head(E::METHOD.as_str(), &operation.path(), &headers, body.len() as u64);
        Ok([head.as_bytes(), &body].concat())
    }

    /// The start of a request with a form: all but the bytes of its file and its end, [`content::form_end`].
    pub fn form<E: Endpoint>(&self, operation: &E, fields: &[(&str, &str)], file: Option<(&str, u64)>) -> String {
        let form = content::form_start(fields, file.map(|(name, _)| name));
        let size = file.map_or(0, |(_, size)| size);
        let length = form.len() as u64 + size + content::form_end().len() as u64;
        let headers = [("Content-Type", &*content::form_type())];
        self.head(E::METHOD.as_str(), &operation.path(), &headers, length) + &form
    }

    /// The head of a request whose body has `length` bytes, with headers of its own.
    pub fn head(&self, method: &str, path: &str, headers: &[(&str, &str)], length: u64) -> String {
        let mut head = self.start(method, path);
        for (name, value) in headers {
            let _ = write!(head, "{name}: {value}\r\n");
        }
        let _ = write!(head, "Content-Length: {length}\r\n\r\n");
        head
    }

    fn start(&self, method: &str, path: &str) -> String {
        let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\nAccept: */*\r\n", self.server);
        let _ = match &self.identity {
            Identity::Unknown => Ok(()),
            Identity::Session(cookie) => write!(head, "Cookie: {cookie}\r\n"),
            Identity::Token(token) => write!(head, "Authorization: Bearer {token}\r\n"),
        };
        head
    }
}

#[cfg(test)]
mod tests {
    use api_types::comptes::{Connexion, MotDePasse};
    use api_types::endpoint::{DeposerDocument, LireSession, OuvrirSession};

    use super::{Caller, Identity};
    use crate::content::form_end;

    fn caller() -> Caller {
        Caller { server: ([127, 0, 0, 1], 8080).into(), identity: Identity::Session("a=b".to_owned()) }
    }

    #[test]
    fn a_request_names_its_host_and_carries_its_cookie() {
        let request = String::from_utf8(caller().get(&LireSession {})).unwrap();
        let expected = "GET /api/v1/session HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nAccept: */*\r\nCookie: a=b\r\n\r\n";
        assert_eq!(request, expected);
    }

    #[test]
    fn a_token_goes_in_its_header() {
        let caller = Caller { identity: Identity::Token("abc".to_owned()), ..caller() };
        let request = String::from_utf8(caller.get(&LireSession {})).unwrap();
        assert!(request.ends_with("Accept: */*\r\nAuthorization: Bearer abc\r\n\r\n"), "{request}");
    }

    #[test]
    fn a_json_body_has_its_length() {
        let body = Connexion { email: "a@b.example".to_owned(), mot_de_passe: MotDePasse("c".to_owned()) };
        let request = String::from_utf8(caller().json(&OuvrirSession {}, &body, "198.51.100.1").unwrap()).unwrap();
        let (head, body) = request.split_once("\r\n\r\n").unwrap();
        assert!(head.contains("X-Forwarded-For: 198.51.100.1\r\n"));
        assert!(head.ends_with(&format!("Content-Length: {}", body.len())));
    }

    #[test]
    fn a_form_has_the_length_of_its_parts() {
        let operation = DeposerDocument { dossier_id: uuid::Uuid::nil() };
        let start = caller().form(&operation, &[("piece", "1")], Some(("a.pdf", 100)));
        let (head, form) = start.split_once("\r\n\r\n").unwrap();
        assert!(head.ends_with(&format!("Content-Length: {}", form.len() + 100 + form_end().len())), "{head}");
    }
}
