//! Reading documents: one, by ranges; or all of a dossier as one ZIP.

use std::collections::HashSet;
use std::ops::Range;

use async_zip::base::write::ZipFileWriter;
use async_zip::{Compression, ZipDateTime, ZipDateTimeBuilder, ZipEntryBuilder};
use db::documents::LigneDocument;
use db::journal::Trace;
use domain::document::{Sens, Statut, Usage};
use domain::permit::{Action as _, Permit};
use domain::policy::{LireDocument, ListerDocuments};
use futures_util::{AsyncWriteExt as _, StreamExt as _, TryStreamExt as _};
use jiff::Timestamp;
use tokio_util::compat::TokioAsyncWriteCompatExt as _;

use crate::portail::a_paris;
use crate::ports::coffre::Flux;
use crate::{App, Error, Journal};

/// A document whose content may be read.
#[derive(Debug, Clone)]
pub struct Contenu {
    /// The document.
    pub document: LigneDocument,
}

/// Opens a document for reading; an infected one is never given out.
pub async fn ouvrir(app: &App, permit: &Permit<LireDocument>) -> Result<Contenu, Error> {
    let p = permit.clone();
    let document = app.read(move |conn| Ok(db::documents::lire(conn, &p)?.document)).await?;
    if document.statut.0 == Statut::Infecte {
        return Err(Error::Etat);
    }
    Ok(Contenu { document })
}

impl Contenu {
    /// Bytes `plage` of the document, in constant memory.
    pub async fn flux(&self, app: &App, plage: Range<u64>) -> Result<Flux, Error> {
        app.coffre().lire(&self.document.blob, plage).await
    }

    /// The document's size in bytes.
    pub fn taille(&self) -> u64 {
        u64::try_from(self.document.taille).unwrap_or(0)
    }
}

/// All documents of a dossier that the reader sees, as one ZIP written while it is read.
///
/// Folders tell the two sides and the attachments apart; two documents of one name are numbered.
pub async fn archive(app: &App, permit: &Permit<ListerDocuments>) -> Result<(String, Flux), Error> {
    let p = permit.clone();
    let trace = Trace {
        action: ListerDocuments::NOM,
        objet: "dossier",
        objet_id: permit.sur().id.uuid(),
        dossier: Some(permit.sur().id),
        details: serde_json::json!({ "archive": true }),
    };
    let lire = move |tx: &mut crate::Tx<'_>| {
        let numero = db::dossiers::numero(tx.conn, p.sur())?;
        Ok(((numero, db::documents::tous(tx.conn, &p)?), Journal::new(trace)))
    };
    let (numero, documents) = app.write(permit.acteur(), lire).await?;
    let (lecteur, ecrivain) = tokio::io::duplex(256 * 1024);
    let app = app.clone();
    let ecriture = tokio::spawn(async move {
        // A reader that goes away closes the pipe, and that ends the writing.
        compresser(&app, documents, ecrivain).await.inspect_err(|e| tracing::info!(erreur = %e, "archive interrompue"))
    });
    // An archive that stops too soon must not look whole: its end is an error.
    let fin = futures_util::stream::once(ecriture).filter_map(|fait| async move {
        let entiere = matches!(fait, Ok(Ok(())));
        (!entiere).then(|| Err(std::io::Error::other("archive interrompue")))
    });
    let octets = tokio_util::io::ReaderStream::with_capacity(lecteur, 64 * 1024);
    Ok((numero, octets.chain(fin).boxed()))
}

async fn compresser(app: &App, documents: Vec<LigneDocument>, sortie: tokio::io::DuplexStream) -> Result<(), Error> {
    let echec = |e: async_zip::error::ZipError| Error::Interne(format!("archive : {e}"));
    let mut zip = ZipFileWriter::new(sortie.compat_write());
    let mut noms = HashSet::new();
    for document in documents {
        let nom = nom_libre(&mut noms, &document);
        // PDF and pictures are compressed already.
        let entree = ZipEntryBuilder::new(nom.into(), Compression::Stored)
            .last_modification_date(heure_locale(document.depose_le.0))
            .unix_permissions(0o644);
        let mut ecriture = zip.write_entry_stream(entree).await.map_err(echec)?;
        let taille = u64::try_from(document.taille).unwrap_or(0);
        let mut flux = app.coffre().lire(&document.blob, 0..taille).await?;
        while let Some(octets) = flux.try_next().await.map_err(|e| Error::Indisponible(e.to_string()))? {
            ecriture.write_all(&octets).await.map_err(|e| Error::Illisible(e.to_string()))?;
        }
        ecriture.close().await.map_err(echec)?;
    }
    zip.close().await.map(drop).map_err(echec)
}

/// An instant as archives tell time: on the clocks of those who read, without saying so.
fn heure_locale(instant: Timestamp) -> ZipDateTime {
    let le = a_paris(instant);
    let partie = |n: i8| u32::from(n.unsigned_abs());
    ZipDateTimeBuilder::new()
        .year(le.year().into())
        .month(partie(le.month()))
        .day(partie(le.day()))
        .hour(partie(le.hour()))
        .minute(partie(le.minute()))
        .second(partie(le.second()))
        .build()
}

fn nom_libre(noms: &mut HashSet<String>, document: &LigneDocument) -> String {
    let dossier = match (document.usage.0, document.sens.0) {
        (Usage::Message, _) => "Messages",
        (Usage::Piece, Sens::Adherent) => "Mes documents",
        (Usage::Piece, Sens::Opco) => "Documents reçus",
    };
    let (tige, extension) = match document.nom.rsplit_once('.') {
        Some((t, e)) => (t, format!(".{e}")),
        None => (document.nom.as_str(), String::new()),
    };
    let mut nom = format!("{dossier}/{}", document.nom);
    let mut rang = 2;
    while !noms.insert(nom.to_lowercase()) {
        nom = format!("{dossier}/{tige} ({rang}){extension}");
        rang += 1;
    }
    nom
}
