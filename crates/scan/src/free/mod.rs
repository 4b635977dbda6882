//! Detectors without a keyword: runs of characters that are long enough to be
//! a value, numbers in groups, phrases of listed words.
//!
//! The sweep names the runs of characters in which one may be; here they are
//! looked at.

pub(crate) mod assign;
pub(crate) mod context;
mod digests;
pub(crate) mod numbers;
mod public;
mod services;
mod shapes;
mod tokens;
pub(crate) mod value;
mod wallet;
pub(crate) mod words;

use std::ops::Range;

use assign::Makeup;
use value::Value;

use crate::sweep::Sweep;
use crate::views::{Layer, Undo};

/// Whether a text is as random as a credential, or at least no words.
pub(crate) fn is_random(text: &[u8]) -> bool {
    let value = Value::new(text);
    value.is_random() || value.is_restless() || value.is_unsayable() || value.is_no_name()
}

/// What stands behind a value and decides about it.
const BESIDE: usize = 16;

/// Takes a detector's name and where its secret stands.
pub(crate) type Emit<'a> = dyn FnMut(&'static str, Range<usize>) + 'a;

/// Looks for everything that has no keyword. Ranges are in the layer.
pub(crate) fn look(layer: &Layer<'_>, sweep: &Sweep, undo: &mut Undo<'_>, emit: &mut Emit<'_>) {
    for run in sweep.values.iter().filter(|run| !run.is_name) {
        let Some((_, text, inside)) = layer.in_piece(&run.range()) else {
            continue;
        };
        let base = run.start - inside.start;
        let makeup = assign::judge(text, inside, &mut |id, found| {
            emit(id, base + found.start..base + found.end);
        });
        match makeup {
            Makeup::Value => undo.value(&run.range()),
            // Without the letter of an escape it may be one.
            Makeup::Other => undo.beginning(&run.range(), 0, BESIDE),
        }
    }
    let mut within = |range: Range<usize>, look: fn(&[u8], Range<usize>, &mut Emit<'_>)| {
        let Some((_, text, inside)) = layer.in_piece(&range) else {
            return;
        };
        let base = range.start - inside.start;
        look(text, inside, &mut |id, found| {
            emit(id, base + found.start..base + found.end);
        });
    };
    for run in &sweep.numbers {
        within(run.range(), |text, run, emit| {
            numbers::groups(text, &run, emit);
        });
    }
    // All of a run of groups at once, however many numbers may begin in it.
    let mut done = 0;
    let bytes = layer.bytes();
    let outside = |b: &u8| !numbers::is_iban_or_blank(*b);
    for at in &sweep.accounts {
        if *at < done {
            continue;
        }
        let before = bytes.get(done..*at).unwrap_or_default();
        let start = done + before.iter().rposition(outside).map_or(0, |last| last + 1);
        let behind = bytes.get(*at..).unwrap_or_default();
        done = at + behind.iter().position(outside).unwrap_or(behind.len());
        within(start..done, |text, run, emit| {
            numbers::iban_groups(text, &run, emit);
        });
    }
    for run in &sweep.phrases {
        within(run.range(), |text, run, emit| {
            words::phrases_in(text, &run, emit);
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::sweep::sweep;

    /// What is passed over by its make-up alone would not have been judged a value.
    #[test]
    fn names_and_paths_are_passed_over() {
        let any_repays = |text: &str| {
            let sweep = sweep(text.as_bytes());
            sweep.values.iter().any(|run| !run.is_name)
        };
        assert!(!any_repays(
            "let some_snake_case_name = crates/scan/src/lib.rs;"
        ));
        assert!(!any_repays("getUserById internationally"));
        assert!(any_repays("key = Hq4nTz8LcV1sXe7RbU6g"));
        assert!(any_repays("key = kWzQmTbXcRvLpNsJhGfDyUoEaIqKtBxVjM"));
        assert!(any_repays("--kqzwmtbxcrvlpnsjhgfdyuoeaiqktbxvjm--"));
    }
}
