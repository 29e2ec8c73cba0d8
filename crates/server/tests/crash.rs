//! The server is killed (`kill -9`) at random moments of deposits, and started again: nothing that
//! it acknowledged may be lost or altered, and no half document may be seen.
//!
//! `CRASH_TOURS` sets the number of kills (50 by default); `TEST_DATABASE=postgres` with
//! `TEST_POSTGRES_URL` runs it on PostgreSQL.
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test, with its own settings")]

#[path = "crash/televersements.rs"]
mod televersements;

use std::collections::HashMap;
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

struct Banc {
    dossier: PathBuf,
    base: String,
    adresse: String,
}

impl Banc {
    fn commande(&self, nom: &str) -> Command {
        let mut c = Command::new(env!("CARGO_BIN_EXE_egestion"));
        c.arg(nom)
            .env("DATABASE_URL", &self.base)
            .env("EGESTION_DATA", &self.dossier)
            .env("EGESTION_LISTEN", &self.adresse)
            .env("EGESTION_WEB", self.dossier.join("rien"))
            .env("RUST_LOG", "error")
            .stdout(Stdio::null())
            .stderr(Stdio::null());
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

async fn deposer(client: Client, url: String, cookie: String, piece: String, acquittes: Acquittes) {
    loop {
        let octets = pdf();
        let attendu = hex(&octets);
        let form = Form::new()
            .text("piece", piece.clone())
            .part("fichier", Part::bytes(octets).file_name(format!("piece-{}.pdf", &attendu[..8])));
        let Ok(r) = client.post(&url).header("cookie", &cookie).multipart(form).send().await else { return };
        if r.status() != StatusCode::CREATED {
            assert!(r.status().is_server_error(), "deposit refused: {}", r.status());
            return;
        }
        let Ok(document) = r.json::<Value>().await else { return };
        assert_eq!(document["sha256"], attendu, "the answer's SHA-256 is not that of the bytes sent");
        acquittes.lock().unwrap().insert(document["id"].as_str().unwrap().to_owned(), attendu);
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

fn base_de_test(dossier: &Path) -> String {
    if std::env::var("TEST_DATABASE").as_deref() != Ok("postgres") {
        return format!("sqlite://{}", dossier.join("egestion.db").display());
    }
    test_support::postgres_neuve("crash")
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_acknowledged_is_lost_when_the_server_is_killed() {
    let tours: u32 = std::env::var("CRASH_TOURS").ok().and_then(|t| t.parse().ok()).unwrap_or(50);
    // On the disk, not in memory: that is where files must reach.
    let dossier = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("crash-{}", Uuid::now_v7()));
    std::fs::create_dir_all(&dossier).unwrap();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let banc = Banc { base: base_de_test(&dossier), dossier, adresse: format!("127.0.0.1:{port}") };
    assert!(banc.commande("demo").status().unwrap().success());

    let client = Client::builder().pool_max_idle_per_host(0).build().unwrap();
    let acquittes = Acquittes::default();
    let mut vus = HashMap::new();
    let mut serveur = banc.demarrer(&client).await;
    let cookie = banc.connecter(&client).await;
    let (dossier, piece) = banc.dossier_et_piece(&client, &cookie).await;
    let url = banc.url(&format!("/api/v1/dossiers/{dossier}/documents"));

    for _ in 0..tours {
        let deposants: Vec<_> = (0..DEPOSANTS)
            .map(|_| {
                tokio::spawn(deposer(
                    client.clone(),
                    url.clone(),
                    cookie.clone(),
                    piece.clone(),
                    Arc::clone(&acquittes),
                ))
            })
            .collect();
        let delai = 20 + u64::try_from(Uuid::new_v4().as_u128() % 400).unwrap();
        tokio::time::sleep(Duration::from_millis(delai)).await;
        // SIGKILL: nothing of the process runs after this.
        serveur.kill().unwrap();
        serveur.wait().unwrap();
        for d in deposants {
            d.await.unwrap();
        }
        serveur = banc.demarrer(&client).await;
        verifier(&banc, &client, &cookie, &dossier, &acquittes, &mut vus).await;
    }
    serveur.kill().unwrap();
    serveur.wait().unwrap();
    let n = acquittes.lock().unwrap().len();
    eprintln!("{tours} kills, {n} acknowledged documents, {} seen, none lost or altered", vus.len());
    assert!(
        n >= usize::try_from(tours).unwrap(),
        "too few deposits were acknowledged for the test to mean anything: {n}"
    );
    std::fs::remove_dir_all(&banc.dossier).unwrap();
}
