//! What goes into a scan, and what comes out.

use crate::free::assign::{GENERIC, SERVICE};
use std::fmt;

use bottle_policy::{Action, DetectorId, Evidence};

use crate::known::KnownId;

/// Bytes to look at, and where they stand.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// Where they stand.
    pub place: &'a Place,
    /// The bytes.
    pub bytes: &'a [u8],
}

/// A part of a message.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Place {
    /// A request's body.
    Body,
    /// The name in a DNS question.
    DnsName,
    /// A frame of an upgraded connection.
    Frame,
    /// A header or trailer, by its name.
    Header(String),
    /// The host that is asked for.
    Host,
    /// A request's method.
    Method,
    /// The body of an answer.
    Response,
    /// Path and query.
    Url,
}

/// One decoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum View {
    /// Single characters with a sign between each two, put together.
    Apart,
    /// Base32.
    Base32,
    /// Base64 or base64url, at any alignment, padded or not, wrapped or not.
    Base64,
    /// Base85 in one of three alphabets, and binary patches of git.
    Base85,
    /// Backslashes with digits, as style sheets and shells read them.
    Css,
    /// Deflate data without a head.
    Deflate,
    /// A gzip member.
    Gzip,
    /// Without what the eye does not see: zero-width characters, look-alike
    /// letters, compatibility forms.
    Folded,
    /// A form as addresses have it: `+` for a blank, and `%XX`.
    Form,
    /// Pairs of hex digits, with or without signs between them.
    Hex,
    /// Character references of HTML.
    Html,
    /// String literals that are put together: `"a" + "b"`.
    Joined,
    /// The escapes of a JSON string.
    Json,
    /// Bytes as characters of Latin-1.
    Latin,
    /// Lines with signs before them or behind, as one text.
    Lines,
    /// A whole text as one number, in base58 and others.
    Number,
    /// Bytes as numbers, with signs between them.
    Numbers,
    /// In parts that say nothing alone.
    Parts,
    /// `%XX`.
    Percent,
    /// `=XX` and soft line breaks.
    QuotedPrintable,
    /// In another case, or with signs between the characters.
    Respelled,
    /// Backwards.
    Reversed,
    /// With each letter thirteen places on.
    Rot13,
    /// Without the zero bytes of UTF-16.
    Utf16,
    /// Uuencoded lines.
    Uuencoded,
    /// An entry of a zip.
    Zip,
    /// A zlib stream.
    Zlib,
    /// A zstd frame.
    Zstd,
}

/// Something that must not leave, or not unseen. Never the value itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The detector: one of the table's, `operator_secret` or `placeholder`.
    pub detector: DetectorId,
    /// What was found, in words.
    pub title: String,
    /// Where.
    pub place: Place,
    /// The first byte of it, or of the encoded run that holds it, in the input.
    pub start: usize,
    /// The byte after it.
    pub end: usize,
    /// The decodings that lead to it, outermost first. Empty where it stood plain.
    pub decoding: Vec<View>,
    /// What the route's terms say to do.
    pub action: Action,
    /// The value's keyed fingerprint.
    pub fingerprint: String,
    /// Which of the values given to the scanner it is.
    pub known: Option<KnownId>,
}

impl Finding {
    /// Whether it was found by the name that stands before the value, and by no form
    /// of its own.
    #[must_use]
    pub fn is_by_name(&self) -> bool {
        [GENERIC, SERVICE].contains(&self.detector.as_str())
    }
}

impl Input<'_> {
    /// Bytes at a place.
    pub fn new<'a>(place: &'a Place, bytes: &'a [u8]) -> Input<'a> {
        Input { place, bytes }
    }
}

impl View {
    /// The decoding's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Apart => "apart",
            Self::Base32 => "base32",
            Self::Base64 => "base64",
            Self::Base85 => "base85",
            Self::Css => "css",
            Self::Deflate => "deflate",
            Self::Folded => "folded",
            Self::Form => "form",
            Self::Html => "html",
            Self::Joined => "joined",
            Self::QuotedPrintable => "quoted-printable",
            Self::Utf16 => "utf-16",
            Self::Gzip => "gzip",
            Self::Hex => "hex",
            Self::Json => "json",
            Self::Latin => "latin-1",
            Self::Lines => "lines",
            Self::Number => "number",
            Self::Numbers => "numbers",
            Self::Parts => "in parts",
            Self::Percent => "percent",
            Self::Respelled => "respelled",
            Self::Reversed => "reversed",
            Self::Rot13 => "rot13",
            Self::Uuencoded => "uuencoded",
            Self::Zip => "zip",
            Self::Zlib => "zlib",
            Self::Zstd => "zstd",
        }
    }
}

impl fmt::Display for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Body => f.write_str("body"),
            Self::DnsName => f.write_str("dns name"),
            Self::Frame => f.write_str("frame"),
            Self::Header(name) => write!(f, "header {name}"),
            Self::Host => f.write_str("host"),
            Self::Method => f.write_str("method"),
            Self::Response => f.write_str("response"),
            Self::Url => f.write_str("url"),
        }
    }
}

impl From<&Finding> for Evidence {
    fn from(finding: &Finding) -> Self {
        let mut place = finding.place.to_string();
        if !finding.decoding.is_empty() {
            let views: Vec<&str> = finding.decoding.iter().map(|v| v.as_str()).collect();
            place = format!("{place} ({})", views.join(", "));
        }
        Self {
            detector: finding.detector.clone(),
            title: finding.title.clone(),
            place,
            fingerprint: finding.fingerprint.clone(),
            note: None,
        }
    }
}
