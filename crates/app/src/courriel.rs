//! Mails: written to the outbox with what they tell, sent by the worker.

use db::codes::JobNature;
use domain::ids::CourrielId;
use domain::policy::DossierScope;
use jiff::{SignedDuration, Timestamp};

use crate::ports::facteur::Lettre;
use crate::{App, Error, Tx};

/// Stands for the product's address in the outbox; replaced when the mail leaves.
const URL: &str = "{url}";
/// Stands for the organisation's name.
const ORGANISME: &str = "{organisme}";

/// How long it is known to whom a mail was sent, and of what.
pub(crate) const MEMOIRE: SignedDuration = SignedDuration::from_hours(90 * 24);

/// Puts a mail in the outbox. `{url}` and `{organisme}` are replaced when it leaves.
pub(crate) fn poster(tx: &mut Tx<'_>, destinataire: &str, sujet: &str, corps: &str) -> Result<(), Error> {
    let id: CourrielId = Tx::id();
    db::courriels::inserer(tx.conn, id, destinataire, sujet, corps, tx.maintenant)?;
    let maintenant = tx.maintenant;
    tx.planifier(JobNature::EnvoyerCourriel, id.uuid(), maintenant)
}

/// « Nouveau message, dossier 1819006292.01 »: what a mail is about, and where.
fn sujet(tx: &mut Tx<'_>, sujet: &str, dossier: &DossierScope) -> Result<String, Error> {
    Ok(format!("{sujet}, dossier {}", db::dossiers::numero(tx.conn, dossier)?))
}

/// Tells people that a message about `objet` awaits them: never its text, nor any name.
pub(crate) fn avis_de_message(
    tx: &mut Tx<'_>,
    dossier: &DossierScope,
    objet: &str,
    destinataires: &[&str],
) -> Result<(), Error> {
    if destinataires.is_empty() {
        return Ok(());
    }
    let sujet = sujet(tx, objet, dossier)?;
    let corps = format!(
        "Bonjour,\n\nUn nouveau message vous attend dans eGestion :\n{URL}/egestion/dossiers/{}/messages\n\n\
         Il reste dans votre messagerie et dans le dossier, même après lecture.\n\n{ORGANISME}\n",
        dossier.id
    );
    destinataires.iter().try_for_each(|destinataire| poster(tx, destinataire, &sujet, &corps))
}

/// Tells who gave a file that it is infected and was held back: never its name.
pub(crate) fn avis_d_infection(
    tx: &mut Tx<'_>,
    dossier: &DossierScope,
    piece: bool,
    destinataire: &str,
) -> Result<(), Error> {
    let onglet = if piece { "documents" } else { "messages" };
    let corps = format!(
        "Bonjour,\n\nL’antivirus a trouvé un logiciel malveillant dans un fichier que vous avez déposé dans eGestion. \
         Ce fichier n’a été montré à personne et ne le sera pas :\n{URL}/egestion/dossiers/{}/{onglet}\n\n\
         Prévenez la personne qui vous l’a envoyé, demandez-lui un nouvel exemplaire, puis déposez-le.\n\n\
         {ORGANISME}\n",
        dossier.id
    );
    let sujet = sujet(tx, "Un fichier n’a pas été transmis", dossier)?;
    poster(tx, destinataire, &sujet, &corps)
}

/// Sends a mail of the outbox; nothing when it was sent already.
pub(crate) async fn envoyer(app: &App, id: CourrielId) -> Result<(), Error> {
    let Some(courriel) = app.read(move |conn| Ok(db::courriels::a_envoyer(conn, id)?)).await? else { return Ok(()) };
    let Some(corps) = courriel.corps else { return Ok(()) };
    let reglages = app.reglages();
    let lettre = Lettre {
        id: id.uuid(),
        expediteur: &reglages.expediteur,
        destinataire: &courriel.destinataire,
        sujet: &courriel.sujet,
        corps: corps.replace(URL, &reglages.url_publique).replace(ORGANISME, &reglages.organisme),
    };
    app.facteur().porter(lettre).await?;
    let le = app.horloge().maintenant();
    app.entretenir(move |conn| Ok(db::courriels::envoye(conn, id, le)?)).await
}

/// Forgets the old mails.
pub(crate) async fn purger(app: &App) -> Result<usize, Error> {
    let avant = app.horloge().maintenant().saturating_sub(MEMOIRE).unwrap_or(Timestamp::MIN);
    app.par_lots(move |conn, lot| db::courriels::purger(conn, avant, lot)).await
}
