//! Ordinary programs just work, with no flag about certificates: those that
//! honour the proxy variables and those that ignore them. What is not listed is
//! never dialled, and the program is told why.

use std::path::Path;
use std::process::Stdio;

use bottle_test_support::{Access, GitHost, Handler, Upstream, find_program, skip};
use serde_json::Value;

use crate::harness::{
    Answer, Output, Running, World, as_each_user, assert_denied, program_or_skip,
};

const LISTED: &str = "api.example.com";
const UNLISTED: &str = "collector.example.net";

/// Both halves of the promise, for a program that prints an answer with its
/// head when it is given a URL as its last argument.
#[track_caller]
fn reaches_what_is_listed_and_nothing_else(world: &mut World, argv: &[&str]) {
    let listed = world.upstream(LISTED, Handler::echo());
    let elsewhere = world.upstream(UNLISTED, Handler::echo());
    world.routes(&["host: api.example.com"]);

    let output = ask(world, argv, "https://api.example.com/v1/items?page=2");
    let answer = Answer::parse(&output.stdout);
    assert_eq!(answer.status, 200, "{output:#?}");
    assert_eq!(answer.json()["target"], "/v1/items?page=2");
    assert_eq!(listed.request_count(), 1);
    assert_eq!(world.events().allowed_hosts(), [LISTED]);

    let output = ask(world, argv, "https://collector.example.net/drop?x=1");
    let answer = Answer::parse(&output.stdout);
    assert_eq!(answer.rule(), "unknown_host", "{output:#?}");
    assert_teaches(&answer.body, "/drop");
    assert_eq!(world.events().rules(), ["unknown_host"]);
    assert_never_dialled(&elsewhere);
}

fn ask(world: &World, argv: &[&str], url: &str) -> Output {
    world.run(&[argv, &[url]].concat())
}

/// A refusal says what was asked for, and what to do.
#[track_caller]
fn assert_teaches(body: &str, path: &str) {
    let denial = assert_denied(body, "unknown_host");
    assert_eq!(denial["host"], UNLISTED);
    assert_eq!(denial["method"], "GET");
    assert_eq!(denial["path"], path);
    assert_eq!(denial["findings"], Value::Array(Vec::new()));
    let said = |key: &str| denial[key].as_str().unwrap_or_default().to_owned();
    assert!(said("message").contains(UNLISTED), "{denial:#}");
    assert!(said("guidance").contains("bottle.yaml"), "{denial:#}");
}

#[track_caller]
fn assert_never_dialled(upstream: &Upstream) {
    assert_eq!(
        upstream.connection_count(),
        0,
        "{:?}",
        upstream.connections()
    );
}

const CURL: [&str; 5] = ["curl", "-sS", "-i", "--max-time", "30"];

as_each_user! {
    fn curl(mut world) {
        program_or_skip!("curl");
        reaches_what_is_listed_and_nothing_else(&mut world, &CURL);
    }

    fn curl_that_is_told_to_use_no_proxy(mut world) {
        program_or_skip!("curl");
        let argv = [&CURL[..], &["--noproxy", "*"]].concat();
        reaches_what_is_listed_and_nothing_else(&mut world, &argv);
    }

    /// Neither the proxy's variables nor those that name the certificates.
    fn curl_with_an_empty_environment(mut world) {
        let curl = program_or_skip!("curl");
        let argv = [&["env", "-i", &curl], &CURL[1..]].concat();
        reaches_what_is_listed_and_nothing_else(&mut world, &argv);
    }

    fn wget(mut world) {
        program_or_skip!("wget");
        let argv = ["wget", "-q", "--save-headers", "--content-on-error", "-O", "-", "-T", "30"];
        reaches_what_is_listed_and_nothing_else(&mut world, &argv);
    }

    fn wget_with_an_empty_environment(mut world) {
        let wget = program_or_skip!("wget");
        let argv = ["env", "-i", &wget, "-q", "--save-headers", "--content-on-error", "-O", "-"];
        reaches_what_is_listed_and_nothing_else(&mut world, &argv);
    }

    fn python_urllib(mut world) {
        let Some(python) = python(&world, "import ssl") else {
            skip!("no python3 that a bottle can see");
        };
        let argv = [&python, "-c", URLLIB];
        reaches_what_is_listed_and_nothing_else(&mut world, &argv);
    }

    fn python_urllib_with_an_empty_environment(mut world) {
        let Some(python) = python(&world, "import ssl") else {
            skip!("no python3 that a bottle can see");
        };
        let argv = ["env", "-i", &python, "-c", URLLIB];
        reaches_what_is_listed_and_nothing_else(&mut world, &argv);
    }

    fn python_requests(mut world) {
        let Some((python, path)) = python_with_requests(&world) else {
            skip!("no python3 with requests that a bottle can see");
        };
        let path = format!("PYTHONPATH={path}");
        let argv = ["env", &path, &python, "-c", REQUESTS];
        reaches_what_is_listed_and_nothing_else(&mut world, &argv);
    }

    fn python_requests_that_trusts_no_environment(mut world) {
        let Some((python, path)) = python_with_requests(&world) else {
            skip!("no python3 with requests that a bottle can see");
        };
        // It then ignores the proxy, and is told the bundle as a person would tell it.
        let path = format!("PYTHONPATH={path}");
        let argv = ["env", &path, "DIRECT=1", &python, "-c", REQUESTS];
        reaches_what_is_listed_and_nothing_else(&mut world, &argv);
    }

    fn node_fetch(mut world) {
        program_or_skip!("node");
        if !is_seen_inside(&world, &["node", "-e", "fetch"]) {
            skip!("no node with fetch that a bottle can see");
        }
        reaches_what_is_listed_and_nothing_else(&mut world, &["node", "-e", FETCH]);
    }

    fn node_https(mut world) {
        program_or_skip!("node");
        if !is_seen_inside(&world, &["node", "-e", "0"]) {
            skip!("no node that a bottle can see");
        }
        reaches_what_is_listed_and_nothing_else(&mut world, &["node", "-e", NODE_HTTPS]);
    }

    fn git_clones(mut world) {
        let Some(host) = git_host(&mut world, LISTED, Access::Anyone) else {
            skip!("no git on this machine");
        };
        world.routes(&["host: api.example.com"]);
        world.run(&["git", "clone", "-q", REPOSITORY, "copy"]).ok();
        let readme = world.path("project/copy/README.md");
        assert_eq!(std::fs::read_to_string(readme).unwrap(), "# App\n");
        assert!(host.upstream().request_count() >= 2);
    }

    fn git_clones_with_an_empty_environment(mut world) {
        let Some(_host) = git_host(&mut world, LISTED, Access::Anyone) else {
            skip!("no git on this machine");
        };
        let git = find_program("git").unwrap();
        world.routes(&["host: api.example.com"]);
        world.run(&["env", "-i", git.to_str().unwrap(), "clone", "-q", REPOSITORY, "copy"]).ok();
    }

    fn git_is_given_the_credential_that_the_server_demands(mut world) {
        let access = Access::basic("x-access-token", TOKEN);
        let Some(host) = git_host(&mut world, LISTED, access) else {
            skip!("no git on this machine");
        };
        world.env("GIT_TOKEN", TOKEN);
        world.routes(&["host: api.example.com\nauth: { scheme: basic, token_ref: env:GIT_TOKEN }"]);
        world.run(&["git", "clone", "-q", REPOSITORY, "copy"]).ok();
        let pushed = world.sh(PUSH);
        pushed.ok();
        let tip = host.resolve("refs/heads/agent/one").unwrap();
        assert_eq!(tip.as_deref(), Some(pushed.stdout.trim()));
        assert!(!pushed.says(TOKEN), "{pushed:#?}");
        assert!(!world.events().mention(TOKEN));
    }

    fn git_that_shows_its_placeholder_is_given_the_credential(mut world) {
        let access = Access::basic("x-access-token", TOKEN);
        let Some(_host) = git_host(&mut world, LISTED, access) else {
            skip!("no git on this machine");
        };
        world.env("GIT_TOKEN", TOKEN);
        world.routes(&["host: api.example.com\nauth: { scheme: basic, token_ref: env:GIT_TOKEN }"]);
        let cloned = world.sh(
            "git clone -q https://x-access-token:$GIT_TOKEN@api.example.com/acme/app.git copy",
        );
        cloned.ok();
    }

    fn git_says_that_another_host_is_refused(mut world) {
        let Some(host) = git_host(&mut world, UNLISTED, Access::Anyone) else {
            skip!("no git on this machine");
        };
        world.routes(&["host: api.example.com"]);
        let url = REPOSITORY.replace(LISTED, UNLISTED);
        let output = world.run(&["git", "clone", "-q", &url, "copy"]);
        assert_ne!(output.code, 0);
        assert!(output.stderr.contains("403"), "{output:#?}");
        assert_never_dialled(host.upstream());
        assert_eq!(world.events().rules(), ["unknown_host"]);
    }
}

const REPOSITORY: &str = "https://api.example.com/acme/app.git";
const TOKEN: &str = "ght_q8Zr2LkPw94TsVbN6yXcD1hJmA7eUfG3";
const PUSH: &str = "cd copy && echo more >> README.md \
    && git -c user.name=A -c user.email=a@example.com commit -qam More \
    && git push -q origin HEAD:refs/heads/agent/one && git rev-parse HEAD";

fn git_host(world: &mut World, name: &str, access: Access) -> Option<GitHost> {
    find_program("git")?;
    let files = [("README.md", "# App\n"), ("src/a.txt", "a")];
    let host = GitHost::start(world.authority(), &[name], "acme/app.git", &files, access);
    let host = host.expect("a git server");
    world.lead(name, 443, host.upstream());
    Some(host)
}

/// Whether a command does what it should in a bottle without any route.
fn is_seen_inside(world: &World, argv: &[&str]) -> bool {
    world.run(argv).code == 0
}

/// A Python that starts inside and can do this: of those on the path, some may
/// be below a home that no bottle shows.
fn python(world: &World, can: &str) -> Option<String> {
    ["python3", "/usr/bin/python3", "/usr/local/bin/python3"]
        .into_iter()
        .find(|python| is_seen_inside(world, &[python, "-c", can]))
        .map(str::to_owned)
}

/// A Python inside, and where it finds requests. The host's own copy is put
/// into the project where the one inside has none.
fn python_with_requests(world: &World) -> Option<(String, String)> {
    let inside = python(world, "import ssl")?;
    if is_seen_inside(world, &[&inside, "-c", "import requests"]) {
        return Some((inside, String::new()));
    }
    let place = world.path("project/packages");
    let outside = find_program("python3")?;
    copy_requests(world, &outside, &place);
    let path = place.to_string_lossy().into_owned();
    let setting = format!("PYTHONPATH={path}");
    let found = is_seen_inside(world, &["env", &setting, &inside, "-c", "import requests"]);
    found.then_some((inside, path))
}

#[expect(
    clippy::disallowed_methods,
    reason = "the host's own Python, which knows where its packages are"
)]
fn copy_requests(world: &World, python: &Path, place: &Path) {
    let mut command = std::process::Command::new(python);
    command.args(["-c", COPY_REQUESTS]).arg(place);
    let copied = Running::start(&mut command, Stdio::null()).finish();
    if copied.code == 0 {
        world.give(place).expect("a directory");
    }
}

const COPY_REQUESTS: &str = "
import importlib, os, shutil, sys
for name in ['requests', 'urllib3', 'idna', 'certifi', 'charset_normalizer']:
    module = importlib.import_module(name)
    shutil.copytree(os.path.dirname(module.__file__), os.path.join(sys.argv[1], name))
";

const URLLIB: &str = "
import sys, urllib.error, urllib.request
try:
    answer = urllib.request.urlopen(sys.argv[1], timeout=30)
except urllib.error.HTTPError as error:
    answer = error
head = ['HTTP/1.1 %d' % answer.code] + ['%s: %s' % header for header in answer.headers.items()]
sys.stdout.write('\\r\\n'.join(head) + '\\r\\n\\r\\n' + answer.read().decode())
";

const REQUESTS: &str = "
import os, requests, sys
session = requests.Session()
if 'DIRECT' in os.environ:
    session.trust_env = False
    session.verify = os.environ['REQUESTS_CA_BUNDLE']
answer = session.get(sys.argv[1], timeout=30)
head = ['HTTP/1.1 %d' % answer.status_code] + ['%s: %s' % header for header in answer.headers.items()]
sys.stdout.write('\\r\\n'.join(head) + '\\r\\n\\r\\n' + answer.text)
";

const FETCH: &str = "
fetch(process.argv[1]).then(async (answer) => {
    let head = `HTTP/1.1 ${answer.status}\\r\\n`;
    answer.headers.forEach((value, name) => { head += `${name}: ${value}\\r\\n`; });
    process.stdout.write(head + '\\r\\n' + await answer.text());
});
";

const NODE_HTTPS: &str = "
require('https').get(process.argv[1], (answer) => {
    let head = `HTTP/1.1 ${answer.statusCode}\\r\\n`;
    for (const [name, value] of Object.entries(answer.headers)) head += `${name}: ${value}\\r\\n`;
    process.stdout.write(head + '\\r\\n');
    answer.pipe(process.stdout);
});
";
