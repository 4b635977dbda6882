//! How a bottle takes on a preset, with no more than it needs.
//!
//! - A route of the manifest for a host and port wins over the preset's, as it
//!   was written: nothing is added to it, no credential either.
//! - A route gets the first credential that is there. Only its place is kept:
//!   the value is looked at to know that it is there, and dropped.
//! - Hosts for logging in are never opened, with or without a credential: a
//!   login inside would leave a real token inside. Where there is no
//!   credential, the report says how to get one outside.
//! - Telemetry is turned off by settings and never opened.
//! - The files in which the agent keeps its credentials are hidden. Where the
//!   preset makes one of them anew, that one is seen in its place.

use std::path::PathBuf;

use bottle_policy::{
    Auth, AuthScheme, Bottle, HomeFile, Host, HostPattern, InspectTerms, Match, Origin,
    PipelockHints, Route, SecretRef,
};
use serde_json::Value;

use super::data::{
    Built, Credential, HostNeed, Place, Provider, Requests, Service, Travels, Wanted,
};

const HTTPS: u16 = 443;

/// What is known of the operator's surroundings. Both give a text that is
/// there, or nothing.
#[derive(Clone, Copy)]
pub struct Surroundings<'a> {
    /// An environment variable's value.
    pub env: &'a dyn Fn(&str) -> Option<String>,
    /// A file's text, by its path below the home directory.
    pub home_file: &'a dyn Fn(&str) -> Option<String>,
}

/// What a preset did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// The credentials that its routes got.
    pub credentials: Vec<Chosen>,
    /// What a person should know, in whole sentences.
    pub notes: Vec<String>,
}

/// A credential, the host it is bound to and where its value is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// The host.
    pub host: String,
    /// Where the value is.
    pub token: SecretRef,
}

impl std::fmt::Debug for Surroundings<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Surroundings(…)")
    }
}

/// Adds a preset to a bottle.
pub fn apply(
    bottle: &mut Bottle,
    provider: &'static Provider,
    around: &Surroundings<'_>,
) -> Applied {
    let mut applied = Applied::default();
    let own_routes = bottle.egress.routes.len();
    for service in provider.services {
        add_service(bottle, own_routes, provider, service, around, &mut applied);
    }
    for (name, value) in provider.env {
        bottle
            .agent
            .env
            .entry((*name).to_owned())
            .or_insert_with(|| (*value).to_owned());
    }
    bottle
        .agent
        .home_files
        .extend(provider.home_files.iter().map(|(path, text)| HomeFile {
            path: (*path).to_owned(),
            text: (*text).to_owned(),
        }));
    hide_credential_files(bottle, provider);
    bottle.agent.provider = Some(provider.name.to_owned());
    if applied.credentials.is_empty() && applied.notes.is_empty() {
        applied.notes.push(no_credential(provider));
    }
    applied
}

fn add_service(
    bottle: &mut Bottle,
    own_routes: usize,
    provider: &Provider,
    service: &Service,
    around: &Surroundings<'_>,
    applied: &mut Applied,
) {
    let credential = service
        .credentials
        .iter()
        .find(|c| is_there(&c.place, around));
    if credential.is_none() && service.wanted == Wanted::WithCredential {
        return;
    }
    if let Some(Credential {
        built: Built::NotYet(missing),
        ..
    }) = credential
    {
        // Worth saying only where nothing else opens the agent's service.
        if applied.credentials.is_empty() {
            applied.notes.push(format!(
                "A credential for {} was found that is not built yet: {missing}.",
                service.need.host
            ));
        }
        return;
    }
    let Ok(host) = service.need.host.parse::<Host>() else {
        return;
    };
    let own = bottle.egress.routes.iter().take(own_routes);
    if let Some(route) = own
        .filter(|r| r.port == HTTPS)
        .find(|r| r.host.matches(&host))
    {
        applied.notes.push(format!(
            "The manifest's own route for {} ({}) is used as it is written; the preset adds nothing to it.",
            route.host, route.origin
        ));
        return;
    }
    if let Some(credential) = credential {
        applied.credentials.push(Chosen {
            host: service.need.host.to_owned(),
            token: reference(&credential.place),
        });
    }
    bottle.egress.routes.push(Route {
        host: HostPattern::Exact(host),
        port: HTTPS,
        matches: matches(&service.need),
        auth: credential.map(auth),
        inspect: InspectTerms::default(),
        // A pipelock reads what was added already, and would refuse every request.
        pipelock: PipelockHints {
            tls_passthrough: credential.is_some(),
            ..PipelockHints::default()
        },
        origin: Origin::Provider(provider.name.to_owned()),
    });
}

fn matches(need: &HostNeed) -> Vec<Match> {
    let one = |requests: &Requests| Match {
        methods: requests
            .methods
            .iter()
            .filter_map(|m| m.parse().ok())
            .collect(),
        paths: requests
            .paths
            .iter()
            .filter_map(|p| p.parse().ok())
            .collect(),
    };
    need.requests.iter().map(one).collect()
}

fn auth(credential: &Credential) -> Auth {
    Auth {
        scheme: match credential.travels {
            Travels::Bearer => AuthScheme::Bearer,
            Travels::Header(name) => AuthScheme::Header {
                name: name.to_owned(),
            },
        },
        token: reference(&credential.place),
        variable: Some(credential.variable.to_owned()),
    }
}

fn reference(place: &Place) -> SecretRef {
    match place {
        Place::Env(name) => SecretRef::Env((*name).to_owned()),
        Place::JsonField { file, pointer } => SecretRef::File(format!("~/{file}#{pointer}")),
    }
}

fn is_there(place: &Place, around: &Surroundings<'_>) -> bool {
    match place {
        Place::Env(name) => (around.env)(name).is_some_and(|value| !value.trim().is_empty()),
        Place::JsonField { file, pointer } => (around.home_file)(file)
            .and_then(|text| serde_json::from_str::<Value>(&text).ok())
            .and_then(|json| Some(!json.pointer(pointer)?.as_str()?.is_empty()))
            .unwrap_or(false),
    }
}

fn hide_credential_files(bottle: &mut Bottle, provider: &Provider) {
    let credentials = provider
        .services
        .iter()
        .flat_map(|service| service.credentials);
    for credential in credentials {
        if let Place::JsonField { file, .. } = credential.place {
            let path = PathBuf::from(format!("~/{file}"));
            if !bottle.filesystem.hidden.contains(&path) {
                bottle.filesystem.hidden.push(path);
            }
        }
    }
}

fn no_credential(provider: &Provider) -> String {
    let mut names: Vec<&str> = Vec::new();
    for credential in provider
        .services
        .iter()
        .flat_map(|service| service.credentials)
    {
        if let (Place::Env(name), Built::Yes) = (credential.place, credential.built)
            && !names.contains(&name)
        {
            names.push(name);
        }
    }
    let hint = match provider.name {
        "claude" => {
            " For a subscription, `claude setup-token` outside the bottle makes a token for CLAUDE_CODE_OAUTH_TOKEN."
        }
        _ => "",
    };
    format!(
        "No credential for {} was found. Set {} outside the bottle; a login inside it is not possible.{hint}",
        provider.title,
        names.join(" or "),
    )
}

#[cfg(test)]
#[path = "apply_tests.rs"]
mod tests;
