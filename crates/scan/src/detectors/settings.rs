//! Passwords in programs' own files of settings, where they have names of their own
//! or none, and keys that stand in a fixed place beside others.

use super::{Detector, TOKEN, check, lead};

pub(super) const TABLE: &[Detector] = &[
    Detector {
        id: "setting_password",
        title: "Password in a program's settings",
        keywords: &[
            "psk=",
            "psk = ",
            ": PSK ",
            ": EAP ",
            "bindpw",
            "authtok",
            "{PLAIN}",
            "password 0 ",
            "secret 0 ",
            "pw: ",
            "\"pw\"",
            "(pw ",
            "asscode: ",
        ],
        lead: 24,
        reach: 96,
        pattern: concat!(
            r#"(?:(?:^|[^A-Za-z0-9])(?:psk|pw)[\\"']{0,4}\s?[=:]\s{0,2}|:\s(?:PSK|EAP)\s|\(pw\s|bindpw\s{1,8}|authtok\s{0,4}=\s{0,4}|\{PLAIN\}|(?:password|secret) 0 |[Pp]asscode:\s)"#,
            r#"[\\"'\x60]{0,4}([^\s"'\\$<{(|>&;%,:][^\s"'\\<|>;,:)]{5,63})"#,
        ),
        goes_on: lead::before_digits,
        check: check::password_like,
        source: "the manuals of wpa_supplicant, NetworkManager, strongSwan, nss-ldap, sssd, Dovecot and Cisco's IOS",
        hits: &[
            &["network={\n  psk=\"", "kR7vuq29Zt", "\"\n}"],
            &["10.0.0.1 10.0.0.2 : PSK \"", "kR7vuq29Zt", "\""],
            &["bindpw ", "kR7vuq29Zt", "\n"],
            &["username a privilege 15 password 0 ", "kR7vuq29Zt", "\n"],
            &["user: root\npw: ", "kR7vuq29Zt", "\n"],
            &["{\"user\":\"a\",\"pw\":\"", "kR7vuq29Zt", "\"}"],
        ],
        misses: &[
            &["psk=${WIFI_PSK1}"],
            &["bindpw secret1"],
            &["pw: passw0rd"],
            &["key_mgmt=WPA-PSK psk=password1"],
        ],
        ..TOKEN
    },
    Detector {
        id: "login_line",
        title: "Password in a line of logins",
        keywords: &[
            ":5432:",
            ":*:*:",
            "]:587 ",
            "]:465 ",
            "reds: ",
            "redentials: ",
        ],
        lead: 64,
        reach: 160,
        pattern: concat!(
            r#"(?:(?:^|[^A-Za-z0-9.:-])(?:\*|[A-Za-z0-9.-]{1,60}):(?:5432|\*):[A-Za-z0-9_*-]{1,40}:[A-Za-z0-9_*-]{1,40}:"#,
            r#"|\]:(?:587|465)\s{1,8}[A-Za-z0-9_.@+-]{1,64}:"#,
            r#"|[Cc](?:reds|redentials):\s{1,2}[A-Za-z0-9_.@-]{1,64}\s?[/:]\s?)"#,
            r#"([^\s"'\\$<{(|>&;%:][^\s"'\\<|>:]{5,63})"#,
        ),
        goes_on: lead::before_digits,
        check: check::password_like,
        source: "the manuals of libpq (.pgpass) and Postfix (sasl_passwd)",
        hits: &[
            &["db.internal:5432:orders:app:", "kR7vuq29Zt", "\n"],
            &["[smtp.internal]:587    a@b.c:", "kR7vuq29Zt", "\n"],
            &["creds: bob / ", "kR7vuq29Zt", "\n"],
        ],
        misses: &[
            &["db.internal:5432:orders:app:password1\n"],
            &["creds: see / vault2"],
        ],
        ..TOKEN
    },
    Detector {
        id: "generated_password",
        title: "Password that Terraform has made",
        keywords: &["random_password"],
        reach: 1000,
        pattern: r#"random_password\\{0,3}"[^}]{0,900}?\\{0,3}"result\\{0,3}"\s?:\s?\\{0,3}"([^\s"\\]{8,64})"#,
        check: check::key_like,
        source: "the documentation of Terraform's random provider: the state has the result",
        hits: &[&[
            "{\"type\":\"random_password\",\"instances\":[{\"attributes\":{\"length\":20,\"result\":\"",
            "kR7vuq29Zt",
            "\"}}]}",
        ]],
        misses: &[&["\"random_password\" {\"result\": \"string\"}"]],
        ..TOKEN
    },
    Detector {
        id: "jwk_symmetric_key",
        title: "Symmetric key in a JSON Web Key",
        keywords: &["\"oct\""],
        lead: 160,
        reach: 260,
        pattern: concat!(
            r#""k"\s?:\s?"([A-Za-z0-9_-]{16,200})"[^{}]{0,120}?"kty"\s?:\s?"oct""#,
            r#"|"kty"\s?:\s?"oct"[^{}]{0,200}?"k"\s?:\s?"([A-Za-z0-9_-]{16,200})""#,
        ),
        check: check::filled,
        source: "RFC 7518, 6.4: the parameter k of a key of type oct",
        hits: &[&[
            "{\"kty\":\"oct\",\"alg\":\"HS256\",\"k\":\"",
            "ZmDfcTF7_60GrrY1",
            "67zsiPd67pEvs0aG",
            "\"}",
        ]],
        misses: &[&["{\"kty\":\"oct\",\"k\":\"xxxxxxxxxxxxxxxxxxxxxxxx\"}"]],
        ..TOKEN
    },
    Detector {
        id: "hardhat_account_key",
        title: "Private key of an account in a Hardhat configuration",
        keywords: &["ccounts: [", "ccounts:["],
        lead: 2,
        reach: 100,
        pattern: r#"ccounts:\s?\[\s{0,8}["'\x60](?:0x)?([0-9a-fA-F]{64})["'\x60]"#,
        check: check::filled,
        source: "Hardhat's documentation: accounts of a network are private keys",
        hits: &[&[
            "accounts: [\"0x",
            "9f2c4b7ad1e83560c7ab12de45f67890",
            "3b1f0c9a7d5e2b48a6c4e2f091827364",
            "\"]",
        ]],
        misses: &[&["accounts: [\"0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266\"]"]],
        ..TOKEN
    },
    Detector {
        id: "nostr_secret_key",
        title: "Secret key of Nostr",
        keywords: &["nsec1"],
        reach: 64,
        pattern: r"nsec1[02-9ac-hj-np-z]{58}",
        before: super::Edge::Word,
        after: super::Edge::Word,
        check: check::filled,
        source: "NIP-19: bech32, 58 characters behind nsec1",
        hits: &[&[
            "nsec1",
            "d264f8ezfwacl5anzujlf5aq3q6p",
            "lxn6h4tp2tuukf2h6nnjg7nmwgvdcc",
        ]],
        misses: &[&["nsec1", "d264f8ezfwacl5anzujlf5aq3q6p"]],
        ..TOKEN
    },
];
