// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! Ways out, each tried from inside by a program of our own. An attempt prints what it got;
//! the test outside says what it must be.
#![expect(unsafe_code, reason = "system calls that no ordinary program makes")]

use std::io::Error;

use crate::Test;
use crate::support::Trial;

/// Makes this program the attacker.
pub(crate) const ARGUMENT: &str = "__attack";

pub(crate) const TESTS: &[Test] = &[
    ("no_odd_sockets", no_odd_sockets),
    ("no_new_namespaces", no_new_namespaces),
    ("no_mounts", no_mounts),
    ("no_kernel_surface", no_kernel_surface),
    ("no_way_into_pid_1", no_way_into_pid_1),
    ("no_typing_into_a_terminal", no_typing_into_a_terminal),
    ("no_network_changes", no_network_changes),
    ("no_program_outlives_with_its_owners_rights", no_setuid),
    ("modes_and_archives_still_work", modes_still_work),
    ("ordinary_calls_still_work", ordinary_calls_still_work),
];

/// What the attacker's part `name` printed.
fn tried(name: &str) -> String {
    Trial::attack(name).output()
}

#[track_caller]
fn all_refused(name: &str) {
    let text = tried(name);
    assert!(text.lines().count() > 0);
    for line in text.lines() {
        assert!(line.ends_with("refused"), "{text}");
    }
}

fn no_odd_sockets() {
    all_refused("sockets");
}

fn no_new_namespaces() {
    all_refused("namespaces");
}

fn no_mounts() {
    all_refused("mounts");
}

fn no_kernel_surface() {
    all_refused("kernel");
}

fn no_way_into_pid_1() {
    all_refused("init");
}

fn no_typing_into_a_terminal() {
    all_refused("tiocsti");
}

fn no_network_changes() {
    all_refused("network");
}

fn no_setuid() {
    all_refused("setuid");
}

/// The twin: what tools do with modes every day.
fn modes_still_work() {
    let script = "set -e; mkdir d e; echo x > d/f; chmod 0755 d/f; chmod u=rwx,go= d; \
        tar -cpf a.tar d; tar -xpf a.tar -C e; cp -a d c; install -m 0750 d/f i; \
        cp --preserve=mode /usr/bin/env env; chmod +t d; mkfifo p; stat -c %a d/f e/d c i; \
        python3 -c 'import os; os.open(\"q\", os.O_RDONLY | os.O_CREAT, 0o640)' 2>/dev/null || true";
    assert_eq!(Trial::script(script).output(), "755\n700\n700\n750\n");
}

fn ordinary_calls_still_work() {
    let text = tried("ordinary");
    assert!(text.lines().count() > 3);
    assert!(text.lines().all(|line| line.ends_with("worked")), "{text}");
}

/// Runs one of the attacker's parts.
pub(crate) fn run(name: &str) -> i32 {
    match name {
        "sockets" => sockets(),
        "namespaces" => namespaces(),
        "mounts" => mounts(),
        "kernel" => kernel(),
        "init" => init(),
        "tiocsti" => tiocsti(),
        "network" => network(),
        "setuid" => setuid(),
        "ordinary" => ordinary(),
        _ => return 1,
    }
    0
}

/// Every call that gives a file a mode, with the bit that makes it run as its owner.
fn setuid() {
    let (here, name, user) = (libc::AT_FDCWD.into(), c"program".as_ptr() as i64, 0o4755);
    std::fs::write("program", "").unwrap();
    let file = std::fs::File::open("program").unwrap();
    let file = std::os::fd::AsRawFd::as_raw_fd(&file).into();
    let making = i64::from(libc::O_CREAT | libc::O_WRONLY);
    let temporary = i64::from(libc::O_TMPFILE | libc::O_WRONLY);
    let (made, dot) = (c"made".as_ptr() as i64, c".".as_ptr() as i64);
    #[cfg(target_arch = "x86_64")]
    for (what, number, arguments) in [
        ("chmod", libc::SYS_chmod, [name, user, 0]),
        ("creat", libc::SYS_creat, [made, user, 0]),
        ("creat, group", libc::SYS_creat, [made, 0o2755, 0]),
        ("open", libc::SYS_open, [made, making, user]),
        ("open, group", libc::SYS_open, [made, making, 0o2755]),
        ("mknod", libc::SYS_mknod, [made, 0o104_755, 0]),
    ] {
        tell(what, call(number, &arguments));
    }
    tell("fchmod", call(libc::SYS_fchmod, &[file, user]));
    tell("fchmodat", call(libc::SYS_fchmodat, &[here, name, user]));
    tell("fchmodat2", call(452, &[here, name, user, 0]));
    tell(
        "openat",
        call(libc::SYS_openat, &[here, made, making, user]),
    );
    tell(
        "tmpfile",
        call(libc::SYS_openat, &[here, dot, temporary, user]),
    );
    tell(
        "mknodat",
        call(libc::SYS_mknodat, &[here, made, 0o104_755, 0]),
    );
    let how = [making.cast_unsigned(), user.cast_unsigned(), 0];
    let how = [here, made, how.as_ptr() as i64, 24];
    tell("openat2", call(libc::SYS_openat2, &how));
}

type Arguments = [i64; 6];

fn call(number: i64, arguments: &[i64]) -> i64 {
    let mut all: Arguments = [0; 6];
    for (place, argument) in all.iter_mut().zip(arguments) {
        *place = *argument;
    }
    // SAFETY: each attempt passes integers, null or pointers to live memory; a call that is let
    // through fails the test, whatever it does to this process.
    unsafe { libc::syscall(number, all[0], all[1], all[2], all[3], all[4], all[5]) }
}

fn tell(what: &str, result: i64) {
    if result < 0 {
        // Not a mistake of ours that looks like a refusal.
        let errno = Error::last_os_error().raw_os_error().unwrap();
        let refusals = [
            libc::EPERM,
            libc::EACCES,
            libc::ENOSYS,
            libc::EAFNOSUPPORT,
            libc::EROFS,
            libc::ENOENT,
            libc::ESRCH,
            libc::EPROTONOSUPPORT,
        ];
        if refusals.contains(&errno) {
            println!("{what}: {errno} refused");
        } else {
            println!("{what}: odd errno {errno}");
        }
    } else {
        println!("{what}: worked");
    }
}

fn sockets() {
    let raw = i64::from(libc::SOCK_RAW);
    let datagram = i64::from(libc::SOCK_DGRAM);
    let stream = i64::from(libc::SOCK_STREAM);
    for (what, family, kind, protocol) in [
        ("raw v4", libc::AF_INET, raw, 1),
        ("raw v6", libc::AF_INET6, raw, 58),
        ("raw tcp", libc::AF_INET, raw, 6),
        ("ping", libc::AF_INET, datagram, 1),
        ("sctp", libc::AF_INET, stream, 132),
        ("packet", libc::AF_PACKET, raw, 0x0300),
        ("vsock", libc::AF_VSOCK, stream, 0),
        ("alg", libc::AF_ALG, 5, 0),
        ("bluetooth", libc::AF_BLUETOOTH, raw, 1),
        ("xdp", libc::AF_XDP, raw, 0),
        ("netlink audit", libc::AF_NETLINK, raw, 9),
        ("netlink netfilter", libc::AF_NETLINK, raw, 12),
        ("netlink sock_diag", libc::AF_NETLINK, raw, 4),
        ("netlink uevent", libc::AF_NETLINK, raw, 15),
        ("netlink generic", libc::AF_NETLINK, raw, 16),
    ] {
        let arguments = [i64::from(family), kind, protocol];
        tell(what, call(libc::SYS_socket, &arguments));
        // High bits, which the kernel ignores.
        let [family, kind, protocol] = arguments.map(|argument| argument | 1 << 32);
        tell(what, call(libc::SYS_socket, &[family, kind, protocol]));
    }
}

fn namespaces() {
    let user = i64::from(libc::CLONE_NEWUSER);
    tell("unshare user", call(libc::SYS_unshare, &[user]));
    tell(
        "unshare user, high bits",
        call(libc::SYS_unshare, &[user | 1 << 40]),
    );
    for flag in [libc::CLONE_NEWNET, libc::CLONE_NEWNS, libc::CLONE_NEWPID] {
        tell("unshare", call(libc::SYS_unshare, &[i64::from(flag)]));
    }
    tell(
        "clone user",
        call(libc::SYS_clone, &[user | i64::from(libc::SIGCHLD)]),
    );
    tell("clone3", call(libc::SYS_clone3, &[0, 0]));
    for name in [c"/proc/self/ns/net", c"/proc/self/ns/user"] {
        let file = call(libc::SYS_open, &[name.as_ptr() as i64, 0]);
        tell("setns", call(libc::SYS_setns, &[file, 0]));
    }
}

fn mounts() {
    let (tmp, kind) = (c"/tmp".as_ptr() as i64, c"tmpfs".as_ptr() as i64);
    tell("mount", call(libc::SYS_mount, &[kind, tmp, kind, 0, 0]));
    let remount = (libc::MS_REMOUNT | libc::MS_BIND).cast_signed();
    let usr = c"/usr".as_ptr() as i64;
    tell("remount", call(libc::SYS_mount, &[0, usr, 0, remount, 0]));
    tell("umount", call(libc::SYS_umount2, &[tmp, 2]));
    tell("pivot_root", call(libc::SYS_pivot_root, &[tmp, tmp]));
    tell("chroot", call(libc::SYS_chroot, &[tmp]));
    tell("fsopen", call(libc::SYS_fsopen, &[kind, 0]));
    tell("open_tree", call(libc::SYS_open_tree, &[-100, usr, 1]));
    tell("open_tree_attr", call(467, &[-100, usr, 1]));
    tell(
        "mount_setattr",
        call(libc::SYS_mount_setattr, &[-100, usr, 0, 0, 32]),
    );
    let node = c"/tmp/null".as_ptr() as i64;
    let mode = i64::from(libc::S_IFCHR | 0o666);
    tell("mknod", call(libc::SYS_mknodat, &[-100, node, mode, 0x103]));
}

fn kernel() {
    let zeros = [0_u8; 256];
    let zeros = zeros.as_ptr() as i64;
    tell("bpf", call(libc::SYS_bpf, &[0, zeros, 128]));
    tell("io_uring", call(libc::SYS_io_uring_setup, &[8, zeros]));
    tell("userfaultfd", call(libc::SYS_userfaultfd, &[1]));
    tell(
        "perf",
        call(libc::SYS_perf_event_open, &[zeros, 0, -1, -1, 0]),
    );
    tell("keyctl", call(libc::SYS_keyctl, &[0, -3, 1]));
    let user = c"user".as_ptr() as i64;
    tell(
        "add_key",
        call(libc::SYS_add_key, &[user, user, zeros, 1, -3]),
    );
    tell(
        "open_by_handle_at",
        call(libc::SYS_open_by_handle_at, &[-100, zeros, 0]),
    );
    tell("fanotify", call(libc::SYS_fanotify_init, &[0, 0]));
    tell("syslog", call(libc::SYS_syslog, &[3, zeros, 1]));
    tell("reboot", call(libc::SYS_reboot, &[0, 0, 0]));
    tell("kexec", call(libc::SYS_kexec_load, &[0, 0, 0, 0]));
    #[cfg(target_arch = "x86_64")]
    for (what, number) in [("x32 getpid", libc::SYS_getpid), ("x32 bpf", libc::SYS_bpf)] {
        tell(what, call(number | 0x4000_0000, &[0, zeros, 128]));
    }
    for path in [
        c"/proc/sys/kernel/core_pattern",
        c"/proc/sys/kernel/hostname",
        c"/proc/sysrq-trigger",
        c"/proc/sys/vm/drop_caches",
        c"/proc/sys/user/max_user_namespaces",
        c"/proc/kcore",
        c"/dev/kvm",
        c"/dev/mem",
        c"/dev/kmsg",
    ] {
        let write = i64::from(libc::O_WRONLY);
        tell(
            path.to_str().unwrap(),
            call(libc::SYS_open, &[path.as_ptr() as i64, write]),
        );
    }
}

fn init() {
    tell("ptrace", call(libc::SYS_ptrace, &[16, 1, 0, 0]));
    tell("kill", call(libc::SYS_kill, &[1, 0]));
    let mut byte = [0_u8];
    let local = libc::iovec {
        iov_base: byte.as_mut_ptr().cast(),
        iov_len: 1,
    };
    let local = std::ptr::from_ref(&local) as i64;
    tell(
        "read memory",
        call(libc::SYS_process_vm_readv, &[1, local, 1, local, 1, 0]),
    );
    for path in [
        c"/proc/1/mem",
        c"/proc/1/environ",
        c"/proc/1/maps",
        c"/proc/1/root/etc",
        c"/proc/1/cwd/etc",
        c"/proc/1/fd/0",
        c"/proc/1/ns/net",
        c"/proc/1/ns/user",
        c"/proc/1/exe",
    ] {
        tell(
            path.to_str().unwrap(),
            call(libc::SYS_open, &[path.as_ptr() as i64, 0]),
        );
    }
    let pidfd = call(libc::SYS_pidfd_open, &[1, 0]);
    tell("pidfd_getfd", call(libc::SYS_pidfd_getfd, &[pidfd, 0, 0]));
}

fn tiocsti() {
    let byte = b"x";
    for request in [0x5412_i64, 0x5412 | 1 << 32, 0x541c] {
        tell(
            "ioctl",
            call(libc::SYS_ioctl, &[0, request, byte.as_ptr() as i64]),
        );
    }
}

/// Messages that would set `lo` down, if it were permitted.
fn network() {
    let raw = i64::from(libc::SOCK_RAW);
    let socket = call(libc::SYS_socket, &[i64::from(libc::AF_NETLINK), raw, 0]);
    let mut message = [0_u8; 32];
    message[0] = 32;
    message[4] = 16;
    message[6] = 5;
    message[20] = 1;
    message[28] = 1;
    let sent = call(
        libc::SYS_sendto,
        &[socket, message.as_ptr() as i64, 32, 0, 0, 0],
    );
    assert_eq!(sent, 32, "{}", Error::last_os_error());
    let mut answer = [0_u8; 128];
    call(
        libc::SYS_recvfrom,
        &[socket, answer.as_mut_ptr() as i64, 128, 0, 0, 0],
    );
    let errno = i32::from_ne_bytes(answer[16..20].try_into().unwrap());
    println!(
        "lo down: {errno} {}",
        if errno == -libc::EPERM {
            "refused"
        } else {
            "odd"
        }
    );
    let tcp = call(libc::SYS_socket, &[2, 1, 0]);
    let one = 1_i32;
    let one = std::ptr::from_ref(&one) as i64;
    for (what, option) in [
        ("transparent", libc::IP_TRANSPARENT),
        ("freebind", libc::IP_FREEBIND),
    ] {
        let result = call(libc::SYS_setsockopt, &[tcp, 0, i64::from(option), one, 4]);
        if what == "transparent" {
            tell(what, result);
        }
    }
}

fn ordinary() {
    tell("udp", call(libc::SYS_socket, &[2, 2, 0]));
    tell("tcp", call(libc::SYS_socket, &[10, 1, 6]));
    tell("unix", call(libc::SYS_socket, &[1, 1, 0]));
    tell("route", call(libc::SYS_socket, &[16, 3, 0]));
    let thread = std::thread::spawn(|| 0);
    tell("thread", thread.join().map_or(-1, i64::from));
    tell(
        "memfd",
        call(libc::SYS_memfd_create, &[c"x".as_ptr() as i64, 0]),
    );
    tell("epoll", call(libc::SYS_epoll_create1, &[0]));
    tell("inotify", call(libc::SYS_inotify_init1, &[0]));
}
