use api_types::ProblemCode;
use domain::acteur::Cote;
use domain::mode::Mode;
use domain::outil::Outil;
use domain::{RoleMembre, Scope};
use utoipa::openapi::Components;

use super::decrire;

/// Accounts, the portal, problems.
pub(super) fn ajouter(c: &mut Components) {
    decrire(c, "Cote", "De quel côté de l’extranet est un compte.", |c: Cote| match c {
        Cote::Membre => "Une personne d’un adhérent.",
        Cote::Gestionnaire => "Un gestionnaire de l’OPCO.",
        Cote::AdministrateurOpco => "Un administrateur de l’OPCO.",
    });
    decrire(c, "RoleMembre", "Ce qu’une personne peut faire dans un établissement.", |r: RoleMembre| match r {
        RoleMembre::Lecteur => "Voit, et ne change rien.",
        RoleMembre::Contributeur => "Dépose, écrit, demande.",
        RoleMembre::Administrateur => "Contribue, et gère les personnes de l’entreprise.",
    });
    decrire(c, "Scope", "Ce qui peut être donné à un client API.", |s: Scope| s.description());
    decrire(c, "Outil", "Un outil du portail.", |o: Outil| match o {
        Outil::Egestion => "Dossiers, pièces et messages.",
        Outil::Tutoriel => "Guides et modes d’emploi.",
        Outil::Competences => "Compétences : besoins, certifications, formations.",
    });
    decrire(c, "Mode", "Si les données sont réelles.", |m: Mode| match m {
        Mode::Reel => "Entreprises, personnes et dossiers réels.",
        Mode::BacASable => "Bac à sable : tout est inventé, et peut être forcé.",
    });
    // Their titles are told with each problem.
    decrire(
        c,
        "ProblemCode",
        "Le code stable d’un problème ; sa page est `/problems/{code}`.",
        |code: ProblemCode| code.title(),
    );
}
