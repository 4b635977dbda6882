//! What is wrong with a file: every fault with its place, in one report.
//!
//! A [`Fault`] never holds a value that may be a secret, and neither does the
//! text kept beside it: it was masked before it was stored.

use std::fmt;

use crate::lines::Lines;
use crate::node::Span;
use crate::{mask, report};

/// Everything that is wrong with a file, in the order of its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faults {
    pub(crate) file: String,
    /// The text with everything masked that could be a secret.
    pub(crate) source: String,
    pub(crate) list: Vec<Fault>,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub(crate) message: String,
    pub(crate) span: Span,
    pub(crate) label: Option<&'static str>,
    pub(crate) related: Option<(Span, &'static str)>,
    pub(crate) help: Option<String>,
    pub(crate) line: usize,
    pub(crate) column: usize,
}

/// How a report looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// For a terminal, with colours.
    Coloured,
    /// For a file or a pipe.
    Plain,
}

impl Fault {
    /// A fault at a place of the text.
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            span,
            label: None,
            related: None,
            help: None,
            line: 0,
            column: 0,
        }
    }

    /// Adds how to mend it.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    /// Adds a word at the place itself.
    pub fn label(&mut self, label: &'static str) -> &mut Self {
        self.label = Some(label);
        self
    }

    /// Adds a second place with a word there.
    pub fn related(&mut self, span: Span, label: &'static str) -> &mut Self {
        self.related = Some((span, label));
        self
    }

    /// What is wrong.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// How to mend it, where we know.
    pub fn suggestion(&self) -> Option<&str> {
        self.help.as_deref()
    }

    /// Its place in the text, in bytes.
    pub fn place(&self) -> Span {
        self.span.clone()
    }

    /// The line, from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The column in characters, from 1.
    pub fn column(&self) -> usize {
        self.column
    }
}

impl Faults {
    /// Orders the faults and masks the text. `secrets` are places that must not be shown.
    pub fn new(file: &str, source: &str, mut list: Vec<Fault>, secrets: &[Span]) -> Self {
        let lines = Lines::new(source);
        for fault in &mut list {
            fault.line = lines.line(fault.span.start);
            fault.column = lines.column(fault.span.start);
        }
        list.sort_by(|a, b| {
            (a.span.start, a.span.end, &a.message).cmp(&(b.span.start, b.span.end, &b.message))
        });
        list.dedup();
        Self {
            file: file.to_owned(),
            source: mask::masked(source, secrets),
            list,
        }
    }

    /// The file's name as it was given.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The faults, in the order of the text.
    pub fn iter(&self) -> impl Iterator<Item = &Fault> {
        self.list.iter()
    }

    /// How many there are: at least one.
    pub fn count(&self) -> usize {
        self.list.len()
    }

    /// The whole report.
    pub fn render(&self, look: Look) -> String {
        report::render(self, look)
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(Look::Plain))
    }
}

impl std::error::Error for Faults {}
