//! `egestion`: the API, the page and the background work, in one binary.

use std::io::BufWriter;
use std::net::TcpListener;
use std::process::ExitCode;

use app::bac_a_sable::{BacASable, prevenir, reserver};
use app::ports::horloge::Horloge;
use clap::{Args, Parser, Subcommand};
use domain::mode::Mode;
use server::config::Config;
use server::extract::adresse::Proxies;
use server::spa::Fichiers;
use server::{openapi, startup};
use tracing_appender::non_blocking::NonBlockingBuilder;

#[global_allocator]
static MEMOIRE: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Bytes of the log written at once.
const JOURNAL: usize = 64 * 1024;

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
    /// Serves a sandbox: invented data alone, in a database of its own that may be forced.
    BacASable(Config),
    /// Does the background work alone.
    Worker(Config),
    /// Applies the migrations of the database.
    Migrate(Config),
    /// Fills an empty database with invented companies, people and dossiers, and prints the sign-ins.
    Demo(Demo),
    /// Makes a new key to sign access tokens; the former one still verifies those that live.
    RotateKeys(Config),
    /// Prints the OpenAPI document.
    Openapi {
        /// The operations of a sandbox instead.
        #[arg(long)]
        bac_a_sable: bool,
    },
}

#[derive(Debug, Args)]
struct Demo {
    #[command(flatten)]
    config: Config,
    /// Succeeds and does nothing when the database is in use.
    #[arg(long)]
    si_vide: bool,
    /// Adds this many generated dossiers, for measures.
    #[arg(long, default_value_t = 0)]
    dossiers: u32,
}

#[actix_web::main]
async fn main() -> ExitCode {
    let filtre = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info,actix_server=warn"));
    // One thread writes the log, many lines at a time when there are many; none is left out. What is still to be written
    // at the end is written when `_journal` goes.
    let (journal, _journal) =
        NonBlockingBuilder::default().lossy(false).finish(BufWriter::with_capacity(JOURNAL, std::io::stderr()));
    tracing_subscriber::fmt().json().with_env_filter(filtre).with_writer(journal).init();
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
        Commande::Serve(config) => servir(ouvrir(&config)?, config).await,
        Commande::BacASable(config) => {
            let config = config.du_bac_a_sable()?;
            servir(ouvrir_bac(&config)?, config).await
        }
        Commande::Worker(config) => {
            let app = ouvrir(&config)?;
            app::worker::travailler(app).await;
            Ok(())
        }
        Commande::Migrate(config) => preparer(&config).map(drop),
        Commande::Demo(demo) => remplir(demo).await,
        Commande::RotateKeys(config) => {
            let kid = app::oauth::tourner(&ouvrir(&config)?).await.map_err(|e| e.to_string())?;
            println!("La clé {kid} signe désormais les jetons d’accès.");
            Ok(())
        }
        Commande::Openapi { bac_a_sable } => {
            print!("{}", if bac_a_sable { openapi::json_du_bac() } else { openapi::json() });
            Ok(())
        }
    }
}

/// The database, migrated and with its reference data.
fn preparer(config: &Config) -> Result<db::Base, String> {
    let base = config.base()?;
    base.migrate().map_err(|e| e.to_string())?;
    if app::referentiel::installer(&base, Horloge::Systeme.maintenant()).map_err(|e| e.to_string())? {
        tracing::info!("dispositifs et catégories de pièces installés");
    }
    Ok(base)
}

/// The application over real data: a sandbox is refused.
fn ouvrir(config: &Config) -> Result<app::App, String> {
    let base = preparer(config)?;
    reserver(&base, Mode::Reel).map_err(|e| e.to_string())?;
    config.app(base, None)
}

/// The application over a sandbox: real data are refused, and left as they are.
fn ouvrir_bac(config: &Config) -> Result<app::App, String> {
    prevenir(&config.base()?).map_err(|e| e.to_string())?;
    let base = preparer(config)?;
    let bac = BacASable::ouvrir(&base).map_err(|e| e.to_string())?;
    config.app(base, Some(bac))
}

async fn servir(app: app::App, config: Config) -> Result<(), String> {
    let fichiers = match Fichiers::lire(&config.web) {
        Ok(fichiers) => fichiers,
        Err(e) => {
            tracing::warn!(dossier = %config.web.display(), erreur = %e, "page absente : l’API seule est servie");
            Fichiers::default()
        }
    };
    let ecoute = TcpListener::bind(config.listen).map_err(|e| format!("{} : {e}", config.listen))?;
    let threads =
        config.threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(2, std::num::NonZero::get));
    tokio::spawn(app::hub::lire(app.clone()));
    tokio::spawn(app::worker::travailler(app.clone()));
    tokio::spawn(balayer(app.clone()));
    tokio::spawn(app::oauth::tenir_usages(app.clone()));
    tokio::spawn(fermer(app.clone()));
    let serveur =
        startup::server(ecoute, app.clone(), Proxies(config.proxies), fichiers, threads).map_err(|e| e.to_string())?;
    let nom = if app.mode() == Mode::BacASable { "Le bac à sable d’eGestion" } else { "eGestion" };
    eprintln!("{nom} répond sur http://{}", config.listen);
    let fini = serveur.await.map_err(|e| e.to_string());
    if let Err(e) = app::oauth::ecrire_usages(&app).await {
        tracing::warn!(erreur = %e, "l’usage des clients API ne s’écrit pas");
    }
    fini
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

/// Fills the database, unless it is in use: nothing of a server that runs is touched before that is known.
async fn remplir(Demo { config, si_vide, dossiers }: Demo) -> Result<(), String> {
    let base = preparer(&config)?;
    if !base.read(db::lots::vide).map_err(|e| e.to_string())? {
        return if si_vide { Ok(()) } else { Err(app::demo::Echec::NonVide.to_string()) };
    }
    reserver(&base, Mode::Reel).map_err(|e| e.to_string())?;
    let app = config.app(base, None)?;
    let acces = app::demo::remplir(&app, dossiers).await.map_err(|e| e.to_string())?;
    println!("Démonstration prête. Mot de passe de tous : {}\n", app::demo::MOT_DE_PASSE);
    for a in acces {
        println!("  {:<42} {:<18} {}", a.email, a.nom, a.qui);
    }
    println!("\n  Client API (POST /oauth/token) : {}\n  secret : {}", app::demo::CLIENT_API, app::demo::SECRET_API);
    Ok(())
}

/// Sweeps once a day; what fails tells it itself, and is tried again with the next sweep.
async fn balayer(app: app::App) {
    loop {
        match app::worker::balayer(&app).await {
            Ok(0) | Err(_) => {}
            Ok(retires) => tracing::info!(retires, "fichiers sans document balayés"),
        }
        tokio::time::sleep(std::time::Duration::from_secs(24 * 3600)).await;
    }
}
