//! The scan once more, slow and obvious, to hold the fast one against. Only for
//! tests and fuzzing.
//!
//! What it shares with the scan is what judges a candidate and what undoes one
//! escape: the patterns with their checks, the make-up of values, check digits,
//! word lists, unescaping, unpacking, and how a layer's offsets lead back. What
//! it does not share is everything that finds a candidate. The specification,
//! in words, for each piece of text of each view:
//!
//! - a known value is wherever one of its texts stands;
//! - a detector's pattern is tried at every place where one of its keywords
//!   stands, in the order of the places, but not inside of its last hit;
//! - every run of value characters is judged; every run of digits, blanks and
//!   dashes is read for numbers; every run of capitals, digits and blanks for
//!   account numbers; all of the text for phrases;
//! - base64: see [`base64`]; hex: see [`hex`]; base32: see [`base32`];
//! - every escape of every kind is undone, whether or not a mark of it was
//!   seen before; literals are joined at a quote behind a value's character,
//!   single characters put together where letters and digits change with
//!   other bytes sixteen times in a row, unless escapes were undone there;
//! - what few use (signed lines, other bases, characters one by one) may be
//!   found where the pass names it, and need not be;
//! - all of that again in what comes out of it, six deep.
//!
//! Time does not count here, so neither does the budget.

mod base32;
mod base64;
mod hex;
mod lines;
mod plain;

use std::collections::BTreeSet;
use std::ops::Range;

use bottle_policy::{Action, InspectTerms};

use lines::Bound;

use crate::budget::{Budget, Exhausted};
use crate::detectors::GENERAL;
use crate::finding::{Finding, Input};
use crate::free::{assign, numbers, words};
use crate::known::{Shows, needles};
use crate::matcher::{Compiled, Hit, What, compiled};
use crate::scanner::{Scanner, Seen};
use crate::sweep::{self, Sweep};
use crate::views::evasions::joined;
use crate::views::{Chain, DEPTH, Decode, Layer, rare, swept, unescapers, without_signs};

/// The most bytes of an input for which a comparison is quick.
pub const MAX_INPUT: usize = 2048;

/// How the scan and the reference differ on this input, in words; none if they
/// agree, or if one of them gave no answer.
pub fn difference(scanner: &Scanner, input: Input<'_>, terms: &InspectTerms) -> Option<String> {
    if let Some(difference) = sweep::difference(input.bytes) {
        return Some(difference);
    }
    let key = |f: &Finding| (f.detector.to_string(), f.fingerprint.clone());
    let keys = |findings: &[Finding]| findings.iter().map(key).collect::<BTreeSet<_>>();
    // What one of them gives a name, the other may call by a general one; what
    // was decoded with more beside it may be longer.
    let named = |f: &Finding, others: &[Finding]| {
        let general = GENERAL.contains(&f.detector.as_str());
        let again = |o: &&Finding| general || (o.detector == f.detector && !f.decoding.is_empty());
        let mut beside = others.iter().filter(|o| o.start < f.end && f.start < o.end);
        beside.any(|o| again(&o))
    };
    let without = |findings: &[Finding], others: &[Finding]| {
        let keys = keys(others);
        let alone = findings
            .iter()
            .filter(|f| !keys.contains(&key(f)) && !named(f, others));
        let told = alone.map(|f| {
            format!(
                "{} at {}..{} by {:?}",
                f.detector, f.start, f.end, f.decoding
            )
        });
        told.collect::<Vec<_>>()
    };
    let fast = scanner.scan(input, terms).ok()?;
    let least = scan(scanner, input, terms, Bound::Least).ok()?;
    let most = scan(scanner, input, terms, Bound::Most).ok()?;
    let (missed, made_up) = (without(&least, &fast), without(&fast, &most));
    (!missed.is_empty() || !made_up.is_empty())
        .then(|| format!("missed: {missed:?}; made up: {made_up:?}"))
}

/// What the specification finds in the input.
fn scan(
    scanner: &Scanner,
    input: Input<'_>,
    terms: &InspectTerms,
    bound: Bound,
) -> Result<Vec<Finding>, Exhausted> {
    let wanted = |c: &Compiled| c.detector.action(&c.id, terms, input.place) != Action::Off;
    let mut budget = Budget::for_input(usize::MAX);
    let mut seen = Seen::default();
    let raw = Layer::raw(input.bytes);
    descend(
        &Chain::root(&raw),
        DEPTH,
        bound,
        &mut budget,
        &mut |chain, budget| {
            let mut hits = hits(scanner, chain.layer(), budget)?;
            hits.retain(|hit| match hit.what {
                What::Detector(index) => compiled().get(index).is_some_and(wanted),
                What::Known(_) => true,
            });
            scanner.tell(hits, chain, input.place, terms, budget, &mut seen)
        },
    )?;
    Ok(scanner.whole(seen, input, terms).findings)
}

type Look<'a> = dyn FnMut(&Chain<'_>, &mut Budget) -> Result<(), Exhausted> + 'a;

fn descend(
    chain: &Chain<'_>,
    depth: usize,
    bound: Bound,
    budget: &mut Budget,
    look: &mut Look<'_>,
) -> Result<(), Exhausted> {
    look(chain, budget)?;
    let Some(depth) = depth.checked_sub(1) else {
        return Ok(());
    };
    let layer = chain.layer();
    // The places that unescaping needs, by plain loops.
    let places = Sweep {
        joints: plain::joints(layer),
        equals: plain::equals(layer),
        percents: plain::places(layer, b'%'),
        references: plain::places(layer, b'&'),
        apart: plain::apart(layer),
        spaced: plain::spaced(layer),
        ..Sweep::default()
    };
    let mut layers = vec![
        base64::decode(layer, bound),
        hex::decode(layer, bound),
        base32::decode(layer, bound),
    ];
    for undo in unescapers() {
        layers.push(undo(layer, &places, budget)?);
    }
    // Where some of the signs were escaped, or in different ways, it may be found.
    if bound == Bound::Most || !layer.is_unescaped() {
        layers.push(without_signs(layer, &places, budget)?);
    }
    // What few use may be found where the pass names it.
    if bound == Bound::Most {
        let places = swept(layer.bytes());
        // Literals are joined differently from one on that is none.
        for view in rare().into_iter().chain([joined as Decode]) {
            layers.push(view(layer, &places, budget)?);
        }
    }
    for layer in layers.iter().filter(|layer| !layer.is_empty()) {
        descend(&chain.with(layer), depth, bound, budget, look)?;
    }
    Ok(())
}

fn hits(scanner: &Scanner, layer: &Layer<'_>, budget: &mut Budget) -> Result<Vec<Hit>, Exhausted> {
    let mut hits = known_hits(scanner, layer);
    for (index, compiled) in compiled().iter().enumerate() {
        let mut done = 0;
        for keyword in plain::keywords(layer.bytes(), compiled.detector.keywords) {
            if keyword.start < done || compiled.is_by_chance(layer.bytes(), &keyword) {
                continue;
            }
            if let Some(hit) = compiled.try_at(index, layer, keyword, budget)? {
                done = hit.range.end;
                hits.push(hit);
            }
        }
    }
    for (piece, text) in layer.pieces() {
        let base = piece.here.start;
        let mut emit = |id: &'static str, range: Range<usize>| {
            let index = compiled().iter().position(|c| c.detector.id == id);
            hits.extend(index.map(|index| Hit {
                what: What::Detector(index),
                range: base + range.start..base + range.end,
                encoded: None,
                spelled: None,
            }));
        };
        for run in plain::runs(text, assign::is_value) {
            assign::judge(text, run, &mut emit);
        }
        let in_number = |b: u8| b.is_ascii_digit() || matches!(b, b' ' | b'-');
        for run in plain::runs(text, in_number) {
            numbers::groups(text, &run, &mut emit);
        }
        for run in plain::runs(text, numbers::is_iban_or_blank) {
            numbers::iban_groups(text, &run, &mut emit);
        }
        words::phrases_in(text, &(0..text.len()), &mut emit);
    }
    Ok(hits)
}

fn known_hits(scanner: &Scanner, layer: &Layer<'_>) -> Vec<Hit> {
    let mut hits = Vec::new();
    let needles = needles(scanner.all_known()).unwrap_or_default();
    for needle in needles.iter().filter(|n| n.shows == Shows::Value) {
        let text = needle.text.expose();
        for (start, window) in layer.bytes().windows(text.len()).enumerate() {
            let range = start..start + text.len();
            if window == text && layer.piece_with(&range).is_some() {
                hits.push(Hit {
                    what: What::Known(needle.known),
                    range,
                    encoded: needle.view,
                    spelled: None,
                });
            }
        }
    }
    hits
}
