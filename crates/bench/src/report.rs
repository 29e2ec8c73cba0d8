//! What a run found, as kept in `target/bench.json`.

#[cfg(test)]
mod example;
mod goals;
pub mod markdown;
mod subject;
pub mod table;

pub use subject::{GROWING, Subject};

use serde::{Deserialize, Serialize};

use crate::machine::Machine;
use crate::measure::Figures;
use crate::process::Memory;

/// A whole run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The day, as `YYYY-MM-DD`.
    pub date: String,
    /// The commit that was measured, when it is known.
    pub commit: Option<String>,
    /// The machine.
    pub machine: Machine,
    /// Seconds that each measure lasted, its warm-up left out.
    pub seconds: f64,
    /// Each database that was measured.
    pub bases: Vec<BaseReport>,
    /// The first load of the page, when it could be measured.
    pub first_load: Option<FirstLoad>,
    /// What was not asked for.
    pub missing: Vec<String>,
    /// What was asked for and could not be measured, and why; measures that failed are beside the others.
    pub failures: Vec<String>,
}

/// What was found on one database.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BaseReport {
    /// The engine.
    pub engine: String,
    /// Dossiers in it.
    pub dossiers: i64,
    /// Size of its file, in bytes; absent for a server.
    pub bytes: Option<u64>,
    /// Seconds that it took to fill.
    pub fill_seconds: f64,
    /// The measures.
    pub lines: Vec<Line>,
    /// The memory, when it could be measured.
    pub memory: Option<MemoryReport>,
}

/// A measure that was tried.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// What was measured.
    pub subject: Subject,
    /// Requests under way at once.
    pub connections: usize,
    /// What came of it.
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// What came of a measure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It went to its end.
    Measured(Measured),
    /// Why it did not.
    Failed(String),
}

/// A measure beside its reference.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// The figures.
    pub figures: Figures,
    /// Those of the reference, measured half before and half after.
    pub reference: Figures,
    /// What else it is shown beside.
    pub others: Vec<Other>,
    /// Share of all cores that sending the load took, from 0 to 1.
    pub generator: f64,
}

/// Something else that a measure is shown beside, measured just after it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Other {
    /// What it is.
    pub what: String,
    /// Its figures.
    pub figures: Figures,
}

/// The memory of the server.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct MemoryReport {
    /// After all the other measures.
    pub loaded: Memory,
    /// Just started.
    pub rest: Memory,
    /// After one deposit of [`bytes`](Self::bytes) on the server just started.
    pub deposit: Memory,
    /// Size of the deposit, in bytes.
    pub bytes: u64,
    /// Seconds that the deposit took.
    pub seconds: f64,
}

/// The first load of the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FirstLoad {
    /// What was loaded, by type of resource.
    pub resources: Vec<Resource>,
    /// Milliseconds from the navigation's start until the first field of the form is usable, of each load.
    pub usable_ms: Vec<f64>,
}

/// What was loaded of one type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resource {
    /// The type, such as `wasm`.
    pub kind: String,
    /// Number of requests.
    pub requests: u64,
    /// Bytes on the wire, heads included.
    pub bytes: u64,
}

impl Measured {
    /// The rate as a share of that of the reference.
    pub fn ratio(&self) -> f64 {
        self.beside(&self.reference)
    }

    /// The rate as a share of another.
    pub fn beside(&self, other: &Figures) -> f64 {
        if other.per_second > 0.0 { self.figures.per_second / other.per_second } else { 0.0 }
    }
}

impl BaseReport {
    /// The measure of `subject`, when it went to its end.
    pub fn measured(&self, subject: Subject) -> Option<&Measured> {
        self.lines.iter().filter(|line| line.subject == subject).find_map(|line| match &line.outcome {
            Outcome::Measured(measured) => Some(measured),
            Outcome::Failed(_) => None,
        })
    }

    /// Whether the engine is SQLite, which the goals are about.
    pub fn is_sqlite(&self) -> bool {
        self.engine == "SQLite"
    }
}

impl FirstLoad {
    /// Bytes on the wire of all types.
    pub fn bytes(&self) -> u64 {
        self.resources.iter().map(|resource| resource.bytes).sum()
    }

    /// The median of the loads, in milliseconds.
    pub fn median_ms(&self) -> f64 {
        let mut sorted = self.usable_ms.clone();
        sorted.sort_by(f64::total_cmp);
        sorted.get(sorted.len() / 2).copied().unwrap_or_default()
    }
}

impl Report {
    /// The smallest and the largest of the SQLite databases, when there are two.
    pub fn extremes(&self) -> Option<(&BaseReport, &BaseReport)> {
        let bases = || self.bases.iter().filter(|base| base.is_sqlite());
        let (small, large) = (bases().min_by_key(|base| base.dossiers)?, bases().max_by_key(|base| base.dossiers)?);
        (small.dossiers < large.dossiers).then_some((small, large))
    }

    /// How much more `subject` costs on the largest database than on the smallest: as measured, then with each rate
    /// taken as a share of its trivial or bare reference, which takes away what changed on the machine in between.
    pub fn growth(&self, subject: Subject) -> Option<(f64, f64)> {
        let (small, large) = self.extremes()?;
        let (small, large) = (small.measured(subject)?, large.measured(subject)?);
        Some((small.figures.per_second / large.figures.per_second, small.ratio() / large.ratio()))
    }

    /// Whether every measure that was tried went to its end.
    pub fn is_whole(&self) -> bool {
        let failed = |base: &BaseReport| base.lines.iter().any(|line| matches!(line.outcome, Outcome::Failed(_)));
        self.failures.is_empty() && !self.bases.iter().any(failed)
    }

    /// Takes a path out of all that is told of failures: the report is published.
    pub fn hide(&mut self, path: &str) {
        let outcomes = self.bases.iter_mut().flat_map(|base| &mut base.lines).map(|line| &mut line.outcome);
        let failed = outcomes.filter_map(|outcome| match outcome {
            Outcome::Failed(why) => Some(why),
            Outcome::Measured(_) => None,
        });
        for text in failed.chain(&mut self.failures) {
            *text = text.replace(path, "…");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Outcome, Report, Subject, example};

    #[test]
    fn a_report_is_read_as_it_was_written() {
        let report = example::report();
        let text = serde_json::to_string(&report).unwrap();
        assert_eq!(serde_json::from_str::<Report>(&text).unwrap(), report);
    }

    #[test]
    fn growth_is_told_as_measured_and_beside_the_reference() {
        let (raw, relative) = example::report().growth(Subject::Dossier).unwrap();
        assert_eq!([raw, relative].map(|value| format!("{value:.2}")), ["1.33", "1.20"]);
        assert_eq!(example::report().growth(Subject::Liste), None);
    }

    #[test]
    fn paths_are_not_published() {
        let mut report = example::report();
        report.failures = vec!["/some/where/demo.log: no".to_owned()];
        report.bases[0].lines[1].outcome = Outcome::Failed("in /some/where".to_owned());
        report.hide("/some/where");
        assert_eq!(report.failures, ["…/demo.log: no"]);
        assert_eq!(report.bases[0].lines[1].outcome, Outcome::Failed("in …".to_owned()));
        assert!(!report.is_whole());
    }
}
