//! A JSON route that does nothing: the same framework, threads and bytes, without database nor rights.

use std::io::Read as _;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;

use actix_web::web::{Data, Json};
use actix_web::{App, HttpServer, get};
use anyhow::{Context as _, Result};
use api_types::dossiers::Dossier;

use crate::machine::cores;
use crate::process::{Process, bare, free_address};

/// The path of the route.
pub const PATH: &str = "/dossier";

/// The route in a process of its own, which answers `body`: the JSON of a dossier.
pub async fn start(body: &str, folder: &Path) -> Result<(Process, SocketAddr)> {
    let address = free_address()?;
    let program = std::env::current_exe().context("where this program is")?;
    let mut command = bare(&program);
    command.arg("trivial").arg("--ecoute").arg(address.to_string()).stdin(Stdio::piped());
    let mut process = Process::start("trivial", &mut command, folder)?;
    process.tell(body.as_bytes())?;
    process.ready(address, PATH).await?;
    Ok((process, address))
}

/// Serves the route until it is ended: the dossier is read as JSON from the standard input, and written for each request.
pub fn serve(address: SocketAddr) -> Result<()> {
    let mut body = String::new();
    std::io::stdin().read_to_string(&mut body).context("the dossier to answer")?;
    let dossier: Dossier = serde_json::from_str(&body).context("the dossier to answer")?;
    let dossier = Data::new(dossier);
    let server = move || HttpServer::new(move || App::new().app_data(dossier.clone()).service(answer));
    actix_web::rt::System::new()
        .block_on(async move { server().workers(cores()).bind(address)?.run().await.context("the trivial route") })
}

#[get("/dossier")]
async fn answer(dossier: Data<Dossier>) -> Json<Data<Dossier>> {
    Json(dossier)
}
