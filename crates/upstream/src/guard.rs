//! The address guard: which addresses no name may lead to.
//!
//! Source: the IANA IPv4 and IPv6 Special-Purpose Address Registries
//! (RFC 6890 and its updates, read November 2026), the multicast ranges, and
//! two addresses of clouds' metadata services that lie outside them. IPv6 is an
//! allow-list: only global unicast (`2000::/3`) less its special parts, and
//! addresses that carry an IPv4 address, which is vetted in turn.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use bottle_policy::{DnsName, Host};

/// A range that no name may lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpecialRange {
    /// What the registry says it is for.
    pub purpose: &'static str,
}

/// Vets an address that a name resolved to.
///
/// # Errors
/// The special-purpose range that it lies in.
pub fn vet(ip: IpAddr) -> Result<(), SpecialRange> {
    match ip {
        IpAddr::V4(v4) => vet_v4(v4),
        IpAddr::V6(v6) => vet_v6(v6),
    }
}

/// The address of a name that means the same to every machine, or the same
/// service to those of a cloud. Whoever resolves for us, a parent proxy, would
/// find its own: this machine's resolver often knows none of them.
pub(crate) fn well_known(host: &Host) -> Option<IpAddr> {
    let name = host.name()?;
    if is_this_machine(name) {
        return Some(Ipv4Addr::LOCALHOST.into());
    }
    METADATA
        .contains(&name.as_str())
        .then_some(v4(169, 254, 169, 254).into())
}

/// Whether a name means the machine that asks (RFC 6761, 6.3).
pub(crate) fn is_this_machine(name: &DnsName) -> bool {
    let name = name.as_str();
    name == "localhost" || name.ends_with(".localhost")
}

/// Names of clouds' metadata services.
const METADATA: [&str; 3] = [
    "instance-data.ec2.internal",
    "metadata.goog",
    "metadata.google.internal",
];

fn vet_v4(ip: Ipv4Addr) -> Result<(), SpecialRange> {
    let bits = ip.to_bits();
    let hit = V4.iter().find(|(network, length, _)| {
        let shift = 32 - u32::from(*length);
        bits >> shift == network.to_bits() >> shift
    });
    match hit {
        Some((_, _, purpose)) => Err(SpecialRange { purpose }),
        None => Ok(()),
    }
}

fn vet_v6(ip: Ipv6Addr) -> Result<(), SpecialRange> {
    if let Some(v4) = ip.to_ipv4_mapped() {
        return vet_v4(v4);
    }
    let segments = ip.segments();
    // 64:ff9b::/96, RFC 6052: what a DNS64 resolver makes of an IPv4 address.
    if let [0x64, 0xff9b, 0, 0, 0, 0, high, low] = segments {
        return vet_v4(Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low)));
    }
    let bits = ip.to_bits();
    let hit = V6.iter().find(|(network, length, _)| {
        let shift = 128 - u32::from(*length);
        bits >> shift == network.to_bits() >> shift
    });
    match hit {
        Some((_, _, purpose)) => Err(SpecialRange { purpose }),
        None if bits >> 125 == 0b001 => Ok(()),
        None => Err(SpecialRange {
            purpose: "outside global unicast",
        }),
    }
}

const fn v4(a: u8, b: u8, c: u8, d: u8) -> Ipv4Addr {
    Ipv4Addr::new(a, b, c, d)
}

const V4: &[(Ipv4Addr, u8, &str)] = &[
    (v4(0, 0, 0, 0), 8, "this network"),
    (v4(10, 0, 0, 0), 8, "private use"),
    (v4(100, 64, 0, 0), 10, "shared address space of carriers"),
    (v4(127, 0, 0, 0), 8, "loopback"),
    (v4(168, 63, 129, 16), 32, "a cloud's metadata service"),
    (
        v4(169, 254, 0, 0),
        16,
        "link-local, with clouds' metadata services",
    ),
    (v4(172, 16, 0, 0), 12, "private use"),
    (v4(192, 0, 0, 0), 24, "protocol assignments"),
    (v4(192, 0, 2, 0), 24, "documentation"),
    (v4(192, 31, 196, 0), 24, "AS112 service"),
    (v4(192, 52, 193, 0), 24, "automatic multicast tunneling"),
    (v4(192, 88, 99, 0), 24, "6to4 relays, deprecated"),
    (v4(192, 168, 0, 0), 16, "private use"),
    (v4(192, 175, 48, 0), 24, "AS112 service"),
    (
        v4(198, 18, 0, 0),
        15,
        "benchmarking, and our own synthetic addresses",
    ),
    (v4(198, 51, 100, 0), 24, "documentation"),
    (v4(203, 0, 113, 0), 24, "documentation"),
    (v4(224, 0, 0, 0), 4, "multicast"),
    (v4(240, 0, 0, 0), 4, "reserved, with the broadcast address"),
];

const fn v6(a: u16, b: u16, c: u16, d: u16) -> Ipv6Addr {
    Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0)
}

/// Parts of `2000::/3` that are special, and better words for some others.
const V6: &[(Ipv6Addr, u8, &str)] = &[
    (
        v6(0, 0, 0, 0),
        96,
        "unspecified, loopback and IPv4-compatible",
    ),
    (
        v6(0x64, 0xff9b, 1, 0),
        48,
        "IPv4/IPv6 translation, local use",
    ),
    (v6(0x100, 0, 0, 0), 32, "discard-only"),
    (v6(0x2001, 0, 0, 0), 23, "protocol assignments, with Teredo"),
    (v6(0x2001, 0xdb8, 0, 0), 32, "documentation"),
    (v6(0x2002, 0, 0, 0), 16, "6to4"),
    (v6(0x2620, 0x4f, 0x8000, 0), 48, "AS112 service"),
    (v6(0x3fff, 0, 0, 0), 20, "documentation"),
    (v6(0x5f00, 0, 0, 0), 16, "segment routing identifiers"),
    (v6(0xfc00, 0, 0, 0), 7, "unique-local"),
    (v6(0xfe80, 0, 0, 0), 10, "link-local"),
    (v6(0xfec0, 0, 0, 0), 10, "site-local, deprecated"),
    (v6(0xff00, 0, 0, 0), 8, "multicast"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> bool {
        vet(text.parse().unwrap()).is_err()
    }

    #[test]
    fn a_name_for_this_machine_or_its_cloud_is_known_without_asking() {
        let known = |name: &str| well_known(&name.parse().unwrap());
        for name in [
            "localhost",
            "LOCALHOST.",
            "a.b.localhost",
            "metadata.google.internal",
        ] {
            assert!(known(name).is_some_and(|ip| vet(ip).is_err()), "{name}");
        }
        for name in ["notlocalhost", "localhost.example.com", "127.0.0.1"] {
            assert_eq!(known(name), None, "{name}");
        }
    }

    #[test]
    fn public_addresses_pass() {
        for ip in [
            "1.1.1.1",
            "8.8.8.8",
            "100.63.255.255",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "198.17.0.1",
            "198.20.0.1",
            "2606:4700::1111",
            "2a00:1450::1",
            "64:ff9b::808:808",
            "::ffff:8.8.8.8",
        ] {
            assert!(!refused(ip), "{ip}");
        }
    }

    #[test]
    fn special_addresses_are_refused() {
        for ip in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "100.100.100.200",
            "127.0.0.1",
            "127.255.255.254",
            "168.63.129.16",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.2.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.254",
            "198.51.100.1",
            "203.0.113.9",
            "224.0.0.1",
            "239.255.255.250",
            "240.0.0.1",
            "255.255.255.255",
            "192.88.99.1",
        ] {
            assert!(refused(ip), "{ip}");
        }
    }

    #[test]
    fn special_addresses_of_version_6_are_refused_in_every_form() {
        for ip in [
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "::ffff:10.0.0.1",
            "::7f00:1",
            "64:ff9b::7f00:1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:0:4136:e378::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "2002:a9fe:a9fe::1",
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "4000::1",
            "1::1",
            "::ffff:0:127.0.0.1",
        ] {
            assert!(refused(ip), "{ip}");
        }
    }
}
