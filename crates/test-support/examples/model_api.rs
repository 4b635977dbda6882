//! Serves a fake model API until it is stopped, and tells each request.
//!
//! `cargo run -p bottle-test-support --example model_api -- anthropic ca.pem`
//! writes the authority's certificate to `ca.pem` and prints the base URL;
//! point the vendor's own command line there to see what it asks for. A third
//! argument is the pause between words, in milliseconds.

use std::error::Error;
use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

use bottle_test_support::model_api::{Script, anthropic, openai};
use bottle_test_support::{Authority, BodyState, Handler, Pace, Recorded, Upstream};

const NAMES: [&str; 3] = ["localhost", "api.anthropic.com", "api.openai.com"];
const LONG: Duration = Duration::from_hours(1);

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(vendor), Some(pem)) = (arguments.next(), arguments.next()) else {
        return Err("usage: model_api anthropic|openai CA_FILE [PAUSE_MS]".into());
    };
    let pause: u64 = arguments.next().map_or(Ok(100), |text| text.parse())?;
    let script = Script::default().pace(Pace::Every(Duration::from_millis(pause)));
    let handler = handler(&vendor, script)?;

    let authority = Authority::new()?;
    authority.write_pem(Path::new(&pem))?;
    let upstream = Upstream::start(&authority, &NAMES, handler)?;
    let mut out = std::io::stdout();
    writeln!(out, "https://localhost:{}", upstream.addr().port())?;

    for told in 0.. {
        let requests = upstream.wait_until(LONG, |requests| {
            let next = requests.get(told);
            next.is_some_and(|it| it.body_state != BodyState::Arriving)
        })?;
        tell(&mut out, requests.get(told))?;
    }
    Ok(())
}

fn handler(vendor: &str, script: Script) -> Result<Handler, Box<dyn Error>> {
    match vendor {
        "anthropic" => Ok(anthropic(script)),
        "openai" => Ok(openai(script)),
        other => Err(format!("no API called {other}").into()),
    }
}

fn tell(out: &mut impl std::io::Write, request: Option<&Recorded>) -> std::io::Result<()> {
    let Some(request) = request else {
        return Ok(());
    };
    writeln!(
        out,
        "\n[{}.{}] {} {} ({} bytes of body)",
        request.connection, request.nth, request.method, request.target, request.body_bytes
    )?;
    for (name, value) in &request.headers {
        writeln!(
            out,
            "    {name}: {}",
            String::from_utf8_lossy(value.as_bytes())
        )?;
    }
    if request.body.len() < 2000 {
        writeln!(out, "    {}", String::from_utf8_lossy(&request.body))?;
    }
    out.flush()
}
