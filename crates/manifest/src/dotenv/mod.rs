//! The secrets of a file that `inspect.secrets` names, see [`secret_values`],
//! and of an environment, see [`secret_variables`].

mod environment;
mod syntax;
mod values;
mod within;

pub(crate) use bottle_yaml::names::name_is_secret;
pub use environment::{MIN_VARIABLE, secret_variables};
pub use values::{MIN_SECRET, NamedSecret, Skipped, Values, Why, secret_values, secrets_within};
