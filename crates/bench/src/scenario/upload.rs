//! Resumable uploads: a file with its creation, and in parts.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use api_types::Endpoint as _;
use api_types::endpoint::{CreerTeleversement, PoursuivreTeleversement};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::writing::{Deposits, most};
use super::{FEW, Site};
use crate::content::{Content, MEGA};
use crate::http::Connection;
use crate::load::{self, Plan, Work, exchange};
use crate::measure::{Measure, Pace};
use crate::report::Measured;
use crate::request::Caller;

/// Bytes of a file.
const SIZE: usize = 5 * MEGA;
/// Bytes of a part.
const PART: usize = MEGA;
/// The version of the protocol.
const VERSION: (&str, &str) = ("Tus-Resumable", "1.0.0");
/// The type of the bytes.
const BYTES: (&str, &str) = ("Content-Type", "application/offset+octet-stream");

/// What one connection uploads in parts: each file is new, each dossier has its turn.
struct InParts {
    caller: Caller,
    creations: Arc<[Vec<u8>]>,
    content: Content,
    at: usize,
}

impl Work for InParts {
    async fn perform(&mut self, connection: &mut Connection, status: u16) -> Result<()> {
        self.at += 1;
        let creation = &self.creations[self.at % self.creations.len()];
        let made = exchange(connection, status, [creation, &[], &[]], |_| ()).await?;
        let address = made.location.context("the upload was given no address")?;
        for (number, part) in self.content.next().chunks(PART).enumerate() {
            let headers = [VERSION, BYTES, ("Upload-Offset", &*(number * PART).to_string())];
            let method = PoursuivreTeleversement::METHOD.as_str();
            let head = self.caller.head(method, &address, &headers, part.len() as u64);
            exchange(connection, 204, [head.as_bytes(), part, &[]], |_| ()).await?;
        }
        Ok(())
    }
}

impl Site<'_> {
    /// Files of 5 MB that come with the creation of their upload.
    pub(super) async fn upload_at_once(&self) -> Result<Measured> {
        let starts = self.creations(SIZE as u64);
        self.uploads(async |pace| {
            let source = |at: usize| Deposits::new(&starts, Content::new(SIZE), String::new(), at * starts.len() / FEW);
            load::run(self.caller.server, plan("tus at once", pace), source).await
        })
        .await
    }

    /// Files of 5 MB in five parts, the creation before them.
    pub(super) async fn upload_in_parts(&self) -> Result<Measured> {
        let creations = self.creations(0);
        self.uploads(async |pace| {
            let work = |at: usize| InParts {
                caller: self.caller.clone(),
                creations: Arc::clone(&creations),
                content: Content::new(SIZE),
                at: at * creations.len() / FEW,
            };
            load::work(self.caller.server, plan("tus in parts", pace), work).await
        })
        .await
    }

    /// Beside the same files in forms, and beside what no deposit can do without.
    async fn uploads(&self, measure: impl AsyncFnOnce(Pace) -> Result<Measure>) -> Result<Measured> {
        let forms = async |pace| self.forms(pace, "the same in a form", SIZE, FEW).await;
        let measured = self.framed(measure, forms).await?;
        self.beside(measured, "SHA-256 + write + fsync", async |pace| self.disk(pace, SIZE, FEW).await).await
    }

    /// The start of the creation of an upload in each dossier, of which `with` bytes come at once.
    fn creations(&self, with: u64) -> Arc<[Vec<u8>]> {
        let creation = |(dossier, piece): &(domain::ids::DossierId, domain::ids::TypePieceId)| {
            let metadata =
                format!("filename {},piece {}", STANDARD.encode("banc.pdf"), STANDARD.encode(piece.uuid().to_string()));
            let length = SIZE.to_string();
            let own = [VERSION, ("Upload-Length", &*length), ("Upload-Metadata", &*metadata), BYTES];
            // Bytes have a type, no bytes have none.
            let own = if with > 0 { &own[..] } else { &own[..3] };
            let path = CreerTeleversement { dossier_id: dossier.uuid() }.path();
            self.caller.head(CreerTeleversement::METHOD.as_str(), &path, own, with).into_bytes()
        };
        self.prepared.dossiers.iter().map(creation).collect()
    }
}

fn plan(name: &'static str, pace: Pace) -> Plan {
    Plan { name, pace, connections: FEW, at_most: most(SIZE), status: 201 }
}
