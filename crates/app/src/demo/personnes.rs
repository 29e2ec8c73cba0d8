//! Invented companies and people. Telephone numbers and addresses are those kept for fiction.

use domain::RoleMembre;
use domain::acteur::Cote;

/// The password of everybody in the demonstration.
pub const MOT_DE_PASSE: &str = "chantier-echafaudage-bleu";

pub(super) const REZE: &str = "99841230800012";
pub(super) const CHOLET: &str = "99841230800020";
pub(super) const RIVES_TP: &str = "99853011700014";
pub(super) const VAUQUELIN: &str = "99867214100012";
pub(super) const MORVAN: &str = "99870359900014";
pub(super) const DON: &str = "99811846700013";
pub(super) const LANOE: &str = "99826507800019";
pub(super) const OUDON: &str = "99834972400018";
pub(super) const BRISSET: &str = "99849163300017";
pub(super) const VIGNOBLE: &str = "99858820600016";

pub(super) const NADIA: &str = "n.lemercier@bati-rives.example";
pub(super) const CLAIRE: &str = "claire.aubertin@opco.example";
pub(super) const DAMIEN: &str = "damien.rouault@opco.example";

/// A company: number, name, gestionnaire, établissements (SIRET, name).
pub(super) struct Adherent {
    pub(super) numero: &'static str,
    pub(super) nom: &'static str,
    pub(super) gestionnaire: &'static str,
    pub(super) etablissements: &'static [(&'static str, &'static str)],
}

const fn adherent(
    numero: &'static str,
    nom: &'static str,
    gestionnaire: &'static str,
    etablissements: &'static [(&'static str, &'static str)],
) -> Adherent {
    Adherent { numero, nom, gestionnaire, etablissements }
}

pub(super) const ADHERENTS: &[Adherent] = &[
    adherent("A0440-18772", "Bâti-Rives", CLAIRE, &[(REZE, "Siège, Rezé"), (CHOLET, "Agence de Cholet")]),
    adherent("A0440-18915", "Rives Travaux Publics", CLAIRE, &[(RIVES_TP, "Rives TP, Saint-Nazaire")]),
    adherent("A0490-07731", "Charpentes Vauquelin", CLAIRE, &[(VAUQUELIN, "Charpentes Vauquelin, Segré")]),
    adherent("A0440-20448", "Étanchéité Morvan et Fils", CLAIRE, &[(MORVAN, "Étanchéité Morvan, Savenay")]),
    adherent("A0440-21060", "Carrelages du Don", CLAIRE, &[(DON, "Carrelages du Don, Nozay")]),
    adherent("A0530-04419", "Menuiserie Lanoë", CLAIRE, &[(LANOE, "Menuiserie Lanoë, Laval")]),
    adherent("A0490-08276", "Terrassements Oudon", CLAIRE, &[(OUDON, "Terrassements Oudon, Le Lion-d’Angers")]),
    adherent("A0850-11593", "Couverture Brisset", DAMIEN, &[(BRISSET, "Couverture Brisset, Montaigu")]),
    adherent("A0440-22817", "Électricité du Vignoble", DAMIEN, &[(VIGNOBLE, "Électricité du Vignoble, Clisson")]),
];

/// A person, and for a member the role in each établissement.
pub(super) struct Personne {
    pub(super) prenom: &'static str,
    pub(super) nom: &'static str,
    pub(super) email: &'static str,
    pub(super) fonction: &'static str,
    pub(super) telephone: &'static str,
    pub(super) cote: Cote,
    pub(super) role: RoleMembre,
    pub(super) etablissements: &'static [&'static str],
    /// What the table of sign-ins says of the person; `None` leaves it out.
    pub(super) presente: Option<&'static str>,
}

const fn membre(
    (prenom, nom, email): (&'static str, &'static str, &'static str),
    (fonction, telephone): (&'static str, &'static str),
    role: RoleMembre,
    etablissements: &'static [&'static str],
    presente: Option<&'static str>,
) -> Personne {
    Personne { prenom, nom, email, fonction, telephone, cote: Cote::Membre, role, etablissements, presente }
}

const fn opco(
    (prenom, nom, email): (&'static str, &'static str, &'static str),
    (fonction, telephone): (&'static str, &'static str),
    cote: Cote,
    presente: &'static str,
) -> Personne {
    let role = RoleMembre::Lecteur;
    Personne { prenom, nom, email, fonction, telephone, cote, role, etablissements: &[], presente: Some(presente) }
}

pub(super) const PERSONNES: &[Personne] = &[
    membre(
        ("Nadia", "Lemercier", NADIA),
        ("Responsable formation", "02 61 91 22 05"),
        RoleMembre::Administrateur,
        &[REZE, CHOLET, RIVES_TP],
        Some("adhérent, administrateur"),
    ),
    membre(
        ("Soline", "Kerbrat", "s.kerbrat@bati-rives.example"),
        ("Assistante de formation", "02 61 91 22 11"),
        RoleMembre::Contributeur,
        &[REZE, CHOLET],
        Some("adhérent, contributeur"),
    ),
    membre(
        ("Pascal", "Guérin", "p.guerin@bati-rives.example"),
        ("Comptabilité", "02 61 91 22 18"),
        RoleMembre::Lecteur,
        &[REZE, CHOLET, RIVES_TP],
        Some("adhérent, lecteur"),
    ),
    opco(
        ("Claire", "Aubertin", CLAIRE),
        ("Gestionnaire de vos dossiers", "02 61 91 14 20"),
        Cote::Gestionnaire,
        "gestionnaire",
    ),
    opco(
        ("Damien", "Rouault", DAMIEN),
        ("Conseiller formation, Loire-Atlantique", "02 61 91 14 37"),
        Cote::Gestionnaire,
        "gestionnaire (autre portefeuille)",
    ),
    opco(
        ("Hélène", "Vasseur", "h.vasseur@opco.example"),
        ("Administration d’eGestion", "02 61 91 14 02"),
        Cote::AdministrateurOpco,
        "administrateur de l’OPCO",
    ),
    membre(
        ("Marc", "Vauquelin", "m.vauquelin@charpentes-vauquelin.example"),
        ("Gérant", "02 61 91 30 14"),
        RoleMembre::Administrateur,
        &[VAUQUELIN],
        Some("adhérent, administrateur (autre entreprise)"),
    ),
    membre(
        ("Anne", "Morvan", "a.morvan@etancheite-morvan.example"),
        ("Gérante", "02 61 91 30 22"),
        RoleMembre::Administrateur,
        &[MORVAN],
        None,
    ),
    membre(
        ("Loïc", "Hamon", "l.hamon@carrelages-du-don.example"),
        ("Gérant", "02 61 91 30 31"),
        RoleMembre::Administrateur,
        &[DON],
        None,
    ),
    membre(
        ("Élise", "Lanoë", "e.lanoe@menuiserie-lanoe.example"),
        ("Directrice", "02 61 91 30 45"),
        RoleMembre::Administrateur,
        &[LANOE],
        None,
    ),
    membre(
        ("Bruno", "Chesneau", "b.chesneau@terrassements-oudon.example"),
        ("Conducteur de travaux", "02 61 91 30 57"),
        RoleMembre::Administrateur,
        &[OUDON],
        None,
    ),
    membre(
        ("Sophie", "Brisset", "s.brisset@couverture-brisset.example"),
        ("Gérante", "02 61 91 30 63"),
        RoleMembre::Administrateur,
        &[BRISSET],
        None,
    ),
    membre(
        ("Karim", "Belkacem", "k.belkacem@electricite-du-vignoble.example"),
        ("Responsable administratif", "02 61 91 30 78"),
        RoleMembre::Administrateur,
        &[VIGNOBLE],
        None,
    ),
];

/// A trainee: last name, first name, birth date, CSP, form of address.
pub(super) type Stagiaire = (&'static str, &'static str, (i16, i8, i8), &'static str, &'static str);

pub(super) const STAGIAIRES: &[Stagiaire] = &[
    ("ROUSSEAU", "Julien", (1992, 7, 15), "Ouvrier qualifié", "Monsieur"),
    ("LE GALL", "Aurélie", (1988, 2, 27), "Employé", "Madame"),
    ("DIALLO", "Mamadou", (1995, 9, 3), "Ouvrier qualifié", "Monsieur"),
    ("PICHON", "Gaëtan", (1984, 12, 19), "Technicien, agent de maîtrise", "Monsieur"),
    ("FERREIRA", "Paulo", (1979, 4, 8), "Ouvrier qualifié", "Monsieur"),
    ("TANGUY", "Maëlle", (1997, 6, 30), "Employé", "Madame"),
    ("OUVRARD", "Kévin", (1999, 1, 22), "Ouvrier", "Monsieur"),
    ("MARTINEAU", "Céline", (1982, 10, 11), "Cadre", "Madame"),
    ("NGUYEN", "Hugo", (2001, 3, 17), "Ouvrier", "Monsieur"),
    ("BOURDEAU", "Fabrice", (1976, 8, 5), "Technicien, agent de maîtrise", "Monsieur"),
    ("KAYA", "Emre", (1993, 11, 28), "Ouvrier qualifié", "Monsieur"),
    ("GUILLET", "Mathilde", (1990, 5, 14), "Technicien, agent de maîtrise", "Madame"),
    ("LEFEUVRE", "Antoine", (1986, 7, 2), "Ouvrier qualifié", "Monsieur"),
    ("SANTOS", "Inês", (1998, 12, 9), "Employé", "Madame"),
    ("BRETON", "Steven", (2000, 2, 13), "Ouvrier", "Monsieur"),
    ("PERRAULT", "Didier", (1972, 9, 25), "Ouvrier qualifié", "Monsieur"),
];

#[cfg(test)]
mod tests {
    use domain::siret::Siret;

    use super::{ADHERENTS, MOT_DE_PASSE, PERSONNES};

    #[test]
    fn every_siret_is_valid_and_every_attachment_has_its_place() {
        for (siret, nom) in ADHERENTS.iter().flat_map(|a| a.etablissements) {
            assert!(Siret::parse(siret).is_ok(), "{nom} {siret}");
        }
        for e in PERSONNES.iter().flat_map(|p| p.etablissements) {
            assert!(ADHERENTS.iter().any(|a| a.etablissements.iter().any(|(s, _)| s == e)), "{e}");
        }
    }

    #[test]
    fn the_documented_password_is_acceptable() {
        assert!(domain::mot_de_passe::longueur(MOT_DE_PASSE).is_ok());
        let score = u8::from(zxcvbn::zxcvbn(MOT_DE_PASSE, &[]).score());
        assert!(score >= domain::mot_de_passe::SCORE_MIN, "{score}");
    }
}
