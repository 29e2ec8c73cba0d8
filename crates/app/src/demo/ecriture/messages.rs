//! The messages of a dossier: those that are told, and those that the product writes by itself.

use db::lots::{LigneLecture, LigneMessage, LignePieceJointe};
use db::types::V;
use domain::acteur::Cote;
use domain::document::{Sens, Usage, Verdict};
use domain::dossier::{Acte, Etat};
use domain::evenement::ArriveeNature;
use domain::ids::MessageId;
use domain::message::Nature;
use domain::montant::Centimes;
use jiff::{SignedDuration, Timestamp};

use super::documents::Ecrit;
use super::{Contexte, Lots, journal};
use crate::demo::fiche::{Mot, Plume};

/// How long people take to read, here.
const LECTURE: SignedDuration = SignedDuration::from_mins(38);

impl Lots<'_> {
    pub(super) fn messages(&mut self, x: &Contexte<'_>) {
        for p in &x.f.pas {
            if let Some(texte) = self.automatique(x, p.acte, p.motif) {
                let le = self.instant(x, p.le, p.a);
                self.message(x, Plume::Automate, le, texte, true);
            }
        }
        for mot in &x.f.messages {
            let le = self.instant(x, mot.le, mot.a);
            let id = self.message(x, mot.de, le, mot.corps.to_owned(), mot.lu);
            if let Some(nom) = mot.jointe {
                self.jointe(x, mot, id, nom, le);
            }
        }
    }

    fn automatique(&self, x: &Contexte<'_>, acte: Acte, motif: Option<&str>) -> Option<String> {
        let pour = match x.stagiaires.len() {
            1 => "1 stagiaire".to_owned(),
            n => format!("{n} stagiaires"),
        };
        let motif = motif.unwrap_or_default();
        match acte {
            Acte::Transmettre => Some(format!("Demande {} reçue par {}.", x.f.demande, self.opco)),
            Acte::Accorder => Some(format!("Accord de prise en charge : {} pour {pour}.", Centimes(x.f.montant))),
            Acte::Refuser => Some(format!("Refus de prise en charge. {motif}")),
            Acte::Annuler => Some(format!("Dossier annulé. {motif}")),
            Acte::ClasserSansSuite => Some(format!("Dossier classé sans suite. {motif}")),
            Acte::DemanderComplement => Some(format!("Complément demandé. {motif}")),
            Acte::Cloturer => Some("Dossier clôturé : il reste lisible dans l’historique.".to_owned()),
            _ => None,
        }
    }

    fn message(&mut self, x: &Contexte<'_>, de: Plume, le: Timestamp, corps: String, lu: bool) -> MessageId {
        let id: MessageId = self.c.id(le);
        let (auteur, cote) = match de {
            Plume::Membre => (x.lieu.membre, Cote::Membre),
            Plume::Gestionnaire | Plume::Automate => (x.lieu.gestionnaire, Cote::Gestionnaire),
        };
        let nature = if de == Plume::Automate { Nature::Automatique } else { Nature::Echange };
        let ligne = LigneMessage {
            id: V(id),
            dossier_id: V(x.portee.id),
            nature: V(nature),
            auteur_id: V(auteur),
            auteur_cote: V(cote),
            corps,
            envoye_le: V(le),
        };
        self.l.messages.push((x.portee.clone(), ligne));
        let opco = (x.portee.etat != Etat::Brouillon).then_some((x.lieu.gestionnaire, Cote::Gestionnaire));
        for (personne, sien) in x.lieu.membres.iter().map(|m| (*m, Cote::Membre)).chain(opco) {
            let en_face = sien != cote;
            self.l.lectures.push(LigneLecture {
                utilisateur_id: V(personne),
                message_id: V(id),
                dossier_id: V(x.portee.id),
                non_lu_depuis: (en_face && !lu).then_some(V(le)),
                lu_le: (en_face && lu).then_some(V(self.c.maintenant().min(le + LECTURE))),
            });
        }
        if nature == Nature::Echange {
            self.l.journal.push(journal(self.c, "message", id.uuid(), Some(x.portee.id)));
        }
        if cote == Cote::Membre {
            self.arrivee(x, (ArriveeNature::Message, id.uuid()), le, !lu);
        }
        id
    }

    fn jointe(&mut self, x: &Contexte<'_>, mot: &Mot, message: MessageId, nom: &str, le: Timestamp) {
        let (sens, par, genre) = match mot.de {
            Plume::Membre => (Sens::Adherent, x.lieu.membre, "facture"),
            Plume::Gestionnaire | Plume::Automate => (Sens::Opco, x.lieu.gestionnaire, "modele"),
        };
        let document = self.document(
            x,
            Ecrit {
                genre,
                nom: nom.to_owned(),
                piece: None,
                usage: Usage::Message,
                sens,
                par,
                le,
                verdict: Verdict::AExaminer,
                motif: None,
            },
        );
        self.l.jointes.push(LignePieceJointe { message_id: V(message), document_id: V(document) });
    }
}
