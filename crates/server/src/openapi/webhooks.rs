//! The `webhooks` section of the document: what receivers are sent.

use api_types::webhooks::WebhookType;
use domain::code::Code as _;
use utoipa::openapi::path::{Operation, OperationBuilder, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::security::SecurityRequirement;
use utoipa::openapi::{ContentBuilder, HttpMethod, PathItem, Paths, PathsBuilder, Ref, Required, ResponseBuilder};

/// One entry for each type, all with the same body, headers and answers.
pub(super) fn section() -> Paths {
    WebhookType::TOUS
        .iter()
        .fold(PathsBuilder::new(), |b, t| b.path(t.code(), PathItem::new(HttpMethod::Post, operation(*t))))
        .build()
}

fn operation(nature: WebhookType) -> Operation {
    let corps = ContentBuilder::new().schema(Some(Ref::from_schema_name("WebhookMessage"))).build();
    let reponse = |texte: &str| ResponseBuilder::new().description(texte).build();
    OperationBuilder::new()
        .tag("webhooks")
        .operation_id(Some(format!("webhook_{}", nature.code().replace('.', "_"))))
        .summary(Some(nature.description()))
        .description(Some(nature.description_en()))
        // The signature is in the headers: OpenAPI knows no such scheme.
        .securities(Some([SecurityRequirement::default()]))
        .parameters(Some(entetes()))
        .request_body(Some(
            RequestBodyBuilder::new().content("application/json", corps).required(Some(Required::True)).build(),
        ))
        .response("2XX", reponse("Reçu. Répondez en moins de 15 secondes, et traitez ensuite."))
        .response("410", reponse("Plus rien n’est voulu : l’abonnement est désactivé."))
        .response("default", reponse("Refusé : l’envoi sera refait pendant trois jours ; Retry-After est respecté."))
        .build()
}

/// The headers of the Standard Webhooks specification.
fn entetes() -> Vec<Parameter> {
    let entete = |nom: &str, description: &str, exemple: &str| {
        ParameterBuilder::new()
            .name(nom)
            .parameter_in(ParameterIn::Header)
            .required(Required::True)
            .description(Some(description))
            .schema(Some(ObjectBuilder::new().schema_type(Type::String).examples([exemple])))
            .build()
    };
    vec![
        entete(
            "webhook-id",
            "L’identifiant de l’envoi, le même à chaque essai et à chaque rejeu : ignorez ce que vous avez déjà traité.",
            "msg_019352b8a5d97c6d9f0e2f6f0a1b2c3d",
        ),
        entete("webhook-timestamp", "L’instant de l’essai, en secondes depuis 1970.", "1764064800"),
        entete(
            "webhook-signature",
            "`v1,` et la signature HMAC-SHA256, en base 64, de « identifiant.instant.corps » ; deux, séparées par une espace, pendant un changement de secret.",
            "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=",
        ),
    ]
}
