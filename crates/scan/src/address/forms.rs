//! Ids in paths that look random and are longer than ids are, in forms that their
//! vendors' documents show. One of them an address may have, so that none becomes a
//! way out for more than an id.

use std::ops::Range;

use super::spelled::{Spelling, text_at};

/// How ids begin, and how long they are at most: Google's forms and published sheets,
/// deployments of Apps Script, pictures of accounts, mails of Microsoft Graph, Stripe's
/// sessions of a checkout.
const STARTS: [(&[u8], usize); 8] = [
    (b"2PACX-", 96),
    (b"AAMkA", 160),
    (b"1FAIpQLS", 60),
    (b"AKfycb", 76),
    (b"ACg8oc", 64),
    (b"AOh14G", 64),
    (b"cs_test_", 72),
    (b"cs_live_", 72),
];
/// Text behind the beginning is data after all.
const TEXT: usize = 12;

/// Whether the segment of the path is an id of a form that is known.
pub(super) fn is_known(path: &[u8], segment: &Range<usize>) -> bool {
    let text = path.get(segment.clone()).unwrap_or_default();
    let digit = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    let id = text.iter().take_while(digit).count();
    let id = text.get(..id).unwrap_or_default();
    let by_start = STARTS.iter().any(|(start, longest)| {
        let rest = id.strip_prefix(*start);
        rest.is_some_and(|rest| id.len() <= *longest && !reads(rest))
    });
    let by_place = || {
        is_digest_of_content(id)
            || is_font(path, id)
            || is_project(path, id)
            || is_upload(path, segment, id)
            || (segment.start == 1 && is_signature_of_image(path, id))
    };
    by_start || (!reads(id) && by_place())
}

fn reads(id: &[u8]) -> bool {
    text_at(id, Spelling::Base64).0.len() >= TEXT
}

/// The first form of IPFS's ids: a digest of 32 bytes in base58.
fn is_digest_of_content(id: &[u8]) -> bool {
    let is_digit = |b: &u8| b.is_ascii_alphanumeric() && !matches!(b, b'0' | b'O' | b'I' | b'l');
    id.len() == 46 && id.starts_with(b"Qm") && id.iter().all(is_digit)
}

/// Google's fonts: `/s/inter/v13/….woff2`. A part of one names the part.
fn is_font(path: &[u8], id: &[u8]) -> bool {
    const LONGEST: usize = 144;
    let mut segments = path.split(|b| *b == b'/').skip(1);
    let (folder, _, version) = (segments.next(), segments.next(), segments.next());
    let is_version = version.is_some_and(|version| {
        let number = version.strip_prefix(b"v").unwrap_or_default();
        (1..=3).contains(&number.len()) && number.iter().all(u8::is_ascii_digit)
    });
    let ends = [&b".woff2"[..], b".woff", b".ttf"];
    folder == Some(b"s")
        && is_version
        && id.len() <= LONGEST
        && ends.iter().any(|end| path.ends_with(end))
}

/// An upload that goes on, by the id that the registry gave it (OCI distribution
/// specification, "Pushing a blob in chunks"), and where Google's keeps what is pulled.
fn is_upload(path: &[u8], segment: &Range<usize>, id: &[u8]) -> bool {
    const LONGEST: usize = 256;
    let before = path.get(..segment.start).unwrap_or_default();
    let of_google = [&b"/artifacts-uploads/"[..], b"/artifacts-downloads/"];
    let places = [&b"/uploads/"[..], b"/downloads/"];
    let is_place = before.ends_with(b"/blobs/uploads/")
        || of_google.iter().any(|start| path.starts_with(start))
            && places.iter().any(|place| before.ends_with(place));
    is_place && id.len() <= LONGEST
}

/// Segment's settings of a project, under the key that every visitor is given.
fn is_project(path: &[u8], id: &[u8]) -> bool {
    let rest = path.strip_prefix(b"/v1/projects/");
    let rest = rest.and_then(|rest| rest.strip_prefix(id));
    id.len() == 32 && rest == Some(b"/settings")
}

/// imgproxy's signature, before the options: `/…/rs:fill:300:400:0/…`.
fn is_signature_of_image(path: &[u8], id: &[u8]) -> bool {
    let option = path.split(|b| *b == b'/').nth(2).unwrap_or_default();
    let name = option.iter().take_while(|b| b.is_ascii_lowercase()).count();
    id.len() == 43 && (1..=16).contains(&name) && option.get(name) == Some(&b':')
}
