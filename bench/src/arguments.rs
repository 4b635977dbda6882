//! The words of the command line.

use std::path::PathBuf;
use std::time::Duration;

use crate::measure::Effort;

/// What to measure and how long.
#[derive(Clone, Debug)]
pub(crate) struct Arguments {
    /// The program that is measured.
    pub(crate) bottle: PathBuf,
    /// How often each measure is taken.
    pub(crate) rounds: usize,
    /// How often each command is started.
    pub(crate) starts: usize,
    quick: bool,
}

const USAGE: &str = "usage: bench e2e [--bottle PATH] [--rounds N] [--starts N] [--quick]
       bench scan [--megabytes N] [--count] [SOURCES…]";

impl Arguments {
    pub(crate) fn from_words(words: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut words = words;
        if words.next().as_deref() != Some("e2e") {
            return Err(USAGE.to_owned());
        }
        let mut arguments = Self {
            bottle: PathBuf::from("../target/release/bottle"),
            rounds: 7,
            starts: 50,
            quick: false,
        };
        while let Some(word) = words.next() {
            let mut value = || words.next().ok_or_else(|| USAGE.to_owned());
            match word.as_str() {
                "--bottle" => arguments.bottle = value()?.into(),
                "--rounds" => arguments.rounds = number(&value()?)?,
                "--starts" => arguments.starts = number(&value()?)?,
                "--quick" => arguments.quick = true,
                _ => return Err(USAGE.to_owned()),
            }
        }
        arguments.bottle = arguments
            .bottle
            .canonicalize()
            .map_err(|error| format!("{}: {error}", arguments.bottle.display()))?;
        Ok(arguments)
    }

    /// How much work a sample is.
    pub(crate) fn effort(&self) -> Effort {
        if self.quick {
            return Effort {
                time: Duration::from_millis(200),
                bulk: 10 << 20,
                streams: 5,
                events: 20,
            };
        }
        Effort {
            time: Duration::from_secs(2),
            bulk: 100 << 20,
            streams: 100,
            events: 200,
        }
    }
}

fn number(word: &str) -> Result<usize, String> {
    match word.parse() {
        Ok(number) if number > 0 => Ok(number),
        _ => Err(format!("{word} is not a number above zero\n{USAGE}")),
    }
}
