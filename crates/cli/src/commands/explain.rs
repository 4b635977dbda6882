//! `bottle explain`: which rule decides about a request, and why.

use std::process::ExitCode;

use bottle_backend::{Explanation, Question, Upstream, Vault};
use bottle_policy::{Authority, Bottle, Denial, Evidence, Method, RequestPath, RouteId, Scheme};
use serde_json::{Value, json};

use crate::args;
use crate::failure::{DENIED, Failure};
use crate::load::{Purpose, load};
use crate::secrets::Lookup;
use crate::source::blame;
use crate::term;

pub(crate) fn explain(args: &args::Explain) -> Result<ExitCode, Failure> {
    let question = question(args)?;
    let command: Vec<String> = args.agent.iter().cloned().collect();
    let loaded = load(args.manifest.file.as_deref(), &command, Purpose::Explain)?;
    let lookup = Lookup {
        directory: loaded.directory(),
        home: &loaded.home,
    };
    // Credentials play no part in the decision, so a missing one is no fault here.
    let own = lookup.own(&loaded.bottle);
    own.tell();
    let tokens = lookup.tokens(&loaded.bottle).unwrap_or_default();
    let vault = Vault::new(tokens, own.secrets);
    let upstream = Upstream {
        connect_to: args.connect_to.clone(),
        ..Upstream::default()
    };
    let explanation = bottle_backend::explain(&loaded.bottle, &vault, &upstream, &question)
        .map_err(|e| blame(loaded.source.as_ref(), e.into()))?;
    let text = if args.json {
        as_json(&loaded.bottle, &question, &explanation)
    } else {
        as_text(&loaded.bottle, &question, &explanation)
    };
    term::out(&text);
    Ok(match explanation {
        Explanation::Allowed { .. } => ExitCode::SUCCESS,
        Explanation::Denied(_) | Explanation::Held { .. } => ExitCode::from(DENIED),
    })
}

fn question(args: &args::Explain) -> Result<Question, Failure> {
    let url = &args.url;
    let bad =
        |why: &str| Failure::usage(format!("`{url}` is no URL that could be explained: {why}"));
    if has_login(url) {
        // It may hold a password, so it is not repeated.
        return Err(Failure::usage(
            "the URL has a user name or password before `@`, which no request carries in its URL: leave it out; a credential belongs into `auth` of the route, or try it with -H",
        ));
    }
    let (scheme, rest) = match url.split_once("://") {
        Some(("https", rest)) => (Scheme::Https, rest),
        Some(("http", rest)) => (Scheme::Http, rest),
        Some(_) => return Err(bad("it begins with http:// or https://")),
        None => (Scheme::Https, url.as_str()),
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, target) = rest.split_at(end);
    let authority = Authority::parse(authority).map_err(|e| bad(&e.to_string()))?;
    let target = if target.starts_with('/') {
        target.to_owned()
    } else {
        format!("/{target}")
    };
    let default = if args.data.is_some() { "POST" } else { "GET" };
    let method: Method = args
        .method
        .as_deref()
        .unwrap_or(default)
        .parse()
        .map_err(|e| Failure::usage(format!("-X: {e}")))?;
    Ok(Question {
        scheme,
        port: authority.port.unwrap_or_else(|| scheme.default_port()),
        host: authority.host,
        method,
        path: RequestPath::new(&target),
        headers: args
            .header
            .iter()
            .map(|h| header(h))
            .collect::<Result<_, _>>()?,
        body: body(args.data.as_deref())?,
    })
}

/// Whether something stands before the host.
fn has_login(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next();
    authority.is_some_and(|authority| authority.contains('@'))
}

fn header(text: &str) -> Result<(String, String), Failure> {
    let (name, value) = text
        .split_once(':')
        .ok_or_else(|| Failure::usage("-H takes `Name: value`"))?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

fn body(data: Option<&str>) -> Result<Vec<u8>, Failure> {
    match data {
        None => Ok(Vec::new()),
        Some(data) => match data.strip_prefix('@') {
            None => Ok(data.as_bytes().to_vec()),
            Some(path) => std::fs::read(path)
                .map_err(|e| Failure::usage(format!("could not read {path}: {e}"))),
        },
    }
}

fn asked(question: &Question) -> String {
    let host = match question.host.ip() {
        Some(std::net::IpAddr::V6(v6)) => format!("[{v6}]"),
        _ => question.host.to_string(),
    };
    let port = if question.port == question.scheme.default_port() {
        String::new()
    } else {
        format!(":{}", question.port)
    };
    format!(
        "{} {}://{host}{port}{}",
        question.method,
        question.scheme,
        question.path.path()
    )
}

fn as_text(bottle: &Bottle, question: &Question, explanation: &Explanation) -> String {
    match explanation {
        Explanation::Allowed { route, findings } => {
            passing_text("allowed  ", bottle, question, *route, findings)
        }
        Explanation::Held { route, findings } => {
            passing_text("held     ", bottle, question, *route, findings)
                + "  next        a person is asked: bottle inbox\n"
        }
        Explanation::Denied(denial) => denied_text(question, denial),
    }
}

fn passing_text(
    verdict: &str,
    bottle: &Bottle,
    question: &Question,
    id: RouteId,
    findings: &[Evidence],
) -> String {
    let mut lines = vec![format!("{verdict}{}", asked(question))];
    if let Some(route) = bottle.route(id) {
        lines.push(format!(
            "  route       {} port {}, from {}",
            route.host, route.port, route.origin
        ));
        lines.push(match &route.auth {
            Some(auth) => format!(
                "  credential  {}, added after the scan; the agent holds a placeholder",
                auth.token
            ),
            None => "  credential  none is added".to_owned(),
        });
    }
    lines.extend(findings_lines(findings));
    lines.join("\n") + "\n"
}

fn denied_text(question: &Question, denial: &Denial) -> String {
    let mut lines = vec![
        format!("denied   {}", asked(question)),
        format!("  rule        {}", denial.rule),
        format!("  why         {}", denial.message),
    ];
    if !denial.guidance.is_empty() {
        lines.push(format!("  next        {}", denial.guidance));
    }
    lines.extend(findings_lines(&denial.findings));
    lines.join("\n") + "\n"
}

fn findings_lines(findings: &[Evidence]) -> impl Iterator<Item = String> {
    findings.iter().map(|f| {
        format!(
            "  finding     {} in the {} ({})",
            f.title, f.place, f.detector
        )
    })
}

fn as_json(bottle: &Bottle, question: &Question, explanation: &Explanation) -> String {
    let findings = |list: &[Evidence]| -> Vec<Value> {
        list.iter()
            .map(|f| json!({"detector": f.detector.as_str(), "title": f.title, "where": f.place}))
            .collect()
    };
    let passing = |verdict: &str, route: RouteId, list: &[Evidence]| {
        let route = bottle.route(route);
        json!({
            "verdict": verdict,
            "request": asked(question),
            "route": route.map(|r| json!({"host": r.host.to_string(), "port": r.port, "origin": r.origin.to_string()})),
            "credential": route.and_then(|r| r.auth.as_ref()).map(|a| a.token.to_string()),
            "findings": findings(list),
        })
    };
    let value = match explanation {
        Explanation::Allowed {
            route,
            findings: list,
        } => passing("allow", *route, list),
        Explanation::Held {
            route,
            findings: list,
        } => passing("ask", *route, list),
        Explanation::Denied(denial) => json!({
            "verdict": "deny",
            "request": asked(question),
            "rule": denial.rule.as_str(),
            "message": denial.message,
            "guidance": denial.guidance,
            "findings": findings(&denial.findings),
        }),
    };
    format!("{value}\n")
}
