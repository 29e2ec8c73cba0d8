//! The documents of a dossier: those that are told, those that its état supposes, the OPCO's.

use db::documents::{LigneDocument, TypePiece};
use db::lots::LigneArrivee;
use db::types::V;
use domain::document::{Format, Sens, Statut, Usage, Verdict};
use domain::dossier::{Acte, EtapePiece, Etat, Exigence};
use domain::evenement::ArriveeNature;
use domain::ids::{DocumentId, Id, UtilisateurId};
use jiff::{SignedDuration, Span, Timestamp};
use uuid::Uuid;

use super::{AFaire, Contexte, Lots, journal};
use crate::Error;
use crate::referentiel::DISPOSITIFS;

/// What arrived longer ago than this has been treated.
const TRAITE_APRES: SignedDuration = SignedDuration::from_hours(4 * 24);
/// The undo window of the demonstration's deposits.
const ANNULATION: SignedDuration = SignedDuration::from_secs(60);

/// A document to be written.
pub(super) struct Ecrit {
    pub(super) genre: &'static str,
    pub(super) nom: String,
    pub(super) piece: Option<V<domain::ids::TypePieceId>>,
    pub(super) usage: Usage,
    pub(super) sens: Sens,
    pub(super) par: UtilisateurId,
    pub(super) le: Timestamp,
    pub(super) verdict: Verdict,
    pub(super) motif: Option<&'static str>,
}

impl Lots<'_> {
    pub(super) fn depots(&mut self, x: &Contexte<'_>) -> Result<(), Error> {
        for d in &x.f.depots {
            let le = self.instant(x, d.le, d.a);
            let ecrit = Ecrit {
                genre: d.piece,
                nom: d.nom.to_owned(),
                piece: Some(self.piece(x, d.piece)?.id),
                usage: Usage::Piece,
                sens: Sens::Adherent,
                par: x.lieu.membre,
                le,
                verdict: d.verdict,
                motif: d.motif,
            };
            match d.version_2 {
                Some(jours) => self.deux_versions(x, ecrit, jours),
                None => drop(self.document(x, ecrit)),
            }
        }
        for (piece, genre) in self.supposees(x) {
            let ecrit = self.suppose(x, &piece, genre);
            self.document(x, ecrit);
        }
        for p in &x.f.pas {
            let (genre, nom) = match p.acte {
                Acte::Accorder => ("accord", format!("Accord_de_prise_en_charge_{}.pdf", x.f.numero)),
                Acte::Refuser => ("refus", format!("Notification_de_refus_{}.pdf", x.f.numero)),
                _ => continue,
            };
            let le = self.instant(x, p.le, p.a);
            self.document(
                x,
                Ecrit {
                    genre,
                    nom,
                    piece: None,
                    usage: Usage::Piece,
                    sens: Sens::Opco,
                    par: x.lieu.gestionnaire,
                    le,
                    verdict: Verdict::AExaminer,
                    motif: None,
                },
            );
        }
        Ok(())
    }

    /// The obligatory pieces that the état supposes and that the table does not tell.
    fn supposees(&self, x: &Contexte<'_>) -> Vec<(TypePiece, &'static str)> {
        if x.portee.etat == Etat::Brouillon {
            return Vec::new();
        }
        let dits = |code: &str| x.f.sans.contains(&code) || x.f.depots.iter().any(|d| d.piece == code);
        let connus: Vec<&'static str> = DISPOSITIFS.iter().flat_map(|d| d.pieces).map(|p| p.code).collect();
        self.pieces
            .get(x.f.dispositif)
            .into_iter()
            .flatten()
            .filter(|p| p.exigence.0 == Exigence::Obligatoire && !dits(&p.code))
            .filter(|p| p.etape.0 == EtapePiece::Demande || x.portee.etat.apres_accord())
            .filter_map(|p| Some((p.clone(), *connus.iter().find(|c| **c == p.code)?)))
            .collect()
    }

    fn suppose(&self, x: &Contexte<'_>, piece: &TypePiece, genre: &'static str) -> Ecrit {
        let (le, a) = if piece.etape.0 == EtapePiece::Paiement {
            (x.f.fin.saturating_add(Span::new().days(15)), (11, 20))
        } else {
            x.f.depart()
        };
        let decide = x.portee.etat.apres_accord() || x.portee.etat == Etat::Refuse;
        let (nom, prenom) = x.stagiaires.first().map_or(("", ""), |s| (s.0, s.1));
        Ecrit {
            genre,
            nom: match genre {
                "convention" => "Convention_de_formation_signee.pdf".to_owned(),
                "programme" => "Programme_de_formation.pdf".to_owned(),
                "certificat" => format!("Certificat_{}_{prenom}.pdf", nom.replace(' ', "-")),
                "facture" => format!("Facture_FA-20{}-{}.pdf", &x.f.numero[2..4], &x.f.numero[6..10]),
                "cerfa" => format!("Cerfa_{}_signe.pdf", nom.replace(' ', "-")),
                "annexe" => "Annexe_pedagogique.pdf".to_owned(),
                "tuteur" => "Designation_du_tuteur.pdf".to_owned(),
                autre => format!("{}_signe.pdf", autre.replace('_', "-")),
            },
            piece: Some(piece.id),
            usage: Usage::Piece,
            sens: Sens::Adherent,
            par: x.lieu.membre,
            // A few minutes before the demande is sent.
            le: self.instant(x, le, a) - SignedDuration::from_mins(6),
            verdict: if decide { Verdict::Acceptee } else { Verdict::AExaminer },
            motif: None,
        }
    }

    /// A first version some days before, and the present one in its place.
    fn deux_versions(&mut self, x: &Contexte<'_>, ecrit: Ecrit, jours: i32) {
        let avant = ecrit.le - SignedDuration::from_hours(24 * i64::from(jours));
        let premiere = Ecrit { le: avant, verdict: Verdict::AExaminer, motif: None, nom: ecrit.nom.clone(), ..ecrit };
        let lignee = self.document(x, premiere);
        let le = ecrit.le;
        self.document(x, ecrit);
        let [.., ancienne, presente] = self.l.a_faire.as_mut_slice() else { return };
        ancienne.ligne.remplace_le = Some(V(le));
        presente.ligne.lignee_id = V(lignee);
        presente.ligne.version = 2;
    }

    pub(super) fn document(&mut self, x: &Contexte<'_>, e: Ecrit) -> DocumentId {
        let id: DocumentId = self.c.id(e.le);
        let transmis = e.le + ANNULATION;
        let format = Format::du_nom(&e.nom).unwrap_or(Format::Pdf);
        self.l.a_faire.push(AFaire {
            sujet: x.sujet.clone(),
            genre: e.genre,
            ligne: LigneDocument {
                id: V(id),
                dossier_id: V(x.portee.id),
                type_piece_id: e.piece,
                usage: V(e.usage),
                sens: V(e.sens),
                nom: e.nom,
                format: V(format),
                taille: 0,
                sha256: Vec::new(),
                blob: String::new(),
                statut: V(Statut::Transmis),
                verdict: V(e.verdict),
                motif: e.motif.map(str::to_owned),
                depose_par: V(e.par),
                depose_le: V(e.le),
                transmission_prevue_le: V(transmis),
                transmis_le: Some(V(transmis)),
                lignee_id: V(id),
                version: 1,
                remplace_le: None,
                avant: None,
            },
        });
        self.l.journal.push(journal(self.c, "document", id.uuid(), Some(x.portee.id)));
        if e.usage == Usage::Piece && e.sens == Sens::Adherent {
            self.arrivee(x, (ArriveeNature::Document, id.uuid()), transmis, false);
        }
        id
    }

    /// Something reached the gestionnaire; treated the day after unless it is recent, or `en_attente`.
    pub(super) fn arrivee(
        &mut self,
        x: &Contexte<'_>,
        (nature, objet): (ArriveeNature, Uuid),
        le: Timestamp,
        en_attente: bool,
    ) {
        let Some(gestionnaire) = x.portee.gestionnaire else { return };
        let traitee = !en_attente && self.c.maintenant().duration_since(le) > TRAITE_APRES;
        self.l.arrivees.push(LigneArrivee {
            id: V(self.c.id(le)),
            dossier_id: V(x.portee.id),
            gestionnaire_id: Some(V(gestionnaire)),
            nature: V(nature),
            objet_id: V(Id::new(objet)),
            arrivee_le: V(le),
            traitee_le: traitee.then_some(V(le + SignedDuration::from_hours(20))),
            traitee_par: traitee.then_some(V(gestionnaire)),
        });
    }
}
