//! What is counted: operations that end within a window of time, and how long each took.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use hdrhistogram::Histogram;
use serde::{Deserialize, Serialize};

/// How long a measure lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// Not counted: caches fill, connections open.
    pub warm_up: Duration,
    /// Counted.
    pub duration: Duration,
}

impl Pace {
    /// Half as long, for a reference measured both before and after.
    #[must_use]
    pub fn halved(self) -> Self {
        Self { duration: self.duration / 2, ..self }
    }
}

/// The window of a measure that has started.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    from: Instant,
    to: Instant,
}

impl Window {
    /// The window of a measure that starts now.
    pub fn open(pace: Pace) -> Self {
        let from = Instant::now() + pace.warm_up;
        Self { from, to: from + pace.duration }
    }

    /// Whether nothing more is to be started.
    pub fn is_over(&self, now: Instant) -> bool {
        now >= self.to
    }

    /// The time left, warm-up included.
    pub fn left(&self) -> Duration {
        self.to.saturating_duration_since(Instant::now())
    }
}

/// The operations of one thread or connection that ended within the window.
pub struct Tally {
    window: Window,
    histogram: Histogram<u64>,
    last: Instant,
}

impl Tally {
    /// Nothing yet.
    pub fn new(window: Window) -> Result<Self> {
        // From a microsecond to two minutes, within a thousandth.
        let histogram = Histogram::new_with_bounds(1_000, 120_000_000_000, 3).context("histogram")?;
        Ok(Self { window, histogram, last: window.from })
    }

    /// Counts an operation that ended, if it did so within the window.
    pub fn count(&mut self, started: Instant, ended: Instant) {
        if (self.window.from..self.window.to).contains(&ended) {
            let nanoseconds = ended.duration_since(started).as_nanos();
            self.histogram.saturating_record(u64::try_from(nanoseconds).unwrap_or(u64::MAX));
            self.last = self.last.max(ended);
        }
    }
}

/// Whether a measure lasted its whole time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Until the end of the window.
    Time,
    /// Until as many operations as allowed were done.
    Count,
}

/// What was measured.
pub struct Measure {
    histogram: Histogram<u64>,
    seconds: f64,
}

impl Measure {
    /// Gathers the tallies of all threads or connections.
    pub fn gather(window: Window, tallies: impl IntoIterator<Item = Tally>, ending: Ending) -> Result<Self> {
        let mut all = Tally::new(window)?;
        for tally in tallies {
            all.histogram.add(&tally.histogram).context("histogram")?;
            all.last = all.last.max(tally.last);
        }
        let end = if ending == Ending::Time { window.to } else { all.last };
        Ok(Self { histogram: all.histogram, seconds: end.duration_since(window.from).as_secs_f64() })
    }

    /// The same thing measured twice.
    pub fn and(mut self, other: &Self) -> Result<Self> {
        self.histogram.add(&other.histogram).context("histogram")?;
        self.seconds += other.seconds;
        Ok(self)
    }

    /// The figures to show.
    pub fn figures(&self) -> Figures {
        let milliseconds =
            |quantile| Duration::from_nanos(self.histogram.value_at_quantile(quantile)).as_secs_f64() * 1e3;
        Figures {
            count: self.histogram.len(),
            #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
            per_second: if self.seconds > 0.0 { self.histogram.len() as f64 / self.seconds } else { 0.0 },
            p50_ms: milliseconds(0.5),
            p99_ms: milliseconds(0.99),
        }
    }
}

impl Figures {
    /// The same, where each operation that was counted is made of `times`.
    #[must_use]
    pub fn of_each(mut self, times: u32) -> Self {
        self.count *= u64::from(times);
        self.per_second *= f64::from(times);
        self
    }
}

/// The figures of a measure.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// Operations counted.
    pub count: u64,
    /// Operations per second.
    pub per_second: f64,
    /// Half of them took less, in milliseconds.
    pub p50_ms: f64,
    /// All but one in a hundred took less, in milliseconds.
    pub p99_ms: f64,
}

/// Does the same thing in `threads` threads; `make` prepares what a thread does again and again.
///
/// Blocks. Ends early when `at_most` operations are done.
pub fn threads<F: FnMut() -> Result<()>>(
    pace: Pace,
    threads: usize,
    at_most: u64,
    make: impl Fn(usize) -> Result<F> + Sync,
) -> Result<Measure> {
    let window = Window::open(pace);
    let each = at_most / threads.max(1) as u64;
    let work = |thread: usize| -> Result<(Tally, Ending)> {
        let (mut act, mut tally) = (make(thread)?, Tally::new(window)?);
        for _ in 0..each {
            let started = Instant::now();
            if window.is_over(started) {
                return Ok((tally, Ending::Time));
            }
            act()?;
            tally.count(started, Instant::now());
        }
        Ok((tally, Ending::Count))
    };
    let done: Vec<(Tally, Ending)> = std::thread::scope(|scope| {
        let work = &work;
        let running: Vec<_> = (0..threads).map(|thread| scope.spawn(move || work(thread))).collect();
        running
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|_| Err(anyhow::anyhow!("a measuring thread panicked"))))
            .collect::<Result<_>>()
    })?;
    let ending = if done.iter().any(|(_, ending)| *ending == Ending::Count) { Ending::Count } else { Ending::Time };
    Measure::gather(window, done.into_iter().map(|(tally, _)| tally), ending)
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{Ending, Measure, Pace, Tally, Window, threads};

    const PACE: Pace = Pace { warm_up: Duration::from_secs(1), duration: Duration::from_secs(4) };

    #[test]
    fn only_what_ends_within_the_window_is_counted() {
        let opened = Instant::now();
        let window = Window { from: opened + PACE.warm_up, to: opened + PACE.warm_up + PACE.duration };
        let mut tally = Tally::new(window).unwrap();
        let at = |milliseconds| window.from + Duration::from_millis(milliseconds);
        tally.count(opened, opened + Duration::from_millis(990));
        tally.count(opened + Duration::from_millis(995), at(5));
        tally.count(at(10), at(40));
        tally.count(at(3_990), at(4_000));
        let figures = Measure::gather(window, [tally], Ending::Time).unwrap().figures();
        assert_eq!((figures.count, figures.per_second), (2, 0.5));
        assert!((9.9..10.1).contains(&figures.p50_ms), "{figures:?}");
        assert!((29.9..30.1).contains(&figures.p99_ms), "{figures:?}");
    }

    #[test]
    fn a_measure_that_ends_by_count_lasts_until_its_last_operation() {
        let window = Window::open(PACE);
        let mut tally = Tally::new(window).unwrap();
        tally.count(window.from, window.from + Duration::from_millis(500));
        let measure = Measure::gather(window, [tally], Ending::Count).unwrap();
        assert_eq!(measure.figures().per_second.to_bits(), 2.0_f64.to_bits());
    }

    #[test]
    fn two_halves_make_a_whole() {
        let half = || {
            let window = Window::open(PACE.halved());
            let mut tally = Tally::new(window).unwrap();
            tally.count(window.from, window.from + Duration::from_millis(1));
            Measure::gather(window, [tally], Ending::Time).unwrap()
        };
        let figures = half().and(&half()).unwrap().figures();
        assert_eq!((figures.count, figures.per_second), (2, 0.5));
    }

    #[test]
    fn threads_stop_at_the_number_allowed_and_report_their_failure() {
        let pace = Pace { warm_up: Duration::ZERO, duration: Duration::from_mins(1) };
        assert_eq!(threads(pace, 2, 10, |_| Ok(|| Ok(()))).unwrap().figures().count, 10);
        assert!(threads(pace, 2, 10, |_| Ok(|| anyhow::bail!("no"))).is_err());
    }
}
