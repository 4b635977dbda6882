//! A tiny DNS client that asks one server and takes any answer.
//!
//! It is written by hand, apart from the DNS code of the product, so that the
//! two cannot share a mistake.

use std::io::{self, Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream, UdpSocket};
use std::time::Duration;

/// What is asked for (RFC 1035 and 3596).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// IPv4 addresses.
    A,
    /// IPv6 addresses.
    Aaaa,
    /// Text.
    Txt,
    /// Any other type, by its number.
    Other(u16),
}

/// An answer, as far as tests look at it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Answer {
    /// The identifier, the query's own.
    pub id: u16,
    /// The response code: 0 is no error, 3 no such name, 5 refused.
    pub rcode: u8,
    /// Whether it was cut short.
    pub truncated: bool,
    /// The addresses in the answer section.
    pub addresses: Vec<IpAddr>,
    /// The texts in the answer section.
    pub texts: Vec<Vec<u8>>,
    /// How many records the answer section has.
    pub records: u16,
}

impl Kind {
    fn number(self) -> u16 {
        match self {
            Self::A => 1,
            Self::Aaaa => 28,
            Self::Txt => 16,
            Self::Other(number) => number,
        }
    }
}

/// The bytes of a query with one question.
///
/// Labels are taken as they come, so an overlong name makes the malformed
/// query that it spells.
pub fn query(id: u16, name: &str, kind: Kind) -> Vec<u8> {
    let mut packet = Vec::with_capacity(HEADER + name.len() + 6);
    packet.extend(id.to_be_bytes());
    packet.extend(RECURSION_DESIRED.to_be_bytes());
    for count in [1_u16, 0, 0, 0] {
        packet.extend(count.to_be_bytes());
    }
    for label in name.split('.').filter(|label| !label.is_empty()) {
        packet.push(u8::try_from(label.len()).unwrap_or(u8::MAX));
        packet.extend_from_slice(label.as_bytes());
    }
    packet.push(0);
    packet.extend(kind.number().to_be_bytes());
    packet.extend(INTERNET.to_be_bytes());
    packet
}

/// Reads an answer; `None` when the bytes are not one.
pub fn parse(packet: &[u8]) -> Option<Answer> {
    let mut reader = Reader { packet, at: 0 };
    let id = reader.u16()?;
    let flags = reader.u16()?;
    if flags & RESPONSE == 0 {
        return None;
    }
    let questions = reader.u16()?;
    let records = reader.u16()?;
    reader.take(4)?;
    for _ in 0..questions {
        reader.skip_name()?;
        reader.take(4)?;
    }
    let mut answer = Answer {
        id,
        rcode: (flags & 0xf).to_be_bytes()[1],
        truncated: flags & TRUNCATED != 0,
        addresses: Vec::new(),
        texts: Vec::new(),
        records,
    };
    for _ in 0..records {
        reader.record(&mut answer)?;
    }
    Some(answer)
}

/// Asks over UDP.
pub fn ask(server: SocketAddr, name: &str, kind: Kind, patience: Duration) -> io::Result<Answer> {
    let own: IpAddr = match server {
        SocketAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
        SocketAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
    };
    let socket = UdpSocket::bind((own, 0))?;
    socket.connect(server)?;
    socket.set_read_timeout(Some(patience))?;
    socket.send(&query(ID, name, kind))?;
    let mut packet = [0; MAX_PACKET];
    let length = socket.recv(&mut packet)?;
    checked(packet.get(..length).unwrap_or_default())
}

/// Asks over TCP.
pub fn ask_tcp(
    server: SocketAddr,
    name: &str,
    kind: Kind,
    patience: Duration,
) -> io::Result<Answer> {
    let mut stream = TcpStream::connect_timeout(&server, patience)?;
    stream.set_read_timeout(Some(patience))?;
    let query = query(ID, name, kind);
    let length = u16::try_from(query.len()).map_err(io::Error::other)?;
    stream.write_all(&[&length.to_be_bytes(), query.as_slice()].concat())?;
    let mut length = [0; 2];
    stream.read_exact(&mut length)?;
    let mut packet = vec![0; usize::from(u16::from_be_bytes(length))];
    stream.read_exact(&mut packet)?;
    checked(&packet)
}

fn checked(packet: &[u8]) -> io::Result<Answer> {
    parse(packet)
        .filter(|answer| answer.id == ID)
        .ok_or_else(|| io::ErrorKind::InvalidData.into())
}

/// Reads forward through a packet; every step may find its end.
struct Reader<'a> {
    packet: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, bytes: usize) -> Option<&'a [u8]> {
        let end = self.at.checked_add(bytes)?;
        let taken = self.packet.get(self.at..end)?;
        self.at = end;
        Some(taken)
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_be_bytes(self.take(2)?.try_into().ok()?))
    }

    /// A name ends with an empty label or with a pointer backwards.
    fn skip_name(&mut self) -> Option<()> {
        loop {
            let length = *self.take(1)?.first()?;
            if length >= POINTER {
                self.take(1)?;
                return Some(());
            }
            if length == 0 {
                return Some(());
            }
            self.take(length.into())?;
        }
    }

    fn record(&mut self, answer: &mut Answer) -> Option<()> {
        self.skip_name()?;
        let kind = self.u16()?;
        self.take(6)?;
        let length = self.u16()?;
        let data = self.take(length.into())?;
        if kind == Kind::A.number() {
            answer
                .addresses
                .push(<[u8; 4]>::try_from(data).ok()?.into());
        } else if kind == Kind::Aaaa.number() {
            answer
                .addresses
                .push(<[u8; 16]>::try_from(data).ok()?.into());
        } else if kind == Kind::Txt.number() {
            answer.texts.push(data.get(1..)?.to_vec());
        }
        Some(())
    }
}

const HEADER: usize = 12;
/// Larger than any packet that fits an Ethernet frame.
const MAX_PACKET: usize = 4096;
/// One query a socket, so one identifier does.
const ID: u16 = 0x0b07;
const RESPONSE: u16 = 0x8000;
const TRUNCATED: u16 = 0x0200;
const RECURSION_DESIRED: u16 = 0x0100;
const INTERNET: u16 = 1;
const POINTER: u8 = 0xc0;

#[cfg(test)]
mod tests {
    use super::*;

    /// The answer to the query of these tests, by hand.
    fn answered(rcode: u8, record: &[u8]) -> Vec<u8> {
        let mut packet = query(ID, "api.example.com", Kind::A);
        packet[2] = 0x81;
        packet[3] = 0x80 | rcode;
        if !record.is_empty() {
            packet[7] = 1;
            packet.extend([0xc0, 12]);
            packet.extend_from_slice(record);
        }
        packet
    }

    #[test]
    fn a_query_is_what_the_rfc_says() {
        assert_eq!(
            query(7, "a.example.", Kind::Aaaa),
            b"\x00\x07\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x01a\x07example\x00\x00\x1c\x00\x01",
        );
    }

    #[test]
    fn addresses_and_texts_are_found() {
        let a = answered(
            0,
            b"\x00\x01\x00\x01\x00\x00\x00\x3c\x00\x04\x7f\x01\x02\x03",
        );
        let answer = parse(&a).unwrap();
        assert_eq!(answer.addresses, [IpAddr::from([127, 1, 2, 3])]);
        let txt = answered(0, b"\x00\x10\x00\x01\x00\x00\x00\x3c\x00\x03\x02hi");
        assert_eq!(parse(&txt).unwrap().texts, [b"hi"]);
    }

    #[test]
    fn a_refusal_has_its_code_and_no_address() {
        let answer = parse(&answered(5, b"")).unwrap();
        assert_eq!((answer.rcode, answer.records), (5, 0));
    }

    #[test]
    fn no_beginning_of_an_answer_is_an_answer() {
        let whole = answered(
            0,
            b"\x00\x01\x00\x01\x00\x00\x00\x3c\x00\x04\x7f\x01\x02\x03",
        );
        for length in 0..whole.len() {
            assert_eq!(parse(&whole[..length]), None, "{length} bytes");
        }
        assert_eq!(parse(&query(1, "a.example", Kind::A)), None, "a query");
    }

    #[test]
    fn a_server_is_asked_over_udp() {
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let server = socket.local_addr().unwrap();
        let serving = std::thread::spawn(move || {
            let mut packet = [0; 512];
            let (length, from) = socket.recv_from(&mut packet).unwrap();
            packet[2] = 0x81;
            packet[3] = 0x83;
            socket.send_to(&packet[..length], from).unwrap();
        });
        let answer = ask(server, "gone.example", Kind::A, Duration::from_secs(5)).unwrap();
        assert_eq!(answer.rcode, 3);
        serving.join().unwrap();
    }
}
