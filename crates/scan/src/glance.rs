//! What a pattern's match begins with and has in it, read off the pattern: so
//! that most of what a keyword stands before is told from a match by a few bytes,
//! and the pattern itself is seldom tried. It says no or perhaps, never yes.

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind, Literal};

use crate::free::assign::is_value;
use crate::sweep::frequency;

/// The most bytes at the beginning that are compared.
const MOST: usize = 24;

/// See the file's head.
#[derive(Debug, Default)]
pub(crate) struct Glance {
    /// For each of the first bytes, those that may stand there.
    begins: Vec<Bytes>,
    /// A byte that every match has, somewhere.
    needs: Option<u8>,
}

/// A set of bytes, a bit for each.
type Bytes = [u64; 4];

impl Glance {
    /// `pattern` is one of the table's.
    pub(crate) fn of(pattern: &str) -> Option<(Self, Hir)> {
        let mut parser = ParserBuilder::new().unicode(false).utf8(false).build();
        let hir = parser.parse(pattern).ok()?;
        let mut begins = Vec::new();
        begin(&hir, &mut begins);
        begins.truncate(MOST);
        let mut needed = Vec::new();
        need(&hir, &mut needed);
        let share = |byte: &u8| frequency(&[*byte]);
        let rarest = needed
            .into_iter()
            .min_by(|a, b| share(a).total_cmp(&share(b)));
        let needs = rarest.filter(|byte| share(byte) < RARE);
        Some((Self { begins, needs }, hir))
    }

    /// Whether a match may begin with the text's first byte.
    pub(crate) fn may_begin(&self, text: &[u8]) -> bool {
        let fits = |(set, byte): (&Bytes, &u8)| has(set, *byte);
        text.len() >= self.begins.len() && self.begins.iter().zip(text).all(fits)
    }

    /// The same of a text in which escapes may stand, or the borders of literals: up
    /// to the first sign that may be one of these.
    pub(crate) fn may_begin_respelled(&self, text: &[u8]) -> bool {
        let plain = text.iter().take_while(|byte| is_value(**byte));
        self.begins
            .iter()
            .zip(plain)
            .all(|(set, byte)| has(set, *byte))
    }

    /// Whether a match may be anywhere in the text.
    pub(crate) fn may_hold(&self, text: &[u8]) -> bool {
        self.needs
            .is_none_or(|byte| memchr::memchr(byte, text).is_some())
    }
}

/// A byte that is one in so many of a text is not worth a search.
const RARE: f32 = 0.005;

fn has(set: &Bytes, byte: u8) -> bool {
    let word = set.get(usize::from(byte) / 64).copied();
    word.unwrap_or_default() >> (byte % 64) & 1 != 0
}

fn add(set: &mut Bytes, byte: u8) {
    if let Some(word) = set.get_mut(usize::from(byte) / 64) {
        *word |= 1 << (byte % 64);
    }
}

/// Adds what the first bytes of an expression may be; whether it has no others.
fn begin(hir: &Hir, sets: &mut Vec<Bytes>) -> bool {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => true,
        HirKind::Literal(Literal(bytes)) => {
            for byte in bytes {
                let mut set = Bytes::default();
                add(&mut set, *byte);
                sets.push(set);
            }
            true
        }
        HirKind::Class(Class::Bytes(class)) => {
            let mut set = Bytes::default();
            for range in class.iter() {
                (range.start()..=range.end()).for_each(|byte| add(&mut set, byte));
            }
            sets.push(set);
            true
        }
        HirKind::Class(Class::Unicode(_)) => false,
        HirKind::Repetition(repetition) => {
            let all =
                (0..repetition.min).all(|_| sets.len() < MOST && begin(&repetition.sub, sets));
            all && repetition.max == Some(repetition.min)
        }
        HirKind::Capture(capture) => begin(&capture.sub, sets),
        HirKind::Concat(all) => all.iter().all(|hir| begin(hir, sets)),
        HirKind::Alternation(all) => either(all, sets),
    }
}

/// Of several expressions, what the first bytes of any may be.
fn either(all: &[Hir], sets: &mut Vec<Bytes>) -> bool {
    let each = |hir: &Hir| {
        let mut sets = Vec::new();
        (begin(hir, &mut sets), sets)
    };
    let each: Vec<_> = all.iter().map(each).collect();
    let shortest = each.iter().map(|(_, sets)| sets.len()).min().unwrap_or(0);
    for at in 0..shortest {
        let mut either = Bytes::default();
        for set in each.iter().filter_map(|(_, sets)| sets.get(at)) {
            either
                .iter_mut()
                .zip(set)
                .for_each(|(to, from)| *to |= from);
        }
        sets.push(either);
    }
    each.iter()
        .all(|(whole, sets)| *whole && sets.len() == shortest)
}

/// Adds the bytes that every match has.
fn need(hir: &Hir, bytes: &mut Vec<u8>) {
    match hir.kind() {
        HirKind::Literal(Literal(literal)) => bytes.extend_from_slice(literal),
        HirKind::Repetition(repetition) if repetition.min > 0 => need(&repetition.sub, bytes),
        HirKind::Capture(capture) => need(&capture.sub, bytes),
        HirKind::Concat(all) => all.iter().for_each(|hir| need(hir, bytes)),
        HirKind::Empty
        | HirKind::Look(_)
        | HirKind::Class(_)
        | HirKind::Repetition(_)
        | HirKind::Alternation(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detectors;

    fn of(pattern: &str) -> Glance {
        Glance::of(pattern).expect("a pattern").0
    }

    #[test]
    fn what_a_match_begins_with_is_compared() {
        let glance = of(r"(?:web|server)_[0-9a-f]{4}(?:x|yz)");
        // Of the two words, what both have of each place.
        assert!(glance.may_begin(b"web_01"));
        assert!(glance.may_begin(b"server_0"));
        assert!(!glance.may_begin(b"wide"));
        let glance = of(r"pat[A-Z]{3}\.[0-9]+");
        assert!(glance.may_begin(b"patABC.1"));
        for other in ["patABC", "path/to", "patABCD1"] {
            assert!(!glance.may_begin(other.as_bytes()), "{other}");
        }
        for other in ["patABC", "patA\" + \"BC.1", "pat\\u0041BC.1"] {
            assert!(glance.may_begin_respelled(other.as_bytes()), "{other}");
        }
        assert!(!glance.may_begin_respelled(b"path/to\" + \""));
    }

    #[test]
    fn what_a_match_needs_is_looked_for() {
        let glance = of(r"[a-z]+://[a-z]*:([a-z]+)@[a-z]+");
        assert!(glance.may_hold(b"http://a:b@c"));
        assert!(!glance.may_hold(b"http://a.b/c"));
        assert!(of("[a-z]+").may_hold(b""));
    }

    /// Whatever matches passes: shown with the table's own examples.
    #[test]
    fn every_example_of_the_table_passes() {
        for detector in detectors::table() {
            let glance = of(detector.pattern);
            let regex = crate::matcher::regex(detector);
            for parts in detector.hits {
                let text = parts.concat().into_bytes();
                let found = (0..text.len())
                    .filter_map(|at| regex.find(&text[at..]).map(|m| at + m.start()));
                for at in found {
                    assert!(glance.may_begin(&text[at..]), "{}", detector.id);
                    assert!(glance.may_hold(&text[at..]), "{}", detector.id);
                }
            }
        }
    }
}
