//! Which variables hold which placeholder inside the bottle.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt as _;

use bottle_engine::Vault;
use bottle_policy::{Bottle, SecretRef};

/// The variables by which the agent finds its placeholders: the one that the
/// preset names, and the one that the reference itself names.
pub(crate) fn placeholders(bottle: &Bottle, vault: &Vault) -> Vec<(String, OsString)> {
    let mut found = Vec::new();
    for auth in bottle
        .egress
        .routes
        .iter()
        .filter_map(|route| route.auth.as_ref())
    {
        let Some(placeholder) = vault.placeholder(&auth.token) else {
            continue;
        };
        let value = OsString::from_vec(placeholder.expose().to_vec());
        let own = match &auth.token {
            SecretRef::Env(name) => Some(name.clone()),
            SecretRef::Cmd(_) | SecretRef::File(_) => None,
        };
        for name in auth.variable.iter().cloned().chain(own) {
            if !found.iter().any(|(other, _)| *other == name) {
                found.push((name, value.clone()));
            }
        }
    }
    found
}
