use crate::enum_code;

enum_code! {
    /// Where a dossier stands.
    pub enum Etat {
        /// Being written by the member.
        Brouillon = "brouillon",
        /// Received by the OPCO, not yet taken.
        Transmis = "transmis",
        /// Being examined.
        EnInstruction = "en_instruction",
        /// Pieces or fields are awaited from the member; the legal clock is stopped.
        Incomplet = "incomplet",
        /// Funding agreed.
        Accorde = "accorde",
        /// Invoices are being paid.
        EnReglement = "en_reglement",
        /// Everything is paid.
        Regle = "regle",
        /// Closed after payment.
        Cloture = "cloture",
        /// Refused, with a reason.
        Refuse = "refuse",
        /// Cancelled by the member.
        Annule = "annule",
        /// Closed without a decision.
        SansSuite = "sans_suite",
    }
}

enum_code! {
    /// The two views of the list.
    pub enum Vue {
        /// Living dossiers.
        EnCours = "en_cours",
        /// Closed, refused, cancelled or abandoned dossiers.
        Historique = "historique",
    }
}

enum_code! {
    /// What moves a dossier from one état to another.
    pub enum Acte {
        /// The member sends the demande.
        Transmettre = "transmettre",
        /// A gestionnaire takes the dossier.
        Instruire = "instruire",
        /// A gestionnaire asks for what is missing.
        DemanderComplement = "demander_complement",
        /// What was missing is there.
        Completer = "completer",
        /// Funding is agreed.
        Accorder = "accorder",
        /// Funding is refused.
        Refuser = "refuser",
        /// The member gives up.
        Annuler = "annuler",
        /// The OPCO closes without a decision.
        ClasserSansSuite = "classer_sans_suite",
        /// A first payment is recorded.
        Regler = "regler",
        /// The last payment is recorded.
        Solder = "solder",
        /// The dossier is closed.
        Cloturer = "cloturer",
    }
}

/// The act is not possible from this état.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("l’acte n’est pas possible dans cet état")]
pub struct Refus {
    /// Where the dossier stands.
    pub etat: Etat,
    /// What was tried.
    pub acte: Acte,
}

/// The état that an act leads to.
pub const fn appliquer(etat: Etat, acte: Acte) -> Result<Etat, Refus> {
    use Acte as A;
    use Etat as E;
    Ok(match (etat, acte) {
        (E::Brouillon, A::Transmettre) => E::Transmis,
        (E::Transmis, A::Instruire) | (E::Incomplet, A::Completer) => E::EnInstruction,
        (E::EnInstruction, A::DemanderComplement) => E::Incomplet,
        (E::EnInstruction, A::Accorder) => E::Accorde,
        (E::EnInstruction | E::Incomplet, A::Refuser) => E::Refuse,
        (E::Brouillon | E::Transmis | E::EnInstruction | E::Incomplet | E::Accorde, A::Annuler) => E::Annule,
        (E::Transmis | E::EnInstruction | E::Incomplet, A::ClasserSansSuite) => E::SansSuite,
        (E::Accorde, A::Regler) => E::EnReglement,
        (E::Accorde | E::EnReglement, A::Solder) => E::Regle,
        (E::Regle, A::Cloturer) => E::Cloture,
        (etat, acte) => return Err(Refus { etat, acte }),
    })
}

impl Etat {
    /// The view of the list that the état belongs to.
    pub const fn vue(self) -> Vue {
        match self {
            Self::Cloture | Self::Refuse | Self::Annule | Self::SansSuite => Vue::Historique,
            _ => Vue::EnCours,
        }
    }

    /// Whether the member may still add pieces: a closed dossier is only consulted.
    pub const fn accepte_pieces(self) -> bool {
        matches!(self.vue(), Vue::EnCours)
    }

    /// Whether funding was agreed, so that the pieces for payment are due.
    pub const fn apres_accord(self) -> bool {
        matches!(self, Self::Accorde | Self::EnReglement | Self::Regle | Self::Cloture)
    }
}

enum_code! {
    /// The four steps that members read.
    pub enum Etape {
        /// The demande is sent.
        Transmission = "transmission",
        /// The OPCO examines it.
        Instruction = "instruction",
        /// Funding is decided.
        Accord = "accord",
        /// Invoices are paid.
        Paiement = "paiement",
    }
}

enum_code! {
    /// How far a step is.
    pub enum EtapeEtat {
        /// Done.
        Fait = "fait",
        /// Being done.
        Cours = "cours",
        /// To come.
        Venir = "venir",
    }
}

/// The four steps and how far each is, for a dossier in `etat`.
pub fn etapes(etat: Etat) -> [(Etape, EtapeEtat); 4] {
    let faites = match etat {
        Etat::Brouillon => 0,
        Etat::Transmis | Etat::EnInstruction | Etat::Incomplet | Etat::Annule | Etat::SansSuite => 1,
        Etat::Refuse => 2,
        Etat::Accorde | Etat::EnReglement => 3,
        Etat::Regle | Etat::Cloture => 4,
    };
    let finie = etat.vue() == Vue::Historique;
    let mut rang = 0;
    [Etape::Transmission, Etape::Instruction, Etape::Accord, Etape::Paiement].map(|etape| {
        rang += 1;
        let ou = match rang {
            n if n <= faites => EtapeEtat::Fait,
            n if n == faites + 1 && !finie => EtapeEtat::Cours,
            _ => EtapeEtat::Venir,
        };
        (etape, ou)
    })
}

#[cfg(test)]
mod tests {
    use super::{Acte, Etat, Vue, appliquer};
    use crate::code::Code;

    #[test]
    fn the_machine_allows_exactly_these_moves() {
        let mut permis = Vec::new();
        for &etat in Etat::TOUS {
            for &acte in Acte::TOUS {
                if let Ok(vers) = appliquer(etat, acte) {
                    permis.push(format!("{} --{}--> {}", etat.code(), acte.code(), vers.code()));
                }
            }
        }
        assert_eq!(
            permis.join("\n"),
            "brouillon --transmettre--> transmis\n\
             brouillon --annuler--> annule\n\
             transmis --instruire--> en_instruction\n\
             transmis --annuler--> annule\n\
             transmis --classer_sans_suite--> sans_suite\n\
             en_instruction --demander_complement--> incomplet\n\
             en_instruction --accorder--> accorde\n\
             en_instruction --refuser--> refuse\n\
             en_instruction --annuler--> annule\n\
             en_instruction --classer_sans_suite--> sans_suite\n\
             incomplet --completer--> en_instruction\n\
             incomplet --refuser--> refuse\n\
             incomplet --annuler--> annule\n\
             incomplet --classer_sans_suite--> sans_suite\n\
             accorde --annuler--> annule\n\
             accorde --regler--> en_reglement\n\
             accorde --solder--> regle\n\
             en_reglement --solder--> regle\n\
             regle --cloturer--> cloture"
        );
    }

    #[test]
    fn nothing_leaves_the_history() {
        for &etat in Etat::TOUS.iter().filter(|e| e.vue() == Vue::Historique) {
            for &acte in Acte::TOUS {
                assert!(appliquer(etat, acte).is_err(), "{etat:?} {acte:?}");
            }
        }
    }
}
