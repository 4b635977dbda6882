//! pipelock's YAML, read and written.
//!
//! [`build()`] makes the configuration that a bottle's policy amounts to and
//! tells what pipelock would let pass beyond it; [`Config::render`] writes it.
//! [`Config::parse`] reads that same shape strictly. [`File::parse`] reads the
//! whole documented schema of pipelock 2.3, and [`File::meaning`] turns it into
//! our policy, with a list of what we do otherwise.
//!
//! One table of keys (`schema`) serves the readers, the report and the page in
//! docs/. Opens no file and no socket.

mod blocklist;
mod build;
mod config;
mod differences;
mod document;
mod environment;
pub mod fuzzing;
mod meaning;
mod page;
mod schema;

pub use build::{Ca, HalfCa, Kind as RemarkKind, Remark, build};
pub use config::{
    BodyAction, Config, Dlp, HeaderMode, Mode, RenderError, RequestBodyScanning, Ssrf, Switch,
    TlsInterception,
};
pub use differences::Difference;
pub use environment::{secret_lines, secret_variables};
pub use meaning::{File, Meaning};
pub use page::page;

/// Where the configuration says that pipelock finds its certificate.
pub const CA_CERT: &str = "/etc/pipelock-ca.pem";
/// Where the configuration says that pipelock finds its key.
pub const CA_KEY: &str = "/etc/pipelock-ca-key.pem";
/// The host of the sidecar by which an agent asks for more.
pub const SUPERVISE_HOST: &str = "supervise";
