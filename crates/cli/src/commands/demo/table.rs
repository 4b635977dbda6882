//! The demo's table: a row as each attempt ends, in words for a newcomer.

use serde_json::json;

use super::stage::Outcome;
use super::steps::{LISTED, Step};
use crate::term;

const WHAT: usize = 48;
const RESULT: usize = 24;

pub(super) struct Table {
    form: Form,
}

#[derive(Clone, Copy, PartialEq)]
enum Form {
    Coloured,
    Json,
    Plain,
}

impl Table {
    pub(super) fn new(json: bool) -> Self {
        let form = match (json, term::stdout_is_for_people()) {
            (true, _) => Form::Json,
            (false, true) => Form::Coloured,
            (false, false) => Form::Plain,
        };
        Self { form }
    }

    pub(super) fn head(&self, program: &str) {
        if self.form == Form::Json {
            return;
        }
        term::out(&format!(
            "An agent in a bottle may reach {LISTED} and nothing else. Each line below is a real\n\
             program ({program}) in a real bottle, against made-up hosts on this machine.\n\n\
             {:>2}  {:WHAT$} {:RESULT$} {}\n",
            "#", "What the agent tries", "What happens", "What it is told"
        ));
    }

    pub(super) fn row(&self, number: usize, step: &Step, outcome: &Outcome) {
        if self.form == Form::Json {
            let row = json!({
                "step": number, "what": step.what, "result": outcome.result,
                "why": outcome.why, "as_expected": outcome.as_expected,
            });
            term::out(&format!("{row}\n"));
            return;
        }
        let result = format!("{:RESULT$}", outcome.result);
        let result = match (
            self.form,
            outcome.as_expected,
            outcome.result.starts_with("passed"),
        ) {
            (Form::Coloured, false, _) => format!("\x1b[1;31m{result}\x1b[0m"),
            (Form::Coloured, true, true) => format!("\x1b[32m{result}\x1b[0m"),
            (Form::Coloured, true, false) => format!("\x1b[33m{result}\x1b[0m"),
            _ => result,
        };
        let mark = if outcome.as_expected {
            ""
        } else {
            "  <- not as it should be"
        };
        term::out(&format!(
            "{number:>2}  {:WHAT$} {result} {}{mark}\n",
            step.what, outcome.why
        ));
    }

    pub(super) fn foot(&self, failed: usize, summary: &str) {
        if self.form == Form::Json {
            return;
        }
        let verdict = if failed == 0 {
            "All as it should be.".to_owned()
        } else {
            format!("{failed} not as it should be.")
        };
        term::out(&format!("\n{verdict} {summary}\n"));
    }
}
