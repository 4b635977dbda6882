//! The view of a dump of bytes, as `xxd`, `hexdump` and `od` print them: a line
//! for each sixteen, their offset first, and their characters behind.

use std::ops::Range;

use crate::budget::{Budget, Exhausted};
use crate::finding::View;
use crate::sweep::{Run, Sweep};
use crate::views::layer::{Layer, Scale};

/// Bytes that must be dumped in a row.
const LEAST: usize = 12;
/// The most bytes of one line.
const LINE: usize = 32;
/// How long an offset is.
const OFFSET: Range<usize> = 6..17;

/// A dump that is being read.
#[derive(Default)]
struct Dump {
    /// In the layer.
    range: Range<usize>,
    /// The offset that the next line must have, in hex and in octal.
    next: [Option<usize>; 2],
    bytes: Vec<u8>,
    /// The same, were it in words of which the lower byte is printed last.
    swapped: Vec<u8>,
}

/// One line of a dump.
#[derive(Default)]
struct Line {
    /// Its offset, read as hex and as octal.
    offset: [Option<usize>; 2],
    bytes: Vec<u8>,
    swapped: Vec<u8>,
}

pub(crate) fn decode(
    layer: &Layer<'_>,
    sweep: &Sweep,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    let mut out = Layer::of(View::Hex);
    let mut dump = Dump::default();
    for (run, bytes) in layer.fresh(sweep.spaced.iter().map(Run::range)) {
        let mut at = run.start;
        budget.work(bytes.len())?;
        for text in bytes.split(|b| *b == b'\n') {
            let end = at + text.len();
            if let Some(line) = Line::of(text) {
                dump.add(line, at..end, &mut out);
            }
            at = end + 1;
        }
    }
    dump.finish(&mut out);
    Ok(out)
}

impl Dump {
    /// Adds a line, of this dump or of another one.
    fn add(&mut self, line: Line, range: Range<usize>, out: &mut Layer<'static>) {
        let goes_on =
            |(next, offset): (&Option<usize>, &Option<usize>)| next.is_some() && next == offset;
        if !self.next.iter().zip(&line.offset).any(goes_on) {
            self.finish(out);
            self.range.start = range.start;
        }
        let len = line.bytes.len();
        self.next = line.offset.map(|offset| offset?.checked_add(len));
        self.range.end = range.end;
        self.bytes.extend(line.bytes);
        self.swapped.extend(line.swapped);
    }

    fn finish(&mut self, out: &mut Layer<'static>) {
        let dump = std::mem::take(self);
        for bytes in [dump.bytes, dump.swapped] {
            if bytes.len() >= LEAST {
                out.push(dump.range.clone(), Scale::Whole, |to| {
                    to.extend_from_slice(&bytes);
                });
            }
        }
    }
}

impl Line {
    /// An offset, then bytes in hex or in octal, one or two together.
    fn of(text: &[u8]) -> Option<Self> {
        let mut parts = text.split(|b| matches!(b, b' ' | b'\t' | b'\r'));
        // Something else may stand before it.
        let offset = parts.by_ref().find(|part| part.len() >= OFFSET.start)?;
        let offset = str::from_utf8(offset.strip_suffix(b":").unwrap_or(offset)).ok()?;
        if !OFFSET.contains(&offset.len()) {
            return None;
        }
        let mut line = Self {
            offset: [16, 8].map(|base| usize::from_str_radix(offset, base).ok()),
            ..Self::default()
        };
        let (mut gap, mut width) = (0, None);
        for part in parts {
            gap = if part.is_empty() { gap + 1 } else { 0 };
            // Behind a wide gap are the characters.
            if gap > 1 && !line.bytes.is_empty() || line.bytes.len() >= LINE {
                break;
            }
            if !part.is_empty() && line.add(part, *width.get_or_insert(part.len())).is_none() {
                break;
            }
        }
        (!line.bytes.is_empty()).then_some(line)
    }

    fn add(&mut self, part: &[u8], width: usize) -> Option<()> {
        let text = str::from_utf8(part)
            .ok()
            .filter(|text| text.len() == width)?;
        match width {
            2 => self.bytes.push(u8::from_str_radix(text, 16).ok()?),
            3 => self.bytes.push(u8::from_str_radix(text, 8).ok()?),
            4 => {
                let [high, low] = u16::from_str_radix(text, 16).ok()?.to_be_bytes();
                self.bytes.extend([high, low]);
                self.swapped.extend([low, high]);
            }
            // Words in octal, as `od` prints them unasked.
            6 => self
                .bytes
                .extend(u16::from_str_radix(text, 8).ok()?.to_le_bytes()),
            _ => return None,
        }
        Some(())
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
    fn a_dump_is_put_together_from_its_lines() {
        let text = "a text of some lines, to be dumped";
        let dumps = [
            "00000000: 6120 7465 7874 206f 6620 736f 6d65 206c  a text of some l\n\
             00000010: 696e 6573 2c20 746f 2062 6520 6475 6d70  ines, to be dump\n\
             00000020: 6564                                     ed\n",
            "00000000  61 20 74 65 78 74 20 6f  66 20 73 6f 6d 65 20 6c  |a text of some l|\n\
             00000010  69 6e 65 73 2c 20 74 6f  20 62 65 20 64 75 6d 70  |ines, to be dump|\n\
             00000020  65 64                                             |ed|\n00000022\n",
            "0000000 61 20 74 65 78 74 20 6f 66 20 73 6f 6d 65 20 6c\n\
             0000020 69 6e 65 73 2c 20 74 6f 20 62 65 20 64 75 6d 70\n0000040 65 64\n0000042\n",
            "0000000 141 040 164 145 170 164 040 157 146 040 163 157 155 145 040 154\n\
             0000020 151 156 145 163 054 040 164 157 040 142 145 040 144 165 155 160\n\
             0000040 145 144\n0000042\n",
            "0000000 020141 062564 072170 067440 020146 067563 062555 066040\n\
             0000020 067151 071545 020054 067564 061040 020145 072544 070155\n0000040 062145\n",
            "0000000 2061 6574 7478 6f20 2066 6f73 656d 6c20\n\
             0000010 6e69 7365 202c 6f74 6220 2065 7564 706d\n0000020 6465\n",
        ];
        for dump in dumps {
            let seen = view(dump);
            // The last line may be too short to be seen.
            assert!(
                seen.iter()
                    .any(|seen| text.starts_with(seen.as_str()) && seen.len() >= 32),
                "{dump} {seen:?}"
            );
        }
    }

    #[test]
    fn lines_of_other_dumps_do_not_go_on() {
        let text = "00000000  61 20 74 65 78 74 20 6f  66 20 73 6f 6d 65 20 6c\n\
                    00000090  69 6e 65 73 2c 20 74 6f  20 62 65 20 64 75 6d 70\n";
        assert_eq!(view(text), ["a text of some l", "ines, to be dump"]);
    }
}
