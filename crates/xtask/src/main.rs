//! The developer's commands of eGestion: `cargo xtask <command>`.

mod bench;
mod clients;
mod contract;
mod failure;
mod files;
mod guards;
mod guide;
mod interrupt;
mod postgres;
mod python;
mod run;
mod server;
mod services;
mod setup;
mod shell;
mod test;
mod tus;
mod web;

use std::{ffi::OsString, process::ExitCode};

use clap::{Parser, Subcommand};

use crate::{
    failure::{Failure, Result},
    postgres::{Cluster, Durability},
    shell::{Program, root},
};

/// The developer's commands of eGestion.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Builds everything, fills a demonstration in ./data if it is empty, and serves it
    Run {
        /// The port to listen on
        #[arg(long, default_value_t = 8080)]
        port: u16,
        /// The page is neither optimised nor well compressed, but sooner there
        #[arg(long)]
        dev: bool,
    },
    /// Builds the server's program and runs it with these arguments, and the settings of the environment
    Server {
        /// `migrate`, `demo`, `serve --help`…
        #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
    /// Checks everything that continuous integration checks, the cheapest first
    Test {
        /// Only this step; may be repeated
        #[arg(long, value_name = "STEP")]
        only: Vec<String>,
        /// Lists the steps
        #[arg(long)]
        list: bool,
    },
    /// Builds the page into frontend/dist
    Web {
        /// Neither optimised nor well compressed, but sooner there
        #[arg(long)]
        dev: bool,
    },
    /// Writes openapi/openapi.json and openapi/bac-a-sable.json
    Openapi,
    /// Runs the browser tests
    E2e,
    /// Measures
    Bench {
        /// What to hand to the measuring program
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
    /// Runs a command with a private PostgreSQL in TEST_POSTGRES_URL
    Postgres {
        /// Flushes to disk, as in production
        #[arg(long)]
        durable: bool,
        /// The command and its arguments
        #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true)]
        command: Vec<OsString>,
    },
}

fn main() -> ExitCode {
    let command = Arguments::parse().command;
    match interrupt::install().and_then(|()| execute(command)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) if interrupt::happened() => ExitCode::from(130),
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn execute(command: Command) -> Result<()> {
    match command {
        Command::Run { port, dev } => run::run(port, mode(dev)),
        Command::Server { arguments } => Err(Program::new(server::build()?).args(arguments).with_stdin().become_it()),
        Command::Test { list: true, .. } => {
            test::list();
            Ok(())
        }
        Command::Test { only, .. } => test::test(&only),
        Command::Web { dev } => web::build(mode(dev)),
        Command::Openapi => openapi(),
        Command::E2e => test::test(&["web".to_owned(), "e2e".to_owned()]),
        Command::Bench { arguments } => bench::bench(&arguments),
        Command::Postgres { durable, command } => {
            with_postgres(if durable { Durability::Full } else { Durability::Fast }, &command)
        }
    }
}

fn mode(dev: bool) -> web::Mode {
    if dev { web::Mode::Quick } else { web::Mode::Small }
}

fn openapi() -> Result<()> {
    let binary = server::build()?;
    for (file, flag) in [("openapi/openapi.json", None), ("openapi/bac-a-sable.json", Some("--bac-a-sable"))] {
        let spec = Program::new(&binary).arg("openapi").args(flag).output()?;
        files::write(&root().join(file), spec)?;
        println!("Written: {file}");
    }
    Ok(())
}

fn with_postgres(durability: Durability, command: &[OsString]) -> Result<()> {
    let (program, arguments) = command.split_first().ok_or_else(|| Failure::new("Say which command to run."))?;
    let cluster = Cluster::start(durability)?;
    server::test_environment(Program::new(program).args(arguments).with_stdin(), Some(&cluster)).run()
}
