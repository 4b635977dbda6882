//! From a text to the values of known keys, each with its line. Strict: an
//! unknown key or another type is a fault, and all faults are told at once.

use bottle_yaml::mask::shown as masked;
use bottle_yaml::node::{Entry, Kind, Node, Value as Written};
use bottle_yaml::words::{nearest, quoted};
use bottle_yaml::{About, Fault, Faults, Tree, lines::Lines, tree};

use crate::schema::{self, Key, Rendered, Shape};

/// Which keys are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Schema {
    /// All of pipelock 2.3. What is left out or null has its default.
    Documented,
    /// Only what `render` writes; its required keys must be there.
    Rendered,
}

/// The values of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Document {
    pub(crate) values: Vec<Entered>,
}

/// A key that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entered {
    /// Its path: that of the table, or one below an open section.
    pub(crate) path: String,
    pub(crate) value: Value,
    pub(crate) line: usize,
}

/// What was written behind a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    Bool(bool),
    Int(i64),
    Map,
    Text(String),
    Texts(Vec<String>),
    /// Something we do not look into, beyond whether it is switched off.
    Unread {
        off: bool,
    },
}

/// Reads a text; `file` is its name in the report.
pub(crate) fn read(file: &str, text: &str, schema: Schema) -> Result<Document, Faults> {
    let source = text.strip_prefix('\u{feff}').unwrap_or(text);
    let about = About {
        what: "a pipelock file",
        empty: match schema {
            Schema::Documented => None,
            Schema::Rendered => Some("`bottle render pipelock` writes one"),
        },
    };
    let Tree {
        root,
        faults,
        dropped,
    } = tree(about, source);
    let mut reader = Reader {
        schema,
        lines: Lines::new(source),
        document: Document::default(),
        faults,
    };
    if let Some(root) = &root {
        reader.section("", root);
    }
    if reader.faults.is_empty() {
        Ok(reader.document)
    } else {
        Err(Faults::new(file, source, reader.faults, &dropped))
    }
}

impl Document {
    pub(crate) fn get(&self, path: &str) -> Option<&Value> {
        let found = self.values.iter().find(|entered| entered.path == path);
        found.map(|entered| &entered.value)
    }

    pub(crate) fn has(&self, path: &str) -> bool {
        self.get(path).is_some()
    }

    pub(crate) fn bool(&self, path: &str) -> Option<bool> {
        match self.get(path)? {
            Value::Bool(value) => Some(*value),
            Value::Int(_)
            | Value::Map
            | Value::Text(_)
            | Value::Texts(_)
            | Value::Unread { .. } => None,
        }
    }

    pub(crate) fn int(&self, path: &str) -> Option<i64> {
        match self.get(path)? {
            Value::Int(value) => Some(*value),
            Value::Bool(_)
            | Value::Map
            | Value::Text(_)
            | Value::Texts(_)
            | Value::Unread { .. } => None,
        }
    }

    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        match self.get(path)? {
            Value::Text(value) => Some(value),
            Value::Bool(_)
            | Value::Int(_)
            | Value::Map
            | Value::Texts(_)
            | Value::Unread { .. } => None,
        }
    }

    pub(crate) fn texts(&self, path: &str) -> &[String] {
        match self.get(path) {
            Some(Value::Texts(values)) => values,
            _ => &[],
        }
    }

    /// The line of a key; 1 where it was not written.
    pub(crate) fn line(&self, path: &str) -> usize {
        let found = self.values.iter().find(|entered| entered.path == path);
        found.map_or(1, |entered| entered.line)
    }
}

struct Reader<'a> {
    schema: Schema,
    lines: Lines<'a>,
    document: Document,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    /// A map with the keys of a section.
    fn section(&mut self, section: &str, node: &Node) {
        let Written::Map(entries) = &node.value else {
            let what = if section.is_empty() {
                "a pipelock file".to_owned()
            } else {
                format!("`{}`", schema::shown(section))
            };
            return self.wrong(&what, Shape::Map.expected(), node);
        };
        for entry in entries {
            self.entry(section, entry);
        }
        if self.schema == Schema::Documented {
            return;
        }
        let required = schema::KEYS
            .iter()
            .filter(|key| key.section() == section && key.rendered == Rendered::Always);
        for key in required {
            if !entries.iter().any(|entry| entry.key == key.name()) {
                let message = format!(
                    "`{}` must be {}; it is missing",
                    schema::shown(key.path),
                    key.shape.expected()
                );
                let span = node.span.start..node.span.start + 1;
                self.faults.push(Fault::new(span, message));
            }
        }
    }

    fn entry(&mut self, section: &str, entry: &Entry) {
        let path = if section.is_empty() {
            entry.key.clone()
        } else {
            format!("{section}.{}", entry.key)
        };
        if path == "dlp.action" {
            let message = "`dlp.action` is reserved, and pipelock does not start with it";
            self.faults
                .push_mut(Fault::new(entry.key_span.clone(), message))
                .help("remove it; `request_body_scanning.action` is what decides");
            return;
        }
        match schema::key(&path) {
            Some(key) if self.knows(key) => self.known(key, entry),
            _ if self.is_open(section) => self.enter(path, unread(&entry.node), &entry.key_span),
            _ => self.unknown(section, &path, entry),
        }
    }

    fn knows(&self, key: &Key) -> bool {
        self.schema == Schema::Documented || key.rendered != Rendered::Never
    }

    fn is_open(&self, section: &str) -> bool {
        self.schema == Schema::Documented
            && schema::key(section).is_some_and(|key| key.shape == Shape::OpenMap)
    }

    fn unknown(&mut self, section: &str, path: &str, entry: &Entry) {
        let names: Vec<&str> = schema::names(section)
            .into_iter()
            .filter(|name| {
                let path = if section.is_empty() {
                    (*name).to_owned()
                } else {
                    format!("{section}.{name}")
                };
                schema::key(&path).is_some_and(|key| self.knows(key))
            })
            .collect();
        let message = format!("`{}` is unsupported", masked(&schema::shown(path)));
        let help = match nearest(&entry.key, &names) {
            Some(near) => format!("did you mean `{near}`?"),
            None if section.is_empty() => "pipelock refuses unknown keys, and so do we".to_owned(),
            None => format!("the keys here are {}", quoted(&names)),
        };
        self.faults
            .push_mut(Fault::new(entry.key_span.clone(), message))
            .help(help);
    }

    fn known(&mut self, key: &Key, entry: &Entry) {
        if self.schema == Schema::Documented && is_null(&entry.node) {
            return;
        }
        let node = &entry.node;
        let value = match key.shape {
            Shape::Any => Some(unread(node)),
            Shape::Bool => self.boolean(key, node).map(Value::Bool),
            Shape::Int => self.integer(key, node).map(Value::Int),
            Shape::Map | Shape::OpenMap => {
                self.enter(key.path.to_owned(), Value::Map, &entry.key_span);
                return self.section(key.path, node);
            }
            Shape::Text => self.string(key, node).map(Value::Text),
            Shape::Texts => self.strings(key, node).map(Value::Texts),
            Shape::Words(words) => self.word(key, words, node).map(Value::Text),
        };
        if let Some(value) = value {
            self.enter(key.path.to_owned(), value, &entry.key_span);
        }
    }

    fn enter(&mut self, path: String, value: Value, span: &std::ops::Range<usize>) {
        let line = self.lines.line(span.start);
        self.document.values.push(Entered { path, value, line });
    }

    /// pipelock's reader takes `yes` and `on` for booleans where one is due.
    fn boolean(&mut self, key: &Key, node: &Node) -> Option<bool> {
        match (kind(node), self.schema) {
            (Some(Kind::Bool(value)), _) => Some(value),
            (Some(Kind::YesNo(value)), Schema::Documented) => Some(value),
            _ => self.mistyped(key, node),
        }
    }

    fn integer(&mut self, key: &Key, node: &Node) -> Option<i64> {
        let Written::Scalar(scalar) = &node.value else {
            return self.mistyped(key, node);
        };
        let negative = || {
            let digits = scalar.text.strip_prefix('-')?;
            let plain = digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
            if plain {
                scalar.text.parse().ok()
            } else {
                None
            }
        };
        let value = match scalar.kind() {
            Kind::Number(value) => i64::try_from(value).ok(),
            Kind::OddNumber => negative(),
            Kind::Bool(_) | Kind::Null | Kind::Text | Kind::YesNo(_) => None,
        };
        match value {
            Some(value) => Some(value),
            None => self.mistyped(key, node),
        }
    }

    fn string(&mut self, key: &Key, node: &Node) -> Option<String> {
        match text(node) {
            Some(text) => Some(text.to_owned()),
            None => self.mistyped(key, node),
        }
    }

    fn strings(&mut self, key: &Key, node: &Node) -> Option<Vec<String>> {
        let Written::List(items) = &node.value else {
            return self.mistyped(key, node);
        };
        let mut strings = Vec::new();
        for item in items {
            match text(item) {
                Some(text) => strings.push(text.to_owned()),
                None => self.mistyped(key, item)?,
            }
        }
        (strings.len() == items.len()).then_some(strings)
    }

    fn word(&mut self, key: &Key, words: &[&str], node: &Node) -> Option<String> {
        let word = self.string(key, node)?;
        if words.contains(&word.as_str()) {
            return Some(word);
        }
        let message = format!(
            "`{}` is one of {}, not `{}`",
            schema::shown(key.path),
            quoted(words),
            masked(&word)
        );
        self.faults.push(Fault::new(node.span.clone(), message));
        None
    }

    fn mistyped<T>(&mut self, key: &Key, node: &Node) -> Option<T> {
        let what = format!("`{}`", schema::shown(key.path));
        self.wrong(&what, key.shape.expected(), node);
        None
    }

    fn wrong(&mut self, what: &str, expected: &str, node: &Node) {
        // What was refused before is not reported again.
        if matches!(node.value, Written::Refused) {
            return;
        }
        let message = format!("{what} must be {expected}; this is {}", node.found());
        let fault = self.faults.push_mut(Fault::new(node.span.clone(), message));
        match (expected, kind(node)) {
            (
                "a string" | "a list of strings",
                Some(Kind::Bool(_) | Kind::Number(_) | Kind::OddNumber),
            ) => {
                fault.help("put it in quotes to make it a string");
            }
            ("an integer", Some(Kind::OddNumber)) => {
                fault.help("write it in decimal, without a point, an underscore or a leading zero");
            }
            ("a boolean" | "an integer", Some(Kind::Text)) => {
                fault.help("write it without quotes");
            }
            _ => {}
        }
    }
}

fn kind(node: &Node) -> Option<Kind> {
    match &node.value {
        Written::Scalar(scalar) => Some(scalar.kind()),
        Written::List(_) | Written::Map(_) | Written::Refused => None,
    }
}

fn is_null(node: &Node) -> bool {
    kind(node) == Some(Kind::Null)
}

/// Text to every reader; words that YAML 1.1 takes for booleans are text here
/// as they are to pipelock's.
fn text(node: &Node) -> Option<&str> {
    match &node.value {
        Written::Scalar(scalar) if matches!(scalar.kind(), Kind::Text | Kind::YesNo(_)) => {
            Some(&scalar.text)
        }
        Written::Scalar(_) | Written::List(_) | Written::Map(_) | Written::Refused => None,
    }
}

/// A section that is switched off asks for nothing.
fn unread(node: &Node) -> Value {
    let off = match &node.value {
        Written::Map(entries) => {
            entries.is_empty()
                || entries.iter().any(|entry| {
                    entry.key == "enabled"
                        && matches!(
                            kind(&entry.node),
                            Some(Kind::Bool(false) | Kind::YesNo(false))
                        )
                })
        }
        Written::List(items) => items.is_empty(),
        Written::Scalar(scalar) => scalar.kind() == Kind::Null,
        Written::Refused => false,
    };
    Value::Unread { off }
}
