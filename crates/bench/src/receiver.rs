//! A receiver of webhooks in this process: it takes everything at once, and says when what was awaited has come.

use std::collections::HashMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use api_types::webhooks::WebhookMessage;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::{AbortHandle, JoinSet};
use uuid::Uuid;

/// Longest wait for a webhook.
const LONGEST: Duration = Duration::from_secs(30);
/// Most headers of a request.
const HEADERS: usize = 32;
/// Most bytes of a request.
const LARGEST: usize = 64 * 1024;
/// The answer to all requests.
const TAKEN: &[u8] = b"HTTP/1.1 204 No Content\r\n\r\n";

/// A receiver, closed when this is dropped.
pub struct Receiver {
    address: SocketAddr,
    state: Shared,
    task: AbortHandle,
}

type Shared = Arc<Mutex<State>>;

#[derive(Default)]
struct State {
    /// What each webhook is about, whether it has come or is awaited.
    objects: HashMap<Uuid, Awaited>,
    /// The last request, whole.
    last: Vec<u8>,
}

enum Awaited {
    /// It came before anybody waited for it.
    Come,
    /// Somebody waits for it.
    By(oneshot::Sender<()>),
}

impl Receiver {
    /// A receiver on a free port of this machine.
    pub async fn open() -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.context("no port is free")?;
        let (address, state) = (listener.local_addr()?, Shared::default());
        let task = tokio::spawn(listen(listener, Arc::clone(&state))).abort_handle();
        Ok(Self { address, state, task })
    }

    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// The last request that it took, as it came.
    pub fn last(&self) -> Vec<u8> {
        lock(&self.state).last.clone()
    }

    /// What waits for webhooks.
    pub fn ear(&self) -> Ear {
        Ear(Arc::clone(&self.state))
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// What waits for the webhooks of a receiver.
#[derive(Clone)]
pub struct Ear(Shared);

impl Ear {
    /// Returns once a webhook about `object` has come, even before this was called.
    pub async fn hear(&self, object: Uuid) -> Result<()> {
        let Some(coming) = self.wait(object) else { return Ok(()) };
        let come = tokio::time::timeout(LONGEST, coming).await;
        let come = come.with_context(|| format!("no webhook came within {} s", LONGEST.as_secs()))?;
        come.context("the receiver is closed")
    }

    fn wait(&self, object: Uuid) -> Option<oneshot::Receiver<()>> {
        let mut state = lock(&self.0);
        if let Some(Awaited::Come) = state.objects.remove(&object) {
            return None;
        }
        let (sender, receiver) = oneshot::channel();
        state.objects.insert(object, Awaited::By(sender));
        Some(receiver)
    }
}

async fn listen(listener: TcpListener, state: Shared) {
    // Connections end with this.
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        connections.spawn(receive(stream, Arc::clone(&state)));
        while connections.try_join_next().is_some() {}
    }
}

/// Takes the requests of one connection until it is closed, or says something else.
async fn receive(mut stream: TcpStream, state: Shared) -> Result<()> {
    stream.set_nodelay(true)?;
    let mut received = Vec::new();
    loop {
        if let Some((head, end)) = parse(&received)? {
            take(&state, &received[..end], head)?;
            received.drain(..end);
            stream.write_all(TAKEN).await?;
        } else {
            ensure!(received.len() < LARGEST, "a request is over {LARGEST} bytes");
            ensure!(stream.read_buf(&mut received).await? > 0, "closed");
        }
    }
}

fn take(state: &Shared, request: &[u8], head: usize) -> Result<()> {
    let message: WebhookMessage =
        serde_json::from_slice(&request[head..]).context("a webhook is not what it should")?;
    let mut state = lock(state);
    state.last = request.to_vec();
    if let Some(object) = message.data.objet_id {
        match state.objects.remove(&object) {
            // Whoever waited may have given up.
            Some(Awaited::By(sender)) => drop(sender.send(())),
            Some(Awaited::Come) | None => drop(state.objects.insert(object, Awaited::Come)),
        }
    }
    Ok(())
}

/// Where the head and the body of the first request end; `None` when it is not whole yet.
fn parse(bytes: &[u8]) -> Result<Option<(usize, usize)>> {
    let mut headers = [httparse::EMPTY_HEADER; HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    let httparse::Status::Complete(head) = request.parse(bytes).context("the request is not HTTP")? else {
        return Ok(None);
    };
    let length = request.headers.iter().find(|header| header.name.eq_ignore_ascii_case("content-length"));
    let length = length.context("the request has no length")?.value;
    let length: usize =
        std::str::from_utf8(length)?.trim().parse().context("the length of the request is no number")?;
    let end = head.saturating_add(length);
    Ok((bytes.len() >= end).then_some((head, end)))
}

fn lock(state: &Shared) -> std::sync::MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{Receiver, parse};
    use crate::http::Connection;
    use crate::load::exchange;

    fn webhook(object: Uuid) -> Vec<u8> {
        let body = format!(
            r#"{{"type":"message.envoye","timestamp":"2026-11-25T10:00:00Z","data":{{"objet_id":"{object}","liens":{{}}}}}}"#
        );
        format!("POST / HTTP/1.1\r\nContent-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
    }

    #[tokio::test]
    async fn a_webhook_is_heard_before_and_after_it_comes() {
        let (before, after) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let receiver = Receiver::open().await.unwrap();
        let mut connection = Connection::open(receiver.address()).await.unwrap();
        exchange(&mut connection, 204, [&webhook(before), &[], &[]], |_| ()).await.unwrap();
        receiver.ear().hear(before).await.unwrap();
        let ear = receiver.ear();
        let heard = tokio::spawn(async move { ear.hear(after).await });
        tokio::task::yield_now().await;
        exchange(&mut connection, 204, [&webhook(after), &[], &[]], |_| ()).await.unwrap();
        heard.await.unwrap().unwrap();
        assert_eq!(receiver.last(), webhook(after));
    }

    #[test]
    fn a_request_is_whole_with_its_last_byte() {
        let request = webhook(Uuid::nil());
        let head = request.windows(4).position(|end| end == b"\r\n\r\n").unwrap() + 4;
        assert_eq!(parse(&request).unwrap(), Some((head, request.len())));
        assert_eq!(parse(&request[..request.len() - 1]).unwrap(), None);
        assert!(parse(b"POST / HTTP/1.1\r\n\r\n").is_err());
    }
}
