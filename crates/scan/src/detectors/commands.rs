//! Passwords in command lines: options of known programs, a login's two options,
//! and what is piped into a program that asks for one.

use super::sample::MIXED8;
use super::{Detector, Edge, TOKEN, check, lead};

/// A password as a word of a command line: no variable, no substitution.
macro_rules! word {
    () => {
        r#"\\{0,3}["']?([^\s"'\\$<{(|>&;`-][^\s"'\\<|>;]{5,63})"#
    };
}

pub(super) const TABLE: &[Detector] = &[
    Detector {
        id: "command_password",
        title: "Password in a command line",
        keywords: &[
            "sshpass ",
            "mysql ",
            "mysqldump ",
            "mysqladmin ",
            "redis-cli ",
            "docker login ",
            "podman login ",
            "sqlcmd ",
            "ldapsearch ",
            "ldapmodify ",
            "ldapadd ",
            "mongosh ",
            "mongodump ",
        ],
        reach: 200,
        pattern: r#"(?:sshpass\s{1,3}-p\s{0,3}|mysql(?:dump|admin)?\s[^\n|;]{0,80}?-p|(?:redis-cli\s[^\n|;]{0,80}?-a|(?:docker|podman) login\s[^\n|;]{0,80}?-p|sqlcmd\s[^\n|;]{0,80}?-P|ldap(?:search|modify|add)\s[^\n|;]{0,80}?-w|mongo(?:sh|dump)\s[^\n|;]{0,80}?-p)\s{1,3})["']?([A-Za-z0-9!@#%^&*_+=.:?~][^\s"'$<{]{5,64})"#,
        before: Edge::Word,
        check: check::key_like,
        source: "the manuals of the programs: -p, -a, -P, -w",
        hits: &[
            &["sshpass -p '", MIXED8, "' ssh deploy@10.0.0.4"],
            &["mysqldump -h db -u app -p", MIXED8, " app"],
            &["redis-cli -h cache -a ", MIXED8, " ping"],
            &["docker login -u app -p ", MIXED8, " r.io"],
        ],
        misses: &[
            &["sshpass -p \"$PASSWORD2\" ssh deploy@10.0.0.4"],
            &["mysql -u root -ppassword1 app"],
        ],
        ..TOKEN
    },
    Detector {
        id: "psexec_password",
        title: "Password of a PsExec command",
        keywords: &["psexec", "PSEXEC", "PsExec", "Psexec"],
        reach: 240,
        pattern: r#"(?i)psexec(?:64)?(?:\.exe)?[^\n]{1,120}?\s-u\s{1,3}\S{1,64}\s{1,3}-p\s{1,3}["']?([^\s"'$%<{]{5,64})"#,
        check: check::password,
        source: "PsExec's documentation: -u user -p password",
        hits: &[&["psexec.exe \\\\10.0.0.4 -u admin -p ", MIXED8, " cmd"]],
        misses: &[
            &["psexec \\\\10.0.0.4 -u admin -p password cmd"],
            &["psexec \\\\10.0.0.4 -u admin -p %PASS1% cmd"],
        ],
        ..TOKEN
    },
    Detector {
        id: "password_option",
        title: "Password in a command line",
        keywords: &[
            "password ",
            "passwd ",
            "passphrase ",
            "-pass ",
            "-storepass ",
            "-keypass ",
            "n pass:",
            "-pass pass:",
            "t pass:",
        ],
        lead: 96,
        reach: 96,
        pattern: concat!(
            r#"(?:^|\s)--?[a-z-]{0,20}(?:password|passwd|passphrase|pass|pwd)\s{1,3}\\{0,3}["']?([^\s"'\\$<{(|>&;%@./-][^\s"'\\$<{|>&;]{5,63})"#,
            r#"|-pass(?:in|out)? pass:([^\s"'\\$<{|>&;]{6,64})"#,
        ),
        goes_on: lead::before_digits,
        check: check::password_like,
        source: "the manuals of keytool and openssl, and what options are called",
        hits: &[
            &["tool login --user a --password ", "kR7vuq29Zt", " --quiet"],
            &["keytool -list -storepass ", "kR7vuq29Zt"],
            &["openssl rsa -passin pass:", "kR7vuq29Zt", " -in k.pem"],
        ],
        misses: &[
            &["tool login --password \"$PASSWORD1\""],
            &["tool --password password1"],
            &["tool --password-file secret2.txt"],
            &["openssl rsa -passin env:PASS1word"],
        ],
        ..TOKEN
    },
    Detector {
        id: "chpasswd_password",
        title: "Password in a command line",
        keywords: &["chpasswd"],
        lead: 112,
        reach: 8,
        pattern: r#"["'\s][a-z_][a-z0-9_-]{0,31}:([^\s"'\\$<{|>&;:]{6,64})["']?\s{0,3}\| ?(?:sudo )?chpasswd"#,
        check: check::password_like,
        source: "chpasswd's manual: name:password on the standard input",
        hits: &[&["echo \"root:", "kR7vuq29Zt", "\" | chpasswd"]],
        misses: &[&["echo \"root:$PASSWORD1\" | chpasswd"]],
        ..TOKEN
    },
    Detector {
        id: "sql_password",
        title: "Password in a statement of SQL",
        keywords: &[
            "DENTIFIED BY",
            "dentified by",
            "DENTIFIED WITH",
            "dentified with",
        ],
        lead: 2,
        reach: 140,
        pattern: r#"(?i)identified (?:with ['"\x60]?[a-z0-9_]{1,40}['"\x60]? )?by\s{1,3}(?:password\s)?(?:\\{0,3}['"]([^'"\s\\]{6,64})\\{0,3}['"]|([^\s'"\\;,<>(){}$]{8,64})(?:[\s;]|$))"#,
        goes_on: lead::before_digits,
        check: check::password_like,
        source: "the manuals of MySQL and Oracle: CREATE USER",
        hits: &[
            &["CREATE USER app IDENTIFIED BY '", "kR7vuq29Zt", "';"],
            &[
                "ALTER USER a IDENTIFIED WITH caching_sha2_password BY '",
                "kR7vuq29Zt",
                "'",
            ],
        ],
        misses: &[
            &["CREATE USER app IDENTIFIED BY 'password1';"],
            &["rows identified by row_number2 of"],
        ],
        ..TOKEN
    },
    Detector {
        id: "login_options",
        title: "Password in a command line",
        keywords: &[" -u ", " -U ", " --user "],
        reach: 180,
        pattern: concat!(
            r#"\s(?:-[uU]|--user)\s\\{0,3}["']?[A-Za-z_][A-Za-z0-9_.@\\/-]{1,63}["']?\s(?:[^\n|;]{0,60}?\s)?-[pP]\s{0,2}"#,
            word!()
        ),
        goes_on: lead::before_digits,
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
        goes_on: lead::before_digits,
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
