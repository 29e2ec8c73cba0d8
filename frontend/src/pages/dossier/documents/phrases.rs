//! What is said of files on their way: refusals, failures, announcements.

use domain::document::Format;

use crate::api::echec::Echec;
use crate::format;
use crate::model::depot::{Annonce, Bilan, Cause, Fichier, Refus, Regle};
use crate::problemes;

/// What happened to a file, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Constat {
    /// What happened.
    pub fait: String,
    /// What to do.
    pub remede: String,
}

fn constat(fait: impl Into<String>, remede: impl Into<String>) -> Constat {
    Constat { fait: fait.into(), remede: remede.into() }
}

/// A refusal, with its rule and its remedy.
pub fn refus(fichier: &Fichier, refus: &Refus) -> Constat {
    match refus {
        Refus::Vide => constat("Ce fichier est vide.", "Vérifiez-le sur votre poste, puis choisissez-le de nouveau."),
        Refus::Format { annonce, acceptes } => constat(
            annonce.map_or("Ce format de fichier ne peut pas être déposé ici.", format_refuse),
            format!("Formats acceptés\u{a0}: {}.{}", enumerer(acceptes, ", "), annonce.map_or("", conversion)),
        ),
        Refus::TropLourd { max } => trop_lourd(fichier, *max),
        Refus::TropDeFichiers { max: 1 } => constat(
            "Cette catégorie n’admet qu’un seul fichier.",
            "Remplacez le document présent, ou choisissez une autre catégorie.",
        ),
        Refus::TropDeFichiers { max } => constat(
            format!("Cette catégorie n’admet que {max}\u{a0}fichiers."),
            "Remplacez un document présent, ou choisissez une autre catégorie.",
        ),
        Refus::Serveur(probleme) => {
            let dit = problemes::phrase(&Echec::Probleme { probleme: probleme.clone(), attente: None });
            constat(format!("{}.", dit.titre.trim_end_matches('.')), dit.suite)
        }
        Refus::Muet(413) => constat(
            format!("{}, c’est plus que le serveur n’accepte.", octets(fichier.taille)),
            "Réduisez le fichier ou partagez-le en plusieurs, puis déposez-le de nouveau.",
        ),
        Refus::Muet(statut) => constat(
            format!("Le serveur a refusé ce fichier (réponse {statut})."),
            "Rechargez la page, puis déposez-le de nouveau.",
        ),
    }
}

/// A failure that is not the file's fault, with the number of tries when there were several.
pub fn echec(cause: &Cause, essais: u32) -> Constat {
    let apres = |n: u32| if n > 1 { format!(" après {n}\u{a0}essais") } else { String::new() };
    match cause {
        Cause::Reseau => constat(
            format!("La connexion est perdue{}.", apres(essais)),
            "Votre fichier est intact sur votre poste. Vérifiez votre accès à internet, puis réessayez.",
        ),
        Cause::Serveur { reference } => constat(
            format!("Le serveur n’a pas répondu{}.", apres(essais)),
            match reference {
                Some(r) => format!("Votre fichier est intact sur votre poste. Référence de l’incident\u{a0}: {r}."),
                None => "Votre fichier est intact sur votre poste. Réessayez dans quelques minutes.".to_owned(),
            },
        ),
        Cause::Session => constat(
            "Votre session a pris fin.",
            "Connectez-vous de nouveau, puis réessayez\u{a0}: le fichier est conservé.",
        ),
        Cause::Cadence => constat("Trop d’envois en peu de temps.", "Attendez quelques minutes, puis réessayez."),
    }
}

fn trop_lourd(fichier: &Fichier, max: u64) -> Constat {
    let (taille, limite) = (octets(fichier.taille), octets(max));
    // Rounded, a file just over the limit would read as the limit itself.
    let taille = if taille == limite { format!("Un peu plus de {limite}") } else { taille };
    let photo = matches!(Format::du_nom(&fichier.nom), Some(Format::Jpeg | Format::Png | Format::Heic | Format::Tiff));
    let remede = if photo {
        "Réduisez les dimensions de l’image, puis déposez-la de nouveau."
    } else {
        "Numérisez en noir et blanc à 200\u{a0}points par pouce, ou séparez le document en deux."
    };
    constat(format!("{taille}, la limite est de {limite}."), remede)
}

const fn format_refuse(format: Format) -> &'static str {
    match format {
        Format::Pdf => "Un PDF ne peut pas être déposé ici.",
        Format::Jpeg => "Une image JPEG ne peut pas être déposée ici.",
        Format::Png => "Une image PNG ne peut pas être déposée ici.",
        Format::Tiff => "Une image TIFF ne peut pas être déposée ici.",
        Format::Heic => "Une photo HEIC ne peut pas être déposée ici.",
        Format::Docx => "Un document Word ne peut pas être déposé ici.",
        Format::Xlsx => "Un classeur Excel ne peut pas être déposé ici.",
        Format::Odt => "Un document OpenDocument ne peut pas être déposé ici.",
        Format::Ods => "Un tableau OpenDocument ne peut pas être déposé ici.",
    }
}

const fn conversion(format: Format) -> &'static str {
    match format {
        Format::Docx => " Dans Word\u{a0}: Fichier, Enregistrer sous, PDF.",
        Format::Xlsx => " Dans Excel\u{a0}: Fichier, Exporter, PDF.",
        Format::Odt | Format::Ods => " Dans LibreOffice\u{a0}: Fichier, Exporter au format PDF.",
        Format::Tiff | Format::Heic => " Enregistrez l’image en JPEG, puis déposez-la.",
        Format::Pdf | Format::Jpeg | Format::Png => "",
    }
}

/// What a zone accepts: « PDF, JPEG, PNG ou HEIC, 20 Mo au plus ».
pub fn regles(regle: &Regle) -> String {
    let nombre = match regle.places.map(|p| p.max) {
        Some(1) => ", un seul fichier".to_owned(),
        Some(n) => format!(", {n}\u{a0}fichiers au plus"),
        None => String::new(),
    };
    format!("{}, {} au plus{nombre}", enumerer(&regle.formats, " ou "), octets(regle.taille_max))
}

fn enumerer(formats: &[Format], dernier: &str) -> String {
    let noms: Vec<&str> = formats.iter().map(|f| f.libelle()).collect();
    match noms.split_last() {
        Some((fin, debut)) if !debut.is_empty() => format!("{}{dernier}{fin}", debut.join(", ")),
        _ => noms.concat(),
    }
}

/// A number of bytes.
pub fn octets(taille: u64) -> String {
    format::taille(i64::try_from(taille).unwrap_or(i64::MAX))
}

/// A remaining time: « 12 s », « 3 min ».
pub fn duree(secondes: u64) -> String {
    match secondes {
        0..90 => format!("{secondes}\u{a0}s"),
        s => format!("{}\u{a0}min", s.div_ceil(60)),
    }
}

/// The result of a gesture: « 3 fichiers déposés, 1 refusé ».
pub fn bilan(bilan: &Bilan) -> String {
    let compter = |n: usize, un: &str, plusieurs: &str| {
        let n = i64::try_from(n).unwrap_or(i64::MAX);
        (n > 0).then(|| format::pluriel(n, un, plusieurs))
    };
    let deposes =
        compter(bilan.deposes, "fichier déposé", "fichiers déposés").unwrap_or_else(|| "Aucun fichier déposé".into());
    [
        Some(deposes),
        compter(bilan.refuses, "refusé", "refusés"),
        compter(bilan.doublons, "déjà déposé", "déjà déposés"),
        compter(bilan.echecs, "non envoyé", "non envoyés"),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join(", ")
}

/// What was left out of a gesture, when something was.
pub fn avis(systeme: usize, en_trop: usize) -> Option<String> {
    let compter = |n: usize, un: &str, plusieurs: &str| {
        (n > 0).then(|| format!("{}.", format::pluriel(i64::try_from(n).unwrap_or(i64::MAX), un, plusieurs)))
    };
    let dits: Vec<String> = [
        compter(systeme, "fichier du système laissé de côté", "fichiers du système laissés de côté"),
        compter(
            en_trop,
            "fichier non pris\u{a0}: un dépôt en compte 200 au plus",
            "fichiers non pris\u{a0}: un dépôt en compte 200 au plus",
        ),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!dits.is_empty()).then(|| dits.join(" "))
}

/// What the live region says; `delai` is the undo window in seconds.
pub fn annonce(annonce: &Annonce, delai: u32) -> String {
    let fichiers = |n: usize| format::pluriel(i64::try_from(n).unwrap_or(i64::MAX), "fichier", "fichiers");
    match annonce {
        Annonce::Debut { nom } => format!("Envoi de {nom}."),
        Annonce::DebutLot { nombre } => format!("Envoi de {}.", fichiers(*nombre)),
        Annonce::Moitie { nom } => format!("{nom}\u{a0}: 50\u{a0}% envoyés."),
        Annonce::MoitieLot { nombre } => format!("{}\u{a0}: 50\u{a0}% envoyés.", fichiers(*nombre)),
        Annonce::Fin { nom } if delai > 0 => {
            format!("{nom} déposé. Vous avez {} pour annuler.", format::pluriel(delai.into(), "seconde", "secondes"))
        }
        Annonce::Fin { nom } => format!("{nom} déposé et transmis."),
        Annonce::Perte { nom } => format!("Connexion perdue pendant l’envoi de {nom}. L’envoi reprendra seul."),
        Annonce::Retour => "Connexion rétablie, l’envoi reprend.".into(),
        Annonce::Pause { nom } => format!("Envoi de {nom} en pause."),
        Annonce::Reprise { nom } => format!("L’envoi de {nom} reprend."),
        Annonce::Annule { nom } => format!("Envoi de {nom} annulé."),
        Annonce::Bilan(b) => format!("{}.", bilan(b)),
    }
}

#[cfg(test)]
mod tests {
    use domain::document::Format;
    use uuid::Uuid;

    use super::{bilan, refus, regles};
    use crate::model::depot::{Bilan, Fichier, Lieu, Places, Refus, Regle, Zone};

    const MO: u64 = 1024 * 1024;

    fn fichier(nom: &str, taille: u64) -> Fichier {
        Fichier { nom: nom.into(), taille, mime: String::new() }
    }

    #[test]
    fn a_refusal_gives_the_rule_and_the_remedy() {
        let acceptes = vec![Format::Pdf, Format::Jpeg];
        let word = refus(&fichier("a.docx", 1), &Refus::Format { annonce: Some(Format::Docx), acceptes });
        assert_eq!(word.fait, "Un document Word ne peut pas être déposé ici.");
        assert_eq!(word.remede, "Formats acceptés\u{a0}: PDF, JPEG. Dans Word\u{a0}: Fichier, Enregistrer sous, PDF.");
        let max = 20 * MO;
        assert_eq!(
            refus(&fichier("a.pdf", 314 * MO / 10), &Refus::TropLourd { max }).fait,
            "31,4\u{a0}Mo, la limite est de 20\u{a0}Mo."
        );
        let juste = refus(&fichier("a.pdf", max + 1), &Refus::TropLourd { max });
        assert_eq!(juste.fait, "Un peu plus de 20\u{a0}Mo, la limite est de 20\u{a0}Mo.");
    }

    #[test]
    fn a_zone_says_what_it_accepts() {
        let formats = vec![Format::Pdf, Format::Jpeg, Format::Png, Format::Heic];
        let mut regle = Regle { formats, taille_max: 20 * MO, places: None };
        assert_eq!(regles(&regle), "PDF, JPEG, PNG ou HEIC, 20\u{a0}Mo au plus");
        regle.formats.truncate(1);
        regle.places = Some(Places { max: 1, libres: 0 });
        assert_eq!(regles(&regle), "PDF, 20\u{a0}Mo au plus, un seul fichier");
    }

    #[test]
    fn a_gesture_is_summed_up() {
        let zone = Zone { dossier: Uuid::nil(), lieu: Lieu::Opco };
        let tout = Bilan { lot: 1, zone, deposes: 3, refuses: 1, echecs: 0, doublons: 0, premier: None };
        assert_eq!(bilan(&tout), "3\u{a0}fichiers déposés, 1\u{a0}refusé");
        assert_eq!(
            bilan(&Bilan { deposes: 0, refuses: 0, doublons: 2, ..tout }),
            "Aucun fichier déposé, 2\u{a0}déjà déposés"
        );
    }
}
