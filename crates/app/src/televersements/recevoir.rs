use bytes::Bytes;
use db::Conn;
use db::codes::JobNature;
use db::televersements::LigneTeleversement;
use domain::ids::Id;
use domain::permit::Permit;
use domain::policy::Poursuivre;
use domain::televersement::StatutTeleversement;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use uuid::Uuid;

use super::echeance;
use super::empreinte::{Calcul, Empreinte};
use super::terminer::SANS_DROIT;
use crate::authz::rejuger;
use crate::documents::abandonner;
use crate::ports::coffre::Tranche;
use crate::{App, Error};

/// Most bytes of a part, and so most received bytes that a process killed loses. Below the smallest part of S3's own
/// multipart uploads: there too a part is one request.
pub const PARTIE: u64 = 4 * 1024 * 1024;
/// Pieces of a body that wait for the vault: the sender is slowed down to what the vault takes.
const ATTENTE: usize = 8;
/// When the worker looks whether a complete upload was deposited: later than the request that completed it.
const REPRISE: SignedDuration = SignedDuration::from_secs(120);

/// Bytes that arrive for an upload.
///
/// They are taken in by a task of its own: when the connection is cut, what arrived is made durable all the same.
pub struct Arrivee {
    octets: mpsc::Sender<Bytes>,
    tache: JoinHandle<Result<u64, Error>>,
}

impl Arrivee {
    /// Takes the next bytes; `false` when no more are wanted, and [`finir`](Self::finir) says why.
    pub async fn ecrire(&self, octets: Bytes) -> bool {
        self.octets.send(octets).await.is_ok()
    }

    /// Waits until all that arrived is durable; the new place of the upload, in bytes.
    pub async fn finir(self) -> Result<u64, Error> {
        drop(self.octets);
        self.tache.await.map_err(|e| Error::Interne(format!("réception interrompue : {e}")))?
    }
}

/// Starts to take in bytes that begin at `debut`.
///
/// Without a checksum they become durable part by part as they come. With any, all of them or none: the protocol
/// demands that the upload does not move when one is wrong.
pub fn recevoir(
    app: &App,
    permit: &Permit<Poursuivre>,
    televersement: &LigneTeleversement,
    debut: u64,
    empreintes: Vec<Empreinte>,
) -> Result<Arrivee, Error> {
    super::reellement()?;
    let recu = u64::try_from(televersement.recu).unwrap_or(0);
    if debut != recu {
        return Err(Error::Ecart { recu });
    }
    let encours = televersement.statut.0 == StatutTeleversement::EnCours;
    let restent = u64::try_from(televersement.taille).unwrap_or(0) - recu;
    let (octets, arrivee) = mpsc::channel(ATTENTE);
    let flot = Flot {
        app: app.clone(),
        permit: permit.clone(),
        debut,
        place: debut,
        fin: if encours { debut + restent } else { debut },
        empreintes: empreintes.into_iter().map(|e| (Calcul::nouveau(e.algorithme), e.attendue)).collect(),
        scellees: Vec::new(),
        ceder: app.arrivees().noter(permit.sur().id),
    };
    Ok(Arrivee { octets, tache: tokio::spawn(flot.avaler(arrivee)) })
}

struct Flot {
    app: App,
    permit: Permit<Poursuivre>,
    /// Where the upload stands in the database.
    debut: u64,
    /// Where the bytes received end.
    place: u64,
    /// The size of the file.
    fin: u64,
    empreintes: Vec<(Calcul, Vec<u8>)>,
    /// Durable bytes that the database does not know yet.
    scellees: Vec<(i64, String)>,
    /// Says that another request of the same client is there: what arrived is to be made durable, and no more taken.
    ceder: watch::Receiver<bool>,
}

impl Flot {
    async fn avaler(mut self, mut arrivee: mpsc::Receiver<Bytes>) -> Result<u64, Error> {
        let fait = self.tout_avaler(&mut arrivee).await;
        if fait.is_err() {
            // No row points at them: a crash here leaves them to the sweep.
            for (_, blob) in self.scellees {
                abandonner(&self.app, &blob).await;
            }
        }
        fait.map(|()| self.debut)
    }

    async fn tout_avaler(&mut self, arrivee: &mut mpsc::Receiver<Bytes>) -> Result<(), Error> {
        let mut tranche = self.app.coffre().recevoir_tranche();
        while let Some(mut octets) = self.suivants(arrivee).await {
            if self.place + octets.len() as u64 > self.fin {
                return Err(Error::TropVolumineux { limite: self.fin });
            }
            self.place += octets.len() as u64;
            for (calcul, _) in &mut self.empreintes {
                calcul.voir(&octets);
            }
            while !octets.is_empty() {
                let libre = usize::try_from(PARTIE - tranche.taille()).unwrap_or(usize::MAX);
                let morceau = octets.split_to(libre.min(octets.len()));
                tranche = tranche.ecrire(&morceau).await?;
                if tranche.taille() == PARTIE {
                    self.sceller(std::mem::replace(&mut tranche, self.app.coffre().recevoir_tranche())).await?;
                }
            }
        }
        if tranche.taille() > 0 {
            self.sceller(tranche).await?;
        }
        if std::mem::take(&mut self.empreintes).into_iter().any(|(calcul, attendue)| calcul.finir() != attendue) {
            return Err(Error::Empreinte);
        }
        self.inscrire().await
    }

    /// The next bytes; `None` at the end, and when another request takes over.
    async fn suivants(&mut self, arrivee: &mut mpsc::Receiver<Bytes>) -> Option<Bytes> {
        tokio::select! {
            octets = arrivee.recv() => octets,
            Ok(()) = self.ceder.changed() => {
                // Nothing more is let in; what arrived still comes out.
                arrivee.close();
                arrivee.recv().await
            }
        }
    }

    /// Makes a part durable, and says so to the database unless a checksum is still to be verified.
    async fn sceller(&mut self, tranche: Tranche) -> Result<(), Error> {
        let taille = i64::try_from(tranche.taille()).unwrap_or(i64::MAX);
        self.scellees.push((taille, tranche.sceller().await?));
        if self.empreintes.is_empty() { self.inscrire().await } else { Ok(()) }
    }

    /// Writes the durable parts in the database: from now on they are acknowledged.
    async fn inscrire(&mut self) -> Result<(), Error> {
        if self.scellees.is_empty() {
            return Ok(());
        }
        let scellees = std::mem::take(&mut self.scellees);
        let (permit, parties, maintenant) = (self.permit.clone(), scellees.clone(), self.app.horloge().maintenant());
        let ajoutes: i64 = parties.iter().map(|(taille, _)| taille).sum();
        let debut = i64::try_from(self.debut).unwrap_or(i64::MAX);
        let complet = self.place == self.fin;
        let ecrit = self
            .app
            .entretenir(move |conn| {
                if db::televersements::avancer(conn, &permit, debut, &parties, echeance(maintenant))? {
                    if complet {
                        achever(conn, &permit, maintenant)?;
                    }
                    return Ok(None);
                }
                Ok(Some(db::televersements::lire(conn, &permit)?.recu))
            })
            .await;
        let refus = match ecrit {
            Ok(None) => None,
            Ok(Some(recu)) => Some(Error::Ecart { recu: u64::try_from(recu).unwrap_or(0) }),
            Err(Error::Absent) => Some(Error::Absent),
            // The write may have been committed: the sweep decides of the bytes.
            Err(e) => return Err(e),
        };
        if let Some(refus) = refus {
            self.scellees = scellees;
            return Err(refus);
        }
        self.debut += u64::try_from(ajoutes).unwrap_or(0);
        Ok(())
    }
}

/// Has the worker see to the deposit of an upload whose last bytes came, unless its creator lost the right to them while
/// they came, or the session or the token that they came by: it then awaits that its creator asks.
fn achever(conn: &mut Conn, permit: &Permit<Poursuivre>, maintenant: Timestamp) -> Result<(), Error> {
    match rejuger(conn, permit, permit.sur().id, maintenant) {
        Ok(_) => {
            let (job, id) = (Id::new(Uuid::now_v7()), permit.sur().id.uuid());
            db::jobs::planifier(conn, job, JobNature::TerminerTeleversement, id, maintenant + REPRISE)?;
        }
        Err(Error::Absent | Error::Interdit(_)) => db::televersements::suspendre(conn, permit, SANS_DROIT)?,
        Err(e) => return Err(e),
    }
    Ok(())
}
