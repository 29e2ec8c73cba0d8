//! The live stream.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot listen must fail")]

mod suivre;

use std::time::Duration;

use api_types::Method;
use api_types::endpoint::{Endpoint as _, SuivreEvenements};
use api_types::travail::{Evenement, EvenementType};
use domain::ids::DossierId;
use test_support::{Client, Options, TestApp};

/// Longer than anything that is awaited: only a failing test waits so long.
const PATIENCE: Duration = Duration::from_secs(20);

/// A server whose hub runs, and whose streams beat fast.
pub(crate) async fn serveur() -> TestApp {
    TestApp::avec(Options { fil: true, battement: Duration::from_millis(50), ..Options::default() }).await
}

/// A browser that listens.
pub(crate) struct Ecoute {
    reponse: reqwest::Response,
    recu: String,
    /// The last place given by the stream.
    pub(crate) id: String,
}

/// A block of the stream; a beat carries nothing.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Bloc {
    pub(crate) event: String,
    pub(crate) data: String,
}

impl Ecoute {
    /// Opens the stream and waits for its first block.
    pub(crate) async fn ouvrir(client: &Client, depuis: Option<&str>) -> Self {
        let mut requete = client.nue(Method::Get, SuivreEvenements::TEMPLATE);
        if let Some(depuis) = depuis {
            requete = requete.header("last-event-id", depuis);
        }
        let reponse = requete.send().await.unwrap();
        assert_eq!(reponse.status().as_u16(), 200);
        let mut ecoute = Self { reponse, recu: String::new(), id: String::new() };
        ecoute.battement().await;
        ecoute
    }

    pub(crate) fn entete(&self, nom: &str) -> Option<&str> {
        self.reponse.headers().get(nom).and_then(|v| v.to_str().ok())
    }

    /// Waits for a beat, which must be what comes next.
    pub(crate) async fn battement(&mut self) {
        assert_eq!(self.bloc().await, Some(Bloc::default()));
    }

    /// The next block; `None` at the end of the stream.
    async fn bloc(&mut self) -> Option<Bloc> {
        loop {
            if let Some((texte, _)) = self.recu.split_once("\n\n") {
                let champ =
                    |nom: &str| texte.lines().find_map(|l| l.strip_prefix(nom)?.strip_prefix(": ")).map(str::to_owned);
                let bloc = Bloc { event: champ("event").unwrap_or_default(), data: champ("data").unwrap_or_default() };
                self.id = champ("id").unwrap_or_else(|| self.id.clone());
                let lu = ..texte.len() + 2;
                self.recu.drain(lu);
                return Some(bloc);
            }
            let octets = tokio::time::timeout(PATIENCE, self.reponse.chunk()).await.expect("un bloc du fil");
            self.recu.push_str(std::str::from_utf8(&octets.ok()??).unwrap());
        }
    }

    /// The next block that carries something.
    pub(crate) async fn suivant(&mut self) -> Bloc {
        tokio::time::timeout(PATIENCE, async {
            loop {
                let bloc = self.bloc().await.expect("le fil s’est fermé");
                if bloc != Bloc::default() {
                    return bloc;
                }
            }
        })
        .await
        .expect("un évènement")
    }

    /// The next event: its type and its dossier.
    pub(crate) async fn entendre(&mut self) -> (EvenementType, uuid::Uuid) {
        let bloc = self.suivant().await;
        assert_eq!(bloc.event, "evenement");
        let evenement: Evenement = serde_json::from_str(&bloc.data).unwrap();
        (evenement.nature, evenement.dossier_id)
    }

    /// Waits until the server closes the stream; what it said meanwhile.
    pub(crate) async fn fermer(mut self) -> Vec<Bloc> {
        tokio::time::timeout(PATIENCE, async {
            let mut dits = Vec::new();
            while let Some(bloc) = self.bloc().await {
                dits.push(bloc);
            }
            dits.retain(|b| *b != Bloc::default());
            dits
        })
        .await
        .expect("la fin du fil")
    }
}

/// That a message was sent on a dossier.
pub(crate) fn message_sur(dossier: DossierId) -> (EvenementType, uuid::Uuid) {
    (EvenementType::MessageEnvoye, dossier.uuid())
}
