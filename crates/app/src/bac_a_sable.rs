//! The sandbox: invented companies on demand, acts that are forced, faults that are asked for, a clock that is moved.
//!
//! Nothing of it runs elsewhere: every use case takes the [`BacASable`], and only a database that was made a sandbox,
//! before it held anything, gives one.

mod entreprise;
mod etat;
mod horloge;
mod opco;
mod regler;

pub use entreprise::{Commande, Remise, creer, remettre_a_zero};
pub use etat::{Passage, changer_etat};
pub use horloge::{Heure, avancer, heure};
pub use opco::{demander_piece, deposer, ecrire};
pub use regler::{Versement, regler};

pub use crate::demo::fictif::{DossierFictif, Entreprise, Personne};

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use db::Conn;
use db::journal::Trace;
use domain::bac_a_sable::PanneWebhook;
use domain::ids::AdherentId;
use domain::mode::Mode;
use domain::permit::{Action as _, Permit};
use domain::policy::ConduireEntreprise;
use jiff::SignedDuration;

use crate::ports::horloge::Horloge;
use crate::requete::simulee;
use crate::{App, Error, Journal};

/// Longest delay of a webhook, in seconds.
pub const RETARD_MAX: u32 = 7 * 24 * 3600;

/// Proof that the database is a sandbox, and what is asked of it for once.
#[derive(Debug, Clone)]
pub struct BacASable {
    avance: i64,
    pannes: Arc<Mutex<HashMap<AdherentId, Panne>>>,
}

/// What happens to the next webhook of a company.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Panne {
    /// What.
    pub nature: PanneWebhook,
    /// How late it leaves.
    pub attente: SignedDuration,
}

/// Why a database is not served.
#[derive(Debug, thiserror::Error)]
pub enum Refus {
    /// It was not made a sandbox, and is not empty.
    #[error(
        "cette base n’est pas celle d’un bac à sable : elle contient des données réelles, ou a été ouverte pour en \
         contenir. Donnez au bac à sable une base vide, qui ne servira qu’à lui"
    )]
    DonneesReelles,
    /// It is a sandbox.
    #[error(
        "cette base est celle d’un bac à sable : tout y est inventé et peut être forcé. Lancez « egestion bac-a-sable », \
         ou choisissez une autre base"
    )]
    DonneesFictives,
    /// The database failed.
    #[error(transparent)]
    Erreur(#[from] Error),
}

/// Reserves a database for a mode, for ever: an empty one becomes what it is first served for, and one that is in use
/// is served for what it is.
pub fn reserver(base: &db::Base, mode: Mode) -> Result<(), Refus> {
    let presente = match base.read(|conn| Ok::<_, Error>(db::mode::lire(conn)?))? {
        Some(presente) => presente,
        None => base.write(move |conn| dire(conn, mode))?.ok_or(Refus::DonneesReelles)?,
    };
    match (mode, presente) {
        (Mode::Reel, Mode::Reel) | (Mode::BacASable, Mode::BacASable) => Ok(()),
        (Mode::BacASable, Mode::Reel) => Err(Refus::DonneesReelles),
        (Mode::Reel, Mode::BacASable) => Err(Refus::DonneesFictives),
    }
}

/// Refuses to make a sandbox of a database that is in use, before anything of it is touched, its schema included.
pub fn prevenir(base: &db::Base) -> Result<(), Refus> {
    // A query fails where there are no tables yet, or not those of this version.
    let dite = base.read(|conn| Ok::<_, Error>(db::mode::lire(conn)?)).ok().flatten();
    let vierge = base.read(|conn| Ok::<_, Error>(db::mode::vierge(conn)?)).unwrap_or(true);
    let admise = dite == Some(Mode::BacASable) || (dite.is_none() && vierge);
    if admise { Ok(()) } else { Err(Refus::DonneesReelles) }
}

/// Says what a database is for, and gives what it is for: another process may have said it at the same moment. `None`
/// when it is in use, and no sandbox is made of it.
fn dire(conn: &mut Conn, mode: Mode) -> Result<Option<Mode>, Error> {
    if mode == Mode::BacASable && !db::mode::vierge(conn)? {
        return Ok(None);
    }
    Ok(if db::mode::ecrire(conn, mode)? { Some(mode) } else { db::mode::lire(conn)? })
}

impl BacASable {
    /// The sandbox of a database that is one, or becomes one because it is empty.
    pub fn ouvrir(base: &db::Base) -> Result<Self, Refus> {
        reserver(base, Mode::BacASable)?;
        let avance = base.read(|conn| Ok::<_, Error>(db::mode::decalage(conn)?))?;
        Ok(Self { avance, pannes: Arc::default() })
    }

    /// Its clock, as far ahead as it was left.
    pub fn horloge(&self) -> Horloge {
        Horloge::avancee(self.avance)
    }

    /// What happens to the webhook of a company that is about to leave, asked for once.
    pub(crate) fn panne_webhook(&self, adherent: AdherentId) -> Option<Panne> {
        self.pannes.lock().unwrap_or_else(PoisonError::into_inner).remove(&adherent)
    }
}

/// Asks that the next webhook of a company leave late, or twice. In the memory of the node: a restart forgets it.
pub async fn perturber(
    bac: &BacASable,
    app: &App,
    permit: &Permit<ConduireEntreprise>,
    nature: PanneWebhook,
    secondes: u32,
) -> Result<(), Error> {
    if secondes > RETARD_MAX {
        return Err(Error::champ("/secondes", "Un webhook part au plus sept jours (604 800 secondes) en retard."));
    }
    let adherent = permit.sur().id;
    app.write(permit.acteur(), move |_| {
        let trace = Trace {
            action: ConduireEntreprise::NOM,
            objet: "adherent",
            objet_id: adherent.uuid(),
            dossier: None,
            details: serde_json::json!({ "webhook": domain::code::Code::code(nature), "secondes": secondes }),
        };
        Ok(((), Journal::new(trace)))
    })
    .await?;
    if !simulee() {
        let panne = Panne { nature, attente: SignedDuration::from_secs(i64::from(secondes)) };
        bac.pannes.lock().unwrap_or_else(PoisonError::into_inner).insert(adherent, panne);
    }
    Ok(())
}
