//! The configuration that `render` writes: its types, its strict reader and
//! its one spelling.

use bottle_yaml::Faults;
use serde::Serialize;

use crate::document::{self, Document, Schema};

/// The configuration that `render` writes. Members come in the file's order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Config {
    /// The schema's version.
    pub version: i64,
    /// What holds for hosts that are not listed.
    pub mode: Mode,
    /// Whether anything is refused at all.
    pub enforce: bool,
    /// The hosts that may be reached in `strict`.
    pub api_allowlist: Vec<String>,
    /// The detector of seed phrases; on where the section is absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seed_phrase_detection: Option<Switch>,
    /// CONNECT and absolute URLs.
    pub forward_proxy: Switch,
    /// What is looked for.
    pub dlp: Dlp,
    /// What happens to findings in bodies and headers.
    pub request_body_scanning: RequestBodyScanning,
    /// TLS interception; off where the section is absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls_interception: Option<TlsInterception>,
    /// Exceptions of the address guard.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ssrf: Option<Ssrf>,
}

/// What holds for hosts that are not listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// Everything passes and is recorded.
    Audit,
    /// They pass, and everything is read.
    Balanced,
    /// They are refused.
    Strict,
}

/// A section with nothing but a switch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Switch {
    /// Whether it is on.
    pub enabled: bool,
}

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Dlp {
    /// The built-in patterns.
    pub include_defaults: bool,
    /// The values in the proxy's own environment.
    pub scan_env: bool,
}

/// What happens to findings in bodies and headers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct RequestBodyScanning {
    /// Whether they stop the request.
    pub action: BodyAction,
    /// Whether headers are read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scan_headers: Option<bool>,
    /// Which headers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header_mode: Option<HeaderMode>,
}

/// Whether a finding in a body or a header stops the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum BodyAction {
    /// It does.
    Block,
    /// It is recorded.
    Warn,
}

/// Which headers are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum HeaderMode {
    /// All but a list of exceptions.
    All,
    /// A list.
    Sensitive,
}

/// TLS interception.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TlsInterception {
    /// Whether it is on.
    pub enabled: bool,
    /// Where pipelock finds its certificate.
    pub ca_cert: String,
    /// Where pipelock finds its key.
    pub ca_key: String,
    /// Hosts whose TLS goes through unread.
    pub passthrough_domains: Vec<String>,
}

/// Exceptions of the address guard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ssrf {
    /// Addresses to which any listed host may lead.
    pub ip_allowlist: Vec<String>,
}

/// Why a configuration could not be written: a text that YAML cannot hold.
#[derive(Debug, thiserror::Error)]
#[error("write the configuration: {0}")]
pub struct RenderError(#[from] serde_saphyr::ser::Error);

impl Config {
    /// The file's text. The same configuration has the same text, always.
    ///
    /// # Errors
    /// A text that YAML cannot hold.
    pub fn render(&self) -> Result<String, RenderError> {
        // In quotes, no reader of any YAML takes a text for something else.
        let options = serde_saphyr::ser_options! {
            compact_list_indent: false,
            prefer_block_scalars: false,
            quote_all: true,
        };
        Ok(serde_saphyr::to_string_with_options(self, options)?)
    }

    /// Reads what [`render`](Self::render) writes, and nothing else.
    ///
    /// # Errors
    /// Every fault of the text: section, key and the type that is expected.
    pub fn parse(file: &str, text: &str) -> Result<Self, Faults> {
        document::read(file, text, Schema::Rendered).map(|document| Self::of(&document))
    }

    /// From values of which the reader has checked that they are there.
    fn of(document: &Document) -> Self {
        let on = |path: &str| document.bool(path).unwrap_or_default();
        let text = |path: &str| document.text(path).unwrap_or_default().to_owned();
        Self {
            version: document.int("version").unwrap_or_default(),
            mode: Mode::of(document.text("mode")),
            enforce: on("enforce"),
            api_allowlist: document.texts("api_allowlist").to_vec(),
            seed_phrase_detection: document.has("seed_phrase_detection").then(|| Switch {
                enabled: on("seed_phrase_detection.enabled"),
            }),
            forward_proxy: Switch {
                enabled: on("forward_proxy.enabled"),
            },
            dlp: Dlp {
                include_defaults: on("dlp.include_defaults"),
                scan_env: on("dlp.scan_env"),
            },
            request_body_scanning: RequestBodyScanning {
                action: BodyAction::of(document.text("request_body_scanning.action")),
                scan_headers: document.bool("request_body_scanning.scan_headers"),
                header_mode: document
                    .text("request_body_scanning.header_mode")
                    .map(|mode| match mode {
                        "all" => HeaderMode::All,
                        _ => HeaderMode::Sensitive,
                    }),
            },
            tls_interception: document.has("tls_interception").then(|| TlsInterception {
                enabled: on("tls_interception.enabled"),
                ca_cert: text("tls_interception.ca_cert"),
                ca_key: text("tls_interception.ca_key"),
                passthrough_domains: document
                    .texts("tls_interception.passthrough_domains")
                    .to_vec(),
            }),
            ssrf: document.has("ssrf").then(|| Ssrf {
                ip_allowlist: document.texts("ssrf.ip_allowlist").to_vec(),
            }),
        }
    }
}

impl Mode {
    /// The word, which the reader has checked; its default is the documented one.
    pub(crate) fn of(word: Option<&str>) -> Self {
        match word {
            Some("strict") => Self::Strict,
            Some("audit") => Self::Audit,
            _ => Self::Balanced,
        }
    }

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Audit => "audit",
            Self::Balanced => "balanced",
            Self::Strict => "strict",
        }
    }
}

impl BodyAction {
    pub(crate) fn of(word: Option<&str>) -> Self {
        match word {
            Some("block") => Self::Block,
            _ => Self::Warn,
        }
    }
}
