//! Candidates by plain loops over bytes.

use std::ops::Range;

use crate::sweep::Run;
use crate::views::Layer;

/// The runs of bytes of a class.
pub(super) fn runs(text: &[u8], class: impl Fn(u8) -> bool) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut open = None;
    for (at, byte) in text.iter().enumerate() {
        match (class(*byte), open) {
            (true, None) => open = Some(at),
            (false, Some(start)) => {
                runs.push(start..at);
                open = None;
            }
            _ => {}
        }
    }
    runs.extend(open.map(|start| start..text.len()));
    runs
}

/// Where any of the keywords stands, in order.
pub(super) fn keywords(text: &[u8], keywords: &[&str]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for at in 0..text.len() {
        let rest = text.get(at..).unwrap_or_default();
        for keyword in keywords {
            if rest.starts_with(keyword.as_bytes()) {
                found.push(at..at + keyword.len());
            }
        }
    }
    found
}

/// Quotes behind a value's character, before a blank, a sign that joins or
/// another quote.
pub(super) fn joints(layer: &Layer<'_>) -> Vec<usize> {
    let joins = |window: &[u8]| match window {
        [before, b'"' | b'\'' | b'`', behind] => {
            let sign = matches!(
                behind,
                b' ' | b'\t' | b'\n' | b'\r' | b'+' | b'.' | b'&' | b'|' | b'\\'
            );
            let quote = matches!(behind, b'"' | b'\'' | b'`');
            crate::free::assign::is_value(*before) && (sign || quote)
        }
        _ => false,
    };
    let windows = layer.bytes().windows(3).enumerate();
    windows
        .filter(|(_, window)| joins(window))
        .map(|(at, _)| at + 1)
        .collect()
}

/// Signs of equality before two digits of hex, or before a line's end.
pub(super) fn equals(layer: &Layer<'_>) -> Vec<usize> {
    let digit = |b: &u8| matches!(b, b'0'..=b'9' | b'A'..=b'F');
    let bytes = layer.bytes();
    let escapes = |at: &usize| match bytes.get(*at..).unwrap_or_default() {
        [b'=', b'\t' | b'\n' | b'\r', ..] => true,
        [b'=', high, low, ..] => digit(high) && digit(low),
        _ => false,
    };
    (0..bytes.len()).filter(escapes).collect()
}

/// Where a byte stands.
pub(super) fn places(layer: &Layer<'_>, byte: u8) -> Vec<usize> {
    let bytes = layer.bytes();
    (0..bytes.len())
        .filter(|at| bytes.get(*at) == Some(&byte))
        .collect()
}

/// Where a letter or digit follows another byte, or another byte follows one,
/// sixteen times in a row.
pub(super) fn apart(layer: &Layer<'_>) -> Vec<Run> {
    let bytes = layer.bytes();
    let is_alnum = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let changes: Vec<u8> = (0..bytes.len())
        .map(|at| {
            let before = at.checked_sub(1).is_some_and(is_alnum);
            u8::from(is_alnum(at) != before)
        })
        .collect();
    told(runs(&changes, |change| change == 1), 16)
}

/// Runs of hex digits with signs and blanks, thirty-two long, with nine digits.
pub(super) fn spaced(layer: &Layer<'_>) -> Vec<Run> {
    let class = |b: u8| {
        b.is_ascii_hexdigit()
            || matches!(b, b' ' | b'\t' | b'\n' | b'\r' | b'-' | b':' | b',' | b'x')
    };
    let digits = |run: &Range<usize>| {
        let bytes = layer.bytes().get(run.clone()).unwrap_or_default();
        bytes.iter().filter(|b| b.is_ascii_digit()).count()
    };
    let mut runs = runs(layer.bytes(), class);
    runs.retain(|run| digits(run) >= 9);
    told(runs, 32)
}

fn told(runs: Vec<Range<usize>>, least: usize) -> Vec<Run> {
    runs.into_iter()
        .filter(|run| run.len() >= least)
        .map(|Range { start, end }| Run { start, end })
        .collect()
}
