//! A small HTTP/1.1 client for one connection that is kept: it shares the cores with what it measures.

use std::net::SocketAddr;

use anyhow::{Context as _, Result, bail, ensure};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Bytes read at a time; the head of an answer must fit.
const BUFFER: usize = 128 * 1024;
/// Most headers of an answer.
const HEADERS: usize = 48;

/// A connection to a server of this machine.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
    /// What was received and not consumed: `buffer[start..end]`.
    start: usize,
    end: usize,
}

/// How the end of a body is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Framing {
    /// By its length, in bytes.
    Length(u64),
    /// By its last chunk.
    Chunked,
}

/// The head of an answer.
#[derive(Debug, PartialEq, Eq)]
pub struct Head {
    /// The status.
    pub status: u16,
    /// How its body ends.
    pub framing: Framing,
    /// `name=value` of the first cookie that is set.
    pub cookie: Option<String>,
    /// Where what was made is.
    pub location: Option<String>,
}

impl Connection {
    /// Connects; only to this machine.
    pub async fn open(to: SocketAddr) -> Result<Self> {
        ensure!(to.ip().is_loopback(), "{to} is not on this machine: nothing else may be measured");
        let stream = TcpStream::connect(to).await.with_context(|| format!("could not connect to {to}"))?;
        // A request is written in a few pieces: none may wait for the acknowledgement of the former.
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: vec![0; BUFFER], start: 0, end: 0 })
    }

    /// Sends a part of a request.
    pub async fn send(&mut self, part: &[u8]) -> Result<()> {
        if !part.is_empty() {
            self.stream.write_all(part).await.context("the request could not be sent")?;
        }
        Ok(())
    }

    /// Receives the head of the answer.
    pub async fn head(&mut self) -> Result<Head> {
        loop {
            if let Some((head, length)) = parse(&self.buffer[self.start..self.end])? {
                self.start += length;
                return Ok(head);
            }
            self.fill().await?;
        }
    }

    /// Receives the body that follows `head`, handing each part to `each`.
    pub async fn body(&mut self, head: &Head, mut each: impl FnMut(&[u8])) -> Result<()> {
        match head.framing {
            Framing::Length(length) => self.take(length, &mut each).await,
            Framing::Chunked => loop {
                let length = self.chunk().await?;
                self.take(length, &mut each).await?;
                // The end of the chunk, or of the trailers, of which there are none.
                self.take(2, &mut |_| ()).await?;
                if length == 0 {
                    return Ok(());
                }
            },
        }
    }

    /// Receives the body as text, at most `most` bytes of it.
    pub async fn text(&mut self, head: &Head, most: usize) -> Result<String> {
        let mut kept = Vec::new();
        self.body(head, |part| kept.extend_from_slice(&part[..part.len().min(most - kept.len())])).await?;
        Ok(String::from_utf8_lossy(&kept).into_owned())
    }

    async fn take(&mut self, length: u64, each: &mut impl FnMut(&[u8])) -> Result<()> {
        let mut left = length;
        while left > 0 {
            if self.start == self.end {
                self.fill().await?;
            }
            let held = self.end - self.start;
            let taken = usize::try_from(left).unwrap_or(usize::MAX).min(held);
            each(&self.buffer[self.start..self.start + taken]);
            self.start += taken;
            left -= taken as u64;
        }
        Ok(())
    }

    /// The length of the next chunk.
    async fn chunk(&mut self) -> Result<u64> {
        loop {
            match httparse::parse_chunk_size(&self.buffer[self.start..self.end]) {
                Ok(httparse::Status::Complete((line, length))) => {
                    self.start += line;
                    return Ok(length);
                }
                Ok(httparse::Status::Partial) => self.fill().await?,
                Err(_) => bail!("the answer has a chunk without a length"),
            }
        }
    }

    /// Receives more bytes.
    async fn fill(&mut self) -> Result<()> {
        if self.start == self.end {
            (self.start, self.end) = (0, 0);
        } else if self.end == self.buffer.len() {
            ensure!(self.start > 0, "the head of the answer is over {BUFFER} bytes");
            self.buffer.copy_within(self.start..self.end, 0);
            (self.start, self.end) = (0, self.end - self.start);
        }
        let received = self.stream.read(&mut self.buffer[self.end..]).await.context("no answer was received")?;
        ensure!(received > 0, "the server closed the connection before its answer was whole");
        self.end += received;
        Ok(())
    }
}

/// The head at the start of `bytes` and its length; `None` when its end is not there yet.
fn parse(bytes: &[u8]) -> Result<Option<(Head, usize)>> {
    let mut headers = [httparse::EMPTY_HEADER; HEADERS];
    let mut answer = httparse::Response::new(&mut headers);
    let httparse::Status::Complete(length) = answer.parse(bytes).context("the answer is not HTTP")? else {
        return Ok(None);
    };
    let status = answer.code.unwrap_or_default();
    let mut framing = if matches!(status, 204 | 304) { Some(Framing::Length(0)) } else { None };
    let (mut cookie, mut location) = (None, None);
    for header in answer.headers.iter() {
        if header.name.eq_ignore_ascii_case("content-length") {
            let text = std::str::from_utf8(header.value)?;
            framing = Some(Framing::Length(text.trim().parse().context("the length of the answer is no number")?));
        } else if header.name.eq_ignore_ascii_case("transfer-encoding") {
            framing = Some(Framing::Chunked);
        } else if cookie.is_none() && header.name.eq_ignore_ascii_case("set-cookie") {
            let text = std::str::from_utf8(header.value)?;
            cookie = text.split(';').next().map(|pair| pair.trim().to_owned());
        } else if header.name.eq_ignore_ascii_case("location") {
            location = Some(std::str::from_utf8(header.value)?.trim().to_owned());
        }
    }
    let framing = framing.context("the answer says neither its length nor that it is in chunks")?;
    Ok(Some((Head { status, framing, cookie, location }, length)))
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, SocketAddr};

    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;

    use super::{Connection, Framing, Head, parse};

    /// The statuses and bodies read from a server that says `parts`, one after the other.
    async fn read(parts: &'static [&'static str], answers: usize) -> anyhow::Result<Vec<(u16, String)>> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let server = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await?;
            stream.read_u8().await?;
            for part in parts {
                stream.write_all(part.as_bytes()).await?;
                stream.flush().await?;
                tokio::task::yield_now().await;
            }
            std::io::Result::Ok(())
        });
        let mut connection = Connection::open(address).await?;
        connection.send(b"?").await?;
        let mut read = Vec::new();
        for _ in 0..answers {
            let head = connection.head().await?;
            read.push((head.status, connection.text(&head, 100).await?));
        }
        server.await??;
        Ok(read)
    }

    #[tokio::test]
    async fn answers_are_read_one_after_the_other_however_they_are_cut() {
        let parts = &[
            "HTTP/1.1 200 OK\r\nContent-Le",
            "ngth: 5\r\n\r\nbon",
            "joHTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r",
            "\n2;x=y\r\nde\r\n0\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n",
        ];
        let expected = vec![(200, "bonjo".to_owned()), (201, "abcde".to_owned()), (204, String::new())];
        assert_eq!(read(parts, 3).await.unwrap(), expected);
    }

    #[tokio::test]
    async fn an_answer_that_stops_too_soon_is_an_error() {
        let failure = read(&["HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nbon"], 1).await.unwrap_err();
        assert!(failure.to_string().contains("closed"), "{failure}");
    }

    #[tokio::test]
    async fn another_machine_is_refused() {
        let elsewhere = SocketAddr::from(([192, 0, 2, 1], 80));
        assert!(Connection::open(elsewhere).await.is_err());
    }

    #[test]
    fn a_head_gives_its_cookie_its_address_and_the_length_of_its_body() {
        let bytes = b"HTTP/1.1 201 Created\r\nset-cookie: __Host-a=b; Path=/; Secure\r\nLocation: /made\r\n\
              content-length: 2\r\n\r\nok";
        let (cookie, location) = (Some("__Host-a=b".to_owned()), Some("/made".to_owned()));
        let head = Head { status: 201, framing: Framing::Length(2), cookie, location };
        assert_eq!(parse(bytes).unwrap(), Some((head, bytes.len() - 2)));
        assert_eq!(parse(&bytes[..20]).unwrap(), None);
        assert!(parse(b"HTTP/1.1 200 OK\r\n\r\n").is_err());
        assert!(parse(b"bonjour\r\n\r\n").is_err());
    }
}
