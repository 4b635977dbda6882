//! A route that asks: the request is held, a person answers from another
//! terminal, and nobody inside can answer in their place.

use std::path::Path;
use std::process::Stdio;

use bottle_test_support::{Handler, Upstream, eventually};
use serde_json::Value;

use crate::harness::{
    Answer, PATIENCE, Running, User, World, as_each_user, program_or_skip, world_or_skip,
};

const HOST: &str = "api.example.com";
const URL: &str = "https://api.example.com/v1/notes";

/// Nothing was ever protected by it.
fn token(nth: char) -> String {
    [
        "ghp",
        "_",
        "d9KfW2mYxQ6tBv3ZsG8hNj5RpL1cTa7Eq7Z",
        &nth.to_string(),
    ]
    .concat()
}

fn set(world: &mut World, terms: &str) -> Upstream {
    world.routes(&[&format!("host: api.example.com\ninspect: {terms}")]);
    world.upstream(HOST, Handler::echo())
}

/// The open questions, as `bottle inbox --json` lists them.
fn open(world: &World) -> Vec<Value> {
    let listed = world.bottle(&["inbox", "--json"]);
    let lines = listed.ok().lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// The one question that a command at work leads to.
#[track_caller]
fn question(world: &World, running: &Running) -> Value {
    let mut found = Vec::new();
    let is_there = eventually(PATIENCE, || {
        found = open(world);
        !found.is_empty()
    });
    assert!(is_there && found.len() == 1, "{found:?} {running:#?}");
    found.remove(0)
}

fn id(question: &Value) -> &str {
    question["id"].as_str().unwrap()
}

fn say(world: &World, words: &[&str]) {
    assert_eq!(world.bottle(&[&["inbox"], words].concat()).ok(), "");
}

fn curl(body: &str) -> String {
    format!("curl -sS --max-time 60 -i -d '{body}' {URL}\n")
}

/// The verdict of each record and the note of its findings.
fn notes(world: &World) -> Vec<String> {
    let log = std::fs::read_to_string(world.log_file()).unwrap();
    let lines = log
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let told = |line: Value| {
        let findings = line["findings"].as_array().unwrap().clone();
        let verdict = line["verdict"].clone();
        findings.into_iter().map(move |finding| {
            format!(
                "{}: {}",
                verdict.as_str().unwrap(),
                finding["note"].as_str().unwrap_or("-")
            )
        })
    };
    lines.flat_map(told).collect()
}

as_each_user! {
    fn a_request_is_held_until_a_person_allows_it(mut world) {
        program_or_skip!("curl");
        let upstream = set(&mut world, "{ detectors: { github_token: ask } }");
        let script = [curl(&token('a')), curl(&token('a')), curl(&token('b'))].concat();
        let running = world.start(&["sh", "-c", &script]);
        let first = question(&world, &running);
        assert_eq!(first["host"], HOST);
        assert_eq!((&first["method"], &first["path"]), (&"POST".into(), &"/v1/notes".into()));
        assert_eq!(first["findings"][0]["detector"], "github_token");
        assert_eq!(first["findings"][0]["where"], "body");
        assert!(!first.to_string().contains(&token('a')));
        assert_eq!(upstream.request_count(), 0);
        let listed = world.bottle(&["inbox"]);
        let listed = listed.ok();
        assert!(listed.contains("POST api.example.com/v1/notes"), "{listed}");
        assert!(listed.contains("GitHub token in the body"), "{listed}");
        say(&world, &["allow", id(&first)]);
        // The second request has the same value; the third has another.
        assert!(eventually(PATIENCE, || upstream.request_count() == 2), "{running:#?}");
        let other = question(&world, &running);
        assert_ne!(other["findings"][0]["fingerprint"], first["findings"][0]["fingerprint"]);
        say(&world, &["deny", id(&other)]);
        let said = running.finish();
        assert_eq!(said.stdout.matches("\"body_sha256\"").count(), 2, "{said:#?}");
        let answer = Answer::parse(&["HTTP/1.1 403", said.stdout.rsplit("HTTP/1.1 403").next().unwrap()].concat());
        assert_eq!(answer.rule(), "secret");
        assert!(answer.body.contains("said no"), "{answer:#?}");
        assert!(!upstream.saw(token('b').as_bytes()));
        assert_eq!(notes(&world), [
            "warn: allowed by a person",
            "warn: allowed by a person",
            "deny: refused by a person",
        ]);
        assert_eq!(open(&world), Vec::<Value>::new());
    }
}

#[test]
fn an_answer_for_once_is_asked_for_again() {
    program_or_skip!("curl");
    let mut world = world_or_skip!(User::Caller);
    let upstream = set(&mut world, "{ on_match: ask }");
    let running = world.start(&["sh", "-c", &curl(&token('a')).repeat(2)]);
    for passed in 1..=2 {
        let asked = question(&world, &running);
        say(&world, &["allow", "--once", id(&asked)]);
        assert!(eventually(PATIENCE, || upstream.request_count() == passed));
    }
    running.finish().ok();
}

#[test]
fn who_is_inside_cannot_answer() {
    program_or_skip!("curl");
    let mut world = world_or_skip!(User::Caller);
    let upstream = set(&mut world, "{ on_match: ask }");
    let script = format!(
        "{} &\n\
         until test -s where; do sleep 0.1; done\n\
         curl -sS --max-time 5 --unix-socket \"$(cat where)\" http://inbox/; echo socket $?\n\
         ls -A \"$(dirname \"$(cat where)\")\"; cat \"$(cat where)\"; echo file $?\n\
         BOTTLE=\"$(cat bottle)\"; XDG_STATE_HOME=\"$(cat state)\" \"$BOTTLE\" inbox allow \"$(cat id)\"; echo command $?\n\
         wait\n",
        curl(&token('a')).trim_end()
    );
    let running = world.start(&["sh", "-c", &script]);
    let asked = question(&world, &running);
    let socket = world
        .path("state/bottle/logs")
        .join(asked["bottle"].as_str().unwrap());
    let mut entries = std::fs::read_dir(&socket).unwrap().flatten();
    let socket = entries.find(|e| e.path().extension().is_some_and(|e| e == "inbox"));
    let socket = socket.unwrap().path();
    world.write("project/id", id(&asked));
    world.write("project/state", world.path("state").to_str().unwrap());
    std::fs::copy(world.path("bottle"), world.project().join("own")).unwrap();
    world.write("project/bottle", "./own");
    world.write("project/where.new", socket.to_str().unwrap());
    std::fs::rename(world.path("project/where.new"), world.path("project/where")).unwrap();
    running.wait_for_stdout("command 1");
    assert!(running.stdout().contains("socket 7"), "{running:#?}");
    assert!(running.stdout().contains("file 1"), "{running:#?}");
    assert_eq!(upstream.request_count(), 0);
    say(&world, &["deny", id(&asked)]);
    let said = running.finish();
    assert!(said.says("HTTP/1.1 403"), "{said:#?}");
    assert_eq!(upstream.request_count(), 0);
}

/// As on somebody's terminal, which `script` makes: the questions come one by one, and
/// what is no answer is asked again.
#[test]
fn a_person_answers_in_a_terminal() {
    program_or_skip!("curl");
    program_or_skip!("script");
    let mut world = world_or_skip!(User::Caller);
    let upstream = set(&mut world, "{ detectors: { github_token: ask } }");
    let bottle = world.command().get_program().to_owned();
    let mut inbox = world.host_command(Path::new("script"));
    inbox.args(["-q", "-e", "-c"]);
    inbox
        .arg([bottle.to_str().unwrap(), " inbox"].concat())
        .arg("/dev/null");
    let mut inbox = Running::start(&mut inbox, Stdio::piped());
    inbox.wait_for_stdout("nothing waits for an answer");
    let script = [curl(&token('a')), curl(&token('b')), curl(&token('c'))].concat();
    let running = world.start(&["sh", "-c", &script]);
    for (nth, answer) in ["maybe", "yes"].into_iter().enumerate() {
        let asked = || inbox.stdout().matches("May it leave?").count() == nth + 1;
        assert!(eventually(PATIENCE, asked), "{inbox:#?}");
        inbox.write(&[answer, "\n"].concat());
    }
    assert!(
        eventually(PATIENCE, || upstream.request_count() == 1),
        "{inbox:#?}"
    );
    for (nth, answer) in ["skip", "no"].into_iter().enumerate() {
        let asked = || inbox.stdout().matches("May it leave?").count() == nth + 3;
        assert!(eventually(PATIENCE, asked), "{inbox:#?}");
        inbox.write(&[answer, "\n"].concat());
        if answer == "skip" {
            // It waits on, and somebody else answers.
            let skipped = question(&world, &running);
            say(&world, &["deny", id(&skipped)]);
        }
    }
    let said = running.finish();
    assert_eq!(said.stdout.matches("HTTP/1.1 403").count(), 2, "{said:#?}");
    assert_eq!(upstream.request_count(), 1);
    assert!(
        inbox.stdout().contains("GitHub token in the body"),
        "{inbox:#?}"
    );
    assert!(!inbox.stdout().contains(&token('a')), "{inbox:#?}");
    inbox.kill();
}

#[test]
fn a_question_ends_with_the_client_that_waits() {
    program_or_skip!("curl");
    let mut world = world_or_skip!(User::Caller);
    let upstream = set(&mut world, "{ on_match: ask }");
    let script = curl(&token('a')).replace("60", "3") + "echo over; cat";
    let mut running = world.start_with_input(&["sh", "-c", &script]);
    let asked = question(&world, &running);
    running.wait_for_stdout("over");
    assert!(eventually(PATIENCE, || open(&world).is_empty()));
    let late = world.bottle(&["inbox", "allow", id(&asked)]);
    assert_eq!(late.code, 1);
    assert!(late.stderr.contains("is open (any more)"), "{late:#?}");
    running.write("bye");
    running.finish().ok();
    assert_eq!(upstream.request_count(), 0);
    assert_eq!(notes(&world), ["deny: nobody answered"]);
}

#[test]
fn what_blocks_is_not_asked_about() {
    program_or_skip!("curl");
    let mut world = world_or_skip!(User::Caller);
    let card = ["4242", "4242", "4242", "4242"].concat();
    let upstream = set(&mut world, "{ detectors: { github_token: ask } }");
    let body = format!("card={card}&token={}", token('a'));
    let answer = world.curl(&["-i", "-d", &body, URL]);
    let answer = Answer::parse(answer.ok());
    assert_eq!(answer.rule(), "secret");
    assert!(answer.body.contains("payment_card"), "{answer:#?}");
    assert_eq!(upstream.request_count(), 0);
}

#[test]
fn a_body_too_long_to_be_held_is_refused_and_says_so() {
    program_or_skip!("curl");
    let mut world = world_or_skip!(User::Caller);
    let upstream = set(&mut world, "{ on_match: ask }");
    world.write(
        "project/long",
        format!("{}{}", "tea ".repeat(3 << 20), token('a')),
    );
    let said = world.curl(&["-i", "--data-binary", "@long", URL]);
    assert!(
        said.says("A person is asked only about what can be held"),
        "{said:#?}"
    );
    assert!(!upstream.saw(token('a').as_bytes()));
}

#[test]
fn a_gateway_asks_too_and_tells_on_its_stderr() {
    program_or_skip!("curl");
    let mut world = world_or_skip!(User::Caller);
    let upstream = set(&mut world, "{ on_match: ask }");
    let manifest = world.project().join("bottle.yaml");
    let led = world.connect_to_args();
    let led: Vec<&str> = led.iter().map(String::as_str).collect();
    let certificate = world.path("gateway.pem");
    let start = [
        &[
            "gateway",
            "-f",
            manifest.to_str().unwrap(),
            "--listen",
            "127.0.0.1:0",
        ][..],
        &["--ca-cert", certificate.to_str().unwrap()],
        &led,
    ];
    let gateway = world.start_bottle(&start.concat());
    gateway.wait_for_stderr("listening on ");
    let stderr = gateway.stderr();
    let address = stderr.split("listening on ").nth(1).unwrap().trim();
    let curl = bottle_test_support::find_program("curl").unwrap();
    let mut command = world.host_command(&curl);
    command.args(["-sS", "--max-time", "60", "-i", "-d", &token('a')]);
    command.args([
        "-x",
        &format!("http://{address}"),
        "--cacert",
        certificate.to_str().unwrap(),
        URL,
    ]);
    let asking = Running::start(&mut command, Stdio::null());
    gateway.wait_for_stderr("answer with `bottle inbox`");
    let asked = question(&world, &asking);
    assert!(
        gateway
            .stderr()
            .contains(&format!("bottle inbox allow {}", id(&asked)))
    );
    assert_eq!(upstream.request_count(), 0);
    say(&world, &["allow", id(&asked)]);
    assert!(asking.finish().says("HTTP/1.1 200"));
    assert_eq!(upstream.request_count(), 1);
}

#[test]
fn explain_says_that_a_person_would_be_asked() {
    let mut world = world_or_skip!(User::Caller);
    let _upstream = set(&mut world, "{ on_match: ask }");
    let explained = world.bottle(&["explain", "-f", "bottle.yaml", "-d", &token('a'), URL]);
    assert_eq!(explained.code, 1);
    insta::assert_snapshot!(explained.stdout, @r"
    held     POST https://api.example.com/v1/notes
      route       api.example.com port 443, from bottle.yaml line 4
      credential  none is added
      finding     GitHub token in the body (github_token)
      next        a person is asked: bottle inbox
    ");
    let json = world.bottle(&[
        "explain",
        "--json",
        "-f",
        "bottle.yaml",
        "-d",
        &token('a'),
        URL,
    ]);
    let json: Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(json["verdict"], "ask");
}
