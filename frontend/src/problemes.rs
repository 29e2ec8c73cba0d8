//! What each failure is called in French, and what to do about it.

use api_types::ProblemCode;

use crate::api::echec::Echec;
use crate::format;

/// A failure in words.
#[derive(Debug, Clone, PartialEq)]
pub struct Phrase {
    /// What happened.
    pub titre: String,
    /// What to do.
    pub suite: String,
    /// The reference to quote to the assistance.
    pub reference: Option<String>,
}

/// A failure in words.
pub fn phrase(echec: &Echec) -> Phrase {
    let dire = |titre: &str, suite: &str| Phrase { titre: titre.into(), suite: suite.into(), reference: None };
    match echec {
        Echec::Reseau => dire(
            "La connexion est coupée",
            "Vérifiez votre accès à internet, puis recommencez\u{a0}: ce que vous avez saisi est conservé.",
        ),
        Echec::Illisible(_) => dire(
            "La réponse n’a pas été comprise",
            "Réessayez. Si cela persiste, rechargez la page ou appelez l’assistance.",
        ),
        Echec::Probleme { probleme, attente } => {
            let detail = probleme.detail.clone().filter(|d| !d.trim().is_empty());
            let suite = match (probleme.code, attente) {
                (ProblemCode::TropDeRequetes, Some(secondes)) => {
                    format!("Réessayez dans {}.", format::attente(*secondes))
                }
                (code, _) => detail.unwrap_or_else(|| conseil(code).to_owned()),
            };
            let reference = probleme.instance.clone().filter(|_| probleme.status >= 500);
            Phrase { titre: titre(probleme.code).into(), suite, reference }
        }
    }
}

/// A failure, where the page tries again by itself when the network is back.
pub fn phrase_reprise(echec: &Echec) -> Phrase {
    let mut phrase = phrase(echec);
    if *echec == Echec::Reseau {
        phrase.suite =
            "Vérifiez votre accès à internet\u{a0}: la page se remettra à jour seule. Ce que vous avez saisi est conservé."
                .into();
    }
    phrase
}

/// What happened.
fn titre(code: ProblemCode) -> &'static str {
    match code {
        ProblemCode::NonConnecte => "Votre session a pris fin",
        ProblemCode::OrigineRefusee => "La demande a été refusée par sécurité",
        ProblemCode::TropVolumineux => "C’est trop volumineux",
        ProblemCode::TropDeRequetes => "Trop d’essais en peu de temps",
        ProblemCode::VersionPerimee => "Quelqu’un l’a changé entre-temps",
        ProblemCode::CleEnCours => "L’envoi est déjà en cours",
        ProblemCode::CleInvalide | ProblemCode::CleReutilisee | ProblemCode::PreconditionManquante => {
            "La demande n’a pas pu être envoyée"
        }
        ProblemCode::EcartTeleversement => "L’envoi a été interrompu",
        ProblemCode::EmpreinteFausse | ProblemCode::EmpreinteDifferente => "Le fichier a été altéré en chemin",
        ProblemCode::RequeteIllisible | ProblemCode::MethodeInconnue => "Cette page n’est plus à jour",
        code => code.title(),
    }
}

/// What to do, when the server says nothing more precise.
const fn conseil(code: ProblemCode) -> &'static str {
    match code {
        ProblemCode::RequeteIllisible
        | ProblemCode::MethodeInconnue
        | ProblemCode::TypeDeCorpsRefuse
        | ProblemCode::VersionTus => "Rechargez la page\u{a0}: une version plus récente est peut-être en ligne.",
        ProblemCode::VersionPerimee => {
            "Gardez une copie de ce que vous avez écrit, rechargez la page, puis recommencez."
        }
        ProblemCode::EmpreinteDifferente => "Réessayez.",
        ProblemCode::ReferencePrise => "Donnez une autre référence.",
        ProblemCode::CleEnCours => "Attendez un instant, puis réessayez.",
        ProblemCode::NonConnecte | ProblemCode::JetonInvalide => {
            "Connectez-vous de nouveau\u{a0}: vous reviendrez à cette page."
        }
        ProblemCode::IdentifiantsIncorrects => "Vérifiez l’adresse et le mot de passe, majuscules comprises.",
        ProblemCode::OrigineRefusee
        | ProblemCode::CleInvalide
        | ProblemCode::CleReutilisee
        | ProblemCode::PreconditionManquante => "Rechargez la page, puis recommencez.",
        ProblemCode::Interdit => "Votre rôle ne le permet pas. L’administrateur de votre entreprise peut le changer.",
        ProblemCode::PorteeInsuffisante | ProblemCode::ReserveAuxPersonnes => {
            "Cette action n’est pas ouverte à cet accès. Connectez-vous avec votre compte."
        }
        ProblemCode::Absent => "Ce que vous cherchez n’existe pas, ou ne vous est pas ouvert.",
        ProblemCode::DocumentEnDouble => "Ce fichier est déjà dans le dossier. Gardez-le, ou déposez-le quand même.",
        ProblemCode::AnnulationTropTardive => {
            "Le document est déjà transmis. Remplacez-le, ou écrivez à votre gestionnaire."
        }
        ProblemCode::EtatIncompatible => {
            "Le dossier a avancé depuis. Relisez-le, puis recommencez si c’est encore utile."
        }
        ProblemCode::DernierAdministrateur => "Donnez d’abord ce rôle à une autre personne.",
        ProblemCode::PieceComplete => "Retirez ou remplacez un document de cette catégorie.",
        ProblemCode::EcartTeleversement | ProblemCode::EmpreinteFausse => "Réessayez\u{a0}: l’envoi reprendra.",
        ProblemCode::TropDeTeleversements => "Terminez ou retirez des envois commencés, puis recommencez.",
        ProblemCode::SecretDejaDonne => "Rechargez la page, puis demandez un autre secret.",
        ProblemCode::TeleversementClos => "Retirez ce fichier de la liste, puis déposez-le de nouveau.",
        ProblemCode::TropVolumineux => "Réduisez le fichier ou partagez-le en plusieurs, puis recommencez.",
        ProblemCode::FormatRefuse => "Enregistrez le document dans l’un des formats acceptés, puis recommencez.",
        ProblemCode::FichierVide => "Vérifiez le fichier sur votre appareil, puis choisissez-le de nouveau.",
        ProblemCode::FichierTronque => "La fin du fichier manque\u{a0}: enregistrez-le de nouveau, puis recommencez.",
        ProblemCode::FichierAmbigu => "Imprimez le document en PDF, puis déposez ce PDF.",
        ProblemCode::ChampsInvalides => "Corrigez les champs signalés, puis envoyez de nouveau.",
        ProblemCode::LienInvalide => "Demandez un nouveau lien.",
        ProblemCode::TropDeRequetes => "Attendez quelques minutes, puis réessayez.",
        ProblemCode::PlageInvalide => "Téléchargez le fichier depuis le début.",
        ProblemCode::ServiceIndisponible => "Réessayez dans quelques instants. Ce que vous avez saisi est conservé.",
        ProblemCode::ErreurInterne => "Réessayez. Si cela persiste, donnez la référence à l’assistance.",
    }
}

#[cfg(test)]
mod tests {
    use api_types::{Problem, ProblemCode};

    use super::{phrase, phrase_reprise};
    use crate::api::echec::Echec;

    fn probleme(code: ProblemCode, detail: Option<&str>, attente: Option<u32>) -> Echec {
        let probleme = Problem {
            type_uri: String::new(),
            title: code.title().into(),
            status: code.status(),
            code,
            detail: detail.map(str::to_owned),
            instance: Some("urn:x".into()),
            errors: Vec::new(),
            document: None,
        };
        Echec::Probleme { probleme: Box::new(probleme), attente }
    }

    #[test]
    fn the_server_s_own_words_come_first() {
        let dite =
            phrase(&probleme(ProblemCode::TropVolumineux, Some("31,4\u{a0}Mo, la limite est de 20\u{a0}Mo."), None));
        assert_eq!(dite.suite, "31,4\u{a0}Mo, la limite est de 20\u{a0}Mo.");
        assert_eq!(dite.reference, None);
    }

    #[test]
    fn a_wait_is_told_and_a_fault_of_ours_has_a_reference() {
        assert_eq!(
            phrase(&probleme(ProblemCode::TropDeRequetes, None, Some(900))).suite,
            "Réessayez dans 15\u{a0}minutes."
        );
        assert_eq!(phrase(&probleme(ProblemCode::ErreurInterne, None, None)).reference.as_deref(), Some("urn:x"));
        assert_ne!(phrase(&Echec::Reseau).titre, phrase(&Echec::Illisible(502)).titre);
    }

    #[test]
    fn only_what_is_tried_again_by_itself_promises_it() {
        assert!(!phrase(&Echec::Reseau).suite.contains("seule"));
        assert!(phrase_reprise(&Echec::Reseau).suite.contains("seule"));
        assert_eq!(phrase_reprise(&Echec::Illisible(502)), phrase(&Echec::Illisible(502)));
    }
}
