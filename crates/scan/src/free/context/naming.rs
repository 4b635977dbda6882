//! How much a name says about its value.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::words::Words;
use super::{Link, Naming};

const CREDENTIALS: [&[u8]; 40] = [
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
    b"validationkey",
    b"decryptionkey",
    b"hmackey",
    b"subscriptionkey",
    b"deploykey",
    b"integrationkey",
    b"routingkey",
    b"serverkey",
    b"jwtkey",
    b"functionkey",
    b"webhookkey",
    b"adminkey",
    b"apihash",
    b"appcertificate",
    b"apipasscode",
    b"remotekey",
    b"storagekey",
    b"sessionkey",
    b"sdkkey",
    b"appsecret",
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
/// With a service's name, or a value that leaves little doubt.
const KEYS: [&[u8]; 7] = [
    b"key",
    b"private",
    b"pat",
    b"auth",
    b"clientid",
    b"appid",
    b"pwd",
];
/// With a service's name only.
const LOGINS: [&[u8]; 3] = [b"login", b"access", b"crumb"];
/// Keys that somebody shows to others, and kinds of pairs of keys.
const SHOWN: [&[u8]; 9] = [
    b"sender",
    b"recipient",
    b"peer",
    b"identity",
    b"verify",
    b"verification",
    b"ed25519",
    b"curve25519",
    b"x25519",
];
/// What makes the hidden half of a pair of keys of it.
const HIDDEN: [&[u8]; 4] = [b"private", b"secret", b"sign", b"seed"];
/// Names of what is public, or no value of its own.
const PUBLIC: [&[u8]; 72] = [
    b"dedupkey",
    b"rowkey",
    b"itemkey",
    b"pagekey",
    b"evaluatedkey",
    b"progresstoken",
    // Exchange's: which state of a row somebody has seen.
    b"changekey",
    b"versiontoken",
    b"devicetoken",
    b"encrypted",
    b"obscured",
    b"issuekey",
    b"projectkey",
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
    b"sha3",
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
    b"tiktoken",
    b"tokentype",
    b"publishable",
    b"nexttoken",
    b"revision",
    b"thumbprint",
    b"signature",
    b"keyid",
    b"invalid",
    b"ciphertext",
    b"objectkey",
    b"s3key",
    // RFC 6455: a number that is new for each connection.
    b"secwebsocket",
    // `authorized_keys` has public ones.
    b"authorizedkey",
    b"postmantoken",
    b"sentrytrace",
    // The id of the key that signed an address, and its scope.
    b"xamzcredential",
    b"domainverification",
    b"siteverification",
    b"messagekey",
    b"filekey",
    b"hostkey",
    b"experimentkey",
];

/// Names of places in a list.
const CURSORS: [&[u8]; 21] = [
    b"sequencetoken",
    b"fencingtoken",
    b"leasetoken",
    b"rollouttoken",
    b"pagetoken",
    b"startingtoken",
    b"synctoken",
    b"paginationtoken",
    b"skiptoken",
    b"deltatoken",
    b"resumetoken",
    b"batchtoken",
    b"watchtoken",
    b"polltoken",
    b"concurrencytoken",
    b"locktoken",
    b"cancellationtoken",
    b"changetoken",
    b"clientrequesttoken",
    b"backwardtoken",
    b"forwardtoken",
];
/// Names of what belongs to a credential and is none.
const LABELS: [&[u8]; 47] = [
    b"chain",
    b"certificate",
    b"release",
    b"environment",
    b"stage",
    b"handle",
    b"identifier",
    b"secretsmanager",
    b"id",
    b"ids",
    b"name",
    b"names",
    b"type",
    b"url",
    b"uri",
    b"path",
    b"file",
    b"dir",
    b"version",
    b"count",
    b"arn",
    b"alias",
    b"label",
    b"audience",
    b"issuer",
    b"index",
    b"ref",
    b"expiry",
    b"timestamp",
    b"organization",
    b"trace",
    b"mint",
    b"address",
    b"account",
    b"sig",
    b"usec",
    b"scope",
    b"scopes",
    b"endpoint",
    b"host",
    b"region",
    b"tenant",
    b"subscription",
    b"location",
    b"sid",
    b"algorithm",
    b"spec",
];
/// Ids that go with a secret, and that vendors' scanners ask for.
const IDS: [&[u8]; 2] = [b"clientid", b"appid"];

/// What the words in a name say.
#[derive(Clone, Copy, Default)]
struct Said {
    credential: bool,
    key: bool,
    public: bool,
}

/// The words of one list, and what each of them says.
type List = (&'static [&'static [u8]], fn(&mut Said));

/// All the words in one search: what each says, in the order of the lists.
struct Search {
    words: AhoCorasick,
    says: Vec<fn(&mut Said)>,
    /// From here on they say that the value is public.
    public: usize,
}

static SEARCH: LazyLock<Search> = LazyLock::new(|| {
    let lists: [List; 4] = [
        (&CREDENTIALS, |said| said.credential = true),
        (&KEYS, |said| said.key = true),
        (&LOGINS, |said| said.key = true),
        (&PUBLIC, |said| said.public = true),
    ];
    let all = || {
        let each = |(list, says): &List| {
            let says = *says;
            list.iter().map(move |word| (*word, says))
        };
        lists.iter().flat_map(each).collect::<Vec<_>>()
    };
    let words = AhoCorasick::builder()
        .kind(Some(AhoCorasickKind::DFA))
        .build(all().iter().map(|(word, _)| *word))
        .expect("a hundred words fit");
    Search {
        words,
        says: all().into_iter().map(|(_, says)| says).collect(),
        public: all().len() - PUBLIC.len(),
    }
});

impl Said {
    fn by(tail: &[u8]) -> Self {
        let mut said = Self::default();
        for hit in SEARCH.words.find_overlapping_iter(tail) {
            if let Some(says) = SEARCH.says.get(hit.pattern().as_usize()) {
                says(&mut said);
            }
        }
        said
    }
}

/// How much the letters of a name say, and whether they say that the value is
/// public.
pub(super) fn naming(words: &Words, name: &[u8], link: Link) -> (Naming, bool) {
    // What is said last counts: "the api key of the site".
    let tail = name.get(name.len().saturating_sub(48)..).unwrap_or(name);
    let said = Said::by(tail);
    // `pageToken` says where to go on, but a status page's token is one.
    let all = words.letters().len();
    let cursor = |word: &&[u8]| tail.ends_with(word) && words.begins(all - word.len());
    let public = (said.public && is_public(words, tail))
        || CURSORS.iter().any(cursor)
        || is_shown(words, tail)
        // AWS's: by it a request that comes again is known.
        || tail == b"clienttoken"
        // The id of a key that signs packages. What belongs to a private one says so.
        || tail.ends_with(b"gpgkey");
    let ends = |list: &[&[u8]]| list.iter().any(|word| tail.ends_with(word));
    let naming = match link {
        Link::Assigned if said.credential => Naming::Credential,
        Link::Beside if said.credential && ends(&CREDENTIALS) => Naming::Credential,
        Link::Assigned | Link::Beside if said.key && is_key(words, tail, &KEYS) => Naming::Key,
        Link::Assigned | Link::Beside if said.key && is_key(words, tail, &LOGINS) => Naming::Login,
        Link::Assigned | Link::Beside => Naming::None,
    };
    (naming, public)
}

/// Whether a word for what is public stands there, and is no part of a service's name:
/// `hashnode`, `qonversion_token`.
fn is_public(words: &Words, tail: &[u8]) -> bool {
    let from = words.letters().len() - tail.len();
    SEARCH.words.find_overlapping_iter(tail).any(|hit| {
        hit.pattern().as_usize() >= SEARCH.public
            && !words.are_of_a_service(from + hit.start()..from + hit.end())
    })
}

/// A word for a key, and not the beginning of another: `pat`, not `patch`.
fn is_key(words: &Words, tail: &[u8], list: &[&[u8]]) -> bool {
    let from = words.letters().len() - tail.len();
    list.iter().any(|word| {
        memchr::memmem::find_iter(tail, word).any(|at| {
            let end = at + word.len();
            let rest = tail.get(end..).unwrap_or_default();
            let ends = rest.is_empty()
                || words.begins(from + end)
                || rest.first().is_some_and(u8::is_ascii_digit)
                || KEYS.iter().any(|next| rest.starts_with(next));
            ends && (words.begins(from + at) || word.len() > 3 || rest.is_empty())
        })
    })
}

/// `sender_key`, `ed25519_key`: the half of a pair of keys that others are shown.
fn is_shown(words: &Words, tail: &[u8]) -> bool {
    let from = words.letters().len() - tail.len();
    let has = |list: &[&[u8]]| {
        list.iter()
            .any(|word| memchr::memmem::find_iter(tail, word).any(|at| words.begins(from + at)))
    };
    tail.ends_with(b"key") && has(&SHOWN) && !has(&HIDDEN)
}

/// Whether the name leaves no doubt.
pub(super) fn is_sure(name: &[u8]) -> bool {
    SURE.iter()
        .any(|word| memchr::memmem::find(name, word).is_some())
}

/// Whether the name's last word says that the value is a name, an id or an
/// address.
pub(super) fn is_label(words: &Words, name: &[u8]) -> bool {
    let all = words.letters().len();
    let last = |label: &&[u8]| name.ends_with(label) && words.begins(all - label.len());
    let kept = [&b"accessid"[..], b"appcertificate"];
    LABELS.iter().any(last) && !is_id(name) && !kept.iter().any(|kept| name.ends_with(kept))
}

/// `VirusTotalClient("…")`, `pipedrive.NewClient("…")`, `new CaptainData("…")`.
pub(super) fn is_client(name: &[u8], spelled: &[u8]) -> bool {
    let client = [&b"client"[..], b"api", b"sdk"];
    client.iter().any(|end| name.ends_with(end)) || spelled.starts_with(b"new ")
}

/// `require('agora')("…")`.
pub(super) fn is_required(before: &[u8]) -> bool {
    let quoted = before.ends_with(b"')") || before.ends_with(b"\")");
    quoted && memchr::memmem::find(before, b"require(").is_some()
}

/// Whether the value is the id that goes with a secret.
pub(super) fn is_id(name: &[u8]) -> bool {
    IDS.iter().any(|id| name.ends_with(id))
}
