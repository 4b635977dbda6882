//! Passwords in command lines: options of known programs, a login's two options,
//! and what is piped into a program that asks for one.

use super::{Detector, TOKEN, check};

/// A password as a word of a command line: no variable, no substitution.
macro_rules! word {
    () => {
        r#"\\{0,3}["']?([^\s"'\\$<{(|>&;`-][^\s"'\\<|>;]{5,63})"#
    };
}

pub(super) const TABLE: &[Detector] = &[
    Detector {
        id: "login_options",
        title: "Password in a command line",
        keywords: &[" -u ", " -U ", " --user "],
        reach: 180,
        pattern: concat!(
            r#"\s(?:-[uU]|--user)\s\\{0,3}["']?[A-Za-z_][A-Za-z0-9_.@\\/-]{1,63}["']?\s(?:[^\n|;]{0,60}?\s)?-[pP]\s{0,2}"#,
            word!()
        ),
        goes_on: super::lead::before_digits,
        check: check::password_like,
        source: "the manuals of az, cqlsh, twine, bcp, ipmitool, mosquitto_pub: -u name -p password",
        hits: &[
            &["az login -u app -p ", "kR7vuq29Zt", "\n"],
            &["cqlsh db -u app -p '", "kR7vuq29Zt", "'"],
            &["mosquitto_pub -h mq -u app -P ", "kR7vuq29Zt", " -t t"],
        ],
        misses: &[
            &["docker run -u 1000:1000 -p 8080:8080 image2x"],
            &["az login -u app -p \"$PASSWORD1\""],
            &["ssh -u root -p 2222 host1"],
            &["tool -u name -p password1"],
        ],
        ..TOKEN
    },
    Detector {
        id: "program_password",
        title: "Password in a command line",
        keywords: &[
            "zip -P",
            "7z a ",
            "7z x ",
            "openssl enc",
            "sqlplus ",
            "impdp ",
            "expdp ",
            "smbclient ",
            "lftp ",
            "xfreerdp ",
            "net use ",
            "net user ",
            "schtasks ",
            "htpasswd ",
            "add_user ",
            "mc alias set",
            "secret set ",
            "put-parameter",
            "--secret-string",
            "vault kv put",
            "http -a ",
            "requirepass ",
            "masterauth ",
            "ConvertTo-SecureString",
            "snmp",
        ],
        reach: 260,
        pattern: concat!(
            r#"(?:zip\s-P\s{0,2}|7z\s[ax]\s(?:[^\n|;]{0,60}?\s)?-p|openssl enc\s[^\n|;]{0,120}?\s-k\s"#,
            r#"|(?:sqlplus|impdp|expdp)\s(?:-[a-zA-Z]\s){0,3}["']?[A-Za-z0-9_]{1,32}/|smbclient\s[^\n|;]{0,80}?-U\s{0,2}["']?[A-Za-z0-9_\\.-]{1,64}%"#,
            r#"|lftp\s[^\n|;]{0,40}?-u\s{1,2}["']?[A-Za-z0-9_@.-]{1,64},|xfreerdp\s[^\n|;]{0,120}?/p:|net user\s{1,2}\S{1,32}\s{1,2}"#,
            r#"|net use\s{1,2}\S{1,3}\s{1,2}\S{3,100}\s{1,2}|schtasks\s[^\n|;]{0,160}?/rp\s{1,2}|htpasswd\s{1,2}-[A-Za-z]{0,4}b[A-Za-z]{0,4}\s{1,2}(?:\S{1,100}\s{1,2})?[A-Za-z0-9_.@-]{1,64}\s{1,2}"#,
            r#"|add_user\s{1,2}["']?[A-Za-z0-9_.-]{1,64}["']?\s{1,2}|mc alias set\s{1,2}\S{1,64}\s{1,2}\S{3,120}\s{1,2}\S{1,64}\s{1,2}"#,
            r#"|secret set\s[^\n|;]{1,80}?(?:--body|-b)[\s=]{1,2}|put-parameter\s[^\n|;]{1,160}?--value[\s=]{1,2}|--secret-string[\s=]{1,2}"#,
            r#"|vault kv put\s{1,2}\S{1,80}\s{1,2}[a-z_]{1,32}=|http -a\s{1,2}["']?[A-Za-z0-9_.@-]{1,64}:|(?:requirepass|masterauth)\s{1,3}"#,
            r#"|ConvertTo-SecureString\s{1,2}(?:-String\s{1,2})?|snmp(?:walk|get|set|bulkwalk)\s[^\n|;]{1,80}?\s-[AX]\s{1,2})"#,
            word!()
        ),
        goes_on: super::lead::before_digits,
        check: check::password_like,
        source: "the manuals of the programs, and of the cloud vendors' command lines",
        hits: &[
            &["zip -P ", "kR7vuq29Zt", " -r backup.zip data"],
            &["7z a -p", "kR7vuq29Zt", " backup.7z data"],
            &["sqlplus app/", "kR7vuq29Zt", "@db:1521/X"],
            &["smbclient //nas/share -U svc%", "kR7vuq29Zt", " -c ls"],
            &["net use Z: \\\\db01\\share ", "kR7vuq29Zt", " /user:a"],
            &["htpasswd -bc /etc/x/.htpasswd svc ", "kR7vuq29Zt", "\n"],
            &["gh secret set DB_KEY --body '", "kR7vuq29Zt", "'"],
            &[
                "aws ssm put-parameter --name /p --type SecureString --value ",
                "kR7vuq29Zt",
                "\n",
            ],
            &["redis-server --requirepass ", "kR7vuq29Zt", " --port 1"],
            &["ConvertTo-SecureString \"", "kR7vuq29Zt", "\" -AsPlainText"],
            &["snmpwalk -v3 -u a -l authPriv -A '", "kR7vuq29Zt", "' h"],
        ],
        misses: &[
            &["gh secret set DB_KEY --body \"$DB_KEY1\""],
            &["net user administrator /active:yes2"],
            &["aws ssm put-parameter --name /p --value latest --region us-east-1"],
            &["vault kv put secret/app version=v1.2.3"],
            &["ConvertTo-SecureString $Pass1word -AsPlainText"],
            &["requirepass ${REDIS_PASS1}"],
        ],
        ..TOKEN
    },
    Detector {
        id: "piped_password",
        title: "Password that is piped into a program",
        keywords: &[
            "password-stdin",
            "--stdin",
            "sudo -S",
            "secret put",
            "secret set",
        ],
        lead: 140,
        reach: 16,
        pattern: r#"(?:echo|printf)\s(?:-n\s)?(?:'%s'\s)?["']?([^\s"'\\$<{(|>&;`-][^\s"'\\<|>;]{5,63})["']?\s{0,3}\|[^|\n;]{0,100}?(?:password-stdin|--stdin|sudo -S|secret put|secret set)"#,
        check: check::password_like,
        source: "the manuals of docker login, passwd, sudo, gh and wrangler: a password on the standard input",
        hits: &[
            &[
                "echo \"",
                "kR7vuq29Zt",
                "\" | docker login -u a --password-stdin",
            ],
            &["echo '", "kR7vuq29Zt", "' | sudo -S ls"],
            &["printf '%s' ", "kR7vuq29Zt", " | wrangler secret put API"],
        ],
        misses: &[
            &["echo \"$PASSWORD1\" | docker login --password-stdin"],
            &["echo ready2go && sudo -S ls"],
        ],
        ..TOKEN
    },
];
