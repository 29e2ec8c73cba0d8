//! Words and names that the conventions forbid.

use std::path::Path;

use crate::{
    failure::{Failure, Result},
    files::{read_text, sources},
    shell::root,
};

/// Where our sources are.
const FOLDERS: &[&str] = &["crates", "frontend", "migrations"];

/// What must not stay in a source, by the extension of the file, and why.
const WORDS: &[(&str, &[&str], &str)] = &[
    ("TODO", &["rs", "ts", "css", "html", "sql"], "do it, or open an issue"),
    ("FIXME", &["rs", "ts", "css", "html", "sql"], "mend it, or open an issue"),
    ("#[ignore", &["rs"], "a test runs, or goes"),
    ("OFFSET ", &["rs", "sql"], "page by key"),
    (".only(", &["ts"], "the other tests must run too"),
    (".skip(", &["ts"], "a test runs, or goes"),
    ("waitForTimeout", &["ts"], "wait for what should happen"),
];

/// Module names that say nothing.
const MODULES: &[&str] = &["common", "helper", "helpers", "manager", "service", "util", "utils"];

/// Checks all sources but this file, which has to name the words.
pub fn check() -> Result<()> {
    println!("no forbidden words or module names in {}", FOLDERS.join(", "));
    let mut faults = Vec::new();
    for folder in FOLDERS.iter().map(|folder| root().join(folder)).filter(|folder| folder.exists()) {
        for file in sources(&folder)?.iter().filter(|file| !file.ends_with(file!())) {
            faults.extend(faults_of(file)?);
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(Failure::new(format!("\n  {}\n", faults.join("\n  ")))) }
}

fn faults_of(file: &Path) -> Result<Vec<String>> {
    let name = file.strip_prefix(root()).unwrap_or(file).to_string_lossy();
    let extension = file.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    let mut faults = Vec::new();
    if extension == "rs" && file.file_stem().is_some_and(|stem| MODULES.iter().any(|module| stem == *module)) {
        faults.push(format!("{name}: name the module after what it does"));
    }
    if WORDS.iter().any(|(_, extensions, _)| extensions.contains(&extension)) {
        let text = read_text(file)?;
        let lines = text.lines().enumerate().flat_map(|(at, line)| {
            let name = &name;
            in_line(extension, line).map(move |(word, why)| format!("{name}:{}: {word}: {why}", at + 1))
        });
        faults.extend(lines);
    }
    Ok(faults)
}

fn in_line<'a>(extension: &'a str, line: &'a str) -> impl Iterator<Item = (&'static str, &'static str)> + use<'a> {
    WORDS
        .iter()
        .filter(move |(word, extensions, _)| extensions.contains(&extension) && line.contains(word))
        .map(|(word, _, why)| (*word, *why))
}

#[cfg(test)]
mod tests {
    use super::in_line;

    #[test]
    fn a_word_is_forbidden_in_the_files_it_is_listed_for() {
        let found = |extension, line| in_line(extension, line).map(|(word, _)| word).collect::<Vec<_>>();
        assert_eq!(found("rs", "    #[ignore = \"slow\"]"), ["#[ignore"]);
        assert_eq!(found("ts", "test.only('x', () => {})"), [".only("]);
        assert_eq!(found("rs", "lines.skip(1)"), Vec::<&str>::new());
        assert_eq!(found("rs", "SELECT 1 OFFSET 3 -- TODO"), ["TODO", "OFFSET "]);
    }
}
