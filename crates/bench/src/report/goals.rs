//! What is aimed at, what was found, and how far that is from a general data platform.

use super::{BaseReport, GROWING, Report, Subject};
use crate::report::table::number;

/// Something aimed at.
#[derive(Debug, PartialEq, Eq)]
pub struct Goal {
    /// What is judged.
    pub what: String,
    /// The aim.
    pub aim: String,
    /// What was found; the worst of all SQLite databases.
    pub found: String,
    /// Whether the aim is reached.
    pub reached: bool,
}

/// Largest growth of a cost with the number of dossiers.
const GROWTH: f64 = 1.3;
/// Most memory at rest, and most growth during a large deposit, in KiB.
const MEMORY: u64 = 64 * 1024;
/// Most bytes of the first load.
const LOAD_BYTES: u64 = 400_000;
/// Longest first load, in milliseconds.
const LOAD_MS: f64 = 1_000.0;

const RATIOS: &[Subject] = &[
    Subject::Liste,
    Subject::Dossier,
    Subject::Depot50Ko,
    Subject::Depot5Mo,
    Subject::Telechargement5Mo,
    Subject::Connexion,
];

/// The aims of which something was measured.
pub fn goals(report: &Report) -> Vec<Goal> {
    let ratios = RATIOS.iter().filter_map(|subject| ratio(report, *subject));
    let growths = GROWING.into_iter().filter_map(|subject| growth(report, subject));
    growths.chain(ratios).chain(memory(report)).chain(first_load(report)).collect()
}

fn ratio(report: &Report, subject: Subject) -> Option<Goal> {
    let ratios = sqlite(report).filter_map(|base| Some(base.measured(subject)?.ratio()));
    let (worst, aim) = (ratios.min_by(f64::total_cmp)?, subject.goal()?);
    Some(Goal {
        what: format!("{} ÷ {}", subject.title(), subject.reference(true)),
        aim: format!("≥ {:.0} %", aim * 100.0),
        found: format!("{:.0} %", worst * 100.0),
        reached: worst >= aim,
    })
}

fn growth(report: &Report, subject: Subject) -> Option<Goal> {
    let (small, large) = report.extremes()?;
    let (raw, relative) = report.growth(subject)?;
    Some(Goal {
        what: format!("cost of {} at {} dossiers ÷ at {}", subject.title(), large.dossiers, small.dossiers),
        aim: format!("< {GROWTH}"),
        found: format!("{raw:.2} ({relative:.2} beside its reference)"),
        reached: raw < GROWTH,
    })
}

fn memory(report: &Report) -> Vec<Goal> {
    let memories: Vec<_> = sqlite(report).filter_map(|base| base.memory).collect();
    let (Some(rest), Some(growth)) = (
        memories.iter().map(|memory| memory.rest.resident).max(),
        memories.iter().map(|memory| memory.deposit.peak.saturating_sub(memory.rest.resident)).max(),
    ) else {
        return Vec::new();
    };
    let goal = |what: &str, found: u64| Goal {
        what: what.to_owned(),
        aim: format!("< {} MiB", MEMORY / 1024),
        found: format!("{} MiB", found.div_ceil(1024)),
        reached: found < MEMORY,
    };
    vec![goal("memory at rest", rest), goal("its growth during a deposit of 2 GB", growth)]
}

fn first_load(report: &Report) -> Vec<Goal> {
    let Some(load) = &report.first_load else { return Vec::new() };
    vec![
        Goal {
            what: "first load, on the wire".to_owned(),
            aim: format!("< {} KB", LOAD_BYTES / 1000),
            found: format!("{} KB", load.bytes().div_ceil(1000)),
            reached: load.bytes() < LOAD_BYTES,
        },
        Goal {
            what: "first load, until usable".to_owned(),
            aim: format!("< {LOAD_MS:.0} ms"),
            found: format!("{:.0} ms", load.median_ms()),
            reached: load.median_ms() < LOAD_MS,
        },
    ]
}

/// A figure of ours beside that of the general data platform.
#[derive(Debug, PartialEq)]
pub struct Comparison {
    /// What is compared, with its unit.
    pub what: String,
    /// Ours: the worst of all SQLite databases.
    pub ours: f64,
    /// Its best.
    pub theirs: f64,
    /// How many times better ours is.
    pub times: f64,
}

/// Our figures beside those of a general data platform on two such cores: Directus 12, measured before this project.
pub fn comparisons(report: &Report) -> Vec<Comparison> {
    let rates = RATIOS.iter().filter_map(|subject| {
        let rates = sqlite(report).filter_map(|base| Some(base.measured(*subject)?.figures.per_second));
        let (ours, theirs) = (rates.min_by(f64::total_cmp)?, subject.peer()?);
        Some(Comparison { what: format!("{}, per second", subject.title()), ours, theirs, times: ours / theirs })
    });
    let mut all: Vec<_> = rates.collect();
    let mut less = |what: &str, ours: f64, theirs: f64| {
        all.push(Comparison { what: what.to_owned(), ours, theirs, times: theirs / ours });
    };
    #[expect(clippy::cast_precision_loss, reason = "sizes are far below 2^52")]
    if let Some(rest) = sqlite(report).filter_map(|base| base.memory).map(|memory| memory.rest.resident).max() {
        less("memory at rest, MB", rest as f64 * 1.024e-3, 300.0);
    }
    #[expect(clippy::cast_precision_loss, reason = "sizes are far below 2^52")]
    if let Some(load) = &report.first_load {
        less("first load, MB", load.bytes() as f64 / 1e6, 10.7);
        less("first load, seconds until usable", load.median_ms() / 1e3, 3.1);
    }
    all
}

impl Comparison {
    /// The cells of a row.
    pub fn cells(&self) -> [String; 4] {
        [self.what.clone(), number(self.ours), number(self.theirs), format!("×{}", number(self.times))]
    }
}

fn sqlite(report: &Report) -> impl Iterator<Item = &BaseReport> {
    report.bases.iter().filter(|base| base.is_sqlite())
}

#[cfg(test)]
mod tests {
    use super::{comparisons, goals};
    use crate::report::example;

    #[test]
    fn goals_are_judged_on_the_worst_of_the_databases() {
        let found: Vec<_> =
            goals(&example::report()).into_iter().map(|goal| (goal.what, goal.found, goal.reached)).collect();
        let expected = [
            ("cost of one dossier at 1000000 dossiers ÷ at 1000", "1.33 (1.20 beside its reference)", false),
            ("one dossier ÷ trivial JSON route", "50 %", true),
            ("memory at rest", "40 MiB", true),
            ("its growth during a deposit of 2 GB", "70 MiB", false),
            ("first load, on the wire", "250 KB", true),
            ("first load, until usable", "450 ms", true),
        ];
        assert_eq!(found, expected.map(|(what, found, reached)| (what.to_owned(), found.to_owned(), reached)));
    }

    #[test]
    fn comparisons_are_better_when_larger_whatever_is_compared() {
        let found: Vec<_> = comparisons(&example::report()).iter().map(super::Comparison::cells).collect();
        let expected = [
            ["one dossier, per second", "3000", "300", "×10.0"],
            ["memory at rest, MB", "41.9", "300", "×7.15"],
            ["first load, MB", "0.25", "10.7", "×42.8"],
            ["first load, seconds until usable", "0.45", "3.10", "×6.89"],
        ];
        assert_eq!(found, expected.map(|row| row.map(str::to_owned)));
    }
}
