//! Packed data that goes on behind what was scanned, followed to its end.
//!
//! What it unpacks to goes into a stream of its own, which scans it in the same
//! way, packed data in it included. Marks say which packed bytes made what was
//! unpacked, so that of the packed bytes none leaves before what it makes was
//! read, and findings have a place in the body. Decides nothing about the body
//! itself: its bytes are read as they stand, whatever is followed.

use std::collections::VecDeque;
use std::ops::Range;

use super::coded::Coded;
use super::deflated::Deflated;
use super::digits::{Digits, GROUP};
use super::frames::Frames;
use super::{Blocked, End, Released, Stream};
use crate::budget::Exhausted;
use crate::content::Limits;
use crate::finding::View;

/// Packed data on its way.
#[derive(Debug)]
pub(super) struct Follower {
    unpacker: Unpacker,
    out: Unpacked,
}

/// Whether more of it may come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Goes {
    On,
    /// At its end, or where it is no such data.
    Ended,
}

/// How it is unpacked.
#[derive(Debug)]
pub(super) enum Unpacker {
    Coded(Box<Coded>),
    Deflated(Box<Deflated>),
    Digits(Digits),
    Frames(Box<Frames>),
}

/// What was unpacked, and where it came from.
#[derive(Debug)]
pub(super) struct Unpacked {
    /// The view that shows the same.
    view: Option<View>,
    nested: Box<Stream>,
    /// Where in the body the packed data begins.
    start: usize,
    /// How much of it was read.
    read: usize,
    /// How much of it was made.
    made: usize,
    /// In the order of both sides. The first one is never behind what is asked.
    marks: VecDeque<Mark>,
    /// Where in the body its parts begin: what follows one belongs to it.
    parts: Vec<usize>,
    /// What was seen in it and is not told.
    seen: Released,
}

/// What is unpacked from `made` on comes from the packed bytes from `read` on.
#[derive(Clone, Copy, Debug)]
struct Mark {
    made: usize,
    read: usize,
}

/// Of what was read before a mark, so much may have a part in what is behind
/// it: bits that are not used up, and a copy that is not at its end.
const SLACK: usize = 32;
/// How far before what is gone a finding may begin.
const NEAR: usize = 4096;

impl Follower {
    /// Follows data of a kind from its place in the body on.
    pub(super) fn new(
        view: Option<View>,
        unpacker: Unpacker,
        start: usize,
        nested: Stream,
    ) -> Self {
        let out = Unpacked {
            view,
            nested: Box::new(nested),
            start,
            read: 0,
            made: 0,
            marks: VecDeque::from([Mark { made: 0, read: 0 }]),
            parts: vec![start],
            seen: Released::default(),
        };
        Self { unpacker, out }
    }

    /// Unpacks and reads the next bytes.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Result<Goes, Blocked> {
        match &mut self.unpacker {
            Unpacker::Coded(coded) => coded.push(bytes, &mut self.out),
            Unpacker::Deflated(deflated) => deflated.push(bytes, &mut self.out),
            Unpacker::Digits(digits) => digits.push(bytes, &mut self.out),
            Unpacker::Frames(frames) => frames.push(bytes, &mut self.out),
        }
    }

    /// Reads what is left, and gives what was seen in it, and how much was
    /// unpacked in all. Where the data broke
    /// off, that is all that was unpacked before: no reader has more of it,
    /// since all are stopped at the same place. What stands behind is read as
    /// it is, and packed data that begins there is followed by itself.
    pub(super) fn end(mut self, end: End) -> Result<(Released, usize), Blocked> {
        let end = match &mut self.unpacker {
            Unpacker::Coded(coded) => {
                coded.end()?;
                End::All
            }
            Unpacker::Deflated(_) => End::All,
            // A run that is broken by a sign may go on behind that.
            Unpacker::Digits(digits) => {
                digits.end(&mut self.out)?;
                end
            }
            Unpacker::Frames(frames) => {
                frames.end(&mut self.out)?;
                End::All
            }
        };
        let seen = self.out.end(end)?;
        Ok((seen, self.out.all()))
    }

    /// What was seen since this was asked last.
    pub(super) fn seen(&mut self) -> Released {
        std::mem::take(&mut self.out.seen)
    }

    /// Up to where in the body everything was read that it unpacks to.
    pub(super) fn safe(&self) -> usize {
        let mark = self.out.mark_before(self.out.nested.gone());
        self.out.start + mark.read.saturating_sub(SLACK)
    }

    /// Whether what begins at a place in the body is a part of it.
    pub(super) fn covers(&self, view: View, start: usize) -> bool {
        if self.out.view != Some(view) {
            return false;
        }
        match self.unpacker {
            // What else begins in the same run, with the same groups.
            Unpacker::Digits(_) => start
                .checked_sub(self.out.start)
                .is_some_and(|behind| behind.is_multiple_of(GROUP)),
            Unpacker::Coded(_) | Unpacker::Deflated(_) | Unpacker::Frames(_) => {
                self.out.parts.contains(&start)
            }
        }
    }

    /// Where in the body it begins.
    pub(super) fn start(&self) -> usize {
        self.out.start
    }

    /// Whether it would go on.
    pub(super) fn is_open(&self) -> bool {
        match &self.unpacker {
            Unpacker::Coded(_) => false,
            Unpacker::Deflated(deflated) => deflated.is_open(),
            Unpacker::Digits(_) => true,
            Unpacker::Frames(frames) => frames.is_open(),
        }
    }

    /// Forgets the beginnings that nobody will see again.
    pub(super) fn forget(&mut self, before: usize) {
        self.out.parts.retain(|start| *start >= before);
    }

    /// How much was unpacked, here and in what is nested in it.
    pub(super) fn unpacked(&self) -> usize {
        self.out.all()
    }

    /// What it holds in memory.
    #[cfg(test)]
    pub(super) fn holds(&self) -> usize {
        self.out.nested.holds() + self.out.marks.len() * size_of::<Mark>() + self.out.parts.len()
    }
}

impl Unpacker {
    /// For what a view of packed data shows.
    pub(super) fn of(view: View) -> Option<Self> {
        Self::maker(view).map(|make| make())
    }

    /// Whether what a view shows can be followed.
    pub(super) fn is_for(view: View) -> bool {
        Self::maker(view).is_some()
    }

    fn maker(view: View) -> Option<fn() -> Self> {
        let makers: [(View, fn() -> Self); 4] = [
            (View::Gzip, || Self::deflated(Deflated::gzip())),
            (View::Zip, || Self::deflated(Deflated::zip())),
            (View::Zlib, || Self::deflated(Deflated::zlib())),
            (View::Zstd, || Self::Frames(Box::new(Frames::new()))),
        ];
        let mut makers = makers.into_iter();
        makers.find(|(of, _)| *of == view).map(|(_, make)| make)
    }

    /// For a run of base64.
    pub(super) fn digits() -> Self {
        Self::Digits(Digits::default())
    }

    fn deflated(data: Deflated) -> Self {
        Self::Deflated(Box::new(data))
    }
}

impl Unpacked {
    /// So many more bytes were read.
    pub(super) fn used(&mut self, len: usize) {
        self.read += len;
    }

    /// How much of the packed data was read.
    pub(super) fn read(&self) -> usize {
        self.read
    }

    /// A part began so many bytes ago.
    pub(super) fn begins(&mut self, ago: usize) {
        let start = (self.start + self.read).saturating_sub(ago);
        if self.parts.last() != Some(&start) {
            self.parts.push(start);
        }
    }

    /// What is unpacked next comes from what is read next.
    pub(super) fn mark(&mut self) {
        self.mark_behind(0, 0);
    }

    /// What is unpacked behind so many more bytes comes from what was read so
    /// many bytes ago, and later.
    pub(super) fn mark_behind(&mut self, more: usize, ago: usize) {
        let mark = Mark {
            made: self.made + more,
            read: self.read.saturating_sub(ago),
        };
        match self.marks.back_mut() {
            Some(last) if last.made == mark.made => *last = mark,
            _ => self.marks.push_back(mark),
        }
    }

    /// Reads what was unpacked.
    pub(super) fn put(&mut self, bytes: &[u8]) -> Result<(), Blocked> {
        self.made += bytes.len();
        let seen = self.nested.push(bytes);
        self.take(seen)?;
        let Limits { bytes, ratio } = Limits::default();
        if self.all() > bytes.max(self.read.saturating_mul(ratio)) {
            return Err(Exhausted::Unpacked.into());
        }
        let gone = self.nested.gone();
        while self.marks.get(1).is_some_and(|m| m.made + NEAR <= gone) {
            self.marks.pop_front();
        }
        Ok(())
    }

    fn end(&mut self, end: End) -> Result<Released, Blocked> {
        let seen = self.nested.end(end);
        self.take(seen)?;
        Ok(std::mem::take(&mut self.seen))
    }

    fn all(&self) -> usize {
        self.made.saturating_add(self.nested.unpacked())
    }

    /// Takes what a stream saw in what was unpacked.
    fn take(&mut self, seen: Result<Released, Blocked>) -> Result<(), Blocked> {
        let mut seen = match seen {
            Ok(seen) => seen,
            Err(Blocked::Found(mut findings)) => {
                for finding in &mut findings {
                    self.lift(&mut finding.start, &mut finding.end, &mut finding.decoding);
                }
                return Err(Blocked::Found(findings));
            }
            Err(blocked) => return Err(blocked),
        };
        for finding in &mut seen.findings {
            self.lift(&mut finding.start, &mut finding.end, &mut finding.decoding);
        }
        for part in &mut seen.parts {
            self.lift(&mut part.start, &mut part.end, &mut part.decoding);
        }
        self.seen.findings.append(&mut seen.findings);
        self.seen.parts.append(&mut seen.parts);
        Ok(())
    }

    /// Makes a place in what was unpacked one in the body.
    fn lift(&self, start: &mut usize, end: &mut usize, decoding: &mut Vec<View>) {
        decoding.splice(0..0, self.view);
        let Range {
            start: from,
            end: to,
        } = self.packed(*start..*end);
        (*start, *end) = (from, to);
    }

    /// The packed bytes from which a part of what was unpacked comes.
    fn packed(&self, range: Range<usize>) -> Range<usize> {
        let start = self.mark_before(range.start).read;
        let behind = self.marks.partition_point(|mark| mark.made < range.end);
        let end = self.marks.get(behind).map_or(self.read, |mark| mark.read);
        self.start + start..self.start + end.max(start + 1)
    }

    /// The last mark that is not behind a place in what was unpacked.
    fn mark_before(&self, made: usize) -> Mark {
        let behind = self.marks.partition_point(|mark| mark.made <= made);
        let mark = behind.checked_sub(1).and_then(|at| self.marks.get(at));
        let first = self.marks.front();
        mark.or(first).copied().unwrap_or(Mark { made: 0, read: 0 })
    }
}
