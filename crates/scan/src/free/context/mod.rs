//! What stands before a value: the name that it is assigned to, and how.

use crate::free::assign;
use crate::free::value::Value;

mod above;
mod beside;
mod naming;
mod section;
mod words;

pub(crate) use beside::beside;
use naming::{is_client, is_id, is_label, is_sure, naming};
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
/// The most that may stand between a name and its value.
const MAX_LINK: usize = 40;

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
    hang(line)
}

/// What stands above the last line of a text, and that line as its file has it.
fn last_line(text: &[u8]) -> (&[u8], &[u8]) {
    let end = text.iter().rposition(|b| matches!(b, b'\n' | b'\r'));
    let (above, line) = text.split_at(end.map_or(0, |end| end + 1));
    (above, above::of_file(line))
}

/// The last line above that is not empty, without blanks at its end, and where it ends.
fn text_above(mut above: &[u8]) -> (usize, &[u8]) {
    loop {
        above = above.strip_suffix(b"\n").unwrap_or(above);
        above = above.strip_suffix(b"\r").unwrap_or(above);
        let (rest, line) = last_line(above);
        let text = line.trim_ascii_end();
        if !text.is_empty() || rest.is_empty() {
            return (above.len() - (line.len() - text.len()), text);
        }
        above = rest;
    }
}

/// `$ printenv API_TOKEN`: what follows is its answer.
fn is_command(line: &[u8]) -> bool {
    const PROMPTS: [&[u8]; 4] = [b"$ ", b"# ", b">>> ", b"> "];
    let line = line.trim_ascii_start();
    PROMPTS.iter().any(|prompt| line.starts_with(prompt))
}

/// A line without the mark of a block: `key: >-`, `key: |`.
fn without_block(line: &[u8]) -> &[u8] {
    let mark = |b: &&u8| matches!(b, b'>' | b'|' | b'-' | b'+');
    let len = line.iter().rev().take_while(mark).count();
    line.get(..line.len() - len)
        .unwrap_or_default()
        .trim_ascii_end()
}

/// `### API_TOKEN`, over its value.
fn is_heading(line: &[u8]) -> bool {
    let name = line.trim_ascii_start();
    let rest = name.strip_prefix(b"#").unwrap_or(name);
    let rest = rest.get(rest.iter().take_while(|b| **b == b'#').count()..);
    let name = rest.unwrap_or_default().trim_ascii();
    let is_name = name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'_');
    line.trim_ascii_start().starts_with(b"#") && is_name && name.contains(&b'_')
}

/// `ENV SECRET_KEY `, `#define SECRET_KEY "`, `--secret-key `: a blank assigns.
fn is_set(name: &[u8]) -> bool {
    const COMMANDS: [&[u8]; 6] = [
        b"ENV ",
        b"ARG ",
        b"#define ",
        b"setenv ",
        b"set -gx ",
        b"set -x ",
    ];
    let name = name.trim_ascii_start();
    let of_name = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
    let command = COMMANDS
        .iter()
        .find_map(|command| name.strip_prefix(*command));
    let own = command.or_else(|| {
        let start = name
            .iter()
            .rposition(|b| !of_name(b))
            .map_or(0, |at| at + 1);
        name.get(start..)?.strip_prefix(b"--")
    });
    own.is_some_and(|own| !own.is_empty() && own.iter().all(of_name))
}

fn hang(line: &[u8]) -> Option<Context> {
    let (name_end, link) = link(without_number(line)).or_else(|| cell(line))?;
    let set = link == Link::Beside && line.get(..name_end).is_some_and(is_set);
    let link = if set { Link::Assigned } else { link };
    let before = line.get(..name_end)?;
    let quoted = matches!(line.get(name_end), Some(b'"' | b'\''));
    if quoted && is_type(before) {
        return None;
    }
    read(before, link)
}

/// `token: '61|`, `token = 2:`, `0/5150198815558203:`: the number of a token, before it. One
/// with more digits before a colon is a token of Telegram's, which has its own form.
fn without_number(line: &[u8]) -> &[u8] {
    const LONGEST: usize = 24;
    let Some((sign @ (b'|' | b':'), rest)) = line.split_last() else {
        return line;
    };
    let number = |b: &&u8| b.is_ascii_digit() || **b == b'/';
    let len = rest.iter().rev().take_while(number).count();
    let before = rest.get(..rest.len() - len).unwrap_or_default();
    let begins = matches!(before.last(), Some(b'"' | b'\'' | b'`' | b'=' | b' '));
    let number = rest.get(rest.len() - len..).unwrap_or_default();
    let is_own = *sign == b'|' || len < 4 || number.contains(&b'/');
    if (1..=LONGEST).contains(&len) && begins && is_own {
        before
    } else {
        line
    }
}

/// `adobe_api_key,`: the first cell of a row, and a name that nobody takes for a word.
fn cell(line: &[u8]) -> Option<(usize, Link)> {
    let name = line
        .strip_suffix(b",")
        .or_else(|| line.strip_suffix(b";"))?;
    let is_name = name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'_');
    (is_name && name.contains(&b'_')).then_some((name.len(), Link::Assigned))
}

/// `"AWS::ApiGateway::ApiKey": …`: the name of a type, and not of its value.
fn is_type(before: &[u8]) -> bool {
    let path = |b: &u8| b.is_ascii_alphanumeric() || *b == b':';
    let start = before.iter().rposition(|b| !path(b)).map_or(0, |at| at + 1);
    let path = before.get(start..).unwrap_or_default();
    memchr::memmem::find_iter(path, b"::").count() >= 2
}

/// The context of a value that hangs on its name by a dash: both are one run.
pub(crate) fn glued(run: &[u8]) -> Option<Context> {
    let from = run.len().saturating_sub(BACK);
    read(run.get(from..)?, Link::Beside)
}

fn read(before: &[u8], link: Link) -> Option<Context> {
    let name_start = name_start(before, link);
    let name = before.get(name_start..)?;
    // A list of digests, a line of base64: what stands before is no name.
    let random = name.split(|b| !assign::is_value(*b)).any(|part| {
        part.len() >= 14
            && part.iter().filter(|b| b.is_ascii_digit()).count() >= 3
            && Value::new(part).is_random()
    });
    // `checksum/secret`: the digest of what is called so.
    let digest = before
        .get(..name_start)
        .is_some_and(|path| path.ends_with(b"checksum/"));
    if name.len() > MAX_NAME || random || digest {
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
    let client = link == Link::Assigned && is_client(own, name);
    let (service, store) = if naming == Naming::None && !called && !client {
        // A service counts in the value's own name alone, and no other word.
        words.service(own_start - near, usize::MAX)
    } else {
        Words::new(before).service(own_start, last_word(before))
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

/// Where the name ends, and how the value hangs on it.
fn link(line: &[u8]) -> Option<(usize, Link)> {
    let mut at = line.len();
    let mut assigned = false;
    let mut between = 0;
    // Scheme words between name and value: `Authorization: Bearer x`.
    if let Some(rest) = before_scheme(line) {
        at = rest;
    } else if let Some(rest) = before_verb(line) {
        at = rest;
        assigned = true;
    }
    let mut quoted = false;
    let mut escaped = false;
    while let Some(&byte) = at.checked_sub(1).and_then(|last| line.get(last)) {
        match byte {
            b',' if !quoted => return None,
            b'@' if !quoted => return None,
            b'=' | b':' | b'>' | b',' | b'|' | b'!' | b'?' => assigned = true,
            // `api_key <- "…"`, in R.
            b'-' if line.get(..at).is_some_and(|line| line.ends_with(b"<-")) => assigned = true,
            b'"' | b'\'' | b'`' => quoted = true,
            b'\\' => escaped = true,
            b' ' | b'\t' | b'(' | b'[' | b']' | b'@' | b'&' | b'.' | b'-' | b'_' | b'/' | b'~'
            | b'*' | b'<' => {}
            // A prefix of a literal: b"…", L"…".
            b'b' | b'u' | b'r' | b'L'
                if quoted
                    && !assigned
                    && at
                        .checked_sub(2)
                        .and_then(|before| line.get(before))
                        .is_some_and(|b| matches!(b, b' ' | b'=' | b'(' | b':' | b',')) => {}
            _ => break,
        }
        between += 1;
        if between > MAX_LINK {
            return None;
        }
        at -= 1;
    }
    let spaced = at < line.len();
    let called = quoted
        && line
            .get(at..)
            .is_some_and(|between| between.contains(&b'('));
    // An escaped line break between two values names nothing.
    if escaped && !assigned && !quoted {
        return None;
    }
    (at > 0 && spaced).then_some((
        at,
        if assigned || called {
            Link::Assigned
        } else {
            Link::Beside
        },
    ))
}

/// Where the verb begins by which a sentence hands a value over: `my token is x`,
/// `set API_KEY to "x`.
fn before_verb(line: &[u8]) -> Option<usize> {
    const VERBS: [&[u8]; 4] = [b" is ", b" to ", b" was ", b" is: "];
    let sign = |b: &u8| matches!(b, b'"' | b'\'' | b'`' | b'*');
    let end = line.iter().rposition(|b| !sign(b))? + 1;
    let words = line.get(..end)?;
    let verb = VERBS.iter().find(|verb| words.ends_with(verb))?;
    Some(end - verb.len())
}

/// Where an HTTP scheme begins that is the line's last word.
fn before_scheme(line: &[u8]) -> Option<usize> {
    const SCHEMES: [&[u8]; 6] = [b"Bearer", b"bearer", b"Basic", b"basic", b"Token", b"token"];
    let words = line.strip_suffix(b" ")?;
    let start = words
        .iter()
        .rposition(|b| !b.is_ascii_alphanumeric() && *b != b'-')?
        + 1;
    let (rest, scheme) = words.split_at_checked(start)?;
    let lead = rest.last();
    // `Authorization: GenieKey x`: any word is a scheme there.
    let header = rest.get(rest.len().saturating_sub(20)..)?;
    let header = memchr::memmem::find(header, b"uthorization").is_some();
    let known = SCHEMES.contains(&scheme) || (header && (2..=20).contains(&scheme.len()));
    let sign = |b: Option<&u8>| matches!(b, Some(b':' | b'"' | b'\'' | b'=' | b'`'));
    // In a sentence it is no scheme: `the token x`.
    let behind_sign = || header || sign(rest.trim_ascii_end().last());
    let hangs = sign(lead) || (lead == Some(&b' ') && behind_sign());
    (known && hangs).then_some(start)
}

/// What a text is called where a name has a type.
const TYPES: [&[u8]; 4] = [b"str", b"string", b"String", b"static str"];

/// What a default is called that stands behind the name of what it is for.
const DEFAULTS: [&[u8]; 4] = [b"default", b".unwrap_or", b".orElse", b".get_or"];

/// Where the name ends that stands in quotes before a default: `"TOKEN", default`.
fn behind_name(rest: &[u8], default: &[u8]) -> Option<usize> {
    let sign = |b: &u8| matches!(b, b' ' | b',' | b')' | b'"' | b'\'' | b'.' | b'\\');
    let end = rest.iter().rposition(|b| !sign(b))? + 1;
    let quoted = rest
        .get(end)
        .is_some_and(|b| matches!(b, b'"' | b'\'' | b'\\'));
    let parted = default.contains(&b'.') || rest.trim_ascii_end().ends_with(b",");
    (quoted && parted).then_some(end)
}

/// Where the name ends that has a type and a field's default: `token: str =
/// Field(default`.
fn field(before: &[u8]) -> Option<usize> {
    let rest = before.trim_ascii_end().strip_suffix(b"(default")?;
    let call = words_start(rest, 0);
    let rest = rest.get(..call).unwrap_or_default().trim_ascii_end();
    let typed = rest.strip_suffix(b"=")?.trim_ascii_end();
    let of_type =
        |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'[' | b']' | b' ' | b'|');
    let colon = typed.iter().rposition(|b| !of_type(b))?;
    (typed.get(colon) == Some(&b':')).then_some(colon)
}

/// Where the value's own name begins: an identifier, or a few words.
fn name_start(before: &[u8], link: Link) -> usize {
    let at = words_start(before, if link == Link::Beside { 2 } else { 1 });
    let name = before.get(at..).unwrap_or_default().trim_ascii();
    let rest = before.get(..at).unwrap_or_default();
    // `<add key="ClearTextPassword" value="…">`: the name is one further.
    if at > 2 && name.eq_ignore_ascii_case(b"value") {
        let tag = rest
            .iter()
            .rposition(|b| *b == b'<')
            .unwrap_or_else(|| rest.len().saturating_sub(40));
        return tag + name_in_tag(rest.get(tag..).unwrap_or_default());
    }
    // `variable "token" { default = "…" }`.
    if name == b"default" && rest.trim_ascii_end().ends_with(b"{") {
        return rest.len().saturating_sub(48);
    }
    // `getenv("TOKEN", default="…")`, `var("TOKEN").unwrap_or("…")`.
    if DEFAULTS.iter().any(|default| name.ends_with(default))
        && let Some(end) = behind_name(rest, name)
    {
        return words_start(rest.get(..end).unwrap_or_default(), 0);
    }
    // `token: str = Field(default="…")`.
    if let Some(end) = field(before) {
        return words_start(before.get(..end).unwrap_or_default(), 0);
    }
    // `Dim apiKey As String = "…"`.
    if let Some(before) = before.trim_ascii_end().strip_suffix(b" As String") {
        return words_start(before, 0);
    }
    // `const TOKEN: &str = "…"`, `TOKEN: Final[str] = "…"`: what stands there is the
    // name's type.
    if TYPES.contains(&name) {
        let of_type = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'[');
        let typed = |b: &u8| of_type(b) || matches!(b, b' ' | b'&' | b'*' | b'\'');
        let end = rest.iter().rposition(|b| !typed(b)).unwrap_or(0);
        if rest.get(end) == Some(&b':') {
            return words_start(rest.get(..end).unwrap_or_default(), 0);
        }
    }
    at
}

/// Where the name begins that a tag tells by itself: `key="user-data"`.
fn name_in_tag(tag: &[u8]) -> usize {
    let quoted = |at: usize| matches!(tag.get(at), Some(b'"' | b'\''));
    [&b"key="[..], b"name="]
        .iter()
        .filter_map(|word| Some(memchr::memmem::rfind(tag, word)? + word.len()))
        .find(|end| quoted(*end))
        .map_or(0, |end| end + 1)
}

/// Where an identifier begins, or a few words with so many blanks between.
fn words_start(before: &[u8], mut blanks: usize) -> usize {
    let mut at = before.len();
    while let Some(&byte) = at.checked_sub(1).and_then(|last| before.get(last)) {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-' | b'.' | b'$' => {}
            b' ' | b'\t' if blanks > 0 => blanks -= 1,
            _ => break,
        }
        at -= 1;
    }
    at
}

/// Where the last word before a value begins.
fn last_word(before: &[u8]) -> usize {
    let end = before.trim_ascii_end().len();
    before
        .get(..end)
        .unwrap_or_default()
        .iter()
        .rposition(u8::is_ascii_whitespace)
        .map_or(0, |at| at + 1)
}

/// `tokens`, as in `max_tokens`: a number of them, no token.
fn has_plural(name: &[u8]) -> bool {
    name.windows(6).enumerate().any(|(at, window)| {
        window.eq_ignore_ascii_case(b"tokens")
            && name.get(at + 6).is_none_or(|b| !b.is_ascii_alphabetic())
    })
}
