//! A token as single characters, and as code that makes it.

use super::{assert_nothing, assert_own, assert_token};
use crate::tests::{found, ids, token};

fn each(spell: &dyn Fn(char) -> String, between: &str) -> String {
    let letters: Vec<String> = token().chars().map(spell).collect();
    letters.join(between)
}

#[test]
fn lists_of_characters_are_put_together() {
    for quote in ['"', '\''] {
        for between in [",", ", ", ",\n  ", "+", " + ", " "] {
            let list = each(&|c| format!("{quote}{c}{quote}"), between);
            assert_token("characters", &format!("[{list}]"));
        }
    }
    assert_token(
        "characters of C",
        &format!("char k[] = {{{}, 0}};", each(&|c| format!("'{c}'"), ", ")),
    );
}

#[test]
fn calls_for_single_characters_are_put_together() {
    let code = |c: char| u32::from(c);
    let calls = [
        each(&|c| format!("chr({})", code(c)), "+"),
        each(&|c| format!("chr({})", code(c)), " + "),
        each(&|c| format!("chr({})", code(c)), ","),
        each(&|c| format!("chr({})", code(c)), " . "),
        each(&|c| format!("chr(0x{:x})", code(c)), "+"),
        each(&|c| format!("CHR({})", code(c)), " || "),
        each(&|c| format!("Chr({})", code(c)), " & "),
        each(&|c| format!("(char){}", code(c)), ", "),
        each(&|c| format!("[char]{}", code(c)), "+"),
        each(&|c| format!("char(\"{}\")", code(c)), ";"),
    ];
    for call in calls {
        assert_token("calls", &format!("key = {call}"));
    }
}

#[test]
fn a_token_in_other_bases_is_put_together() {
    assert_token("octal", &each(&|c| format!("0{:o}", u32::from(c)), ", "));
    assert_token("octal", &each(&|c| format!("0o{:o}", u32::from(c)), ", "));
    assert_token("octal", &each(&|c| format!("{:03o}", u32::from(c)), " "));
    assert_token(
        "binary",
        &each(&|c| format!("0b{:08b}", u32::from(c)), ", "),
    );
    assert_token("hex", &each(&|c| format!("{:x}h", u32::from(c)), ", "));
    assert_token(
        "code points",
        &each(&|c| format!("U+{:04X}", u32::from(c)), " "),
    );
}

fn rot13(text: &str) -> String {
    let turn = |c: char| match c {
        'a'..='m' | 'A'..='M' => char::from(c as u8 + 13),
        'n'..='z' | 'N'..='Z' => char::from(c as u8 - 13),
        c => c,
    };
    text.chars().map(turn).collect()
}

#[test]
fn tokens_backwards_and_in_rot13_are_found() {
    let backwards: String = token().chars().rev().collect();
    for text in [backwards, rot13(&token())] {
        assert_token("alone", &text);
        assert_token("in words", &format!("let a = \"{text}\";"));
    }
}

#[test]
fn a_value_of_the_operator_in_rot13_is_found() {
    assert_own("rot13", &format!("a = {}", rot13(super::OWN)));
    let spaced: String = rot13(super::OWN).chars().flat_map(|c| [c, '.']).collect();
    assert_own("rot13 with signs", &spaced);
}

#[test]
fn tables_of_characters_are_no_text() {
    let letters: Vec<_> = ('a'..='z')
        .chain('A'..='Z')
        .chain('0'..='9')
        .map(|c| format!("'{c}'"))
        .collect();
    assert_nothing(&letters.join(", "));
    let codes: Vec<_> = (32..127).map(|n| format!("chr({n})")).collect();
    assert_nothing(&codes.join(" + "));
}

/// As an agent looks at a file's bytes, and lists its characters.
#[test]
fn dumps_and_lists_of_a_file_s_characters_are_read() {
    let secret = ["wkE93kdIe83LskE93", "kdLe93lskEjd93kQ7bXr2mN"].concat();
    let file = format!("DEBUG=1\nAPI_TOKEN={secret}\n");
    let list: Vec<String> = file.chars().map(|c| c.to_string()).collect();
    let cell = |byte: &u8| match byte {
        b'\n' => "  \\n".to_owned(),
        byte => format!("   {}", char::from(*byte)),
    };
    let cells: Vec<String> = file.as_bytes().iter().map(cell).collect();
    let lines = |base: fn(usize) -> String| {
        let line = |(at, line): (usize, &[String])| format!("{}{}\n", base(at * 16), line.concat());
        cells.chunks(16).enumerate().map(line).collect::<String>()
    };
    let od = lines(|offset| format!("{offset:07o}"));
    for text in [
        od.clone(),
        lines(|offset| format!("{offset:07x}")),
        serde_json::json!({"output": format!("$ od -c .env\n{od}")}).to_string(),
        serde_json::to_string(&list).unwrap(),
        format!("{list:?}").replace('"', "'"),
        serde_json::json!({"output": serde_json::to_string(&list).unwrap()}).to_string(),
    ] {
        assert!(
            ids(&found(text.as_bytes())).contains(&"generic_secret"),
            "{text}"
        );
    }
}

#[test]
fn literals_that_are_added_to_one_another_are_one() {
    let (one, two) = (
        ["ghp", "_66C33HLP7KZg"].concat(),
        "tgIUraS1Y29yVu4fd61sRv0c",
    );
    for text in [
        format!("t='{one}''{two}'"),
        format!("t = '{one}'\nt += '{two}'"),
        format!("sb.append(\"{one}\");\nsb.append(\"{two}\");"),
        serde_json::json!({"code": format!("t = \"{one}\"\nt += \"{two}\"")}).to_string(),
        format!("{}{two}", one.replace('_', "\\_")),
    ] {
        assert!(
            ids(&found(text.as_bytes())).contains(&"github_token"),
            "{text}"
        );
    }
}
