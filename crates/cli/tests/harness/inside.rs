//! Looking for something in all that an agent can see.
//!
//! What is looked for never comes in: everything is shown, and looked through
//! outside.

/// A shell script that prints the environment and the arguments of every
/// process, and every file of the places where something could have been put;
/// programs that the host shows are none.
pub(crate) const SHOW_EVERYTHING: &str = r#"
for file in /proc/[0-9]*/environ /proc/[0-9]*/cmdline; do cat "$file" 2>/dev/null; done
find /tmp /var/tmp /run /dev/shm /etc "$HOME" . -name node_modules -prune -o -type f -size -1000k -exec cat {} + 2>/dev/null
true"#;

/// The parts of a token that occur in a text: all of it, or any eight
/// characters that follow one another behind its prefix.
pub(crate) fn parts_of<'a>(token: &'a str, prefix: &str, text: &str) -> Vec<&'a str> {
    let secret = token.strip_prefix(prefix).expect("it begins with that");
    (0..=secret.len().saturating_sub(PART))
        .filter_map(|from| secret.get(from..from + PART))
        .filter(|part| text.contains(part))
        .collect()
}

const PART: usize = 8;
