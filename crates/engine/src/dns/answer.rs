//! What a DNS question is answered. Pure but for the table of names.

use bottle_policy::{Bottle, Denial, DnsName, Door, Host, Intent, Rule, Tls, Who, authorize};
use bottle_scan::{Input, Place, Scanner};
use simple_dns::rdata::{A, RData};
use simple_dns::{CLASS, Packet, PacketFlag, QTYPE, RCODE, ResourceRecord, TYPE};

use crate::names::Names;
use crate::shown::{all_terms, host_texts};

/// Seconds. Short, for a synthetic address may go to another name.
const TTL: u32 = 60;
/// Ordinary names stay below these; what carries data does not.
const LONG_LABEL: usize = 40;
const LONG_NAME: usize = 100;
const MANY_LABELS: usize = 8;

/// An answer, and what is to be recorded of the question.
pub(crate) struct Answer {
    pub(crate) bytes: Vec<u8>,
    pub(crate) refused: Option<Refused>,
}

/// A question that was refused, or that will lead to a refusal.
pub(crate) struct Refused {
    pub(crate) name: Option<DnsName>,
    pub(crate) denial: Denial,
}

/// What an answer depends on.
pub(crate) struct Zone<'a> {
    pub(crate) bottle: &'a Bottle,
    pub(crate) names: &'a Names,
    pub(crate) scanner: &'a Scanner,
}

enum Verdict {
    Address(DnsName),
    /// The name exists and has no record of that type.
    NoData,
    NoSuchName,
    Refused,
}

/// Answers a message; `None` where there is nothing to answer to.
pub(crate) fn answer(query: &[u8], zone: &Zone<'_>) -> Option<Answer> {
    let query = Packet::parse(query).ok()?;
    if query.has_flags(PacketFlag::RESPONSE) {
        return None;
    }
    let mut reply = Packet::new_reply(query.id());
    reply.set_flags(PacketFlag::RECURSION_AVAILABLE | PacketFlag::AUTHORITATIVE_ANSWER);
    if query.has_flags(PacketFlag::RECURSION_DESIRED) {
        reply.set_flags(PacketFlag::RECURSION_DESIRED);
    }
    let [question] = query.questions.as_slice() else {
        *reply.rcode_mut() = RCODE::FormatError;
        return Some(Answer {
            bytes: reply.build_bytes_vec().ok()?,
            refused: None,
        });
    };
    reply.questions.push(question.clone());
    let (verdict, refused) = decide(&question.qname.to_string(), question.qtype, zone);
    match verdict {
        Verdict::Address(name) => {
            let address = A {
                address: zone.names.address(&name).to_bits(),
            };
            reply.answers.push(ResourceRecord::new(
                question.qname.clone(),
                CLASS::IN,
                TTL,
                RData::A(address),
            ));
        }
        Verdict::NoData => {}
        Verdict::NoSuchName => *reply.rcode_mut() = RCODE::NameError,
        Verdict::Refused => *reply.rcode_mut() = RCODE::Refused,
    }
    Some(Answer {
        bytes: reply.build_bytes_vec().ok()?,
        refused,
    })
}

fn decide(text: &str, kind: QTYPE, zone: &Zone<'_>) -> (Verdict, Option<Refused>) {
    if text.to_ascii_lowercase().ends_with(".arpa") {
        return (Verdict::NoSuchName, None);
    }
    let Ok(name) = text.parse::<DnsName>() else {
        let denial = refusal(format!(
            "A DNS question names `{}`, which is no host.",
            printable(text)
        ));
        return (Verdict::Refused, Some(Refused { name: None, denial }));
    };
    let listed = authorize(zone.bottle, &question(&name, 443))
        .map_or_else(|d| d.rule == Rule::PortNotListed, |_| true);
    if let Err(denial) = carries_data(&name, listed, zone) {
        return (
            Verdict::Refused,
            Some(Refused {
                name: masked(&name, &denial),
                denial,
            }),
        );
    }
    match kind {
        QTYPE::TYPE(TYPE::A) => {
            let refused = (!listed).then(|| Refused {
                name: Some(name.clone()),
                denial: unlisted(&name, zone),
            });
            (Verdict::Address(name), refused)
        }
        // No IPv6 inside, and no hint towards HTTP/3 or encrypted hellos.
        QTYPE::TYPE(TYPE::AAAA | TYPE::HTTPS | TYPE::SVCB) => (Verdict::NoData, None),
        QTYPE::TYPE(_) if listed => (Verdict::NoData, None),
        QTYPE::TYPE(_) | QTYPE::IXFR | QTYPE::AXFR | QTYPE::MAILB | QTYPE::MAILA | QTYPE::ANY => {
            let denial = refusal(format!(
                "A DNS question of an unusual type for {name}, which no route lists."
            ));
            (
                Verdict::Refused,
                Some(Refused {
                    name: Some(name),
                    denial,
                }),
            )
        }
    }
}

/// Whether the name itself carries something out, or would if it were passed on.
fn carries_data(name: &DnsName, listed: bool, zone: &Zone<'_>) -> Result<(), Denial> {
    let terms = all_terms();
    let mut findings = Vec::new();
    for text in host_texts(&Host::Name(name.clone())) {
        let input = Input::new(&Place::DnsName, text.as_bytes());
        let found = zone.scanner.scan(input, &terms);
        findings.extend(
            found.map_err(|e| refusal(format!("A DNS name could not be read to its end: {e}.")))?,
        );
    }
    if let Some(first) = findings.first() {
        let mut denial = refusal(format!(
            "A DNS question carries what must not leave: {}.",
            first.title
        ));
        denial.findings = findings.iter().map(Into::into).collect();
        return Err(denial);
    }
    if listed {
        return Ok(());
    }
    let labels: Vec<&str> = name.as_str().split('.').collect();
    let long = labels.iter().any(|l| l.len() > LONG_LABEL) || name.as_str().len() > LONG_NAME;
    if long || labels.len() > MANY_LABELS {
        return Err(refusal(format!(
            "A DNS question for an unlisted host is long enough to carry data: {name}."
        )));
    }
    Ok(())
}

fn unlisted(name: &DnsName, zone: &Zone<'_>) -> Denial {
    match authorize(zone.bottle, &question(name, 443)) {
        Err(denial) => denial,
        Ok(_) => refusal(format!("No route lists {name}.")),
    }
}

fn question(name: &DnsName, port: u16) -> Intent {
    Intent {
        door: Door::Dns,
        who: Who::default(),
        target: Host::Name(name.clone()),
        port,
        tls: Tls::Unseen,
        head: None,
    }
}

/// A name with findings in it is not written down.
fn masked(name: &DnsName, denial: &Denial) -> Option<DnsName> {
    denial.findings.is_empty().then(|| name.clone())
}

fn refusal(message: String) -> Denial {
    Denial::new(
        Rule::DnsRefused,
        message,
        "No DNS question leaves the bottle. Connect to the host itself; if it is not listed, the answer says how to ask for it.",
    )
}

fn printable(text: &str) -> String {
    text.chars()
        .take(80)
        .map(|c| if c.is_ascii_graphic() { c } else { '?' })
        .collect()
}
