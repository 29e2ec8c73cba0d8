use domain::limites::CLE_MAX;
use serde_json::{Value, json};
use utoipa::openapi::{Components, Content, Ref, RefOr, ResponseBuilder};

/// What a path names by our identifier or by the caller's own.
pub(super) const NOMMES: [(&str, &str, &str); 3] = [
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

/// Declares the parameters, headers and answers that operations refer to.
pub(super) fn declarer(composants: &mut Components) {
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
        trop.headers.insert(nom.to_owned(), super::ref_entete(nom));
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
                "description": "Les champs voulus, séparés par des virgules ; ceux de chaque élément pour une liste. La réponse n’a alors que ceux-là, même si d’autres sont obligatoires. Un champ inconnu est refusé, avec la liste des connus.",
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
                "schema": { "type": "string", "minLength": 1, "maxLength": CLE_MAX, "pattern": "^[!-~]+$" }
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
