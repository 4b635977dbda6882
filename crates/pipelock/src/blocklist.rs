//! `fetch_proxy.monitoring.blocklist`: hosts that are refused by name.

use bottle_policy::HostPattern;

use crate::config::Mode;
use crate::document::Document;
use crate::meaning::{covers, patterns};

pub(crate) const BLOCKLIST: &str = "fetch_proxy.monitoring.blocklist";

/// What is documented to be refused where a file has no list of its own: sites
/// on which anybody can put down a text or a file for anybody.
const DEFAULT: [&str; 6] = [
    "file.io",
    "hastebin.com",
    "paste.ee",
    "pastebin.com",
    "requestbin.com",
    "transfer.sh",
];

/// The hosts that are refused. A list that was written holds in every mode that
/// refuses anything. The default one holds where unlisted hosts pass, and spares
/// the hosts that the file lists.
pub(crate) fn refused(document: &Document, mode: Mode) -> Vec<HostPattern> {
    if document.has(BLOCKLIST) {
        return patterns(document, BLOCKLIST, true);
    }
    if mode == Mode::Strict {
        return Vec::new();
    }
    let listed = patterns(document, "api_allowlist", true);
    let spared = |pattern: &HostPattern| listed.iter().any(|wide| covers(wide, pattern));
    DEFAULT
        .iter()
        .flat_map(|name| [(*name).to_owned(), format!("*.{name}")])
        .filter_map(|text| text.parse().ok())
        .filter(|pattern| !spared(pattern))
        .collect()
}
