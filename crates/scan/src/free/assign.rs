//! Values that are random and stand behind a word for a credential.
//!
//! The value is looked for first, by its length alone: that is rare in text
//! and cheap to see. Then its make-up is judged, and last the name before it.

use std::ops::Range;

use crate::free::Emit;
use crate::free::context::{self, Context, Link, Naming, Service};
use crate::free::value::Value;
use crate::free::{digests, numbers, public, shapes, tokens, wallet};

/// The shortest value that is looked at.
const MIN_VALUE: usize = 14;
/// How far a value may go on beyond a `=`.
const MAX_SPAN: usize = 64;
/// The shortest line of base64 that is taken for one.
const LINE: usize = 48;
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
    tokens::tokens(text, &run, emit);
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
    if is_unnamed(text, &run, bytes) {
        return Makeup::Other;
    }
    let value = Value::new(bytes);
    if !value.may_be_secret() || public::is_integrity(bytes) {
        return Makeup::Other;
    }
    let random = value.is_likely() || value.is_random() || value.is_restless();
    let named = || {
        let before = verdict(text, &whole, context::before(text, run.start));
        let beside = || verdict(text, &whole, context::beside(text, &whole));
        before.or_else(|| if value.is_no_name() { beside() } else { None })
    };
    if random && let Some(id) = named() {
        emit(id, padded(text, all));
        return Makeup::Value;
    }
    if let Some(value) = spanned(text, &whole)
        && let Some(id) = verdict(text, &value, context::before(text, value.start))
    {
        emit(id, padded(text, value));
        return Makeup::Value;
    }
    let mut makeup = if random || touches_equals(text, &run) {
        Makeup::Value
    } else {
        Makeup::Other
    };
    let run_on = value.has_flips().then(|| run_on(text, &whole)).flatten();
    for value in [glued(text, &whole), run_on, served(text, &whole)]
        .into_iter()
        .flatten()
    {
        makeup = Makeup::Value;
        let name = text.get(whole.start..value.start);
        if let Some(id) = verdict(text, &value, name.and_then(context::glued)) {
            emit(id, value);
            return makeup;
        }
    }
    makeup
}

/// Whether nothing can name the run: it is a line of base64 below another, and
/// has no sign that parts a name from a value.
fn is_unnamed(text: &[u8], run: &Range<usize>, bytes: &[u8]) -> bool {
    let part = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/');
    let is_line = |line: &[u8]| line.len() >= LINE && line.iter().all(part);
    let before = text.get(..run.start).unwrap_or_default();
    let above = before.trim_ascii_end();
    let last = above
        .get(above.len().saturating_sub(LINE)..)
        .unwrap_or_default();
    above.len() < before.len() && is_line(last) && is_line(bytes) && !touches_equals(text, run)
}

/// Whether the run may be a part of a value that has a `=` in it.
fn touches_equals(text: &[u8], run: &Range<usize>) -> bool {
    let before = run.start.checked_sub(1).and_then(|at| text.get(at));
    before == Some(&b'=') || text.get(run.end) == Some(&b'=')
}

/// A value that has a `=` in it, of which the run is a part: all between the
/// quotes, or behind the first `=`.
fn spanned(text: &[u8], run: &Range<usize>) -> Option<Range<usize>> {
    let part = |b: &u8| is_value(*b) || *b == b'=';
    let back = text.get(run.start.saturating_sub(MAX_SPAN)..run.start)?;
    let on = text.get(run.end..text.len().min(run.end + MAX_SPAN))?;
    if back.last() != Some(&b'=') && on.first() != Some(&b'=') {
        return None;
    }
    let ends = on.iter().take_while(|b| part(b)).count();
    let padding = on.get(..ends)?.iter().rev().take_while(|b| **b == b'=');
    let end = run.end + ends - padding.count();
    let begins = back.iter().rev().take_while(|b| part(b)).count();
    let (outside, inside) = back.split_at_checked(back.len() - begins)?;
    // Not on what stands in the line above.
    let blank = |b: &&u8| matches!(b, b' ' | b'\t');
    let last = outside.iter().rev().find(|b| !blank(b));
    let hangs = matches!(last, Some(b':' | b'=' | b'>'));
    let quoted = matches!(outside.last(), Some(b'"' | b'\'' | b'`'));
    let name = if quoted || hangs {
        0
    } else {
        memchr::memchr(b'=', inside)? + 1
    };
    let start = run.start - inside.len() + name;
    let value = Value::new(text.get(start..end)?);
    let other = start < run.start || end > run.end;
    (other && (value.is_likely() || value.is_random())).then_some(start..end)
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
        let last = before.last().map_or(0, u8::to_ascii_lowercase);
        let may_end = matches!(last, b'e' | b'n' | b's' | b't' | b'y');
        may_end
            && NAMES.iter().any(|name| {
                let from = before.len().checked_sub(name.len());
                from.and_then(|from| before.get(from..))
                    .is_some_and(|last| last.eq_ignore_ascii_case(name))
            })
    };
    let head = bytes.get(..65).unwrap_or(bytes);
    let end = memchr::memrchr2_iter(b'-', b'_', head).find(named)?;
    let start = run.start + end + 1;
    let value = bytes.get(end + 1..)?;
    let is_other =
        goes_on_as_a_path(value) || is_of_a_build(value) || is_pod(value) || is_host(value);
    (value.len() >= MIN_VALUE && !is_other).then_some(start..run.end)
}

/// `9dc1b232ac4e3d2e.rlib`, `service-9dc1b232ac4e3d2e/out`: what a compiler has made of
/// something that is called after a credential.
fn is_of_a_build(value: &[u8]) -> bool {
    let Some(end) = value.iter().position(|b| matches!(b, b'.' | b'/')) else {
        return false;
    };
    let name = value.get(..end).unwrap_or_default();
    let hex = name
        .rsplit(|b| matches!(b, b'-' | b'_'))
        .next()
        .unwrap_or_default();
    hex.len() == 16 && digests::is_hex(hex)
}

/// `service-5727b42219-rr7jq`: a pod of what is called after a credential.
fn is_pod(value: &[u8]) -> bool {
    let mut parts = value.rsplit(|b| *b == b'-');
    let small = |part: &[u8]| {
        part.iter()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    let part = parts.next().unwrap_or_default();
    // What follows a name of the cluster's in an address.
    let one = part.split(|b| *b == b'/').next().unwrap_or_default();
    let set = parts.next().unwrap_or_default();
    one.len() == 5 && small(one) && (8..=10).contains(&set.len()) && small(set)
}

/// `x-7872.app.github.dev`: a host.
fn is_host(value: &[u8]) -> bool {
    let mut labels = value.rsplit(|b| *b == b'.');
    let last = labels.next().unwrap_or_default();
    let label = |label: &[u8]| {
        let part = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'-';
        !label.is_empty() && label.iter().all(part)
    };
    let is_word = (2..=6).contains(&last.len()) && last.iter().all(u8::is_ascii_lowercase);
    is_word && labels.clone().count() >= 2 && labels.all(label)
}

/// `php-token-stream/zipball/…`: a word, and what lies in it.
fn goes_on_as_a_path(value: &[u8]) -> bool {
    let word = value.iter().take_while(|b| b.is_ascii_lowercase()).count();
    word >= 4 && value.get(word) == Some(&b'/')
}

/// `serviceSECRETvalue`: the rest of a run behind a naming word in capitals.
fn run_on(text: &[u8], run: &Range<usize>) -> Option<Range<usize>> {
    const NAMES: [&[u8]; 5] = [b"SECRET", b"PRIVATE", b"ACCESS", b"TOKEN", b"KEY"];
    let bytes = text.get(run.clone())?;
    let named = |end: usize| {
        let before = bytes.get(..end).unwrap_or_default();
        let may_end = matches!(before.last(), Some(b'E' | b'N' | b'S' | b'T' | b'Y'));
        may_end
            && NAMES.iter().any(|name| {
                let rest = before.strip_suffix(*name);
                rest.and_then(<[u8]>::last)
                    .is_some_and(u8::is_ascii_lowercase)
            })
    };
    let last = bytes.len().checked_sub(20)?.min(39);
    let end = (4..=last).find(|end| named(*end))?;
    Some(run.start + end..run.end)
}

/// `service-value`: the rest of a run behind its first dash, where it is of one
/// piece and no digest.
fn served(text: &[u8], run: &Range<usize>) -> Option<Range<usize>> {
    let bytes = text.get(run.clone())?;
    let dash = memchr::memchr(b'-', bytes.get(..bytes.len().min(30))?)?;
    let rest = bytes.get(dash + 1..)?;
    if dash < 4 || rest.len() < 24 || !rest.iter().all(u8::is_ascii_alphanumeric) {
        return None;
    }
    let value = Value::new(rest);
    let likely = !value.is_hex() && value.is_random();
    likely.then_some(run.start + dash + 1..run.end)
}

fn verdict(text: &[u8], value: &Range<usize>, context: Option<Context>) -> Option<&'static str> {
    let context = context?;
    let surely = context.surely;
    // `arn:aws:secretsmanager:…:secret:NAME-a1b2c3`: where a secret is kept.
    if text.get(..value.start)?.ends_with(b":secret:") {
        return None;
    }
    let key = context.naming <= Naming::Key;
    let placed = shapes::is_listed_digest(text, value)
        || digests::is_of_a_thing(text, value)
        || (key && shapes::is_in_list_of_digests(text, value))
        || (context.id && shapes::is_a_parameter(text, value))
        || shapes::is_for_search(text, value)
        || shapes::is_called(text, value)
        || shapes::is_its_own_name(text, value)
        || shapes::is_application(text, value)
        || shapes::is_for_sealing(text, value)
        || public::is_of_a_dsn(text, value)
        || shapes::begins_with_an_escape(text, value);
    if placed {
        return None;
    }
    let (bytes, start) = (text.get(value.clone())?, value.start);
    let cut = text.get(value.end..value.end + 2);
    let value = Value::new(bytes);
    let id = if context.service != Service::None && of_service(&value, &context) {
        SERVICE
    } else if generic(&value, &context) && !value.says_something() {
        GENERIC
    } else if value.may_be_of_service()
        && let Some(context) = context.in_section(text, start)
        && of_service(&value, &context)
    {
        SERVICE
    } else {
        return None;
    };
    // A number before a colon is the name of what follows.
    let goes_on = matches!(cut, Some([b':', next]) if next.is_ascii_alphanumeric());
    let is_name = goes_on && bytes.iter().all(u8::is_ascii_digit);
    // Behind a service's name it may be what somebody has made up for it, if it is
    // of the letters that keys are of.
    let steps = shapes::is_in_steps(bytes) && (id == GENERIC || bytes.iter().any(|b| *b > b'f'));
    let shown = steps || (id == GENERIC && is_made_up(bytes));
    // No key begins with so many zeros: an address in memory, perhaps behind the letter
    // of an escape.
    let behind_escape = text.get(..start).is_some_and(|text| text.ends_with(b"\\"));
    let own = bytes.get(usize::from(behind_escape)..).unwrap_or_default();
    let is_place = own.starts_with(b"000000");
    let open = is_name
        || shown
        || is_place
        || value.is_stand_in()
        || public::is_public(bytes)
        || (public::is_address(bytes) && !surely)
        || shapes::is_named_thing(bytes);
    (!open && !value.is_told_elsewhere()).then_some(id)
}

/// What a document shows in place of a value.
fn is_made_up(bytes: &[u8]) -> bool {
    public::counts(bytes) || public::repeats(bytes) || shapes::is_text(bytes)
}

fn of_service(value: &Value<'_>, context: &Context) -> bool {
    let named = context.naming != Naming::None;
    let long = context.link == Link::Assigned || value.len() >= 18;
    let no_key = context.naming == Naming::Key && value.is_text();
    // `fix(slack): login`, and the commit.
    let commit = context.naming == Naming::Login && value.is_digest() && value.len() == 40;
    if context.label
        || no_key
        || (commit && context.link == Link::Beside)
        || context.id
        || (context.naming == Naming::Key && context.service == Service::Near && value.is_uuid())
    {
        return false;
    }
    match context.service {
        Service::Word if matches!(context.naming, Naming::Key | Naming::Login) => {
            value.len() >= 20 && value.is_random()
        }
        Service::Word => named && long && value.is_likely(),
        Service::Near | Service::Own if named => long && value.is_likely(),
        Service::Near | Service::Own if context.named_near && !context.store => {
            value.len() >= 20 && value.is_random()
        }
        // A commit, a digest or a row's id stands beside the name of what it is of.
        Service::Alone if value.is_uuid() => false,
        Service::Alone if value.is_hex() => {
            let assigned = context.link == Link::Assigned && !context.store;
            assigned && value.len() >= 32 && !value.is_digest()
        }
        // A signed token has its own detector; anything else of JSON is told of in it.
        Service::Alone if value.begins_json() => false,
        Service::Alone if value.len() >= 32 && !value.is_plain() => {
            !context.store && value.is_mixed() && context.link == Link::Assigned
        }
        Service::Alone => {
            value.len() >= 20
                && value.is_plain()
                && value.is_likely()
                && !value.begins_with_a_word()
        }
        Service::Near | Service::Own if context.client => {
            let sized = value.len() >= 32 && (value.is_hex() || value.is_uuid());
            let random = value.len() >= 20 && value.is_random() && value.is_plain();
            !context.store && (sized || random && !value.is_hex() && !value.is_uuid())
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
    // Without a service, an id that clients show is no secret (RFC 6749, 2.2).
    if context.below || context.label || context.id {
        return false;
    }
    if value.is_uuid() || value.is_ulid() {
        return context.surely && context.link == Link::Assigned;
    }
    let long = match (value.is_hex(), context.surely) {
        (true, false) => 32,
        _ => 16,
    };
    match (context.naming, context.link) {
        (Naming::Credential, Link::Assigned) => {
            let random = value.is_random() || value.is_restless() || value.is_of_random_letters();
            value.len() >= long && random
        }
        (Naming::Credential, Link::Beside) => {
            value.len() >= 20 && value.is_random() && !value.is_hex()
        }
        (Naming::Key, Link::Assigned) => {
            let unsayable = !context.id && value.is_of_random_letters();
            value.len() >= 24 && (value.is_mixed() || unsayable)
        }
        (Naming::Key, Link::Beside) | (Naming::None | Naming::Login, _) => false,
    }
}
