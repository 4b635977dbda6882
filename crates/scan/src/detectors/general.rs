//! Credentials without a shape of their own, and what belongs to a person.

use super::sample::{HEX32, MIXED20, MIXED32};
use super::{Default, Detector, Severity, TOKEN, check};
use crate::free::assign::{GENERIC, SERVICE};

pub(super) const TABLE: &[Detector] = &[
    Detector {
        id: SERVICE,
        default: Default::OnMatchInContent,
        title: "Credential of a named service",
        source: "the services' own names; any random value that is called their key, token or secret",
        hits: &[
            &["mailjet_secret_key = \"", HEX32, "\""],
            &["DATADOG_APP_KEY=", HEX32, "9c04e7b1"],
            &["pushbullet TOKEN ", MIXED32],
            &[
                "cloudmersive-secret-key-",
                "550e8400-e29b-41d4-a716-446655440000",
            ],
        ],
        misses: &[
            &["mailjet_secret_key = \"your-mailjet-secret-key-0123\""],
            &["github = ", HEX32],
            &["stripe_session_id = cs_test"],
        ],
        ..TOKEN
    },
    Detector {
        id: GENERIC,
        default: Default::OnMatchInContent,
        title: "Credential by its name",
        source: "a word for a credential, an assignment, a random value",
        hits: &[
            &["client_secret: \"", MIXED32, "\""],
            &["{\"apiKey\":\"", HEX32, "\"}"],
            &["<token>", MIXED20, "</token>"],
            &["Authorization: Bearer ", MIXED32],
        ],
        misses: &[
            &["api_key = os.environ[\"SOME_API_KEY_NUMBER_2\"]"],
            &["token_hash = \"", HEX32, "\""],
            &["secret = \"your-secret-here-0123456789\""],
            &["commit ", HEX32],
            &["apiKey: getTheApiKeyFromStore2()"],
            &["Authorization: Basic ", "QWxhZGRpbjpvcGVuIHNlc2FtZQ=="],
            &["auth_token: '", "bm90IG15IHJlYWwgcGFzc3dvcmQ="],
            &["wrongToken = \"", MIXED20, "\""],
            &["sender_key: \"", MIXED32, "\""],
            &["keyHandle: \"", MIXED32, "\""],
            &["encrypted_client_secret = \"", MIXED32, "\""],
            &["{apiKey: '", HEX32, "', indexName: 'ours'}"],
            &["link_token=b34v5470-8e4d-4c7d-bf50-8b2917af026b"],
        ],
        ..TOKEN
    },
    Detector {
        id: "curl_user",
        title: "Name and password of a command line",
        keywords: &["-u ", "--user ", "--user="],
        reach: 160,
        pattern: r#"(?:-u|--user)[ =]{0,3}["']?(?:[A-Za-z0-9_.@+-]{2,64}:([^\s"'$<{]{8,80})|([A-Za-z0-9_.+=-]{20,120}):(?:x|X|api_token|api)?["'\s])"#,
        check: check::password_like,
        source: "curl's manual: --user name:password",
        hits: &[
            &["curl -u deploy:", "kR7vuq29Zt", " https://example.org"],
            &["curl -u '", MIXED32, ":' https://example.org"],
        ],
        misses: &[
            &["curl -u user:password https://example.org"],
            &["sort -u file:other2name"],
        ],
        ..TOKEN
    },
    Detector {
        id: "unreadable_data",
        title: "Archive or message that cannot be read",
        keywords: &[
            "1AY&SY",
            "FBWSZTW",
            "7zXZ\0",
            "/Td6WFoA",
            "Rar!\x1a\x07",
            "Salted__",
            "U2FsdGVkX1",
            "age-encryption.org/v",
            "YWdlLWVuY3J5cHRpb24u",
            "BEGIN AGE ENCRYPTED FILE-----",
            "BEGIN PGP MESSAGE-----",
        ],
        lead: 8,
        reach: 64,
        pattern: concat!(
            r"BZh[1-9]1AY&SY|Qlpo[A-Za-z0-9]{2}FBWSZTW|\xfd7zXZ\x00|/Td6WFoA[A-Za-z0-9+/]{8}|Rar!\x1a\x07",
            r"|Salted__[\x00-\xff]{0,24}?[\x80-\xff]|U2FsdGVkX1[A-Za-z0-9+/]{20}",
            r"|age-encryption\.org/v[0-9]\n|YWdlLWVuY3J5cHRpb24u|-----BEGIN AGE ENCRYPTED FILE-----|-----BEGIN PGP MESSAGE-----",
        ),
        check: check::no_stand_in,
        default: Default::Warn,
        severity: Severity::Low,
        source: "the formats' documentation: how bzip2, xz and rar archives begin, what openssl, age and PGP encrypt, and base64 of them",
        hits: &[
            &["BZh91AY&SY", "x"],
            &["{\"file\":\"QlpoOTFBWSZTW", "a\"}"],
            &["/Td6WFoAAATm", "1rRGAgAh"],
            &["U2FsdGVkX1", MIXED20],
            &["-----BEGIN PGP ", "MESSAGE-----\n\nhQEM"],
        ],
        misses: &[
            &["the magic of bzip2 is BZh"],
            &["return b\"Salted__\" + salt"],
            &["-----BEGIN PGP SIGNATURE-----"],
        ],
        ..TOKEN
    },
    Detector {
        id: "payment_card",
        title: "Payment card number",
        severity: Severity::Critical,
        source: "ISO/IEC 7812: issuer ranges, lengths and check digit; in groups, or behind a word for a card",
        hits: &[
            &["4539 5787", " 6362 1486"],
            &["card number: 4539", "578763621486"],
            &["5425-2334", "-3010-9903"],
            &["3782 822463", " 10005"],
            // Two digits in all: payments are tried with it.
            &["card.number = \"4242", "424242424242\""],
            &["7 12\n4539 5787", " 6362 1486\n"],
        ],
        misses: &[
            &["4539 5787", " 6362 1487"],
            &["timestamp 4539", "578763621486"],
            &["1 1.00 60.00 120.00\n\t 4539 5787", " 6362 1486\n"],
            &["1234 5678 9012 3456"],
            &["0000 0000 0000 0000"],
        ],
        ..TOKEN
    },
    Detector {
        id: "iban",
        title: "Bank account number",
        source: "ISO 13616: the countries' lengths, mod 97",
        hits: &[
            &["DE89 3704", " 0044 0532 0130 00"],
            &["GB82WEST", "12345698765432"],
        ],
        misses: &[
            &["DE88 3704", " 0044 0532 0130 00"],
            &["GB82WEST", "1234569876543"],
        ],
        ..TOKEN
    },
    Detector {
        id: "us_ssn",
        title: "US social security number",
        source: "SSA: area, group and serial; behind a word for it",
        hits: &[&["SSN: 219-09", "-9147"]],
        misses: &[
            &["SSN: 000-12", "-3456"],
            &["SSN: 111-22", "-3333"],
            &["part 219-09", "-9147"],
        ],
        ..TOKEN
    },
    Detector {
        id: "wallet_key",
        title: "Wallet's private key",
        severity: Severity::Critical,
        source: "Bitcoin's WIF and BIP-32: Base58Check, the checksum is verified",
        hits: &[&["5HueCGU8rMjxEXxiPuD5BDku4MkFqeZy", "d4dZ1jvhTVqvbTLvyTJ"]],
        misses: &[&["5HueCGU8rMjxEXxiPuD5BDku4MkFqeZy", "d4dZ1jvhTVqvbTLvyTK"]],
        ..TOKEN
    },
    Detector {
        id: "ethereum_private_key",
        title: "Ethereum private key",
        severity: Severity::Critical,
        source: "the yellow paper: 32 bytes; in hex, behind a name for such a key",
        hits: &[
            &[
                "PRIVATE_KEY=0x",
                HEX32,
                "9c04e7b15d63f82a",
                "9c04e7b15d63f82a",
            ],
            &[
                "\"deployerKey\": \"0x",
                HEX32,
                "9c04e7b15d63f82a",
                "9c04e7b15d63f82a\"",
            ],
        ],
        misses: &[
            &["txHash: \"0x", HEX32, HEX32, "\""],
            &["publicKey: \"0x", HEX32, HEX32, "\""],
            &["key: ", HEX32, HEX32],
        ],
        ..TOKEN
    },
    Detector {
        id: "seed_phrase",
        title: "Wallet's seed phrase",
        severity: Severity::Critical,
        source: "BIP-39: ten lists of words, 12 to 24 of them; the checksum is verified",
        hits: &[
            &[
                "legal winner thank year wave sausage ",
                "worth useful legal winner thank yellow",
            ],
            &[
                "1. letter 2. advice 3. cage\n4. absurd 5. amount 6. doctor\n",
                "7. acoustic 8. avoid 9. letter 10. advice 11. cage 12. above",
            ],
        ],
        misses: &[
            &[
                "seed: ",
                "test test test test test test test test test test test junk",
            ],
            &[
                "legal winner thank year wave sausage ",
                "worth useful legal winner thank year",
            ],
            &["letter advice cage absurd amount doctor acoustic avoid letter advice cage"],
        ],
        ..TOKEN
    },
];
