//! Not yet.
use crate::Test;
pub(crate) const TESTS: &[Test] = &[];
pub(crate) const ARGUMENT: &str = "__x";
pub(crate) fn run(_: &str) -> i32 {
    0
}
