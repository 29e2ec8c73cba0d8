//! The tables themselves.

use domain::document::Format;
use domain::dossier::{EtapePiece as Etape, Exigence};
use domain::limites::FICHIER_MAX;
use jiff::civil::date;

use super::{Dispositif, Piece};

const MIO: i64 = 1024 * 1024;
const COURANTS: &[Format] = &[Format::Pdf, Format::Jpeg, Format::Png, Format::Heic];
const TABLEUR: &[Format] = &[Format::Pdf, Format::Xlsx, Format::Ods];
const TOUS: &[Format] = &[
    Format::Pdf,
    Format::Jpeg,
    Format::Png,
    Format::Tiff,
    Format::Heic,
    Format::Docx,
    Format::Xlsx,
    Format::Odt,
    Format::Ods,
];

/// The dispositifs, by code as members know them.
pub(crate) static DISPOSITIFS: &[Dispositif] = &[
    Dispositif {
        code: "PLAN",
        libelle: "Plan de développement des compétences",
        valide_du: date(2019, 1, 1),
        valide_au: None,
        pieces: &[
            demande("convention", "Convention de formation signée", 0),
            demande("programme", "Programme de formation", 0),
            DEVIS,
            CERTIFICAT,
            FACTURE,
            RELEVE,
            EMARGEMENT,
            AUTRES,
        ],
    },
    Dispositif {
        code: "C PRO",
        libelle: "Contrat de professionnalisation",
        valide_du: date(2004, 10, 1),
        valide_au: None,
        pieces: &[
            Piece {
                aide: Some("Déposez-le au plus tard 5 jours après le début du contrat."),
                ..demande("cerfa", "CERFA 12434*04 signé", 5)
            },
            Piece {
                aide: Some("Objectifs, programme, organisation, évaluation et sanction."),
                ..demande("annexe", "Annexe pédagogique", 5)
            },
            demande("convention", "Convention de formation signée", 5),
            demande("tuteur", "Désignation du tuteur", 5),
            Piece { aide: Some("Une facture par période. Le format Factur-X est accepté."), ..FACTURE },
            CERTIFICAT,
            EMARGEMENT,
            AUTRES,
        ],
    },
    Dispositif {
        code: "APPRENTISSAGE",
        libelle: "Contrat d’apprentissage",
        valide_du: date(2020, 1, 1),
        valide_au: None,
        pieces: &[
            Piece {
                aide: Some("Déposez-le au plus tard 5 jours ouvrables après le début du contrat."),
                ..demande("cerfa", "CERFA 10103*14 signé", 7)
            },
            Piece {
                aide: Some("Pour un CFA d’entreprise : l’annexe pédagogique et financière."),
                ..demande("convention", "Convention de formation du CFA", 7)
            },
            Piece {
                exigence: Exigence::SurDemande,
                delai_jours: None,
                aide: Some("Seulement si la durée du contrat est aménagée."),
                ..demande("convention_tripartite", "Convention tripartite de durée", 7)
            },
            Piece {
                libelle: "Facture du CFA",
                aide: Some("Une facture par échéance. Le format Factur-X est accepté."),
                ..FACTURE
            },
            CERTIFICAT,
            EMARGEMENT,
            AUTRES,
        ],
    },
    Dispositif {
        code: "RECONVERSION",
        libelle: "Période de reconversion",
        valide_du: date(2026, 1, 1),
        valide_au: None,
        pieces: &[
            Piece {
                aide: Some("Signé par le salarié et l’employeur."), ..demande("accord_ecrit", "Accord écrit", 0)
            },
            demande("convention", "Convention de formation signée", 0),
            demande("programme", "Programme de formation", 0),
            Piece {
                exigence: Exigence::Facultative,
                delai_jours: None,
                aide: Some("Pour une reconversion dans une autre entreprise."),
                ..demande("contrat_accueil", "Contrat avec l’entreprise d’accueil", 0)
            },
            CERTIFICAT,
            FACTURE,
            RELEVE,
            EMARGEMENT,
            AUTRES,
        ],
    },
    Dispositif {
        code: "PRO-A",
        libelle: "Reconversion ou promotion par alternance",
        valide_du: date(2019, 1, 1),
        valide_au: Some(date(2025, 12, 31)),
        pieces: &[
            Piece {
                aide: Some("Signé avant le 1er janvier 2026."),
                ..demande("avenant", "Avenant au contrat de travail", 0)
            },
            demande("convention", "Convention de formation signée", 0),
            demande("programme", "Programme de formation", 0),
            CERTIFICAT,
            FACTURE,
            RELEVE,
            EMARGEMENT,
            AUTRES,
        ],
    },
];

/// A piece due with the request, `delai` days after the first day of the training.
const fn demande(code: &'static str, libelle: &'static str, delai: i32) -> Piece {
    Piece {
        code,
        libelle,
        etape: Etape::Demande,
        exigence: Exigence::Obligatoire,
        formats: COURANTS,
        taille_max: FICHIER_MAX.cast_signed(),
        nombre_max: None,
        delai_jours: Some(delai),
        aide: None,
    }
}

const DEVIS: Piece = Piece {
    code: "devis",
    libelle: "Devis",
    etape: Etape::Demande,
    exigence: Exigence::Facultative,
    formats: &[Format::Pdf],
    taille_max: 10 * MIO,
    nombre_max: Some(1),
    delai_jours: None,
    aide: Some("Un seul fichier."),
};

const CERTIFICAT: Piece = Piece {
    etape: Etape::Paiement,
    aide: Some("Un certificat par stagiaire. Le modèle ministériel est accepté."),
    ..demande("certificat", "Certificat de réalisation", 60)
};

const FACTURE: Piece = Piece {
    etape: Etape::Paiement,
    aide: Some("Le format Factur-X est accepté."),
    ..demande("facture", "Facture de l’organisme", 60)
};

const RELEVE: Piece = Piece {
    etape: Etape::Paiement,
    exigence: Exigence::Facultative,
    formats: TABLEUR,
    delai_jours: None,
    aide: Some("Seulement pour vos frais annexes et salaires."),
    ..demande("releve_depenses", "Relevé de dépenses", 0)
};

/// May not be asked for systematically (R. 6332-26): on request, with a reason.
const EMARGEMENT: Piece = Piece {
    etape: Etape::Paiement,
    exigence: Exigence::SurDemande,
    delai_jours: None,
    aide: Some("Cette pièce n’est demandée qu’en cas d’anomalie constatée."),
    ..demande("emargement", "Feuilles d’émargement", 0)
};

const AUTRES: Piece = Piece {
    etape: Etape::Libre,
    exigence: Exigence::Facultative,
    formats: TOUS,
    delai_jours: None,
    aide: Some("Rien de médical, pas de relevé bancaire."),
    ..demande("autres", "Autres pièces", 0)
};
