//! A text as a tree in which every value knows where it stands.
//!
//! The tree is what was written, not yet what it means: a scalar keeps its
//! text and its quoting, and [`Scalar::kind`] says how the different readers
//! of YAML would take it.

use std::ops::Range;

/// A place in the text, in bytes.
pub type Span = Range<usize>;

/// A value and its place.
#[derive(Debug)]
pub struct Node {
    /// Its place.
    pub span: Span,
    /// What was written.
    pub value: Value,
}

/// What was written.
#[derive(Debug)]
pub enum Value {
    /// A list.
    List(Vec<Node>),
    /// A map, in the order of the text.
    Map(Vec<Entry>),
    /// Something that was already reported, such as an alias.
    Refused,
    /// A single value.
    Scalar(Scalar),
}

/// A key of a map and its value.
#[derive(Debug)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// The key's place.
    pub key_span: Span,
    /// The value.
    pub node: Node,
}

/// A single value.
#[derive(Debug)]
pub struct Scalar {
    /// Its text, without quotes.
    pub text: String,
    /// Whether it had quotes.
    pub quoting: Quoting,
}

/// Whether quotes (or `|`, `>`) say that a scalar is text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quoting {
    /// No quotes.
    Plain,
    /// Quotes, or a block.
    Quoted,
}

/// How a scalar is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `true` or `false`.
    Bool(bool),
    /// A decimal number without a sign or a leading zero.
    Number(u64),
    /// Nothing, `~` or `null`.
    Null,
    /// A number in another form: octal, hexadecimal, with a point or a sign.
    OddNumber,
    /// Plain text, the same for every reader.
    Text,
    /// `yes`, `on` and their like: text to YAML 1.2, a boolean to YAML 1.1.
    YesNo(bool),
}

impl Scalar {
    /// How the scalar is read.
    pub fn kind(&self) -> Kind {
        if self.quoting == Quoting::Quoted {
            return Kind::Text;
        }
        match self.text.as_str() {
            "" | "~" | "null" | "Null" | "NULL" => Kind::Null,
            "true" => Kind::Bool(true),
            "false" => Kind::Bool(false),
            "True" | "TRUE" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" | "y" | "Y" => {
                Kind::YesNo(true)
            }
            "False" | "FALSE" | "no" | "No" | "NO" | "off" | "Off" | "OFF" | "n" | "N" => {
                Kind::YesNo(false)
            }
            text => number(text).unwrap_or(Kind::Text),
        }
    }
}

fn number(text: &str) -> Option<Kind> {
    let plain = text.bytes().all(|b| b.is_ascii_digit()) && (!text.starts_with('0') || text == "0");
    if plain {
        return Some(text.parse().map_or(Kind::OddNumber, Kind::Number));
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let in_base = ["0x", "0o", "0b"]
        .iter()
        .find_map(|base| unsigned.strip_prefix(base))
        .is_some_and(|rest| {
            !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_hexdigit() || b == b'_')
        });
    let digits = unsigned.replace('_', "");
    let float = unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && digits.parse::<f64>().is_ok();
    let named = matches!(unsigned.to_ascii_lowercase().as_str(), ".inf" | ".nan");
    (in_base || float || named).then_some(Kind::OddNumber)
}

impl Node {
    /// What stands here, for a message: never the value itself, which may be a secret.
    pub fn found(&self) -> &'static str {
        match &self.value {
            Value::List(_) => "a list",
            Value::Map(_) => "a map",
            Value::Refused => "something refused",
            Value::Scalar(scalar) => match scalar.kind() {
                Kind::Bool(true) => "the boolean `true`",
                Kind::Bool(false) => "the boolean `false`",
                Kind::Number(_) => "a number",
                Kind::Null => "nothing",
                Kind::OddNumber => "a number in an unusual form",
                Kind::Text if scalar.quoting == Quoting::Quoted => "text in quotes",
                Kind::Text => "text",
                Kind::YesNo(_) => "a word that some readers of YAML take for a boolean",
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> Kind {
        Scalar {
            text: text.to_owned(),
            quoting: Quoting::Plain,
        }
        .kind()
    }

    #[test]
    fn only_a_plain_decimal_is_a_number() {
        assert_eq!(kind("443"), Kind::Number(443));
        assert_eq!(kind("0"), Kind::Number(0));
        for text in [
            "0443",
            "0o673",
            "0x1bb",
            "443.0",
            "4e2",
            "+443",
            "-1",
            "4_43",
            ".5",
            ".inf",
            "-.inf",
            ".NaN",
            "99999999999999999999999",
        ] {
            assert_eq!(kind(text), Kind::OddNumber, "{text}");
        }
    }

    #[test]
    fn words_that_readers_disagree_on_are_known() {
        for text in ["yes", "No", "ON", "off", "True", "n"] {
            assert!(matches!(kind(text), Kind::YesNo(_)), "{text}");
        }
        for text in ["~", "null", "NULL", ""] {
            assert_eq!(kind(text), Kind::Null, "{text}");
        }
    }

    #[test]
    fn addresses_versions_and_times_are_text() {
        for text in [
            "10.0.0.1",
            "1.2.3",
            "12:30",
            "2026-01-01",
            "a",
            "-",
            "1a",
            "::1",
            "0x",
            "inf",
        ] {
            assert_eq!(kind(text), Kind::Text, "{text}");
        }
    }
}
