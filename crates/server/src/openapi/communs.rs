//! What every operation of a kind has in common: said once, among the components, and referred to.

use crate::depreciation::Depreciation;
use crate::openapi::CLAIRSEMEES;
use crate::routes;
use serde_json::{Value, json};
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::{Components, Content, Deprecated, OpenApi, Ref, RefOr, Response, ResponseBuilder};

/// The kinds of operation that share something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Methode {
    Get,
    Post,
    Put,
    Delete,
}

/// Adds to the document, and to each of its operations, what they have in common.
pub(super) fn ajouter(document: &mut OpenApi) {
    declarer(document.components.get_or_insert_default());
    for (modele, chemin) in &mut document.paths.paths {
        for (methode, operation) in operations(chemin) {
            completer(methode, operation);
            if Depreciation::de(routes::DEPRECIEES, methode.nom(), modele).is_some() {
                operation.deprecated = Some(Deprecated::True);
            }
        }
    }
}

impl Methode {
    const fn nom(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

fn operations(chemin: &mut PathItem) -> impl Iterator<Item = (Methode, &mut Operation)> {
    let PathItem { get, post, put, delete, .. } = chemin;
    [(Methode::Get, get), (Methode::Post, post), (Methode::Put, put), (Methode::Delete, delete)]
        .into_iter()
        .filter_map(|(methode, operation)| Some((methode, operation.as_mut()?)))
}

fn completer(methode: Methode, operation: &mut Operation) {
    if methode == Methode::Get && rend(operation, "application/json") {
        parametre(operation, "IfNoneMatch");
        entete(operation, "ETag");
        let inchange = Response::new("Inchangé depuis la réponse qui portait cet ETag.");
        operation.responses.responses.insert("304".to_owned(), RefOr::T(inchange));
    }
    if operation.responses.responses.contains_key("304") {
        entete(operation, "ETag");
    }
    if operation.responses.responses.contains_key("428") {
        parametre(operation, "IfMatch");
        entete(operation, "ETag");
    }
    if methode != Methode::Get && operation.request_body.is_some() {
        parametre(operation, "ContentDigest");
    }
    if operation.responses.responses.contains_key("206") {
        entete(operation, "Repr-Digest");
    }
    for statut in ["200", "201", "202", "204"] {
        entete_de(operation, statut, "RateLimit-Policy");
        entete_de(operation, statut, "RateLimit");
    }
    let trop = RefOr::Ref(Ref::new("#/components/responses/TropDeRequetes"));
    operation.responses.responses.insert("429".to_owned(), trop);
    if operation.operation_id.as_deref().is_some_and(|id| CLAIRSEMEES.contains(&id)) {
        parametre(operation, "Fields");
    }
    for parametre in operation.parameters.iter_mut().flatten() {
        if let RefOr::T(p) = &*parametre
            && let Some((nom, _, _)) = NOMMES.iter().find(|(_, nom, _)| *nom == p.name)
        {
            *parametre = RefOr::Ref(Ref::new(format!("#/components/parameters/{nom}")));
        }
    }
    if prend(operation, "curseur") {
        entete(operation, "Link");
    }
    let protegee = operation.security.as_ref().is_some_and(|s| !s.is_empty());
    if methode == Methode::Post {
        parametre(operation, "IdempotencyKey");
        entete(operation, "Idempotency-Replayed");
    }
    if methode != Methode::Get && protegee {
        parametre(operation, "Simulation");
        entete(operation, "Simulation");
    }
}

/// Whether the operation has a parameter of its own.
fn prend(operation: &Operation, nom: &str) -> bool {
    operation.parameters.iter().flatten().any(|p| matches!(p, RefOr::T(p) if p.name == nom))
}

/// Whether a success of the operation is of a media type.
fn rend(operation: &Operation, media_type: &str) -> bool {
    operation.responses.responses.iter().any(|(statut, reponse)| match reponse {
        RefOr::T(reponse) => statut.starts_with('2') && reponse.content.contains_key(media_type),
        RefOr::Ref(_) => false,
    })
}

fn parametre(operation: &mut Operation, nom: &str) {
    let parametres = operation.parameters.get_or_insert_default();
    parametres.push(RefOr::Ref(Ref::new(format!("#/components/parameters/{nom}"))));
}

/// Announces a header on every success.
fn entete(operation: &mut Operation, nom: &str) {
    let succes: Vec<String> =
        operation.responses.responses.keys().filter(|statut| statut.starts_with('2')).cloned().collect();
    for statut in succes {
        entete_de(operation, &statut, nom);
    }
}

/// Announces a header on the answers of a status.
fn entete_de(operation: &mut Operation, statut: &str, nom: &str) {
    if let Some(RefOr::T(reponse)) = operation.responses.responses.get_mut(statut) {
        reponse.headers.insert(nom.to_owned(), ref_entete(nom));
    }
}

fn ref_entete<T>(nom: &str) -> RefOr<T> {
    RefOr::Ref(Ref::new(format!("#/components/headers/{nom}")))
}

/// What a path names by our identifier or by the caller's own.
const NOMMES: [(&str, &str, &str); 3] = [
    ("DossierId", "dossier_id", "Le dossier"),
    ("DocumentId", "document_id", "Le document"),
    ("MessageId", "message_id", "Le message"),
];

fn nomme(nom: &str, quoi: &str) -> Value {
    json!({
        "name": nom, "in": "path", "required": true,
        "description": format!("{quoi} : son identifiant, ou « ref: » et votre reference_externe."),
        "schema": { "oneOf": [
            { "type": "string", "format": "uuid" },
            { "type": "string", "pattern": "^ref:[A-Za-z0-9._:@+~-]{1,100}$" }
        ] }
    })
}

fn declarer(composants: &mut Components) {
    for (composant, nom, quoi) in NOMMES {
        if let Ok(parametre) = serde_json::from_value(nomme(nom, quoi)) {
            composants.parameters.insert(composant.to_owned(), RefOr::T(parametre));
        }
    }
    for (nom, valeur) in parametres() {
        if let Ok(parametre) = serde_json::from_value(valeur) {
            composants.parameters.insert(nom.to_owned(), RefOr::T(parametre));
        }
    }
    let probleme = Content::new(Some(Ref::from_schema_name("Problem")));
    let mut trop = ResponseBuilder::new()
        .description("Trop de requêtes ; voir Retry-After.")
        .content("application/problem+json", probleme)
        .build();
    for nom in ["Retry-After", "RateLimit-Policy", "RateLimit"] {
        trop.headers.insert(nom.to_owned(), ref_entete(nom));
    }
    composants.responses.insert("TropDeRequetes".to_owned(), RefOr::T(trop));
    for (nom, description, schema) in entetes() {
        if let Ok(entete) = serde_json::from_value(json!({ "description": description, "schema": schema })) {
            composants.headers.insert(nom.to_owned(), RefOr::T(entete));
        }
    }
}

fn parametres() -> [(&'static str, Value); 6] {
    [
        (
            "Fields",
            json!({
                "name": "fields", "in": "query", "required": false, "style": "form", "explode": false,
                "description": "Les champs voulus, séparés par des virgules ; ceux de chaque élément pour une liste. Un champ inconnu est refusé, avec la liste des connus.",
                "schema": { "type": "array", "items": { "type": "string" } }
            }),
        ),
        (
            "ContentDigest",
            json!({
                "name": "Content-Digest", "in": "header", "required": false,
                "description": "L’empreinte du corps (RFC 9530), sha-256 ou sha-512 : vérifiée pendant la lecture, 400 si elle diffère. La partie d’un fichier peut porter la sienne.",
                "schema": { "type": "string" }
            }),
        ),
        (
            "IfNoneMatch",
            json!({
                "name": "If-None-Match", "in": "header", "required": false,
                "description": "L’ETag d’une réponse que vous tenez : 304 et aucun contenu si elle n’a pas changé.",
                "schema": { "type": "string" }
            }),
        ),
        (
            "IfMatch",
            json!({
                "name": "If-Match", "in": "header", "required": true,
                "description": "L’ETag de la version que vous avez lue (membre « etag ») : 412 si elle a changé depuis.",
                "schema": { "type": "string", "minLength": 1 }
            }),
        ),
        (
            "IdempotencyKey",
            json!({
                "name": "Idempotency-Key", "in": "header", "required": false,
                "description": "Une clé propre à la requête, comme un UUID : renvoyée sous la même clé dans les 24 heures, la même requête reçoit la même réponse et n’a pas d’autre effet.",
                "schema": { "type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$" }
            }),
        ),
        (
            "Simulation",
            json!({
                "name": "simulation", "in": "query", "required": false,
                "description": "« true » répond ce qui se passerait, et n’en garde rien.",
                "schema": { "type": "boolean" }
            }),
        ),
    ]
}

fn entetes() -> [(&'static str, &'static str, Value); 8] {
    [
        (
            "Link",
            "L’adresse de la page suivante, « rel=\"next\" » (RFC 8288) ; absent de la dernière.",
            json!({ "type": "string" }),
        ),
        ("Retry-After", "Secondes à attendre.", json!({ "type": "integer", "minimum": 1 })),
        (
            "RateLimit-Policy",
            "Le quota de l’appelant : « q » requêtes par fenêtre de « w » secondes (draft-ietf-httpapi-ratelimit-headers-10).",
            json!({ "type": "string" }),
        ),
        (
            "RateLimit",
            "Ce qu’il en reste : « r » requêtes tout de suite, toutes de nouveau dans « t » secondes.",
            json!({ "type": "string" }),
        ),
        (
            "Repr-Digest",
            "Le SHA-256 du fichier entier (RFC 9530), même quand une plage est envoyée.",
            json!({ "type": "string" }),
        ),
        ("ETag", "Le validateur de la réponse (RFC 9110).", json!({ "type": "string" })),
        (
            "Idempotency-Replayed",
            "« true » quand la réponse est celle d’une requête antérieure de même clé.",
            json!({ "type": "string", "enum": ["true"] }),
        ),
        (
            "Simulation",
            "« true » quand rien de ce qui est répondu n’a été gardé.",
            json!({ "type": "string", "enum": ["true"] }),
        ),
    ]
}
