//! What one address holds so far, and what of it is too much.

use super::names::{self, Kind};
use super::runs::{
    LEAST, decodings, is_document_id, is_image, is_long_word, is_masked, is_number, is_packed,
    is_random, readable, runs, runs_behind, without_prefix,
};
use super::url::in_url;

/// Encoded text in a path: no id is made of as much.
const PATH_TEXT: usize = 15;
/// Encoded text in a query, where small state travels so.
const QUERY_TEXT: usize = 16;
/// What looks random, in a path. Ids of a model's answers have 29 characters.
const PATH_OPAQUE: usize = 30;
/// What looks random, in a query.
const QUERY_OPAQUE: usize = 300;
/// The same, under a name that says that it is data.
const DATA_OPAQUE: usize = 48;
/// A digit in hex stands for a digest up to this length.
const DIGEST: usize = 128;
/// The same in the name of a parameter.
const NAME_DIGEST: usize = 64;
/// Digests in one path.
const DIGESTS: usize = 6;
/// Everything in one address that looks random, names of its own aside.
const ALL_OPAQUE: usize = 600;
/// A value under a name that is for encoded state.
const STATE: usize = 2048;
/// All such state of one address, as far as it reads as text.
const STATE_TEXT: usize = 800;
/// The longest id that reads as text, and the longest state that is neither JSON nor
/// a form nor an address.
const PLAIN_TEXT: usize = 96;
/// All that is signed or state.
const ALL_STATE: usize = 6144;

/// What one address holds so far.
#[derive(Default)]
pub(super) struct Sums {
    opaque: usize,
    state: usize,
    /// Of the state, what reads as text.
    text: usize,
    digests: usize,
}

impl Sums {
    /// Whether a path's segment says that enough is enough.
    pub(super) fn path(&mut self, segment: &[u8]) -> bool {
        runs(segment).any(|run| {
            let run = without_prefix(run);
            let read = decodings(run);
            !is_address(&read) && self.is_data(run, &read, DIGEST)
        })
    }

    /// The same of the name of a query's parameter, which is no place for an id.
    pub(super) fn name(&mut self, name: &[u8]) -> bool {
        runs(name).any(|run| self.is_data(run, &decodings(run), NAME_DIGEST))
    }

    fn is_data(&mut self, run: &[u8], read: &[Vec<u8>], digest: usize) -> bool {
        if readable(read, PATH_TEXT).is_some() || is_masked(run) || is_long_word(run) {
            return true;
        }
        if run.iter().all(u8::is_ascii_hexdigit) {
            self.digests += usize::from(run.len() >= 2 * LEAST);
            return run.len() > digest || self.digests > DIGESTS || is_number(run);
        }
        let opaque = if is_random(run) { run.len() } else { 0 };
        self.opaque += opaque;
        (opaque >= PATH_OPAQUE && !is_document_id(run)) || self.opaque > ALL_OPAQUE
    }

    /// The same of a query's value.
    pub(super) fn query(&mut self, kind: Kind, value: &[u8]) -> bool {
        runs_behind(value).any(|(before, run)| {
            let run = without_prefix(run);
            let kind = if kind == Kind::Plain {
                names::within(before)
            } else {
                kind
            };
            let read = decodings(run);
            if is_address(&read) {
                return false;
            }
            let text = readable(&read, QUERY_TEXT);
            let is_long = run.len() > DIGEST && run.iter().all(u8::is_ascii_hexdigit);
            let opaque = if is_random(run) || is_long {
                run.len()
            } else {
                0
            };
            if matches!(kind, Kind::Plain | Kind::Data) {
                self.opaque += opaque;
                let is_data = kind == Kind::Data && !is_image(run);
                let most = if is_data { DATA_OPAQUE } else { QUERY_OPAQUE };
                let is_spelled =
                    is_masked(run) || is_long_word(run) || is_number(run) || is_packed(run);
                text.is_some() || is_spelled || opaque > most || self.opaque > ALL_OPAQUE
            } else {
                let is_spelled = text.is_none() && is_masked(run) || is_number(run);
                is_spelled || self.is_too_much(kind, run.len(), opaque, text)
            }
        })
    }

    /// Whether what a name allows is more than it allows.
    fn is_too_much(&mut self, kind: Kind, len: usize, opaque: usize, text: Option<&[u8]>) -> bool {
        let read = text.map_or(0, <[u8]>::len);
        self.state += opaque.max(read);
        // What the signature says is as long as it is.
        self.text += if kind == Kind::Signed { 0 } else { read };
        let is_long = opaque.max(read) > 0 && len > STATE;
        is_long
            || self.state > ALL_STATE
            || self.text > STATE_TEXT
            || text.is_some_and(|text| !fits(kind, text))
    }
}

/// Whether a text may be the value of such a parameter.
fn fits(kind: Kind, text: &[u8]) -> bool {
    match kind {
        Kind::Plain | Kind::Data | Kind::Signature => false,
        // Nobody encodes an id twice.
        Kind::Id | Kind::State if is_encoded(text) => false,
        Kind::Id => text.len() <= PLAIN_TEXT && (is_word(text) || text.starts_with(b"[")),
        Kind::State => {
            // The first field of a message of Protocol Buffers begins like a line.
            let is_one_line = !text.trim_ascii().contains(&b'\n');
            is_one_line && (text.len() <= PLAIN_TEXT || is_structured(text))
        }
        Kind::Signed | Kind::Statement => true,
    }
}

fn is_encoded(text: &[u8]) -> bool {
    let digits = text.split(|b| *b == b'=').next().unwrap_or_default();
    readable(&decodings(digits), QUERY_TEXT).is_some()
}

/// Letters, digits and what parts the words of an id: `gid://shop/Product/123`.
fn is_word(text: &[u8]) -> bool {
    let part = |b: &u8| b.is_ascii_alphanumeric() || b":/_-.@|=+#~,;&?%".contains(b);
    text.trim_ascii_end().iter().all(part)
}

/// The beginning of JSON, the fields of a form, or an address. What is cut off may be its
/// end.
fn is_structured(text: &[u8]) -> bool {
    const NAME: usize = 40;
    let is_field = |field: &[u8]| {
        let name = field.iter().position(|b| *b == b'=');
        name.is_some_and(|name| name <= NAME)
    };
    let scheme = text.iter().position(|b| *b == b':').unwrap_or(0);
    matches!(
        text,
        [
            b'{' | b'[',
            b'"' | b'{' | b'[' | b']' | b'}' | b'0'..=b'9',
            ..
        ]
    ) || text.split(|b| *b == b'&').all(is_field)
        || text.get(scheme..).unwrap_or_default().starts_with(b"://")
}

/// An address in an address: proxies of images take them encoded. Text that
/// names no address, or a long one, is no such thing.
fn is_address(read: &[Vec<u8>]) -> bool {
    const LONG: usize = 300;
    let starts = [&b"http://"[..], b"https://", b"s3://", b"gs://"];
    read.iter().any(|bytes| {
        let named = starts.iter().any(|start| bytes.starts_with(start));
        let target = bytes
            .iter()
            .skip(8)
            .position(|b| *b == b'/')
            .map_or(bytes.len(), |at| at + 8);
        named && bytes.len() <= LONG && in_url(bytes.get(target..).unwrap_or_default()).is_none()
    })
}
