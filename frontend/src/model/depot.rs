//! The queue of deposits, as a pure machine: events in, state and effects out.
//!
//! Nothing here sends a byte, reads a clock or draws a line. Each file is one job of its own:
//! what happens to one never touches its neighbours.

mod envoi;
mod lot;
mod mesure;
mod recu;
mod regle;
mod remplace;
#[cfg(test)]
mod tests;

pub use envoi::{Envoi, Phase, UNE_REQUETE};
pub use lot::{Annonce, Bilan};
pub use recu::{Cause, Reponse};
pub use regle::{Fichier, LOT_MAX, Places, Refus, Regle, ranger};
pub use remplace::Remplace;

use api_types::documents::Document;
use uuid::Uuid;

use lot::Lot;
use mesure::Mesure;

/// Most uploads at a time.
pub const SIMULTANES: usize = 3;

/// Where files are shown while they travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone {
    /// The dossier: dossiers of one dispositif share their categories.
    pub dossier: Uuid,
    /// Where in the dossier.
    pub lieu: Lieu,
}

/// A place of deposit in a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lieu {
    /// A category of « Mes documents ».
    Piece(Uuid),
    /// The OPCO's documents.
    Opco,
}

/// Where a file goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Destination {
    /// The zone that shows it.
    pub zone: Zone,
    /// The document that it replaces, if it does.
    pub remplace: Option<Remplace>,
}

/// The moment of an event: what the machine is not allowed to read by itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Instant {
    /// Milliseconds since any fixed origin.
    pub ms: f64,
    /// A number drawn between 0 and 1, to spread the tries.
    pub hasard: f64,
}

/// What happens to the queue.
#[derive(Debug, Clone, PartialEq)]
pub enum Evenement {
    /// Files were chosen, dropped or pasted in one gesture, each with the answer of its rule.
    Choix(Destination, Vec<(Fichier, Result<(), Refus>)>),
    /// Bytes have left.
    Progres { id: u32, envoyes: u64 },
    /// The server keeps the bytes under this upload, or no longer does.
    Ouvert(u32, Option<Uuid>),
    /// The server said how many bytes it keeps: the rest leaves.
    Place { id: u32, recu: u64 },
    /// All bytes have left.
    Parti(u32),
    /// The server answered, or the connection fell.
    Repondu(u32, Reponse),
    /// The person cancels a file or takes its row away.
    Retrait(u32),
    /// The person asks for another try.
    Reessai(u32),
    /// The person stops a file for a while.
    Pause(u32),
    /// The person goes on with it, or chose its bytes again.
    Suite(u32),
    /// A file that was on its way when the page was left.
    Restaure(Destination, Fichier, Reste),
    /// Somebody signed in again.
    Session,
    /// The person deposits although the same bytes are there.
    DoublonAccepte(u32),
    /// The moment of the next try has come.
    Echeance(u32),
    /// The browser says that the network is back.
    EnLigne,
    /// The browser says that the network is gone.
    HorsLigne,
    /// The summary of a gesture was read.
    BilanLu(u32),
}

/// What the browser kept of a file when the page was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reste {
    /// The upload that keeps its bytes on the server.
    pub televersement: Option<Uuid>,
    /// Whether the person wants it although the same bytes are there.
    pub doublon_accepte: bool,
    /// Whether the person had stopped it.
    pub pause: bool,
    /// Whether its bytes are there.
    pub octets: bool,
}

/// What the outside must do.
#[derive(Debug, Clone, PartialEq)]
pub enum Effet {
    /// Send the file.
    Envoyer(u32),
    /// Stop sending it.
    Interrompre(u32),
    /// Give back [`Evenement::Echeance`] after so many milliseconds.
    Rappeler(u32, f64),
    /// Say it once, politely.
    Annoncer(Annonce),
    /// The document is there: show its card.
    Depose(u32, Destination, Box<Document>),
}

/// The queue.
#[derive(Debug, Clone, PartialEq)]
pub struct Depot {
    envois: Vec<Envoi>,
    lots: Vec<Lot>,
    prochain: u32,
    en_ligne: bool,
}

impl Default for Depot {
    fn default() -> Self {
        Self { envois: Vec::new(), lots: Vec::new(), prochain: 0, en_ligne: true }
    }
}

impl Depot {
    /// The files, in the order they were chosen.
    pub fn envois(&self) -> &[Envoi] {
        &self.envois
    }

    /// A file of the queue.
    pub fn envoi(&self, id: u32) -> Option<&Envoi> {
        self.envois.iter().find(|e| e.id == id)
    }

    /// Whether the browser says it is online.
    pub const fn en_ligne(&self) -> bool {
        self.en_ligne
    }

    /// Whether leaving the page would lose a file.
    pub fn occupe(&self) -> bool {
        self.envois.iter().any(|e| e.vivant() && e.phase != Phase::AChoisir)
    }

    /// The summaries to show: gestures of several files that ended with a failure.
    pub fn bilans(&self) -> impl Iterator<Item = Bilan> + '_ {
        self.lots.iter().filter_map(Lot::bilan_a_montrer)
    }

    /// Takes an event in, and says what to do.
    pub fn appliquer(&mut self, evenement: Evenement, quand: Instant) -> Vec<Effet> {
        let mut effets = Vec::new();
        match evenement {
            Evenement::Choix(destination, fichiers) => self.choisir(destination, fichiers, &mut effets),
            Evenement::Progres { id, envoyes } => self.avancer(id, envoyes, quand, &mut effets),
            Evenement::Ouvert(id, televersement) => {
                if let Some(e) = self.modifier(id) {
                    e.televersement = televersement;
                }
            }
            Evenement::Place { id, recu } => self.placer(id, recu, quand),
            Evenement::Parti(id) => self.partir(id),
            Evenement::Repondu(id, reponse) => self.repondre(id, reponse, quand, &mut effets),
            Evenement::Retrait(id) => self.retirer(id, &mut effets),
            Evenement::Reessai(id) => {
                if let Some(e) = self.relancer(id, |p| matches!(p, Phase::Echec(_) | Phase::Attente { .. })) {
                    e.essais = 0;
                }
            }
            Evenement::Echeance(id) => {
                self.relancer(id, |p| matches!(p, Phase::Attente { jusqu_a, .. } if *jusqu_a <= quand.ms));
            }
            Evenement::Pause(id) => self.suspendre(id, &mut effets),
            Evenement::Suite(id) => {
                if let Some(e) = self.relancer(id, |p| matches!(p, Phase::EnPause | Phase::AChoisir)) {
                    e.essais = 0;
                    effets.push(Effet::Annoncer(Annonce::Reprise { nom: e.fichier.nom.clone() }));
                }
            }
            Evenement::Restaure(destination, fichier, reste) => {
                self.restaurer(destination, fichier, reste, &mut effets);
            }
            Evenement::Session => {
                for e in self.envois.iter_mut().filter(|e| e.phase == Phase::Echec(Cause::Session)) {
                    e.essais = 0;
                    e.phase = Phase::EnFile;
                }
            }
            Evenement::DoublonAccepte(id) => {
                if let Some(e) = self.relancer(id, |p| matches!(p, Phase::Doublon(_))) {
                    e.doublon_accepte = true;
                }
            }
            Evenement::EnLigne => self.revenir(),
            Evenement::HorsLigne => self.en_ligne = false,
            Evenement::BilanLu(lot) => self.lots.iter_mut().filter(|l| l.id == lot).for_each(Lot::lire),
        }
        self.amorcer(quand, &mut effets);
        self.conclure(&mut effets);
        effets
    }

    fn modifier(&mut self, id: u32) -> Option<&mut Envoi> {
        self.envois.iter_mut().find(|e| e.id == id)
    }

    fn choisir(
        &mut self,
        destination: Destination,
        fichiers: Vec<(Fichier, Result<(), Refus>)>,
        effets: &mut Vec<Effet>,
    ) {
        self.prochain += 1;
        let lot = self.prochain;
        let partants: Vec<&Fichier> = fichiers.iter().filter(|(_, v)| v.is_ok()).map(|(f, _)| f).collect();
        let octets = partants.iter().map(|f| f.taille).sum();
        self.lots.push(Lot::nouveau(lot, destination, fichiers.len(), octets));
        match partants.as_slice() {
            [] => {}
            [seul] => effets.push(Effet::Annoncer(Annonce::Debut { nom: seul.nom.clone() })),
            plusieurs => effets.push(Effet::Annoncer(Annonce::DebutLot { nombre: plusieurs.len() })),
        }
        for (fichier, verdict) in fichiers {
            self.prochain += 1;
            let phase = verdict.map_or_else(Phase::Refus, |()| Phase::EnFile);
            self.envois.push(Envoi::nouveau(self.prochain, lot, destination, fichier, phase));
        }
    }

    /// A file comes back as it was when the page was left.
    fn restaurer(&mut self, destination: Destination, fichier: Fichier, reste: Reste, effets: &mut Vec<Effet>) {
        self.prochain += 2;
        let (lot, id) = (self.prochain - 1, self.prochain);
        let phase = match reste {
            Reste { octets: false, .. } => Phase::AChoisir,
            Reste { pause: true, .. } => Phase::EnPause,
            _ => Phase::EnFile,
        };
        if phase == Phase::EnFile {
            effets.push(Effet::Annoncer(Annonce::Reprise { nom: fichier.nom.clone() }));
        }
        self.lots.push(Lot::nouveau(lot, destination, 1, fichier.taille));
        let mut envoi = Envoi::nouveau(id, lot, destination, fichier, phase);
        envoi.televersement = reste.televersement;
        envoi.doublon_accepte = reste.doublon_accepte;
        // It may have arrived just before the page was left.
        envoi.coupe = true;
        self.envois.push(envoi);
    }

    fn suspendre(&mut self, id: u32, effets: &mut Vec<Effet>) {
        let Some(e) = self.modifier(id) else { return };
        match e.phase {
            Phase::EnCours(_) => effets.push(Effet::Interrompre(id)),
            Phase::EnFile | Phase::Attente { .. } => {}
            // All bytes have left: there is nothing to stop.
            _ => return,
        }
        e.phase = Phase::EnPause;
        effets.push(Effet::Annoncer(Annonce::Pause { nom: e.fichier.nom.clone() }));
    }

    fn retirer(&mut self, id: u32, effets: &mut Vec<Effet>) {
        let Some(place) = self.envois.iter().position(|e| e.id == id) else { return };
        let envoi = self.envois.remove(place);
        if envoi.en_vol() {
            effets.push(Effet::Interrompre(id));
        }
        if envoi.vivant() {
            effets.push(Effet::Annoncer(Annonce::Annule { nom: envoi.fichier.nom }));
        }
    }

    fn relancer(&mut self, id: u32, admis: impl Fn(&Phase) -> bool) -> Option<&mut Envoi> {
        let envoi = self.modifier(id).filter(|e| admis(&e.phase))?;
        envoi.phase = Phase::EnFile;
        Some(envoi)
    }

    /// Fills the free places, first come first served.
    fn amorcer(&mut self, quand: Instant, effets: &mut Vec<Effet>) {
        let mut libres = SIMULTANES.saturating_sub(self.envois.iter().filter(|e| e.en_vol()).count());
        for e in self.envois.iter_mut().filter(|e| e.phase == Phase::EnFile) {
            if libres == 0 {
                break;
            }
            libres -= 1;
            if e.televersement.is_none() {
                e.envoyes = 0;
            }
            e.phase = Phase::EnCours(Mesure::partir(quand.ms, e.envoyes));
            effets.push(Effet::Envoyer(e.id));
        }
    }
}
