//! The dossiers of the other companies: what the gestionnaires' worklists are made of.

use domain::dossier::{Acte as A, Etat, ModeReglement};
use jiff::civil::{Date, date};

use super::super::fiche::{Fiche, Plume, depot, mot};
use super::super::parcours::{Pas, pas, pas_motive};
use super::super::personnes::{BRISSET, DON, LANOE, MORVAN, OUDON, Stagiaire, VAUQUELIN, VIGNOBLE};
use super::{CAP, GRETA, j};

const TUTEUR: Stagiaire = ("PERRAULT", "Didier", (1972, 9, 25), "Ouvrier qualifié", "Monsieur");

pub(super) fn fiches() -> Vec<Fiche> {
    let mut fiches = de_claire();
    fiches.extend(de_damien());
    fiches
}

fn plan(
    numeros: (&'static str, &'static str),
    siret: &'static str,
    textes: (&'static str, &'static str),
    dates: (Date, Date),
) -> Fiche {
    Fiche::new(numeros, siret, "PLAN", textes, dates)
}

#[expect(clippy::too_many_lines, reason = "a table")]
fn de_claire() -> Vec<Fiche> {
    let instruit = |transmis: Date, instruit: Date| -> Vec<Pas> {
        vec![pas(A::Transmettre, transmis, (10, 25)), pas(A::Instruire, instruit, (8, 50))]
    };
    vec![
        Fiche::new(
            ("1826006640.01", "1308902"),
            VAUQUELIN,
            "APPRENTISSAGE",
            ("CAP Charpentier bois", GRETA),
            (j(26, 10), date(2028, 8, 31)),
        )
        .pas(instruit(j(29, 10), j(2, 11)), 1_520_000)
        .alternant(("PRIGENT", "Enzo", (2009, 2, 4), "Apprenti", "Monsieur"), TUTEUR),
        Fiche::new(
            ("1826006981.01", "1310604"),
            MORVAN,
            "C PRO",
            ("Étancheur-bardeur (titre professionnel)", CAP),
            (j(19, 10), date(2027, 9, 30)),
        )
        .pas(
            vec![
                pas(A::Transmettre, j(22, 10), (9, 12)),
                pas(A::Instruire, j(27, 10), (10, 30)),
                pas_motive(A::DemanderComplement, j(9, 11), (14, 15), "La désignation du tuteur n’est pas signée."),
                pas(A::Completer, j(20, 11), (11, 8)),
            ],
            590_000,
        )
        .alternant(("ROUX", "Camille", (2002, 12, 1), "Ouvrier", "Madame"), TUTEUR)
        .depots(vec![depot("tuteur", "Designation_tuteur_signee.pdf", j(20, 11), (11, 6)).deuxieme_version(30)])
        .messages(vec![
            mot(
                Plume::Membre,
                j(20, 11),
                (11, 9),
                "Bonjour, la désignation du tuteur est signée et déposée. Le dossier est-il complet maintenant ?",
            )
            .non_lu(),
        ]),
        Fiche::new(
            ("1826006899.01", "1309811"),
            DON,
            "APPRENTISSAGE",
            ("CAP Carreleur mosaïste", GRETA),
            (j(2, 11), date(2028, 7, 7)),
        )
        .pas(instruit(j(6, 11), j(11, 11)), 1_395_000)
        .alternant(("LE BIHAN", "Nolwenn", (2008, 9, 16), "Apprentie", "Madame"), TUTEUR),
        plan(
            ("1826006744.01", "1309270"),
            LANOE,
            ("Pose de menuiseries RGE", CAP),
            (date(2027, 1, 11), date(2027, 1, 13)),
        )
        .pas(vec![pas(A::Transmettre, j(22, 11), (16, 20))], 147_000)
        .stagiaires(3),
        plan(
            ("1826007120.01", "1312301"),
            OUDON,
            ("Conduite de pelle, catégorie B1", CAP),
            (date(2027, 2, 1), date(2027, 2, 5)),
        )
        .pas(vec![pas(A::Transmettre, j(23, 11), (8, 12))], 210_000)
        .stagiaires(2)
        .sans(&["programme"]),
        plan(
            ("1825003901.01", "1183315"),
            VAUQUELIN,
            ("Taille et assemblage sur machine numérique", GRETA),
            (date(2025, 6, 2), date(2025, 6, 6)),
        )
        .fixe()
        .etat(Etat::Cloture, 231_000)
        .stagiaires(2)
        .versements(vec![(
            "CM-25-0902",
            ModeReglement::Subrogation,
            231_000,
            231_000,
            Some(("25-079003", date(2025, 7, 24))),
        )]),
        plan(("1826004977.01", "1304406"), MORVAN, ("Étanchéité liquide, mise en œuvre", CAP), (j(14, 9), j(16, 9)))
            .etat(Etat::Accorde, 134_000)
            .stagiaires(2)
            .sans(&["certificat", "facture"]),
        plan(
            ("1826004120.01", "1295580"),
            LANOE,
            ("Agencement et plans en trois dimensions", GRETA),
            (j(8, 6), j(12, 6)),
        )
        .etat(Etat::EnReglement, 268_000)
        .stagiaires(3)
        .versements(vec![(
            "CM-26-0714",
            ModeReglement::Subrogation,
            268_000,
            134_000,
            Some(("26-078140", j(20, 7))),
        )]),
        plan(
            ("1826005530.01", "1307018"),
            OUDON,
            ("Réseaux enterrés, autorisation d’intervention (AIPR)", "Ouest Prévention"),
            (j(21, 9), j(21, 9)),
        )
        .etat(Etat::Annule, 54_000)
        .stagiaires(5),
        plan(("1826004688.01", "1301190"), DON, ("Carrelage grand format", CAP), (j(6, 7), j(8, 7)))
            .etat(Etat::Refuse, 119_000)
            .stagiaires(2),
    ]
}

fn de_damien() -> Vec<Fiche> {
    vec![
        plan(
            ("1826006733.01", "1309204"),
            BRISSET,
            ("Zinguerie et évacuation des eaux pluviales", GRETA),
            (j(14, 12), j(18, 12)),
        )
        .etat(Etat::EnInstruction, 238_000)
        .stagiaires(3),
        plan(
            ("1826006810.01", "1309399"),
            BRISSET,
            ("Pose de panneaux photovoltaïques en toiture", CAP),
            (j(16, 12), j(18, 12)),
        )
        .pas(
            vec![
                pas(A::Transmettre, j(9, 11), (11, 40)),
                pas(A::Instruire, j(13, 11), (10, 10)),
                pas_motive(
                    A::DemanderComplement,
                    j(17, 11),
                    (15, 50),
                    "La convention n’est signée que par l’organisme.",
                ),
            ],
            189_000,
        )
        .stagiaires(3)
        .depots(vec![
            depot("convention", "Convention_photovoltaique.pdf", j(9, 11), (11, 30))
                .a_completer("La signature de l’entreprise manque, page 3."),
        ])
        .demandees(vec![(
            "convention",
            "Une convention signée par les deux parties.",
            j(4, 12),
            j(17, 11),
            (15, 50),
        )]),
        Fiche::new(
            ("1826005871.01", "1307744"),
            BRISSET,
            "APPRENTISSAGE",
            ("BP Couvreur", GRETA),
            (j(7, 9), date(2028, 7, 7)),
        )
        .pas(
            vec![
                pas(A::Transmettre, j(9, 9), (9, 5)),
                pas(A::Instruire, j(14, 9), (10, 0)),
                pas(A::Accorder, j(24, 9), (16, 30)),
            ],
            1_610_000,
        )
        .alternant(("BRETON", "Steven", (2006, 2, 13), "Apprenti", "Monsieur"), TUTEUR)
        .sans(&["certificat", "facture"]),
        plan(
            ("1826007088.01", "1312155"),
            VIGNOBLE,
            ("Bornes de recharge pour véhicules électriques, P1", CAP),
            (date(2027, 1, 25), date(2027, 1, 26)),
        )
        .pas(vec![pas(A::Transmettre, j(21, 11), (9, 58))], 126_000)
        .stagiaires(2),
        plan(
            ("1826004302.01", "1297002"),
            VIGNOBLE,
            ("Habilitation électrique B2V, BR, BC", "Ouest Prévention"),
            (j(15, 6), j(17, 6)),
        )
        .etat(Etat::Regle, 156_000)
        .stagiaires(4)
        .versements(vec![(
            "OP-26-233",
            ModeReglement::Remboursement,
            156_000,
            156_000,
            Some(("26-083315", j(4, 8))),
        )]),
        plan(("1826003711.01", "1293418"), VIGNOBLE, ("Domotique et protocoles KNX", GRETA), (j(18, 5), j(22, 5)))
            .etat(Etat::SansSuite, 224_000)
            .sans(&["convention"]),
        plan(
            ("1826007160.01", "1312502"),
            VIGNOBLE,
            ("Maintenance des éclairages de sécurité", CAP),
            (date(2027, 2, 8), date(2027, 2, 9)),
        )
        .pas(Vec::new(), 98_000)
        .stagiaires(2)
        .sans(&["convention", "programme"]),
    ]
}
