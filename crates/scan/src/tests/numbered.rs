//! Private keys as tools show files: every line behind a number, a name, a sign.

use data_encoding::BASE64;

use super::{found, ids};

/// A key of no one: its inside is noise, its form is right.
fn key(header: &str, lines: usize) -> Vec<String> {
    let mut state = 0x9e37_79b9_u32;
    let noise: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_le_bytes()[3]
    })
    .take(48 * lines)
    .collect();
    let body = BASE64.encode(&noise);
    let body = body.as_bytes().chunks(64);
    let body = body.map(|line| String::from_utf8(line.to_vec()).unwrap());
    let ends = ["BEGIN", "END"].map(|end| format!("-----{end} {header}-----"));
    let [first, last] = ends;
    let about = if header.starts_with("RSA") {
        vec![
            "Proc-Type: 4,ENCRYPTED",
            "DEK-Info: AES-128-CBC,9C04E7B17BE20F4D",
            "",
        ]
    } else {
        Vec::new()
    };
    let about = about.into_iter().map(str::to_owned);
    [first]
        .into_iter()
        .chain(about)
        .chain(body)
        .chain([last])
        .collect()
}

#[test]
fn a_key_is_seen_however_its_lines_begin_and_end() {
    let forms: [fn(usize, &str) -> String; 14] = [
        |at, line| format!("{at:6}\t{line}"),
        |at, line| format!("{at:6}\u{2192}{line}"),
        |at, line| format!("{at}: {line}"),
        |at, line| format!("deploy/secrets/prod/key.pem:{at}:{line}"),
        |_, line| format!("> {line}"),
        |_, line| format!("# {line}"),
        |_, line| format!("// {line}"),
        |_, line| format!(" * {line}"),
        |_, line| format!("-{line}"),
        |_, line| format!("+{line}"),
        |_, line| format!("2026-11-27T01:02:03.123456Z app_1  | {line}"),
        |_, line| format!("{line}<br>"),
        |_, line| format!("echo \"{line}\" >> /root/.ssh/id"),
        |_, line| format!("    \"{line}\\n\" +"),
    ];
    for header in [
        "PRIVATE KEY",
        "RSA PRIVATE KEY",
        "OPENSSH PRIVATE KEY",
        "PGP PRIVATE KEY BLOCK",
    ] {
        for form in forms {
            let lines = key(header, 6);
            let lines: Vec<String> = (1..).zip(&lines).map(|(at, line)| form(at, line)).collect();
            let text = format!("cat key\n{}\n", lines.join("\n"));
            let in_json = serde_json::json!({"messages": [{"content": text}]}).to_string();
            for text in [&text, &in_json] {
                let seen = found(text.as_bytes());
                let seen = ids(&seen);
                assert!(
                    seen.iter().any(|id| id.ends_with("private_key")),
                    "{seen:?} {text}"
                );
            }
        }
    }
}

#[test]
fn what_only_speaks_of_a_key_is_none() {
    let begin = ["-----BEGIN RSA ", "PRIVATE KEY-----"].concat();
    let certificate = key("CERTIFICATE", 6).join("\n");
    for text in [
        format!(
            "     1\t{begin}\n     2\t...\n     3\t-----END RSA PRIVATE KEY-----\n{certificate}"
        ),
        format!(
            "if (text.startsWith(\"{begin}\")) {{\n    return parsePrivateKeyFromThePemEncodedTextOfTheFile(text);\n}}"
        ),
        format!("// {begin}\n// followed by the key in base64, 64 characters to a line\n"),
    ] {
        assert_eq!(ids(&found(text.as_bytes())), Vec::<&str>::new(), "{text}");
    }
}
