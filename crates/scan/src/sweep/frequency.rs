//! How often bytes stand in what agents send: source code in JSON, and prose. For
//! choosing the part of a keyword that tells most, and what shares a bucket.

use super::buckets::PLACES;
use super::common::COMMON;

/// How often the first bytes of a part stand in a text: by how rare each is by
/// itself, and by how common they are together, from 0 to 1.
pub(crate) fn frequency(part: &[u8]) -> f32 {
    let part = part.get(..PLACES).unwrap_or(part);
    let apart = part.iter().map(|byte| byte_share(*byte)).product::<f32>();
    let common = COMMON.binary_search_by_key(&part, |(common, _)| common.as_slice());
    let common = common.ok().and_then(|at| COMMON.get(at));
    apart + common.map_or(0.0, |(_, count)| common_share(*count))
}

/// As they are counted in [`COMMON`].
fn common_share(count: u16) -> f32 {
    f32::from(count) / 1_000_000.0
}

/// How much of a text is this byte.
fn byte_share(byte: u8) -> f32 {
    let count = OCCURRENCES.get(usize::from(byte)).copied().unwrap_or(1);
    f32::from(count) / 20_000.0
}

/// Of twenty thousand bytes of source code in JSON and of prose, how many are
/// this one; bytes past ASCII as if they were rare.
const OCCURRENCES: [u16; 128] = [
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 49, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    1, 4622, 24, 106, 35, 5, 2, 38, 39, 211, 211, 44, 10, 230, 82, 218, 348, 64, 54, 42, 27, 24,
    21, 21, 12, 23, 12, 256, 73, 33, 75, 62, 9, 1, 49, 24, 49, 36, 57, 27, 10, 21, 44, 2, 12, 26,
    26, 32, 28, 41, 1, 36, 78, 63, 16, 14, 11, 4, 4, 2, 41, 494, 41, 1, 210, 121, 770, 145, 424,
    376, 1459, 316, 166, 310, 659, 7, 111, 489, 250, 1134, 692, 307, 21, 785, 786, 1045, 354, 95,
    117, 89, 152, 26, 63, 79, 63, 2, 1,
];
