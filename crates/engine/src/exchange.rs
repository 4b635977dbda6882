//! One request's way: intent, permit, inspection, credential, upstream, answer.

use std::sync::Arc;
use std::time::Instant;

use bottle_policy::{Bottle, Intent, Permit, Route, authorize};
use bottle_scan::{Input, Place};
use http::request::Parts;
use http::{HeaderValue, Request, Response, Uri, header};
use hyper::body::Incoming;
use tokio::sync::oneshot;

use crate::body::Body;
use crate::context::Connection;
use crate::inspect::{self, Scanned};
use crate::record::{Open, Seen, elapsed_ms};
use crate::refusal::{Fault, Refusal};
use crate::shared::Shared;
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
            Ok(event) => respond::denied(connection, seen, &denial, &event),
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
    let mut scanned = inspect::inspect(shared, &permit, route, parts, body).await?;
    seen.bytes = scanned.bytes;
    let lease = shared.client.lease(&permit).await?;
    let open = shared
        .recorder
        .allowed(connection, seen, lease.ip(), &scanned.findings, started)
        .map_err(|error| Fault::audit(&error))?;
    let stopped = scanned.stopped.take();
    let request = outgoing(shared, &permit, route, scanned)?;
    let sending = lease.send(request);
    let response = match stopped {
        None => sending.await?,
        Some(stopped) => send_watched(shared, connection, seen, sending, stopped, started).await?,
    };
    finish(shared, route, open, response)
}

fn finish(
    shared: &Shared,
    route: &Route,
    open: Open,
    response: Response<Incoming>,
) -> Result<Response<Body>, Refusal> {
    relay::relay(shared, route, open, response).map_err(Refusal::Fault)
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
    mut stopped: oneshot::Receiver<bottle_policy::Denial>,
    started: Instant,
) -> Result<Response<Incoming>, Refusal> {
    let response = tokio::select! {
        biased;
        Ok(denial) = &mut stopped => return Err(denial.into()),
        response = sending => response,
    };
    let response = match (response, stopped.try_recv()) {
        (_, Ok(denial)) => return Err(denial.into()),
        (response, Err(_)) => response?,
    };
    let (shared, connection, seen) = (Arc::clone(shared), connection.clone(), seen.clone());
    tokio::spawn(async move {
        if let Ok(denial) = stopped.await {
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
    scanned: Scanned,
) -> Result<Request<Body>, Refusal> {
    let host = host_header(permit).map_err(|_| Fault::internal("A host fits no header."))?;
    let mut outcome = Ok(());
    let mut request = scanned.into_request(|headers| {
        headers.insert(header::HOST, host);
        // The body is here already: there is nothing to wait for.
        headers.remove(header::EXPECT);
        if let Some(auth) = &route.auth {
            // An encoded answer could hide an echo of the credential.
            headers.insert(
                header::ACCEPT_ENCODING,
                HeaderValue::from_static("identity"),
            );
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
    let path = parts.uri.path();
    let input = Input::new(&Place::Url, path.as_bytes());
    let path = match shared.scanner.scan(input, &shared.mask_terms) {
        Ok(findings) if findings.is_empty() => path.to_owned(),
        Ok(findings) => mask(path, &findings),
        Err(_) => "/[unreadable]".to_owned(),
    };
    Seen {
        method: parts.method.to_string(),
        path,
        bytes: None,
    }
}

fn mask(path: &str, findings: &[bottle_scan::Finding]) -> String {
    let covered = |at: usize| findings.iter().find(|f| f.start <= at && at < f.end);
    let mut out = String::new();
    let mut last = None;
    for (at, c) in path.char_indices() {
        match covered(at) {
            None => out.push(c),
            Some(f) if last == Some(&f.detector) => {}
            Some(f) => out.extend(["[", f.detector.as_str(), "]"]),
        }
        last = covered(at).map(|f| &f.detector);
    }
    out
}
