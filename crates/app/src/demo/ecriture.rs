//! From the tables to rows: dossiers, their acts, people, pieces, payments and messages.

mod documents;
mod messages;
mod parties;

use std::collections::HashMap;

use db::documents::{LigneDocument, TypePiece};
use db::dossiers::{LigneDossier, SANS_ECHEANCE};
use db::lots::{
    LigneArrivee, LigneChangement, LigneDemande, LigneDemandePiece, LigneGuide, LigneInformation, LigneInscription,
    LigneJournal, LigneLecture, LigneMessage, LignePieceJointe, LigneReglement, LigneService, Lot as _,
};
use db::types::V;
use domain::dossier::{Acte, Etat};
use domain::ids::{DemandeId, DossierId, Id, UtilisateurId};
use domain::policy::DossierScope;
use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::calendrier::{Ancrage, Calendrier, Heure};
use super::fiche::{Fiche, Stagiaires};
use super::lieux::{Lieu, Lieux};
use super::parcours::etats;
use super::pdf::Sujet;
use super::personnes::{STAGIAIRES, Stagiaire};
use crate::referentiel::DISPOSITIFS;
use crate::{App, Error, Tx};

/// The categories of pieces, by dispositif.
pub(super) type Pieces = HashMap<&'static str, Vec<TypePiece>>;

/// Reads the categories of pieces.
pub(super) async fn pieces(app: &App) -> Result<Pieces, Error> {
    app.read(|conn| DISPOSITIFS.iter().map(|d| Ok((d.code, db::documents::types_pieces(conn, d.code)?))).collect())
        .await
}

/// A line of the journal about something that the demonstration wrote.
pub(super) fn journal(c: &Calendrier, objet: &str, id: Uuid, dossier: Option<DossierId>) -> LigneJournal {
    LigneJournal {
        id: V(c.id(c.maintenant())),
        le: V(c.maintenant()),
        acteur_id: None,
        action: "demo.remplir".to_owned(),
        objet: objet.to_owned(),
        objet_id: V(Id::new(id)),
        dossier_id: dossier.map(V),
        details: "null".to_owned(),
    }
}

/// A document whose file is still to be made: what it is about, of which kind.
pub(super) struct AFaire {
    pub(super) sujet: Sujet,
    pub(super) genre: &'static str,
    pub(super) ligne: LigneDocument,
}

/// The rows of the demonstration.
#[derive(Default)]
pub(super) struct Lignes {
    demandes: Vec<LigneDemande>,
    dossiers: Vec<LigneDossier>,
    changements: Vec<LigneChangement>,
    inscriptions: Vec<LigneInscription>,
    reglements: Vec<LigneReglement>,
    demandees: Vec<LigneDemandePiece>,
    pub(super) a_faire: Vec<AFaire>,
    pub(super) documents: Vec<LigneDocument>,
    messages: Vec<(DossierScope, LigneMessage)>,
    jointes: Vec<LignePieceJointe>,
    lectures: Vec<LigneLecture>,
    arrivees: Vec<LigneArrivee>,
    pub(super) informations: Vec<LigneInformation>,
    pub(super) guides: Vec<LigneGuide>,
    pub(super) services: Vec<LigneService>,
    journal: Vec<LigneJournal>,
    portees: Vec<DossierScope>,
}

/// What is being made.
pub(super) struct Lots<'a> {
    c: &'a Calendrier,
    lieux: &'a Lieux,
    pieces: &'a Pieces,
    opco: &'a str,
    demandes: HashMap<&'static str, DemandeId>,
    l: Lignes,
}

/// A dossier while its parts are written.
struct Contexte<'a> {
    f: &'a Fiche,
    lieu: &'a Lieu,
    portee: DossierScope,
    sujet: Sujet,
    stagiaires: Vec<Stagiaire>,
}

impl<'a> Lots<'a> {
    pub(super) fn new(c: &'a Calendrier, lieux: &'a Lieux, pieces: &'a Pieces, opco: &'a str) -> Self {
        Self { c, lieux, pieces, opco, demandes: HashMap::new(), l: Lignes::default() }
    }

    pub(super) fn finir(self) -> Lignes {
        self.l
    }

    /// Adds a dossier and all its parts.
    pub(super) fn ajouter(&mut self, f: &Fiche) -> Result<(), Error> {
        let lieu = self.lieux.de(f.siret)?;
        let etat = f.etat_present();
        let cree_le = self.creation(f);
        let portee = DossierScope {
            id: self.c.id(cree_le),
            adherent: lieu.adherent,
            etablissement: lieu.etablissement,
            gestionnaire: (etat != Etat::Brouillon).then_some(lieu.gestionnaire),
            etat,
        };
        let (stagiaires, tuteur) = personnes(f);
        let noms = stagiaires.iter().map(|(nom, prenom, ..)| format!("{nom} {prenom}")).collect();
        let (debut, fin) = (self.c.jour(f.debut, f.ancrage), self.c.jour(f.fin, f.ancrage));
        let dates = format!("Du {} au {}", debut.strftime("%d/%m/%Y"), fin.strftime("%d/%m/%Y"));
        let sujet = Sujet::new(f, (lieu.nom, self.opco), dates, noms);
        let x = Contexte { f, lieu, portee, sujet, stagiaires };
        self.dossier(&x, cree_le);
        self.changements(&x)?;
        self.inscriptions(&x, tuteur.as_ref());
        self.demandees(&x)?;
        self.depots(&x)?;
        self.messages(&x);
        self.l.journal.push(journal(self.c, "dossier", x.portee.id.uuid(), Some(x.portee.id)));
        self.l.portees.push(x.portee);
        Ok(())
    }

    /// Some days before it was transmitted; a brouillon was begun last week.
    fn creation(&self, f: &Fiche) -> Timestamp {
        match f.pas.first() {
            Some(p) => self.c.instant(p.le, f.ancrage, p.a) - SignedDuration::from_hours(5 * 24 + 1),
            None => self.c.instant(date(2026, 11, 17), Ancrage::Mobile, (14, 10)),
        }
    }

    fn dossier(&mut self, x: &Contexte<'_>, cree_le: Timestamp) {
        let f = x.f;
        let demande_id = *self.demandes.entry(f.demande).or_insert_with(|| {
            let id = self.c.id(cree_le);
            let etablissement_id = V(x.lieu.etablissement);
            self.l.demandes.push(LigneDemande {
                id: V(id),
                numero: f.demande.to_owned(),
                etablissement_id,
                creee_le: V(cree_le),
            });
            id
        });
        let montant_regle = self.versements(x);
        self.l.dossiers.push(LigneDossier {
            id: V(x.portee.id),
            numero: f.numero.to_owned(),
            demande_id: V(demande_id),
            demande_numero: f.demande.to_owned(),
            adherent_id: V(x.portee.adherent),
            etablissement_id: V(x.portee.etablissement),
            gestionnaire_id: x.portee.gestionnaire.map(V),
            dispositif: f.dispositif.to_owned(),
            intitule: f.intitule.to_owned(),
            organisme: f.organisme.to_owned(),
            date_debut: V(self.c.jour(f.debut, f.ancrage)),
            date_fin: V(self.c.jour(f.fin, f.ancrage)),
            etat: V(x.portee.etat),
            vue: V(x.portee.etat.vue()),
            montant_demande: f.montant,
            montant_accorde: f.accorde,
            montant_regle,
            pieces_dues: 0,
            pieces_fournies: 0,
            echeance: None,
            echeance_tri: V(SANS_ECHEANCE),
            stagiaires: i32::try_from(x.stagiaires.len()).unwrap_or(i32::MAX),
            cree_le: V(cree_le),
            modifie_le: V(cree_le),
            version: 1,
        });
    }

    fn changements(&mut self, x: &Contexte<'_>) -> Result<(), Error> {
        let suite = etats(&x.f.pas).map_err(|r| Error::Interne(format!("{} : {r:?}", x.f.numero)))?;
        for (p, etat) in x.f.pas.iter().zip(suite) {
            let le = self.c.instant(p.le, x.f.ancrage, p.a);
            self.l.changements.push(LigneChangement {
                id: V(self.c.id(le)),
                dossier_id: V(x.portee.id),
                etablissement_id: V(x.portee.etablissement),
                etat: V(etat),
                motif: p.motif.map(str::to_owned),
                auteur_id: V(auteur(p.acte, x.lieu)),
                le: V(le),
            });
        }
        Ok(())
    }

    fn piece(&self, x: &Contexte<'_>, code: &str) -> Result<&'a TypePiece, Error> {
        let pieces = self.pieces.get(x.f.dispositif).into_iter().flatten();
        let inconnue = || Error::Interne(format!("{} : pas de pièce {code}", x.f.numero));
        pieces.into_iter().find(|p| p.code == code).ok_or_else(inconnue)
    }

    fn instant(&self, x: &Contexte<'_>, le: jiff::civil::Date, a: Heure) -> Timestamp {
        self.c.instant(le, x.f.ancrage, a)
    }
}

/// Who does an act.
const fn auteur(acte: Acte, lieu: &Lieu) -> UtilisateurId {
    match acte {
        Acte::Transmettre | Acte::Annuler | Acte::Completer => lieu.membre,
        _ => lieu.gestionnaire,
    }
}

fn personnes(f: &Fiche) -> (Vec<Stagiaire>, Option<Stagiaire>) {
    match &f.stagiaires {
        Stagiaires::Nommes(noms, tuteur) => (noms.clone(), *tuteur),
        // The number of the dossier chooses whom, so that neighbours differ.
        Stagiaires::Nombre(n) => {
            let depart: usize = f.numero.bytes().map(usize::from).sum();
            (STAGIAIRES.iter().cycle().skip(depart % STAGIAIRES.len()).take(*n).copied().collect(), None)
        }
    }
}

impl Lignes {
    /// Writes the rows, then how complete each dossier is by the product's own rule.
    pub(super) fn ecrire(self, tx: &mut Tx<'_>) -> Result<(), Error> {
        LigneDemande::inserer(tx.conn, &self.demandes)?;
        LigneDossier::inserer(tx.conn, &self.dossiers)?;
        LigneChangement::inserer(tx.conn, &self.changements)?;
        LigneInscription::inserer(tx.conn, &self.inscriptions)?;
        LigneReglement::inserer(tx.conn, &self.reglements)?;
        LigneDemandePiece::inserer(tx.conn, &self.demandees)?;
        LigneDocument::inserer(tx.conn, &self.documents)?;
        for (portee, message) in &self.messages {
            LigneMessage::inserer(tx.conn, std::slice::from_ref(message))?;
            db::recherche::indexer(tx.conn, message.id.0, portee, &message.corps)?;
        }
        LignePieceJointe::inserer(tx.conn, &self.jointes)?;
        LigneLecture::inserer(tx.conn, &self.lectures)?;
        LigneArrivee::inserer(tx.conn, &self.arrivees)?;
        LigneInformation::inserer(tx.conn, &self.informations)?;
        LigneGuide::inserer(tx.conn, &self.guides)?;
        LigneService::inserer(tx.conn, &self.services)?;
        LigneJournal::inserer(tx.conn, &self.journal)?;
        for portee in &self.portees {
            crate::documents::recalculer(tx, portee)?;
        }
        Ok(())
    }
}
