//! Every address of the page, written once.

use domain::acteur::Cote;
use uuid::Uuid;

/// A page, from which its link is made.
///
/// The two sides share the addresses of dossiers and messages; what the frame shows depends on who reads.
#[derive(Debug, Clone, PartialEq)]
pub enum Route {
    /// Sign-in.
    Connexion,
    /// Sign-in that leads to a wanted address afterwards.
    ConnexionPuis(String),
    /// Creation of an account.
    CreerCompte,
    /// Forgotten password.
    MotDePasseOubli,
    /// The portal of services.
    Portail,
    /// A service's page.
    Service(Uuid),
    /// Guides and how-tos.
    Tutoriel,
    /// Skills.
    Competences,
    /// eGestion's home, for a member.
    Accueil,
    /// The inbox.
    Messagerie,
    /// The inbox with a message of a dossier shown.
    Message {
        /// The dossier.
        dossier: Uuid,
        /// The message.
        message: Uuid,
    },
    /// The list of dossiers.
    Dossiers,
    /// The list of dossiers of an établissement.
    DossiersDe(Uuid),
    /// A dossier, on one of its tabs.
    Dossier(Uuid, Onglet),
    /// A category of pieces of a dossier.
    Piece {
        /// The dossier.
        dossier: Uuid,
        /// The category; the section that shows it has [`ancre_piece`] as its `id`.
        piece: Uuid,
    },
    /// The people of a company.
    Utilisateurs,
    /// The API clients of a company.
    ClientsApi,
    /// An API client.
    ClientApi(Uuid),
    /// The webhook subscriptions of a company.
    Webhooks,
    /// A webhook subscription.
    Webhook(Uuid),
    /// The OPCO's worklist.
    Gestion,
    /// The account: identity, password, sessions.
    Compte,
    /// Accessibility statement.
    Accessibilite,
    /// Personal data.
    DonneesPersonnelles,
    /// Legal notice.
    MentionsLegales,
}

/// A tab of a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Onglet {
    /// INSCRIPTION(S).
    Inscriptions,
    /// RÈGLEMENT(S).
    Reglements,
    /// MES DOCUMENTS.
    Documents,
    /// DOCUMENTS of the OPCO.
    DocumentsOpco,
    /// MESSAGE(S).
    Messages,
}

impl Onglet {
    /// The tabs, in order.
    pub const TOUS: [Self; 5] =
        [Self::Inscriptions, Self::Reglements, Self::Documents, Self::DocumentsOpco, Self::Messages];

    /// Its segment of the address.
    pub const fn segment(self) -> &'static str {
        match self {
            Self::Inscriptions => "inscriptions",
            Self::Reglements => "reglements",
            Self::Documents => "documents",
            Self::DocumentsOpco => "documents-opco",
            Self::Messages => "messages",
        }
    }
}

/// The list of dossiers; its query is `api_types::dossiers::FiltreDossiers` in its wire form.
const DOSSIERS: &str = "/egestion/dossiers";
const MESSAGERIE: &str = "/egestion/messagerie";
const UTILISATEURS: &str = "/egestion/utilisateurs";
const CLIENTS_API: &str = "/egestion/acces-api";
const WEBHOOKS: &str = "/egestion/webhooks";

impl Route {
    /// Where a side starts in eGestion: the OPCO's administrator has no worklist.
    pub const fn depart(cote: Cote) -> Self {
        match cote {
            Cote::Membre => Self::Accueil,
            Cote::Gestionnaire => Self::Gestion,
            Cote::AdministrateurOpco => Self::Dossiers,
        }
    }

    /// The address, for `href` and for the router.
    pub fn href(&self) -> String {
        match self {
            Self::Connexion => "/connexion".into(),
            Self::ConnexionPuis(suite) => format!("/connexion?suite={}", pourcent(suite)),
            Self::CreerCompte => "/compte/creer".into(),
            Self::MotDePasseOubli => "/mot-de-passe/oubli".into(),
            Self::Portail => "/".into(),
            Self::Service(id) => format!("/services/{id}"),
            Self::Tutoriel => "/tutoriel".into(),
            Self::Competences => "/competences".into(),
            Self::Accueil => "/egestion".into(),
            Self::Messagerie => MESSAGERIE.into(),
            Self::Message { dossier, message } => format!("{MESSAGERIE}?dossier={dossier}&message={message}"),
            Self::Dossiers => DOSSIERS.into(),
            Self::DossiersDe(id) => format!("{DOSSIERS}?etablissement={id}"),
            Self::Dossier(id, onglet) => format!("{DOSSIERS}/{id}/{}", onglet.segment()),
            Self::Piece { dossier, piece } => {
                format!("{DOSSIERS}/{dossier}/{}#{}", Onglet::Documents.segment(), ancre_piece(*piece))
            }
            Self::Utilisateurs => UTILISATEURS.into(),
            Self::ClientsApi => CLIENTS_API.into(),
            Self::ClientApi(id) => format!("{CLIENTS_API}/{id}"),
            Self::Webhooks => WEBHOOKS.into(),
            Self::Webhook(id) => format!("{WEBHOOKS}/{id}"),
            Self::Gestion => "/gestion".into(),
            Self::Compte => "/compte".into(),
            Self::Accessibilite => "/accessibilite".into(),
            Self::DonneesPersonnelles => "/donnees-personnelles".into(),
            Self::MentionsLegales => "/mentions-legales".into(),
        }
    }
}

/// The `id` of the section of a category of pieces, on the page of its dossier.
pub fn ancre_piece(piece: Uuid) -> String {
    format!("piece-{piece}")
}

/// The address to go to after signing in, when it is one of ours.
pub fn suite_sure(suite: &str) -> Option<&str> {
    let interieure = suite.starts_with('/') && !suite.starts_with("//") && !suite.contains('\\');
    (interieure && !suite.starts_with("/connexion")).then_some(suite)
}

/// A text percent-encoded for a query (RFC 3986: unreserved characters stay).
pub fn pourcent(texte: &str) -> String {
    use std::fmt::Write as _;
    let mut code = String::with_capacity(texte.len());
    for octet in texte.bytes() {
        if octet.is_ascii_alphanumeric() || b"-._~/".contains(&octet) {
            code.push(char::from(octet));
        } else {
            // Writing to a String does not fail.
            let _ = write!(code, "%{octet:02X}");
        }
    }
    code
}

#[cfg(test)]
mod tests {
    use super::{Onglet, Route, suite_sure};

    #[test]
    fn links_hold_their_parameters() {
        let id = uuid::Uuid::nil();
        assert_eq!(Route::Dossier(id, Onglet::DocumentsOpco).href(), format!("/egestion/dossiers/{id}/documents-opco"));
        assert_eq!(
            Route::ConnexionPuis("/egestion/dossiers?q=é&tri=x".into()).href(),
            "/connexion?suite=/egestion/dossiers%3Fq%3D%C3%A9%26tri%3Dx"
        );
    }

    #[test]
    fn signing_in_never_leads_out_of_the_page() {
        for bonne in ["/", "/egestion/dossiers?q=1", "/compte"] {
            assert_eq!(suite_sure(bonne), Some(bonne));
        }
        for mauvaise in ["", "//mal.example", "https://mal.example", "/\\mal.example", "/connexion?suite=/", "mal"] {
            assert_eq!(suite_sure(mauvaise), None, "{mauvaise}");
        }
    }
}
