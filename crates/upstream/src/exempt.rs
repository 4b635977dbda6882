//! What the address guard lets pass, on an operator's word.

use std::net::IpAddr;

use bottle_policy::{Host, HostPattern};
use ipnet::IpNet;

/// What the address guard lets pass. A manifest has no way to say so; a
/// pipelock's file has (`ssrf.ip_allowlist`, `trusted_domains`).
#[derive(Clone, Debug, Default)]
pub struct Exempt {
    /// Addresses to which any listed name may lead.
    pub addresses: Vec<IpNet>,
    /// Hosts that may lead to any address.
    pub hosts: Vec<HostPattern>,
}

impl Exempt {
    pub(crate) fn covers(&self, host: &Host, ip: IpAddr) -> bool {
        let ip = ip.to_canonical();
        self.addresses.iter().any(|net| net.contains(&ip))
            || self.hosts.iter().any(|pattern| pattern.matches(host))
    }
}
