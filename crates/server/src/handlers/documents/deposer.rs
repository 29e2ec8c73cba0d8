use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use api_types::ProblemCode;
use api_types::documents::{Document, FormulaireDepot};
use app::documents::{self, NouveauDepot, Regles};
use app::ports::coffre::Scelle;
use app::requete::Reponse;
use app::{App, Error};
use db::documents::Fiche;
use domain::ids::{Id, TypePieceId};
use domain::policy::{Deposer, DeposerOpco, Remplacer};
use domain::reference::ReferenceExterne;

use crate::extract::Guard;
use crate::extract::conditions::SiInchange;
use crate::extract::formulaire::{ChampsLus, Formulaire, Partie};
use crate::problem::{ApiError, ErreursEcriture, ErreursVersion};
use crate::reponse::{self, acquitter};
use crate::views;

/// The small fields of the form, and its file.
#[derive(Default)]
struct Champs {
    lus: ChampsLus,
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

/// Reads the form: its fields, then the rules of the place, then its file under these rules, then its end. A second file,
/// or a category that comes after the file, is refused rather than lost.
///
/// Whatever is refused, the rest of the form is read, so that the client gets the answer.
async fn recevoir(
    mut form: Formulaire,
    regles: impl AsyncFnOnce(&Champs) -> Result<Regles, Error>,
    app: &App,
) -> Result<Recu, ApiError> {
    let mut champs = Champs::default();
    let fait = fichier(&mut form, &mut champs, regles, app).await;
    let suite = if fait.is_ok() { suite(&mut form, &mut champs).await } else { Ok(()) };
    match (fait, suite.and(form.finir().await)) {
        (Ok((regles, nom, scelle)), Ok(())) => {
            let Champs { reference, doublon_accepte, .. } = champs;
            Ok(Recu { regles, depot: NouveauDepot { scelle, nom, doublon_accepte, reference, televersement: None } })
        }
        (Ok((.., scelle)), Err(e)) => {
            documents::ecarter(app, &scelle).await;
            Err(e)
        }
        (Err(e), _) => Err(e),
    }
}

/// The form up to the end of its file.
async fn fichier(
    form: &mut Formulaire,
    champs: &mut Champs,
    regles: impl AsyncFnOnce(&Champs) -> Result<Regles, Error>,
    app: &App,
) -> Result<(Regles, String, Scelle), ApiError> {
    let fichier = loop {
        match form.suivante().await? {
            Some(Partie::Champ(nom, valeur)) => champs.lire(&nom, &valeur)?,
            Some(Partie::Fichier(fichier)) => break fichier,
            None => return Err(Error::champ("/fichier", "Joignez un fichier.").into()),
        }
    };
    let regles = match regles(champs).await {
        Ok(regles) => regles,
        Err(e) => {
            fichier.ecarter().await;
            return Err(e.into());
        }
    };
    if fichier.champ() != "fichier" {
        return Err(Error::champ("/fichier", "Le champ du fichier s’appelle « fichier ».").into());
    }
    let nom = fichier.nom().to_owned();
    let scelle = fichier.recevoir(app.coffre(), regles.taille_max).await?;
    Ok((regles, nom, scelle))
}

/// The form from there to its end.
async fn suite(form: &mut Formulaire, champs: &mut Champs) -> Result<(), ApiError> {
    while let Some(partie) = form.suivante().await? {
        match partie {
            Partie::Champ(nom, _) if nom == "piece" => {
                return Err(Error::champ("/piece", "Indiquez la catégorie avant le fichier.").into());
            }
            Partie::Champ(nom, valeur) => champs.lire(&nom, &valeur)?,
            Partie::Fichier(_) => {
                return Err(Error::champ("/fichier", "Un dépôt porte un seul fichier. Déposez chacun à part.").into());
            }
        }
    }
    Ok(())
}

impl Champs {
    fn lire(&mut self, nom: &str, valeur: &str) -> Result<(), ApiError> {
        self.lus.lire(nom)?;
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
