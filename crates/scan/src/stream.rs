//! Bodies too long to hold: what matched never leaves all the same.
//!
//! The body is cut into segments at fixed offsets, whatever the chunks it
//! comes in, so the findings do not depend on them. Each segment is scanned
//! whole, together with the window behind it, before its first byte is
//! released; a match no longer than the window lies in the segment that it
//! begins in. Memory is bounded by segment and window, not by the body.
//! Packed data that goes on behind a segment is waited for: the segment grows
//! with it, up to a limit past which the body is refused.

use std::ops::Range;

use bottle_policy::{Action, InspectTerms};

use crate::budget::Exhausted;
use crate::detectors::MAX_MATCH;
use crate::finding::{Finding, Input, Place};
use crate::known::KnownId;
use crate::scanner::Scanner;
use crate::spread::Part;

/// A body on its way.
#[derive(Debug)]
pub struct Stream {
    scanner: Scanner,
    place: Place,
    terms: InspectTerms,
    permitted: Vec<KnownId>,
    window: usize,
    /// How many segments are held together.
    span: usize,
    /// The bytes that are not released, and before them the context.
    held: Vec<u8>,
    /// How much of `held` is context: released already, but looked at again.
    context: usize,
    /// The offset in the body of the first held byte.
    offset: usize,
    /// Findings that the next segment will see again.
    recent: Vec<Finding>,
    state: State,
}

/// Bytes that may go, and what was seen in them that lets them go.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Released {
    /// In order, right behind those released before.
    pub bytes: Vec<u8>,
    /// New findings whose action is to warn.
    pub findings: Vec<Finding>,
    /// Parts of known values in what may go next, for a [`crate::Spread`].
    pub parts: Vec<Part>,
}

/// Why nothing more may go.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Blocked {
    /// The stream was blocked before.
    #[error("the stream was blocked")]
    Before,
    /// The scan gave no answer.
    #[error(transparent)]
    Exhausted(#[from] Exhausted),
    /// Something that must not leave. A stream cannot ask or redact: it blocks.
    #[error("the stream holds what must not leave")]
    Found(Vec<Finding>),
}

/// What a scan said of what is held.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Verdict {
    Clear,
    /// Packed data begins in what could go, and may go on behind what is held.
    GoesOn,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Blocked,
    Open,
}

/// The longest match, in the longest encoding that is followed with certainty:
/// a pattern's longest match sixty-four times over.
const WINDOW: usize = 64 * MAX_MATCH;
/// A known value may be longer than any pattern's match.
const KNOWN_GROWTH: usize = 16;
/// Segments for each window: what is scanned twice is one part of these.
const SEGMENT: usize = 4;
/// The most segments that are held together: what fits into a body that is
/// held whole.
const MOST: usize = 32;
/// What may stand between the end of packed data, in whatever encoding, and the
/// end of what is held.
const BEHIND: usize = 256;
/// What stands before a match and decides about it: boundaries, escapes.
const CONTEXT: usize = 1024;

impl Stream {
    /// A body that begins.
    pub fn new(scanner: &Scanner, place: Place, terms: &InspectTerms) -> Self {
        let window = WINDOW.max(scanner.longest_known() * KNOWN_GROWTH);
        Self::with_window(scanner, place, terms, window)
    }

    /// Lets these known values pass: the placeholders of the route's own credential.
    #[must_use]
    pub fn permit(mut self, known: impl IntoIterator<Item = KnownId>) -> Self {
        self.permitted.extend(known);
        self
    }

    /// Takes the next bytes and gives those that may go.
    pub fn push(&mut self, bytes: &[u8]) -> Result<Released, Blocked> {
        self.check_open()?;
        self.held.extend_from_slice(bytes);
        let mut released = Released::default();
        loop {
            let step = self.window * SEGMENT * self.span;
            let (len, end) = (self.context + step + self.window, self.context + step);
            if self.held.len() < len {
                break;
            }
            match self.segment(len, end, &mut released)? {
                Verdict::Clear => {
                    self.release(step, &mut released);
                    self.span = 1;
                }
                Verdict::GoesOn if self.span < MOST => self.span *= 2,
                Verdict::GoesOn => {
                    self.state = State::Blocked;
                    return Err(Exhausted::Held.into());
                }
            }
        }
        Ok(released)
    }

    /// Ends the body and gives the rest.
    pub fn finish(mut self) -> Result<Released, Blocked> {
        self.check_open()?;
        let mut released = Released::default();
        let all = self.held.len();
        self.segment(all, all, &mut released)?;
        self.release(self.held.len() - self.context, &mut released);
        Ok(released)
    }

    pub(crate) fn with_window(
        scanner: &Scanner,
        place: Place,
        terms: &InspectTerms,
        window: usize,
    ) -> Self {
        Self {
            scanner: scanner.clone(),
            place,
            terms: terms.clone(),
            permitted: Vec::new(),
            window,
            span: 1,
            held: Vec::new(),
            context: 0,
            offset: 0,
            recent: Vec::new(),
            state: State::Open,
        }
    }

    fn check_open(&self) -> Result<(), Blocked> {
        match self.state {
            State::Blocked => Err(Blocked::Before),
            State::Open => Ok(()),
        }
    }

    /// Scans the first `len` held bytes, of which those before `end` may go.
    fn segment(
        &mut self,
        len: usize,
        end: usize,
        released: &mut Released,
    ) -> Result<Verdict, Blocked> {
        let bytes = self.held.get(..len).unwrap_or(&self.held);
        let result = self
            .scanner
            .look(Input::new(&self.place, bytes), &self.terms);
        // Until the verdict is in, nothing may go.
        self.state = State::Blocked;
        let mut stops = Vec::new();
        let seen = result?;
        let goes_on = |packed: &Range<usize>| packed.start < end && packed.end + BEHIND >= len;
        let verdict = if seen.packed.iter().any(goes_on) {
            Verdict::GoesOn
        } else {
            Verdict::Clear
        };
        released.parts.extend(seen.parts);
        for mut finding in seen.findings {
            // What begins behind the end stays, and the next segment sees it whole.
            if finding.start >= end {
                continue;
            }
            finding.start += self.offset;
            finding.end += self.offset;
            if finding.known.is_some_and(|id| self.permitted.contains(&id))
                || self.is_told(&finding)
            {
                continue;
            }
            match finding.action {
                Action::Off => {}
                Action::Warn => {
                    self.recent.push(finding.clone());
                    released.findings.push(finding);
                }
                Action::Ask | Action::Block | Action::Redact => stops.push(finding),
            }
        }
        if !stops.is_empty() {
            return Err(Blocked::Found(stops));
        }
        self.state = State::Open;
        Ok(verdict)
    }

    fn is_told(&self, new: &Finding) -> bool {
        self.recent.iter().any(|old| {
            old.detector == new.detector
                && old.fingerprint == new.fingerprint
                && old.start < new.end
                && new.start < old.end
        })
    }

    /// Lets `len` more bytes go, and keeps the last of them as context.
    fn release(&mut self, len: usize, released: &mut Released) {
        let end = self.context + len;
        released
            .bytes
            .extend_from_slice(self.held.get(self.context..end).unwrap_or_default());
        let drop = end.saturating_sub(CONTEXT);
        self.held.drain(..drop.min(self.held.len()));
        self.context = end - drop;
        self.offset += drop;
        self.recent.retain(|finding| finding.end > self.offset);
    }
}
