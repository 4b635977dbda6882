//! Reading an answer, within limits.

use std::io;

use super::wire::Wire;

const MAX_HEAD: usize = 64 << 10;
const MAX_BODY: usize = 64 << 20;

/// A server's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Names in lower case, with their values, in order.
    pub headers: Vec<(String, String)>,
    /// The body, with any transfer coding undone.
    pub body: Vec<u8>,
}

impl Answer {
    /// The first value of that header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(header, _)| header.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    pub fn json(&self) -> Option<serde_json::Value> {
        serde_json::from_slice(&self.body).ok()
    }

    fn is_chunked(&self) -> bool {
        self.header("transfer-encoding")
            .is_some_and(|value| value.to_ascii_lowercase().contains("chunked"))
    }
}

pub(super) fn read_head(wire: &mut Wire) -> io::Result<Answer> {
    let head = read_through(wire, b"\r\n\r\n")?;
    parse_head(&String::from_utf8_lossy(&head)).ok_or_else(|| bad("no HTTP answer"))
}

pub(super) fn read_body(wire: &mut Wire, mut answer: Answer) -> io::Result<Answer> {
    if answer.is_chunked() {
        while let Some(chunk) = read_chunk(wire)? {
            answer.body.extend(chunk);
            limit(answer.body.len(), MAX_BODY)?;
        }
    } else if let Some(length) = answer.header("content-length") {
        let length = length.parse().map_err(|_| bad("no length"))?;
        limit(length, MAX_BODY)?;
        answer.body = read_exactly(wire, length)?;
    } else if !matches!(answer.status, 100..200 | 204 | 304) {
        answer.body = wire.read_rest()?;
    }
    Ok(answer)
}

/// One chunk; `None` after the last one and its trailers.
pub(super) fn read_chunk(wire: &mut Wire) -> io::Result<Option<Vec<u8>>> {
    let line = read_line(wire)?;
    let size = line.split(';').next().unwrap_or_default().trim();
    let size = usize::from_str_radix(size, 16).map_err(|_| bad("no chunk size"))?;
    limit(size, MAX_BODY)?;
    if size == 0 {
        while !read_line(wire)?.is_empty() {}
        return Ok(None);
    }
    let chunk = read_exactly(wire, size)?;
    if !read_line(wire)?.is_empty() {
        return Err(bad("no end of chunk"));
    }
    Ok(Some(chunk))
}

fn parse_head(head: &str) -> Option<Answer> {
    let mut lines = head.split("\r\n");
    let mut status_line = lines.next()?.split(' ');
    if !status_line.next()?.starts_with("HTTP/1.") {
        return None;
    }
    let status = status_line.next()?.parse().ok()?;
    let headers = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    Some(Answer {
        status,
        headers,
        body: Vec::new(),
    })
}

fn read_line(wire: &mut Wire) -> io::Result<String> {
    let mut line = read_through(wire, b"\r\n")?;
    line.truncate(line.len().saturating_sub(2));
    String::from_utf8(line).map_err(|_| bad("a line that is not text"))
}

/// Bytes up to and with `end`.
fn read_through(wire: &mut Wire, end: &[u8]) -> io::Result<Vec<u8>> {
    loop {
        let ahead = wire.ahead();
        if let Some(at) = ahead.windows(end.len()).position(|window| window == end) {
            return Ok(wire.take_ahead(at + end.len()));
        }
        limit(ahead.len(), MAX_HEAD)?;
        read_more(wire)?;
    }
}

fn read_exactly(wire: &mut Wire, bytes: usize) -> io::Result<Vec<u8>> {
    while wire.ahead().len() < bytes {
        read_more(wire)?;
    }
    Ok(wire.take_ahead(bytes))
}

fn read_more(wire: &mut Wire) -> io::Result<()> {
    match wire.read_ahead()? {
        0 => Err(io::ErrorKind::UnexpectedEof.into()),
        _ => Ok(()),
    }
}

fn limit(bytes: usize, most: usize) -> io::Result<()> {
    if bytes > most {
        return Err(bad("longer than this client reads"));
    }
    Ok(())
}

fn bad(what: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}
