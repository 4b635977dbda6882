//! Escapes for a single character that some language has.

use super::assert_token;
use crate::tests::token;

fn each(spell: &dyn Fn(u32) -> String) -> String {
    token().chars().map(|c| spell(u32::from(c))).collect()
}

type Spell = fn(u32) -> String;

const ESCAPES: [(&str, Spell); 12] = [
    ("\\U with eight digits", |c| format!("\\U{c:08x}")),
    ("\\x in braces", |c| format!("\\x{{{c:x}}}")),
    ("\\x in braces with zeros", |c| format!("\\x{{{c:04X}}}")),
    ("\\u in braces with many zeros", |c| {
        format!("\\u{{{c:06x}}}")
    }),
    ("\\o in braces", |c| format!("\\o{{{c:o}}}")),
    ("%u", |c| format!("%u{c:04x}")),
    ("%U", |c| format!("%u{c:04X}")),
    ("CSS, six digits", |c| format!("\\{c:06x}")),
    ("CSS, six digits and a blank", |c| format!("\\{c:06X} ")),
    ("CSS, as short as can be", |c| format!("\\{c:x} ")),
    ("HTML with zeros", |c| format!("&#x{c:06x};")),
    ("HTML, decimal with zeros", |c| format!("&#{c:07};")),
];

#[test]
fn every_escape_of_a_character_is_undone() {
    for (which, spell) in ESCAPES {
        assert_token(which, &each(&spell));
        assert_token(which, &format!("a = \"{}\";", each(&spell)));
    }
}

/// One letter of it is enough to hide it.
#[test]
fn a_single_escape_is_undone() {
    for (which, spell) in ESCAPES {
        let first = token().chars().next().unwrap();
        let one = token().replacen(first, &spell(u32::from(first)), 1);
        assert_token(which, &format!("a = \"{one}\";"));
    }
}

/// As a shell quotes what is no text, and as `cat -A` shows lines.
#[test]
fn what_shells_print_is_read() {
    let octal = each(&|c| format!("\\{c:03o}"));
    assert_token("printf", &format!("printf '{octal}'"));
    assert_token(
        "printf with zeros",
        &format!("printf '{}'", each(&|c| format!("\\0{c:03o}"))),
    );
    assert_token("quoted", &format!("$'{}'", each(&|c| format!("\\x{c:x}"))));
    assert_token("shown", &format!("key^I{}$\n", token()));
}
