//! Data that is spelled out in the labels of a host. Paths and queries are read in
//! [`super::url`].

use data_encoding::BASE64_NOPAD;

use super::pieces::Pieces;
use super::runs::{LEAST, decoded_text, is_random_word};

/// Whether data is spelled out in the labels of a host, which is read as the
/// client spelled it: whoever encodes keeps to the code's capitals.
pub(crate) fn in_host(host: &[u8]) -> bool {
    const MANY: usize = 10;
    const LONG: usize = 120;
    const READABLE: usize = 10;
    const RANDOM: usize = 48;
    const CUT: usize = 15;
    let labels: Vec<&[u8]> = host.split(|b| *b == b'.').collect();
    let Some(below) = labels.len().checked_sub(2).filter(|below| *below > 0) else {
        return false;
    };
    let mut pieces = Pieces::default();
    let (mut text, mut random, mut spelled) = (0, 0, 0);
    for label in labels.iter().take(below) {
        pieces.add(label);
        text += decoded_text(label, 6)
            .max(text_in_lost_case(label))
            .max(text_in_parts(label));
        let random_here: usize = label
            .split(|b| matches!(b, b'-' | b'_'))
            .filter(|part| part.len() >= LEAST && is_random_word(part))
            .map(<[u8]>::len)
            .sum();
        // The address of content, or a digest, is one label.
        let is_name = is_content_id(label)
            || label.iter().all(u8::is_ascii_hexdigit) && matches!(label.len(), 32 | 40 | 64);
        random += random_here;
        spelled += usize::from(random_here > 0 && !is_name);
        if is_base32_in_capitals(label) {
            return true;
        }
    }
    labels.len() > MANY
        || host.len() > LONG
        || labels.get(..below).is_some_and(are_slices)
        || text >= READABLE
        || pieces.read_as_text(CUT)
        || (random >= RANDOM && spelled > 0)
}

/// How many bytes of text the parts of a label hold, such as those behind a number:
/// `0-…`, `img-…`.
fn text_in_parts(label: &[u8]) -> usize {
    const SHORTEST: usize = 12;
    if !label.contains(&b'-') {
        return 0;
    }
    let text = |part: &[u8]| decoded_text(part, 6).max(text_in_lost_case(part));
    let parts = label.split(|b| *b == b'-');
    let parts = parts.filter(|part| part.len() >= SHORTEST).map(text).sum();
    // A dash may be of the spelling, too.
    let behind = label.splitn(2, |b| *b == b'-').nth(1).map_or(0, text);
    behind.max(parts)
}

/// Base32 as encoders write it. Nobody writes the name of a host so.
fn is_base32_in_capitals(label: &[u8]) -> bool {
    label.len() >= LEAST
        && label.iter().all(|b| matches!(b, b'A'..=b'Z' | b'2'..=b'7'))
        && is_random_word(label)
}

/// Something longer that was cut to equal labels.
fn are_slices(labels: &[&[u8]]) -> bool {
    const SLICES: usize = 4;
    const LENGTH: usize = 7;
    labels.windows(SLICES).any(|slices| {
        let first = slices.first().map_or(0, |slice| slice.len());
        first >= LENGTH && slices.iter().all(|slice| slice.len() == first)
    })
}

/// How many bytes of text a label holds in base64 whose capitals were lost on
/// the way, as names lose them. Of groups of four that chance wrote, one
/// in five has capitals with which it reads as text; so all of many must.
fn text_in_lost_case(label: &[u8]) -> usize {
    const GROUPS: usize = 6;
    let groups = label.chunks_exact(4);
    let is_low = |b: &u8| b.is_ascii_digit() || b.is_ascii_lowercase();
    let is_word = !label.iter().any(u8::is_ascii_digit);
    let many = groups.len() >= GROUPS && !is_word && label.iter().all(is_low);
    if many && groups.clone().all(reads_in_some_case) {
        groups.len() * 3
    } else {
        0
    }
}

fn reads_in_some_case(group: &[u8]) -> bool {
    let word = |b: &u8| b.is_ascii_alphanumeric() || b" _-.:=/@+".contains(b);
    (0_u8..16).any(|capitals| {
        let spelled: Vec<u8> = (group.iter().enumerate())
            .map(|(at, b)| match capitals >> at & 1 {
                1 => b.to_ascii_uppercase(),
                _ => *b,
            })
            .collect();
        let bytes = BASE64_NOPAD.decode(&spelled);
        bytes.is_ok_and(|bytes| bytes.iter().all(word))
    })
}

/// A label by which content is addressed (a CID, in base32 or base36).
fn is_content_id(label: &[u8]) -> bool {
    [&b"bafy"[..], b"bafk", b"bafz", b"k51q", b"k2k4"]
        .iter()
        .any(|start| label.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_in_labels_is_found_and_ordinary_names_are_not() {
        for host in [
            "7365637265745f6170695f6b65795f3132333435.files.example.com",
            "4a6f686e446f65.53656372657431.x.example.com",
            "nbsxs2lom5xgk4dbon2w64tu.k2m4x8q1z7w5v3t6r9p0.n5b8c2d4f6g7h1j3.example.com",
            "a.b.c.d.e.f.g.h.i.example.com",
            "MzQgYXBwbGVzIGFuZCA1IHBlYXJz.example.com",
            "mzqgyxbwbgvzigfuzca1ihblyxjz.example.com",
            "GI4TQ7XK5WLD2NPA.example.com",
            "0-ojxw65b2pa5daorqhjzg.up.example.com",
            "img-7365637265745f617069.up.example.com",
            "v1-c2VjcmV0X2FwaV9rZXk.up.example.com",
            "dGhl.IHRl.YXBv.dCBp.cyBo.b3Q.up.example.com",
            "slice-a1.b2c3d4e5.f6g7h8i9.j1k2l3m4.example.com",
        ] {
            assert!(in_host(host.as_bytes()), "{host}");
        }
        for host in [
            "api.example.com",
            "example.com",
            "app-git-feature-login-team42.example.app",
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b.preview.example.com",
            "bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi.ipfs.example.link",
            "x7wqk3m2n5b8v1c4z6l9j0h2g5f8d1s3.lambda-url.us-east-1.example.aws",
            "bucket.s3.dualstack.eu-central-1.example.com",
            "frontend.services.internal.example.com",
            "0123456789ABCDEF0123456789ABCDEF.gr7.us-east-1.example.com",
            "Tracker.Example.COM",
            "productionresultssa18.blob.core.example.net",
            "installnoetcorrect.example.com",
            "internationalisation-of-installations.example.com",
            "my-app-9f86d081884c.eu-central-1.example.com",
        ] {
            assert!(!in_host(host.as_bytes()), "{host}");
        }
    }
}
