//! A second engine on the host, and clients beside it.

use std::path::Path;
use std::process::Stdio;

use crate::harness::{Events, Output, Running, World};

/// A gateway at a port from the kernel.
pub(crate) struct Gateway {
    pub(crate) running: Running,
    pub(crate) port: u16,
}

impl Gateway {
    /// `bottle gateway` with these arguments and an address of its own.
    #[track_caller]
    pub(crate) fn start(world: &World, args: &[&str]) -> Self {
        let fixed = ["gateway", "--listen", "127.0.0.1:0"];
        let running = world.start_bottle(&[&fixed, args].concat());
        running.wait_for_stderr("listening on ");
        let said = running.stderr();
        let (_, address) = said
            .rsplit_once("listening on 127.0.0.1:")
            .expect("an address");
        let port = address.trim().parse().expect("a port");
        Self { running, port }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

/// curl on the host through a proxy: the status of the answer, or of the
/// refused tunnel, at the end of what it prints.
pub(crate) fn curl(world: &World, gateway: &Gateway, args: &[&str]) -> Output {
    let proxy = gateway.url();
    let fixed = [
        "-sS",
        "--max-time",
        "30",
        "--proxy",
        &proxy,
        "-w",
        "\n%{http_code} %{http_connect}",
    ];
    let mut command = world.host_command(Path::new("curl"));
    Running::start(command.args(fixed).args(args), Stdio::null()).finish()
}

/// A pair as `bottle pipelock tls init` makes it, in `home/pl`; gives the
/// certificate's path and the key's.
pub(crate) fn tls_init(world: &World) -> (String, String) {
    let out = world.path("home/pl");
    let said = world.bottle(&["pipelock", "tls", "init", "--out", &out.to_string_lossy()]);
    said.ok();
    let path = |name: &str| out.join(name).to_string_lossy().into_owned();
    (path("ca.pem"), path("ca-key.pem"))
}

/// A file of the person's.
pub(crate) fn file(world: &World, name: &str, text: &str) -> String {
    let path = world.write(&format!("home/{name}"), text);
    path.to_string_lossy().into_owned()
}

/// What every run of a bottle has on record.
pub(crate) fn logged(world: &World, bottle: &str) -> Events {
    Events::read_all(&world.path("state/bottle/logs").join(bottle))
}
