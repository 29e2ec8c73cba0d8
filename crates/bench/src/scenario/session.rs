//! Signing in.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::{Context as _, Result, ensure};
use api_types::comptes::{Connexion, MotDePasse};
use api_types::endpoint::OuvrirSession;

use super::{REQUESTS_MAX, Site};
use crate::base::{ACCOUNTS, PASSWORD, email};
use crate::http::Connection;
use crate::load::{self, Plan, Requests};
use crate::reference::{argon2, blocking};
use crate::report::Measured;
use crate::request::Caller;

/// Signs in and returns the session's cookie.
pub(super) async fn open(server: SocketAddr, email: String) -> Result<String> {
    let mut connection = Connection::open(server).await?;
    connection.send(&request(&Caller::unknown(server), 0, email)?).await?;
    let head = connection.head().await?;
    let text = connection.text(&head, 1_000).await?;
    ensure!(head.status == 200, "the sign-in was answered {}: {text}", head.status);
    head.cookie.context("the sign-in gave no cookie")
}

impl Site<'_> {
    /// Some accounts that each sign in again and again, beside the hash alone.
    pub(super) async fn sign_in(&self) -> Result<Measured> {
        let caller = Caller::unknown(self.caller.server);
        let requests: Vec<Arc<[Vec<u8>]>> = (0..ACCOUNTS)
            .map(|account| Ok([request(&caller, account, email(account))?].into()))
            .collect::<Result<_>>()?;
        let plan = |pace| Plan { name: "sign-in", pace, connections: ACCOUNTS, at_most: REQUESTS_MAX, status: 200 };
        self.framed(
            async |pace| {
                load::run(caller.server, plan(pace), |account| Requests::new(requests[account].clone(), 0)).await
            },
            async |pace| blocking(move || argon2::measure(pace)).await,
        )
        .await
    }
}

fn request(caller: &Caller, account: usize, email: String) -> Result<Vec<u8>> {
    let identity = Connexion { email, mot_de_passe: MotDePasse(PASSWORD.to_owned()) };
    // An address for documentation (RFC 5737): each account at its own.
    Ok(caller.json(&OuvrirSession {}, &identity, &format!("198.51.100.{}", account + 1))?)
}
