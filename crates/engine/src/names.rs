//! The synthetic addresses that names have inside the bottle.
//!
//! A name gets an address of 198.18.0.0/16 (RFC 2544: never routed) the first
//! time it is asked for; a connection to that address then tells the name that
//! was meant. Nothing is resolved here.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr};

use bottle_policy::{DnsName, Host};
use parking_lot::Mutex;

const FIRST: u32 = Ipv4Addr::new(198, 18, 0, 1).to_bits();
/// Addresses in the ring: 198.18.0.1 to 198.18.255.254.
const COUNT: u32 = 65_534;

/// The names that were asked for, with their addresses.
#[derive(Default)]
pub(crate) struct Names {
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    by_name: HashMap<DnsName, Ipv4Addr>,
    by_address: HashMap<Ipv4Addr, DnsName>,
    next: u32,
}

impl Names {
    /// The address of a name. When the ring is full the oldest name loses its own.
    pub(crate) fn address(&self, name: &DnsName) -> Ipv4Addr {
        let mut inner = self.inner.lock();
        if let Some(address) = inner.by_name.get(name) {
            return *address;
        }
        let address = Ipv4Addr::from_bits(FIRST + inner.next);
        inner.next = (inner.next + 1) % COUNT;
        if let Some(former) = inner.by_address.insert(address, name.clone()) {
            inner.by_name.remove(&former);
        }
        inner.by_name.insert(name.clone(), address);
        address
    }

    /// What a connection to `ip` was meant for: the name behind a synthetic
    /// address, else the address itself.
    pub(crate) fn target(&self, ip: IpAddr) -> Host {
        let ip = ip.to_canonical();
        let name = match ip {
            IpAddr::V4(v4) => self.inner.lock().by_address.get(&v4).cloned(),
            IpAddr::V6(_) => None,
        };
        name.map_or(Host::Ip(ip), Host::Name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> DnsName {
        text.parse().unwrap()
    }

    #[test]
    fn a_name_keeps_its_address_and_the_address_tells_the_name() {
        let names = Names::default();
        let a = names.address(&name("a.example.com"));
        assert_ne!(a, names.address(&name("b.example.com")));
        assert_eq!(a, names.address(&name("A.example.com.")));
        assert_eq!(names.target(a.into()), Host::Name(name("a.example.com")));
        assert_eq!(
            names.target(a.to_ipv6_mapped().into()),
            Host::Name(name("a.example.com"))
        );
    }

    #[test]
    fn an_address_that_was_never_given_is_a_bare_address() {
        let ip: IpAddr = "198.18.0.1".parse().unwrap();
        assert_eq!(Names::default().target(ip), Host::Ip(ip));
    }

    #[test]
    fn a_full_ring_forgets_the_oldest_and_never_confuses_two() {
        let names = Names::default();
        let first = names.address(&name("n0.example.com"));
        for n in 1..=COUNT {
            names.address(&name(&format!("n{n}.example.com")));
        }
        assert_eq!(
            names.target(first.into()),
            Host::Name(name(&format!("n{COUNT}.example.com")))
        );
        assert_ne!(names.address(&name("n0.example.com")), first);
        let inner = names.inner.lock();
        assert_eq!(inner.by_name.len(), inner.by_address.len());
    }
}
