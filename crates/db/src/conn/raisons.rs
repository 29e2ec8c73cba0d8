//! The keys of companies that were there before they had any.

use diesel::prelude::*;
use domain::ids::AdherentId;
use uuid::Uuid;

use crate::recherche::cle_de_raison;
use crate::schema::adherents;
use crate::types::V;

/// Companies read, then written, in one transaction.
const LOT: i64 = 500;

/// Gives a key to those that have none; by `adherents_raison`. The name of some makes none: they are read, and left.
macro_rules! sur_moteur {
    ($nom:ident, $Connexion:ty) => {
        pub(super) fn $nom(c: &mut $Connexion) -> QueryResult<()> {
            let mut apres: V<AdherentId> = V(AdherentId::new(Uuid::nil()));
            loop {
                let dernier = c.transaction(|c| {
                    let lues: Vec<(V<AdherentId>, String)> = adherents::table
                        .filter(adherents::raison_cle.eq(""))
                        .filter(adherents::id.gt(apres))
                        .order(adherents::id)
                        .limit(LOT)
                        .select((adherents::id, adherents::raison_sociale))
                        .load(c)?;
                    for (id, raison) in &lues {
                        let cle = cle_de_raison(raison);
                        if !cle.is_empty() {
                            diesel::update(adherents::table.find(id)).set(adherents::raison_cle.eq(cle)).execute(c)?;
                        }
                    }
                    QueryResult::Ok(lues.last().map(|(id, _)| *id))
                })?;
                match dernier {
                    Some(id) => apres = id,
                    None => return Ok(()),
                }
            }
        }
    };
}
sur_moteur!(sqlite, diesel::SqliteConnection);
#[cfg(feature = "postgres")]
sur_moteur!(postgres, diesel::PgConnection);
