//! A gateway, and connections on which every byte is the test's own.

use std::io;
use std::net::SocketAddr;
use std::process::Stdio;

use bottle_test_support::client::{Answer, Wire, trusting};

use crate::harness::{Running, World};

/// A gateway with the world's manifest.
pub(crate) struct Gateway<'a> {
    world: &'a World,
    address: SocketAddr,
    /// Ends with this.
    _running: Running,
}

impl<'a> Gateway<'a> {
    #[track_caller]
    pub(crate) fn start(world: &'a World) -> Self {
        let mut command = world.command();
        command
            .args(["gateway", "-f", "bottle.yaml", "--listen", "127.0.0.1:0"])
            .args(["--ca-cert", "gateway.pem"])
            .args(world.connect_to_args());
        let running = Running::start(&mut command, Stdio::null());
        running.wait_for_stderr("listening on ");
        running.wait_for_stderr("\n");
        let said = running.stderr();
        let address = said.rsplit("listening on ").next().unwrap().trim();
        Self {
            world,
            address: address.parse().unwrap(),
            _running: running,
        }
    }

    /// A connection to the proxy itself.
    pub(crate) fn wire(&self) -> Wire {
        Wire::plain(self.address).unwrap()
    }

    /// A tunnel to `target`, with TLS for `name` in it.
    pub(crate) fn tunnel(&self, target: &str, name: &str) -> io::Result<Wire> {
        let config = trusting(&self.world.path("project/gateway.pem"))?;
        let mut wire = Wire::plain(self.address)?;
        let answer = wire.open_tunnel(target)?;
        assert_eq!(answer.status, 200, "{answer:?}");
        wire.into_tls(name, config)
    }

    /// The status of the answer to these bytes; none where the connection ends.
    pub(crate) fn status(mut wire: Wire, bytes: &[u8]) -> Option<u16> {
        wire.send(bytes).ok()?;
        wire.answer().ok().map(|answer: Answer| answer.status)
    }
}
