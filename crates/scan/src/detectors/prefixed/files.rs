//! Forms that programs keep keys, passwords and their hashes in, and addresses that are
//! keys by themselves: short entries, as in the files beside this one.

use super::{random, token};
use crate::detectors::Detector;

pub(super) const TABLE: &[Detector] = &[
    random(
        "xml_private_key",
        "Private key in the form of .NET",
        &["</DQ><InverseQ>", "</InverseQ><D>"],
        r"</InverseQ><D>([A-Za-z0-9+/=]{40,700})</D>|</DQ><InverseQ>([A-Za-z0-9+/=]{40,700})</",
    )
    .reaching(740)
    .open(),
    random(
        "age_plugin_identity",
        "Identity of a plugin of age",
        &["AGE-PLUGIN-"],
        r"AGE-PLUGIN-[A-Z0-9]{2,24}-1[A-Z0-9]{20,140}",
    )
    .told_by("age's specification of plugins"),
    random(
        "signify_key",
        "Secret key of signify or minisign",
        &["RWRCSwAA", "RWRTY0Iy"],
        r"RW(?:RCSwAA|RTY0Iy)[A-Za-z0-9+/]{120,220}={0,2}",
    )
    .told_by("minisign's documentation and signify(1): algorithm and derivation come first"),
    random(
        "pkcs12_store",
        "Key store of PKCS #12 in base64",
        &["IBAzCC"],
        r"MII[A-Za-z0-9+/]{3}IBAzCC[A-Za-z0-9+/]{3}GCSqGSIb3DQEHAaCC[A-Za-z0-9+/]{60,400}",
    )
    .leading(8)
    .reaching(440)
    .told_by("RFC 7292, 4: version 3, and data of PKCS #7"),
    random(
        "near_key",
        "Private key of NEAR",
        &["ed25519:"],
        r"ed25519:[1-9A-HJ-NP-Za-km-z]{85,88}",
    )
    .told_by("NEAR's documentation: 64 bytes in base58"),
    random(
        "tezos_key",
        "Private key of Tezos",
        &["edsk", "spsk", "p2sk"],
        r"(?:edsk[1-9A-HJ-NP-Za-km-z]{50}(?:[1-9A-HJ-NP-Za-km-z]{44})?|(?:spsk|p2sk)[1-9A-HJ-NP-Za-km-z]{50})",
    ),
    random(
        "ethereum_keystore",
        "Key store of Ethereum",
        &["\"ciphertext\""],
        r#""ciphertext"\s{0,2}:\s{0,2}"([0-9a-f]{64})""#,
    )
    .told_by("the Web3 Secret Storage definition, version 3")
    .open(),
    token(
        "jenkins_secret",
        "Secret of Jenkins's configuration",
        &["{AQAAABAAAA"],
        r"\{AQAAABAAAA[A-Za-z0-9+/]{20,700}={0,2}\}",
    )
    .reaching(740)
    .open(),
    random(
        "werkzeug_hash",
        "Password hash of Werkzeug",
        &["scrypt:", "pbkdf2:sha"],
        r"(?:scrypt:[0-9]{4,6}:[0-9]{1,2}:[0-9]{1,2}|pbkdf2:sha(?:1|256|512):[0-9]{4,7})\$[A-Za-z0-9./]{8,22}\$[0-9a-f]{40,128}",
    ),
    random(
        "postgres_hash",
        "Password hash of PostgreSQL",
        &["SCRAM-SHA-256$"],
        r"SCRAM-SHA-256\$[0-9]{4,7}:[A-Za-z0-9+/]{16,44}={0,2}\$[A-Za-z0-9+/]{43}=:[A-Za-z0-9+/]{43}=",
    )
    .open(),
    random(
        "mysql_hash",
        "Password hash of MySQL",
        &["PASSWORD '*", "password AS '*", "authentication_string"],
        r#"(?:PASSWORD '|password AS '|authentication_string["']{0,2}\s{0,4}[:=|]\s{0,4}["']?)\*([0-9A-F]{40})"#,
    )
    .open(),
    random(
        "azure_servicebus_signature",
        "Shared access signature of Azure's buses and hubs",
        &["SharedAccessSignature sr="],
        r"SharedAccessSignature sr=[^&\s]{3,200}&sig=([A-Za-z0-9%+/=]{40,80})",
    )
    .reaching(320)
    .open(),
    random(
        "azure_function_address",
        "Address of an Azure function with its key",
        &[".azurewebsites.net/api/"],
        r#"\.azurewebsites\.net/api/[^?\s"']{1,80}\?code=([A-Za-z0-9/_-]{40,60}={0,2})"#,
    )
    .reaching(200)
    .open(),
    random(
        "azure_logic_app_address",
        "Address of an Azure logic app with its signature",
        &[".logic.azure.com"],
        r#"\.logic\.azure\.com(?::443)?/workflows/[^\s"']{20,240}&sig=([A-Za-z0-9_-]{43})"#,
    )
    .reaching(340)
    .open(),
    token(
        "filezilla_password",
        "Password in FileZilla's list of servers",
        &["<Pass>", "<Pass encoding"],
        r#"<Pass(?: encoding="base64")?>([A-Za-z0-9!@#%^*+=_.-]{8,100})</Pass>"#,
    )
    .reaching(140)
    .open(),
    token(
        "unattend_password",
        "Password in an answer file of Windows",
        &["Password><Value>"],
        r"Password><Value>([A-Za-z0-9!@#%^*+=_.-]{8,120})</Value>",
    )
    .reaching(160)
    .open(),
    random(
        "cisco_password",
        "Password of Cisco's that can be undone",
        &["password 7 ", "key 7 ", "secret 7 "],
        r"(?:password|key|secret) 7 ([0-9][0-9][0-9A-Fa-f]{10,60})",
    )
    .told_by("Cisco's documentation: type 7"),
];
