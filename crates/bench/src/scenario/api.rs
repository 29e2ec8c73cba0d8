//! What a program does with a token: gets one, reads one dossier, reads the list.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use api_types::Endpoint as _;
use api_types::dossiers::FiltreDossiers;
use api_types::endpoint::{EmettreJeton, LireDossier};
use api_types::oauth::Jeton;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::reading::page;
use super::{MANY, REQUESTS_MAX, Site, ask, reads};
use crate::base::{PAGE, SECRET};
use crate::load::{self, Plan, Requests};
use crate::measure::{Measure, Pace};
use crate::reference::{blocking, signature, trivial};
use crate::report::Measured;
use crate::request::{Caller, Identity};

impl Site<'_> {
    /// Tokens given for the secret of the client, beside the hash and the signature alone.
    pub(super) async fn token(&self) -> Result<Measured> {
        let token = self.new_token().await?;
        let (signed, _) = token.rsplit_once('.').context("the token is not signed")?;
        let signed: Arc<[u8]> = signed.as_bytes().into();
        let requests: Arc<[Vec<u8>]> = [self.token_request()].into();
        let plan = |pace| Plan { name: "a token", pace, connections: MANY, at_most: REQUESTS_MAX, status: 200 };
        self.framed(
            async |pace| load::run(self.caller.server, plan(pace), |at| Requests::new(requests.clone(), at)).await,
            async |pace| {
                let signed = Arc::clone(&signed);
                blocking(move || signature::measure(pace, &signed)).await
            },
        )
        .await
    }

    /// Each dossier in turn with a token, beside the same with a session and beside the trivial route.
    pub(super) async fn dossier_by_token(&self) -> Result<Measured> {
        let program = self.program().await?;
        let (by_token, by_session) = (self.dossiers(&program), self.dossiers(&self.caller));
        let body = ask(&program, by_token.first().context("no dossier")?, 200).await?;
        let measured = self
            .framed(
                async |pace| self.read(pace, "one dossier, by token", &by_token).await,
                async |pace| self.read(pace, "one dossier, by session", &by_session).await,
            )
            .await?;
        let (_trivial, address) = trivial::start(&body, &self.scenario.folder).await?;
        let request: Arc<[Vec<u8>]> = [Caller::unknown(address).path("GET", trivial::PATH)].into();
        let beside = async |pace| {
            load::run(address, reads("the trivial route", pace, MANY), |at| Requests::new(request.clone(), at)).await
        };
        self.beside(measured, "trivial JSON route", beside).await
    }

    /// The first page with a token, beside the same with a session.
    pub(super) async fn list_by_token(&self) -> Result<Measured> {
        let program = self.program().await?;
        let all = FiltreDossiers::default;
        let (by_token, by_session) = (page(&program, all()).await?, page(&self.caller, all()).await?);
        self.framed(
            async |pace| self.read(pace, "the list, by token", &by_token).await,
            async |pace| self.read(pace, "the list, by session", &by_session).await,
        )
        .await
    }

    /// The client with a token just given, which lives longer than a measure and its reference.
    pub(super) async fn program(&self) -> Result<Caller> {
        Ok(Caller { server: self.caller.server, identity: Identity::Token(self.new_token().await?) })
    }

    async fn new_token(&self) -> Result<String> {
        let answer = ask(&self.caller, &self.token_request(), 200).await.context("no token")?;
        let token: Jeton = serde_json::from_str(&answer)?;
        Ok(token.access_token.0)
    }

    fn token_request(&self) -> Vec<u8> {
        const FORM: &str = "grant_type=client_credentials";
        let proof = STANDARD.encode(format!("{}:{SECRET}", self.prepared.client));
        let headers =
            [("Authorization", &*format!("Basic {proof}")), ("Content-Type", "application/x-www-form-urlencoded")];
        let caller = Caller::unknown(self.caller.server);
        let head = caller.head(EmettreJeton::METHOD.as_str(), &EmettreJeton {}.path(), &headers, FORM.len() as u64);
        (head + FORM).into_bytes()
    }

    fn dossiers(&self, caller: &Caller) -> Arc<[Vec<u8>]> {
        let one = |dossier: uuid::Uuid| caller.get(&LireDossier { dossier_id: dossier });
        self.prepared.dossiers.iter().map(|(dossier, _)| one(dossier.uuid())).collect()
    }

    pub(super) async fn read(&self, pace: Pace, name: &'static str, requests: &Arc<[Vec<u8>]>) -> Result<Measure> {
        // Spread, so that connections do not all ask for the same dossier.
        let source = |at: usize| Requests::new(Arc::clone(requests), at * PAGE / MANY);
        load::run(self.caller.server, reads(name, pace, MANY), source).await
    }
}
