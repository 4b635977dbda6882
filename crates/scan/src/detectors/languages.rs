//! Passwords that people write down in other languages than English. The word, what
//! hands the value over, and a value that looks made up.

use super::{Detector, TOKEN, check, lead};

pub(super) const TABLE: &[Detector] = &[Detector {
    id: "password_in_other_languages",
    title: "Password in a sentence",
    keywords: &[
        "asswort",
        "ASSWORT",
        "ennwort",
        "ugangsdaten",
        "chlüssel:",
        "de passe",
        "mdp",
        "ontrase\u{f1}a",
        "ontrasena",
        "lave:",
        "lave es ",
        "enha",
        "achtwoord",
        "asło",
        "\u{f6}senord",
        "ifre: ",
        "arola",
        "password è",
        "密码",
        "密碼",
        "パスワード",
        "비밀번호",
        "ароль",
    ],
    lead: 6,
    reach: 120,
    pattern: concat!(
        r#"(?i)(?:passwort|kennwort|zugangsdaten|schlüssel|mot de passe|\bmdp\b|contrase(?:ñ|n)a|\bclave\b|\bsenha\b|wachtwoord|hasło|lösenord|(?:ş|Ş)ifre|\bparola\b|password è|密码|密碼|パスワード|비밀번호|ароль)"#,
        r#"[^\n"'=:]{0,40}?(?:\s?(?::|：|=)\s{0,3}|\s(?:lautet|ist|est|es|é|è|是|to)\s|是|为|は|[ \t])(?:[A-Za-z0-9_.@-]{1,40}\s?/\s?)?(?:「|["'\x60(]){0,3}"#,
        r#"([!-~&&[^\s"'\x60<>{}\\%]]{8,64})"#,
    ),
    goes_on: lead::before_digits,
    check: check::made_up_or_of_words,
    source: "what a password is called in German, French, Spanish, Portuguese, Dutch, Polish, Swedish, Turkish, Italian, Chinese, Japanese, Korean, Russian",
    hits: &[
        &["Passwort: ", "kR7vuq29Zt", "\n"],
        &["Das Passwort lautet ", "kR7vuq29Zt", ", bitte"],
        &["Mot de passe : ", "kR7vuq29Zt", "\n"],
        &["La contraseña es ", "kR7vuq29Zt", "\n"],
        &["Senha: ", "kR7vuq29Zt", "\n"],
        &["密码:", "kR7vuq29Zt", "\n"],
        &["パスワードは「", "kR7vuq29Zt", "」です"],
        &["Пароль: ", "kR7vuq29Zt", "\n"],
    ],
    misses: &[
        &["Passwort vergessen? Hilfe2Seite"],
        &["Le mot de passe doit contenir 12 caractères"],
        &["\"senha\": \"Senha\""],
        &["clave: valor2"],
    ],
    ..TOKEN
}];
