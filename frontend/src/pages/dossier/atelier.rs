//! The workshop of deposits: it keeps the queue going whatever page is shown.

mod formulaire;
mod lieux;
mod navigateur;

pub use lieux::{id_bouton, id_zone};

use std::collections::HashMap;
use std::rc::Rc;
use std::time::Duration;

use api_types::documents::Document;
use api_types::endpoint::{DeposerDocument, DeposerDocumentOpco, RemplacerDocument};
use leptos::prelude::*;
use uuid::Uuid;
use web_sys::File;

use super::documents::fichiers::Choisi;
use super::documents::phrases;
use crate::api::echec::Echec;
use crate::api::envoi::{Envoi, Signe};
use crate::format;
use crate::model::depot::{Depot, Destination, Effet, Evenement, Instant, Lieu, Regle, Zone, part_du_fichier, ranger};
use crate::state::annonces::annoncer;
use crate::state::organisme::Organisme;
use crate::state::page::{bientot, viser};
use crate::state::session::Session;
use formulaire::formulaire;
use lieux::focus_dans;

type Oreille = Rc<dyn Fn(&Destination, &Document)>;

/// What the queue needs and that is not data: bytes, requests, who is told.
#[derive(Default)]
struct Tenus {
    fichiers: HashMap<u32, File>,
    /// The key of each deposit, and of the same with its doubles accepted: tried again, it is made once.
    cles: HashMap<(u32, bool), Uuid>,
    envois: HashMap<u32, Envoi>,
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
            organisme,
        };
        atelier.ecouter_le_navigateur();
        // What somebody dropped never leaves under the name of somebody else.
        Effect::new(move |avant: Option<Option<Uuid>>| {
            let qui = session.moi().map(|m| m.id);
            let dernier = avant.flatten();
            if qui.is_some() && dernier.is_some() && dernier != qui {
                atelier.vider();
            }
            qui.or(dernier)
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
        let juges = regle.juger_tous(tri.gardes.iter().map(|c| c.fichier.clone()).collect());
        let effets = self.transformer(Evenement::Choix(destination, juges));
        let nombre = tri.gardes.len();
        let ids: Vec<u32> =
            self.depot.with_untracked(|d| d.envois().iter().rev().take(nombre).rev().map(|e| e.id).collect());
        self.tenus.update_value(|t| t.fichiers.extend(ids.into_iter().zip(tri.gardes.into_iter().map(|c| c.octets))));
        self.executer(effets);
    }

    /// Cancels a file or takes its row away, and gives the focus back to its zone.
    pub fn retirer(self, id: u32) {
        let zone = self.depot.with_untracked(|d| d.envoi(id).map(|e| e.destination.zone));
        self.appliquer(Evenement::Retrait(id));
        self.tenus.update_value(|t| {
            t.fichiers.remove(&id);
        });
        if let Some(zone) = zone {
            bientot(move || viser(&id_bouton(zone)));
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
                    set_timeout(move || self.appliquer(Evenement::Echeance(id)), Duration::from_secs_f64(ms / 1_000.0));
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
        let taille = envoi.fichier.taille;
        let cle = (id, envoi.doublon_accepte);
        let cle = self.tenus.try_update_value(|t| *t.cles.entry(cle).or_insert_with(Uuid::new_v4));
        let Some(cle) = cle else { return };
        let depart = formulaire(&envoi, &octets).and_then(|formulaire| {
            let dire = move |signe| self.entendre(id, taille, signe);
            let Destination { zone: Zone { dossier: dossier_id, lieu }, remplace } = envoi.destination;
            match (remplace, lieu) {
                (Some(ancien), _) => {
                    let operation = RemplacerDocument { document_id: ancien.document };
                    Envoi::partir(&operation, &formulaire, cle, Some(ancien.etag()), dire)
                }
                (None, Lieu::Piece(_)) => Envoi::partir(&DeposerDocument { dossier_id }, &formulaire, cle, None, dire),
                (None, Lieu::Opco) => Envoi::partir(&DeposerDocumentOpco { dossier_id }, &formulaire, cle, None, dire),
            }
        });
        match depart {
            Some(depart) => self.tenus.update_value(|t| {
                t.envois.insert(id, depart);
            }),
            None => self.appliquer(Evenement::Repondu(id, Err(Echec::Illisible(0)))),
        }
    }

    fn entendre(self, id: u32, taille: u64, signe: Signe<Document>) {
        self.appliquer(match signe {
            Signe::Progres { partis, total } => {
                Evenement::Progres { id, envoyes: part_du_fichier(partis, total, taille) }
            }
            Signe::Parti => Evenement::Parti(id),
            Signe::Fini(reponse) => {
                drop(self.tenus.try_update_value(|t| t.envois.remove(&id)));
                Evenement::Repondu(id, reponse.map(Box::new))
            }
        });
    }

    fn deposer(self, id: u32, destination: Destination, document: &Document) {
        self.tenus.update_value(|t| {
            t.fichiers.remove(&id);
        });
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
        let tenus = self.tenus.try_update_value(|t| (std::mem::take(&mut t.fichiers), std::mem::take(&mut t.envois)));
        // Stops what is under way.
        drop(tenus);
        self.depot.set(Depot::default());
    }
}
