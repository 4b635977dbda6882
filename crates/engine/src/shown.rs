//! What of a request may be written down: no text of the agent's goes to the
//! log before the detectors have looked at it.

use bottle_policy::{Action, Host, InspectTerms, Who};
use bottle_scan::{Finding, Input, Place, Scanner};

/// Longer texts are cut in the log, not in what is sent.
const LONGEST: usize = 2048;

/// Masks what the detectors find.
#[derive(Clone)]
pub(crate) struct Shown {
    scanner: Scanner,
    /// With these every detector speaks, so that the log shows nothing of what
    /// a route lets pass.
    terms: InspectTerms,
}

impl Shown {
    pub(crate) fn new(scanner: Scanner) -> Self {
        Self {
            scanner,
            terms: all_terms(),
        }
    }

    /// The text with every finding in it replaced by its detector's name.
    pub(crate) fn text(&self, text: &str) -> String {
        let masked = match self.findings(text) {
            None => return "[unreadable]".to_owned(),
            Some(findings) if findings.is_empty() => text.to_owned(),
            Some(findings) => mask(text, &findings),
        };
        match masked.char_indices().nth(LONGEST) {
            None => masked,
            Some((end, _)) => format!("{}[cut]", masked.get(..end).unwrap_or_default()),
        }
    }

    /// A host. What is spread over its labels is hidden as a whole.
    pub(crate) fn host(&self, host: &Host) -> String {
        let [whole, joined] = host_texts(host);
        match self.findings(&joined) {
            Some(findings) if findings.is_empty() => self.text(&whole),
            Some(findings) => findings
                .first()
                .map(|f| format!("[{}]", f.detector))
                .unwrap_or_default(),
            None => "[unreadable]".to_owned(),
        }
    }

    /// A process: its program's path is the agent's to choose.
    pub(crate) fn who(&self, who: &Who) -> Who {
        Who {
            pid: who.pid,
            exe: who.exe.as_deref().map(|exe| self.text(exe)),
        }
    }

    fn findings(&self, text: &str) -> Option<Vec<Finding>> {
        let input = Input::new(&Place::Url, text.as_bytes());
        self.scanner.scan(input, &self.terms).ok()
    }
}

/// A host as it is read: as it stands, and with its labels joined, for a long
/// value does not fit into one.
pub(crate) fn host_texts(host: &Host) -> [String; 2] {
    let whole = host.to_string();
    let joined = whole.replace('.', "");
    [whole, joined]
}

/// Every detector speaks.
pub(crate) fn all_terms() -> InspectTerms {
    InspectTerms {
        on_match: Action::Warn,
        ..InspectTerms::default()
    }
}

fn mask(text: &str, findings: &[Finding]) -> String {
    let covered = |at: usize| findings.iter().find(|f| f.start <= at && at < f.end);
    let mut out = String::new();
    let mut last = None;
    for (at, c) in text.char_indices() {
        match covered(at) {
            None => out.push(c),
            Some(f) if last == Some(&f.detector) => {}
            Some(f) => out.extend(["[", f.detector.as_str(), "]"]),
        }
        last = covered(at).map(|f| &f.detector);
    }
    out
}

#[cfg(test)]
mod tests {
    use bottle_policy::Secret;
    use bottle_scan::{Kind, Known};

    use super::*;

    fn shown() -> Shown {
        let known = Known {
            label: "env:OWN".into(),
            value: Secret::new("correct-horse-battery-9"),
            kind: Kind::Secret,
        };
        Shown::new(Scanner::new(vec![known], [0; 32]).unwrap())
    }

    #[test]
    fn no_text_shows_what_is_found_in_it() {
        assert_eq!(
            shown().text("/tmp/correct-horse-battery-9/x"),
            "/tmp/[operator_secret]/x"
        );
        assert_eq!(shown().text("/usr/bin/curl"), "/usr/bin/curl");
    }

    #[test]
    fn a_value_spread_over_a_hosts_labels_is_hidden() {
        let hex = data_encoding::HEXLOWER.encode(b"correct-horse-battery-9");
        let (one, two) = hex.split_at(20);
        for name in [
            "correct-horse-battery-9.example.com".to_owned(),
            format!("{one}.{two}.example.com"),
        ] {
            let host: Host = name.parse().unwrap();
            let text = shown().host(&host);
            assert!(text.starts_with("[operator_secret]"), "{text}");
        }
        let plain: Host = "api.example.com".parse().unwrap();
        assert_eq!(shown().host(&plain), "api.example.com");
    }

    #[test]
    fn a_long_text_is_cut() {
        let text = shown().text(&"a ".repeat(LONGEST));
        assert!(text.ends_with("[cut]") && text.len() < LONGEST + 10);
    }
}
