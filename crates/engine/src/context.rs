//! What is known of a connection before its requests are read.

use bottle_policy::{Door, Host, Tls, Who};

/// A connection, as the door that took it in understood it.
#[derive(Clone, Debug)]
pub(crate) struct Connection {
    pub(crate) door: Door,
    pub(crate) who: Who,
    /// Where the client opened it to.
    pub(crate) target: Host,
    pub(crate) port: u16,
    pub(crate) tls: Tls,
}

impl Connection {
    pub(crate) fn new(door: Door, target: Host, port: u16) -> Self {
        Self {
            door,
            who: Who::default(),
            target,
            port,
            tls: Tls::Unseen,
        }
    }

    pub(crate) fn with_tls(self, tls: Tls) -> Self {
        Self { tls, ..self }
    }

    pub(crate) fn with_who(self, who: Who) -> Self {
        Self { who, ..self }
    }
}
