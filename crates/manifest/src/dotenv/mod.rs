//! The secrets of a file that `inspect.secrets` names: see [`secret_values`].

mod syntax;
mod values;

pub(crate) use bottle_yaml::names::name_is_secret;
pub use values::{MIN_SECRET, NamedSecret, Skipped, Values, Why, secret_values};
