//! A value in pieces over one request's head: the values of its query, the
//! segments of its path, its headers of no standard. Whoever receives them
//! puts them together, so they are read together, too.

use bottle_scan::{Finding, Place, View};
use http::HeaderMap;
use http::request::Parts;

/// Shorter pieces are words and numbers; a secret in those is not put together.
const LEAST: usize = 6;
/// More pieces are a list.
const MOST: usize = 8;
/// Longer ones are read where they stand.
const LONGEST: usize = 512;

/// Pieces as they are read together: from each on, to the last.
pub(crate) struct Joined {
    /// One such reading a line.
    pub(crate) text: Vec<u8>,
    /// Where in it one piece ends and the next begins.
    seams: Vec<usize>,
    place: Place,
}

impl Joined {
    /// None where there are not two of them.
    fn new<'a>(place: Place, pieces: impl Iterator<Item = &'a [u8]>) -> Option<Self> {
        let fits = |piece: &&[u8]| (LEAST..=LONGEST).contains(&piece.len());
        let pieces: Vec<&[u8]> = pieces.filter(fits).take(MOST).collect();
        let (mut text, mut seams) = (Vec::new(), Vec::new());
        for first in 0..pieces.len().saturating_sub(1) {
            for piece in pieces.iter().skip(first) {
                seams.push(text.len());
                text.extend_from_slice(piece);
            }
            text.push(b'\n');
        }
        (!text.is_empty()).then_some(Self { text, seams, place })
    }

    /// A finding as one of the request's, if it is one over a seam: what stands
    /// within a piece was found there. Numbers are put together by chance, as are a name
    /// and a value of which only the name says that it is one: headers are full of ids.
    pub(crate) fn over_a_seam(&self, mut finding: Finding) -> Option<Finding> {
        let here = finding.start..finding.end;
        let crosses = self
            .seams
            .iter()
            .any(|seam| here.start < *seam && *seam < here.end);
        let value = self.text.get(here)?;
        if !crosses || finding.is_by_name() || !value.iter().any(u8::is_ascii_alphabetic) {
            return None;
        }
        finding.decoding.insert(0, View::Apart);
        finding.place = self.place.clone();
        (finding.start, finding.end) = (0, 0);
        Some(finding)
    }
}

/// What a request's head shows in pieces.
pub(crate) fn in_head(parts: &Parts) -> impl Iterator<Item = Joined> {
    let uri = &parts.uri;
    let fields = uri.query().unwrap_or_default().split('&');
    let value = |field| str::split_once(field, '=').map_or(field, |(_, value)| value);
    [
        Joined::new(Place::Url, uri.path().split('/').map(str::as_bytes)),
        Joined::new(Place::Url, fields.map(|field| value(field).as_bytes())),
        Joined::new(Place::Header("x-*".to_owned()), own(&parts.headers)),
    ]
    .into_iter()
    .flatten()
}

/// The values of the headers that clients and servers agree on by themselves.
fn own(headers: &HeaderMap) -> impl Iterator<Item = &[u8]> {
    headers
        .iter()
        .filter(|(name, _)| name.as_str().starts_with("x-"))
        .map(|(_, value)| value.as_bytes())
}

#[cfg(test)]
mod tests {
    use bottle_policy::InspectTerms;
    use bottle_scan::{Input, Scanner};

    use super::*;

    fn told(pieces: &[&str]) -> Vec<Finding> {
        let place = Place::Header("x-*".to_owned());
        let joined = Joined::new(place.clone(), pieces.iter().map(|it| it.as_bytes())).unwrap();
        let scanner = Scanner::new(Vec::new(), [0; 32]).unwrap();
        let input = Input::new(&place, &joined.text);
        let found = scanner.scan(input, &InspectTerms::default()).unwrap();
        assert!(!found.is_empty(), "{pieces:?}");
        found
            .into_iter()
            .filter_map(|it| joined.over_a_seam(it))
            .collect()
    }

    /// The headers of a client, whose ids made one request in thirty look like that.
    #[test]
    fn ids_of_a_client_are_no_credential_with_the_name_of_a_feature() {
        let id = "01a26b76-917e-768d-8246-69cbebad40d0";
        let found = told(&["remote_compaction_v2", &format!("{id}:0"), id]);
        assert_eq!(found, []);
    }

    #[test]
    fn a_token_in_two_pieces_is_one() {
        let (front, rest) = (
            ["gh", "p_16C7e42F292c69"].concat(),
            "12E7710c838347Ae178B4a",
        );
        assert_eq!(told(&[&front, rest]).len(), 1);
    }
}
