//! Which of our crates depends on which other, and which crates none may reach, read from `cargo tree`.

use crate::{
    failure::{Failure, Result},
    shell::Program,
};

/// Each crate of the workspace, with those of ours that it names itself. `docs/ARCHITECTURE.md` draws the same arrows.
const ARROWS: &[(&str, &[&str])] = &[
    ("api-types", &["domain"]),
    ("app", &["db", "domain"]),
    ("bench", &["api-types", "app", "db", "domain"]),
    ("db", &["domain"]),
    ("domain", &[]),
    ("frontend", &["api-types", "domain"]),
    ("server", &["api-types", "app", "db", "domain"]),
    ("test-support", &["api-types", "app", "db", "domain", "server"]),
    ("xtask", &[]),
];

/// `package` may not depend on `crate_name`, be it through others.
struct Forbidden {
    package: &'static str,
    crate_name: &'static str,
}

const FORBIDDEN: &[Forbidden] = &[
    Forbidden { package: "api-types", crate_name: "diesel" },
    Forbidden { package: "api-types", crate_name: "actix-web" },
    Forbidden { package: "app", crate_name: "actix-web" },
    Forbidden { package: "domain", crate_name: "tokio" },
    Forbidden { package: "domain", crate_name: "diesel" },
    Forbidden { package: "frontend", crate_name: "diesel" },
    Forbidden { package: "frontend", crate_name: "actix-web" },
];

/// Versions that nothing may bring in, written as `cargo tree` shows their start.
const OUTDATED: &[&str] = &["h2 v0.3."];

/// Checks every rule.
pub fn check() -> Result<()> {
    arrows()?;
    let everything = tree(&["--workspace"])?;
    for Forbidden { package, crate_name } in FORBIDDEN {
        println!("{package} does not depend on {crate_name}");
        // A name that is nowhere in the workspace is misspelt, or a rule to be removed.
        if !contains(&everything, &format!("{crate_name} v")) {
            return Err(Failure::new(format!("Nothing depends on {crate_name}: correct the name in the guards.")));
        }
        if contains(&tree(&["--package", package])?, &format!("{crate_name} v")) {
            return Err(Failure::new(format!(
                "{package} depends on {crate_name}: see how with `cargo tree --package {package} --invert {crate_name}`."
            )));
        }
    }
    for outdated in OUTDATED {
        println!("nothing depends on {outdated}*");
        if contains(&everything, outdated) {
            return Err(Failure::new(format!("Something depends on {outdated}*: upgrade what brings it in.")));
        }
    }
    Ok(())
}

fn arrows() -> Result<()> {
    println!("our crates depend on each other as the table of the guards says");
    let members = tree(&["--workspace", "--depth=0"])?;
    let (members, known) = (names(&members), ARROWS.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    if members != known {
        return Err(Failure::new(format!("The workspace has {members:?}, and the table of the guards {known:?}.")));
    }
    for (package, allowed) in ARROWS {
        let direct = tree(&["--package", package, "--depth=1"])?;
        let ours: Vec<_> = names(&direct).into_iter().filter(|name| name != package && known.contains(name)).collect();
        if ours != *allowed {
            return Err(Failure::new(format!(
                "Of our crates, {package} depends on {ours:?} and may depend on {allowed:?}: an arrow that is wanted is \
                 written in the table of the guards and in docs/ARCHITECTURE.md."
            )));
        }
    }
    Ok(())
}

/// The names of the crates of a tree, each once, in order.
fn names(tree: &str) -> Vec<&str> {
    let mut names: Vec<_> = tree.lines().filter_map(|line| line.split_whitespace().next()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// What the selected packages depend on when shipped, on any machine and with any feature: one crate a line.
fn tree(selection: &[&str]) -> Result<String> {
    Program::cargo()
        .args(["tree", "--quiet", "--all-features", "--target=all", "--edges=normal", "--prefix=none"])
        .args(selection)
        .output()
}

fn contains(tree: &str, start: &str) -> bool {
    tree.lines().any(|line| line.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::{contains, names, tree};

    const TREE: &str = "app v0.1.0 (/somewhere)\ndiesel v2.3.14\ndiesel_derives v2.3.7 (proc-macro)\nh2 v0.4.20\n";

    #[test]
    fn a_crate_is_found_by_its_whole_name_and_its_version() {
        assert!(contains(TREE, "diesel v"));
        assert!(contains(TREE, "h2 v0.4."));
        assert!(!contains(TREE, "h2 v0.3."));
        assert!(!contains(TREE, "derives v"));
    }

    #[test]
    fn each_crate_of_a_tree_is_named_once() {
        assert_eq!(
            names("server v0.1.0 (/somewhere)\n\napp v0.1.0 (/somewhere) (*)\nserver v0.1.0\n"),
            ["app", "server"]
        );
    }

    #[test]
    fn a_package_that_does_not_exist_fails() {
        assert!(tree(&["--package", "no-such-package"]).is_err());
    }

    #[test]
    fn what_a_package_depends_on_is_seen() {
        assert!(tree(&["--package", "xtask"]).is_ok_and(|tree| contains(&tree, "clap v")));
    }
}
