//! The codes that OPCOs exchange (« API CFA », « API Convergence »), beside our own états.

use super::Etat;
use crate::enum_code;

enum_code! {
    /// Where a dossier stands, in the words that all OPCOs share.
    pub enum CodeInterOpco {
        /// Received by the OPCO, not yet taken.
        Transmis = "TRANSMIS",
        /// Being examined, or stopped because something is missing.
        EnCoursInstruction = "EN_COURS_INSTRUCTION",
        /// Funding agreed: the money is reserved.
        Engage = "ENGAGE",
        /// Refused, with a reason.
        Refuse = "REFUSE",
        /// Cancelled, or closed without a decision.
        Annule = "ANNULE",
        /// All paid, closed.
        Solde = "SOLDE",
    }
}

impl Etat {
    /// The inter-OPCO code of the état; `None` before the OPCO has the dossier.
    ///
    /// The exchange knows neither « incomplet » nor « sans suite », nor that a payment is under way: each is told by the
    /// nearest code. `RUPTURE` is none of them: a contract that is broken is an event of a dossier, not an état.
    pub const fn code_inter_opco(self) -> Option<CodeInterOpco> {
        use CodeInterOpco as C;
        Some(match self {
            Self::Brouillon => return None,
            Self::Transmis => C::Transmis,
            Self::EnInstruction | Self::Incomplet => C::EnCoursInstruction,
            Self::Accorde | Self::EnReglement => C::Engage,
            Self::Regle | Self::Cloture => C::Solde,
            Self::Refuse => C::Refuse,
            Self::Annule | Self::SansSuite => C::Annule,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Etat;
    use crate::code::Code as _;

    #[test]
    fn every_etat_has_its_inter_opco_code() {
        let table: Vec<String> = Etat::TOUS
            .iter()
            .map(|e| format!("{} = {}", e.code(), e.code_inter_opco().map_or("—", |c| c.code())))
            .collect();
        assert_eq!(
            table.join("\n"),
            "brouillon = —\n\
             transmis = TRANSMIS\n\
             en_instruction = EN_COURS_INSTRUCTION\n\
             incomplet = EN_COURS_INSTRUCTION\n\
             accorde = ENGAGE\n\
             en_reglement = ENGAGE\n\
             regle = SOLDE\n\
             cloture = SOLDE\n\
             refuse = REFUSE\n\
             annule = ANNULE\n\
             sans_suite = ANNULE"
        );
    }
}
