//! Numbers that belong to a person: payment cards, bank accounts, social
//! security numbers. A check digit alone proves little, so a card stands in
//! its usual groups or behind a word for it.

use std::ops::Range;

use crate::free::Emit;

pub(crate) fn is_iban_or_blank(byte: u8) -> bool {
    byte.is_ascii_digit() || byte.is_ascii_uppercase() || byte == b' '
}

/// Cards and social security numbers in one run of digits and gaps.
pub(crate) fn groups(text: &[u8], run: &Range<usize>, emit: &mut Emit<'_>) {
    let bytes = text.get(run.clone()).unwrap_or_default();
    let free = |at: usize| {
        text.get(at)
            .is_none_or(|b| !b.is_ascii_alphanumeric() && *b != b'.' && *b != b'_')
    };
    let mut groups: Vec<Range<usize>> = Vec::new();
    let finish = |groups: &mut Vec<Range<usize>>, emit: &mut Emit<'_>| {
        if let (Some(first), Some(last)) = (groups.first(), groups.last()) {
            let whole = run.start + first.start..run.start + last.end;
            if free(whole.end) && whole.start.checked_sub(1).is_none_or(free) {
                number(text, bytes, groups, &whole, emit);
            }
        }
        groups.clear();
    };
    let mut at = 0;
    while let Some(found) = bytes
        .get(at..)
        .and_then(|rest| rest.iter().position(u8::is_ascii_digit))
    {
        let start = at + found;
        let rest = bytes.get(start..).unwrap_or_default();
        let end = start
            + rest
                .iter()
                .position(|b| !b.is_ascii_digit())
                .unwrap_or(rest.len());
        // A number goes on behind one gap, and all its gaps are the same.
        let goes_on = match groups.as_slice() {
            [] => true,
            [.., last] => {
                let gap = bytes.get(last.end..start).unwrap_or_default();
                let first = groups.first().and_then(|first| bytes.get(first.end));
                gap.len() == 1 && gap.first() == first
            }
        };
        if !goes_on {
            finish(&mut groups, emit);
        }
        groups.push(start..end);
        at = end;
    }
    finish(&mut groups, emit);
}

fn number(
    text: &[u8],
    bytes: &[u8],
    groups: &[Range<usize>],
    whole: &Range<usize>,
    emit: &mut Emit<'_>,
) {
    let sizes: Vec<usize> = groups.iter().map(ExactSizeIterator::len).take(6).collect();
    let digits: Vec<u8> = groups
        .iter()
        .take(6)
        .filter_map(|group| bytes.get(group.clone()))
        .flatten()
        .take(24)
        .copied()
        .collect();
    match sizes.as_slice() {
        [4, 4, 4, 4] | [4, 6, 5] | [4, 4, 4, 4, 3]
            if is_card(&digits) && !is_in_a_table(text, whole) && !is_below_a_row(text, whole) =>
        {
            emit("payment_card", whole.clone());
        }
        [13..=19] if is_card(&digits) && is_named(text, whole.start, &CARD) => {
            emit("payment_card", whole.clone());
        }
        [3, 2, 4] if is_ssn(&digits) && is_named(text, whole.start, &SSN) => {
            emit("us_ssn", whole.clone());
        }
        [9] if is_ssn(&digits) && is_named(text, whole.start, &SSN) => {
            emit("us_ssn", whole.clone());
        }
        _ => {}
    }
}

/// Whether a group of four hex digits, with a letter among them, is the next
/// one on either side: a row of characters' codes.
fn is_in_a_table(text: &[u8], whole: &Range<usize>) -> bool {
    let code = |word: Option<&[u8]>| {
        word.is_some_and(|word| {
            let has = |class: fn(&u8) -> bool| word.iter().any(class);
            // Small letters alone may be a word.
            word.len() == 4
                && word.iter().all(u8::is_ascii_hexdigit)
                && has(u8::is_ascii_alphabetic)
                && !(has(u8::is_ascii_lowercase)
                    && (has(u8::is_ascii_uppercase) || !has(u8::is_ascii_digit)))
        })
    };
    let blank = u8::is_ascii_whitespace;
    let before = text.get(whole.start.saturating_sub(6)..whole.start);
    let behind = text.get(whole.end..text.len().min(whole.end + 6));
    let last = before.and_then(|text| text.split_last());
    let next = behind.and_then(|text| text.split_first());
    code(
        last.filter(|l| blank(l.0))
            .and_then(|l| l.1.rsplit(blank).next()),
    ) || code(
        next.filter(|n| blank(n.0))
            .and_then(|n| n.1.split(blank).next()),
    )
}

/// Whether it begins a row below one of numbers alone, as coordinates do: of
/// three and more, one of which has a point or fewer digits than a card's group.
fn is_below_a_row(text: &[u8], whole: &Range<usize>) -> bool {
    const LONGEST: usize = 120;
    let from = whole.start.saturating_sub(LONGEST);
    let before = text.get(from..whole.start).unwrap_or_default();
    let mut lines = before.rsplit(|b| *b == b'\n');
    let (Some(here), Some(above)) = (lines.next(), lines.next()) else {
        return false;
    };
    let numbers = || {
        let parts = above.split(u8::is_ascii_whitespace);
        parts.filter(|part| !part.is_empty())
    };
    let number = |part: &[u8]| {
        part.iter()
            .all(|b| b.is_ascii_digit() || b"-+.,".contains(b))
    };
    let short = |part: &[u8]| part.contains(&b'.') || part.len() < 4;
    here.trim_ascii().is_empty()
        && numbers().count() >= 3
        && numbers().all(number)
        && numbers().any(short)
}

const CARD: [&[u8]; 9] = [
    b"card",
    b"visa",
    b"mastercard",
    b"amex",
    b"credit",
    b"debit",
    b"ccnum",
    b"cc_num",
    b"cardnumber",
];
const SSN: [&[u8]; 4] = [
    b"ssn",
    b"social security",
    b"social_security",
    b"socialsecurity",
];

/// Whether one of the words stands a little before.
fn is_named(text: &[u8], at: usize, words: &[&[u8]]) -> bool {
    let before = text
        .get(at.saturating_sub(40)..at)
        .unwrap_or_default()
        .to_ascii_lowercase();
    // `SSNAME` is no word for one.
    let whole = |word: &[u8], at: usize| {
        let next = before.get(at + word.len());
        word.len() > 3 || next.is_none_or(|b| !b.is_ascii_alphabetic())
    };
    words.iter().any(|word| {
        let mut places = memchr::memmem::find_iter(&before, word);
        places.any(|at| whole(word, at))
    })
}

fn number_of(digits: &[u8]) -> u64 {
    digits
        .iter()
        .fold(0, |n, digit| n * 10 + u64::from(digit - b'0'))
}

fn is_card(digits: &[u8]) -> bool {
    let six = number_of(digits.get(..6).unwrap_or_default());
    // Visa; American Express; Diners Club; Mastercard, Discover, JCB, UnionPay, Maestro.
    let issued = match digits.len() {
        13 => matches!(six, 400_000..=499_999),
        15 => matches!(six, 340_000..=349_999 | 370_000..=379_999),
        14 => matches!(six, 300_000..=305_999 | 360_000..=369_999 | 380_000..=399_999),
        16..=19 => matches!(
            six,
            400_000..=499_999
                | 510_000..=559_999
                | 222_100..=272_099
                | 601_100..=601_199
                | 644_000..=659_999
                | 352_800..=358_999
                | 620_000..=629_999
                | 500_000..=509_999
                | 560_000..=589_999
                | 630_000..=639_999
                | 670_000..=679_999
        ),
        _ => false,
    };
    let mut seen = [false; 10];
    for digit in digits {
        if let Some(seen) = seen.get_mut(usize::from(digit - b'0')) {
            *seen = true;
        }
    }
    issued && seen.iter().filter(|seen| **seen).count() >= 2 && luhn(digits)
}

fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let value = u32::from(digit - b'0') * if place % 2 == 1 { 2 } else { 1 };
            if value > 9 { value - 9 } else { value }
        })
        .sum();
    sum.is_multiple_of(10)
}

fn is_ssn(digits: &[u8]) -> bool {
    // `111-22-3333` and the number on the specimen card belong to nobody.
    let same = |range: Range<usize>| {
        let part = digits.get(range).unwrap_or_default();
        part.windows(2).all(|pair| matches!(pair, [a, b] if a == b))
    };
    if (same(0..3) && same(3..5) && same(5..9)) || digits == b"123456789" || digits == b"078051120"
    {
        return false;
    }
    let part = |range: Range<usize>| number_of(digits.get(range).unwrap_or_default());
    let (area, group, serial) = (part(0..3), part(3..5), part(5..9));
    digits.len() == 9 && area != 0 && area != 666 && area < 900 && group != 0 && serial != 0
}

/// An account number without blanks.
pub(crate) fn iban_run(text: &[u8], run: &Range<usize>, emit: &mut Emit<'_>) {
    if (15..=34).contains(&run.len()) && text.get(run.clone()).is_some_and(is_iban) {
        emit("iban", run.clone());
    }
}

/// An account number in groups of four.
pub(crate) fn iban_groups(text: &[u8], run: &Range<usize>, emit: &mut Emit<'_>) {
    let bytes = text.get(run.clone()).unwrap_or_default();
    let mut at = 0;
    while at + 18 <= bytes.len() {
        let starts = at
            .checked_sub(1)
            .is_none_or(|before| bytes.get(before) == Some(&b' '));
        let head = bytes.get(at..at + 5).unwrap_or_default();
        let [a, b, c, d, b' '] = *head else {
            at += 1;
            continue;
        };
        if !(starts
            && a.is_ascii_uppercase()
            && b.is_ascii_uppercase()
            && c.is_ascii_digit()
            && d.is_ascii_digit())
        {
            at += 1;
            continue;
        }
        let mut joined = Vec::with_capacity(40);
        let mut end = at;
        for group in bytes.get(at..).unwrap_or_default().split(|b| *b == b' ') {
            if group.is_empty() || group.len() > 4 || joined.len() > 34 {
                break;
            }
            joined.extend_from_slice(group);
            end += group.len() + 1;
            if is_iban(&joined) {
                emit("iban", run.start + at..run.start + end - 1);
                break;
            }
            if group.len() < 4 {
                break;
            }
        }
        at = end.max(at + 1);
    }
}

/// The registry's lengths, by country.
const COUNTRIES: &[u8] = b"AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 \
    FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 \
    MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23 \
    TN24 TR26 UA29 VA22 VG24 XK20 ";

/// For each pair of letters, the length of an account number, or 0.
#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler")]
const LENGTHS: [[u8; 26]; 26] = {
    let mut lengths = [[0; 26]; 26];
    let mut at = 0;
    while at + 4 < COUNTRIES.len() {
        let (first, second) = (COUNTRIES[at] - b'A', COUNTRIES[at + 1] - b'A');
        let (tens, ones) = (COUNTRIES[at + 2] - b'0', COUNTRIES[at + 3] - b'0');
        lengths[first as usize][second as usize] = tens * 10 + ones;
        at += 5;
    }
    lengths
};

fn is_iban(text: &[u8]) -> bool {
    let [a, b, c, d, ..] = *text else {
        return false;
    };
    let (Some(first), Some(second)) = (a.checked_sub(b'A'), b.checked_sub(b'A')) else {
        return false;
    };
    let row = LENGTHS.get(usize::from(first));
    let length = row.and_then(|row| row.get(usize::from(second)));
    let fits = c.is_ascii_digit()
        && d.is_ascii_digit()
        && length.is_some_and(|length| usize::from(*length) == text.len());
    if !fits {
        return false;
    }
    let (head, rest) = text.split_at(4);
    rest.iter()
        .chain(head)
        .try_fold(0_u32, |sum, byte| match byte {
            b'0'..=b'9' => Some((sum * 10 + u32::from(byte - b'0')) % 97),
            b'A'..=b'Z' => Some((sum * 100 + u32::from(byte - b'A') + 10) % 97),
            _ => None,
        })
        == Some(1)
}
