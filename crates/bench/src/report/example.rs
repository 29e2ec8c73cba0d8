//! A small report for tests.

use super::{BaseReport, FirstLoad, Line, Measured, MemoryReport, Other, Outcome, Report, Resource, Subject};
use crate::machine::Machine;
use crate::measure::Figures;
use crate::process::Memory;

/// Two SQLite databases with one measure each, a failed measure, memory, and a first load.
pub fn report() -> Report {
    Report {
        date: "2026-11-23".to_owned(),
        commit: Some("abc1234".to_owned()),
        machine: Machine {
            cores: 2,
            processor: "Some Processor".to_owned(),
            memory: 24_000,
            kernel: "Linux 6.12".to_owned(),
            disk: "SSD, ext4".to_owned(),
            load: 0.1,
        },
        seconds: 5.0,
        bases: vec![
            base(1_000, vec![dossier(4_000.0, 6_666.667), failed()], Some(memory())),
            base(1_000_000, vec![dossier(3_000.0, 6_000.0)], None),
        ],
        first_load: Some(FirstLoad {
            resources: vec![
                Resource { kind: "wasm".to_owned(), requests: 1, bytes: 200_000 },
                Resource { kind: "css".to_owned(), requests: 1, bytes: 50_000 },
            ],
            usable_ms: vec![500.0, 400.0, 450.0],
        }),
        missing: vec!["PostgreSQL: not asked for".to_owned()],
        failures: Vec::new(),
    }
}

fn base(dossiers: i64, lines: Vec<Line>, memory: Option<MemoryReport>) -> BaseReport {
    BaseReport { engine: "SQLite".to_owned(), dossiers, bytes: Some(12_345_678), fill_seconds: 2.5, lines, memory }
}

fn dossier(per_second: f64, reference: f64) -> Line {
    let figures = |per_second| Figures { count: 20_000, per_second, p50_ms: 3.9, p99_ms: 9.25 };
    let (figures, reference) = (figures(per_second), figures(reference));
    let others = vec![Other { what: "something else".to_owned(), figures: Figures { per_second: 8_000.0, ..figures } }];
    let measured = Measured { figures, reference, others, generator: 0.2 };
    Line { subject: Subject::Dossier, connections: 16, outcome: Outcome::Measured(measured) }
}

fn failed() -> Line {
    let why = "sign-in: answered 429 instead of 200".to_owned();
    Line { subject: Subject::Connexion, connections: 4, outcome: Outcome::Failed(why) }
}

fn memory() -> MemoryReport {
    let memory = |resident, peak| Memory { resident, own: resident / 2, peak };
    MemoryReport {
        loaded: memory(60 * 1024, 90 * 1024),
        rest: memory(40 * 1024, 42 * 1024),
        deposit: memory(50 * 1024, 110 * 1024),
        bytes: 2_000_000_000,
        seconds: 8.0,
    }
}
