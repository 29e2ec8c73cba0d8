//! The dossiers of the demonstration: the guide's, the mock-ups', and others in every état.

mod autres;
mod historique;

use domain::dossier::{Acte as A, Etat, ModeReglement};
use jiff::civil::{Date, date};

use super::fiche::{Demandee, Fiche, Plume, depot, mot};
use super::parcours::{pas, pas_motive};
use super::personnes::{CHOLET, REZE, RIVES_TP};

const CAP: &str = "Cap Chantier Formation";
const GRETA: &str = "Centre des métiers de l’Estuaire";

/// Every dossier.
pub(super) fn toutes() -> Vec<Fiche> {
    let mut fiches = guide();
    fiches.extend([
        haddad(),
        tessier(),
        sow(),
        echafaudages(),
        secouristes(),
        soudage(),
        mini_pelle(),
        reconversion(),
        catec(),
        lecture_de_plan(),
    ]);
    fiches.extend(historique::fiches());
    fiches.extend(autres::fiches());
    fiches
}

/// A day of the year that the tables are written in.
const fn j(jour: i8, mois: i8) -> Date {
    date(2026, mois, jour)
}

/// The five dossiers of the user guide.
fn guide() -> Vec<Fiche> {
    let plan = |numeros, intitule, dates| Fiche::new(numeros, REZE, "PLAN", (intitule, GRETA), dates).fixe();
    let juin = date(2020, 6, 23);
    vec![
        plan(
            ("1819006292.01", "1304811"),
            "Conduite d’engins de chantier, perfectionnement",
            (date(2019, 7, 1), date(2019, 12, 31)),
        )
        .etat(Etat::EnInstruction, 412_000)
        .stagiaires(3)
        .depots(vec![
            depot("autres", "_Rapports_Dossiers_Document transmis E-Gestion 22.pdf", juin, (10, 4)),
            depot("autres", "Courrier_report_session.pdf", juin, (10, 6)),
            depot("autres", "Planning_previsionnel.pdf", juin, (10, 9)),
        ])
        .messages(vec![
            mot(
                Plume::Membre,
                juin,
                (10, 12),
                "Bonjour, vous trouverez dans « Autres pièces » le courrier de report et le nouveau planning.",
            ),
            mot(
                Plume::Gestionnaire,
                date(2020, 6, 24),
                (9, 30),
                "Bonjour, les documents sont bien reçus. Le dossier reste en cours d’instruction.",
            ),
        ]),
        plan(
            ("1819006295.01", "1304818"),
            "Habilitation électrique BR, recyclage",
            (date(2019, 9, 2), date(2019, 9, 4)),
        )
        .etat(Etat::Transmis, 96_000)
        .stagiaires(2),
        plan(("1819006296.01", "1304821"), "Lecture de plan et métré", (date(2019, 10, 7), date(2019, 10, 11)))
            .etat(Etat::EnReglement, 189_000)
            .stagiaires(3),
        plan(("1820000009.01", "1403398"), "CACES R482, catégorie B1", (date(2020, 2, 3), date(2020, 2, 7)))
            .etat(Etat::Accorde, 228_000)
            .stagiaires(2),
        Fiche::new(
            ("1820000010.01", "1403400"),
            REZE,
            "C PRO",
            ("Maçon (titre professionnel)", GRETA),
            (date(2020, 1, 6), date(2020, 12, 18)),
        )
        .fixe()
        .etat(Etat::EnInstruction, 651_000),
    ]
}

fn haddad() -> Fiche {
    Fiche::new(
        ("1825004417.01", "1187204"),
        REZE,
        "C PRO",
        ("Maçon du bâti ancien (titre professionnel)", CAP),
        (date(2025, 9, 1), date(2027, 6, 30)),
    )
    .pas(
        vec![
            pas(A::Transmettre, date(2025, 9, 3), (9, 20)),
            pas(A::Instruire, date(2025, 9, 8), (10, 5)),
            pas(A::Accorder, date(2025, 9, 18), (14, 30)),
        ],
        1_204_500,
    )
    .alternant(
        ("HADDAD", "Yanis", (2004, 5, 9), "Ouvrier", "Monsieur"),
        ("CADORET", "Alain", (1971, 3, 2), "Ouvrier qualifié", "Monsieur"),
    )
    .sans(&["facture", "certificat"])
    .demandees(vec![("facture", "Facture du 3e trimestre, avec les heures de présence.", j(20, 11), j(6, 11), (9, 15))])
    .messages(vec![mot(
        Plume::Automate,
        j(16, 11),
        (8, 0),
        "Facture à fournir avant le 20/11 : 3e trimestre, Yanis Haddad.",
    )])
}

fn tessier() -> Fiche {
    Fiche::new(
        ("1826007038.01", "1311960"),
        REZE,
        "APPRENTISSAGE",
        ("CAP Couvreur", GRETA),
        (j(20, 11), date(2028, 8, 31)),
    )
    .pas(Vec::new(), 1_480_000)
    .alternant(
        ("TESSIER", "Léa", (2008, 4, 21), "Apprentie", "Madame"),
        ("PICHON", "Gaëtan", (1984, 12, 19), "Technicien, agent de maîtrise", "Monsieur"),
    )
    .depots(vec![depot("convention", "Convention_CFA_TESSIER.pdf", j(18, 11), (11, 2))])
    .sans(&["cerfa"])
}

fn sow() -> Fiche {
    Fiche::new(
        ("1826007055.01", "1311987"),
        CHOLET,
        "C PRO",
        ("Chef d’équipe gros œuvre (CQP)", CAP),
        (j(2, 11), date(2027, 10, 29)),
    )
    .pas(vec![pas(A::Transmettre, j(6, 11), (17, 41)), pas(A::Instruire, j(9, 11), (8, 0))], 651_000)
    .alternant(
        ("SOW", "Ibrahim", (2003, 3, 14), "Ouvrier qualifié", "Monsieur"),
        ("CADORET", "Alain", (1971, 3, 2), "Ouvrier qualifié", "Monsieur"),
    )
    .depots(vec![
        depot("cerfa", "Cerfa_12434_SOW_signe.pdf", j(6, 11), (17, 30)),
        depot("annexe", "Annexe_pedagogique_CQP.pdf", j(6, 11), (17, 33)).acceptee(),
        depot("convention", "Convention_CQP_SOW_signee.pdf", j(9, 11), (7, 58)).acceptee().deuxieme_version(3),
        depot("tuteur", "Designation_tuteur_CADORET.pdf", j(6, 11), (17, 36)),
    ])
}

const REMARQUE: &str =
    "33 h 30 sur le certificat, 35 h sur la convention : demandez un certificat corrigé à l’organisme.";

fn echafaudages() -> Fiche {
    let demandees: Vec<Demandee> = vec![
        ("certificat", "Il manque le certificat de Thomas Keriven.", j(30, 11), j(18, 11), (16, 18)),
        (
            "emargement",
            "Les heures du certificat de Lucas Chauvin diffèrent de la convention. Cette pièce n’est demandée qu’en cas d’anomalie constatée.",
            j(2, 12),
            j(18, 11),
            (16, 19),
        ),
    ];
    Fiche::new(
        // The mock-ups give it the demande 1304811, which is the guide's.
        ("1826006292.01", "1310811"),
        REZE,
        "PLAN",
        ("Travail en hauteur et montage d’échafaudages de pied (R408)", CAP),
        (j(5, 10), j(9, 10)),
    )
    .pas(
        vec![
            pas(A::Transmettre, j(4, 9), (8, 47)),
            pas(A::Instruire, j(7, 9), (10, 20)),
            pas(A::Accorder, j(18, 9), (11, 14)),
        ],
        336_000,
    )
    .nommes(vec![
        ("BENALI", "Mehdi", (1988, 5, 12), "Ouvrier qualifié", "Monsieur"),
        ("GUILLOU", "Sandrine", (1979, 11, 3), "Employé", "Madame"),
        ("CHAUVIN", "Lucas", (1998, 8, 24), "Ouvrier", "Monsieur"),
        ("KERIVEN", "Thomas", (1991, 1, 30), "Ouvrier qualifié", "Monsieur"),
    ])
    .depots(vec![
        depot("convention", "Convention_Cap-Chantier_R408_signee.pdf", j(4, 9), (8, 46)).acceptee().deuxieme_version(2),
        depot("programme", "Programme_R408_35h.pdf", j(2, 9), (16, 10)).acceptee(),
        depot("autres", "Courrier_report_session_septembre.pdf", j(9, 9), (11, 57)),
        depot("autres", "Photo_plateau_echafaudage.png", j(12, 10), (18, 39)),
        depot("autres", "_Rapports_Dossiers_Document transmis E-Gestion 22.pdf", j(12, 10), (18, 40)),
        depot("certificat", "Certificat_BENALI_Mehdi.pdf", j(19, 10), (10, 1)).acceptee(),
        depot("certificat", "Certificat_GUILLOU_Sandrine.pdf", j(19, 10), (10, 1)).acceptee(),
        depot("certificat", "Certificat_CHAUVIN_Lucas.pdf", j(19, 10), (10, 2)).a_completer(REMARQUE),
        depot("facture", "Facture_FA-2026-1187.pdf", j(16, 11), (17, 25)),
    ])
    .demandees(demandees)
    .messages(vec![
        mot(Plume::Gestionnaire, j(19, 10), (15, 2), "Bonjour, les trois certificats sont bien reçus, merci. Pensez à la facture avant la fin novembre."),
        mot(
            Plume::Membre,
            j(16, 11),
            (17, 28),
            "Bonjour, voici la facture de l’organisme. Le certificat de M. Keriven suit : il était absent le dernier jour et a rattrapé la séance le 6 novembre.",
        )
        .avec("Facture_FA-2026-1187.pdf"),
        mot(
            Plume::Gestionnaire,
            j(18, 11),
            (16, 20),
            "Deux éléments manquent pour le paiement\n\nBonjour Madame Lemercier,\nla facture est bien arrivée. Il me manque deux éléments pour déclencher le règlement de 3 360,00 € : le certificat de réalisation de Thomas Keriven, et les feuilles d’émargement. Dès leur réception, le virement part sous 30 jours.",
        )
        .avec("Modele_certificat_realisation.pdf")
        .non_lu(),
    ])
}

fn secouristes() -> Fiche {
    const MOTIF: &str = "Le programme détaillé manque : objectifs, contenu et durée de chaque séquence.";
    Fiche::new(
        ("1826007102.01", "1312208"),
        CHOLET,
        "PLAN",
        ("Sauveteur secouriste du travail, recyclage", "Ouest Prévention"),
        (j(14, 12), j(14, 12)),
    )
    .pas(
        vec![
            pas(A::Transmettre, j(10, 11), (14, 5)),
            pas(A::Instruire, j(12, 11), (9, 10)),
            pas_motive(A::DemanderComplement, j(13, 11), (11, 25), MOTIF),
        ],
        120_000,
    )
    .stagiaires(8)
    .sans(&["programme"])
    .demandees(vec![("programme", MOTIF, j(11, 12), j(13, 11), (11, 25))])
    .messages(vec![mot(
        Plume::Gestionnaire,
        j(13, 11),
        (11, 26),
        "Programme détaillé demandé\n\nBonjour, votre demande est presque complète : il y manque le programme détaillé de la journée. Vous pouvez le déposer jusqu’au 11 décembre.",
    )])
}

fn soudage() -> Fiche {
    Fiche::new(
        ("1826006871.01", "1309452"),
        RIVES_TP,
        "PLAN",
        ("Soudage TIG sur aluminium", "Atelier des Soudeurs de Loire"),
        (j(7, 12), j(11, 12)),
    )
    .pas(
        vec![
            pas(A::Transmettre, j(26, 10), (9, 48)),
            pas(A::Instruire, j(3, 11), (10, 0)),
            pas(A::Accorder, j(20, 11), (9, 5)),
        ],
        294_000,
    )
    .stagiaires(2)
    .sans(&["facture", "certificat"])
    .messages(vec![
        mot(
            Plume::Gestionnaire,
            j(20, 11),
            (9, 6),
            "Accord de prise en charge : soudage aluminium\n\nBonjour, la prise en charge de 2 940,00 € est accordée pour vos deux stagiaires. L’accord est dans « Documents Constructys ». Bonne formation.",
        )
        .non_lu(),
    ])
}

fn mini_pelle() -> Fiche {
    Fiche::new(
        ("1826005120.01", "1306120"),
        REZE,
        "PLAN",
        ("Conduite de mini-pelle, catégorie A", CAP),
        (j(7, 9), j(9, 9)),
    )
    .pas(
        vec![
            pas(A::Transmettre, j(20, 7), (16, 2)),
            pas(A::Instruire, j(27, 7), (9, 5)),
            pas(A::Accorder, j(17, 8), (10, 44)),
            pas(A::Solder, j(12, 11), (9, 0)),
        ],
        168_000,
    )
    .stagiaires(2)
    .versements(vec![("FA-2026-0974", ModeReglement::Subrogation, 168_000, 168_000, Some(("26-118834", j(12, 11))))])
    .messages(vec![mot(
        Plume::Automate,
        j(12, 11),
        (9, 1),
        "Virement de 1 680,00 € exécuté, référence 26-118834.",
    )])
}

fn reconversion() -> Fiche {
    Fiche::new(
        ("1826004410.01", "1298120"),
        REZE,
        "RECONVERSION",
        ("Technicien d’études du bâtiment, études de prix", GRETA),
        (j(2, 3), j(25, 9)),
    )
    .etat(Etat::EnReglement, 475_800)
    .nommes(vec![("BOURDEAU", "Fabrice", (1976, 8, 5), "Technicien, agent de maîtrise", "Monsieur")])
    .versements(vec![
        ("FA-26-0418", ModeReglement::Subrogation, 237_900, 237_900, Some(("26-104417", j(27, 10)))),
        ("FA-26-0977", ModeReglement::Subrogation, 237_900, 0, None),
    ])
}

fn catec() -> Fiche {
    Fiche::new(
        ("1826006905.01", "1309877"),
        RIVES_TP,
        "PLAN",
        ("Travail en espace confiné (CATEC)", "Ouest Prévention"),
        (date(2027, 1, 18), date(2027, 1, 19)),
    )
    .pas(vec![pas(A::Transmettre, j(20, 11), (15, 37))], 104_000)
    .stagiaires(4)
    .messages(vec![
        mot(Plume::Membre, j(20, 11), (15, 45), "Bonjour, la session peut encore être avancée d’une semaine. Pouvez-vous nous dire avant le 4 décembre si le dossier sera accordé ?")
            .non_lu(),
    ])
}

fn lecture_de_plan() -> Fiche {
    Fiche::new(
        ("1826007141.01", "1312455"),
        REZE,
        "PLAN",
        ("Lecture de plan et métré, niveau 1", CAP),
        (date(2027, 1, 11), date(2027, 1, 13)),
    )
    .pas(Vec::new(), 126_000)
    .nommes(vec![
        ("BENALI", "Mehdi", (1988, 5, 12), "Ouvrier qualifié", "Monsieur"),
        ("GUILLOU", "Sandrine", (1979, 11, 3), "Employé", "Madame"),
        ("ROUSSEAU", "Julien", (1992, 7, 15), "Ouvrier qualifié", "Monsieur"),
    ])
    .sans(&["convention", "programme"])
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use domain::code::Code as _;
    use domain::dossier::Etat;
    use domain::numero::Recherche;

    use super::super::calendrier::{Ancrage, JOUR_ECRIT};
    use super::super::parcours::etats;
    use super::super::personnes::ADHERENTS;
    use super::toutes;
    use crate::referentiel::DISPOSITIFS;

    #[test]
    fn every_history_follows_the_state_machine_and_time() {
        for f in toutes() {
            assert!(etats(&f.pas).is_ok(), "{} : {:?}", f.numero, etats(&f.pas));
            assert!(f.pas.is_sorted_by_key(|p| (p.le, p.a)), "{}", f.numero);
            assert!(f.pas.iter().all(|p| p.le <= JOUR_ECRIT), "{} : un fait à venir", f.numero);
            assert!(f.debut <= f.fin, "{}", f.numero);
        }
    }

    #[test]
    fn every_etat_is_shown_over_thirty_dossiers_at_least() {
        let fiches = toutes();
        let montres: HashSet<Etat> = fiches.iter().map(super::Fiche::etat_present).collect();
        assert_eq!(montres.len(), Etat::TOUS.len());
        assert!(fiches.len() >= 30, "{}", fiches.len());
    }

    #[test]
    fn numbers_places_and_categories_exist() {
        let mut numeros = HashSet::new();
        for f in toutes() {
            assert!(numeros.insert(f.numero), "{} deux fois", f.numero);
            assert!(matches!(Recherche::parse(f.numero), Some(Recherche::Dossier(_))), "{}", f.numero);
            assert!(matches!(Recherche::parse(f.demande), Some(Recherche::Demande(_))), "{}", f.demande);
            assert!(ADHERENTS.iter().any(|a| a.etablissements.iter().any(|(s, _)| *s == f.siret)), "{}", f.numero);
            let d = DISPOSITIFS.iter().find(|d| d.code == f.dispositif).expect(f.numero);
            assert!(f.ancrage == Ancrage::Mobile || d.valide_du <= f.debut, "{}", f.numero);
            let codes =
                f.depots.iter().map(|p| p.piece).chain(f.sans.iter().copied()).chain(f.demandees.iter().map(|d| d.0));
            for code in codes {
                assert!(d.pieces.iter().any(|p| p.code == code), "{} : {code}", f.numero);
            }
        }
    }
}
