//! The work that one scan may do, in bytes looked at.
//!
//! Counted, not timed, so the same input always has the same outcome.

/// Why a scan gave no answer. The caller refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Exhausted {
    /// Encodings in encodings, deeper than they are undone.
    #[error("the scan ended early: encodings are nested too deep")]
    Deep,
    /// More matches than anyone would send by accident.
    #[error("the scan ended early: too many matches")]
    Findings,
    /// Packed data that is longer than what is held of a body, and cannot be
    /// unpacked as it goes.
    #[error("the scan ended early: packed data is longer than what is held of the body")]
    Held,
    /// More packed data at once than is unpacked as it goes.
    #[error("the scan ended early: too much packed data begins before other such data ends")]
    Many,
    /// Packed data in packed data, deeper than it is unpacked as it goes.
    #[error("the scan ended early: long packed data is nested too deep")]
    Nested,
    /// Compressed data that grows past the limit.
    #[error("the scan ended early: compressed data unpacks to too much")]
    Unpacked,
    /// Nested encodings or near matches that cost more than the input's share.
    #[error("the scan ended early: the input decodes to too much")]
    Work,
}

/// What is left of a scan's work.
#[derive(Debug)]
pub(crate) struct Budget {
    work: usize,
    unpacked: usize,
    spent: usize,
    left: Left,
}

/// Whether something was left as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Left {
    Nothing,
    Encoded,
}

/// Bytes of work for each byte of input. Text that is JSON in JSON with
/// escapes and base64 in it needs about ten.
const PER_BYTE: usize = 48;
/// What even an empty input may cost.
const FLOOR: usize = 2 * 1024 * 1024;
/// All that the compressed parts of one input may unpack to.
const UNPACKED: usize = 32 * 1024 * 1024;

impl Budget {
    pub(crate) fn for_input(len: usize) -> Self {
        Self {
            work: FLOOR.saturating_add(len.saturating_mul(PER_BYTE)),
            unpacked: UNPACKED,
            spent: 0,
            left: Left::Nothing,
        }
    }

    /// Accounts for `bytes` that are looked at.
    pub(crate) fn work(&mut self, bytes: usize) -> Result<(), Exhausted> {
        self.work = self.work.checked_sub(bytes).ok_or(Exhausted::Work)?;
        self.spent += bytes;
        Ok(())
    }

    /// Accounts for something encoded that is left so.
    pub(crate) fn leave(&mut self) {
        self.left = Left::Encoded;
    }

    /// Whether all was decoded.
    pub(crate) fn all_decoded(&self) -> Result<(), Exhausted> {
        match self.left {
            Left::Nothing => Ok(()),
            Left::Encoded => Err(Exhausted::Deep),
        }
    }

    /// How much more may be unpacked.
    pub(crate) fn unpackable(&self) -> usize {
        self.unpacked
    }

    /// Accounts for `bytes` that were unpacked; they bring their own share of work.
    pub(crate) fn unpack(&mut self, bytes: usize) -> Result<(), Exhausted> {
        self.unpacked = self
            .unpacked
            .checked_sub(bytes)
            .ok_or(Exhausted::Unpacked)?;
        self.work = self.work.saturating_add(bytes.saturating_mul(PER_BYTE));
        Ok(())
    }

    /// The work done so far.
    #[cfg(test)]
    pub(crate) fn spent(&self) -> usize {
        self.spent
    }
}
