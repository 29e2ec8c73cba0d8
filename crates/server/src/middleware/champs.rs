use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::http::{StatusCode, Uri};
use actix_web::middleware::Next;
use actix_web::web::{Bytes, Data};
use actix_web::{Error, HttpMessage as _, ResponseError as _};
use api_types::ProblemCode;
use serde_json::Value;
use url::form_urlencoded;

use super::refus::remplacer;
use crate::openapi::CLAIRSEMEES;
use crate::problem::ApiError;

/// The query as it was sent.
#[derive(Debug, Clone)]
pub struct QueryEntiere(pub String);

/// The parameter.
const FIELDS: &str = "fields";

/// The fields that may be asked for, by the path of each operation that takes `fields`.
#[derive(Debug, Default)]
pub struct ChampsConnus(BTreeMap<String, BTreeSet<String>>);

impl ChampsConnus {
    /// Those of the document: the fields of what an operation gives, or of the elements of its list.
    pub fn de(document: &Value) -> Self {
        let chemins = document["paths"].as_object().into_iter().flatten();
        let connus = chemins.filter_map(|(chemin, methodes)| {
            let operation = &methodes["get"];
            CLAIRSEMEES.contains(&operation["operationId"].as_str()?).then_some(())?;
            let corps = &operation["responses"]["200"]["content"]["application/json"]["schema"];
            let corps = resolu(document, corps);
            let element = match &corps["properties"]["elements"]["items"] {
                Value::Null => corps,
                element => resolu(document, element),
            };
            Some((chemin.clone(), element["properties"].as_object()?.keys().cloned().collect()))
        });
        Self(connus.collect())
    }
}

/// What a part of the document says, where it stands or where it points.
pub(super) fn resolu<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    let cible = schema["$ref"].as_str().and_then(|r| document.pointer(r.trim_start_matches('#')));
    cible.unwrap_or(schema)
}

/// Keeps of an answer the fields that `fields` names, and no others.
///
/// The parameter is taken out of the query: no operation has to know it.
pub async fn champs(
    mut req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<EitherBody<impl MessageBody>>, Error> {
    let lecture = req.method().is_safe() && req.path().starts_with("/api/");
    let Some(Voulus { noms: voulus, deux_fois }) = voulus(&req).filter(|_| lecture) else {
        return Ok(next.call(req).await?.map_into_left_body());
    };
    let entiere = QueryEntiere(req.query_string().to_owned());
    if let Some(uri) = sans_fields(req.uri()) {
        req.head_mut().uri = uri;
    }
    req.extensions_mut().insert(entiere);
    let reponse = next.call(req).await?;
    if reponse.status() != StatusCode::OK {
        return Ok(reponse.map_into_left_body());
    }
    let modele = reponse.request().match_pattern().unwrap_or_default();
    let connus = reponse.request().app_data::<Data<ChampsConnus>>().cloned();
    let Some(connus) = connus.as_ref().and_then(|c| c.0.get(&modele)) else {
        // Refused before: an operation that has no sparse answer does not take the parameter.
        return Ok(reponse.map_into_left_body());
    };
    if deux_fois {
        return Ok(refuser(reponse, "Le paramètre « fields » se donne une fois."));
    }
    if let Some(inconnu) = voulus.iter().find(|v| !connus.contains(*v)) {
        let connus = connus.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
        return Ok(refuser(reponse, &format!("« {inconnu} » n’est pas un champ d’ici. Champs connus : {connus}.")));
    }
    Ok(reponse.map_body(|tete, corps| match corps.try_into_bytes() {
        Ok(octets) => {
            tete.headers_mut().remove(header::CONTENT_LENGTH);
            EitherBody::right(actix_web::body::BoxBody::new(garder(octets, &voulus)))
        }
        Err(corps) => EitherBody::left(corps),
    }))
}

fn refuser<B: MessageBody>(reponse: ServiceResponse<B>, detail: &str) -> ServiceResponse<EitherBody<B>> {
    remplacer(reponse, ApiError::new(ProblemCode::RequeteIllisible).detail(detail).error_response())
}

/// The fields asked for.
struct Voulus {
    noms: BTreeSet<String>,
    deux_fois: bool,
}

fn voulus(req: &ServiceRequest) -> Option<Voulus> {
    let mut demandes = valeurs(req.query_string(), FIELDS);
    let noms = demandes.next()?.split(',').map(|c| c.trim().to_owned()).filter(|c| !c.is_empty()).collect();
    Some(Voulus { noms, deux_fois: demandes.next().is_some() })
}

/// The values that a query gives to a parameter.
pub(super) fn valeurs<'a>(query: &'a str, nom: &'a str) -> impl Iterator<Item = Cow<'a, str>> {
    form_urlencoded::parse(query.as_bytes()).filter(move |(n, _)| n == nom).map(|(_, valeur)| valeur)
}

/// The same address without the parameter.
fn sans_fields(uri: &Uri) -> Option<Uri> {
    let paires: Vec<&str> = uri.query()?.split('&').filter(|p| p.split('=').next() != Some(FIELDS)).collect();
    let adresse =
        if paires.is_empty() { uri.path().to_owned() } else { format!("{}?{}", uri.path(), paires.join("&")) };
    adresse.parse().ok()
}

/// Of an object, or of each element of a list, the fields asked for.
fn garder(octets: Bytes, voulus: &BTreeSet<String>) -> Bytes {
    let Ok(mut corps) = serde_json::from_slice::<Value>(&octets) else { return octets };
    let tailler = |objet: &mut Value| {
        if let Value::Object(champs) = objet {
            champs.retain(|nom, _| voulus.contains(nom));
        }
    };
    match corps.get_mut("elements") {
        Some(Value::Array(elements)) => elements.iter_mut().for_each(tailler),
        _ => tailler(&mut corps),
    }
    serde_json::to_vec(&corps).map_or(octets, Bytes::from)
}
