//! A second look at the bytes of a run that the masks named.

use super::{MIN_DIGITS, MIN_WORDS, Run};

/// Turns in a stretch of base64 with blanks in it.
const MIN_TURNS: usize = 4;
const MIN_BLANKS: usize = 3;
/// Twelve words of three letters, and what parts them.
const MIN_PHRASE: usize = 47;

pub(super) fn digits_in(text: &[u8], run: &Run) -> usize {
    let bytes = text.get(run.range()).unwrap_or_default();
    bytes.iter().filter(|b| b.is_ascii_digit()).count()
}

pub(super) fn tell_if_many(text: &[u8], run: Run, out: &mut Vec<Run>) {
    if digits_in(text, &run) >= MIN_DIGITS {
        out.push(run);
    }
}

/// Tells of all of a run of which the gate let a part through: what digits
/// stand for depends on where they begin, and lines on how long they are.
pub(super) fn tell_whole(text: &[u8], run: &Run, class: impl Fn(&u8) -> bool, out: &mut Vec<Run>) {
    let done = out.last().map_or(0, |last| last.end);
    if run.start < done {
        return;
    }
    let before = text.get(done..run.start).unwrap_or_default();
    let behind = text.get(run.end..).unwrap_or_default();
    let more = |bytes: &mut dyn Iterator<Item = &u8>| bytes.take_while(|b| class(b)).count();
    out.push(Run {
        start: run.start - more(&mut before.iter().rev()),
        end: run.end + more(&mut behind.iter()),
    });
}

/// Whether letters turn to capitals or digits inside of words: prose has few
/// such, and what prose has is not between blanks alone.
pub(super) fn is_uneven(text: &[u8], run: &Run) -> bool {
    let bytes = text.get(run.range()).unwrap_or_default();
    let blanks = bytes.iter().filter(|b| b.is_ascii_whitespace()).count();
    let turns = bytes.array_windows().filter(|[a, b]| {
        (a.is_ascii_lowercase() && b.is_ascii_uppercase())
            || (a.is_ascii_alphabetic() && b.is_ascii_digit())
    });
    blanks >= MIN_BLANKS && turns.count() >= MIN_TURNS
}

pub(super) fn has_words(text: &[u8], run: &Run) -> bool {
    let bytes = text.get(run.range()).unwrap_or_default();
    let is_letter = |b: &u8| b.is_ascii_alphabetic() || !b.is_ascii();
    // Words of other scripts are not always parted.
    !bytes.is_ascii()
        || (bytes.len() >= MIN_PHRASE
            && bytes
                .split(|b| !is_letter(b))
                .filter(|w| !w.is_empty())
                .count()
                >= MIN_WORDS)
}
