//! The settings of the process, from the command line and the environment.

use std::net::SocketAddr;
use std::path::PathBuf;

use app::bac_a_sable::BacASable;
use app::context::CoutArgon2;
use app::ports::coffre::Acces;
use app::ports::trousseau::Trousseau;
use app::quotas::ParMinute;
use app::{App, Reglages};
use clap::{Args, ValueEnum};
use domain::secret::Secret;
use domain::webhook::Ouverture;

/// Where documents are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Coffre {
    /// A folder of this machine, under the data folder.
    Local,
    /// A bucket of an S3-compatible storage.
    S3,
}

/// How far webhooks go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Webhooks {
    /// The public internet, over https.
    Publique,
    /// This machine itself besides, and http.
    Developpement,
}

/// The settings; each has an environment variable, and a default that needs no service.
#[derive(Debug, Clone, Args)]
pub struct Config {
    /// Address and port to listen on.
    #[arg(long, env = "EGESTION_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// `sqlite://path` or `postgres://…`; by default a file of the data folder.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// Folder of the database file, the local vault and the mails not sent.
    #[arg(long, env = "EGESTION_DATA", default_value = "data")]
    pub data: PathBuf,
    /// Folder of the page.
    #[arg(long, env = "EGESTION_WEB", default_value = "frontend/dist")]
    pub web: PathBuf,
    /// Address of the product as its users reach it, without a final slash.
    #[arg(long, env = "EGESTION_PUBLIC_URL", default_value = "http://localhost:8080")]
    pub public_url: String,
    /// Where documents are kept.
    #[arg(long, env = "EGESTION_VAULT", value_enum, default_value = "local")]
    pub vault: Coffre,
    /// The bucket.
    #[arg(long, env = "EGESTION_S3_BUCKET")]
    pub s3_bucket: Option<String>,
    /// Address of the S3 service, when it is not Amazon's.
    #[arg(long, env = "EGESTION_S3_ENDPOINT")]
    pub s3_endpoint: Option<String>,
    /// The region.
    #[arg(long, env = "EGESTION_S3_REGION", default_value = "eu-west-3")]
    pub s3_region: String,
    /// Name of the access key.
    #[arg(long, env = "EGESTION_S3_ACCESS_KEY", hide_env_values = true)]
    pub s3_access_key: Option<String>,
    /// Secret of the access key.
    #[arg(long, env = "EGESTION_S3_SECRET_KEY", hide_env_values = true)]
    pub s3_secret_key: Option<String>,
    /// clamd, as `host:port` or the path of its socket; none scans nothing.
    #[arg(long, env = "EGESTION_CLAMD")]
    pub clamd: Option<String>,
    /// Mail server, as `smtp://…` or `smtps://…`; none writes mails to files.
    #[arg(long, env = "EGESTION_SMTP_URL", hide_env_values = true)]
    pub smtp_url: Option<String>,
    /// From whom mails come.
    #[arg(long, env = "EGESTION_MAIL_FROM", default_value = "eGestion <ne-pas-repondre@opco.example>")]
    pub mail_from: String,
    /// A key that signs access tokens is replaced after this many days.
    #[arg(long, env = "EGESTION_ROTATION_CLES_JOURS", default_value_t = 30)]
    pub rotation_cles_jours: u32,
    /// The organisation's name.
    #[arg(long, env = "EGESTION_ORGANISME", default_value = "Constructys")]
    pub organisme: String,
    /// Telephone number of the assistance.
    #[arg(long, env = "EGESTION_ASSISTANCE", default_value = "0 800 940 999")]
    pub assistance: String,
    /// The undo window of a deposit, in seconds; 0 transmits at once.
    #[arg(long, env = "EGESTION_ANNULATION_SECONDES", default_value_t = 60)]
    pub annulation_secondes: u32,
    /// How far webhooks go; `developpement` opens http and this machine itself, for development and tests alone.
    #[arg(long, env = "EGESTION_WEBHOOKS", value_enum, default_value = "publique")]
    pub webhooks: Webhooks,
    /// A subscription to webhooks is switched off after this many days without one success.
    #[arg(long, env = "EGESTION_WEBHOOKS_PATIENCE_JOURS", default_value_t = 5)]
    pub webhooks_patience_jours: u32,
    /// The log of webhooks is kept this many days.
    #[arg(long, env = "EGESTION_WEBHOOKS_MEMOIRE_JOURS", default_value_t = 30)]
    pub webhooks_memoire_jours: u32,
    /// The key that seals secrets at rest, 32 bytes in base64, the same on all nodes; by default a file of the data folder.
    #[arg(long, env = "EGESTION_CLE_SECRETS", hide_env_values = true)]
    pub cle_secrets: Option<String>,
    /// Networks of the proxies whose `X-Forwarded-For` is believed, such as `10.0.0.0/8`, separated by commas.
    #[arg(long, env = "EGESTION_PROXIES_DE_CONFIANCE", value_delimiter = ',')]
    pub proxies: Vec<crate::extract::adresse::Reseau>,
    /// Requests that a signed-in person may send per minute to one node; 0 sets no limit.
    #[arg(long, env = "EGESTION_QUOTA_PERSONNES", default_value_t = 1200)]
    pub quota_personnes: u32,
    /// The same, for an API client.
    #[arg(long, env = "EGESTION_QUOTA_CLIENTS", default_value_t = 600)]
    pub quota_clients: u32,
    /// The same, for a network address that nobody is signed in from.
    #[arg(long, env = "EGESTION_QUOTA_ANONYMES", default_value_t = 600)]
    pub quota_anonymes: u32,
    /// Connections to the database.
    #[arg(long, env = "EGESTION_DB_CONNEXIONS", default_value_t = 16)]
    pub db_connexions: u32,
    /// Threads that serve requests; as many as cores by default.
    #[arg(long, env = "EGESTION_THREADS")]
    pub threads: Option<usize>,
}

impl Config {
    /// The address of the database.
    pub fn url_base(&self) -> String {
        self.database_url.clone().unwrap_or_else(|| format!("sqlite://{}", self.data.join("egestion.db").display()))
    }

    /// Opens the database, without migrating it.
    pub fn base(&self) -> Result<db::Base, String> {
        std::fs::create_dir_all(&self.data).map_err(|e| format!("dossier de données {} : {e}", self.data.display()))?;
        db::Base::open(&self.url_base(), self.db_connexions).map_err(|e| e.to_string())
    }

    /// The settings of a sandbox: a folder of its own inside the data folder, and a vault there, so that nothing of it
    /// is ever beside real data.
    pub fn du_bac_a_sable(mut self) -> Result<Self, String> {
        if self.vault == Coffre::S3 {
            return Err("un bac à sable garde ses documents dans un dossier : retirez EGESTION_VAULT=s3".to_owned());
        }
        self.data = self.data.join("bac-a-sable");
        Ok(self)
    }

    /// The application over the ports that the settings choose, and the sandbox when it is one.
    pub fn app(&self, base: db::Base, bac_a_sable: Option<BacASable>) -> Result<App, String> {
        use app::ports::coursier::{Coursier, Noms};
        use app::ports::{antivirus::Antivirus, coffre, facteur::Facteur, horloge::Horloge};
        let coffre = match self.vault {
            Coffre::Local => {
                coffre::Coffre::Local(coffre::Local::open(&self.data.join("vault")).map_err(|e| e.to_string())?)
            }
            Coffre::S3 => coffre::Coffre::S3(coffre::S3::open(&self.acces_s3()?).map_err(|e| e.to_string())?),
        };
        let ports = app::context::Ports {
            base,
            coffre,
            antivirus: Antivirus::parse(self.clamd.as_deref()),
            coursier: Coursier::new(self.ouverture(), Noms::Systeme).map_err(|e| e.to_string())?,
            trousseau: self.trousseau().map_err(|e| e.to_string())?,
            facteur: Facteur::open(self.smtp_url.as_deref(), self.data.join("mail")).map_err(|e| e.to_string())?,
            horloge: bac_a_sable.as_ref().map_or(Horloge::Systeme, BacASable::horloge),
            bac_a_sable,
        };
        let reglages = Reglages {
            organisme: self.organisme.clone(),
            assistance: self.assistance.clone(),
            url_publique: self.public_url.trim_end_matches('/').to_owned(),
            expediteur: self.mail_from.clone(),
            annulation_secondes: self.annulation_secondes,
            argon2: CoutArgon2 { memoire: 19 * 1024, passes: 2 },
            webhooks_patience: jours(self.webhooks_patience_jours),
            webhooks_memoire: jours(self.webhooks_memoire_jours),
            quotas: ParMinute {
                personnes: self.quota_personnes,
                clients: self.quota_clients,
                anonymes: self.quota_anonymes,
            },
            rotation_cles: std::time::Duration::from_secs(u64::from(self.rotation_cles_jours) * 24 * 3600),
            ..Reglages::default()
        };
        App::new(ports, reglages).map_err(|e| e.to_string())
    }

    const fn ouverture(&self) -> Ouverture {
        match self.webhooks {
            Webhooks::Publique => Ouverture::Publique,
            Webhooks::Developpement => Ouverture::Developpement,
        }
    }

    fn trousseau(&self) -> Result<Trousseau, app::Error> {
        match &self.cle_secrets {
            Some(cle) => Trousseau::parse(&Secret::new(cle.clone())),
            None => Trousseau::open(&self.data.join("cle-secrets")),
        }
    }

    fn acces_s3(&self) -> Result<Acces, String> {
        let du =
            |valeur: &Option<String>, nom: &str| valeur.clone().ok_or_else(|| format!("le coffre S3 demande {nom}"));
        Ok(Acces {
            bucket: du(&self.s3_bucket, "EGESTION_S3_BUCKET")?,
            endpoint: self.s3_endpoint.clone(),
            region: self.s3_region.clone(),
            cle: du(&self.s3_access_key, "EGESTION_S3_ACCESS_KEY")?,
            secret: Secret::new(du(&self.s3_secret_key, "EGESTION_S3_SECRET_KEY")?),
        })
    }
}

fn jours(n: u32) -> std::time::Duration {
    std::time::Duration::from_secs(u64::from(n) * 24 * 3600)
}
