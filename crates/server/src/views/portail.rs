//! The portal and eGestion's home.

use api_types::portail as wire;
use app::documents::Manquante;
use app::portail::{Accueil, Chiffres, Portail};
use db::portail::{Guide, Information, Mouvement, Service};
use domain::Acteur;

use super::dossiers::contact;
use super::messages::resume;

/// The portal's home.
pub fn portail(p: Portail) -> wire::Portail {
    let mut themes: Vec<wire::Theme> = Vec::new();
    for s in p.services {
        let resume = wire::ServiceResume { id: s.id.0.uuid(), titre: s.titre };
        match themes.last_mut() {
            Some(theme) if theme.titre == s.theme => theme.services.push(resume),
            _ => themes.push(wire::Theme { titre: s.theme, services: vec![resume] }),
        }
    }
    wire::Portail {
        favoris: p.favoris,
        themes,
        pieces_attendues: p.pieces.attendues,
        pieces_en_retard: p.pieces.en_retard,
    }
}

/// A service's page.
pub fn service(s: Service) -> wire::Service {
    wire::Service { id: s.id.0.uuid(), theme: s.theme, titre: s.titre, corps: s.corps }
}

/// A guide.
pub fn guide(g: Guide) -> wire::Guide {
    wire::Guide { id: g.id.0.uuid(), titre: g.titre, format: g.format.0, taille: g.taille }
}

/// eGestion's home.
pub fn accueil(a: Accueil, lecteur: &Acteur) -> wire::Accueil {
    wire::Accueil {
        chiffres: chiffres(a.chiffres),
        a_faire: a.a_faire.into_iter().map(a_faire).collect(),
        messages: a.messages.into_iter().map(|m| resume(m, lecteur)).collect(),
        mouvements: a.mouvements.into_iter().map(mouvement).collect(),
        contacts: a.contacts.into_iter().map(contact).collect(),
        informations: a.informations.into_iter().map(information).collect(),
        guides: a.guides.into_iter().map(guide).collect(),
    }
}

fn chiffres(c: Chiffres) -> wire::Chiffres {
    wire::Chiffres {
        pieces_attendues: c.pieces.attendues,
        pieces_en_retard: c.pieces.en_retard,
        en_cours: c.en_cours,
        annee: c.annee,
        devise: domain::montant::Devise::Eur,
        accorde: c.montants.accorde,
        regle: c.montants.regle,
        a_regler: c.montants.a_regler,
    }
}

fn a_faire(m: Manquante) -> wire::AFaire {
    wire::AFaire {
        dossier_id: m.dossier.id.0.uuid(),
        numero: m.dossier.numero,
        dispositif: m.dossier.dispositif,
        intitule: m.dossier.intitule,
        piece_id: m.type_piece.id.0.uuid(),
        piece: m.type_piece.libelle,
        echeance: m.echeance,
        demandee_par: m.demande.map(|d| format!("{} {}", d.prenom, d.nom)),
    }
}

fn mouvement(m: Mouvement) -> wire::Mouvement {
    wire::Mouvement {
        dossier_id: m.dossier.0.uuid(),
        numero: m.numero,
        intitule: m.intitule,
        etat: m.etat.0,
        code_inter_opco: m.etat.0.code_inter_opco(),
        le: m.le.0,
    }
}

fn information(i: Information) -> wire::Information {
    wire::Information { titre: i.titre, corps: i.corps, publiee_le: i.publiee_le.0 }
}
