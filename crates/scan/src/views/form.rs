//! The view of a form as addresses have it (`application/x-www-form-urlencoded`):
//! `+` is a blank, and everything else that is no letter is `%XX`.
//!
//! Only of a text that is nothing else: a plus elsewhere is a plus, and the
//! view of percent escapes leaves it as one.

use memchr::{memchr, memchr2, memchr3};

use crate::budget::{Budget, Exhausted};
use crate::finding::View;
use crate::sweep::Sweep;
use crate::views::escapes::{Escape, Marks, around_in, percent_escape};
use crate::views::layer::Layer;

pub(crate) fn decode(
    layer: &Layer<'_>,
    _: &Sweep,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    let marks = Marks::Bytes(|text| memchr2(b'+', b'%', text));
    let forms = layer.pieces().filter(|(_, text)| is_form(text));
    let forms = forms.map(|(piece, text)| (piece, text, piece.here.start));
    around_in(layer, forms, View::Form, marks, escape, budget)
}

/// What addresses are made of, with a plus, and a sign that no base64 has within.
fn is_form(text: &[u8]) -> bool {
    let padding = text.iter().rev().take_while(|b| **b == b'=').count();
    let within = text.get(..text.len() - padding).unwrap_or_default();
    let in_form = |b: &u8| b.is_ascii_alphanumeric() || b"*-._+%&=~!$'():@/;,?#".contains(b);
    text.iter().all(in_form)
        && memchr(b'+', text).is_some()
        && memchr3(b'=', b'&', b'%', within).is_some()
}

fn escape(text: &[u8]) -> Option<Escape> {
    if text.first() != Some(&b'+') {
        return percent_escape(text);
    }
    Some(Escape {
        bytes: [b' ', 0, 0, 0],
        len: 1,
        text: 1,
    })
}
