//! The same for resumable uploads: what was acknowledged of them never goes back, and they end whole.
//!
//! `CRASH_TOURS_TUS` sets the number of kills (20 by default).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::header::HeaderMap;
use reqwest::{Client, StatusCode};
use uuid::Uuid;

use super::{Banc, alea, hex};

/// Uploads under way at any moment.
const ENVOYEURS: usize = 4;
const MIO: usize = 1024 * 1024;

/// A file on its way, over as many lives of the server as it takes.
struct Envoi {
    octets: Vec<u8>,
    /// Where the server keeps it, once it said so.
    adresse: Option<String>,
    /// The largest place that the server ever told.
    recu: usize,
    /// Its document.
    fini: bool,
}

impl Envoi {
    /// A valid PDF of 9 to 17 MiB.
    fn nouveau() -> Self {
        let taille = 9 * MIO + usize::try_from(Uuid::new_v4().as_u128() % (8 * MIO as u128)).unwrap();
        let mut octets = b"%PDF-1.7\n%".to_vec();
        while octets.len() < taille {
            octets.extend_from_slice(Uuid::new_v4().simple().to_string().as_bytes());
        }
        octets.extend_from_slice(b"\n%%EOF\n");
        Self { octets, adresse: None, recu: 0, fini: false }
    }
}

struct Voie {
    client: Client,
    url: String,
    creation: String,
    cookie: String,
    piece: String,
}

impl Voie {
    /// Sends until the document is there, or the server dies.
    async fn pousser(&self, mut envoi: Envoi) -> Envoi {
        while !envoi.fini {
            if self.pas(&mut envoi).await.is_none() {
                return envoi;
            }
        }
        envoi
    }

    /// One request; `None` when it gets no answer.
    async fn pas(&self, envoi: &mut Envoi) -> Option<()> {
        let Some(adresse) = envoi.adresse.clone() else {
            let metadonnees = [("filename", "a.pdf"), ("piece", self.piece.as_str())];
            let metadonnees = metadonnees.map(|(cle, v)| format!("{cle} {}", STANDARD.encode(v))).join(",");
            let requete = self.client.post(&self.creation).header("upload-length", envoi.octets.len());
            let r = self.envoyer(requete.header("upload-metadata", metadonnees)).await?;
            assert_eq!(r.0, StatusCode::CREATED);
            envoi.adresse = Some(format!("{}{}", self.url, r.1["location"].to_str().unwrap()));
            return Some(());
        };
        let (statut, entetes) = self.envoyer(self.client.head(&adresse)).await?;
        assert_eq!(statut, StatusCode::OK);
        envoi.avancer(&entetes);
        if envoi.fini {
            return Some(());
        }
        // Sometimes a small piece, sometimes more than the server makes durable at a time, sometimes all of it.
        let morceau = MIO / 2 + usize::try_from(Uuid::new_v4().as_u128() % (12 * MIO as u128)).unwrap();
        let fin = (envoi.recu + morceau).min(envoi.octets.len());
        let requete = self
            .client
            .patch(&adresse)
            .header("upload-offset", envoi.recu)
            .header("content-type", "application/offset+octet-stream")
            .body(envoi.octets[envoi.recu..fin].to_vec());
        let (statut, entetes) = self.envoyer(requete).await?;
        assert_eq!(statut, StatusCode::NO_CONTENT);
        envoi.avancer(&entetes);
        Some(())
    }

    async fn envoyer(&self, requete: reqwest::RequestBuilder) -> Option<(StatusCode, HeaderMap)> {
        let requete = requete.header("cookie", &self.cookie).header("tus-resumable", "1.0.0");
        let r = requete.send().await.ok()?;
        // A server that is dying may still say that it cannot.
        (!r.status().is_server_error()).then(|| (r.status(), r.headers().clone()))
    }
}

impl Envoi {
    fn avancer(&mut self, entetes: &HeaderMap) {
        let recu: usize = entetes["upload-offset"].to_str().unwrap().parse().unwrap();
        assert!(recu >= self.recu, "acknowledged bytes were lost: {} then {recu}", self.recu);
        self.recu = recu;
        if let Some(sha256) = entetes.get("document-sha256") {
            assert_eq!(sha256, hex(&self.octets).as_str(), "the document is not the file");
            self.fini = true;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_never_goes_back_when_the_server_is_killed() {
    let tours: u32 = std::env::var("CRASH_TOURS_TUS").ok().and_then(|t| t.parse().ok()).unwrap_or(20);
    let banc = Banc::nouveau("crash-tus");
    assert!(banc.commande("demo").status().unwrap().success());
    let client = Client::builder().pool_max_idle_per_host(0).build().unwrap();
    let mut serveur = banc.demarrer(&client).await;
    let cookie = banc.connecter(&client).await;
    let (dossier, piece) = banc.dossier_et_piece(&client, &cookie).await;
    let voie = std::sync::Arc::new(Voie {
        url: banc.url(""),
        creation: banc.url(&format!("/api/v1/dossiers/{dossier}/televersements")),
        client: client.clone(),
        cookie: cookie.clone(),
        piece,
    });

    let mut envois: Vec<Envoi> = (0..ENVOYEURS).map(|_| Envoi::nouveau()).collect();
    let (mut finis, mut repris) = (0, 0);
    for _ in 0..tours {
        let taches: Vec<_> = std::mem::take(&mut envois)
            .into_iter()
            .map(|envoi| {
                let voie = std::sync::Arc::clone(&voie);
                tokio::spawn(async move { voie.pousser(envoi).await })
            })
            .collect();
        tokio::time::sleep(alea(400)).await;
        // SIGKILL: nothing of the process runs after this.
        serveur.kill().unwrap();
        serveur.wait().unwrap();
        for tache in taches {
            let envoi = tache.await.unwrap();
            repris += u32::from(envoi.recu > 0 && !envoi.fini);
            finis += u32::from(envoi.fini);
            envois.push(if envoi.fini { Envoi::nouveau() } else { envoi });
        }
        serveur = banc.demarrer(&client).await;
    }
    for envoi in envois {
        let envoi = voie.pousser(envoi).await;
        assert!(envoi.fini, "an upload does not end although the server lives");
        finis += 1;
        let url = envoi.adresse.unwrap();
        let t: serde_json::Value =
            client.get(&url).header("cookie", &cookie).send().await.unwrap().json().await.unwrap();
        let chemin = format!("/api/v1/documents/{}/fichier", t["document"]["id"].as_str().unwrap());
        let r = client.get(banc.url(&chemin)).header("cookie", &cookie).send().await.unwrap();
        assert_eq!(hex(&r.bytes().await.unwrap()), hex(&envoi.octets));
    }
    serveur.kill().unwrap();
    serveur.wait().unwrap();
    eprintln!("{tours} kills, {finis} uploads ended whole, {repris} times one went on after a kill");
    assert!(repris > 0 && finis > 0, "nothing was in the middle when the server was killed");
    std::fs::remove_dir_all(&banc.dossier).unwrap();
}
