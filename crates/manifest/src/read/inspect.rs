//! `inspect`: a route's terms, and the operator's own secrets.

use bottle_policy::{Action, DetectorId, InspectTerms};

use super::Reader;
use super::auth::secret_ref;
use super::manifest::Draft;
use crate::keys;
use crate::mask::shown;
use crate::node::{Entry, Node, Span};

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
        remark(reader, "inspect.on_match", action, &node.span);
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
    terms
}

fn detector(reader: &mut Reader<'_>, entry: &Entry) -> Option<(DetectorId, Action)> {
    let action = action(reader, "an action", &entry.node);
    match entry.key.parse::<DetectorId>() {
        Ok(id) => {
            let action = action?;
            remark(
                reader,
                &format!("inspect.detectors.{id}"),
                action,
                &entry.node.span,
            );
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

fn response(reader: &mut Reader<'_>, node: &Node) -> Option<Action> {
    let action = action(reader, "`response`", node)?;
    remark(reader, "inspect.response", action, &node.span);
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

/// Actions that parse but that nothing carries out yet.
fn remark(reader: &mut Reader<'_>, what: &str, action: Action, span: &Span) {
    match action {
        Action::Ask | Action::Redact => {
            reader.unbuilt(span, &format!("{what}: {action}"), "use block, warn or off");
        }
        Action::Block | Action::Off | Action::Warn => {}
    }
}
