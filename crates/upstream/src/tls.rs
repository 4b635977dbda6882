//! TLS towards upstreams, verified against the system's roots.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use bottle_policy::Host;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::error::Error;

const HANDSHAKE_LIMIT: Duration = Duration::from_secs(15);

/// The certificates that this machine trusts, a corporate one included:
/// `SSL_CERT_FILE` and `SSL_CERT_DIR` where set, else the distribution's.
pub fn system_roots() -> Vec<CertificateDer<'static>> {
    rustls_native_certs::load_native_certs().certs
}

pub(crate) fn client_config(roots: &[CertificateDer<'static>]) -> Arc<ClientConfig> {
    let mut store = RootCertStore::empty();
    // One unreadable root among hundreds must not take the others away.
    store.add_parsable_certificates(roots.iter().cloned());
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("the default provider supports the default versions")
        .with_root_certificates(store)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Arc::new(config)
}

pub(crate) async fn handshake(
    config: &Arc<ClientConfig>,
    host: &Host,
    stream: TcpStream,
) -> Result<TlsStream<TcpStream>, Error> {
    let name = match host {
        Host::Ip(ip) => ServerName::from(*ip),
        Host::Name(name) => {
            ServerName::try_from(name.as_str().to_owned()).map_err(|e| Error::Tls {
                host: host.clone(),
                source: io::Error::other(e),
            })?
        }
    };
    let connecting = TlsConnector::from(Arc::clone(config)).connect(name, stream);
    match timeout(HANDSHAKE_LIMIT, connecting).await {
        Ok(Ok(stream)) => Ok(stream),
        Ok(Err(source)) => Err(Error::Tls {
            host: host.clone(),
            source,
        }),
        Err(_) => Err(Error::Timeout {
            host: host.clone(),
            step: "its TLS handshake",
            seconds: HANDSHAKE_LIMIT.as_secs(),
        }),
    }
}
