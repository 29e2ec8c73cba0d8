//! What every use case is given: the database, the vault, the ports and the settings.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use domain::mode::Mode;
use tokio::sync::Notify;

use crate::Error;
use crate::bac_a_sable::BacASable;
use crate::comptes::hachage::Hachages;
use crate::hub::Hub;
use crate::lecteurs::Lecteurs;
use crate::oauth::{Compteurs, Signatures};
use crate::ports::antivirus::Antivirus;
use crate::ports::coffre::Coffre;
use crate::ports::coursier::Coursier;
use crate::ports::facteur::Facteur;
use crate::ports::horloge::Horloge;
use crate::ports::trousseau::Trousseau;
use crate::quotas::{ParMinute, Quotas};
use crate::requete::EnCours;
use crate::televersements::Arrivees;

/// The settings that change what the product does.
#[derive(Debug, Clone)]
pub struct Reglages {
    /// The organisation's name, shown in the interface.
    pub organisme: String,
    /// The telephone number of the assistance.
    pub assistance: String,
    /// Address of the product as its users reach it, without a final slash; written in mails.
    pub url_publique: String,
    /// From whom mails come.
    pub expediteur: String,
    /// The undo window of a deposit, in seconds; 0 transmits at once.
    pub annulation_secondes: u32,
    /// A session ends after this long without use.
    pub session_inactive: Duration,
    /// A session ends after this long in any case.
    pub session_absolue: Duration,
    /// Cost of a password's hash.
    pub argon2: CoutArgon2,
    /// The public operations on accounts answer no sooner than this: their answer comes at the same
    /// moment whether an account exists or not.
    pub reponse_minimale: Duration,
    /// How often a live stream says that it is open, and its rights are read again.
    pub battement: Duration,
    /// A request whose body brings nothing for this long is taken for cut.
    pub silence: Duration,
    /// A subscription to webhooks is switched off after this long without one success.
    pub webhooks_patience: Duration,
    /// The log of webhooks is kept this long.
    pub webhooks_memoire: Duration,
    /// Requests that each caller may send.
    pub quotas: ParMinute,
    /// A key that signs access tokens is replaced after this long.
    pub rotation_cles: Duration,
}

/// Cost of a password's hash (OWASP: at least 19 MiB and 2 passes).
#[derive(Debug, Clone, Copy)]
pub struct CoutArgon2 {
    /// Memory, in KiB.
    pub memoire: u32,
    /// Passes.
    pub passes: u32,
}

impl Default for Reglages {
    fn default() -> Self {
        Self {
            organisme: "Constructys".to_owned(),
            assistance: "0 800 940 999".to_owned(),
            url_publique: "http://localhost:8080".to_owned(),
            expediteur: "eGestion <ne-pas-repondre@opco.example>".to_owned(),
            annulation_secondes: 60,
            session_inactive: Duration::from_secs(60 * 60),
            session_absolue: Duration::from_secs(12 * 60 * 60),
            argon2: CoutArgon2 { memoire: 19 * 1024, passes: 2 },
            reponse_minimale: Duration::from_millis(500),
            battement: Duration::from_secs(15),
            silence: Duration::from_secs(30),
            webhooks_patience: Duration::from_secs(5 * 24 * 3600),
            webhooks_memoire: Duration::from_secs(30 * 24 * 3600),
            quotas: ParMinute::default(),
            rotation_cles: Duration::from_secs(30 * 24 * 3600),
        }
    }
}

/// The application: cheap to clone, the same for every request.
#[derive(Clone)]
pub struct App {
    interieur: Arc<Interieur>,
}

struct Interieur {
    base: db::Base,
    lecteurs: Lecteurs,
    coffre: Coffre,
    antivirus: Antivirus,
    facteur: Facteur,
    coursier: Coursier,
    trousseau: Trousseau,
    horloge: Horloge,
    bac_a_sable: Option<BacASable>,
    reglages: Reglages,
    hub: Hub,
    arrivees: Arrivees,
    reveil: Notify,
    expedition: Notify,
    hachages: Hachages,
    en_cours: EnCours,
    quotas: Quotas,
    signatures: RwLock<Option<Arc<Signatures>>>,
    usages: Compteurs,
}

/// The ports of the application.
pub struct Ports {
    /// The database.
    pub base: db::Base,
    /// The vault.
    pub coffre: Coffre,
    /// The antivirus.
    pub antivirus: Antivirus,
    /// The postman.
    pub facteur: Facteur,
    /// The courier of webhooks.
    pub coursier: Coursier,
    /// The key ring.
    pub trousseau: Trousseau,
    /// The clock.
    pub horloge: Horloge,
    /// The sandbox, where the database is one.
    pub bac_a_sable: Option<BacASable>,
}

impl App {
    /// The application over its ports; fails when the system gives no threads.
    pub fn new(ports: Ports, reglages: Reglages) -> Result<Self, Error> {
        let Ports { base, coffre, antivirus, facteur, coursier, trousseau, horloge, bac_a_sable } = ports;
        let quotas = Quotas::new(reglages.quotas);
        let lecteurs = Lecteurs::new(base.lectures())?;
        let interieur = Interieur {
            base,
            lecteurs,
            coffre,
            antivirus,
            facteur,
            coursier,
            trousseau,
            horloge,
            bac_a_sable,
            reglages,
            hub: Hub::new(),
            arrivees: Arrivees::default(),
            reveil: Notify::new(),
            expedition: Notify::new(),
            hachages: Hachages::new(),
            en_cours: EnCours::default(),
            quotas,
            signatures: RwLock::new(None),
            usages: Compteurs::default(),
        };
        Ok(Self { interieur: Arc::new(interieur) })
    }

    /// The database, for the two doors of [`tx`](crate::tx).
    pub fn base(&self) -> &db::Base {
        &self.interieur.base
    }

    /// The threads that read the database.
    pub(crate) fn lecteurs(&self) -> &Lecteurs {
        &self.interieur.lecteurs
    }

    /// The vault.
    pub fn coffre(&self) -> &Coffre {
        &self.interieur.coffre
    }

    /// The antivirus.
    pub fn antivirus(&self) -> &Antivirus {
        &self.interieur.antivirus
    }

    /// The postman.
    pub fn facteur(&self) -> &Facteur {
        &self.interieur.facteur
    }

    /// The courier of webhooks.
    pub fn coursier(&self) -> &Coursier {
        &self.interieur.coursier
    }

    /// The key ring.
    pub fn trousseau(&self) -> &Trousseau {
        &self.interieur.trousseau
    }

    /// The clock.
    pub fn horloge(&self) -> &Horloge {
        &self.interieur.horloge
    }

    /// The sandbox; `None` where the data are real.
    pub fn bac_a_sable(&self) -> Option<&BacASable> {
        self.interieur.bac_a_sable.as_ref()
    }

    /// Whether the data are real.
    pub fn mode(&self) -> Mode {
        if self.bac_a_sable().is_some() { Mode::BacASable } else { Mode::Reel }
    }

    /// The settings.
    pub fn reglages(&self) -> &Reglages {
        &self.interieur.reglages
    }

    /// The hub of live events.
    pub fn hub(&self) -> &Hub {
        &self.interieur.hub
    }

    /// The uploads that this node is receiving bytes of.
    pub fn arrivees(&self) -> &Arrivees {
        &self.interieur.arrivees
    }

    /// What wakes the worker when there is work.
    pub fn reveil(&self) -> &Notify {
        &self.interieur.reveil
    }

    /// What wakes the sending of webhooks when there may be something to send.
    pub fn expedition(&self) -> &Notify {
        &self.interieur.expedition
    }

    /// The calls of API clients that are not written yet.
    pub fn usages(&self) -> &Compteurs {
        &self.interieur.usages
    }

    /// The signing keys as this node last read them.
    pub(crate) fn signatures(&self) -> Option<Arc<Signatures>> {
        self.interieur.signatures.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Keeps the signing keys just read.
    pub(crate) fn poser_signatures(&self, lues: Arc<Signatures>) {
        *self.interieur.signatures.write().unwrap_or_else(PoisonError::into_inner) = Some(lues);
    }

    /// The turns to hash passwords, and the memory for it.
    pub(crate) fn hachages(&self) -> &Hachages {
        &self.interieur.hachages
    }

    /// How many requests each caller has left.
    pub fn quotas(&self) -> &Quotas {
        &self.interieur.quotas
    }

    /// The keys of the requests being served.
    pub fn en_cours(&self) -> &EnCours {
        &self.interieur.en_cours
    }
}
