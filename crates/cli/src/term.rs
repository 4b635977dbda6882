//! The one place that prints. Data goes to stdout, the rest to stderr.

use std::io::{self, IsTerminal as _, Write as _};

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
