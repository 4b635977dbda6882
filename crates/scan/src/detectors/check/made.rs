//! Whether a text has been made at random, or thought up by somebody, to be a password:
//! by its letters, digits and signs, and by what names in code and stand-ins are like.

use data_encoding::BASE64_NOPAD;

use super::passwords::{PASSWORD, letter, password};
use super::{entropy, is_dummy};
use crate::free::value::Value;

/// What a program has made as a password, or somebody with care: letters of both
/// cases and digits that are no words, whatever signs are among them.
fn made_up(secret: &[u8]) -> bool {
    let value = Value::new(secret);
    let count = |class: fn(&u8) -> bool| secret.iter().filter(|b| class(b)).count();
    let (lower, upper) = (count(u8::is_ascii_lowercase), count(u8::is_ascii_uppercase));
    let (digits, signs) = (count(u8::is_ascii_digit), count(u8::is_ascii_punctuation));
    // A name in camel case has its digits at its end.
    let inside = secret
        .iter()
        .rposition(|b| !b.is_ascii_digit())
        .unwrap_or(0);
    let first = secret.iter().position(u8::is_ascii_digit);
    let inside = first.is_some_and(|at| at < inside);
    let strong = |b: &u8| {
        matches!(
            b,
            b'!' | b'@' | b'#' | b'^' | b'*' | b'%' | b'~' | b'?' | b'+'
        )
    };
    let signed = secret.iter().filter(|b| strong(b)).count();
    let mixed = lower >= 2 && upper >= 1 && digits >= 1;
    let restless = lower >= 3 && upper >= 3 && signed >= 1;
    (8..=64).contains(&secret.len())
        && (mixed && (inside || digits >= 3 || signed >= 1) || restless)
        && signs * 3 <= secret.len()
        && secret.iter().all(u8::is_ascii_graphic)
        && !is_template(secret)
        && !is_in_code(secret)
        && !stands_in(secret, &value)
        && !value.is_told_elsewhere()
        && (!value.is_wordy(35) || value.is_unsayable())
        && password(&letters(secret))
        && entropy(secret) >= MADE
}

/// Without the signs that [`password`] takes for those of a template.
fn letters(secret: &[u8]) -> Vec<u8> {
    let sign = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
    secret.iter().filter(sign).copied().collect()
}

/// `${…}`, `{{ … }}`, `%(…)s`, `<…>`, `$NAME`: where a value will be.
fn is_template(text: &[u8]) -> bool {
    const MARKS: [&[u8]; 7] = [b"${", b"{{", b"}}", b"%(", b"$(", b"<%", b"://"];
    let first = text.first().copied().unwrap_or_default();
    let last = text.last().copied().unwrap_or_default();
    matches!(
        first,
        b'$' | b'<' | b'{' | b'/' | b'.' | b'@' | b'&' | b'%' | b'[' | b'('
    ) || matches!(last, b'}' | b'>' | b'(' | b'{')
        || MARKS
            .iter()
            .any(|mark| memchr::memmem::find(text, mark).is_some())
}

/// `eli:x:1000:`, `f(x)`, `a[1]`, `a::b`, `a->b`, `a&&b`, `a?.b`, `Config.dbPwd1`: names in
/// code, and how they are called.
fn is_in_code(text: &[u8]) -> bool {
    let has = |sign: u8| text.contains(&sign);
    let has_text = |sign: &[u8]| memchr::memmem::find(text, sign).is_some();
    let is_name = |part: &[u8]| {
        let constant = part.contains(&b'_') && !part.iter().any(u8::is_ascii_lowercase);
        part.first()
            .is_some_and(|b| b.is_ascii_alphabetic() || *b == b'_')
            && part.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'_')
            && (constant || part.iter().filter(|b| b.is_ascii_digit()).count() < 2)
    };
    let parts = || text.split(|b| matches!(b, b'.' | b'/'));
    text.starts_with(b"_")
        || memchr::memchr_iter(b':', text).count() > 1
        || (has(b'(') && has(b')'))
        || (has(b'[') && has(b']'))
        || has_text(b"->")
        || has_text(b"&&")
        || has_text(b"?.")
        || (parts().count() > 1 && parts().all(is_name))
}

/// What somebody has thought up or made as a password: letters and digits, no
/// name in code, no stand-in.
pub(crate) fn password_like(secret: &[u8]) -> bool {
    made_up(secret) || thought_up(secret) || is_unsayable(secret)
}

/// The same of what `pass` names, which may be a ticket: these have no small letters.
pub(crate) fn pass_like(secret: &[u8]) -> bool {
    secret.iter().any(u8::is_ascii_lowercase) && password_like(secret)
}

/// Random letters, with hardly a digit or a sign.
fn is_unsayable(secret: &[u8]) -> bool {
    let value = Value::new(secret);
    secret.len() <= 64 && value.is_unsayable() && !stands_in(secret, &value)
}

/// What has been made at random or of two words: near a word for a password, where
/// nothing is assigned.
pub(crate) fn made_up_or_of_words(secret: &[u8]) -> bool {
    made_up(secret) || (is_of_words(secret) && thought_up(secret))
}

/// The same of a secret that is called so: one that is short, or has signs that no other
/// look takes for a part of a value.
pub(crate) fn short_or_signed(secret: &[u8]) -> bool {
    const LONG: usize = 16;
    let sign = |b: &u8| {
        !b.is_ascii_alphanumeric() && !matches!(b, b'_' | b'-' | b'+' | b'/' | b'.' | b'~' | b'=')
    };
    if secret.iter().any(sign) {
        return password_like(secret);
    }
    secret.len() < LONG && made_up_or_of_words(secret)
}

/// Whether a row of a table has a field that looks like a password.
pub(crate) fn has_made_up_field(row: &[u8]) -> bool {
    let parts = |b: &u8| b.is_ascii_whitespace() || matches!(b, b',' | b';' | b'|' | b'(');
    let quotes = |b: &u8| matches!(b, b'"' | b'\'' | b'`' | b')');
    let several = |sign: u8| memchr::memchr_iter(sign, row).count() >= 2;
    if ![b',', b'|', b';', b'\t'].into_iter().any(several) {
        return false;
    }
    row.split(parts).any(|field| {
        let start = field.iter().position(|b| !quotes(b)).unwrap_or(0);
        let end = field
            .iter()
            .rposition(|b| !quotes(b))
            .map_or(0, |at| at + 1);
        field.get(start..end).is_some_and(made_up_or_of_words)
    })
}

fn thought_up(secret: &[u8]) -> bool {
    const DULL: [&[u8]; 26] = [
        b"rfc",
        b"password",
        b"passwd",
        b"pass",
        b"pwd",
        b"secret",
        b"changeme",
        b"example",
        b"test",
        b"your",
        b"hunter2",
        b"foo",
        b"bar",
        b"qwerty",
        b"letmein",
        b"1234",
        b"abc",
        b"user",
        b"admin",
        b"root",
        b"my",
        b"sha",
        b"md5",
        b"uint",
        b"int",
        b"scram",
    ];
    let value = Value::new(secret);
    let lower = secret.to_ascii_lowercase();
    let count = |class: fn(&u8) -> bool| secret.iter().filter(|b| class(b)).count();
    let (digits, letters) = (count(u8::is_ascii_digit), count(u8::is_ascii_alphabetic));
    // A word or two and a number, as names in code are.
    let trailing = secret
        .iter()
        .rev()
        .take_while(|b| b.is_ascii_digit())
        .count();
    let signs = secret
        .iter()
        .any(|b| matches!(b, b'!' | b'@' | b'#' | b'^' | b'&' | b'?' | b'+'));
    let named = digits == trailing
        && !signs
        && (digits < 3 || secret.len() - digits < 4)
        && count(u8::is_ascii_uppercase) < 2;
    let constant = secret.starts_with(b"_")
        || secret.contains(&b'_') && secret.iter().all(|b| !b.is_ascii_lowercase())
        || secret.contains(&b':')
        || value.is_wordy(if digits < 3 { 40 } else { 60 }) && secret.contains(&b'_');
    let code = constant
        || secret.iter().any(|b| {
            !b.is_ascii_graphic()
                || matches!(
                    b,
                    b'$' | b'{' | b'<' | b'[' | b'%' | b'*' | b'(' | b'`' | b'/' | b'\\'
                )
        })
        || secret.contains(&b'.')
            && !secret
                .iter()
                .any(|b| matches!(b, b'!' | b'@' | b'#' | b'^'));
    // No name has a sign within: `un!seen`. `!!seen` asks whether there is one.
    let first = secret.iter().take_while(|b| **b == b'!').count().max(1);
    let inside = secret.get(first..secret.len().saturating_sub(1));
    let inside = inside.unwrap_or_default();
    let signed = secret.len() >= 8 && inside.iter().any(|b| matches!(b, b'!' | b'#' | b'^'));
    let of_words = is_of_words(secret);
    (digits >= 1 || signed)
        && letters >= 3
        && (of_words || !(named && digits >= 1 || code))
        && !DULL.iter().any(|word| lower.starts_with(word))
        && !is_joined(secret)
        && !is_number(secret)
        && !stands_in(secret, &value)
        && (of_words || !value.is_wordy(if signed { 80 } else { 60 }))
        && entropy(secret) >= PASSWORD
}

/// `KestrelLantern48!`, `Harbor-pepper_57`, `CometCopper1819`, `Maple#River41`: two words and
/// a number, as people are told to make passwords, and no name has.
pub(super) fn is_of_words(secret: &[u8]) -> bool {
    let end = secret.iter().rposition(u8::is_ascii_digit);
    let (body, sign) = secret.split_at(end.map_or(0, |at| at + 1));
    let digits = body.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let words = body.get(..body.len() - digits).unwrap_or_default();
    let parts = |b: &u8| matches!(b, b'-' | b'.' | b'_');
    let signs = |b: &u8| matches!(b, b'@' | b'#' | b'!' | b'*' | b'%' | b'^' | b'&' | b'+');
    let number = body.get(words.len()..).unwrap_or_default();
    let year = number.starts_with(b"19") || number.starts_with(b"20");
    let capitals = words.iter().filter(|b| b.is_ascii_uppercase()).count();
    let four = digits == 4 && capitals == 2 && !year;
    let strong = matches!(
        sign,
        [b'!' | b'?' | b'#' | b'@' | b'*' | b'$' | b'%' | b'&']
    );
    (12..=32).contains(&secret.len())
        && (2..=4).contains(&digits)
        && words.first().is_some_and(u8::is_ascii_uppercase)
        && words.iter().any(u8::is_ascii_lowercase)
        && words
            .iter()
            .all(|b| b.is_ascii_alphabetic() || parts(b) || signs(b))
        && (strong
            || (sign.is_empty()
                && (words.last().is_some_and(parts) || words.iter().any(signs) || four)))
}

/// `krb5_dbe_def_cpw`, `init-creds-opt-chg`: words and their abbreviations between
/// low lines or dashes, with hardly a digit.
fn is_joined(text: &[u8]) -> bool {
    let sign = |b: &u8| matches!(b, b'_' | b'-');
    let count = |class: fn(&u8) -> bool| text.iter().filter(|b| class(b)).count();
    let spelled = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit() || sign(b);
    text.iter().all(spelled)
        && text.iter().filter(|b| sign(b)).count() >= 3
        && count(u8::is_ascii_digit) < 3
        && text.split(sign).all(|part| part.len() <= 12)
}

/// `0x81ae0102`.
fn is_number(text: &[u8]) -> bool {
    let hex = text
        .strip_prefix(b"0x")
        .or_else(|| text.strip_prefix(b"0X"));
    hex.is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit))
}

/// Whether it is what somebody writes where a password will be.
fn stands_in(secret: &[u8], value: &Value<'_>) -> bool {
    calls_itself_one(secret)
        || is_dummy(secret)
        || is_counted(secret)
        || value.is_stand_in()
        || value.says_something()
        || is_encoded_stand_in(secret)
        // Where AWS keeps it.
        || secret.starts_with(b"arn:")
}

/// `P@55w0rd!`, `PMAPASSWD2`.
pub(super) fn calls_itself_one(secret: &[u8]) -> bool {
    let spelled: Vec<u8> = secret.iter().map(|byte| letter(*byte)).collect();
    let has = |word: &[u8]| memchr::memmem::find(&spelled, word).is_some();
    let begins = |word: &[u8]| spelled.starts_with(word);
    begins(b"password") || begins(b"topsecret") || has(b"passwd") || has(b"passphrase")
}

/// `A1b2c3d4`: letters and digits in turn, each the one behind the last.
fn is_counted(secret: &[u8]) -> bool {
    let goes_up = |class: fn(&u8) -> bool| {
        let of_class: Vec<u8> = secret.iter().filter(|b| class(b)).copied().collect();
        let of_class = of_class.to_ascii_lowercase();
        of_class.len() > 2
            && of_class
                .windows(2)
                .all(|pair| matches!(pair, [a, b] if a.wrapping_add(1) == *b))
    };
    goes_up(u8::is_ascii_digit) && goes_up(u8::is_ascii_alphabetic)
}

/// Base64 of `password`.
fn is_encoded_stand_in(secret: &[u8]) -> bool {
    let digits = secret.strip_suffix(b"=").unwrap_or(secret);
    let digits = digits.strip_suffix(b"=").unwrap_or(digits);
    BASE64_NOPAD.decode(digits).is_ok_and(|plain| {
        plain.len() >= 6 && plain.iter().all(u8::is_ascii_graphic) && !password(&plain)
    })
}

/// Bits per character of what has been made at random.
const MADE: f64 = 2.8;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_at_random_may_have_any_sign_and_code_is_none() {
        for text in [
            "k7Qm2Z*t9Rw4x",
            "k7Qm2Z$t9Rw4x",
            "k7Qm2Z.t9Rw4x",
            "s0K_;xh4~8XXI",
        ] {
            assert!(made_up(text.as_bytes()), "{text}");
        }
        for text in [
            "getUserByName2x",
            "config.DbPwd1",
            "${Db2Password}",
            "eli:x:1000:10A",
            "items[Index2]",
            "A1b2c3d4",
            "Std::Vec2d",
            "https://A1.example",
        ] {
            assert!(!made_up(text.as_bytes()), "{text}");
        }
    }
}
