//! A client that speaks HTTP/1.1 to permitted hosts and keeps connections alive.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use bottle_policy::{Host, Passage, Permit, Scheme};
use http::{Request, Response, StatusCode};
use http_body::Body;
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use rustls::pki_types::CertificateDer;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::connect_to::ConnectTo;
use crate::dial::{Dialed, Ways, dial, vet_unasked};
use crate::error::Error;
use crate::exempt::Exempt;
use crate::parent::Parents;
use crate::pool::{Connection, Key, Pool};
use crate::reads_on::ReadsOn;
use crate::{tls, via};

/// How long an upstream may take to its first byte. Models think for minutes.
const RESPONSE_LIMIT: Duration = Duration::from_mins(15);

/// What a client is made of.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The operator's own mappings, asked in order.
    pub connect_to: Vec<ConnectTo>,
    /// Certificates to trust, in DER form.
    pub roots: Vec<CertificateDer<'static>>,
    /// The proxies that connections go through.
    pub parents: Parents,
    /// What the address guard lets pass.
    pub exempt: Exempt,
}

impl Config {
    /// Vets what is known of a host before any name is looked up, as a client
    /// of this make would.
    ///
    /// # Errors
    /// A special-purpose address that was written out.
    pub fn vet(&self, host: &Host, port: u16) -> Result<(), Error> {
        vet_unasked(host, port, &self.connect_to, &self.exempt)
    }
}

/// Opens connections for permits and keeps them for the next request.
/// Cloning is cheap and shares the connections.
pub struct Client<B> {
    inner: Arc<Inner<B>>,
}

struct Inner<B> {
    ways: Ways,
    tls: Arc<ClientConfig>,
    pool: Pool<B>,
}

/// A connection that is ready for one request of the permit it was leased for.
pub struct Lease<B> {
    client: Client<B>,
    permit: Permit,
    connection: Connection<B>,
    age: Age,
}

/// A bare connection for TLS that goes through unread.
#[derive(Debug)]
pub struct Line {
    /// The connection.
    pub stream: TcpStream,
    /// The address that is connected.
    pub ip: IpAddr,
}

#[derive(Clone, Copy, PartialEq)]
enum Age {
    Fresh,
    Kept,
}

impl<B> Client<B>
where
    B: Body + Send + Unpin + 'static,
    B::Data: Send,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    /// A client with nothing connected yet.
    pub fn new(config: Config) -> Self {
        let inner = Inner {
            tls: tls::client_config(&config.roots),
            ways: Ways {
                connect_to: config.connect_to,
                parents: config.parents,
                exempt: config.exempt,
            },
            pool: Pool::new(),
        };
        Self {
            inner: Arc::new(inner),
        }
    }

    /// A connection for the permit: one that waits for it, or a new one.
    ///
    /// # Errors
    /// The name does not resolve, an address is guarded, nothing answers, TLS fails.
    pub async fn lease(&self, permit: &Permit) -> Result<Lease<B>, Error> {
        let (connection, age) = match self.inner.pool.take(&Key::of(permit)) {
            Some(kept) => (kept, Age::Kept),
            None => (self.open(permit).await?, Age::Fresh),
        };
        Ok(Lease {
            client: self.clone(),
            permit: permit.clone(),
            connection,
            age,
        })
    }

    async fn open(&self, permit: &Permit) -> Result<Connection<B>, Error> {
        let Dialed { stream, ip, proxy } = dial(permit, &self.inner.ways).await?;
        let sender = match permit.scheme() {
            Scheme::Http => handshake(permit.host(), stream).await?,
            Scheme::Https => {
                let stream = tls::handshake(&self.inner.tls, permit.host(), stream).await?;
                handshake(permit.host(), stream).await?
            }
        };
        Ok(Connection { sender, ip, proxy })
    }

    /// Vets what is known of a host before any name is looked up. What is not
    /// refused here is vetted when it is dialled.
    ///
    /// # Errors
    /// A special-purpose address that was written out.
    pub fn vet(&self, host: &Host, port: u16) -> Result<(), Error> {
        let ways = &self.inner.ways;
        vet_unasked(host, port, &ways.connect_to, &ways.exempt)
    }

    /// A connection for TLS that goes through unread.
    ///
    /// # Errors
    /// As for [`lease`](Self::lease), without TLS.
    pub async fn line(&self, passage: &Passage) -> Result<Line, Error> {
        let dialed = dial(passage.permit(), &self.inner.ways).await?;
        Ok(Line {
            stream: dialed.stream,
            ip: dialed.ip,
        })
    }
}

impl<B> Lease<B>
where
    B: Body + Send + Unpin + 'static,
    B::Data: Send,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    /// The address that is connected.
    pub fn ip(&self) -> IpAddr {
        self.connection.ip
    }

    /// Sends a request in origin-form and waits for the answer's head.
    ///
    /// A kept connection that the upstream closed in the meantime is replaced
    /// once, and only if nothing of the request was sent.
    ///
    /// # Errors
    /// The upstream broke off, or its answer took too long.
    pub async fn send(mut self, mut request: Request<B>) -> Result<Response<Incoming>, Error> {
        let host = self.permit.host().clone();
        let through = self.connection.proxy.clone();
        if let Some(proxy) = &through {
            via::absolute(proxy, &self.permit, &mut request).map_err(|e| Error::Connect {
                host: host.clone(),
                port: self.permit.port(),
                source: std::io::Error::other(e),
            })?;
        }
        let exchange = async {
            match self.connection.sender.try_send_request(request).await {
                Ok(response) => Ok(response),
                Err(mut failed) => match failed.take_message() {
                    Some(unsent) if self.age == Age::Kept => {
                        self.connection = self.client.open(&self.permit).await?;
                        let sent = self.connection.sender.send_request(unsent).await;
                        sent.map_err(|source| Error::Http {
                            host: host.clone(),
                            source,
                        })
                    }
                    _ => Err(Error::Http {
                        host: host.clone(),
                        source: failed.into_error(),
                    }),
                },
            }
        };
        let response = timeout(RESPONSE_LIMIT, exchange)
            .await
            .unwrap_or_else(|_| {
                Err(Error::Timeout {
                    host: host.clone(),
                    step: "its answer",
                    seconds: RESPONSE_LIMIT.as_secs(),
                })
            })?;
        if through.is_some() && response.status() == StatusCode::PROXY_AUTHENTICATION_REQUIRED {
            return Err(via::refused(&host, response.status().as_u16()));
        }
        self.give_back_when_ready();
        Ok(response)
    }

    /// The connection is ready again once the answer's body has been read.
    fn give_back_when_ready(self) {
        let Self {
            client,
            permit,
            mut connection,
            age: _,
        } = self;
        tokio::spawn(async move {
            if connection.sender.ready().await.is_ok() {
                client.inner.pool.put(Key::of(&permit), connection);
            }
        });
    }
}

impl<B> Clone for Client<B> {
    fn clone(&self) -> Self {
        Self {
            inner: Arc::clone(&self.inner),
        }
    }
}

async fn handshake<B, S>(host: &Host, stream: S) -> Result<http1::SendRequest<B>, Error>
where
    B: Body + Send + Unpin + 'static,
    B::Data: Send,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    let (sender, connection) = http1::handshake(TokioIo::new(ReadsOn::new(stream)))
        .await
        .map_err(|source| Error::Http {
            host: host.clone(),
            source,
        })?;
    // The connection's own end is told to whoever waits on the sender or the body.
    tokio::spawn(async move { drop(connection.await) });
    Ok(sender)
}
