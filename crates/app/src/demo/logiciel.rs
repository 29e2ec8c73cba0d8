//! The API client of the demonstration: its identifier and its secret are known to everybody.

use db::clients_api::{NouveauSecret, Reglage};
use db::journal::Trace;
use domain::Scope;
use domain::code::Code as _;
use domain::ids::{ClientApiId, Id};
use uuid::Uuid;

use super::lieux::Lieux;
use super::personnes::{CHOLET, REZE};
use crate::authz::JetonSha256;
use crate::clients_api::PREFIXE;
use crate::{Error, Tx};

/// The `client_id` of the demonstration.
pub const CLIENT: Uuid = Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0001);
/// Its secret, worth nothing outside it.
pub const SECRET: &str = "egs_live_demonstration-seulement-ne-protege-rien-0001";

/// Writes the client, on two établissements of the first company, with every scope.
pub(super) fn ecrire(tx: &mut Tx<'_>, lieux: &Lieux) -> Result<(), Error> {
    let (reze, cholet) = (lieux.de(REZE)?, lieux.de(CHOLET)?);
    let id: ClientApiId = Id::new(CLIENT);
    let reglage = Reglage {
        nom: "Logiciel de paie".to_owned(),
        logiciel: "Démonstration".to_owned(),
        scopes: Scope::TOUS.iter().copied().collect(),
        etablissements: vec![reze.etablissement, cholet.etablissement],
        adresses: Vec::new(),
        expire_le: None,
    };
    let auteur = reze.membres.first().copied().unwrap_or(reze.membre);
    db::clients_api::creer_lignes(tx.conn, reze.adherent, auteur, id, &reglage, tx.maintenant)?;
    let secret = NouveauSecret {
        id: Tx::id(),
        sha256: JetonSha256::of(SECRET).0,
        prefixe: PREFIXE,
        fin: crate::clients_api::fin(SECRET),
    };
    db::clients_api::ajouter_secret(tx.conn, id, &secret, tx.maintenant)?;
    let details = serde_json::Value::Null;
    let trace = Trace { action: "client_api.gerer", objet: "client_api", objet_id: CLIENT, dossier: None, details };
    Ok(db::journal::tracer(tx.conn, Uuid::now_v7(), Some(auteur), tx.maintenant, &trace)?)
}
