//! A bottle's file, read by a stand-in: whatever the bottle lets pass, the file
//! does; and whatever it lets pass beyond, was told when it was rendered.

use bottle_pipelock::{File, RemarkKind, build};
use bottle_policy::{
    Bottle, Door, InspectTerms, Intent, Match, Method, Origin, PipelockHints, Route, Slug, Tls,
    Who, authorize,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

const PATTERNS: [&str; 7] = [
    "a.test",
    "*.a.test",
    "b.a.test",
    "*.b.a.test",
    "c.b.a.test",
    "192.0.2.7",
    "2001:db8::7",
];
const HOSTS: [&str; 7] = [
    "a.test",
    "b.a.test",
    "c.b.a.test",
    "d.c.b.a.test",
    "192.0.2.7",
    "2001:db8::7",
    "other.test",
];
const PORTS: [u16; 3] = [443, 80, 8443];

fn route() -> impl Strategy<Value = Route> {
    (select(&PATTERNS[..]), select(&PORTS[..]), any::<bool>()).prop_map(|(host, port, gets)| {
        let only_get = Match {
            methods: "GET".parse::<Method>().into_iter().collect(),
            paths: Vec::new(),
        };
        Route {
            host: host.parse().expect("a pattern"),
            port,
            matches: gets.then_some(only_get).into_iter().collect(),
            auth: None,
            inspect: InspectTerms::default(),
            pipelock: PipelockHints::default(),
            origin: Origin::Manifest { line: 1 },
        }
    })
}

fn reaches(bottle: &Bottle, host: &str, port: u16) -> bool {
    let intent = Intent {
        door: Door::Connect,
        who: Who::default(),
        target: host.parse().expect("a host"),
        port,
        tls: Tls::Unseen,
        head: None,
    };
    authorize(bottle, &intent).is_ok()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_file_is_never_narrower_and_where_it_is_wider_it_was_told(
        routes in vec(route(), 0..5),
        supervise in any::<bool>(),
    ) {
        let mut bottle = Bottle::closed(Slug::from_lossy("any"));
        bottle.egress.routes = routes;
        bottle.supervise = supervise;
        let (config, remarks) = build(&bottle, None, &[]);
        let text = config.render().unwrap();
        let file = File::parse("p.yaml", &text).unwrap();
        let meaning = file.meaning(Slug::from_lossy("p"));
        prop_assert_eq!(&meaning.differences, &[]);
        let told = remarks.iter().any(|remark| remark.kind == RemarkKind::Wider);
        for (host, port) in HOSTS.iter().flat_map(|host| PORTS.map(|port| (host, port))) {
            let (ours, theirs) = (reaches(&bottle, host, port), reaches(&meaning.bottle, host, port));
            prop_assert!(theirs || !ours, "{host}:{port} is lost: {text}");
            // That a host listed for 443 has its other ports too is told by the page.
            let by_port = reaches(&bottle, host, 443) && port != 443;
            prop_assert!(!theirs || ours || by_port || told, "{host}:{port} is not told: {text}");
        }
        prop_assert_eq!(reaches(&meaning.bottle, "supervise", 443), supervise);
    }
}
