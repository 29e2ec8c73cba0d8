//! The real server, on a fresh database, a fresh vault and a clock that tests move.

use std::collections::HashSet;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread::JoinHandle;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use app::bac_a_sable::BacASable;
use app::context::{CoutArgon2, Ports};
use app::ports::antivirus::Antivirus;
use app::ports::coursier::{Coursier, Noms};
use app::ports::facteur::Facteur;
use app::ports::horloge::Horloge;
use app::ports::trousseau::Trousseau;
use app::quotas::ParMinute;
use app::{App, Error, Reglages};
use db::Conn;
use db::codes::JobStatut;
use db::schema::{abonnements_webhook, courriels, documents, jobs, journal, messages, utilisateurs};
use db::types::V;
use diesel::prelude::*;
use domain::document::Usage;
use domain::ids::{DocumentId, Id, MessageId, UtilisateurId, WebhookId};
use domain::message::Nature;
use domain::mode::Mode;
use domain::webhook::Ouverture;
use jiff::Timestamp;
use server::extract::adresse::Proxies;
use server::spa::Fichiers;
use uuid::Uuid;

use crate::base::BaseEssai;
use crate::coffre::CoffreEssai;
use crate::{Client, Monde, Semis, plans};

/// What a test may choose.
#[derive(Debug, Clone)]
pub struct Options {
    /// The undo window of a deposit, in seconds.
    pub annulation_secondes: u32,
    /// Whether the hub of live events runs, for the tests of the stream.
    pub fil: bool,
    /// How often the live stream beats and reads its rights again.
    pub battement: Duration,
    /// How long a body may bring nothing.
    pub silence: Duration,
    /// The clock's first instant.
    pub depart: Timestamp,
    /// How far webhooks go.
    pub webhooks: Ouverture,
    /// Requests that each caller may send; no limit by default.
    pub quotas: ParMinute,
    /// Whether the demonstration takes the place of [`Monde::simple`]; [`TestApp::monde`] then panics.
    pub demonstration: bool,
    /// How many generated dossiers it holds besides.
    pub dossiers: u32,
    /// Through which relay the vault on S3 is reached, as `host:port`.
    pub relais_s3: Option<String>,
    /// The antivirus, as in the settings of the product; none scans nothing.
    pub antivirus: Option<String>,
    /// The mail server, as in the settings of the product; none writes mails to files.
    pub smtp: Option<String>,
    /// The cost of a password's hash.
    pub argon2: CoutArgon2,
    /// How long the public operations on accounts take at least.
    pub reponse_minimale: Duration,
    /// A sandbox is empty but for reference data, and its clock is the machine's: [`TestApp::monde`] then panics.
    pub mode: Mode,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            annulation_secondes: 60,
            fil: false,
            battement: Duration::from_secs(15),
            silence: Duration::from_secs(30),
            depart: "2026-11-23T09:00:00Z".parse().unwrap(),
            webhooks: Ouverture::Developpement,
            quotas: ParMinute::default(),
            demonstration: false,
            dossiers: 0,
            relais_s3: None,
            antivirus: None,
            smtp: None,
            argon2: CoutArgon2 { memoire: 8, passes: 1 },
            reponse_minimale: Duration::ZERO,
            mode: Mode::Reel,
        }
    }
}

/// A mail of the outbox, the earliest first.
#[derive(Debug, Clone, PartialEq, Eq, diesel::Queryable)]
pub struct Courriel {
    /// To whom.
    pub destinataire: String,
    /// Its subject.
    pub sujet: String,
    /// Its text, with `{url}` and `{organisme}`; `None` once it is sent.
    pub corps: Option<String>,
}

/// The real server over a world of its own. When it is dropped, after a test that passed, it
/// checks that no job was given up, that the vault holds no orphan, and that what was written was
/// journaled.
pub struct TestApp {
    app: App,
    monde: Option<Monde>,
    http: reqwest::Client,
    dossier: PathBuf,
    coffre: CoffreEssai,
    options: Options,
    // Stopped before the database goes.
    serveur: Option<Noeud>,
    // Dropped last: the database goes when nobody uses it any more.
    base: BaseEssai,
}

impl TestApp {
    /// A server over [`Monde::simple`].
    pub async fn new() -> Self {
        Self::avec(Options::default()).await
    }

    /// The same, with options.
    pub async fn avec(options: Options) -> Self {
        tokio::task::spawn_blocking(move || Self::demarrer(options)).await.unwrap()
    }

    fn demarrer(options: Options) -> Self {
        let dossier = racine().join(format!("egestion-essai-{}", Uuid::now_v7().simple()));
        std::fs::create_dir_all(&dossier).unwrap();
        let base_essai = BaseEssai::creer(&dossier);
        plans::noter();
        let depart = options.depart;
        let coffre = CoffreEssai::creer(&dossier);
        let app = application(&base_essai, &coffre, &dossier, depart, &options);
        let monde = if options.demonstration {
            tokio::runtime::Handle::current().block_on(app::demo::remplir(&app, options.dossiers)).unwrap();
            None
        } else if options.mode == Mode::BacASable {
            app::referentiel::installer(app.base(), app.horloge().maintenant()).unwrap();
            None
        } else {
            Some(app.base().write(move |conn| Ok::<_, Error>(Monde::simple(&mut Semis { conn, le: depart }))).unwrap())
        };
        let serveur = Noeud::servir(app.clone(), options.fil);
        let http = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { app, monde, http, dossier, coffre, options, serveur: Some(serveur), base: base_essai }
    }

    /// The application behind the server.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// The sandbox, where it is one.
    pub fn bac_a_sable(&self) -> &BacASable {
        self.app.bac_a_sable().expect("un bac à sable")
    }

    /// The people and dossiers.
    pub fn monde(&self) -> &Monde {
        self.monde.as_ref().expect("la démonstration et le bac à sable n’ont pas ces personnes")
    }

    /// The server's address, without a final slash.
    pub fn url(&self) -> &str {
        self.serveur.as_ref().expect("un serveur").url()
    }

    /// Nobody signed in.
    pub fn anonyme(&self) -> Client {
        Client::new(self.http.clone(), self.url().to_owned(), None)
    }

    /// Somebody signed in, by a session of their own.
    pub fn client(&self, utilisateur: UtilisateurId) -> Client {
        let jeton = Uuid::new_v4().simple().to_string();
        let j = jeton.clone();
        self.semer(move |s| s.session(utilisateur, &j));
        Client::new(self.http.clone(), self.url().to_owned(), Some(&jeton))
    }

    /// The administrateur of A1 and A2.
    pub fn administrateur(&self) -> Client {
        self.client(self.monde().administrateur)
    }

    /// The contributeur of A1 and A2.
    pub fn membre(&self) -> Client {
        self.client(self.monde().membre)
    }

    /// The lecteur of A1.
    pub fn lecteur(&self) -> Client {
        self.client(self.monde().lecteur)
    }

    /// The administrateur of company B.
    pub fn autre_membre(&self) -> Client {
        self.client(self.monde().autre_membre)
    }

    /// The gestionnaire of company A.
    pub fn gestionnaire(&self) -> Client {
        self.client(self.monde().gestionnaire)
    }

    /// The gestionnaire of company B.
    pub fn autre_gestionnaire(&self) -> Client {
        self.client(self.monde().autre_gestionnaire)
    }

    /// The administrateur of the OPCO.
    pub fn opco_admin(&self) -> Client {
        self.client(self.monde().opco_admin)
    }

    /// The clock's instant.
    pub fn maintenant(&self) -> Timestamp {
        self.app.horloge().maintenant()
    }

    /// Moves the clock forward.
    pub fn avancer(&self, secondes: i64) {
        self.app.horloge().avancer(secondes);
    }

    /// Runs every job whose time has come; returns how many.
    pub async fn travailler(&self) -> usize {
        app::worker::vider(&self.app).await.unwrap()
    }

    /// Deals out every event and tries every webhook whose time has come; returns the number of attempts.
    pub async fn expedier(&self) -> usize {
        app::webhooks::vider(&self.app).await.unwrap()
    }

    /// Puts bytes in the vault, as a deposit does; returns the name that a row must hold.
    pub async fn ranger(&self, octets: &[u8]) -> String {
        let mut reception = self.app.coffre().recevoir(20 * 1024 * 1024);
        reception.ecrire(&bytes::Bytes::copy_from_slice(octets)).await.unwrap();
        reception.sceller().await.unwrap().blob
    }

    /// Sows rows at the clock's instant.
    pub fn semer<T: Send + 'static>(&self, f: impl FnOnce(&mut Semis<'_>) -> T + Send + 'static) -> T {
        let le = self.maintenant();
        self.app.base().write(move |conn| Ok::<_, Error>(plans::du_test(|| f(&mut Semis { conn, le })))).unwrap()
    }

    /// Reads rows.
    pub fn lire<T>(&self, f: impl FnOnce(&mut Conn) -> QueryResult<T>) -> T {
        self.app.base().read(|conn| f(conn).map_err(Error::from)).unwrap()
    }

    /// The outbox, the earliest first.
    pub fn courriels(&self) -> Vec<Courriel> {
        self.lire(|conn| {
            courriels::table
                .order(courriels::id)
                .select((courriels::destinataire, courriels::sujet, courriels::corps))
                .load(conn)
        })
    }

    /// Number of blobs in the vault.
    pub fn blobs(&self) -> usize {
        self.coffre.blobs().len()
    }

    /// Number of files whose bytes are on their way into the vault.
    pub fn receptions(&self) -> usize {
        self.coffre.en_cours()
    }

    /// The same product started again, after a stop or beside the first: what it knows is in the database alone.
    pub fn redemarrer(&self) -> App {
        application(&self.base, &self.coffre, &self.dossier, self.maintenant(), &self.options)
    }

    /// A second node of the pool: its own server and connections, on the same database and vault.
    pub fn voisin(&self) -> Noeud {
        Noeud::servir(self.redemarrer(), self.options.fil)
    }

    /// The files that the postman wrote.
    pub fn lettres(&self) -> Vec<String> {
        let Ok(fichiers) = std::fs::read_dir(self.dossier.join("mail")) else { return Vec::new() };
        fichiers.map(|f| std::fs::read_to_string(f.unwrap().path()).unwrap()).collect()
    }

    /// The acts journaled about an object, the earliest first.
    pub fn journal(&self, objet: Uuid) -> Vec<String> {
        self.lire(|conn| {
            journal::table
                .filter(journal::objet_id.eq(V(Id::<db::journal::Objet>::new(objet))))
                .order(journal::id)
                .select(journal::action)
                .load(conn)
        })
    }

    fn verifier(&self) {
        let morts: Vec<Option<String>> = self.lire(|conn| {
            jobs::table.filter(jobs::statut.eq(V(JobStatut::Mort))).select(jobs::derniere_erreur).load(conn)
        });
        assert!(morts.is_empty(), "travaux abandonnés : {morts:?}");
        let blobs = self.coffre.blobs();
        let orphelins = self.app.base().read(|conn| db::documents::orphelins(conn, blobs)).unwrap();
        assert!(orphelins.is_empty(), "fichiers du coffre sans document : {orphelins:?}");
        let traces: Vec<V<Id<db::journal::Objet>>> =
            self.lire(|conn| journal::table.select(journal::objet_id).load(conn));
        let traces: HashSet<Uuid> = traces.into_iter().map(|t| t.0.uuid()).collect();
        macro_rules! journalise {
            ($table:ident, $id:ty, $filtre:expr) => {
                let ids: Vec<V<$id>> = self.lire(|conn| $table::table.filter($filtre).select($table::id).load(conn));
                let sans: Vec<_> = ids.into_iter().filter(|id| !traces.contains(&id.0.uuid())).collect();
                assert!(sans.is_empty(), "écritures sans trace : {} {sans:?}", stringify!($table));
            };
        }
        journalise!(utilisateurs, UtilisateurId, utilisateurs::email.ne(""));
        journalise!(documents, DocumentId, documents::usage.eq(V(Usage::Piece)));
        journalise!(abonnements_webhook, WebhookId, abonnements_webhook::url.ne(""));
        // An automatic message is told by the trace of the act that it tells.
        journalise!(messages, MessageId, messages::nature.eq(V(Nature::Echange)));
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        drop(self.serveur.take());
        if !std::thread::panicking() {
            self.verifier();
            // A sandbox is emptied at will, and holds few rows.
            if let (Some(fichier), Mode::Reel) = (self.base.url.strip_prefix("sqlite://"), self.options.mode) {
                plans::verifier(fichier);
            }
        }
        let _ = std::fs::remove_dir_all(&self.dossier);
    }
}

fn application(base: &BaseEssai, coffre: &CoffreEssai, dossier: &Path, le: Timestamp, options: &Options) -> App {
    let base = db::Base::open(&base.url, 4).unwrap();
    let bac_a_sable = (options.mode == Mode::BacASable).then(|| BacASable::ouvrir(&base).unwrap());
    let ports = Ports {
        base,
        coffre: coffre.ouvrir(options.relais_s3.as_deref()),
        antivirus: Antivirus::parse(options.antivirus.as_deref()),
        coursier: Coursier::new(options.webhooks, Noms::Table(Mutex::default())).unwrap(),
        trousseau: Trousseau::open(&dossier.join("cle-secrets")).unwrap(),
        facteur: Facteur::open(options.smtp.as_deref(), dossier.join("mail")).unwrap(),
        horloge: bac_a_sable.as_ref().map_or_else(|| Horloge::manuelle(le), BacASable::horloge),
        bac_a_sable,
    };
    let reglages = Reglages {
        annulation_secondes: options.annulation_secondes,
        argon2: options.argon2,
        reponse_minimale: options.reponse_minimale,
        battement: options.battement,
        silence: options.silence,
        quotas: options.quotas,
        ..Reglages::default()
    };
    App::new(ports, reglages).unwrap()
}

/// A server on a thread of its own, as `egestion serve` runs it; it stops when it is dropped.
pub struct Noeud {
    url: String,
    arret: ServerHandle,
    fil: Option<JoinHandle<()>>,
}

impl Noeud {
    fn servir(app: App, lire_le_fil: bool) -> Self {
        let ecoute = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", ecoute.local_addr().unwrap());
        let (donner, prise) = std::sync::mpsc::channel();
        let fil = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                if lire_le_fil {
                    tokio::spawn(app::hub::lire(app.clone()));
                }
                // The tests' own address is a proxy's, so that a client may stand for any address.
                let proxies = Proxies(vec!["127.0.0.0/8".parse().unwrap()]);
                let serveur = server::startup::server(ecoute, app, proxies, Fichiers::default(), 1).unwrap();
                donner.send(serveur.handle()).unwrap();
                serveur.await.unwrap();
            });
        });
        Self { url, arret: prise.recv().unwrap(), fil: Some(fil) }
    }

    /// Its address, without a final slash.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Noeud {
    fn drop(&mut self) {
        drop(self.arret.stop(false));
        if let Some(fil) = self.fil.take() {
            let _ = fil.join();
        }
    }
}

/// Memory where there is some: the tests synchronise their databases at each write.
fn racine() -> PathBuf {
    let memoire = Path::new("/dev/shm");
    if memoire.is_dir() { memoire.to_owned() } else { std::env::temp_dir() }
}
