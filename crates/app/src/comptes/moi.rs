//! The signed-in person.

use db::comptes::{Compte, Rattache};
use domain::acteur::Cote;
use domain::permit::{Perimeter, Permit};
use domain::policy::GererSonCompte;

use crate::{App, Error};

/// What the signed-in person is told of themselves.
#[derive(Debug, Clone)]
pub struct Moi {
    /// The account.
    pub compte: Compte,
    /// A member's établissements.
    pub etablissements: Vec<Rattache>,
    /// Unread messages of the dossiers that the person sees.
    pub messages_non_lus: i64,
    /// Dossiers with something to treat; `None` for a member.
    pub a_traiter: Option<i64>,
}

/// The signed-in person.
pub async fn moi(app: &App, permit: &Permit<GererSonCompte>) -> Result<Moi, Error> {
    let permit = permit.clone();
    app.read(move |conn| {
        let a_traiter = match permit.acteur().cote() {
            Cote::Membre => None,
            Cote::Gestionnaire | Cote::AdministrateurOpco => Some(db::travail::total(conn, &permit)?),
        };
        Ok(Moi {
            compte: db::comptes::lire(conn, &permit)?,
            etablissements: db::comptes::rattaches(conn, &permit)?,
            messages_non_lus: db::messages::non_lus(conn, &Perimeter::of(&permit))?,
            a_traiter,
        })
    })
    .await
}
