//! A file on its way to the server: in one request when it is small, else part by part (tus 1.0.0).

use api_types::documents::Document;
use api_types::endpoint::{
    AbandonnerTeleversement, CreerTeleversement, DeposerTeleversement, Endpoint, LireTeleversement,
    PoursuivreTeleversement, SuivreTeleversement,
};
use api_types::televersements::{DepotTeleversement, Televersement};
use domain::televersement::StatutTeleversement;
use leptos::prelude::window;
use serde::de::DeserializeOwned;
use std::rc::Rc;
use uuid::Uuid;
use wasm_bindgen_futures::spawn_local;
use web_sys::Blob;

use super::echec::Echec;
use super::envoi::{Corps, Ligne, Prise, Rate, Reponse};
use super::http::{ENTETE_CLE, ENTETE_VERSION};
use crate::model::depot::{Remplace, UNE_REQUETE};

/// Bytes of one request. The server makes them durable by smaller parts as they come.
const ENVOI_MAX: u64 = 8 * 1024 * 1024;
/// How often an upload that another request moved on is looked at again, before it is taken for lost.
const RECALAGES: u32 = 5;
const VERSION: (&str, &str) = ("Tus-Resumable", "1.0.0");
const OCTETS: (&str, &str) = ("Content-Type", "application/offset+octet-stream");

/// A file and where it goes.
pub struct Colis {
    /// The dossier.
    pub dossier: Uuid,
    /// The category, for a member's document.
    pub piece: Option<Uuid>,
    /// The document that it replaces, in the version that was shown.
    pub remplace: Option<Remplace>,
    /// Its name.
    pub nom: String,
    /// Its size, in bytes.
    pub taille: u64,
    /// Its bytes.
    pub octets: Blob,
    /// Whether it is deposited although the same bytes are there.
    pub doublon_accepte: bool,
    /// Opens one upload, however often that is asked.
    pub cle: Uuid,
    /// The upload that keeps its first bytes.
    pub televersement: Option<Uuid>,
}

/// What an upload tells.
#[derive(Debug)]
pub enum Signe {
    /// The server keeps its bytes under this upload, or no longer does.
    Ouvert(Option<Uuid>),
    /// The server keeps so many bytes.
    Place(u64),
    /// So many bytes have left.
    Progres(u64),
    /// All bytes have left.
    Parti,
    /// The document, or why there is none; nothing comes after it.
    Fini(Result<Box<Document>, Echec>),
}

/// Sends a file, and tells `dire` what becomes of it; dropping what is returned stops it, and nothing more is told.
pub fn partir(colis: Colis, dire: impl Fn(Signe) + 'static) -> Prise {
    let (ligne, prise) = Ligne::nouvelle();
    let garde = ligne.clone();
    let dire: Dire = Rc::new(move |signe| {
        if !garde.coupee() {
            dire(signe);
        }
    });
    spawn_local(async move {
        let fin = Voyage { ligne, colis, dire: Rc::clone(&dire) }.mener().await;
        dire(Signe::Fini(fin.map(Box::new)));
    });
    prise
}

/// Tells the server to forget an upload; it does so by itself later if this is lost.
pub fn abandonner(televersement_id: Uuid) {
    spawn_local(async move {
        let (ligne, _prise) = Ligne::nouvelle();
        let chemin = AbandonnerTeleversement { televersement_id }.path();
        let _ = ligne.demander(AbandonnerTeleversement::METHOD, &chemin, &[VERSION], Corps::Rien, |_| {}).await;
    });
}

type Dire = Rc<dyn Fn(Signe)>;

struct Voyage {
    ligne: Ligne,
    colis: Colis,
    dire: Dire,
}

impl Voyage {
    async fn mener(&self) -> Result<Document, Echec> {
        if let Some(id) = self.colis.televersement {
            match self.continuer(id).await {
                // Forgotten by the server: it starts again from nothing.
                Err(e) if perdu(&e) => (self.dire)(Signe::Ouvert(None)),
                autre => return autre,
            }
        }
        if self.colis.taille <= UNE_REQUETE {
            return self.tout_envoyer().await;
        }
        let ouvert: Televersement = decoder(&self.ouvrir(Corps::Rien).await.map_err(|r| r.echec)?)?;
        (self.dire)(Signe::Ouvert(Some(ouvert.id)));
        self.verser(ouvert.id, 0).await
    }

    /// Goes on with an upload that the server keeps, from where it stands.
    async fn continuer(&self, id: Uuid) -> Result<Document, Echec> {
        self.prevenir(id).await?;
        let t = self.lire(id).await?;
        let recu = u64::try_from(t.recu).unwrap_or(0);
        match (t.statut, t.document) {
            (StatutTeleversement::Depose, Some(document)) => Ok(document),
            (StatutTeleversement::Complet, _) => self.deposer(id).await,
            (StatutTeleversement::EnCours, _) => {
                (self.dire)(Signe::Place(recu));
                self.verser(id, recu).await
            }
            _ => Err(Echec::Illisible(410)),
        }
    }

    /// Sends what is left, part by part, then reads the document.
    async fn verser(&self, id: Uuid, debut: u64) -> Result<Document, Echec> {
        let (mut recu, mut recalages) = (debut, 0);
        let chemin = PoursuivreTeleversement { televersement_id: id }.path();
        while recu < self.colis.taille {
            let fin = (recu + ENVOI_MAX).min(self.colis.taille);
            let partie = self.tranche(recu, fin).ok_or(Echec::Illisible(0))?;
            let place = recu.to_string();
            let entetes = [VERSION, OCTETS, ("Upload-Offset", place.as_str())];
            let progres = self.progres(recu);
            let corps = Corps::Octets(&partie);
            match self.ligne.demander(PoursuivreTeleversement::METHOD, &chemin, &entetes, corps, progres).await {
                Ok(reponse) => recu = reponse.nombre("Upload-Offset").unwrap_or(fin),
                // An earlier try, cut here, had arrived there.
                Err(r) if recule(&r.echec) && recalages < RECALAGES => {
                    recalages += 1;
                    let t = self.lire(id).await?;
                    if t.statut != StatutTeleversement::EnCours {
                        break;
                    }
                    recu = u64::try_from(t.recu).unwrap_or(0);
                    (self.dire)(Signe::Place(recu));
                }
                Err(r) => return Err(r.echec),
            }
        }
        let t = self.lire(id).await?;
        match t.document {
            Some(document) => Ok(document),
            None => self.deposer(id).await,
        }
    }

    /// Asks for the document of an upload that is whole on the server.
    async fn deposer(&self, televersement_id: Uuid) -> Result<Document, Echec> {
        (self.dire)(Signe::Parti);
        let corps = serde_json::to_string(&DepotTeleversement { doublon_accepte: self.colis.doublon_accepte });
        let corps = corps.map_err(|_| Echec::Illisible(0))?;
        let chemin = DeposerTeleversement { televersement_id }.path();
        let entetes = [("Content-Type", "application/json")];
        let envoi = self.ligne.demander(DeposerTeleversement::METHOD, &chemin, &entetes, Corps::Json(&corps), |_| {});
        decoder(&envoi.await.map_err(|r| r.echec)?)
    }

    /// A small file: the document comes with the answer.
    async fn tout_envoyer(&self) -> Result<Document, Echec> {
        match self.ouvrir(Corps::Octets(&self.colis.octets)).await {
            Ok(reponse) => {
                let t: Televersement = decoder(&reponse)?;
                t.document.ok_or(Echec::Illisible(201))
            }
            Err(Rate { echec, lieu }) => {
                let garde = lieu.and_then(|l| l.rsplit('/').next().and_then(|id| id.parse().ok()));
                if let Some(id) = garde {
                    (self.dire)(Signe::Ouvert(Some(id)));
                }
                Err(echec)
            }
        }
    }

    async fn ouvrir(&self, corps: Corps<'_>) -> Result<Reponse, Rate> {
        let operation = CreerTeleversement { dossier_id: self.colis.dossier };
        let (taille, metadonnees) = (self.colis.taille.to_string(), self.metadonnees());
        let cle = self.colis.cle.to_string();
        let mut entetes = vec![VERSION, ("Upload-Length", taille.as_str()), ("Upload-Metadata", metadonnees.as_str())];
        // An upload that the server forgot is opened anew, not answered again.
        if self.colis.televersement.is_none() {
            entetes.push((ENTETE_CLE, cle.as_str()));
        }
        entetes.extend(self.colis.remplace.as_ref().map(|r| (ENTETE_VERSION, r.etag())));
        if matches!(corps, Corps::Octets(_)) {
            entetes.push(OCTETS);
        }
        self.ligne.demander(CreerTeleversement::METHOD, &operation.path(), &entetes, corps, self.progres(0)).await
    }

    async fn lire(&self, televersement_id: Uuid) -> Result<Televersement, Echec> {
        let chemin = LireTeleversement { televersement_id }.path();
        let reponse = self.ligne.demander(LireTeleversement::METHOD, &chemin, &[], Corps::Rien, |_| {}).await;
        decoder(&reponse.map_err(|r| r.echec)?)
    }

    /// Has the server end what it may still receive by a connection that was lost, so that it says the most.
    async fn prevenir(&self, televersement_id: Uuid) -> Result<(), Echec> {
        let chemin = SuivreTeleversement { televersement_id }.path();
        match self.ligne.demander(SuivreTeleversement::METHOD, &chemin, &[VERSION], Corps::Rien, |_| {}).await {
            Err(Rate { echec: Echec::Reseau, .. }) => Err(Echec::Reseau),
            // Whatever else it answers, what is read next says more.
            _ => Ok(()),
        }
    }

    /// Tells what has left, of which `debut` before this request.
    fn progres(&self, debut: u64) -> impl Fn(f64) + use<> {
        let (dire, taille) = (Rc::clone(&self.dire), self.colis.taille);
        move |partis| {
            let partis = (debut + entier(partis)).min(taille);
            // What leaves at once is progress too: the connection is back.
            dire(Signe::Progres(partis));
            if partis == taille {
                dire(Signe::Parti);
            }
        }
    }

    fn tranche(&self, debut: u64, fin: u64) -> Option<Blob> {
        self.colis.octets.slice_with_f64_and_f64(reel(debut), reel(fin)).ok()
    }

    fn metadonnees(&self) -> String {
        let c = &self.colis;
        let mut paires = vec![("filename", c.nom.clone())];
        // A version goes where the document that it replaces is.
        match (c.remplace, c.piece) {
            (Some(remplace), _) => paires.push(("remplace", remplace.document.to_string())),
            (None, Some(piece)) => paires.push(("piece", piece.to_string())),
            (None, None) => {}
        }
        if c.doublon_accepte {
            paires.push(("doublon_accepte", "true".to_owned()));
        }
        paires.iter().map(|(cle, valeur)| format!("{cle} {}", base64(valeur))).collect::<Vec<_>>().join(",")
    }
}

/// UTF-8 in base64, by the browser, which takes one character for one byte.
fn base64(texte: &str) -> String {
    let octets: String = texte.bytes().map(char::from).collect();
    window().btoa(&octets).unwrap_or_default()
}

fn decoder<R: DeserializeOwned>(reponse: &Reponse) -> Result<R, Echec> {
    serde_json::from_str(&reponse.texte).map_err(|_| Echec::Illisible(200))
}

fn statut(e: &Echec) -> u16 {
    match e {
        Echec::Probleme { probleme, .. } => probleme.status,
        Echec::Illisible(statut) => *statut,
        Echec::Reseau => 0,
    }
}

/// Whether the server no longer has the upload.
fn perdu(e: &Echec) -> bool {
    matches!(statut(e), 404 | 410)
}

/// Whether the upload stands elsewhere than was thought.
fn recule(e: &Echec) -> bool {
    e.code() == Some(api_types::ProblemCode::EcartTeleversement)
}

#[expect(clippy::cast_precision_loss, reason = "sizes stay far below 2^53 bytes")]
const fn reel(n: u64) -> f64 {
    n as f64
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of bytes")]
const fn entier(n: f64) -> u64 {
    n as u64
}
