//! Deflate data in its three wrappings, unpacked as it comes.
//!
//! Reads heads as `views::packed` does, which sees where it begins: whatever is
//! unpacked there from bytes that are all there is unpacked here from the same
//! bytes in pieces. Checks no sums, since what came out was read, right or wrong;
//! but for members that are all of a body, which are to be read in one way.

use flate2::{Crc, Decompress, Status};

use super::Blocked;
use super::follower::{Goes, Unpacked};
use crate::views::{GZIP, inflate_some};

/// Members of gzip, an entry of a zip, or a stream of zlib.
#[derive(Debug)]
pub(super) struct Deflated {
    kind: Kind,
    /// What is to come, the next one last.
    todo: Vec<Part>,
    /// The bytes so far of a part that is looked at whole.
    kept: Vec<u8>,
    /// Of what a member holds.
    sum: Crc,
    state: Decompress,
    chunk: Vec<u8>,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    /// Data of a body that says so, with no head before it.
    Bare,
    /// Members of gzip that are all of a body: nothing is hidden in them.
    Coded,
    Gzip,
    Zip,
    Zlib,
}

/// A part of such data.
#[derive(Clone, Copy, Debug)]
enum Part {
    Data,
    /// The beginning of a head, which says what else is in it.
    Head,
    /// The length of a field that follows.
    Length,
    /// So many bytes of anything.
    Skipped(usize),
    /// The sum and the size of what a member holds.
    Sums,
    /// Any bytes with a zero behind them.
    Text,
    /// Any number of zeros.
    Zeros,
}

/// What is unpacked at once.
pub(super) const CHUNK: usize = 16 * 1024;
/// The sum and the size behind a member's data.
const SUMS: usize = 8;

impl Deflated {
    /// Members that follow each other, as one text.
    pub(super) fn gzip() -> Self {
        Self::new(Kind::Gzip)
    }

    /// What one entry holds.
    pub(super) fn zip() -> Self {
        Self::new(Kind::Zip)
    }

    /// What one stream holds.
    pub(super) fn zlib() -> Self {
        Self::new(Kind::Zlib)
    }

    /// Members that are all of a body, where everything is as it should be.
    pub(super) fn coded_gzip() -> Self {
        Self::new(Kind::Coded)
    }

    /// The same of zlib data, of which the library reads head and sum.
    pub(super) fn coded_zlib() -> Self {
        Self {
            state: Decompress::new(true),
            ..Self::coded_bare()
        }
    }

    /// The same of bare data.
    pub(super) fn coded_bare() -> Self {
        Self {
            todo: vec![Part::Data],
            ..Self::new(Kind::Bare)
        }
    }

    fn new(kind: Kind) -> Self {
        Self {
            kind,
            sum: Crc::new(),
            todo: vec![Part::Head],
            kept: Vec::new(),
            state: Decompress::new(false),
            chunk: vec![0; CHUNK],
        }
    }

    /// Unpacks the next bytes.
    pub(super) fn push(&mut self, bytes: &[u8], out: &mut Unpacked) -> Result<Goes, Blocked> {
        let mut rest = bytes;
        while let Some(part) = self.todo.last().copied() {
            if rest.is_empty() {
                return Ok(Goes::On);
            }
            let used = match part {
                Part::Data => {
                    let Some(used) = self.inflate(rest, out)? else {
                        return Ok(Goes::Ended);
                    };
                    used
                }
                Part::Head | Part::Length | Part::Sums => {
                    let Some(used) = self.keep(part, rest, out) else {
                        return Ok(Goes::Ended);
                    };
                    used
                }
                Part::Skipped(_) | Part::Text | Part::Zeros => self.pass(part, rest, out),
            };
            rest = rest.get(used..).unwrap_or_default();
        }
        Ok(Goes::Ended)
    }

    /// Whether it is in the middle of something.
    pub(super) fn is_open(&self) -> bool {
        match self.todo.last() {
            None | Some(Part::Zeros) => false,
            Some(Part::Head) => !self.kept.is_empty(),
            Some(Part::Data | Part::Length | Part::Skipped(_) | Part::Sums | Part::Text) => true,
        }
    }

    /// How much of the bytes is data. None where it is none.
    fn inflate(&mut self, data: &[u8], out: &mut Unpacked) -> Result<Option<usize>, Blocked> {
        let mut used = 0;
        loop {
            out.mark();
            let rest = data.get(used..).unwrap_or_default();
            let (status, step, fresh) = inflate_some(&mut self.state, rest, &mut self.chunk);
            used += step;
            out.used(step);
            // What comes out before an error is read as well.
            let made = self.chunk.get(..fresh).unwrap_or_default();
            if let Kind::Coded = self.kind {
                self.sum.update(made);
            }
            out.put(made)?;
            match status {
                Ok(Status::StreamEnd) => {
                    self.ended();
                    return Ok(Some(used));
                }
                Ok(Status::Ok | Status::BufError) if step + fresh > 0 => {}
                Ok(_) if used == data.len() => return Ok(Some(used)),
                Ok(_) | Err(_) => return Ok(None),
            }
        }
    }

    /// What may follow the data.
    fn ended(&mut self) {
        self.todo.pop();
        let behind: &[Part] = match self.kind {
            Kind::Bare | Kind::Zip | Kind::Zlib => &[],
            Kind::Coded => &[Part::Head, Part::Sums],
            // Zeros behind a member are padding to everybody.
            Kind::Gzip => &[Part::Head, Part::Zeros, Part::Skipped(SUMS)],
        };
        self.todo.extend(behind);
    }

    /// Keeps a part until it is whole. None where it is not what it should be.
    fn keep(&mut self, part: Part, rest: &[u8], out: &mut Unpacked) -> Option<usize> {
        let wanted = match (part, self.kind) {
            (Part::Head, Kind::Gzip | Kind::Coded) if self.kept.len() < GZIP.len() => GZIP.len(),
            (Part::Head, Kind::Gzip | Kind::Coded) => 10,
            (Part::Head, Kind::Zip) => 30,
            (Part::Sums, _) => SUMS,
            _ => 2,
        };
        let step = wanted - self.kept.len().min(wanted);
        let step = step.min(rest.len());
        self.kept.extend_from_slice(rest.get(..step)?);
        out.used(step);
        if self.kept.len() < wanted {
            return Some(step);
        }
        if wanted == GZIP.len() {
            if self.kept != GZIP {
                return None;
            }
            out.begins(GZIP.len());
            return Some(step);
        }
        self.todo.pop();
        match part {
            Part::Length => self.todo.push(Part::Skipped(short(&self.kept, 0))),
            Part::Sums if !self.is_right() => return None,
            Part::Sums => self.sum.reset(),
            Part::Data | Part::Head | Part::Skipped(_) | Part::Text | Part::Zeros => {
                self.begin()?;
            }
        }
        self.kept.clear();
        Some(step)
    }

    /// What a head says of what follows (RFC 1952, 2.3; APPNOTE, 4.3.7). None
    /// where something is hidden in it.
    fn begin(&mut self) -> Option<()> {
        const TEXT: u8 = 1;
        const CHECKED: u8 = 2;
        const EXTRA: u8 = 4;
        const NAME: u8 = 8;
        const COMMENT: u8 = 16;
        self.state.reset(false);
        self.todo.push(Part::Data);
        match self.kind {
            Kind::Gzip | Kind::Coded => {
                let flags = self.kept.get(3).copied().unwrap_or_default();
                // Fields that decoders skip could carry anything.
                if matches!(self.kind, Kind::Coded) && flags & !(CHECKED | NAME | TEXT) != 0 {
                    return None;
                }
                let fields = [
                    (CHECKED, Part::Skipped(2)),
                    (COMMENT, Part::Text),
                    (NAME, Part::Text),
                    (EXTRA, Part::Length),
                ];
                let there = fields.iter().filter(|(flag, _)| flags & flag != 0);
                self.todo.extend(there.map(|(_, part)| part));
            }
            Kind::Zip => {
                let names = short(&self.kept, 26) + short(&self.kept, 28);
                self.todo.push(Part::Skipped(names));
            }
            Kind::Bare | Kind::Zlib => {}
        }
        Some(())
    }

    /// Whether a member's sum and size are those of what it held.
    fn is_right(&self) -> bool {
        let right = [
            self.sum.sum().to_le_bytes(),
            self.sum.amount().to_le_bytes(),
        ];
        self.kept == right.concat()
    }

    /// Passes over what is read as it stands.
    fn pass(&mut self, part: Part, rest: &[u8], out: &mut Unpacked) -> usize {
        let ends = if let Part::Skipped(left) = part {
            (left <= rest.len()).then_some(left)
        } else if let Part::Text = part {
            memchr::memchr(0, rest).map(|at| at + 1)
        } else {
            rest.iter().position(|byte| *byte != 0)
        };
        let used = ends.unwrap_or(rest.len());
        out.used(used);
        self.todo.pop();
        if let (None, Part::Skipped(left)) = (ends, part) {
            self.todo.push(Part::Skipped(left - used));
        } else if ends.is_none() {
            self.todo.push(part);
        }
        used
    }
}

/// Two bytes, the lower one first.
fn short(bytes: &[u8], at: usize) -> usize {
    let bytes = bytes.get(at..).and_then(<[u8]>::first_chunk);
    bytes.map_or(0, |bytes| usize::from(u16::from_le_bytes(*bytes)))
}
