//! The command line's words. Help texts are for a person who is in a hurry.

use std::net::SocketAddr;
use std::path::PathBuf;

use bottle_backend::ConnectTo;
use bottle_policy::IpRange;
use clap::{Parser, Subcommand};

const RUN_CODES: &str = "\
Exit code: the command's own. 125 if bottle failed, 126 if the command cannot be run,
127 if it is not there, 77 if this machine permits no sandbox, 78 if bottle.yaml is bad.

Without a bottle.yaml the command reaches what its agent's preset lists (claude, codex,
gemini, opencode), and otherwise nothing.";

const ALLOW_WHY: &str = "\
A bottle.yaml found in a project is used only after you allowed that very content: it may
come from anyone who can write to the project, the agent included.";

const GATEWAY_USE: &str = "\
Clients use it as HTTP_PROXY and HTTPS_PROXY and trust the certificate that it writes.
Nothing is isolated by it: whoever can reach the network without it is not seen.";

const INBOX_USE: &str = "\
A route asks where bottle.yaml sets a detector, or on_match, to `ask`. A request is held
for five minutes and refused if nobody answers. An answer holds for the same value at the
same host until the run ends; with --once, for this request.

Exit code: 0; 1 if the question is not open (any more), 2 usage.";

/// Run an AI coding agent in a sandbox whose one way out reads everything that leaves.
#[derive(Debug, Parser)]
#[command(name = "bottle", version, max_term_width = 100)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run a command in a bottle
    #[command(after_help = RUN_CODES)]
    Run(Run),
    /// Say which rule decides about a request and why, without sending anything
    #[command(after_help = "Exit code: 0 allowed, 1 refused, 2 usage, 78 bad manifest.")]
    Explain(Explain),
    /// Say what the scan finds in a file or in the standard input
    #[command(
        after_help = "Exit code: 0 if it would pass, 1 if it would be stopped; with --jsonl always 0."
    )]
    Inspect(Inspect),
    /// List what the scan looks for
    Detectors(Detectors),
    /// Show what was let through and what was refused
    #[command(
        after_help = "Exit code: 0; 1 if the log cannot be read or, with --verify, was changed;
2 if there is no such log."
    )]
    Logs(Logs),
    /// Answer for requests that are held until a person says yes or no
    #[command(after_help = INBOX_USE)]
    Inbox(Inbox),
    /// Write a commented bottle.yaml
    Init(Init),
    /// Allow the bottle.yaml of this project as it is now
    #[command(after_help = ALLOW_WHY)]
    Allow(Allow),
    /// Run the engine alone, as a proxy for isolation of your own
    #[command(after_help = GATEWAY_USE)]
    Gateway(Gateway),
    /// Write another system's configuration from bottle.yaml
    Render(Render),
    /// Check a pipelock file, or make the certificate authority that it names
    Pipelock(Pipelock),
    /// Print the JSON Schema of bottle.yaml
    Schema,
    /// Show the main job on made-up hosts: a real bottle, real programs, no network needed
    Demo(Demo),
    /// A small HTTP client, for the demo where curl is not installed
    #[command(name = "__client", hide = true)]
    Client(Client),
}

/// What `run` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct Run {
    #[command(flatten)]
    pub(crate) manifest: Manifest,
    #[command(flatten)]
    pub(crate) upstream: Upstream,
    /// The command and its arguments; default: `agent.command` of bottle.yaml
    // Its own options may follow it; one that stands before it is ours.
    #[arg(value_name = "CMD", trailing_var_arg = true)]
    pub(crate) command: Vec<String>,
}

/// What `gateway` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct Gateway {
    /// The manifest
    #[arg(
        short = 'f',
        long,
        value_name = "FILE",
        required_unless_present = "pipelock"
    )]
    pub(crate) file: Option<PathBuf>,
    /// Stand in for a pipelock with this file instead
    #[arg(long, value_name = "FILE", conflicts_with = "file")]
    pub(crate) pipelock: Option<PathBuf>,
    /// Refuse a pipelock file of which anything would be done otherwise
    // What is required yields to what conflicts, so --file has to be named as well.
    #[arg(long, requires = "pipelock", conflicts_with = "file")]
    pub(crate) strict: bool,
    /// Where to listen, such as 127.0.0.1:3128 [default: what the pipelock file says]
    #[arg(long, value_name = "ADDR:PORT", required_unless_present = "pipelock")]
    pub(crate) listen: Option<SocketAddr>,
    /// Where to write the certificate that clients must trust; new at each start without --ca-key
    #[arg(long, value_name = "PATH")]
    pub(crate) ca_cert: Option<PathBuf>,
    /// The key to --ca-cert, to keep both; a pair that is not there is made
    #[arg(
        long,
        value_name = "PATH",
        requires = "ca_cert",
        conflicts_with = "pipelock"
    )]
    pub(crate) ca_key: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) upstream: Upstream,
}

/// What `render` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct Render {
    #[command(subcommand)]
    pub(crate) what: RenderWhat,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RenderWhat {
    /// Write a pipelock.yaml; says on stderr where pipelock means more
    #[command(after_help = "Exit code: 0; 1 if --strict refused, 2 usage, 78 bad manifest.")]
    Pipelock(RenderPipelock),
}

/// What `render pipelock` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct RenderPipelock {
    #[command(flatten)]
    pub(crate) manifest: Manifest,
    /// Where pipelock finds its certificate, such as /etc/pipelock-ca.pem; with --ca-key
    #[arg(long, value_name = "PATH")]
    pub(crate) ca_cert: Option<String>,
    /// Where pipelock finds its key, such as /etc/pipelock-ca-key.pem; with --ca-cert
    #[arg(long, value_name = "PATH")]
    pub(crate) ca_key: Option<String>,
    /// Addresses of the internal network, exempt from pipelock's address guard; may be repeated
    #[arg(long, value_name = "RANGE")]
    pub(crate) ssrf_ip: Vec<IpRange>,
    /// Write nothing if pipelock would let more pass than bottle.yaml, or not start
    #[arg(long)]
    pub(crate) strict: bool,
    /// Write here, with mode 0600 [default: stdout]
    #[arg(short = 'o', long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// What `pipelock` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct Pipelock {
    #[command(subcommand)]
    pub(crate) what: PipelockWhat,
}

#[derive(Debug, Subcommand)]
pub(crate) enum PipelockWhat {
    /// Read a pipelock file and say what would be done otherwise
    #[command(after_help = "Exit code: 0; 1 if --strict found a difference, 78 bad file.")]
    Check(PipelockCheck),
    /// Print the page about every key of pipelock's schema
    Schema,
    /// The certificate authority for TLS interception
    Tls(PipelockTls),
}

/// What `pipelock check` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct PipelockCheck {
    /// Fail if there is any difference
    #[arg(long)]
    pub(crate) strict: bool,
    /// Take only what `render pipelock` writes, with all that it requires
    #[arg(long, conflicts_with_all = ["strict", "json"])]
    pub(crate) rendered: bool,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// The file
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
}

/// What `pipelock tls` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct PipelockTls {
    #[command(subcommand)]
    pub(crate) what: TlsWhat,
}

#[derive(Debug, Subcommand)]
pub(crate) enum TlsWhat {
    /// Make ca.pem and ca-key.pem
    Init(TlsInit),
}

/// What `pipelock tls init` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct TlsInit {
    /// The directory for the two files [default: ~/.pipelock]
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
}

/// What `explain` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct Explain {
    #[command(flatten)]
    pub(crate) manifest: Manifest,
    /// The request's method [default: GET, or POST with -d]
    #[arg(short = 'X', long, value_name = "METHOD")]
    pub(crate) method: Option<String>,
    /// A header of the request
    #[arg(short = 'H', long, value_name = "NAME: VALUE")]
    pub(crate) header: Vec<String>,
    /// The request's body; @FILE reads it from a file
    #[arg(short = 'd', long, value_name = "DATA")]
    pub(crate) data: Option<String>,
    /// For this agent command, as `run` would choose its preset
    #[arg(long, value_name = "CMD")]
    pub(crate) agent: Option<String>,
    /// With this mapping, as `run` takes it; may be repeated
    #[arg(long, value_name = "HOST:PORT:ADDR:PORT")]
    pub(crate) connect_to: Vec<ConnectTo>,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// The URL
    #[arg(value_name = "URL")]
    pub(crate) url: String,
}

/// Say what the scan finds.
#[derive(Debug, clap::Args)]
pub(crate) struct Inspect {
    /// Read one JSON object a line, `{"id", "text"}` or `{"id", "body_b64", "content_type"}`,
    /// and write a verdict a line
    #[arg(long)]
    pub(crate) jsonl: bool,
    /// The file [default: the standard input]
    #[arg(value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
}

/// List what the scan looks for.
#[derive(Debug, clap::Args)]
pub(crate) struct Detectors {
    /// Print one JSON object a line
    #[arg(long)]
    pub(crate) json: bool,
}

/// What `logs` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct Logs {
    /// The bottle [default: the one that ran last]
    #[arg(value_name = "BOTTLE")]
    pub(crate) bottle: Option<String>,
    /// One run of it [default: the last]
    #[arg(long, value_name = "RUN")]
    pub(crate) run: Option<String>,
    /// Read this file instead
    #[arg(long, value_name = "PATH", conflicts_with_all = ["bottle", "run"])]
    pub(crate) file: Option<PathBuf>,
    /// Print the events as they are, one JSON object a line
    #[arg(long)]
    pub(crate) json: bool,
    /// Go on printing as events come
    #[arg(long)]
    pub(crate) follow: bool,
    /// Check the chain of hashes
    #[arg(long, conflicts_with_all = ["json", "follow"])]
    pub(crate) verify: bool,
}

/// What `inbox` is told.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Inbox {
    #[command(subcommand)]
    pub(crate) what: Option<InboxWhat>,
    /// Only of this bottle
    #[arg(long, value_name = "BOTTLE")]
    pub(crate) bottle: Option<String>,
    /// Print the open questions, one JSON object a line
    #[arg(long)]
    pub(crate) json: bool,
}

/// What `inbox` does; without it, on a terminal, it shows questions as they
/// come and takes answers, and elsewhere it lists those that are open.
#[derive(Debug, Subcommand)]
pub(crate) enum InboxWhat {
    /// Let it leave
    Allow(Answer),
    /// Refuse it
    Deny(Answer),
}

/// An answer.
#[derive(Debug, clap::Args)]
pub(crate) struct Answer {
    /// The question's name, as `bottle inbox` shows it
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// For this request only
    #[arg(long)]
    pub(crate) once: bool,
    /// The bottle that asks, where two have a question of this name
    #[arg(long, value_name = "BOTTLE")]
    pub(crate) bottle: Option<String>,
}

/// What `init` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct Init {
    /// The agent it is for
    #[arg(long, value_name = "claude|codex|gemini|opencode")]
    pub(crate) provider: Option<String>,
    /// Where to write it
    #[arg(value_name = "FILE", default_value = "bottle.yaml")]
    pub(crate) file: PathBuf,
}

/// What `allow` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct Allow {
    /// The manifest [default: the bottle.yaml of this project]
    #[arg(value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
}

/// What `demo` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct Demo {
    /// Print one JSON object a row
    #[arg(long)]
    pub(crate) json: bool,
}

/// The client's own words; not for people.
#[derive(Debug, clap::Args)]
pub(crate) struct Client {
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    pub(crate) words: Vec<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Manifest {
    /// Use this manifest instead of the project's bottle.yaml
    #[arg(short = 'f', long, value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Upstream {
    /// Send what is meant for HOST:PORT to ADDR:PORT, as curl's option does; may be repeated
    #[arg(long, value_name = "HOST:PORT:ADDR:PORT")]
    pub(crate) connect_to: Vec<ConnectTo>,
    /// Reach everything else through this proxy [default: `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`]
    #[arg(long, value_name = "http://HOST:PORT")]
    pub(crate) upstream_proxy: Option<String>,
}
