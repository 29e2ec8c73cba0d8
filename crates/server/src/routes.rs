//! The table of routes: the server serves what is in it, and the OpenAPI document describes the same.

use actix_web::dev::HttpServiceFactory;
use domain::mode::Mode;
use utoipa_actix_web::{OpenApiFactory, service_config};

use crate::depreciation::Depreciation;
use crate::handlers::{
    bac_a_sable, clients_api, comptes, documents, dossiers, lots, membres, messages, oauth, portail, televersements,
    travail, webhooks,
};

/// The operations that will go; see `docs/api/versions.md` for how long before.
pub const DEPRECIEES: &[Depreciation] = &[];

/// What the table is read into.
pub trait Registre {
    /// Takes one operation.
    fn service(&mut self, operation: impl HttpServiceFactory + OpenApiFactory + 'static) -> &mut Self;
}

/// The server: each of its threads serves the operations, and describes nothing.
impl Registre for actix_web::web::ServiceConfig {
    fn service(&mut self, operation: impl HttpServiceFactory + OpenApiFactory + 'static) -> &mut Self {
        self.service(operation)
    }
}

/// The document.
impl Registre for service_config::ServiceConfig<'_> {
    fn service(&mut self, operation: impl HttpServiceFactory + OpenApiFactory + 'static) -> &mut Self {
        self.service(operation)
    }
}

/// Every operation that is served in a mode: those of a sandbox have no address elsewhere.
pub fn du_mode(mode: Mode, cfg: &mut impl Registre) {
    api(cfg);
    match mode {
        Mode::Reel => {}
        Mode::BacASable => bac(cfg),
    }
}

/// The operations of a sandbox.
pub fn bac(cfg: &mut impl Registre) {
    cfg.service(bac_a_sable::entreprise::creer)
        .service(bac_a_sable::entreprise::remettre_a_zero)
        .service(bac_a_sable::webhook::perturber)
        .service(bac_a_sable::etat::changer)
        .service(bac_a_sable::reglement::recevoir)
        .service(bac_a_sable::opco::message)
        .service(bac_a_sable::opco::document)
        .service(bac_a_sable::opco::demande_piece)
        .service(bac_a_sable::horloge::lire)
        .service(bac_a_sable::horloge::avancer);
}

/// Every operation of the API. One that is not here is neither served nor documented.
pub fn api(cfg: &mut impl Registre) {
    // In the order in which an address is looked for: what is asked for most comes first.
    cfg.service(dossiers::lister::lister)
        .service(dossiers::lister::dispositifs)
        .service(dossiers::lire::lire)
        .service(dossiers::referencer::referencer)
        .service(dossiers::lire::inscriptions)
        .service(dossiers::lire::reglements);
    cfg.service(portail::configuration::lire)
        .service(comptes::creer::creer)
        .service(comptes::creer::confirmer)
        .service(comptes::session::ouvrir)
        .service(comptes::session::lire)
        .service(comptes::session::fermer)
        .service(comptes::sessions::lister)
        .service(comptes::sessions::terminer)
        .service(comptes::sessions::terminer_autres)
        .service(comptes::identite::corriger)
        .service(comptes::mot_de_passe::changer)
        .service(comptes::mot_de_passe::oublier)
        .service(comptes::mot_de_passe::reinitialiser)
        .service(comptes::mot_de_passe::evaluer)
        .service(membres::accepter::lire)
        .service(membres::accepter::accepter)
        .service(membres::accepter::rattacher)
        .service(portail::lire::portail)
        .service(portail::lire::service)
        .service(portail::favoris::choisir)
        .service(portail::accueil::lire)
        .service(portail::guides::lister)
        .service(portail::guides::fichier);
    cfg.service(documents::lister::pieces)
        .service(documents::lister::documents_opco)
        .service(documents::deposer::deposer)
        .service(documents::deposer::deposer_opco)
        .service(documents::telecharger::archive)
        .service(documents::demander::demander)
        .service(documents::demander::modifier)
        .service(documents::demander::retirer)
        .service(documents::lister::versions)
        .service(documents::lister::lire)
        .service(documents::telecharger::fichier)
        .service(documents::telecharger::apercu)
        .service(documents::telecharger::recu)
        .service(documents::annuler::annuler)
        .service(documents::deposer::remplacer)
        .service(documents::examiner::examiner)
        .service(televersements::decrire::decrire)
        .service(televersements::lister::lister)
        .service(televersements::creer::creer)
        .service(televersements::suivre::suivre)
        .service(televersements::poursuivre::poursuivre)
        .service(televersements::abandonner::abandonner)
        .service(televersements::lire::lire)
        .service(televersements::deposer::deposer)
        .service(messages::lire::lire)
        .service(messages::envoyer::envoyer)
        .service(messages::marquer::marquer)
        .service(messages::lister::lister)
        .service(lots::executer::executer)
        .service(travail::lire::lire)
        .service(travail::traiter::traiter)
        .service(travail::suivre::suivre);
    cfg.service(webhooks::types::lister)
        .service(webhooks::creer::lister)
        .service(webhooks::creer::creer)
        .service(webhooks::lire::lire)
        .service(webhooks::modifier::modifier)
        .service(webhooks::modifier::supprimer)
        .service(webhooks::secret::changer)
        .service(webhooks::etat::suspendre)
        .service(webhooks::etat::reprendre)
        .service(webhooks::essayer::essayer)
        .service(webhooks::livraisons::lister)
        .service(webhooks::livraisons::lire)
        .service(webhooks::rejouer::une)
        .service(webhooks::rejouer::toutes);
    cfg.service(membres::lire::lister)
        .service(membres::lire::lire)
        .service(membres::regler::regler)
        .service(membres::inviter::lister)
        .service(membres::inviter::inviter)
        .service(membres::inviter::retirer);
    cfg.service(clients_api::lire::lister)
        .service(clients_api::creer::creer)
        .service(clients_api::lire::lire)
        .service(clients_api::modifier::modifier)
        .service(clients_api::modifier::revoquer)
        .service(clients_api::secrets::renouveler)
        .service(clients_api::secrets::terminer)
        .service(clients_api::cles::ajouter)
        .service(clients_api::cles::retirer)
        .service(oauth::emettre::emettre)
        .service(oauth::revoquer::revoquer)
        .service(oauth::introspecter::introspecter)
        .service(oauth::metadonnees::jwks)
        .service(oauth::metadonnees::serveur)
        .service(oauth::metadonnees::ressource);
}
