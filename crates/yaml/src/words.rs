//! Words for messages: the one that was meant, and several in a row.

/// The known word that comes nearest, if one is near.
pub fn nearest<'w>(word: &str, known: &[&'w str]) -> Option<&'w str> {
    // Long words are no typing errors, and comparing them would cost.
    if word.len() > 40 {
        return None;
    }
    similar::get_close_matches(word, known, 1, 0.65)
        .first()
        .copied()
}

/// `a`, `b` and `c`.
pub fn quoted(words: &[&str]) -> String {
    let all: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match all.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => all.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_near_word_is_found_and_a_far_one_is_not() {
        let known = ["routes", "default", "token_ref"];
        assert_eq!(nearest("ruotes", &known), Some("routes"));
        assert_eq!(nearest("tokenref", &known), Some("token_ref"));
        assert_eq!(nearest("zebra", &known), None);
        assert_eq!(nearest(&"r".repeat(10_000), &known), None);
    }
}
