//! Checks of what stands in a match before its secret: the name, the user.

/// Whether the text from a match's first byte to its secret leaves the secret one.
pub(crate) type Lead = fn(&[u8], &[u8]) -> bool;

/// Nothing is asked.
pub(super) fn any(_lead: &[u8], _secret: &[u8]) -> bool {
    true
}

/// `password_hash`, `passwd_exe_guid`: the name of what belongs to a password.
pub(super) fn names_it(lead: &[u8], _secret: &[u8]) -> bool {
    const OTHERS: [&[u8]; 8] = [
        b"digest", b"guid", b"uuid", b"_id", b"salt", b"prompt", b"policy", b"prmpt",
    ];
    let name_part = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_';
    let is_sign = |b: &u8| !name_part(b);
    let start = lead.iter().position(name_part).unwrap_or(0);
    let name = lead.get(start..).unwrap_or_default();
    let end = name.iter().position(is_sign).unwrap_or(name.len());
    let name = name.get(..end).unwrap_or_default().to_ascii_lowercase();
    let hash = memchr::memmem::find(&name, b"hash").is_some();
    !hash && !OTHERS.iter().any(|other| name.ends_with(other))
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
