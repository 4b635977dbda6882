//! The one form in which a refusal is told, checked in full.

use serde_json::Value;

/// An answer as curl prints it with `-i`, or with `-w` and the status at its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    /// Reads what `curl -i` printed; of several heads, such as that of a
    /// proxy's answer to `CONNECT`, the last one counts.
    #[track_caller]
    pub(crate) fn parse(text: &str) -> Self {
        let mut rest = text;
        let mut head = "";
        while rest.starts_with("HTTP/") {
            (head, rest) = rest.split_once("\r\n\r\n").expect("a whole head");
        }
        let mut lines = head.lines();
        let status = lines
            .next()
            .and_then(|line| line.split(' ').nth(1)?.parse().ok());
        let header = |line: &str| {
            let (name, value) = line.split_once(':')?;
            Some((name.to_ascii_lowercase(), value.trim().to_owned()))
        };
        Self {
            status: status.unwrap_or_else(|| panic!("no answer in {text:?}")),
            headers: lines.filter_map(header).collect(),
            body: rest.to_owned(),
        }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e}: {self:#?}"))
    }

    /// The rule of a refusal; the form is checked as by [`assert_denied`].
    #[track_caller]
    pub(crate) fn rule(&self) -> String {
        assert_eq!(self.status, 403, "{self:#?}");
        assert_eq!(self.header("content-type"), Some("application/json"));
        assert_eq!(self.header("x-bottle-verdict"), Some("deny"));
        let body = self.json();
        let text = |key: &str| body.get(key).and_then(Value::as_str).map(str::to_owned);
        let rule = text("rule").expect("a rule");
        assert_eq!(self.header("x-bottle-rule"), Some(rule.as_str()));
        assert_eq!(self.header("x-bottle-event"), text("event").as_deref());
        assert_denied(&self.body, &rule);
        rule
    }
}

/// Checks a refusal's body: every field of the contract is there, and the
/// words are for a reader.
#[track_caller]
pub(crate) fn assert_denied(body: &str, rule: &str) -> Value {
    let value: Value = serde_json::from_str(body).unwrap_or_else(|e| panic!("{e}: {body:?}"));
    let keys = [
        "error", "rule", "message", "host", "method", "path", "findings", "event", "guidance",
    ];
    let fields = value.as_object().expect("an object");
    for key in keys {
        assert!(fields.contains_key(key), "no `{key}` in {value:#}");
    }
    assert_eq!(fields.len(), keys.len(), "{value:#}");
    let text = |key: &str| fields.get(key).and_then(Value::as_str).unwrap_or_default();
    assert_eq!(text("error"), "egress_denied", "{value:#}");
    assert_eq!(text("rule"), rule, "{value:#}");
    for words in ["message", "guidance"] {
        assert!(text(words).len() > 20, "no useful {words} in {value:#}");
    }
    assert!(!text("event").is_empty(), "{value:#}");
    assert!(
        fields.get("findings").is_some_and(Value::is_array),
        "{value:#}"
    );
    value
}
