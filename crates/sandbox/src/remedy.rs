// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! Which setting of this machine forbids a step, and the one command that lifts it. Looks only
//! after a step has failed: whether it works is found by doing.

use std::fs;

use crate::failure::{Failure, Step};

/// A setting, the value that forbids, what to say, and what to run.
const SETTINGS: [(&str, &str, &str, &str); 3] = [
    (
        "/proc/sys/user/max_user_namespaces",
        "0",
        "user.max_user_namespaces is 0",
        "sudo sysctl -w user.max_user_namespaces=15000",
    ),
    (
        "/proc/sys/kernel/unprivileged_userns_clone",
        "0",
        "kernel.unprivileged_userns_clone is 0",
        "sudo sysctl -w kernel.unprivileged_userns_clone=1",
    ),
    (
        "/proc/sys/kernel/apparmor_restrict_unprivileged_userns",
        "1",
        "AppArmor restricts unprivileged user namespaces",
        "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0",
    ),
];

/// Reason and remedy, if the failure looks like a refusal rather than a fault.
pub(crate) fn find(failure: &Failure) -> Option<(String, String)> {
    if failure.step == Step::IdMappedMount && !failure.is(libc::ENOENT) {
        return Some(idmapped(failure));
    }
    let early = matches!(
        failure.step,
        Step::Namespaces | Step::IdMap | Step::Addresses | Step::Mounts | Step::Privileges
    );
    let refused = [
        libc::EPERM,
        libc::EACCES,
        libc::ENOSPC,
        libc::ENOSYS,
        libc::EUSERS,
    ];
    if !early || !refused.into_iter().any(|errno| failure.is(errno)) {
        return None;
    }
    let setting = SETTINGS
        .iter()
        .find(|(path, value, ..)| fs::read_to_string(path).is_ok_and(|text| text.trim() == *value));
    if let Some((_, _, reason, remedy)) = setting {
        return Some(((*reason).to_owned(), (*remedy).to_owned()));
    }
    // Making namespaces was refused for no reason that shows; a file system step has others.
    (failure.step == Step::Namespaces || failure.step == Step::IdMap).then(|| container(failure))
}

fn idmapped(failure: &Failure) -> (String, String) {
    (
        format!(
            "{}: as root, writable trees need a file system with id-mapped mounts",
            failure.detail
        ),
        "run bottle as an ordinary user who owns the project".to_owned(),
    )
}

fn container(failure: &Failure) -> (String, String) {
    let errno = failure.errno.map(std::io::Error::from_raw_os_error);
    let errno = errno.map(|error| error.to_string()).unwrap_or_default();
    (
        format!(
            "{}: {errno}; a container's seccomp profile does this",
            failure.detail
        ),
        "docker run --security-opt seccomp=unconfined --security-opt apparmor=unconfined \
         --security-opt systempaths=unconfined …"
            .to_owned(),
    )
}
