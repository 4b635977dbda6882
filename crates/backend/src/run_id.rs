//! The name of a run: its time to the millisecond, so that names sort, and some
//! chance, so that two runs of one millisecond differ.

use std::fmt;

use jiff::Timestamp;

/// The name of a run, such as `20261123t224810-0379f3a6`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RunId(String);

impl RunId {
    /// A new name.
    pub fn new() -> Self {
        Self::at(Timestamp::now(), rand::random())
    }

    fn at(now: Timestamp, chance: u32) -> Self {
        let time = now.strftime("%Y%m%dt%H%M%S");
        let ms = now.subsec_millisecond();
        Self(format!("{time}-{ms:03}{:05x}", chance & 0x000f_ffff))
    }

    /// The name's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for RunId {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Display for RunId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_sort_by_time_within_a_second_too() {
        let at = |ms: i64| Timestamp::from_millisecond(1_764_000_000_000 + ms).unwrap();
        let (first, second) = (RunId::at(at(7), u32::MAX), RunId::at(at(41), 0));
        assert_eq!(first.as_str(), "20251124t160000-007fffff");
        assert!(first < second);
    }
}
