//! The certificate authority of one run.
//!
//! Its key is made when the run starts, stays in this process and is gone with
//! it. Leaves share one key of their own, and what a handshake needs is kept
//! per host, so that sessions resume. Decides nothing.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bottle_policy::Host;
use parking_lot::Mutex;
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa,
    Issuer, KeyPair, KeyUsagePurpose, SanType,
};
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::sign::CertifiedKey;

/// Hosts kept at once. An agent that asks for more makes us mint again.
const KEPT: usize = 1024;
const DAY: Duration = Duration::from_hours(24);
/// A run that lasts longer mints leaves that have expired; clients that cap
/// the lifetime of certificates at 398 days still take them.
const LIFETIME: Duration = Duration::from_hours(24 * 180);

/// The certificate authority of one run.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    certificate: CertificateDer<'static>,
    pem: String,
    leaf_key: KeyPair,
    leaf_signer: Arc<dyn rustls::sign::SigningKey>,
    configs: Mutex<HashMap<Host, Arc<ServerConfig>>>,
}

/// Why no certificate could be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AuthorityError {
    /// The certificate library refused.
    #[error("make a certificate: {0}")]
    Certificate(#[from] rcgen::Error),
    /// A file that should hold one.
    #[error("use the authority: there is no certificate in its PEM file")]
    NoCertificate,
    /// The key of another one.
    #[error("use the authority: the key does not belong to the certificate")]
    NoPair,
    /// The TLS library refused.
    #[error("make a TLS configuration: {0}")]
    Tls(#[from] rustls::Error),
}

impl Authority {
    /// A new authority with a new key.
    ///
    /// # Errors
    /// The system gives no randomness.
    pub fn generate() -> Result<Self, AuthorityError> {
        let key = KeyPair::generate()?;
        let params = authority_params();
        let certificate = params.self_signed(&key)?;
        Self::new(
            Issuer::new(params, key),
            certificate.der().clone(),
            certificate.pem(),
        )
    }

    /// An authority that somebody else made: its certificate and its key, both
    /// in PEM form, the key as PKCS #8 or as SEC 1.
    ///
    /// # Errors
    /// Either is no such thing, or they do not belong together.
    pub fn from_pem(certificate: &str, key: &str) -> Result<Self, AuthorityError> {
        let key = KeyPair::from_pem(key)?;
        let der = CertificateDer::from_pem_slice(certificate.as_bytes())
            .map_err(|_| AuthorityError::NoCertificate)?;
        let public = key.public_key_raw();
        if !der.windows(public.len()).any(|part| part == public) {
            return Err(AuthorityError::NoPair);
        }
        let issuer = Issuer::from_ca_cert_der(&der, key)?;
        Self::new(issuer, der.clone().into_owned(), certificate.to_owned())
    }

    fn new(
        issuer: Issuer<'static, KeyPair>,
        certificate: CertificateDer<'static>,
        pem: String,
    ) -> Result<Self, AuthorityError> {
        let leaf_key = KeyPair::generate()?;
        let leaf_der = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(leaf_key.serialize_der()));
        let leaf_signer = rustls::crypto::aws_lc_rs::sign::any_supported_type(&leaf_der)?;
        Ok(Self {
            pem,
            certificate,
            issuer,
            leaf_key,
            leaf_signer,
            configs: Mutex::new(HashMap::new()),
        })
    }

    /// The authority's certificate, to be trusted inside the bottle.
    pub fn pem(&self) -> &str {
        &self.pem
    }

    /// What a TLS handshake as `host` needs.
    ///
    /// # Errors
    /// The name does not fit into a certificate.
    pub fn server_config(&self, host: &Host) -> Result<Arc<ServerConfig>, AuthorityError> {
        if let Some(kept) = self.configs.lock().get(host) {
            return Ok(Arc::clone(kept));
        }
        let made = Arc::new(self.mint(host)?);
        let mut configs = self.configs.lock();
        if configs.len() >= KEPT {
            configs.clear();
        }
        Ok(Arc::clone(configs.entry(host.clone()).or_insert(made)))
    }

    fn mint(&self, host: &Host) -> Result<ServerConfig, AuthorityError> {
        let leaf = leaf_params(host)?.signed_by(&self.leaf_key, &self.issuer)?;
        let chain = vec![leaf.der().clone(), self.certificate.clone()];
        let key = Arc::new(CertifiedKey::new(chain, Arc::clone(&self.leaf_signer)));
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_cert_resolver(Arc::new(rustls::sign::SingleCertAndKey::from(key)));
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(config)
    }
}

fn authority_params() -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = named("bot-bottle, for this run only");
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    set_lifetime(&mut params);
    params
}

fn leaf_params(host: &Host) -> Result<CertificateParams, rcgen::Error> {
    let san = match host {
        Host::Ip(ip) => SanType::IpAddress(*ip),
        Host::Name(name) => SanType::DnsName(name.as_str().try_into()?),
    };
    let mut params = CertificateParams::default();
    // A common name has at most 64 characters; the alternative name is what counts.
    params.distinguished_name = named("bot-bottle");
    params.subject_alt_names = vec![san];
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    // Strict verifiers (Python 3.13's default among them) want it.
    params.use_authority_key_identifier_extension = true;
    set_lifetime(&mut params);
    Ok(params)
}

fn named(common_name: &str) -> DistinguishedName {
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, common_name);
    name
}

/// A day back, for clocks that differ.
fn set_lifetime(params: &mut CertificateParams) {
    let now = SystemTime::now();
    params.not_before = (now - DAY).into();
    params.not_after = (now + LIFETIME).into();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_minted_once() {
        let authority = Authority::generate().unwrap();
        let host: Host = "a.example.com".parse().unwrap();
        let first = authority.server_config(&host).unwrap();
        assert!(Arc::ptr_eq(
            &first,
            &authority.server_config(&host).unwrap()
        ));
    }

    #[test]
    fn addresses_and_long_names_get_leaves_too() {
        let authority = Authority::generate().unwrap();
        let long = format!(
            "{}.example.com",
            ["a".repeat(60), "b".repeat(60), "c".repeat(60)].join(".")
        );
        for host in ["192.0.2.1", "::1", &long, "_x.example.com"] {
            assert!(
                authority.server_config(&host.parse().unwrap()).is_ok(),
                "{host}"
            );
        }
    }

    #[test]
    fn an_authority_of_somebody_elses_is_taken_with_its_own_key_only() {
        let pair = crate::AuthorityPair::generate().unwrap();
        let other = crate::AuthorityPair::generate().unwrap();
        assert!(pair.key.starts_with("-----BEGIN EC PRIVATE KEY-----\n"));
        let authority = Authority::from_pem(&pair.certificate, &pair.key).unwrap();
        assert_eq!(authority.pem(), pair.certificate);
        let host = "a.example.com".parse().unwrap();
        assert!(authority.server_config(&host).is_ok());
        assert!(matches!(
            Authority::from_pem(&pair.certificate, &other.key),
            Err(AuthorityError::NoPair)
        ));
        assert!(Authority::from_pem("", &pair.key).is_err());
        assert!(Authority::from_pem(&pair.certificate, "").is_err());
    }

    #[test]
    fn the_number_of_kept_hosts_is_bounded() {
        let authority = Authority::generate().unwrap();
        for n in 0..=KEPT {
            authority
                .server_config(&format!("h{n}.example.com").parse().unwrap())
                .unwrap();
        }
        assert!(authority.configs.lock().len() <= KEPT);
    }
}
