//! What stands before a value: the name that it is assigned to, and how.

use crate::chance;
use crate::free::assign;
use crate::free::value::Value;

mod above;
mod beside;
mod column;
mod line;
mod link;
mod naming;
mod section;
mod start;
mod words;

pub(crate) use beside::beside;
use line::{
    cell, is_command, is_heading, is_set, is_type, last_line, text_above, without_block,
    without_number,
};
use link::{MAX_LINK, link};
use naming::{is_client, is_id, is_label, is_required, is_sure, naming};
use start::{last_word, name_start};
use words::Words;
pub(crate) use words::names;

/// How a value hangs on its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Link {
    /// By `=`, `:`, `=>`, a comma in a call, a tag.
    Assigned,
    /// By nothing but blanks or dashes.
    Beside,
}

/// How much a name says about its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Naming {
    /// Nothing, or that it is something public.
    None,
    /// That one logs in with it, or gets in.
    Login,
    /// That it is a key of some kind, which may be a key of a map.
    Key,
    /// That it is a credential.
    Credential,
}

/// What stands before a value.
#[derive(Debug)]
pub(crate) struct Context {
    pub(crate) link: Link,
    pub(crate) naming: Naming,
    /// The name leaves no doubt: even a UUID is a credential behind it.
    pub(crate) surely: bool,
    /// The name is that of a credential's name, id or address.
    pub(crate) label: bool,
    /// The name is that of a client's or an app's id.
    pub(crate) id: bool,
    /// A service is named in the value's own name, or before it on the line.
    pub(crate) service: Service,
    /// The name is that of a service's client, whose constructor takes the value.
    pub(crate) client: bool,
    /// The service keeps commits or packages, which have digests.
    pub(crate) store: bool,
    /// The value is on the line below its name.
    pub(crate) below: bool,
    /// A word for a credential stands between the service and the value.
    pub(crate) named_near: bool,
}

/// Whether a service is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Service {
    None,
    /// An everyday word that is a service's name too, in the value's own name.
    Word,
    /// Somewhere before it on the line.
    Near,
    /// In the value's own name.
    Own,
    /// It is the value's own name.
    Alone,
}

impl Context {
    /// The same for a value in a section that is named after a service, if there is one.
    pub(crate) fn in_section(self, text: &[u8], at: usize) -> Option<Self> {
        let asked = self.naming >= Naming::Key
            && self.link == Link::Assigned
            && self.service == Service::None
            && !self.below;
        (asked && section::names_service(text, at)).then_some(Self {
            service: Service::Near,
            ..self
        })
    }
}

/// How far back a name is looked for.
const BACK: usize = 96;
/// The longest name.
const MAX_NAME: usize = 72;
/// Reads backwards from the value's first byte. None where no name is.
pub(crate) fn before(text: &[u8], at: usize) -> Option<Context> {
    let from = at.saturating_sub(BACK);
    let back = text.get(from..at)?;
    // What a JSON or code escape of a line break leaves.
    let (above, line) = last_line(back);
    let blank = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'"' | b'\'');
    if line.iter().all(blank) {
        // The value has a line of its own, below its name: `<token>`, `key:`.
        let (above, line) = text_above(above);
        if back.len() - above > MAX_LINK {
            return None;
        }
        return match line.last()? {
            b'>' | b':' | b'=' | b'(' => hang(line),
            // The marks of a block in YAML.
            b'-' | b'|' => hang(without_block(line)),
            last if last.is_ascii_alphabetic() && is_heading(line) => read(line, Link::Assigned),
            last if last.is_ascii_alphabetic() && is_command(line) => {
                let context = read(line, Link::Assigned)?;
                // `ls secrets` lists their names.
                let one = !line.ends_with(b"s");
                (context.surely && one).then_some(context)
            }
            last if last.is_ascii_alphabetic() => {
                let context = read(line, Link::Beside)?;
                let named = context.naming != Naming::None && context.service >= Service::Near;
                named.then_some(Context {
                    below: true,
                    ..context
                })
            }
            _ => None,
        };
    }
    if above::is_value_alone(line) {
        return read(above::name(above)?, Link::Assigned);
    }
    let own = hang(line);
    let named = own.as_ref().is_some_and(|own| own.naming >= Naming::Key);
    let column = if named { None } else { in_column(text, at) };
    column.or(own)
}

/// The context of a value in a column that is named as a credential.
fn in_column(text: &[u8], at: usize) -> Option<Context> {
    let is_one = |context: &Context| context.surely || context.naming == Naming::Credential;
    column::named(text, at, |name| read(name, Link::Assigned).filter(is_one))
}

fn hang(line: &[u8]) -> Option<Context> {
    let (name_end, link) = link(without_number(line)).or_else(|| cell(line))?;
    let set = link == Link::Beside && line.get(..name_end).is_some_and(is_set);
    let link = if set { Link::Assigned } else { link };
    let before = line.get(..name_end)?;
    let behind = line.get(name_end..).unwrap_or_default();
    let quote = behind.iter().find(|b| **b != b'\\');
    let quoted = matches!(quote, Some(b'"' | b'\''));
    let listed = behind.contains(&b',');
    if (quoted && is_type(before)) || (listed && is_generated(before)) {
        return None;
    }
    read(before, link)
}

/// The context of a value that hangs on its name by a dash: both are one run.
pub(crate) fn glued(run: &[u8]) -> Option<Context> {
    let from = run.len().saturating_sub(BACK);
    read(run.get(from..)?, Link::Beside)
}

fn read(before: &[u8], link: Link) -> Option<Context> {
    let mut name_start = name_start(before, link);
    // What is assigned before it is none of its name: `ID=… SECRET=`.
    let all = before.get(name_start..)?;
    if let Some(blank) = all.iter().rposition(|b| *b == b' ')
        && link == Link::Assigned
        && has_random(all.get(..blank).unwrap_or_default())
    {
        name_start += blank + 1;
    }
    let name = before.get(name_start..)?;
    // `checksum/secret`: the digest of what is called so.
    let digest = before
        .get(..name_start)
        .is_some_and(|path| path.ends_with(b"checksum/"));
    if name.len() > MAX_NAME || has_random(name) || digest {
        return None;
    }
    // The two bytes before a name decide whether a word begins with it. Behind a sign
    // (`${API_KEY}=`, `getToken(): `) a line that is in sight is the name.
    let line = name.is_empty() && before.len() < BACK;
    let near = if line {
        0
    } else {
        name_start.saturating_sub(2)
    };
    let own_start = if line { 0 } else { name_start };
    let words = Words::new(before.get(near..)?);
    let own = words.starting(own_start - near);
    let (naming, public) = naming(&words, own, link);
    // Most of what is random and has a name is a digest, and says so.
    if public || has_plural(name) {
        return None;
    }
    let called = naming == Naming::None && is_called(before);
    let client = link == Link::Assigned && (is_client(own, name) || is_required(before));
    let (service, store) = if naming == Naming::None && !called && !client {
        // A service counts in the value's own name alone, and no other word.
        words.service(own_start - near, usize::MAX)
    } else {
        // A line ends where its break is escaped, too: its letter is none of the name's.
        let ahead = before.get(..own_start + 1).unwrap_or(before);
        let line = memchr::memmem::rfind(ahead, b"\\n").map_or(0, |end| end + 2);
        let before = before.get(line..).unwrap_or_default();
        Words::new(before).service(own_start.saturating_sub(line), last_word(before))
    };
    // `vendor, the secret of it: value`.
    let named_near = called && service >= Service::Near;
    (naming != Naming::None || service != Service::None).then(|| Context {
        link,
        naming,
        surely: is_sure(own),
        label: is_label(&words, own),
        id: is_id(own),
        client,
        service,
        store,
        below: false,
        named_near,
    })
}

/// Whether a text ends with an identifier that nobody has thought of: letters of either
/// case and digits take turns in it. The next one in a list is no value of its.
fn is_generated(text: &[u8]) -> bool {
    const SHORTEST: usize = 8;
    let of_name = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
    let name = text.iter().rev().take_while(|b| of_name(b));
    let letters = name.filter(|b| b.is_ascii_alphanumeric()).copied();
    let letters: Vec<u8> = letters.collect();
    letters.len() >= SHORTEST && chance::takes_turns(&letters)
}

/// A list of digests, a line of base64: what stands before is no name.
fn has_random(name: &[u8]) -> bool {
    name.split(|b| !assign::is_value(*b)).any(|part| {
        part.len() >= 14
            && part.iter().filter(|b| b.is_ascii_digit()).count() >= 3
            && Value::new(part).is_random()
    })
}

/// Whether a word for a credential, with a capital for each of its letters,
/// stands a little before the value.
fn is_called(before: &[u8]) -> bool {
    const CALLED: [&[u8]; 5] = [b"SECRET", b"TOKEN", b"PRIVATE", b"ACCESS", b"KEY"];
    let near = before
        .get(before.len().saturating_sub(40)..)
        .unwrap_or_default();
    let is_upper = |at: Option<usize>| {
        at.and_then(|at| near.get(at))
            .is_some_and(u8::is_ascii_uppercase)
    };
    (0..near.len()).any(|at| {
        let rest = near.get(at..).unwrap_or_default();
        let begins = is_upper(Some(at)) && !is_upper(at.checked_sub(1));
        let is_word = |word: &&[u8]| rest.starts_with(word) && !is_upper(Some(at + word.len()));
        begins && CALLED.iter().any(is_word)
    })
}

/// `tokens`, as in `max_tokens`: a number of them, no token.
fn has_plural(name: &[u8]) -> bool {
    name.windows(6).enumerate().any(|(at, window)| {
        window.eq_ignore_ascii_case(b"tokens")
            && name.get(at + 6).is_none_or(|b| !b.is_ascii_alphabetic())
    })
}
