//! What is not part of the API: health, its document, and the pages of problems.

use actix_web::http::header;
use actix_web::web::{Bytes, Data, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, get};
use api_types::ProblemCode;
use app::App;
use domain::code::Code as _;

use crate::problem::ApiError;
use crate::{compression, guide};

/// Registers the pages.
pub fn configure(cfg: &mut ServiceConfig) {
    cfg.service(sante).service(contrat).service(probleme);
}

/// The OpenAPI document, written once for all threads and all readers.
#[derive(Debug)]
pub struct Contrat {
    clair: Bytes,
    gzip: Bytes,
}

impl Contrat {
    /// Where it is served.
    pub const ADRESSE: &str = "/openapi.json";

    /// The document as it is sent.
    pub fn de(document: &serde_json::Value) -> std::io::Result<Self> {
        let clair = Bytes::from(document.to_string());
        Ok(Self { gzip: compression::gzip(&clair)?, clair })
    }
}

/// The OpenAPI document of what is served here.
#[get("/openapi.json")]
async fn contrat(req: HttpRequest, contrat: Data<Contrat>) -> HttpResponse {
    let mut reponse = HttpResponse::Ok();
    reponse.content_type("application/json").insert_header((header::VARY, "Accept-Encoding"));
    if compression::voulue(req.headers()) {
        return reponse.insert_header((header::CONTENT_ENCODING, compression::GZIP)).body(contrat.gzip.clone());
    }
    reponse.body(contrat.clair.clone())
}

/// Whether this node can serve: the database answers.
#[get("/sante")]
async fn sante(app: Data<App>) -> Result<HttpResponse, ApiError> {
    /// Failures after which somebody should look.
    const SOUVENT: i32 = 5;
    let maintenant = app.horloge().maintenant();
    let nombres = app.read(move |conn| Ok(db::jobs::nombres(conn, maintenant, SOUVENT)?)).await?;
    let db::jobs::Nombres { prets, morts, en_echec } = nombres;
    let travaux = serde_json::json!({ "prets": prets, "morts": morts, "en_echec": en_echec });
    Ok(HttpResponse::Ok().json(serde_json::json!({ "statut": "ok", "travaux": travaux })))
}

/// The page of a problem: its title, its status, its code.
#[get("/problems/{code}")]
async fn probleme(code: Path<String>) -> Result<HttpResponse, ApiError> {
    let code = ProblemCode::du_code(&code).ok_or_else(|| ApiError::new(ProblemCode::Absent))?;
    let (titre, statut, nom) = (code.title(), code.status(), code.code());
    let corps = format!(
        "<h1>{titre}</h1>\n<p>Code stable : <code>{nom}</code>. Statut HTTP : {statut}.</p>\n<p>{}</p>\n",
        explication(code)
    );
    let page = guide::cadre(titre, None, &corps);
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(page))
}

/// What the problem means to a programmer, and what to do about it.
const fn explication(code: ProblemCode) -> &'static str {
    use ProblemCode as P;
    match code {
        P::RequeteIllisible => {
            "Le corps, les paramètres ou le formulaire n’ont pas la forme du contrat OpenAPI. Corrigez la requête : la renvoyer telle quelle échouera de nouveau."
        }
        P::VersionPerimee => {
            "If-Match donne l’« etag » d’une version qui n’est plus la présente : quelqu’un l’a changée entre-temps. Relisez la ressource avant d’agir."
        }
        P::PreconditionManquante => {
            "Deux personnes pourraient s’écraser l’une l’autre : donnez dans If-Match l’« etag » de la version lue (en-tête ETag de GET, ou membre « etag »)."
        }
        P::EmpreinteDifferente => {
            "Content-Digest, ou Repr-Digest sur la partie du fichier, n’est pas l’empreinte des octets reçus : ils ont été altérés ou tronqués en chemin. Rien n’a été gardé ; renvoyez la requête."
        }
        P::ReferencePrise => {
            "Une reference_externe désigne une seule chose de chaque genre pour chaque appelant. Vous l’avez déjà donnée à une autre : lisez-la par « ref: » suivi de la référence."
        }
        P::CleInvalide => {
            "L’en-tête Idempotency-Key porte une seule clé, de 1 à 255 caractères visibles ; un UUID tiré pour chaque requête convient."
        }
        P::CleEnCours => {
            "Une requête de même clé est en cours de traitement. Attendez le nombre de secondes de Retry-After et renvoyez-la telle quelle : vous recevrez la réponse de la première."
        }
        P::CleReutilisee => {
            "La clé a servi, dans les 24 dernières heures, à une requête d’adresse ou de contenu différent. Tirez une nouvelle clé."
        }
        P::NonConnecte => "Aucune session, ou une session expirée. Ouvrez-en une par POST /api/v1/session.",
        P::JetonInvalide => {
            "Le jeton d’accès est illisible, altéré, expiré ou révoqué, ou son client API est révoqué, expiré, ou appelle d’une adresse qui n’est pas permise. Demandez un autre jeton par POST /oauth/token."
        }
        P::IdentifiantsIncorrects => {
            "L’adresse et le mot de passe ne correspondent à aucun compte actif. La réponse ne dit pas lequel des deux est faux."
        }
        P::OrigineRefusee => "La requête vient d’une page d’un autre site (Sec-Fetch-Site ou Origin).",
        P::Interdit => {
            "La ressource est visible, mais le rôle ne permet pas cette action, ou elle revient à l’autre partie."
        }
        P::PorteeInsuffisante => {
            "Le jeton d’accès est valable, mais ne porte pas la portée (scope) de l’opération ; l’en-tête WWW-Authenticate dit laquelle. Demandez un jeton qui la porte, ou faites-la ajouter au client API par l’administrateur de l’entreprise."
        }
        P::ReserveAuxPersonnes => {
            "L’opération n’est ouverte qu’à une personne connectée : aucune portée ne l’ouvre à un client API."
        }
        P::Absent => "La ressource n’existe pas, ou elle est hors de votre portée : les deux réponses sont identiques.",
        P::MethodeInconnue => "L’adresse existe sous une autre méthode HTTP.",
        P::DocumentEnDouble => {
            "Les mêmes octets (SHA-256) sont déjà dans le dossier ; le membre « document » dit lequel. Envoyez « doublon_accepte=true » pour déposer quand même."
        }
        P::AnnulationTropTardive => {
            "Le délai d’annulation est passé et le document est transmis. Remplacez-le par une nouvelle version."
        }
        P::EtatIncompatible => "L’état a changé entre-temps. Relisez la ressource avant d’agir.",
        P::DernierAdministrateur => {
            "Une entreprise garde au moins un administrateur, qui gère ses personnes. Donnez ce rôle à quelqu’un d’autre avant de le retirer au dernier."
        }
        P::PieceComplete => "La catégorie contient son nombre maximal de documents. Remplacez-en un.",
        P::SecretDejaDonne => {
            "La requête de cette clé a réussi, et sa réponse donnait un secret, qui n’est donné qu’une fois et que nous ne gardons pas en clair. L’en-tête Location dit ce qui a été fait. Si la réponse s’est perdue, demandez un autre secret sous une nouvelle clé."
        }
        P::EcartTeleversement => {
            "Upload-Offset n’est pas la place du téléversement : un autre envoi l’a fait avancer, ou des octets se sont perdus. Demandez la place par HEAD, puis reprenez de là."
        }
        P::TropDeTeleversements => {
            "Un appelant a 1 000 téléversements vivants au plus, de 10 Gio annoncés en tout. GET /api/v1/televersements les donne : terminez-en, ou abandonnez par DELETE ceux qui ne serviront pas ; sans nouvelles, ils s’oublient en sept jours."
        }
        P::TeleversementClos => {
            "Le téléversement a expiré, ou son contenu a été refusé, ou une autre requête l’a terminé. GET sur son adresse dit ce qu’il est devenu ; sinon créez-en un autre."
        }
        P::VersionTus => "L’en-tête Tus-Resumable doit valoir une version de l’en-tête Tus-Version de la réponse.",
        P::EmpreinteFausse => {
            "Upload-Checksum n’est pas l’empreinte des octets reçus : ils sont écartés et la place n’a pas bougé. Renvoyez-les."
        }
        P::TropVolumineux => "Le fichier ou le corps dépasse la limite de la catégorie (taille_max).",
        P::FormatRefuse => {
            "Le format, lu dans les octets et non dans le nom, n’est pas dans la liste « formats » de la catégorie."
        }
        P::FichierVide => "Le fichier ne contient aucun octet.",
        P::FichierTronque => {
            "Le début est celui d’un format connu mais la fin manque : l’envoi ou l’enregistrement s’est interrompu."
        }
        P::FichierAmbigu => "Le fichier est valide dans plusieurs formats à la fois. Enregistrez-le de nouveau.",
        P::TypeDeCorpsRefuse => "Le Content-Type n’est pas celui de l’opération.",
        P::ChampsInvalides => "Le membre « errors » donne, par pointeur JSON, chaque champ à corriger.",
        P::LienInvalide => "Le jeton est inconnu, déjà utilisé ou expiré. Demandez un nouveau lien.",
        P::TropDeRequetes => "Attendez le nombre de secondes de l’en-tête Retry-After.",
        P::PlageInvalide => "L’en-tête Range demande des octets au-delà de la fin du fichier.",
        P::ServiceIndisponible => "Une dépendance ne répond pas. Réessayez plus tard ; rien n’a été enregistré.",
        P::ErreurInterne => "Une faute de notre côté. Donnez la référence de l’incident à l’assistance.",
    }
}
