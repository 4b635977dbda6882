// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! The sockets that PID 1 opens in the bottle and hands to the engine outside.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddrV4, SocketAddrV6};
use std::os::fd::{AsFd, AsRawFd, OwnedFd};

use nix::sys::socket::{
    AddressFamily, Backlog, SockFlag, SockProtocol, SockType, SockaddrIn, SockaddrIn6,
    SockaddrLike, bind, listen, socket,
};

use super::{install, netlink};
use crate::failure::{Blame as _, Failure, Outcome, Step};
use crate::info::{Capture, Ipv6};
use crate::sys::sockets::set_option;

/// Where the explicit proxy listens, on the bottle's loopback: below the ephemeral ports and
/// not a port that development servers use.
pub const PROXY_PORT: u16 = 31280;
/// The catch-all's own port. A connection whose destination is loopback at this port was not
/// captured but dialled by the command.
pub const CATCH_ALL_PORT: u16 = 31281;

/// What is captured where there are no nftables.
const FIXED_PORTS: [u16; 12] = [
    22, 53, 80, 443, 3128, 4318, 5000, 8000, 8080, 8443, 8888, 9418,
];

/// All of them, in the order in which they are sent.
pub(crate) struct Opened {
    pub(crate) capture: Capture,
    pub(crate) proxy: OwnedFd,
    pub(crate) diag: OwnedFd,
    pub(crate) dns: Vec<OwnedFd>,
    pub(crate) catch_all: Vec<OwnedFd>,
}

/// Opens all of them in this network namespace.
pub(crate) fn open(ipv6: Ipv6) -> Outcome<Opened> {
    let (capture, catch_all) = open_catch_all(ipv6)?;
    let loopback = SockaddrIn::from(SocketAddrV4::new(Ipv4Addr::LOCALHOST, PROXY_PORT));
    let mut dns = vec![dns_v4()?];
    if ipv6 == Ipv6::Captured {
        dns.push(dns_v6()?);
    }
    Ok(Opened {
        capture,
        proxy: listener(AddressFamily::Inet, &loopback, PROXY_PORT, &[])?,
        diag: netlink::open(SockProtocol::NetlinkSockDiag)
            .blame(Step::Sockets, || "open a sock_diag socket".to_owned())?,
        dns,
        catch_all,
    })
}

fn open_catch_all(ipv6: Ipv6) -> Outcome<(Capture, Vec<OwnedFd>)> {
    match install(CATCH_ALL_PORT) {
        Ok(()) => {
            let listener = catch_all(ipv6, CATCH_ALL_PORT)?;
            Ok((Capture::Tproxy, vec![listener]))
        }
        Err(failure) if is_missing(&failure) => {
            let listeners = FIXED_PORTS.iter().map(|&port| catch_all(ipv6, port));
            let listeners = listeners.collect::<Outcome<Vec<_>>>()?;
            Ok((Capture::FixedPorts(FIXED_PORTS.to_vec()), listeners))
        }
        Err(failure) => Err(failure),
    }
}

/// Whether the kernel lacks nftables or its TPROXY, rather than refuses them.
fn is_missing(failure: &Failure) -> bool {
    [
        libc::ENOENT,
        libc::EOPNOTSUPP,
        libc::EPROTONOSUPPORT,
        libc::EAFNOSUPPORT,
    ]
    .into_iter()
    .any(|errno| failure.is(errno))
}

fn catch_all(ipv6: Ipv6, port: u16) -> Outcome<OwnedFd> {
    let v4 = (libc::IPPROTO_IP, libc::IP_TRANSPARENT, 1);
    match ipv6 {
        Ipv6::Absent => {
            let any = SockaddrIn::from(SocketAddrV4::new(Ipv4Addr::UNSPECIFIED, port));
            listener(AddressFamily::Inet, &any, port, &[v4])
        }
        Ipv6::Captured => {
            let any = SockaddrIn6::from(SocketAddrV6::new(Ipv6Addr::UNSPECIFIED, port, 0, 0));
            let dual = (libc::IPPROTO_IPV6, libc::IPV6_V6ONLY, 0);
            let v6 = (libc::IPPROTO_IPV6, libc::IPV6_TRANSPARENT, 1);
            listener(AddressFamily::Inet6, &any, port, &[dual, v4, v6])
        }
    }
}

type SocketOption = (libc::c_int, libc::c_int, libc::c_int);

fn listener(
    family: AddressFamily,
    address: &dyn SockaddrLike,
    port: u16,
    options: &[SocketOption],
) -> Outcome<OwnedFd> {
    let socket = bound(family, SockType::Stream, address, options)
        .blame(Step::Sockets, || format!("bind TCP port {port}"))?;
    Backlog::new(1024)
        .and_then(|backlog| listen(&socket, backlog))
        .blame(Step::Sockets, || format!("listen on TCP port {port}"))?;
    Ok(socket)
}

/// Answers must come from the address that was asked, so each query carries it along.
fn dns_v4() -> Outcome<OwnedFd> {
    let any = SockaddrIn::from(SocketAddrV4::new(Ipv4Addr::UNSPECIFIED, 53));
    let options = [(libc::IPPROTO_IP, libc::IP_PKTINFO, 1)];
    bound(AddressFamily::Inet, SockType::Datagram, &any, &options)
        .blame(Step::Sockets, || "bind UDP port 53".to_owned())
}

fn dns_v6() -> Outcome<OwnedFd> {
    let any = SockaddrIn6::from(SocketAddrV6::new(Ipv6Addr::UNSPECIFIED, 53, 0, 0));
    let options = [
        (libc::IPPROTO_IPV6, libc::IPV6_V6ONLY, 1),
        (libc::IPPROTO_IPV6, libc::IPV6_TRANSPARENT, 1),
        (libc::IPPROTO_IPV6, libc::IPV6_RECVPKTINFO, 1),
    ];
    bound(AddressFamily::Inet6, SockType::Datagram, &any, &options)
        .blame(Step::Sockets, || "bind UDP port 53 on IPv6".to_owned())
}

fn bound(
    family: AddressFamily,
    kind: SockType,
    address: &dyn SockaddrLike,
    options: &[SocketOption],
) -> std::io::Result<OwnedFd> {
    let socket = socket(family, kind, SockFlag::SOCK_CLOEXEC, None)?;
    for &(level, option, value) in options {
        set_option(socket.as_fd(), level, option, value)?;
    }
    bind(socket.as_raw_fd(), address)?;
    Ok(socket)
}
