//! The API client that measures.

use anyhow::Result;
use app::clients_api::PREFIXE;
use app::ports::horloge::Horloge;
use db::Conn;
use db::clients_api::{NouveauSecret, Reglage};
use domain::Scope;
use domain::code::Code as _;
use domain::ids::{AdherentId, ClientApiId, EtablissementId, Id, UtilisateurId};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// The secret of the client.
pub const SECRET: &str = "egs_live_banc-de-mesure-qui-ne-protege-rien-000-0042";

/// Makes a client of every scope in `etablissement`, in the name of `auteur`.
pub(super) fn create(
    conn: &mut Conn,
    etablissement: EtablissementId,
    adherent: AdherentId,
    auteur: UtilisateurId,
) -> Result<ClientApiId> {
    let (id, now) = (Id::new(Uuid::now_v7()), Horloge::Systeme.maintenant());
    let reglage = Reglage {
        nom: "Banc de mesure".to_owned(),
        logiciel: "Mesures".to_owned(),
        scopes: Scope::TOUS.iter().copied().collect(),
        etablissements: vec![etablissement],
        adresses: Vec::new(),
        expire_le: None,
    };
    db::clients_api::creer_lignes(conn, adherent, auteur, id, &reglage, now)?;
    let secret = NouveauSecret {
        id: Id::new(Uuid::now_v7()),
        sha256: Sha256::digest(SECRET).into(),
        prefixe: PREFIXE,
        fin: SECRET[SECRET.len() - 4..].to_owned(),
    };
    db::clients_api::ajouter_secret(conn, id, &secret, now)?;
    Ok(id)
}
