//! `auth` and every other place where a secret is named, never written.

use bottle_policy::{Auth, AuthScheme, SecretRef, SecretRefError};

use super::Reader;
use crate::keys;
use crate::node::{Node, Value};
use crate::remark::Named;
use crate::walk::Fields;

/// The user name that the large git hosts take beside a token.
const DEFAULT_USER: &str = "x-access-token";

/// Headers that frame or route a message, so that no credential stands there.
const FRAMING: [&str; 12] = [
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "expect",
    "host",
    "keep-alive",
    "proxy-authorization",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// A route's `auth`. Every key is read, whatever the others say.
pub(super) fn read(reader: &mut Reader<'_>, node: &Node) -> Option<Auth> {
    let fields = reader.walk.fields("`auth`", node, &keys::AUTH)?;
    let token = fields
        .get("token_ref")
        .and_then(|node| secret_ref(reader, "`token_ref`", node));
    let username = match fields.get("username") {
        Some(node) => username(reader, node),
        None => Some(DEFAULT_USER.to_owned()),
    };
    let header = fields.get("header").and_then(|node| header(reader, node));
    let entry = fields.entry("scheme")?;
    let scheme = reader.walk.word("`scheme`", &entry.node, keys::SCHEMES)?;
    only_for(reader, &fields, "username", scheme, "basic");
    only_for(reader, &fields, "header", scheme, "header");
    if scheme == "header" && fields.get("header").is_none() {
        reader
            .walk
            .fault(&entry.node.span, "`scheme: header` needs the header's name")
            .help("add `header: x-api-key`, or whatever the service reads");
    }
    let scheme = match scheme {
        "basic" => AuthScheme::Basic {
            username: username?,
        },
        "bearer" => AuthScheme::Bearer,
        _ => AuthScheme::Header { name: header? },
    };
    let token = token?;
    let variable = match &token {
        SecretRef::Env(name) => Some(name.clone()),
        SecretRef::Cmd(_) | SecretRef::File(_) => None,
    };
    Some(Auth {
        scheme,
        token,
        variable,
    })
}

fn only_for(reader: &mut Reader<'_>, fields: &Fields<'_>, key: &str, scheme: &str, owner: &str) {
    if scheme == owner {
        return;
    }
    if let Some(entry) = fields.entry(key) {
        reader
            .walk
            .fault(
                &entry.key_span,
                format!("`{key}` belongs to `scheme: {owner}`, and this is `{scheme}`"),
            )
            .help(format!("remove it, or write `scheme: {owner}`"));
    }
}

fn username(reader: &mut Reader<'_>, node: &Node) -> Option<String> {
    let text = reader.walk.text("`username`", node)?;
    if text.is_empty() || text.contains(':') || text.chars().any(char::is_control) {
        reader.walk.fault(
            &node.span,
            "a user name has at least one character and no colon",
        );
        return None;
    }
    Some(text.to_owned())
}

fn header(reader: &mut Reader<'_>, node: &Node) -> Option<String> {
    let text = reader.walk.text("`header`", node)?.to_ascii_lowercase();
    let word = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
    if text.is_empty() || !text.bytes().all(word) {
        reader
            .walk
            .fault(&node.span, "this is no header's name")
            .help("a name such as `x-api-key`, without the colon");
        return None;
    }
    if FRAMING.contains(&text.as_str()) {
        reader.walk.fault(
            &node.span,
            format!("`{text}` is part of how a message travels and carries no credential"),
        );
        return None;
    }
    Some(text)
}

/// A reference to a secret. Whatever is no reference may be the secret itself:
/// it is neither repeated nor shown.
pub(super) fn secret_ref(reader: &mut Reader<'_>, what: &str, node: &Node) -> Option<SecretRef> {
    let Value::Scalar(scalar) = &node.value else {
        reader.walk.hide_all(node);
        reader
            .walk
            .wrong(what, "a reference such as `env:NAME`", node, None);
        return None;
    };
    let error = match scalar.text.parse::<SecretRef>() {
        Ok(SecretRef::Env(name)) if crate::random::looks_random(&name) => SecretRefError::Kind,
        Ok(SecretRef::File(text)) if SecretRef::file_parts(&text).0.is_empty() => {
            SecretRefError::Empty("file")
        }
        Ok(reference) => {
            let named = Named::Secret(reference.clone());
            reader.named.push((named, node.span.clone()));
            return Some(reference);
        }
        Err(error) => error,
    };
    reader.walk.hide(&node.span);
    let message = match error {
        SecretRefError::Empty(kind) => format!("nothing stands after `{kind}:`"),
        SecretRefError::Name(_) => {
            "after `env:` stands the name of an environment variable".to_owned()
        }
        SecretRefError::Kind | _ => {
            format!("{what} names a secret and never contains one (its text is not shown here)")
        }
    };
    reader
        .walk
        .fault(&node.span, message)
        .help("write env:NAME, file:PATH or cmd:COMMAND; if this was a real secret, it now stands in a file: replace it");
    None
}
