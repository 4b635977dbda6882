//! The server that is asked, directly or through the bottle.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use bottle_test_support::{Authority, Handler, Pace, Recording, Upstream};
use tempfile::TempDir;

use crate::client::{self, Way};
use crate::measure::BULK_STEP;

/// The name that both ways ask for.
pub(crate) const NAME: &str = "origin.example";

/// How long the stream of events pauses between two of them.
pub(crate) const EVENT_PAUSE: Duration = Duration::from_millis(5);

/// Two servers of one name: one that only counts, for speed, and one that
/// notes when it sent each event.
pub(crate) struct Origin {
    authority: Authority,
    folder: TempDir,
    pub(crate) plain: Upstream,
    pub(crate) noting: Upstream,
}

impl Origin {
    pub(crate) fn start() -> io::Result<Self> {
        let authority = Authority::new()?;
        let folder = tempfile::tempdir()?;
        authority.write_pem(&folder.path().join("origin.pem"))?;
        let config = authority.server_config(&[NAME])?;
        let plain = Upstream::setup(Handler::paths([
            ("/small", Handler::download(1024)),
            ("/bulk", Handler::download(BULK_STEP)),
            ("/post", Handler::upload_counter()),
        ]))
        .tls(Arc::clone(&config))
        .recording(Recording::CountsOnly)
        .start()?;
        let events = (0..1000).map(|number| format!("{{\"text\":\"token {number}\"}}"));
        let noting = Upstream::setup(Handler::sse(events, Pace::Every(EVENT_PAUSE)))
            .tls(config)
            .start()?;
        Ok(Self {
            authority,
            folder,
            plain,
            noting,
        })
    }

    /// The certificate that a client of the origin must trust, in a file.
    pub(crate) fn pem_file(&self) -> std::path::PathBuf {
        self.folder.path().join("origin.pem")
    }

    /// The way without a bottle.
    pub(crate) fn direct(&self) -> io::Result<Way> {
        let tls = client::tls(&self.authority.pem())?;
        Ok(Way::direct(self.plain.addr(), self.noting.addr(), tls))
    }
}
