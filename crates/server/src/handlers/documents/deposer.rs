use std::collections::HashSet;

use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use api_types::ProblemCode;
use api_types::documents::{Document, FormulaireDepot};
use app::documents::{self, NouveauDepot, Regles};
use app::requete::Reponse;
use app::{App, Error};
use db::documents::Fiche;
use domain::ids::{Id, TypePieceId};
use domain::policy::{Deposer, DeposerOpco, Remplacer};
use domain::reference::ReferenceExterne;

use crate::extract::Guard;
use crate::extract::conditions::SiInchange;
use crate::extract::formulaire::{self, Fichier, Formulaire, Partie};
use crate::problem::{ApiError, ErreursEcriture, ErreursVersion};
use crate::reponse::{self, acquitter};
use crate::views;

/// The small fields of the form, and its file.
#[derive(Default)]
struct Champs {
    lus: HashSet<String>,
    piece: Option<TypePieceId>,
    doublon_accepte: bool,
    reference: Option<ReferenceExterne>,
}

/// Deposits a document in a category of « Mes documents ».
///
/// The file is durable before the answer. It is shown to the other side at the end of the undo window.
#[utoipa::path(
    tag = "documents", operation_id = "deposer_document",
    params(("dossier_id" = uuid::Uuid, Path, description = "Le dossier.")),
    request_body(content = FormulaireDepot, content_type = "multipart/form-data"),
    responses((status = 201, description = "Déposé.", body = Document, headers(
        ("Location" = String, description = "Où le relire."),
        ("ETag" = String, description = "Sa version.")
    )), ErreursEcriture),
    security(("session" = []))
)]
#[post("/api/v1/dossiers/{dossier_id}/documents")]
pub async fn deposer(
    guard: Result<Guard<Deposer>, ApiError>,
    app: Data<App>,
    form: Formulaire,
) -> Result<HttpResponse, ApiError> {
    let (permit, form) = form.si(guard).await?;
    let recu = recevoir(
        form,
        async |champs: &Champs| {
            let piece =
                champs.piece.ok_or_else(|| Error::champ("/piece", "Indiquez la catégorie, avant le fichier."))?;
            documents::preparer(&app, &permit, piece).await
        },
        &app,
    )
    .await?;
    acquitter(documents::deposer(&app, &permit, &recu.regles, recu.depot), cree).await
}

/// Deposits a document under « Documents Constructys ».
#[utoipa::path(
    tag = "documents", operation_id = "deposer_document_opco",
    params(("dossier_id" = uuid::Uuid, Path, description = "Le dossier.")),
    request_body(content = FormulaireDepot, content_type = "multipart/form-data"),
    responses((status = 201, description = "Déposé.", body = Document, headers(
        ("Location" = String, description = "Où le relire."),
        ("ETag" = String, description = "Sa version.")
    )), ErreursEcriture),
    security(("session" = []))
)]
#[post("/api/v1/dossiers/{dossier_id}/documents-opco")]
pub async fn deposer_opco(
    guard: Result<Guard<DeposerOpco>, ApiError>,
    app: Data<App>,
    form: Formulaire,
) -> Result<HttpResponse, ApiError> {
    let (permit, form) = form.si(guard).await?;
    let recu = recevoir(form, async |_: &Champs| Ok(documents::preparer_opco()), &app).await?;
    acquitter(documents::deposer_opco(&app, &permit, &recu.regles, recu.depot), cree).await
}

/// Replaces a document, in the version that was read, by a new one; the former stays readable among its versions.
#[utoipa::path(
    tag = "documents", operation_id = "remplacer_document",
    params(("document_id" = uuid::Uuid, Path, description = "Le document à remplacer.")),
    request_body(content = FormulaireDepot, content_type = "multipart/form-data"),
    responses((status = 201, description = "Remplacé : la nouvelle version.", body = Document, headers(
        ("Location" = String, description = "Où le relire."),
        ("ETag" = String, description = "Sa version.")
    )), ErreursVersion, ErreursEcriture),
    security(("session" = []))
)]
#[post("/api/v1/documents/{document_id}/versions")]
pub async fn remplacer(
    guard: Result<Guard<Remplacer>, ApiError>,
    version: Result<SiInchange, ApiError>,
    app: Data<App>,
    form: Formulaire,
) -> Result<HttpResponse, ApiError> {
    let (permit, form) = form.si(guard).await?;
    let (SiInchange(attendue), form) = form.avec(version).await?;
    let recu = recevoir(form, async |_: &Champs| documents::preparer_version(&app, &permit).await, &app).await?;
    acquitter(documents::remplacer(&app, &permit, attendue, &recu.regles, recu.depot), cree).await
}

struct Recu {
    regles: Regles,
    depot: NouveauDepot,
}

/// Reads the form: its fields, then the rules of the place, then its file under these rules, then its end. What follows the
/// file is refused rather than ignored: a second file, or a field that should have come before.
///
/// Whatever is refused, the rest of the form is read, so that the client gets the answer.
async fn recevoir(
    mut form: Formulaire,
    regles: impl AsyncFnOnce(&Champs) -> Result<Regles, Error>,
    app: &App,
) -> Result<Recu, ApiError> {
    let fait = async {
        let mut champs = Champs::default();
        loop {
            match form.suivante().await? {
                Some(Partie::Champ(nom, valeur)) => champs.lire(&nom, &valeur)?,
                Some(Partie::Fichier(fichier)) => {
                    return match regles(&champs).await {
                        Ok(regles) => du_fichier(fichier, regles, &champs, app).await,
                        Err(e) => {
                            fichier.ecarter().await;
                            Err(e.into())
                        }
                    };
                }
                None => return Err(Error::champ("/fichier", "Joignez un fichier.").into()),
            }
        }
    }
    .await;
    let suite = if fait.is_ok() { rien_de_plus(&mut form).await } else { Ok(()) };
    match (fait, suite.and(form.finir().await)) {
        (Ok(recu), Err(e)) => {
            documents::ecarter(app, recu.depot).await;
            Err(e)
        }
        (fait, _) => fait,
    }
}

/// The end of the form, or what stands in its place.
async fn rien_de_plus(form: &mut Formulaire) -> Result<(), ApiError> {
    let detail = match form.suivante().await? {
        None => return Ok(()),
        Some(Partie::Champ(nom, _)) if Champs::NOMS.contains(&nom.as_str()) => {
            format!("Le champ « {nom} » vient après le fichier. Placez-le avant.")
        }
        Some(Partie::Champ(..)) => "Le formulaire a un champ inconnu, après le fichier.".to_owned(),
        Some(Partie::Fichier(_)) => "Un dépôt porte un seul fichier. Déposez chacun à part.".to_owned(),
    };
    Err(ApiError::new(ProblemCode::RequeteIllisible).detail(detail))
}

async fn du_fichier(fichier: Fichier, regles: Regles, champs: &Champs, app: &App) -> Result<Recu, ApiError> {
    if fichier.champ() != "fichier" {
        return Err(Error::champ("/fichier", "Le champ du fichier s’appelle « fichier ».").into());
    }
    let (nom, reference) = (fichier.nom().to_owned(), champs.reference.clone());
    let scelle = fichier.recevoir(app.coffre(), regles.taille_max).await?;
    let doublon_accepte = champs.doublon_accepte;
    Ok(Recu { regles, depot: NouveauDepot { scelle, nom, doublon_accepte, reference, televersement: None } })
}

impl Champs {
    const NOMS: [&str; 3] = ["piece", "reference_externe", "doublon_accepte"];

    fn lire(&mut self, nom: &str, valeur: &str) -> Result<(), ApiError> {
        formulaire::une_fois(&mut self.lus, nom)?;
        match nom {
            "piece" => {
                let id = uuid::Uuid::try_parse(valeur)
                    .map_err(|_| Error::champ("/piece", "L’identifiant de la catégorie est un UUID."))?;
                self.piece = Some(Id::new(id));
            }
            "reference_externe" => self.reference = Some(views::dossiers::reference(valeur)?),
            "doublon_accepte" => {
                self.doublon_accepte = valeur
                    .parse()
                    .map_err(|_| Error::champ("/doublon_accepte", "Ce champ vaut « true » ou « false »."))?;
            }
            "fichier" => return Err(Error::champ("/fichier", "Le fichier doit avoir un nom.").into()),
            _ => return Err(ApiError::new(ProblemCode::RequeteIllisible).detail("Le formulaire a un champ inconnu.")),
        }
        Ok(())
    }
}

fn cree(fiche: &Fiche) -> Reponse {
    let document = views::documents::document(fiche.clone());
    let cree = reponse::cree(Some(format!("/api/v1/documents/{}", document.id)), &document);
    Reponse { etag: Some(document.etag), ..cree }
}
