//! `bottle gateway`: the engine alone.

use std::path::Path;
use std::process::ExitCode;

use bottle_backend::{Authority, Error, Gateway, Manners, Upstream, system_roots};

use crate::args;
use crate::commands::pipelock::StandIn;
use crate::commands::{inbox, pair};
use crate::failure::Failure;
use crate::load::{Purpose, load};
use crate::secrets::Lookup;
use crate::source::{Source, blame};
use crate::{places, term, upstream};

pub(crate) fn gateway(args: &args::Gateway) -> Result<ExitCode, Failure> {
    // One that is kept is there already.
    let ca_cert = args.ca_cert.clone().filter(|_| args.ca_key.is_none());
    let (gateway, source) = match (&args.pipelock, &args.file) {
        (Some(file), _) => (stand_in(file, args)?, None),
        (None, Some(file)) => own(file, args)?,
        (None, None) => return Err(Failure::usage("name a file with -f or --pipelock")),
    };
    bottle_backend::gateway(
        gateway,
        |certificate| match &ca_cert {
            Some(path) => write(path, certificate),
            None => Ok(()),
        },
        |address| term::note(&format!("listening on {address}")),
    )
    .map_err(|error| blame(source.as_ref(), error))?;
    Ok(ExitCode::SUCCESS)
}

/// An engine with a manifest.
fn own(file: &Path, args: &args::Gateway) -> Result<(Gateway, Option<Source>), Failure> {
    let listen = args
        .listen
        .ok_or_else(|| Failure::usage("name an address with --listen, such as 127.0.0.1:3128"))?;
    let loaded = load(Some(file), &[], Purpose::Run)?;
    let lookup = Lookup {
        directory: loaded.directory(),
        home: &loaded.home,
    };
    let tokens = lookup.tokens(&loaded.bottle)?;
    let secrets = lookup.own(&loaded.bottle);
    secrets.tell();
    let gateway = Gateway {
        tokens,
        secrets: secrets.secrets,
        bottle: loaded.bottle,
        upstream: Upstream {
            parents: upstream::parents_of_a_proxy(args.upstream.upstream_proxy.as_deref(), listen)?,
            connect_to: args.upstream.connect_to.clone(),
            roots: system_roots(),
            ..Upstream::default()
        },
        listen,
        logs: places::logs()?,
        authority: kept(args)?,
        manners: Manners::Own,
        notice: inbox::notice(),
    };
    Ok((gateway, loaded.source))
}

/// The authority that outlives one start, where one is asked for.
fn kept(args: &args::Gateway) -> Result<Option<Authority>, Failure> {
    let (Some(certificate), Some(key)) = (&args.ca_cert, &args.ca_key) else {
        return Ok(None);
    };
    if !certificate.exists() && !key.exists() {
        pair::make(certificate, key)?;
    }
    pair::read(certificate, key).map(Some)
}

/// An engine that stands in for a pipelock, from its file.
fn stand_in(file: &Path, args: &args::Gateway) -> Result<Gateway, Failure> {
    let stand_in = StandIn::read(file, args.strict)?;
    let listen = args.listen.unwrap_or(stand_in.meaning.listen);
    Ok(Gateway {
        upstream: Upstream {
            parents: upstream::parents_of_a_proxy(args.upstream.upstream_proxy.as_deref(), listen)?,
            connect_to: args.upstream.connect_to.clone(),
            roots: system_roots(),
            exempt: stand_in.exempt(),
        },
        manners: stand_in.manners(),
        tokens: Vec::new(),
        secrets: stand_in.secrets,
        bottle: stand_in.meaning.bottle,
        listen,
        logs: places::logs()?,
        authority: stand_in.authority,
        notice: inbox::notice(),
    })
}

/// Whole or not at all: a client may be waiting for the file to appear.
fn write(path: &Path, text: &str) -> Result<(), Error> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}", std::process::id()));
    let beside = path.with_file_name(name);
    std::fs::write(&beside, text)
        .and_then(|()| std::fs::rename(&beside, path))
        .map_err(|source| Error::Stage {
            path: path.to_owned(),
            source,
        })
}
