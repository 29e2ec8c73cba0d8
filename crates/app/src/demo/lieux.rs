//! The companies, their établissements and everybody around them, as rows.

use std::collections::HashMap;

use db::lots::{
    LigneAdherent, LigneContact, LigneEtablissement, LigneFavori, LigneJournal, LigneRattachement, LigneUtilisateur,
    Lot as _,
};
use db::types::V;
use domain::acteur::Cote;
use domain::ids::{AdherentId, EtablissementId, UtilisateurId};
use domain::outil::Outil;
use futures_util::StreamExt as _;
use futures_util::stream;
use jiff::civil::date;

use super::acces::hachage;
use super::calendrier::{Ancrage, Calendrier};
use super::ecriture::journal;
use super::personnes::{ADHERENTS, CLAIRE, DAMIEN, PERSONNES};
use crate::{App, Error, Tx};

/// An établissement and who works on its dossiers.
#[derive(Debug, Clone)]
pub(super) struct Lieu {
    pub(super) adherent: AdherentId,
    pub(super) etablissement: EtablissementId,
    pub(super) nom: &'static str,
    pub(super) gestionnaire: UtilisateurId,
    /// Who deposits and writes.
    pub(super) membre: UtilisateurId,
    /// Everybody attached.
    pub(super) membres: Vec<UtilisateurId>,
}

/// Every place, by SIRET, and the rows that make them.
pub(super) struct Lieux {
    par_siret: HashMap<&'static str, Lieu>,
    utilisateurs: Vec<LigneUtilisateur>,
    adherents: Vec<LigneAdherent>,
    etablissements: Vec<LigneEtablissement>,
    rattachements: Vec<LigneRattachement>,
    contacts: Vec<LigneContact>,
    favoris: Vec<LigneFavori>,
    journal: Vec<LigneJournal>,
}

impl Lieux {
    /// Draws up the places and the people.
    pub(super) async fn dresser(app: &App, calendrier: &Calendrier) -> Result<Self, Error> {
        let depuis = calendrier.instant(date(2019, 1, 7), Ancrage::Fixe, (9, 0));
        let hachages: Vec<String> = stream::iter(PERSONNES)
            .then(|_| hachage(app))
            .collect::<Vec<_>>()
            .await
            .into_iter()
            .collect::<Result<_, _>>()?;
        let mut ids = HashMap::new();
        let mut lieux = Self {
            par_siret: HashMap::new(),
            utilisateurs: Vec::new(),
            adherents: Vec::new(),
            etablissements: Vec::new(),
            rattachements: Vec::new(),
            contacts: Vec::new(),
            favoris: Vec::new(),
            journal: Vec::new(),
        };
        for (p, mot_de_passe) in PERSONNES.iter().zip(hachages) {
            let id: UtilisateurId = calendrier.id(depuis);
            ids.insert(p.email, id);
            lieux.utilisateurs.push(LigneUtilisateur {
                id: V(id),
                email: p.email.to_owned(),
                prenom: p.prenom.to_owned(),
                nom: p.nom.to_owned(),
                fonction: p.fonction.to_owned(),
                telephone: p.telephone.to_owned(),
                cote: V(p.cote),
                mot_de_passe: Some(mot_de_passe),
                email_confirme_le: Some(V(depuis)),
                cree_le: V(depuis),
            });
            lieux.journal.push(journal(calendrier, "utilisateur", id.uuid(), None));
            if p.cote == Cote::Membre {
                let outils = [Outil::Egestion, Outil::Tutoriel, Outil::Competences];
                lieux.favoris.extend((0..).zip(outils).map(|(rang, o)| LigneFavori {
                    utilisateur_id: V(id),
                    outil: V(o),
                    rang,
                }));
            }
        }
        let de =
            |email: &str| ids.get(email).copied().ok_or_else(|| Error::Interne(format!("personne inconnue : {email}")));
        let (claire, damien) = (de(CLAIRE)?, de(DAMIEN)?);
        for a in ADHERENTS {
            let id: AdherentId = calendrier.id(depuis);
            let gestionnaire = de(a.gestionnaire)?;
            let siren = a.etablissements.first().map(|(s, _)| s[..9].to_owned()).unwrap_or_default();
            lieux.adherents.push(LigneAdherent {
                id: V(id),
                numero: a.numero.to_owned(),
                raison_sociale: a.nom.to_owned(),
                raison_cle: db::recherche::cle_de_raison(a.nom),
                siren,
                gestionnaire_id: Some(V(gestionnaire)),
            });
            let conseiller = if gestionnaire == claire { damien } else { claire };
            for (rang, contact) in [(0, gestionnaire), (1, conseiller)] {
                lieux.contacts.push(LigneContact { adherent_id: V(id), utilisateur_id: V(contact), rang });
            }
            for (siret, nom) in a.etablissements {
                lieux.etablissement((id, a.nom), (siret, nom), gestionnaire, &ids, calendrier)?;
            }
        }
        Ok(lieux)
    }

    fn etablissement(
        &mut self,
        (adherent, nom_adherent): (AdherentId, &'static str),
        (siret, nom): (&'static str, &'static str),
        gestionnaire: UtilisateurId,
        ids: &HashMap<&str, UtilisateurId>,
        calendrier: &Calendrier,
    ) -> Result<(), Error> {
        let id: EtablissementId = calendrier.id(calendrier.instant(date(2019, 1, 7), Ancrage::Fixe, (9, 0)));
        self.etablissements.push(LigneEtablissement {
            id: V(id),
            adherent_id: V(adherent),
            siret: siret.to_owned(),
            nom: nom.to_owned(),
        });
        let attaches: Vec<_> = PERSONNES.iter().filter(|p| p.etablissements.contains(&siret)).collect();
        let membres: Vec<UtilisateurId> = attaches.iter().filter_map(|p| ids.get(p.email).copied()).collect();
        for (p, membre) in attaches.iter().zip(&membres) {
            self.rattachements.push(LigneRattachement {
                utilisateur_id: V(*membre),
                etablissement_id: V(id),
                adherent_id: V(adherent),
                role: V(p.role),
            });
        }
        let membre = membres.first().copied().ok_or_else(|| Error::Interne(format!("personne à {nom}")))?;
        self.par_siret
            .insert(siret, Lieu { adherent, etablissement: id, nom: nom_adherent, gestionnaire, membre, membres });
        Ok(())
    }

    /// The place of a SIRET.
    pub(super) fn de(&self, siret: &str) -> Result<&Lieu, Error> {
        self.par_siret.get(siret).ok_or_else(|| Error::Interne(format!("établissement inconnu : {siret}")))
    }

    /// Writes the rows.
    pub(super) fn ecrire(&self, tx: &mut Tx<'_>) -> Result<(), Error> {
        LigneUtilisateur::inserer(tx.conn, &self.utilisateurs)?;
        LigneAdherent::inserer(tx.conn, &self.adherents)?;
        LigneEtablissement::inserer(tx.conn, &self.etablissements)?;
        LigneRattachement::inserer(tx.conn, &self.rattachements)?;
        LigneContact::inserer(tx.conn, &self.contacts)?;
        LigneFavori::inserer(tx.conn, &self.favoris)?;
        Ok(LigneJournal::inserer(tx.conn, &self.journal)?)
    }
}
