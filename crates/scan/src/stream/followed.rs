//! What a stream follows: how it begins, what it is given, how it ends.

use std::ops::Range;
use std::sync::Arc;

use super::follower::{Follower, Goes, Unpacker};
use super::waiting::Waiting;
use super::{Blocked, Released, Stream, Verdict};
use crate::budget::Exhausted;
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
    let holds = |packed: &Packed| {
        packed.outermost == Some(*view) && packed.range.start == finding.start
    };
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
        for Packed { range, outermost } in going_on {
            // What is packed in packed data goes on with that.
            let unpacker = outermost.and_then(|view| Some((view, Unpacker::of(view)?)));
            let Some((view, unpacker)) = unpacker else {
                verdict = Verdict::GoesOn;
                continue;
            };
            let start = self.offset + range.start;
            if done.contains(&(view, start)) {
                continue;
            }
            done.push((view, start));
            if self.followed.iter().any(|it| it.begins_at(view, start)) {
                continue;
            }
            let follower = Follower::new(view, unpacker, start, self.nested()?);
            self.give(follower, range.start..len, released)?;
        }
        Ok(verdict)
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
            return self.leave(follower, released);
        }
        let seen = follower.seen();
        self.followed.push(follower);
        self.admit(seen, released)
    }

    /// Reads the rest of what is followed no more.
    pub(super) fn leave(&mut self, follower: Follower, released: &mut Released) -> Result<(), Blocked> {
        let (seen, unpacked) = follower.end()?;
        self.unpacked = self.unpacked.saturating_add(unpacked);
        self.admit(seen, released)
    }

    /// Tells what was seen in packed data.
    fn admit(&mut self, seen: Released, released: &mut Released) -> Result<(), Blocked> {
        released.parts.extend(seen.parts);
        let mut findings = seen.findings.into_iter();
        findings.try_for_each(|finding| self.tell(finding, released))
    }

    /// A stream for what packed data of this one holds.
    fn nested(&self) -> Result<Self, Exhausted> {
        let depth = self.depth.checked_sub(1).ok_or(Exhausted::Nested)?;
        if Arc::strong_count(&self.seats) > MOST {
            return Err(Exhausted::Many);
        }
        let place = self.place.clone();
        let nested = Self::with_window(&self.scanner, place, &self.terms, self.window);
        Ok(Self {
            permitted: self.permitted.clone(),
            waiting: Waiting::length(),
            depth,
            seats: Arc::clone(&self.seats),
            ..nested
        })
    }

}
