// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! The nftables rule that gives every TCP connection to one listener, whatever its port:
//!
//! ```text
//! table inet bottle { chain catch { type filter hook prerouting priority -150; policy accept;
//!   meta nfproto ipv4 meta l4proto tcp @nh,128,8 != 127
//!     tcp flags & (fin|syn|rst|ack) == syn tproxy ip to :PORT accept
//!   meta nfproto ipv6 meta l4proto tcp ip6 daddr != ::1
//!     tcp flags & (fin|syn|rst|ack) == syn tproxy ip6 to :PORT accept } }
//! ```
//!
//! Connections to loopback stay the bottle's own. Only the first packet needs the rule: later
//! ones find the socket by its addresses.

use std::net::Ipv6Addr;

use nix::sys::socket::SockProtocol;

use super::netlink::{self, ACK, APPEND, CREATE, Messages, REQUEST};
use crate::failure::{Blame as _, Outcome, Step};

const SUBSYSTEM: u16 = 10;
const BATCH_BEGIN: u16 = 0x10;
const BATCH_END: u16 = 0x11;
const NEW_TABLE: u16 = SUBSYSTEM << 8;
const NEW_CHAIN: u16 = (SUBSYSTEM << 8) | 3;
const NEW_RULE: u16 = (SUBSYSTEM << 8) | 6;

/// `nfgenmsg` of the `inet` family.
const INET: [u8; 4] = [1, 0, 0, 0];
const TABLE: &[u8] = b"bottle\0";
const CHAIN: &[u8] = b"catch\0";
const PREROUTING: u32 = 0;
/// Before the mangle table's own priority, as TPROXY wants.
const PRIORITY: i32 = -150;
const ACCEPT: u32 = 1;

const VERDICT: u32 = 0;
const REGISTER: u32 = 1;
const META_NFPROTO: u32 = 15;
const META_L4PROTO: u32 = 16;
const NETWORK: u32 = 1;
const TRANSPORT: u32 = 2;
const EQUAL: u32 = 0;
const NOT_EQUAL: u32 = 1;
const FIN_SYN_RST_ACK: u8 = 0x17;
const SYN: u8 = 0x02;

/// One address family's part of the rule.
struct Family {
    number: u8,
    /// Where in the network header the destination is, and what of it means loopback.
    destination: u32,
    loopback: Vec<u8>,
}

/// Writes the table into this network namespace.
pub(crate) fn install(port: u16) -> Outcome<()> {
    let mut batch = Messages::default();
    batch.begin(BATCH_BEGIN, REQUEST, &batch_head());
    batch.end();
    table_and_chain(&mut batch);
    for family in [
        Family {
            number: 2,
            destination: 16,
            loopback: vec![127],
        },
        Family {
            number: 10,
            destination: 24,
            loopback: Ipv6Addr::LOCALHOST.octets().to_vec(),
        },
    ] {
        rule(&mut batch, &family, port);
    }
    batch.begin(BATCH_END, REQUEST, &batch_head());
    batch.end();
    netlink::open(SockProtocol::NetlinkNetFilter)
        .and_then(|socket| netlink::call(&socket, &batch, 4))
        .blame(Step::Capture, || "write the nftables rule".to_owned())
}

fn batch_head() -> [u8; 4] {
    let [high, low] = SUBSYSTEM.to_be_bytes();
    [0, 0, high, low]
}

fn table_and_chain(batch: &mut Messages) {
    batch.begin(NEW_TABLE, REQUEST | ACK | CREATE, &INET);
    batch.attribute(1, TABLE);
    batch.end();
    batch.begin(NEW_CHAIN, REQUEST | ACK | CREATE, &INET);
    batch.attribute(1, TABLE);
    batch.attribute(3, CHAIN);
    batch.nest(4, |hook| {
        hook.attribute(1, &PREROUTING.to_be_bytes());
        hook.attribute(2, &PRIORITY.to_be_bytes());
    });
    batch.attribute(5, &ACCEPT.to_be_bytes());
    batch.attribute(7, b"filter\0");
    batch.end();
}

fn rule(batch: &mut Messages, family: &Family, port: u16) {
    let width = u32::try_from(family.loopback.len()).unwrap_or(16);
    batch.begin(NEW_RULE, REQUEST | ACK | CREATE | APPEND, &INET);
    batch.attribute(1, TABLE);
    batch.attribute(2, CHAIN);
    batch.nest(4, |rule| {
        meta(rule, META_NFPROTO);
        compare(rule, EQUAL, &[family.number]);
        meta(rule, META_L4PROTO);
        compare(rule, EQUAL, &[6]);
        payload(rule, NETWORK, family.destination, width);
        compare(rule, NOT_EQUAL, &family.loopback);
        payload(rule, TRANSPORT, 13, 1);
        mask(rule, FIN_SYN_RST_ACK);
        compare(rule, EQUAL, &[SYN]);
        immediate(rule, REGISTER, |data| {
            data.attribute(1, &port.to_be_bytes());
        });
        tproxy(rule, family.number);
        immediate(rule, VERDICT, |data| {
            data.nest(2, |verdict| verdict.attribute(1, &ACCEPT.to_be_bytes()));
        });
    });
    batch.end();
}

fn expression(rule: &mut Messages, name: &[u8], fill: impl FnOnce(&mut Messages)) {
    rule.nest(1, |element| {
        element.attribute(1, name);
        element.nest(2, fill);
    });
}

fn meta(rule: &mut Messages, key: u32) {
    expression(rule, b"meta\0", |data| {
        data.attribute(1, &REGISTER.to_be_bytes());
        data.attribute(2, &key.to_be_bytes());
    });
}

fn compare(rule: &mut Messages, how: u32, value: &[u8]) {
    expression(rule, b"cmp\0", |data| {
        data.attribute(1, &REGISTER.to_be_bytes());
        data.attribute(2, &how.to_be_bytes());
        data.nest(3, |nested| nested.attribute(1, value));
    });
}

fn payload(rule: &mut Messages, base: u32, offset: u32, length: u32) {
    expression(rule, b"payload\0", |data| {
        data.attribute(1, &REGISTER.to_be_bytes());
        data.attribute(2, &base.to_be_bytes());
        data.attribute(3, &offset.to_be_bytes());
        data.attribute(4, &length.to_be_bytes());
    });
}

fn mask(rule: &mut Messages, bits: u8) {
    expression(rule, b"bitwise\0", |data| {
        data.attribute(1, &REGISTER.to_be_bytes());
        data.attribute(2, &REGISTER.to_be_bytes());
        data.attribute(3, &1_u32.to_be_bytes());
        data.nest(4, |nested| nested.attribute(1, &[bits]));
        data.nest(5, |nested| nested.attribute(1, &[0]));
    });
}

fn immediate(rule: &mut Messages, register: u32, fill: impl FnOnce(&mut Messages)) {
    expression(rule, b"immediate\0", |data| {
        data.attribute(1, &register.to_be_bytes());
        data.nest(2, fill);
    });
}

fn tproxy(rule: &mut Messages, family: u8) {
    expression(rule, b"tproxy\0", |data| {
        data.attribute(1, &u32::from(family).to_be_bytes());
        data.attribute(3, &REGISTER.to_be_bytes());
    });
}
