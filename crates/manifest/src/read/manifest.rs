//! The manifest as a whole, and what its sections share.

use bottle_policy::{Agent, DetectorId, Egress, Filesystem, GitRemote, SecretRef, Slug};

use super::{agent, egress, filesystem, git, inspect};
use crate::keys;
use crate::lines::Lines;
use crate::node::{Node, Span};
use crate::remark::{Named, Note, Unbuilt};
use crate::walk::Walk;

/// The walk, and what it collects besides faults.
#[derive(Debug)]
pub(crate) struct Reader<'a> {
    pub(crate) walk: Walk,
    pub(crate) lines: Lines<'a>,
    pub(crate) unbuilt: Vec<Unbuilt>,
    pub(crate) notes: Vec<Note>,
    pub(crate) detectors: Vec<(DetectorId, Span)>,
    pub(crate) named: Vec<(Named, Span)>,
}

/// A manifest's values. The name is missing where the manifest is silent.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) name: Option<Slug>,
    pub(crate) agent: Agent,
    pub(crate) egress: Egress,
    pub(crate) secrets: Vec<SecretRef>,
    pub(crate) scan_env: bool,
    pub(crate) filesystem: Filesystem,
    pub(crate) supervise: bool,
    pub(crate) git: Vec<GitRemote>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(source: &'a str) -> Self {
        Self {
            walk: Walk::default(),
            lines: Lines::new(source),
            unbuilt: Vec::new(),
            notes: Vec::new(),
            detectors: Vec::new(),
            named: Vec::new(),
        }
    }

    /// Remarks that a valid key has no feature behind it yet.
    pub(crate) fn unbuilt(&mut self, span: &Span, what: &str, next: &str) {
        self.unbuilt.push(Unbuilt {
            what: what.to_owned(),
            line: self.lines.line(span.start),
            next: next.to_owned(),
        });
    }

    /// Remarks something that is allowed and worth a second look.
    pub(crate) fn note(&mut self, span: &Span, text: String) {
        self.notes.push(Note {
            text,
            line: self.lines.line(span.start),
        });
    }
}

/// Reads the whole tree. What could not be read was reported, and has its default.
pub(crate) fn read(reader: &mut Reader<'_>, root: &Node) -> Draft {
    let mut draft = Draft {
        name: None,
        agent: Agent::default(),
        egress: egress::closed(),
        secrets: Vec::new(),
        scan_env: true,
        filesystem: Filesystem::default(),
        supervise: false,
        git: Vec::new(),
    };
    let Some(fields) = reader.walk.fields("the manifest", root, &keys::MANIFEST) else {
        return draft;
    };
    if let Some(node) = fields.get("version") {
        version(reader, node);
    }
    draft.name = fields.get("name").and_then(|node| name(reader, node));
    if let Some(node) = fields.get("agent") {
        draft.agent = agent::read(reader, node);
    }
    if let Some(node) = fields.get("egress") {
        draft.egress = egress::read(reader, node);
    }
    if let Some(node) = fields.get("inspect") {
        inspect::own(reader, node, &mut draft);
    }
    if let Some(node) = fields.get("filesystem") {
        draft.filesystem = filesystem::read(reader, node);
    }
    if let Some(entry) = fields.entry("supervise") {
        draft.supervise = reader
            .walk
            .boolean("`supervise`", &entry.node)
            .unwrap_or(false);
        if draft.supervise {
            reader.unbuilt(
                &entry.key_span,
                "supervise: true",
                "set it to false; what the agent lacks goes into `egress.routes`",
            );
        }
    }
    if let Some(entry) = fields.entry("git") {
        draft.git = git::read(reader, entry);
    }
    draft
}

fn version(reader: &mut Reader<'_>, node: &Node) {
    let before = reader.walk.faults.len();
    if reader.walk.number("`version`", node, 1, 1).is_none()
        && let Some(fault) = reader.walk.faults.get_mut(before)
        && fault.suggestion().is_none()
    {
        fault.help("this bottle reads manifests of version 1: write `version: 1`");
    }
}

fn name(reader: &mut Reader<'_>, node: &Node) -> Option<Slug> {
    let text = reader.walk.text("`name`", node)?;
    match text.parse() {
        Ok(slug) => Some(slug),
        Err(error) => {
            let near = Slug::from_lossy(text);
            reader
                .walk
                .fault(&node.span, format!("bad `name`: {error}"))
                .help(format!("did you mean `{near}`?"));
            None
        }
    }
}
