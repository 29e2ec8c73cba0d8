//! The OpenAPI document: its frame here, its operations from the table of routes.

mod communs;
mod elagage;
mod enumerations;
mod limites;
mod portees;
mod webhooks;

use domain::Scope;
use domain::code::Code as _;
use domain::mode::Mode;
use utoipa::openapi::path::Operation;
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, ClientCredentials, Flow, Http, HttpAuthScheme, OAuth2, Scopes, SecurityRequirement,
    SecurityScheme,
};
use utoipa::openapi::tag::{Tag, TagBuilder};
use utoipa::openapi::{OpenApi, PathItem};
use utoipa::{Modify, OpenApi as _};
use utoipa_actix_web::AppExt as _;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::extract::COOKIE;
use crate::routes;

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "eGestion",
        description = "Suivre les dossiers de formation, déposer leurs pièces, échanger avec l’OPCO.\n\nDates ISO 8601, instants RFC 3339 en UTC, montants en centimes d’euro, tailles en octets. Toute erreur est un problème RFC 9457 (`application/problem+json`) au code stable.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    servers((url = "/", description = "Le serveur qui donne ce document.")),
    tags(
        (name = "comptes", description = "Comptes, sessions, mots de passe."),
        (name = "membres", description = "Personnes d’une entreprise : rôles, établissements, invitations."),
        (name = "portail", description = "Portail de services et accueil."),
        (name = "dossiers", description = "Dossiers de formation."),
        (name = "documents", description = "Pièces, dépôts, versions, reçus."),
        (name = "televersements", description = "Envois reprenables : protocole tus 1.0.0, avec creation, creation-with-upload, termination, expiration, checksum. Le dépôt à leur fin est celui d’un formulaire."),
        (name = "messages", description = "Échanges entre l’adhérent et son gestionnaire."),
        (name = "lots", description = "Plusieurs actes en une requête."),
        (name = "clients_api", description = "Accès API d’une entreprise : clients, secrets, clés, usage."),
        (name = "oauth", description = "OAuth 2 : jetons, clés, métadonnées."),
        (name = "travail", description = "File de travail du gestionnaire, fil des évènements."),
        (name = "webhooks", description = "Abonnements aux évènements, envoyés selon Standard Webhooks : signés, réessayés, rejouables. L’ordre n’est pas garanti."),
    ),
    // Beside what bodies bring: problems, and what parameters alone refer to.
    components(schemas(
        api_types::Problem, api_types::oauth::ErreurOAuth, domain::dossier::Situation, domain::dossier::Tri,
        domain::dossier::Vue, domain::webhook::StatutLivraison, api_types::webhooks::WebhookMessage,
        api_types::webhooks::WebhookDonnees, api_types::webhooks::WebhookLiens
    )),
    modifiers(&Cadre)
)]
struct Document;

struct Cadre;

impl Modify for Cadre {
    fn modify(&self, document: &mut OpenApi) {
        let cookie = SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new(COOKIE)));
        let scopes = Scope::TOUS.iter().map(|s| (s.code(), s.description())).collect::<Scopes>();
        let flux = Flow::ClientCredentials(ClientCredentials::new("/oauth/token", scopes));
        let composants = document.components.get_or_insert_default();
        composants.add_security_scheme("session", cookie);
        composants.add_security_scheme("oauth2", SecurityScheme::OAuth2(OAuth2::new([flux])));
        composants.add_security_scheme("client", SecurityScheme::Http(Http::new(HttpAuthScheme::Basic)));
        document.webhooks = Some(webhooks::section());
    }
}

/// Operations that give only the fields asked for: dossiers, documents, messages, one or a list.
pub const CLAIRSEMEES: [&str; 7] = [
    "lire_dossier",
    "lister_dossiers",
    "lire_document",
    "lister_documents_opco",
    "lister_versions",
    "lire_fil",
    "lister_messages",
];

/// The frame of the document, to which the routes add their operations.
pub fn cadre() -> OpenApi {
    Document::openapi()
}

/// The whole document of a mode.
pub fn document(mode: Mode) -> OpenApi {
    let mut cadre = cadre();
    if mode == Mode::BacASable {
        cadre.tags.get_or_insert_default().push(etiquette());
    }
    completer(cadre, |cfg| routes::du_mode(mode, cfg))
}

/// The document of what is served: where the data are real, as it is committed. To make it anew at each start takes time,
/// and memory that is not given back.
pub fn servi(mode: Mode) -> serde_json::Result<serde_json::Value> {
    match mode {
        Mode::Reel => serde_json::from_str(include_str!("../../../openapi/openapi.json")),
        Mode::BacASable => serde_json::to_value(document(mode)),
    }
}

/// The operations of a sandbox alone.
pub fn document_du_bac() -> OpenApi {
    let mut cadre = cadre();
    cadre.tags = Some(vec![etiquette()]);
    cadre.webhooks = None;
    let mut document = completer(cadre, |cfg| routes::bac(cfg));
    elagage::elaguer(&mut document);
    document
}

fn completer(cadre: OpenApi, routes: impl FnOnce(&mut ServiceConfig<'_>)) -> OpenApi {
    let mut document = actix_web::App::new().into_utoipa_app().openapi(cadre).configure(routes).split_for_parts().1;
    for operation in operations(&mut document) {
        let scope = operation.operation_id.as_deref().and_then(portees::scope);
        if let (Some(scope), Some(exigences)) = (scope, &mut operation.security) {
            exigences.push(SecurityRequirement::new("oauth2", [scope.code()]));
        }
    }
    communs::ajouter(&mut document);
    enumerations::ajouter(&mut document);
    limites::ajouter(document.components.get_or_insert_default());
    for operation in operations(&mut document) {
        limites::borner_recherche(operation);
        // An operation open to all says so.
        operation.security.get_or_insert_with(|| vec![SecurityRequirement::default()]);
    }
    document
}

fn operations(document: &mut OpenApi) -> impl Iterator<Item = &mut Operation> {
    document.paths.paths.values_mut().flat_map(|chemin| {
        let PathItem { get, head, post, put, patch, delete, options, .. } = chemin;
        [get, head, post, put, patch, delete, options].into_iter().flatten()
    })
}

fn etiquette() -> Tag {
    TagBuilder::new()
        .name("bac-a-sable")
        .description(Some(
            "Entreprises fictives, actes forcés, pannes, horloge. Ces opérations n’existent que dans un bac à sable ; ailleurs : 404. Toute réponse d’un bac à sable porte `Bac-A-Sable: donnees-fictives`. Toute requête de l’API peut y demander une panne par l’en-tête `Bac-A-Sable` : `429`, `500`, `503` (rien n’est fait), `lent=3s`, `reponse-perdue` (l’acte est fait, et 500 est répondu).",
        ))
        .build()
}

/// The whole document as it is committed: JSON, indented, with a final line break.
pub fn json() -> String {
    indente(&document(Mode::Reel))
}

/// The operations of a sandbox as they are committed.
pub fn json_du_bac() -> String {
    indente(&document_du_bac())
}

fn indente(document: &OpenApi) -> String {
    document.to_pretty_json().map(|t| t + "\n").unwrap_or_default()
}
