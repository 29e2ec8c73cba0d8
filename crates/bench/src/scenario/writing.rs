//! Messages and deposits.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use api_types::endpoint::{DeposerDocument, EnvoyerMessage};

use super::{BYTES_MAX, FEW, MANY, REQUESTS_MAX, Site, ask};
use crate::content::{Content, KILO, MEGA, form_end};
use crate::load::{self, Plan, Requests, Source};
use crate::measure::{Measure, Pace};
use crate::reference::{blocking, disk};
use crate::report::Measured;
use crate::request::Caller;

/// What is said in a message: 200 characters.
const TEXT: &str = "Bonjour, vous trouverez dans le dossier la convention signée et le programme de la formation. \
     Il nous manque encore la feuille de présence du dernier jour, que nous attendons de l’organisme. Merci à vous.";

/// What one connection deposits: each file is new, each dossier has its turn.
pub(super) struct Deposits {
    starts: Arc<[Vec<u8>]>,
    content: Content,
    end: Vec<u8>,
    at: usize,
}

impl Deposits {
    /// Each file of `content` after one of `starts`, from the one at `at` on, and followed by `end`.
    pub(super) fn new(starts: &Arc<[Vec<u8>]>, content: Content, end: String, at: usize) -> Self {
        Self { starts: Arc::clone(starts), content, end: end.into_bytes(), at }
    }
}

impl Source for Deposits {
    fn next(&mut self) -> [&[u8]; 3] {
        self.at += 1;
        [&self.starts[self.at % self.starts.len()], self.content.next(), &self.end]
    }
}

impl Site<'_> {
    /// A message to each dossier in turn, beside a durable write of the same text.
    pub(super) async fn message(&self) -> Result<Measured> {
        self.framed(async |pace| self.messages(pace).await, async |pace| self.disk(pace, TEXT.len(), MANY).await).await
    }

    /// A message to each dossier.
    pub(super) fn message_requests(&self) -> Arc<[Vec<u8>]> {
        self.prepared
            .dossiers
            .iter()
            .map(|(dossier, _)| {
                let start = self.caller.form(&EnvoyerMessage { dossier_id: dossier.uuid() }, &[("corps", TEXT)], None);
                (start + &form_end()).into_bytes()
            })
            .collect()
    }

    /// Messages to each dossier in turn.
    pub(super) async fn messages(&self, pace: Pace) -> Result<Measure> {
        let requests = self.message_requests();
        let plan = Plan { name: "a message", pace, connections: MANY, at_most: REQUESTS_MAX, status: 201 };
        load::run(self.caller.server, plan, |at| Requests::new(requests.clone(), at)).await
    }

    /// Deposits of 50 KB, 16 at a time.
    pub(super) async fn small_deposit(&self) -> Result<Measured> {
        self.deposits("deposit of 50 KB", 50 * KILO, MANY).await
    }

    /// Deposits of 5 MB, 4 at a time.
    pub(super) async fn large_deposit(&self) -> Result<Measured> {
        self.deposits("deposit of 5 MB", 5 * MEGA, FEW).await
    }

    async fn deposits(&self, name: &'static str, size: usize, connections: usize) -> Result<Measured> {
        self.framed(
            async |pace| self.forms(pace, name, size, connections).await,
            async |pace| self.disk(pace, size, connections).await,
        )
        .await
    }

    /// Deposits in forms, to each dossier in turn.
    pub(super) async fn forms(
        &self,
        pace: Pace,
        name: &'static str,
        size: usize,
        connections: usize,
    ) -> Result<Measure> {
        let starts: Arc<[Vec<u8>]> = (0..self.prepared.dossiers.len())
            .map(|dossier| self.deposit_start(&self.caller, dossier, size as u64))
            .collect::<Result<_>>()?;
        let plan = Plan { name, pace, connections, at_most: most(size), status: 201 };
        // Spread, so that connections do not all write to the same dossier.
        let source =
            |at: usize| Deposits::new(&starts, Content::new(size), form_end(), at * starts.len() / connections);
        load::run(self.caller.server, plan, source).await
    }

    /// What a deposit cannot do without.
    pub(super) async fn disk(&self, pace: Pace, size: usize, at_once: usize) -> Result<Measure> {
        let folder = self.scenario.folder.clone();
        blocking(move || disk::measure(pace, &folder, size, at_once, most(size))).await
    }

    /// Deposits one file in the first dossier, and returns what is answered.
    pub(super) async fn deposit(&self, bytes: &[u8]) -> Result<String> {
        let start = self.deposit_start(&self.caller, 0, bytes.len() as u64)?;
        ask(&self.caller, &[&start, bytes, form_end().as_bytes()].concat(), 201).await
    }

    /// The start of a deposit of `size` bytes by `caller`, up to the first of them.
    pub(super) fn deposit_start(&self, caller: &Caller, dossier: usize, size: u64) -> Result<Vec<u8>> {
        let (dossier, piece) = self.prepared.dossiers.get(dossier).context("no dossier")?;
        let operation = DeposerDocument { dossier_id: dossier.uuid() };
        let fields = [("piece", &*piece.uuid().to_string())];
        Ok(caller.form(&operation, &fields, Some(("banc.pdf", size))).into_bytes())
    }
}

/// Most files of `size` bytes that a measure writes.
pub(super) fn most(size: usize) -> u64 {
    (BYTES_MAX / size as u64).min(REQUESTS_MAX / 20)
}
