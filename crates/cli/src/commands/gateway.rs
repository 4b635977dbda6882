//! `bottle gateway`: the engine alone.

use std::io;
use std::path::Path;
use std::process::ExitCode;

use bottle_backend::{Gateway, system_roots};

use crate::args;
use crate::failure::Failure;
use crate::load::{Purpose, load};
use crate::secrets::Lookup;
use crate::{places, term, upstream};

pub(crate) fn gateway(args: args::Gateway) -> Result<ExitCode, Failure> {
    let loaded = load(Some(&args.file), &[], Purpose::Run)?;
    let directory = loaded
        .manifest
        .as_deref()
        .and_then(Path::parent)
        .unwrap_or(&loaded.project)
        .to_owned();
    let lookup = Lookup {
        directory: &directory,
        home: &loaded.home,
    };
    let gateway = Gateway {
        tokens: lookup.tokens(&loaded.bottle)?,
        secrets: lookup.own(&loaded.bottle),
        bottle: loaded.bottle,
        upstream: bottle_backend::Upstream {
            parents: upstream::parents_of_a_proxy(args.upstream.upstream_proxy, args.listen)?,
            connect_to: args.upstream.connect_to,
            roots: system_roots(),
            ..bottle_backend::Upstream::default()
        },
        authority: None,
        manners: bottle_backend::Manners::Own,
        listen: args.listen,
        logs: places::logs()?,
    };
    let ca_cert = args.ca_cert;
    bottle_backend::gateway(gateway, |address, certificate| {
        if let Some(path) = &ca_cert {
            write(path, certificate)?;
        }
        term::note(&format!("listening on {address}"));
        Ok(())
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Whole or not at all: a client may be waiting for the file to appear.
fn write(path: &Path, text: &str) -> io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}", std::process::id()));
    let beside = path.with_file_name(name);
    std::fs::write(&beside, text)?;
    std::fs::rename(&beside, path)
}
