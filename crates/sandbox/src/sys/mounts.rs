// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! The descriptor based mount calls, and `openat2`.

use std::ffi::{CStr, CString};
use std::io;
use std::mem::size_of;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd, RawFd};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use super::{check, owned};

const OPEN_TREE_CLONE: libc::c_uint = 1;
const MOVE_MOUNT_F_EMPTY_PATH: libc::c_uint = 0x04;
const MOVE_MOUNT_T_EMPTY_PATH: libc::c_uint = 0x40;
const FSOPEN_CLOEXEC: libc::c_uint = 1;
const FSMOUNT_CLOEXEC: libc::c_uint = 1;
const FSCONFIG_SET_FLAG: libc::c_uint = 0;
const FSCONFIG_SET_STRING: libc::c_uint = 1;
const FSCONFIG_CMD_CREATE: libc::c_uint = 6;

pub(crate) const ATTR_RDONLY: u64 = 0x01;
pub(crate) const ATTR_NOSUID: u64 = 0x02;
pub(crate) const ATTR_NODEV: u64 = 0x04;
pub(crate) const ATTR_NOEXEC: u64 = 0x08;
const ATTR_IDMAP: u64 = 0x0010_0000;

/// `struct mount_attr`.
#[repr(C)]
#[derive(Default)]
struct MountAttr {
    attr_set: u64,
    attr_clr: u64,
    propagation: u64,
    userns_fd: u64,
}

/// Whether a mount call takes the mounts below along.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Depth {
    One,
    Recursive,
}

fn path_arg(path: &Path) -> io::Result<CString> {
    CString::new(path.as_os_str().as_bytes()).map_err(|_| io::ErrorKind::InvalidInput.into())
}

/// A detached copy of the mounts at an absolute path, following symbolic links.
pub(crate) fn open_tree(path: &Path) -> io::Result<OwnedFd> {
    let path = path_arg(path)?;
    clone_tree(libc::AT_FDCWD, &path, 0)
}

/// A detached copy of the mounts at an open directory or file.
pub(crate) fn open_tree_at(place: BorrowedFd<'_>) -> io::Result<OwnedFd> {
    clone_tree(place.as_raw_fd(), c"", libc::AT_EMPTY_PATH)
}

fn clone_tree(dir: RawFd, path: &CStr, extra: libc::c_int) -> io::Result<OwnedFd> {
    // Recursive is a must in a user namespace: mounts below are locked to their parent.
    let flags = OPEN_TREE_CLONE
        | libc::O_CLOEXEC.cast_unsigned()
        | (libc::AT_RECURSIVE | extra).cast_unsigned();
    // SAFETY: `path` is a valid C string for the length of the call.
    owned(unsafe { libc::syscall(libc::SYS_open_tree, dir, path.as_ptr(), flags) })
}

/// Sets flags on a mount and cuts it off from other mount namespaces.
pub(crate) fn restrict(tree: BorrowedFd<'_>, flags: u64, depth: Depth) -> io::Result<()> {
    let attr = MountAttr {
        attr_set: flags,
        propagation: libc::MS_PRIVATE,
        ..MountAttr::default()
    };
    set_attr(tree, &attr, depth)
}

/// Shows a tree's owners as the user namespace `users` maps them.
pub(crate) fn map_owners(tree: BorrowedFd<'_>, users: BorrowedFd<'_>) -> io::Result<()> {
    let attr = MountAttr {
        attr_set: ATTR_IDMAP,
        userns_fd: u64::from(users.as_raw_fd().cast_unsigned()),
        ..MountAttr::default()
    };
    set_attr(tree, &attr, Depth::Recursive)
}

fn set_attr(tree: BorrowedFd<'_>, attr: &MountAttr, depth: Depth) -> io::Result<()> {
    let recursive = match depth {
        Depth::One => 0,
        Depth::Recursive => libc::AT_RECURSIVE,
    };
    // SAFETY: `attr` is a valid `struct mount_attr` of the size given.
    check(unsafe {
        libc::syscall(
            libc::SYS_mount_setattr,
            tree.as_raw_fd(),
            c"".as_ptr(),
            (libc::AT_EMPTY_PATH | recursive).cast_unsigned(),
            std::ptr::from_ref(attr),
            size_of::<MountAttr>(),
        )
    })?;
    Ok(())
}

/// Attaches a detached tree exactly on an open place, be it a symbolic link.
pub(crate) fn attach(tree: BorrowedFd<'_>, place: BorrowedFd<'_>) -> io::Result<()> {
    // SAFETY: both paths are valid empty C strings; the descriptors are borrowed.
    check(unsafe {
        libc::syscall(
            libc::SYS_move_mount,
            tree.as_raw_fd(),
            c"".as_ptr(),
            place.as_raw_fd(),
            c"".as_ptr(),
            MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH,
        )
    })?;
    Ok(())
}

/// A new, detached file system of a kind without a device.
pub(crate) fn new_filesystem(
    kind: &CStr,
    options: &[(&CStr, &str)],
    flags: u64,
) -> io::Result<OwnedFd> {
    // SAFETY: `kind` is a valid C string.
    let context = owned(unsafe { libc::syscall(libc::SYS_fsopen, kind.as_ptr(), FSOPEN_CLOEXEC) })?;
    for (key, value) in options {
        configure(context.as_fd(), key, value)?;
    }
    // SAFETY: the create command takes no key and no value.
    check(unsafe {
        libc::syscall(
            libc::SYS_fsconfig,
            context.as_raw_fd(),
            FSCONFIG_CMD_CREATE,
            std::ptr::null::<libc::c_char>(),
            std::ptr::null::<libc::c_char>(),
            0,
        )
    })?;
    // SAFETY: only integers are passed.
    owned(unsafe {
        libc::syscall(
            libc::SYS_fsmount,
            context.as_raw_fd(),
            FSMOUNT_CLOEXEC,
            flags,
        )
    })
}

fn configure(context: BorrowedFd<'_>, key: &CStr, value: &str) -> io::Result<()> {
    let text = CString::new(value).map_err(|_| io::ErrorKind::InvalidInput)?;
    let (command, value) = if value.is_empty() {
        (FSCONFIG_SET_FLAG, std::ptr::null())
    } else {
        (FSCONFIG_SET_STRING, text.as_ptr())
    };
    // SAFETY: `key` is a C string, `value` null or a C string that outlives the call.
    check(unsafe {
        libc::syscall(
            libc::SYS_fsconfig,
            context.as_raw_fd(),
            command,
            key.as_ptr(),
            value,
            0,
        )
    })?;
    Ok(())
}

/// Opens a path, never through a link of /proc: a link in a tree the command wrote must not
/// lead to a descriptor of ours.
pub(crate) fn open_place(path: &Path, flags: i32) -> io::Result<OwnedFd> {
    open_resolving(path, flags, libc::RESOLVE_NO_MAGICLINKS)
}

/// Opens a path as a place, through no link at all.
pub(crate) fn open_linkless(path: &Path) -> io::Result<OwnedFd> {
    open_resolving(path, libc::O_PATH, libc::RESOLVE_NO_SYMLINKS)
}

fn open_resolving(path: &Path, flags: i32, resolve: u64) -> io::Result<OwnedFd> {
    let path = path_arg(path)?;
    // SAFETY: `open_how` is plain integers, for which zero is valid.
    let mut how: libc::open_how = unsafe { std::mem::zeroed() };
    how.flags = u64::from((flags | libc::O_CLOEXEC).cast_unsigned());
    how.resolve = resolve;
    // SAFETY: `path` and `how` are valid for the call and the size is that of `how`.
    owned(unsafe {
        libc::syscall(
            libc::SYS_openat2,
            libc::AT_FDCWD,
            path.as_ptr(),
            std::ptr::from_ref(&how),
            size_of::<libc::open_how>(),
        )
    })
}

/// The number of the mount whose root is at a path; `None` where a path is no mount's root.
pub(crate) fn mount_root(path: &Path) -> io::Result<Option<u64>> {
    const STATX_MNT_ID: libc::c_uint = 0x1000;
    const STATX_ATTR_MOUNT_ROOT: u64 = 0x2000;
    let path = path_arg(path)?;
    // SAFETY: `statx` is plain integers, for which zero is valid.
    let mut found: libc::statx = unsafe { std::mem::zeroed() };
    // SAFETY: `path` is a C string and `found` has room for the answer.
    check(unsafe {
        libc::syscall(
            libc::SYS_statx,
            libc::AT_FDCWD,
            path.as_ptr(),
            libc::AT_SYMLINK_NOFOLLOW | libc::AT_NO_AUTOMOUNT,
            STATX_MNT_ID,
            std::ptr::from_mut(&mut found),
        )
    })?;
    let is_root = found.stx_attributes & STATX_ATTR_MOUNT_ROOT != 0;
    Ok(is_root.then_some(found.stx_mnt_id))
}

/// Makes the current directory `/` and stacks the old root on the same place.
pub(crate) fn pivot_here() -> io::Result<()> {
    // SAFETY: both arguments are valid C strings.
    check(unsafe { libc::syscall(libc::SYS_pivot_root, c".".as_ptr(), c".".as_ptr()) })?;
    Ok(())
}
