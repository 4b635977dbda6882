//! Connections that wait for their next request.

use std::collections::HashMap;
use std::net::IpAddr;
use std::time::Duration;

use bottle_policy::{Host, Permit, Scheme};
use hyper::client::conn::http1::SendRequest;
use parking_lot::Mutex;
use tokio::time::Instant;

use crate::parent::ParentProxy;

/// How long an unused connection is kept. Most servers close after 60 s or
/// more; one that closed earlier is noticed and replaced.
const KEEP: Duration = Duration::from_secs(50);
/// Unused connections kept for one host.
const KEEP_PER_HOST: usize = 32;

/// What a connection is for. Two permits share one only if all of it is equal.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    scheme: Scheme,
    host: Host,
    port: u16,
}

pub(crate) struct Connection<B> {
    pub(crate) sender: SendRequest<B>,
    pub(crate) ip: IpAddr,
    /// The proxy that wants requests in absolute-form, where there is one.
    pub(crate) proxy: Option<ParentProxy>,
}

struct Idle<B> {
    connection: Connection<B>,
    since: Instant,
}

pub(crate) struct Pool<B> {
    idle: Mutex<HashMap<Key, Vec<Idle<B>>>>,
}

impl Key {
    pub(crate) fn of(permit: &Permit) -> Self {
        Self {
            scheme: permit.scheme(),
            host: permit.host().clone(),
            port: permit.port(),
        }
    }
}

impl<B> Pool<B> {
    pub(crate) fn new() -> Self {
        Self {
            idle: Mutex::new(HashMap::new()),
        }
    }

    /// The connection used last, so that the others can age and go.
    pub(crate) fn take(&self, key: &Key) -> Option<Connection<B>> {
        let mut idle = self.idle.lock();
        let list = idle.get_mut(key)?;
        while let Some(candidate) = list.pop() {
            if candidate.since.elapsed() < KEEP && candidate.connection.sender.is_ready() {
                return Some(candidate.connection);
            }
        }
        idle.remove(key);
        None
    }

    pub(crate) fn put(&self, key: Key, connection: Connection<B>) {
        if connection.sender.is_closed() {
            return;
        }
        let mut idle = self.idle.lock();
        let list = idle.entry(key).or_default();
        list.retain(|other| other.since.elapsed() < KEEP && !other.connection.sender.is_closed());
        if list.len() < KEEP_PER_HOST {
            list.push(Idle {
                connection,
                since: Instant::now(),
            });
        }
    }
}
