use std::sync::Arc;

use actix_web::http::header::HeaderValue;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, ResponseError as _, post};
use api_types::lots::{ElementLot, Lot, ResultatLot, ResultatsLot};
use app::authz::Presente;
use app::requete::{Empreinte, Reponse, Requete};
use app::{App, Error};
use domain::limites::ACTES_MAX;
use domain::policy::ExecuterLot;

use super::acte;
use crate::extract::{Guard, Objet, presente};
use crate::middleware::requete::{CLE, REJOUEE, cle_de, deja};
use crate::problem::{ApiError, ErreursEcriture};

/// Does many small acts, in their order, each on its own: the failure of one leaves the others.
///
/// Each act has a result of its own, a key of its own, and counts as a request of its own. A batch sent
/// again under its `Idempotency-Key` does what was not done and answers again what was.
#[utoipa::path(
    tag = "lots", operation_id = "executer_lot",
    request_body = Lot,
    responses((status = 200, description = "Un résultat par acte, dans l’ordre.", body = ResultatsLot), ErreursEcriture),
    security(("session" = []))
)]
#[post("/api/v1/lots")]
pub async fn executer(
    _: Guard<ExecuterLot>,
    req: HttpRequest,
    app: Data<App>,
    corps: Objet<Lot>,
) -> Result<HttpResponse, ApiError> {
    let elements = corps.into_inner().elements;
    if elements.is_empty() || elements.len() > ACTES_MAX {
        return Err(Error::champ("/elements", format!("Un lot compte de 1 à {ACTES_MAX} actes.")).into());
    }
    let presente = presente(&req, &app).await?;
    let cle_du_lot = req.headers().get(CLE).map(cle_de).transpose()?;
    let (mut resultats, mut rejoues) = (Vec::with_capacity(elements.len()), 0);
    for (rang, element) in elements.into_iter().enumerate() {
        let (reponse, rejoue) = un(&app, &presente, rang, cle_du_lot.as_deref(), element).await;
        rejoues += usize::from(rejoue);
        resultats.push(reponse);
    }
    let mut reponse = HttpResponse::Ok();
    if rejoues == resultats.len() {
        reponse.insert_header((REJOUEE, HeaderValue::from_static("true")));
    }
    Ok(reponse.json(ResultatsLot { elements: resultats }))
}

/// Does one act, and says whether it was done before.
async fn un(
    app: &App,
    presente: &Presente,
    rang: usize,
    cle_du_lot: Option<&str>,
    ElementLot { cle, acte }: ElementLot,
) -> (ResultatLot, bool) {
    let cle = cle.or_else(|| cle_du_lot.map(|cle| format!("{cle} {rang}")));
    let requete = Requete::presente().map(|lot| {
        let contenu = serde_json::to_vec(&acte).unwrap_or_default();
        lot.element(cle.as_deref().map(|cle| {
            let mut empreinte = Empreinte::new(cle, "POST", "lot");
            empreinte.octets(&contenu);
            (cle, empreinte)
        }))
    });
    let faire = acte::faire(app, presente.clone(), acte);
    let Some(requete) = requete else { return (resultat(faire.await), false) };
    match Arc::clone(&requete).porter(faire).await {
        Err(refus) => match deja(&requete, refus.status_code(), app).await {
            Ok(Some(deja)) => (resultat(Ok(deja)), true),
            Ok(None) => (resultat(Err(refus)), false),
            Err(e) => (resultat(Err(e.into())), false),
        },
        fait => (resultat(fait), false),
    }
}

fn resultat(fait: Result<Reponse, ApiError>) -> ResultatLot {
    match fait {
        Ok(reponse) => {
            let corps = reponse.corps.and_then(|corps| serde_json::from_slice(&corps).ok());
            ResultatLot { statut: reponse.statut, corps }
        }
        Err(refus) => {
            let probleme = refus.probleme();
            ResultatLot { statut: probleme.status, corps: serde_json::to_value(probleme).ok() }
        }
    }
}
