//! Waiting for a condition instead of for luck.

use std::fmt;
use std::time::{Duration, Instant};

/// How long to wait between two looks at a condition that nobody signals.
const POLL: Duration = Duration::from_millis(5);

/// The deadline passed first. The text says what was waited for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimedOut(pub(crate) String);

impl fmt::Display for TimedOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for TimedOut {}

/// Looks at a condition until it holds or the deadline has passed.
///
/// Says whether it held. The condition is looked at once more at the end, so
/// a slow machine does not fail a test whose condition already holds.
#[must_use = "false means that the condition never held"]
pub fn eventually(deadline: Duration, mut condition: impl FnMut() -> bool) -> bool {
    let end = Instant::now() + deadline;
    loop {
        if condition() {
            return true;
        }
        if Instant::now() >= end {
            return condition();
        }
        std::thread::park_timeout(POLL);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_that_comes_true_is_seen() {
        let mut looks = 0;
        assert!(eventually(Duration::from_secs(5), || {
            looks += 1;
            looks == 3
        }));
    }

    #[test]
    fn a_condition_that_never_holds_ends_at_the_deadline() {
        let begun = Instant::now();
        assert!(!eventually(Duration::from_millis(20), || false));
        assert!(begun.elapsed() >= Duration::from_millis(20));
    }
}
