//! `cargo xtask test`: everything that continuous integration checks, the cheapest first.

use std::{
    fmt::{self, Display},
    time::{Duration, Instant},
};

use crate::{
    clients, contract,
    failure::{Failure, Result},
    guards, guide, interrupt,
    postgres::{Cluster, Durability},
    server::{self, NATIVE, test_environment},
    services,
    setup::{self, Need},
    shell::{Program, root},
    tus, web,
};

/// One thing that is checked.
struct Step {
    name: &'static str,
    title: &'static str,
    needs: &'static [&'static Need],
    check: fn() -> Result<()>,
}

/// In the order in which they run. A step may rely on what the steps before it built, and builds it again if alone.
const STEPS: &[Step] = &[
    Step { name: "format", title: "Formatting", needs: &[], check: format },
    Step { name: "guards", title: "Dependencies and words", needs: &[], check: guards::check },
    Step { name: "clippy", title: "Lints", needs: &[&setup::LIBPQ], check: clippy },
    Step { name: "clippy-frontend", title: "Lints of the page", needs: &[], check: clippy_frontend },
    Step { name: "sqlite", title: "Tests on SQLite", needs: &[&setup::LIBPQ], check: sqlite },
    Step { name: "postgres", title: "Tests on PostgreSQL", needs: &[&setup::LIBPQ, &setup::POSTGRES], check: postgres },
    Step {
        name: "contract",
        title: "The API and its contract",
        needs: &[&setup::LIBPQ, &setup::PYTHON, &setup::POSTGRES],
        check: contract::check,
    },
    Step {
        name: "clients",
        title: "The API and vendors' tools",
        needs: &[&setup::LIBPQ, &setup::PYTHON, &setup::NODE],
        check: clients::check,
    },
    Step {
        name: "guide",
        title: "The guide, as it is written",
        needs: &[&setup::LIBPQ, &setup::PYTHON, &setup::SHELL_TOOLS],
        check: guide::check,
    },
    Step { name: "s3", title: "Documents on S3", needs: &[&setup::LIBPQ, &setup::PYTHON], check: services::s3 },
    Step {
        name: "antivirus",
        title: "The antivirus",
        needs: &[&setup::LIBPQ, &setup::CLAMD],
        check: services::antivirus,
    },
    Step { name: "mail", title: "Mails by SMTP", needs: &[&setup::LIBPQ, &setup::PYTHON], check: services::mail },
    Step {
        name: "tus",
        title: "Resumable uploads, other clients",
        needs: &[&setup::LIBPQ, &setup::PYTHON, &setup::NODE],
        check: tus::check,
    },
    Step { name: "crash", title: "Deposits and kill -9", needs: &[&setup::LIBPQ, &setup::POSTGRES], check: crash },
    Step { name: "frontend", title: "Tests of the page's models", needs: &[], check: frontend },
    Step { name: "web", title: "The page", needs: &[], check: page },
    Step {
        name: "e2e",
        title: "Tests in the browser",
        needs: &[&setup::LIBPQ, &setup::NODE, &setup::CHROMIUM],
        check: e2e,
    },
];

/// Prints the steps.
pub fn list() {
    for step in STEPS {
        println!("{:<18}{}", step.name, step.title);
    }
}

/// Runs the steps called `only`, or all; stops at the first that fails.
pub fn test(only: &[String]) -> Result<()> {
    let steps = choose(only)?;
    let needs: Vec<&Need> = steps.iter().flat_map(|step| step.needs.iter().copied()).collect();
    // Before anything slow: what cannot be installed is told at once.
    setup::require(&needs)?;

    let mut report = Report::default();
    for step in &steps {
        println!("\n== {} ({})", step.title, step.name);
        let start = Instant::now();
        let result = if interrupt::happened() { Err(Failure::new("Interrupted.")) } else { (step.check)() };
        report.add(step.title, start.elapsed(), &result);
        if let Err(failure) = result {
            report.skipped = steps.len() - report.lines.len();
            println!("\n{report}");
            let again = format!("Once mended: `cargo xtask test --only {}`.", step.name);
            return Err(Failure::new(format!("{}: {failure} {again}", step.title)));
        }
    }
    println!("\n{report}");
    Ok(())
}

fn choose(only: &[String]) -> Result<Vec<&'static Step>> {
    if let Some(unknown) = only.iter().find(|name| !STEPS.iter().any(|step| step.name == *name)) {
        let names: Vec<_> = STEPS.iter().map(|step| step.name).collect();
        return Err(Failure::new(format!("There is no step `{unknown}`; there are: {}.", names.join(", "))));
    }
    Ok(STEPS.iter().filter(|step| only.is_empty() || only.iter().any(|name| name == step.name)).collect())
}

fn format() -> Result<()> {
    setup::require_component("fmt", "rustfmt")?;
    Program::cargo().args(["fmt", "--all", "--check"]).hint("Run `cargo fmt --all`.").run()
}

fn clippy() -> Result<()> {
    setup::require_component("clippy", "clippy")?;
    Program::cargo().arg("clippy").args(NATIVE).args(["--all-targets", "--", "-D", "warnings"]).run()
}

fn clippy_frontend() -> Result<()> {
    setup::require_component("clippy", "clippy")?;
    Program::cargo().args(["clippy", "--package", "frontend", "--all-targets", "--", "-D", "warnings"]).run()
}

fn sqlite() -> Result<()> {
    test_environment(native_tests("not binary(crash)"), None).run()
}

fn postgres() -> Result<()> {
    let cluster = Cluster::start(Durability::Fast)?;
    let tests = native_tests("(package(server) | package(db)) - binary(crash)");
    test_environment(tests, Some(&cluster)).run()
}

/// On both engines, each flushing to disk as in production.
fn crash() -> Result<()> {
    let tests = || Program::cargo().arg("test").args(NATIVE).args(["--test", "crash"]);
    test_environment(tests(), None).run()?;
    let cluster = Cluster::start(Durability::Full)?;
    test_environment(tests(), Some(&cluster)).run()
}

fn frontend() -> Result<()> {
    tests().args(["--package", "frontend"]).run()
}

fn page() -> Result<()> {
    web::build(web::Mode::Small)
}

fn e2e() -> Result<()> {
    let folder = root().join("frontend/e2e");
    web::build(web::Mode::Small)?;
    server::build_beside_tests()?;
    install_browser_tests()?;
    let playwright = Program::new("npx").args(["--no-install", "playwright", "test"]).in_folder(&folder);
    server::without_settings(playwright)
        .env("EGESTION_BIN", server::path()?)
        .env("EGESTION_WEB", web::folder())
        .env("CHROMIUM", "/usr/bin/chromium")
        .run()
}

/// The tests of all packages but the page's that `filter` names; without nextest those and others, which is said.
///
/// The same packages are selected whatever is run, so that nothing is compiled twice.
fn native_tests(filter: &str) -> Program {
    let tests = tests().args(NATIVE);
    // The tests that need a service have steps of their own; nextest leaves them out by its settings.
    if nextest() {
        return tests.args(["-E", filter]);
    }
    println!(
        "note: `cargo test` cannot choose by `{filter}`: more is run, nothing is left out but what needs a service."
    );
    tests.args(["--", "--skip", "services::"])
}

/// The tests through HTTP whose names hold one of `names`, those that need a service included.
pub fn service_tests(names: &[&str]) -> Program {
    let tests = tests().args(NATIVE).args(["--test", "it"]);
    let tests = if nextest() { tests.arg("--ignore-default-filter") } else { tests };
    tests.arg("--").args(names)
}

/// Installs what drives the browser, in `frontend/e2e`.
pub fn install_browser_tests() -> Result<()> {
    Program::new("npm")
        .args(["ci", "--no-audit", "--no-fund"])
        .in_folder(root().join("frontend/e2e"))
        // Debian's browser is used: see `CHROMIUM`.
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .run()
}

/// The version that `.config/nextest.toml` is known to suit.
const NEXTEST: &str = "0.9.143";

/// `cargo nextest run` where it is installed, else `cargo test`.
///
/// It is not installed unasked: to compile it takes longer than most steps, on a machine of two cores.
fn tests() -> Program {
    if nextest() {
        return Program::cargo().args(["nextest", "run"]);
    }
    println!(
        "note: cargo-nextest is not installed, and `cargo test` runs in its place: slower, and a test that hangs is not \
         ended. To have it: `cargo install --locked cargo-nextest --version {NEXTEST}`."
    );
    Program::cargo().args(["test", "--no-fail-fast"])
}

fn nextest() -> bool {
    Program::cargo().args(["nextest", "--version"]).succeeds()
}

/// What is shown at the end.
#[derive(Default)]
struct Report {
    lines: Vec<String>,
    skipped: usize,
    total: Duration,
}

impl Report {
    fn add(&mut self, title: &str, took: Duration, result: &Result<()>) {
        let how = if result.is_ok() { "passed" } else { "FAILED" };
        self.lines.push(format!("{title:<32}{:>8}  {how}", minutes(took)));
        self.total += took;
    }
}

impl Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in &self.lines {
            writeln!(formatter, "{line}")?;
        }
        if self.skipped > 0 {
            writeln!(formatter, "{} not run", self.skipped)?;
        }
        write!(formatter, "{:<32}{:>8}", "total", minutes(self.total))
    }
}

fn minutes(duration: Duration) -> String {
    let seconds = duration.as_secs();
    if seconds < 60 {
        format!("{:.1} s", duration.as_secs_f64())
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::{STEPS, choose};

    #[test]
    fn steps_are_chosen_by_name_and_keep_their_order() {
        let names = |only: &[&str]| {
            let only: Vec<String> = only.iter().map(|name| (*name).to_owned()).collect();
            choose(&only).map(|steps| steps.iter().map(|step| step.name).collect::<Vec<_>>())
        };
        assert_eq!(names(&["clippy", "format"]), Ok(vec!["format", "clippy"]));
        assert_eq!(names(&[]).map(|all| all.len()), Ok(STEPS.len()));
        assert!(names(&["fmt"]).is_err_and(|failure| failure.to_string().contains("`fmt`")));
    }
}
