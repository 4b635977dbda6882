//! Bodies too long to hold: what matched never leaves all the same.
//!
//! The body is cut into segments at fixed offsets, whatever the chunks it
//! comes in, so the findings do not depend on them. Each segment is scanned
//! whole, together with the window behind it, before its first byte is
//! released; a match no longer than the window lies in the segment that it
//! begins in. Memory is bounded by segment and window, not by the body.
//!
//! Packed data that goes on behind a segment is followed (`follower`): it is
//! unpacked as it comes, what it holds is a stream of its own, and its bytes
//! wait until that was scanned. So the same data is read as in a body that is
//! held, whatever its length. The bytes themselves go on being scanned as they
//! stand: a sign may be none, and much stands behind packed data or stored in
//! it. A run of base64 that packed data begins in is followed in the same way;
//! in any other encoding it is waited for: the segment grows with it, up to a
//! limit past which the body is refused.

mod brotli;
mod coded;
mod deflated;
mod digits;
mod followed;
mod follower;
mod frames;
mod waiting;

use std::sync::Arc;

use bottle_policy::{Action, InspectTerms};

use crate::budget::{Budget, Exhausted};
use crate::content::{self, ContentError};
use crate::detectors::MAX_MATCH;
use crate::finding::{Finding, Input, Place};
use crate::known::KnownId;
use crate::scanner::Scanner;
use crate::spread::Part;
use crate::views::{DEPTH, Packed};
use followed::is_followed;
use follower::Follower;
use waiting::Waiting;

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
    /// The bytes that are not scanned, and before them the context.
    held: Vec<u8>,
    /// How much of `held` is context: scanned already, but looked at again.
    context: usize,
    /// The offset in the body of the first held byte.
    offset: usize,
    /// Packed data that went on behind what was scanned.
    followed: Vec<Follower>,
    /// Up to where in the body it was unpacked.
    fed: usize,
    /// What was unpacked from data that is followed no more.
    unpacked: usize,
    /// The bytes that were scanned and are not released.
    waiting: Waiting,
    /// Findings that may be seen again.
    recent: Vec<Finding>,
    /// How many streams may be nested in this one.
    depth: usize,
    /// One for each stream of one body.
    seats: Arc<()>,
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
    /// Its content coding cannot be undone to the end.
    #[error(transparent)]
    Unreadable(#[from] ContentError),
    /// Something that must not leave. A stream cannot ask or redact: it blocks.
    #[error("the stream holds what must not leave")]
    Found(Vec<Finding>),
}

/// What a scan said of what is held.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Verdict {
    Clear,
    /// Packed data that is not followed begins in what could go, and may go on
    /// behind what is held.
    GoesOn,
}

/// What is behind the last byte.
#[derive(Clone, Copy, Debug, PartialEq)]
enum End {
    /// Nothing: that was all.
    All,
    /// Something that we take for no part of it, and others may.
    Cut,
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
/// What waits at most for what it unpacks to. The largest window of zstd, twice.
const MOST_WAITING: usize = 16 << 20;
/// The most findings that are kept because they may be seen again.
const MOST_RECENT: usize = 1 << 14;

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

    /// Undoes the codings of a `Content-Encoding` header as the body comes, and
    /// scans what that makes besides the body itself. To be called last, before
    /// the first byte.
    ///
    /// # Errors
    /// A coding that cannot be undone, or too many of them.
    pub fn coded(mut self, encoding: &str) -> Result<Self, ContentError> {
        self.undo(&content::codings(encoding)?);
        Ok(self)
    }

    /// Takes the next bytes and gives those that may go.
    pub fn push(&mut self, bytes: &[u8]) -> Result<Released, Blocked> {
        self.check_open()?;
        // Until the verdict is in, nothing may go.
        self.state = State::Blocked;
        self.held.extend_from_slice(bytes);
        let mut released = Released::default();
        loop {
            let step = self.window * SEGMENT * self.span;
            let (len, end) = (self.context + step + self.window, self.context + step);
            if self.held.len() < len {
                break;
            }
            self.feed(len, &mut released)?;
            let going_on = self.segment(len, end, &mut released)?;
            match self.follow(going_on, len, &mut released)? {
                Verdict::Clear => {
                    self.clear(step);
                    self.release(&mut released)?;
                    self.span = 1;
                }
                Verdict::GoesOn if self.span < MOST => self.span *= 2,
                Verdict::GoesOn => return Err(Exhausted::Held.into()),
            }
        }
        self.state = State::Open;
        Ok(released)
    }

    /// Ends the body and gives the rest.
    pub fn finish(mut self) -> Result<Released, Blocked> {
        self.end(End::All)
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
            followed: Vec::new(),
            fed: 0,
            unpacked: 0,
            waiting: Waiting::bytes(),
            recent: Vec::new(),
            depth: DEPTH,
            seats: Arc::default(),
            state: State::Open,
        }
    }

    /// Ends the body. Nothing may follow.
    fn end(&mut self, end: End) -> Result<Released, Blocked> {
        self.check_open()?;
        self.state = State::Blocked;
        let mut released = Released::default();
        let all = self.held.len();
        self.feed(all, &mut released)?;
        // What goes on here ends here: the scan unpacked all that there is of it.
        let mut going_on = self.segment(all, all, &mut released)?;
        if end == End::Cut {
            going_on.retain(|packed| packed.range.start + BEHIND < all);
            let verdict = self.follow(going_on, all, &mut released)?;
            if verdict == Verdict::GoesOn || self.is_cut() {
                return Err(Exhausted::Held.into());
            }
        }
        for follower in std::mem::take(&mut self.followed) {
            self.leave(follower, end, &mut released)?;
        }
        self.clear(all - self.context);
        self.release(&mut released)?;
        Ok(released)
    }

    /// How much of the body was released.
    fn gone(&self) -> usize {
        self.waiting.gone()
    }

    /// How much was unpacked from what is in it.
    fn unpacked(&self) -> usize {
        let followed = self.followed.iter().map(Follower::unpacked);
        followed.fold(self.unpacked, usize::saturating_add)
    }

    fn check_open(&self) -> Result<(), Blocked> {
        match self.state {
            State::Blocked => Err(Blocked::Before),
            State::Open => Ok(()),
        }
    }

    /// Scans the first `len` held bytes, of which those before `end` may go, and
    /// gives the packed data that may go on behind them.
    fn segment(
        &mut self,
        len: usize,
        end: usize,
        released: &mut Released,
    ) -> Result<Vec<Packed>, Blocked> {
        let bytes = self.held.get(..len).unwrap_or(&self.held);
        let input = Input::new(&self.place, bytes);
        let mut budget = Budget::for_input(bytes.len());
        let mut seen = self.scanner.look_apart(input, &self.terms, &mut budget)?;
        let mut going_on = std::mem::take(&mut seen.packed);
        going_on.retain(|Packed { range, .. }| range.start < end && range.end + BEHIND >= len);
        if end < len {
            // Text that is cut may look like what it is not: who follows it sees it
            // whole. It must not stand for what is seen elsewhere either.
            seen.findings.retain(|f| !is_followed(f, &going_on));
        }
        let seen = self.scanner.whole(seen, input, &self.terms);
        released.parts.extend(seen.parts);
        let mut stops = Vec::new();
        for mut finding in seen.findings {
            // What begins behind the end stays, and the next segment sees it whole.
            if finding.start >= end {
                continue;
            }
            finding.start += self.offset;
            finding.end += self.offset;
            if finding.known.is_some_and(|id| self.permitted.contains(&id)) {
                continue;
            }
            match finding.action {
                Action::Off => {}
                Action::Warn => self.tell(finding, released)?,
                Action::Ask | Action::Block | Action::Redact => {
                    if !self.is_told(&finding) {
                        stops.push(finding);
                    }
                }
            }
        }
        if !stops.is_empty() {
            return Err(Blocked::Found(stops));
        }
        Ok(going_on)
    }

    /// Tells of what is let pass, once.
    fn tell(&mut self, finding: Finding, released: &mut Released) -> Result<(), Blocked> {
        if self.is_told(&finding) {
            return Ok(());
        }
        if self.recent.len() >= MOST_RECENT {
            return Err(Exhausted::Findings.into());
        }
        self.recent.push(finding.clone());
        released.findings.push(finding);
        Ok(())
    }

    fn is_told(&self, new: &Finding) -> bool {
        self.recent.iter().any(|old| {
            old.detector == new.detector
                && old.fingerprint == new.fingerprint
                && old.start < new.end
                && new.start < old.end
        })
    }

    /// Takes `len` more bytes for scanned, and keeps the last of them as context.
    fn clear(&mut self, len: usize) {
        let end = self.context + len;
        self.waiting
            .add(self.held.get(self.context..end).unwrap_or_default());
        let drop = end.saturating_sub(CONTEXT);
        self.held.drain(..drop.min(self.held.len()));
        self.context = end - drop;
        self.offset += drop;
    }

    /// Lets go what was scanned in every way.
    fn release(&mut self, released: &mut Released) -> Result<(), Exhausted> {
        let safe = self.followed.iter().map(Follower::safe).min();
        self.waiting
            .release(safe.unwrap_or(usize::MAX), &mut released.bytes);
        if self.waiting.len() > MOST_WAITING {
            return Err(Exhausted::Held);
        }
        let seen_again = self.offset.min(self.gone());
        self.recent.retain(|finding| finding.end > seen_again);
        for follower in &mut self.followed {
            follower.forget(self.offset);
        }
        Ok(())
    }

    /// What it holds in memory, but for the windows of decoders.
    #[cfg(test)]
    pub(crate) fn holds(&self) -> usize {
        let followed: usize = self.followed.iter().map(Follower::holds).sum();
        self.held.capacity() + self.waiting.holds() + followed
    }
}
