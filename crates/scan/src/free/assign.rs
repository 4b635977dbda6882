//! Values that are random and stand behind a word for a credential.
//!
//! The value is looked for first, by its length alone: that is rare in text
//! and cheap to see. Then its make-up is judged, and last the name before it.

use std::ops::Range;

use crate::free::Emit;
use crate::free::context::{self, Context, Link, Naming, Service};
use crate::free::value::Value;
use crate::free::{numbers, wallet};

/// The shortest value that is looked at.
const MIN_VALUE: usize = 14;
/// The longest part of a run that is judged.
const MAX_VALUE: usize = 600;

/// The id of findings that a naming word and a random value make.
pub(crate) const GENERIC: &str = "generic_secret";
/// The id of findings that a service's name and a likely value make.
pub const SERVICE: &str = "service_credential";

/// What a value may be made of.
pub(crate) fn is_value(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+' | b'/' | b'.' | b'~')
}

/// What a run is by its own characters, whatever stands before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Makeup {
    Other,
    Value,
}

/// Judges one run of value characters.
pub(crate) fn judge(text: &[u8], run: Range<usize>, emit: &mut Emit<'_>) -> Makeup {
    wallet::keys(text, &run, emit);
    numbers::iban_run(text, &run, emit);
    if run.len() < MIN_VALUE {
        return Makeup::Other;
    }
    let bytes = text.get(run.clone()).unwrap_or_default();
    let lead = bytes
        .iter()
        .take_while(|b| matches!(b, b'.' | b'/' | b'-' | b'~'))
        .count();
    let tail = bytes
        .iter()
        .rev()
        .take_while(|b| matches!(b, b'.' | b'/' | b'-' | b'~'))
        .count();
    if lead + tail >= bytes.len() {
        return Makeup::Other;
    }
    let all = run.start + lead..run.end - tail;
    let whole = all.start..all.end.min(all.start + MAX_VALUE);
    // The value's make-up is judged before its name is read: most runs are words.
    let bytes = text.get(whole.clone()).unwrap_or_default();
    let value = Value::new(bytes);
    if !value.may_be_secret() {
        return Makeup::Other;
    }
    let random = value.is_likely() || value.is_random();
    if random && let Some(id) = verdict(text, &whole, context::before(text, run.start)) {
        emit(id, padded(text, all));
        return Makeup::Value;
    }
    let makeup = if random { Makeup::Value } else { Makeup::Other };
    if !(bytes.contains(&b'-') || bytes.contains(&b'_')) {
        return makeup;
    }
    let Some(value) = glued(text, &whole) else {
        return makeup;
    };
    if let Some(id) = verdict(
        text,
        &value,
        text.get(whole.start..value.start).and_then(context::glued),
    ) {
        emit(id, value);
    }
    Makeup::Value
}

/// The value with its base64 padding.
fn padded(text: &[u8], range: Range<usize>) -> Range<usize> {
    let rest = text.get(range.end..).unwrap_or_default();
    let padding = rest.iter().take(2).take_while(|b| **b == b'=').count();
    range.start..range.end + padding
}

/// `service-secret-key-VALUE`: the rest of a run behind its last naming word.
fn glued(text: &[u8], run: &Range<usize>) -> Option<Range<usize>> {
    const NAMES: [&[u8]; 6] = [b"secret", b"key", b"token", b"private", b"access", b"pat"];
    let bytes = text.get(run.clone())?;
    let named = |end: &usize| {
        let before = bytes.get(..*end).unwrap_or_default();
        NAMES.iter().any(|name| {
            let from = before.len().checked_sub(name.len());
            from.and_then(|from| before.get(from..))
                .is_some_and(|last| last.eq_ignore_ascii_case(name))
        })
    };
    let signs = bytes.iter().take(65).enumerate().rev();
    let end = signs
        .filter(|(_, byte)| matches!(byte, b'-' | b'_'))
        .map(|(at, _)| at)
        .find(named)?;
    let start = run.start + end + 1;
    (start + MIN_VALUE <= run.end).then_some(start..run.end)
}

fn verdict(text: &[u8], value: &Range<usize>, context: Option<Context>) -> Option<&'static str> {
    let context = context?;
    let bytes = text.get(value.clone())?;
    let cut = text.get(value.end..value.end + 2);
    let value = Value::new(bytes);
    let id = if context.service != Service::None && of_service(&value, &context) {
        SERVICE
    } else if generic(&value, &context) && !value.says_something() {
        GENERIC
    } else {
        return None;
    };
    // A number before a colon is the name of what follows.
    let goes_on = matches!(cut, Some([b':', next]) if next.is_ascii_alphanumeric());
    let is_name = goes_on && bytes.iter().all(u8::is_ascii_digit);
    (!is_name && !value.is_stand_in() && !value.is_told_elsewhere()).then_some(id)
}

fn of_service(value: &Value<'_>, context: &Context) -> bool {
    let named = context.naming != Naming::None;
    let long = context.link == Link::Assigned || value.len() >= 18;
    let no_key = context.naming == Naming::Key && value.is_text();
    if context.label || no_key || (context.id && value.is_uuid()) {
        return false;
    }
    match context.service {
        Service::Word if context.naming == Naming::Key => value.len() >= 20 && value.is_random(),
        Service::Word => named && long && value.is_likely(),
        Service::Near | Service::Own if named => long && value.is_likely(),
        Service::Near | Service::Own if context.named_near && !context.store => {
            value.len() >= 20 && value.is_random()
        }
        Service::Alone if value.is_hex() => !context.store && value.len() >= 32,
        Service::Alone if value.is_uuid() => context.link == Link::Beside && !context.store,
        Service::Alone => {
            value.len() >= 20
                && value.is_plain()
                && value.is_likely()
                && !value.begins_with_a_word()
        }
        Service::Own => {
            context.link == Link::Assigned
                && value.len() >= 20
                && value.is_random()
                && value.is_plain()
                && !value.is_hex()
                && !value.is_uuid()
        }
        Service::None | Service::Near => false,
    }
}

fn generic(value: &Value<'_>, context: &Context) -> bool {
    if context.below || context.label {
        return false;
    }
    if value.is_uuid() {
        return context.surely && context.link == Link::Assigned;
    }
    let long = if value.is_hex() { 32 } else { 16 };
    match (context.naming, context.link) {
        (Naming::Credential, Link::Assigned) => value.len() >= long && value.is_random(),
        (Naming::Credential, Link::Beside) => {
            value.len() >= 20 && value.is_random() && !value.is_hex()
        }
        (Naming::Key, Link::Assigned) => value.len() >= 24 && value.is_mixed(),
        (Naming::Key, Link::Beside) | (Naming::None, _) => false,
    }
}
