//! The sandbox.

use api_types::bac_a_sable as wire;
use api_types::comptes::MotDePasse;
use app::bac_a_sable::{Commande, DossierFictif, Entreprise, Heure, Personne};
use domain::code::Code as _;
use domain::dossier::Etat;

/// Établissements when it is not said how many.
const ETABLISSEMENTS: u32 = 2;

/// The company that is wanted.
pub fn commande(s: wire::SaisieEntreprise) -> Commande {
    let un_par_etat = u32::try_from(Etat::TOUS.len()).unwrap_or(u32::MAX);
    Commande {
        raison_sociale: s.raison_sociale,
        etablissements: s.etablissements.unwrap_or(ETABLISSEMENTS),
        dossiers: s.dossiers.unwrap_or(un_par_etat),
    }
}

/// A company, with the two passwords.
pub fn entreprise(e: Entreprise) -> wire::EntrepriseFictive {
    let etablissements = e.etablissements.into_iter();
    wire::EntrepriseFictive {
        adherent_id: e.adherent.uuid(),
        numero: e.numero,
        raison_sociale: e.raison_sociale,
        siren: e.siren,
        etablissements: etablissements
            .map(|(id, siret, nom)| wire::EtablissementFictif { id: id.uuid(), siret, nom })
            .collect(),
        administrateur: personne(e.administrateur),
        gestionnaire: personne(e.gestionnaire),
        dossiers: dossiers(&e.dossiers).elements,
    }
}

fn personne(p: Personne) -> wire::PersonneFictive {
    wire::PersonneFictive { id: p.id.uuid(), email: p.email, mot_de_passe: MotDePasse(p.mot_de_passe.expose().clone()) }
}

/// Dossiers.
pub fn dossiers(dossiers: &[DossierFictif]) -> wire::DossiersFictifs {
    let elements = dossiers.iter().map(|d| wire::DossierFictif {
        id: d.id.uuid(),
        numero: d.numero.clone(),
        etat: d.etat,
        code_inter_opco: d.etat.code_inter_opco(),
    });
    wire::DossiersFictifs { elements: elements.collect() }
}

/// The états that a dossier went through.
pub fn etats(etats: &[Etat]) -> wire::EtatsPasses {
    let elements = etats.iter().map(|e| wire::EtatPasse { etat: *e, code_inter_opco: e.code_inter_opco() });
    wire::EtatsPasses { elements: elements.collect() }
}

/// What time it is.
pub fn heure(h: &Heure) -> wire::HeureBac {
    wire::HeureBac { maintenant: h.maintenant, avance_secondes: h.avance }
}
