//! The report as a table for a terminal.

use std::fmt::Write as _;

use super::{BaseReport, GROWING, Line, Outcome, Report};

/// Width of the column that says what was measured.
const TITLE: usize = 22;
/// Width of a column of figures.
const FIGURE: usize = 11;

/// All figures, one measure a line.
pub fn render(report: &Report) -> String {
    let mut text = String::new();
    for base in &report.bases {
        render_base(&mut text, base);
    }
    for subject in GROWING {
        if let Some((raw, relative)) = report.growth(subject) {
            let _ = writeln!(
                text,
                "{}: costs ×{raw:.2} on the largest database (×{relative:.2} beside its reference; aim: under 1.3)",
                subject.title()
            );
        }
    }
    if let Some(load) = &report.first_load {
        let _ = writeln!(text, "\nfirst load: {} bytes, usable in {:.0} ms (median)", load.bytes(), load.median_ms());
        for resource in &load.resources {
            let _ =
                writeln!(text, "  {:<12}{:>4} requests{:>10} bytes", resource.kind, resource.requests, resource.bytes);
        }
    }
    for missing in report.failures.iter().chain(&report.missing) {
        let _ = writeln!(text, "not measured: {missing}");
    }
    text
}

fn render_base(text: &mut String, base: &BaseReport) {
    let _ = writeln!(text, "\n{}, {} dossiers", base.engine, base.dossiers);
    let heads = ["per second", "p50 ms", "p99 ms", "reference", "ratio", "aim"];
    let _ = writeln!(text, "{:<TITLE$}{}  reference is", "", heads.map(|head| format!("{head:>FIGURE$}")).concat());
    for line in &base.lines {
        let _ = writeln!(text, "{:<TITLE$}{}", line.subject.title(), cells(line, base.is_sqlite()));
        if let Outcome::Measured(measured) = &line.outcome {
            for other in &measured.others {
                let (rate, ratio) =
                    (number(other.figures.per_second), format!("{:.2}", measured.beside(&other.figures)));
                let cells = ["", "", "", &*rate, &*ratio, ""].map(|cell| format!("{cell:>FIGURE$}")).concat();
                let _ = writeln!(text, "{:<TITLE$}{cells}  {}", "", other.what);
            }
        }
    }
    if let Some(memory) = &base.memory {
        let mebibytes = |kibibytes: u64| format!("{}.{} MiB", kibibytes / 1024, kibibytes % 1024 * 10 / 1024);
        let _ = writeln!(
            text,
            "memory: {} at rest, {} at most during a deposit of {} MB ({:.1} s), {} after the measures",
            mebibytes(memory.rest.resident),
            mebibytes(memory.deposit.peak),
            memory.bytes / 1_000_000,
            memory.seconds,
            mebibytes(memory.loaded.resident),
        );
    }
}

fn cells(line: &Line, sqlite: bool) -> String {
    match &line.outcome {
        Outcome::Failed(why) => format!("  FAILED: {why}"),
        Outcome::Measured(measured) => {
            let aim = line.subject.goal().filter(|_| sqlite).map_or(String::new(), |goal| format!("≥ {goal:.2}"));
            let cells = [
                number(measured.figures.per_second),
                number(measured.figures.p50_ms),
                number(measured.figures.p99_ms),
                number(measured.reference.per_second),
                format!("{:.2}", measured.ratio()),
                aim,
            ];
            let cells = cells.map(|cell| format!("{cell:>FIGURE$}")).concat();
            format!("{cells}  {}", line.subject.reference(sqlite))
        }
    }
}

/// A number with three digits that mean something.
pub fn number(value: f64) -> String {
    match value {
        value if value >= 100.0 => format!("{value:.0}"),
        value if value >= 10.0 => format!("{value:.1}"),
        value => format!("{value:.2}"),
    }
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_keep_three_digits() {
        assert_eq!([0.1234, 12.34, 123.4, 12_345.6].map(number), ["0.12", "12.3", "123", "12346"]);
    }
}
