//! Which of the long runs may be in an encoding that few use: a glance at each,
//! so that the views of those look at nothing else.

use crate::sweep::Value;
use crate::views::{bases, other32, packed, turned};

/// The runs for each of these views.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Rare {
    pub(crate) base32: Vec<Value>,
    pub(crate) numbers: Vec<Value>,
    pub(crate) turned: Vec<Value>,
    /// What may be packed without a head, by index: lines may follow.
    pub(crate) bare: Vec<usize>,
}

/// The shortest run that any of them reads.
const LEAST: usize = 20;

impl Rare {
    pub(crate) fn of(bytes: &[u8], values: &[Value]) -> Self {
        let (mut rare, heads) = (Self::default(), turned::all_heads());
        for (index, run) in values.iter().enumerate() {
            if run.is_name || run.range().len() < LEAST {
                continue;
            }
            let text = bytes.get(run.range()).unwrap_or_default();
            if turned::may_be(heads, text) {
                rare.turned.push(run.clone());
            }
            if packed::may_be_bare(text) {
                rare.bare.push(index);
            }
            // Letters without a digit are names, most of them.
            let head: Option<&[u8; LEAST]> = text.first_chunk();
            let plain = head.is_some_and(|head| head.iter().all(u8::is_ascii_alphanumeric));
            if !plain || !text.iter().any(u8::is_ascii_digit) {
                continue;
            }
            if other32::may_hold(text) {
                rare.base32.push(run.clone());
            }
            if bases::may_be(text) {
                rare.numbers.push(run.clone());
            }
        }
        rare
    }
}
