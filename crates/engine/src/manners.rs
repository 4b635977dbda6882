//! How the explicit proxy treats its clients: as ours, or as a pipelock's,
//! which look at other things.

use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use serde_json::json;

use crate::body::{self, Body};

/// How the explicit proxy treats its clients.
#[derive(Clone, Debug, Default)]
pub enum Manners {
    /// Every tunnel opens, and a refusal is told inside it.
    #[default]
    Own,
    /// As pipelock does: a tunnel that the policy refuses does not open, and
    /// `GET /health` on the proxy itself answers.
    Pipelock {
        /// Whether it carries `CONNECT` and absolute URLs at all.
        forward: bool,
        /// Whether a refusal carries its guidance in a header too.
        hints: bool,
        /// The mode that the health endpoint names.
        mode: &'static str,
    },
}

impl Manners {
    pub(crate) fn refuse_before_tunnels(&self) -> bool {
        matches!(self, Self::Pipelock { .. })
    }

    /// Adds to a refusal what such clients look for.
    pub(crate) fn hint(&self, guidance: &str, headers: &mut HeaderMap) {
        if matches!(self, Self::Pipelock { hints: true, .. })
            && let Ok(value) = HeaderValue::from_str(guidance)
        {
            headers.insert("x-pipelock-hint", value);
        }
    }
}

/// The answer to a request that is for the proxy itself, or to any at all where
/// it carries none.
pub(crate) fn answer(manners: &Manners, parts: &Parts) -> Option<Response<Body>> {
    let Manners::Pipelock { forward, mode, .. } = manners else {
        return None;
    };
    let itself = parts.uri.authority().is_none();
    if itself && parts.uri.path() == "/health" {
        let reads = [Method::GET, Method::HEAD].contains(&parts.method);
        return Some(if reads { health(mode) } else { not_allowed() });
    }
    (!itself && !forward).then(not_allowed)
}

fn health(mode: &str) -> Response<Body> {
    let text = json!({
        "status": "healthy",
        "version": env!("CARGO_PKG_VERSION"),
        "engine": "bot-bottle",
        "mode": mode,
    });
    let mut response = Response::new(body::full(format!("{text}\n")));
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    response
}

fn not_allowed() -> Response<Body> {
    let mut response = Response::new(body::full("forward proxy not enabled\n".to_owned()));
    *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
    response
}
