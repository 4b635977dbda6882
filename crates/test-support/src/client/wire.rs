//! A connection: plain, through a proxy, or with TLS on top.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, StreamOwned};

use super::answer::{self, Answer};

const PATIENCE: Duration = Duration::from_secs(10);
const READ: usize = 16 << 10;

/// A connection and the bytes that were read ahead on it.
#[derive(Debug)]
pub struct Wire {
    stream: Stream,
    ahead: Vec<u8>,
}

#[derive(Debug)]
enum Stream {
    Plain(TcpStream),
    Tls(Box<StreamOwned<ClientConnection, TcpStream>>),
}

impl Wire {
    /// Connects without TLS.
    pub fn plain(addr: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect_timeout(&addr, PATIENCE)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        Ok(Self {
            stream: Stream::Plain(stream),
            ahead: Vec::new(),
        })
    }

    /// Connects and speaks TLS to the server of that name.
    pub fn tls(addr: SocketAddr, name: &str, config: Arc<ClientConfig>) -> io::Result<Self> {
        Self::plain(addr)?.into_tls(name, config)
    }

    /// Asks a proxy for a tunnel; its answer, whatever it is.
    pub fn open_tunnel(&mut self, target: &str) -> io::Result<Answer> {
        let head = format!("CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n");
        self.send(head.as_bytes())?;
        let head = self.read_head()?;
        if head.status == 200 {
            return Ok(head);
        }
        self.read_body(head)
    }

    /// Speaks TLS from here on. To send no server name, switch it off in the
    /// configuration.
    pub fn into_tls(self, name: &str, config: Arc<ClientConfig>) -> io::Result<Self> {
        let Stream::Plain(mut stream) = self.stream else {
            return Err(io::Error::other("there is TLS on this connection already"));
        };
        if !self.ahead.is_empty() {
            return Err(io::Error::other("bytes arrived before the handshake"));
        }
        let name = ServerName::try_from(name.to_owned()).map_err(io::Error::other)?;
        let mut session = ClientConnection::new(config, name).map_err(io::Error::other)?;
        while session.is_handshaking() {
            session.complete_io(&mut stream)?;
        }
        Ok(Self {
            stream: Stream::Tls(Box::new(StreamOwned::new(session, stream))),
            ahead: Vec::new(),
        })
    }

    /// Sends these bytes as they are.
    pub fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes)?;
        self.stream.flush()
    }

    /// Sends a `GET` and reads the answer.
    pub fn get(&mut self, host: &str, target: &str) -> io::Result<Answer> {
        let head = format!("GET {target} HTTP/1.1\r\nHost: {host}\r\n\r\n");
        self.send(head.as_bytes())?;
        self.answer()
    }

    /// Sends a `POST` and reads the answer.
    pub fn post(&mut self, host: &str, target: &str, body: &[u8]) -> io::Result<Answer> {
        let length = body.len();
        let mut request =
            format!("POST {target} HTTP/1.1\r\nHost: {host}\r\nContent-Length: {length}\r\n\r\n")
                .into_bytes();
        request.extend_from_slice(body);
        self.send(&request)?;
        self.answer()
    }

    /// Reads an answer to its end.
    pub fn answer(&mut self) -> io::Result<Answer> {
        let head = self.read_head()?;
        self.read_body(head)
    }

    /// Reads an answer up to its body.
    pub fn read_head(&mut self) -> io::Result<Answer> {
        answer::read_head(self)
    }

    /// Reads the body that the head promised.
    pub fn read_body(&mut self, head: Answer) -> io::Result<Answer> {
        answer::read_body(self, head)
    }

    /// Reads one chunk of a chunked body; `None` at its end.
    pub fn read_chunk(&mut self) -> io::Result<Option<Vec<u8>>> {
        answer::read_chunk(self)
    }

    /// Reads until the other side closes.
    pub fn read_rest(&mut self) -> io::Result<Vec<u8>> {
        let mut rest = self.take_ahead(self.ahead.len());
        self.stream.read_to_end(&mut rest)?;
        Ok(rest)
    }

    pub(super) fn ahead(&self) -> &[u8] {
        &self.ahead
    }

    /// Takes bytes that were read ahead.
    pub(super) fn take_ahead(&mut self, bytes: usize) -> Vec<u8> {
        let rest = self.ahead.split_off(bytes.min(self.ahead.len()));
        std::mem::replace(&mut self.ahead, rest)
    }

    /// Reads more bytes ahead; says how many.
    pub(super) fn read_ahead(&mut self) -> io::Result<usize> {
        let mut piece = [0; READ];
        let read = self.stream.read(&mut piece)?;
        self.ahead.extend(piece.iter().take(read));
        Ok(read)
    }
}

impl Read for Stream {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(stream) => stream.read(buf),
            Self::Tls(stream) => stream.read(buf),
        }
    }
}

impl Write for Stream {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(stream) => stream.write(buf),
            Self::Tls(stream) => stream.write(buf),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(stream) => stream.flush(),
            Self::Tls(stream) => stream.flush(),
        }
    }
}
