//! Why a bottle could not be prepared or run.

use std::path::PathBuf;

/// Why a bottle could not be prepared or run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The audit log could not be made, so nothing may run.
    #[error(transparent)]
    Audit(#[from] bottle_audit::Error),
    /// The certificate authority could not be made.
    #[error(transparent)]
    Authority(#[from] bottle_engine::AuthorityError),
    /// The engine's threads could not be started.
    #[error("could not start the engine: {0}")]
    Engine(#[source] std::io::Error),
    /// The socket for a person's answers could not be made.
    #[error("could not open the inbox: {0}")]
    Inbox(#[source] std::io::Error),
    /// The address of a gateway cannot be had.
    #[error(
        "could not listen on {address}: {source}; another program may hold it, so stop that or name another with --listen"
    )]
    Listen {
        /// The address.
        address: std::net::SocketAddr,
        /// Why not.
        source: std::io::Error,
    },
    /// A directory that cannot be a project.
    #[error("{} cannot be the project: {why}", path.display())]
    Project {
        /// The directory.
        path: PathBuf,
        /// Why not.
        why: &'static str,
    },
    /// A file for a launch that could not be written.
    #[error("could not write {}: {source}", path.display())]
    Stage {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// The agent could change what we keep.
    #[error(
        "{} must not be writable for the agent: {} is kept there",
        writable.display(),
        store.display()
    )]
    Store {
        /// The directory that we keep.
        store: PathBuf,
        /// The writable path.
        writable: PathBuf,
    },
    /// The walls.
    #[error(transparent)]
    Sandbox(#[from] bottle_sandbox::Error),
    /// A secret that cannot be looked for.
    #[error("could not {0}")]
    Secret(#[from] bottle_scan::KnownError),
}

impl Error {
    /// What a person calls the secret that is too short to be looked for, if that is why.
    pub fn short_secret(&self) -> Option<&str> {
        let Self::Secret(bottle_scan::KnownError::TooShort { label }) = self else {
            return None;
        };
        Some(label)
    }

    /// The exit code by which `bottle run` tells this.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Sandbox(error) => error.exit_code(),
            Self::Audit(_)
            | Self::Authority(_)
            | Self::Engine(_)
            | Self::Inbox(_)
            | Self::Listen { .. }
            | Self::Project { .. }
            | Self::Store { .. }
            | Self::Secret(_)
            | Self::Stage { .. } => 125,
        }
    }
}
