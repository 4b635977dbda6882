//! What base64 hides in the middle of a run that is no text of ASCII: packed data
//! behind other bytes, and text in which what a token is made of is evaded.
//!
//! Nothing is decoded to find it. Whatever stands beside a sign, some characters
//! are the same wherever it begins in a group, and these are searched for.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, Input};

use crate::views::base64::{append, is_mixed};
use crate::views::{packed, unseen};

/// Something that is decoded apart from the text around it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Hidden {
    /// The digits that it stands in.
    pub(super) place: Range<usize>,
    pub(super) bytes: Vec<u8>,
}

/// A sign's characters, the first one's place in its group, and how many bytes
/// of the group stand before the sign.
type Sign = (&'static str, usize, usize);

/// What gzip, zip, zstd and the usual zlib streams begin with.
const PACKED: [Sign; 22] = [
    ("H4sI", 0, 0),
    ("+LC", 2, 1),
    ("-LC", 2, 1),
    ("fiw", 3, 2),
    ("UEsD", 0, 0),
    ("BLAw", 2, 1),
    ("QSwM", 3, 2),
    ("KLUv", 0, 0),
    ("i1L", 2, 1),
    ("otS", 3, 2),
    ("eA", 0, 0),
    ("eF", 0, 0),
    ("eJ", 0, 0),
    ("eN", 0, 0),
    ("gB", 2, 1),
    ("he", 2, 1),
    ("ic", 2, 1),
    ("ja", 2, 1),
    ("4A", 3, 2),
    ("4X", 3, 2),
    ("4n", 3, 2),
    ("42", 3, 2),
];
/// Characters that show as nothing between letters, of which one in three begins
/// a group, and letters of full width.
const FOREIGN: [Sign; 10] = [
    ("4oC", 0, 0),
    ("4oG", 0, 0),
    ("86C", 0, 0),
    ("77y", 0, 0),
    ("772", 0, 0),
    ("+8", 2, 1),
    ("+9", 2, 1),
    ("-8", 2, 1),
    ("-9", 2, 1),
    ("vv", 3, 2),
];
/// Runs up to here are digests and names, and too short for a credential that
/// is packed behind something.
const SHORT: usize = 48;
/// The characters by which a sign is judged.
const JUDGED: usize = 192;
/// What is decoded of a text before its first sign: sixteen groups.
const BEFORE: usize = 64;

static SEARCH: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let signs = PACKED.iter().chain(&FOREIGN).map(|(sign, ..)| sign);
    AhoCorasick::new(signs).expect("a few short words")
});

/// What is hidden in a run, at each of the four alignments: the first packed
/// data, with all that follows it, and every text.
pub(super) fn hidden(digits: &[u8]) -> Vec<Hidden> {
    let (mut found, mut packed, mut read) = (Vec::new(), [false; 4], [0; 4]);
    if digits.len() <= SHORT {
        return found;
    }
    let mut probe = packed::Probe::default();
    let mut at = 0;
    while let Some(sign) = SEARCH.find(Input::new(digits).range(at..)) {
        at = sign.start() + 1;
        let which = sign.pattern().as_usize();
        let Some((_, place, behind)) = PACKED.iter().chain(&FOREIGN).nth(which) else {
            continue;
        };
        let Some(group) = sign.start().checked_sub(*place) else {
            continue;
        };
        let (Some(packed), Some(read)) = (packed.get_mut(group % 4), read.get_mut(group % 4))
        else {
            continue;
        };
        if which >= PACKED.len() {
            if group >= *read
                && let Some(text) = foreign(digits, group, *behind)
            {
                *read = text.place.end;
                found.push(text);
            }
        } else if !*packed && is_packed(digits, group, *behind, &mut probe) {
            *packed = true;
            // What begins the run is decoded with all of it.
            if group > 3 || *behind > 0 {
                found.push(rest(digits, group, *behind));
            }
        }
    }
    if !is_mixed(digits) {
        found.clear();
    }
    found
}

/// The bytes by which packed data is judged that begins in a group.
pub(super) fn judged(digits: &[u8], group: usize) -> Vec<u8> {
    decoded(digits, group..group + JUDGED)
}

/// Whether what begins in a group, behind so many bytes, is packed data.
fn is_packed(digits: &[u8], group: usize, behind: usize, probe: &mut packed::Probe) -> bool {
    let bytes = judged(digits, group);
    let bytes = bytes.get(behind..).unwrap_or_default();
    // The signs of zlib are in images too.
    let is_pixels =
        || bytes.starts_with(b"x") && judged(digits, group % 4).starts_with(packed::IMAGE);
    packed::begins_within(bytes, probe) && !is_pixels()
}

fn rest(digits: &[u8], group: usize, behind: usize) -> Hidden {
    let place = group..digits.len();
    let mut bytes = decoded(digits, place.clone());
    bytes.drain(..behind.min(bytes.len()));
    Hidden { place, bytes }
}

/// The text around a sign, if it is one.
fn foreign(digits: &[u8], group: usize, behind: usize) -> Option<Hidden> {
    let head = judged(digits, group);
    let first = unseen::foreign(head.get(behind..)?).into_iter().next()?;
    if first.start > 0 {
        return None;
    }
    let start = group - (group / 4 * 4).min(BEFORE);
    let sign = (group - start) / 4 * 3 + behind;
    let mut len = group - start + JUDGED;
    loop {
        let bytes = decoded(digits, start..start + len);
        let text = unseen::foreign(&bytes)
            .into_iter()
            .find(|text| text.contains(&sign))?;
        // It may go on behind what was decoded.
        if text.end + 4 < bytes.len() || start + len >= digits.len() {
            return Some(Hidden {
                place: start..digits.len().min(start + len),
                bytes: bytes.get(text)?.to_vec(),
            });
        }
        len *= 4;
    }
}

fn decoded(digits: &[u8], range: Range<usize>) -> Vec<u8> {
    let (mut bytes, end) = (Vec::new(), range.end.min(digits.len()));
    append(digits.get(range.start..end).unwrap_or_default(), &mut bytes);
    bytes
}
