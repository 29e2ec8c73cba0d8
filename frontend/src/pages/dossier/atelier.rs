//! The workshop of deposits: it keeps the queue going whatever page is shown.

mod lieux;
mod navigateur;
mod reprise;

pub use lieux::{id_bouton, id_zone, viser_zone};

use std::collections::HashMap;
use std::rc::Rc;
use std::time::Duration;

use api_types::documents::Document;
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;
use web_sys::Blob;

use super::documents::fichiers::Choisi;
use super::documents::phrases;
use crate::api::envoi::Prise;
use crate::api::memoire;
use crate::api::televersement::{self, Colis, Signe};
use crate::format;
use crate::model::depot::{Depot, Destination, Effet, Envoi, Evenement, Instant, Lieu, Phase, Regle, Zone, ranger};
use crate::state::annonces::annoncer;
use crate::state::organisme::Organisme;
use crate::state::page::bientot;
use crate::state::session::Session;
use lieux::focus_dans;

type Oreille = Rc<dyn Fn(&Destination, &Document)>;

/// What the queue needs and that is not data: bytes, requests, who is told.
#[derive(Default)]
struct Tenus {
    fichiers: HashMap<u32, Blob>,
    /// When each file was last modified: part of what tells it from another.
    modifies: HashMap<u32, f64>,
    /// Under which key the browser keeps each file.
    cles: HashMap<u32, Uuid>,
    /// The key of each deposit, and of the same with its doubles accepted: tried again, it is made once.
    uniques: HashMap<(u32, bool), Uuid>,
    envois: HashMap<u32, Prise>,
    oreille: Option<Oreille>,
}

/// The workshop; one in the whole page.
#[derive(Clone, Copy)]
pub struct Atelier {
    depot: RwSignal<Depot>,
    tenus: StoredValue<Tenus, LocalStorage>,
    /// What must be known of the last gesture besides its rows.
    avis: RwSignal<Option<(Zone, String)>>,
    /// The card that must have the focus once drawn.
    neuf: RwSignal<Option<Uuid>>,
    /// Milliseconds that the server's clock is ahead of the browser's, once something tells.
    avance: RwSignal<Option<i64>>,
    /// Who is signed in.
    qui: StoredValue<Option<Uuid>>,
    organisme: Organisme,
}

impl Atelier {
    /// Opens the workshop and listens to the browser: network, leaving the page, end of the session.
    pub fn nouveau(organisme: Organisme, session: Session) -> Self {
        let atelier = Self {
            depot: RwSignal::new(Depot::default()),
            tenus: StoredValue::new_local(Tenus::default()),
            avis: RwSignal::new(None),
            neuf: RwSignal::new(None),
            avance: RwSignal::new(None),
            qui: StoredValue::new(None),
            organisme,
        };
        atelier.ecouter_le_navigateur();
        // What somebody dropped never leaves under the name of somebody else.
        Effect::new(move |avant: Option<Option<Uuid>>| {
            let qui = session.moi().map(|m| m.id);
            let dernier = avant.flatten();
            if let Some(present) = qui {
                match dernier {
                    Some(dernier) if dernier == present => atelier.appliquer(Evenement::Session),
                    Some(_) => {
                        atelier.vider();
                        atelier.reprendre(present);
                    }
                    None => atelier.reprendre(present),
                }
            }
            atelier.qui.set_value(qui);
            qui.or(dernier)
        });
        // Whoever signs out leaves nothing behind in the browser.
        Effect::new(move |_| {
            if session.sortie() {
                atelier.vider();
                spawn_local(memoire::vider());
            }
        });
        atelier
    }

    /// The workshop of this page.
    pub fn courant() -> Self {
        expect_context()
    }

    /// The queue.
    pub fn depot(self) -> ReadSignal<Depot> {
        self.depot.read_only()
    }

    /// What must be known of the last gesture in a zone, besides its rows.
    pub fn avis(self, zone: Zone) -> Option<String> {
        self.avis.with(|a| a.as_ref().filter(|(z, _)| *z == zone).map(|(_, texte)| texte.clone()))
    }

    /// The card that must have the focus once drawn.
    pub fn neuf(self) -> RwSignal<Option<Uuid>> {
        self.neuf
    }

    /// Milliseconds from now until an instant of the server, by the server's clock.
    pub fn reste_ms(self, jusqu_a: jiff::Timestamp) -> i64 {
        jusqu_a.as_millisecond() - format::maintenant().as_millisecond() - self.avance.get_untracked().unwrap_or(0)
    }

    /// Tells `faire` of each document acknowledged, until the component that calls this goes away.
    pub fn ecouter(self, faire: impl Fn(&Destination, &Document) + 'static) {
        let oreille: Oreille = Rc::new(faire);
        let mienne = StoredValue::new_local(Rc::clone(&oreille));
        self.tenus.update_value(|t| t.oreille = Some(oreille));
        on_cleanup(move || {
            self.tenus.try_update_value(|t| {
                let toujours = t.oreille.as_ref().zip(mienne.try_get_value()).is_some_and(|(a, b)| Rc::ptr_eq(a, &b));
                if toujours {
                    t.oreille = None;
                }
            });
        });
    }

    /// Takes the files of one gesture.
    pub fn choisir(self, destination: Destination, regle: &Regle, choisis: Vec<Choisi>) {
        let tri = ranger(choisis, |c| c.fichier.nom.clone());
        let avis = phrases::avis(tri.systeme, tri.en_trop);
        if let Some(texte) = &avis {
            annoncer(texte);
        }
        self.avis.set(avis.map(|texte| (destination.zone, texte)));
        if tri.gardes.is_empty() {
            return;
        }
        let choisis = self.rendre_parmi(destination, tri.gardes);
        if choisis.is_empty() {
            return;
        }
        let juges = regle.juger_tous(choisis.iter().map(|c| c.fichier.clone()).collect());
        let effets = self.transformer(Evenement::Choix(destination, juges));
        let nombre = choisis.len();
        let ids: Vec<u32> =
            self.depot.with_untracked(|d| d.envois().iter().rev().take(nombre).rev().map(|e| e.id).collect());
        for (id, choisi) in ids.into_iter().zip(choisis) {
            self.tenir(id, choisi);
        }
        self.executer(effets);
    }

    /// Cancels a file or takes its row away, and gives the focus back to its zone.
    pub fn retirer(self, id: u32) {
        let (zone, televersement) = self
            .depot
            .with_untracked(|d| d.envoi(id).map(|e| (e.destination.zone, e.televersement)))
            .map_or((None, None), |(zone, televersement)| (Some(zone), televersement));
        self.appliquer(Evenement::Retrait(id));
        if let Some(televersement) = televersement {
            televersement::abandonner(televersement);
        }
        self.lacher(id);
        if let Some(zone) = zone {
            bientot(move || viser_zone(zone));
        }
    }

    /// Takes an event in.
    pub fn appliquer(self, evenement: Evenement) {
        let effets = self.transformer(evenement);
        self.executer(effets);
    }

    fn transformer(self, evenement: Evenement) -> Vec<Effet> {
        let quand = Instant { ms: js_sys::Date::now(), hasard: js_sys::Math::random() };
        self.depot.try_update(|depot| depot.appliquer(evenement, quand)).unwrap_or_default()
    }

    fn executer(self, effets: Vec<Effet>) {
        for effet in effets {
            match effet {
                Effet::Envoyer(id) => self.envoyer(id),
                Effet::Interrompre(id) => drop(self.tenus.try_update_value(|t| t.envois.remove(&id))),
                Effet::Rappeler(id, ms) => {
                    // A timer counts whole milliseconds: rounded down, it would call before the time, and for nothing.
                    let pause = Duration::from_secs_f64((ms.ceil() + 1.0) / 1_000.0);
                    set_timeout(move || self.appliquer(Evenement::Echeance(id)), pause);
                }
                Effet::Annoncer(annonce) => {
                    let delai = untrack(|| self.organisme.annulation_secondes());
                    annoncer(&phrases::annonce(&annonce, delai));
                }
                Effet::Depose(id, destination, document) => self.deposer(id, destination, &document),
            }
        }
    }

    fn envoyer(self, id: u32) {
        let Some(envoi) = self.depot.with_untracked(|d| d.envoi(id).cloned()) else { return };
        let Some(octets) = self.tenus.with_value(|t| t.fichiers.get(&id).cloned()) else { return };
        let cle = (id, envoi.doublon_accepte);
        let cle = self.tenus.try_update_value(|t| *t.uniques.entry(cle).or_insert_with(Uuid::new_v4));
        let Some(cle) = cle else { return };
        let depart = televersement::partir(colis(&envoi, octets, cle), move |signe| self.entendre(id, signe));
        self.tenus.update_value(|t| {
            t.envois.insert(id, depart);
        });
    }

    fn entendre(self, id: u32, signe: Signe) {
        let garder = matches!(signe, Signe::Ouvert(_));
        if matches!(signe, Signe::Ouvert(None)) {
            self.tenus.update_value(|t| t.uniques.retain(|(envoi, _), _| *envoi != id));
        }
        self.appliquer(match signe {
            Signe::Ouvert(televersement) => Evenement::Ouvert(id, televersement),
            Signe::Place(recu) => Evenement::Place { id, recu },
            Signe::Progres(envoyes) => Evenement::Progres { id, envoyes },
            Signe::Parti => Evenement::Parti(id),
            Signe::Fini(reponse) => {
                drop(self.tenus.try_update_value(|t| t.envois.remove(&id)));
                Evenement::Repondu(id, reponse)
            }
        });
        if garder {
            self.noter(id);
        }
        // Refused as it is: there is nothing to come back to.
        if self.depot.with_untracked(|d| d.envoi(id).is_some_and(|e| matches!(e.phase, Phase::Refus(_)))) {
            self.oublier(id);
        }
    }

    fn deposer(self, id: u32, destination: Destination, document: &Document) {
        self.lacher(id);
        // The answer took some time to come: of all measures, the largest is the nearest to the truth.
        let mesure = document.depose_le.as_millisecond() - format::maintenant().as_millisecond();
        self.avance.update(|a| *a = (*a).max(Some(mesure)));
        if focus_dans(destination.zone) {
            self.neuf.set(Some(document.id));
        }
        if let Some(oreille) = self.tenus.with_value(|t| t.oreille.clone()) {
            oreille(&destination, document);
        }
    }

    fn vider(self) {
        let tenus = self.tenus.try_update_value(|t| {
            t.modifies.clear();
            t.cles.clear();
            t.uniques.clear();
            (std::mem::take(&mut t.fichiers), std::mem::take(&mut t.envois))
        });
        // Stops what is under way.
        drop(tenus);
        self.depot.set(Depot::default());
    }
}

/// What leaves for the server.
fn colis(envoi: &Envoi, octets: Blob, cle: Uuid) -> Colis {
    let Destination { zone: Zone { dossier, lieu }, remplace } = envoi.destination;
    Colis {
        dossier,
        piece: if let Lieu::Piece(piece) = lieu { Some(piece) } else { None },
        remplace,
        nom: envoi.fichier.nom.clone(),
        taille: envoi.fichier.taille,
        octets,
        doublon_accepte: envoi.doublon_accepte,
        cle,
        televersement: envoi.televersement,
    }
}
