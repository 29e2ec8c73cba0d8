//! The list, one dossier, a download.

use std::sync::Arc;

use anyhow::{Context as _, Result, ensure};
use api_types::documents::Document;
use api_types::dossiers::{FiltreDossiers, PageDossiers};
use api_types::endpoint::{LireDossier, ListerDossiers, TelechargerDocument};
use jiff::civil::date;

use super::{FEW, MANY, Site, ask, reads, session};
use crate::base::PAGE;
use crate::content::{Content, MEGA};
use crate::load::{self, Requests};
use crate::measure::{Measure, Pace};
use crate::reference::{blocking, nginx, sql, trivial};
use crate::report::Measured;
use crate::request::{Caller, Identity};

/// Bytes of the document that is downloaded.
const SIZE: usize = 5 * MEGA;

/// The request of a first page of the list, which has all its dossiers.
pub(super) async fn page(caller: &Caller, query: FiltreDossiers) -> Result<Arc<[Vec<u8>]>> {
    let request = caller.get(&ListerDossiers { query });
    let found: PageDossiers = serde_json::from_str(&ask(caller, &request, 200).await?)?;
    ensure!(found.elements.len() == PAGE, "the page has {} dossiers instead of {PAGE}", found.elements.len());
    Ok([request].into())
}

impl Site<'_> {
    /// Each dossier of the établissement in turn, beside a route that answers one of them from memory.
    pub(super) async fn dossier(&self) -> Result<Measured> {
        let requests: Arc<[Vec<u8>]> = self
            .prepared
            .dossiers
            .iter()
            .map(|(dossier, _)| self.caller.get(&LireDossier { dossier_id: dossier.uuid() }))
            .collect();
        let mut bodies = Vec::new();
        for request in requests.iter() {
            bodies.push(ask(&self.caller, request, 200).await?);
        }
        bodies.sort_by_key(String::len);
        let body = bodies.get(bodies.len() / 2).context("no dossier")?;
        let (_trivial, address) = trivial::start(body, &self.scenario.folder).await?;
        let reference: Arc<[Vec<u8>]> = [Caller::unknown(address).path("GET", trivial::PATH)].into();
        self.framed(
            async |pace| {
                load::run(self.caller.server, reads("one dossier", pace, MANY), |at| {
                    // Spread, so that connections do not all ask for the same dossier.
                    Requests::new(requests.clone(), at * PAGE / MANY)
                })
                .await
            },
            async |pace| {
                load::run(address, reads("the trivial route", pace, MANY), |at| Requests::new(reference.clone(), at))
                    .await
            },
        )
        .await
    }

    /// The first page, beside the query of that page.
    pub(super) async fn list(&self) -> Result<Measured> {
        let requests = page(&self.caller, FiltreDossiers::default()).await?;
        let measured = self.framed(
            async |pace| {
                load::run(self.caller.server, reads("the list", pace, MANY), |at| Requests::new(requests.clone(), at))
                    .await
            },
            async |pace| self.query(pace).await,
        );
        let measured = measured.await?;
        if self.scenario.engine.file().is_none() {
            return Ok(measured);
        }
        self.beside(measured, "the same page through our layer", async |pace| self.layered(pace).await).await
    }

    /// The first page of a gestionnaire, whole or filtered, beside that of a member.
    pub(super) async fn portfolio(&self, filtered: bool) -> Result<Measured> {
        let cookie = session::open(self.caller.server, self.prepared.gestionnaire.clone()).await?;
        let gestionnaire = Caller { server: self.caller.server, identity: Identity::Session(cookie) };
        let query = if filtered {
            // One dossier in a few, all over the order of the list.
            FiltreDossiers {
                dispositif: Some("PLAN".to_owned()),
                debut_apres: Some(date(2026, 1, 1)),
                ..FiltreDossiers::default()
            }
        } else {
            FiltreDossiers::default()
        };
        let (all, mine) = (page(&gestionnaire, query).await?, page(&self.caller, FiltreDossiers::default()).await?);
        self.framed(
            async |pace| self.read(pace, "the list of a gestionnaire", &all).await,
            async |pace| self.read(pace, "the list of a member", &mine).await,
        )
        .await
    }

    /// The query of the page: bare on SQLite, through our layer on a server.
    async fn query(&self, pace: Pace) -> Result<Measure> {
        let Some(file) = self.scenario.engine.file() else { return self.layered(pace).await };
        let (file, etablissement) = (file.to_owned(), self.prepared.etablissement);
        blocking(move || sql::bare(pace, &file, etablissement)).await
    }

    async fn layered(&self, pace: Pace) -> Result<Measure> {
        let (base, membre) = (self.base.clone(), self.prepared.membre);
        blocking(move || sql::layered(pace, &base, membre)).await
    }

    /// One document of 5 MB, beside nginx serving the same bytes.
    pub(super) async fn download(&self) -> Result<Measured> {
        let program = nginx::program().context("nginx is not installed (on Debian: apt-get install nginx-light)")?;
        let bytes = Content::new(SIZE).next().to_vec();
        let document: Document = serde_json::from_str(&self.deposit(&bytes).await?)?;
        let requests: Arc<[Vec<u8>]> = [self.caller.get(&TelechargerDocument { document_id: document.id })].into();
        let (_nginx, address) = nginx::start(&program, &bytes, &self.scenario.folder).await?;
        let reference: Arc<[Vec<u8>]> = [Caller::unknown(address).path("GET", nginx::PATH)].into();
        self.framed(
            async |pace| {
                load::run(self.caller.server, reads("download", pace, FEW), |at| Requests::new(requests.clone(), at))
                    .await
            },
            async |pace| load::run(address, reads("nginx", pace, FEW), |at| Requests::new(reference.clone(), at)).await,
        )
        .await
    }
}
