//! The postman: SMTP, or files.

use std::path::PathBuf;

use lettre::message::Mailbox;
use lettre::transport::smtp::AsyncSmtpTransport;
use lettre::{AsyncTransport as _, Message, Tokio1Executor};

use crate::Error;

/// What carries the mails of the outbox.
pub enum Facteur {
    /// A mail server.
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    /// A folder where each mail is written as a file, for a machine without a mail server.
    Fichiers(PathBuf),
}

/// A mail to carry.
#[derive(Debug)]
pub struct Lettre<'a> {
    /// A name for it, unique: its file's name.
    pub id: uuid::Uuid,
    /// From whom, such as `eGestion <ne-pas-repondre@opco.example>`.
    pub expediteur: &'a str,
    /// To whom.
    pub destinataire: &'a str,
    /// Its subject.
    pub sujet: &'a str,
    /// Its text.
    pub corps: String,
}

impl Facteur {
    /// The postman of `smtp_url` (`smtp://…`, `smtps://…`), or files under `dossier`.
    pub fn open(smtp_url: Option<&str>, dossier: PathBuf) -> Result<Self, Error> {
        match smtp_url {
            None | Some("") => Ok(Self::Fichiers(dossier)),
            Some(url) => AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
                .map(|t| Self::Smtp(t.build()))
                .map_err(|e| Error::Interne(format!("adresse SMTP : {e}"))),
        }
    }

    /// Carries a mail.
    pub async fn porter(&self, lettre: Lettre<'_>) -> Result<(), Error> {
        let adresse =
            |texte: &str| texte.parse::<Mailbox>().map_err(|_| Error::Interne("adresse de courriel".to_owned()));
        let expediteur = adresse(lettre.expediteur)?;
        // The same each time the mail is tried: sent again after a crash, it is recognised as the same.
        let nom = format!("<{}@{}>", lettre.id.simple(), expediteur.email.domain());
        let message = Message::builder()
            .message_id(Some(nom))
            .from(expediteur)
            .to(adresse(lettre.destinataire)?)
            .subject(lettre.sujet)
            .header(lettre::message::header::ContentType::TEXT_PLAIN)
            .body(lettre.corps)
            .map_err(|e| Error::Interne(format!("courriel : {e}")))?;
        match self {
            Self::Smtp(serveur) => serveur.send(message).await.map(drop).map_err(|e| Error::Indisponible(raison(&e))),
            Self::Fichiers(dossier) => {
                let echec = |e: std::io::Error| Error::Indisponible(format!("courriel : {e}"));
                tokio::fs::create_dir_all(dossier).await.map_err(echec)?;
                let chemin = dossier.join(format!("{}.eml", lettre.id));
                tokio::fs::write(chemin, message.formatted()).await.map_err(echec)
            }
        }
    }
}

/// What went wrong, without the words of the mail server: they often repeat the address.
fn raison(e: &lettre::transport::smtp::Error) -> String {
    let quoi = if e.is_timeout() {
        "le serveur ne répond pas"
    } else if e.is_permanent() {
        "refusé par le serveur"
    } else if e.is_transient() {
        "remis à plus tard par le serveur"
    } else {
        "le serveur ne se joint pas"
    };
    e.status().map_or_else(|| format!("courriel : {quoi}"), |code| format!("courriel : {quoi} ({code})"))
}
