//! What the browser keeps, so that files go on after the page was left.

use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, HtmlInputElement};

use super::Atelier;
use crate::api::memoire::{self, Gardee};
use crate::model::depot::{Destination, Envoi, Evenement, Fichier, Lieu, Phase, Remplace, Reste, Zone};
use crate::pages::dossier::documents::fichiers::{Choisi, de_liste};
use crate::state::annonces::annoncer;
use crate::state::page::{bientot, viser};

impl Atelier {
    /// Goes on with the files that this person had on their way when the page was left.
    pub(super) fn reprendre(self, qui: Uuid) {
        spawn_local(async move {
            for cle in memoire::cles().await {
                // One task each: a file in the hands of another tab waits until that tab is closed.
                spawn_local(async move {
                    memoire::prendre(cle).await;
                    let Some((fiche, octets)) = memoire::lire(cle).await else { return };
                    if fiche.qui == qui && self.qui.try_get_value().flatten() == Some(qui) {
                        self.restaurer(cle, fiche, octets);
                    }
                });
            }
        });
    }

    fn restaurer(self, cle: Uuid, fiche: Gardee, octets: Option<web_sys::Blob>) {
        if self.tenus.with_value(|t| t.cles.values().any(|c| *c == cle)) {
            return;
        }
        let lieu = fiche.piece.map_or(Lieu::Opco, Lieu::Piece);
        let remplace = fiche.remplace.map(|(document, etag)| Remplace::lu(document, &etag));
        let destination = Destination { zone: Zone { dossier: fiche.dossier, lieu }, remplace };
        let reste = Reste {
            televersement: fiche.televersement,
            doublon_accepte: fiche.doublon_accepte,
            pause: fiche.pause,
            octets: octets.is_some(),
        };
        let fichier = Fichier { nom: fiche.nom, taille: fiche.taille, mime: fiche.mime };
        let effets = self.transformer(Evenement::Restaure(destination, fichier, reste));
        let Some(id) = self.depot.with_untracked(|d| d.envois().last().map(|e| e.id)) else { return };
        self.tenus.update_value(|t| {
            t.cles.insert(id, cle);
            t.modifies.insert(id, fiche.modifie);
            t.fichiers.extend(octets.map(|o| (id, o)));
        });
        self.executer(effets);
    }

    /// Takes the bytes of a file just chosen in hand, and has the browser keep them.
    pub(super) fn tenir(self, id: u32, choisi: Choisi) {
        let cle = Uuid::new_v4();
        self.tenus.update_value(|t| {
            t.modifies.insert(id, choisi.octets.last_modified());
            t.fichiers.insert(id, choisi.octets.into());
            t.cles.insert(id, cle);
        });
        let refuse = self.depot.with_untracked(|d| d.envoi(id).is_none_or(|e| matches!(e.phase, Phase::Refus(_))));
        if refuse {
            return;
        }
        spawn_local(memoire::prendre(cle));
        self.garder(id, true);
    }

    /// Has the browser know where a file is by now.
    pub(super) fn noter(self, id: u32) {
        self.garder(id, false);
    }

    fn garder(self, id: u32, neuf: bool) {
        let (cle, modifie, octets) = self.tenus.with_value(|t| {
            let octets = t.fichiers.get(&id).filter(|_| neuf).cloned();
            (t.cles.get(&id).copied(), t.modifies.get(&id).copied().unwrap_or_default(), octets)
        });
        let envoi = self.depot.with_untracked(|d| d.envoi(id).cloned());
        let (Some(cle), Some(envoi), Some(qui)) = (cle, envoi, self.qui.get_value()) else { return };
        let fiche = fiche(qui, envoi, modifie);
        spawn_local(async move { memoire::garder(cle, &fiche, octets.as_ref()).await });
    }

    /// Lets go of a file that is settled.
    pub(super) fn lacher(self, id: u32) {
        self.oublier(id);
        self.tenus.update_value(|t| {
            t.fichiers.remove(&id);
            t.modifies.remove(&id);
            t.uniques.retain(|(envoi, _), _| *envoi != id);
        });
    }

    /// Has the browser forget a file.
    pub(super) fn oublier(self, id: u32) {
        if let Some(cle) = self.tenus.try_update_value(|t| t.cles.remove(&id)).flatten() {
            spawn_local(memoire::oublier(cle));
        }
    }

    /// Stops a file for a while, or goes on with it.
    pub fn suspendre(self, id: u32, pause: bool) {
        self.appliquer(if pause { Evenement::Pause(id) } else { Evenement::Suite(id) });
        self.noter(id);
        // The button that was pressed is gone: the focus stays in the row.
        bientot(move || viser(&format!("envoi-{id}")));
    }

    /// Asks for the bytes of a file that the browser did not keep.
    pub fn redemander(self, id: u32) {
        let Some(champ) = document().create_element("input").ok().and_then(|c| c.dyn_into::<HtmlInputElement>().ok())
        else {
            return;
        };
        champ.set_type("file");
        let choisi = champ.clone();
        let ecoute = Closure::once_into_js(move |_: Event| {
            if let Some(choisi) = de_liste(choisi.files()).pop()
                && !self.rendre(id, &choisi)
            {
                let nom = self.depot.with_untracked(|d| d.envoi(id).map(|e| e.fichier.nom.clone())).unwrap_or_default();
                let texte = format!("Ce n’est pas le même fichier\u{a0}: choisissez {nom}, tel qu’il était.");
                annoncer(&texte);
                let zone = self.depot.with_untracked(|d| d.envoi(id).map(|e| e.destination.zone));
                self.avis.set(zone.map(|zone| (zone, texte)));
            }
        });
        champ.set_onchange(Some(ecoute.unchecked_ref()));
        champ.click();
    }

    /// Gives back the bytes of the files that await them, and keeps the others.
    pub(super) fn rendre_parmi(self, destination: Destination, choisis: Vec<Choisi>) -> Vec<Choisi> {
        let attendus: Vec<u32> = self.depot.with_untracked(|d| {
            let ici = |e: &&Envoi| e.phase == Phase::AChoisir && e.destination == destination;
            d.envois().iter().filter(ici).map(|e| e.id).collect()
        });
        choisis.into_iter().filter(|c| !attendus.iter().any(|id| self.rendre(*id, c))).collect()
    }

    /// Gives back the bytes of a file; `false` when it is another one.
    fn rendre(self, id: u32, choisi: &Choisi) -> bool {
        let modifie = self.tenus.with_value(|t| t.modifies.get(&id).copied());
        let meme = modifie == Some(choisi.octets.last_modified())
            && self.depot.with_untracked(|d| {
                d.envoi(id).is_some_and(|e| {
                    e.phase == Phase::AChoisir
                        && e.fichier.nom == choisi.fichier.nom
                        && e.fichier.taille == choisi.fichier.taille
                })
            });
        if meme {
            self.tenus.update_value(|t| {
                t.fichiers.insert(id, choisi.octets.clone().into());
            });
            self.appliquer(Evenement::Suite(id));
        }
        meme
    }
}

/// What the browser keeps of a file.
fn fiche(qui: Uuid, envoi: Envoi, modifie: f64) -> Gardee {
    let Destination { zone: Zone { dossier, lieu }, remplace } = envoi.destination;
    Gardee {
        qui,
        dossier,
        piece: if let Lieu::Piece(piece) = lieu { Some(piece) } else { None },
        remplace: remplace.map(|r| (r.document, r.etag().to_owned())),
        nom: envoi.fichier.nom,
        taille: envoi.fichier.taille,
        mime: envoi.fichier.mime,
        modifie,
        televersement: envoi.televersement,
        doublon_accepte: envoi.doublon_accepte,
        pause: envoi.phase == Phase::EnPause,
        le: js_sys::Date::now(),
    }
}
