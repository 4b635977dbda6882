//! Known values of which a view without escapes shows but a part.

use super::{ids, scan, scanner};
use crate::Kind;

fn wrapped(text: &str, width: usize, gap: &str) -> String {
    let lines = text.as_bytes().chunks(width);
    let lines: Vec<_> = lines.map(|line| str::from_utf8(line).unwrap()).collect();
    lines.join(gap)
}

/// A value of many letters that nobody knows but its owner.
fn long_value(len: usize) -> String {
    let letter = |n: usize| {
        let mixed = (n + 7).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mixed = (mixed ^ mixed >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 33;
        char::from(b"abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"[mixed % 56])
    };
    (0..len).map(letter).collect()
}

/// The views without escapes show what is near one, and the lines are long.
#[test]
fn one_escape_in_a_long_value_on_many_lines_hides_nothing() {
    type Spell = fn(u32) -> String;
    let spellings: [Spell; 7] = [
        |c| format!("%{c:02X}"),
        |c| format!("&#{c};"),
        |c| format!("&#x{c:x};"),
        |c| format!("={c:02X}"),
        |c| format!("\\u{c:04x}"),
        |c| format!("\\x{c:02x}"),
        |c| String::from(char::from_u32(c - 0x21 + 0xff01).unwrap()),
    ];
    // With letters alone, no part of it says anything.
    let words: String = long_value(1400).replace(|c: char| c.is_ascii_digit(), "q");
    for value in [words, long_value(1400)] {
        let scanner = scanner(&[(&value, Kind::Secret)]);
        for (at, spell) in [2, 9, 700, 1390].into_iter().zip(spellings.iter().cycle()) {
            for spell in [spell, &spellings[0], &spellings[6]] {
                for gap in ["\n", "\r\n    ", " - "] {
                    let (head, tail) = value.split_at(at);
                    let mut tail = tail.chars();
                    let letter = spell(u32::from(tail.next().unwrap()));
                    let head = wrapped(head, 60, gap);
                    let text = format!("x: {head}{gap}{letter}{}", wrapped(tail.as_str(), 60, gap));
                    let seen = scan(&scanner, text.as_bytes()).unwrap();
                    assert!(ids(&seen).contains(&"operator_secret"), "{at}: {text}");
                    assert!(seen.iter().all(|f| f.end <= text.len()));
                }
            }
        }
        // Several, far from each other.
        let mut text = wrapped(&value, 60, "\n");
        for at in [1200, 600, 61] {
            let letter = u32::from(text.as_bytes()[at]);
            text.replace_range(at..=at, &format!("%{letter:02X}"));
        }
        let seen = scan(&scanner, text.as_bytes()).unwrap();
        assert!(ids(&seen).contains(&"operator_secret"), "{text}");
    }
}

#[test]
fn what_is_no_escape_of_the_value_completes_nothing() {
    let words: String = long_value(600).replace(|c: char| c.is_ascii_digit(), "q");
    let scanner = scanner(&[(&words, Kind::Secret)]);
    let (head, tail) = words.split_at(300);
    for between in ["%41%42", "&#8;x", "%zz", "="] {
        for text in [
            format!("{head}{between}"),
            format!("{between}{tail}"),
            format!("{head}{between}x{tail}"),
        ] {
            assert_eq!(scan(&scanner, text.as_bytes()).unwrap(), [], "{text}");
        }
    }
}
