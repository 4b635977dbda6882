//! Path patterns of a route: `*` within a segment, `**` for any number of
//! segments. No braces, classes or escapes: a pattern should be read at a
//! glance by the person who relies on it.

use std::fmt;
use std::str::FromStr;

use crate::path::RequestPath;

/// A pattern over paths, such as `/repos/acme/**`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PathGlob {
    text: String,
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Part {
    /// `**`: no, one or many segments.
    Any,
    /// One segment, its text split at each `*`.
    Segment(Vec<String>),
}

/// Why a text is no path pattern.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GlobError {
    /// `**` beside other characters.
    #[error("`**` stands alone between two slashes; within a segment write a single `*`")]
    DoubleStar,
    /// Not absolute.
    #[error("a path begins with `/`")]
    NotAbsolute,
    /// A `?`, `#`, `%`, `\`, blank or control character.
    #[error(
        "`{0}` has no place here: a pattern is matched against the decoded path, without its query"
    )]
    Character(char),
    /// `.` or `..` as a segment, or an empty one.
    #[error("a pattern has no empty, `.` or `..` segment")]
    Segment,
}

impl PathGlob {
    /// The pattern as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether `path` matches, in every reading that a server may have of it.
    pub fn matches(&self, path: &RequestPath) -> bool {
        path.readings()
            .is_some_and(|readings| readings.iter().all(|path| self.matches_text(path)))
    }

    /// Whether some path could match both patterns. Errs towards yes.
    pub fn may_overlap(&self, other: &Self) -> bool {
        overlap(&self.parts, &other.parts)
    }

    fn matches_text(&self, path: &str) -> bool {
        let Some(rest) = path.strip_prefix('/') else {
            return false;
        };
        let segments: Vec<&str> = rest.split('/').collect();
        // Row `p` says which numbers of leading segments the first `p` parts can cover:
        // linear in parts times segments, whatever the pattern.
        let mut row = vec![false; segments.len() + 1];
        if let Some(first) = row.first_mut() {
            *first = true;
        }
        for part in &self.parts {
            row = step(part, &row, &segments);
        }
        row.last().copied().unwrap_or(false)
    }
}

fn step(part: &Part, row: &[bool], segments: &[&str]) -> Vec<bool> {
    match part {
        Part::Any => row
            .iter()
            .scan(false, |seen, &here| {
                *seen |= here;
                Some(*seen)
            })
            .collect(),
        Part::Segment(pieces) => std::iter::once(false)
            .chain(
                row.iter()
                    .zip(segments)
                    .map(|(&here, segment)| here && segment_matches(pieces, segment)),
            )
            .collect(),
    }
}

/// Matches `pieces[0] * pieces[1] * …` against a segment, greedily from the left.
fn segment_matches(pieces: &[String], segment: &str) -> bool {
    let Some((first, rest)) = pieces.split_first() else {
        return segment.is_empty();
    };
    let Some(mut left) = segment.strip_prefix(first.as_str()) else {
        return false;
    };
    let Some((last, middle)) = rest.split_last() else {
        return left.is_empty();
    };
    for piece in middle {
        match left.split_once(piece.as_str()) {
            Some((_, after)) => left = after,
            None => return false,
        }
    }
    left.ends_with(last.as_str())
}

fn overlap(one: &[Part], two: &[Part]) -> bool {
    match (one.split_first(), two.split_first()) {
        (None, None) => true,
        (Some((Part::Any, _)), _) | (_, Some((Part::Any, _))) => true,
        (Some((Part::Segment(a), one)), Some((Part::Segment(b), two))) => {
            segments_overlap(a, b) && overlap(one, two)
        }
        (Some((Part::Segment(_), _)), None) | (None, Some((Part::Segment(_), _))) => false,
    }
}

fn segments_overlap(a: &[String], b: &[String]) -> bool {
    match (a, b) {
        ([a], [b]) => a == b,
        ([plain], starred) | (starred, [plain]) => segment_matches(starred, plain),
        _ => true,
    }
}

impl FromStr for PathGlob {
    type Err = GlobError;

    fn from_str(text: &str) -> Result<Self, GlobError> {
        let rest = text.strip_prefix('/').ok_or(GlobError::NotAbsolute)?;
        if let Some(odd) = text
            .chars()
            .find(|c| matches!(c, '?' | '#' | '%' | '\\') || c.is_control() || c.is_whitespace())
        {
            return Err(GlobError::Character(odd));
        }
        let segments: Vec<&str> = rest.split('/').collect();
        let count = segments.len();
        let parts = segments
            .iter()
            .enumerate()
            .map(|(at, segment)| part(segment, at + 1 == count))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            text: text.to_owned(),
            parts,
        })
    }
}

fn part(segment: &str, is_last: bool) -> Result<Part, GlobError> {
    match segment {
        "**" => Ok(Part::Any),
        s if s.contains("**") => Err(GlobError::DoubleStar),
        "" if !is_last => Err(GlobError::Segment),
        "." | ".." => Err(GlobError::Segment),
        s => Ok(Part::Segment(s.split('*').map(str::to_owned).collect())),
    }
}

impl fmt::Display for PathGlob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(glob: &str, path: &str) -> bool {
        glob.parse::<PathGlob>()
            .unwrap()
            .matches(&RequestPath::new(path))
    }

    #[test]
    fn a_star_stays_within_its_segment() {
        assert!(matches("/repos/*/pulls", "/repos/acme/pulls"));
        assert!(matches("/v*/x", "/v1/x"));
        assert!(matches("/a*b*c", "/aXbYc"));
        assert!(!matches("/repos/*/pulls", "/repos/a/b/pulls"));
        assert!(!matches("/a*b", "/ab/b"));
        assert!(!matches("/ab*ba", "/aba"));
    }

    #[test]
    fn two_stars_take_any_number_of_segments() {
        for path in ["/repos/acme", "/repos/acme/", "/repos/acme/x/y"] {
            assert!(matches("/repos/acme/**", path), "{path}");
        }
        assert!(matches("/**", "/"));
        assert!(matches("/**/info/refs", "/a/b/info/refs"));
        assert!(!matches("/repos/acme/**", "/repos/acmeX"));
    }

    #[test]
    fn the_query_does_not_take_part() {
        assert!(matches("/a", "/a?b=/c"));
    }

    #[test]
    fn attempts_to_leave_the_path_match_nothing() {
        for path in [
            "/repos/acme/../evil",
            "/repos/acme/%2e%2e/evil",
            "/repos/acme/..%2fevil",
            "/repos/acme//evil",
            "/repos%2facme/x",
        ] {
            assert!(
                !matches("/repos/acme/**", path) || path == "/repos%2facme/x",
                "{path}"
            );
        }
        // One server sees two segments here, another one: only what both would allow passes.
        assert!(!matches("/a/*", "/a/b%2fc"));
        assert!(matches("/a/**", "/a/b%2fc"));
        assert!(!matches("/repos/acme/**", "/repos%2facme/x"));
    }

    #[test]
    fn bad_patterns_are_refused() {
        for text in ["", "a", "/a**", "/a?b", "/a//b", "/../a", "/a b", "/%41"] {
            assert!(text.parse::<PathGlob>().is_err(), "{text}");
        }
    }

    #[test]
    fn overlap_is_seen() {
        let overlap = |a: &str, b: &str| {
            a.parse::<PathGlob>()
                .unwrap()
                .may_overlap(&b.parse().unwrap())
        };
        assert!(overlap("/a/**", "/a/b"));
        assert!(overlap("/a/*", "/a/b"));
        assert!(!overlap("/a/b", "/a/c"));
        assert!(!overlap("/a", "/a/b"));
    }

    #[test]
    fn a_long_pattern_and_path_are_quick() {
        let glob = format!("/{}", "**/a*a*a*a/".repeat(50));
        assert!(!matches(
            &glob,
            &format!("/{}b", "aaaaaaaaaaaaaaaaaaaa/".repeat(200))
        ));
    }
}
