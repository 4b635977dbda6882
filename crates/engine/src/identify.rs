//! Which process opened a connection. How that is found out is the backend's.

use std::net::SocketAddr;
use std::sync::Arc;

use bottle_policy::Who;

/// Finds the process behind a connection. May block for some milliseconds.
pub trait Identify: Send + Sync {
    /// The process that opened the connection from `peer` to `local`.
    fn who(&self, peer: SocketAddr, local: SocketAddr) -> Who;
}

/// Knows nobody: for an engine that stands alone.
#[derive(Clone, Copy, Debug, Default)]
pub struct Anonymous;

impl Identify for Anonymous {
    fn who(&self, _peer: SocketAddr, _local: SocketAddr) -> Who {
        Who::default()
    }
}

/// A search under way beside the handshake.
pub(crate) struct Search(tokio::task::JoinHandle<Who>);

impl Search {
    pub(crate) fn start(identify: &Arc<dyn Identify>, peer: SocketAddr, local: SocketAddr) -> Self {
        let identify = Arc::clone(identify);
        Self(tokio::task::spawn_blocking(move || {
            identify.who(peer, local)
        }))
    }

    /// Nobody, if the search failed: a decision never waits on it in vain.
    pub(crate) async fn result(self) -> Who {
        self.0.await.unwrap_or_default()
    }
}
