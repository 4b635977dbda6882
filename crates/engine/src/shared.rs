//! What every connection of a run shares.

use std::collections::HashSet;
use std::sync::Arc;

use bottle_policy::{Bottle, DnsName, Tls, authorize};
use bottle_scan::{Scanner, Spread};
use bottle_upstream::Client;
use parking_lot::Mutex;
use tokio::sync::watch;

use crate::ask::Ask;
use crate::authority::Authority;
use crate::body::Body;
use crate::context::Connection;
use crate::identify::Identify;
use crate::intent;
use crate::manners::Manners;
use crate::names::Names;
use crate::record::Recorder;
use crate::room::Room;
use crate::shown::Shown;
use crate::vault::Vault;

pub(crate) struct Shared {
    pub(crate) bottle: watch::Receiver<Arc<Bottle>>,
    pub(crate) authority: Authority,
    pub(crate) scanner: Scanner,
    /// What has left of the operator's values in this run.
    pub(crate) spread: Mutex<Spread>,
    pub(crate) vault: Vault,
    pub(crate) client: Client<Body>,
    pub(crate) recorder: Arc<Recorder>,
    pub(crate) names: Names,
    /// Names whose refusal by the DNS is on record.
    pub(crate) asked: Mutex<HashSet<DnsName>>,
    pub(crate) identify: Arc<dyn Identify>,
    pub(crate) ask: Arc<dyn Ask>,
    pub(crate) manners: Manners,
    pub(crate) shown: Shown,
    pub(crate) room: Room,
}

impl Shared {
    /// The policy as it is now. One exchange uses one policy throughout.
    pub(crate) fn bottle(&self) -> Arc<Bottle> {
        Arc::clone(&self.bottle.borrow())
    }

    /// Whether some request over the connection could be allowed.
    pub(crate) fn is_listed(&self, connection: &Connection) -> bool {
        authorize(
            &self.bottle(),
            &intent::of_connection(connection, Tls::Unseen),
        )
        .is_ok()
    }

    /// Whether TLS may go through unread anywhere at all.
    pub(crate) fn passes_tls_through(&self) -> bool {
        let bottle = self.bottle.borrow();
        bottle
            .egress
            .routes
            .iter()
            .any(bottle_policy::Route::passes_tls_through)
    }
}
