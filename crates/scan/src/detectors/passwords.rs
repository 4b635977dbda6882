//! Passwords by a word for them: assigned, handed over, put into a file or a
//! sentence. Nothing here knows a password; [`check`] asks whether it looks made
//! up, more strictly where it only stands near the word.

use super::{Detector, TOKEN, check, lead};

/// Where a word for a password is, in whatever case.
const WORDS: &[&str] = &[
    "assword",
    "ASSWORD",
    "asswd",
    "ASSWD",
    "pwd",
    "Pwd",
    "PWD",
    "assphrase",
    "ASSPHRASE",
];

pub(super) const TABLE: &[Detector] = &[
    Detector {
        id: "password",
        title: "Password",
        keywords: WORDS,
        lead: 4,
        reach: 160,
        pattern: concat!(
            r#"(?i)(?:password|passwd|passphrase|pwd)[a-z0-9_]{0,12}[\\"'\]]{0,4}\s{0,12}"#,
            // The type of what is assigned.
            r#"(?::\s?[a-z&'_.\[<(]{0,24}\b(?:str|string)\b[\]>)|? ]{0,8})?"#,
            r#"(?:=>|:=|={1,3}|!={1,2}|:|<-| is )"#,
            // A literal's prefix, or what it is made into.
            r#"(?:\s?\(?\s{0,16}(?:[bfrunl@]|\[\]byte\(|string::from\(|some\(|(?:secret)?str(?:ing)?\(|field\((?:default=)?)?"#,
            r#"\\{0,3}["'\x60]{1,3}([^"'\x60\s\\]{6,64})\\{0,3}["'\x60]"#,
            // Without quotes it is on the same line, or in the block that begins there.
            r#"|(?:\s?[|>]-?\n\s{0,16}|[ \t]{0,16})([^\s"'\x60\\;,&<>(){}|$]{7,64})(?:[\s"'\\;,&<]|$))"#,
        ),
        goes_on: lead::assigned_or_letters,
        check: check::password_like,
        led: lead::names_it,
        source: "a word for a password, an assignment, a value of letters and digits that is no name",
        hits: &[
            &["password = \"", "kR7vuq29", "\""],
            &["'passwd' => '", "52Vx-qtHDC", "'"],
            &["DB_PASSWORD=", "tR4bn-19x"],
            &["PASSPHRASE=", "tR4bn-19x"],
            &["$mail->Password = '", "un!seen", "whooah", "';"],
            &["password = \"", "k7Qm2Z", "*t9Rw4x\""],
            &["const DB_PASSWORD: &str = \"", "kR7vuq29", "\";"],
            &["password: str = SecretStr(\"", "kR7vuq29", "\")"],
            &["password: >-\n  ", "k7Qm2Zt9", "\n"],
            &["password =\n    \"", "k7Qm2Zt9", "\""],
            &["PASSWORD: Final[str] = \"", "k7Qm2Zt9", "\""],
            &["dbPassword := []byte(\"", "k7Qm2Zt9", "\")"],
            &["DB_PASSWORD=", "Kestrel", "Lantern", "48!"],
            &["{\"password\":\"", "Harbor-", "pepper-57", "\"}"],
        ],
        misses: &[
            &["DB_PASSWORD=\nCOMMIT=9f2c4b7"],
            &["DB_PASSWORD=\nMODEL=gpt-4o-mini-2024"],
            &["password_sha256: ", "0aab1e2ea7b3ae0e", "2f66db93e32758a2"],
            &["{\"passwordInput\":\"_passwordInput_3c06f4d_1\"}"],
            &["password = \"changeme123\""],
            &["password: ${DB_PASSWORD2}"],
            &["password = config.password2"],
            &["password: \"your-password-12\""],
            &["passwordField2: \"input_password_2\""],
            &["\"password_hash\":\"", "kR7vuq29", "\""],
            &["out->change_pwd = krb5_dbe_def_cpw;"],
            &["PR_PASSWORD=0x81ae0102"],
            &["$newPassword = 'APPPASSWD2';"],
            &["password = \"0123456789abcdef0123456789abcdef\""],
            &["password = \"{{ vault.DbPassw0rd }}\""],
            &["password: cfg.DbPwd1"],
        ],
        ..TOKEN
    },
    Detector {
        id: "password_argument",
        title: "Password",
        keywords: WORDS,
        lead: 4,
        reach: 260,
        pattern: concat!(
            r#"(?i)(?:password|passwd|passphrase|pwd)[a-z0-9_]{0,12}(?:"#,
            // `setPassword("…")`, `getenv("PASSWORD", "…")`, `PASSWORD || "…"`.
            r#"(?:\.equals)?[\\"'\]]{0,4}\)?\s{0,3}(?:,|\|\||\?\?|or\b|\()\s{0,3}[b@n]?\\{0,3}["'\x60]([^"'\x60\s\\]{8,64})\\{0,3}["'\x60]"#,
            // `name: DB_PASSWORD`, and `value: …` in the next line; both in one tag.
            r#"|[\\"']{0,4}(?:\s?,)?(?:\s|\\[nrt]){0,24}(?:[\\"']{0,4}type[\\"']{1,4}\s?:\s?[\\"']{1,4}[a-z_]{1,24}[\\"']{1,4},\s{0,24})?(?:[a-z0-9./_-]{0,60}?[0-9]{1,6}[^a-z0-9"'=]{1,4})?[\\"'{+>-]{0,4}\s{0,24}(?:default|value)[\\"']{0,4}\s?[:=]\s?[\\"']{0,4}([^\s"'\\<>{}$]{8,64})(?:[\s"'\\<]|$)"#,
            // `"adminPassword": {"value": "…"}`, `variable "password" { default = "…"`.
            r#"|[\\"']{1,4}\s?:?\s?\{[^{}]{0,120}?(?:default|value)[\\"']{0,4}\s{0,8}[:=]\s{0,3}\\{0,3}"([^\s"\\<>{}$]{8,64})\\{0,3}""#,
            // An element's text, and that of the element behind one.
            r#"|["']?\s?>\s{0,16}(?:<!\[cdata\[)?([^<>\s\]{}$]{8,64})(?:\]\]>)?\s{0,16}<"#,
            r#"|</(?:name|key|t[dh])>\s{0,40}<(?:value|string|t[dh])>([^<>\s{}$]{8,64})<"#,
            // Typed into a form, sent by one, and marked up.
            r#"|["'\\]{1,4}[)\]]{0,2}\.(?:type|fill|send_?[kK]eys)\(\\{0,3}["']([^"'\s\\]{8,64})\\{0,3}["']"#,
            r#"|"\r?\n\r?\n([^\s"'<>]{8,64})\r?\n--|\s?:\s{0,3}<[a-z]{1,8}>([^<>\s]{8,64})<"#,
            // The default of a reference, an argument of a call in a log, and a value
            // with signs that code has.
            r#"|[:?]?[:=?-][ \t]?([^\s"'\x60\\;,&<>(){}|$=-][^\s"'\x60\\;,&<>(){}|$=]{7,63})[)}\]]"#,
            r#"|[\\"'\]]{0,4}[ \t]{0,4}[:=][ \t]{0,4}([^\s"'\x60\\;,&<>(){}|$=][^\s"'\x60\\<>=]{7,63})(?:\s|$))"#,
        ),
        goes_on: lead::before_made_up,
        check: check::made_up_or_of_words,
        led: lead::names_it,
        source: "how languages and formats hand a value over under a name",
        hits: &[
            &["ds.setPassword(\"", "kR7vuq29Zt", "\")"],
            &["define('DB_PASSWORD', '", "kR7vuq29Zt", "');"],
            &["process.env.DB_PASSWORD || \"", "kR7vuq29Zt", "\""],
            &["- name: DB_PASSWORD\n  value: ", "kR7vuq29Zt", "\n"],
            &[
                "{\"name\": \"DB_PASSWORD\",\n \"value\": \"",
                "kR7vuq29Zt",
                "\"}",
            ],
            &["<add key=\"DbPassword\" value=\"", "kR7vuq29Zt", "\"/>"],
            &["\"adminPassword\": {\"value\": \"", "kR7vuq29Zt", "\"}"],
            &[
                "variable \"db_password\" {\n  default = \"",
                "kR7vuq29Zt",
                "\"\n}",
            ],
            &["<password>", "kR7vuq29Zt", "</password>"],
            &[
                "<name>db.password</name>\n<value>",
                "kR7vuq29Zt",
                "</value>",
            ],
            &[
                "POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:-",
                "kR7vuq29Zt",
                "}",
            ],
            &["spring.password=${DB_PASSWORD:", "kR7vuq29Zt", "}"],
            &["login(user=bob, password=", "kR7vuq29Zt", ")"],
            &["DB_PASSWORD=", "kR7v$", "uq29Zt", "\n"],
            &["password: ", "kR7vuq29Zt(", "8x", "\n"],
            &["<td>Password</td><td>", "kR7vuq29Zt", "</td>"],
            &[
                "{\"Name\":\"/prod/password\",\"Type\":\"SecureString\",\"Value\":\"",
                "kR7vuq29Zt",
                "\"}",
            ],
        ],
        misses: &[
            &["os.getenv(\"DB_PASSWORD\", \"postgres\")"],
            &["fields = [\"password\", \"utf8mb4\"]"],
            &["- name: DB_PASSWORD\n  value: $(DbPassw0rdOf)\n"],
            &["<label>Password</label><span>Show2Times</span>"],
            &["<password>${env.DbPassw0rd1}</password>"],
            &["validatePassword(\"PasswordTooShort1\")"],
            &["connect(password=settings.DbPass1word)"],
            &["password: ${DB_PASSWORD:-$OtherPassw0rd2}"],
        ],
        ..TOKEN
    },
    Detector {
        id: "password_in_text",
        title: "Password in a sentence or a table",
        keywords: WORDS,
        lead: 4,
        reach: 160,
        pattern: concat!(
            r#"(?i)(?:(?:password|passwd|passphrase)(?:_[a-z0-9_]{1,12}|s)?|\bpwd\b)(?:"#,
            r#"[:*_]{2,5}\s{1,3}\x60?([^\s\x60|"'\\<>{}$]{8,64})"#,
            r#"|\s{0,12}\|\s{0,4}\x60?([^\s\x60|"'\\<>{}$]{8,64})\x60?\s{0,12}\|"#,
            r#"|(?:[^\n"'=<>{}().]|\.[a-z]){1,70}?(?::|->)\s([^\s\x60|"'\\<>{}()]{8,64})(?:[.,;]?\s|[.]?$)"#,
            r#"|(?:\s|[ \t]{2,40})(?:(?:(?:for|of|on|to) [a-z0-9 ._-]{1,40})?\s?(?:is|was|are|to|now|be|=|:|->) )?n?["'\x60(]{0,2}([^\s\x60|"'\\<>{}$()]{8,64})(?:["'\x60)]|[.,;]?\s|[.]?$))"#,
        ),
        goes_on: lead::before_made_up,
        check: check::made_up_or_of_words,
        led: lead::says_it,
        source: "how people, manuals and files of settings write a password down",
        hits: &[
            &["**Password:** ", "kR7vuq29Zt", "\n"],
            &["| Password | `", "kR7vuq29Zt", "` |"],
            &["I changed the password to ", "kR7vuq29Zt", "."],
            &["the password for the db is ", "kR7vuq29Zt", "\n"],
            &["log in with password ", "kR7vuq29Zt", "\n"],
            &["ENV MYSQL_ROOT_PASSWORD ", "kR7vuq29Zt", "\n"],
            &["ALTER ROLE app PASSWORD '", "kR7vuq29Zt", "';"],
            &["password    ", "kR7vuq29Zt", "\n"],
            &[
                "A temporary password is generated for root@localhost: ",
                "kR7vuq29Zt",
                "\n",
            ],
            &["new password -> ", "kR7vuq29Zt", "\n"],
            &["  user anna\n  password ", "Velvet", "Sierra96!", "\n"],
        ],
        misses: &[
            &["FIGMA_TOKEN=password\nLINEAR_API_KEY=aBc12345"],
            &["Fix a typo in passwd's page. Closes: Bug#53857,#75791"],
            &["the password is required since Version2Beta"],
            &["| Password | Required1 |"],
            &["b\"GET /channel?passwd HTTP/1.1\\r\\nHost:\""],
            &["enter your password to continue with Step2Wizard"],
            &["import password from validatePassword2Hash"],
        ],
        ..TOKEN
    },
    Detector {
        id: "password_column",
        title: "Password in a table of data",
        keywords: WORDS,
        lead: 130,
        reach: 600,
        pattern: concat!(
            // A line of columns' names, a rule, and a row; or a statement's names and values.
            r#"(?i)(?:(?:^|\n|": ")[ \t"'\x60a-z0-9_,;|]{0,110}(?:password|passwd|pwd)["'\x60]?[ \t]{0,40}(?:[,;|\t][ \t"'\x60a-z0-9_,;|]{0,160})?\r?\n(?:[-+=| :]{3,200}\r?\n)?"#,
            r#"|\([ "'\x60a-z0-9_,]{0,110}(?:password|passwd|pwd)["'\x60]?[ ]?[,)][ "'\x60a-z0-9_,]{0,160}\)?\s{0,4}(?:values\s{0,4}\(|from stdin;\n))"#,
            r#"([^\n]{8,280})"#,
        ),
        goes_on: lead::before_made_up,
        check: check::has_made_up_field,
        source: "how databases print and dump their tables, and CSV (RFC 4180)",
        hits: &[
            &[
                "name,url,username,password\nacme,https://a.io,bob,",
                "kR7vuq29Zt",
                "\n",
            ],
            &[
                "INSERT INTO users (id,email,password) VALUES (1,'a@b.com','",
                "kR7vuq29Zt",
                "');",
            ],
            &[
                " id | username | password\n----+----------+-----------\n  1 | jenkins | ",
                "kR7vuq29Zt",
                "\n(1 row)",
            ],
            &[
                "| Site | User | Password |\n|------|------|----------|\n| a | b | `",
                "kR7vuq29Zt",
                "` |\n",
            ],
        ],
        misses: &[
            &["name,username,password\nacme,bob,changeme12\n"],
            &["(id,email,password) VALUES (1,'a@b.com','$2b$12$KIXQ4Dd1Zz8kR7vuq29ZtOe')"],
            &["username, password\nreturn UserName2Field"],
        ],
        ..TOKEN
    },
    Detector {
        id: "password_called_pass",
        title: "Password",
        keywords: &["pass", "PASS", "Pass", "_pw", "_PW"],
        lead: 12,
        reach: 128,
        pattern: concat!(
            r#"(?:(?:(?:(?:^|[^A-Za-z0-9])(?:pass|Pass)|(?i:_|db|ssh|smtp|remote|become|user|login|key|store|require|root|admin|mail|auth|proxy|ftp|sql|my|su|redis|ldap|bind|mqtt|wifi|vnc|rpc|http|imap|pop|api|app|default|master)(?:pass|PASS|Pass)|[a-z0-9]Pass|_(?:pw|PW))[\\"'\]]{0,4}\s{0,12}(?:=>|:=|={1,3}|:)"#,
            // `PASS: what was tried`: the report of a test.
            r#"|(?:^|[^A-Za-z0-9])PASS(?:[\\"']{1,4}\s{0,12}:|[\\"']{0,4}\s{0,12}=))"#,
            r#"\s{0,12}[bf]?(?:\\{0,3}["'\x60]([^"'\x60\s\\]{6,64})\\{0,3}["'\x60]|([^\s"'\x60\\;,&<>(){}|$]{7,64})(?:[\s"'\\;,&<]|$))"#,
            r#"|(?i:pass)["']\s?,\s?["']([^"'\s]{6,64})["'])"#,
        ),
        goes_on: lead::assigned_or_letters,
        check: check::pass_like,
        source: "how short names call a password, an assignment",
        hits: &[
            &["DB_PASS=", "kR7vuq29Zt"],
            &["auth: { user: 'svc', pass: '", "kR7vuq29Zt", "' }"],
            &["define('DB_PASS', '", "kR7vuq29Zt", "');"],
            &["smtpPass = \"", "kR7vuq29Zt", "\""],
            &["sshpass=", "kR7vuq29Zt"],
            &["ROOT_PW=", "kR7vuq29Zt"],
        ],
        misses: &[
            &["bypass=", "kR7vuq29Zt"],
            &["compass: \"", "kR7vuq29Zt", "\""],
            &["pass: ", "${DB_PASS1}"],
            &["DB_PASS=changeme12"],
            &["pass: function2"],
            &["boarding pass: QK7ZPM2"],
            &["PASS: pr10606-2c"],
        ],
        ..TOKEN
    },
];
