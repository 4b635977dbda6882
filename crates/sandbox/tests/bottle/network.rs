// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! Every connection ends at our sockets, with the address that was meant, and nothing else
//! leaves.
#![expect(
    clippy::disallowed_methods,
    reason = "the command under test dials by itself"
)]

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream, UdpSocket};
use std::time::Duration;

use bottle_sandbox::{Capture, Launched, PROXY_PORT, launch};

use crate::Test;
use crate::support::Trial;

/// Makes this program the client, on the addresses that follow.
pub(crate) const ARGUMENT: &str = "__dial";

pub(crate) const TESTS: &[Test] = &[
    (
        "tcp_is_caught_with_its_destination",
        tcp_is_caught_with_its_destination,
    ),
    ("the_client_is_known", the_client_is_known),
    (
        "the_proxy_answers_on_loopback",
        the_proxy_answers_on_loopback,
    ),
    ("own_servers_stay_own", own_servers_stay_own),
    ("udp_is_refused_at_once", udp_is_refused_at_once),
    ("dns_is_heard_at_any_address", dns_is_heard_at_any_address),
    ("getaddrinfo_asks_us", getaddrinfo_asks_us),
    (
        "abstract_sockets_of_the_host_are_out_of_reach",
        abstract_sockets,
    ),
];

const DESTINATIONS: [&str; 7] = [
    "203.0.113.9:443",
    "8.8.8.8:53",
    "10.0.0.1:22",
    "169.254.169.254:80",
    "198.51.100.7:54321",
    "[2001:db8::7]:443",
    "[2606:4700::1111]:8080",
];

/// The client's part: `tcp ADDRESS…`, `udp ADDRESS…`, `dns ADDRESS…` in one word.
pub(crate) fn run(words: &str) -> i32 {
    let mut words = words.split_whitespace();
    let how = words.next().unwrap();
    for address in words {
        let address: SocketAddr = address.parse().unwrap();
        match how {
            "tcp" => say(address, tcp(address)),
            "udp" => say(address, udp(address, b"x")),
            _ => say(address, udp(address, b"query")),
        }
    }
    0
}

fn say(address: SocketAddr, answer: std::io::Result<String>) {
    match answer {
        Ok(text) => println!("{address} {text}"),
        Err(error) => println!("{address} {:?}", error.kind()),
    }
}

fn tcp(address: SocketAddr) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    let mut text = String::new();
    stream.read_to_string(&mut text)?;
    Ok(text)
}

fn udp(address: SocketAddr, text: &[u8]) -> std::io::Result<String> {
    let any = if address.is_ipv4() {
        "0.0.0.0:0"
    } else {
        "[::]:0"
    };
    let socket = UdpSocket::bind(any)?;
    socket.set_read_timeout(Some(Duration::from_secs(5)))?;
    // Connected: an answer from any other address is not heard.
    socket.connect(address)?;
    socket.send(text)?;
    let mut buffer = [0; 512];
    let count = socket.recv(&mut buffer)?;
    Ok(String::from_utf8_lossy(&buffer[..count]).into_owned())
}

fn client(words: &str) -> Trial {
    let program = crate::support::helper();
    Trial::new(&[program.to_str().unwrap(), ARGUMENT, words])
}

/// Answers every captured connection with the destination it sees.
fn echo_destinations(launched: &Launched) {
    for listener in &launched.sockets.catch_all {
        let listener = listener.try_clone().unwrap();
        std::thread::spawn(move || {
            while let Ok((mut stream, _)) = listener.accept() {
                let local = stream.local_addr().unwrap();
                let local = SocketAddr::new(local.ip().to_canonical(), local.port());
                let _ = write!(stream, "caught {local}");
            }
        });
    }
}

fn with_engine(mut trial: Trial, engine: impl FnOnce(&Launched)) -> String {
    let (out, _err) = trial.piped();
    let launched = launch(&trial.spec).unwrap();
    trial.spec.stdio = bottle_sandbox::Stdio::Inherit;
    engine(&launched);
    let exit = launched.start().unwrap().wait().unwrap();
    let text = crate::support::text(out);
    assert_eq!(exit.code(), 0, "{text}");
    text
}

fn tcp_is_caught_with_its_destination() {
    let trial = client(&format!("tcp {}", DESTINATIONS.join(" ")));
    let text = with_engine(trial, |launched| {
        assert_eq!(launched.info.capture, Capture::Tproxy);
        echo_destinations(launched);
    });
    for destination in DESTINATIONS {
        assert!(
            text.contains(&format!("{destination} caught {destination}\n")),
            "{text}"
        );
    }
}

fn the_client_is_known() {
    let (sender, receiver) = std::sync::mpsc::channel();
    let mut trial = client("tcp 203.0.113.9:443 [2001:db8::7]:443");
    let (_out, _err) = trial.piped();
    let (sockets, _, identity, waiting) = launch(&trial.spec).unwrap().split();
    let engine = std::thread::spawn(move || {
        for _ in 0..2 {
            let (stream, peer) = sockets.catch_all[0].accept().unwrap();
            let who = identity.who(peer, stream.local_addr().unwrap());
            sender.send(who).unwrap();
        }
    });
    waiting.start().unwrap().wait().unwrap();
    engine.join().unwrap();
    for who in receiver {
        let who = who.unwrap();
        assert!(who.pid > 1);
        assert_eq!(who.exe, crate::support::helper());
    }
}

fn the_proxy_answers_on_loopback() {
    let trial = client(&format!("tcp 127.0.0.1:{PROXY_PORT}"));
    let text = with_engine(trial, |launched| {
        let proxy = launched.sockets.proxy.try_clone().unwrap();
        std::thread::spawn(move || proxy.accept().unwrap().0.write_all(b"proxy").unwrap());
    });
    assert!(text.contains("proxy"), "{text}");
}

fn own_servers_stay_own() {
    let trial = client("tcp 127.0.0.1:3000 [::1]:3000");
    let text = with_engine(trial, echo_destinations);
    assert_eq!(text.matches("ConnectionRefused").count(), 2, "{text}");
}

fn udp_is_refused_at_once() {
    let trial = client("udp 203.0.113.9:443 8.8.8.8:123 [2001:db8::7]:443 127.0.0.1:443");
    let text = with_engine(trial, |_| {});
    assert_eq!(text.matches("ConnectionRefused").count(), 4, "{text}");
}

fn dns_is_heard_at_any_address() {
    let trial = client("dns 8.8.8.8:53 198.19.255.254:53 [2001:4860:4860::8888]:53");
    let text = with_engine(trial, |launched| {
        for socket in &launched.sockets.dns {
            let socket = socket.try_clone().unwrap();
            std::thread::spawn(move || answer_from_where_it_was_asked(&socket));
        }
    });
    assert_eq!(text.matches(" query").count(), 3, "{text}");
}

/// What the engine has to do: the answer's source is the query's destination.
fn answer_from_where_it_was_asked(socket: &UdpSocket) {
    use nix::sys::socket::{ControlMessage, ControlMessageOwned, MsgFlags, SockaddrStorage};
    use nix::sys::socket::{recvmsg, sendmsg};
    use std::io::{IoSlice, IoSliceMut};
    use std::os::fd::AsRawFd as _;
    loop {
        let mut buffer = [0; 512];
        let mut space = nix::cmsg_space!(libc::in6_pktinfo);
        let mut parts = [IoSliceMut::new(&mut buffer)];
        let fd = socket.as_raw_fd();
        let message =
            recvmsg::<SockaddrStorage>(fd, &mut parts, Some(&mut space), MsgFlags::empty())
                .unwrap();
        let (peer, count) = (message.address.unwrap(), message.bytes);
        let asked = message.cmsgs().unwrap().next().unwrap();
        let text = buffer.to_vec();
        let parts = [IoSlice::new(&text[..count])];
        match asked {
            ControlMessageOwned::Ipv4PacketInfo(mut info) => {
                info.ipi_spec_dst = info.ipi_addr;
                info.ipi_ifindex = 0;
                let control = [ControlMessage::Ipv4PacketInfo(&info)];
                sendmsg(fd, &parts, &control, MsgFlags::empty(), Some(&peer)).unwrap();
            }
            ControlMessageOwned::Ipv6PacketInfo(info) => {
                let control = [ControlMessage::Ipv6PacketInfo(&info)];
                sendmsg(fd, &parts, &control, MsgFlags::empty(), Some(&peer)).unwrap();
            }
            _ => panic!("no packet information"),
        }
    }
}

fn getaddrinfo_asks_us() {
    let (sender, receiver) = std::sync::mpsc::channel();
    let mut trial = Trial::script("timeout 3 getent ahostsv4 name.example || true");
    let (_out, _err) = trial.piped();
    let launched = launch(&trial.spec).unwrap();
    let socket = launched.sockets.dns[0].try_clone().unwrap();
    let hearing = std::thread::spawn(move || {
        let mut buffer = [0; 512];
        let (count, _) = socket.recv_from(&mut buffer).unwrap();
        sender.send(buffer[..count].to_vec()).unwrap();
    });
    launched.start().unwrap().wait().unwrap();
    hearing.join().unwrap();
    let query = receiver.recv().unwrap();
    assert!(query.windows(7).any(|part| part == b"example"));
}

fn abstract_sockets() {
    use std::os::linux::net::SocketAddrExt as _;
    use std::os::unix::net::{SocketAddr, UnixListener};
    let name = format!("bottle-test-{}", std::process::id());
    let address = SocketAddr::from_abstract_name(&name).unwrap();
    let _listener = UnixListener::bind_addr(&address).unwrap();
    let text = client_of_unix(&format!("@{name}")).output();
    assert!(text.contains("ConnectionRefused"), "{text}");
}

/// A bottle that tries one local socket; `@` begins an abstract name.
pub(crate) fn client_of_unix(name: &str) -> Trial {
    let program = crate::support::helper();
    Trial::new(&[program.to_str().unwrap(), crate::files::ARGUMENT, name])
}
