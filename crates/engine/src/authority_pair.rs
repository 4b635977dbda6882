//! A certificate authority to be kept in files and used by several engines, in
//! the shape that pipelock takes: an ECDSA key in SEC 1 form.

use std::time::{Duration, SystemTime};

use data_encoding::BASE64;
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, KeyPair, KeyUsagePurpose,
    PublicKeyData as _,
};

use crate::authority::AuthorityError;

const DAY: Duration = Duration::from_hours(24);
/// Ten years: who trusts it by hand should not have to do so every year.
const LIFETIME: Duration = Duration::from_hours(24 * 3650);

/// A certificate and its key, both in PEM form.
pub struct AuthorityPair {
    /// The certificate.
    pub certificate: String,
    /// The key (RFC 5915).
    pub key: String,
}

impl AuthorityPair {
    /// A new pair.
    ///
    /// # Errors
    /// The system gives no randomness.
    pub fn generate() -> Result<Self, AuthorityError> {
        let key = KeyPair::generate()?;
        let certificate = params().self_signed(&key)?;
        let sec1 = sec1(&key.serialize_der(), key.der_bytes()).ok_or(AuthorityError::NoPair)?;
        Ok(Self {
            certificate: certificate.pem(),
            key: pem("EC PRIVATE KEY", &sec1),
        })
    }
}

fn params() -> CertificateParams {
    let mut name = DistinguishedName::new();
    name.push(DnType::OrganizationName, "bot-bottle");
    name.push(DnType::CommonName, "bot-bottle, an engine's own authority");
    let mut params = CertificateParams::default();
    params.distinguished_name = name;
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let now = SystemTime::now();
    params.not_before = (now - DAY).into();
    params.not_after = (now + LIFETIME).into();
    params
}

/// The key of a PKCS #8 container with its curve beside it, for P-256: the
/// lengths of all parts are known.
fn sec1(pkcs8: &[u8], public: &[u8]) -> Option<Vec<u8>> {
    /// Version 1, then an octet string of 32 bytes: the number itself.
    const HEAD: [u8; 5] = [0x02, 0x01, 0x01, 0x04, 0x20];
    /// `[0]` with the object identifier of P-256, then `[1]` with a bit string of 65 bytes.
    const CURVE: [u8; 12] = [
        0xa0, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07,
    ];
    const PUBLIC: [u8; 5] = [0xa1, 0x44, 0x03, 0x42, 0x00];
    let at = pkcs8.windows(HEAD.len()).position(|part| part == HEAD)? + HEAD.len();
    let number = pkcs8.get(at..at + 32)?;
    if public.len() != 65 {
        return None;
    }
    let body = [&HEAD[..], number, &CURVE, &PUBLIC, public].concat();
    let length = u8::try_from(body.len()).ok().filter(|&len| len < 0x80)?;
    Some([&[0x30, length][..], &body].concat())
}

fn pem(label: &str, der: &[u8]) -> String {
    let text = BASE64.encode(der);
    let mut out = format!("-----BEGIN {label}-----\n");
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at_checked(64).unwrap_or((rest, ""));
        out.extend([line, "\n"]);
        rest = after;
    }
    out.extend(["-----END ", label, "-----\n"]);
    out
}
