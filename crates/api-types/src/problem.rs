//! Problem details (RFC 9457): every error of the API.

use domain::enum_code;

use crate::wire;

enum_code! {
    /// The stable code of a problem; its page is `/problems/{code}`.
    pub enum ProblemCode {
        /// The request is not understood: malformed JSON, query or form.
        RequeteIllisible = "requete-illisible",
        /// The bytes received are not those of the digest announced.
        EmpreinteDifferente = "empreinte-differente",
        /// The `Idempotency-Key` is not one.
        CleInvalide = "cle-invalide",
        /// No session, or an expired one.
        NonConnecte = "non-connecte",
        /// The access token is unknown, altered, expired or revoked, or its client may not call.
        JetonInvalide = "jeton-invalide",
        /// The address and the password do not match an account.
        IdentifiantsIncorrects = "identifiants-incorrects",
        /// The request does not come from our page.
        OrigineRefusee = "origine-refusee",
        /// The role is too small, or the act belongs to the other side.
        Interdit = "interdit",
        /// The access token does not carry the scope that the operation needs.
        PorteeInsuffisante = "portee-insuffisante",
        /// The operation is for people; no access token opens it.
        ReserveAuxPersonnes = "reserve-aux-personnes",
        /// Absent, or not visible to the caller.
        Absent = "absent",
        /// The method does not exist on this address.
        MethodeInconnue = "methode-inconnue",
        /// The same bytes are already in the dossier.
        DocumentEnDouble = "document-en-double",
        /// The undo window is over.
        AnnulationTropTardive = "annulation-trop-tardive",
        /// The état does not allow it.
        EtatIncompatible = "etat-incompatible",
        /// The category already holds its number of documents.
        PieceComplete = "piece-complete",
        /// The same `Idempotency-Key` is being served.
        CleEnCours = "cle-en-cours",
        /// The version named in `If-Match` is not the present one.
        VersionPerimee = "version-perimee",
        /// The company would have no administrateur left.
        DernierAdministrateur = "dernier-administrateur",
        /// `If-Match` is missing.
        PreconditionManquante = "precondition-manquante",
        /// The caller gave that `reference_externe` to something else.
        ReferencePrise = "reference-prise",
        /// The secret that the first answer under the same key gave is not given again.
        SecretDejaDonne = "secret-deja-donne",
        /// The upload does not stand where the bytes begin; ask where.
        EcartTeleversement = "ecart-televersement",
        /// The caller has too many uploads alive.
        TropDeTeleversements = "trop-de-televersements",
        /// The upload is over: expired, ended by another request, or refused.
        TeleversementClos = "televersement-clos",
        /// The version of tus is missing, or is not one that is spoken here.
        VersionTus = "version-tus",
        /// The bytes are not those that their checksum tells.
        EmpreinteFausse = "empreinte-fausse",
        /// The file or the body is over the limit.
        TropVolumineux = "trop-volumineux",
        /// The file's format is not accepted there.
        FormatRefuse = "format-refuse",
        /// The file is empty.
        FichierVide = "fichier-vide",
        /// The end of the file is missing.
        FichierTronque = "fichier-tronque",
        /// The file is several formats at once.
        FichierAmbigu = "fichier-ambigu",
        /// The media type of the request is not the one expected.
        TypeDeCorpsRefuse = "type-de-corps-refuse",
        /// Fields are missing or wrong; `errors` says which.
        ChampsInvalides = "champs-invalides",
        /// The `Idempotency-Key` was given to another request.
        CleReutilisee = "cle-reutilisee",
        /// The link is unknown, used or expired.
        LienInvalide = "lien-invalide",
        /// Too many requests; `Retry-After` says when to come back.
        TropDeRequetes = "trop-de-requetes",
        /// The part of the file asked for does not exist.
        PlageInvalide = "plage-invalide",
        /// A service we depend on does not answer.
        ServiceIndisponible = "service-indisponible",
        /// A fault of ours.
        ErreurInterne = "erreur-interne",
    }
}

wire! {
    /// A field that is missing or wrong.
    pub struct FieldError {
        /// JSON pointer to the field (RFC 6901), such as `/siret`.
        pub pointer: String,
        /// What is wrong and what to do, in French.
        pub detail: String,
    }

    /// An error of the API, as `application/problem+json` (RFC 9457).
    pub struct Problem {
        /// Address of the page that explains the problem.
        #[serde(rename = "type")]
        pub type_uri: String,
        /// What the problem is, the same words each time.
        pub title: String,
        /// The HTTP status.
        pub status: u16,
        /// The stable code.
        pub code: ProblemCode,
        /// What happened this time and what to do, in French.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        pub detail: Option<String>,
        /// The reference to quote to the assistance.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        pub instance: Option<String>,
        /// The fields at fault.
        #[serde(skip_serializing_if = "Vec::is_empty", default)]
        pub errors: Vec<FieldError>,
        /// The document already there, for `document-en-double`.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        pub document: Option<Box<crate::documents::Document>>,
    }
}

impl ProblemCode {
    /// The status that goes with the code.
    pub const fn status(self) -> u16 {
        match self {
            Self::RequeteIllisible | Self::EmpreinteDifferente | Self::CleInvalide => 400,
            Self::NonConnecte | Self::JetonInvalide | Self::IdentifiantsIncorrects => 401,
            Self::OrigineRefusee | Self::Interdit | Self::PorteeInsuffisante | Self::ReserveAuxPersonnes => 403,
            Self::Absent => 404,
            Self::MethodeInconnue => 405,
            Self::DocumentEnDouble
            | Self::AnnulationTropTardive
            | Self::EtatIncompatible
            | Self::PieceComplete
            | Self::CleEnCours
            | Self::EcartTeleversement
            | Self::SecretDejaDonne
            | Self::DernierAdministrateur
            | Self::TropDeTeleversements
            | Self::ReferencePrise => 409,
            Self::TeleversementClos => 410,
            Self::VersionPerimee | Self::VersionTus => 412,
            Self::PreconditionManquante => 428,
            Self::TropVolumineux => 413,
            Self::FormatRefuse | Self::TypeDeCorpsRefuse => 415,
            Self::PlageInvalide => 416,
            Self::FichierVide
            | Self::FichierTronque
            | Self::FichierAmbigu
            | Self::ChampsInvalides
            | Self::CleReutilisee
            | Self::LienInvalide => 422,
            Self::TropDeRequetes => 429,
            // Of the protocol's own.
            Self::EmpreinteFausse => 460,
            Self::ErreurInterne => 500,
            Self::ServiceIndisponible => 503,
        }
    }

    /// The title of the problem, in French.
    pub const fn title(self) -> &'static str {
        match self {
            Self::RequeteIllisible => "La requête n’est pas comprise",
            Self::EmpreinteDifferente => "Contenu altéré en chemin",
            Self::CleInvalide => "Clé d’idempotence invalide",
            Self::NonConnecte => "Connexion nécessaire",
            Self::JetonInvalide => "Jeton d’accès refusé",
            Self::IdentifiantsIncorrects => "Adresse ou mot de passe incorrect",
            Self::OrigineRefusee => "Requête refusée : origine inconnue",
            Self::Interdit => "Action non permise",
            Self::PorteeInsuffisante => "Portée insuffisante",
            Self::ReserveAuxPersonnes => "Réservé aux personnes",
            Self::Absent => "Introuvable",
            Self::MethodeInconnue => "Méthode inconnue à cette adresse",
            Self::DocumentEnDouble => "Document déjà déposé",
            Self::AnnulationTropTardive => "Le délai d’annulation est passé",
            Self::EtatIncompatible => "L’état actuel ne le permet pas",
            Self::PieceComplete => "Nombre de documents atteint",
            Self::VersionPerimee => "Version dépassée",
            Self::PreconditionManquante => "Version à indiquer",
            Self::ReferencePrise => "Référence déjà donnée",
            Self::CleEnCours => "Requête déjà en cours",
            Self::DernierAdministrateur => "Dernier administrateur",
            Self::SecretDejaDonne => "Secret déjà donné",
            Self::EcartTeleversement => "Le téléversement en est à un autre octet",
            Self::TropDeTeleversements => "Trop d’envois commencés",
            Self::TeleversementClos => "Téléversement terminé ou expiré",
            Self::VersionTus => "Version de tus non prise en charge",
            Self::EmpreinteFausse => "Empreinte différente des octets reçus",
            Self::TropVolumineux => "Fichier trop volumineux",
            Self::FormatRefuse => "Format de fichier non accepté",
            Self::FichierVide => "Fichier vide",
            Self::FichierTronque => "Fichier incomplet",
            Self::FichierAmbigu => "Fichier ambigu",
            Self::TypeDeCorpsRefuse => "Type de contenu non accepté",
            Self::ChampsInvalides => "Champs à corriger",
            Self::CleReutilisee => "Clé d’idempotence déjà utilisée",
            Self::LienInvalide => "Lien expiré ou déjà utilisé",
            Self::TropDeRequetes => "Trop de requêtes",
            Self::PlageInvalide => "Partie de fichier inexistante",
            Self::ServiceIndisponible => "Service momentanément indisponible",
            Self::ErreurInterne => "Erreur de notre côté",
        }
    }
}
