//! `bottle schema`: the JSON Schema of bottle.yaml.

use std::process::ExitCode;

use crate::failure::Failure;
use crate::term;

#[expect(clippy::unnecessary_wraps, reason = "every command has the same shape")]
pub(crate) fn schema() -> Result<ExitCode, Failure> {
    term::out(&format!("{:#}\n", bottle_manifest::schema()));
    Ok(ExitCode::SUCCESS)
}
