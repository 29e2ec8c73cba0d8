//! The payments, people and open requests of a dossier.

use db::lots::{LigneDemandePiece, LigneInscription, LigneReglement};
use db::types::V;
use domain::dossier::{Acte, Etat, ModeReglement};
use jiff::civil::date;

use super::{Contexte, Lots};
use crate::Error;
use crate::demo::personnes::Stagiaire;

impl Lots<'_> {
    /// The payments, told or usual; gives what is paid.
    pub(super) fn versements(&mut self, x: &Contexte<'_>) -> i64 {
        let f = x.f;
        let Some(paiement) = f.pas.iter().find(|p| matches!(p.acte, Acte::Regler | Acte::Solder)) else { return 0 };
        let cree_le = self.c.instant(paiement.le, f.ancrage, paiement.a);
        let usuel = if x.portee.etat == Etat::EnReglement { f.montant / 2 } else { f.montant };
        let virement = format!("{}-{}", &f.numero[2..4], &f.numero[4..10]);
        let facture = format!("FA-20{}-{}", &f.numero[2..4], &f.numero[6..10]);
        let ligne =
            |facture: String, mode, montant_facture, montant_regle, virement: Option<(String, jiff::civil::Date)>| {
                let beneficiaire = if mode == ModeReglement::Subrogation { f.organisme } else { x.lieu.nom };
                let (virement, regle_le) =
                    virement.map_or((None, None), |(v, le)| (Some(v), Some(V(self.c.jour(le, f.ancrage)))));
                LigneReglement {
                    id: V(self.c.id(cree_le)),
                    dossier_id: V(x.portee.id),
                    facture,
                    beneficiaire: beneficiaire.to_owned(),
                    mode: V(mode),
                    montant_facture,
                    montant_regle,
                    virement,
                    regle_le,
                    cree_le: V(cree_le),
                }
            };
        let lignes: Vec<LigneReglement> = if f.versements.is_empty() {
            vec![ligne(facture, ModeReglement::Subrogation, f.montant, usuel, Some((virement, paiement.le)))]
        } else {
            let dits = f.versements.iter();
            dits.map(|(n, mode, du, paye, v)| {
                ligne((*n).to_owned(), *mode, *du, *paye, v.map(|(n, le)| (n.to_owned(), le)))
            })
            .collect()
        };
        let total = lignes.iter().map(|r| r.montant_regle).sum();
        self.l.reglements.extend(lignes);
        total
    }

    pub(super) fn inscriptions(&mut self, x: &Contexte<'_>, tuteur: Option<&Stagiaire>) {
        let roles = x.stagiaires.iter().map(|s| (s, "Stagiaire")).chain(tuteur.map(|t| (t, "Tuteur")));
        for ((nom, prenom, (a, m, j), csp, titre), role) in roles {
            self.l.inscriptions.push(LigneInscription {
                id: V(self.c.id(self.c.maintenant())),
                dossier_id: V(x.portee.id),
                etablissement_id: V(x.portee.etablissement),
                nom: (*nom).to_owned(),
                nom_cle: db::recherche::cle(nom),
                prenom: (*prenom).to_owned(),
                prenom_cle: db::recherche::cle(prenom),
                date_naissance: V(date(*a, *m, *j)),
                csp: (*csp).to_owned(),
                titre: (*titre).to_owned(),
                role: role.to_owned(),
            });
        }
    }

    pub(super) fn demandees(&mut self, x: &Contexte<'_>) -> Result<(), Error> {
        for (code, motif, avant, le, a) in &x.f.demandees {
            let le = self.instant(x, *le, *a);
            self.l.demandees.push(LigneDemandePiece {
                id: V(self.c.id(le)),
                dossier_id: V(x.portee.id),
                type_piece_id: self.piece(x, code)?.id,
                demandeur_id: V(x.lieu.gestionnaire),
                motif: (*motif).to_owned(),
                avant: Some(V(self.c.jour(*avant, x.f.ancrage))),
                le: V(le),
            });
        }
        Ok(())
    }
}
