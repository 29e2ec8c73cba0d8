//! Dossiers by the thousand, for measures: generated, plausible, and without documents or messages.
//!
//! 50 to an établissement, 500 to a company, 2 000 to a transaction. 100 000 on SQLite take 34 s of
//! processor in the development profile, and 340 MB.

mod lignes;
mod tirage;

use std::sync::Arc;

use db::journal::Trace;
use db::lots::{
    LigneAdherent, LigneContact, LigneEtablissement, LigneJournal, LigneRattachement, LigneUtilisateur, Lot as _,
};
use db::types::V;
use domain::RoleMembre;
use domain::acteur::Cote;
use domain::ids::{AdherentId, EtablissementId, UtilisateurId};
use domain::siret::{Siret, avec_cle};
use uuid::Uuid;

pub(super) use self::lignes::{Fabrique, Lot as LotGenere};
pub(super) use self::tirage::Tirage;
use super::acces::hachage;
use super::calendrier::Calendrier;
use super::{Acces, ecriture};
use crate::{App, Error, Journal, Tx};

const DOSSIERS_PAR_ETABLISSEMENT: u32 = 50;
const ETABLISSEMENTS_PAR_ADHERENT: u32 = 10;
const ADHERENTS_PAR_GESTIONNAIRE: u32 = 100;
/// Companies written in one transaction: 2 000 dossiers.
const ADHERENTS_PAR_LOT: u32 = 4;

/// A generated établissement and who works on its dossiers.
#[derive(Debug, Clone)]
pub(crate) struct Lieu {
    pub(crate) adherent: AdherentId,
    pub(crate) etablissement: EtablissementId,
    pub(crate) membre: UtilisateurId,
    pub(crate) gestionnaire: UtilisateurId,
}

/// Adds `nombre` dossiers over generated companies; gives the sign-in of one of their members.
pub(super) async fn generer(app: &App, nombre: u32) -> Result<Acces, Error> {
    let le = app.horloge().maintenant();
    let calendrier = Arc::new(Calendrier::new(le));
    let fabrique = Arc::new(Fabrique::new(Arc::clone(&calendrier), ecriture::pieces(app).await?));
    let adherents = nombre.div_ceil(DOSSIERS_PAR_ETABLISSEMENT * ETABLISSEMENTS_PAR_ADHERENT);
    let gestionnaires = gestionnaires(app, &calendrier, adherents.div_ceil(ADHERENTS_PAR_GESTIONNAIRE)).await?;
    let mot_de_passe = hachage(app).await?;
    for premier in (0..adherents).step_by(usize::try_from(ADHERENTS_PAR_LOT).unwrap_or(1)) {
        let (c, f) = (Arc::clone(&calendrier), Arc::clone(&fabrique));
        let (gestionnaires, mot_de_passe) = (gestionnaires.clone(), mot_de_passe.clone());
        app.write_systeme(move |tx| {
            for rang in premier..adherents.min(premier + ADHERENTS_PAR_LOT) {
                let gestionnaire = gestionnaires[usize::try_from(rang / ADHERENTS_PAR_GESTIONNAIRE).unwrap_or(0)];
                let secret = (rang == 0).then(|| mot_de_passe.clone());
                let lieux = adherent(tx, &c, rang, gestionnaire, secret)?;
                let deja = rang * DOSSIERS_PAR_ETABLISSEMENT * ETABLISSEMENTS_PAR_ADHERENT;
                let reste = (nombre - deja).min(DOSSIERS_PAR_ETABLISSEMENT * ETABLISSEMENTS_PAR_ADHERENT);
                f.ecrire(tx, &lieux, deja..deja + reste, DOSSIERS_PAR_ETABLISSEMENT)?;
            }
            Ok(((), Journal::new(trace(premier))))
        })
        .await?;
    }
    Ok(Acces {
        nom: format!("{PRENOM} {}", nom(0)),
        qui: "adhérent généré, administrateur".to_owned(),
        email: courriel(0),
    })
}

const PRENOM: &str = "Camille";

fn nom(rang: u32) -> String {
    format!("Essai-{rang:05}")
}

fn courriel(rang: u32) -> String {
    format!("membre@entreprise-{rang:05}.example")
}

fn trace(premier: u32) -> Trace {
    let details = serde_json::json!({ "premier_adherent": premier });
    Trace { action: "demo.generer", objet: "base", objet_id: Uuid::nil(), dossier: None, details }
}

fn personne(
    c: &Calendrier,
    cote: Cote,
    (nom, email): (String, String),
    mot_de_passe: Option<String>,
) -> LigneUtilisateur {
    LigneUtilisateur {
        id: V(c.id(c.maintenant())),
        email,
        prenom: PRENOM.to_owned(),
        nom,
        fonction: "Compte généré".to_owned(),
        telephone: "02 61 91 00 00".to_owned(),
        cote: V(cote),
        mot_de_passe,
        email_confirme_le: Some(V(c.maintenant())),
        cree_le: V(c.maintenant()),
    }
}

/// Writes accounts, each with its line of the journal.
fn comptes(tx: &mut Tx<'_>, c: &Calendrier, lignes: &[LigneUtilisateur]) -> Result<(), Error> {
    LigneUtilisateur::inserer(tx.conn, lignes)?;
    let journal: Vec<LigneJournal> =
        lignes.iter().map(|l| ecriture::journal(c, "utilisateur", l.id.0.uuid(), None)).collect();
    Ok(LigneJournal::inserer(tx.conn, &journal)?)
}

async fn gestionnaires(app: &App, c: &Arc<Calendrier>, nombre: u32) -> Result<Vec<UtilisateurId>, Error> {
    let c = Arc::clone(c);
    app.write_systeme(move |tx| {
        let lignes: Vec<LigneUtilisateur> = (0..nombre)
            .map(|n| {
                personne(
                    &c,
                    Cote::Gestionnaire,
                    (format!("Portefeuille-{n:03}"), format!("portefeuille-{n:03}@opco.example")),
                    None,
                )
            })
            .collect();
        comptes(tx, &c, &lignes)?;
        Ok((lignes.iter().map(|l| l.id.0).collect(), Journal::new(trace(0))))
    })
    .await
}

/// A company, its ten établissements and its one member.
fn adherent(
    tx: &mut Tx<'_>,
    c: &Calendrier,
    rang: u32,
    gestionnaire: UtilisateurId,
    mot_de_passe: Option<String>,
) -> Result<Vec<Lieu>, Error> {
    let id: AdherentId = c.id(c.maintenant());
    let siren = avec_cle(&format!("997{rang:05}"));
    let membre = personne(c, Cote::Membre, (nom(rang), courriel(rang)), mot_de_passe);
    comptes(tx, c, std::slice::from_ref(&membre))?;
    let entreprise = LigneAdherent {
        id: V(id),
        numero: format!("G{rang:05}"),
        raison_sociale: format!("Entreprise {rang:05}"),
        raison_cle: format!("entreprise {rang:05}"),
        siren: siren.clone(),
        gestionnaire_id: Some(V(gestionnaire)),
    };
    LigneAdherent::inserer(tx.conn, &[entreprise])?;
    LigneContact::inserer(tx.conn, &[LigneContact { adherent_id: V(id), utilisateur_id: V(gestionnaire), rang: 0 }])?;
    let mut lieux = Vec::new();
    let (mut etablissements, mut rattachements) = (Vec::new(), Vec::new());
    for n in 1..=ETABLISSEMENTS_PAR_ADHERENT {
        let siret = Siret::parse(&avec_cle(&format!("{siren}{n:04}"))).map_err(|e| Error::Interne(e.to_string()))?;
        let etablissement: EtablissementId = c.id(c.maintenant());
        let nom = format!("Entreprise {rang:05}, agence {n}");
        etablissements.push(LigneEtablissement {
            id: V(etablissement),
            adherent_id: V(id),
            siret: siret.as_str().to_owned(),
            nom,
        });
        rattachements.push(LigneRattachement {
            utilisateur_id: membre.id,
            etablissement_id: V(etablissement),
            adherent_id: V(id),
            role: V(RoleMembre::Administrateur),
        });
        lieux.push(Lieu { adherent: id, etablissement, membre: membre.id.0, gestionnaire });
    }
    LigneEtablissement::inserer(tx.conn, &etablissements)?;
    LigneRattachement::inserer(tx.conn, &rattachements)?;
    Ok(lieux)
}
