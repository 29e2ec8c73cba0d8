//! News, services of the portal and guides.

use jiff::civil::{Date, date};

use super::calendrier::Heure;

/// News: title, text, day and time.
pub(super) const INFORMATIONS: &[(&str, &str, Date, Heure)] = &[
    (
        "Découvrir votre espace",
        "Suivre un dossier, déposer une pièce, écrire à votre gestionnaire : les guides de cette page montrent chaque geste, étape par étape.",
        date(2026, 9, 1),
        (9, 0),
    ),
    (
        "Message non lu ? Message non vu ?",
        "Une notification vous annonce un message que vous ne retrouvez pas ? Il est dans la messagerie et dans son dossier, même après lecture.\n\n« Marquer comme non lu » le remet parmi vos messages non lus, pour y revenir plus tard.",
        date(2026, 10, 12),
        (14, 30),
    ),
    (
        "Demandes de prise en charge : trois informations obligatoires",
        "Pour chaque stagiaire et chaque contrat, indiquez :\n\n- le NIR (13 premiers chiffres du numéro de Sécurité sociale),\n- la date de naissance,\n- l’adresse complète.",
        date(2026, 11, 9),
        (8, 30),
    ),
];

/// A theme of services: its title, and the title and text of each service.
pub(super) type Theme = (&'static str, &'static [(&'static str, &'static str)]);

pub(super) const SERVICES: &[Theme] = &[
    (
        "Choisir l’alternance",
        &[
            (
                "S’informer sur les dispositifs en alternance",
                "L’apprentissage prépare un diplôme ou un titre, en contrat de six mois à trois ans, pour les 16 à 29 ans révolus. Le contrat de professionnalisation vise aussi les qualifications de la branche et s’ouvre aux demandeurs d’emploi de 26 ans et plus.\n\nDans les deux cas, l’entreprise désigne un maître d’apprentissage ou un tuteur, qui accompagne l’alternant sur le chantier.",
            ),
            (
                "Financer l’alternance",
                "La prise en charge couvre les frais pédagogiques, selon le niveau fixé pour le diplôme ou le forfait horaire de la branche. Des frais annexes peuvent s’y ajouter : hébergement, restauration, premier équipement.\n\nDéposez le contrat dans eGestion au plus tard cinq jours ouvrables après son début. La réponse vient dans les vingt jours qui suivent un dossier complet.",
            ),
            (
                "Mettre en œuvre l’alternance",
                "Avant l’embauche : vérifier l’âge, le diplôme visé, la rémunération minimale et l’inscription dans un centre de formation. À l’arrivée : présenter l’équipe, les règles de sécurité et le calendrier d’alternance.\n\nUn point avec le centre de formation chaque trimestre évite la plupart des ruptures.",
            ),
        ],
    ),
    (
        "Piloter l’activité RH",
        &[
            (
                "Identifier la stratégie RH",
                "Quels marchés dans trois ans ? Quels départs, quelles embauches ? Un conseiller vous aide à mettre vos projets en regard de vos équipes, puis à choisir deux ou trois actions prioritaires.\n\nL’échange dure une demi-journée, dans l’entreprise ou à distance.",
            ),
            (
                "Gérer les entretiens",
                "Chaque salarié a droit à un entretien de parcours professionnel dans l’année de son embauche, puis tous les quatre ans, et à un état des lieux tous les huit ans.\n\nConservez le compte rendu signé : il prouve l’entretien. Les formations suivies par chacun se retrouvent dans eGestion.",
            ),
            (
                "Mettre en place une GEPP",
                "La gestion des emplois et des parcours professionnels anticipe les besoins : métiers qui changent, compétences à garder, savoir-faire à transmettre avant un départ en retraite.\n\nCommencez par un tableau simple des postes, des âges et des compétences rares.",
            ),
        ],
    ),
    (
        "Développer les compétences",
        &[
            (
                "Qualifier le besoin en formation",
                "Partez du travail réel : ce que la personne doit savoir faire à l’issue de la formation, sur quel matériel, dans quel délai. Cette phrase devient l’objectif du programme demandé à l’organisme.\n\nUn besoin bien décrit évite une formation trop longue, ou trop générale.",
            ),
            (
                "Certifier les compétences",
                "Un titre professionnel, un CQP ou un bloc de compétences reconnaît ce que la personne sait faire. La validation des acquis de l’expérience y mène sans reprendre toute la formation.\n\nL’organisme doit être certifié Qualiopi pour que la formation soit financée.",
            ),
            (
                "Gérer la formation",
                "Demande avant le début, pièces au fil de l’eau, facture et certificat de réalisation à la fin : eGestion dit ce qui manque, avant quelle date, et à qui.\n\nUn document déposé est transmis sans autre geste de votre part.",
            ),
        ],
    ),
    (
        "Accompagner les transitions",
        &[
            (
                "S’engager dans sa transition écologique",
                "Rénovation énergétique, réemploi des matériaux, sobriété des chantiers : les formations correspondantes sont parmi les plus demandées de la branche.\n\nUn diagnostic court indique par où commencer selon votre métier.",
            ),
            (
                "Évaluer sa maturité numérique",
                "Devis, plans, suivi de chantier, facturation électronique : vingt questions situent votre entreprise et proposent un ordre de travail.\n\nLe résultat vous appartient. Il n’est pas utilisé pour instruire vos dossiers.",
            ),
            (
                "S’adapter face aux transitions RH",
                "Inaptitude, reconversion, baisse d’activité : la période de reconversion finance un changement de métier dans l’entreprise ou au-dehors, avec l’accord écrit du salarié.\n\nVotre conseiller vous dit quelles pièces réunir et dans quel délai.",
            ),
        ],
    ),
    (
        "Recruter et intégrer",
        &[
            (
                "Qualifier et définir le besoin",
                "Décrivez les tâches, l’équipe, les horaires et les déplacements avant le diplôme. Une fiche de poste précise attire moins de candidatures, mais de meilleures.\n\nPensez aux profils voisins : une formation courte comble souvent l’écart.",
            ),
            (
                "Optimiser le recrutement",
                "La préparation opérationnelle à l’emploi forme un demandeur d’emploi avant son embauche, jusqu’à 400 heures. Elle est financée et peut se terminer par une alternance.\n\nPréparez-la avec votre conseiller et l’agence de France Travail la plus proche.",
            ),
            (
                "Intégrer et fidéliser",
                "Les quarante premiers jours décident souvent de la suite : accueil sécurité, référent nommé, point en fin de première semaine et de premier mois.\n\nFormer les tuteurs est l’action la plus rentable : leur formation est prise en charge.",
            ),
        ],
    ),
];

/// A guide: title, file name, introduction and steps.
pub(super) type Guide = (&'static str, &'static str, &'static str, &'static [&'static str]);

pub(super) const GUIDES: &[Guide] = &[
    (
        "Ajouter un document à un dossier existant",
        "Ajouter_un_document.pdf",
        "Une convention, un certificat, une facture ou toute autre pièce rejoint un dossier en sept étapes. Le document est transmis aussitôt : vous n’avez rien à envoyer par courrier.",
        &[
            "Ouvrez le portail de services et cliquez sur « Accédez à votre espace ». Identifiez-vous avec votre adresse électronique et votre mot de passe. Pas encore de compte ? Il se crée avec votre SIRET et votre numéro d’adhérent.",
            "Dans « Mes outils favoris », à côté d’eGestion, cliquez sur « Accéder à l’outil ».",
            "L’accueil d’eGestion s’affiche, avec vos messages, les informations, vos contacts et ce qui est attendu de vous. Dans le menu, cliquez sur « Suivre les dossiers de formation ».",
            "Retrouvez le dossier dans la liste, au besoin avec les filtres : dispositif, numéro de dossier ou de demande, établissement, dates. Cliquez sur son numéro, ou appuyez sur Entrée.",
            "Vérifiez l’intitulé, les dates et l’état du dossier, puis ouvrez l’onglet « Mes documents ».",
            "Choisissez la catégorie qui convient, ou « Autres pièces », et déposez le fichier sur son nuage : glissez-le, collez-le, ou cliquez pour le choisir. La progression s’affiche. Une fois chargé, le document apparaît avec son nom et la date de dépôt.",
            "Le document chargé est automatiquement transmis : sa fiche dit quand. Vous avez 60 secondes pour annuler. « Télécharger le reçu » donne la preuve du dépôt, avec l’empreinte SHA-256 du fichier.",
        ],
    ),
    (
        "Lire l’état d’un dossier",
        "Lire_l_etat_d_un_dossier.pdf",
        "Quatre mots disent où en est un dossier : Transmission, Instruction, Accord, Paiement. L’historique donne la date, l’auteur et, s’il y a lieu, le motif de chaque changement.",
        &[
            "Transmission : la demande est arrivée. Elle porte un numéro de demande, et un numéro pour chaque dossier.",
            "Instruction : un gestionnaire examine les pièces. Si l’une manque, le dossier devient « Incomplet » : la page dit laquelle, pourquoi, et avant quelle date. Le délai de réponse s’arrête jusqu’à votre envoi.",
            "Accord : la prise en charge est décidée et l’accord est dans l’onglet des documents de l’OPCO. Un refus est toujours motivé.",
            "Paiement : après la formation, la facture et les certificats de réalisation déclenchent le règlement. L’onglet « Règlement(s) » donne le montant accordé, facturé et réglé, et la référence du virement.",
            "Un dossier terminé passe dans « Historique ». Il reste lisible, avec ses documents et ses messages, pendant toute la durée de conservation.",
        ],
    ),
    (
        "Échanger avec votre gestionnaire",
        "Echanger_avec_votre_gestionnaire.pdf",
        "Chaque dossier a son fil de messages. Vos collègues rattachés à l’établissement le lisent aussi : rien ne se perd en cas d’absence.",
        &[
            "Ouvrez le dossier, puis l’onglet « Message(s) ». La messagerie du menu rassemble tous les dossiers.",
            "Écrivez votre message et, au besoin, joignez un fichier. Une pièce demandée se dépose plutôt dans « Mes documents » : elle y est classée et comptée.",
            "Envoyez. Votre gestionnaire est averti aussitôt. Sa réponse vous est annoncée par courriel et dans l’accueil d’eGestion.",
            "Un message lu reste dans la messagerie et dans son dossier. « Marquer comme non lu » le remet parmi vos messages à voir.",
            "Pour retrouver un échange, cherchez un mot ou un numéro dans la messagerie.",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::{GUIDES, INFORMATIONS, SERVICES};

    #[test]
    fn the_walk_of_the_guide_has_seven_steps_and_the_portal_five_themes() {
        assert_eq!(GUIDES[0].3.len(), 7);
        assert_eq!((INFORMATIONS.len(), GUIDES.len()), (3, 3));
        assert_eq!(SERVICES.iter().map(|(_, s)| s.len()).collect::<Vec<_>>(), [3, 3, 3, 3, 3]);
    }
}
