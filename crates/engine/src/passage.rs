//! TLS that a pipelock's file lets through unread: the hello is read, its name
//! must be the one that the connection was opened to, and the rest is carried.

use std::io;
use std::sync::Arc;
use std::time::Instant;

use bottle_policy::{Evidence, Host, Passage, Tls, authorize_passage};
use bottle_upstream::Line;
use bytes::BytesMut;
use http_body_util::BodyExt as _;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, copy_bidirectional};
use tokio::time::timeout;

use crate::context::Connection;
use crate::exchange::refuse;
use crate::identify::Search;
use crate::inspect;
use crate::intent;
use crate::prefixed::Prefixed;
use crate::record::Seen;
use crate::refusal::{Fault, Refusal};
use crate::shared::Shared;
use crate::tunnel::{self, HANDSHAKE_LIMIT};

/// The longest hello that is read: four full records.
const MAX_HELLO: usize = 64 << 10;

/// Carries TLS through where the policy says so, and has it read otherwise.
pub(crate) async fn tls<S>(
    shared: Arc<Shared>,
    connection: Connection,
    search: Search,
    mut stream: S,
) where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    let started = Instant::now();
    let read = timeout(HANDSHAKE_LIMIT, hello(&mut stream)).await;
    let (bytes, sni) = match read {
        Ok(Ok(hello)) => hello,
        Ok(Err(error)) => {
            let why = error.to_string();
            return tunnel::handshake_failed(&shared, connection, search, &why, started).await;
        }
        Err(_) => {
            let why = "its hello took too long";
            return tunnel::handshake_failed(&shared, connection, search, why, started).await;
        }
    };
    let stream = Prefixed::new(bytes, stream);
    let tls = Tls::Hello { sni };
    let intent = intent::of_connection(&connection, tls.clone());
    match authorize_passage(&shared.bottle(), &intent) {
        Ok(Some(passage)) => {
            let who = search.result().await;
            let connection = connection.with_tls(tls).with_who(who);
            carry(&shared, &connection, &passage, stream, started).await;
        }
        // Read, or refused, as all other TLS.
        Ok(None) | Err(_) => tunnel::tls(shared, connection, search, stream).await,
    }
}

async fn carry<S>(
    shared: &Shared,
    connection: &Connection,
    passage: &Passage,
    mut stream: S,
    started: Instant,
) where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let (mut line, findings) = match open(shared, passage).await {
        Ok(opened) => opened,
        Err(refusal) => {
            // There is no session to answer in; the log has it.
            drop(
                refuse(shared, connection, None, refusal, started)
                    .into_body()
                    .boxed_unsync(),
            );
            return;
        }
    };
    let seen = Seen {
        method: http::Method::CONNECT.to_string(),
        path: String::new(),
        bytes: None,
    };
    let Ok(open) = shared
        .recorder
        .allowed(connection, &seen, line.ip, &findings, started)
    else {
        return;
    };
    let down = match copy_bidirectional(&mut stream, &mut line.stream).await {
        Ok((_, down)) => down,
        Err(_) => 0,
    };
    open.close(None, down, &[]);
}

/// Dials, once the name itself was read: it is all that can be.
async fn open(shared: &Shared, passage: &Passage) -> Result<(Line, Vec<Evidence>), Refusal> {
    let findings = inspect::host(shared, passage.permit())?;
    shared.recorder.check().map_err(|e| Fault::audit(&e))?;
    let line = shared.client.line(passage).await?;
    Ok((line, findings))
}

/// Reads a client hello and the name in it, and gives its bytes back.
async fn hello<S>(stream: &mut S) -> io::Result<(BytesMut, Option<Host>)>
where
    S: AsyncRead + Unpin,
{
    let mut acceptor = rustls::server::Acceptor::default();
    let mut bytes = BytesMut::with_capacity(4096);
    let mut fed = 0;
    loop {
        if bytes.len() >= MAX_HELLO {
            return Err(invalid("its hello is too long"));
        }
        if stream.read_buf(&mut bytes).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        while let Some(mut rest) = bytes.get(fed..).filter(|rest| !rest.is_empty()) {
            fed += acceptor.read_tls(&mut rest)?;
            match acceptor.accept() {
                Ok(None) => {}
                Ok(Some(accepted)) => {
                    let name = accepted
                        .client_hello()
                        .server_name()
                        .map(str::parse::<Host>);
                    return Ok((bytes, name.transpose().map_err(invalid)?));
                }
                Err((error, _)) => return Err(invalid(error)),
            }
        }
    }
}

fn invalid(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error)
}
