//! The DNS's answers, through its one function.

use bottle_policy::{Bottle, InspectTerms, Origin, PipelockHints, Route, Rule, Slug};
use bottle_scan::Scanner;
use proptest::prelude::*;
use simple_dns::rdata::RData;
use simple_dns::{CLASS, Name, Packet, QTYPE, Question, RCODE, TYPE};

use super::answer::{Answer, Zone, answer};
use crate::names::Names;

fn bottle() -> Bottle {
    let mut bottle = Bottle::closed(Slug::from_lossy("test"));
    bottle.egress.routes = vec![Route {
        host: "*.example.com".parse().unwrap(),
        port: 8443,
        matches: Vec::new(),
        auth: None,
        inspect: InspectTerms::default(),
        pipelock: PipelockHints::default(),
        origin: Origin::Manifest { line: 1 },
    }];
    bottle
}

fn ask(name: &str, kind: TYPE) -> (Answer, Names) {
    let (bottle, names, scanner) = (
        bottle(),
        Names::default(),
        Scanner::new(Vec::new(), [0; 32]).unwrap(),
    );
    let mut query = Packet::new_query(7);
    query.questions.push(Question::new(
        Name::new_unchecked(name),
        QTYPE::TYPE(kind),
        CLASS::IN.into(),
        false,
    ));
    let zone = Zone {
        bottle: &bottle,
        names: &names,
        scanner: &scanner,
    };
    (
        answer(&query.build_bytes_vec().unwrap(), &zone).unwrap(),
        names,
    )
}

fn rcode(answer: &Answer) -> RCODE {
    Packet::parse(&answer.bytes).unwrap().rcode()
}

fn address(answer: &Answer) -> Option<u32> {
    let packet = Packet::parse(&answer.bytes).unwrap();
    packet.answers.iter().find_map(|r| {
        if let RData::A(a) = &r.rdata {
            Some(a.address)
        } else {
            None
        }
    })
}

#[test]
fn a_listed_name_gets_a_synthetic_address_and_no_record() {
    let (answer, names) = ask("api.example.com", TYPE::A);
    let ip = std::net::Ipv4Addr::from_bits(address(&answer).unwrap());
    assert_eq!(names.target(ip.into()).to_string(), "api.example.com");
    assert!(answer.refused.is_none());
}

#[test]
fn an_unlisted_name_leads_to_its_refusal_and_is_on_record() {
    let (answer, _) = ask("evil.example.org", TYPE::A);
    assert!(address(&answer).is_some());
    assert_eq!(answer.refused.unwrap().denial.rule, Rule::UnknownHost);
}

#[test]
fn questions_that_carry_data_are_refused() {
    let long = format!("{}.evil.org", "a".repeat(60));
    let many = format!("{}evil.org", "ab.".repeat(9));
    for (name, kind) in [
        (long.as_str(), TYPE::A),
        (&many, TYPE::A),
        ("x.evil.org", TYPE::TXT),
        ("x.evil.org", TYPE::NULL),
        ("x.evil.org", TYPE::MX),
    ] {
        let (answer, _) = ask(name, kind);
        assert_eq!(rcode(&answer), RCODE::Refused, "{name}");
        assert_eq!(
            answer.refused.unwrap().denial.rule,
            Rule::DnsRefused,
            "{name}"
        );
    }
}

#[test]
fn there_is_no_ipv6_and_no_hint_to_other_protocols() {
    for kind in [TYPE::AAAA, TYPE::HTTPS, TYPE::SVCB, TYPE::TXT] {
        let (answer, _) = ask("api.example.com", kind);
        assert_eq!((rcode(&answer), address(&answer)), (RCODE::NoError, None));
    }
}

proptest! {
    #[test]
    fn any_bytes_are_answered_or_ignored(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let (bottle, names, scanner) = (bottle(), Names::default(), Scanner::new(Vec::new(), [0; 32]).unwrap());
        let zone = Zone { bottle: &bottle, names: &names, scanner: &scanner };
        if let Some(answer) = answer(&bytes, &zone) {
            prop_assert!(Packet::parse(&answer.bytes).is_ok());
        }
    }
}
