//! One request's way: intent, permit, inspection, credential, upstream, answer.

use std::sync::Arc;
use std::time::Instant;

use bottle_policy::{Auth, Bottle, Intent, Permit, Route, authorize};
use http::request::Parts;
use http::{HeaderValue, Request, Response, Uri, header};
use hyper::body::Incoming;
use tokio::sync::oneshot;

use crate::answer::{self, Wish};
use crate::body::Body;
use crate::context::Connection;
use crate::inspect::{self, Scanned};
use crate::record::{Seen, elapsed_ms};
use crate::refusal::{Fault, Refusal};
use crate::relay::Asked;
use crate::settle::Asker;
use crate::shared::Shared;
use crate::watch::{self, First};
use crate::{intent, relay, respond};

/// Answers one request.
pub(crate) async fn exchange(
    shared: Arc<Shared>,
    connection: Connection,
    request: Request<Incoming>,
) -> Response<Body> {
    let started = Instant::now();
    let (parts, body) = request.into_parts();
    let mut seen = seen(&shared, &parts);
    match carry_out(&shared, &connection, parts, body, &mut seen, started).await {
        Ok(response) => response,
        Err(refusal) => refuse(&shared, &connection, Some(&seen), refusal, started),
    }
}

/// Records a refusal and answers it.
pub(crate) fn refuse(
    shared: &Shared,
    connection: &Connection,
    seen: Option<&Seen>,
    refusal: Refusal,
    started: Instant,
) -> Response<Body> {
    let ms = elapsed_ms(started);
    match refusal {
        Refusal::Denied(denial) => match shared.recorder.denied(connection, seen, &denial, ms) {
            Ok(event) => {
                let mut response = respond::denied(connection, seen, &denial, &event);
                let headers = response.headers_mut();
                shared.manners.hint(&denial.guidance, headers);
                response
            }
            Err(error) => respond::failed(connection, seen, &Fault::audit(&error), None),
        },
        Refusal::Fault(fault) => match shared.recorder.failed(connection, seen, &fault, ms) {
            Ok(event) => respond::failed(connection, seen, &fault, Some(&event)),
            Err(error) => respond::failed(connection, seen, &Fault::audit(&error), None),
        },
    }
}

async fn carry_out(
    shared: &Arc<Shared>,
    connection: &Connection,
    parts: Parts,
    body: Incoming,
    seen: &mut Seen,
    started: Instant,
) -> Result<Response<Body>, Refusal> {
    let bottle = shared.bottle();
    let intent = intent::from_head(connection, &parts)?;
    let permit = permit(&bottle, &intent)?;
    let route = bottle
        .route(permit.route())
        .ok_or_else(|| Fault::internal("A permit names no route."))?;
    let asker = Asker { connection, seen };
    let mut scanned = inspect::inspect(shared, &permit, route, asker, (parts, body)).await?;
    seen.bytes = scanned.bytes;
    // A log that takes nothing more: not even a name may be looked up.
    shared.recorder.check().map_err(|e| Fault::audit(&e))?;
    let lease = shared.client.lease(&permit).await?;
    let open = shared
        .recorder
        .allowed(connection, seen, lease.ip(), &scanned.findings, started)
        .map_err(|error| Fault::audit(&error))?;
    let stopped = scanned.stopped.take();
    let credentials = credentials(&bottle, &permit);
    let asked = Asked {
        shared: Arc::clone(shared),
        connection: connection.clone(),
        seen: seen.clone(),
        noted: Arc::clone(&scanned.noted),
        started,
    };
    let request = outgoing(shared, &permit, route, &credentials, scanned)?;
    let sending = lease.send(request);
    let response = match stopped {
        None => sending.await?,
        Some(stopped) => send_watched(shared, connection, seen, sending, stopped, started).await?,
    };
    relay::relay(&asked, route, &credentials, open, response).await
}

/// Every credential that this host is sent by any route: what came by one may
/// be shown to another.
fn credentials(bottle: &Bottle, permit: &Permit) -> Vec<Auth> {
    let routes = bottle.egress.routes.iter();
    let all = routes.filter(|route| route.host.matches(permit.host()));
    let mut found: Vec<Auth> = Vec::new();
    for auth in all.filter_map(|route| route.auth.as_ref()) {
        if !found.contains(auth) {
            found.push(auth.clone());
        }
    }
    found
}

fn permit(bottle: &Bottle, intent: &Intent) -> Result<Permit, Refusal> {
    match authorize(bottle, intent)? {
        Some(permit) => Ok(permit),
        None => Err(Fault::internal("A request came before its connection was understood.").into()),
    }
}

/// Waits for the answer to a body that is still being read. If the inspection
/// stops it first, that is the answer; if it stops it later, it is recorded.
async fn send_watched(
    shared: &Arc<Shared>,
    connection: &Connection,
    seen: &Seen,
    sending: impl Future<Output = Result<Response<Incoming>, bottle_upstream::Error>>,
    stopped: oneshot::Receiver<bottle_policy::Denial>,
    started: Instant,
) -> Result<Response<Incoming>, Refusal> {
    let (response, rest) = match watch::first(Box::pin(sending), stopped).await {
        First::Answer(response, rest) => (response?, rest),
        First::Stopped(denial) => return Err(denial.into()),
    };
    let Some(rest) = rest else {
        return Ok(response);
    };
    let (shared, connection, seen) = (Arc::clone(shared), connection.clone(), seen.clone());
    tokio::spawn(async move {
        if let Ok(denial) = rest.await {
            // The answer has begun, so nobody can be told but the log.
            drop(
                shared
                    .recorder
                    .denied(&connection, Some(&seen), &denial, elapsed_ms(started)),
            );
        }
    });
    Ok(response)
}

/// What is sent: the scanned request in origin-form, under the one host name
/// that was checked, with the route's credential.
fn outgoing(
    shared: &Shared,
    permit: &Permit,
    route: &Route,
    credentials: &[Auth],
    scanned: Scanned,
) -> Result<Request<Body>, Refusal> {
    let host = host_header(permit).map_err(|_| Fault::internal("A host fits no header."))?;
    let mut outcome = Ok(());
    let mut request = scanned.into_request(|headers| {
        headers.insert(header::HOST, host);
        // The body is here already: there is nothing to wait for.
        headers.remove(header::EXPECT);
        if !credentials.is_empty() || answer::wish(&route.inspect) == Wish::Stop {
            // An encoded answer could hide an echo of a credential, and one
            // that may be stopped is best read as it comes.
            headers.insert(
                header::ACCEPT_ENCODING,
                HeaderValue::from_static("identity"),
            );
        }
        if !credentials.is_empty() {
            // So could one that comes in parts of the agent's choice.
            headers.remove(header::RANGE);
            headers.remove(header::IF_RANGE);
        }
        if let Some(auth) = &route.auth {
            outcome = shared.vault.inject(auth, headers);
        }
    });
    outcome.map_err(|e| Fault::internal(e.to_string()))?;
    let path = request
        .uri()
        .path_and_query()
        .map_or("/", |p| p.as_str())
        .to_owned();
    *request.uri_mut() =
        Uri::try_from(path).map_err(|_| Fault::internal("A path fits no request line."))?;
    *request.version_mut() = http::Version::HTTP_11;
    Ok(request)
}

fn host_header(permit: &Permit) -> Result<HeaderValue, header::InvalidHeaderValue> {
    let host = match permit.host().ip() {
        Some(std::net::IpAddr::V6(v6)) => format!("[{v6}]"),
        _ => permit.host().to_string(),
    };
    let port = permit.port();
    HeaderValue::from_str(&if port == permit.scheme().default_port() {
        host
    } else {
        format!("{host}:{port}")
    })
}

/// What may be told of a request: its path without the query, and with what the
/// detectors find in it masked.
fn seen(shared: &Shared, parts: &Parts) -> Seen {
    Seen {
        method: shared.shown.text(parts.method.as_str()),
        path: shared.shown.text(parts.uri.path()),
        bytes: None,
    }
}
