use domain::bac_a_sable::{GenreDocument, PanneWebhook, Voie};
use domain::document::{Format, Sens, Statut, Verdict};
use domain::dossier::{
    Attente, CodeInterOpco, Etape, EtapeEtat, EtapePiece, Etat, Exigence, ModeReglement, Situation, Tri, Vue,
};
use domain::message::Nature;
use domain::montant::Devise;
use domain::televersement::{RefusTeleversement, StatutTeleversement};
use utoipa::openapi::Components;

use super::decrire;

/// Dossiers, their payments, pieces, documents and messages.
pub(super) fn ajouter(c: &mut Components) {
    decrire(c, "Etat", "Où en est un dossier.", etat);
    decrire(c, "CodeInterOpco", "Où en est un dossier, dans les mots communs à tous les OPCO.", inter_opco);
    decrire(c, "Devise", "La monnaie des montants (ISO 4217).", |d: Devise| match d {
        Devise::Eur => "Euro : les montants sont des nombres entiers de centimes.",
    });
    decrire(c, "Vue", "Les deux vues de la liste.", |v: Vue| match v {
        Vue::EnCours => "Dossiers vivants.",
        Vue::Historique => "Dossiers clos, refusés, annulés ou classés sans suite.",
    });
    decrire(c, "Tri", "L’ordre de la liste.", |t: Tri| match t {
        Tri::Echeance => "L’échéance la plus proche d’abord ; les dossiers sans échéance viennent à la fin.",
        Tri::EcheanceDecroissante => {
            "L’échéance la plus lointaine d’abord ; les dossiers sans échéance viennent à la fin."
        }
        Tri::Debut => "Le début le plus récent d’abord.",
        Tri::DebutCroissant => "Le début le plus ancien d’abord.",
        Tri::Numero => "Le numéro le plus grand d’abord.",
        Tri::NumeroCroissant => "Le numéro le plus petit d’abord.",
        Tri::Modification => "Le changement le plus ancien d’abord, dans les deux vues.",
    });
    decrire(c, "Situation", "Où en est un dossier pour l’adhérent.", |s: Situation| match s {
        Situation::PiecesAttendues => "Quelque chose est attendu de l’adhérent, quel que soit l’état.",
        autre => etat(autre.etat()),
    });
    decrire(c, "Attente", "De qui vient la suite.", |a: Attente| match a {
        Attente::Adherent => "Quelque chose est attendu de l’adhérent.",
        Attente::Opco => "L’OPCO a le dossier en main.",
        Attente::Personne => "Personne n’est attendu.",
    });
    decrire(c, "Etape", "Les quatre étapes que lit l’adhérent.", |e: Etape| match e {
        Etape::Transmission => "La demande est envoyée.",
        Etape::Instruction => "L’OPCO l’examine.",
        Etape::Accord => "La prise en charge est décidée.",
        Etape::Paiement => "Les factures sont payées.",
    });
    decrire(c, "EtapeEtat", "Où en est une étape.", |e: EtapeEtat| match e {
        EtapeEtat::Fait => "Faite.",
        EtapeEtat::Cours => "En cours.",
        EtapeEtat::Venir => "À venir.",
    });
    decrire(c, "ModeReglement", "Qui est payé.", |m: ModeReglement| match m {
        ModeReglement::Subrogation => "L’organisme de formation, directement.",
        ModeReglement::Remboursement => "L’adhérent, qui l’a payé.",
    });
    decrire(c, "Voie", "Par quelle voie un dossier est mené à un état.", |v: Voie| match v {
        Voie::Machine => "Par les actes que permet la machine à états, l’un après l’autre.",
        Voie::Force => "D’un coup, quoi qu’en dise la machine ; le journal dit que l’état a été forcé.",
    });
    decrire(c, "GenreDocument", "Un document que l’OPCO peut envoyer.", |g: GenreDocument| match g {
        GenreDocument::Accord => "L’accord de prise en charge.",
        GenreDocument::Refus => "La notification d’un refus.",
        GenreDocument::Modele => "Un modèle de certificat à remplir.",
        GenreDocument::Courrier => "Toute autre lettre.",
    });
    decrire(c, "PanneWebhook", "Ce qui arrive au prochain webhook d’une entreprise.", |p: PanneWebhook| match p {
        PanneWebhook::Retard => "Il part en retard.",
        PanneWebhook::Double => {
            "Il est envoyé deux fois, sous le même identifiant, comme si la première réponse s’était perdue."
        }
    });
    pieces(c);
    televersements(c);
}

const fn etat(e: Etat) -> &'static str {
    match e {
        Etat::Brouillon => "En cours de saisie par l’adhérent.",
        Etat::Transmis => "Reçu par l’OPCO, pas encore pris en charge par un gestionnaire.",
        Etat::EnInstruction => "En cours d’examen.",
        Etat::Incomplet => {
            "Des pièces ou des renseignements sont attendus de l’adhérent ; le délai légal est suspendu."
        }
        Etat::Accorde => "Prise en charge accordée.",
        Etat::EnReglement => "Les factures sont en cours de paiement.",
        Etat::Regle => "Tout est payé.",
        Etat::Cloture => "Clos après paiement.",
        Etat::Refuse => "Refusé, avec un motif.",
        Etat::Annule => "Annulé par l’adhérent.",
        Etat::SansSuite => "Clos sans décision.",
    }
}

const fn inter_opco(c: CodeInterOpco) -> &'static str {
    match c {
        CodeInterOpco::Transmis => "Reçu par l’OPCO, pas encore pris en charge par un gestionnaire.",
        CodeInterOpco::EnCoursInstruction => "En cours d’examen, ou arrêté parce que quelque chose manque.",
        CodeInterOpco::Engage => "Prise en charge accordée : l’argent est réservé.",
        CodeInterOpco::Refuse => "Refusé, avec un motif.",
        CodeInterOpco::Annule => "Annulé, ou clos sans décision.",
        CodeInterOpco::Solde => "Tout est payé, clos.",
    }
}

fn pieces(c: &mut Components) {
    decrire(c, "EtapePiece", "À quoi sert une catégorie de pièces.", |e: EtapePiece| match e {
        EtapePiece::Demande => "À la demande de prise en charge.",
        EtapePiece::Paiement => "Au paiement.",
        EtapePiece::Libre => "À tout ce que l’adhérent souhaite ajouter.",
    });
    decrire(c, "Exigence", "Si une catégorie de pièces doit être remplie.", |e: Exigence| match e {
        Exigence::Obligatoire => "Toujours due.",
        Exigence::Facultative => "Jamais due.",
        Exigence::SurDemande => {
            "Due une fois qu’un gestionnaire l’a demandée, avec un motif (arrêté du 21 décembre 2018)."
        }
    });
    decrire(c, "Sens", "De quel côté vient un document.", |s: Sens| match s {
        Sens::Adherent => "De l’adhérent : « Mes documents ».",
        Sens::Opco => "De l’OPCO : « Documents Constructys ».",
    });
    decrire(c, "Statut", "Où en est un document.", |s: Statut| match s {
        Statut::Recu => "Reçu et gardé, pas encore montré à l’autre partie : délai d’annulation.",
        Statut::Transmis => "Montré à l’autre partie.",
        Statut::Annule => "Repris par son déposant pendant le délai d’annulation.",
        Statut::Infecte => "Bloqué par l’antivirus.",
    });
    decrire(c, "Verdict", "Ce que le gestionnaire a pensé d’un document.", |v: Verdict| match v {
        Verdict::AExaminer => "Pas encore examiné.",
        Verdict::Acceptee => "Accepté.",
        Verdict::ACompleter => "À corriger, pour le motif donné.",
        Verdict::Refusee => "Refusé, pour le motif donné.",
    });
    decrire(c, "Format", "Un format de fichier accepté par une catégorie.", |f: Format| match f {
        Format::Pdf => "PDF (ISO 32000).",
        Format::Jpeg => "Image JPEG.",
        Format::Png => "Image PNG.",
        Format::Tiff => "Image TIFF 6.0.",
        Format::Heic => "Photo HEIC, comme celles des iPhone.",
        Format::Docx => "Document Word (OOXML).",
        Format::Xlsx => "Classeur Excel (OOXML).",
        Format::Odt => "Texte OpenDocument.",
        Format::Ods => "Tableur OpenDocument.",
    });
    decrire(c, "Nature", "Ce qu’est un message.", |n: Nature| match n {
        Nature::Echange => "Écrit par quelqu’un.",
        Nature::Automatique => "Écrit par le système : un changement d’état, un document reçu.",
    });
}

fn televersements(c: &mut Components) {
    decrire(c, "StatutTeleversement", "Où en est un envoi reprenable.", |s: StatutTeleversement| match s {
        StatutTeleversement::EnCours => "Des octets sont encore attendus.",
        StatutTeleversement::Complet => "Tous les octets sont là, sans document encore.",
        StatutTeleversement::Depose => "Le document est déposé.",
        StatutTeleversement::Refuse => "Les octets ont été examinés et refusés ; ils ne sont plus gardés.",
    });
    decrire(
        c,
        "RefusTeleversement",
        "Pourquoi les octets d’un envoi complet n’ont pas fait de document, par le code du problème.",
        |r: RefusTeleversement| match r {
            RefusTeleversement::DocumentEnDouble => "Les mêmes octets sont déjà dans le dossier.",
            RefusTeleversement::PieceComplete => "La catégorie a son nombre de documents.",
            RefusTeleversement::EtatIncompatible => {
                "L’état du dossier ou du document ne le permet pas, ou le droit de déposer s’est perdu pendant l’envoi."
            }
            RefusTeleversement::VersionPerimee => "Le document a changé depuis la version à remplacer.",
            RefusTeleversement::ReferencePrise => "La référence externe désigne déjà un autre document.",
            RefusTeleversement::FormatRefuse => "Le format n’est pas accepté là.",
            RefusTeleversement::FichierTronque => "La fin du fichier manque.",
            RefusTeleversement::FichierAmbigu => "Le fichier est de plusieurs formats à la fois.",
        },
    );
}
