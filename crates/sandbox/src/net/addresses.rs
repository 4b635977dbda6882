// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! `lo` up, an address that is not loopback, and a route that makes every address local.

use std::fs;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::os::fd::OwnedFd;
use std::path::Path;

use nix::sys::socket::SockProtocol;

use super::netlink::{self, ACK, CREATE, EXCLUSIVE, Messages, REQUEST};
use crate::failure::{Blame as _, Outcome, Step};
use crate::info::Ipv6;

/// The bottle's own IPv4 address, from the benchmarking range. glibc asks for A records only
/// where there is an address beyond 127.0.0.0/8.
pub const ADDRESS_V4: Ipv4Addr = Ipv4Addr::new(198, 19, 255, 254);
/// The bottle's own IPv6 address: a unique local one.
pub const ADDRESS_V6: Ipv6Addr = Ipv6Addr::new(0xfd62, 0x6f74, 0x746c, 0, 0, 0, 0, 1);

/// `lo` is the first interface of every network namespace.
const LO: u32 = 1;
const AF_INET: u8 = 2;
const AF_INET6: u8 = 10;
const IFA_F_NODAD: u8 = 0x02;

/// Sets all of it up in this network namespace.
pub(crate) fn bring_up() -> Outcome<Ipv6> {
    let socket = netlink::open(SockProtocol::NetlinkRoute)
        .blame(Step::Addresses, || "open a netlink socket".to_owned())?;
    link_up(&socket)?;
    add_address(&socket, AF_INET, &ADDRESS_V4.octets())?;
    add_route(&socket, AF_INET, &ADDRESS_V4.octets())?;
    if !Path::new("/proc/sys/net/ipv6").exists() {
        return Ok(Ipv6::Absent);
    }
    // A host that disables IPv6 hands that to new namespaces; here it must be captured instead.
    // Where this cannot be written the next call fails and says so.
    let _ = fs::write("/proc/sys/net/ipv6/conf/lo/disable_ipv6", "0");
    add_address(&socket, AF_INET6, &ADDRESS_V6.octets())?;
    add_route(&socket, AF_INET6, &ADDRESS_V6.octets())?;
    Ok(Ipv6::Captured)
}

fn link_up(socket: &OwnedFd) -> Outcome<()> {
    let up = libc::IFF_UP.cast_unsigned();
    let mut head = vec![0; 4];
    for part in [LO, up, up] {
        head.extend_from_slice(&part.to_ne_bytes());
    }
    let mut messages = Messages::default();
    messages.begin(libc::RTM_NEWLINK, REQUEST | ACK, &head);
    messages.end();
    netlink::call(socket, &messages, 1).blame(Step::Addresses, || "set lo up".to_owned())
}

fn add_address(socket: &OwnedFd, family: u8, address: &[u8]) -> Outcome<()> {
    let bits = if family == AF_INET { 32 } else { 128 };
    let flags = if family == AF_INET { 0 } else { IFA_F_NODAD };
    let mut head = vec![family, bits, flags, 0];
    head.extend_from_slice(&LO.to_ne_bytes());
    let mut messages = Messages::default();
    messages.begin(libc::RTM_NEWADDR, REQUEST | ACK | CREATE | EXCLUSIVE, &head);
    messages.attribute(libc::IFA_LOCAL, address);
    messages.attribute(libc::IFA_ADDRESS, address);
    messages.end();
    netlink::call(socket, &messages, 1).blame(Step::Addresses, || {
        format!("add an address of family {family} to lo")
    })
}

/// `local 0.0.0.0/0 dev lo`, or the same for IPv6.
fn add_route(socket: &OwnedFd, family: u8, source: &[u8]) -> Outcome<()> {
    let scope = if family == AF_INET { 254 } else { 0 };
    // family, dst len, src len, tos, table local, proto static, scope, type local, flags
    let head = [family, 0, 0, 0, 255, 4, scope, 2, 0, 0, 0, 0];
    let mut messages = Messages::default();
    messages.begin(
        libc::RTM_NEWROUTE,
        REQUEST | ACK | CREATE | EXCLUSIVE,
        &head,
    );
    messages.attribute(libc::RTA_OIF, &LO.to_ne_bytes());
    messages.attribute(libc::RTA_PREFSRC, source);
    messages.end();
    netlink::call(socket, &messages, 1).blame(Step::Addresses, || {
        format!("add the local route of family {family}")
    })
}
