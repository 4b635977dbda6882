//! From findings to what becomes of a request: it is refused, it waits for a
//! person's word, or it may leave and what was seen is told.

use std::time::Instant;

use bottle_policy::{Action, Answer, Denial, Evidence, Held, Route, Rule};
use bottle_scan::Finding;

use crate::context::Connection;
use crate::record::{Seen, elapsed_ms};
use crate::shared::Shared;
use crate::vault::Vault;

/// What does not stop a request by itself.
#[derive(Debug)]
pub(crate) struct Settled {
    /// What passes, and is told.
    pub(crate) told: Vec<Evidence>,
    /// What a person is asked about.
    pub(crate) asked: Vec<Evidence>,
}

/// Whose request it is.
#[derive(Clone, Copy)]
pub(crate) struct Asker<'a> {
    pub(crate) connection: &'a Connection,
    pub(crate) seen: &'a Seen,
}

/// Sorts findings: what blocks becomes the denial.
///
/// # Errors
/// The denial, with the findings that caused it.
pub(crate) fn settle(
    vault: &Vault,
    route: &Route,
    findings: &[Finding],
) -> Result<Settled, Denial> {
    let (mut passing, mut asked, mut blocking) = (Vec::new(), Vec::new(), Vec::new());
    for finding in foreign(vault, route, findings) {
        match finding.action {
            Action::Warn => passing.push(told(route, finding)),
            Action::Ask => asked.push(finding),
            Action::Block | Action::Off | Action::Redact => blocking.push(finding),
        }
    }
    if blocking.is_empty() {
        return Ok(Settled {
            told: passing,
            asked: asked.into_iter().map(Evidence::from).collect(),
        });
    }
    blocking.extend(asked);
    Err(blocked(vault, &blocking))
}

/// All but the route's own placeholder, which is at its place.
fn foreign<'a>(
    vault: &'a Vault,
    route: &'a Route,
    findings: &'a [Finding],
) -> impl Iterator<Item = &'a Finding> {
    let own = |f: &Finding| {
        f.known
            .is_some_and(|known| vault.is_own_placeholder(known, route))
    };
    findings.iter().filter(move |f| !own(f))
}

/// The same where nobody can be asked, because nothing could be held meanwhile.
///
/// # Errors
/// The denial, with the findings that caused it.
pub(crate) fn settle_at_once(
    vault: &Vault,
    route: &Route,
    findings: &[Finding],
) -> Result<Vec<Evidence>, Denial> {
    let settled = settle(vault, route, findings)?;
    if settled.asked.is_empty() {
        return Ok(settled.told);
    }
    Err(blocked_by(vault, route, findings))
}

impl Settled {
    /// Waits for a person's word where one is needed, and gives what is told.
    ///
    /// # Errors
    /// The denial, where the person says no or says nothing.
    pub(crate) async fn answered(
        self,
        shared: &Shared,
        asker: Asker<'_>,
    ) -> Result<Vec<Evidence>, Denial> {
        let Self { mut told, asked } = self;
        if asked.is_empty() {
            return Ok(told);
        }
        let Asker { connection, seen } = asker;
        let held = Held {
            who: shared.shown.who(&connection.who),
            host: shared.shown.host(&connection.target),
            port: connection.port,
            method: seen.method.clone(),
            path: seen.path.clone(),
            findings: asked.clone(),
        };
        let mut waiting = Waiting {
            shared,
            asker,
            asked: Some(asked),
            since: Instant::now(),
        };
        let answer = shared.ask.ask(held).await;
        let asked = noted(answer, waiting.asked.take().unwrap_or_default());
        if answer == Answer::Allowed {
            told.extend(asked);
            return Ok(told);
        }
        Err(not_allowed(answer, asked))
    }
}

/// What became of the question, told with what it was about.
fn noted(answer: Answer, asked: Vec<Evidence>) -> Vec<Evidence> {
    let note = |evidence| Evidence {
        note: Some(answer.as_str().to_owned()),
        ..evidence
    };
    asked.into_iter().map(note).collect()
}

/// A request that is held. If its client goes away meanwhile, that is on record.
struct Waiting<'a> {
    shared: &'a Shared,
    asker: Asker<'a>,
    /// None as soon as there is an answer.
    asked: Option<Vec<Evidence>>,
    since: Instant,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        let Some(asked) = self.asked.take() else {
            return;
        };
        let Asker { connection, seen } = self.asker;
        let denial = not_allowed(Answer::Nobody, noted(Answer::Nobody, asked));
        // Nothing of it has left, and there is nobody to be told but the log.
        drop(
            self.shared
                .recorder
                .denied(connection, Some(seen), &denial, elapsed_ms(self.since)),
        );
    }
}

fn not_allowed(answer: Answer, findings: Vec<Evidence>) -> Denial {
    let what = first(&findings);
    let (message, guidance) = match answer {
        Answer::Refused => (
            format!("A person was asked whether this may leave, and said no: {what}."),
            "Do not send it again, in whatever form. Go on without it, or tell the person why the task needs it.",
        ),
        Answer::Allowed | Answer::Nobody => (
            format!("A person must allow this, and nobody answered: {what}."),
            "Take it out of the request, or tell the person that a question waits: `bottle inbox` shows it. Then send the request again.",
        ),
    };
    let mut denial = Denial::new(Rule::Secret, message, guidance);
    denial.findings = findings;
    denial
}

/// A finding that passes, with the reason where it is suppressed.
pub(crate) fn told(route: &Route, finding: &Finding) -> Evidence {
    let place = finding.place.to_string();
    let suppression = route.inspect.suppression(&finding.detector, &place);
    Evidence {
        note: suppression.map(|s| format!("suppressed: {}", s.reason)),
        ..Evidence::from(finding)
    }
}

/// The denial for findings where nothing is held: of a body that was already on
/// its way, of a name alone.
pub(crate) fn blocked_by(vault: &Vault, route: &Route, findings: &[Finding]) -> Denial {
    let foreign = foreign(vault, route, findings);
    let stopping: Vec<&Finding> = foreign.filter(|f| f.action != Action::Warn).collect();
    if stopping.is_empty() {
        return blocked(vault, &findings.iter().collect::<Vec<_>>());
    }
    blocked(vault, &stopping)
}

fn blocked(vault: &Vault, findings: &[&Finding]) -> Denial {
    let all_placeholders = findings
        .iter()
        .all(|f| f.known.is_some_and(|known| vault.is_placeholder(known)));
    let evidence: Vec<Evidence> = findings.iter().map(|f| Evidence::from(*f)).collect();
    let what = first(&evidence);
    let mut denial = if all_placeholders {
        Denial::new(
            Rule::Placeholder,
            format!(
                "The request carries a credential's placeholder to a host that it is not for: {what}."
            ),
            "Send a credential only to its own host. The placeholder itself is worth nothing anywhere else.",
        )
    } else {
        Denial::new(
            Rule::Secret,
            format!(
                "The request carries what must not leave: {what}.{}",
                why_not_otherwise(findings)
            ),
            "Do not encode, split or rename it. Take it out of the request; if it is no secret, ask the person to set its detector for this route in bottle.yaml.",
        )
    };
    denial.findings = evidence;
    denial
}

fn first(findings: &[Evidence]) -> String {
    let first = findings.first();
    first
        .map(|e| format!("{} in the {}", e.title, e.place))
        .unwrap_or_default()
}

/// Why what was to be redacted, or asked about, blocks.
fn why_not_otherwise(findings: &[&Finding]) -> &'static str {
    if findings.iter().any(|f| f.action == Action::Redact) {
        " It could not be replaced in place: it is encoded, in parts, in a place that must stay as it is, or in a body too long to be held."
    } else if findings.iter().all(|f| f.action == Action::Ask) {
        " A person is asked only about what can be held: not about a body of more than 8 MiB, nor about a name alone."
    } else {
        ""
    }
}
