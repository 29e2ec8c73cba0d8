//! Words, names and values that the conventions forbid.

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

/// The style sheets, and the one of them that gives colours and durations a name.
const STYLES: (&str, &str) = ("frontend/styles", "tokens.css");

/// Units of a duration, the longer first.
const DURATIONS: &[&str] = &["ms", "s"];

/// Checks all sources but this file, which has to name the words.
pub fn check() -> Result<()> {
    println!("no forbidden words, module names or raw style values in {}", FOLDERS.join(", "));
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
        let styled = extension == "css" && file.starts_with(root().join(STYLES.0)) && !file.ends_with(STYLES.1);
        let lines = text.lines().enumerate().flat_map(|(at, line)| {
            let name = &name;
            let raw = styled.then(|| raw_values(line)).into_iter().flatten();
            in_line(extension, line)
                .chain(raw.map(|value| (value, "make it a token in tokens.css")))
                .map(move |(word, why)| format!("{name}:{}: {word}: {why}", at + 1))
        });
        faults.extend(lines);
    }
    Ok(faults)
}

fn in_line<'a>(extension: &'a str, line: &'a str) -> impl Iterator<Item = (&'a str, &'static str)> + use<'a> {
    WORDS
        .iter()
        .filter(move |(word, extensions, _)| extensions.contains(&extension) && line.contains(word))
        .map(|(word, _, why)| (*word, *why))
}

/// The colours and the durations that a line of a style sheet writes out.
fn raw_values(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !c.is_ascii_alphanumeric() && !"#._-".contains(c))
        .filter(|value| is_colour(value) || is_duration(value))
}

fn is_colour(value: &str) -> bool {
    matches!(value, "rgb" | "rgba" | "hsl" | "hsla")
        || value.strip_prefix('#').is_some_and(|digits| {
            matches!(digits.len(), 3 | 4 | 6 | 8) && digits.chars().all(|digit| digit.is_ascii_hexdigit())
        })
}

fn is_duration(value: &str) -> bool {
    DURATIONS
        .iter()
        .find_map(|unit| value.strip_suffix(unit))
        .is_some_and(|number| number.ends_with(|digit: char| digit.is_ascii_digit()) && number.parse::<f64>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::{in_line, raw_values};

    #[test]
    fn a_word_is_forbidden_in_the_files_it_is_listed_for() {
        let found = |extension, line| in_line(extension, line).map(|(word, _)| word).collect::<Vec<_>>();
        assert_eq!(found("rs", "    #[ignore = \"slow\"]"), ["#[ignore"]);
        assert_eq!(found("ts", "test.only('x', () => {})"), [".only("]);
        assert_eq!(found("rs", "lines.skip(1)"), Vec::<&str>::new());
        assert_eq!(found("rs", "SELECT 1 OFFSET 3 -- TODO"), ["TODO", "OFFSET "]);
    }

    #[test]
    fn a_colour_or_a_duration_is_raw_unless_it_is_a_token() {
        let found = |line| raw_values(line).collect::<Vec<_>>();
        assert_eq!(
            found("a { color: #FFF; background: linear-gradient(#ffffff0a 1px, rgb(0 0 0 / .5)) }"),
            ["#FFF", "#ffffff0a", "rgb"]
        );
        assert_eq!(found("a{animation:x 900ms .2s,y 1s}"), ["900ms", ".2s", "1s"]);
        let tokens =
            "#demarrage .os--1 .icone--s { color: var(--encre); rotate: 180deg; transition: rotate var(--t-2s) }";
        assert_eq!(found(tokens), Vec::<&str>::new());
    }
}
