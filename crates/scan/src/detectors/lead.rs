//! Checks of what stands around a secret: of the text from a keyword on, before a
//! pattern is tried, and of what stands in a match before its secret.

use crate::free::value::{Value, class};

/// Whether the text from a match's first byte to its secret leaves the secret one.
pub(crate) type Lead = fn(&[u8], &[u8]) -> bool;

/// Anything may follow a keyword.
pub(super) fn anyhow(_from_keyword: &[u8]) -> bool {
    true
}

/// A name ends soon behind the keyword's beginning, and something is assigned to
/// it, or follows it in a call; and a digit or a sign of passwords is near. The
/// escape of a blank is one, and another escape may be anything.
pub(super) fn assigned(from_keyword: &[u8]) -> bool {
    let name = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
    let (mut rest, mut left) = (from_keyword, 24);
    while let Some((_, behind)) = rest.split_first().filter(|(b, _)| left > 0 && name(b)) {
        (rest, left) = (behind, left - 1);
    }
    let is = rest.trim_ascii_start().starts_with(b"is ");
    for _ in 0..16 {
        rest = match rest {
            [b'\\', b'n' | b'r' | b't' | b'"', behind @ ..] => behind,
            [b'=' | b':' | b',' | b'!' | b'<' | b'\\', ..] => return before_digits(rest),
            [b'"' | b'\'' | b'`' | b']', behind @ ..] => behind,
            [blank, behind @ ..] if blank.is_ascii_whitespace() => behind,
            _ => return is && before_digits(rest),
        };
    }
    false
}

/// The same, or letters follow at once that are no words.
pub(super) fn assigned_or_letters(from_keyword: &[u8]) -> bool {
    const SHORTEST: usize = 12;
    let name = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_';
    let sign = |b: &u8| !b.is_ascii_alphanumeric();
    let behind = |from: &'_ [u8], of: &dyn Fn(&u8) -> bool| {
        from.iter().take(24).take_while(|b| of(b)).count()
    };
    let random = || {
        let rest = from_keyword.get(behind(from_keyword, &name)..)?;
        let value = rest.get(behind(rest, &sign)..)?;
        let len = value
            .iter()
            .take(64)
            .take_while(|b| b.is_ascii_alphabetic())
            .count();
        let letters = value.get(..len).filter(|_| len >= SHORTEST)?;
        Value::new(letters).is_unsayable().then_some(())
    };
    assigned(from_keyword) || random().is_some()
}

/// Behind `sk_`, and one word, letters and digits go on as long as a key is, or up to
/// what may hide some: what is called `sk_X509_new_null` is a function.
pub(super) fn as_long_as_a_key(from_keyword: &[u8]) -> bool {
    const KEY: usize = 32;
    let rest = from_keyword.get(3..).unwrap_or_default();
    let word = rest
        .iter()
        .take(11)
        .take_while(|b| b.is_ascii_lowercase())
        .count();
    let key = match rest.get(word) {
        Some(b'_') if word >= 2 => word + 1,
        _ => 0,
    };
    let rest = rest.get(key..).unwrap_or_default();
    let len = rest
        .iter()
        .take(KEY)
        .take_while(|b| b.is_ascii_alphanumeric())
        .count();
    let behind = rest.get(len..).unwrap_or_default();
    let is_called = matches!(behind, [b'(' | b')' | b',' | b';', ..]);
    let part = behind.strip_prefix(b"_").unwrap_or_default();
    let next = part.iter().take_while(|b| b.is_ascii_lowercase()).count();
    let is_named = next >= 3 && matches!(part.get(next), Some(b'_' | b'('));
    len == KEY || len == 0 || !(is_called || is_named)
}

/// A little behind the keyword's beginning there is something that may have been
/// made up: letters of both cases and a digit in a row.
pub(super) fn before_made_up(from_keyword: &[u8]) -> bool {
    let near = from_keyword.get(..FAR).unwrap_or(from_keyword);
    // All of it at once: most text has none.
    if !near.iter().fold(false, |any, b| any | b.is_ascii_digit()) {
        return false;
    }
    let (mut len, mut seen) = (0, 0);
    for byte in near {
        let class = class(*byte);
        if class == 0 && ends_value(*byte) {
            (len, seen) = (0, 0);
            continue;
        }
        len += 1;
        seen |= 1 << class;
        // A digit, a small letter and a capital.
        if seen & 0b1110 == 0b1110 && len >= 8 {
            return true;
        }
    }
    false
}

/// What no value has in it.
fn ends_value(byte: u8) -> bool {
    byte.is_ascii_whitespace()
        || matches!(
            byte,
            b'"' | b'\'' | b'`' | b'<' | b'>' | b'|' | b'(' | b')' | b'{'
        )
}

/// As far as a value may be from its name, and it may be as long.
const FAR: usize = 260;

/// Behind `://` a `@` ends what may be a login: letters, digits and signs, and no slash.
pub(super) fn before_login(from_keyword: &[u8]) -> bool {
    let behind = from_keyword.get(3..).unwrap_or_default();
    let near = behind.get(..200).unwrap_or(behind);
    let end = near.iter().position(|b| {
        matches!(b, b'@' | b'/' | b'"' | b'\'' | b'<' | b'>' | b'`') || b.is_ascii_whitespace()
    });
    end.is_some_and(|end| end >= 9 && near.get(end) == Some(&b'@'))
}

/// A digit or a sign that passwords have stands within so many bytes.
pub(super) fn before_digits(from_keyword: &[u8]) -> bool {
    let near = from_keyword.get(..96).unwrap_or(from_keyword);
    let fits = |b: &u8| b.is_ascii_digit() || matches!(b, b'!' | b'#' | b'^');
    near.iter().any(fits)
}

/// No first line of PEM stands before it.
pub(super) fn in_no_pem(lead: &[u8], _secret: &[u8]) -> bool {
    lead.is_empty()
}

/// Nothing is asked.
pub(super) fn any(_lead: &[u8], _secret: &[u8]) -> bool {
    true
}

/// `password_hash`, `passwd_exe_guid`: the name of what belongs to a password.
pub(super) fn names_it(lead: &[u8], _secret: &[u8]) -> bool {
    const OTHERS: [&[u8]; 20] = [
        b"digest",
        b"guid",
        b"uuid",
        b"_id",
        b"salt",
        b"prompt",
        b"policy",
        b"prmpt",
        b"sha1",
        b"sha256",
        b"sha512",
        b"md5",
        b"resetid",
        b"policyid",
        b"keyid",
        b"changedby",
        b"expiresin",
        b"expired",
        b"strength",
        b"template",
    ];
    let name_part = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_';
    let is_sign = |b: &u8| !name_part(b);
    let start = lead.iter().position(name_part).unwrap_or(0);
    let name = lead.get(start..).unwrap_or_default();
    let end = name.iter().position(is_sign).unwrap_or(name.len());
    let name = name.get(..end).unwrap_or_default();
    let lower = name.to_ascii_lowercase();
    let has = |word: &[u8]| memchr::memmem::find(&lower, word).is_some();
    ends_its_word(name, &lower)
        && !has(b"hash")
        && !has(b"encrypted")
        && !name.ends_with(b"Id")
        && !OTHERS.iter().any(|other| lower.ends_with(other))
}

/// The same; and what is assigned in the line below has a name of its own.
pub(super) fn says_it(lead: &[u8], secret: &[u8]) -> bool {
    let below = lead.contains(&b'\n') && secret.contains(&b'=');
    !below && names_it(lead, secret)
}

/// Whether the word for a password ends where it should: `PASSWORD_DEV`, `password2`,
/// `passwordText`. In `DB_PASSWORDCOMMIT=` two lines have been put together. `lower` is
/// the name in small letters.
fn ends_its_word(name: &[u8], lower: &[u8]) -> bool {
    const WORDS: [&[u8]; 4] = [b"password", b"passwd", b"passphrase", b"pwd"];
    const BEHIND: [&[u8]; 16] = [
        b"s", b"text", b"txt", b"value", b"val", b"str", b"field", b"input", b"confirm", b"again",
        b"new", b"old", b"plain", b"clear", b"base", b"db",
    ];
    let end = WORDS
        .iter()
        .filter_map(|word| Some(memchr::memmem::rfind(lower, word)? + word.len()));
    let Some(end) = end.max() else {
        return true;
    };
    let behind = lower.get(end..).unwrap_or_default();
    let [last, first] = [name.get(end - 1), name.get(end)].map(|b| b.copied().unwrap_or(b'_'));
    let goes_on = last.is_ascii_uppercase() == first.is_ascii_uppercase();
    !first.is_ascii_alphabetic() || !goes_on || BEHIND.iter().any(|word| behind.starts_with(word))
}

/// `sha256=…`, `sha512-…`: a digest begins there, in a list of a package's files or
/// in a lock. It may begin as a token does.
pub(crate) fn of_a_digest(before: &[u8]) -> bool {
    const DIGESTS: [&[u8]; 7] = [
        b"sha256=", b"sha512=", b"sha1-", b"sha256-", b"sha384-", b"sha512-", b"SHA256:",
    ];
    DIGESTS.iter().any(|digest| before.ends_with(digest))
}

/// Not the user's name again: `mysql://rabbit:rabbit@`, as manuals and the settings
/// of a program's tests have it.
pub(super) fn not_its_user(lead: &[u8], secret: &[u8]) -> bool {
    let user = lead.strip_suffix(b":").unwrap_or(lead);
    !user.ends_with(secret) || user.len() == secret.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_to_a_password_is_none() {
        assert!(names_it(b"password = \"", b""));
        assert!(names_it(b"Password\":\"", b""));
        assert!(!names_it(b"password_hash\":\"", b""));
        assert!(!names_it(b"PwdHashNT=\"", b""));
        assert!(!names_it(b"PASSWORD_ENCRYPTED=", b""));
        assert!(!names_it(b"passwd_exe_guid=\"", b""));
    }

    #[test]
    fn a_digest_is_told_by_its_kind() {
        assert!(of_a_digest(b"tag.py,sha256="));
        assert!(of_a_digest(b"\"integrity\": \"sha512-"));
        assert!(!of_a_digest(b"token="));
    }

    #[test]
    fn a_user_s_own_name_protects_nothing() {
        assert!(!not_its_user(b"mysql://rabbit:", b"rabbit"));
        assert!(not_its_user(b"mysql://app:", b"rabbit"));
    }
}
