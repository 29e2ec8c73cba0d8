//! The section of `docs/BENCHMARKS.md` that a run writes.

use std::fmt::Write as _;

use super::goals::{Comparison, comparisons, goals};
use super::table::number;
use super::{BaseReport, FirstLoad, Line, MemoryReport, Outcome, Report};

/// What starts the section; what comes before it is written by hand.
const BEGIN: &str = "<!-- Written by `cargo xtask bench -- --ecrire`, up to the end mark. -->";
/// What ends it.
const END: &str = "<!-- End of what is written by `cargo xtask bench`. -->";
/// The file when there is none.
const TITLE: &str = "# Benchmarks\n\n";

/// The file with its section replaced, or added at its end.
pub fn insert(file: Option<&str>, section: &str) -> String {
    let file = file.unwrap_or(TITLE);
    let section = format!("{BEGIN}\n\n{section}\n{END}\n");
    match (file.split_once(BEGIN), file.split_once(END)) {
        (Some((before, _)), Some((_, after))) => format!("{before}{section}{}", after.trim_start_matches('\n')),
        _ => format!("{}\n\n{section}", file.trim_end()),
    }
}

/// The section: aims, figures, machine, and how they were obtained.
pub fn render(report: &Report) -> String {
    let mut text = format!("## Figures of {}\n\n{}\n", report.date, machine(report));
    render_goals(&mut text, report);
    for base in &report.bases {
        render_base(&mut text, base);
    }
    render_memory(&mut text, report);
    if let Some(load) = &report.first_load {
        render_load(&mut text, load);
    }
    render_comparisons(&mut text, &comparisons(report));
    if !report.missing.is_empty() || !report.failures.is_empty() {
        let _ = writeln!(text, "### Not measured\n");
        for missing in report.failures.iter().chain(&report.missing) {
            let _ = writeln!(text, "- {}", missing.lines().next().unwrap_or_default());
        }
        text.push('\n');
    }
    text + &method(report)
}

fn machine(report: &Report) -> String {
    let machine = &report.machine;
    let commit = report.commit.as_ref().map_or(String::new(), |commit| format!(" Commit {commit}."));
    let busy =
        if machine.is_busy() { " **Something else kept the machine busy: these figures are too low.**" } else { "" };
    format!(
        "Machine: {} cores ({}), {} MiB of memory, {}, {}; average load in the minute before: {}.{commit}{busy}\n",
        machine.cores, machine.processor, machine.memory, machine.kernel, machine.disk, machine.load
    )
}

fn render_goals(text: &mut String, report: &Report) {
    let _ = writeln!(text, "### Aims\n\nOn SQLite, the worst of the databases measured.\n");
    row(text, &["aim", "to reach", "found", "reached"]);
    text.push_str("|---|---:|---:|---|\n");
    for goal in goals(report) {
        row(text, &[&goal.what, &goal.aim, &goal.found, if goal.reached { "yes" } else { "**no**" }]);
    }
    text.push('\n');
}

fn render_base(text: &mut String, base: &BaseReport) {
    let size = base.bytes.map_or(String::new(), |bytes| format!(", a file of {} MB", bytes.div_ceil(1_000_000)));
    let _ = writeln!(text, "### {}, {} dossiers{size}\n", base.engine, base.dossiers);
    row(text, &["", "at once", "per second", "p50 ms", "p99 ms", "reference", "its rate", "ratio", "load generator"]);
    text.push_str("|---|---:|---:|---:|---:|---|---:|---:|---:|\n");
    for line in &base.lines {
        render_line(text, line, base.is_sqlite());
    }
    text.push('\n');
}

fn render_line(text: &mut String, line: &Line, sqlite: bool) {
    let (title, connections) = (line.subject.title(), line.connections.to_string());
    match &line.outcome {
        Outcome::Failed(why) => {
            row(text, &[title, &connections, "failed", "", "", &why.replace('|', "/").replace('\n', " "), "", "", ""]);
        }
        Outcome::Measured(measured) => {
            let figures = &measured.figures;
            let [rate, p50, p99] = [figures.per_second, figures.p50_ms, figures.p99_ms].map(number);
            let (ratio, generator) =
                (format!("{:.2}", measured.ratio()), format!("{:.0} %", measured.generator * 100.0));
            let reference = line.subject.reference(sqlite);
            let its_rate = number(measured.reference.per_second);
            row(text, &[title, &connections, &rate, &p50, &p99, reference, &its_rate, &ratio, &generator]);
            for other in &measured.others {
                let (its_rate, ratio) =
                    (number(other.figures.per_second), format!("{:.2}", measured.beside(&other.figures)));
                row(text, &["", "", "", "", "", &other.what, &its_rate, &ratio, ""]);
            }
        }
    }
}

fn render_memory(text: &mut String, report: &Report) {
    let measured = report.bases.iter().filter_map(|base| Some((base, base.memory?)));
    let rows: Vec<[String; 6]> = measured.map(|(base, memory)| memory_row(base, &memory)).collect();
    if rows.is_empty() {
        return;
    }
    let _ = writeln!(text, "### Memory of the server, in MiB\n");
    row(
        text,
        &["database", "at rest", "peak of a deposit of 2 GB", "growth", "its time, s", "after the measures (its own)"],
    );
    text.push_str("|---|---:|---:|---:|---:|---:|\n");
    for cells in rows {
        row(text, &cells.each_ref().map(String::as_str));
    }
    text.push('\n');
}

fn memory_row(base: &BaseReport, memory: &MemoryReport) -> [String; 6] {
    let mebibytes = |kibibytes: u64| kibibytes.div_ceil(1024).to_string();
    [
        format!("{}, {} dossiers", base.engine, base.dossiers),
        mebibytes(memory.rest.resident),
        mebibytes(memory.deposit.peak),
        mebibytes(memory.deposit.peak.saturating_sub(memory.rest.resident)),
        format!("{:.1}", memory.seconds),
        format!("{} ({})", mebibytes(memory.loaded.resident), mebibytes(memory.loaded.own)),
    ]
}

fn render_load(text: &mut String, load: &FirstLoad) {
    let times: Vec<_> = load.usable_ms.iter().map(|ms| format!("{ms:.0}")).collect();
    let _ = writeln!(
        text,
        "### First load of the page\n\nUsable in {:.0} ms: the median of {} ms. Bytes on the wire, heads included:\n",
        load.median_ms(),
        times.join(", ")
    );
    row(text, &["type", "requests", "bytes"]);
    text.push_str("|---|---:|---:|\n");
    for resource in &load.resources {
        row(text, &[&resource.kind, &resource.requests.to_string(), &resource.bytes.to_string()]);
    }
    let requests: u64 = load.resources.iter().map(|resource| resource.requests).sum();
    row(text, &["total", &requests.to_string(), &load.bytes().to_string()]);
    text.push('\n');
}

fn render_comparisons(text: &mut String, comparisons: &[Comparison]) {
    if comparisons.is_empty() {
        return;
    }
    let _ = writeln!(
        text,
        "### Beside a general data platform\n\nDirectus 12 with its REST API, measured on two such cores before this \
         project: the best that it reached, beside the worst of ours on SQLite. The disk bounds deposits, argon2 \
         bounds sign-ins.\n"
    );
    row(text, &["", "eGestion", "the platform", "times better"]);
    text.push_str("|---|---:|---:|---:|\n");
    for comparison in comparisons {
        row(text, &comparison.cells().each_ref().map(String::as_str));
    }
    text.push('\n');
}

fn row(text: &mut String, cells: &[&str]) {
    let _ = writeln!(text, "| {} |", cells.join(" | "));
}

fn method(report: &Report) -> String {
    include_str!("method.md").replace("{{seconds}}", &number(report.seconds))
}

#[cfg(test)]
mod tests {
    use super::{BEGIN, END, insert, render};
    use crate::report::example;

    #[test]
    fn the_section_is_replaced_and_the_rest_kept() {
        let first = insert(None, "one\n");
        assert_eq!(first, format!("# Benchmarks\n\n{BEGIN}\n\none\n\n{END}\n"));
        let kept = format!("# Ours\n\nBy hand.\n\n{BEGIN}\nold\n{END}\n\nAfter.\n");
        assert_eq!(insert(Some(&kept), "new\n"), format!("# Ours\n\nBy hand.\n\n{BEGIN}\n\nnew\n\n{END}\nAfter.\n"));
        assert_eq!(insert(Some(&first), "one\n"), first);
    }

    #[test]
    fn every_row_of_a_table_has_as_many_cells_as_its_head() {
        let text = render(&example::report());
        for table in text.split("\n\n").filter(|block| block.starts_with('|')) {
            let cells: Vec<_> = table.lines().map(|line| line.matches('|').count()).collect();
            assert!(cells.iter().all(|count| *count == cells[0]), "{table}");
        }
    }

    #[test]
    fn figures_are_shown_beside_their_reference_and_failures_are_told() {
        let text = render(&example::report());
        for line in [
            "| one dossier | 16 | 4000 | 3.90 | 9.25 | trivial JSON route | 6667 | 0.60 | 20 % |",
            "|  |  |  |  |  | something else | 8000 | 0.50 |  |",
            "| sign-in | 4 | failed |  |  | sign-in: answered 429 instead of 200 |  |  |  |",
            "| SQLite, 1000 dossiers | 40 | 110 | 70 | 8.0 | 60 (30) |",
            "| total | 2 | 250000 |",
            "- PostgreSQL: not asked for",
        ] {
            assert!(text.contains(line), "{line}\n{text}");
        }
    }
}
