//! The walk over the tree: every reading either gives a value or reports what
//! is wrong and goes on, so that one run reports every fault.
//!
//! Knows the types of YAML and the table of keys, not what the keys mean.

use crate::fault::Fault;
use crate::mask::shown;
use crate::node::{Entry, Kind, Node, Quoting, Scalar, Span, Value};
use crate::shape::{Need, Section};
pub(crate) use bottle_yaml::words::{nearest, quoted};

/// The faults so far, and the places that must not be shown.
#[derive(Debug, Default)]
pub(crate) struct Walk {
    pub(crate) faults: Vec<Fault>,
    pub(crate) secrets: Vec<Span>,
}

/// A map whose keys are all known.
#[derive(Debug)]
pub(crate) struct Fields<'n> {
    entries: &'n [Entry],
}

impl<'n> Fields<'n> {
    /// The value of a key, where it was written.
    pub(crate) fn get(&self, key: &str) -> Option<&'n Node> {
        self.entry(key).map(|entry| &entry.node)
    }

    /// The key with its value, where it was written.
    pub(crate) fn entry(&self, key: &str) -> Option<&'n Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }
}

impl Walk {
    pub(crate) fn fault(&mut self, span: &Span, message: impl Into<String>) -> &mut Fault {
        self.faults.push_mut(Fault::new(span.clone(), message))
    }

    /// A place whose text no report may show.
    pub(crate) fn hide(&mut self, span: &Span) {
        self.secrets.push(span.clone());
    }

    /// Every scalar below a node.
    pub(crate) fn hide_all(&mut self, node: &Node) {
        match &node.value {
            Value::Scalar(_) => self.hide(&node.span),
            Value::List(items) => items.iter().for_each(|item| self.hide_all(item)),
            Value::Map(entries) => entries.iter().for_each(|entry| self.hide_all(&entry.node)),
            Value::Refused => {}
        }
    }

    /// A map of known keys. Unknown and missing ones are reported.
    pub(crate) fn fields<'n>(
        &mut self,
        what: &str,
        node: &'n Node,
        section: &Section,
    ) -> Option<Fields<'n>> {
        let entries = self.map(what, node)?;
        let mut meant = Vec::new();
        for entry in entries {
            if !section.keys.iter().any(|key| key.name == entry.key) {
                meant.extend(self.unknown_key(entry, section));
            }
        }
        for key in section.keys {
            let there = entries.iter().any(|entry| entry.key == key.name);
            // A misspelt key was reported once already.
            if key.need == Need::Required && !there && !meant.contains(&key.name) {
                let message = format!("`{}` is missing from {what}", key.name);
                self.fault(&start_of(node), message).help(key.about);
            }
        }
        Some(Fields { entries })
    }

    /// Reports a key, and gives the one that was probably meant.
    fn unknown_key(&mut self, entry: &Entry, section: &Section) -> Option<&'static str> {
        // What stands behind a key we do not know may be anything.
        self.hide_all(&entry.node);
        let names: Vec<&'static str> = section.keys.iter().map(|key| key.name).collect();
        let meant = section.meant.iter().find(|(word, _)| *word == entry.key);
        let near = match meant {
            Some((_, name)) => Some(*name),
            None => nearest(&entry.key, &names),
        };
        let help = match near {
            Some(name) => format!("did you mean `{name}`?"),
            None => format!("the keys here are {}", quoted(&names)),
        };
        self.fault(
            &entry.key_span,
            format!("there is no key `{}` here", shown(&entry.key)),
        )
        .help(help);
        near
    }

    /// A map with names of the writer's own.
    pub(crate) fn map<'n>(&mut self, what: &str, node: &'n Node) -> Option<&'n [Entry]> {
        match &node.value {
            Value::Map(entries) => Some(entries),
            Value::List(_) | Value::Refused | Value::Scalar(_) => {
                self.wrong(what, "a map of keys and values", node, None);
                None
            }
        }
    }

    /// A list. Nothing at all is not an empty list.
    pub(crate) fn list<'n>(&mut self, what: &str, node: &'n Node) -> &'n [Node] {
        match &node.value {
            Value::List(items) => items,
            Value::Scalar(scalar) if scalar.kind() == Kind::Null => {
                self.wrong(
                    what,
                    "a list",
                    node,
                    Some("write `[]` for an empty list, or remove the key"),
                );
                &[]
            }
            Value::Scalar(_) | Value::Map(_) | Value::Refused => {
                self.wrong(
                    what,
                    "a list",
                    node,
                    Some("begin each item with `- `, or write `[one, two]`"),
                );
                &[]
            }
        }
    }

    /// Text that every reader of YAML takes for text.
    pub(crate) fn text<'n>(&mut self, what: &str, node: &'n Node) -> Option<&'n str> {
        let scalar = self.scalar(what, "text", node)?;
        if scalar.kind() == Kind::Text {
            return Some(&scalar.text);
        }
        let help = match scalar.kind() {
            Kind::Null => "write a value, or remove the key".to_owned(),
            Kind::Bool(_) | Kind::Number(_) | Kind::OddNumber | Kind::Text | Kind::YesNo(_) => {
                format!(
                    "put it in quotes to make it text: \"{}\"",
                    shown(&scalar.text)
                )
            }
        };
        self.wrong(what, "text", node, Some(&help));
        None
    }

    pub(crate) fn boolean(&mut self, what: &str, node: &Node) -> Option<bool> {
        let expected = "`true` or `false`";
        let scalar = self.scalar(what, expected, node)?;
        let help = match (scalar.kind(), scalar.text.as_str()) {
            (Kind::Bool(value), _) => return Some(value),
            (Kind::YesNo(value), _) => Some(format!("write `{value}`")),
            (Kind::Text, "true" | "false") => Some("remove the quotes".to_owned()),
            _ => None,
        };
        self.wrong(what, expected, node, help.as_deref());
        None
    }

    pub(crate) fn number(&mut self, what: &str, node: &Node, least: u64, most: u64) -> Option<u64> {
        let expected = if least == most {
            format!("the number {least}")
        } else {
            format!("a number from {least} to {most}")
        };
        let scalar = self.scalar(what, &expected, node)?;
        match scalar.kind() {
            Kind::Number(value) if (least..=most).contains(&value) => return Some(value),
            Kind::Number(value) => {
                self.fault(&node.span, format!("{what} is {expected}, not {value}"));
            }
            Kind::Text if scalar.quoting == Quoting::Quoted && is_digits(&scalar.text) => {
                self.wrong(what, &expected, node, Some("remove the quotes"));
            }
            Kind::OddNumber => {
                self.wrong(
                    what,
                    &expected,
                    node,
                    Some("write plain decimal digits, without sign, point or leading zero"),
                );
            }
            Kind::Bool(_) | Kind::Null | Kind::Text | Kind::YesNo(_) => {
                self.wrong(what, &expected, node, None);
            }
        }
        None
    }

    /// One of some words. `off` needs no quotes here: it can only be the word.
    pub(crate) fn word<'n>(
        &mut self,
        what: &str,
        node: &'n Node,
        words: &[&str],
    ) -> Option<&'n str> {
        let expected = format!("one of {}", quoted(words));
        let scalar = self.scalar(what, &expected, node)?;
        if words.contains(&scalar.text.as_str()) {
            return Some(&scalar.text);
        }
        if scalar.text.is_empty() {
            self.wrong(what, &expected, node, None);
            return None;
        }
        let near = match scalar.kind() {
            Kind::Bool(false) | Kind::YesNo(false) => words.iter().copied().find(|w| *w == "off"),
            Kind::Bool(true)
            | Kind::Null
            | Kind::Number(_)
            | Kind::OddNumber
            | Kind::Text
            | Kind::YesNo(true) => nearest(&scalar.text.to_ascii_lowercase(), words),
        };
        let fault = self.fault(
            &node.span,
            format!("{what} is {expected}, not `{}`", shown(&scalar.text)),
        );
        if let Some(near) = near {
            fault.help(format!("did you mean `{near}`?"));
        }
        None
    }

    fn scalar<'n>(&mut self, what: &str, expected: &str, node: &'n Node) -> Option<&'n Scalar> {
        match &node.value {
            Value::Scalar(scalar) => Some(scalar),
            Value::List(_) | Value::Map(_) | Value::Refused => {
                self.wrong(what, expected, node, None);
                None
            }
        }
    }

    /// Another type than expected. What was refused before is not reported again.
    pub(crate) fn wrong(&mut self, what: &str, expected: &str, node: &Node, help: Option<&str>) {
        if matches!(node.value, Value::Refused) {
            return;
        }
        let fault = self.fault(
            &node.span,
            format!("{what} is {expected}; this is {}", node.found()),
        );
        if let Some(help) = help {
            fault.help(help);
        }
    }
}

/// The first of a node's bytes: a whole block is no useful pointer.
fn start_of(node: &Node) -> Span {
    match &node.value {
        Value::Map(entries) => entries
            .first()
            .map_or_else(|| node.span.clone(), |e| e.key_span.clone()),
        Value::List(_) | Value::Refused | Value::Scalar(_) => node.span.clone(),
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}
