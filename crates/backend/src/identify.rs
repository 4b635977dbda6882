//! The sandbox's knowledge of processes, as the engine asks for it.

use std::net::SocketAddr;

use bottle_engine::Identify;
use bottle_policy::Who;

pub(crate) struct InBottle(pub(crate) bottle_sandbox::Identity);

impl Identify for InBottle {
    fn who(&self, peer: SocketAddr, local: SocketAddr) -> Who {
        match self.0.who(peer, local) {
            Some(process) => Who {
                pid: Some(process.pid),
                exe: Some(process.exe.to_string_lossy().into_owned()),
            },
            None => Who::default(),
        }
    }
}
