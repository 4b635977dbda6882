//! The command's environment: an allow-list of the person's, what the network
//! needs, and placeholders where credentials would be.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use bottle_policy::Bottle;

use crate::trust;

/// Variables that say how to talk to the person, or where tools are. None
/// holds a credential.
const KEPT: &[&str] = &[
    "CARGO_HOME",
    "CI",
    "CLICOLOR",
    "CLICOLOR_FORCE",
    "COLORTERM",
    "COLUMNS",
    "DENO_INSTALL",
    "EDITOR",
    "FNM_DIR",
    "FORCE_COLOR",
    "GOPATH",
    "GOROOT",
    "JAVA_HOME",
    "LANG",
    "LANGUAGE",
    "LESS",
    "LINES",
    "LOGNAME",
    "MANPATH",
    "NO_COLOR",
    "NVM_DIR",
    "PAGER",
    "PATH",
    "PNPM_HOME",
    "PYENV_ROOT",
    "RBENV_ROOT",
    "RUSTUP_HOME",
    "RUSTUP_TOOLCHAIN",
    "SDKMAN_DIR",
    "SHELL",
    "TERM",
    "TERM_PROGRAM",
    "TERM_PROGRAM_VERSION",
    "TZ",
    "USER",
    "VISUAL",
    "VOLTA_HOME",
];

/// Variables that name the proxy.
const PROXY: &[&str] = &[
    "ALL_PROXY",
    "GRPC_PROXY",
    "HTTPS_PROXY",
    "HTTP_PROXY",
    "all_proxy",
    "grpc_proxy",
    "http_proxy",
    "https_proxy",
];

/// Variables that name a file with additional roots.
const OWN_CA: &[&str] = &["CODEX_CA_CERTIFICATE", "DENO_CERT", "NODE_EXTRA_CA_CERTS"];

/// Variables that name a file with all roots.
const ALL_CAS: &[&str] = &[
    "AWS_CA_BUNDLE",
    "BUNDLE_SSL_CA_CERT",
    "CARGO_HTTP_CAINFO",
    "CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE",
    "CURL_CA_BUNDLE",
    "GIT_SSL_CAINFO",
    "GRPC_DEFAULT_SSL_ROOTS_FILE_PATH",
    "HTTPLIB2_CA_CERTS",
    "NIX_SSL_CERT_FILE",
    "NPM_CONFIG_CAFILE",
    "PIP_CERT",
    "REQUESTS_CA_BUNDLE",
    "SSL_CERT_FILE",
];

/// Puts an environment together. Later groups win over earlier ones; nothing
/// that a person wrote can undo what keeps the network readable.
pub(crate) fn compose(
    bottle: &Bottle,
    outside: &[(OsString, OsString)],
    placeholders: Vec<(String, OsString)>,
    caches: Vec<(&'static str, PathBuf)>,
    home: &Path,
) -> Vec<(OsString, OsString)> {
    let mut env: BTreeMap<OsString, OsString> = outside
        .iter()
        .filter(|(name, _)| is_kept(name))
        .cloned()
        .collect();
    env.insert("HOME".into(), home.into());
    env.insert("TMPDIR".into(), "/tmp".into());
    let caches = caches.into_iter();
    env.extend(caches.map(|(name, place)| (name.into(), place.into())));
    env.extend(
        bottle
            .agent
            .env
            .iter()
            .map(|(name, value)| (name.into(), value.into())),
    );
    env.extend(
        placeholders
            .into_iter()
            .map(|(name, value)| (name.into(), value)),
    );
    env.extend(
        network()
            .into_iter()
            .map(|(name, value)| (name.into(), value.into())),
    );
    env.insert("BOTTLE".into(), bottle.name.as_str().into());
    env.into_iter().collect()
}

fn is_kept(name: &OsStr) -> bool {
    name.to_str()
        .is_some_and(|name| KEPT.contains(&name) || name.starts_with("LC_"))
}

fn network() -> Vec<(&'static str, String)> {
    let proxy = format!("http://127.0.0.1:{}", bottle_sandbox::PROXY_PORT);
    let local = "localhost,127.0.0.1,::1".to_owned();
    let mut env: Vec<(&str, String)> = vec![
        ("NO_PROXY", local.clone()),
        ("no_proxy", local),
        ("NODE_USE_ENV_PROXY", "1".to_owned()),
    ];
    env.extend(PROXY.iter().map(|name| (*name, proxy.clone())));
    env.extend(OWN_CA.iter().map(|name| (*name, trust::OWN.to_owned())));
    env.extend(ALL_CAS.iter().map(|name| (*name, trust::MERGED.to_owned())));
    env
}

#[cfg(test)]
mod tests {
    use bottle_policy::Slug;

    use super::*;

    fn composed(outside: &[(&str, &str)], agent: &[(&str, &str)]) -> BTreeMap<String, String> {
        let outside: Vec<_> = outside
            .iter()
            .map(|(n, v)| (OsString::from(n), OsString::from(v)))
            .collect();
        let mut bottle = Bottle::closed(Slug::from_lossy("app"));
        bottle.agent.env = agent
            .iter()
            .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
            .collect();
        let env = compose(
            &bottle,
            &outside,
            vec![("API_TOKEN".to_owned(), "placeholder".into())],
            vec![("CARGO_HOME", "/home/a/.cache/bottle/cargo".into())],
            Path::new("/home/a"),
        );
        env.into_iter()
            .map(|(n, v)| (n.into_string().unwrap(), v.into_string().unwrap()))
            .collect()
    }

    #[test]
    fn nothing_comes_in_that_is_not_listed() {
        let env = composed(
            &[
                ("API_TOKEN", "real"),
                ("SSH_AUTH_SOCK", "/x"),
                ("AWS_PROFILE", "a"),
                ("TERM", "xterm"),
                ("LC_ALL", "C"),
                ("CARGO_HOME", "/home/a/.cargo"),
            ],
            &[],
        );
        assert_eq!(
            env.get("API_TOKEN").map(String::as_str),
            Some("placeholder")
        );
        assert!(!env.contains_key("SSH_AUTH_SOCK") && !env.contains_key("AWS_PROFILE"));
        assert_eq!(
            (
                env["TERM"].as_str(),
                env["LC_ALL"].as_str(),
                env["HOME"].as_str()
            ),
            ("xterm", "C", "/home/a")
        );
        assert_eq!(env["CARGO_HOME"], "/home/a/.cache/bottle/cargo");
    }

    #[test]
    fn a_manifest_adds_variables_but_cannot_move_the_proxy() {
        let env = composed(
            &[],
            &[
                ("MODE", "test"),
                ("HTTPS_PROXY", "http://elsewhere"),
                ("API_TOKEN", "real"),
                ("CARGO_HOME", "/w/app/.cargo-home"),
            ],
        );
        assert_eq!(env["MODE"], "test");
        assert_eq!(env["CARGO_HOME"], "/w/app/.cargo-home");
        assert!(env["HTTPS_PROXY"].starts_with("http://127.0.0.1:"));
        assert_eq!(env["API_TOKEN"], "placeholder");
    }
}
