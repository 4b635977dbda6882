//! The service that a section of a file is named after, in which a value stands:
//! `[meraki]`, `codecov:`, `provider "wise" {`, `Mixmax.configure do |config|`; or that
//! a line right above names by its host, or by what is imported there.

use super::Service;
use super::above::of_file;
use super::words::Words;

/// How far back, in how many lines, and how many sections one in another.
const BACK: usize = 400;
const LINES: usize = 12;
const DEPTH: usize = 3;
/// A line right above is one of so many.
const NEAR: usize = 3;
/// The longest line that is read.
const LONGEST: usize = 120;

/// Whether a service's name stands there, that is no everyday word and keeps no digests.
pub(super) fn names_service(text: &[u8], at: usize) -> bool {
    let from = at.saturating_sub(BACK);
    let back = text.get(from..at).unwrap_or_default();
    let mut lines = Lines { rest: back };
    let own = lines.next().unwrap_or_default();
    let mut indent = blanks(own);
    let mut depth = 0;
    for (above, line) in lines.take(LINES).enumerate() {
        let words = line.trim_ascii();
        if words.is_empty() || words.len() > LONGEST {
            continue;
        }
        let is_section = words.starts_with(b"[") && words.ends_with(b"]");
        let opens = blanks(line) < indent && is_opening(words);
        if is_section || opens {
            if has_service(words) {
                return true;
            }
            indent = blanks(line);
            depth += 1;
        } else if above < NEAR
            && blanks(line) == indent
            && depth == 0
            && is_told(words)
            && has_service(words)
        {
            return true;
        }
        if is_section || depth == DEPTH {
            return false;
        }
    }
    false
}

/// Lines from the last to the first, as the file has them, whether their ends are escaped
/// or not.
struct Lines<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Lines<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        if self.rest.is_empty() {
            return None;
        }
        let plain = memchr::memrchr(b'\n', self.rest).map(|at| (at, at + 1));
        let escaped = memchr::memmem::rfind(self.rest, b"\\n").map(|at| (at, at + 2));
        let Some((end, start)) = plain.max(escaped) else {
            return Some(of_file(std::mem::take(&mut self.rest)));
        };
        let line = self.rest.get(start..).unwrap_or_default();
        self.rest = self.rest.get(..end).unwrap_or_default();
        Some(of_file(line))
    }
}

fn blanks(line: &[u8]) -> usize {
    line.iter()
        .take_while(|b| matches!(b, b' ' | b'\t'))
        .count()
}

/// What opens a section: `name:`, `name {`, `'name' => [`, `Name.configure do |config|`.
fn is_opening(line: &[u8]) -> bool {
    matches!(line.last(), Some(b':' | b'{' | b'[' | b'('))
        || (line.ends_with(b"|") && memchr::memmem::find(line, b" do |").is_some())
}

/// What tells whose the lines below are: an address, an import.
fn is_told(line: &[u8]) -> bool {
    const IMPORTS: [&[u8]; 4] = [b"import ", b"from ", b"require ", b"use "];
    memchr::memmem::find(line, b"://").is_some()
        || IMPORTS.iter().any(|word| line.starts_with(word))
}

/// An everyday word counts where it is all that the line says.
fn has_service(line: &[u8]) -> bool {
    let words = Words::new(line);
    let (service, store) = words.service(0, usize::MAX);
    (service >= Service::Near && !store) || words.are_one_service()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_of_the_service_that_it_is_named_after() {
        let is_named = |text: &str| names_service(text.as_bytes(), text.len());
        for text in [
            "[meraki]\nkey = ",
            "[meraki]\nurl = x\nkey = ",
            "codecov:\n  token: ",
            "services:\n  codecov:\n    upload:\n      token: ",
            "\"codecov\": {\n  \"token\": \"",
            "provider \"loggly\" {\n  api_token = \"",
            "Mixmax.configure do |config|\n  config.api_token = '",
            "import openai\n\nkey = '",
            "base_url: https://api.cloverly.com\ntoken: ",
            "codecov:\\n  token: ",
            "apollo:\n  enabled: true\n  key: ",
        ] {
            assert!(is_named(text), "{text}");
        }
        for text in [
            "key = ",
            "codecov:\n  url: x\nother:\n  token: ",
            "[codecov]\n[other]\nkey = ",
            "we use codecov here\nkey = ",
            "codecov: yes\nkey = ",
            "github:\n  key: ",
            "the apollo programme:\n  key: ",
        ] {
            assert!(!is_named(text), "{text}");
        }
    }
}
