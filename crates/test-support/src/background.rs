//! A runtime on a thread of its own, ended by dropping its guard.
//!
//! The servers of this crate are used from plain tests and from asynchronous
//! ones; with their own runtime they neither need nor disturb the caller's.

use std::future::Future;
use std::io;
use std::thread::JoinHandle;

use tokio::runtime::Builder;
use tokio::sync::oneshot;

/// Runs one future, and all it spawns, until it is dropped.
#[derive(Debug)]
pub(crate) struct Background {
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Background {
    /// Starts `work` on a new thread called `name`.
    pub(crate) fn start<F>(name: &str, work: F) -> io::Result<Self>
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::Builder::new()
            .name(name.to_owned())
            .spawn(move || {
                runtime.block_on(async {
                    tokio::select! {
                        _ = stopped => {}
                        () = work => {}
                    }
                });
            })?;
        Ok(Self {
            stop: Some(stop),
            thread: Some(thread),
        })
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // An error means that the work is already over.
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            // A panic over there has already been reported there.
            let _ = thread.join();
        }
    }
}
