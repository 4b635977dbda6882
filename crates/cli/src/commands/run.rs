//! `bottle run`: a command in its bottle.

use std::process::ExitCode;

use bottle_backend::{Plan, Request, Stdio, keep_out_of_reach, prepare, system_roots};

use crate::args;
use crate::commands::inbox;
use crate::commands::notes::Notes;
use crate::failure::{Failure, NO_SANDBOX};
use crate::load::{Loaded, Purpose, load};
use crate::secrets::Lookup;
use crate::source::blame;
use crate::{places, term, upstream};

pub(crate) fn run(args: args::Run) -> Result<ExitCode, Failure> {
    let loaded = load(args.manifest.file.as_deref(), &args.command, Purpose::Run)?;
    let directory = loaded.directory().to_owned();
    let Loaded {
        mut bottle,
        project,
        repositories,
        source,
        home,
    } = loaded;
    if bottle.agent.command.is_empty() {
        return Err(Failure::usage(
            "there is nothing to run: name a command after `--`, or set `agent.command` in bottle.yaml",
        ));
    }
    if let Some(source) = &source {
        source.check_writable(&project, &home)?;
    }
    let lookup = Lookup {
        directory: &directory,
        home: &home,
    };
    let stores = [places::logs()?, places::allowed()?];
    keep_out_of_reach(&bottle, &project, &home, &stores)?;
    let credentials = lookup.token_files(&bottle);
    let guarded = [credentials.clone(), lookup.own_files(&bottle)].concat();
    bottle.filesystem.hidden.extend(credentials);
    let tokens = lookup.tokens(&bottle)?;
    let own = lookup.own(&bottle);
    own.tell();
    let request = Request {
        tokens,
        secrets: own.secrets,
        cwd: places::here()?,
        environment: std::env::vars_os().collect(),
        protect: source
            .iter()
            .map(|source| source.path.clone())
            .filter(|path| path.starts_with(&project))
            .chain([project.join(places::MANIFEST)])
            .chain(guarded)
            .collect(),
        parents: upstream::parents(args.upstream.upstream_proxy.as_deref())?,
        connect_to: args.upstream.connect_to,
        roots: system_roots(),
        logs: places::logs()?,
        show: Vec::new(),
        stdio: Stdio::Inherit,
        bottle,
        project,
        repositories,
        home,
    };
    let plan = prepare(request)?;
    let mut notes = Notes::new(banner(&plan));
    let exit = plan
        .run(&mut notes, inbox::notice_in_a_run())
        .map_err(|error| within_another(blame(source.as_ref(), error)))?;
    // Said at the start, when the agent may have drawn over it.
    own.notes.iter().for_each(|note| term::note(note));
    Ok(ExitCode::from(exit.code()))
}

/// A bottle permits no sandbox; the way out of that is not on this machine.
fn within_another(mut failure: Failure) -> Failure {
    if let (NO_SANDBOX, Some(name)) = (failure.code, std::env::var_os("BOTTLE")) {
        failure.message = format!(
            "this is inside the bottle `{}` already, and there is no bottle inside a bottle; run the command as it is\nWhat was tried: {}",
            name.display(),
            failure.message
        );
    }
    failure
}

fn banner(plan: &Plan) -> String {
    let hosts = plan.hosts();
    let reach = match hosts.as_slice() {
        [] => "reaches no host".to_owned(),
        few if few.len() <= 4 => format!("reaches {}", few.join(", ")),
        many => format!("reaches {} hosts", many.len()),
    };
    format!(
        "{} {reach}; everything that leaves is read (bottle logs)",
        plan.name()
    )
}
