//! What stands before a value: the name that it is assigned to, and how.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::free::assign;
use crate::free::services::{NAMES, STORES, WORDS};
use crate::free::value::Value;

/// How a value hangs on its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Link {
    /// By `=`, `:`, `=>`, a comma in a call, a tag.
    Assigned,
    /// By nothing but blanks or dashes.
    Beside,
}

/// How much a name says about its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Naming {
    /// Nothing, or that it is something public.
    None,
    /// That it is a key of some kind, which may be a key of a map.
    Key,
    /// That it is a credential.
    Credential,
}

/// What stands before a value.
#[derive(Debug)]
pub(crate) struct Context {
    pub(crate) link: Link,
    pub(crate) naming: Naming,
    /// The name leaves no doubt: even a UUID is a credential behind it.
    pub(crate) surely: bool,
    /// A service is named in the value's own name, or before it on the line.
    pub(crate) service: Service,
    /// The service keeps commits or packages, which have digests.
    pub(crate) store: bool,
    /// The value is on the line below its name.
    pub(crate) below: bool,
    /// A word for a credential stands between the service and the value.
    pub(crate) named_near: bool,
}

/// Whether a service is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Service {
    None,
    /// An everyday word that is a service's name too, in the value's own name.
    Word,
    /// Somewhere before it on the line.
    Near,
    /// In the value's own name.
    Own,
    /// It is the value's own name.
    Alone,
}

/// How far back a name is looked for.
const BACK: usize = 96;
/// The longest name.
const MAX_NAME: usize = 72;
/// The most that may stand between a name and its value.
const MAX_LINK: usize = 20;

/// Reads backwards from the value's first byte. None where no name is.
pub(crate) fn before(text: &[u8], at: usize) -> Option<Context> {
    let from = at.saturating_sub(BACK);
    let back = text.get(from..at)?;
    // What a JSON or code escape of a line break leaves.
    let line = back
        .iter()
        .rposition(|b| matches!(b, b'\n' | b'\r'))
        .map_or(back, |end| back.get(end + 1..).unwrap_or_default());
    if line.trim_ascii().is_empty() {
        // The value has a line of its own, below its name: `<token>`, `key:`.
        let above = back.get(..back.len() - line.len())?.trim_ascii_end();
        let line = above
            .iter()
            .rposition(|b| *b == b'\n')
            .map_or(above, |end| above.get(end + 1..).unwrap_or_default());
        if back.len() - above.len() > MAX_LINK {
            return None;
        }
        return match line.last()? {
            b'>' | b':' | b'=' | b'(' => hang(line),
            last if last.is_ascii_alphabetic() => {
                let context = read(line, Link::Beside)?;
                let named = context.naming != Naming::None && context.service >= Service::Near;
                named.then_some(Context {
                    below: true,
                    ..context
                })
            }
            _ => None,
        };
    }
    hang(line)
}

fn hang(line: &[u8]) -> Option<Context> {
    let (name_end, link) = link(line)?;
    read(line.get(..name_end)?, link)
}

/// The context of a value that hangs on its name by a dash: both are one run.
pub(crate) fn glued(run: &[u8]) -> Option<Context> {
    let from = run.len().saturating_sub(BACK);
    read(run.get(from..)?, Link::Beside)
}

fn read(before: &[u8], link: Link) -> Option<Context> {
    let name_start = name_start(before, link);
    let name = before.get(name_start..)?;
    // A list of digests, a line of base64: what stands before is no name.
    let random = name.split(|b| !assign::is_value(*b)).any(|part| {
        part.len() >= 14
            && part.iter().filter(|b| b.is_ascii_digit()).count() >= 3
            && Value::new(part).is_random()
    });
    if name.len() > MAX_NAME || random {
        return None;
    }
    let words = Words::new(before);
    let own = words.starting(name_start);
    let (naming, public) = naming(own, link);
    // Most of what is random and has a name is a digest, and says so.
    if public || has_plural(name) {
        return None;
    }
    let (service, store) = words.service(name_start, last_word(before));
    // `vendor, the secret of it: value`.
    let named_near = naming == Naming::None && service >= Service::Near && is_called(before);
    (naming != Naming::None || service != Service::None).then_some(Context {
        link,
        naming,
        surely: SURE
            .iter()
            .any(|word| memchr::memmem::find(own, word).is_some()),
        service,
        store,
        below: false,
        named_near,
    })
}

/// Whether a word for a credential, with a capital for each of its letters,
/// stands a little before the value.
fn is_called(before: &[u8]) -> bool {
    const CALLED: [&[u8]; 5] = [b"SECRET", b"TOKEN", b"PRIVATE", b"ACCESS", b"KEY"];
    let near = before
        .get(before.len().saturating_sub(40)..)
        .unwrap_or_default();
    CALLED.iter().any(|word| {
        memchr::memmem::find_iter(near, word).any(|at| {
            at.checked_sub(1)
                .and_then(|at| near.get(at))
                .is_none_or(|b| !b.is_ascii_uppercase())
                && near
                    .get(at + word.len())
                    .is_none_or(|b| !b.is_ascii_uppercase())
        })
    })
}

/// Where the name ends, and how the value hangs on it.
fn link(line: &[u8]) -> Option<(usize, Link)> {
    let mut at = line.len();
    let mut assigned = false;
    let mut between = 0;
    // Scheme words between name and value: `Authorization: Bearer x`.
    let scheme = [
        &b"Bearer "[..],
        b"bearer ",
        b"Basic ",
        b"basic ",
        b"Token ",
        b"token ",
    ]
    .into_iter()
    .find(|scheme| line.ends_with(scheme));
    if let Some(scheme) = scheme {
        let rest = line.len() - scheme.len();
        let lead = line.get(..rest)?.last();
        if matches!(lead, Some(b' ' | b':' | b'"' | b'\'' | b'=' | b'`')) {
            at = rest;
        }
    }
    let mut quoted = false;
    let mut escaped = false;
    while let Some(&byte) = at.checked_sub(1).and_then(|last| line.get(last)) {
        match byte {
            b',' if !quoted => return None,
            b'@' if !quoted => return None,
            b'=' | b':' | b'>' | b',' | b'|' | b'!' | b'?' => assigned = true,
            b'"' | b'\'' | b'`' => quoted = true,
            b'\\' => escaped = true,
            b' ' | b'\t' | b'(' | b'[' | b']' | b'@' | b'&' | b'.' | b'-' | b'_' | b'/' | b'~'
            | b'*' | b'<' => {}
            // A prefix of a literal: b"…", L"…".
            b'b' | b'u' | b'r' | b'L'
                if quoted
                    && !assigned
                    && at
                        .checked_sub(2)
                        .and_then(|before| line.get(before))
                        .is_some_and(|b| matches!(b, b' ' | b'=' | b'(' | b':' | b',')) => {}
            _ => break,
        }
        between += 1;
        if between > MAX_LINK {
            return None;
        }
        at -= 1;
    }
    let spaced = at < line.len();
    let called = quoted
        && line
            .get(at..)
            .is_some_and(|between| between.contains(&b'('));
    // An escaped line break between two values names nothing.
    if escaped && !assigned && !quoted {
        return None;
    }
    (at > 0 && spaced).then_some((
        at,
        if assigned || called {
            Link::Assigned
        } else {
            Link::Beside
        },
    ))
}

/// Where the value's own name begins: an identifier, or a few words.
fn name_start(before: &[u8], link: Link) -> usize {
    let mut blanks = if link == Link::Beside { 3 } else { 2 };
    let mut at = before.len();
    while let Some(&byte) = at.checked_sub(1).and_then(|last| before.get(last)) {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-' | b'.' | b'$' => {}
            b' ' | b'\t' if blanks > 1 => blanks -= 1,
            _ => break,
        }
        at -= 1;
    }
    // `<add key="ClearTextPassword" value="…">`: the name is one further.
    let name = before.get(at..).unwrap_or_default().trim_ascii();
    if at > 2 && name.eq_ignore_ascii_case(b"value") {
        let rest = before.get(..at).unwrap_or_default();
        return rest
            .iter()
            .rposition(|b| *b == b'<')
            .unwrap_or_else(|| rest.len().saturating_sub(40));
    }
    at
}

/// The letters and digits before a value, in lower case, with word starts.
struct Words {
    letters: [u8; BACK],
    len: usize,
    /// For each letter, whether a word begins with it.
    starts: u128,
    /// For each byte of the text, how many letters stand before it.
    places: [u8; BACK],
}

impl Words {
    fn new(text: &[u8]) -> Self {
        let mut words = Self {
            letters: [0; BACK],
            len: 0,
            starts: 0,
            places: [0; BACK],
        };
        let mut last = 0_u8;
        for (&byte, place) in text.iter().zip(&mut words.places) {
            *place = u8::try_from(words.len).unwrap_or(u8::MAX);
            if byte.is_ascii_alphanumeric() {
                let camel = byte.is_ascii_uppercase() && !last.is_ascii_uppercase();
                let starts = camel || !last.is_ascii_alphanumeric();
                words.starts |= u128::from(starts) << words.len;
                if let Some(letter) = words.letters.get_mut(words.len) {
                    *letter = byte.to_ascii_lowercase();
                }
                words.len += 1;
            }
            last = byte;
        }
        words
    }

    fn letters(&self) -> &[u8] {
        self.letters.get(..self.len).unwrap_or_default()
    }

    /// How many letters stand before this place in the text.
    fn place(&self, place: usize) -> usize {
        self.places.get(place).map_or(self.len, |n| usize::from(*n))
    }

    /// The letters from this place in the text on.
    fn starting(&self, place: usize) -> &[u8] {
        self.letters().get(self.place(place)..).unwrap_or_default()
    }

    fn begins(&self, letter: usize) -> bool {
        letter < BACK && self.starts >> letter & 1 == 1
    }

    /// The service that is named, and whether it keeps commits or packages.
    fn service(&self, name_start: usize, last_word: usize) -> (Service, bool) {
        let services = &*SERVICES;
        let (own, last) = (self.place(name_start), self.place(last_word));
        // `box PRIVATE KEY …`: nothing but the two words for it between.
        let called = [
            &b"privatekey"[..],
            b"secretkey",
            b"accesskey",
            b"apikey",
            b"accesstoken",
        ]
        .iter()
        .any(|word| self.letters().ends_with(word));
        let mut found = (Service::None, false);
        for hit in services.search.find_overlapping_iter(self.letters()) {
            let begins = self.begins(hit.start());
            let rest = self.letters().get(hit.end()..).unwrap_or_default();
            let ends = rest.is_empty()
                || self.begins(hit.end())
                || (hit.len() >= 6 && begins)
                || TAILS.iter().any(|tail| rest.starts_with(tail));
            let Some(kind) = services.kinds.get(hit.pattern().as_usize()).copied() else {
                continue;
            };
            let service = match kind {
                Kind::Word if hit.start() >= last || (hit.start() == own && called) => {
                    Service::Word
                }
                Kind::Word => Service::None,
                Kind::Name | Kind::Store if hit.start() == own && rest.is_empty() => Service::Alone,
                Kind::Name | Kind::Store if hit.start() >= own => Service::Own,
                Kind::Name | Kind::Store => Service::Near,
            };
            if begins && ends && service > found.0 {
                found = (service, kind == Kind::Store);
            }
        }
        found
    }
}

/// Where the last word before a value begins.
fn last_word(before: &[u8]) -> usize {
    let end = before.trim_ascii_end().len();
    before
        .get(..end)
        .unwrap_or_default()
        .iter()
        .rposition(u8::is_ascii_whitespace)
        .map_or(0, |at| at + 1)
}

/// `tokens`, as in `max_tokens`: a number of them, no token.
fn has_plural(name: &[u8]) -> bool {
    name.windows(6).enumerate().any(|(at, window)| {
        window.eq_ignore_ascii_case(b"tokens")
            && name.get(at + 6).is_none_or(|b| !b.is_ascii_alphabetic())
    })
}

/// What may follow a service's name in one word.
const TAILS: [&[u8]; 14] = [
    b"api", b"key", b"token", b"secret", b"access", b"auth", b"client", b"app", b"private",
    b"pass", b"cred", b"web", b"bot", b"o",
];

struct Services {
    search: AhoCorasick,
    kinds: Vec<Kind>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Name,
    /// It keeps commits or packages, which have digests.
    Store,
    /// An everyday word too.
    Word,
}

static SERVICES: LazyLock<Services> = LazyLock::new(|| {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let stores: Vec<&str> = STORES.split_whitespace().collect();
    let names = NAMES
        .split_whitespace()
        .filter(|name| !words.contains(name) && !stores.contains(name));
    let all: Vec<(String, Kind)> = words
        .iter()
        .map(|name| (*name, Kind::Word))
        .chain(stores.iter().map(|name| (*name, Kind::Store)))
        .chain(names.map(|name| (name, Kind::Name)))
        .map(|(name, kind)| (name.replace(['-', '.'], ""), kind))
        .collect();
    let search = AhoCorasick::builder()
        .match_kind(MatchKind::Standard)
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .build(all.iter().map(|(name, _)| name))
        .expect("a thousand names fit");
    Services {
        search,
        kinds: all.into_iter().map(|(_, kind)| kind).collect(),
    }
});

/// The services that are known by name.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    NAMES
        .split_whitespace()
        .chain(STORES.split_whitespace())
        .chain(WORDS.split_whitespace())
}

const CREDENTIALS: [&[u8]; 20] = [
    b"secret",
    b"apikey",
    b"apitoken",
    b"accesskey",
    b"privatekey",
    b"authkey",
    b"token",
    b"password",
    b"passwd",
    b"passphrase",
    b"credential",
    b"bearer",
    b"authorization",
    b"encryptionkey",
    b"signingkey",
    b"masterkey",
    b"licensekey",
    b"accountkey",
    b"sharedkey",
    b"xapikey",
];
const SURE: [&[u8]; 7] = [
    b"secret",
    b"apikey",
    b"authorization",
    b"password",
    b"accesskey",
    b"privatekey",
    b"authtoken",
];
/// With a service's name only.
const KEYS: [&[u8]; 8] = [
    b"key",
    b"private",
    b"access",
    b"pat",
    b"auth",
    b"clientid",
    b"appid",
    b"pwd",
];
/// Names of what is public, or no value of its own.
const PUBLIC: [&[u8]; 43] = [
    b"nonmatching",
    b"wrong",
    b"fake",
    b"dummy",
    b"bogus",
    b"hash",
    b"digest",
    b"checksum",
    b"sha1",
    b"sha256",
    b"sha512",
    b"sha384",
    b"md5",
    b"public",
    b"pubkey",
    b"fingerprint",
    b"integrity",
    b"etag",
    b"csrf",
    b"xsrf",
    b"commit",
    b"cursor",
    b"nextpage",
    b"nextpagetoken",
    b"continuation",
    b"cachekey",
    b"uuid",
    b"guid",
    b"idempoten",
    b"sitekey",
    b"primarykey",
    b"foreignkey",
    b"sortkey",
    b"partitionkey",
    b"tokenize",
    b"tokentype",
    b"publishable",
    b"nexttoken",
    b"revision",
    b"thumbprint",
    b"signature",
    b"keyid",
    b"invalid",
];

fn naming(name: &[u8], link: Link) -> (Naming, bool) {
    // What is said last counts: "the api key of the site".
    let tail = name.get(name.len().saturating_sub(48)..).unwrap_or(name);
    let has = |list: &[&[u8]]| {
        list.iter()
            .any(|word| memchr::memmem::find(tail, word).is_some())
    };
    let public = has(&PUBLIC);
    let ends = |list: &[&[u8]]| list.iter().any(|word| tail.ends_with(word));
    let naming = match link {
        Link::Assigned if has(&CREDENTIALS) => Naming::Credential,
        Link::Beside if ends(&CREDENTIALS) => Naming::Credential,
        Link::Assigned | Link::Beside if has(&KEYS) => Naming::Key,
        Link::Assigned | Link::Beside => Naming::None,
    };
    (naming, public)
}
