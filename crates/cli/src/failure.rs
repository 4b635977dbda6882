//! Why a command ends without having done its work, with the exit code that
//! says so. The codes are a contract: see docs/exit-codes.md.

/// Denied, or found.
pub(crate) const DENIED: u8 = 1;
/// The words of the command line are off.
pub(crate) const USAGE: u8 = 2;
/// This machine permits no sandbox.
pub(crate) const NO_SANDBOX: u8 = 77;
/// A bad manifest.
pub(crate) const BAD_MANIFEST: u8 = 78;
/// Our failure, in `run`.
pub(crate) const OURS: u8 = 125;

/// A message for a person and an exit code for a program.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) code: u8,
    pub(crate) message: String,
}

impl Failure {
    pub(crate) fn new(code: u8, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }

    /// Bad words on the command line.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(USAGE, message)
    }

    /// A manifest that cannot be used.
    pub(crate) fn manifest(message: impl Into<String>) -> Self {
        Self::new(BAD_MANIFEST, message)
    }
}

impl From<bottle_backend::Error> for Failure {
    fn from(error: bottle_backend::Error) -> Self {
        Self::new(error.exit_code(), error.to_string())
    }
}
