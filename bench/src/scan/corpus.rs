//! Conversations with a model, made of the source files of a folder: what an
//! agent sends all day. The same folder gives the same bytes.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

/// Text of one message, at most.
const MESSAGE: usize = 12_000;
/// Bodies end behind so many bytes.
const BODY: usize = 150_000;

/// Bodies of `len` bytes in all, those that `clean` lets pass. Made of the
/// files in `sources`, or of the project's own.
pub(crate) fn conversations(
    len: usize,
    sources: &[PathBuf],
    clean: impl Fn(&[u8]) -> bool,
) -> Result<Vec<Vec<u8>>, Box<dyn Error>> {
    let own = [PathBuf::from("../crates"), PathBuf::from("../docs")];
    let sources = if sources.is_empty() { &own } else { sources };
    let mut files = Vec::new();
    for source in sources {
        collect(source, &mut files)?;
    }
    let texts: Vec<String> = files
        .iter()
        .filter_map(|file| fs::read_to_string(file).ok())
        .collect();
    let messages: Vec<String> = texts
        .iter()
        .flat_map(|text| pieces(text))
        .filter(|message| clean(message.as_bytes()))
        .map(|text| message(&text))
        .collect();
    if messages.is_empty() {
        return Err("there are no source files: name a folder".into());
    }
    let mut bodies = Vec::new();
    let (mut all, mut next) = (0, messages.iter().cycle());
    while all < len {
        // Each body says something of its own, so that none is the same as another.
        let mut body = format!(
            "{{\"model\":\"m\",\"user\":\"body {}\",\"messages\":[",
            bodies.len()
        );
        while body.len() < BODY.min(len - all) {
            body += next.next().map_or("", String::as_str);
            body.push(',');
        }
        body += "{}]}";
        all += body.len();
        bodies.push(body.into_bytes());
    }
    Ok(bodies)
}

/// A conversation that grows to `len` bytes, turn by turn.
pub(crate) fn turns(bodies: &[Vec<u8>], turns: usize, len: usize) -> Vec<Vec<u8>> {
    let text: Vec<u8> = bodies.iter().flatten().copied().take(len).collect();
    (1..=turns)
        .map(|turn| {
            text.iter()
                .copied()
                .take(text.len() * turn / turns)
                .collect()
        })
        .collect()
}

/// What the head says of its body's length.
pub(crate) const LENGTH: &str = "104857";

/// The texts of an ordinary request's head.
pub(crate) fn head() -> Vec<String> {
    const HEAD: &str = "/v1/messages?beta=true\nPOST\napi.example.com\naccept\napplication/json\n\
        accept-encoding\ngzip, deflate, br\nconnection\nkeep-alive\ncontent-type\napplication/json\n\
        content-length\n104857\nuser-agent\nagent-cli/1.0.83 (external, cli)\nx-app\ncli\n\
        x-stainless-arch\nx64\nx-stainless-lang\njs\nx-stainless-os\nLinux\n\
        x-stainless-package-version\n0.55.1\nx-stainless-retry-count\n0\nx-stainless-runtime\nnode\n\
        x-stainless-runtime-version\nv22.11.0\nx-stainless-timeout\n600\n\
        anthropic-version\n2023-06-01\nanthropic-beta\nfine-grained-tool-streaming-2025-05-14\n\
        host\napi.example.com";
    HEAD.lines().map(str::to_owned).collect()
}

/// The source files below a folder, in the order of their names.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    let entries = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .collect();
    paths.sort();
    for path in paths {
        let extension = path
            .extension()
            .and_then(|e| e.to_str())
            .unwrap_or_default();
        if path.is_dir() {
            collect(&path, files)?;
        } else if matches!(
            extension,
            "rs" | "md" | "toml" | "py" | "js" | "ts" | "c" | "go"
        ) {
            files.push(path);
        }
    }
    Ok(())
}

fn pieces(text: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for line in text.lines() {
        if pieces.last().is_none_or(|last| last.len() > MESSAGE) {
            pieces.push(String::new());
        }
        if let Some(last) = pieces.last_mut() {
            last.push_str(line);
            last.push('\n');
        }
    }
    pieces
}

/// A message that holds the text, as JSON.
fn message(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '"' => escaped.push_str("\\\""),
            '\\' => escaped.push_str("\\\\"),
            '\n' => escaped.push_str("\\n"),
            '\t' => escaped.push_str("\\t"),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    format!(
        "{{\"role\":\"user\",\"content\":[{{\"type\":\"tool_result\",\"content\":\"{escaped}\"}}]}}"
    )
}
