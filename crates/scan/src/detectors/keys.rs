//! Private keys in their text forms, and signed tokens.

use super::sample::{HEX32, MIXED8, MIXED20, MIXED32};
use super::{Default, Detector, Edge, Severity, TOKEN, check, decoded, lead, published};

pub(super) const TABLE: &[Detector] = &[
    Detector {
        id: "private_key",
        title: "Private key",
        keywords: &["PRIVATE KEY-----", "ENCRYPTED PRIVATE KEY BLOCK-----"],
        lead: 32,
        reach: 640,
        // A few lines of headers (Proc-Type, DEK-Info) may stand before the data; and
        // before each line what numbers, quotes or comments it.
        pattern: r#"-----BEGIN (?:[A-Z0-9]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----(?:(?:[\s\\nr]{1,16}[A-Za-z-]{4,16}: [^\n\\]{1,80}){0,3}[\s\\nr"'+,.]{0,24}[A-Za-z0-9+/=]{24,400}|[^\n]{0,60}(?:\n|\\n)(?:[^\n]{0,80}?[A-Za-z-]{4,16}: [^\n\\]{1,80}(?:\n|\\n)){0,3}(?:[^\n]{0,60}(?:\n|\\n))?[^\n]{0,80}?[A-Za-z0-9+/]{48,400})"#,
        check: decoded::private_key,
        exempt: published::is_published,
        severity: Severity::Critical,
        source: "RFC 7468 and OpenSSH's PROTOCOL.key",
        hits: &[
            &[
                "-----BEGIN RSA ",
                "PRIVATE KEY-----\n",
                MIXED32,
                MIXED32,
                "\n",
                MIXED32,
            ],
            &[
                "-----BEGIN OPENSSH ",
                "PRIVATE KEY-----\\n",
                MIXED32,
                MIXED32,
                "\\n",
            ],
            &["-----BEGIN ", "PRIVATE KEY-----", MIXED32],
            &[
                "-----BEGIN RSA ",
                "PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,",
                HEX32,
                "\n\n",
                MIXED32,
                MIXED32,
            ],
            &[
                "     1\t-----BEGIN OPENSSH ",
                "PRIVATE KEY-----\n     2\t",
                MIXED32,
                MIXED32,
                "\n     3\t",
                MIXED32,
            ],
            &[
                "a.pem:1:-----BEGIN RSA ",
                "PRIVATE KEY-----\na.pem:2:Proc-Type: 4,ENCRYPTED\na.pem:3:DEK-Info: AES-128-CBC,",
                HEX32,
                "\na.pem:4:\na.pem:5:",
                MIXED32,
                MIXED32,
            ],
        ],
        misses: &[
            &[
                "-----BEGIN ",
                "PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
            ],
            &["-----BEGIN PUBLIC KEY-----\n", MIXED32, MIXED32],
            &[
                "starts_with(\"-----BEGIN RSA ",
                "PRIVATE KEY-----\") and more",
            ],
        ],
        ..TOKEN
    },
    Detector {
        id: "private_key_data",
        title: "Private key without its first line",
        keywords: &[
            "b3BlbnNzaC1rZXktdjEA",
            "BADANBgkqhkiG9w0BAQEFAASC",
            "IBAAKCA",
            "MHcCAQEEI",
            "MIGHAgEAMBMGByqGSM49",
            "MC4CAQAwBQYDK2VwBCIEI",
            "0201000282",
            "020100300d06092a864886f70d0101010500",
        ],
        lead: 48,
        reach: 320,
        pattern: concat!(
            // What begins so behind the dashes of a first line is told by that line.
            r"(?:-----(?:[^A-Za-z/]|\\[nr]){0,40}?)?",
            r"((?:b3BlbnNzaC1rZXktdjEA|MI[A-Z][A-Za-z0-9+/]{1,5}BADANBgkqhkiG9w0BAQEFAASC|MII[A-Za-z0-9+/]{3,4}IBAAKCA|MHcCAQEEI|MIGHAgEAMBMGByqGSM49|MC4CAQAwBQYDK2VwBCIEI)[A-Za-z0-9+/]{24,200}",
            r"|3082[0-9a-f]{4}(?:0201000282|020100300d06092a864886f70d0101010500)[0-9a-f]{20,200})",
        ),
        before: Edge::Word,
        check: check::random,
        led: lead::in_no_pem,
        severity: Severity::Critical,
        source: "RFC 5958, RFC 8017 and RFC 5915: how keys begin in DER; OpenSSH's PROTOCOL.key",
        hits: &[
            &[
                "b3BlbnNzaC1rZXkt",
                "djEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtz",
                MIXED32,
            ],
            &[
                "key: MIIEvgIBADANBgkq",
                "hkiG9w0BAQEFAASCBKgwggSk",
                MIXED32,
                MIXED32,
            ],
            &["MIIEowIBA", "AKCAQEA", MIXED32, MIXED32],
            &["MC4CAQAwBQYDK2Vw", "BCIEI", MIXED32, MIXED8, "ab"],
            &["308204a40201", "0002820101", HEX32, HEX32],
        ],
        misses: &[&[
            "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA",
            MIXED32,
            MIXED32,
        ]],
        ..TOKEN
    },
    Detector {
        id: "pgp_private_key",
        title: "PGP private key",
        keywords: &["PGP PRIVATE KEY BLOCK-----"],
        lead: 16,
        reach: 640,
        pattern: r"-----BEGIN PGP PRIVATE KEY BLOCK-----(?:(?:[\s\\nr]{1,16}[A-Za-z-]{4,16}: [^\n\\]{1,80}){0,4}[\s\\nr]{0,16}[A-Za-z0-9+/=]{24,400}|[^\n]{0,60}(?:\n|\\n)(?:[^\n]{0,80}?[A-Za-z-]{4,16}: [^\n\\]{1,80}(?:\n|\\n)){0,3}(?:[^\n]{0,60}(?:\n|\\n))?[^\n]{0,80}?[A-Za-z0-9+/]{48,400})",
        exempt: published::is_published,
        severity: Severity::Critical,
        source: "RFC 9580, 6.2: ASCII armor",
        hits: &[&[
            "-----BEGIN PGP ",
            "PRIVATE KEY BLOCK-----\nVersion: x 1\n\n",
            MIXED32,
            MIXED32,
        ]],
        misses: &[&["-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n", MIXED32, MIXED32]],
        ..TOKEN
    },
    Detector {
        id: "putty_private_key",
        title: "PuTTY private key",
        keywords: &["PuTTY-User-Key-File-"],
        reach: 1024,
        pattern: r"PuTTY-User-Key-File-[23]: [\s\S]{10,900}?Private-Lines: [0-9]{1,3}[\s\\nr]{1,8}[A-Za-z0-9+/=]{24,64}",
        exempt: published::is_published,
        severity: Severity::Critical,
        source: "PuTTY's manual: the PPK file format",
        hits: &[&[
            "PuTTY-User-Key-File-",
            "3: ssh-ed25519\nEncryption: none\nComment: c\nPublic-Lines: 1\n",
            MIXED32,
            "\nPrivate-Lines: 1\n",
            MIXED32,
            "\n",
        ]],
        misses: &[&["PuTTY-User-Key-File-", "3: ssh-ed25519\nEncryption: none"]],
        ..TOKEN
    },
    Detector {
        id: "openvpn_static_key",
        title: "OpenVPN static key",
        keywords: &["OpenVPN Static key V1-----", "OpenVPN tls-crypt-v2 "],
        lead: 12,
        reach: 160,
        pattern: r"-----BEGIN OpenVPN (?:Static key V1|tls-crypt-v2 (?:client|server) key)-----[\s\\nr]{1,8}[A-Za-z0-9+/=]{32,80}",
        severity: Severity::Critical,
        source: "OpenVPN's manual: --secret, --tls-auth, --tls-crypt",
        hits: &[&[
            "-----BEGIN OpenVPN ",
            "Static key V1-----\n",
            HEX32,
            "\n",
            HEX32,
        ]],
        misses: &[&["-----BEGIN OpenVPN ", "Static key V1-----\n...\n"]],
        ..TOKEN
    },
    Detector {
        id: "wordpress_salt",
        title: "WordPress key or salt",
        keywords: &["_KEY',", "_SALT',"],
        lead: 12,
        reach: 100,
        pattern: r"(?:AUTH|LOGGED_IN|NONCE)_(?:KEY|SALT)',\s{1,12}'([!-&(-~ ]{60,70})'",
        source: "WordPress's wp-config.php: sixty-four characters of ASCII",
        hits: &[&[
            "define('AUTH_KEY', '",
            MIXED32,
            "!x&",
            MIXED20,
            "(k)#t;^:L",
            "');",
        ]],
        misses: &[&["define('AUTH_KEY', 'put your unique phrase here');"]],
        ..TOKEN
    },
    Detector {
        id: "age_secret_key",
        title: "age secret key",
        keywords: &["AGE-SECRET-KEY-1"],
        reach: 96,
        pattern: r"AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}",
        exempt: published::is_published_age,
        severity: Severity::Critical,
        source: "age's specification: Bech32 of 32 bytes",
        hits: &[&[
            "AGE-SECRET-KEY",
            "-1",
            "Q3XK7VZ2MTW5PLN9H4S8Q3XK7VZ2MTW5PLN9H4S8Q3XK7VZ2MTW5PLN9H4",
        ]],
        misses: &[&["AGE-SECRET-KEY", "-1..."]],
        ..TOKEN
    },
    Detector {
        id: "jwt",
        title: "JSON Web Token",
        keywords: &["eyJ"],
        reach: 1024,
        pattern: r"eyJ[A-Za-z0-9_-]{8,500}\.eyJ[A-Za-z0-9_-]{12,480}(?:\.[A-Za-z0-9_-]{8,200})?",
        before: Edge::Word,
        check: decoded::jwt,
        // In a header for credentials a JWT is the agent's own login.
        default: Default::OnMatchInContent,
        severity: Severity::Medium,
        source: "RFC 7519",
        hits: &[&[
            "eyJhbGciOiJIUzI1NiIs",
            "InR5cCI6IkpXVCJ9",
            ".eyJzdWIiOiI0OTM4MTcyNjA1In0.",
            MIXED20,
            MIXED20,
        ]],
        misses: &[
            &["eyJ", MIXED20, ".eyJ", MIXED20, ".", MIXED8],
            &["eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9"],
        ],
        ..TOKEN
    },
];
