//! A throw-away certificate authority, fresh for every run.

use std::io;
use std::path::Path;
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa,
    KeyPair, KeyUsagePurpose, date_time_ymd,
};
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore, ServerConfig};

/// An authority whose key lives only in this value.
#[derive(Debug)]
pub struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
}

/// From when to when a leaf is valid, in years.
#[derive(Clone, Copy)]
struct Validity {
    from: i32,
    until: i32,
}

/// Before 2050 both ends fit the older of the two date forms in certificates.
const VALID: Validity = Validity {
    from: 2020,
    until: 2049,
};
const EXPIRED: Validity = Validity {
    from: 2001,
    until: 2002,
};

impl Authority {
    /// Makes a new authority with a new key.
    pub fn new() -> io::Result<Self> {
        let mut params = CertificateParams::default();
        params
            .distinguished_name
            .push(DnType::CommonName, "bot-bottle test authority");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        date(&mut params, VALID);
        let key = KeyPair::generate().map_err(io::Error::other)?;
        let issuer = CertifiedIssuer::self_signed(params, key).map_err(io::Error::other)?;
        Ok(Self { issuer })
    }

    /// The authority's certificate, in PEM.
    pub fn pem(&self) -> String {
        self.issuer.pem()
    }

    /// Writes the authority's certificate to a file, in PEM.
    pub fn write_pem(&self, path: &Path) -> io::Result<()> {
        std::fs::write(path, self.pem())
    }

    /// What a server of these names or addresses needs.
    pub fn server_config(&self, names: &[&str]) -> io::Result<Arc<ServerConfig>> {
        self.server_config_dated(names, VALID)
    }

    /// The same with a certificate that ran out long ago.
    pub fn expired_server_config(&self, names: &[&str]) -> io::Result<Arc<ServerConfig>> {
        self.server_config_dated(names, EXPIRED)
    }

    /// What a client needs that trusts this authority and no other.
    pub fn client_config(&self) -> io::Result<Arc<ClientConfig>> {
        let mut roots = RootCertStore::empty();
        roots
            .add(self.issuer.der().clone())
            .map_err(io::Error::other)?;
        client_config(roots)
    }

    fn server_config_dated(
        &self,
        names: &[&str],
        validity: Validity,
    ) -> io::Result<Arc<ServerConfig>> {
        let (leaf, key) = self.issue(names, validity).map_err(io::Error::other)?;
        let mut config = ServerConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()
            .map_err(io::Error::other)?
            .with_no_client_auth()
            .with_single_cert(vec![leaf], key)
            .map_err(io::Error::other)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Arc::new(config))
    }

    fn issue(
        &self,
        names: &[&str],
        validity: Validity,
    ) -> Result<(CertificateDer<'static>, PrivateKeyDer<'static>), rcgen::Error> {
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        let mut params = CertificateParams::new(names)?;
        params
            .distinguished_name
            .push(DnType::CommonName, "bot-bottle test upstream");
        params.use_authority_key_identifier_extension = true;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        date(&mut params, validity);
        let key = KeyPair::generate()?;
        let leaf = params.signed_by(&key, &self.issuer)?;
        Ok((
            leaf.der().clone(),
            PrivateKeyDer::Pkcs8(key.serialize_der().into()),
        ))
    }
}

/// What a client needs that trusts these roots, offering HTTP/1.1.
pub(crate) fn client_config(roots: RootCertStore) -> io::Result<Arc<ClientConfig>> {
    let mut config = ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(aws_lc_rs::default_provider())
}

fn date(params: &mut CertificateParams, validity: Validity) {
    params.not_before = date_time_ymd(validity.from, 1, 1);
    params.not_after = date_time_ymd(validity.until, 1, 1);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_authorities_differ() {
        let (one, other) = (Authority::new().unwrap(), Authority::new().unwrap());
        assert_ne!(one.pem(), other.pem());
    }

    #[test]
    fn the_file_holds_the_certificate_and_no_key() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ca.pem");
        let authority = Authority::new().unwrap();
        authority.write_pem(&path).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(text, authority.pem());
        assert!(text.starts_with("-----BEGIN CERTIFICATE-----"));
        assert!(!text.contains("PRIVATE KEY"));
    }

    #[test]
    fn a_name_that_no_certificate_can_hold_is_an_error() {
        let authority = Authority::new().unwrap();
        assert!(authority.server_config(&["föö.example"]).is_err());
    }
}
