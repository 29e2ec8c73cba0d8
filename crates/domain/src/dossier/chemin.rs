use super::etat::{Acte, Etat, appliquer};
use crate::code::Code as _;

/// The fewest acts that lead from an état to another, in order; `None` when the machine leads nowhere there.
pub fn chemin(de: Etat, vers: Etat) -> Option<Vec<Acte>> {
    let mut atteints = vec![(de, Vec::new())];
    let mut rang = 0;
    while let Some((etat, actes)) = atteints.get(rang).cloned() {
        if etat == vers {
            return Some(actes);
        }
        for &acte in Acte::TOUS {
            if let Ok(suivant) = appliquer(etat, acte)
                && !atteints.iter().any(|(deja, _)| *deja == suivant)
            {
                let mut menes = actes.clone();
                menes.push(acte);
                atteints.push((suivant, menes));
            }
        }
        rang += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::chemin;
    use crate::code::Code as _;
    use crate::dossier::{Acte as A, Etat, appliquer};

    #[test]
    fn the_shortest_way_is_found() {
        for (de, vers, attendu) in [
            (Etat::Transmis, Etat::Transmis, Some(vec![])),
            (Etat::Brouillon, Etat::Accorde, Some(vec![A::Transmettre, A::Instruire, A::Accorder])),
            (Etat::Incomplet, Etat::Refuse, Some(vec![A::Refuser])),
            (Etat::Accorde, Etat::Cloture, Some(vec![A::Solder, A::Cloturer])),
            (Etat::EnReglement, Etat::Annule, None),
            (Etat::Accorde, Etat::EnInstruction, None),
        ] {
            assert_eq!(chemin(de, vers), attendu, "{de:?} → {vers:?}");
        }
    }

    #[test]
    fn every_way_follows_the_machine_and_a_brouillon_leads_everywhere() {
        for &de in Etat::TOUS {
            for &vers in Etat::TOUS {
                let Some(actes) = chemin(de, vers) else {
                    assert!(de != Etat::Brouillon && de != vers, "{de:?} → {vers:?}");
                    continue;
                };
                assert_eq!(actes.iter().try_fold(de, |etat, acte| appliquer(etat, *acte)), Ok(vers));
            }
        }
    }
}
