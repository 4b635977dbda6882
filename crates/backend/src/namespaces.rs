//! A plan carried out on this machine's own namespaces.

use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt as _;
use std::sync::Arc;

use bottle_audit::Log;
use bottle_engine::{Config, Doors, Engine, Manners};
use bottle_sandbox::{Exit, Review, Sockets};
use tokio::sync::watch;

use crate::error::Error;
use crate::identify::InBottle;
use crate::inbox::{self, Notice};
use crate::plan::Plan;
use crate::runtime::Serving;
use crate::tell::Tell;

impl Plan {
    /// Runs the command in its bottle until it ends. `tell` is told what a person
    /// should know of it; `notice` of each question that a person must answer.
    ///
    /// # Errors
    /// The walls, the engine or the audit log could not be made; nothing ran then. Or a guard
    /// was lost and could not be put back; then the command was ended.
    pub fn run(self, tell: &mut dyn Tell, notice: Notice) -> Result<Exit, Error> {
        // Only what is there can be hidden, and the directory may be in sight.
        self.make_log_dir()?;
        let launched = bottle_sandbox::launch(&self.spec)?;
        let (sockets, info, identity, waiting) = launched.split();
        let log = Log::create(
            &self.log_dir(),
            self.run.as_str(),
            self.bottle.name.as_str(),
        )?;
        let (ask, answers) = inbox::open(&self.bottle, &self.log_dir(), self.run.as_str(), notice)?;
        let (_policy, bottle) = watch::channel(Arc::clone(&self.bottle));
        let engine = Engine::new(Config {
            bottle,
            authority: self.authority,
            vault: self.vault,
            upstream: self.upstream,
            log,
            manners: Manners::default(),
            identify: Arc::new(InBottle(identity)),
            ask,
        })?;
        let review = Review::begin(&info.repositories, &self.spec.writable, &self.spec.home);
        // The command holds the pipes that it was given; ours would keep their readers waiting.
        drop(self.spec);
        let _serving = Serving::start(engine, doors(sockets), answers)?;
        tell.ready(&info);
        let exit = waiting.start()?.wait_telling(&mut |replaced| {
            tell.replaced(replaced, review.look_at(&replaced.path).as_ref());
        });
        tell.reviewed(&review.end());
        Ok(exit?)
    }

    fn make_log_dir(&self) -> Result<(), Error> {
        let path = self.log_dir();
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&path)
            .map_err(|source| bottle_audit::Error::Create { path, source }.into())
    }
}

fn doors(sockets: Sockets) -> Doors {
    Doors {
        proxy: Some(sockets.proxy),
        transparent: sockets.catch_all,
        dns: sockets.dns,
    }
}
