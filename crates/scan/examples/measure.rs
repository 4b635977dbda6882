//! What is caught and what is stopped in error, side by side, from one build.
//!
//!     cargo run --release -p bottle-scan --example measure -- CORPORA [-v | -va] [SOURCES…]
//!
//! `CORPORA` is the folder of the shared corpora, `SOURCES` are folders whose
//! files are all looked at. `-v` names what was missed and what was stopped.
//!
//! The rules are split in two halves by a hash of their ids, and the recall of
//! each is told. `-va` names what was missed of the first half only: whoever
//! tunes by these sees on the other half what holds for rules never seen.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a tool for developers: it prints, and may fall over on bad data"
)]

#[path = "measure/kinds.rs"]
mod kinds;

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use bottle_policy::{Action, InspectTerms};
use bottle_scan::{Input, Place, Scanner};
use data_encoding::BASE64;
use serde_json::{Value, json};

fn main() {
    let mut words: Vec<String> = std::env::args().skip(1).collect();
    let one_half = words.iter().any(|w| w == "-va");
    let verbose = one_half || words.iter().any(|w| w == "-v");
    words.retain(|w| w != "-v" && w != "-va");
    let corpora = PathBuf::from(words.first().map_or("../shared/corpora", String::as_str));
    let judge = Judge {
        scanner: Scanner::new(Vec::new(), [7; 32]).unwrap(),
        terms: InspectTerms::default(),
        verbose,
        one_half,
    };
    judge.secrets(&read(&corpora.join("secrets_shared.jsonl.gz")));
    judge.harmless(&read(&corpora.join("benign_shared.jsonl.gz")));
    judge.urls(&read(&corpora.join("benign_urls_shared.jsonl.gz")));
    judge.answers(&read(&corpora.join("benign_shared.jsonl.gz")));
    judge.speed(&read(&corpora.join("benign_shared.jsonl.gz")));
    for sources in words.iter().skip(1) {
        judge.sources(Path::new(sources));
    }
}

struct Judge {
    scanner: Scanner,
    terms: InspectTerms,
    verbose: bool,
    /// Of the secrets, only those of the first half of the rules are named.
    one_half: bool,
}

type Placement = (&'static str, fn(&str) -> (Place, Vec<u8>));

const PLACEMENTS: [Placement; 4] = [
    ("plain", |text| (Place::Body, text.as_bytes().to_vec())),
    ("json", |text| {
        let content = format!("See this file:\n{text}");
        let body = json!({"model": "m", "max_tokens": 1, "messages": [{"role": "user", "content": content}]});
        (Place::Body, body.to_string().into_bytes())
    }),
    ("base64", |text| {
        let body = json!({"content": BASE64.encode(text.as_bytes())});
        (Place::Body, body.to_string().into_bytes())
    }),
    ("header", |text| {
        let words: Vec<&str> = text.split_whitespace().collect();
        let line: String = words.join(" ").chars().take(4000).collect();
        (Place::Header("x-note".into()), line.into_bytes())
    }),
];

impl Judge {
    /// The detectors that stop the bytes. Empty where they pass.
    fn stops(&self, place: &Place, bytes: &[u8]) -> String {
        match self.scanner.scan(Input::new(place, bytes), &self.terms) {
            Err(exhausted) => exhausted.to_string(),
            Ok(findings) => {
                let stops = findings.iter().filter(|f| f.action != Action::Warn);
                let told = stops.map(|f| {
                    let end = f.end.min(f.start + 100);
                    let what = bytes
                        .get(f.start.saturating_sub(40)..end)
                        .unwrap_or_default();
                    if self.verbose {
                        let views: Vec<_> = f.decoding.iter().map(|v| v.as_str()).collect();
                        let what = String::from_utf8_lossy(what);
                        format!("{} {what:?} {}", f.detector, views.join(","))
                    } else {
                        f.detector.to_string()
                    }
                });
                told.collect::<Vec<_>>().join(" | ")
            }
        }
    }

    fn secrets(&self, cases: &[Value]) {
        let positives: Vec<&str> = cases
            .iter()
            .filter(|case| case["kind"] == "positive")
            .filter_map(|case| case["text"].as_str())
            .collect();
        let positives = positives.join("\n");
        for (name, place) in PLACEMENTS {
            let mut rules: BTreeMap<String, (usize, usize)> = BTreeMap::new();
            let (mut negatives, mut blocked, mut of_others, mut of_forms) = (0, 0, 0, 0);
            for case in cases {
                let text = case["text"].as_str().unwrap();
                let rule = rule_of(case);
                let (place, bytes) = place(text);
                let stops = self.stops(&place, &bytes);
                let short: String = text.chars().take(150).collect();
                if case["kind"] == "negative" {
                    negatives += 1;
                    blocked += usize::from(!stops.is_empty());
                    let other = !stops.is_empty() && self.is_of_another(text, &positives);
                    of_others += usize::from(other);
                    let form = !stops.is_empty() && !other && self.has_own_form(text);
                    of_forms += usize::from(form);
                    if self.verbose && !stops.is_empty() {
                        let other = if other {
                            " (another rule's positive)"
                        } else {
                            ""
                        };
                        println!("{name} NEGATIVE{other} {rule} {short:?} BY {stops}");
                    }
                    continue;
                }
                let count = rules.entry(rule.clone()).or_default();
                count.0 += usize::from(!stops.is_empty());
                count.1 += 1;
                let told = self.verbose && (!self.one_half || is_first_half(&rule));
                if told && stops.is_empty() {
                    println!("{name} MISSED {rule} {short:?}");
                }
            }
            println!("secrets/{name}: {}", recall(&rules, |_| true));
            println!("  first half {}", recall(&rules, is_first_half));
            println!("  second half {}", recall(&rules, |r| !is_first_half(r)));
            println!(
                "  negatives blocked {blocked} of {negatives}: {of_others} for a value that is another rule's positive, {of_forms} for one in the form of another credential, {} for neither",
                blocked - of_others - of_forms
            );
        }
    }

    /// Whether a value that is found in this negative is another rule's positive.
    fn is_of_another(&self, text: &str, positives: &str) -> bool {
        let input = Input::new(&Place::Body, text.as_bytes());
        let findings = self.scanner.scan(input, &self.terms).unwrap_or_default();
        findings.iter().any(|f| {
            text.get(f.start..f.end)
                .is_some_and(|value| positives.contains(value))
        })
    }

    /// Whether something in this negative has the form of a credential with a detector of
    /// its own, whatever it is called.
    fn has_own_form(&self, text: &str) -> bool {
        const BY_NAME: [&str; 3] = ["generic_secret", "service_credential", "short_secret"];
        let input = Input::new(&Place::Body, text.as_bytes());
        let findings = self.scanner.scan(input, &self.terms).unwrap_or_default();
        findings.iter().any(|f| {
            let id = f.detector.as_str();
            !BY_NAME.contains(&id) && !id.contains("password")
        })
    }

    fn harmless(&self, cases: &[Value]) {
        let (mut stopped, mut bytes, start) = (BTreeMap::new(), 0, Instant::now());
        for case in cases {
            let body = BASE64
                .decode(case["body_b64"].as_str().unwrap().as_bytes())
                .unwrap();
            bytes += body.len();
            let stops = self.stops(&Place::Body, &body);
            if !stops.is_empty() {
                let kind = case["kind"].as_str().unwrap();
                *stopped.entry(format!("{kind}: {stops}")).or_insert(0) += 1;
            }
        }
        let seconds = start.elapsed().as_secs_f64();
        println!(
            "harmless bodies stopped: {} of {}; {:.1} MB in {seconds:.2} s",
            stopped.len(),
            cases.len(),
            mega(bytes)
        );
        for (what, times) in &stopped {
            println!("  {times} {what}");
        }
    }

    /// The speed over the model requests of the corpus, beside copying them.
    fn speed(&self, cases: &[Value]) {
        let bodies: Vec<Vec<u8>> = cases
            .iter()
            .filter(|case| {
                case["kind"]
                    .as_str()
                    .is_some_and(|kind| kind.starts_with("req:"))
            })
            .map(|case| {
                BASE64
                    .decode(case["body_b64"].as_str().unwrap().as_bytes())
                    .unwrap()
            })
            .collect();
        let bytes: usize = bodies.iter().map(Vec::len).sum();
        if bytes == 0 {
            return;
        }
        let time = |name: &str, each: &dyn Fn(&[u8])| {
            let best = (0..5)
                .map(|_| {
                    let start = Instant::now();
                    for body in &bodies {
                        each(body);
                    }
                    start.elapsed().as_secs_f64()
                })
                .fold(f64::INFINITY, f64::min);
            println!(
                "speed, {name}: {:.1} MB/s over {:.1} MB of requests",
                mega(bytes) / best,
                mega(bytes)
            );
        };
        time("all views", &|body| drop(self.stops(&Place::Body, body)));
        time("a copy", &|body| drop(std::hint::black_box(body.to_vec())));
        let head = b"application/json; charset=utf-8";
        let start = Instant::now();
        for _ in 0..10_000 {
            std::hint::black_box(self.stops(&Place::Header("x-note".into()), head));
        }
        println!(
            "speed, one header value: {:.2} us",
            start.elapsed().as_secs_f64() * 100.0
        );
    }

    /// Instructions seen in harmless answers.
    fn answers(&self, cases: &[Value]) {
        let mut bodies = Vec::new();
        for case in cases {
            let kind = case["kind"].as_str().unwrap();
            if !kind.starts_with("req:") {
                let body = BASE64.decode(case["body_b64"].as_str().unwrap().as_bytes());
                bodies.push((kind.to_owned(), body.unwrap()));
            }
        }
        let mut seen = 0;
        for (kind, body) in &bodies {
            let told = self.instructions(body);
            seen += usize::from(!told.is_empty());
            if !told.is_empty() {
                println!("  {kind}: {told}");
            }
        }
        let bytes = bodies.iter().map(|(_, body)| body.len()).sum();
        println!(
            "harmless answers with an instruction: {seen} of {}; {:.1} MB",
            bodies.len(),
            mega(bytes)
        );
        kinds::print(&bodies, &|body| drop(self.instructions(body)));
    }

    fn instructions(&self, body: &[u8]) -> String {
        let input = Input::new(&Place::Response, body);
        match self.scanner.instructions(input, &self.terms) {
            Err(exhausted) => exhausted.to_string(),
            Ok(findings) => {
                let told = findings.iter().map(|f| {
                    let what = body.get(f.start..f.end).unwrap_or_default();
                    format!("{} {:?}", f.detector, String::from_utf8_lossy(what))
                });
                told.collect::<Vec<_>>().join(" | ")
            }
        }
    }

    fn urls(&self, cases: &[Value]) {
        let mut stopped = 0;
        for case in cases {
            let url = case["url"].as_str().unwrap();
            let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
            let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            let mut stops = self.stops(&Place::Url, path.as_bytes());
            stops += &self.stops(&Place::Host, host.as_bytes());
            for (name, value) in case["headers"].as_object().unwrap() {
                let place = Place::Header(name.to_ascii_lowercase());
                stops += &self.stops(&place, value.as_str().unwrap_or_default().as_bytes());
            }
            stopped += usize::from(!stops.is_empty());
            if !stops.is_empty() {
                println!("  {url}: {stops}");
            }
        }
        println!("harmless URLs stopped: {stopped} of {}", cases.len());
    }

    fn sources(&self, folder: &Path) {
        let mut folders = vec![folder.to_owned()];
        let (mut files, mut stopped, mut bytes, start) = (0, 0, 0, Instant::now());
        let mut told = 0;
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
                let path = entry.path();
                let Ok(kind) = entry.file_type() else {
                    continue;
                };
                if kind.is_dir() {
                    folders.push(path);
                } else if kind.is_file() {
                    let Ok(content) = std::fs::read(&path) else {
                        continue;
                    };
                    if content.len() > 8 << 20 {
                        continue;
                    }
                    files += 1;
                    bytes += content.len();
                    let instructions = self.instructions(&content);
                    told += usize::from(!instructions.is_empty());
                    if !instructions.is_empty() {
                        println!("  {}: {instructions}", path.display());
                    }
                    let stops = self.stops(&Place::Body, &content);
                    stopped += usize::from(!stops.is_empty());
                    if !stops.is_empty() {
                        let stops: String = stops.chars().take(300).collect();
                        println!(
                            "  {}: {stops}",
                            path.strip_prefix(&folder).unwrap_or(&path).display()
                        );
                    }
                }
            }
        }
        let seconds = start.elapsed().as_secs_f64();
        println!(
            "{}: files stopped {stopped}, with an instruction {told}, of {files}; {:.1} MB in {seconds:.2} s",
            folder.display(),
            mega(bytes)
        );
    }
}

fn rule_of(case: &Value) -> String {
    format!("{}|{}", case["source"], case["rule_id"])
}

/// By a hash of the rule's name (FNV-1a), so that no one chose the halves.
fn is_first_half(rule: &str) -> bool {
    let hash = rule.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (hash >> 32) & 1 == 0
}

fn recall(rules: &BTreeMap<String, (usize, usize)>, take: impl Fn(&str) -> bool) -> String {
    let taken: Vec<_> = rules
        .iter()
        .filter(|(rule, _)| take(rule))
        .map(|(_, n)| n)
        .collect();
    let whole = taken.iter().filter(|(n, all)| n == all).count();
    let some = taken.iter().filter(|(n, _)| *n > 0).count();
    let permille: usize = taken.iter().map(|(n, all)| n * 1000 / all).sum();
    let mean = permille / taken.len().max(1);
    format!(
        "rules {}: wholly {whole}, in part {some}, mean recall {}.{}%",
        taken.len(),
        mean / 10,
        mean % 10
    )
}

fn mega(bytes: usize) -> f64 {
    f64::from(u32::try_from(bytes / 1000).unwrap()) / 1000.0
}

fn read(path: &Path) -> Vec<Value> {
    let Ok(file) = std::fs::File::open(path) else {
        println!("skipped: {} is not there", path.display());
        return Vec::new();
    };
    let mut text = String::new();
    flate2::read::MultiGzDecoder::new(file)
        .read_to_string(&mut text)
        .unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}
