//! Reads what is about to leave: URL, headers, body. Its one product is
//! [`Scanned`], and only a `Scanned` request can be forwarded.

use std::fmt::Display;
use std::sync::Arc;
use std::time::Duration;

use bottle_policy::{Action, Denial, Evidence, Host, Permit, Route, Rule};
use bottle_scan::content::{self, ContentError};
use bottle_scan::{Finding, Input, Part, Place, Stream};
use bytes::{Bytes, BytesMut};
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, Request, Uri, header};
use http_body_util::BodyExt as _;
use hyper::body::{Body as _, Incoming};
use parking_lot::Mutex;
use tokio::sync::oneshot;
use tokio::time::timeout;

use crate::body::{self, Body};
use crate::headers;
use crate::joined::{self, Joined};
use crate::redact::redact;
use crate::room::{SHORT, Seat};
use crate::settle::{Asker, settle, settle_at_once};
use crate::shared::Shared;
use crate::shown::host_texts;
use crate::upload::Upload;

/// Bodies up to here are held until they were read whole. Longer ones leave
/// behind the scanner's window.
const HOLD: usize = 8 << 20;
/// How long the agent may be silent in the middle of a body.
const IDLE: Duration = Duration::from_mins(1);

/// Headers that describe a body as it was before something in it was replaced.
const STALE: [&str; 5] = [
    "content-digest",
    "content-encoding",
    "content-md5",
    "digest",
    "repr-digest",
];

/// A request that was read, and may leave.
pub(crate) struct Scanned {
    parts: Parts,
    body: Body,
    /// What was seen and let pass.
    pub(crate) findings: Vec<Evidence>,
    /// The body's size, where it is known.
    pub(crate) bytes: Option<u64>,
    /// Fires if a longer body has to be stopped on its way.
    pub(crate) stopped: Option<oneshot::Receiver<Denial>>,
    /// What is seen in a longer body and let pass, as it goes.
    pub(crate) noted: Noted,
}

/// What was seen after the decision was on record: it stands in the record of
/// the exchange's end.
pub(crate) type Noted = Arc<Mutex<Vec<Evidence>>>;

impl Scanned {
    /// Gives the request away to be sent. `finish` may add what belongs to the
    /// engine, such as a credential, and nothing of the agent's.
    pub(crate) fn into_request(self, finish: impl FnOnce(&mut HeaderMap)) -> Request<Body> {
        let mut parts = self.parts;
        finish(&mut parts.headers);
        Request::from_parts(parts, self.body)
    }
}

/// Reads a permitted request.
///
/// # Errors
/// The denial, with the findings that caused it.
pub(crate) async fn inspect(
    shared: &Arc<Shared>,
    permit: &Permit,
    route: &Route,
    asker: Asker<'_>,
    (mut parts, incoming): (Parts, Incoming),
) -> Result<Scanned, Denial> {
    if headers::wants_upgrade(&parts.headers) {
        return Err(upgrade_refused(permit));
    }
    headers::strip_hop_by_hop(&mut parts.headers);
    if let Some(auth) = &route.auth {
        headers::strip_credentials(&mut parts.headers, &auth.scheme);
    }
    let mut reader = Reader::new(shared, route);
    headers::refuse_overrides(parts.headers.keys().map(HeaderName::as_str), route)?;
    let mut findings = reader.head(permit, &mut parts)?;
    let (held, place) = hold(shared, incoming).await?;
    let noted = Noted::default();
    let (body, bytes, stopped) = match held {
        Held::Whole(bytes) => {
            let (found, bytes) = reader.body(&mut parts.headers, bytes)?;
            findings.extend(found);
            let size = u64::try_from(bytes.len()).ok();
            let body = if bytes.is_empty() {
                body::empty()
            } else {
                body::full_in(place, bytes)
            };
            (body, size, None)
        }
        Held::Beginning(start, rest) => {
            let window = window(shared, route, &parts.headers)?;
            let size = rest.size_hint().exact().map(|n| n + start.len() as u64);
            let body = (start, rest);
            let (upload, stopped) = Upload::new(shared, route, window, place, body, &noted);
            (upload.boxed_unsync(), size, Some(stopped))
        }
    };
    findings.extend(reader.in_parts());
    let settled = settle(&shared.vault, route, &findings)?;
    let redacted = reader.redacted;
    let mut findings = settled.answered(shared, asker).await?;
    findings.extend(redacted);
    Ok(Scanned {
        parts,
        body,
        findings,
        bytes,
        stopped,
        noted,
    })
}

/// Reads a permitted host's name alone, where nothing else can be read.
///
/// # Errors
/// The denial, with the findings that caused it.
pub(crate) fn host(shared: &Shared, permit: &Permit) -> Result<Vec<Evidence>, Denial> {
    let bottle = shared.bottle();
    let Some(route) = bottle.route(permit.route()) else {
        return Err(Denial::new(
            Rule::UnknownHost,
            format!("No route of this bottle lists {} any more.", permit.host()),
            "Connect again.",
        ));
    };
    let mut reader = Reader::new(shared, route);
    let mut findings = reader.host(permit.host())?;
    findings.extend(reader.in_parts());
    settle_at_once(&shared.vault, route, &findings)
}

struct Reader<'a> {
    shared: &'a Shared,
    route: &'a Route,
    /// Parts of known values, wherever they stood in the request.
    parts: Vec<Part>,
    /// What was replaced.
    redacted: Vec<Evidence>,
}

impl<'a> Reader<'a> {
    fn new(shared: &'a Shared, route: &'a Route) -> Self {
        Self {
            shared,
            route,
            parts: Vec::new(),
            redacted: Vec::new(),
        }
    }

    /// The values that are complete with what this request shows of them.
    fn in_parts(&self) -> Vec<Finding> {
        let mut spread = self.shared.spread.lock();
        let terms = &self.route.inspect;
        self.noted(spread.admit(&self.shared.scanner, &self.parts, terms))
    }

    fn head(&mut self, permit: &Permit, parts: &mut Parts) -> Result<Vec<Finding>, Denial> {
        let target = parts.uri.path_and_query().map_or("/", |p| p.as_str());
        let target = target.to_owned();
        if self.is_plain(permit.host(), parts, &target) {
            return Ok(Vec::new());
        }
        let mut findings = self.scan(&Place::Url, target.as_bytes())?;
        if let Some(edited) = self.edited(&Place::Url, target.as_bytes(), &mut findings)
            && let Ok(uri) = Uri::try_from(edited)
        {
            parts.uri = uri;
        }
        findings.extend(self.scan(&Place::Method, parts.method.as_str().as_bytes())?);
        findings.extend(self.host(permit.host())?);
        if let Some(spelled) = spelled_host(&parts.headers) {
            findings.extend(self.scan(&Place::Host, spelled)?);
        }
        for (name, value) in &mut parts.headers {
            let place = Place::Header(name.as_str().to_owned());
            let mut found = self.scan(&place, value.as_bytes())?;
            if let Some(edited) = self.edited(&place, value.as_bytes(), &mut found) {
                *value = HeaderValue::from_bytes(&edited)
                    .unwrap_or_else(|_| HeaderValue::from_static("[redacted]"));
            }
            found.extend(self.scan(&place, name.as_str().as_bytes())?);
            if !found.is_empty() {
                // What is told of a finding goes to the log, and a name may be one too.
                let place = Place::Header(self.shared.shown.text(name.as_str()));
                for finding in &mut found {
                    finding.place = place.clone();
                }
            }
            findings.extend(found);
        }
        for joined in joined::in_head(parts) {
            findings.extend(self.in_pieces(&joined)?);
        }
        Ok(findings)
    }

    /// Whether a head holds nothing, which one pass over all of it shows. Most
    /// do not; the others are read again, part by part.
    fn is_plain(&self, host: &Host, parts: &Parts, target: &str) -> bool {
        let scanner = &self.shared.scanner;
        let terms = &self.route.inspect;
        let named = host_texts(host);
        let joined: Vec<Joined> = joined::in_head(parts).collect();
        let hosts = || named.iter().map(String::as_bytes);
        let headers = parts.headers.iter();
        let headers =
            headers.flat_map(|(name, value)| [name.as_str().as_bytes(), value.as_bytes()]);
        let line = [target.as_bytes(), parts.method.as_str().as_bytes()];
        let smuggled = |place: &Place, text: &[u8]| {
            let finding = scanner.smuggled(Input::new(place, text), terms);
            finding.is_some()
        };
        let pieces = joined.iter().map(|joined| joined.text.as_slice());
        let texts = line.into_iter().chain(hosts()).chain(headers).chain(pieces);
        scanner.hold_nothing(texts, terms)
            && !smuggled(&Place::Url, target.as_bytes())
            && !hosts().any(|text| smuggled(&Place::Host, text))
            && !spelled_host(&parts.headers).is_some_and(|text| smuggled(&Place::Host, text))
    }

    /// Parts of known values are counted where they stand, not here again.
    fn in_pieces(&self, joined: &Joined) -> Result<Vec<Finding>, Denial> {
        let place = Place::Header("in pieces".to_owned());
        let input = Input::new(&place, &joined.text);
        let seen = self.shared.scanner.look(input, &self.route.inspect);
        let seen = seen.map_err(|e| unscannable(&place, &e))?;
        let whole = seen.findings.into_iter();
        Ok(self.noted(whole.filter_map(|f| joined.over_a_seam(f)).collect()))
    }

    fn host(&mut self, host: &Host) -> Result<Vec<Finding>, Denial> {
        let mut findings = Vec::new();
        for text in host_texts(host) {
            findings.extend(self.scan(&Place::Host, text.as_bytes())?);
        }
        Ok(findings)
    }

    /// Reads a body, and gives what of it may leave.
    fn body(
        &mut self,
        headers: &mut HeaderMap,
        bytes: Bytes,
    ) -> Result<(Vec<Finding>, Bytes), Denial> {
        let encoding = encoding(headers)?;
        let plain = content::decode(&encoding, &bytes, content::Limits::default())
            .map_err(|e| undecodable(&format!("content encoding `{encoding}`"), &e))?;
        let mut findings = self.scan(&Place::Body, &plain)?;
        if let Some(edited) = self.edited(&Place::Body, &plain, &mut findings) {
            // It leaves plain: what travels beside packed data is gone with it.
            for name in STALE {
                headers.remove(name);
            }
            headers.insert(header::CONTENT_LENGTH, edited.len().into());
            return Ok((findings, edited.into()));
        }
        if let std::borrow::Cow::Owned(_) = plain {
            // What travels beside the packed data, such as a gzip member's file name.
            findings.extend(self.scan(&Place::Body, &bytes)?);
        }
        Ok((findings, bytes))
    }

    /// The bytes with what is to be redacted replaced, where it can be.
    fn edited(
        &mut self,
        place: &Place,
        bytes: &[u8],
        findings: &mut Vec<Finding>,
    ) -> Option<Vec<u8>> {
        let own = |f: &Finding| {
            f.known
                .is_some_and(|known| self.shared.vault.is_own_placeholder(known, self.route))
        };
        // The route's own placeholder is at its place.
        findings.retain(|f| !own(f));
        let terms = &self.route.inspect;
        let redacted = redact(&self.shared.scanner, terms, place, bytes, findings)?;
        self.redacted
            .extend(redacted.told.into_iter().map(|evidence| Evidence {
                // A header's name is the agent's to choose.
                place: self.shared.shown.text(&evidence.place),
                ..evidence
            }));
        Some(redacted.bytes)
    }

    fn scan(&mut self, place: &Place, bytes: &[u8]) -> Result<Vec<Finding>, Denial> {
        let input = Input::new(place, bytes);
        let seen = self
            .shared
            .scanner
            .look(input, &self.route.inspect)
            .map_err(|e| unscannable(place, &e))?;
        self.parts.extend(seen.parts);
        Ok(self.noted(seen.findings))
    }

    /// Under a pipelock's file, what is in bodies and headers may only be noted.
    fn noted(&self, mut findings: Vec<Finding>) -> Vec<Finding> {
        if self.route.pipelock.notes_bodies {
            let noted = |f: &&mut Finding| matches!(f.place, Place::Body | Place::Header(_));
            for finding in findings.iter_mut().filter(noted) {
                finding.action = Action::Warn;
            }
        }
        findings
    }
}

/// The host as the client spelled it, where that is not the one spelling that
/// everything else reads: capitals may carry data.
fn spelled_host(headers: &HeaderMap) -> Option<&[u8]> {
    let text = headers.get(header::HOST)?.as_bytes();
    let name = text.split(|b| *b == b':').next()?;
    name.iter().any(u8::is_ascii_uppercase).then_some(name)
}

enum Held {
    Whole(Bytes),
    Beginning(Bytes, Incoming),
}

async fn hold(shared: &Shared, mut incoming: Incoming) -> Result<(Held, Option<Seat>), Denial> {
    let mut held = BytesMut::new();
    let mut place = None;
    while !incoming.is_end_stream() {
        let Ok(next) = timeout(IDLE, incoming.frame()).await else {
            return Err(unreadable("nothing came for a minute"));
        };
        let Some(frame) = next else { break };
        let frame = frame.map_err(|_| unreadable("it broke off"))?;
        // Trailers are not passed on: no client of ours needs them, and they would leave unread.
        let Ok(data) = frame.into_data() else {
            continue;
        };
        if held.is_empty() && incoming.is_end_stream() {
            return Ok((Held::Whole(data), place));
        }
        held.extend_from_slice(&data);
        if held.len() > HOLD {
            return Ok((Held::Beginning(held.freeze(), incoming), place));
        }
        if held.len() > SHORT && place.is_none() {
            let free = shared.room.for_long_body(IDLE).await;
            place =
                Some(free.ok_or_else(|| {
                    unreadable("there are too many other long ones on their way")
                })?);
        }
    }
    Ok((Held::Whole(held.freeze()), place))
}

/// What a scan that ran out of its budget leads to.
pub(crate) fn unscannable(place: &Place, why: &impl Display) -> Denial {
    Denial::new(
        Rule::BodyUnreadable,
        format!("The {place} could not be read to its end: {why}."),
        "Send it in a simpler form: less nesting of encodings, or smaller parts.",
    )
}

/// The content encodings of a body, as one list.
fn encoding(headers: &HeaderMap) -> Result<String, Denial> {
    let values: Result<Vec<&str>, _> = headers
        .get_all(header::CONTENT_ENCODING)
        .iter()
        .map(|v| v.to_str())
        .collect();
    values.map(|v| v.join(",")).map_err(|_| {
        Denial::new(
            Rule::EncodingUnreadable,
            "The request's Content-Encoding header is no text.",
            "Send the body plain, or as gzip, deflate, br or zstd.",
        )
    })
}

/// What a body too long to be held leaves through.
fn window(shared: &Shared, route: &Route, headers: &HeaderMap) -> Result<Stream, Denial> {
    let encoding = encoding(headers)?;
    Stream::new(&shared.scanner, Place::Body, &route.inspect)
        .permit(shared.vault.own_placeholder(route))
        .coded(&encoding)
        .map_err(|e| undecodable(&format!("content encoding `{encoding}`"), &e))
}

/// What a content encoding that cannot be undone leads to.
pub(crate) fn undecodable(what: &str, why: &ContentError) -> Denial {
    Denial::new(
        Rule::EncodingUnreadable,
        format!("The body's {what} could not be undone: {why}."),
        "Send the body plain, or as gzip, deflate, br or zstd.",
    )
}

fn upgrade_refused(permit: &Permit) -> Denial {
    Denial::new(
        Rule::UpgradeRefused,
        format!(
            "The request asks {} to change to another protocol, which could not be read.",
            permit.host()
        ),
        "Use plain HTTP requests; WebSocket is not passed on.",
    )
}

fn unreadable(why: &str) -> Denial {
    Denial::new(
        Rule::BodyUnreadable,
        format!("The body could not be read: {why}."),
        "Send the request again, whole.",
    )
}
