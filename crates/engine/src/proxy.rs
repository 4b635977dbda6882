//! The explicit proxy's door: CONNECT and absolute URLs. It only translates.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

use bottle_policy::{Denial, Door, Host, Tls, Who, authorize};
use http::request::Parts;
use http::{Method, Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;

use crate::body::{self, Body};
use crate::context::Connection;
use crate::exchange::{exchange, refuse};
use crate::identify::Search;
use crate::refusal::Refusal;
use crate::shared::Shared;
use crate::{intent, manners, tunnel};

/// A client of the proxy.
#[derive(Clone)]
struct Client {
    shared: Arc<Shared>,
    peer: SocketAddr,
    local: SocketAddr,
}

/// Carries a connection to the proxy to its end.
pub(crate) async fn run(shared: Arc<Shared>, stream: TcpStream) {
    let (Ok(peer), Ok(local)) = (stream.peer_addr(), stream.local_addr()) else {
        return;
    };
    let client = Client {
        shared,
        peer,
        local,
    };
    let own = client.clone();
    let service = service_fn(move |request| {
        let client = own.clone();
        async move { Ok::<_, std::convert::Infallible>(client.answer(request).await) }
    });
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(tunnel::IDLE_LIMIT)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    if let Err(error) = served.await {
        let connection = client.unnamed().with_who(client.who().await);
        tunnel::ended_badly(&client.shared, &connection, &error);
    }
}

impl Client {
    async fn answer(&self, request: Request<Incoming>) -> Response<Body> {
        let (parts, incoming) = request.into_parts();
        if let Some(answer) = manners::answer(&self.shared.manners, &parts) {
            return answer;
        }
        let target = match intent::proxy_target(&parts) {
            Ok(target) => target,
            Err(denial) => return self.misunderstood(denial).await,
        };
        if parts.method == Method::CONNECT {
            if let Some(refusal) = self.refused_before(&target).await {
                return refusal;
            }
            return self.connect(target, parts);
        }
        let connection = Connection::new(Door::Forward, target.0, target.1)
            .with_tls(Tls::Plain)
            .with_who(self.who().await);
        exchange(
            Arc::clone(&self.shared),
            connection,
            Request::from_parts(parts, incoming),
        )
        .await
    }

    /// A pipelock's clients are told before the tunnel: they may not trust our
    /// certificate inside it.
    async fn refused_before(&self, (host, port): &(Host, u16)) -> Option<Response<Body>> {
        if !self.shared.manners.refuse_before_tunnels() {
            return None;
        }
        let connection = Connection::new(Door::Connect, host.clone(), *port);
        let intent = intent::of_connection(&connection, Tls::Unseen);
        let refusal = match authorize(&self.shared.bottle(), &intent) {
            Err(denial) => Refusal::Denied(denial),
            Ok(_) => self.shared.client.vet(host, *port).err()?.into(),
        };
        let connection = connection.with_who(self.who().await);
        Some(refuse(
            &self.shared,
            &connection,
            None,
            refusal,
            Instant::now(),
        ))
    }

    /// Opens the tunnel whatever its target: only inside it can a refusal be read.
    fn connect(&self, (host, port): (Host, u16), parts: Parts) -> Response<Body> {
        let connection = Connection::new(Door::Connect, host, port);
        let (shared, search) = (Arc::clone(&self.shared), self.search());
        let upgrade = hyper::upgrade::on(Request::from_parts(parts, ()));
        tokio::spawn(async move {
            if let Ok(upgraded) = upgrade.await {
                let _seat = shared.room.for_tunnel().await;
                tunnel::run(
                    Arc::clone(&shared),
                    connection,
                    search,
                    TokioIo::new(upgraded),
                )
                .await;
            }
        });
        Response::new(body::empty())
    }

    /// There is no host to name in the record but the proxy's own address.
    async fn misunderstood(&self, denial: Denial) -> Response<Body> {
        let connection = self.unnamed().with_who(self.who().await);
        refuse(
            &self.shared,
            &connection,
            None,
            Refusal::Denied(denial),
            Instant::now(),
        )
    }

    fn unnamed(&self) -> Connection {
        Connection::new(Door::Forward, Host::Ip(self.local.ip()), self.local.port())
    }

    fn search(&self) -> Search {
        Search::start(&self.shared.identify, self.peer, self.local)
    }

    async fn who(&self) -> Who {
        self.search().result().await
    }
}
