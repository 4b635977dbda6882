//! A token that something stands within: line ends, colours, tags, separators; a name
//! and its value in colours.

use super::{found, ids};

/// A token of documented form, in two parts.
fn token() -> (String, String) {
    (
        ["ghp", "_66C33HLP7KZgtgIU"].concat(),
        "raS1Y29yVu4fd61sRv0c".to_owned(),
    )
}

#[test]
fn a_token_is_found_whatever_stands_within_it() {
    let (one, two) = token();
    for between in [
        "\n",
        "\r\n    ",
        " \\\n  ",
        "\\n+",
        "\n    12\t",
        "\u{1b}[01;31m\u{1b}[K",
        "\\u001b[m",
        "<mark>",
        "</b><span class=\"hl\">",
        "**",
    ] {
        let text = format!("Authorization: Bearer {one}{between}{two} and so on");
        assert_eq!(
            ids(&found(text.as_bytes())),
            ["github_token"],
            "{between:?}"
        );
    }
}

/// By chance a token has hardly a digit, and letters that can be said.
#[test]
fn a_token_with_one_digit_is_found_too() {
    let (one, two) = (["glpat", "-7cYWVrCFrj"].concat(), "jQWoUZNIzg");
    for between in ["<wbr>", "\n  ", "\\n+"] {
        let text = format!("export GITLAB={one}{between}{two}\n");
        assert_eq!(ids(&found(text.as_bytes())).len(), 1, "{between:?}");
    }
}

#[test]
fn a_token_is_found_with_a_separator_at_every_so_many_characters() {
    let (one, two) = token();
    let whole: Vec<char> = [one, two].concat().chars().collect();
    for every in [4, 5, 7, 10] {
        for separator in [" ", ", ", "|", "\u{1f511}", "<br>", "\n"] {
            let pieces = whole
                .chunks(every)
                .map(|piece| piece.iter().collect::<String>());
            let text = pieces.collect::<Vec<_>>().join(separator);
            assert_eq!(
                ids(&found(text.as_bytes())),
                ["github_token"],
                "{every} {separator:?}"
            );
        }
    }
}

#[test]
fn words_behind_the_beginning_of_a_token_are_none() {
    for text in [
        "tokens begin with ghp_ and then there are 36 letters and digits, as in 2021",
        "prefixes:\nghp_\ngho_\nghu_\nghs_\nghr_\n\n1 to 36 characters behind them",
        "sk-spinner sk-chasing2 sk-circle12 sk-fading-circle sk-child4 sk-folding-cube1",
        "AKIA\nASIA\nABIA\nACCA0123",
        "  --artifact-id pa-pcz347abcdcfm \\\n  --product-id prod-abcdfz3syn2rg4x7q2m9",
    ] {
        assert_eq!(ids(&found(text.as_bytes())), [""; 0], "{text}");
    }
}

#[test]
fn colours_hide_no_name_and_no_value() {
    let value = ["wkE93kdIe83LskE93", "kdLe93lskEjd93kQ7bXr2mN"].concat();
    for escape in ["\u{1b}", "\\u001b"] {
        let text =
            format!("out:\"{escape}[34mAPI_TOKEN{escape}[0m={escape}[32m{value}{escape}[0m\"");
        assert_eq!(ids(&found(text.as_bytes())), ["generic_secret"], "{text}");
    }
}
