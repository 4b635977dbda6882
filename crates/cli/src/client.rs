//! The small client of the demo. It is what runs in the bottle where curl is
//! not installed, and it asks what curl cannot: DNS questions of its own.

use std::io;
use std::net::{SocketAddr, ToSocketAddrs as _};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use bottle_test_support::client::{Answer, Wire, trusting};
use bottle_test_support::dns;

use crate::args;
use crate::failure::{DENIED, Failure};
use crate::term;

const PATIENCE: Duration = Duration::from_secs(5);

/// What is asked for, in curl's words as far as they are understood.
#[derive(Default)]
struct Wish {
    direct: bool,
    dns: Option<String>,
    headers: Vec<String>,
    data: Option<String>,
    url: String,
}

pub(crate) fn client(args: &args::Client) -> Result<ExitCode, Failure> {
    let wish =
        parse(&args.words).ok_or_else(|| Failure::usage("this client is only for the demo"))?;
    let said = match &wish.dns {
        Some(name) => ask(name),
        None => fetch(&wish).map(|answer| format!("{}\n{}", answer.text(), answer.status)),
    };
    let said = said.map_err(|e| Failure::new(DENIED, e.to_string()))?;
    term::out(&said);
    Ok(ExitCode::SUCCESS)
}

fn parse(words: &[String]) -> Option<Wish> {
    let mut wish = Wish::default();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--direct" => wish.direct = true,
            "--dns" => wish.dns = Some(words.next()?.clone()),
            "-H" => wish.headers.push(words.next()?.clone()),
            "-d" => wish.data = Some(words.next()?.clone()),
            url => url.clone_into(&mut wish.url),
        }
    }
    Some(wish)
}

/// A question of the kind that carries data, to a resolver of the open Internet.
fn ask(name: &str) -> io::Result<String> {
    let resolver = SocketAddr::from(([8, 8, 8, 8], 53));
    let answer = dns::ask(resolver, name, dns::Kind::Txt, PATIENCE)?;
    Ok(format!("rcode {}", answer.rcode))
}

fn fetch(wish: &Wish) -> io::Result<Answer> {
    let (scheme, rest) = wish
        .url
        .split_once("://")
        .ok_or_else(|| io::Error::other("no scheme"))?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let port = if scheme == "https" { 443 } else { 80 };
    let mut wire = connect(wish, host, port, scheme)?;
    if scheme == "https" {
        let bundle = std::env::var_os("SSL_CERT_FILE")
            .ok_or_else(|| io::Error::other("SSL_CERT_FILE is not set"))?;
        wire = wire.into_tls(host, trusting(Path::new(&bundle))?)?;
    }
    wire.send(request(wish, host, path).as_bytes())?;
    wire.answer()
}

fn connect(wish: &Wish, host: &str, port: u16, scheme: &str) -> io::Result<Wire> {
    let proxy = std::env::var("HTTPS_PROXY")
        .ok()
        .filter(|_| !wish.direct && scheme == "https");
    match proxy
        .as_deref()
        .and_then(|proxy| proxy.strip_prefix("http://"))
    {
        Some(proxy) => {
            let mut wire = Wire::plain(resolve(proxy)?)?;
            wire.open_tunnel(&format!("{host}:{port}"))?;
            Ok(wire)
        }
        None => Wire::plain(resolve(&format!("{host}:{port}"))?),
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a client inside the bottle asks the bottle's own DNS"
)]
fn resolve(text: &str) -> io::Result<SocketAddr> {
    text.to_socket_addrs()?
        .next()
        .ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
}

fn request(wish: &Wish, host: &str, path: &str) -> String {
    let method = if wish.data.is_some() { "POST" } else { "GET" };
    let named = wish
        .headers
        .iter()
        .any(|h| h.to_ascii_lowercase().starts_with("host:"));
    let mut lines = vec![
        format!("{method} /{path} HTTP/1.1"),
        "Connection: close".to_owned(),
    ];
    if !named {
        lines.push(format!("Host: {host}"));
    }
    lines.extend(wish.headers.iter().cloned());
    let body = wish.data.as_deref().unwrap_or_default();
    lines.push(format!("Content-Length: {}", body.len()));
    format!("{}\r\n\r\n{body}", lines.join("\r\n"))
}
