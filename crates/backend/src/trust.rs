//! What programs in the bottle trust: the host's roots and the run's own
//! authority, mounted over every place where a distribution keeps its bundle.

use std::path::{Path, PathBuf};

use bottle_sandbox::{Access, File};
use data_encoding::BASE64;
use rustls_pki_types::CertificateDer;

/// The run's own certificate, alone.
pub(crate) const OWN: &str = "/run/bottle/ca.pem";
/// The host's roots with the run's own.
pub(crate) const MERGED: &str = "/run/bottle/ca-bundle.pem";

/// Where distributions keep the bundle: Debian and Alpine, Fedora (two places),
/// SUSE, and the place that OpenSSL looks at.
const BUNDLES: &[&str] = &[
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
];

/// The files that make the bottle trust `own` beside the host's `roots`.
pub(crate) fn files(own: &str, roots: &[CertificateDer<'static>]) -> Vec<File> {
    let merged = [pem(roots), own.to_owned()].concat();
    let over_the_hosts = BUNDLES
        .iter()
        .map(PathBuf::from)
        .filter(|path| path.exists())
        .map(|path| real(&path));
    let mut paths: Vec<PathBuf> = over_the_hosts.chain([PathBuf::from(MERGED)]).collect();
    paths.sort();
    paths.dedup();
    let file = |path: PathBuf, content: &str| File {
        path,
        content: content.as_bytes().to_vec(),
        mode: 0o444,
        access: Access::ReadOnly,
    };
    let mut files: Vec<File> = paths.into_iter().map(|path| file(path, &merged)).collect();
    files.push(file(PathBuf::from(OWN), own));
    files
}

/// A bundle may be a link to where another one is.
fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// Certificates as a bundle in PEM form (RFC 7468).
fn pem(certificates: &[CertificateDer<'static>]) -> String {
    let mut out = String::new();
    for certificate in certificates {
        out.push_str("-----BEGIN CERTIFICATE-----\n");
        let text = BASE64.encode(certificate);
        let mut rest = text.as_str();
        while let Some((line, after)) = rest.split_at_checked(64) {
            out.extend([line, "\n"]);
            rest = after;
        }
        if !rest.is_empty() {
            out.extend([rest, "\n"]);
        }
        out.push_str("-----END CERTIFICATE-----\n");
    }
    out
}
