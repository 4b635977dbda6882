//! `bottle render`: another system's configuration from bottle.yaml.

use std::process::ExitCode;

use bottle_pipelock::{Ca, Remark, RemarkKind, build};

use crate::args;
use crate::failure::{DENIED, Failure, OURS};
use crate::load::{Purpose, load};
use crate::term;

pub(crate) fn render(args: &args::Render) -> Result<ExitCode, Failure> {
    match &args.what {
        args::RenderWhat::Pipelock(args) => pipelock(args),
    }
}

fn pipelock(args: &args::RenderPipelock) -> Result<ExitCode, Failure> {
    let ca = Ca::new(args.ca_cert.as_deref(), args.ca_key.as_deref())
        .map_err(|e| Failure::usage(format!("--ca-cert and --ca-key: {e}")))?;
    let loaded = load(args.manifest.file.as_deref(), &[], Purpose::Explain)?;
    let (config, remarks) = build(&loaded.bottle, ca.as_ref(), &args.ssrf_ip);
    for remark in &remarks {
        term::note(&told(remark));
    }
    let refused = remarks.iter().filter(|r| r.kind != RemarkKind::Aside);
    if args.strict && refused.count() > 0 {
        return Err(Failure::new(
            DENIED,
            "nothing was written: --strict allows no file that means something else than bottle.yaml",
        ));
    }
    let text = config
        .render()
        .map_err(|e| Failure::new(OURS, format!("could not {e}")))?;
    match &args.output {
        None => term::out(&text),
        Some(path) => bottle_backend::write_private(path, &text)
            .map_err(|e| Failure::new(OURS, format!("could not write {}: {e}", path.display())))?,
    }
    Ok(ExitCode::SUCCESS)
}

fn told(remark: &Remark) -> String {
    let sort = match remark.kind {
        RemarkKind::Aside => "note",
        RemarkKind::Refused => "pipelock does not start",
        RemarkKind::Wider => "pipelock is wider",
    };
    format!("{sort}: {remark}")
}
