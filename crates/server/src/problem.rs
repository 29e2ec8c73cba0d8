//! From an error to a problem (RFC 9457): every variant has its code here, and nowhere else.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpResponse, ResponseError};
use api_types::problem::FieldError;
use api_types::{Problem, ProblemCode};
use app::authz::Refus;
use app::{Champ, Error};
use domain::Denied;
use domain::code::Code as _;
use domain::document::{FichierRefuse, Format};

/// An error on its way to the client.
#[derive(Debug)]
pub struct ApiError {
    probleme: Box<Problem>,
    attendre: Option<u64>,
    /// What `WWW-Authenticate` asks for (RFC 6750, section 3).
    defi: Option<String>,
}

impl ApiError {
    /// A problem by its code alone.
    pub fn new(code: ProblemCode) -> Self {
        let probleme = Problem {
            type_uri: format!("/problems/{}", code.code()),
            title: code.title().to_owned(),
            status: code.status(),
            code,
            detail: None,
            instance: None,
            errors: Vec::new(),
            document: None,
        };
        Self { probleme: Box::new(probleme), attendre: None, defi: None }
    }

    /// Nobody is recognised: says how to be.
    pub fn non_connecte() -> Self {
        let mut e = Self::new(ProblemCode::NonConnecte);
        e.defi = Some("Bearer realm=\"eGestion\"".to_owned());
        e
    }

    /// Says what happened this time and what to do.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.probleme.detail = Some(detail.into());
        self
    }

    /// The problem, as it is told.
    pub fn probleme(&self) -> &Problem {
        &self.probleme
    }

    /// Says when to come back, in seconds.
    #[must_use]
    pub fn attendre(mut self, secondes: u64) -> Self {
        self.attendre = Some(secondes);
        self
    }

    /// A body that is not understood: where, by a JSON pointer, and why.
    pub fn illisible(pointeur: &str, detail: &str) -> Self {
        let ou = if pointeur.is_empty() { detail.to_owned() } else { format!("« {pointeur} ». {detail}") };
        let mut e = Self::new(ProblemCode::RequeteIllisible).detail(ou);
        e.probleme.errors = vec![FieldError { pointer: pointeur.to_owned(), detail: detail.to_owned() }];
        e
    }

    fn champs(champs: Vec<Champ>) -> Self {
        let mut e = Self::new(ProblemCode::ChampsInvalides);
        e.probleme.errors =
            champs.into_iter().map(|c| FieldError { pointer: c.pointeur.to_owned(), detail: c.detail }).collect();
        e
    }

    /// A fault of ours or of a dependency: the text goes to the log once, a reference to the client.
    fn faute(code: ProblemCode, texte: &str) -> Self {
        let reference = uuid::Uuid::new_v4().simple().to_string()[..8].to_uppercase();
        tracing::error!(reference, erreur = texte, "requête en échec");
        let mut e =
            Self::new(code).detail(format!("Réessayez dans un instant. Référence de l’incident : {reference}."));
        e.probleme.instance = Some(format!("urn:egestion:incident:{reference}"));
        e
    }
}

impl From<Error> for ApiError {
    fn from(e: Error) -> Self {
        use ProblemCode as P;
        match e {
            Error::Absent => Self::new(P::Absent),
            Error::Interdit(refus) => interdit(refus),
            Error::Identifiants => Self::new(P::IdentifiantsIncorrects).detail("Vérifiez la saisie."),
            Error::TropDeTentatives { attendre } => {
                Self::new(P::TropDeRequetes).detail(format!("Réessayez dans {}.", duree(attendre))).attendre(attendre)
            }
            Error::LienInvalide => Self::new(P::LienInvalide).detail("Demandez un nouveau lien."),
            Error::Champs(champs) => Self::champs(champs),
            Error::Fichier(refus) => fichier(refus),
            Error::FormatRefuse { recu, acceptes } => Self::new(P::FormatRefuse).detail(format!(
                "Le fichier est au format {}. Formats acceptés ici : {}.",
                recu.libelle(),
                libelles(&acceptes)
            )),
            Error::TropVolumineux { limite } => Self::new(P::TropVolumineux).detail(format!(
                "La limite est de {}. Réduisez le fichier, ou partagez-le en plusieurs fichiers.",
                taille(limite)
            )),
            Error::Doublon(premier) => {
                let mut e = Self::new(P::DocumentEnDouble).detail(format!(
                    "Le même fichier est déjà dans ce dossier, sous le nom « {} ».",
                    premier.document.nom
                ));
                e.probleme.document = Some(Box::new(crate::views::documents::document(*premier)));
                e
            }
            Error::PieceComplete { maximum } => Self::new(P::PieceComplete)
                .detail(format!("Cette catégorie accepte {maximum} document au plus. Remplacez celui qui s’y trouve.")),
            Error::Ecart { recu } => Self::new(P::EcartTeleversement)
                .detail(format!("Le téléversement en est à l’octet {recu}. Reprenez de là.")),
            Error::Empreinte => {
                Self::new(P::EmpreinteFausse).detail("Les octets reçus sont écartés. Renvoyez la même partie.")
            }
            Error::TeleversementClos => Self::new(P::TeleversementClos).detail("Recommencez l’envoi du fichier."),
            Error::TropTard => Self::new(P::AnnulationTropTardive)
                .detail("Le document est transmis. Vous pouvez le remplacer, ou demander son retrait par message."),
            Error::Etat => Self::new(P::EtatIncompatible)
                .detail("Le dossier n’en est pas, ou n’en est plus, à ce point. Relisez-le."),
            Error::Livraison => Self::new(P::EtatIncompatible)
                .detail("Cette livraison est en cours ou vient d’un essai, ou son abonnement n’est pas actif."),
            Error::Depasse => Self::new(P::EtatIncompatible)
                .detail("Une version plus récente a pris la place de ce document. Relisez ses versions."),
            Error::DejaDemandee => Self::new(P::EtatIncompatible)
                .detail("Cette pièce est déjà demandée à l’adhérent. Relisez la demande, puis modifiez-la ou retirez-la."),
            Error::DemandeSatisfaite => Self::new(P::EtatIncompatible).detail(
                "L’adhérent a fourni la pièce : cette demande n’est plus en cours. Pour en demander une autre, faites une nouvelle demande.",
            ),
            Error::SansDemande => Self::new(P::Absent)
                .detail("Aucune demande n’est en cours pour cette pièce : elle a pu être retirée. Relisez le dossier."),
            Error::PieceAcceptee => Self::new(P::EtatIncompatible)
                .detail("Pièce acceptée. Pour la remplacer, écrivez à votre gestionnaire."),
            Error::ReferencePrise => Self::new(P::ReferencePrise)
                .detail("Vous avez donné cette référence à autre chose du même genre. Donnez-en une autre."),
            Error::TropDeTeleversements => Self::new(P::TropDeTeleversements)
                .detail("Terminez ou abandonnez des envois commencés, puis recommencez."),
            Error::DernierAdministrateur => Self::new(P::DernierAdministrateur).detail(
                "Une entreprise garde au moins un administrateur. Donnez d’abord ce rôle à une autre personne.",
            ),
            Error::Perimee => Self::new(P::VersionPerimee)
                .detail("Ce que vous changez a changé depuis que vous l’avez lu. Relisez-le, puis recommencez."),
            Error::CleConnue => Self::new(P::CleEnCours)
                .detail("La même clé vient d’être traitée. Réessayez : vous recevrez la même réponse.")
                .attendre(1),
            Error::CleReutilisee => Self::new(P::CleReutilisee)
                .detail("Cette clé a servi à une autre requête. Tirez une nouvelle clé pour chaque requête."),
            Error::Simulation => Self::new(P::RequeteIllisible).detail("Cette opération ne se simule pas."),
            Error::Illisible(texte) => {
                tracing::debug!(erreur = %texte, "requête illisible");
                Self::new(P::RequeteIllisible).detail("L’envoi s’est interrompu ou n’a pas la forme attendue.")
            }
            Error::Indisponible(texte) => Self::faute(P::ServiceIndisponible, &texte),
            Error::Interne(texte) => Self::faute(P::ErreurInterne, &texte),
        }
    }
}

impl From<Refus> for ApiError {
    fn from(r: Refus) -> Self {
        match r {
            Refus::NonConnecte => Self::non_connecte(),
            Refus::Jeton(refus) => {
                let mut e = Self::new(ProblemCode::JetonInvalide).detail(format!("Refusé : {refus}."));
                e.defi = Some("Bearer error=\"invalid_token\"".to_owned());
                e
            }
            Refus::Erreur(e) => e.into(),
        }
    }
}

fn interdit(refus: Denied) -> ApiError {
    use ProblemCode as P;
    match refus {
        Denied::Invisible => ApiError::new(P::Absent),
        Denied::Role | Denied::Cote => {
            ApiError::new(P::Interdit).detail("Votre rôle ne permet pas cette action. Demandez à votre administrateur.")
        }
        Denied::Scope(scope) => {
            let scope = scope.code();
            let mut e =
                ApiError::new(P::PorteeInsuffisante).detail(format!("Il faut un jeton d’accès de portée « {scope} »."));
            e.defi = Some(format!("Bearer error=\"insufficient_scope\", scope=\"{scope}\""));
            e
        }
        Denied::Personne => ApiError::new(P::ReserveAuxPersonnes)
            .detail("Cette opération n’est ouverte qu’à une personne connectée, et à aucun jeton d’accès."),
    }
}

fn fichier(refus: FichierRefuse) -> ApiError {
    use ProblemCode as P;
    match refus {
        FichierRefuse::Vide => {
            ApiError::new(P::FichierVide).detail("Le fichier ne contient rien. Choisissez-en un autre.")
        }
        FichierRefuse::Tronque(format) => ApiError::new(P::FichierTronque).detail(format!(
            "La fin du fichier {} manque. Ouvrez-le pour le vérifier, enregistrez-le de nouveau, puis redéposez-le.",
            format.libelle()
        )),
        FichierRefuse::Inconnu => ApiError::new(P::FormatRefuse)
            .detail(format!("Le contenu n’est d’aucun format accepté : {}.", libelles(Format::TOUS))),
        FichierRefuse::Melange => ApiError::new(P::FichierAmbigu)
            .detail("Le fichier mêle plusieurs formats. Enregistrez-le de nouveau au format PDF, puis redéposez-le."),
    }
}

fn libelles(formats: &[Format]) -> String {
    formats.iter().map(|f| f.libelle()).collect::<Vec<_>>().join(", ")
}

fn duree(secondes: u64) -> String {
    if secondes < 60 { format!("{secondes} s") } else { format!("{} min", secondes.div_ceil(60)) }
}

fn taille(octets: u64) -> String {
    format!("{} Mo", octets / (1024 * 1024))
}

impl std::fmt::Display for ApiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.probleme.code.code())
    }
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.probleme.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        let mut reponse = HttpResponse::build(self.status_code());
        reponse.insert_header((header::CONTENT_TYPE, "application/problem+json"));
        reponse.insert_header((header::CACHE_CONTROL, "no-store"));
        if let Some(secondes) = self.attendre {
            reponse.insert_header((header::RETRY_AFTER, HeaderValue::from(secondes)));
        }
        if let Some(defi) = &self.defi {
            reponse.insert_header((header::WWW_AUTHENTICATE, defi.as_str()));
        }
        reponse.body(serde_json::to_vec(&self.probleme).unwrap_or_default())
    }
}

/// The answers that an operation may give beside its own, for the OpenAPI document.
macro_rules! reponses {
    ($(#[$doc:meta])* $name:ident { $($status:literal => $texte:literal),+ $(,)? }) => {
        $(#[$doc])*
        pub struct $name;
        impl utoipa::IntoResponses for $name {
            fn responses() -> std::collections::BTreeMap<String, utoipa::openapi::RefOr<utoipa::openapi::response::Response>> {
                use utoipa::openapi::{ContentBuilder, Ref, ResponseBuilder, ResponsesBuilder};
                let mut b = ResponsesBuilder::new();
                $(
                    let contenu = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
                    b = b.response($status, ResponseBuilder::new().description($texte).content("application/problem+json", contenu));
                )+
                b.build().into()
            }
        }
    };
}

reponses! {
    /// Of a public operation that takes a body.
    ErreursPubliques {
        "400" => "La requête n’est pas comprise.",
        "403" => "La requête vient d’un autre site.",
        "409" => "La même clé est en cours de traitement.",
        "413" => "Le corps est trop volumineux.",
        "415" => "Le type de contenu n’est pas celui attendu.",
        "422" => "Des champs manquent ou sont faux.",
        "503" => "Un service ne répond pas.",
    }
}
reponses! {
    /// Of an operation that must be told which version it changes.
    ErreursVersion {
        "412" => "La version n’est plus celle donnée dans If-Match.",
        "428" => "If-Match manque.",
    }
}
reponses! {
    /// Of an operation that reads.
    ErreursLecture {
        "400" => "La requête n’est pas comprise.",
        "401" => "Connexion ou jeton d’accès nécessaire.",
        "403" => "Le rôle ne le permet pas.",
        "404" => "Absent, ou hors de portée.",
        "503" => "Un service ne répond pas.",
    }
}
reponses! {
    /// Of an operation that writes.
    ErreursEcriture {
        "400" => "La requête n’est pas comprise.",
        "401" => "Connexion ou jeton d’accès nécessaire.",
        "403" => "Le rôle ne le permet pas, ou la requête vient d’un autre site.",
        "404" => "Absent, ou hors de portée.",
        "409" => "L’état ne le permet pas, ou la même clé est en cours de traitement.",
        "413" => "Le corps est trop volumineux.",
        "415" => "Le type de contenu ou le format du fichier n’est pas accepté.",
        "422" => "Des champs manquent ou sont faux, ou le fichier est refusé.",
        "503" => "Un service ne répond pas.",
    }
}
reponses! {
    /// Of an operation of the tus protocol.
    ErreursTus {
        "400" => "Un en-tête manque ou n’est pas compris.",
        "401" => "Connexion nécessaire.",
        "403" => "Le rôle ne le permet pas, ou la requête vient d’un autre site.",
        "404" => "Absent, ou hors de portée.",
        "409" => "Le téléversement en est à un autre octet, ou le dépôt est refusé ; les octets sont gardés.",
        "410" => "Le téléversement est terminé ou a expiré.",
        "412" => "La version de tus n’est pas prise en charge (voir Tus-Version), ou le document n’est plus celui d’If-Match.",
        "413" => "Le fichier est trop volumineux.",
        "415" => "Le type de contenu ou le format du fichier n’est pas accepté.",
        "422" => "Le fichier est refusé, ou une métadonnée manque ou est fausse.",
        "429" => "Trop de requêtes ; voir Retry-After.",
        "460" => "L’empreinte n’est pas celle des octets reçus ; ils sont écartés.",
        "503" => "Un service ne répond pas.",
    }
}
reponses! {
    /// Of a public document that is read.
    ErreursMetadonnees {
        "503" => "Un service ne répond pas.",
    }
}
