//! The mails about accounts.
//!
//! None holds a text that somebody typed: a stranger's name in a mail would let anybody write to
//! anybody in our name.

use domain::ids::UtilisateurId;
use domain::secret::Secret;
use jiff::SignedDuration;

use db::codes::JetonUsage;

use super::jeton::Jeton;
use crate::courriel::poster;
use crate::{Error, Tx};

/// How long a link of confirmation lives.
const CONFIRMATION: SignedDuration = SignedDuration::from_hours(24);
/// How long a link to a new password lives.
const REINITIALISATION: SignedDuration = SignedDuration::from_hours(1);

const FIN: &str = "{organisme}\n\nCe message est automatique : une réponse ne serait lue par personne.\n";

/// Sends the link that confirms an address.
pub(super) fn confirmation(tx: &mut Tx<'_>, email: &str, utilisateur: UtilisateurId) -> Result<(), Error> {
    let jeton = jeton(tx, utilisateur, JetonUsage::Confirmation, CONFIRMATION)?;
    let corps = format!(
        "Bonjour,\n\nUn compte eGestion a été demandé avec cette adresse. Ouvrez ce lien pour le confirmer :\n\
         {{url}}/compte/confirmer?jeton={}\n\n\
         Le lien vaut 24 heures et sert une fois.\n\n\
         Vous n’avez rien demandé ? Ne l’ouvrez pas : sans lui, le compte ne s’ouvre pas.\n\n{FIN}",
        jeton.expose()
    );
    poster(tx, email, "Confirmez votre compte eGestion", &corps)
}

/// Tells the owner of an account that it exists already.
pub(super) fn compte_existant(tx: &mut Tx<'_>, email: &str) -> Result<(), Error> {
    let corps = format!(
        "Bonjour,\n\nUn compte eGestion a été demandé avec cette adresse, qui en a déjà un. Rien n’a changé.\n\n\
         Pour vous connecter :\n{{url}}/connexion\n\n\
         Mot de passe oublié :\n{{url}}/mot-de-passe/oubli\n\n\
         Vous n’avez rien demandé ? Ne tenez pas compte de ce message.\n\n{FIN}"
    );
    poster(tx, email, "Vous avez déjà un compte eGestion", &corps)
}

/// Tells whoever asked that the two numbers do not go together; to no one but the mailbox given.
pub(super) fn numeros_inconnus(tx: &mut Tx<'_>, email: &str) -> Result<(), Error> {
    let corps = format!(
        "Bonjour,\n\nUn compte eGestion a été demandé avec cette adresse, mais le SIRET et le numéro d’adhérent donnés \
         ne vont pas ensemble dans nos fichiers. Le compte n’est pas créé.\n\n\
         Vérifiez les deux numéros (le numéro d’adhérent figure en haut de votre bordereau de collecte), puis \
         recommencez :\n{{url}}/compte/creer\n\n\
         Vous n’avez rien demandé ? Ne tenez pas compte de ce message.\n\n{FIN}"
    );
    poster(tx, email, "Votre demande de compte eGestion", &corps)
}

/// Sends the link to a new password.
pub(super) fn reinitialisation(tx: &mut Tx<'_>, email: &str, utilisateur: UtilisateurId) -> Result<(), Error> {
    let jeton = jeton(tx, utilisateur, JetonUsage::Reinitialisation, REINITIALISATION)?;
    let corps = format!(
        "Bonjour,\n\nPour choisir un nouveau mot de passe eGestion, ouvrez ce lien :\n\
         {{url}}/mot-de-passe/nouveau?jeton={}\n\n\
         Le lien vaut une heure et sert une fois.\n\n\
         Vous n’avez rien demandé ? Ne tenez pas compte de ce message : votre mot de passe n’a pas changé.\n\n{FIN}",
        jeton.expose()
    );
    poster(tx, email, "Votre nouveau mot de passe eGestion", &corps)
}

/// Tells the owner that the password changed.
pub(super) fn mot_de_passe_change(tx: &mut Tx<'_>, email: &str) -> Result<(), Error> {
    let corps = format!(
        "Bonjour,\n\nLe mot de passe de votre compte eGestion vient de changer. Les autres sessions ont pris fin.\n\n\
         Ce n’est pas vous ? Choisissez un nouveau mot de passe sans attendre :\n{{url}}/mot-de-passe/oubli\n\n{FIN}"
    );
    poster(tx, email, "Votre mot de passe eGestion a changé", &corps)
}

/// Tells an administrateur of the company that somebody joined it.
pub(super) fn nouveau_lecteur(tx: &mut Tx<'_>, email: &str) -> Result<(), Error> {
    let corps = format!(
        "Bonjour,\n\nUne personne a créé un compte eGestion avec le SIRET et le numéro d’adhérent de votre entreprise. \
         Elle lit les dossiers de son établissement, sans rien pouvoir y changer, tant que vous ne lui donnez pas un \
         autre rôle.\n\n\
         Vous n’attendiez personne ? Appelez l’assistance.\n\n{{url}}/\n\n{FIN}"
    );
    poster(tx, email, "Un nouveau compte dans votre entreprise", &corps)
}

fn jeton(
    tx: &mut Tx<'_>,
    utilisateur: UtilisateurId,
    usage: JetonUsage,
    duree: SignedDuration,
) -> Result<Secret<String>, Error> {
    let jeton = Jeton::tirer()?;
    let expire_le = tx.maintenant.saturating_add(duree).unwrap_or(jiff::Timestamp::MAX);
    db::jetons::inserer(tx.conn, &jeton.sha256.0, utilisateur, usage, expire_le)?;
    Ok(jeton.texte)
}
