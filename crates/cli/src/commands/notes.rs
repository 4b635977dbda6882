//! What `bottle run` tells a person besides the command's own words. While an agent draws on the
//! terminal, words would be lost in it: then a bell rings, and the words come at the end.

use std::io::{self, IsTerminal as _, Write as _};

use bottle_backend::{Guard, Info, Origin, Replaced, Reviewed, Suspect, Tell};

use crate::term;

/// So many names of settings are told of one repository.
const NAMES: usize = 8;

/// Tells now, or later.
pub(crate) struct Notes {
    banner: String,
    is_drawn_on: bool,
    kept: Vec<String>,
}

impl Notes {
    pub(crate) fn new(banner: String) -> Self {
        Self {
            banner,
            is_drawn_on: io::stdin().is_terminal() && io::stdout().is_terminal(),
            kept: Vec::new(),
        }
    }

    fn note(&mut self, text: String) {
        if !self.is_drawn_on {
            term::note(&text);
        } else if !self.kept.contains(&text) {
            let mut stderr = io::stderr().lock();
            // A terminal that has gone hears nothing.
            drop(stderr.write_all(b"\x07").and_then(|()| stderr.flush()));
            self.kept.push(text);
        }
    }
}

impl Tell for Notes {
    /// A program that reads our stderr gets only the command's, and what needs looking at.
    fn ready(&mut self, info: &Info) {
        if term::stderr_is_for_people() {
            term::note(&self.banner);
        }
        for path in &info.unprotected {
            term::note(&format!(
                "git's configuration names {}, which could not be protected: the agent can make it and git would obey it: look at it afterwards",
                term::plain(path)
            ));
        }
        for tree in &info.unsearched {
            term::note(&format!(
                "{} is too large to be looked through: git repositories deep in it are not protected",
                term::plain(tree)
            ));
        }
    }

    fn replaced(&mut self, replaced: &Replaced, suspect: Option<&Suspect>) {
        self.note(again(replaced));
        if let Some(suspect) = suspect {
            self.note(warning(suspect));
        }
    }

    fn reviewed(&mut self, reviewed: &Reviewed) {
        for text in self.kept.drain(..) {
            term::note(&text);
        }
        for suspect in &reviewed.suspects {
            term::note(&warning(suspect));
        }
        for tree in &reviewed.unsearched {
            term::note(&format!(
                "{} is too large to be looked through for git repositories that the agent made: look for them before you run git there",
                term::plain(tree)
            ));
        }
    }
}

fn again(replaced: &Replaced) -> String {
    let path = term::plain(&replaced.path);
    if replaced.guard == Guard::Hidden {
        return format!(
            "{path} was replaced outside and is hidden again; for a moment the agent could read it"
        );
    }
    format!(
        "{path} was replaced outside and is protected again; for a moment the agent could change it: look at it"
    )
}

fn warning(suspect: &Suspect) -> String {
    let mut names = suspect.names.clone();
    let more = names.len().saturating_sub(NAMES);
    names.truncate(NAMES);
    let mut names = names
        .iter()
        .map(|name| term::clean(name))
        .collect::<Vec<_>>();
    names.extend((more > 0).then(|| format!("{more} more")));
    let (path, names) = (term::plain(&suspect.path), names.join(", "));
    if suspect.origin == Origin::New {
        return format!(
            "{path} is a new git repository whose settings or hooks name programs that git runs ({names}): look at it before you run git here"
        );
    }
    format!(
        "{path} names programs that git runs and did not when the agent started ({names}): look at it before you run git here"
    )
}
