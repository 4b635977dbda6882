//! The table of detectors: one entry for each kind of credential.
//!
//! The entries are data. A keyword brings a pattern to life, the pattern is
//! tried at the keyword only, and the check has the last word. The facts (a
//! token's prefix, length, alphabet) are the vendors'; the wording is ours.
//! Examples are written in parts, so that no scanner of source code mistakes
//! them for credentials. A test walks the table.

pub(crate) mod check;
pub(crate) mod decoded;

mod addresses;
mod arguments;
mod cloud;
mod code;
mod commands;
mod general;
mod keys;
mod languages;
pub(crate) mod lead;
mod logins;
mod messages;
mod models;
mod passwords;
mod payments;
mod prefixed;
mod published;
mod services;
mod settings;

use bottle_policy::{Action, InspectTerms};

pub use addresses::instructions;
use check::Check;
pub use published::{digest as published_digest, token_digest as published_token_digest};

use crate::finding::Place;
use crate::free::assign::GENERIC;
pub use crate::free::assign::SERVICE;

/// One kind of credential.
#[derive(Clone, Copy, Debug)]
pub struct Detector {
    /// The stable name.
    pub id: &'static str,
    /// What it finds, in words.
    pub title: &'static str,
    /// Literal texts, one of which every match contains. Case counts. A
    /// detector without any has code of its own, in `free`.
    pub keywords: &'static [&'static str],
    /// How far before its keyword a match may begin.
    pub lead: usize,
    /// How far behind its keyword's beginning a match may end.
    pub reach: usize,
    /// The pattern, in bytes. Its first group, if it has one, is the secret.
    pub pattern: &'static str,
    /// What may not stand right before a match.
    pub before: Edge,
    /// What may not stand right behind a match.
    pub after: Edge,
    /// What must hold of the text from a keyword on, before the pattern is
    /// tried: for keywords that are common words.
    pub(crate) goes_on: Check,
    /// What the secret must fulfil besides.
    pub(crate) check: Check,
    /// What must hold of what stands in the match before the secret.
    pub(crate) led: lead::Lead,
    /// What is no secret after all, by the text from the secret's first byte
    /// on, as far as it is in sight.
    pub(crate) exempt: Check,
    /// What happens where the terms do not name the detector.
    pub default: Default,
    /// How bad a leak would be.
    pub severity: Severity,
    /// Where the facts are from.
    pub source: &'static str,
    /// Texts that match, in parts.
    pub hits: &'static [&'static [&'static str]],
    /// Texts that do not match, in parts.
    pub misses: &'static [&'static [&'static str]],
}

/// A byte that may not stand beside a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// Any byte may.
    Any,
    /// No letter, digit or base64 sign.
    Token,
    /// No letter or digit.
    Word,
}

/// What happens where a route's terms do not name a detector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Default {
    /// The terms' own action.
    OnMatch,
    /// The terms' own action in what is sent, a warning at most in the headers
    /// that clients log in with.
    OnMatchInContent,
    /// A warning at most: what cannot be read may hold anything, and seldom does.
    Warn,
}

/// How bad a leak would be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Of little use alone, or for tests only.
    Low,
    /// Gives access to one service's data.
    Medium,
    /// Gives access to much, or to money.
    High,
    /// Gives access to everything of a person or an organisation.
    Critical,
}

/// Every detector, in the order in which they are listed.
pub fn table() -> impl Iterator<Item = &'static Detector> {
    [
        models::TABLE,
        cloud::TABLE,
        code::TABLE,
        messages::TABLE,
        payments::TABLE,
        services::TABLE,
        keys::TABLE,
        logins::TABLE,
        addresses::TABLE,
    ]
    .into_iter()
    .chain(prefixed::tables())
    .chain([
        passwords::TABLE,
        arguments::TABLE,
        commands::TABLE,
        settings::TABLE,
        languages::TABLE,
        general::TABLE,
    ])
    .flatten()
}

/// The services that are known by name alone, for [`SERVICE`].
pub fn services() -> impl Iterator<Item = &'static str> {
    crate::free::context::names()
}

/// The id of findings of the operator's own secrets.
pub const OPERATOR_SECRET: &str = "operator_secret";
/// The id of findings of placeholders.
pub const PLACEHOLDER: &str = "placeholder";

/// Detectors that know a credential by its name only.
pub(crate) const GENERAL: [&str; 7] = [
    SERVICE,
    GENERIC,
    "password",
    "password_argument",
    "password_in_text",
    "password_called_pass",
    "short_secret",
];

/// The longest match of any pattern, keyword and all.
pub(crate) const MAX_MATCH: usize = 1024;

/// What the entries of the table start from: a token with a prefix of its own.
pub(crate) const TOKEN: Detector = Detector {
    id: "",
    title: "",
    keywords: &[],
    lead: 0,
    reach: 300,
    pattern: "",
    before: Edge::Any,
    after: Edge::Any,
    goes_on: lead::anyhow,
    check: check::random,
    led: lead::any,
    exempt: published::is_published_token,
    default: Default::OnMatch,
    severity: Severity::High,
    source: "",
    hits: &[],
    misses: &[],
};

impl Detector {
    /// The action under a route's terms: what they say of this detector, else
    /// what they say of all, unless the detector's own default is milder.
    pub(crate) fn action(
        &self,
        id: &bottle_policy::DetectorId,
        terms: &InspectTerms,
        place: &Place,
    ) -> Action {
        if let Some(action) = terms.detectors.get(id) {
            return *action;
        }
        let mild = match self.default {
            Default::OnMatch => false,
            Default::OnMatchInContent => is_login(place),
            Default::Warn => true,
        };
        if mild && terms.on_match != Action::Off {
            Action::Warn
        } else {
            terms.on_match
        }
    }
}

/// Whether clients put their own credentials there.
fn is_login(place: &Place) -> bool {
    const LOGIN: [&str; 5] = [
        "authorization",
        "cookie",
        "proxy-authorization",
        "x-api-key",
        "x-goog-api-key",
    ];
    matches!(place, Place::Header(name) if LOGIN.contains(&name.as_str()))
}

impl Edge {
    /// Whether `byte` may stand there.
    pub(crate) fn allows(self, byte: u8) -> bool {
        match self {
            Self::Any => true,
            Self::Token => {
                !(byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'_' | b'-'))
            }
            Self::Word => !byte.is_ascii_alphanumeric(),
        }
    }
}

/// Random characters for examples. Nothing was ever protected by them.
pub(crate) mod sample {
    pub(crate) const DIGITS: &str = "493817260583";
    pub(crate) const HEX8: &str = "9c04e7b1";
    pub(crate) const HEX32: &str = "7be20f4d913ca865d02b7f61e48c9a35";
    pub(crate) const MIXED4: &str = "q7Zb";
    pub(crate) const MIXED6: &str = "Kx3vRt";
    pub(crate) const MIXED8: &str = "mW5cJ2pY";
    pub(crate) const MIXED20: &str = "Hq4nTz8LcV1sXe7RbU6g";
    pub(crate) const MIXED32: &str = "d9KfW2mYxQ6tBv3ZsG8hNj5RpL1cTa7E";
    pub(crate) const UPPER16: &str = "Q3XK7VZ2MTW5PLNB";
    pub(crate) const LETTERS34: &str = "kWzQmTbXcRvLpNsJhGfDyUoEaIqKtBxVjM";
}
