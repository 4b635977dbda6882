//! The view of a dump of characters, as `od -c` and `hexdump -c` print them: a line for
//! each sixteen, its offset first, and each character in four columns.
//!
//! Dumps in hex, in octal and in words are in [`super::dump`].

use std::ops::Range;

use crate::budget::{Budget, Exhausted};
use crate::finding::View;
use crate::sweep::Sweep;
use crate::views::layer::{Layer, Scale};
use crate::views::undo::unescaped;

/// What a line is cut into.
const COLUMNS: usize = 4;
/// Characters of a line.
const LINE: usize = 16;
/// Digits of an offset.
const OFFSET: usize = 7;
/// The longest line, its escapes escaped.
const LONGEST: usize = 400;

pub(crate) fn decode(
    layer: &Layer<'_>,
    sweep: &Sweep,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    let mut out = Layer::of(View::Lines);
    let mut done = 0;
    for second in &sweep.dumps {
        if *second < done {
            continue;
        }
        let Some(dump) = Dump::at(layer.bytes(), *second) else {
            continue;
        };
        budget.work(dump.range.len())?;
        done = dump.range.end;
        out.push(dump.range, Scale::Whole, |to| {
            to.extend_from_slice(&dump.text);
        });
    }
    Ok(out)
}

/// Lines of a dump in a row.
struct Dump {
    range: Range<usize>,
    text: Vec<u8>,
}

impl Dump {
    /// The dump whose second line begins at a place.
    fn at(bytes: &[u8], second: usize) -> Option<Self> {
        let before = bytes.get(second.saturating_sub(LONGEST)..second)?;
        let first = memchr::memmem::rfind(before, b"0000000 ")?;
        let start = second - (before.len() - first);
        let mut dump = Self {
            range: start..start,
            text: Vec::new(),
        };
        let mut lines = 0;
        while let Some(end) = dump.line(bytes, lines) {
            dump.range.end = end;
            lines += 1;
        }
        (lines > 1).then_some(dump)
    }

    /// Adds the line that begins where the dump ends so far, and says where it ends.
    fn line(&mut self, bytes: &[u8], lines: usize) -> Option<usize> {
        let rest = bytes.get(self.range.end..)?;
        // What stands before each line, as in a patch or behind a number.
        let near = rest.get(..LONGEST).unwrap_or(rest);
        let offset = [8, 16].into_iter().find_map(|base| {
            let offset = digits(lines * LINE, base);
            let at = memchr::memmem::find(near.get(..64).unwrap_or(near), &offset)?;
            (near.get(at + OFFSET) == Some(&b' ')).then_some(at)
        })?;
        let from = offset + OFFSET;
        let line = near.get(from..)?;
        let plain = memchr::memchr(b'\n', line).unwrap_or(line.len());
        // In JSON a line's end is escaped, and what is escaped in the dump is so twice.
        let cells = line.get(..plain)?;
        let is_plain = plain < line.len().min(COLUMNS * LINE + 2);
        let escaped = if is_plain { None } else { newline(cells) };
        let cells = match escaped {
            Some(end) => unescaped(cells.get(..end)?),
            None => cells.to_vec(),
        };
        for cell in cells.chunks(COLUMNS) {
            if let Cell::Byte(byte) = Cell::of(cell)? {
                self.text.push(byte);
            }
        }
        let len = escaped.map_or_else(|| (plain + 1).min(line.len()), |end| end + 2);
        Some(self.range.end + from + len)
    }
}

/// An offset, as it is printed.
fn digits(offset: usize, base: usize) -> Vec<u8> {
    let text = if base == 8 {
        format!("{offset:07o}")
    } else {
        format!("{offset:07x}")
    };
    text.into_bytes()
}

/// Where an escaped line break stands that is no cell of its own.
fn newline(line: &[u8]) -> Option<usize> {
    let odd = |at: &usize| at.checked_sub(1).and_then(|before| line.get(before)) != Some(&b'\\');
    memchr::memmem::find_iter(line, b"\\n").find(odd)
}

/// What four columns show.
enum Cell {
    Byte(u8),
    /// The rest of a character of several bytes, or where the line has ended.
    Nothing,
}

impl Cell {
    fn of(cell: &[u8]) -> Option<Self> {
        let shown = cell.trim_ascii();
        let byte = match shown {
            [] if cell.len() == COLUMNS => b' ',
            [] => return Some(Self::Nothing),
            [one] => *one,
            [b'\\', escape] => match escape {
                b'n' => b'\n',
                b't' => b'\t',
                b'r' => b'\r',
                b'0' => 0,
                b'a' => 7,
                b'b' => 8,
                b'f' => 12,
                b'v' => 11,
                _ => return None,
            },
            [a, b, c] if [a, b, c].into_iter().all(|d| matches!(d, b'0'..=b'7')) => {
                let number = str::from_utf8(shown).ok()?;
                u8::from_str_radix(number, 8).ok()?
            }
            [b'*', b'*'] => return Some(Self::Nothing),
            _ => return None,
        };
        Some(Self::Byte(byte))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::told;

    fn view(text: &str) -> Vec<String> {
        told(decode, text)
    }

    #[test]
    fn characters_are_put_together_from_their_columns() {
        let cells = |text: &[&str]| {
            text.iter()
                .fold(String::new(), |line, cell| format!("{line}{cell:>4}"))
        };
        let first = cells(&[
            "T", "O", "K", "E", "N", "=", "a", " ", "b", "\\n", "\\t", "c", "d", "e", "f", "g",
        ]);
        let second = cells(&["h", "i", "303", "251", "\\n"]);
        let od = format!("0000000{first}\n0000020{second}\n0000025\n");
        let hexdump = od.replace("0000020", "0000010");
        for dump in [od.clone(), hexdump, format!("$ od -c .env\n{od}$ ")] {
            assert_eq!(view(&dump), ["TOKEN=a b\n\tcdefghi\u{e9}\n"], "{dump}");
        }
        let patch = od.replace("00000", "+00000");
        assert_eq!(view(&patch).len(), 1, "{patch}");
        let json = od.replace('\\', "\\\\").replace('\n', "\\n");
        assert_eq!(view(&json), ["TOKEN=a b\n\tcdefghi\u{e9}\n"]);
    }
}
