//! Presets for agent vendors: dated data, and how a bottle takes one on.

mod apply;
mod choose;
mod data;
mod table;

pub use apply::{Applied, Chosen, Surroundings, apply};
pub use choose::{provider_for, provider_for_command, provider_named};
pub use data::{Built, Credential, HostNeed, Place, Provider, Requests, Service, Travels, Wanted};
pub use table::PROVIDERS;
