//! What a stream follows: how it begins, what it is given, how it ends.

use std::ops::Range;
use std::sync::Arc;

use super::coded::Coded;
use super::digits::is_digit;
use super::follower::{Follower, Goes, Unpacker};
use super::waiting::Waiting;
use super::{BEHIND, Blocked, End, Released, Stream, Verdict};
use crate::budget::Exhausted;
use crate::content::Coding;
use crate::finding::{Finding, View};
use crate::views::Packed;

/// The most packed data of one body that is followed at once, in one another
/// or beside each other.
const MOST: usize = 8;

/// Whether a finding is one in packed data that goes on and can be followed.
pub(super) fn is_followed(finding: &Finding, going_on: &[Packed]) -> bool {
    let Some(view) = finding.decoding.first() else {
        return false;
    };
    let holds =
        |packed: &Packed| packed.outermost == Some(*view) && packed.range.start == finding.start;
    Unpacker::is_for(*view) && going_on.iter().any(holds)
}

impl Stream {
    /// Follows what goes on behind the first `len` held bytes, where it can be.
    pub(super) fn follow(
        &mut self,
        going_on: Vec<Packed>,
        len: usize,
        released: &mut Released,
    ) -> Result<Verdict, Blocked> {
        let mut verdict = Verdict::Clear;
        let mut done: Vec<(View, usize)> = Vec::new();
        for packed in going_on {
            // What is packed in packed data goes on with that.
            let part = packed.decoded.start..len;
            let Some((view, unpacker)) = self.unpacker(&packed, &part) else {
                verdict = Verdict::GoesOn;
                continue;
            };
            let start = self.offset + part.start;
            if done.contains(&(view, start)) {
                continue;
            }
            done.push((view, start));
            if self.followed.iter().any(|it| it.covers(view, start)) {
                continue;
            }
            let follower = Follower::new(Some(view), unpacker, start, self.nested()?);
            self.give(follower, part, released)?;
        }
        Ok(verdict)
    }

    /// How packed data is unpacked that stands in a part of the held bytes.
    fn unpacker(&self, packed: &Packed, part: &Range<usize>) -> Option<(View, Unpacker)> {
        let view = packed.outermost?;
        if view == View::Base64 {
            let digits = self.held.get(part.clone())?;
            let is_run = digits.iter().copied().all(is_digit);
            return is_run.then(|| (view, Unpacker::digits()));
        }
        Some((view, Unpacker::of(view)?))
    }

    /// Whether packed data breaks off at the end, which began well before it:
    /// what began close to it, the stream above has seen whole.
    pub(super) fn is_cut(&self) -> bool {
        let end = self.offset + self.held.len();
        let is_long = |it: &&Follower| it.start() + BEHIND < end;
        self.followed.iter().filter(is_long).any(Follower::is_open)
    }

    /// Gives what is followed the bytes that it did not have, up to `len`.
    pub(super) fn feed(&mut self, len: usize, released: &mut Released) -> Result<(), Blocked> {
        let fresh = self.fed.saturating_sub(self.offset)..len;
        for follower in std::mem::take(&mut self.followed) {
            self.give(follower, fresh.clone(), released)?;
        }
        self.fed = self.offset + len;
        Ok(())
    }

    /// Gives one a part of the held bytes, and keeps it if it goes on.
    fn give(
        &mut self,
        mut follower: Follower,
        part: Range<usize>,
        released: &mut Released,
    ) -> Result<(), Blocked> {
        let goes = follower.push(self.held.get(part).unwrap_or_default())?;
        if goes == Goes::Ended {
            return self.leave(follower, End::Cut, released);
        }
        let seen = follower.seen();
        self.followed.push(follower);
        self.admit(seen, released)
    }

    /// Reads the rest of what is followed no more.
    pub(super) fn leave(
        &mut self,
        follower: Follower,
        end: End,
        released: &mut Released,
    ) -> Result<(), Blocked> {
        let (seen, unpacked) = follower.end(end)?;
        self.unpacked = self.unpacked.saturating_add(unpacked);
        self.admit(seen, released)
    }

    /// Tells what was seen in packed data.
    fn admit(&mut self, seen: Released, released: &mut Released) -> Result<(), Blocked> {
        released.parts.extend(seen.parts);
        let mut findings = seen.findings.into_iter();
        findings.try_for_each(|finding| self.tell(finding, released))
    }

    /// Undoes the codings of the whole body, of which nothing has come yet, each
    /// in a stream of its own. They do not count as nesting.
    pub(super) fn undo(&mut self, codings: &[Coding]) {
        let Some((outermost, others)) = codings.split_first() else {
            return;
        };
        let mut nested = self.within(self.depth);
        nested.undo(others);
        let unpacker = Unpacker::Coded(Box::new(Coded::new(*outermost)));
        let follower = Follower::new(Coded::view(*outermost), unpacker, 0, nested);
        self.followed.push(follower);
    }

    /// A stream for what packed data of this one holds.
    fn nested(&self) -> Result<Self, Exhausted> {
        let depth = self.depth.checked_sub(1).ok_or(Exhausted::Nested)?;
        if Arc::strong_count(&self.seats) > MOST {
            return Err(Exhausted::Many);
        }
        Ok(self.within(depth))
    }

    fn within(&self, depth: usize) -> Self {
        let place = self.place.clone();
        let nested = Self::with_window(&self.scanner, place, &self.terms, self.window);
        Self {
            permitted: self.permitted.clone(),
            waiting: Waiting::length(),
            depth,
            seats: Arc::clone(&self.seats),
            ..nested
        }
    }
}
