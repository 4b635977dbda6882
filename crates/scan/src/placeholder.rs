//! What the agent holds instead of a secret: the same vendor's prefix, the
//! same length, the same kinds of characters, and nothing of the value.
//!
//! Checksums inside tokens are not made: no vendor's program checks them.

/// The prefixes by which programs tell one vendor's tokens from another's.
/// Where one begins like another, the longer stands first.
const PREFIXES: &[&str] = &[
    "sk-ant-admin01-",
    "sk-ant-api03-",
    "sk-ant-oat01-",
    "sk-ant-ort01-",
    "sk-ant-sid01-",
    "sk-ant-",
    "sk-or-v1-",
    "sk-proj-",
    "sk-svcacct-",
    "sk-admin-",
    "sk-None-",
    "sk_live_",
    "sk_test_",
    "rk_live_",
    "rk_test_",
    "sk-",
    "github_pat_",
    "ghp_",
    "gho_",
    "ghu_",
    "ghs_",
    "ghr_",
    "glpat-",
    "gldt-",
    "glrt-",
    "glcbt-",
    "glptt-",
    "gloas-",
    "AIza",
    "ya29.",
    "GOCSPX-",
    "AKIA",
    "ASIA",
    "xoxa-",
    "xoxb-",
    "xoxe-",
    "xoxp-",
    "xoxr-",
    "xoxs-",
    "xapp-",
    "hf_",
    "gsk_",
    "xai-",
    "pplx-",
    "r8_",
    "npm_",
    "pypi-AgEIcHlwaS5vcmc",
    "dckr_pat_",
    "rubygems_",
    "SG.",
    "whsec_",
    "shpat_",
    "dop_v1_",
    "dapi",
    "hvs.",
    "glsa_",
    "sntryu_",
    "lin_api_",
    "ntn_",
    "figd_",
    "ATATT3",
    "dp.pt.",
    "pul-",
    "sbp_",
];

/// The shortest tail that must stay unknown; with less, a prefix is no prefix.
const MIN_TAIL: usize = 6;
/// Long enough that only hex digits are no accident.
const HEX_LIKELY: usize = 16;

/// Makes a placeholder for `secret`. `random` gives random numbers.
///
/// No character behind the prefix is the secret's own at its place, except
/// punctuation and blanks between letters and digits.
pub fn like(secret: &[u8], random: &mut dyn FnMut() -> u32) -> Vec<u8> {
    let fits = |prefix: &&&str| {
        secret.starts_with(prefix.as_bytes()) && secret.len() >= prefix.len() + MIN_TAIL
    };
    let prefix = PREFIXES.iter().find(fits).map_or(0, |prefix| prefix.len());
    let (head, tail) = secret.split_at_checked(prefix).unwrap_or((&[], secret));
    let alphabets = Alphabets::of(tail);
    let mut out = head.to_vec();
    out.extend(
        tail.iter()
            .map(|&byte| pick(alphabets.class(byte), byte, random)),
    );
    out
}

/// Which characters stand in for which.
struct Alphabets {
    lower: &'static [u8],
    upper: &'static [u8],
    signs: Signs,
}

#[derive(Clone, Copy, PartialEq)]
enum Signs {
    Keep,
    Replace,
}

const DIGITS: &[u8] = b"0123456789";
const LOWER: &[u8] = b"abcdefghijklmnopqrstuvwxyz";
const UPPER: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const LOWER_HEX: &[u8] = b"abcdef";
const UPPER_HEX: &[u8] = b"ABCDEF";

impl Alphabets {
    fn of(tail: &[u8]) -> Self {
        let within = |class: fn(&u8) -> bool, digits: &[u8]| {
            tail.iter().filter(|b| class(b)).all(|b| digits.contains(b))
        };
        let letters = |b: &u8| b.is_ascii_alphabetic();
        let hex = tail.len() >= HEX_LIKELY
            && within(u8::is_ascii_lowercase, LOWER_HEX)
            && within(u8::is_ascii_uppercase, UPPER_HEX)
            && tail.iter().any(letters);
        let named = tail.iter().filter(|b| b.is_ascii_alphanumeric()).count();
        Self {
            lower: if hex { LOWER_HEX } else { LOWER },
            upper: if hex { UPPER_HEX } else { UPPER },
            // Where signs are much of the value they are not mere separators.
            signs: if named * 4 >= tail.len() * 3 {
                Signs::Keep
            } else {
                Signs::Replace
            },
        }
    }

    /// What may stand for `byte`; `None` where it stands for itself.
    fn class(&self, byte: u8) -> Option<&'static [u8]> {
        match byte {
            b'0'..=b'9' => Some(DIGITS),
            b'a'..=b'z' => Some(self.lower),
            b'A'..=b'Z' => Some(self.upper),
            // Letters of other scripts are no separators.
            0x80.. => Some(LOWER),
            _ if self.signs == Signs::Replace => Some(LOWER),
            _ => None,
        }
    }
}

/// A random character of the class, and never `byte` itself.
fn pick(class: Option<&'static [u8]>, byte: u8, random: &mut dyn FnMut() -> u32) -> u8 {
    let Some(class) = class else { return byte };
    let own = class.iter().position(|c| *c == byte);
    let choices = class.len() - usize::from(own.is_some());
    let choice = usize::try_from(random()).unwrap_or(0) % choices.max(1);
    let skip = own.is_some_and(|own| choice >= own);
    class
        .get(choice + usize::from(skip))
        .copied()
        .unwrap_or(b'x')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn made(secret: &[u8], seed: u32) -> Vec<u8> {
        let mut state = seed | 1;
        like(secret, &mut || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state >> 8
        })
    }

    #[test]
    fn the_vendor_s_prefix_stays() {
        let secret = concat!("sk-ant-", "api03-", "Hq4nTz8LcV1sXe7RbU6g-AA");
        let placeholder = made(secret.as_bytes(), 7);
        assert!(placeholder.starts_with(b"sk-ant-api03-"));
        assert_eq!(placeholder[33], b'-');
        assert_eq!(placeholder.len(), secret.len());
    }

    #[test]
    fn hex_stays_hex() {
        let secret = concat!("dapi", "7be20f4d913ca865d02b7f61e48c9a35");
        assert!(
            made(secret.as_bytes(), 3)[4..]
                .iter()
                .all(u8::is_ascii_hexdigit)
        );
    }

    #[test]
    fn a_value_of_signs_or_of_another_script_does_not_stay() {
        for secret in ["!!!!----", "пароль", "sk-", "      "] {
            let placeholder = made(secret.as_bytes(), 9);
            assert!(
                placeholder
                    .iter()
                    .zip(secret.as_bytes())
                    .all(|(a, b)| a != b),
                "{secret}"
            );
        }
    }

    proptest! {
        #[test]
        fn nothing_of_the_value_shows(tail in "[A-Za-z0-9]{8,80}", prefix in 0..PREFIXES.len(), seed: u32) {
            let secret = format!("{}{tail}", PREFIXES[prefix]);
            let placeholder = made(secret.as_bytes(), seed);
            let same_kind = |a: u8, b: u8| {
                a.is_ascii_digit() == b.is_ascii_digit() && a.is_ascii_uppercase() == b.is_ascii_uppercase()
            };
            let kept = PREFIXES.iter().filter(|p| secret.starts_with(**p)).map(|p| p.len()).max().unwrap_or(0);
            for (at, (a, b)) in placeholder.iter().zip(secret.as_bytes()).enumerate() {
                prop_assert!(same_kind(*a, *b));
                if b.is_ascii_alphanumeric() && at >= kept {
                    prop_assert!(a != b);
                }
            }
        }

        #[test]
        fn any_value_gets_a_printable_stand_in_of_its_length(secret in "[ -~]{1,60}", seed: u32) {
            let placeholder = made(secret.as_bytes(), seed);
            prop_assert_eq!(placeholder.len(), secret.len());
            prop_assert!(placeholder.iter().all(|b| (b' '..=b'~').contains(b)));
            prop_assert_ne!(placeholder, secret.into_bytes());
        }
    }
}
