//! Bytes that were read as they stand, and wait for what they unpack to.
//!
//! Knows nothing of packed data: who keeps it says how far it may give away.

/// What waits, in order, right behind what is gone.
#[derive(Debug)]
pub(super) struct Waiting {
    kept: Kept,
    /// How much of the body was given away.
    gone: usize,
    len: usize,
}

/// What is kept of them.
#[derive(Debug)]
enum Kept {
    Bytes(Vec<u8>),
    /// Nothing: what was unpacked goes nowhere, and only its length counts.
    Length,
}

impl Waiting {
    /// Of what is to leave.
    pub(super) fn bytes() -> Self {
        Self::new(Kept::Bytes(Vec::new()))
    }

    /// Of what is only read.
    pub(super) fn length() -> Self {
        Self::new(Kept::Length)
    }

    fn new(kept: Kept) -> Self {
        Self {
            kept,
            gone: 0,
            len: 0,
        }
    }

    pub(super) fn add(&mut self, bytes: &[u8]) {
        self.len += bytes.len();
        if let Kept::Bytes(kept) = &mut self.kept {
            kept.extend_from_slice(bytes);
        }
    }

    /// Gives away what stands before an offset in the body.
    pub(super) fn release(&mut self, before: usize, to: &mut Vec<u8>) {
        let len = before.saturating_sub(self.gone).min(self.len);
        self.gone += len;
        self.len -= len;
        if let Kept::Bytes(kept) = &mut self.kept {
            to.extend(kept.drain(..len.min(kept.len())));
        }
    }

    /// How much of the body is gone.
    pub(super) fn gone(&self) -> usize {
        self.gone
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// What is held in memory.
    #[cfg(test)]
    pub(super) fn holds(&self) -> usize {
        match &self.kept {
            Kept::Bytes(kept) => kept.capacity(),
            Kept::Length => 0,
        }
    }
}
