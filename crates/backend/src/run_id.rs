//! The name of a run: its time, so that names sort, and some chance, so that
//! two runs of one second differ.

use std::fmt;

use jiff::Timestamp;

/// The name of a run, such as `20261123t224810-9f3a61`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RunId(String);

impl RunId {
    /// A new name.
    pub fn new() -> Self {
        let time = Timestamp::now().strftime("%Y%m%dt%H%M%S");
        Self(format!(
            "{time}-{:06x}",
            rand::random::<u32>() & 0x00ff_ffff
        ))
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
