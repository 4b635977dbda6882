//! The door for connections that the bottle's network caught, whatever their
//! address and port. It only translates.

use std::sync::Arc;

use bottle_policy::Door;
use tokio::net::TcpStream;

use crate::context::Connection;
use crate::identify::Search;
use crate::shared::Shared;
use crate::{dns, tunnel};

/// The port of DNS over TCP.
const DNS: u16 = 53;

/// Carries a caught connection to its end. Its own address is where the client
/// meant to go.
pub(crate) async fn run(shared: Arc<Shared>, stream: TcpStream) {
    let (Ok(peer), Ok(local)) = (stream.peer_addr(), stream.local_addr()) else {
        return;
    };
    let search = Search::start(&shared.identify, peer, local);
    if local.port() == DNS {
        return dns::serve_stream(shared, search, stream).await;
    }
    let target = shared.names.target(local.ip());
    let connection = Connection::new(Door::Transparent, target, local.port());
    tunnel::run(shared, connection, search, stream).await;
}
