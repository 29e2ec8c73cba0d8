//! The people and dossiers that most tests need.

use std::collections::HashMap;

use domain::RoleMembre;
use domain::acteur::Cote;
use domain::dossier::{EtapePiece, Exigence};
use domain::ids::{AdherentId, DossierId, EtablissementId, TypePieceId, UtilisateurId};

use crate::semis::{NouveauDossier, Semis, siret};

/// Two companies, their members, their gestionnaires, and a dossier per établissement.
#[derive(Debug, Clone)]
pub struct Monde {
    /// Company A, number `0012345`.
    pub adherent_a: AdherentId,
    /// Company B, number `0067890`.
    pub adherent_b: AdherentId,
    /// First établissement of A, SIRET `siret(1, 1)`.
    pub etablissement_a1: EtablissementId,
    /// Second établissement of A, SIRET `siret(1, 2)`.
    pub etablissement_a2: EtablissementId,
    /// Only établissement of B, SIRET `siret(2, 1)`.
    pub etablissement_b: EtablissementId,
    /// Administrateur of A1 and A2: `nadia@bati-rives.example`.
    pub administrateur: UtilisateurId,
    /// Contributeur of A1 and A2: `marc@bati-rives.example`.
    pub membre: UtilisateurId,
    /// Lecteur of A1 alone: `lea@bati-rives.example`.
    pub lecteur: UtilisateurId,
    /// Administrateur of B: `bruno@toits-du-sud.example`.
    pub autre_membre: UtilisateurId,
    /// Gestionnaire of A: `gaelle@opco.example`.
    pub gestionnaire: UtilisateurId,
    /// Gestionnaire of B: `hugo@opco.example`.
    pub autre_gestionnaire: UtilisateurId,
    /// Administrateur of the OPCO: `odile@opco.example`.
    pub opco_admin: UtilisateurId,
    /// PLAN dossier of A1 under instruction: `1819006292.01`, demande `1304811`.
    pub dossier_a1: DossierId,
    /// PLAN dossier of A2 under instruction: `1819006295.01`, demande `1304818`.
    pub dossier_a2: DossierId,
    /// C PRO dossier of B under instruction: `1820000010.01`, demande `1403400`.
    pub dossier_b: DossierId,
    /// The categories of pieces, by dispositif and code.
    pieces: HashMap<(&'static str, &'static str), TypePieceId>,
}

impl Monde {
    /// Sows the whole world.
    pub fn simple(s: &mut Semis<'_>) -> Self {
        let gestionnaire = s.utilisateur(Cote::Gestionnaire, "Gaëlle", "Le Goff", "gaelle@opco.example");
        let autre_gestionnaire = s.utilisateur(Cote::Gestionnaire, "Hugo", "Marchand", "hugo@opco.example");
        let opco_admin = s.utilisateur(Cote::AdministrateurOpco, "Odile", "Perrin", "odile@opco.example");
        let adherent_a = s.adherent("0012345", "Bâti Rives", &siret(1, 1)[..9], gestionnaire);
        let adherent_b = s.adherent("0067890", "Toits du Sud", &siret(2, 1)[..9], autre_gestionnaire);
        let etablissement_a1 = s.etablissement(adherent_a, &siret(1, 1), "Siège, Rezé");
        let etablissement_a2 = s.etablissement(adherent_a, &siret(1, 2), "Atelier, Saint-Herblain");
        let etablissement_b = s.etablissement(adherent_b, &siret(2, 1), "Siège, Nîmes");
        let (a1, a2, b) =
            ((adherent_a, etablissement_a1), (adherent_a, etablissement_a2), (adherent_b, etablissement_b));
        let administrateur = s.utilisateur(Cote::Membre, "Nadia", "Lemercier", "nadia@bati-rives.example");
        let membre = s.utilisateur(Cote::Membre, "Marc", "Guérin", "marc@bati-rives.example");
        let lecteur = s.utilisateur(Cote::Membre, "Léa", "Royer", "lea@bati-rives.example");
        let autre_membre = s.utilisateur(Cote::Membre, "Bruno", "Fabre", "bruno@toits-du-sud.example");
        for (qui, ou, role) in [
            (administrateur, a1, RoleMembre::Administrateur),
            (administrateur, a2, RoleMembre::Administrateur),
            (membre, a1, RoleMembre::Contributeur),
            (membre, a2, RoleMembre::Contributeur),
            (lecteur, a1, RoleMembre::Lecteur),
            (autre_membre, b, RoleMembre::Administrateur),
        ] {
            s.rattachement(qui, ou, role);
        }
        let pieces = pieces(s);
        let dossier_a1 = s.dossier(NouveauDossier::new("1819006292.01", "1304811", a1, gestionnaire));
        let dossier_a2 = s.dossier(NouveauDossier::new("1819006295.01", "1304818", a2, gestionnaire));
        let cpro = NouveauDossier {
            dispositif: "C PRO",
            ..NouveauDossier::new("1820000010.01", "1403400", b, autre_gestionnaire)
        };
        let dossier_b = s.dossier(cpro);
        s.inscription(dossier_a1, etablissement_a1, "Karim", "Benali");
        s.inscription(dossier_b, etablissement_b, "Zoé", "Ünal");
        Self {
            adherent_a,
            adherent_b,
            etablissement_a1,
            etablissement_a2,
            etablissement_b,
            administrateur,
            membre,
            lecteur,
            autre_membre,
            gestionnaire,
            autre_gestionnaire,
            opco_admin,
            dossier_a1,
            dossier_a2,
            dossier_b,
            pieces,
        }
    }

    /// A category of pieces; `PLAN` has `programme`, `convention`, `facture`, `identite` and
    /// `autres`, `C PRO` has `contrat`, `facture` and `autres`.
    pub fn piece(&self, dispositif: &str, code: &str) -> TypePieceId {
        self.pieces
            .iter()
            .find(|((d, c), _)| *d == dispositif && *c == code)
            .map(|(_, id)| *id)
            .expect("une catégorie connue")
    }
}

/// `PLAN` has one category of each sort; « Autres pièces » is free in both dispositifs.
fn pieces(s: &mut Semis<'_>) -> HashMap<(&'static str, &'static str), TypePieceId> {
    use EtapePiece as E;
    use Exigence as X;
    s.dispositif("PLAN", "Plan de développement des compétences");
    s.dispositif("C PRO", "Contrat de professionnalisation");
    let categories = [
        (("PLAN", "programme", "Programme de formation"), E::Demande, X::Obligatoire, Some(1), Some(0)),
        (("PLAN", "convention", "Convention de formation"), E::Demande, X::Obligatoire, Some(2), None),
        (("PLAN", "facture", "Facture"), E::Paiement, X::Obligatoire, None, Some(60)),
        (("PLAN", "identite", "Pièce d’identité"), E::Demande, X::SurDemande, Some(2), None),
        (("PLAN", "autres", "Autres pièces"), E::Libre, X::Facultative, None, None),
        (("C PRO", "contrat", "Contrat (CERFA)"), E::Demande, X::Obligatoire, Some(1), Some(5)),
        (("C PRO", "facture", "Facture"), E::Paiement, X::Obligatoire, None, Some(60)),
        (("C PRO", "autres", "Autres pièces"), E::Libre, X::Facultative, None, None),
    ];
    let mut ids = HashMap::new();
    for (rang, (noms, etape, exigence, nombre_max, delai)) in (1..).zip(categories) {
        ids.insert((noms.0, noms.1), s.type_piece(noms, etape, exigence, nombre_max, delai, rang));
    }
    ids
}
