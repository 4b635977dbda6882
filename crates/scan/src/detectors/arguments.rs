//! Passwords and keys in a fixed place of a call, or called a secret, with a name that
//! is no word for a password.

use super::sample::MIXED8;
use super::{Detector, TOKEN, check, lead};

pub(super) const TABLE: &[Detector] = &[
    Detector {
        id: "dotnet_password",
        title: "Password in a call of .NET's",
        keywords: &["DirectoryEntry(", "NetworkCredential(", "PSCredential("],
        reach: 300,
        pattern: r#"(?:DirectoryEntry\(\s{0,12}@?"[^"\n]{4,100}"\s{0,12},|NetworkCredential\(|PSCredential\()\s{0,12}@?"[^"\n]{1,80}"\s{0,12},\s{0,12}@?"([^"\s{$]{6,64})""#,
        check: check::key_like,
        source: "Microsoft's documentation: the constructors' parameters",
        hits: &[
            &[
                "new DirectoryEntry(\"LDAP://dc\", \"CORP\\svc\", \"",
                MIXED8,
                "\")",
            ],
            &["new NetworkCredential(\"mailer\", \"", MIXED8, "\")"],
        ],
        misses: &[&["new NetworkCredential(\"user\", \"password\")"]],
        ..TOKEN
    },
    Detector {
        id: "login_argument",
        title: "Password of a call that logs in",
        keywords: &[
            "auth=(",
            "BasicAuth(",
            "basic_auth(",
            ".login(",
            ".auth(",
            "mysqli(",
            "mysqli_connect(",
            "mysql_real_connect(",
            "getConnection(",
            "new PDO(",
            "username_pw_set(",
            ".connect(",
            "PlainAuth(",
            "PasswordAuthentication(",
            "Sequelize(",
            "create_superuser(",
            "uthenticate(",
            "WiFi.begin(",
        ],
        reach: 240,
        pattern: concat!(
            r#"(?:auth=\(|BasicAuth\(|basic_auth\(|\.login\(|\.auth\(|username_pw_set\(|PasswordAuthentication\(|uthenticate\(|WiFi\.begin\()"#,
            r#"\s{0,8}["']?[^"'\n,(]{1,64}["']?\s{0,3},\s{0,8}(?:Some\()?["']([^"'\s]{6,64})["']"#,
            r#"|(?:mysqli(?:_connect)?\(|getConnection\(|new PDO\(|mysql_real_connect\([^\n,]{1,40},|\.connect\(|PlainAuth\(|Sequelize\(|create_superuser\()"#,
            r#"\s{0,8}["']?[^\n,]{0,100}["']?\s{0,3},\s{0,8}(?:[0-9]{1,5},\s)?["']?[^"'\n,]{1,64}["']?\s{0,3},\s{0,8}(?:password\s?=\s?)?["']([^"'\s]{6,64})["']"#,
        ),
        goes_on: lead::before_made_up,
        check: check::made_up_or_of_words,
        source: "the documentation of requests, smtplib, mysqli, PyMySQL, PDO, JDBC, Django, Sequelize and Go's net/smtp: the parameters' order",
        hits: &[
            &["requests.get(url, auth=('svc', '", "kR7vuq29Zt", "'))"],
            &["server.login(user, \"", "kR7vuq29Zt", "\")"],
            &["new mysqli(\"db\", \"app\", \"", "kR7vuq29Zt", "\")"],
            &[
                "pymysql.connect(\"h\", \"bob\", \"",
                "kR7vuq29Zt",
                "\", \"app\")",
            ],
            &[
                "smtp.PlainAuth(\"\", \"bob\", \"",
                "kR7vuq29Zt",
                "\", \"h\")",
            ],
            &[".basic_auth(\"maria\", Some(\"", "kR7vuq29Zt", "\"))"],
            &["new Sequelize('app', 'root', '", "kR7vuq29Zt", "', {"],
            &[
                "DriverManager.getConnection(url, \"app\", \"",
                "kR7vuq29Zt",
                "\")",
            ],
        ],
        misses: &[
            &["auth=('user', 'password1')"],
            &["login(user, \"UserName2Field\")"],
            &["socket.connect(\"h\", \"room\", \"userJoined2\")"],
        ],
        ..TOKEN
    },
    Detector {
        id: "signing_argument",
        title: "Key of a call that signs",
        keywords: &[
            "jwt.encode(",
            "jwt.decode(",
            "jwt.sign(",
            "jwt.verify(",
            "createHmac(",
            "hmac.new(",
            "SecretKeySpec(",
            "SymmetricSecurityKey(",
            "toCharArray(",
            "Fernet(",
        ],
        lead: 80,
        reach: 200,
        pattern: concat!(
            r#"(?:jwt\.(?:encode|decode|sign|verify)\((?:\{[^{}\n]{0,80}\}|[^"'\n,]{1,60}),|createHmac\(["'][a-zA-Z0-9-]{3,12}["'],|hmac\.new\(|SecretKeySpec\(|Fernet\(|SymmetricSecurityKey\([^"'\n]{0,60})\s{0,8}b?["'\x60]([^"'\x60\s]{8,88})["'\x60]"#,
            r#"|"([^"\s]{8,64})"\.toCharArray\("#,
        ),
        check: check::password_like,
        source: "the documentation of PyJWT, jsonwebtoken, Node's and Python's hmac, Java's and .NET's cryptography",
        hits: &[
            &[
                "jwt.encode(payload, \"",
                "kR7vuq29Zt",
                "\", algorithm=\"HS256\")",
            ],
            &["jwt.sign({ id: user.id }, '", "kR7vuq29Zt", "', {})"],
            &["crypto.createHmac('sha256', '", "kR7vuq29Zt", "')"],
            &["keyStore.load(in, \"", "kR7vuq29Zt", "\".toCharArray());"],
        ],
        misses: &[
            &["jwt.encode(payload, \"secret\", algorithm=\"HS256\")"],
            &["jwt.verify(token, 'test-key-1')"],
            &["\"changeit\".toCharArray()"],
        ],
        ..TOKEN
    },
    Detector {
        id: "short_secret",
        title: "Secret as short as a password",
        keywords: &[
            "ecret", "ECRET", "pi_key", "PI_KEY", "piKey", "pi-key", "pikey", "PIKEY", "PI-KEY",
            "i-Key", "_TOKEN",
        ],
        lead: 6,
        reach: 130,
        pattern: concat!(
            r#"(?i)(?:(?:^|[^:])secret(?:[_-]?(?:key|token|value|base))?|api[_-]?key|_token)[\\"'\]]{0,4}\s{0,4}(?:=>|:=|=|:|is )\s{0,4}"#,
            r#"(?:[bf]|\[\]byte\()?(?:\\{0,3}["'\x60]([^"'\x60\s\\]{8,64})\\{0,3}["'\x60]|([^\s"'\x60\\;,&<>(){}|$=]{8,64})(?:[\s"'\\;,&<]|$))"#,
        ),
        goes_on: lead::assigned,
        check: check::short_or_signed,
        source: "a name that ends with secret or for a key, an assignment, a value that looks made up",
        hits: &[
            &["JWT_SECRET=", "kR7vuq29Zt"],
            &["app.use(session({ secret: '", "kR7vuq29Zt", "' }))"],
            &["client_secret: ", "kR7vuq29Zt"],
            &["X-Api-Key: ", "kR7vuq29Zt", "\n"],
            &["ACME_TOKEN=", "kR7vuq29Zt"],
            &["the signing secret is `", "kR7vuq29Zt", "`, rotate it"],
        ],
        misses: &[
            &["secret: \"my-secret-1\""],
            &["CLIENT_SECRET=${Secret1}"],
            &["secretName: app-Secret1"],
            &["the secret is kept in Vault2"],
            &["secret = getSecret1()"],
        ],
        ..TOKEN
    },
    Detector {
        id: "password_before_its_word",
        title: "Password in a sentence",
        keywords: &[
            "as the password",
            "as your password",
            "as password",
            "as the passphrase",
        ],
        lead: 72,
        reach: 16,
        pattern: r#"[Uu]se ["'\x60]?([^\s"'\x60<>{}$]{8,64})["'\x60]? as "#,
        check: check::made_up_or_of_words,
        source: "how people hand a password over",
        hits: &[&["Please use ", "kR7vuq29Zt", " as the password."]],
        misses: &[
            &["use MyVariable2 as the password"],
            &["use changeme as password"],
        ],
        ..TOKEN
    },
];
