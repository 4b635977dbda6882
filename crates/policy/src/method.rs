//! A request method, in the one spelling that HTTP gives it.

use std::fmt;
use std::str::FromStr;

/// The longest method we take. The registry's longest has 17 characters.
const MAX_METHOD: usize = 32;

/// A request method such as `GET`. Methods are case-sensitive (RFC 9110, 9.1).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Method(String);

/// Why a text is no method.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a method is a word of at most 32 letters such as GET")]
pub struct MethodError;

impl Method {
    /// The method's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Method {
    type Err = MethodError;

    fn from_str(text: &str) -> Result<Self, MethodError> {
        let word =
            |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'!' | b'+');
        if text.is_empty() || text.len() > MAX_METHOD || !text.bytes().all(word) {
            return Err(MethodError);
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
