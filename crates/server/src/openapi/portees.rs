//! The action of each operation that API clients may call, and thereby its scope.
//!
//! `authz_coverage` tries each with a token that lacks it, and each other operation with a token
//! that holds them all: a line that lies, or is missing, fails.

use domain::Scope;
use domain::permit::Action;
use domain::policy as p;

/// The scope that an operation asks of an API client; `None` for people alone.
pub(super) fn scope(operation: &str) -> Option<Scope> {
    const fn de<A: Action>() -> Option<Scope> {
        A::SCOPE
    }
    match operation {
        "lister_dossiers" => de::<p::ListerDossiers>(),
        "lister_dispositifs" => de::<p::VoirReferentiel>(),
        "lire_dossier" | "lister_inscriptions" | "lister_reglements" => de::<p::LireDossier>(),
        "suivre_evenements" => de::<p::SuivreEvenements>(),
        "lister_pieces" | "lister_documents_opco" | "telecharger_documents" => de::<p::ListerDocuments>(),
        "lire_document" | "telecharger_document" | "apercu_document" | "telecharger_recu" | "lister_versions" => {
            de::<p::LireDocument>()
        }
        "deposer_document" => de::<p::Deposer>(),
        "remplacer_document" => de::<p::Remplacer>(),
        "annuler_depot" => de::<p::AnnulerDepot>(),
        "referencer_dossier" => de::<p::Referencer>(),
        "creer_televersement" => de::<p::Televerser>(),
        "lister_televersements" => de::<p::ListerTeleversements>(),
        "lire_televersement"
        | "suivre_televersement"
        | "poursuivre_televersement"
        | "abandonner_televersement"
        | "deposer_televersement" => de::<p::Poursuivre>(),
        "executer_lot" => de::<p::ExecuterLot>(),
        "lister_messages" => de::<p::ListerMessages>(),
        "lire_fil" => de::<p::LireFil>(),
        "envoyer_message" => de::<p::Ecrire>(),
        "marquer_message" => de::<p::MarquerMessage>(),
        "lister_types_evenements" => de::<p::VoirTypesEvenements>(),
        "lister_webhooks" | "creer_webhook" => de::<p::GererWebhooks>(),
        "lire_webhook"
        | "modifier_webhook"
        | "supprimer_webhook"
        | "changer_secret_webhook"
        | "suspendre_webhook"
        | "reprendre_webhook"
        | "essayer_webhook"
        | "lister_livraisons"
        | "lire_livraison"
        | "rejouer_livraison"
        | "rejouer_livraisons" => de::<p::GererWebhook>(),
        _ => None,
    }
}
