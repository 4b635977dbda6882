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

/// What carries a word for a credential, or a service's name, and is none.
#[test]
fn names_ids_and_references_are_no_secrets() {
    let texts = [
        "credentialsId: 'ff083f76-7804-4ef1-80e4-fe975bb9141b'",
        "\"tokenId\": \"7be20f4d913ca865d02b7f61e48c9a35\"",
        "secretName: \"prod-db-7f9c4-tls-secret2\"",
        "LLM_SECRET_NAME = \"NEXUS-GPT4-API-KEY\"",
        "TOKEN_AUDIENCE = \"25872395-ed3a-4703-b647-22ec53f3683c\"",
        "Culture=neutral, PublicKeyToken=b77a5c561934e089",
        "pageToken=CAESBgoEGgIIAQ3kXbQ9fYz7",
        "translationKey: \"HomePage2Title3_v4\"",
        "\"bucket_key\": \"builds/1.2.3/app-7be20f4d.tar.gz\"",
        "private_key_path: \"/etc/ssl/private/server-2023.key\"",
        "azure_tenant_id = \"72f988bf-86f1-41af-91ab-2d7cd011db47\"",
        "cloudflare_zone_id = \"7be20f4d913ca865d02b7f61e48c9a35\"",
        "stripe_price_id = \"price_1Hq4nTz8LcV1sXe7RbU6gAB1\"",
        "heroku addon: 98fc74a8-ff56-4a21-85f6-7a1fcac895c9",
        "codecov/patch 7be20f4d913ca865d02b7f61e48c9a3512345678",
        "unsplash photo-1506744038136-46273834b3fb",
        "twilio_account_sid = \"AC7be20f4d913ca865d02b7f61e48c9a35\"",
        "API_VERSION=rc0.13.0_20230412_0712-SNAPSHOT",
        "api_key = \"abcdefghijklmnopqrstuvwxyz123456\"",
        "api_key: ${{ secrets.SERVICE_API_KEY_2 }}",
        "const token = jwt.sign({id: user.id2}, SECRET_KEY_V1)",
        "mongodb://admin:admin123@localhost",
        "mysql:host=db;dbname=test;user=foo;password=wrongpass",
        "Sec-WebSocket-Key: 82/ZS2YHjEnUN97HLL8tbw==",
        "https://api.github.com/repos/x/php-token-stream/zipball/9c1da83261628cb24b6a6df371b6e312b3954768",
        "github.com/bmizerany/pat 6226ea591a40176dd3ff9cd8eff81ed6ca721a00",
        "GITHUB_CLI_ARCHIVE_GPG_KEY=C99B11DEB97541F0",
        "sign-key-sha3-384: RuVvnp4n52GilycjfbbTCI3_L8Y6QlIE75wxMc0KzGV3AUQqVd9GuXoj",
        "import com.fasterxml.jackson.databind.ser.BasicSerializerFactory;",
        "<Property oe:key=\"user-data\" oe:value=\"IyEvYmluL3NoCmVjaG8gImhpIHdvcmxkIgo=\"/>",
        "anthropic/types/__pycache__/beta_api_key_workspace_scope.cpython-311.pyc,,",
        ".toolbar-token-input.svelte-1t0c5zx{flex:1}",
        "encoding = tiktoken_.encoding_for_model(\"gpt-3.5-turbo-0301\")",
        "\"lastPasswordChangeUSec\": 1641941238208691,",
        "uri: rediss://default:REDACTED@testdatabase1:25061",
        "api_key: \"ABC123abc123ABC123abc123ABC123ab\"",
        "exports.EasyDkimSigningKeyLength=EasyDkimSigningKeyLength",
        "AZURE_ENTRA_RESOURCE = 'api://fd3f753b-eed3-462c-b6a7-a4b5bb650aad';",
        "{ alias: a, ownPass: !!ownPass }",
        "clientPasswordAuthType===ClientPasswordAuthType.POSTGRES_SCRAM_SHA_256&&engine",
        "Must be in valid uri format like dotenv://:key_1234@dotenvx.com/vault",
        "$ pulumi import aws:ec2/natGateway:NatGateway private_gw nat-05dba92075d71c408",
        "default mnemonic: candy maple cake sugar pudding cream honey rich smooth crumble sweet treat",
        "pub const IFLA_BOND_AD_USER_PORT_KEY: _bindgen_ty_29 = _bindgen_ty_29::X;",
        "let der_private_key_buffer: EcPrivateKeyRfc5915Der = my_private_key;",
        "key: \"MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEY6Ya7W++7aUPzvMTrezH6Ycx3c+HOKYCcNGybJZSCJq/fd7Qa8uuAKtdIkUQtQiEKERhAmE5lMMJhP8OkDOa2g==\"",
        "AUTHORIZED_KEY=ssh-rsa_AAAAB3NzaC1yc2EAAAADAQABDDDDD",
        "pwdCheckModuleArg:: bWluUXVhbGl0eSAzCmNoZWNrUkROIDAKZm9yYmlkZGVuQ2hhcnMK",
        "kind: Secret\nstringData:\n  password: changeme",
    ];
    for text in texts {
        let findings = found(text.as_bytes());
        assert!(findings.is_empty(), "{:?} in {text}", ids(&findings));
    }
}
