//! The mails about accounts.
//!
//! None holds a text that somebody typed: a stranger's name in a mail would let anybody write to
//! anybody in our name.

use domain::RoleMembre;
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
         Pour rejoindre un autre établissement ou une autre entreprise, connectez-vous, puis « Mon compte », \
         « Rejoindre un établissement ».\n\n\
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
    poster(tx, email, "Votre compte eGestion n’a pas été créé", &corps)
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
         Pour voir qui, changer son rôle ou lui retirer l’accès :\n{{url}}/egestion/utilisateurs\n\n{FIN}"
    );
    poster(tx, email, "Un nouveau compte dans votre entreprise", &corps)
}

/// Tells somebody that the two numbers it gave to join an établissement do not go together.
pub(super) fn rattachement_inconnu(tx: &mut Tx<'_>, email: &str) -> Result<(), Error> {
    let corps = format!(
        "Bonjour,\n\nVous avez demandé à rejoindre un établissement, mais le SIRET et le numéro d’adhérent donnés ne \
         vont pas ensemble dans nos fichiers. Rien n’a changé.\n\n\
         Vérifiez les deux numéros (le numéro d’adhérent figure en haut de votre bordereau de collecte), puis \
         recommencez :\n{{url}}/compte\n\n{FIN}"
    );
    poster(tx, email, "Votre demande de rattachement n’a pas abouti", &corps)
}

/// Tells somebody what became of its request to join an établissement.
pub(super) fn rattache(tx: &mut Tx<'_>, email: &str, role: Option<RoleMembre>) -> Result<(), Error> {
    let suite = match role {
        None => "Vous êtes déjà rattaché à cet établissement. Rien n’a changé.",
        Some(RoleMembre::Administrateur) => {
            "Vous êtes rattaché à l’établissement demandé. Votre entreprise n’avait pas d’administrateur : vous l’êtes."
        }
        Some(RoleMembre::Lecteur | RoleMembre::Contributeur) => {
            "Vous êtes rattaché à l’établissement demandé : vous en lisez les dossiers. Pour y déposer des documents, \
             demandez le rôle de contributeur à un administrateur de l’entreprise."
        }
    };
    let corps = format!("Bonjour,\n\n{suite}\n\n{{url}}/egestion\n\n{FIN}");
    let sujet = match role {
        None => "Votre demande de rattachement était déjà satisfaite",
        Some(_) => "Votre demande de rattachement est acceptée",
    };
    poster(tx, email, sujet, &corps)
}

/// Tells somebody whose access was taken away how it may come back.
pub(super) fn acces_retire(tx: &mut Tx<'_>, email: &str) -> Result<(), Error> {
    let corps = format!(
        "Bonjour,\n\nVous avez demandé à rejoindre un établissement dont un administrateur vous a retiré l’accès. Rien n’a \
         changé.\n\nPour y revenir, demandez-lui une invitation.\n\n{FIN}"
    );
    poster(tx, email, "Votre demande de rattachement n’a pas abouti", &corps)
}

/// Invites somebody to join a company, whose name is that of the OPCO's files.
pub(crate) fn invitation(
    tx: &mut Tx<'_>,
    email: &str,
    entreprise: &str,
    jeton: &Secret<String>,
    jours: i64,
) -> Result<(), Error> {
    let corps = format!(
        "Bonjour,\n\nL’entreprise {entreprise} vous invite à la rejoindre dans eGestion, l’espace où elle suit ses \
         dossiers de formation. Ouvrez ce lien pour accepter :\n{{url}}/invitation?jeton={}\n\n\
         Le lien vaut {jours} jours et sert une fois.\n\n\
         Vous ne connaissez pas cette entreprise ? Ne l’ouvrez pas : sans lui, rien ne se fait.\n\n{FIN}",
        jeton.expose()
    );
    poster(tx, email, "Une invitation à rejoindre eGestion", &corps)
}

/// Tells somebody of the OPCO that its account cannot join a company.
pub(crate) fn invitation_opco(tx: &mut Tx<'_>, email: &str, entreprise: &str) -> Result<(), Error> {
    let corps = format!(
        "Bonjour,\n\nL’entreprise {entreprise} vous invite à la rejoindre dans eGestion. Votre compte est celui d’une \
         personne de l’OPCO : il ne peut pas rejoindre une entreprise. Rien n’a changé.\n\n{FIN}"
    );
    poster(tx, email, "Une invitation que vous ne pouvez pas accepter", &corps)
}

/// Tells a member that an administrateur changed what it may do.
pub(crate) fn droits_changes(tx: &mut Tx<'_>, email: &str) -> Result<(), Error> {
    let corps = format!(
        "Bonjour,\n\nUn administrateur de votre entreprise a changé vos droits dans eGestion. Pour voir vos \
         établissements et ce que vous pouvez y faire :\n{{url}}/compte\n\n{FIN}"
    );
    poster(tx, email, "Vos droits dans eGestion ont changé", &corps)
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
