//! What a preset is made of. The values: `table`.

/// A preset of routes, credentials and settings for one agent.
#[derive(Debug)]
pub struct Provider {
    /// Its name in the manifest.
    pub name: &'static str,
    /// The agent's own name.
    pub title: &'static str,
    /// When the facts were gathered, as year and month.
    pub as_of: &'static str,
    /// Where they come from.
    pub source: &'static str,
    /// The names under which the agent's program is called.
    pub programs: &'static [&'static str],
    /// Its packages at the npm registry, for `npx` and `node`.
    pub packages: &'static [&'static str],
    /// The services it speaks to.
    pub services: &'static [Service],
    /// Hosts for logging in. Never routes: a login is done outside the bottle.
    pub login: &'static [&'static str],
    /// Hosts it can do without, such as telemetry. Never routes.
    pub optional: &'static [&'static str],
    /// Settings made inside the bottle, where the manifest has none of its own.
    pub env: &'static [(&'static str, &'static str)],
    /// Settings files made for it: the path below the home, and the text with
    /// the tokens of [`HomeFile`](bottle_policy::HomeFile).
    pub home_files: &'static [(&'static str, &'static str)],
}

/// A service: the host it is at, and the credentials that open it.
#[derive(Debug)]
pub struct Service {
    /// When its route is made.
    pub wanted: Wanted,
    /// The host and what is asked of it.
    pub need: HostNeed,
    /// The credentials, in the order in which they are looked for.
    pub credentials: &'static [Credential],
}

/// When a service's route is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Always: the agent is useless without it.
    Always,
    /// Where one of its credentials is there.
    WithCredential,
}

/// A host, and the requests that are needed of it.
#[derive(Debug)]
pub struct HostNeed {
    /// The host.
    pub host: &'static str,
    /// The requests allowed.
    pub requests: &'static [Requests],
}

/// Some requests.
#[derive(Debug)]
pub struct Requests {
    /// The methods.
    pub methods: &'static [&'static str],
    /// The path patterns.
    pub paths: &'static [&'static str],
    /// What they are for.
    pub why: &'static str,
}

/// A credential that may be found on the host.
#[derive(Debug)]
pub struct Credential {
    /// Where.
    pub place: Place,
    /// How it travels.
    pub travels: Travels,
    /// The variable in which the agent looks for it, and finds the placeholder.
    pub variable: &'static str,
    /// Whether the engine can use it.
    pub built: Built,
}

/// Where a credential is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// An environment variable of the operator.
    Env(&'static str),
    /// A field of a JSON file in the operator's home.
    JsonField {
        /// The file, relative to the home.
        file: &'static str,
        /// The field, as a JSON pointer (RFC 6901).
        pointer: &'static str,
    },
}

/// How a credential travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Travels {
    /// `authorization: Bearer`.
    Bearer,
    /// The bare value in a header of this name.
    Header(&'static str),
}

/// Whether the engine can use a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Built {
    /// Not yet; the text says what is missing.
    NotYet(&'static str),
    /// It can.
    Yes,
}
