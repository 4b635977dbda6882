//! The views of tokens that are written backwards or in ROT13.
//!
//! Only of runs that end, or begin, as a token of the table would: by the first
//! characters of the keywords that are no words.

use std::sync::LazyLock;

use crate::budget::{Budget, Exhausted};
use crate::finding::View;
use crate::matcher::compiled;
use crate::sweep::{Sweep, VALUE, Value};
use crate::views::layer::{Layer, Scale};

/// The characters by which a token is known.
type Head = [u8; 4];

/// A bit for each hash of a head.
pub(super) struct Heads(Box<[u64; WORDS]>);

const WORDS: usize = 1024;
/// So many bits of a hash say which.
const BITS: u32 = 16;

/// Those of the table, as they stand at the end of a token that is backwards,
/// or at the beginning of one in ROT13.
static HEADS: LazyLock<[Heads; 2]> = LazyLock::new(|| {
    let mut backwards = Heads(Box::new([0; WORDS]));
    let mut turned = Heads(Box::new([0; WORDS]));
    for head in heads() {
        let mut back = head;
        back.reverse();
        backwards.add(back);
        turned.add(head.map(rot13));
    }
    [backwards, turned]
});

/// The heads of the keywords that are no words.
fn heads() -> impl Iterator<Item = Head> {
    let all = compiled().iter().map(|compiled| compiled.detector);
    let leading = all.filter(|detector| detector.lead == 0);
    let keywords = leading.flat_map(|detector| detector.keywords);
    keywords.filter_map(|keyword| {
        let bytes = keyword.as_bytes();
        let is_word = bytes.iter().all(u8::is_ascii_lowercase);
        let is_value = bytes.iter().all(|b| VALUE.has(*b));
        bytes
            .first_chunk()
            .copied()
            .filter(|_| is_value && !is_word)
    })
}

impl Heads {
    fn add(&mut self, head: Head) {
        let (word, bit) = place(head);
        if let Some(word) = self.0.get_mut(word) {
            *word |= 1 << bit;
        }
    }

    fn may_have(&self, head: Option<&Head>) -> bool {
        head.is_some_and(|head| {
            let (word, bit) = place(*head);
            self.0.get(word).is_some_and(|word| word >> bit & 1 == 1)
        })
    }
}

fn place(head: Head) -> (usize, u32) {
    let hash = u32::from_le_bytes(head).wrapping_mul(0x9e37_79b9) >> (32 - BITS);
    (usize::try_from(hash / 64).unwrap_or(0), hash % 64)
}

/// The heads of tokens that are turned.
pub(super) fn all_heads() -> &'static [Heads; 2] {
    &HEADS
}

/// Whether a run may be such a token.
pub(super) fn may_be([backwards, turned]: &[Heads; 2], run: &[u8]) -> bool {
    backwards.may_have(run.last_chunk()) || turned.may_have(run.first_chunk())
}

pub(crate) fn backwards(
    layer: &Layer<'_>,
    sweep: &Sweep,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    let turn = |run: &[u8]| run.iter().rev().copied().collect();
    turned(layer, sweep, View::Reversed, turn, budget)
}

pub(crate) fn rotated(
    layer: &Layer<'_>,
    sweep: &Sweep,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    let turn = |run: &[u8]| run.iter().copied().map(rot13).collect();
    turned(layer, sweep, View::Rot13, turn, budget)
}

fn turned(
    layer: &Layer<'_>,
    sweep: &Sweep,
    view: View,
    turn: fn(&[u8]) -> Vec<u8>,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    let mut out = Layer::of(view);
    for (run, text) in layer.fresh(sweep.rare.turned.iter().map(Value::range)) {
        budget.work(text.len())?;
        let turned = turn(text);
        out.push(run, Scale::Whole, |to| {
            to.extend_from_slice(&turned);
        });
    }
    Ok(out)
}

/// A letter thirteen places on.
pub(crate) fn rot13(byte: u8) -> u8 {
    match byte {
        b'a'..=b'm' | b'A'..=b'M' => byte + 13,
        b'n'..=b'z' | b'N'..=b'Z' => byte - 13,
        _ => byte,
    }
}
