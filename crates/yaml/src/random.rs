//! Whether a word looks like key material: generated, not typed by a person.
//!
//! A heuristic for hiding values in reports and for finding the secrets of a
//! dotenv file. It decides nothing about what may leave: that is the scan's.

/// The openings that well-known issuers give their keys.
const PREFIXES: [&str; 18] = [
    "AKIA",
    "AIza",
    "EAAC",
    "SG.",
    "dop_v1_",
    "eyJ",
    "gho_",
    "ghp_",
    "ghs_",
    "ghu_",
    "github_pat_",
    "glpat-",
    "hf_",
    "npm_",
    "pypi-",
    "rk_live_",
    "sk-",
    "xox",
];
/// The shortest word that an issuer's opening makes a key.
const MIN_PREFIXED: usize = 12;
/// The shortest run of letters and digits that can pass for generated.
const MIN_RUN: usize = 16;
/// Bits a character, below which a run is too regular to be generated.
/// Random hex has close to 4 and, in 16 characters, seldom under 3.
const MIN_ENTROPY: f64 = 2.9;

/// Whether a word looks generated.
pub fn looks_random(word: &str) -> bool {
    let prefixed = PREFIXES.iter().any(|p| word.starts_with(p)) && word.len() >= MIN_PREFIXED;
    prefixed
        || word
            .split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '=')))
            .any(is_random_run)
}

fn is_random_run(run: &str) -> bool {
    let digits = run.bytes().filter(u8::is_ascii_digit).count();
    let letters = run.bytes().filter(u8::is_ascii_alphabetic).count();
    run.len() >= MIN_RUN && digits >= 2 && letters >= 2 && entropy(run) >= MIN_ENTROPY
}

/// Shannon's entropy in bits a character.
fn entropy(text: &str) -> f64 {
    let mut counts = [0_u32; 256];
    for byte in text.bytes() {
        if let Some(count) = counts.get_mut(usize::from(byte)) {
            *count += 1;
        }
    }
    let total: f64 = counts.iter().copied().map(f64::from).sum();
    counts
        .iter()
        .filter(|&&count| count > 0)
        .map(|&count| {
            let share = f64::from(count) / total;
            -share * share.log2()
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generated_words_are_seen() {
        for word in [
            "sk-ant-api03-abc",
            "ghp_0123456789abcdefABCDEF0123456789abcd",
            "9f86d081884c7d659a2feaa0c55ad015",
            "dGhpcyBpcyBub3QgYSBzZWNyZXQ3Nzc3",
            "xK9mQ2vL8nR4tW7z",
        ] {
            assert!(looks_random(word), "{word}");
        }
    }

    #[test]
    fn typed_words_are_not() {
        for word in [
            "",
            "development",
            "api.github.com",
            "/repos/acme/widgets/pulls",
            "my-long-service-name-production-2",
            "refs/heads/agent/feature-2026-11",
            "application/x-www-form-urlencoded",
            "0000000000000000",
            "aaaaaaaaaaaaaaaaaaaa11",
            "6f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
        ] {
            assert!(!looks_random(word), "{word}");
        }
    }
}
