//! Not yet.
use crate::Test;
pub(crate) const TESTS: &[Test] = &[];
pub(crate) const ARGUMENT: &str = "__t";
pub(crate) fn run() -> i32 {
    0
}
