//! The questions that are open, and who waits for each.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use bottle_policy::{Answer, Held};
use parking_lot::Mutex;
use tokio::sync::watch;
use tokio::time::{Instant, timeout_at};

use crate::standing::Standing;
use crate::wire::{Question, Scope, Word};

/// How long a request is held: longer than a person needs to look up, shorter
/// than the agents' clients wait for a model's answer.
const PATIENCE: Duration = Duration::from_mins(5);
/// Questions that may be open at once. An agent that has more of them is not
/// waiting for a person.
const MOST_OPEN: usize = 32;

/// The questions of one run.
pub struct Inbox {
    bottle: String,
    patience: Duration,
    state: Mutex<State>,
    notice: Notice,
}

/// Told of each question when it is asked.
type Notice = Box<dyn Fn(&Question) + Send + Sync>;

/// There is no such open question: it was answered, or its time is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such question is open")]
pub struct NotOpen;

#[derive(Default)]
struct State {
    open: BTreeMap<String, Open>,
    standing: Standing,
    /// The name of the next question.
    next: u16,
}

struct Open {
    held: Held,
    until: Instant,
    answer: watch::Sender<Option<Answer>>,
}

impl Inbox {
    /// An empty one. `notice` is told of each question when it is asked.
    pub fn new(bottle: &str, notice: impl Fn(&Question) + Send + Sync + 'static) -> Arc<Self> {
        Arc::new(Self {
            bottle: bottle.to_owned(),
            patience: PATIENCE,
            state: Mutex::new(State {
                // Those of two runs differ, so that no answer goes astray.
                next: rand::random(),
                ..State::default()
            }),
            notice: Box::new(notice),
        })
    }

    /// Waits for a person's word about a request. The same question from
    /// several requests is one; a question for whose answer nobody waits any
    /// more is closed.
    pub async fn ask(&self, held: Held) -> Answer {
        let waiting = match self.enter(held) {
            Ok(waiting) => waiting,
            Err(answer) => return answer,
        };
        waiting.answer().await
    }

    /// The open questions, by their names.
    pub fn open(&self) -> Vec<Question> {
        let state = self.state.lock();
        let open = state.open.iter();
        open.map(|(id, open)| self.shown(id, open)).collect()
    }

    /// Answers a question.
    ///
    /// # Errors
    /// It is not open (any more).
    pub fn answer(&self, id: &str, word: Word, scope: Scope) -> Result<(), NotOpen> {
        let mut state = self.state.lock();
        let open = state.open.remove(id).ok_or(NotOpen)?;
        if scope == Scope::Run {
            state.standing.keep(&open.held, word);
        }
        let answer = match word {
            Word::Allow => Answer::Allowed,
            Word::Deny => Answer::Refused,
        };
        open.answer.send_replace(Some(answer));
        Ok(())
    }

    /// Opens a question, or joins one that is open already.
    fn enter(&self, held: Held) -> Result<Waiting<'_>, Answer> {
        let (waiting, new) = {
            let mut state = self.state.lock();
            if let Some(answer) = state.standing.answer(&held) {
                return Err(answer);
            }
            let same = state.open.iter().find(|(_, open)| open.held == held);
            let (id, new) = match same {
                Some((id, _)) => (id.clone(), None),
                None if state.open.len() >= MOST_OPEN => return Err(Answer::Nobody),
                None => {
                    let id = state.new_id();
                    let open = Open {
                        held,
                        until: Instant::now() + self.patience,
                        answer: watch::Sender::new(None),
                    };
                    let shown = self.shown(&id, &open);
                    state.open.insert(id.clone(), open);
                    (id, Some(shown))
                }
            };
            let open = state.open.get(&id).ok_or(Answer::Nobody)?;
            let waiting = Waiting {
                inbox: self,
                answer: open.answer.subscribe(),
                until: open.until,
                id,
            };
            (waiting, new)
        };
        if let Some(question) = new {
            (self.notice)(&question);
        }
        Ok(waiting)
    }

    fn shown(&self, id: &str, open: &Open) -> Question {
        let left = open.until.saturating_duration_since(Instant::now());
        Question::new(id.to_owned(), &self.bottle, &open.held, left.as_secs())
    }
}

impl State {
    fn new_id(&mut self) -> String {
        let id = format!("{:04x}", self.next);
        self.next = self.next.wrapping_add(1);
        id
    }
}

/// One who waits for an answer.
struct Waiting<'a> {
    inbox: &'a Inbox,
    id: String,
    answer: watch::Receiver<Option<Answer>>,
    until: Instant,
}

impl Waiting<'_> {
    async fn answer(mut self) -> Answer {
        let said = timeout_at(self.until, self.answer.wait_for(Option::is_some)).await;
        match said {
            Ok(Ok(answer)) => answer.unwrap_or(Answer::Nobody),
            Ok(Err(_)) | Err(_) => Answer::Nobody,
        }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        let mut state = self.inbox.state.lock();
        let last = |open: &Open| open.answer.receiver_count() <= 1;
        if state.open.get(&self.id).is_some_and(last) {
            state.open.remove(&self.id);
        }
    }
}

#[cfg(test)]
mod tests;
