//! A dossier of the demonstration, as it is told in the tables.

use domain::document::Verdict;
use domain::dossier::{Etat, ModeReglement};
use jiff::civil::Date;

use super::calendrier::{Ancrage, Heure};
use super::parcours::{Pas, etats, parcours};
use super::personnes::Stagiaire;

/// A dossier and all its parts.
#[derive(Debug, Clone)]
pub(super) struct Fiche {
    pub(super) numero: &'static str,
    pub(super) demande: &'static str,
    pub(super) siret: &'static str,
    pub(super) dispositif: &'static str,
    pub(super) intitule: &'static str,
    pub(super) organisme: &'static str,
    pub(super) debut: Date,
    pub(super) fin: Date,
    pub(super) ancrage: Ancrage,
    pub(super) montant: i64,
    pub(super) accorde: Option<i64>,
    pub(super) pas: Vec<Pas>,
    pub(super) stagiaires: Stagiaires,
    pub(super) depots: Vec<Depot>,
    /// Codes of the categories left empty, though they are due.
    pub(super) sans: Vec<&'static str>,
    pub(super) demandees: Vec<Demandee>,
    pub(super) versements: Vec<Versement>,
    pub(super) messages: Vec<Mot>,
}

/// Who is trained.
#[derive(Debug, Clone)]
pub(super) enum Stagiaires {
    /// That many people of the common table.
    Nombre(usize),
    /// These, with a tutor if there is one.
    Nommes(Vec<Stagiaire>, Option<Stagiaire>),
}

/// A document of the member.
#[derive(Debug, Clone)]
pub(super) struct Depot {
    /// Code of its category.
    pub(super) piece: &'static str,
    pub(super) nom: &'static str,
    pub(super) le: Date,
    pub(super) a: Heure,
    pub(super) verdict: Verdict,
    pub(super) motif: Option<&'static str>,
    /// Days since the first version, when this is the second.
    pub(super) version_2: Option<i32>,
}

/// A member's document in a category.
pub(super) const fn depot(piece: &'static str, nom: &'static str, le: Date, a: Heure) -> Depot {
    Depot { piece, nom, le, a, verdict: Verdict::AExaminer, motif: None, version_2: None }
}

impl Depot {
    /// Judged good.
    pub(super) const fn acceptee(self) -> Self {
        Self { verdict: Verdict::Acceptee, ..self }
    }

    /// To be put right, for a reason.
    pub(super) const fn a_completer(self, motif: &'static str) -> Self {
        Self { verdict: Verdict::ACompleter, motif: Some(motif), ..self }
    }

    /// The second version, that many days after the first.
    pub(super) const fn deuxieme_version(self, jours: i32) -> Self {
        Self { version_2: Some(jours), ..self }
    }
}

/// A piece that the gestionnaire asked for: category, reason, due day, day and time of the request.
pub(super) type Demandee = (&'static str, &'static str, Date, Date, Heure);

/// A payment: invoice, mode, invoiced, paid, transfer reference and day.
pub(super) type Versement = (&'static str, ModeReglement, i64, i64, Option<(&'static str, Date)>);

/// Who writes a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Plume {
    Membre,
    Gestionnaire,
    /// The product, in the gestionnaire's name.
    Automate,
}

/// A message.
#[derive(Debug, Clone)]
pub(super) struct Mot {
    pub(super) de: Plume,
    pub(super) le: Date,
    pub(super) a: Heure,
    pub(super) corps: &'static str,
    /// Whether the other side has read it.
    pub(super) lu: bool,
    /// Name of the attached file.
    pub(super) jointe: Option<&'static str>,
}

pub(super) const fn mot(de: Plume, le: Date, a: Heure, corps: &'static str) -> Mot {
    Mot { de, le, a, corps, lu: true, jointe: None }
}

impl Mot {
    /// Not read yet by the other side.
    pub(super) const fn non_lu(self) -> Self {
        Self { lu: false, ..self }
    }

    /// With a file.
    pub(super) const fn avec(self, nom: &'static str) -> Self {
        Self { jointe: Some(nom), ..self }
    }
}

impl Fiche {
    /// A dossier: numbers, place, dispositif, title, training body, days.
    pub(super) fn new(
        (numero, demande): (&'static str, &'static str),
        siret: &'static str,
        dispositif: &'static str,
        (intitule, organisme): (&'static str, &'static str),
        (debut, fin): (Date, Date),
    ) -> Self {
        Self {
            numero,
            demande,
            siret,
            dispositif,
            intitule,
            organisme,
            debut,
            fin,
            ancrage: Ancrage::Mobile,
            montant: 0,
            accorde: None,
            pas: Vec::new(),
            stagiaires: Stagiaires::Nombre(1),
            depots: Vec::new(),
            sans: Vec::new(),
            demandees: Vec::new(),
            versements: Vec::new(),
            messages: Vec::new(),
        }
    }

    /// Its dates do not move.
    pub(super) fn fixe(mut self) -> Self {
        self.ancrage = Ancrage::Fixe;
        self
    }

    /// In `etat`, after the usual course; the whole amount, in cents, is agreed once funding is.
    pub(super) fn etat(self, etat: Etat, montant: i64) -> Self {
        let pas = parcours(etat, self.debut, self.fin);
        self.pas(pas, montant)
    }

    /// After these acts.
    pub(super) fn pas(mut self, pas: Vec<Pas>, montant: i64) -> Self {
        self.pas = pas;
        self.montant = montant;
        self.accorde = self.etat_present().apres_accord().then_some(montant);
        self
    }

    pub(super) fn stagiaires(mut self, nombre: usize) -> Self {
        self.stagiaires = Stagiaires::Nombre(nombre);
        self
    }

    pub(super) fn nommes(mut self, stagiaires: Vec<Stagiaire>) -> Self {
        self.stagiaires = Stagiaires::Nommes(stagiaires, None);
        self
    }

    pub(super) fn alternant(mut self, alternant: Stagiaire, tuteur: Stagiaire) -> Self {
        self.stagiaires = Stagiaires::Nommes(vec![alternant], Some(tuteur));
        self
    }

    pub(super) fn depots(mut self, depots: Vec<Depot>) -> Self {
        self.depots = depots;
        self
    }

    pub(super) fn sans(mut self, codes: &[&'static str]) -> Self {
        self.sans = codes.to_vec();
        self
    }

    pub(super) fn demandees(mut self, demandees: Vec<Demandee>) -> Self {
        self.demandees = demandees;
        self
    }

    pub(super) fn versements(mut self, versements: Vec<Versement>) -> Self {
        self.versements = versements;
        self
    }

    pub(super) fn messages(mut self, messages: Vec<Mot>) -> Self {
        self.messages = messages;
        self
    }

    /// Where it stands. The tests hold every course to the state machine.
    pub(super) fn etat_present(&self) -> Etat {
        etats(&self.pas).ok().and_then(|e| e.last().copied()).unwrap_or(Etat::Brouillon)
    }

    /// The day and time it was transmitted, or written for a brouillon.
    pub(super) fn depart(&self) -> (Date, Heure) {
        let avant = self.debut.saturating_sub(jiff::Span::new().days(12));
        self.pas.first().map_or((avant, (16, 40)), |p| (p.le, p.a))
    }
}
