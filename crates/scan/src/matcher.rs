//! From a layer's bytes to hits: the known values, and the pattern of each
//! detector whose keyword the sweep saw, right there.

use std::cell::Cell;
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use bottle_policy::DetectorId;
use regex::bytes::{Regex, RegexBuilder};
use regex_syntax::hir::{Class, Hir, HirKind, Literal};

use crate::budget::{Budget, Exhausted};
use crate::chance;
use crate::detectors::{self, Detector, decoded, lead};
use crate::finding::View;
use crate::free;
use crate::glance::Glance;
use crate::interrupted;
use crate::known::{Known, KnownError, KnownId, needles};
use crate::needles::Needles;
use crate::pieces;
use crate::sweep::Sweep;
use crate::views::{Chain, Layer, Piece, Undo};

/// Everything that is looked for.
pub(crate) struct Matcher {
    needles: Needles,
}

/// A detector with its pattern, compiled when it is first needed.
pub(crate) struct Compiled {
    pub(crate) detector: &'static Detector,
    pub(crate) id: DetectorId,
    pattern: OnceLock<Regex>,
    /// What is known of its matches without trying it.
    shape: OnceLock<Shape>,
}

/// What a pattern's text says of its matches.
#[derive(Debug)]
struct Shape {
    /// Whether one may go across an escape.
    spans: Spans,
    glance: Glance,
}

/// Where a pattern's match may differ with the escapes of JSON undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spans {
    /// Anywhere: it has blanks, quotes or backslashes in it.
    Escapes,
    /// At its beginning alone.
    Nothing,
}

/// What was found in one layer.
pub(crate) struct Hit {
    pub(crate) what: What,
    /// In the layer.
    pub(crate) range: Range<usize>,
    /// A decoding that the layer itself has not undone.
    pub(crate) encoded: Option<View>,
    /// The value, where it does not stand there as it is.
    pub(crate) spelled: Option<Vec<u8>>,
}

impl Hit {
    /// That of a detector whose secret stands there in pieces.
    fn joined(index: usize, range: Range<usize>, value: &[u8]) -> Self {
        Self {
            what: What::Detector(index),
            range,
            encoded: Some(View::Joined),
            spelled: Some(value.to_vec()),
        }
    }
}

/// Whose hit it is.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum What {
    /// The index in [`compiled`].
    Detector(usize),
    Known(KnownId),
}

/// A match and the secret in it.
type Captured = (Range<usize>, Range<usize>);

/// What a byte costs that a pattern is searched in, beside one that is looked at: a
/// search whose automaton grows too large goes on without one.
const SEARCH: usize = 12;

/// The table's detectors. Compiled once in a process, whatever the policies.
pub(crate) fn compiled() -> &'static [Compiled] {
    static COMPILED: LazyLock<Vec<Compiled>> = LazyLock::new(|| {
        let compile = |detector: &'static Detector| Compiled {
            detector,
            id: detector.id.parse().expect("a test walks the table's names"),
            pattern: OnceLock::new(),
            shape: OnceLock::new(),
        };
        detectors::table().map(compile).collect()
    });
    &COMPILED
}

impl Matcher {
    pub(crate) fn new(known: &[Known]) -> Result<Self, KnownError> {
        Ok(Self {
            needles: Needles::new(needles(known)?),
        })
    }

    /// The hits in one layer, and where its escapes must be undone. `wanted`
    /// says which detectors run.
    pub(crate) fn look(
        &self,
        chain: &Chain<'_>,
        sweep: &Sweep,
        wanted: impl Fn(&Compiled) -> bool + Copy,
        undo: &mut Undo<'_>,
        budget: &mut Budget,
        hits: &mut Vec<Hit>,
    ) -> Result<(), Exhausted> {
        let layer = chain.layer();
        self.needles.look(layer, undo, budget, hits)?;
        // Where the last hit of each detector ended: what is inside needs no second look.
        let mut done: Vec<usize> = Vec::new();
        for keyword in &sweep.keywords {
            let index = keyword.detector;
            let Some(compiled) = compiled().get(index) else {
                continue;
            };
            let inside = done.get(index).is_some_and(|end| keyword.start < *end);
            let text = layer.bytes().get(keyword.start..).unwrap_or_default();
            if inside || !compiled.may_be(text) || !wanted(compiled) {
                continue;
            }
            let range = keyword.start..keyword.start + keyword.len;
            if compiled.is_by_chance(layer.bytes(), &range) {
                continue;
            }
            compiled.undo(&range, undo, budget)?;
            if let Some(hit) = compiled.try_at(index, layer, range, budget)? {
                done.resize(done.len().max(index + 1), 0);
                if let Some(end) = done.get_mut(index) {
                    *end = hit.range.end;
                }
                // A view may show but a part of what the one above shows whole.
                if chain.any_text_from(&hit.range, compiled.detector.exempt) {
                    continue;
                }
                hits.push(hit);
            }
        }
        free_hits(chain, sweep, wanted, undo, hits);
        Ok(())
    }
}

/// What the detectors without a keyword find.
fn free_hits(
    chain: &Chain<'_>,
    sweep: &Sweep,
    wanted: impl Fn(&Compiled) -> bool,
    undo: &mut Undo<'_>,
    hits: &mut Vec<Hit>,
) {
    free::look(chain.layer(), sweep, undo, &mut |id, range| {
        let index = compiled().iter().position(|c| c.detector.id == id);
        let Some(index) = index else { return };
        let looked_for =
            |c: &Compiled| wanted(c) && !chain.any_text_from(&range, c.detector.exempt);
        if compiled().get(index).is_some_and(looked_for) {
            hits.push(Hit {
                what: What::Detector(index),
                range,
                encoded: None,
                spelled: None,
            });
        }
    });
}

/// Whether a match may have a character in it that JSON escapes.
fn has_escaped(hir: &Hir) -> bool {
    const ESCAPED: [u8; 7] = [8, b'\t', b'\n', 12, b'\r', b'"', b'\\'];
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => false,
        HirKind::Literal(Literal(bytes)) => bytes.iter().any(|b| ESCAPED.contains(b)),
        HirKind::Class(Class::Bytes(class)) => class.iter().any(|range| {
            ESCAPED
                .iter()
                .any(|b| (range.start()..=range.end()).contains(b))
        }),
        HirKind::Class(Class::Unicode(_)) => true,
        HirKind::Repetition(repetition) => has_escaped(&repetition.sub),
        HirKind::Capture(capture) => has_escaped(&capture.sub),
        HirKind::Concat(all) | HirKind::Alternation(all) => all.iter().any(has_escaped),
    }
}

/// With nothing before the keyword, a match begins at it or nowhere.
pub(crate) fn regex(detector: &Detector) -> Regex {
    let start = if detector.lead == 0 { r"\A" } else { "" };
    RegexBuilder::new(&format!("{start}(?:{})", detector.pattern))
        .unicode(false)
        .build()
        .expect("a test walks the table's patterns")
}

impl Compiled {
    pub(crate) fn pattern(&self) -> &Regex {
        self.pattern.get_or_init(|| regex(self.detector))
    }

    /// Whether a match may begin with a text, or would with its escapes undone or
    /// its literals put together.
    fn may_be(&self, text: &[u8]) -> bool {
        (self.detector.goes_on)(text)
            && (self.detector.lead > 0 || self.shape().glance.may_begin_respelled(text))
    }

    /// Whether a match may be in a text that has its keyword at its beginning,
    /// or as far behind that as one may be.
    fn may_match(&self, text: &[u8]) -> bool {
        let glance = &self.shape().glance;
        (self.detector.lead > 0 || glance.may_begin(text)) && glance.may_hold(text)
    }

    /// Whether its keyword, a word for a password, stands in what names nothing.
    pub(crate) fn is_by_chance(&self, text: &[u8], keyword: &Range<usize>) -> bool {
        self.detector.id.starts_with("password") && chance::is_in_turns(text, keyword)
    }

    /// Where the escapes around a keyword must be undone.
    fn undo(
        &self,
        keyword: &Range<usize>,
        undo: &mut Undo<'_>,
        budget: &mut Budget,
    ) -> Result<(), Exhausted> {
        let Detector { lead, reach, .. } = *self.detector;
        // A character has two bytes with its escape, and blanks may have more.
        let behind = 2 * reach + 64;
        match self.shape().spans {
            Spans::Escapes => {
                let before = if lead == 0 { 0 } else { 2 * lead + 2 };
                let searched = Cell::new(0);
                let is_there = |text: &[u8]| {
                    self.may_match(text) && {
                        searched.set(searched.get() + text.len());
                        self.pattern().is_match(text)
                    }
                };
                budget.work(undo.tried(keyword, before, behind, is_there))?;
                budget.work(SEARCH * searched.get())?;
            }
            // It may go on in more literals than one.
            Spans::Nothing => {
                undo.beginning(keyword, lead, 2 * behind);
                undo.literal(keyword, reach, 2 * behind);
            }
        }
        Ok(())
    }

    fn shape(&self) -> &Shape {
        self.shape.get_or_init(|| {
            let (glance, hir) =
                Glance::of(self.detector.pattern).expect("a test walks the table's patterns");
            let spans = if has_escaped(&hir) {
                Spans::Escapes
            } else {
                Spans::Nothing
            };
            Shape { spans, glance }
        })
    }

    /// Tries the pattern around a keyword that was seen. In vain costs more: what is
    /// found is not looked at again, and there is an end to how much is told.
    pub(crate) fn try_at(
        &self,
        index: usize,
        layer: &Layer<'_>,
        keyword: Range<usize>,
        budget: &mut Budget,
    ) -> Result<Option<Hit>, Exhausted> {
        let mut searched = 0;
        let hit = self.tried_at(index, layer, keyword, (budget, &mut searched))?;
        if hit.is_none() {
            budget.work(SEARCH * searched)?;
        }
        Ok(hit)
    }

    /// The same. Adds how much the pattern was searched in.
    fn tried_at(
        &self,
        index: usize,
        layer: &Layer<'_>,
        keyword: Range<usize>,
        (budget, searched): (&mut Budget, &mut usize),
    ) -> Result<Option<Hit>, Exhausted> {
        let Some(piece) = layer.piece_with(&keyword) else {
            return Ok(None);
        };
        let text = layer.text(piece);
        let at = keyword.start - piece.here.start;
        let to_keyword = keyword.end - piece.here.start;
        let from = at.saturating_sub(self.detector.lead);
        let to = text.len().min(at + self.detector.reach);
        let window = text.get(from..to).unwrap_or_default();
        budget.work(window.len())?;
        let Some((whole, secret)) = self.captures(window, at - from, searched) else {
            if !self.may_be_in_parts(text, at) {
                return Ok(None);
            }
            let in_pieces = self.in_pieces(index, (piece, text), at, (budget, searched))?;
            return match in_pieces {
                Some(hit) => Ok(Some(hit)),
                None => self.interrupted(index, (piece, text), at, (budget, searched)),
            };
        };
        let beside = |offset: Option<usize>| offset.and_then(|at| text.get(at)).copied();
        let before = beside((from + whole.start).checked_sub(1));
        let after = beside(Some(from + whole.end));
        let free = before.is_none_or(|b| self.detector.before.allows(b))
            && after.is_none_or(|b| self.detector.after.allows(b))
            && !lead::of_a_digest(text.get(..from + whole.start).unwrap_or_default());
        let value = window.get(secret.clone()).unwrap_or_default();
        let on = text.get(from + secret.start..).unwrap_or_default();
        let led = window.get(whole.start..secret.start).unwrap_or_default();
        let kept = free && (self.detector.check)(value) && (self.detector.led)(led, value);
        if !kept || (self.detector.exempt)(on) {
            return Ok(None);
        }
        let found = from + whole.start..from + whole.end;
        let by_chance = self.detector.lead == 0
            && chance::is_in_data(text, &found, text.get(at..to_keyword).unwrap_or_default());
        if by_chance && !decoded::is_checked(value) {
            return Ok(None);
        }
        // What has a beginning of its own stands farther within its own stretch.
        let cut = from == 0 && whole.start == 0 && self.detector.lead > 0;
        if cut && !piece.begins_text() {
            return Ok(None);
        }
        let base = piece.here.start + from;
        let range = base + secret.start..base + secret.end;
        Ok(Some(Hit {
            what: What::Detector(index),
            range,
            encoded: None,
            spelled: None,
        }))
    }

    /// Tries the pattern on the literals that go on from a keyword.
    fn in_pieces(
        &self,
        index: usize,
        (piece, text): (&Piece, &[u8]),
        at: usize,
        (budget, searched): (&mut Budget, &mut usize),
    ) -> Result<Option<Hit>, Exhausted> {
        let Some((joined, len)) = pieces::joined(text, at, self.detector.reach) else {
            return Ok(None);
        };
        budget.work(joined.len())?;
        let Some((whole, secret)) = self.captures(&joined, 0, searched) else {
            return Ok(None);
        };
        let after = joined.get(whole.end);
        let is_free = after.is_none_or(|b| self.detector.after.allows(*b));
        let rest = joined.get(secret.start..).unwrap_or_default();
        let value = joined.get(secret).unwrap_or_default();
        let is_one = is_free && (self.detector.check)(value) && !(self.detector.exempt)(rest);
        let start = piece.here.start + at;
        Ok(is_one.then(|| Hit::joined(index, start..start + len, value)))
    }

    /// Tries the pattern on what goes on from a keyword with something within it.
    fn interrupted(
        &self,
        index: usize,
        (piece, text): (&Piece, &[u8]),
        at: usize,
        (budget, searched): (&mut Budget, &mut usize),
    ) -> Result<Option<Hit>, Exhausted> {
        if !self.is_telling() {
            return Ok(None);
        }
        let from = text.get(at..).unwrap_or_default();
        let Some(all) = interrupted::joined(from, 2 * self.detector.reach + 64) else {
            return Ok(None);
        };
        for (joined, len) in all.tries() {
            budget.work(joined.len())?;
            let Some((whole, secret)) = self.captures(joined, 0, searched) else {
                continue;
            };
            let rest = joined.get(secret.start..).unwrap_or_default();
            let value = joined.get(secret).unwrap_or_default();
            let after = from.get(len);
            let is_one = whole.end == joined.len()
                && after.is_none_or(|b| self.detector.after.allows(*b))
                && (self.detector.check)(value)
                && !(self.detector.exempt)(rest)
                && free::is_random(value);
            if is_one {
                let start = piece.here.start + at;
                return Ok(Some(Hit::joined(index, start..start + len, value)));
            }
        }
        Ok(None)
    }

    /// Whether what a token begins with is no word, nor anything that base64 in lines
    /// may begin with.
    fn is_telling(&self) -> bool {
        let sign = |b: u8| !b.is_ascii_alphanumeric();
        let telling = |keyword: &&str| keyword.len() > 5 || keyword.bytes().any(sign);
        self.detector.keywords.iter().all(telling)
    }

    /// Whether a match that begins with its keyword may begin there, and has nothing in
    /// it that JSON escapes.
    fn may_be_in_parts(&self, text: &[u8], at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|at| text.get(at));
        self.detector.lead == 0
            && before.is_none_or(|b| self.detector.before.allows(*b))
            && self.shape().spans == Spans::Nothing
    }

    /// The match that covers `at`, and the secret in it.
    fn captures(&self, window: &[u8], at: usize, searched: &mut usize) -> Option<Captured> {
        if !self.may_match(window) {
            return None;
        }
        *searched += window.len();
        for captures in self.pattern().captures_iter(window) {
            let whole = captures.get(0)?.range();
            if whole.start > at {
                return None;
            }
            if at < whole.end {
                // Of its groups one takes part in a match.
                let secret = captures.iter().skip(1).flatten().next();
                let secret = secret.map_or_else(|| whole.clone(), |group| group.range());
                return Some((whole, secret));
            }
        }
        None
    }
}
