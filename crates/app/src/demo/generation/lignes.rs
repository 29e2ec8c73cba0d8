//! The rows of generated dossiers.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, Mutex};

use db::dossiers::{EtatPieces, LigneDossier, Remplissage, echeance_tri};
use db::lots::{LigneChangement, LigneDemande, LigneInscription, LigneReglement, Lot as _};
use db::types::V;
use domain::dossier::{Acte, Etat, ModeReglement, completude};
use domain::ids::{DemandeId, DossierId};
use jiff::civil::{Date, date};

use super::Lieu;
use super::tirage::{INTITULES, ORGANISMES, Tirage};
use crate::demo::calendrier::{Ancrage, Calendrier};
use crate::demo::ecriture::Pieces;
use crate::demo::parcours::{Pas, etats, parcours};
use crate::demo::personnes::STAGIAIRES;
use crate::{Error, Tx};

/// Numbers of generated dossiers start here each year, far from those of the tables.
const PREMIER_NUMERO: u32 = 100_000;
/// Numbers of generated demandes start here.
const PREMIERE_DEMANDE: u32 = 2_000_000;

/// Makes dossiers, one établissement after the other.
pub(in crate::demo) struct Fabrique {
    c: Arc<Calendrier>,
    pieces: Pieces,
    aujourd_hui: Date,
    /// The next number of each year.
    suites: Mutex<HashMap<i16, u32>>,
}

/// The rows of some dossiers.
#[derive(Default)]
pub(in crate::demo) struct Lot {
    demandes: Vec<LigneDemande>,
    dossiers: Vec<LigneDossier>,
    changements: Vec<LigneChangement>,
    inscriptions: Vec<LigneInscription>,
    reglements: Vec<LigneReglement>,
}

impl Lot {
    /// Writes the rows.
    pub(in crate::demo) fn ecrire(&self, tx: &mut Tx<'_>) -> Result<(), db::DbError> {
        LigneDemande::inserer(tx.conn, &self.demandes)?;
        LigneDossier::inserer(tx.conn, &self.dossiers)?;
        LigneChangement::inserer(tx.conn, &self.changements)?;
        LigneInscription::inserer(tx.conn, &self.inscriptions)?;
        LigneReglement::inserer(tx.conn, &self.reglements)
    }

    /// Number and état of the dossiers, in order.
    pub(in crate::demo) fn presents(&self) -> impl Iterator<Item = (DossierId, &str, Etat)> {
        self.dossiers.iter().map(|d| (d.id.0, d.numero.as_str(), d.etat.0))
    }
}

impl Fabrique {
    pub(in crate::demo) fn new(c: Arc<Calendrier>, pieces: Pieces) -> Self {
        let aujourd_hui = c.jour(crate::demo::calendrier::JOUR_ECRIT, Ancrage::Mobile);
        Self { c, pieces, aujourd_hui, suites: Mutex::default() }
    }

    /// Writes the dossiers of these ranks, `par_lieu` to each place.
    pub(super) fn ecrire(
        &self,
        tx: &mut Tx<'_>,
        lieux: &[Lieu],
        rangs: Range<u32>,
        par_lieu: u32,
    ) -> Result<(), Error> {
        let mut lot = Lot::default();
        let depart = rangs.start;
        for rang in rangs {
            let lieu = lieux.get(usize::try_from((rang - depart) / par_lieu).unwrap_or(0));
            if let Some(lieu) = lieu {
                let mut t = Tirage::du_rang(rang);
                let etat = t.etat();
                let demande = (PREMIERE_DEMANDE + rang).to_string();
                self.dossier(&mut lot, lieu, (t, etat), |annee| (self.numero(annee), demande))?;
            }
        }
        Ok(lot.ecrire(tx)?)
    }

    fn numero(&self, annee: i16) -> String {
        let mut suites = self.suites.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let suite = suites.entry(annee).or_insert(PREMIER_NUMERO);
        *suite += 1;
        format!("18{:02}{suite:06}.01", annee % 100)
    }

    /// Adds a dossier that stands in an état, under the numbers of its year.
    pub(in crate::demo) fn dossier(
        &self,
        lot: &mut Lot,
        lieu: &Lieu,
        (mut t, etat): (Tirage, Etat),
        numeros: impl FnOnce(i16) -> (String, String),
    ) -> Result<DossierId, Error> {
        let (debut, fin) = t.dates(etat, self.aujourd_hui);
        let pas = parcours(etat, debut, fin);
        let depart = pas.first().map_or(debut, |p| p.le).min(self.aujourd_hui);
        let cree_le = self.c.instant(depart, Ancrage::Fixe, (8, 30));
        let (id, demande): (DossierId, DemandeId) = (self.c.id(cree_le), self.c.id(cree_le));
        let (numero, demande_numero) = numeros(debut.year());
        let etablissement_id = V(lieu.etablissement);
        let montant = i64::try_from(40_000 + t.sous(600_000)).unwrap_or(0);
        let accorde = etat.apres_accord().then_some(montant);
        let dispositif = t.dispositif(debut);
        let intitule = (*t.parmi(INTITULES)).to_owned();
        let organisme = (*t.parmi(ORGANISMES)).to_owned();
        let stagiaires = 1 + t.sous(4);
        self.inscriptions(lot, (id, lieu), &mut t, stagiaires);
        self.changements(lot, (id, lieu), &pas)?;
        let montant_regle = self.reglement(lot, (id, organisme.as_str()), &pas, (etat, montant));
        let due = self.completude(dispositif, etat, (debut, fin));
        let vue = V(etat.vue());
        lot.demandes.push(LigneDemande {
            id: V(demande),
            numero: demande_numero.clone(),
            etablissement_id,
            creee_le: V(cree_le),
        });
        lot.dossiers.push(LigneDossier {
            id: V(id),
            numero,
            demande_id: V(demande),
            demande_numero,
            adherent_id: V(lieu.adherent),
            etablissement_id,
            gestionnaire_id: (etat != Etat::Brouillon).then_some(V(lieu.gestionnaire)),
            dispositif: dispositif.to_owned(),
            intitule,
            organisme,
            date_debut: V(debut),
            date_fin: V(fin),
            etat: V(etat),
            vue,
            montant_demande: montant,
            montant_accorde: accorde,
            montant_regle,
            pieces_dues: due.dues,
            pieces_fournies: due.fournies,
            echeance: due.echeance.map(V),
            echeance_tri: V(echeance_tri(due.echeance)),
            stagiaires: i32::try_from(stagiaires).unwrap_or(i32::MAX),
            cree_le: V(cree_le),
            modifie_le: V(cree_le),
            version: 1,
        });
        Ok(id)
    }

    fn completude(&self, dispositif: &str, etat: Etat, (debut, fin): (Date, Date)) -> domain::dossier::Completude {
        let dossier =
            EtatPieces { dispositif: dispositif.to_owned(), etat: V(etat), date_debut: V(debut), date_fin: V(fin) };
        let pieces = self.pieces.get(dispositif).into_iter().flatten();
        let attendues: Vec<_> =
            pieces.map(|p| crate::documents::attendue(p, &dossier, None, Remplissage::default())).collect();
        completude(etat, &attendues)
    }

    fn inscriptions(&self, lot: &mut Lot, (dossier, lieu): (DossierId, &Lieu), t: &mut Tirage, nombre: u64) {
        for _ in 0..nombre {
            let (nom, prenom, (a, m, j), csp, titre) = *t.parmi(STAGIAIRES);
            lot.inscriptions.push(LigneInscription {
                id: V(self.c.id(self.c.maintenant())),
                dossier_id: V(dossier),
                etablissement_id: V(lieu.etablissement),
                nom: nom.to_owned(),
                nom_cle: db::recherche::cle(nom),
                prenom: prenom.to_owned(),
                prenom_cle: db::recherche::cle(prenom),
                date_naissance: V(date(a, m, j)),
                csp: csp.to_owned(),
                titre: titre.to_owned(),
                role: "Stagiaire".to_owned(),
            });
        }
    }

    fn changements(&self, lot: &mut Lot, (dossier, lieu): (DossierId, &Lieu), pas: &[Pas]) -> Result<(), Error> {
        let suite = etats(pas).map_err(|r| Error::Interne(format!("{r:?}")))?;
        for (p, etat) in pas.iter().zip(suite) {
            let le = self.c.instant(p.le, Ancrage::Fixe, p.a);
            let membre = matches!(p.acte, Acte::Transmettre | Acte::Annuler | Acte::Completer);
            lot.changements.push(LigneChangement {
                id: V(self.c.id(le)),
                dossier_id: V(dossier),
                etablissement_id: V(lieu.etablissement),
                etat: V(etat),
                motif: p.motif.map(str::to_owned),
                auteur_id: V(if membre { lieu.membre } else { lieu.gestionnaire }),
                le: V(le),
            });
        }
        Ok(())
    }

    fn reglement(
        &self,
        lot: &mut Lot,
        (dossier, organisme): (DossierId, &str),
        pas: &[Pas],
        (etat, montant): (Etat, i64),
    ) -> i64 {
        let Some(paiement) = pas.iter().find(|p| matches!(p.acte, Acte::Regler | Acte::Solder)) else { return 0 };
        let paye = if etat == Etat::EnReglement { montant / 2 } else { montant };
        let cree_le = self.c.instant(paiement.le, Ancrage::Fixe, paiement.a);
        let rang = lot.dossiers.len();
        lot.reglements.push(LigneReglement {
            id: V(self.c.id(cree_le)),
            dossier_id: V(dossier),
            facture: format!("F-{}-{rang:04}", paiement.le.strftime("%y%m")),
            beneficiaire: organisme.to_owned(),
            mode: V(ModeReglement::Subrogation),
            montant_facture: montant,
            montant_regle: paye,
            virement: Some(format!("{}-{rang:06}", paiement.le.strftime("%y%m"))),
            regle_le: Some(V(paiement.le)),
            cree_le: V(cree_le),
        });
        paye
    }
}
