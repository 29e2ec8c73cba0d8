//! Asking for an account.

use std::net::IpAddr;

use db::DbError;
use db::codes::JetonUsage;
use db::comptes::{Nouveau, Paire};
use db::journal::Trace;
use domain::RoleMembre;
use domain::courriel::Email;
use domain::ids::{Id, UtilisateurId};
use domain::limites::NOM_MAX;
use domain::secret::Secret;
use domain::siret::Siret;

use super::force::{self, phrase};
use super::limites::{CREATION_ADRESSE, CREATION_COURRIEL};
use super::{a_temps_egal, hachage, lettres, reseau, trace};
use crate::{App, Champ, Error, Journal, Tx};

/// Longest number of a company.
const NUMERO_MAX: usize = 20;

/// A request for an account whose fields have the right shape.
#[derive(Debug, Clone)]
pub struct Demande {
    siret: Siret,
    numero: String,
    prenom: String,
    nom: String,
    email: Email,
    mot_de_passe: Secret<String>,
}

impl Demande {
    /// Reads the fields of a request; says all that is wrong at once.
    ///
    /// Only shapes are judged: nothing here depends on what the database holds.
    pub async fn lire(
        app: &App,
        (siret, numero): (&str, &str),
        (prenom, nom): (&str, &str),
        email: &str,
        mot_de_passe: Secret<String>,
    ) -> Result<Self, Error> {
        let mut champs = Vec::new();
        let siret = noter(&mut champs, "/siret", Siret::parse(siret).map_err(|e| phrase(&e.to_string())));
        let numero = noter(&mut champs, "/numero_adherent", lire_numero(numero));
        let noms = lire_noms(&mut champs, ("/prenom", prenom), ("/nom", nom));
        let adresse = noter(&mut champs, "/email", lire_email(email));
        // The company's name is left out: it would tell which pairs of numbers are known.
        let mut contexte = vec![email.chars().take(NOM_MAX).collect(), app.reglages().organisme.clone()];
        contexte.extend(noms.iter().flat_map(|(prenom, nom)| [prenom.clone(), nom.clone()]));
        force::noter(app, &mut champs, "/mot_de_passe", mot_de_passe.clone(), contexte).await?;
        match (siret, numero, noms, adresse) {
            (Some(siret), Some(numero), Some((prenom, nom)), Some(email)) if champs.is_empty() => {
                Ok(Self { siret, numero, prenom, nom, email, mot_de_passe })
            }
            _ => Err(Error::Champs(champs)),
        }
    }
}

pub(crate) fn noter<T>(champs: &mut Vec<Champ>, pointeur: &'static str, lu: Result<T, String>) -> Option<T> {
    lu.map_err(|detail| champs.push(Champ::new(pointeur, detail))).ok()
}

pub(crate) fn lire_email(texte: &str) -> Result<Email, String> {
    Email::parse(texte).map_err(|_| "Indiquez une adresse complète, comme nom@entreprise.fr.".to_owned())
}

pub(super) fn lire_numero(texte: &str) -> Result<String, String> {
    let numero: String = texte.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect();
    let permis = |b: u8| b.is_ascii_alphanumeric() || b"-./".contains(&b);
    let bon = !numero.is_empty() && numero.len() <= NUMERO_MAX && numero.bytes().all(permis);
    if bon {
        Ok(numero)
    } else {
        Err("Indiquez le numéro d’adhérent : il figure en haut de votre bordereau de collecte.".to_owned())
    }
}

/// A first and a last name, each with the place of its field.
pub(crate) fn lire_noms(
    champs: &mut Vec<Champ>,
    (la, prenom): (&'static str, &str),
    (ici, nom): (&'static str, &str),
) -> Option<(String, String)> {
    let prenom = noter(champs, la, lire_nom(prenom, "Indiquez votre prénom."));
    let nom = noter(champs, ici, lire_nom(nom, "Indiquez votre nom."));
    prenom.zip(nom)
}

fn lire_nom(texte: &str, vide: &str) -> Result<String, String> {
    let nom = texte.trim();
    if nom.is_empty() {
        return Err(vide.to_owned());
    }
    if nom.chars().count() > NOM_MAX || nom.chars().any(char::is_control) {
        return Err(format!("{NOM_MAX} caractères au plus, sur une ligne."));
    }
    Ok(nom.to_owned())
}

/// Takes a request for an account. Whatever the database holds, it ends in the same way, after
/// one hash and one transaction: the mail alone tells, to its owner.
pub async fn creer(app: &App, demande: Demande, adresse: IpAddr) -> Result<(), Error> {
    let maintenant = app.horloge().maintenant();
    let origine = reseau(adresse);
    let compte = move |conn: &mut db::Conn| CREATION_ADRESSE.compter(conn, &origine, maintenant);
    if let Some(attendre) = app.entretenir(compte).await? {
        return Err(Error::TropDeTentatives { attendre });
    }
    a_temps_egal(app, async {
        let hachage = hachage::hacher(app, demande.mot_de_passe.clone()).await?;
        app.write_systeme(move |tx| Ok(((), enregistrer(tx, &demande, &hachage)?))).await
    })
    .await
}

fn enregistrer(tx: &mut Tx<'_>, demande: &Demande, hachage: &str) -> Result<Journal, Error> {
    let maintenant = tx.maintenant;
    let email = demande.email.as_str();
    // A mailbox is not to be filled by somebody else: beyond the limit, nothing is written to it.
    // The counter is held until the end, so that two requests for one address follow each other.
    let limite = CREATION_COURRIEL.compter(tx.conn, email, maintenant)?.is_some();
    let connu = db::comptes::par_email(tx.conn, &demande.email)?;
    let paire = db::comptes::paire(tx.conn, &demande.siret, &demande.numero)?;
    if limite {
        return Ok(Journal::new(refus("courriels_limites")));
    }
    match (connu, paire) {
        (Some(compte), _) if compte.email_confirme_le.is_some() => {
            lettres::compte_existant(tx, email)?;
            Ok(Journal::new(trace("compte.redemander", compte.id.0)))
        }
        (_, None) => {
            lettres::numeros_inconnus(tx, email)?;
            Ok(Journal::new(refus("numeros_inconnus")))
        }
        // Nobody has shown to own the mailbox yet: the latest request replaces the former, with its
        // password and its link. Who asked before the owner did keeps nothing.
        (Some(compte), Some(paire)) => {
            let id = compte.id.0;
            if !db::comptes::reprendre(tx.conn, &nouveau(id, demande, hachage, maintenant))? {
                if db::comptes::par_email(tx.conn, &demande.email)?.is_none() {
                    // Removed at this very moment: asked again, it is made.
                    return Err(a_refaire());
                }
                lettres::compte_existant(tx, email)?;
                return Ok(Journal::new(trace("compte.redemander", id)));
            }
            db::jetons::oublier(tx.conn, id, JetonUsage::Confirmation)?;
            db::jetons::oublier(tx.conn, id, JetonUsage::Reinitialisation)?;
            rattacher(tx, id, paire)
        }
        (None, Some(paire)) => {
            let id: UtilisateurId = Tx::id();
            inserer(tx, &nouveau(id, demande, hachage, maintenant))?;
            rattacher(tx, id, paire)
        }
    }
    .inspect(|_| tracing::info!("demande de compte enregistrée"))
}

/// Makes an account, unless one of its address is made at the same moment: asked again, it is found.
pub(crate) fn inserer(tx: &mut Tx<'_>, nouveau: &Nouveau<'_>) -> Result<(), Error> {
    db::comptes::inserer(tx.conn, nouveau).map_err(|e| match e {
        DbError::Doublon(_) => a_refaire(),
        autre => autre.into(),
    })
}

/// An account of the address is made or removed at this very moment.
pub(crate) fn a_refaire() -> Error {
    Error::Indisponible("un compte de cette adresse change au même moment".to_owned())
}

fn nouveau<'a>(id: UtilisateurId, demande: &'a Demande, hachage: &'a str, le: jiff::Timestamp) -> Nouveau<'a> {
    let Demande { email, prenom, nom, .. } = demande;
    Nouveau { id, email, prenom, nom, mot_de_passe: hachage, le }
}

/// The role is settled when the address is confirmed: until then the least of them.
fn rattacher(tx: &mut Tx<'_>, id: UtilisateurId, paire: Paire) -> Result<Journal, Error> {
    db::comptes::rattacher(tx.conn, id, paire, RoleMembre::Lecteur)?;
    let email = db::comptes::du_jeton(tx.conn, id)?.email;
    lettres::confirmation(tx, &email, id)?;
    let mut trace = trace("compte.creer", id);
    trace.details = serde_json::json!({ "etablissement": paire.etablissement.uuid() });
    Ok(Journal::new(trace))
}

/// A request that leads to no account: nothing of it is kept but that it came.
pub(super) fn refus(raison: &'static str) -> Trace {
    let id: Id<()> = Tx::id();
    Trace {
        action: "compte.refuser",
        objet: "demande_compte",
        objet_id: id.uuid(),
        dossier: None,
        details: serde_json::json!({ "raison": raison }),
    }
}
