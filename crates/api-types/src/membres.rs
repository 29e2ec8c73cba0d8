//! The members of a company: their roles, their invitations.

use domain::RoleMembre;
use jiff::Timestamp;
use uuid::Uuid;

use crate::comptes::MotDePasse;
use crate::wire;

wire! {
    /// What somebody may do in an établissement.
    #[serde(deny_unknown_fields)]
    pub struct DroitMembre {
        /// The établissement: one whose members the caller manages.
        pub etablissement_id: Uuid,
        /// What the person may do there.
        pub role: RoleMembre,
    }

    /// An établissement whose members the caller manages.
    pub struct EtablissementGere {
        /// Its identifier.
        pub id: Uuid,
        /// Its SIRET, 14 digits.
        pub siret: String,
        /// Its usual name.
        pub nom: String,
    }

    /// An établissement of a member, and what the person may do there.
    pub struct RattachementMembre {
        /// The établissement.
        pub etablissement: EtablissementGere,
        /// What the person may do there.
        pub role: RoleMembre,
    }

    /// A person of the company.
    pub struct Membre {
        /// The account's identifier.
        pub id: Uuid,
        /// First name.
        pub prenom: String,
        /// Last name.
        pub nom: String,
        /// The account's address.
        pub email: String,
        /// Whether it is the caller.
        pub moi: bool,
        /// The person's établissements, of those whose members the caller manages.
        pub rattachements: Vec<RattachementMembre>,
        /// The validator to send in `If-Match`.
        pub etag: String,
    }

    /// A page of the members of a company.
    pub struct Membres {
        /// The members, the latest account first.
        pub elements: Vec<Membre>,
        /// The établissements whose members the caller manages: those where it is administrateur, and those
        /// of the company that have none.
        pub etablissements: Vec<EtablissementGere>,
        /// Where the next page starts.
        pub suivant: Option<String>,
    }

    /// A page of members or of invitations to read.
    #[derive(Default)]
    #[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
    #[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
    pub struct PageMembres {
        /// Where the page starts, as the former one said.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        pub curseur: Option<String>,
        /// Page size, 50 by default.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        pub limite: Option<u32>,
    }

    /// What a member may do from now on.
    #[serde(deny_unknown_fields)]
    pub struct ReglageMembre {
        /// One role for each établissement; the person leaves those that are not named, of those whose
        /// members the caller manages.
        pub rattachements: Vec<DroitMembre>,
    }

    /// Somebody to invite.
    #[serde(deny_unknown_fields)]
    pub struct NouvelleInvitation {
        /// The person's professional address; the link is sent to it.
        pub email: String,
        /// What the person will do, and where.
        pub rattachements: Vec<DroitMembre>,
    }

    /// An invitation that nobody has answered.
    pub struct Invitation {
        /// Its identifier.
        pub id: Uuid,
        /// The company.
        pub adherent_id: Uuid,
        /// The address it was sent to.
        pub email: String,
        /// What the person will do, and where, of the établissements whose members the caller manages.
        pub rattachements: Vec<RattachementMembre>,
        /// Who invites.
        pub cree_par: String,
        /// When.
        pub cree_le: Timestamp,
        /// When its link ends.
        pub expire_le: Timestamp,
    }

    /// A page of the invitations of a company.
    pub struct Invitations {
        /// The invitations, the latest first.
        pub elements: Vec<Invitation>,
        /// Where the next page starts.
        pub suivant: Option<String>,
    }

    /// The token of the link of an invitation.
    #[serde(deny_unknown_fields)]
    pub struct JetonInvitation {
        /// The token.
        pub jeton: String,
    }

    /// An invitation, for whoever received it.
    pub struct InvitationRecue {
        /// The company's name.
        pub adherent: String,
        /// The address it was sent to.
        pub email: String,
        /// What the person will do, and where.
        pub rattachements: Vec<RattachementMembre>,
        /// When its link ends.
        pub expire_le: Timestamp,
        /// Whether the address has an account already: it joins the company by the token alone.
        pub compte: bool,
    }

    /// An invitation accepted; the account that it makes, when the address has none.
    #[serde(deny_unknown_fields)]
    pub struct AcceptationInvitation {
        /// The token of the link.
        pub jeton: String,
        /// The account to make; needed when the address has none, and not read when it has one.
        #[serde(default)]
        pub compte: Option<CompteInvite>,
    }

    /// The account that an invitation makes.
    #[serde(deny_unknown_fields)]
    pub struct CompteInvite {
        /// First name.
        pub prenom: String,
        /// Last name.
        pub nom: String,
        /// At least 12 characters, not guessable.
        pub mot_de_passe: MotDePasse,
    }

    /// An établissement to join, by somebody who has an account and knows the company's two numbers.
    #[serde(deny_unknown_fields)]
    pub struct DemandeRattachement {
        /// SIRET of the établissement; spaces are ignored.
        pub siret: String,
        /// The company's number at the OPCO.
        pub numero_adherent: String,
    }
}
