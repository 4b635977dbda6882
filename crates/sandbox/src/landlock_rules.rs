// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! The second wall behind the mounts: with Landlock the command reads only below the bottle's
//! root, writes only where the bottle is writable, and reaches no abstract socket and no process
//! outside. A descriptor that came from outside cannot be reopened through /proc.

use std::path::Path;

use landlock::{
    ABI, Access as _, AccessFs, BitFlags, PathBeneath, PathFd, Ruleset, RulesetAttr as _,
    RulesetCreated, RulesetCreatedAttr as _, RulesetStatus, Scope,
};

use crate::failure::{Failure, Outcome, Step};
use crate::spec::Spec;

const WRITABLE: [&str; 5] = ["/tmp", "/var/tmp", "/run", "/dev", "/proc"];

/// Applies all that ABI `abi` offers to this thread; less than all of it is a failure.
/// Needs `no_new_privs`.
pub(crate) fn apply(spec: &Spec, abi: u32) -> Outcome<()> {
    let abi = ABI::from(abi.cast_signed());
    if abi == ABI::Unsupported {
        return Ok(());
    }
    let status = ruleset(spec, abi)
        .and_then(|ruleset| Ok(ruleset.restrict_self()?))
        .map_err(|error| Failure::new(Step::Landlock, error.to_string()))?;
    if status.ruleset != RulesetStatus::FullyEnforced {
        let what = format!("promised ABI {abi}, enforced: {:?}", status.ruleset);
        return Err(Failure::new(Step::Landlock, what));
    }
    Ok(())
}

fn ruleset(spec: &Spec, abi: ABI) -> Result<RulesetCreated, Box<dyn std::error::Error>> {
    let all = AccessFs::from_all(abi);
    let mut ruleset = Ruleset::default().handle_access(all)?;
    let scopes = Scope::from_all(abi);
    if !scopes.is_empty() {
        ruleset = ruleset.scope(scopes)?;
    }
    let mut created = allow(ruleset.create()?, Path::new("/"), AccessFs::from_read(abi))?;
    let own = WRITABLE.iter().map(Path::new);
    for path in own.chain([spec.home.as_path()]) {
        created = allow(created, path, all)?;
    }
    for path in &spec.writable {
        let access = if path.is_dir() {
            all
        } else {
            all & AccessFs::from_file(abi)
        };
        created = allow(created, path, access)?;
    }
    Ok(created)
}

fn allow(
    ruleset: RulesetCreated,
    path: &Path,
    access: BitFlags<AccessFs>,
) -> Result<RulesetCreated, Box<dyn std::error::Error>> {
    Ok(ruleset.add_rule(PathBeneath::new(PathFd::new(path)?, access))?)
}
