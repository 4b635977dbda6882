//! Routes that contradict each other: two for the same host and port that
//! could both take a request. Which one holds would hang on their order, so
//! neither does. An exact host under a wildcard is no contradiction: it wins.
//! Neither is a route that is written twice in the same words: it counts once.

use std::collections::BTreeMap;

use bottle_policy::{HostPattern, Route};

use super::Reader;
use super::egress::Placed;
use crate::walk::Walk;

/// The routes, each once. Reports every one that meets an earlier one, at both
/// places.
pub(super) fn settle(reader: &mut Reader<'_>, routes: &[Placed]) -> Vec<Route> {
    let mut earlier: BTreeMap<(&HostPattern, u16), Vec<&Placed>> = BTreeMap::new();
    let mut settled = Vec::new();
    for placed in routes {
        let route = &placed.route;
        let same = earlier.entry((&route.host, route.port)).or_default();
        if same.iter().any(|first| says_the_same(&first.route, route)) {
            let text = format!("{} port {} is listed twice", route.host, route.port);
            reader.note(&placed.span, text);
            continue;
        }
        if let Some(first) = same.iter().find(|first| meet(&first.route, route)) {
            report(&mut reader.walk, first, placed);
        }
        same.push(placed);
        settled.push(route.clone());
    }
    settled
}

/// Whether nothing but the place tells them apart.
fn says_the_same(one: &Route, two: &Route) -> bool {
    let placeless = Route {
        origin: two.origin.clone(),
        ..one.clone()
    };
    placeless == *two
}

/// Whether some request could be taken by both.
fn meet(one: &Route, two: &Route) -> bool {
    one.matches.is_empty()
        || two.matches.is_empty()
        || one
            .matches
            .iter()
            .any(|a| two.matches.iter().any(|b| a.may_overlap(b)))
}

fn report(walk: &mut Walk, first: &Placed, second: &Placed) {
    let (one, two) = (&first.route, &second.route);
    let hints = |route: &Route| {
        (
            route.pipelock.tls_passthrough,
            route.pipelock.ssrf_ip_allowlist.clone(),
        )
    };
    let same_terms = one.auth == two.auth && one.inspect == two.inspect && hints(one) == hints(two);
    let place = format!("{} port {}", two.host, two.port);
    let (message, help) = if same_terms {
        (
            format!("two routes for {place} can take the same request"),
            "make them one route, with both under its `matches`",
        )
    } else {
        (
            format!("two routes for {place} can take the same request, on different terms"),
            "make them one route, or give each `matches` that cannot meet the other's",
        )
    };
    walk.fault(&second.span, message)
        .label("again here")
        .related(first.span.clone(), "first here")
        .help(help);
}
