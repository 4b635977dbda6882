// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! The system calls that a command in a bottle may not make: those that namespaces do not
//! cover, those that only widen the kernel's surface, and those for making more namespaces.
//! A list of refusals: everything an ordinary tool uses stays.

use std::collections::BTreeMap;

use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule, TargetArch,
};

use crate::failure::{Blame as _, Failure, Outcome, Step};
use crate::info::Users;
use crate::sys::process::add_filter;

type Rules = BTreeMap<i64, Vec<SeccompRule>>;

/// Refused with "not permitted", whatever the arguments.
const REFUSED: [i64; 49] = [
    libc::SYS_acct,
    libc::SYS_add_key,
    libc::SYS_adjtimex,
    libc::SYS_bpf,
    libc::SYS_chroot,
    libc::SYS_clock_adjtime,
    libc::SYS_clock_settime,
    libc::SYS_delete_module,
    libc::SYS_fanotify_init,
    libc::SYS_finit_module,
    libc::SYS_fsconfig,
    libc::SYS_fsmount,
    libc::SYS_fsopen,
    libc::SYS_fspick,
    libc::SYS_init_module,
    libc::SYS_kexec_file_load,
    libc::SYS_kexec_load,
    libc::SYS_keyctl,
    libc::SYS_lookup_dcookie,
    libc::SYS_mbind,
    libc::SYS_migrate_pages,
    libc::SYS_mount,
    libc::SYS_mount_setattr,
    libc::SYS_move_mount,
    libc::SYS_move_pages,
    libc::SYS_name_to_handle_at,
    libc::SYS_nfsservctl,
    libc::SYS_open_by_handle_at,
    libc::SYS_open_tree,
    libc::SYS_perf_event_open,
    libc::SYS_pivot_root,
    libc::SYS_quotactl,
    libc::SYS_quotactl_fd,
    libc::SYS_reboot,
    libc::SYS_request_key,
    libc::SYS_set_mempolicy,
    libc::SYS_setdomainname,
    libc::SYS_sethostname,
    libc::SYS_setns,
    libc::SYS_settimeofday,
    libc::SYS_swapoff,
    libc::SYS_swapon,
    libc::SYS_syslog,
    libc::SYS_umount2,
    libc::SYS_userfaultfd,
    libc::SYS_vhangup,
    libc::SYS_vmsplice,
    // open_tree_attr and the new xattr calls have no name in the C library's list yet.
    467,
    libc::SYS_memfd_secret,
];

/// Refused as unknown, so that programs fall back to what can be looked into.
const UNKNOWN: [i64; 5] = [
    // Its flags are behind a pointer; the C library falls back to clone.
    libc::SYS_clone3,
    // Its mode is behind a pointer; programs fall back to openat.
    libc::SYS_openat2,
    libc::SYS_io_uring_enter,
    libc::SYS_io_uring_register,
    libc::SYS_io_uring_setup,
];

/// Calls with the place of the mode among their arguments.
#[cfg(target_arch = "x86_64")]
const CHANGING_A_MODE: [(i64, u8); 4] = [
    (libc::SYS_chmod, 1),
    (libc::SYS_fchmod, 1),
    (libc::SYS_fchmodat, 2),
    (FCHMODAT2, 2),
];
#[cfg(not(target_arch = "x86_64"))]
const CHANGING_A_MODE: [(i64, u8); 3] = [
    (libc::SYS_fchmod, 1),
    (libc::SYS_fchmodat, 2),
    (FCHMODAT2, 2),
];
#[cfg(target_arch = "x86_64")]
const MAKING_A_FILE: [(i64, u8); 3] = [
    (libc::SYS_creat, 1),
    (libc::SYS_mknod, 1),
    (libc::SYS_mknodat, 2),
];
#[cfg(not(target_arch = "x86_64"))]
const MAKING_A_FILE: [(i64, u8); 1] = [(libc::SYS_mknodat, 2)];
/// Their flags stand before the mode.
#[cfg(target_arch = "x86_64")]
const OPENING: [(i64, u8); 2] = [(libc::SYS_open, 2), (libc::SYS_openat, 3)];
#[cfg(not(target_arch = "x86_64"))]
const OPENING: [(i64, u8); 1] = [(libc::SYS_openat, 3)];
/// It has no name in every version of the C library's list.
const FCHMODAT2: i64 = 452;
/// The bit that `O_TMPFILE` has besides that of directories.
const TEMPORARY: u32 = 0o20_000_000;

/// Applies all of it to this thread. Needs `no_new_privs`.
pub(crate) fn apply(users: Users) -> Outcome<()> {
    #[cfg(target_arch = "x86_64")]
    add(&no_x32())?;
    let programs = [
        program(refused()?, libc::EPERM)?,
        program(plain(&UNKNOWN), libc::ENOSYS)?,
        program(odd_sockets()?, libc::EAFNOSUPPORT)?,
        program(lasting_privileges(users)?, libc::EPERM)?,
    ];
    programs.iter().try_for_each(|program| {
        let program: Vec<libc::sock_filter> = program.iter().map(convert).collect();
        add(&program)
    })
}

fn add(program: &[libc::sock_filter]) -> Outcome<()> {
    add_filter(program).blame(Step::Seccomp, || "install a filter".to_owned())
}

fn convert(instruction: &seccompiler::sock_filter) -> libc::sock_filter {
    libc::sock_filter {
        code: instruction.code,
        jt: instruction.jt,
        jf: instruction.jf,
        k: instruction.k,
    }
}

/// Numbers from `0x4000_0000` on reach the same calls by another table on x86-64, past any list.
#[cfg(target_arch = "x86_64")]
fn no_x32() -> [libc::sock_filter; 4] {
    const LOAD_NUMBER: u16 = 0x20;
    const JUMP_IF_AT_LEAST: u16 = 0x35;
    const RETURN: u16 = 0x06;
    let instruction = |code, jf, k| libc::sock_filter { code, jt: 0, jf, k };
    let unknown = libc::SECCOMP_RET_ERRNO | libc::ENOSYS.cast_unsigned();
    [
        instruction(LOAD_NUMBER, 0, 0),
        instruction(JUMP_IF_AT_LEAST, 1, 0x4000_0000),
        instruction(RETURN, 0, unknown),
        instruction(RETURN, 0, libc::SECCOMP_RET_ALLOW),
    ]
}

fn plain(calls: &[i64]) -> Rules {
    calls.iter().map(|&call| (call, Vec::new())).collect()
}

fn refused() -> Outcome<Rules> {
    let mut rules = plain(&REFUSED);
    let new_user = bits(libc::CLONE_NEWUSER);
    let makes_user_namespace = || masked(0, new_user, new_user);
    rules.insert(
        libc::SYS_unshare,
        vec![rule(vec![makes_user_namespace()?])?],
    );
    rules.insert(libc::SYS_clone, vec![rule(vec![makes_user_namespace()?])?]);
    // Compared as 32 bits, as the kernel does: high bits must not slip past.
    // TIOCSTI and TIOCLINUX, whose type differs between C libraries.
    let requests = [0x5412, 0x541c];
    let types = requests
        .into_iter()
        .map(|request| rule(vec![condition(1, SeccompCmpOp::Eq, request)?]));
    rules.insert(libc::SYS_ioctl, types.collect::<Outcome<_>>()?);
    Ok(rules)
}

/// Only local sockets, TCP, UDP, and asking about the network's own routes.
fn odd_sockets() -> Outcome<Rules> {
    let is = |argument, value: i32| condition(argument, SeccompCmpOp::Eq, bits(value));
    let not = |argument, value: i32| condition(argument, SeccompCmpOp::Ne, bits(value));
    let mut refused = vec![
        rule(vec![
            not(0, libc::AF_UNIX)?,
            not(0, libc::AF_INET)?,
            not(0, libc::AF_INET6)?,
            not(0, libc::AF_NETLINK)?,
        ])?,
        rule(vec![is(0, libc::AF_NETLINK)?, not(2, libc::NETLINK_ROUTE)?])?,
    ];
    for family in [libc::AF_INET, libc::AF_INET6] {
        refused.push(rule(vec![
            is(0, family)?,
            not(2, 0)?,
            not(2, libc::IPPROTO_TCP)?,
            not(2, libc::IPPROTO_UDP)?,
        ])?);
        let raw = masked(1, 0xf, bits(libc::SOCK_RAW))?;
        refused.push(rule(vec![is(0, family)?, raw])?);
    }
    Ok(BTreeMap::from([(libc::SYS_socket, refused)]))
}

/// A program in the project that runs as its owner, or with its group, whoever starts it
/// outside. Tools need the group's bit on directories, and a filter cannot tell those from files:
/// changing a mode to it is refused only where the group may be root's.
fn lasting_privileges(users: Users) -> Outcome<Rules> {
    let (user, group) = (libc::S_ISUID, libc::S_ISGID);
    let both = [user, group];
    let changing = match users {
        Users::Shifted(_) => &both[..],
        Users::Single => &both[..1],
    };
    let mut rules = Rules::new();
    for (call, argument) in CHANGING_A_MODE {
        let all = changing.iter().map(|&bit| rule(vec![sets(argument, bit)?]));
        rules.insert(call, all.collect::<Outcome<_>>()?);
    }
    for (call, argument) in MAKING_A_FILE {
        let all = both.iter().map(|&bit| rule(vec![sets(argument, bit)?]));
        rules.insert(call, all.collect::<Outcome<_>>()?);
    }
    for (call, argument) in OPENING {
        let mut all = Vec::new();
        // Without one of these the mode is not looked at, and may be anything.
        for making in [libc::O_CREAT.cast_unsigned(), TEMPORARY] {
            for bit in both {
                all.push(rule(vec![
                    sets(argument - 1, making)?,
                    sets(argument, bit)?,
                ])?);
            }
        }
        rules.insert(call, all);
    }
    Ok(rules)
}

fn sets(argument: u8, bit: u32) -> Outcome<SeccompCondition> {
    masked(argument, bit.into(), bit.into())
}

/// The kernel's constants are never negative.
fn bits(value: i32) -> u64 {
    value.cast_unsigned().into()
}

fn masked(argument: u8, mask: u64, value: u64) -> Outcome<SeccompCondition> {
    condition(argument, SeccompCmpOp::MaskedEq(mask), value)
}

fn condition(argument: u8, how: SeccompCmpOp, value: u64) -> Outcome<SeccompCondition> {
    SeccompCondition::new(argument, SeccompCmpArgLen::Dword, how, value).map_err(|e| invalid(&e))
}

fn rule(conditions: Vec<SeccompCondition>) -> Outcome<SeccompRule> {
    SeccompRule::new(conditions).map_err(|error| invalid(&error))
}

fn program(rules: Rules, errno: i32) -> Outcome<BpfProgram> {
    let errno = SeccompAction::Errno(errno.cast_unsigned());
    let arch = TargetArch::try_from(std::env::consts::ARCH).map_err(|error| invalid(&error))?;
    SeccompFilter::new(rules, SeccompAction::Allow, errno, arch)
        .and_then(BpfProgram::try_from)
        .map_err(|error| invalid(&error))
}

fn invalid(error: &seccompiler::BackendError) -> Failure {
    Failure::new(Step::Seccomp, error.to_string())
}
