//! Companies that a sandbox invents: as those of the demonstration, under numbers drawn by chance.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use db::DbError;
use db::lots::{
    LigneAdherent, LigneContact, LigneEtablissement, LigneJournal, LigneRattachement, LigneUtilisateur, Lot as _,
};
use db::types::V;
use domain::RoleMembre;
use domain::acteur::Cote;
use domain::code::Code as _;
use domain::dossier::Etat;
use domain::ids::{AdherentId, DossierId, EtablissementId, UtilisateurId};
use domain::permit::Permit;
use domain::policy::ConduireEntreprise;
use domain::secret::Secret;
use domain::siret::{Siret, avec_cle};

use super::calendrier::Calendrier;
use super::ecriture;
use super::generation::{Fabrique, Lieu, LotGenere, Tirage};
use crate::bac_a_sable::Commande;
use crate::ports::trousseau::hasard;
use crate::{App, Error, Tx};

/// A company that was just invented.
#[derive(Debug, Clone)]
pub struct Entreprise {
    /// Its identifier.
    pub adherent: AdherentId,
    /// Its number.
    pub numero: String,
    /// Its name.
    pub raison_sociale: String,
    /// Its SIREN.
    pub siren: String,
    /// Its établissements: identifier, SIRET and name.
    pub etablissements: Vec<(EtablissementId, String, String)>,
    /// Who manages it.
    pub administrateur: Personne,
    /// Who is in charge of its dossiers.
    pub gestionnaire: Personne,
    /// Its dossiers.
    pub dossiers: Vec<DossierFictif>,
}

/// Somebody who may sign in.
#[derive(Debug, Clone)]
pub struct Personne {
    /// The account.
    pub id: UtilisateurId,
    /// The address.
    pub email: String,
    /// The password, told once.
    pub mot_de_passe: Secret<String>,
}

/// A dossier that was just invented.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DossierFictif {
    /// Its identifier.
    pub id: DossierId,
    /// Its number.
    pub numero: String,
    /// Where it stands.
    pub etat: Etat,
}

/// A password and its hash.
#[derive(Debug, Clone)]
pub(crate) struct Cle {
    pub(crate) mot_de_passe: Secret<String>,
    pub(crate) hachage: Secret<String>,
}

/// Numbers drawn by chance.
#[derive(Debug, Clone)]
pub(crate) struct Numeros {
    entreprise: u32,
    /// A seed, and what numbers a dossier and its demande.
    dossiers: Vec<(u32, u32, u32)>,
}

impl Numeros {
    /// Draws the numbers of a company and of so many dossiers.
    pub(crate) fn tirer(dossiers: u32) -> Result<Self, Error> {
        let tirer = |sous: u32| Ok::<_, Error>(u32::from_ne_bytes(hasard()?) % sous);
        let dossiers = (0..dossiers).map(|_| Ok((tirer(u32::MAX)?, tirer(1_000_000)?, tirer(9_000_000)?)));
        Ok(Self { entreprise: tirer(1_000_000)?, dossiers: dossiers.collect::<Result<_, Error>>()? })
    }
}

/// A password that nobody chose: 18 random bytes.
pub(crate) fn secret() -> Result<Secret<String>, Error> {
    Ok(Secret::new(URL_SAFE_NO_PAD.encode(hasard::<18>()?)))
}

/// The établissements of a company that is there, and who works on its dossiers.
pub(crate) fn lieux(tx: &mut Tx<'_>, permit: &Permit<ConduireEntreprise>) -> Result<Vec<Lieu>, Error> {
    let gestionnaire = permit.sur().gestionnaire.ok_or(Error::Etat)?;
    let etablissements = db::bac_a_sable::etablissements(tx.conn, permit)?.into_iter();
    let (adherent, membre) = (permit.sur().id, permit.acteur().id);
    Ok(etablissements.map(|etablissement| Lieu { adherent, etablissement, membre, gestionnaire }).collect())
}

/// What makes companies and dossiers.
pub(crate) struct Atelier {
    c: Arc<Calendrier>,
    fabrique: Fabrique,
}

impl Atelier {
    /// Opens at the clock's instant.
    pub(crate) async fn ouvrir(app: &App) -> Result<Self, Error> {
        let c = Arc::new(Calendrier::new(app.horloge().maintenant()));
        let fabrique = Fabrique::new(Arc::clone(&c), ecriture::pieces(app).await?);
        Ok(Self { c, fabrique })
    }

    /// Writes a company.
    pub(crate) fn entreprise(
        &self,
        tx: &mut Tx<'_>,
        commande: &Commande,
        numeros: &Numeros,
        [administrateur, gestionnaire]: [&Cle; 2],
    ) -> Result<Entreprise, Echec> {
        let c = &self.c;
        let numero = format!("BAC-{:06}", numeros.entreprise);
        let domaine = format!("{}.bac-a-sable.example", numero.to_lowercase());
        let siren = avec_cle(&format!("99{:06}", numeros.entreprise));
        let raison_sociale =
            commande.raison_sociale.clone().unwrap_or_else(|| format!("Entreprise fictive {:06}", numeros.entreprise));
        let personnes = [
            personne(c, Cote::Membre, ("Camille", "Administratrice fictive"), &domaine, administrateur),
            personne(c, Cote::Gestionnaire, ("Dominique", "Gestionnaire fictif"), &domaine, gestionnaire),
        ];
        LigneUtilisateur::inserer(tx.conn, &personnes).map_err(pris)?;
        let traces = personnes.each_ref().map(|p| LigneJournal {
            action: "bac_a_sable.creer".to_owned(),
            ..ecriture::journal(c, "utilisateur", p.id.0.uuid(), None)
        });
        LigneJournal::inserer(tx.conn, &traces)?;
        let [membre, lui] = personnes;
        let id: AdherentId = c.id(c.maintenant());
        let adherent = LigneAdherent {
            id: V(id),
            numero: numero.clone(),
            raison_sociale: raison_sociale.clone(),
            raison_cle: db::recherche::cle_de_raison(&raison_sociale),
            siren: siren.clone(),
            gestionnaire_id: Some(lui.id),
        };
        LigneAdherent::inserer(tx.conn, &[adherent]).map_err(pris)?;
        LigneContact::inserer(tx.conn, &[LigneContact { adherent_id: V(id), utilisateur_id: lui.id, rang: 0 }])?;
        let mut etablissements = Vec::new();
        for rang in 1..=commande.etablissements {
            etablissements.push(self.etablissement(tx, (id, membre.id.0), (&raison_sociale, &siren), rang)?);
        }
        let lieu = |(etablissement, ..): &(EtablissementId, String, String)| Lieu {
            adherent: id,
            etablissement: *etablissement,
            membre: membre.id.0,
            gestionnaire: lui.id.0,
        };
        let lieux: Vec<Lieu> = etablissements.iter().map(lieu).collect();
        let dossiers = self.dossiers(tx, &lieux, numeros)?;
        let connue = |ligne: LigneUtilisateur, cle: &Cle| Personne {
            id: ligne.id.0,
            email: ligne.email,
            mot_de_passe: cle.mot_de_passe.clone(),
        };
        Ok(Entreprise {
            adherent: id,
            numero,
            raison_sociale,
            siren,
            etablissements,
            administrateur: connue(membre, administrateur),
            gestionnaire: connue(lui, gestionnaire),
            dossiers,
        })
    }

    fn etablissement(
        &self,
        tx: &mut Tx<'_>,
        (adherent, membre): (AdherentId, UtilisateurId),
        (raison_sociale, siren): (&str, &str),
        rang: u32,
    ) -> Result<(EtablissementId, String, String), Echec> {
        let siret = Siret::parse(&avec_cle(&format!("{siren}{rang:04}"))).map_err(|e| Error::Interne(e.to_string()))?;
        let id: EtablissementId = self.c.id(self.c.maintenant());
        let nom = if rang == 1 { "Siège".to_owned() } else { format!("Agence {rang}") };
        let nom = format!("{raison_sociale}, {nom}");
        let ligne = LigneEtablissement {
            id: V(id),
            adherent_id: V(adherent),
            siret: siret.as_str().to_owned(),
            nom: nom.clone(),
        };
        LigneEtablissement::inserer(tx.conn, &[ligne]).map_err(pris)?;
        let rattachement = LigneRattachement {
            utilisateur_id: V(membre),
            etablissement_id: V(id),
            adherent_id: V(adherent),
            role: V(RoleMembre::Administrateur),
        };
        LigneRattachement::inserer(tx.conn, &[rattachement])?;
        Ok((id, siret.as_str().to_owned(), nom))
    }

    /// Writes dossiers over places, in each état in turn.
    pub(crate) fn dossiers(
        &self,
        tx: &mut Tx<'_>,
        lieux: &[Lieu],
        numeros: &Numeros,
    ) -> Result<Vec<DossierFictif>, Echec> {
        let mut lot = LotGenere::default();
        let places = lieux.iter().cycle().zip(Etat::TOUS.iter().cycle());
        for ((graine, numero, demande), (lieu, etat)) in numeros.dossiers.iter().zip(places) {
            let numeros =
                |annee: i16| (format!("18{:02}{numero:06}.01", annee % 100), (1_000_000 + demande).to_string());
            self.fabrique.dossier(&mut lot, lieu, (Tirage::du_rang(*graine), *etat), numeros)?;
        }
        lot.ecrire(tx).map_err(pris)?;
        Ok(lot.presents().map(|(id, numero, etat)| DossierFictif { id, numero: numero.to_owned(), etat }).collect())
    }
}

/// Why nothing was invented.
pub(crate) enum Echec {
    /// A number that was drawn is taken.
    NumeroPris,
    /// It failed.
    Erreur(Error),
}

impl<E: Into<Error>> From<E> for Echec {
    fn from(e: E) -> Self {
        Self::Erreur(e.into())
    }
}

fn pris(e: DbError) -> Echec {
    match e {
        DbError::Doublon(_) => Echec::NumeroPris,
        autre => autre.into(),
    }
}

fn personne(c: &Calendrier, cote: Cote, (prenom, nom): (&str, &str), domaine: &str, cle: &Cle) -> LigneUtilisateur {
    let qui = if cote == Cote::Membre { "administrateur" } else { "gestionnaire" };
    LigneUtilisateur {
        id: V(c.id(c.maintenant())),
        email: format!("{qui}@{domaine}"),
        prenom: prenom.to_owned(),
        nom: nom.to_owned(),
        fonction: "Compte fictif".to_owned(),
        telephone: "02 61 91 00 00".to_owned(),
        cote: V(cote),
        mot_de_passe: Some(cle.hachage.expose().clone()),
        email_confirme_le: Some(V(c.maintenant())),
        cree_le: V(c.maintenant()),
    }
}
