//! `bench scan`: the scanner by itself, on one core, beside copying the same
//! bytes and beside the table's patterns one by one.
//!
//! Time is this thread's own on a processor, by the kernel's account, so that
//! other work on the machine counts little. `--count` runs each measure under
//! valgrind at two lengths and prints instructions a byte, which no other work
//! changes.

mod corpus;
mod count;

use std::cell::Cell;
use std::error::Error;
use std::hint::black_box;
use std::io::Write as _;
use std::time::Duration;

use bottle_policy::InspectTerms;
use bottle_scan::{Input, Place, Scanner, detectors};
use regex::bytes::{Regex, RegexBuilder};

use crate::clock;

/// Samples of each measure; the best counts.
const ROUNDS: usize = 3;
/// The least that a sample takes: the kernel brings its account up to date every
/// few milliseconds.
const SAMPLE: Duration = Duration::from_millis(400);
/// What the patterns are tried on, one by one: they are slow.
const SLOW: usize = 1 << 18;

type Outcome = Result<(), Box<dyn Error>>;

/// What can be measured by itself, for `--count`.
#[derive(Clone, Copy)]
enum What {
    Copy,
    Plain,
    Views,
}

const COUNTED: [(&str, What); 3] = [
    ("copy", What::Copy),
    ("as it stands", What::Plain),
    ("all views", What::Views),
];

/// Runs `bench scan` with these words.
pub(crate) fn run(words: &[String]) -> Outcome {
    let mut megabytes = 64;
    let mut count = false;
    let mut only = None;
    let mut sources = Vec::new();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--megabytes" => {
                megabytes = words.next().ok_or("--megabytes wants a number")?.parse()?;
            }
            "--count" => count = true,
            "--only" => only = words.next().cloned(),
            other => sources.push(other.into()),
        }
    }
    if count {
        return count::run(&COUNTED.map(|(name, _)| name), &sources);
    }
    let bench = Bench::new(megabytes << 20, &sources)?;
    match only {
        None => bench.table(),
        Some(name) => {
            let what = COUNTED.into_iter().find(|(known, _)| *known == name);
            let (_, what) = what.ok_or("there is no such measure")?;
            bench.once(what);
            Ok(())
        }
    }
}

struct Bench {
    scanner: Scanner,
    terms: InspectTerms,
    bodies: Vec<Vec<u8>>,
}

impl Bench {
    fn new(len: usize, sources: &[std::path::PathBuf]) -> Result<Self, Box<dyn Error>> {
        let scanner = new_scanner()?;
        let terms = InspectTerms::default();
        let clean = |body: &[u8]| scanner.are_plain(&[body], &terms);
        let bodies = corpus::conversations(len, sources, clean)?;
        Ok(Self {
            scanner,
            terms,
            bodies,
        })
    }

    fn once(&self, what: What) {
        for body in &self.bodies {
            match what {
                What::Copy => drop(black_box(body.clone())),
                What::Plain => {
                    black_box(self.scanner.hold_nothing_plain(body, &self.terms));
                }
                What::Views => {
                    black_box(self.scanner.are_plain(&[body.as_slice()], &self.terms));
                }
            }
        }
    }

    fn table(&self) -> Outcome {
        let mut out = std::io::stdout();
        let len: usize = self.bodies.iter().map(Vec::len).sum();
        writeln!(
            out,
            "| scan, one core | MB/s | cycles a byte | beside a copy | beside the patterns | beside patterns and services |"
        )?;
        writeln!(out, "|---|---:|---:|---:|---:|---:|")?;
        let copy = Speed::of(len, || self.once(What::Copy))?;
        let patterns = self.one_by_one(&patterns()?)?;
        let services = self.one_by_one(&services()?)?;
        let table = patterns.both(services);
        for (name, speed) in [
            ("a copy", copy),
            ("the table's patterns, one by one", patterns),
            ("the same, and each service by its name", table),
            ("as it stands", Speed::of(len, || self.once(What::Plain))?),
            ("all views", Speed::of(len, || self.once(What::Views))?),
        ] {
            // Beside one another by cycles: the machine's clock may have changed.
            let beside = |other: Speed| other.cycles / speed.cycles;
            let [copies, loops, all] = [copy, patterns, table].map(beside);
            let Speed { megabytes, cycles } = speed;
            writeln!(
                out,
                "| {name} | {megabytes:.1} | {cycles:.2} | {copies:.3} | {loops:.1} | {all:.0} |"
            )?;
        }
        writeln!(out)?;
        self.heads(&mut out)?;
        self.turns(&mut out)
    }

    /// Patterns that are tried one by one, over the beginning of the bodies.
    fn one_by_one(&self, patterns: &[Regex]) -> Result<Speed, Box<dyn Error>> {
        let all: Vec<u8> = self.bodies.iter().flatten().take(SLOW).copied().collect();
        Speed::of(all.len(), || {
            for pattern in patterns {
                black_box(pattern.find_iter(&all).count());
            }
        })
    }

    /// The head of a request: when all of it is read for the first time, when its
    /// length alone is new, as of every next request of a client, and when it comes
    /// again as it was.
    fn heads(&self, out: &mut impl std::io::Write) -> Outcome {
        const TIMES: u32 = 20_000;
        let head = corpus::head();
        let texts: Vec<&[u8]> = head.iter().map(String::as_bytes).collect();
        let micros = |look: &dyn Fn() -> bool| {
            let time = best(|| {
                for _ in 0..TIMES {
                    black_box(look());
                }
            });
            time.map(|time| (time / TIMES).as_secs_f64() * 1e6)
        };
        let first = micros(&|| self.scanner.are_plain(&texts, &self.terms))?;
        let again = micros(&|| {
            self.scanner
                .hold_nothing(texts.iter().copied(), &self.terms)
        })?;
        let lengths = Cell::new(0_u32);
        let next = micros(&|| {
            lengths.set(lengths.get() + 1);
            let length = lengths.get().to_string();
            let is_length = |text: &&[u8]| *text == corpus::LENGTH.as_bytes();
            let head = texts.iter().map(|text| {
                if is_length(text) {
                    length.as_bytes()
                } else {
                    text
                }
            });
            self.scanner.hold_nothing(head, &self.terms)
        })?;
        let bytes: usize = texts.iter().map(|text| text.len()).sum();
        writeln!(
            out,
            "A head of {} texts, {bytes} bytes: {first:.2} µs, {next:.2} µs with another length, {again:.2} µs when it comes again.",
            texts.len()
        )?;
        Ok(())
    }

    /// A conversation of a hundred turns, each of which sends all before it.
    fn turns(&self, out: &mut impl std::io::Write) -> Outcome {
        let turns = corpus::turns(&self.bodies, 100, 1_000_000);
        let look = |scanner: &Scanner, body: &[u8]| {
            black_box(
                scanner
                    .scan(Input::new(&Place::Body, body), &self.terms)
                    .is_ok(),
            );
        };
        let (mut fresh, mut remembering) = (Duration::ZERO, Duration::ZERO);
        let scanner = new_scanner()?;
        for body in &turns {
            remembering += spent(|| look(&scanner, body))?;
        }
        for body in &turns {
            let new = new_scanner()?;
            fresh += spent(|| look(&new, body))?;
        }
        let size = turns.last().map_or(0, Vec::len);
        writeln!(
            out,
            "A conversation of {} turns that ends at {size} bytes: {:.0} ms for all of them, {:.0} ms if nothing is remembered.",
            turns.len(),
            remembering.as_secs_f64() * 1e3,
            fresh.as_secs_f64() * 1e3,
        )?;
        Ok(())
    }
}

/// Those of the table's detectors that are patterns.
fn patterns() -> Result<Vec<Regex>, Box<dyn Error>> {
    let detectors = detectors::table().filter(|detector| !detector.pattern.is_empty());
    let build = |d: &detectors::Detector| RegexBuilder::new(d.pattern).unicode(false).build();
    Ok(detectors.map(build).collect::<Result<_, _>>()?)
}

/// What the table knows by name alone, in the way of scanners that have a
/// pattern for each service: its name, a word for a credential, a sign, a value.
fn services() -> Result<Vec<Regex>, Box<dyn Error>> {
    let build = |name: &str| {
        let name = name.replace(['-', '.'], "[-._]?");
        let pattern = format!(
            r#"{name}[a-z0-9_. -]{{0,20}}(?:key|token|secret|pass|auth)[a-z0-9_. -]{{0,20}}["' ]{{0,3}}[=:][="'> ]{{0,5}}[a-z0-9_+/.~-]{{16,64}}"#
        );
        let mut builder = RegexBuilder::new(&pattern);
        builder.unicode(false).case_insensitive(true).build()
    };
    Ok(detectors::services().map(build).collect::<Result<_, _>>()?)
}

fn new_scanner() -> Result<Scanner, Box<dyn Error>> {
    Ok(Scanner::new(Vec::new(), [7; 32])?)
}

/// The time on a processor of the best of some samples.
fn best(mut work: impl FnMut()) -> Result<Duration, Box<dyn Error>> {
    let mut best = Duration::MAX;
    for _ in 0..ROUNDS {
        best = best.min(sampled(&mut work)?);
    }
    Ok(best)
}

/// What some work takes once, done as often as a sample needs.
fn sampled(mut work: impl FnMut()) -> Result<Duration, Box<dyn Error>> {
    let (mut all, mut times) = (Duration::ZERO, 0);
    while all < SAMPLE {
        all += spent(&mut work)?;
        times += 1;
    }
    Ok(all / times)
}

fn spent(work: impl FnOnce()) -> Result<Duration, Box<dyn Error>> {
    let before = clock::cpu_time(std::process::id())?;
    work();
    Ok(clock::cpu_time(std::process::id())?.saturating_sub(before))
}

/// How fast some bytes were done with.
#[derive(Clone, Copy)]
struct Speed {
    /// Millions of bytes a second.
    megabytes: f64,
    /// Of the clock that was measured right before, for each byte.
    cycles: f64,
}

impl Speed {
    /// Of the best of some samples.
    #[expect(clippy::cast_precision_loss, reason = "bytes are far below 2^52")]
    fn of(bytes: usize, mut work: impl FnMut()) -> Result<Self, Box<dyn Error>> {
        let mut best = Self {
            megabytes: 0.0,
            cycles: f64::MAX,
        };
        for _ in 0..ROUNDS {
            let hertz = hertz()?;
            let seconds = sampled(&mut work)?.as_secs_f64();
            best.megabytes = best.megabytes.max(bytes as f64 / 1e6 / seconds);
            best.cycles = best.cycles.min(seconds * hertz / bytes as f64);
        }
        Ok(best)
    }

    /// Of doing both with the same bytes, one after the other.
    fn both(self, other: Self) -> Self {
        Self {
            megabytes: 1.0 / (1.0 / self.megabytes + 1.0 / other.megabytes),
            cycles: self.cycles + other.cycles,
        }
    }
}

/// The machine's clock, by a chain of steps that take four cycles each on any
/// processor of the last ten years: a multiplication takes three of them. Steps
/// of additions alone are no measure, since a compiler may put others for them.
fn hertz() -> Result<f64, Box<dyn Error>> {
    const STEPS: u32 = 200_000_000;
    let mut chain = black_box(3_u64);
    let time = spent(|| {
        for _ in 0..STEPS {
            chain = (chain | 1).wrapping_mul(chain);
        }
        black_box(chain);
    })?;
    Ok(f64::from(STEPS) * 4.0 / time.as_secs_f64())
}
