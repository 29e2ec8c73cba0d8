//! `egestion`: the API, the page and the background work, in one binary.

use std::net::TcpListener;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use server::config::Config;
use server::extract::adresse::Proxies;
use server::spa::Fichiers;
use server::{openapi, startup};

/// eGestion: the extranet of training dossiers.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    commande: Commande,
}

#[derive(Debug, Subcommand)]
enum Commande {
    /// Serves the API and the page, and does the background work.
    Serve(Config),
    /// Does the background work alone.
    Worker(Config),
    /// Applies the migrations of the database.
    Migrate(Config),
    /// Prints the OpenAPI document.
    Openapi,
}

#[actix_web::main]
async fn main() -> ExitCode {
    let filtre = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info,actix_server=warn"));
    tracing_subscriber::fmt().json().with_env_filter(filtre).with_writer(std::io::stderr).init();
    match executer(Cli::parse().commande).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("egestion : {e}");
            ExitCode::FAILURE
        }
    }
}

async fn executer(commande: Commande) -> Result<(), String> {
    match commande {
        Commande::Serve(config) => servir(config).await,
        Commande::Worker(config) => {
            let app = ouvrir(&config)?;
            app::worker::travailler(app).await;
            Ok(())
        }
        Commande::Migrate(config) => config.base()?.migrate().map_err(|e| e.to_string()),
        Commande::Openapi => {
            print!("{}", openapi::json());
            Ok(())
        }
    }
}

fn ouvrir(config: &Config) -> Result<app::App, String> {
    let base = config.base()?;
    base.migrate().map_err(|e| e.to_string())?;
    config.app(base)
}

async fn servir(config: Config) -> Result<(), String> {
    let app = ouvrir(&config)?;
    let fichiers = match Fichiers::lire(&config.web) {
        Ok(fichiers) => fichiers,
        Err(e) => {
            tracing::warn!(dossier = %config.web.display(), erreur = %e, "page absente : l’API seule est servie");
            Fichiers::default()
        }
    };
    let ecoute = TcpListener::bind(config.listen).map_err(|e| format!("{} : {e}", config.listen))?;
    let threads = config
        .threads
        .unwrap_or_else(|| std::thread::available_parallelism().map_or(2, std::num::NonZero::get));
    tokio::spawn(app::hub::lire(app.clone()));
    tokio::spawn(app::worker::travailler(app.clone()));
    tokio::spawn(balayer(app.clone()));
    tokio::spawn(fermer(app.clone()));
    let serveur = startup::server(ecoute, app, Proxies(config.proxies), fichiers, threads).map_err(|e| e.to_string())?;
    eprintln!("eGestion répond sur http://{}", config.listen);
    serveur.await.map_err(|e| e.to_string())
}

/// Ends the live streams when the process is asked to stop: the server waits for its answers to end.
async fn fermer(app: app::App) {
    let interruption = tokio::signal::ctrl_c();
    #[cfg(unix)]
    let fin = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => signal.recv().await,
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let fin = std::future::pending::<Option<()>>();
    tokio::select! {
        _ = interruption => {}
        _ = fin => {}
    }
    app.hub().fermer();
}

/// Sweeps the vault's orphans and the old events, once a day.
async fn balayer(app: app::App) {
    loop {
        match app::worker::balayer(&app).await {
            Ok(0) => {}
            Ok(retires) => tracing::info!(retires, "fichiers sans document balayés"),
            Err(e) => tracing::warn!(erreur = %e, "le coffre ne se balaie pas"),
        }
        if let Err(e) = app::worker::purger_evenements(&app).await {
            tracing::warn!(erreur = %e, "les anciens évènements ne se retirent pas");
        }
        tokio::time::sleep(std::time::Duration::from_secs(24 * 3600)).await;
    }
}
