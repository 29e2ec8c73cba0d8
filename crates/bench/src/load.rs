//! The load: some connections that each send a request as soon as the former is answered.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use tokio::task::JoinSet;

use crate::http::{Connection, Head};
use crate::measure::{Ending, Measure, Pace, Tally, Window};

/// Time allowed past the end of a measure for the last answers.
const GRACE: Duration = Duration::from_mins(1);
/// Bytes of an unexpected answer that are shown.
const SHOWN: usize = 600;

/// How a server is loaded.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// What is measured, for messages.
    pub name: &'static str,
    /// How long.
    pub pace: Pace,
    /// Requests under way at once.
    pub connections: usize,
    /// Most requests, warm-up included.
    pub at_most: u64,
    /// The status that every answer must have; of work made of several requests, the first answer.
    pub status: u16,
}

/// What one connection sends, request after request.
pub trait Source: Send + 'static {
    /// The next request, in parts: head, bytes of a file, end.
    fn next(&mut self) -> [&[u8]; 3];
}

/// What one connection does again and again, each time counted once however many requests it takes.
pub trait Work: Send + 'static {
    /// Does it once; its first answer must have `status`.
    fn perform(&mut self, connection: &mut Connection, status: u16) -> impl Future<Output = Result<()>> + Send;
}

/// Requests that are each counted.
struct Each<S>(S);

impl<S: Source> Work for Each<S> {
    async fn perform(&mut self, connection: &mut Connection, status: u16) -> Result<()> {
        exchange(connection, status, self.0.next(), |_| ()).await.map(drop)
    }
}

/// Requests without a file, sent in turn.
pub struct Requests {
    requests: Arc<[Vec<u8>]>,
    at: usize,
}

impl Requests {
    /// Sends `requests` in turn, for ever, from the one at `start`.
    pub const fn new(requests: Arc<[Vec<u8>]>, start: usize) -> Self {
        Self { requests, at: start }
    }
}

impl Source for Requests {
    fn next(&mut self) -> [&[u8]; 3] {
        let request = &self.requests[self.at % self.requests.len()];
        self.at += 1;
        [request, &[], &[]]
    }
}

/// Loads the server at `target`; `make` gives each connection what it sends.
///
/// Fails at the first answer whose status is not the one of the plan.
pub async fn run<S: Source>(target: SocketAddr, plan: Plan, make: impl Fn(usize) -> S) -> Result<Measure> {
    work(target, plan, |number| Each(make(number))).await
}

/// Loads the server at `target`; `make` gives each connection what it does.
///
/// Fails as soon as one of them fails.
pub async fn work<W: Work>(target: SocketAddr, plan: Plan, make: impl Fn(usize) -> W) -> Result<Measure> {
    let window = Window::open(plan.pace);
    let budget = Arc::new(AtomicU64::new(plan.at_most));
    let mut connections = JoinSet::new();
    for number in 0..plan.connections {
        connections.spawn(one(target, plan, window, Arc::clone(&budget), make(number)));
    }
    let all = async {
        let mut tallies = Vec::new();
        while let Some(done) = connections.join_next().await {
            tallies.push(done.context("a connection was dropped")??);
        }
        anyhow::Ok(tallies)
    };
    let tallies = tokio::time::timeout(window.left() + GRACE, all)
        .await
        .with_context(|| format!("{}: no answer within {} s of the end", plan.name, GRACE.as_secs()))?
        .with_context(|| plan.name)?;
    let ending = if budget.load(Ordering::Relaxed) == 0 { Ending::Count } else { Ending::Time };
    Measure::gather(window, tallies, ending)
}

async fn one<W: Work>(
    target: SocketAddr,
    plan: Plan,
    window: Window,
    budget: Arc<AtomicU64>,
    mut work: W,
) -> Result<Tally> {
    let mut connection = Connection::open(target).await?;
    let mut tally = Tally::new(window)?;
    while budget.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok() {
        let started = Instant::now();
        if window.is_over(started) {
            // Given back: the budget is not what ended this.
            budget.fetch_add(1, Ordering::Relaxed);
            break;
        }
        work.perform(&mut connection, plan.status).await?;
        tally.count(started, Instant::now());
    }
    Ok(tally)
}

/// One request and its answer, whose body is handed to `each`; fails when its status is not `status`.
pub async fn exchange(
    connection: &mut Connection,
    status: u16,
    parts: [&[u8]; 3],
    each: impl FnMut(&[u8]) + Send,
) -> Result<Head> {
    let mut sent = Ok(());
    for part in parts {
        sent = connection.send(part).await;
        if sent.is_err() {
            break;
        }
    }
    // A server that refuses may answer without reading to the end: its answer says more than the broken pipe.
    let head = match connection.head().await {
        Ok(head) => head,
        Err(failure) => return Err(sent.err().unwrap_or(failure)),
    };
    if head.status != status {
        let text = connection.text(&head, SHOWN).await.unwrap_or_default();
        bail!("answered {} instead of {status} to {}: {text}", head.status, first_line(parts[0]));
    }
    sent?;
    connection.body(&head, each).await?;
    Ok(head)
}

/// Method and path of a request.
fn first_line(request: &[u8]) -> String {
    let line = request.split(|byte| *byte == b'\r').next().unwrap_or_default();
    String::from_utf8_lossy(line).trim_end_matches(" HTTP/1.1").to_owned()
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, SocketAddr};
    use std::time::Duration;

    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;

    use super::{Plan, Requests, run};
    use crate::measure::Pace;

    const PLAN: Plan = Plan {
        name: "a test",
        pace: Pace { warm_up: Duration::ZERO, duration: Duration::from_mins(1) },
        connections: 2,
        at_most: 20,
        status: 200,
    };

    /// A server that answers 200 to requests of 4 bytes, but `last` to the one that is `stop`.
    async fn server(last: &'static str) -> SocketAddr {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                tokio::spawn(async move {
                    let mut request = [0; 4];
                    while stream.read_exact(&mut request).await.is_ok() {
                        let answer =
                            if &request == b"stop" { last } else { "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok" };
                        stream.write_all(answer.as_bytes()).await.unwrap();
                    }
                });
            }
        });
        address
    }

    #[tokio::test]
    async fn as_many_requests_are_sent_as_allowed() {
        let target = server("").await;
        let requests: std::sync::Arc<[Vec<u8>]> = [b"GET1".to_vec(), b"GET2".to_vec()].into();
        let measure = run(target, PLAN, |number| Requests::new(requests.clone(), number)).await.unwrap();
        assert_eq!(measure.figures().count, 20);
    }

    #[tokio::test]
    async fn an_unexpected_status_stops_the_measure_and_is_told() {
        let target = server("HTTP/1.1 429 Too Many Requests\r\nContent-Length: 7\r\n\r\nslowly!").await;
        let requests: std::sync::Arc<[Vec<u8>]> = [b"GET1".to_vec(), b"stop".to_vec()].into();
        let failure = run(target, PLAN, |number| Requests::new(requests.clone(), number)).await.err().unwrap();
        assert_eq!(format!("{failure:#}"), "a test: answered 429 instead of 200 to stop: slowly!");
    }
}
