//! Every key of `bottle.yaml`, what it is for and what holds without it.
//!
//! Says nothing about how a value is read: see `read`.

use crate::shape::Need::{Default, Required};
use crate::shape::Shape::{Bool, Dict, List, Map, Number, Text, WordOrList, Words};
use crate::shape::{Key, Need, Section, Shape};

const fn key(name: &'static str, need: Need, shape: Shape, about: &'static str) -> Key {
    Key {
        name,
        about,
        need,
        shape,
    }
}

pub(crate) const ACTIONS: &[&str] = &["ask", "block", "off", "redact", "warn"];
pub(crate) const SCHEMES: &[&str] = &["basic", "bearer", "header"];
pub(crate) const UNLISTED: &[&str] = &["ask", "deny"];
/// The presets, and the word for none of them.
pub(crate) const PROVIDERS: &[&str] = &["claude", "codex", "gemini", "none", "opencode"];

const REF: Shape = Text("^(env:[A-Za-z_][A-Za-z0-9_]*|file:.+|cmd:.+)$");
const ANY: Shape = Text("");

pub(crate) static MANIFEST: Section = Section {
    about: "A bottle: one agent, what it may reach and what it sees.",
    keys: &[
        key(
            "version",
            Required,
            Number { least: 1, most: 1 },
            "The version of this format: 1.",
        ),
        key(
            "name",
            Default(""),
            Text("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"),
            "The bottle's name: lower-case letters, digits and inner hyphens. Without it, the name of the directory.",
        ),
        key(
            "agent",
            Default("{}"),
            Map(&AGENT),
            "The command inside the bottle and its surroundings.",
        ),
        key(
            "egress",
            Default("{}"),
            Map(&EGRESS),
            "What may leave the bottle.",
        ),
        key(
            "inspect",
            Default("{}"),
            Map(&INSPECT),
            "What every request is searched for, on every route.",
        ),
        key(
            "supervise",
            Default("false"),
            Bool,
            "Whether the agent may ask a person for more while it runs. Not built yet.",
        ),
        key(
            "git",
            Default("[]"),
            List(&Map(&REMOTE)),
            "Git remotes that the agent may use. Not built yet.",
        ),
        key(
            "filesystem",
            Default("{}"),
            Map(&FILESYSTEM),
            "What the agent sees of the file system.",
        ),
    ],
    meant: &[
        ("routes", "egress"),
        ("network", "egress"),
        ("allow", "egress"),
        ("hosts", "egress"),
        ("command", "agent"),
        ("provider", "agent"),
        ("env", "agent"),
        ("secrets", "inspect"),
        ("fs", "filesystem"),
        ("files", "filesystem"),
        ("mounts", "filesystem"),
    ],
};

pub(crate) static AGENT: Section = Section {
    about: "The command inside the bottle and its surroundings.",
    keys: &[
        key(
            "provider",
            Default(""),
            Words(PROVIDERS),
            "A preset of routes, credentials and settings. Without it, chosen by the command's name; `none` for no preset.",
        ),
        key(
            "command",
            Default("[]"),
            WordOrList,
            "The program and its arguments, as a list.",
        ),
        key(
            "env",
            Default("{}"),
            Dict(&ANY),
            "Variables set for the command. The agent can read them: no secrets here.",
        ),
    ],
    meant: &[
        ("cmd", "command"),
        ("args", "command"),
        ("environment", "env"),
        ("preset", "provider"),
        ("vendor", "provider"),
    ],
};

pub(crate) static EGRESS: Section = Section {
    about: "What may leave the bottle.",
    keys: &[
        key(
            "default",
            Default("\"deny\""),
            Words(UNLISTED),
            "What happens to a host that no route lists: `deny`, or `ask` to hold it until a person answers (not built yet).",
        ),
        key(
            "routes",
            Default("[]"),
            List(&Map(&ROUTE)),
            "The hosts that the agent may reach, and on what terms.",
        ),
    ],
    meant: &[
        ("hosts", "routes"),
        ("allow", "routes"),
        ("allowlist", "routes"),
        ("rules", "routes"),
        ("unlisted", "default"),
        ("policy", "default"),
    ],
};

pub(crate) static ROUTE: Section = Section {
    about: "A host that the agent may reach, and on what terms.",
    keys: &[
        key(
            "host",
            Required,
            Text("^(\\*\\.)?[A-Za-z0-9_.:\\[\\]-]+$"),
            "A host name or address, or `*.example.com` for every name below a domain (not the domain itself). An exact host wins over a wildcard.",
        ),
        key(
            "port",
            Default("443"),
            Number {
                least: 1,
                most: 65535,
            },
            "The TCP port.",
        ),
        key(
            "matches",
            Default("[]"),
            List(&Map(&MATCH)),
            "The requests allowed; without it, every request to the host.",
        ),
        key(
            "auth",
            Default(""),
            Map(&AUTH),
            "A credential that is added after the inspection. The agent never sees it.",
        ),
        key(
            "inspect",
            Default("{}"),
            Map(&TERMS),
            "How the route's traffic is read.",
        ),
        key(
            "pipelock",
            Default("{}"),
            Map(&PIPELOCK),
            "Settings that only a rendered pipelock file uses.",
        ),
    ],
    meant: &[
        ("hosts", "host"),
        ("hostname", "host"),
        ("domain", "host"),
        ("url", "host"),
        ("match", "matches"),
        ("paths", "matches"),
        ("path", "matches"),
        ("methods", "matches"),
        ("method", "matches"),
        ("token", "auth"),
        ("token_ref", "auth"),
        ("credential", "auth"),
        ("credentials", "auth"),
        ("dlp", "inspect"),
        ("tls_passthrough", "pipelock"),
        ("ssrf_ip_allowlist", "pipelock"),
    ],
};

pub(crate) static MATCH: Section = Section {
    about: "Requests that are allowed: both the method and the path must fit.",
    keys: &[
        key(
            "methods",
            Default("[]"),
            List(&Text("^[A-Z][A-Z0-9._!+-]*$")),
            "The methods; without it, every method.",
        ),
        key(
            "paths",
            Default("[]"),
            List(&Text("^/")),
            "Path patterns: `*` within a segment, `**` for any number of segments. Without it, every path.",
        ),
    ],
    meant: &[
        ("method", "methods"),
        ("path", "paths"),
        ("urls", "paths"),
        ("verbs", "methods"),
    ],
};

pub(crate) static AUTH: Section = Section {
    about: "A credential that is added after the inspection.",
    keys: &[
        key(
            "scheme",
            Required,
            Words(SCHEMES),
            "`bearer` and `basic` for the authorization header, `header` for the bare token in a header of its own.",
        ),
        key(
            "token_ref",
            Required,
            REF,
            "Where the secret is found on the host: `env:NAME`, `file:PATH` (`file:PATH#/json/pointer` for a field) or `cmd:COMMAND`. Never the secret itself.",
        ),
        key(
            "username",
            Default("\"x-access-token\""),
            Text("^[^:]+$"),
            "The user name, for `basic`.",
        ),
        key(
            "header",
            Default(""),
            Text("^[A-Za-z0-9!#$%&'*+.^_`|~-]+$"),
            "The header's name, for `header`, such as `x-api-key`.",
        ),
    ],
    meant: &[
        ("token", "token_ref"),
        ("secret", "token_ref"),
        ("key", "token_ref"),
        ("value", "token_ref"),
        ("password", "token_ref"),
        ("type", "scheme"),
        ("kind", "scheme"),
        ("user", "username"),
        ("name", "header"),
    ],
};

pub(crate) static TERMS: Section = Section {
    about: "How a route's traffic is read.",
    keys: &[
        key(
            "on_match",
            Default("\"block\""),
            Words(ACTIONS),
            "What happens when a detector matches: `block`, `redact` (what matched is replaced by a placeholder, where that can be done in place), `ask` (held until a person answers: `bottle inbox`), `warn` or `off`.",
        ),
        key(
            "detectors",
            Default("{}"),
            Dict(&Words(ACTIONS)),
            "Actions of single detectors, by their names.",
        ),
        key(
            "response",
            Default("\"warn\""),
            Words(ACTIONS),
            "What happens to an answer that holds instructions to the agent: `warn` (recorded, the answer passes untouched), `block` or `off`.",
        ),
        key(
            "suppress",
            Default("[]"),
            List(&Map(&SUPPRESSION)),
            "Findings that you answer for: they pass, and the log says why.",
        ),
    ],
    meant: &[
        ("action", "on_match"),
        ("request", "on_match"),
        ("detector", "detectors"),
        ("rules", "detectors"),
        ("responses", "response"),
        ("suppressions", "suppress"),
        ("ignore", "suppress"),
        ("allow", "suppress"),
    ],
};

pub(crate) static SUPPRESSION: Section = Section {
    about: "A finding that a person answers for.",
    keys: &[
        key(
            "detector",
            Required,
            Text("^[a-z0-9_]+$"),
            "The detector, by its name.",
        ),
        key(
            "where",
            Required,
            Text("^(body|host|method|url|[Hh]eader [A-Za-z0-9!#$%&'*+.^_`|~-]+)$"),
            "The place, as a refusal names it: `body`, `url`, `host`, `method`, or `header` and its name.",
        ),
        key("reason", Required, Text("."), "Why it is no leak."),
    ],
    meant: &[
        ("id", "detector"),
        ("rule", "detector"),
        ("place", "where"),
        ("path", "where"),
        ("why", "reason"),
        ("because", "reason"),
    ],
};

pub(crate) static PIPELOCK: Section = Section {
    about: "Settings that only a rendered pipelock file uses. Our engine reads every route and vets every address.",
    keys: &[
        key(
            "tls_passthrough",
            Default("false"),
            Bool,
            "Leave the route's TLS alone.",
        ),
        key(
            "ssrf_ip_allowlist",
            Default("[]"),
            List(&Text("^[0-9A-Fa-f.:]+(/[0-9]{1,3})?$")),
            "Addresses or ranges exempt from the address guard.",
        ),
    ],
    meant: &[],
};

pub(crate) static INSPECT: Section = Section {
    about: "What every request is searched for, on every route.",
    keys: &[
        key(
            "secrets",
            Default("[]"),
            List(&REF),
            "Your own secrets, by reference: they are looked for in everything that leaves. A dotenv file gives its secret-looking values.",
        ),
        key(
            "scan_env",
            Default("true"),
            Bool,
            "Whether the secret-looking variables of the environment that bottle is started in are looked for too.",
        ),
    ],
    meant: &[
        ("secret", "secrets"),
        ("refs", "secrets"),
        ("env", "scan_env"),
        ("environment", "scan_env"),
    ],
};

pub(crate) static REMOTE: Section = Section {
    about: "A git remote that the agent may use.",
    keys: &[
        key(
            "name",
            Required,
            Text("^[A-Za-z0-9][A-Za-z0-9._-]*$"),
            "The remote's name, such as `origin`.",
        ),
        key(
            "upstream",
            Required,
            Text("^(https|ssh)://"),
            "Its URL, `https://` and without a user name; `ssh://` is read, and not built yet.",
        ),
        key(
            "auth",
            Default(""),
            Map(&REMOTE_AUTH),
            "The credential, added after the inspection.",
        ),
        key(
            "push",
            Default("[]"),
            List(&Text("^refs/")),
            "Patterns of the refs that may be pushed, such as `refs/heads/agent/*`.",
        ),
    ],
    meant: &[
        ("url", "upstream"),
        ("remote", "upstream"),
        ("refs", "push"),
        ("branches", "push"),
        ("token_ref", "auth"),
        ("token", "auth"),
    ],
};

pub(crate) static REMOTE_AUTH: Section = Section {
    about: "The credential of a git remote.",
    keys: &[key(
        "token_ref",
        Required,
        REF,
        "Where the token is found on the host: `env:NAME`, `file:PATH` or `cmd:COMMAND`.",
    )],
    meant: &[
        ("token", "token_ref"),
        ("secret", "token_ref"),
        ("password", "token_ref"),
    ],
};

pub(crate) static FILESYSTEM: Section = Section {
    about: "What the agent sees of the file system.",
    keys: &[
        key(
            "writable",
            Default("[\".\"]"),
            List(&ANY),
            "Paths that the agent may change. Relative ones start at the project.",
        ),
        key(
            "hidden",
            Default("[]"),
            List(&ANY),
            "Paths that the agent must not see, besides those that are always hidden.",
        ),
    ],
    meant: &[
        ("write", "writable"),
        ("rw", "writable"),
        ("hide", "hidden"),
        ("deny", "hidden"),
    ],
};
