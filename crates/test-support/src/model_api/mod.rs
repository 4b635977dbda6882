//! Fake model APIs that say what a script tells them to.
//!
//! They answer enough for the real command lines of the vendors to finish a
//! prompt; what those ask for, and what they need to run unattended, is
//! written beside each API, with the version that was tried. The fake models
//! read no prompt and call no tool.

mod anthropic;
mod openai;
#[cfg(test)]
mod tests;

use bytes::Bytes;
use serde_json::Value;

pub use self::anthropic::anthropic;
pub use self::openai::openai;
use crate::upstream::{Call, Pace, Reply};

/// What a fake model says, how fast, and to whom.
#[derive(Clone, Debug)]
pub struct Script {
    words: Vec<String>,
    pace: Pace,
    key: Option<String>,
}

impl Default for Script {
    /// A short sentence at once, for whoever asks.
    fn default() -> Self {
        Self::new(["Hello", " from", " a", " model", " on", " loopback", "."])
    }
}

impl Script {
    /// Says these words, each in an event of its own, at once.
    pub fn new(words: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self {
            words: words.into_iter().map(Into::into).collect(),
            pace: Pace::AtOnce,
            key: None,
        }
    }

    /// Says each word at this pace.
    #[must_use]
    pub fn pace(mut self, pace: Pace) -> Self {
        self.pace = pace;
        self
    }

    /// Answers 401 to whoever does not show this key.
    #[must_use]
    pub fn demand_key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// All that is said.
    pub fn text(&self) -> String {
        self.words.concat()
    }

    fn admits(&self, shown: Option<&str>) -> bool {
        self.key.is_none() || self.key.as_deref() == shown
    }

    /// Streams `before`, then an event a word at the script's pace, `after`.
    fn stream(
        &self,
        call: &Call,
        before: Vec<Bytes>,
        word: impl Fn(&str) -> Bytes,
        after: Vec<Bytes>,
    ) -> Reply {
        let (reply, mut streamer) = Reply::event_stream(call);
        let words: Vec<Bytes> = self.words.iter().map(|text| word(text)).collect();
        let pace = self.pace.clone();
        tokio::spawn(async move {
            for event in before {
                streamer.send(event).await?;
            }
            for (number, event) in words.into_iter().enumerate() {
                pace.wait(number).await;
                streamer.send(event).await?;
            }
            for event in after {
                streamer.send(event).await?;
            }
            Ok::<_, std::io::Error>(())
        });
        reply
    }
}

/// A server-sent event whose name is its value's `type`, as both APIs do it.
fn event(value: &Value) -> Bytes {
    let name = value.get("type").and_then(Value::as_str).unwrap_or("error");
    format!("event: {name}\ndata: {value}\n\n").into()
}

/// The body as JSON, or null.
async fn json_body(call: &mut Call) -> Value {
    match call.whole_body().await {
        Ok(body) => serde_json::from_slice(&body).unwrap_or_default(),
        Err(_) => Value::Null,
    }
}

/// The model that the request names, so that the answer names it too.
fn model_of(request: &Value) -> String {
    let model = request.get("model").and_then(Value::as_str);
    model.unwrap_or("loopback").to_owned()
}

fn wants_stream(request: &Value) -> bool {
    request.get("stream").and_then(Value::as_bool) == Some(true)
}
