use std::sync::Arc;

use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use api_types::ProblemCode;
use api_types::messages::{FormulaireMessage, Message};
use app::messages::NouvelleJointe;
use app::{App, Error};
use db::messages::MessageLu;
use domain::limites::{self, CORPS_MAX, FICHIER_MAX, JOINTES_MAX};
use domain::message::{Corps, CorpsRefuse};
use domain::policy::Ecrire;
use domain::reference::ReferenceExterne;

use crate::extract::Guard;
use crate::extract::formulaire::{ChampsLus, Fichier, Formulaire, Partie};
use crate::problem::{ApiError, ErreursEcriture};
use crate::reponse::{self, acquitter};
use crate::views;

/// Writes a message in the thread of a dossier, with files.
///
/// The other side has the text at once, and each file once it is scanned.
#[utoipa::path(
    tag = "messages", operation_id = "envoyer_message",
    params(("dossier_id" = uuid::Uuid, Path, description = "Le dossier.")),
    request_body(content = FormulaireMessage, content_type = "multipart/form-data"),
    responses((status = 201, description = "Envoyé.", body = Message), ErreursEcriture),
    security(("session" = []))
)]
#[post("/api/v1/dossiers/{dossier_id}/messages")]
pub async fn envoyer(
    guard: Result<Guard<Ecrire>, ApiError>,
    app: Data<App>,
    form: Formulaire,
) -> Result<HttpResponse, ApiError> {
    let (permit, form) = form.si(guard).await?;
    let (Ecrit { corps, reference }, jointes) = recevoir(form, &app).await?;
    let lecteur = Arc::clone(permit.partage());
    acquitter(app::messages::ecrire(&app, &permit, corps, jointes, reference), move |ecrit: &MessageLu| {
        reponse::cree(None, &views::messages::message(ecrit.clone(), &lecteur))
    })
    .await
}

/// The fields of the form.
struct Ecrit {
    corps: Corps,
    reference: Option<ReferenceExterne>,
}

/// Reads the form: its text, then its files, into the vault.
///
/// Whatever is refused, the rest of the form is read, so that the client gets the answer, and the
/// files received before are removed.
async fn recevoir(mut form: Formulaire, app: &App) -> Result<(Ecrit, Vec<NouvelleJointe>), ApiError> {
    let mut jointes = Vec::new();
    let lu = lire(&mut form, &mut jointes, app).await;
    match (lu, form.finir().await) {
        (Ok(ecrit), Ok(())) => Ok((ecrit, jointes)),
        (Err(e), _) | (Ok(_), Err(e)) => {
            app::messages::abandonner(app, jointes).await;
            Err(e)
        }
    }
}

async fn lire(form: &mut Formulaire, jointes: &mut Vec<NouvelleJointe>, app: &App) -> Result<Ecrit, ApiError> {
    let (mut corps, mut reference, mut lus) = (None, None, ChampsLus::default());
    loop {
        let partie = form.suivante().await?;
        if let Some(Partie::Champ(nom, _)) = &partie {
            lus.lire(nom)?;
        }
        match partie {
            Some(Partie::Champ(nom, valeur)) if nom == "corps" => corps = Some(texte(&valeur)?),
            Some(Partie::Champ(nom, valeur)) if nom == "reference_externe" => {
                reference = Some(views::dossiers::reference(&valeur)?);
            }
            Some(Partie::Champ(nom, _)) if nom == "fichier" => {
                return Err(Error::champ("/fichier", "Chaque fichier doit avoir un nom.").into());
            }
            Some(Partie::Champ(..)) => {
                return Err(ApiError::new(ProblemCode::RequeteIllisible).detail("Le formulaire a un champ inconnu."));
            }
            // Refused before the file is received rather than after.
            Some(Partie::Fichier(_)) if corps.is_none() => return Err(sans_texte().into()),
            Some(Partie::Fichier(fichier)) => jointes.push(joindre(fichier, jointes.len(), app).await?),
            None => return Ok(Ecrit { corps: corps.ok_or_else(sans_texte)?, reference }),
        }
    }
}

/// The text of a message, or what is wrong with it.
pub(crate) fn texte(valeur: &str) -> Result<Corps, Error> {
    Corps::parse(valeur).map_err(|refus| match refus {
        CorpsRefuse::Vide => sans_texte(),
        CorpsRefuse::TropLong => Error::champ(
            "/corps",
            format!(
                "Le message compte {} caractères au plus. Raccourcissez-le ou joignez un fichier.",
                limites::ecrire(CORPS_MAX)
            ),
        ),
    })
}

fn sans_texte() -> Error {
    Error::champ("/corps", "Le message est vide. Écrivez quelques mots, avant les fichiers.")
}

async fn joindre(fichier: Fichier, deja: usize, app: &App) -> Result<NouvelleJointe, ApiError> {
    if fichier.champ() != "fichier" {
        return Err(Error::champ("/fichier", "Le champ des fichiers s’appelle « fichier ».").into());
    }
    if deja >= JOINTES_MAX {
        return Err(Error::champ("/fichier", format!("Un message porte {JOINTES_MAX} fichiers au plus.")).into());
    }
    let nom = fichier.nom().to_owned();
    Ok(NouvelleJointe { scelle: fichier.recevoir(app.coffre(), FICHIER_MAX).await?, nom })
}
