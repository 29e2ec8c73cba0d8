//! The log of the real binary: what goes through it never tells who, what or with which secret.

use std::fs::File;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use reqwest::multipart::{Form, Part};
use reqwest::{Client, Method};
use serde_json::{Value, json};
use uuid::Uuid;

/// A member of the demonstration, whose own address and password are canaries too.
const EMAIL: &str = "n.lemercier@bati-rives.example";
const MOT_DE_PASSE: &str = "chantier-echafaudage-bleu";
/// Given wherever something can be given; no log may hold any of them.
const CANARIS: [&str; 11] = [
    EMAIL,
    MOT_DE_PASSE,
    "lemercier",
    "295109912611193",
    "canari-fichier",
    "canari.personne",
    "CanariPrenom",
    "canari-secret-tres-long-9471",
    "canari-jeton",
    "canari-texte",
    "canari-adresse",
];

/// The real server, beside a mail server and an antivirus that do not answer.
struct Banc {
    dossier: PathBuf,
    adresse: String,
    serveur: Option<Child>,
    client: Client,
}

impl Banc {
    fn commande(&self, nom: &str) -> Command {
        let journal = || File::options().create(true).append(true).open(self.dossier.join("journal")).unwrap();
        let mut c = Command::new(env!("CARGO_BIN_EXE_egestion"));
        c.arg(nom)
            .env("DATABASE_URL", format!("sqlite://{}", self.dossier.join("egestion.db").display()))
            .env("EGESTION_DATA", &self.dossier)
            .env("EGESTION_LISTEN", &self.adresse)
            .env("EGESTION_WEB", self.dossier.join("rien"))
            .env("EGESTION_ANNULATION_SECONDES", "0")
            .env("EGESTION_SMTP_URL", "smtp://127.0.0.1:1")
            .env("EGESTION_CLAMD", "127.0.0.1:1")
            // All that our own crates say, at any level.
            .env("RUST_LOG", "info,server=trace,app=trace,db=trace,domain=trace,egestion=trace")
            .stdout(journal())
            .stderr(journal());
        c
    }

    async fn demarrer() -> Self {
        let dossier = std::env::temp_dir().join(format!("egestion-journaux-{}", Uuid::now_v7()));
        std::fs::create_dir_all(&dossier).unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let client = Client::builder().no_proxy().user_agent("canari-adresse").build().unwrap();
        let mut banc = Self { dossier, adresse: format!("127.0.0.1:{port}"), serveur: None, client };
        // What the demonstration prints is its sign-ins: not a log.
        assert!(banc.commande("demo").stdout(Stdio::null()).status().unwrap().success());
        banc.serveur = Some(banc.commande("serve").spawn().unwrap());
        crate::services::jusqu_a("le serveur", async || banc.client.get(banc.url("/sante")).send().await.is_ok()).await;
        banc
    }

    fn url(&self, chemin: &str) -> String {
        format!("http://{}{chemin}", self.adresse)
    }

    fn journal(&self) -> String {
        std::fs::read_to_string(self.dossier.join("journal")).unwrap()
    }

    async fn json(&self, methode: Method, chemin: &str, cookie: &str, corps: Value) -> (u16, Value, Option<String>) {
        let requete = self.client.request(methode, self.url(chemin)).header("cookie", cookie).json(&corps);
        let reponse = requete.send().await.unwrap();
        let pose = reponse.headers().get("set-cookie").and_then(|c| c.to_str().ok()).map(str::to_owned);
        (reponse.status().as_u16(), reponse.json().await.unwrap_or(Value::Null), pose)
    }

    async fn lire(&self, chemin: &str, cookie: &str) -> Value {
        self.json(Method::GET, chemin, cookie, Value::Null).await.1
    }

    async fn multipart(&self, chemin: &str, cookie: &str, form: Form) -> u16 {
        let requete = self.client.post(self.url(chemin)).header("cookie", cookie).multipart(form);
        requete.send().await.unwrap().status().as_u16()
    }
}

impl Drop for Banc {
    fn drop(&mut self) {
        if let Some(serveur) = &mut self.serveur {
            let _ = serveur.kill();
            let _ = serveur.wait();
        }
        let _ = std::fs::remove_dir_all(&self.dossier);
    }
}

fn fichier(nom: &str, octets: &str) -> Part {
    Part::bytes(octets.as_bytes().to_vec()).file_name(nom.to_owned())
}

/// Goes through every public operation with secrets, right and wrong.
async fn comptes(banc: &Banc) {
    let faux = "__Host-egestion=canari-jeton";
    let email = "canari.personne@bati-rives.example";
    let secret = "canari-secret-tres-long-9471";
    for (chemin, corps) in [
        ("/api/v1/session", json!({ "email": email, "mot_de_passe": secret })),
        ("/api/v1/session", json!({ "email": EMAIL, "mot_de_passe": secret })),
        ("/api/v1/session", json!({ "email": ["canari.personne"], "canari-texte": secret })),
        ("/api/v1/mots-de-passe/oubli", json!({ "email": EMAIL })),
        ("/api/v1/mots-de-passe/oubli", json!({ "email": "canari.personne" })),
        ("/api/v1/mots-de-passe/reinitialisation", json!({ "jeton": "canari-jeton", "mot_de_passe": secret })),
        ("/api/v1/mots-de-passe/evaluation", json!({ "mot_de_passe": secret })),
        ("/api/v1/comptes/confirmation", json!({ "jeton": "canari-jeton" })),
        (
            "/api/v1/comptes",
            json!({
                "siret": "73282932000074", "numero_adherent": "CANARI", "prenom": "CanariPrenom",
                "nom": "295109912611193", "email": email, "mot_de_passe": secret
            }),
        ),
    ] {
        let (statut, ..) = banc.json(Method::POST, chemin, faux, corps).await;
        assert!(statut < 500, "{chemin}: {statut}");
    }
    let malforme = banc.client.post(banc.url("/api/v1/session")).header("content-type", "application/json");
    let malforme = malforme.body("{\"email\": \"canari.personne@x.example\", canari-texte");
    assert_eq!(malforme.send().await.unwrap().status().as_u16(), 400);
}

#[tokio::test]
async fn the_log_tells_what_happened_and_never_to_whom() {
    let banc = Banc::demarrer().await;
    comptes(&banc).await;
    let corps = json!({ "email": EMAIL, "mot_de_passe": MOT_DE_PASSE });
    let (statut, _, pose) = banc.json(Method::POST, "/api/v1/session", "", corps).await;
    assert_eq!(statut, 200);
    let cookie = pose.unwrap().split(';').next().unwrap().to_owned();

    let liste = banc.lire("/api/v1/dossiers?q=1819006292.01", &cookie).await;
    let dossier = liste["elements"][0]["id"].as_str().unwrap().to_owned();
    let pieces = banc.lire(&format!("/api/v1/dossiers/{dossier}/pieces"), &cookie).await;
    let libre = pieces["elements"].as_array().unwrap().iter().find(|p| p["etape"] == "libre").unwrap();
    let piece = libre["id"].as_str().unwrap().to_owned();
    let deposer = format!("/api/v1/dossiers/{dossier}/documents");
    let pdf = "%PDF-1.7\n% 295109912611193 canari-texte\n%%EOF\n";
    for (nom, octets, attendu) in [
        ("canari-fichier-295109912611193.pdf", pdf, 201),
        ("canari-fichier-double.pdf", pdf, 409),
        ("canari-fichier.exe", "MZ canari-texte", 415),
        ("canari-fichier-vide.pdf", "", 422),
    ] {
        let form = Form::new().text("piece", piece.clone()).part("fichier", fichier(nom, octets));
        assert_eq!(banc.multipart(&deposer, &cookie, form).await, attendu, "{nom}");
    }
    let form = Form::new().text("canari-texte", "295109912611193");
    assert_eq!(banc.multipart(&deposer, &cookie, form).await, 400);
    let form = Form::new()
        .text("corps", "canari-texte : 295109912611193")
        .part("fichier", fichier("canari-fichier-joint.pdf", pdf));
    assert_eq!(banc.multipart(&format!("/api/v1/dossiers/{dossier}/messages"), &cookie, form).await, 201);
    for chemin in [
        "/api/v1/messages?q=canari-texte",
        "/api/v1/dossiers?q=295109912611193&tri=canari-texte",
        "/api/v1/dossiers/canari-adresse",
        "/api/v1/documents/canari-adresse/fichier",
        "/api/v1/canari-adresse?jeton=canari-jeton",
        "/compte/confirmer?jeton=canari-jeton",
        "/canari-adresse",
    ] {
        banc.lire(chemin, &cookie).await;
    }
    let corps = json!({ "actuel": "canari-secret-tres-long-9471", "nouveau": "canari-secret-tres-long-9471" });
    banc.json(Method::PUT, "/api/v1/moi/mot-de-passe", &cookie, corps).await;
    banc.json(Method::DELETE, "/api/v1/session", &cookie, Value::Null).await;

    // The background work fails on both services, and says so.
    crate::services::jusqu_a("les échecs", async || {
        let journal = banc.journal();
        ["antivirus : ", "courriel : "].iter().all(|echec| journal.contains(echec))
    })
    .await;
    let journal = banc.journal();
    assert!(journal.matches("\"requête\"").count() > 25, "the requests are logged:\n{journal}");
    let jeton = cookie.split_once('=').unwrap().1;
    let minuscules = journal.to_lowercase();
    for canari in CANARIS.iter().chain([&jeton]) {
        let ligne = minuscules.lines().find(|l| l.contains(&canari.to_lowercase()));
        assert_eq!(ligne, None, "« {canari} » is in the log");
    }
}
