//! How much of the agent's the engine holds at once.
//!
//! A body is held until it was read, and an agent may send as many as it has
//! connections. So long ones take places, of which there are few: the rest
//! waits, and the host keeps its memory.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// Bodies up to here need no place.
pub(crate) const SHORT: usize = 256 << 10;
/// Long bodies that are held at once.
const PLACES: usize = 32;
/// Tunnels of the explicit proxy that are open at once.
const TUNNELS: usize = 1024;

/// What there is to give.
pub(crate) struct Room {
    places: Arc<Semaphore>,
    tunnels: Arc<Semaphore>,
}

/// A place that is taken until this is dropped.
pub(crate) type Seat = OwnedSemaphorePermit;

impl Room {
    pub(crate) fn new() -> Self {
        Self {
            places: Arc::new(Semaphore::new(PLACES)),
            tunnels: Arc::new(Semaphore::new(TUNNELS)),
        }
    }

    /// A place for a long body, or none within the time.
    pub(crate) async fn for_long_body(&self, patience: Duration) -> Option<Seat> {
        let place = Arc::clone(&self.places).acquire_owned();
        timeout(patience, place).await.ok()?.ok()
    }

    /// A place for a tunnel; the connection it came by has one of its own until then.
    pub(crate) async fn for_tunnel(&self) -> Option<Seat> {
        Arc::clone(&self.tunnels).acquire_owned().await.ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn long_bodies_wait_for_each_other_and_not_for_ever() {
        let room = Room::new();
        let patience = Duration::from_secs(1);
        let mut taken = Vec::new();
        for _ in 0..PLACES {
            taken.push(room.for_long_body(patience).await.unwrap());
        }
        assert!(room.for_long_body(patience).await.is_none());
        taken.pop();
        assert!(room.for_long_body(patience).await.is_some());
    }
}
