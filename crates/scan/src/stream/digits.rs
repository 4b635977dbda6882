//! A run of base64, decoded as it comes.
//!
//! An unbroken one, as JSON has it: what is wrapped or has escapes in it is not
//! followed. Says nothing about what it holds.

use super::Blocked;
use super::follower::{Goes, Unpacked};
use crate::views::from_base64;

/// A run on its way, from the beginning of a group on.
#[derive(Debug, Default)]
pub(super) struct Digits {
    /// The digits of a group that is not whole.
    kept: Vec<u8>,
}

/// Digits that stand for three bytes.
pub(super) const GROUP: usize = 4;

impl Digits {
    /// Decodes the next digits.
    pub(super) fn push(&mut self, bytes: &[u8], out: &mut Unpacked) -> Result<Goes, Blocked> {
        let len = bytes.iter().take_while(|byte| is_digit(**byte)).count();
        let goes = if len < bytes.len() {
            Goes::Ended
        } else {
            Goes::On
        };
        let digits = bytes.get(..len).unwrap_or_default();
        out.mark_behind(0, self.kept.len());
        self.kept.extend_from_slice(digits);
        out.used(len);
        let whole = match goes {
            Goes::On => self.kept.len() / GROUP * GROUP,
            Goes::Ended => self.kept.len(),
        };
        let rest = self.kept.split_off(whole);
        let whole = std::mem::replace(&mut self.kept, rest);
        decode(&whole, out)?;
        Ok(goes)
    }

    /// Decodes what is left at the end of all.
    pub(super) fn end(&mut self, out: &mut Unpacked) -> Result<(), Blocked> {
        decode(&std::mem::take(&mut self.kept), out)
    }
}

fn decode(digits: &[u8], out: &mut Unpacked) -> Result<(), Blocked> {
    const AT_ONCE: usize = 16 * 1024;
    let mut bytes = Vec::new();
    let mut left = digits.len();
    for digits in digits.chunks(AT_ONCE) {
        bytes.clear();
        from_base64(digits, &mut bytes);
        out.mark_behind(0, left);
        left -= digits.len();
        out.put(&bytes)?;
    }
    Ok(())
}

/// Whether it is one, of either alphabet.
pub(super) fn is_digit(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_')
}
