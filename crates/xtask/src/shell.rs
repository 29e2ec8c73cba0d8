//! Running programs: each is printed before it runs, and ended when the developer presses Ctrl-C.

use std::{
    ffi::{OsStr, OsString},
    io::{BufRead, BufReader},
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use crate::{
    failure::{Failure, OrFail, Result},
    interrupt,
};

/// The folder of the workspace.
pub fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here)
}

/// Where the running command was built, which is where `cargo build` puts the server too.
pub fn build_folder() -> Result<PathBuf> {
    let program = std::env::current_exe().or_fail(|| "Could not find where xtask was built".to_owned())?;
    let folder =
        program.parent().ok_or_else(|| Failure::new("xtask was not built by cargo: start it with `cargo xtask`"))?;
    Ok(folder.to_path_buf())
}

/// The target folder, wherever the developer has put it.
pub fn target_folder() -> Result<PathBuf> {
    let profile = build_folder()?;
    Ok(profile.parent().unwrap_or(&profile).to_path_buf())
}

/// A program to run, in the folder of the workspace and with no standard input.
pub struct Program {
    command: Command,
    hint: Option<&'static str>,
}

impl Program {
    /// The program called `name`, looked up in `PATH`.
    pub fn new(name: impl AsRef<OsStr>) -> Self {
        let mut command = Command::new(name);
        command.current_dir(root()).stdin(Stdio::null());
        Self { command, hint: None }
    }

    /// The `cargo` of the developer's toolchain.
    pub fn cargo() -> Self {
        Self::new("cargo")
    }

    /// Adds one argument.
    pub fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.command.arg(argument);
        self
    }

    /// Adds several arguments.
    pub fn args<A: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = A>) -> Self {
        self.command.args(arguments);
        self
    }

    /// Sets an environment variable.
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Hides environment variables of the developer.
    pub fn without_env(mut self, names: &[&str]) -> Self {
        for name in names {
            self.command.env_remove(name);
        }
        self
    }

    /// Runs in `folder` instead of the folder of the workspace.
    pub fn in_folder(mut self, folder: impl AsRef<Path>) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// Gives the developer's standard input to the program.
    pub fn with_stdin(mut self) -> Self {
        self.command.stdin(Stdio::inherit());
        self
    }

    /// What to do if the program fails: ends the sentence of the failure.
    pub fn hint(mut self, hint: &'static str) -> Self {
        self.hint = Some(hint);
        self
    }

    /// Runs to the end, showing the output.
    pub fn run(mut self) -> Result<()> {
        self.announce();
        let child = self.spawn()?;
        self.wait(child)
    }

    /// Runs to the end, showing the standard output line by line and returning it.
    pub fn run_and_keep(mut self) -> Result<String> {
        self.announce();
        self.command.stdout(Stdio::piped());
        let mut child = self.spawn()?;
        let mut kept = String::new();
        for line in child.stdout.take().map(BufReader::new).into_iter().flat_map(BufRead::lines) {
            let line = line.or_fail(|| format!("Could not read what {} says", self.name()))?;
            println!("{line}");
            kept.push_str(&line);
            kept.push('\n');
        }
        self.wait(child)?;
        Ok(kept)
    }

    /// Runs quietly and returns the standard output; the failure quotes the standard error.
    pub fn output(mut self) -> Result<String> {
        let output = self.command.output().or_fail(|| self.cannot_start())?;
        if output.status.success() {
            return String::from_utf8(output.stdout).or_fail(|| format!("{} did not write UTF-8", self.name()));
        }
        let said = String::from_utf8_lossy(&output.stderr);
        Err(Failure::new(format!("`{}` failed: {}", self.line(), said.trim())))
    }

    /// Runs quietly and tells whether it went well; a missing program did not.
    pub fn succeeds(mut self) -> bool {
        self.command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
    }

    /// Starts in a process group of its own, which Ctrl-C does not reach: the caller ends it.
    pub fn start_apart(mut self, log: std::fs::File) -> Result<Child> {
        self.announce();
        let errors = log.try_clone().or_fail(|| format!("Could not write the log of {}", self.name()))?;
        self.command.stdout(log).stderr(errors).process_group(0);
        self.command.spawn().or_fail(|| self.cannot_start())
    }

    /// Becomes the program: returns only if it could not start.
    pub fn become_it(mut self) -> Failure {
        self.announce();
        let cause = self.command.exec();
        Failure::new(format!("{}: {cause}", self.cannot_start()))
    }

    fn spawn(&mut self) -> Result<Child> {
        let child = self.command.spawn().or_fail(|| self.cannot_start())?;
        interrupt::watch(child.id());
        Ok(child)
    }

    fn wait(&self, mut child: Child) -> Result<()> {
        let status = child.wait();
        interrupt::forget(child.id());
        if interrupt::happened() {
            return Err(Failure::new("Interrupted."));
        }
        let status = status.or_fail(|| format!("Lost track of {}", self.name()))?;
        if status.success() {
            return Ok(());
        }
        let hint = self.hint.map_or(String::new(), |hint| format!(" {hint}"));
        Err(Failure::new(format!("`{}` failed ({status}).{hint}", self.line())))
    }

    fn announce(&self) {
        println!("$ {}", self.line());
    }

    fn name(&self) -> String {
        self.command.get_program().to_string_lossy().into_owned()
    }

    fn line(&self) -> String {
        let words: Vec<OsString> =
            std::iter::once(self.command.get_program()).chain(self.command.get_args()).map(OsStr::to_owned).collect();
        words.join(OsStr::new(" ")).to_string_lossy().into_owned()
    }

    fn cannot_start(&self) -> String {
        format!("Could not start `{}`", self.name())
    }
}
