//! What is chosen for a person, établissement by établissement; one without a role is closed to it.

use api_types::membres::{DroitMembre, EtablissementGere, RattachementMembre};
use domain::RoleMembre;
use uuid::Uuid;

/// What a person may do now.
pub fn actuels(rattachements: &[RattachementMembre]) -> Vec<DroitMembre> {
    rattachements.iter().map(|r| DroitMembre { etablissement_id: r.etablissement.id, role: r.role }).collect()
}

/// What is proposed for somebody to invite: to contribute to the first établissement, and nothing elsewhere.
pub fn proposes(geres: &[EtablissementGere]) -> Vec<DroitMembre> {
    let premier = geres.first().map(|e| DroitMembre { etablissement_id: e.id, role: RoleMembre::Contributeur });
    premier.into_iter().collect()
}

/// The role chosen in an établissement.
pub fn role(droits: &[DroitMembre], etablissement: Uuid) -> Option<RoleMembre> {
    droits.iter().find(|d| d.etablissement_id == etablissement).map(|d| d.role)
}

/// Chooses a role in an établissement, or none.
pub fn choisir(droits: &mut Vec<DroitMembre>, etablissement: Uuid, role: Option<RoleMembre>) {
    droits.retain(|d| d.etablissement_id != etablissement);
    droits.extend(role.map(|role| DroitMembre { etablissement_id: etablissement, role }));
}

#[cfg(test)]
mod tests {
    use api_types::membres::EtablissementGere;
    use domain::RoleMembre;
    use uuid::Uuid;

    use super::{choisir, proposes, role};

    fn lieu(n: u128) -> EtablissementGere {
        EtablissementGere { id: Uuid::from_u128(n), siret: String::new(), nom: format!("Agence {n}") }
    }

    #[test]
    fn a_choice_replaces_the_former_one_and_none_takes_it_away() {
        let mut droits = proposes(&[lieu(1), lieu(2)]);
        let lu = |droits: &[_]| (role(droits, Uuid::from_u128(1)), role(droits, Uuid::from_u128(2)));
        assert_eq!(lu(&droits), (Some(RoleMembre::Contributeur), None));
        choisir(&mut droits, Uuid::from_u128(1), Some(RoleMembre::Lecteur));
        choisir(&mut droits, Uuid::from_u128(2), Some(RoleMembre::Administrateur));
        assert_eq!(lu(&droits), (Some(RoleMembre::Lecteur), Some(RoleMembre::Administrateur)));
        choisir(&mut droits, Uuid::from_u128(1), None);
        assert_eq!((lu(&droits), droits.len()), ((None, Some(RoleMembre::Administrateur)), 1));
        assert!(proposes(&[]).is_empty());
    }
}
