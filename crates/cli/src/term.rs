//! The one place that prints. Data goes to stdout, the rest to stderr.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;

/// Whether to colour what goes to stdout.
pub(crate) fn stdout_is_for_people() -> bool {
    io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

/// Whether to colour what goes to stderr.
pub(crate) fn stderr_is_for_people() -> bool {
    io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

/// Data. A reader that has gone ends nothing but the printing.
pub(crate) fn out(text: &str) {
    let mut stdout = io::stdout().lock();
    drop(
        stdout
            .write_all(text.as_bytes())
            .and_then(|()| stdout.flush()),
    );
}

/// A remark.
pub(crate) fn note(text: &str) {
    drop(writeln!(io::stderr().lock(), "bottle: {text}"));
}

/// What went wrong.
pub(crate) fn error(text: &str) {
    drop(writeln!(io::stderr().lock(), "bottle: {text}"));
}

/// A path as one line that moves no cursor: who made the file chose its name.
pub(crate) fn plain(path: &Path) -> String {
    clean(&path.to_string_lossy())
}

/// A text as one line that moves no cursor.
pub(crate) fn clean(text: &str) -> String {
    let shown = |c: char| match c {
        c if c.is_control() => '\u{fffd}',
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        c => c,
    };
    text.chars().map(shown).collect()
}
