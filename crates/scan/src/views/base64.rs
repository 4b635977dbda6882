//! The view of everything that may be base64 or base64url, at each of the
//! four alignments: nobody says where in a run the encoding begins.

use std::ops::Range;

use crate::budget::{Budget, Exhausted};
use crate::finding::View;
use crate::views::layer::{Layer, Scale};
use crate::views::runs;

pub(crate) fn decode(layer: &Layer<'_>, budget: &mut Budget) -> Result<Layer<'static>, Exhausted> {
    let mut out = Layer::of(View::Base64);
    for (piece, text) in layer.pieces() {
        let base = piece.here.start;
        runs::base64(text, |lines| {
            let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
                return Ok(());
            };
            let whole = base + first.start..base + last.end;
            if layer.is_fresh(piece, &whole) {
                push(&mut out, text, lines, whole, budget)?;
            }
            Ok(())
        })?;
    }
    Ok(out)
}

fn push(
    out: &mut Layer<'static>,
    text: &[u8],
    lines: &[Range<usize>],
    whole: Range<usize>,
    budget: &mut Budget,
) -> Result<(), Exhausted> {
    let joined: Vec<u8>;
    let (digits, is_one) = if let [line] = lines {
        (text.get(line.clone()).unwrap_or_default(), true)
    } else {
        let lines = lines.iter().filter_map(|line| text.get(line.clone()));
        joined = lines.flatten().copied().collect();
        (joined.as_slice(), false)
    };
    for shift in 0..4 {
        let digits = digits.get(shift..).unwrap_or_default();
        budget.work(digits.len())?;
        let above = if is_one {
            whole.start + shift..whole.end
        } else {
            whole.clone()
        };
        let scale = if is_one {
            Scale::Even { above: 4, here: 3 }
        } else {
            Scale::Whole
        };
        out.push(above, scale, |bytes| append(digits, bytes));
    }
    Ok(())
}

/// Appends what the digits stand for; left-over bits are dropped.
fn append(digits: &[u8], bytes: &mut Vec<u8>) {
    let (groups, rest) = digits.as_chunks::<4>();
    bytes.reserve(groups.len() * 3 + 2);
    for group in groups {
        let [_, a, b, c] = bits(group).to_be_bytes();
        bytes.extend_from_slice(&[a, b, c]);
    }
    let [_, a, b, _] = (bits(rest) << (6 * (4 - rest.len()))).to_be_bytes();
    let whole = rest.len() * 6 / 8;
    bytes.extend_from_slice([a, b].get(..whole).unwrap_or_default());
}

fn bits(digits: &[u8]) -> u32 {
    digits
        .iter()
        .fold(0, |bits, digit| bits << 6 | u32::from(value(*digit)))
}

fn value(digit: u8) -> u8 {
    VALUES.get(usize::from(digit)).copied().unwrap_or(0)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    reason = "evaluated by the compiler; a byte indexes 256 entries"
)]
const VALUES: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let digit = byte as u8;
        table[byte] = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => 0,
        };
        byte += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use data_encoding::{BASE64, BASE64URL};

    use super::*;

    #[test]
    fn every_alignment_is_decoded() {
        let text = b"\xff\xfe? Some text, long enough \xfb\xf0";
        for before in ["", "a", "ab", "abc"] {
            for encoded in [BASE64.encode(text), BASE64URL.encode(text)] {
                let input = format!("{before}{encoded}");
                let mut budget = Budget::for_input(0);
                let layer = decode(&Layer::raw(input.as_bytes()), &mut budget).unwrap();
                assert!(layer.pieces().any(|(_, piece)| piece == text), "{input}");
            }
        }
    }
}
