//! YAML text to a tree of nodes, strictly.
//!
//! Such a file is read by people who rely on it, so whatever makes YAML mean
//! more than it shows is refused: anchors, aliases, merge keys, tags,
//! directives, a second document, a key written twice. That also bounds the
//! tree by the text: nothing can be repeated by reference.

use std::collections::BTreeMap;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, Span as YamlSpan, StrInput};

use crate::fault::Fault;
use crate::node::{Entry, Node, Quoting, Scalar, Span, Value};

/// The largest file, in bytes. Real ones have a few thousand.
pub const MAX_BYTES: usize = 256 * 1024;
/// The deepest nesting. The contract's own has seven levels.
const MAX_DEPTH: usize = 24;

/// What was made of a text.
#[derive(Debug, Default)]
pub struct Tree {
    /// Nothing where the text is no YAML, or empty.
    pub root: Option<Node>,
    /// What makes it unusable.
    pub faults: Vec<Fault>,
    /// Values that are not in the tree, so that nobody else can judge them.
    pub dropped: Vec<Span>,
}

/// What a text is, for the words of its faults.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    /// With its article, such as `a manifest`.
    pub what: &'static str,
    /// What helps where it is empty; nothing where an empty one is fine.
    pub empty: Option<&'static str>,
}

/// Reads a text. Without a root there is a fault, unless it may be empty.
pub fn tree(about: About, source: &str) -> Tree {
    if source.len() > MAX_BYTES {
        let message = format!("{} has at most {MAX_BYTES} bytes", about.what);
        return Tree {
            faults: vec![Fault::new(0..0, message)],
            ..Tree::default()
        };
    }
    let tabs = tabs(source);
    if !tabs.is_empty() {
        return Tree {
            faults: tabs,
            ..Tree::default()
        };
    }
    let options = granit_parser::options! {
        disallow_directives: true,
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
        emit_comments: false,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    };
    let mut builder = Builder {
        about,
        source,
        parser: Parser::new_from_str_with_options(source, options),
        faults: Vec::new(),
        dropped: Vec::new(),
    };
    Tree {
        root: builder.stream(),
        faults: builder.faults,
        dropped: builder.dropped,
    }
}

/// Lines indented with tabs: what level they mean hangs on the editor.
fn tabs(source: &str) -> Vec<Fault> {
    let mut start = 0;
    let mut faults = Vec::new();
    for line in source.split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        let tab = line.get(..indent).and_then(|blank| blank.find('\t'));
        if let Some(tab) = tab
            && !line.trim().is_empty()
        {
            let mut fault = Fault::new(start + tab..start + tab + 1, TAB);
            fault.help(BLANKS);
            faults.push(fault);
        }
        start += line.len();
    }
    faults
}

const TAB: &str = "a tab stands where YAML wants blanks";
const BLANKS: &str = "indent with blanks, two a level";

struct Builder<'a> {
    about: About,
    source: &'a str,
    parser: Parser<'a, StrInput<'a>>,
    faults: Vec<Fault>,
    dropped: Vec<Span>,
}

/// The stream broke off; why was already reported.
struct Broken;

type Built<T> = Result<T, Broken>;

impl<'a> Builder<'a> {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "`node` judges what can begin one"
    )]
    fn stream(&mut self) -> Option<Node> {
        let mut root = None;
        while let Ok((event, span)) = self.next() {
            match event {
                Event::StreamEnd => return root.or_else(|| self.empty()),
                Event::DocumentStart(..) if root.is_some() => {
                    let message = format!("{} is a single document", self.about.what);
                    self.fault(place(&span), message)
                        .help("remove this line and what follows, or put it in a file of its own");
                    return root;
                }
                Event::StreamStart | Event::DocumentStart(..) | Event::DocumentEnd => {}
                other => root = Some(self.node(other, &span).ok()?),
            }
        }
        None
    }

    fn empty(&mut self) -> Option<Node> {
        if let Some(help) = self.about.empty {
            let kind = self
                .about
                .what
                .split_once(' ')
                .map_or("file", |(_, kind)| kind);
            self.fault(0..0, format!("the {kind} is empty")).help(help);
        }
        None
    }

    /// The next event of the tree. Anchors are met here, since they follow any node.
    fn next(&mut self) -> Built<(Event<'a>, YamlSpan)> {
        loop {
            match self.parser.next_event() {
                Some(Ok((Event::Anchor(..), span))) => {
                    let message = format!("anchors are not used in {}", self.about.what);
                    self.fault(place(&span), message)
                        .help("write the value out in each place: what is read is what holds");
                }
                Some(Ok((Event::Comment(..), _))) => {}
                Some(Ok(next)) => return Ok(next),
                Some(Err(error)) => {
                    self.scan_fault(&error);
                    return Err(Broken);
                }
                None => return Err(Broken),
            }
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "all other events are refused, those to come too"
    )]
    fn node(&mut self, event: Event<'a>, at: &YamlSpan) -> Built<Node> {
        if event.tag().is_some() {
            let span = at.tag_span().map_or_else(|| place(at), |t| place(&t));
            let message = format!("tags are not used in {}", self.about.what);
            self.fault(span, message)
                .help("remove it; to mark a value as text, put it in quotes");
        }
        let start = place(at).start;
        match event {
            Event::Scalar(text, style, ..) => Ok(Node {
                span: place(at),
                value: Value::Scalar(Scalar {
                    text: text.into_owned(),
                    quoting: match style {
                        ScalarStyle::Plain => Quoting::Plain,
                        ScalarStyle::SingleQuoted
                        | ScalarStyle::DoubleQuoted
                        | ScalarStyle::Literal
                        | ScalarStyle::Folded => Quoting::Quoted,
                    },
                }),
            }),
            Event::SequenceStart(..) => self.list(start),
            Event::MappingStart(..) => self.map(start),
            Event::Alias(_) | Event::UnresolvedAlias(_) => Ok(self.alias(at)),
            // No start of a node, or an event that a later parser invented.
            _ => {
                self.fault(place(at), "this part of YAML is not read here");
                Err(Broken)
            }
        }
    }

    fn list(&mut self, start: usize) -> Built<Node> {
        let mut items = Vec::new();
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::SequenceEnd) {
                return Ok(Node {
                    span: start..place(&span).end.max(start),
                    value: Value::List(items),
                });
            }
            items.push(self.node(event, &span)?);
        }
    }

    fn map(&mut self, start: usize) -> Built<Node> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut seen: BTreeMap<String, Span> = BTreeMap::new();
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::MappingEnd) {
                return Ok(Node {
                    span: start..place(&span).end.max(start),
                    value: Value::Map(entries),
                });
            }
            let key = self.node(event, &span)?;
            let (event, span) = self.next()?;
            let node = self.node(event, &span)?;
            let Some(key_text) = self.key(&key) else {
                self.dropped.push(node.span);
                continue;
            };
            if let Some(first) = seen.get(&key_text).cloned() {
                self.fault(
                    key.span.clone(),
                    format!("`{}` is written twice", crate::mask::shown(&key_text)),
                )
                .label("again here")
                .related(first, "first here")
                .help("keep one of them");
                self.dropped.push(node.span);
                continue;
            }
            seen.insert(key_text.clone(), key.span.clone());
            entries.push(Entry {
                key: key_text,
                key_span: key.span,
                node,
            });
        }
    }

    fn key(&mut self, key: &Node) -> Option<String> {
        match &key.value {
            Value::Scalar(scalar) if scalar.text == "<<" && scalar.quoting == Quoting::Plain => {
                let message = format!("merge keys are not used in {}", self.about.what);
                self.fault(key.span.clone(), message)
                    .help("write the keys out: what is read is what holds");
                None
            }
            Value::Scalar(scalar) => Some(scalar.text.clone()),
            Value::List(_) | Value::Map(_) => {
                self.fault(
                    key.span.clone(),
                    format!("a key is a word, not {}", key.found()),
                );
                None
            }
            Value::Refused => None,
        }
    }

    fn alias(&mut self, at: &YamlSpan) -> Node {
        let span = place(at);
        let written = self.source.get(span.clone()).unwrap_or_default();
        let shown = crate::mask::shown(written);
        let help = if written.starts_with("*.") || written == "*" || written.starts_with("**") {
            format!("put it in quotes: \"{shown}\"")
        } else {
            "write the value out; text that begins with `*` goes in quotes".to_owned()
        };
        self.fault(
            span.clone(),
            format!("to YAML, `{shown}` without quotes is a reference to an anchor"),
        )
        .help(help);
        Node {
            span,
            value: Value::Refused,
        }
    }

    fn fault(&mut self, span: Span, message: impl Into<String>) -> &mut Fault {
        self.faults.push_mut(Fault::new(span, message))
    }

    fn scan_fault(&mut self, error: &ScanError) {
        let at = error.marker().byte_offset().unwrap_or(self.source.len());
        let at = at.min(self.source.len());
        let (message, help) = explain(
            self.about,
            error.kind(),
            self.source.get(at..).unwrap_or_default(),
        );
        let fault = self.fault(at..at + 1, message);
        if let Some(help) = help {
            fault.help(help);
        }
    }
}

fn place(span: &YamlSpan) -> Span {
    span.byte_range().unwrap_or(0..0)
}

/// The parser's complaint in our words where people meet it often.
fn explain(about: About, kind: &ErrorKind, rest: &str) -> (String, Option<&'static str>) {
    let reserved = rest.starts_with(['@', '`', '%']);
    let tab = matches!(
        kind,
        ErrorKind::TabNotAllowed
            | ErrorKind::TabInBlockIndentation
            | ErrorKind::TabInIndentation
            | ErrorKind::TabInPlainScalar
            | ErrorKind::TabAtBlockScalarStart
    ) || rest.starts_with('\t');
    if tab {
        return (TAB.to_owned(), Some(BLANKS));
    }
    if matches!(kind, ErrorKind::RecursionLimitExceeded) {
        return (format!("nested deeper than {MAX_DEPTH} levels"), None);
    }
    if matches!(kind, ErrorKind::DirectiveDisallowed) {
        return (
            format!("directives (`%…`) are not used in {}", about.what),
            Some("remove the line"),
        );
    }
    if matches!(kind, ErrorKind::UnclosedQuotedScalar) {
        return (
            "a quote is opened and never closed".to_owned(),
            Some("close it on the same line"),
        );
    }
    if reserved {
        return (
            "text that begins with `@`, `%` or a backtick needs quotes".to_owned(),
            Some("put the whole value in quotes"),
        );
    }
    (format!("this is no YAML: {kind}"), None)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ABOUT: About = About {
        what: "a manifest",
        empty: Some("write one"),
    };

    fn messages(source: &str) -> Vec<String> {
        tree(ABOUT, source)
            .faults
            .into_iter()
            .map(|f| f.message)
            .collect()
    }

    #[test]
    fn what_hides_meaning_is_refused() {
        for (source, part) in [
            ("a: &x 1\nb: *x\n", "anchors"),
            ("a: &x {c: 1}\nb:\n  <<: *x\n", "merge keys"),
            ("a: !!str 1\n", "tags"),
            ("%YAML 1.2\n---\na: 1\n", "directives"),
            ("a: 1\n---\nb: 2\n", "single document"),
            ("a: 1\na: 2\n", "written twice"),
            ("? [a]\n: 1\n", "a key is a word"),
            ("h: *.example.com\n", "reference to an anchor"),
            ("\ta: 1\n", "tab"),
            ("a:\n\t- b\n", "tab"),
            ("a: @b\n", "needs quotes"),
            ("a: \"b\n", "never closed"),
            ("", "empty"),
            ("# only a comment\n", "empty"),
        ] {
            let messages = messages(source);
            assert!(
                messages.iter().any(|m| m.contains(part)),
                "{source:?}: {messages:?}"
            );
        }
    }

    #[test]
    fn size_and_depth_are_bounded() {
        assert!(messages(&"[".repeat(100_000))[0].contains("deeper"));
        assert!(messages(&"a: b\n".repeat(MAX_BYTES))[0].contains("at most"));
        let bomb = "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n";
        assert!(
            tree(ABOUT, bomb)
                .root
                .is_some_and(|node| format!("{node:?}").len() < 5_000)
        );
    }

    #[test]
    fn places_are_bytes_of_the_text() {
        let source = "é: [ü, {k: \"v\"}]\n";
        let Tree { root, faults, .. } = tree(ABOUT, source);
        assert!(faults.is_empty());
        let Some(Node {
            value: Value::Map(entries),
            ..
        }) = root
        else {
            panic!("no map");
        };
        let text = |span: &Span| source.get(span.clone());
        assert_eq!(text(&entries[0].key_span), Some("é"));
        assert_eq!(text(&entries[0].node.span), Some("[ü, {k: \"v\"}]"));
    }
}
