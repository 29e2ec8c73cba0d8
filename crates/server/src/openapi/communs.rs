//! What every operation of a kind has in common: said once, among the components, and referred to.

mod composants;

use composants::{NOMMES, declarer};
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::{Deprecated, OpenApi, Ref, RefOr, Response};

use crate::depreciation::Depreciation;
use crate::openapi::CLAIRSEMEES;
use crate::routes;

/// The kinds of operation that share something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Methode {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

/// Adds to the document, and to each of its operations, what they have in common.
pub(super) fn ajouter(document: &mut OpenApi) {
    declarer(document.components.get_or_insert_default());
    for (modele, chemin) in &mut document.paths.paths {
        for (methode, operation) in operations(chemin) {
            if modele.starts_with("/api/") {
                completer(methode, operation);
            } else if modele.starts_with("/oauth/") {
                quotas(operation);
            }
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
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

fn operations(chemin: &mut PathItem) -> impl Iterator<Item = (Methode, &mut Operation)> {
    let PathItem { get, post, put, patch, delete, .. } = chemin;
    let tous = [
        (Methode::Get, get),
        (Methode::Post, post),
        (Methode::Put, put),
        (Methode::Patch, patch),
        (Methode::Delete, delete),
    ];
    tous.into_iter().filter_map(|(methode, operation)| Some((methode, operation.as_mut()?)))
}

fn completer(methode: Methode, operation: &mut Operation) {
    conditions(methode, operation);
    if methode != Methode::Get && operation.request_body.is_some() {
        parametre(operation, "ContentDigest");
    }
    if repond(operation, "206") {
        entete(operation, "Repr-Digest");
    }
    quotas(operation);
    lectures(operation);
    ecritures(methode, operation);
}

/// Validators: what has not changed is not sent again, what has changed is not overwritten.
fn conditions(methode: Methode, operation: &mut Operation) {
    if methode == Methode::Get && rend(operation, "application/json") {
        parametre(operation, "IfNoneMatch");
        let inchange = Response::new("Inchangé depuis la réponse qui portait cet ETag.");
        operation.responses.responses.insert("304".to_owned(), RefOr::T(inchange));
    }
    let versionnee = repond(operation, "428") && !prend(operation, "If-Match");
    if versionnee {
        parametre(operation, "IfMatch");
    }
    if repond(operation, "304") || versionnee {
        entete(operation, "ETag");
    }
}

fn quotas(operation: &mut Operation) {
    for nom in ["RateLimit-Policy", "RateLimit"] {
        entete(operation, nom);
    }
    let trop = RefOr::Ref(Ref::new("#/components/responses/TropDeRequetes"));
    operation.responses.responses.insert("429".to_owned(), trop);
}

/// How things are named, what is wanted of them, where the next page is.
fn lectures(operation: &mut Operation) {
    for parametre in operation.parameters.iter_mut().flatten() {
        if let RefOr::T(p) = &*parametre
            && let Some((nom, _, _)) = NOMMES.iter().find(|(_, nom, _)| *nom == p.name)
        {
            *parametre = RefOr::Ref(Ref::new(format!("#/components/parameters/{nom}")));
        }
    }
    if operation.operation_id.as_deref().is_some_and(|id| CLAIRSEMEES.contains(&id)) {
        parametre(operation, "Fields");
    }
    if prend(operation, "curseur") {
        entete(operation, "Link");
    }
}

/// Keys and simulations.
fn ecritures(methode: Methode, operation: &mut Operation) {
    let protegee = operation.security.as_ref().is_some_and(|s| !s.is_empty());
    if methode == Methode::Post {
        parametre(operation, "IdempotencyKey");
        entete(operation, "Idempotency-Replayed");
    }
    // What comes over several requests cannot be simulated by one, nor what leaves for elsewhere at once.
    let reelle = operation.tags.iter().flatten().any(|t| t == "televersements")
        || operation.operation_id.as_deref() == Some("essayer_webhook");
    if methode != Methode::Get && protegee && !reelle {
        parametre(operation, "Simulation");
        entete(operation, "Simulation");
    }
}

fn repond(operation: &Operation, statut: &str) -> bool {
    operation.responses.responses.contains_key(statut)
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
    for (statut, reponse) in &mut operation.responses.responses {
        if let (true, RefOr::T(reponse)) = (statut.starts_with('2'), reponse) {
            reponse.headers.insert(nom.to_owned(), ref_entete(nom));
        }
    }
}

fn ref_entete<T>(nom: &str) -> RefOr<T> {
    RefOr::Ref(Ref::new(format!("#/components/headers/{nom}")))
}
