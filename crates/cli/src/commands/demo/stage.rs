//! The demo's stage: a project and a home of its own, made-up hosts on
//! loopback, and a bottle for each attempt.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read as _, Seek as _};
use std::os::fd::OwnedFd;
use std::path::PathBuf;

use bottle_audit::{Verdict, read};
use bottle_backend::{Plan, Request, Stdio, prepare};
use bottle_policy::{
    Auth, AuthScheme, Bottle, InspectTerms, Origin, PipelockHints, Route, Secret, SecretRef, Slug,
};
use bottle_test_support::{Authority, Handler, Upstream, find_program};
use data_encoding::{BASE64, BASE64URL_NOPAD};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject as _;
use tempfile::TempDir;

use super::steps::{Attempt, Expected, Fetch, LISTED, Step, UNLISTED, VARIABLE};
use crate::failure::{Failure, OURS};

/// Seconds that an attempt may take.
const LIMIT: &str = "10";

pub(super) struct Stage {
    directory: TempDir,
    authority: Authority,
    /// The permitted host.
    listed: Upstream,
    /// Everything else: were anything let through, it would arrive here.
    elsewhere: Upstream,
    plain_elsewhere: Upstream,
    curl: Option<PathBuf>,
    own: PathBuf,
    /// The person's real credential.
    token: Secret,
    /// A key that must not leave.
    key: String,
}

/// What came of an attempt.
pub(super) struct Outcome {
    pub(super) as_expected: bool,
    /// The rule or the status.
    pub(super) result: String,
    /// The reason that the program was given, or what was seen on the other side.
    pub(super) why: String,
}

impl Stage {
    pub(super) fn set() -> io::Result<Self> {
        let directory = tempfile::Builder::new().prefix("bottle-demo-").tempdir()?;
        for place in ["project", "home", "logs"] {
            std::fs::create_dir(directory.path().join(place))?;
        }
        let authority = Authority::new()?;
        Ok(Self {
            listed: Upstream::start(&authority, &[LISTED], Handler::echo())?,
            elsewhere: Upstream::start(&authority, &[UNLISTED], Handler::echo())?,
            plain_elsewhere: Upstream::start_plain(Handler::echo())?,
            authority,
            directory,
            curl: find_program("curl"),
            own: std::env::current_exe()?,
            token: Secret::new(format!(
                "demo-{}",
                BASE64URL_NOPAD.encode(&rand::random::<[u8; 24]>())
            )),
            // The documented example of an access key's form.
            key: ["AKIA", "IOSFODNN7", "EXAMPLE"].concat(),
        })
    }

    /// The program that plays the agent.
    pub(super) fn program(&self) -> &'static str {
        if self.curl.is_some() {
            "curl"
        } else {
            "the built-in client"
        }
    }

    /// Runs an attempt in a bottle of its own.
    pub(super) fn perform(&self, step: &Step) -> Result<Outcome, Failure> {
        let failed =
            |e: io::Error| Failure::new(OURS, format!("could not carry out the demo: {e}"));
        let (mut printed, stdio) = capture().map_err(failed)?;
        let plan = self.plan(&step.attempt, stdio)?;
        let log = plan.log_path();
        let token = plan
            .placeholder(&reference())
            .map(|p| String::from_utf8_lossy(p.expose()).into_owned())
            .unwrap_or_default();
        plan.run(&mut (), Box::new(|_| {}))?;
        let mut said = String::new();
        printed
            .rewind()
            .and_then(|()| printed.read_to_string(&mut said))
            .map_err(failed)?;
        Ok(match &step.expected {
            Expected::Passed => self.passed(&said, &token),
            Expected::Refused(rule) => self.refused(&said, rule.as_str()),
            Expected::NoAnswer => self.unanswered(&said, &log),
        })
    }

    /// What arrived on the other side, in one line.
    pub(super) fn summary(&self) -> String {
        format!(
            "{LISTED} received {}; hosts that are not listed received {}.",
            count(self.listed.request_count(), "request"),
            count(self.stray(), "connection"),
        )
    }

    fn stray(&self) -> u64 {
        self.elsewhere.connection_count() + self.plain_elsewhere.connection_count()
    }

    fn passed(&self, said: &str, placeholder: &str) -> Outcome {
        let real = String::from_utf8_lossy(self.token.expose()).into_owned();
        let seen = self
            .listed
            .requests()
            .last()
            .and_then(|r| r.header("authorization").map(str::to_owned));
        let injected = seen.as_deref() == Some(&format!("Bearer {real}"));
        let hidden = !said.contains(&real) && said.contains(placeholder);
        let status = said.lines().last().unwrap_or_default();
        Outcome {
            as_expected: status == "200" && injected && hidden && self.stray() == 0,
            result: format!("passed {status}"),
            why: match (injected, hidden) {
                (true, true) => {
                    "the server saw the real key; the agent sent and got back a placeholder"
                        .to_owned()
                }
                (false, _) => "the server did not see the real key".to_owned(),
                (true, false) => "the real key came back to the agent".to_owned(),
            },
        }
    }

    fn refused(&self, said: &str, rule: &str) -> Outcome {
        let (body, status) = said.rsplit_once('\n').unwrap_or((said, ""));
        let answer: serde_json::Value = serde_json::from_str(body).unwrap_or_default();
        let text = |key: &str| {
            answer
                .get(key)
                .and_then(serde_json::Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        let leaked = self.listed.saw(self.key.as_bytes()) || self.stray() > 0;
        let named = text("rule");
        Outcome {
            as_expected: status == "403" && named == rule && !leaked,
            result: if leaked {
                "LEAKED".to_owned()
            } else {
                format!("stopped {named}")
            },
            why: if named.is_empty() {
                said.trim().to_owned()
            } else {
                text("message")
            },
        }
    }

    fn unanswered(&self, said: &str, log: &std::path::Path) -> Outcome {
        let events = read(log)
            .map(|records| records.flatten().collect::<Vec<_>>())
            .unwrap_or_default();
        let denied = events.iter().find(|r| r.event.verdict == Verdict::Deny);
        let rule = denied
            .and_then(|r| r.event.rule.clone())
            .unwrap_or_default();
        Outcome {
            // 5: refused (RFC 1035, 4.1.1).
            as_expected: said.trim() == "rcode 5" && rule == "dns_refused" && self.stray() == 0,
            result: format!("stopped {rule}"),
            why: "The question was refused inside the bottle; no resolver outside was asked."
                .to_owned(),
        }
    }

    fn plan(&self, attempt: &Attempt, stdio: Stdio) -> Result<Plan, Failure> {
        let at = |place: &str| self.directory.path().join(place);
        let mut bottle = Bottle::closed(Slug::from_lossy("demo"));
        bottle.egress.routes = vec![listed_route()];
        bottle.agent.command = self.command(attempt);
        let roots = CertificateDer::from_pem_slice(self.authority.pem().as_bytes());
        let request = Request {
            bottle,
            tokens: vec![(reference(), self.token.clone())],
            secrets: Vec::new(),
            project: at("project"),
            repositories: Vec::new(),
            cwd: at("project"),
            home: at("home"),
            environment: std::env::vars_os()
                .filter(|(name, _)| name == "PATH")
                .collect::<Vec<(OsString, OsString)>>(),
            protect: Vec::new(),
            show: vec![self.own.clone()],
            // The made-up hosts are here, whatever proxy the person has.
            parents: bottle_backend::Parents::default(),
            connect_to: self.mappings()?,
            roots: roots.into_iter().collect(),
            logs: at("logs"),
            stdio,
        };
        Ok(prepare(request)?)
    }

    /// Every host of the demo leads to loopback, the unlisted ones too: what is
    /// stopped is stopped by the engine, not by a lack of network.
    fn mappings(&self) -> Result<Vec<bottle_backend::ConnectTo>, Failure> {
        let to = |upstream: &Upstream, host: &str, port: u16| {
            upstream
                .connect_to(host, port)
                .parse()
                .map_err(|e: bottle_backend::ConnectToError| Failure::new(OURS, e.to_string()))
        };
        [
            to(&self.listed, LISTED, 443),
            to(&self.elsewhere, UNLISTED, 443),
            to(&self.plain_elsewhere, "203.0.113.9", 80),
            to(&self.plain_elsewhere, "169.254.169.254", 80),
        ]
        .into_iter()
        .collect()
    }

    fn command(&self, attempt: &Attempt) -> Vec<String> {
        let own = |words: &[&str]| {
            let program = [
                self.own.to_string_lossy().into_owned(),
                "__client".to_owned(),
                "--".to_owned(),
            ];
            program
                .into_iter()
                .chain(words.iter().map(|w| (*w).to_owned()))
                .collect::<Vec<_>>()
        };
        let (fetch, direct) = match attempt {
            Attempt::Question(name) => return own(&["--dns", &self.fill(name)]),
            Attempt::Direct(fetch) => (fetch, true),
            Attempt::Proxied(fetch) => (fetch, false),
        };
        let mut words = match (&self.curl, direct) {
            (Some(curl), true) => curl_words(curl, &["--noproxy", "*"]),
            (Some(curl), false) => curl_words(curl, &[]),
            (None, true) => own(&["--direct"]),
            (None, false) => own(&[]),
        };
        words.extend(self.words(fetch));
        // The shell knows the agent's environment, as an agent does.
        let script = words.iter().map(|w| quote(w)).collect::<Vec<_>>().join(" ");
        vec!["sh".to_owned(), "-c".to_owned(), script]
    }

    fn words(&self, fetch: &Fetch) -> Vec<String> {
        let headers = fetch
            .headers
            .iter()
            .flat_map(|h| ["-H".to_owned(), self.fill(h)]);
        let data = fetch
            .data
            .iter()
            .flat_map(|d| ["-d".to_owned(), self.fill(d)]);
        headers.chain(data).chain([self.fill(fetch.url)]).collect()
    }

    fn fill(&self, text: &str) -> String {
        text.replace("{key64}", &BASE64.encode(self.key.as_bytes()))
            .replace("{key}", &self.key)
            .replace("{token}", &format!("'\"${VARIABLE}\"'"))
    }
}

fn curl_words(curl: &std::path::Path, more: &[&str]) -> Vec<String> {
    let fixed = ["-sS", "--max-time", LIMIT, "-w", "\\n%{http_code}"];
    [curl.to_string_lossy().into_owned()]
        .into_iter()
        .chain(fixed.iter().chain(more).map(|w| (*w).to_owned()))
        .collect()
}

/// One word for the shell; `'"$NAME"'` inside it is left open on purpose.
fn quote(word: &str) -> String {
    format!("'{word}'")
}

fn reference() -> SecretRef {
    SecretRef::Env(VARIABLE.to_owned())
}

fn listed_route() -> Route {
    Route {
        host: bottle_policy::HostPattern::Exact(bottle_policy::Host::Name(
            LISTED.parse().expect("the demo's own host is one"),
        )),
        port: 443,
        matches: Vec::new(),
        auth: Some(Auth {
            scheme: AuthScheme::Bearer,
            token: reference(),
            variable: Some(VARIABLE.to_owned()),
        }),
        inspect: InspectTerms::default(),
        pipelock: PipelockHints::default(),
        origin: Origin::Provider("demo".to_owned()),
    }
}

/// A file for what the command prints; nothing to read for it.
fn capture() -> io::Result<(File, Stdio)> {
    let file = tempfile::tempfile()?;
    let stdin = File::open("/dev/null")?;
    let stdio = Stdio::Piped {
        stdin: OwnedFd::from(stdin),
        stdout: OwnedFd::from(file.try_clone()?),
        stderr: OwnedFd::from(file.try_clone()?),
    };
    Ok((file, stdio))
}

fn count(number: u64, what: &str) -> String {
    match number {
        0 => format!("no {what}"),
        1 => format!("one {what}"),
        n => format!("{n} {what}s"),
    }
}
