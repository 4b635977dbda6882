//! The resolved bottle and the one gate of the product.
//!
//! What an agent may do is a [`Bottle`]; what a connection or a request wants
//! is an [`Intent`]; [`authorize()`] turns the two into a [`Permit`] or a
//! [`Denial`], and nothing else makes a `Permit`.
//!
//! This crate is pure. It reads no file, opens no socket, asks no clock and
//! knows no YAML: `manifest` builds a `Bottle`, the engine builds an `Intent`.

mod authorize;
mod bottle;
mod denial;
mod glob;
mod held;
mod host;
mod inspect;
mod intent;
mod method;
mod path;
mod secret;

pub use authorize::{Passage, Permit, authorize, authorize_passage, nearest_route};
pub use bottle::{
    Agent, Auth, AuthScheme, Bottle, Egress, Filesystem, GitRemote, HomeFile, IpRange,
    IpRangeError, Match, Origin, PipelockHints, Route, RouteId, RouteRules, Slug, SlugError,
    Unlisted,
};
pub use denial::{Denial, Evidence, Rule};
pub use glob::{GlobError, PathGlob};
pub use held::{Answer, Held};
pub use host::{DnsName, Host, HostError, HostPattern};
pub use inspect::{Action, DetectorId, DetectorIdError, InspectTerms, Suppression};
pub use intent::{Authority, AuthorityError, Door, Head, Intent, Scheme, Tls, Who};
pub use method::{Method, MethodError};
pub use path::RequestPath;
pub use secret::{Secret, SecretRef, SecretRefError};
