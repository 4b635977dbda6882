//! The threads that the engine runs on.

use std::time::Duration;

use bottle_engine::{Doors, Engine};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::error::Error;
use crate::inbox::Answers;

/// One engine serves one agent: two threads keep a long scan from holding up the rest.
const WORKERS: usize = 2;
/// What is still under way when the agent has ended gets this long.
const GRACE: Duration = Duration::from_millis(200);

/// An engine at work. Dropped, it stops.
pub(crate) struct Serving {
    runtime: Option<Runtime>,
    stop: Option<oneshot::Sender<()>>,
    served: Option<JoinHandle<std::io::Result<()>>>,
}

impl Serving {
    /// Starts an engine on threads of its own, and the socket for answers to it.
    pub(crate) fn start(
        engine: Engine,
        doors: Doors,
        answers: Option<Answers>,
    ) -> Result<Self, Error> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(WORKERS)
            .thread_name("bottle-engine")
            .enable_all()
            .build()
            .map_err(Error::Engine)?;
        if let Some(Answers { desk, inbox }) = answers {
            // Where it fails nobody answers, and what is held is refused in the end.
            runtime.spawn(desk.serve(inbox));
        }
        let (stop, stopped) = oneshot::channel();
        let served = runtime.spawn(engine.serve(doors, async move {
            // A sender that is gone means the same as one that sent.
            drop(stopped.await);
        }));
        Ok(Self {
            runtime: Some(runtime),
            stop: Some(stop),
            served: Some(served),
        })
    }

    /// Waits until the engine ends by itself, which it does only when it fails.
    pub(crate) fn wait(mut self) -> Result<(), Error> {
        let (Some(runtime), Some(served)) = (&self.runtime, self.served.take()) else {
            return Ok(());
        };
        let ended = runtime
            .block_on(served)
            .map_err(|e| Error::Engine(std::io::Error::other(e)))?;
        ended.map_err(Error::Engine)
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.stop = None;
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_timeout(GRACE);
        }
    }
}
