//! What is over, at Bâti-Rives and Rives TP.

use domain::dossier::{Etat, ModeReglement};
use jiff::civil::{Date, date};

use super::super::fiche::Fiche;
use super::super::personnes::{CHOLET, REZE, RIVES_TP};
use super::{CAP, GRETA, j};

#[expect(clippy::too_many_lines, reason = "a table")]
pub(super) fn fiches() -> Vec<Fiche> {
    let clos = |numeros, siret, dispositif, textes, dates: (Date, Date), montant| {
        Fiche::new(numeros, siret, dispositif, textes, dates).fixe().etat(Etat::Cloture, montant)
    };
    vec![
        clos(
            ("1823001187.01", "1042210"),
            REZE,
            "PLAN",
            ("Étaiement et coffrage traditionnel", CAP),
            (date(2023, 3, 13), date(2023, 3, 17)),
            252_000,
        )
        .stagiaires(3)
        .versements(vec![(
            "FA-2023-0311",
            ModeReglement::Subrogation,
            252_000,
            252_000,
            Some(("23-041206", date(2023, 5, 4))),
        )]),
        clos(
            ("1824002264.01", "1101875"),
            CHOLET,
            "PLAN",
            ("Prévention du risque amiante, sous-section 4", "Ouest Prévention"),
            (date(2024, 5, 21), date(2024, 5, 22)),
            98_000,
        )
        .stagiaires(4)
        .versements(vec![(
            "OP-24-118",
            ModeReglement::Remboursement,
            98_000,
            98_000,
            Some(("24-066310", date(2024, 7, 9))),
        )]),
        clos(
            ("1824003390.01", "1118402"),
            RIVES_TP,
            "C PRO",
            ("Conducteur de travaux publics (titre professionnel)", GRETA),
            (date(2024, 9, 2), date(2025, 7, 4)),
            823_500,
        )
        .versements(vec![
            ("CM-24-2210", ModeReglement::Subrogation, 411_750, 411_750, Some(("25-012088", date(2025, 1, 28)))),
            ("CM-25-0741", ModeReglement::Subrogation, 411_750, 411_750, Some(("25-081934", date(2025, 8, 21)))),
        ]),
        clos(
            ("1825001934.01", "1160377"),
            RIVES_TP,
            "PRO-A",
            ("Chef de chantier, travaux publics", GRETA),
            (date(2025, 2, 3), date(2025, 8, 29)),
            512_400,
        )
        .versements(vec![(
            "CM-25-1502",
            ModeReglement::Subrogation,
            512_400,
            512_400,
            Some(("25-101177", date(2025, 10, 16))),
        )]),
        clos(
            ("1825003644.01", "1179933"),
            REZE,
            "PLAN",
            ("Isolation thermique par l’extérieur, module 1", CAP),
            (date(2025, 6, 16), date(2025, 6, 20)),
            175_000,
        )
        .stagiaires(2)
        .versements(vec![(
            "FA-2025-0688",
            ModeReglement::Subrogation,
            175_000,
            175_000,
            Some(("25-076512", date(2025, 8, 7))),
        )]),
        Fiche::new(
            ("1825003644.02", "1179933"),
            REZE,
            "PLAN",
            ("Isolation thermique par l’extérieur, module 2", CAP),
            (date(2025, 9, 15), date(2025, 9, 19)),
        )
        .fixe()
        .etat(Etat::Annule, 175_000)
        .stagiaires(2),
        Fiche::new(
            ("1825002871.01", "1171209"),
            REZE,
            "PLAN",
            ("Stage de cohésion d’équipe en montagne", "Altitude Conseil"),
            (date(2025, 5, 12), date(2025, 5, 14)),
        )
        .fixe()
        .etat(Etat::Refuse, 640_000)
        .stagiaires(9),
        Fiche::new(
            ("1826003355.01", "1291044"),
            CHOLET,
            "PLAN",
            ("Anglais de chantier", "Langues et Métiers"),
            (j(4, 5), j(26, 6)),
        )
        .etat(Etat::SansSuite, 88_000)
        .stagiaires(2)
        .sans(&["programme"]),
        Fiche::new(
            ("1826002018.01", "1279310"),
            REZE,
            "PLAN",
            ("Travaux en tranchée, blindage", CAP),
            (j(9, 2), j(11, 2)),
        )
        .etat(Etat::Cloture, 142_500)
        .stagiaires(3)
        .versements(vec![(
            "FA-2026-0204",
            ModeReglement::Remboursement,
            142_500,
            142_500,
            Some(("26-038810", j(31, 3))),
        )]),
    ]
}
