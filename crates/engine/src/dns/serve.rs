//! DNS over UDP and TCP. A reply over UDP comes from the address that was
//! asked, whatever it was, or resolvers would not take it.

use std::collections::HashSet;
use std::io::{self, IoSlice, IoSliceMut};
use std::os::fd::AsRawFd as _;
use std::sync::Arc;
use std::time::Duration;

use bottle_policy::{DnsName, Door, Host, Who};
use nix::libc;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, Interest};
use tokio::net::{TcpStream, UdpSocket};
use tokio::time::timeout;

use crate::context::Connection;
use crate::dns::answer::{Answer, Refused, Zone, answer};
use crate::identify::Search;
use crate::shared::Shared;

const IDLE: Duration = Duration::from_secs(30);
/// Names whose refusal is recorded once a run; beyond it, every time.
const REMEMBERED: usize = 10_000;

/// Answers datagrams until the task is dropped.
pub(crate) async fn serve_datagrams(shared: Arc<Shared>, socket: UdpSocket) {
    loop {
        let received = socket
            .async_io(Interest::READABLE, || receive(&socket))
            .await;
        let Ok(Some(datagram)) = received else {
            continue;
        };
        // The query is gone by the time its sender could be looked for.
        let Some(reply) = reply(&shared, &datagram.bytes, &Who::default()) else {
            continue;
        };
        // A client that does not take its answer asks again.
        drop(
            socket
                .async_io(Interest::WRITABLE, || send(&socket, &datagram, &reply))
                .await,
        );
    }
}

/// Answers the questions of one connection (RFC 7766).
pub(crate) async fn serve_stream(shared: Arc<Shared>, search: Search, mut stream: TcpStream) {
    let who = search.result().await;
    loop {
        let Ok(Ok(length)) = timeout(IDLE, stream.read_u16()).await else {
            return;
        };
        let mut query = vec![0; usize::from(length)];
        let Ok(Ok(_)) = timeout(IDLE, stream.read_exact(&mut query)).await else {
            return;
        };
        let Some(reply) = reply(&shared, &query, &who) else {
            return;
        };
        let Ok(length) = u16::try_from(reply.len()) else {
            return;
        };
        let framed = [&length.to_be_bytes(), reply.as_slice()].concat();
        if stream.write_all(&framed).await.is_err() {
            return;
        }
    }
}

/// The answer, once its refusal is on record: a question that cannot be
/// recorded is not answered.
fn reply(shared: &Shared, query: &[u8], who: &Who) -> Option<Vec<u8>> {
    let bottle = shared.bottle();
    let zone = Zone {
        bottle: &bottle,
        names: &shared.names,
        scanner: &shared.scanner,
    };
    let Answer { bytes, refused } = answer(query, &zone)?;
    if let Some(refused) = refused {
        record(shared, &refused, who)?;
    }
    Some(bytes)
}

fn record(shared: &Shared, refused: &Refused, who: &Who) -> Option<()> {
    if let Some(name) = &refused.name
        && shared.asked.lock().contains(name)
    {
        return Some(());
    }
    // An unparsable or masked name is recorded as the root of all names is: by the bare address of nobody.
    let target = refused.name.clone().map_or_else(nobody, Host::Name);
    let connection = Connection::new(Door::Dns, target, 53).with_who(who.clone());
    shared
        .recorder
        .denied(&connection, None, &refused.denial, 0)
        .ok()?;
    if let Some(name) = &refused.name {
        remember(&mut shared.asked.lock(), name);
    }
    Some(())
}

fn nobody() -> Host {
    Host::Ip(std::net::Ipv4Addr::UNSPECIFIED.into())
}

/// Only what is on record is remembered.
fn remember(asked: &mut HashSet<DnsName>, name: &DnsName) {
    if asked.len() < REMEMBERED {
        asked.insert(name.clone());
    }
}

struct Datagram {
    bytes: Vec<u8>,
    from: nix::sys::socket::SockaddrStorage,
    to: Option<Asked>,
}

/// The address that was asked, in the form the kernel gives and takes it.
enum Asked {
    V4(libc::in_pktinfo),
    V6(libc::in6_pktinfo),
}

fn receive(socket: &UdpSocket) -> io::Result<Option<Datagram>> {
    use nix::sys::socket::{ControlMessageOwned, MsgFlags, SockaddrStorage, recvmsg};
    // A question with all its extensions fits by far (RFC 6891 suggests 1232).
    let mut buffer = [0; 4096];
    let mut control = nix::cmsg_space!(libc::in_pktinfo, libc::in6_pktinfo);
    let mut parts = [IoSliceMut::new(&mut buffer)];
    let message = recvmsg::<SockaddrStorage>(
        socket.as_raw_fd(),
        &mut parts,
        Some(&mut control),
        MsgFlags::MSG_DONTWAIT,
    )?;
    let to = message.cmsgs()?.find_map(|c| {
        if let ControlMessageOwned::Ipv4PacketInfo(info) = c {
            return Some(Asked::V4(info));
        }
        if let ControlMessageOwned::Ipv6PacketInfo(info) = c {
            return Some(Asked::V6(info));
        }
        None
    });
    let (from, length) = (message.address, message.bytes);
    let bytes = buffer.get(..length).unwrap_or_default().to_vec();
    Ok(from.map(|from| Datagram { bytes, from, to }))
}

fn send(socket: &UdpSocket, datagram: &Datagram, reply: &[u8]) -> io::Result<()> {
    use nix::sys::socket::{ControlMessage, MsgFlags, sendmsg};
    let parts = [IoSlice::new(reply)];
    let (fd, flags, to) = (
        socket.as_raw_fd(),
        MsgFlags::MSG_DONTWAIT,
        Some(&datagram.from),
    );
    match &datagram.to {
        Some(Asked::V4(info)) => {
            let source = libc::in_pktinfo {
                ipi_ifindex: 0,
                ipi_spec_dst: info.ipi_addr,
                ipi_addr: info.ipi_addr,
            };
            sendmsg(
                fd,
                &parts,
                &[ControlMessage::Ipv4PacketInfo(&source)],
                flags,
                to,
            )?;
        }
        Some(Asked::V6(info)) => {
            let source = libc::in6_pktinfo {
                ipi6_ifindex: 0,
                ..*info
            };
            sendmsg(
                fd,
                &parts,
                &[ControlMessage::Ipv6PacketInfo(&source)],
                flags,
                to,
            )?;
        }
        None => {
            sendmsg(fd, &parts, &[], flags, to)?;
        }
    }
    Ok(())
}
