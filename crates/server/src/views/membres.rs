//! The people of a company on the wire.

use api_types::membres as wire;
use app::membres::{CompteInvite, DroitLu, Fiche, Invitation, Page, PageInvitations, etiquette};
use db::invitations::Recue;
use db::membres::{Droit, Lieu};
use domain::ids::Id;
use domain::secret::Secret;

use super::messages::curseur;

/// The rights that a request asks for.
pub fn droits(demandes: &[wire::DroitMembre]) -> Vec<Droit> {
    demandes.iter().map(|d| Droit { etablissement: Id::new(d.etablissement_id), role: d.role }).collect()
}

/// A page of members.
pub fn page(page: Page) -> wire::Membres {
    wire::Membres {
        elements: page.membres.into_iter().map(membre).collect(),
        etablissements: page.lieux.into_iter().map(lieu).collect(),
        suivant: page.suivant.map(curseur),
    }
}

/// A member.
pub fn membre(fiche: Fiche) -> wire::Membre {
    let etag = etiquette(&fiche);
    let Fiche { personne, moi, droits } = fiche;
    wire::Membre {
        id: personne.id.0.uuid(),
        prenom: personne.prenom,
        nom: personne.nom,
        email: personne.email,
        moi,
        rattachements: rattachements(droits),
        etag,
    }
}

/// A page of invitations.
pub fn invitations(page: PageInvitations) -> wire::Invitations {
    wire::Invitations {
        elements: page.invitations.into_iter().map(invitation).collect(),
        suivant: page.suivant.map(curseur),
    }
}

/// An invitation, for whoever manages it.
pub fn invitation(invitation: Invitation) -> wire::Invitation {
    let Invitation { ligne: l, droits } = invitation;
    wire::Invitation {
        id: l.id.0.uuid(),
        adherent_id: l.adherent.0.uuid(),
        cree_par: l.auteur(),
        email: l.email,
        rattachements: rattachements(droits),
        cree_le: l.cree_le.0,
        expire_le: l.expire_le.0,
    }
}

/// An invitation, for whoever received it.
pub fn recue((recue, droits, compte): (Recue, Vec<DroitLu>, bool)) -> wire::InvitationRecue {
    wire::InvitationRecue {
        adherent: recue.raison_sociale,
        email: recue.email,
        rattachements: rattachements(droits),
        expire_le: recue.expire_le.0,
        compte,
    }
}

/// The account that an invitation makes.
pub fn compte(compte: wire::CompteInvite) -> CompteInvite {
    let wire::CompteInvite { prenom, nom, mot_de_passe } = compte;
    CompteInvite { prenom, nom, mot_de_passe: Secret::new(mot_de_passe.0) }
}

fn rattachements(droits: Vec<DroitLu>) -> Vec<wire::RattachementMembre> {
    droits.into_iter().map(|(l, role)| wire::RattachementMembre { etablissement: lieu(l), role }).collect()
}

fn lieu(l: Lieu) -> wire::EtablissementGere {
    wire::EtablissementGere { id: l.id.0.uuid(), siret: l.siret, nom: l.nom }
}
