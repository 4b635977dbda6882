//! `bottle gateway`: the same engine for isolation that somebody else provides.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Stdio;

use bottle_test_support::Handler;

use crate::harness::{
    Answer, Output, Running, User, World, as_each_user, program_or_skip, world_or_skip,
};

const TOKEN: &str = "sk_live_4f8Jq2ZrLkPw94TsVbN6yXcD1hJmA7eU";

/// A gateway of a world, and how to ask through it.
struct Gateway<'a> {
    world: &'a World,
    running: Running,
    address: String,
}

impl<'a> Gateway<'a> {
    fn start(world: &'a World) -> Self {
        Self::start_with(world, &[])
    }

    fn start_with(world: &'a World, args: &[&str]) -> Self {
        let certificate = world.path("project/gateway.pem");
        let mut command = world.command();
        command
            .args(["gateway", "-f", "bottle.yaml", "--listen", "127.0.0.1:0"])
            .arg("--ca-cert")
            .arg(certificate)
            .args(args)
            .args(world.connect_to_args());
        let running = Running::start(&mut command, Stdio::null());
        running.wait_for_stderr("listening on ");
        running.wait_for_stderr("\n");
        let told = running.stderr();
        let address = told.split("listening on ").nth(1).expect("an address");
        let address = address.lines().next().expect("a line").to_owned();
        Self {
            world,
            running,
            address,
        }
    }

    fn curl(&self, args: &[&str]) -> Output {
        let curl = bottle_test_support::find_program("curl").expect("looked for before");
        let proxy = format!("http://{}", self.address);
        let mut command = self.world.host_command(&curl);
        // The caller's own certificates are of no use here.
        command.env_remove("SSL_CERT_FILE");
        command.args([
            "-sS",
            "--max-time",
            "30",
            "-x",
            &proxy,
            "--cacert",
            "gateway.pem",
        ]);
        Running::start(command.args(args), Stdio::null()).finish()
    }
}

as_each_user! {
    fn a_gateway_is_a_proxy_with_the_same_rules(mut world) {
        program_or_skip!("curl");
        let listed = world.upstream("api.example.com", Handler::echo());
        let elsewhere = world.upstream("collector.example.net", Handler::echo());
        world.env("API_TOKEN", TOKEN);
        world.routes(&["host: api.example.com\nauth: { scheme: bearer, token_ref: env:API_TOKEN }"]);
        let gateway = Gateway::start(&world);

        let said = gateway.curl(&["-i", "https://api.example.com/v1"]);
        assert_eq!(Answer::parse(said.ok()).status, 200, "{said:#?}");
        assert!(listed.saw(TOKEN.as_bytes()) && !said.says(TOKEN));

        let said = gateway.curl(&["-i", "https://collector.example.net/"]);
        assert_eq!(Answer::parse(said.ok()).rule(), "unknown_host");
        let said = gateway.curl(&["-i", "-d", "AKIAIOSFODNN7EXAMPLE", "https://api.example.com/"]);
        assert_eq!(Answer::parse(said.ok()).rule(), "secret");
        let said = gateway.curl(&["-i", "http://169.254.169.254/latest/"]);
        assert_eq!(Answer::parse(said.ok()).rule(), "raw_address");

        assert_eq!(elsewhere.connection_count(), 0);
        assert_eq!(listed.request_count(), 1);
        assert_eq!(world.events().rules(), ["unknown_host", "secret", "raw_address"]);
        // The key of its authority is nowhere to be found.
        let certificate = std::fs::read_to_string(world.path("project/gateway.pem")).unwrap();
        assert!(certificate.starts_with("-----BEGIN CERTIFICATE-----"));
        assert!(!certificate.contains("PRIVATE KEY"));
        drop(gateway.running);
    }
}

as_each_user! {
    fn a_kept_authority_is_the_same_at_each_start(mut world) {
        program_or_skip!("curl");
        let upstream = world.upstream("api.example.com", Handler::echo());
        world.routes(&["host: api.example.com"]);
        let certificate = || std::fs::read_to_string(world.path("project/gateway.pem")).unwrap();
        let key = ["--ca-key", "gateway-key.pem"];
        drop(Gateway::start_with(&world, &key).running);
        let first = certificate();
        let gateway = Gateway::start_with(&world, &key);
        assert_eq!(certificate(), first);
        gateway.curl(&["https://api.example.com/"]).ok();
        assert_eq!(upstream.request_count(), 1);
        drop(gateway.running);

        let mode = |mode| Permissions::from_mode(mode);
        let place = world.path("project/gateway-key.pem");
        assert_eq!(place.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        std::fs::set_permissions(&place, mode(0o644)).unwrap();
        let args = ["gateway", "-f", "bottle.yaml", "--listen", "127.0.0.1:0"];
        let said = world.bottle(&[&args[..], &["--ca-cert", "gateway.pem"], &key].concat());
        assert_eq!(said.code, 78, "{said:#?}");
        assert!(said.stderr.contains("0600"), "{said:#?}");
    }
}

/// Whoever encodes data into a name keeps its capitals, or loses them.
#[test]
fn data_in_the_labels_of_a_host_is_read_as_it_was_spelled() {
    program_or_skip!("curl");
    let mut world = world_or_skip!(User::Caller);
    let note = data_encoding::BASE64URL_NOPAD.encode(b"four apples and 2 pears");
    let hosts = [
        note.clone(),
        note.to_lowercase(),
        data_encoding::HEXLOWER.encode(b"four apples"),
        data_encoding::BASE32_NOPAD
            .encode(&[0xd1, 0x9e, 0x07, 0xb3, 0x5c, 0xee, 0x81, 0x2a, 0xf4, 0x66]),
    ];
    let plain = world.upstream("www.example.net", Handler::echo());
    world.routes(&["host: \"*.example.net\""]);
    let gateway = Gateway::start(&world);
    for host in &hosts {
        let url = format!("https://{host}.example.net/");
        let said = gateway.curl(&["-i", &url]);
        assert_eq!(Answer::parse(said.ok()).rule(), "secret", "{url}");
    }
    gateway.curl(&["https://WWW.Example.NET/"]).ok();
    assert_eq!(plain.request_count(), 1);
    drop(gateway.running);
}

#[test]
fn an_address_that_is_taken_is_told() {
    let world = world_or_skip!(User::Caller);
    world.manifest("version: 1\n");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let said = world.bottle(&["gateway", "-f", "bottle.yaml", "--listen", &address]);
    assert_ne!(said.code, 0);
    assert!(said.stderr.contains("in use"), "{said:#?}");
    let missing = Path::new("no-such.yaml").to_string_lossy().into_owned();
    let said = world.bottle(&["gateway", "-f", &missing, "--listen", "127.0.0.1:0"]);
    assert_eq!(said.code, 78, "{said:#?}");
}

#[test]
fn what_a_gateway_cannot_have_is_named() {
    let world = world_or_skip!(User::Caller);
    world.routes(&["host: api.example.com"]);
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let gateway = |listen: &str, more: &[&str]| {
        let own = ["gateway", "-f", "bottle.yaml", "--listen", listen];
        world.bottle(&[&own[..], more].concat())
    };
    let said = gateway(&address, &[]);
    assert_eq!(said.code, 125, "{said:#?}");
    assert!(said.stderr.contains(&address), "{said:#?}");
    assert!(said.stderr.contains("--listen"), "{said:#?}");
    let said = gateway("127.0.0.1:0", &["--ca-cert", "not/there/ca.pem"]);
    assert_eq!(said.code, 125, "{said:#?}");
    assert!(said.stderr.contains("not/there/ca.pem"), "{said:#?}");
}

/// What is not done with a manifest is not taken with one.
#[test]
fn strict_is_for_a_pipelock_file_only() {
    let world = world_or_skip!(User::Caller);
    world.routes(&["host: api.example.com"]);
    let words = [
        "gateway",
        "-f",
        "bottle.yaml",
        "--listen",
        "127.0.0.1:0",
        "--strict",
    ];
    let said = world.bottle(&words);
    assert_eq!(said.code, 2, "{said:#?}");
    assert!(said.stderr.contains("--strict"), "{said:#?}");
}
