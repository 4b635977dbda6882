//! The run's secrets, their placeholders, and how a credential is put on a request.
//!
//! The values live here and in the scanner's search tables, and nowhere else.

use std::fmt;

use bottle_policy::{Auth, AuthScheme, Route, Secret, SecretRef};
use bottle_scan::mask::{MaskError, Masks, forms};
use bottle_scan::{Kind, Known, KnownId};
use data_encoding::BASE64;
use http::{HeaderMap, HeaderName, HeaderValue, header};
use parking_lot::Mutex;

/// The run's secrets and their placeholders.
#[derive(Default)]
pub struct Vault {
    tokens: Vec<Token>,
    secrets: Vec<(String, Secret)>,
    masks: Mutex<Vec<(Vec<Auth>, Masks)>>,
}

/// A credential with the placeholder that the agent holds in its place.
pub(crate) struct Token {
    reference: SecretRef,
    secret: Secret,
    placeholder: Secret,
}

/// Why a credential cannot travel.
#[derive(Debug, thiserror::Error)]
#[error("the value of {reference} holds bytes that no header can carry")]
pub(crate) struct NotAHeader {
    reference: SecretRef,
}

impl Vault {
    /// Takes in the credentials by their references, and the operator's own
    /// secrets by a label that may be told.
    pub fn new(tokens: Vec<(SecretRef, Secret)>, secrets: Vec<(String, Secret)>) -> Self {
        let tokens = tokens
            .into_iter()
            .map(|(reference, secret)| {
                let placeholder = Secret::new(bottle_scan::placeholder::like(
                    secret.expose(),
                    &mut rand::random,
                ));
                Token {
                    reference,
                    secret,
                    placeholder,
                }
            })
            .collect();
        Self {
            tokens,
            secrets,
            masks: Mutex::default(),
        }
    }

    /// What the agent is given in place of a credential.
    pub fn placeholder(&self, reference: &SecretRef) -> Option<&Secret> {
        self.tokens
            .iter()
            .find(|t| t.reference == *reference)
            .map(|t| &t.placeholder)
    }

    /// What the scanner looks for: every secret, and every placeholder.
    pub(crate) fn known(&self) -> Vec<Known> {
        let values = self
            .tokens
            .iter()
            .map(|t| (t.reference.to_string(), &t.secret));
        let own = self
            .secrets
            .iter()
            .map(|(label, secret)| (label.clone(), secret));
        let placeholders = self.tokens.iter().map(|t| Known {
            label: t.reference.to_string(),
            value: t.placeholder.clone(),
            kind: Kind::Placeholder,
        });
        let secrets = values.chain(own).map(|(label, value)| Known {
            label,
            value: value.clone(),
            kind: Kind::Secret,
        });
        // Placeholders first: their ids are the tokens' indices.
        let mut known: Vec<Known> = placeholders.collect();
        for secret in secrets {
            // By whatever names it was given, a value is told once.
            if known.iter().all(|other| other.value != secret.value) {
                known.push(secret);
            }
        }
        known
    }

    /// Whether a known value is the placeholder of the route's own credential.
    pub(crate) fn is_own_placeholder(&self, known: KnownId, route: &Route) -> bool {
        self.own_placeholder(route) == Some(known)
    }

    /// Whether a known value is a placeholder at all.
    pub(crate) fn is_placeholder(&self, known: KnownId) -> bool {
        known.0 < self.tokens.len()
    }

    /// Puts the credential of a route on a request.
    pub(crate) fn inject(&self, auth: &Auth, headers: &mut HeaderMap) -> Result<(), NotAHeader> {
        let failed = || NotAHeader {
            reference: auth.token.clone(),
        };
        let token = self
            .tokens
            .iter()
            .find(|t| t.reference == auth.token)
            .ok_or_else(failed)?;
        let (name, value) = on_the_wire(&auth.scheme, token.secret.expose());
        let name: HeaderName = name.parse().map_err(|_| failed())?;
        let mut value = HeaderValue::from_bytes(&value).map_err(|_| failed())?;
        value.set_sensitive(true);
        headers.insert(name, value);
        Ok(())
    }

    /// The placeholder that may be seen on the way to a route.
    pub(crate) fn own_placeholder(&self, route: &Route) -> Option<KnownId> {
        let reference = route.auth.as_ref().map(|auth| &auth.token)?;
        self.tokens
            .iter()
            .position(|t| t.reference == *reference)
            .map(KnownId)
    }

    /// What hides an echo of these credentials in an answer.
    pub(crate) fn masks(&self, auths: &[Auth]) -> Result<Masks, MaskError> {
        let mut made = self.masks.lock();
        if let Some((_, masks)) = made.iter().find(|(of, _)| of == auths) {
            return Ok(masks.clone());
        }
        let masks = Masks::new(auths.iter().flat_map(|auth| self.echoes(auth)).collect())?;
        made.push((auths.to_vec(), masks.clone()));
        Ok(masks)
    }

    /// The values that an answer must not show, each with what is shown in its
    /// place: the same length, so that no length header changes.
    fn echoes(&self, auth: &Auth) -> Vec<(Secret, Vec<u8>)> {
        let Some(token) = self.tokens.iter().find(|t| t.reference == auth.token) else {
            return Vec::new();
        };
        forms(token.secret.expose(), token.placeholder.expose())
    }
}

fn on_the_wire(scheme: &AuthScheme, secret: &[u8]) -> (String, Vec<u8>) {
    let authorization = header::AUTHORIZATION.as_str().to_owned();
    match scheme {
        AuthScheme::Basic { username } => (
            authorization,
            [b"Basic ", basic(username, secret).as_bytes()].concat(),
        ),
        AuthScheme::Bearer => (authorization, [b"Bearer ", secret].concat()),
        AuthScheme::Header { name } => (name.clone(), secret.to_vec()),
    }
}

fn basic(username: &str, secret: &[u8]) -> String {
    BASE64.encode(&[username.as_bytes(), b":", secret].concat())
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Vault({} credentials, {} secrets)",
            self.tokens.len(),
            self.secrets.len()
        )
    }
}
