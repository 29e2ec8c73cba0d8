//! The server is killed (`kill -9`) at random moments of deposits, and started again: nothing that
//! it acknowledged may be lost or altered, and no half document may be seen. Deposits that were not
//! answered are sent again under their `Idempotency-Key`: each makes one document, and no more.
//!
//! `CRASH_TOURS` sets the number of kills (50 by default); `TEST_DATABASE=postgres` with
//! `TEST_POSTGRES_URL` runs it on PostgreSQL, `TEST_S3_URL` with the vault on S3.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a test, with its own settings"
)]

#[path = "crash/televersements.rs"]
mod televersements;
#[path = "crash/webhooks.rs"]
mod webhooks;

use std::collections::{HashMap, HashSet};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use reqwest::multipart::{Form, Part};
use reqwest::{Client, StatusCode};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

const EMAIL: &str = "n.lemercier@bati-rives.example";
const MOT_DE_PASSE: &str = "chantier-echafaudage-bleu";
/// Deposits under way at any moment.
const DEPOSANTS: usize = 6;

/// Acknowledged documents: identifier → SHA-256.
type Acquittes = Arc<Mutex<HashMap<String, String>>>;
/// Deposits whose answer did not come: key and bytes.
type Perdus = Arc<Mutex<Vec<(String, Vec<u8>)>>>;

struct Banc {
    dossier: PathBuf,
    base: String,
    adresse: String,
    /// The storage and a bucket of our own, when the vault is there.
    s3: Option<(String, String)>,
}

impl Banc {
    /// A data folder and a database of its own, and a free port.
    fn nouveau(nom: &str) -> Self {
        // On the disk, not in memory: that is where files must reach.
        let dossier = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{nom}-{}", Uuid::now_v7()));
        std::fs::create_dir_all(&dossier).unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        Self { base: base_de_test(&dossier), dossier, adresse: format!("127.0.0.1:{port}"), s3: None }
    }

    fn commande(&self, nom: &str) -> Command {
        let mut c = Command::new(env!("CARGO_BIN_EXE_egestion"));
        c.arg(nom)
            .env("DATABASE_URL", &self.base)
            .env("EGESTION_DATA", &self.dossier)
            .env("EGESTION_LISTEN", &self.adresse)
            .env("EGESTION_WEB", self.dossier.join("rien"))
            .env("EGESTION_QUOTA_PERSONNES", "0")
            .env("RUST_LOG", "error")
            .env("EGESTION_WEBHOOKS", "developpement")
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        if let Some((url, bucket)) = &self.s3 {
            c.env("EGESTION_VAULT", "s3")
                .env("EGESTION_S3_ENDPOINT", url)
                .env("EGESTION_S3_BUCKET", bucket)
                .env("EGESTION_S3_ACCESS_KEY", "essai")
                .env("EGESTION_S3_SECRET_KEY", "essai");
        }
        c
    }

    fn url(&self, chemin: &str) -> String {
        format!("http://{}{chemin}", self.adresse)
    }

    /// Starts the server and waits until it answers.
    async fn demarrer(&self, client: &Client) -> Child {
        let enfant = self.commande("serve").spawn().unwrap();
        let debut = Instant::now();
        while client.get(self.url("/sante")).send().await.is_err() {
            assert!(debut.elapsed() < Duration::from_secs(30), "the server does not start again");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        enfant
    }

    async fn connecter(&self, client: &Client) -> String {
        let corps = serde_json::json!({ "email": EMAIL, "mot_de_passe": MOT_DE_PASSE });
        let r = client.post(self.url("/api/v1/session")).json(&corps).send().await.unwrap();
        assert!(r.status().is_success(), "sign-in: {}", r.status());
        let cookie = r.headers()["set-cookie"].to_str().unwrap();
        cookie.split(';').next().unwrap().to_owned()
    }

    /// A dossier of the demonstration, and its category that takes anything.
    async fn dossier_et_piece(&self, client: &Client, cookie: &str) -> (String, String) {
        let liste = self.lire(client, cookie, "/api/v1/dossiers?q=1819006292.01").await;
        let dossier = liste["elements"][0]["id"].as_str().unwrap().to_owned();
        let pieces = self.lire(client, cookie, &format!("/api/v1/dossiers/{dossier}/pieces")).await;
        let libre = pieces["elements"].as_array().unwrap().iter().find(|p| p["etape"] == "libre").unwrap();
        (dossier, libre["id"].as_str().unwrap().to_owned())
    }

    async fn lire(&self, client: &Client, cookie: &str, chemin: &str) -> Value {
        let r = client.get(self.url(chemin)).header("cookie", cookie).send().await.unwrap();
        assert_eq!(r.status(), StatusCode::OK, "{chemin}");
        r.json().await.unwrap()
    }
}

/// A valid PDF, different each time, from about 1 KB to 2 MB.
fn pdf() -> Vec<u8> {
    let tirage = Uuid::new_v4().as_u128();
    let taille = 1024_usize << (tirage % 12);
    let mut octets = b"%PDF-1.7\n%".to_vec();
    while octets.len() < taille {
        octets.extend_from_slice(Uuid::new_v4().simple().to_string().as_bytes());
    }
    octets.extend_from_slice(b"\n%%EOF\n");
    octets
}

fn hex(octets: &[u8]) -> String {
    Sha256::digest(octets).iter().fold(String::new(), |s, o| format!("{s}{o:02x}"))
}

/// Somebody who deposits, wherever and as whomever.
#[derive(Clone)]
struct Deposant {
    client: Client,
    url: String,
    cookie: String,
    piece: String,
    acquittes: Acquittes,
    perdus: Perdus,
}

impl Deposant {
    /// Deposits under a key; `None` when no answer came.
    ///
    /// The same bytes are welcome twice: a second effect of one key would show.
    async fn envoyer(&self, cle: &str, octets: &[u8]) -> Option<()> {
        let attendu = hex(octets);
        let form = Form::new()
            .text("piece", self.piece.clone())
            .text("doublon_accepte", "true")
            .part("fichier", Part::bytes(octets.to_vec()).file_name(format!("piece-{}.pdf", &attendu[..8])));
        let requete = self.client.post(&self.url).header("cookie", &self.cookie).header("idempotency-key", cle);
        let r = requete.multipart(form).send().await.ok()?;
        if r.status() != StatusCode::CREATED {
            assert!(r.status().is_server_error(), "deposit refused: {}", r.status());
            return None;
        }
        let document = r.json::<Value>().await.ok()?;
        assert_eq!(document["sha256"], attendu, "the answer's SHA-256 is not that of the bytes sent");
        self.acquittes.lock().unwrap().insert(document["id"].as_str().unwrap().to_owned(), attendu);
        Some(())
    }

    /// Deposits until the server stops.
    async fn deposer(self) {
        loop {
            let (cle, octets) = (Uuid::new_v4().to_string(), pdf());
            if self.envoyer(&cle, &octets).await.is_none() {
                self.perdus.lock().unwrap().push((cle, octets));
                return;
            }
        }
    }

    /// Sends again what was not answered; how many.
    async fn renvoyer(&self) -> usize {
        let perdus = std::mem::take(&mut *self.perdus.lock().unwrap());
        for (cle, octets) in &perdus {
            self.envoyer(cle, octets).await.expect("a deposit sent again is answered");
        }
        perdus.len()
    }
}

/// Every document that is seen is whole, and every one that was acknowledged is seen.
async fn verifier(
    banc: &Banc,
    client: &Client,
    cookie: &str,
    dossier: &str,
    acquittes: &Acquittes,
    vus: &mut HashMap<String, String>,
) {
    let pieces = banc.lire(client, cookie, &format!("/api/v1/dossiers/{dossier}/pieces")).await;
    let mut presents = HashMap::new();
    for piece in pieces["elements"].as_array().unwrap() {
        for d in piece["documents"].as_array().unwrap() {
            presents.insert(d["id"].as_str().unwrap().to_owned(), d["sha256"].as_str().unwrap().to_owned());
        }
    }
    let differents: HashSet<&String> = presents.values().collect();
    assert_eq!(differents.len(), presents.len(), "a deposit was made twice");
    for (id, sha256) in acquittes.lock().unwrap().iter() {
        assert_eq!(presents.get(id), Some(sha256), "an acknowledged document is lost or altered");
    }
    for (id, sha256) in presents {
        if vus.contains_key(&id) {
            continue;
        }
        let url = banc.url(&format!("/api/v1/documents/{id}/fichier"));
        let r = client.get(url).header("cookie", cookie).send().await.unwrap();
        assert_eq!(r.status(), StatusCode::OK, "a document is shown without its bytes");
        assert_eq!(hex(&r.bytes().await.unwrap()), sha256, "the bytes are not those of the row");
        vus.insert(id, sha256);
    }
}

/// The number of kills.
fn tours() -> u32 {
    std::env::var("CRASH_TOURS").ok().and_then(|t| t.parse().ok()).unwrap_or(50)
}

/// A random moment, from 20 ms to `etendue` later.
fn alea(etendue: u128) -> Duration {
    Duration::from_millis(20 + u64::try_from(Uuid::new_v4().as_u128() % etendue).unwrap())
}

fn base_de_test(dossier: &Path) -> String {
    if std::env::var("TEST_DATABASE").as_deref() != Ok("postgres") {
        return format!("sqlite://{}", dossier.join("egestion.db").display());
    }
    test_support::postgres_neuve("crash")
}

/// A new bucket of the tests' storage, if there is one.
async fn s3_de_test() -> Option<(String, String)> {
    let url = test_support::service("TEST_S3_URL")?;
    let bucket = format!("crash-{}", Uuid::now_v7().simple());
    let cree = Client::new().put(format!("{url}/{bucket}")).send().await.unwrap();
    assert!(cree.status().is_success(), "S3: {}", cree.status());
    Some((url, bucket))
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_acknowledged_is_lost_when_the_server_is_killed() {
    let tours = tours();
    let banc = Banc { s3: s3_de_test().await, ..Banc::nouveau("crash") };
    assert!(banc.commande("demo").status().unwrap().success());

    let client = Client::builder().pool_max_idle_per_host(0).build().unwrap();
    let acquittes = Acquittes::default();
    let mut vus = HashMap::new();
    let mut serveur = banc.demarrer(&client).await;
    let cookie = banc.connecter(&client).await;
    let (dossier, piece) = banc.dossier_et_piece(&client, &cookie).await;
    let url = banc.url(&format!("/api/v1/dossiers/{dossier}/documents"));

    let deposant = Deposant {
        client: client.clone(),
        url,
        cookie: cookie.clone(),
        piece,
        acquittes: Arc::clone(&acquittes),
        perdus: Perdus::default(),
    };
    let mut renvoyes = 0;
    for _ in 0..tours {
        let deposants: Vec<_> = (0..DEPOSANTS).map(|_| tokio::spawn(deposant.clone().deposer())).collect();
        // The tests' storage takes far longer than a disk: kills must still land among acknowledged deposits.
        let lenteur = if banc.s3.is_some() { 8 } else { 1 };
        tokio::time::sleep(lenteur * alea(400)).await;
        // SIGKILL: nothing of the process runs after this.
        serveur.kill().unwrap();
        serveur.wait().unwrap();
        for d in deposants {
            d.await.unwrap();
        }
        serveur = banc.demarrer(&client).await;
        renvoyes += deposant.renvoyer().await;
        verifier(&banc, &client, &cookie, &dossier, &acquittes, &mut vus).await;
    }
    serveur.kill().unwrap();
    serveur.wait().unwrap();
    let n = acquittes.lock().unwrap().len();
    eprintln!(
        "{tours} kills, {n} acknowledged documents, {renvoyes} of them sent again, {} seen, none lost, altered or twice",
        vus.len()
    );
    assert!(
        n >= usize::try_from(tours).unwrap(),
        "too few deposits were acknowledged for the test to mean anything: {n}"
    );
    std::fs::remove_dir_all(&banc.dossier).unwrap();
}
