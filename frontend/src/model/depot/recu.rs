//! What comes back from the network, and what is tried again.

use api_types::documents::Document;
use api_types::problem::ProblemCode;
use domain::nom_fichier::assainir;

use crate::api::echec::Echec;

use super::mesure::Mesure;
use super::{Annonce, Depot, Effet, Envoi, Instant, Lieu, Phase, Refus, Zone};

/// Tries by themselves when the server fails.
const ESSAIS_SERVEUR: u32 = 4;
/// The first pause, in milliseconds; it doubles at each try.
const PAUSE_MS: f64 = 1_000.0;
/// The longest pause, in milliseconds.
const PAUSE_MAX_MS: f64 = 30_000.0;

/// The end of a try: the document is acknowledged, or not.
pub type Reponse = Result<Box<Document>, Echec>;

/// Why a try failed although the file is not at fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// The connection fell.
    Reseau,
    /// The server failed; the reference is to quote to the assistance.
    Serveur {
        /// The reference of the incident.
        reference: Option<String>,
    },
    /// The session is over: signing in again is needed.
    Session,
    /// Too many requests in a short time.
    Cadence,
}

/// What to make of an answer.
enum Suite {
    Fini(Box<Document>),
    Doublon(Option<Box<Document>>),
    Refus(Refus),
    Encore(Cause, Option<u32>),
    Arret(Cause),
}

impl Depot {
    pub(super) fn avancer(&mut self, id: u32, envoyes: u64, quand: Instant, effets: &mut Vec<Effet>) {
        let Some(e) = self.modifier(id) else { return };
        let Phase::EnCours(mesure) = &mut e.phase else { return };
        mesure.avancer(envoyes, quand.ms);
        e.envoyes = e.envoyes.max(envoyes.min(e.fichier.taille));
        let (lot, repris, nom) = (e.lot, e.coupe && envoyes > 0, e.fichier.nom.clone());
        let voyagent: u64 = self.envois.iter().filter(|e| e.lot == lot).map(|e| e.envoyes).sum();
        let Some(lot) = self.lots.iter_mut().find(|l| l.id == lot) else { return };
        effets.extend(lot.progresser(voyagent, repris, &nom).into_iter().map(Effet::Annoncer));
    }

    pub(super) fn placer(&mut self, id: u32, recu: u64, quand: Instant) {
        if let Some(e) = self.modifier(id)
            && let Phase::EnCours(mesure) = &mut e.phase
        {
            *mesure = Mesure::partir(quand.ms, recu);
            e.envoyes = recu.min(e.fichier.taille);
        }
    }

    pub(super) fn partir(&mut self, id: u32) {
        if let Some(e) = self.modifier(id).filter(|e| matches!(e.phase, Phase::EnCours(_))) {
            e.envoyes = e.fichier.taille;
            e.phase = Phase::Verification;
        }
    }

    pub(super) fn repondre(&mut self, id: u32, reponse: Reponse, quand: Instant, effets: &mut Vec<Effet>) {
        let en_ligne = self.en_ligne;
        let Some(place) = self.envois.iter().position(|e| e.id == id && e.en_vol()) else { return };
        let suite = suite(&self.envois[place], reponse);
        if let Suite::Fini(document) = suite {
            let e = self.envois.remove(place);
            if let Some(lot) = self.lots.iter_mut().find(|l| l.id == e.lot) {
                effets.extend(lot.arriver(&e).map(Effet::Annoncer));
            }
            effets.push(Effet::Depose(id, e.destination, document));
            return;
        }
        let e = &mut self.envois[place];
        e.phase = match suite {
            Suite::Doublon(document) => Phase::Doublon(document),
            Suite::Refus(refus) => Phase::Refus(refus),
            Suite::Encore(cause, attente) => e.rater(cause, attente, en_ligne, quand, effets),
            Suite::Arret(cause) => Phase::Echec(cause),
            Suite::Fini(_) => return,
        };
        let perdu = matches!(&e.phase, Phase::Attente { cause: Cause::Reseau, .. } | Phase::Echec(Cause::Reseau));
        let (lot, nom) = (e.lot, e.fichier.nom.clone());
        if perdu && let Some(lot) = self.lots.iter_mut().find(|l| l.id == lot) {
            effets.extend(lot.perdre(nom).map(Effet::Annoncer));
        }
    }

    /// The network is back: what fell because of it starts again at once.
    pub(super) fn revenir(&mut self) {
        self.en_ligne = true;
        for e in &mut self.envois {
            if matches!(e.phase, Phase::Attente { cause: Cause::Reseau, .. } | Phase::Echec(Cause::Reseau)) {
                e.essais = 0;
                e.phase = Phase::EnFile;
            }
        }
    }

    /// The summaries that are due, and the gestures that are over.
    pub(super) fn conclure(&mut self, effets: &mut Vec<Effet>) {
        let envois = &self.envois;
        self.lots.retain_mut(|lot| {
            let restent: Vec<&Envoi> = envois.iter().filter(|e| e.lot == lot.id).collect();
            if !restent.iter().any(|e| e.vivant()) {
                effets.extend(lot.clore(&restent).map(|b| Effet::Annoncer(Annonce::Bilan(b))));
            }
            !restent.is_empty()
        });
    }
}

impl Envoi {
    /// The phase after a try that failed by no fault of the file.
    ///
    /// `attente` is the time, in seconds, that the server asked for.
    fn rater(
        &mut self,
        cause: Cause,
        attente: Option<u32>,
        en_ligne: bool,
        quand: Instant,
        effets: &mut Vec<Effet>,
    ) -> Phase {
        self.essais += 1;
        self.coupe |= cause == Cause::Reseau;
        let permis = match cause {
            // Each try asks first where the upload stands: it costs next to nothing, and finds the network again.
            Cause::Reseau => u32::MAX,
            _ => ESSAIS_SERVEUR,
        };
        if self.essais >= permis {
            return Phase::Echec(cause);
        }
        let doublement = 2_f64.powi(i32::try_from(self.essais - 1).unwrap_or(i32::MAX));
        let voulue = if en_ligne { (PAUSE_MS * doublement).min(PAUSE_MAX_MS) } else { PAUSE_MAX_MS };
        let pause = (voulue * (0.5 + quand.hasard)).max(attente.map_or(0.0, |s| f64::from(s) * 1_000.0));
        effets.push(Effet::Rappeler(self.id, pause));
        Phase::Attente { cause, jusqu_a: quand.ms + pause }
    }

    /// Whether `document` is what an earlier try, cut before its answer, left on the server.
    fn deja_arrive(&self, document: &Document) -> bool {
        let Zone { dossier, lieu } = self.destination.zone;
        let meme_lieu = match lieu {
            Lieu::Piece(piece) => document.piece_id == Some(piece),
            Lieu::Opco => document.piece_id.is_none(),
        };
        self.coupe
            && meme_lieu
            && document.dossier_id == dossier
            && document.nom == assainir(&self.fichier.nom)
            && u64::try_from(document.taille).is_ok_and(|t| t == self.fichier.taille)
    }
}

fn suite(envoi: &Envoi, reponse: Reponse) -> Suite {
    let echec = match reponse {
        Ok(document) => return Suite::Fini(document),
        Err(echec) => echec,
    };
    match echec {
        Echec::Reseau => Suite::Encore(Cause::Reseau, None),
        Echec::Illisible(401) => Suite::Arret(Cause::Session),
        Echec::Illisible(429) => Suite::Arret(Cause::Cadence),
        Echec::Illisible(statut @ 400..500) => Suite::Refus(Refus::Muet(statut)),
        Echec::Illisible(_) => Suite::Encore(Cause::Serveur { reference: None }, None),
        Echec::Probleme { probleme, attente } => match probleme.code {
            ProblemCode::DocumentEnDouble => match probleme.document {
                Some(document) if envoi.deja_arrive(&document) => Suite::Fini(document),
                document => Suite::Doublon(document),
            },
            ProblemCode::NonConnecte => Suite::Arret(Cause::Session),
            ProblemCode::TropDeRequetes if attente.is_some() => Suite::Encore(Cause::Cadence, attente),
            ProblemCode::TropDeRequetes => Suite::Arret(Cause::Cadence),
            _ if probleme.status >= 500 => Suite::Encore(Cause::Serveur { reference: probleme.instance }, attente),
            _ => Suite::Refus(Refus::Serveur(probleme)),
        },
    }
}
