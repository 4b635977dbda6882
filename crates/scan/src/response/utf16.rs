//! Answers in UTF-16, which a browser and most tools read like any other.

use crate::finding::View;
use crate::views::{Layer, Scale};

/// So much of a text is read.
const MOST: usize = 1 << 20;
/// So much of it is looked at to tell what it is.
const HEAD: usize = 64;
/// The least that tells without a mark.
const LEAST: usize = 8;

/// Which byte of a pair comes first.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Order {
    Big,
    Little,
}

/// Whether bytes with zeros among them are a text nevertheless: UTF-16, by its
/// mark or because every other byte is zero at the beginning.
pub fn is_utf16(bytes: &[u8]) -> bool {
    order(bytes).is_some()
}

fn order(bytes: &[u8]) -> Option<Order> {
    match bytes {
        [0xff, 0xfe, ..] => return Some(Order::Little),
        [0xfe, 0xff, ..] => return Some(Order::Big),
        _ => {}
    }
    let head = bytes.get(..bytes.len().min(HEAD))?;
    let (pairs, _) = head.as_chunks::<2>();
    let first = pairs.iter().filter(|[first, _]| *first == 0).count();
    let second = pairs.iter().filter(|[_, second]| *second == 0).count();
    let most = |zeros: usize| pairs.len() * 2 >= LEAST && zeros * 4 >= pairs.len() * 3;
    if most(second) && first == 0 {
        return Some(Order::Little);
    }
    (most(first) && second == 0).then_some(Order::Big)
}

/// The text, if it is one.
pub(super) fn decode(input: &[u8]) -> Option<Layer<'static>> {
    let order = order(input)?;
    let input = input.get(..input.len().min(MOST))?;
    let (pairs, _) = input.as_chunks::<2>();
    let units = pairs.iter().map(|pair| match order {
        Order::Big => u16::from_be_bytes(*pair),
        Order::Little => u16::from_le_bytes(*pair),
    });
    let text: String = char::decode_utf16(units)
        .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect();
    let mut layer = Layer::of(View::Utf16);
    let scale = Scale::Even {
        above: pairs.len() * 2,
        here: text.len().max(1),
    };
    layer.push(0..pairs.len() * 2, scale, |to| to.extend(text.into_bytes()));
    Some(layer)
}
