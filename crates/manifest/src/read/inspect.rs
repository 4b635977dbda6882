//! `inspect`: a route's terms, and the operator's own secrets.

use bottle_policy::{Action, DetectorId, InspectTerms, Suppression};

use super::Reader;
use super::auth::secret_ref;
use super::manifest::Draft;
use crate::keys;
use crate::mask::shown;
use crate::node::{Entry, Node};

/// The manifest's own `inspect`.
pub(super) fn own(reader: &mut Reader<'_>, node: &Node, draft: &mut Draft) {
    let Some(fields) = reader.walk.fields("`inspect`", node, &keys::INSPECT) else {
        return;
    };
    if let Some(node) = fields.get("secrets") {
        draft.secrets = reader
            .walk
            .list("`secrets`", node)
            .iter()
            .filter_map(|item| secret_ref(reader, "an item of `secrets`", item))
            .collect();
    }
    if let Some(node) = fields.get("scan_env") {
        draft.scan_env = reader.walk.boolean("`scan_env`", node).unwrap_or(true);
    }
}

/// A route's `inspect`.
pub(super) fn terms(reader: &mut Reader<'_>, node: &Node) -> InspectTerms {
    let mut terms = InspectTerms::default();
    let Some(fields) = reader.walk.fields("`inspect`", node, &keys::TERMS) else {
        return terms;
    };
    if let Some(node) = fields.get("on_match")
        && let Some(action) = action(reader, "`on_match`", node)
    {
        terms.on_match = action;
    }
    if let Some(node) = fields.get("detectors") {
        let entries = reader.walk.map("`detectors`", node).unwrap_or_default();
        terms.detectors = entries
            .iter()
            .filter_map(|entry| detector(reader, entry))
            .collect();
    }
    if let Some(node) = fields.get("response") {
        terms.response = response(reader, node);
    }
    if let Some(node) = fields.get("suppress") {
        terms.suppressions = reader
            .walk
            .list("`suppress`", node)
            .iter()
            .filter_map(|item| suppression(reader, item))
            .collect();
    }
    terms
}

fn detector(reader: &mut Reader<'_>, entry: &Entry) -> Option<(DetectorId, Action)> {
    let action = action(reader, "an action", &entry.node);
    match entry.key.parse::<DetectorId>() {
        Ok(id) => {
            let action = action?;
            reader.detectors.push((id.clone(), entry.key_span.clone()));
            Some((id, action))
        }
        Err(error) => {
            reader.walk.fault(
                &entry.key_span,
                format!("`{}` is no detector: {error}", shown(&entry.key)),
            );
            None
        }
    }
}

/// A finding that a person answers for: which, where, and why.
fn suppression(reader: &mut Reader<'_>, node: &Node) -> Option<Suppression> {
    let fields = reader
        .walk
        .fields("an item of `suppress`", node, &keys::SUPPRESSION)?;
    let detector = fields.get("detector").and_then(|node| {
        let text = reader.walk.text("`detector`", node)?;
        match text.parse::<DetectorId>() {
            Ok(id) => {
                reader.detectors.push((id.clone(), node.span.clone()));
                Some(id)
            }
            Err(error) => {
                let message = format!("`{}` is no detector: {error}", shown(text));
                reader.walk.fault(&node.span, message);
                None
            }
        }
    });
    let place = fields.get("where").and_then(|node| {
        let text = reader.walk.text("`where`", node)?.to_ascii_lowercase();
        let is_place = PLACES.contains(&text.as_str())
            || text
                .strip_prefix("header ")
                .is_some_and(|name| !name.trim().is_empty() && !name.contains(' '));
        if !is_place {
            reader
                .walk
                .fault(&node.span, format!("`{}` is no place", shown(&text)))
                .help("write `body`, `url`, `host`, `method`, or `header` and its name");
        }
        is_place.then_some(text)
    });
    let reason = fields.get("reason").and_then(|node| {
        let text = reader.walk.text("`reason`", node)?.trim().to_owned();
        if text.is_empty() {
            reader
                .walk
                .fault(&node.span, "a suppression says why: `reason` is empty");
        }
        (!text.is_empty()).then_some(text)
    });
    Some(Suppression {
        detector: detector?,
        place: place?,
        reason: reason?,
    })
}

/// Where findings are, headers aside.
const PLACES: [&str; 4] = ["body", "host", "method", "url"];

fn response(reader: &mut Reader<'_>, node: &Node) -> Option<Action> {
    let action = action(reader, "`response`", node)?;
    match action {
        Action::Ask | Action::Redact => reader.unbuilt(
            &node.span,
            &format!("inspect.response: {action}"),
            "use block, warn or off",
        ),
        Action::Block | Action::Off | Action::Warn => {}
    }
    Some(action)
}

fn action(reader: &mut Reader<'_>, what: &str, node: &Node) -> Option<Action> {
    match reader.walk.word(what, node, keys::ACTIONS)? {
        "ask" => Some(Action::Ask),
        "block" => Some(Action::Block),
        "off" => Some(Action::Off),
        "redact" => Some(Action::Redact),
        "warn" => Some(Action::Warn),
        _ => None,
    }
}
