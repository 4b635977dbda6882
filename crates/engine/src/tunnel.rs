//! A connection to one target, of which nothing has been read: TLS is taken
//! apart, plain HTTP is read as it is, and anything else ends.
//!
//! What is refused is refused inside the session, so that the client can read why.

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bottle_policy::{Denial, Host, Rule, Tls, authorize};
use http_body_util::BodyExt as _;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::timeout;
use tokio_rustls::LazyConfigAcceptor;
use tokio_rustls::server::TlsStream;

use crate::context::Connection;
use crate::exchange::{exchange, refuse};
use crate::identify::Search;
use crate::prefixed::Prefixed;
use crate::record::elapsed_ms;
use crate::refusal::{Fault, Refusal};
use crate::shared::Shared;
use crate::sniff::{Protocol, sniff};
use crate::{intent, passage};

pub(crate) const HANDSHAKE_LIMIT: Duration = Duration::from_secs(15);
/// How long a client may keep a connection without a request.
pub(crate) const IDLE_LIMIT: Duration = Duration::from_mins(10);

/// Carries a connection to its end.
pub(crate) async fn run<S>(
    shared: Arc<Shared>,
    connection: Connection,
    search: Search,
    mut stream: S,
) where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    let Ok((protocol, seen)) = sniff(&mut stream).await else {
        return;
    };
    let silent = seen.is_empty();
    let stream = Prefixed::new(seen, stream);
    match protocol {
        Protocol::Tls if shared.passes_tls_through() => {
            passage::tls(shared, connection, search, stream).await;
        }
        Protocol::Tls => tls(shared, connection, search, stream).await,
        Protocol::Http => {
            let connection = connection
                .with_tls(Tls::Plain)
                .with_who(search.result().await);
            requests(shared, connection, stream).await;
        }
        // A connection that was opened and closed again wanted nothing.
        Protocol::Unknown if silent && shared.is_listed(&connection) => {}
        Protocol::Unknown => unknown(&shared, &connection.with_who(search.result().await)),
    }
}

pub(crate) async fn tls<S>(shared: Arc<Shared>, connection: Connection, search: Search, stream: S)
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    let started = Instant::now();
    match timeout(
        HANDSHAKE_LIMIT,
        intercept(&shared, &connection.target, stream),
    )
    .await
    {
        Ok(Ok((sni, stream))) => {
            let connection = connection
                .with_tls(Tls::Hello { sni })
                .with_who(search.result().await);
            requests(shared, connection, stream).await;
        }
        Ok(Err(error)) => {
            handshake_failed(&shared, connection, search, &error.to_string(), started).await;
        }
        Err(_) => handshake_failed(&shared, connection, search, "it took too long", started).await,
    }
}

/// Completes the handshake as the host that the client asked for.
async fn intercept<S>(
    shared: &Shared,
    target: &Host,
    stream: S,
) -> io::Result<(Option<Host>, TlsStream<S>)>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let start = LazyConfigAcceptor::new(rustls::server::Acceptor::default(), stream).await?;
    // rustls has read the name already; ours is the stricter reading.
    let sni = match start.client_hello().server_name().map(str::parse::<Host>) {
        None => None,
        Some(Ok(host)) => Some(host),
        Some(Err(error)) => return Err(io::Error::new(io::ErrorKind::InvalidData, error)),
    };
    let config = shared
        .authority
        .server_config(sni.as_ref().unwrap_or(target))
        .map_err(io::Error::other)?;
    Ok((sni, start.into_stream(config).await?))
}

pub(crate) async fn handshake_failed(
    shared: &Shared,
    connection: Connection,
    search: Search,
    why: &str,
    started: Instant,
) {
    let connection = connection.with_who(search.result().await);
    let fault = Fault {
        kind: "client_tls",
        status: http::StatusCode::BAD_GATEWAY,
        message: format!("The client did not complete its TLS handshake: {why}."),
        guidance: "The client may not trust the bottle's certificate authority, or speak HTTP/1.1.",
    };
    // There is no session to answer in; the log has it.
    drop(
        shared
            .recorder
            .failed(&connection, None, &fault, elapsed_ms(started)),
    );
}

/// Serves the requests of a connection, one after the other.
async fn requests<S>(shared: Arc<Shared>, connection: Connection, stream: S)
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    let (engine, origin) = (Arc::clone(&shared), connection.clone());
    let service = service_fn(move |request| {
        let (shared, connection) = (Arc::clone(&engine), origin.clone());
        async move { Ok::<_, std::convert::Infallible>(exchange(shared, connection, request).await) }
    });
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(IDLE_LIMIT)
        .serve_connection(TokioIo::new(stream), service);
    if let Err(error) = served.await {
        ended_badly(&shared, &connection, &error);
    }
}

/// Records a head that could not be read. A client that breaks off harms
/// itself alone, and nothing of what it did not send is of interest.
pub(crate) fn ended_badly(shared: &Shared, connection: &Connection, error: &hyper::Error) {
    if !error.is_parse() {
        return;
    }
    let denial = Denial::new(
        Rule::MalformedRequest,
        format!("The request's head cannot be read: {error}."),
        "Send a plain HTTP/1.1 request.",
    );
    // The client has its bare 400 already; the log has the rest.
    drop(shared.recorder.denied(connection, None, &denial, 0));
}

fn unknown(shared: &Shared, connection: &Connection) {
    let intent = intent::of_connection(connection, Tls::Unseen);
    let denial = match authorize(&shared.bottle(), &intent) {
        Err(denial) => denial,
        Ok(_) => Denial::new(
            Rule::UnknownProtocol,
            format!(
                "The connection to {} port {} speaks neither TLS nor HTTP.",
                connection.target, connection.port
            ),
            "Only HTTP and HTTPS leave the bottle; for git, use https:// remotes.",
        ),
    };
    // There is no protocol to answer in; the connection closes and the log has it.
    drop(
        refuse(
            shared,
            connection,
            None,
            Refusal::Denied(denial),
            Instant::now(),
        )
        .into_body()
        .boxed_unsync(),
    );
}
