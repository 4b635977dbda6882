//! A report of faults: file, line and column, a pointer under the text, and
//! how to mend it. Shows only text that was masked before.

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use crate::fault::{Fault, Faults, Look};

/// The most faults shown in full. The rest are counted.
const MOST_SHOWN: usize = 100;
/// A report stays readable beside very long lines.
const WIDTH: usize = 140;

/// The whole report, ending in one line that sums it up.
pub(crate) fn render(faults: &Faults, look: Look) -> String {
    let renderer = match look {
        Look::Coloured => Renderer::styled(),
        Look::Plain => Renderer::plain(),
    }
    .term_width(WIDTH);
    let mut parts: Vec<String> = faults
        .list
        .iter()
        .take(MOST_SHOWN)
        .map(|fault| one(faults, fault, &renderer))
        .collect();
    parts.push(summary(faults));
    parts.join("\n\n")
}

fn summary(faults: &Faults) -> String {
    let count = faults.list.len();
    let more = match count.saturating_sub(MOST_SHOWN) {
        0 => String::new(),
        more => format!(" ({more} of them not shown)"),
    };
    let noun = if count == 1 { "fault" } else { "faults" };
    let file = annotate_snippets::normalize_untrusted_str(&faults.file);
    format!("{file}: {count} {noun}{more}")
}

fn one(faults: &Faults, fault: &Fault, renderer: &Renderer) -> String {
    let (window, first_line) = window(faults, fault);
    let text = faults.source.get(window.clone()).unwrap_or_default();
    let local = |span: &Range<usize>| pointer(text, span, window.start);
    let mut primary = AnnotationKind::Primary.span(local(&fault.span));
    if let Some(label) = fault.label {
        primary = primary.label(label);
    }
    let mut snippet = Snippet::source(text)
        .path(Cow::Borrowed(faults.file.as_str()))
        .line_start(first_line)
        .annotation(primary);
    if let Some((span, label)) = &fault.related {
        snippet = snippet.annotation(AnnotationKind::Context.span(local(span)).label(*label));
    }
    let mut group = Level::ERROR
        .primary_title(annotate_snippets::normalize_untrusted_str(&fault.message))
        .element(snippet);
    if let Some(help) = &fault.help {
        group =
            group.element(Level::HELP.message(annotate_snippets::normalize_untrusted_str(help)));
    }
    renderer.render(&[group])
}

/// The lines that a fault needs: a report stays quick, however long the file.
fn window(faults: &Faults, fault: &Fault) -> (Range<usize>, usize) {
    let source = faults.source.as_str();
    let related = fault.related.as_ref().map(|(span, _)| span);
    let starts = [Some(&fault.span), related];
    let start = starts.iter().flatten().map(|s| s.start).min().unwrap_or(0);
    let last = starts.iter().flatten().map(|s| s.start).max().unwrap_or(0);
    let from = source
        .get(..start)
        .and_then(|head| head.rfind('\n'))
        .map_or(0, |at| at + 1);
    let to = source
        .get(last..)
        .and_then(|tail| tail.find('\n'))
        .map_or(source.len(), |at| last + at);
    let line = source
        .get(..from)
        .map_or(0, |head| head.bytes().filter(|&b| b == b'\n').count());
    (from..to, line + 1)
}

/// A span within the window, cut to its first line, on character boundaries.
fn pointer(text: &str, span: &Range<usize>, offset: usize) -> Range<usize> {
    let clamp = |at: usize| {
        let mut at = at.saturating_sub(offset).min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = clamp(span.start);
    let whole = text.get(start..clamp(span.end)).unwrap_or_default();
    let first = whole.lines().next().unwrap_or_default().trim_end();
    start..start + first.len()
}
