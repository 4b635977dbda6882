//! Which characters beyond ASCII may be there for others that they look like.
//!
//! A third of the letters of Russian and of Greek look like Latin ones, and some words
//! are of nothing else. Nobody disguises two letters between blanks: such a letter
//! counts where its word goes on with letters or digits of ASCII, or is as long as a
//! value may be. Any other character always does. Judges no meaning.

use crate::sweep::VALUE;
use crate::views::escapes::AROUND;
use crate::views::likeness;
use crate::views::non_ascii::NonAscii;

/// The shortest value that is looked for.
const SHORTEST: usize = 6;
/// The shortest word that names something and has letters of two scripts.
const NAME: usize = 3;
/// So much of a word is looked at to each side of a letter: more than a value needs.
const MOST: usize = 32;

/// Where the characters stand that are read as what they look like.
pub(super) fn places(text: &[u8]) -> Vec<usize> {
    let (mut all, mut telling) = (Vec::new(), Vec::new());
    // What is hidden among letters of other scripts is as long as any value.
    likeness::runs(text, SHORTEST, |run, end| {
        let run = run.start..end;
        let bytes = text.get(run.clone()).unwrap_or_default();
        for at in NonAscii::of(bytes) {
            all.push(run.start + at);
            if !is_of_prose(bytes, at) || tells(bytes, at) {
                telling.push(run.start + at);
            }
        }
    });
    // What stands around one that counts is read as well, as far as its view shows it.
    let mut next = telling.into_iter().peekable();
    let mut last = None;
    all.retain(|at| {
        while let Some(before) = next.next_if(|telling| telling <= at) {
            last = Some(before);
        }
        let behind = last.is_some_and(|last| at - last <= AROUND);
        behind || next.peek().is_some_and(|next| next - at <= AROUND)
    });
    all
}

/// Whether it is a letter that Greek or Cyrillic prose has.
fn is_of_prose(text: &[u8], at: usize) -> bool {
    match text.get(at..at + 2) {
        Some([0xce..=0xd0, _]) => true,
        // But for the one that looks like an `s`, which only Macedonian has.
        Some([0xd1, second]) => *second != 0x95,
        _ => false,
    }
}

/// Whether the word around a letter is of two scripts, or long.
fn tells(text: &[u8], at: usize) -> bool {
    let of_word = |b: &&u8| VALUE.has(**b) || !b.is_ascii();
    let (before, behind) = text.split_at_checked(at).unwrap_or_default();
    let before = before.iter().rev().take(MOST);
    let mut start = at - before.take_while(of_word).count();
    let end = at + behind.iter().take(MOST).take_while(of_word).count();
    // The letter of an escape is none of the word.
    let byte = |at: usize| text.get(at).copied().unwrap_or_default();
    let is_escape = start > 0 && byte(start - 1) == b'\\' && byte(start).is_ascii();
    start += usize::from(is_escape);
    let word = text.get(start..end).unwrap_or_default();
    let latin = word.iter().filter(|b| b.is_ascii_alphanumeric()).count();
    let letters = latin + word.iter().filter(|b| **b >= 0xc0).count();
    letters >= SHORTEST || (latin > 0 && letters >= NAME)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> usize {
        places(text.as_bytes()).len()
    }

    #[test]
    fn letters_of_prose_are_left_alone() {
        for text in [
            "\u{441} \u{43e} \u{430} \u{435} in words, \u{435}\\n\\t\\n - \u{430}",
            "\u{440}\u{430}\u{43a} \u{441}\u{43e}\u{43c}\\nx",
        ] {
            assert_eq!(told(text), 0, "{text}");
        }
    }

    #[test]
    fn disguised_words_are_read_with_all_around_them() {
        for (text, all) in [
            ("p\u{430}ssword = x", 1),
            ("k\u{435}y = 'abcdef'", 1),
            ("\u{441}\u{43e}\u{440}\u{443}_\u{435}\u{440} = x", 6),
            ("a \u{441} b, p\u{430}ssword = \u{435}", 3),
            ("\u{455}ecr = abcdef", 1),
            ("key\u{ff1d}abcdef", 1),
        ] {
            assert_eq!(told(text), all, "{text}");
        }
    }
}
