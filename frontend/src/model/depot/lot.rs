//! The files of one gesture: what is said of them, each thing once.

use super::{Destination, Envoi, Phase, Zone};

/// What the live region says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Annonce {
    /// A file starts.
    Debut {
        /// Its name.
        nom: String,
    },
    /// Several files start.
    DebutLot {
        /// How many.
        nombre: usize,
    },
    /// Half of the file has left.
    Moitie {
        /// Its name.
        nom: String,
    },
    /// Half of the files' bytes have left.
    MoitieLot {
        /// How many files.
        nombre: usize,
    },
    /// A file is deposited.
    Fin {
        /// Its name.
        nom: String,
    },
    /// The connection fell.
    Perte {
        /// The file that was leaving.
        nom: String,
    },
    /// The connection is back.
    Retour,
    /// A file was stopped for a while.
    Pause {
        /// Its name.
        nom: String,
    },
    /// A file goes on.
    Reprise {
        /// Its name.
        nom: String,
    },
    /// A file was cancelled.
    Annule {
        /// Its name.
        nom: String,
    },
    /// Several files are over.
    Bilan(Bilan),
}

/// What became of the files of one gesture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bilan {
    /// The gesture.
    pub lot: u32,
    /// The zone that shows it.
    pub zone: Zone,
    /// Deposited.
    pub deposes: usize,
    /// Refused.
    pub refuses: usize,
    /// Not sent, although not at fault.
    pub echecs: usize,
    /// Already there: the person must choose.
    pub doublons: usize,
    /// The first file that was not deposited, to be led to.
    pub premier: Option<u32>,
}

/// The files of one gesture.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Lot {
    pub(super) id: u32,
    destination: Destination,
    total: usize,
    deposes: usize,
    octets: u64,
    octets_arrives: u64,
    moitie_dite: bool,
    perte_dite: bool,
    clos: Option<Bilan>,
    lu: bool,
}

impl Lot {
    /// The gesture of `total` files, of which `octets` will leave.
    pub(super) const fn nouveau(id: u32, destination: Destination, total: usize, octets: u64) -> Self {
        Self {
            id,
            destination,
            total,
            deposes: 0,
            octets,
            octets_arrives: 0,
            moitie_dite: false,
            perte_dite: false,
            clos: None,
            lu: false,
        }
    }

    /// The summary was read: it need not stay in sight.
    pub(super) const fn lire(&mut self) {
        self.lu = true;
    }

    /// What to say now that `voyagent` bytes of the files under way have left.
    pub(super) fn progresser(&mut self, voyagent: u64, repris: bool, nom: &str) -> Vec<Annonce> {
        let mut dits = Vec::new();
        if repris && self.perte_dite {
            self.perte_dite = false;
            dits.push(Annonce::Retour);
        }
        let partis = self.octets_arrives + voyagent;
        if !self.moitie_dite && partis * 2 >= self.octets {
            self.moitie_dite = true;
            // A file that leaves at once is not worth three sentences.
            if partis < self.octets {
                dits.push(match self.total {
                    1 => Annonce::Moitie { nom: nom.to_owned() },
                    nombre => Annonce::MoitieLot { nombre },
                });
            }
        }
        dits
    }

    /// What to say of a connection lost, once until it is back.
    pub(super) fn perdre(&mut self, nom: String) -> Option<Annonce> {
        let premiere = !self.perte_dite;
        self.perte_dite = true;
        premiere.then_some(Annonce::Perte { nom })
    }

    /// What to say of a file deposited: by itself, or with the summary of its gesture.
    pub(super) fn arriver(&mut self, envoi: &Envoi) -> Option<Annonce> {
        self.deposes += 1;
        self.octets_arrives += envoi.fichier.taille;
        (self.total == 1 || self.clos.is_some()).then(|| Annonce::Fin { nom: envoi.fichier.nom.clone() })
    }

    /// The summary of several files once none is under way, the first time only.
    pub(super) fn clore(&mut self, restent: &[&Envoi]) -> Option<Bilan> {
        if self.clos.is_some() {
            return None;
        }
        let nombre = |admis: fn(&Phase) -> bool| restent.iter().filter(|e| admis(&e.phase)).count();
        let bilan = Bilan {
            lot: self.id,
            zone: self.destination.zone,
            deposes: self.deposes,
            refuses: nombre(|p| matches!(p, Phase::Refus(_))),
            echecs: nombre(|p| matches!(p, Phase::Echec(_))),
            doublons: nombre(|p| matches!(p, Phase::Doublon(_))),
            premier: restent.first().map(|e| e.id),
        };
        self.clos = Some(bilan.clone());
        let vide = bilan.deposes == 0 && restent.is_empty();
        (self.total > 1 && !vide).then_some(bilan)
    }

    /// The summary, when it must stay in sight: several files, and one at least not deposited.
    pub(super) fn bilan_a_montrer(&self) -> Option<Bilan> {
        self.clos.clone().filter(|b| !self.lu && self.total > 1 && b.refuses + b.echecs + b.doublons > 0)
    }
}
