//! A real receiver of webhooks, on a port of this machine.

use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::http::StatusCode;
use actix_web::web::{self, Bytes, Data};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

/// A webhook as it arrived.
#[derive(Debug, Clone)]
pub struct Recu {
    /// Its headers.
    pub entetes: HeaderMap,
    /// Its body.
    pub corps: Bytes,
}

impl Recu {
    /// A header, which must be there.
    pub fn entete(&self, nom: &str) -> &str {
        self.entetes.get(nom).and_then(|v| v.to_str().ok()).unwrap_or_else(|| panic!("{nom} manque"))
    }

    /// Its `webhook-id`.
    pub fn id(&self) -> &str {
        self.entete("webhook-id")
    }

    /// Whether one of its signatures is that of `secret`, by the specification's own library.
    ///
    /// The age of the timestamp is not judged: the tests' clock is not the machine's.
    pub fn signe_par(&self, secret: &str) -> bool {
        let instant = self.entete("webhook-timestamp").parse().unwrap();
        let attendue = standardwebhooks::Webhook::new(secret).unwrap().sign(self.id(), instant, &self.corps).unwrap();
        self.signatures().contains(&attendue.as_str())
    }

    /// Its signatures.
    pub fn signatures(&self) -> Vec<&str> {
        self.entete("webhook-signature").split(' ').collect()
    }

    /// Its body, read as the document of the API says.
    pub fn message(&self) -> api_types::webhooks::WebhookMessage {
        serde_json::from_slice(&self.corps).unwrap()
    }
}

/// What the receiver answers.
#[derive(Debug, Clone)]
pub struct Reaction {
    /// Its status.
    pub statut: u16,
    /// A header besides.
    pub entete: Option<(&'static str, String)>,
    /// Its body.
    pub corps: String,
    /// How long it takes.
    pub lenteur: Duration,
}

impl Reaction {
    /// A bare status, at once.
    pub fn statut(statut: u16) -> Self {
        Self { statut, entete: None, corps: String::new(), lenteur: Duration::ZERO }
    }
}

type Humeur = dyn Fn(&Recu, usize) -> Reaction + Send + Sync;

struct Interieur {
    recus: Mutex<Vec<Recu>>,
    humeur: Mutex<Arc<Humeur>>,
}

/// A receiver; it stops when it is dropped.
pub struct Recepteur {
    port: u16,
    interieur: Arc<Interieur>,
    serveur: Option<(ServerHandle, JoinHandle<()>)>,
}

impl Recepteur {
    /// A receiver that takes everything.
    pub fn new() -> Self {
        let ecoute = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = ecoute.local_addr().unwrap().port();
        let humeur: Arc<Humeur> = Arc::new(|_, _| Reaction::statut(204));
        let interieur = Arc::new(Interieur { recus: Mutex::default(), humeur: Mutex::new(humeur) });
        let (donner, prise) = std::sync::mpsc::channel();
        let donnee = Data::from(Arc::clone(&interieur));
        let fil = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let serveur =
                    HttpServer::new(move || App::new().app_data(donnee.clone()).default_service(web::to(recevoir)))
                        .workers(1)
                        .disable_signals()
                        .listen(ecoute)
                        .unwrap()
                        .run();
                donner.send(serveur.handle()).unwrap();
                serveur.await.unwrap();
            });
        });
        let serveur = (prise.recv().unwrap(), fil);
        Self { port, interieur, serveur: Some(serveur) }
    }

    /// Where it listens.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/hooks", self.port)
    }

    /// Its port.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Answers otherwise from now on; `humeur` is given the webhook and how many arrived before it.
    pub fn repondre(&self, humeur: impl Fn(&Recu, usize) -> Reaction + Send + Sync + 'static) {
        *self.interieur.humeur.lock().unwrap() = Arc::new(humeur);
    }

    /// What arrived, in order.
    pub fn recus(&self) -> Vec<Recu> {
        self.interieur.recus.lock().unwrap().clone()
    }
}

impl Default for Recepteur {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Recepteur {
    fn drop(&mut self) {
        if let Some((serveur, fil)) = self.serveur.take() {
            drop(serveur.stop(false));
            let _ = fil.join();
        }
    }
}

async fn recevoir(req: HttpRequest, corps: Bytes, interieur: Data<Interieur>) -> HttpResponse {
    let mut entetes = HeaderMap::new();
    for (nom, valeur) in req.headers() {
        let nom = HeaderName::from_bytes(nom.as_str().as_bytes()).unwrap();
        entetes.append(nom, HeaderValue::from_bytes(valeur.as_bytes()).unwrap());
    }
    let recu = Recu { entetes, corps };
    let rang = {
        let mut recus = interieur.recus.lock().unwrap();
        recus.push(recu.clone());
        recus.len() - 1
    };
    let humeur = Arc::clone(&interieur.humeur.lock().unwrap());
    let reaction = humeur(&recu, rang);
    if !reaction.lenteur.is_zero() {
        actix_web::rt::time::sleep(reaction.lenteur).await;
    }
    let mut reponse = HttpResponse::build(StatusCode::from_u16(reaction.statut).unwrap());
    if let Some((nom, valeur)) = reaction.entete {
        reponse.insert_header((nom, valeur));
    }
    reponse.body(reaction.corps)
}
