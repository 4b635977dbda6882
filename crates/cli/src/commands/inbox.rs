//! `bottle inbox`: what is held until a person answers, and the answers.
//!
//! Texts of a question are the agent's to choose, so none of them reaches the
//! terminal but as printable ASCII.

use std::collections::HashSet;
use std::io::{self, BufRead as _, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use bottle_audit::printable;
use bottle_backend::inbox::{Notice, Question, Scope, Word, client};

use crate::args;
use crate::failure::{DENIED, Failure};
use crate::{places, term};

/// How often new questions are looked for.
const LOOK: Duration = Duration::from_millis(300);

pub(crate) fn inbox(args: &args::Inbox) -> Result<ExitCode, Failure> {
    match &args.what {
        Some(args::InboxWhat::Allow(given)) => answer(given, Word::Allow),
        Some(args::InboxWhat::Deny(given)) => answer(given, Word::Deny),
        None => show(&Desks::new(args.bottle.as_deref())?, args),
    }
}

fn show(desks: &Desks, args: &args::Inbox) -> Result<ExitCode, Failure> {
    if args.json {
        list(desks, as_json)
    } else if io::stdin().is_terminal() && io::stdout().is_terminal() {
        converse(desks)
    } else {
        list(desks, as_text)
    }
}

/// Where questions are looked for.
struct Desks {
    logs: PathBuf,
    bottle: Option<String>,
}

/// A question, and where its answer goes.
type Asked = (PathBuf, Question);

impl Desks {
    fn new(bottle: Option<&str>) -> Result<Self, Failure> {
        if !bottle.is_none_or(places::is_file_name) {
            return Err(Failure::usage("a bottle is named without slashes"));
        }
        Ok(Self {
            logs: places::logs()?,
            bottle: bottle.map(str::to_owned),
        })
    }

    fn open(&self) -> Result<Vec<Asked>, Failure> {
        let mut open = Vec::new();
        for desk in client::desks(&self.logs, self.bottle.as_deref()) {
            let questions = client::questions(&desk).map_err(|e| failed(&desk, &e))?;
            open.extend(questions.into_iter().map(|q| (desk.clone(), q)));
        }
        Ok(open)
    }
}

fn failed(desk: &Path, error: &client::Error) -> Failure {
    Failure::new(DENIED, format!("{}: could not {error}", desk.display()))
}

fn answer(given: &args::Answer, word: Word) -> Result<ExitCode, Failure> {
    let mut open = Desks::new(given.bottle.as_deref())?.open()?;
    open.retain(|(_, question)| question.id == given.id);
    let (desk, question) = match open.as_slice() {
        [one] => one,
        [] => {
            return Err(Failure::new(
                DENIED,
                format!(
                    "no question `{}` is open (any more): `bottle inbox` lists those that are",
                    printable(&given.id)
                ),
            ));
        }
        _ => {
            return Err(Failure::usage(
                "two bottles have a question of this name: say which with --bottle",
            ));
        }
    };
    let scope = if given.once { Scope::Once } else { Scope::Run };
    client::answer(desk, &question.id, word, scope).map_err(|e| failed(desk, &e))?;
    Ok(ExitCode::SUCCESS)
}

fn list(desks: &Desks, form: fn(&Question) -> String) -> Result<ExitCode, Failure> {
    for (_, question) in desks.open()? {
        term::out(&form(&question));
    }
    Ok(ExitCode::SUCCESS)
}

fn as_json(question: &Question) -> String {
    // Texts and numbers always have a JSON form.
    serde_json::to_string(question).unwrap_or_default() + "\n"
}

fn as_text(question: &Question) -> String {
    let by = question.exe.as_deref().unwrap_or("an unknown program");
    let head = format!(
        "{}  {} wants to send {}, by {} ({} left)\n",
        question.id,
        printable(&question.bottle),
        target(question),
        printable(by),
        minutes(question.seconds_left)
    );
    let seen = question.findings.iter().map(|seen| {
        format!(
            "      {} in the {} ({}, fingerprint {})\n",
            printable(&seen.title),
            printable(&seen.place),
            printable(&seen.detector),
            printable(&seen.fingerprint)
        )
    });
    std::iter::once(head).chain(seen).collect()
}

fn target(question: &Question) -> String {
    let port = match question.port {
        443 => String::new(),
        port => format!(":{port}"),
    };
    format!(
        "{} {}{port}{}",
        printable(&question.method),
        printable(&question.host),
        printable(&question.path)
    )
}

fn minutes(seconds: u64) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// Shows questions as they come and takes the answers, until the input ends.
fn converse(desks: &Desks) -> Result<ExitCode, Failure> {
    let mut skipped = HashSet::new();
    let mut is_waiting = false;
    loop {
        let mut open = desks.open()?.into_iter();
        let Some((desk, question)) = open.find(|asked| !skipped.contains(asked_of(asked))) else {
            if !is_waiting {
                term::note("nothing waits for an answer; questions appear here (Ctrl-C ends this)");
                is_waiting = true;
            }
            #[expect(
                clippy::disallowed_methods,
                reason = "there is nothing else to do on this thread but to wait"
            )]
            std::thread::sleep(LOOK);
            continue;
        };
        is_waiting = false;
        let Some(choice) = prompt(&question) else {
            return Ok(ExitCode::SUCCESS);
        };
        match choice {
            Choice::Skip => {
                skipped.insert(question.id.clone());
            }
            Choice::Say(word, scope) => {
                if let Err(error) = client::answer(&desk, &question.id, word, scope) {
                    term::note(&format!("could not {error}"));
                }
            }
        }
    }
}

fn asked_of((_, question): &Asked) -> &String {
    &question.id
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Choice {
    Say(Word, Scope),
    Skip,
}

/// Asks until the input is an answer; `None` at its end.
fn prompt(question: &Question) -> Option<Choice> {
    term::out(&format!("\n{}", as_text(question)));
    loop {
        term::out("May it leave? [y]es in this run, [o]nce, [n]o, [s]kip: ");
        let mut line = String::new();
        match io::stdin().lock().read_line(&mut line) {
            Ok(0) | Err(_) => return None,
            Ok(_) => {}
        }
        if let Some(choice) = choice(line.trim()) {
            return Some(choice);
        }
    }
}

fn choice(text: &str) -> Option<Choice> {
    match text.to_ascii_lowercase().as_str() {
        "y" | "yes" => Some(Choice::Say(Word::Allow, Scope::Run)),
        "o" | "once" => Some(Choice::Say(Word::Allow, Scope::Once)),
        "n" | "no" => Some(Choice::Say(Word::Deny, Scope::Run)),
        "s" | "skip" => Some(Choice::Skip),
        _ => None,
    }
}

/// A line on stderr for each question.
pub(crate) fn notice() -> Notice {
    Box::new(|question| {
        let first = question.findings.first();
        let what = first.map(|f| format!("{} in the {}", f.title, f.place));
        term::note(&format!(
            "held: {} ({}); answer with `bottle inbox`, or `bottle inbox allow {}`",
            target(question),
            printable(&what.unwrap_or_default()),
            question.id
        ));
    })
}

/// The same beside a command that has the terminal: a line would spoil what it
/// has drawn, so the bell rings. Where it has none, a line spoils nothing.
pub(crate) fn notice_in_a_run() -> Notice {
    let is_drawn_on = io::stdin().is_terminal() && io::stdout().is_terminal();
    if !is_drawn_on {
        return notice();
    }
    Box::new(|_| {
        let mut stderr = io::stderr().lock();
        drop(stderr.write_all(b"\x07").and_then(|()| stderr.flush()));
    })
}

#[cfg(test)]
mod tests {
    use bottle_backend::inbox::Seen;

    use super::*;

    #[test]
    fn a_question_says_who_what_and_where_and_moves_no_cursor() {
        let question = Question {
            id: "3f2a".to_owned(),
            bottle: "app".to_owned(),
            host: "api.example.com".to_owned(),
            port: 8443,
            method: "POST".to_owned(),
            path: "/v1/\u{1b}[2Jnotes\u{202e}".to_owned(),
            exe: Some("/usr/bin/curl\r".to_owned()),
            findings: vec![Seen {
                detector: "github_token".to_owned(),
                title: "GitHub token".to_owned(),
                place: "header x-\u{7}note".to_owned(),
                fingerprint: "00ff".to_owned(),
            }],
            seconds_left: 272,
        };
        assert_eq!(
            as_text(&question),
            "3f2a  app wants to send POST api.example.com:8443/v1/\\u{1b}[2Jnotes\\u{202e}, \
             by /usr/bin/curl\\u{d} (4:32 left)\n      GitHub token in the \
             header x-\\u{7}note (github_token, fingerprint 00ff)\n"
        );
    }

    #[test]
    fn only_a_clear_word_is_an_answer() {
        assert_eq!(choice("Y"), Some(Choice::Say(Word::Allow, Scope::Run)));
        assert_eq!(choice("once"), Some(Choice::Say(Word::Allow, Scope::Once)));
        assert_eq!(choice("no"), Some(Choice::Say(Word::Deny, Scope::Run)));
        for unclear in ["", "yn", "ok", "allow", "1"] {
            assert_eq!(choice(unclear), None);
        }
    }
}
