//! Harmless text stays unmentioned.

use super::{found, ids};

#[test]
fn our_own_sources_hold_nothing() {
    let sources = [
        include_str!("../../../policy/src/secret.rs"),
        include_str!("../../../policy/src/denial.rs"),
        include_str!("../../../policy/src/host.rs"),
        include_str!("../detectors/models.rs"),
        include_str!("../detectors/cloud.rs"),
        include_str!("../detectors/code.rs"),
        include_str!("../detectors/keys.rs"),
        include_str!("../detectors/messages.rs"),
        include_str!("../detectors/payments.rs"),
        include_str!("../detectors/services.rs"),
        include_str!("../placeholder.rs"),
        include_str!("views.rs"),
        include_str!("../../../../Cargo.lock"),
    ];
    for source in sources {
        let findings = found(source.as_bytes());
        assert!(
            findings.is_empty(),
            "{findings:?} in {:?}",
            source.lines().next()
        );
    }
}

#[test]
fn ids_digests_and_public_keys_are_no_secrets() {
    let texts = [
        "550e8400-e29b-41d4-a716-446655440000",
        "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "integrity sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEq0m1J0xVv0Vn4mYt9k2pQz8wJ5cH7rL3sX6bD1fGhT me@host",
        "toolu_01Lxa3teEmiR2pptQmVwZc7K",
        "req_011CSHoEeqs5C35K2UUqR7Fy msg_01XFDUDYJgAACzvnptvVoYEL chatcmpl-9x8y7z6w5v4u3t2s1r0q",
        "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ2h1bmdlZCBmb3IgdGVzdHMwCgYIKoZIzj0EAwIwEjEQ\n-----END CERTIFICATE-----",
        "commit 9cd7770b2f5a3c1e8d4f6a7b8c9d0e1f2a3b4c5d",
    ];
    for text in texts {
        let findings = found(text.as_bytes());
        assert!(findings.is_empty(), "{:?} in {text}", ids(&findings));
    }
}
