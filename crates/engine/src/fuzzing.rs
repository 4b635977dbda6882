//! The parsers of outside bytes, opened to the fuzz targets and to the test
//! that replays their corpus. Each takes any bytes and must not panic.

use bottle_policy::{Bottle, Door, Slug, Tls, authorize};
use bottle_scan::Scanner;

use crate::context::Connection;
use crate::dns;
use crate::intent;
use crate::names::Names;
use crate::sniff::{Protocol, classify};

/// The longest record that rustls takes at once.
const RECORD: usize = 1 << 14;

/// The first bytes of a connection, up to a TLS client hello's server name.
pub fn client_hello(bytes: &[u8]) {
    let decided = (0..=bytes.len().min(RECORD)).find_map(|n| bytes.get(..n).and_then(classify));
    if decided != Some(Protocol::Tls) {
        return;
    }
    let mut acceptor = rustls::server::Acceptor::default();
    let mut rest = bytes;
    while !rest.is_empty() {
        if acceptor.read_tls(&mut rest).is_err() {
            return;
        }
        match acceptor.accept() {
            Ok(None) => {}
            Ok(Some(accepted)) => {
                let name = accepted.client_hello().server_name().map(str::to_owned);
                drop(name.map(|name| name.parse::<bottle_policy::Host>()));
                return;
            }
            Err(_) => return,
        }
    }
}

/// A DNS message.
pub fn dns_question(bytes: &[u8]) {
    let bottle = Bottle::closed(Slug::from_lossy("fuzz"));
    let Ok(scanner) = Scanner::new(Vec::new(), [0; 32]) else {
        return;
    };
    drop(dns::answer(bytes, &bottle, &Names::default(), &scanner));
}

/// A request's head, from its bytes to the gate.
pub fn request_head(bytes: &[u8]) {
    let mut headers = [httparse::EMPTY_HEADER; 64];
    let mut head = httparse::Request::new(&mut headers);
    if !matches!(head.parse(bytes), Ok(httparse::Status::Complete(_))) {
        return;
    }
    let mut request = http::Request::builder()
        .method(head.method.unwrap_or("GET"))
        .uri(head.path.unwrap_or("/"));
    for header in head.headers.iter() {
        request = request.header(header.name, header.value);
    }
    let Ok(request) = request.body(()) else {
        return;
    };
    let (parts, ()) = request.into_parts();
    drop(intent::proxy_target(&parts));
    let Ok(target) = "api.example.com".parse() else {
        return;
    };
    let connection = Connection::new(Door::Connect, target, 443).with_tls(Tls::Plain);
    if let Ok(intent) = intent::from_head(&connection, &parts) {
        drop(authorize(
            &Bottle::closed(Slug::from_lossy("fuzz")),
            &intent,
        ));
    }
}
