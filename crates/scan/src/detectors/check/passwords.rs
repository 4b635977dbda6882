//! Whether a text is somebody's password: not a variable, not a stand-in, no name
//! in code. What has been made at random is told by its make-up.

use super::made::{calls_itself_one, is_of_words};
use super::{entropy, is_dummy};
use crate::free::value::Value;

/// A password in a connection string: not a variable, not a stand-in.
pub(crate) fn password(secret: &[u8]) -> bool {
    // Redis's manual sets the password `foobared`.
    const STAND_INS: [&[u8]; 32] = [
        // RFC 7617's example.
        b"opensesame",
        // Java's keystores.
        b"changeit",
        // A field of a structure, and its type.
        b"string",
        // What a password is called elsewhere.
        b"contrase",
        b"passwort",
        b"senha",
        b"wachtwoord",
        b"motdepasse",
        b"foobar",
        b"correcthorse",
        b"correct horse",
        b"admin",
        b"test",
        b"1234",
        b"pass",
        b"secret",
        b"changeme",
        b"example",
        b"postgres",
        b"root",
        b"guest",
        b"user",
        b"your",
        b"qwerty",
        b"tiger",
        // What a test logs in with in vain.
        b"wrong",
        b"invalid",
        b"incorrect",
        b"ignored",
        b"key_1234",
        b"redacted",
        b"masked",
    ];
    // `somepassword`, `shop_dev`: what it is, and whose or where.
    const KINDS: [&[u8]; 7] = [
        b"password",
        b"passwd",
        b"_pw",
        b"-pw",
        b"_dev",
        b"_test",
        b"_local",
    ];
    let plain = unescaped(secret);
    let spelled: Vec<u8> = plain.iter().map(|byte| letter(*byte)).collect();
    let small = |b: &u8| b.is_ascii_lowercase() || matches!(b, b'_' | b'-');
    let word = plain.iter().all(small) && KINDS.iter().any(|kind| plain.ends_with(kind));
    let named = word || spelled.ends_with(b"_pass") || spelled.ends_with(b"-pass");
    let dull = named
        || is_constant(&plain)
        || STAND_INS
            .iter()
            .any(|word| spelled.starts_with(word) || plain.starts_with(word));
    // A short one has but few characters to differ in.
    let least = if plain.len() < 8 {
        SHORT_PASSWORD
    } else {
        PASSWORD
    };
    !is_filled_in_later(&plain, secret) && !dull && entropy(&plain) >= least
}

/// `{db.password}`, `$PASSWORD`, `@db_password@`, `op://prod/db/password`, `***`. What is
/// escaped in an address is no sign of a template.
fn is_filled_in_later(text: &[u8], escaped: &[u8]) -> bool {
    let between = |first: u8, last: u8| text.first() == Some(&first) && text.last() == Some(&last);
    let sign = |b: &u8| matches!(b, b'{' | b'<' | b'[' | b'%');
    let as_it_stands = if text.len() < escaped.len() {
        escaped.iter().any(|b| sign(b) && *b != b'%')
    } else {
        text.iter().any(sign)
    };
    as_it_stands
        || between(b'{', b'}')
        || matches!(text.first(), Some(b'$' | b'*'))
        || memchr::memmem::find(text, b"**").is_some()
        || text.starts_with(b"op://")
        || is_path(text)
        || between(b'@', b'@')
        || between(b'(', b')')
}

/// `/run/secrets/db`: where a password is kept.
fn is_path(text: &[u8]) -> bool {
    let parts = memchr::memchr_iter(b'/', text).count();
    text.starts_with(b"/") && parts > 1 && Value::new(text).is_wordy(30)
}

/// `SERVICE_DBPASS`: the name of what will stand there.
fn is_constant(text: &[u8]) -> bool {
    text.contains(&b'_')
        && text
            .iter()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || *b == b'_')
        && text.iter().filter(|b| b.is_ascii_digit()).count() < 3
}

/// A password that is no stand-in such as `placeholder`. A short one has few characters
/// anyway.
pub(crate) fn password_of_its_own(secret: &[u8]) -> bool {
    const LONG: usize = 8;
    password(secret) && (secret.len() < LONG || !Value::new(secret).is_stand_in())
}

/// A password in a tool's file: not one small word, as manuals print it.
pub(crate) fn login_password(secret: &[u8]) -> bool {
    let small = secret.len() <= 8 && secret.iter().all(u8::is_ascii_lowercase);
    let value = Value::new(secret);
    password(secret) && !value.is_stand_in() && !(small && value.is_wordy(90))
}

/// Random enough for a key that its scheme or header has named already.
pub(crate) fn key_like(secret: &[u8]) -> bool {
    let value = Value::new(secret);
    !value.is_stand_in()
        && !value.is_told_elsewhere()
        && !is_dummy(secret)
        && !calls_itself_one(secret)
        && password(secret)
        && unescaped(secret).iter().any(u8::is_ascii_digit)
        && secret.iter().filter(|b| b.is_ascii_alphabetic()).count() >= 2
        && (!value.is_wordy(70) || is_of_words(&unescaped(secret)))
}

/// `%40` is `@`, in what stands in an address.
fn unescaped(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&first, tail)) = rest.split_first() {
        let escape = (first == b'%').then(|| tail.split_at_checked(2)).flatten();
        let byte = escape.and_then(|(hex, tail)| {
            let hex = std::str::from_utf8(hex).ok()?;
            Some((u8::from_str_radix(hex, 16).ok()?, tail))
        });
        let (byte, tail) = byte.unwrap_or((first, tail));
        out.push(byte);
        rest = tail;
    }
    out
}

/// The letter that a sign is written for: `p4$$w0rd`.
pub(super) fn letter(byte: u8) -> u8 {
    match byte {
        b'@' | b'4' => b'a',
        b'$' | b'5' => b's',
        b'0' => b'o',
        b'3' => b'e',
        b'1' | b'!' => b'i',
        other => other.to_ascii_lowercase(),
    }
}

/// Bits per character: a short password has but few to differ in.
pub(super) const PASSWORD: f64 = 2.4;
const SHORT_PASSWORD: f64 = 2.1;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stand_ins_are_no_passwords() {
        for text in [
            "password",
            "${DB_PASSWORD}",
            "<your-password>",
            "changeme123",
            "somepassword",
            "foobared",
            "opensesame",
            "correct%20horse%20battery%20staple",
            "changeit",
            "shop_dev",
            "@db_password@",
            "op://prod/app/pw",
            "aaaaaaa",
            "/run/secrets/app_db",
        ] {
            assert!(!password(text.as_bytes()), "{text}");
        }
        assert!(password(b"hunter2-of-ours"));
    }
}
