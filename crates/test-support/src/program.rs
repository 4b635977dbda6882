//! Finding the programs a test would use, and saying so where one is missing.

use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

/// The first executable file of that name on `PATH`.
///
/// A name with a slash in it is looked at as it stands.
pub fn find_program(name: &str) -> Option<PathBuf> {
    if name.contains('/') {
        return Some(PathBuf::from(name)).filter(|path| is_executable(path));
    }
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|candidate| is_executable(candidate))
}

fn is_executable(path: &Path) -> bool {
    path.metadata()
        .is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

/// Says on standard error that a test did not run, and why.
///
/// It writes past the test harness's capture, so a skipped test is seen even
/// where all is well.
pub fn skipped(test: &str, why: &str) {
    // Nobody is left to tell when standard error is closed.
    let _ = writeln!(std::io::stderr(), "skipped: {test}: {why}");
}

/// Leaves the current test, saying `skipped: <test>: <why>`.
///
/// ```no_run
/// # use bottle_test_support::{find_program, skip};
/// fn curl_reaches_the_upstream() {
///     let Some(curl) = find_program("curl") else {
///         skip!("no curl on this machine");
///     };
/// #   drop(curl);
/// }
/// ```
#[macro_export]
macro_rules! skip {
    ($($why:tt)+) => {{
        $crate::skipped(
            ::std::thread::current().name().unwrap_or("a test"),
            &::std::format!($($why)+),
        );
        return;
    }};
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_a_program_by_name_and_by_path() {
        let sh = find_program("sh").unwrap();
        assert!(sh.is_absolute());
        assert_eq!(find_program(sh.to_str().unwrap()), Some(sh));
    }

    #[test]
    fn a_name_nobody_has_is_not_found() {
        assert_eq!(find_program("no-such-program-here"), None);
        assert_eq!(find_program("/"), None);
    }

    #[test]
    fn skip_leaves_the_test() {
        skip!("this line shows what skip! prints");
        #[expect(unreachable_code, reason = "that it is unreachable is the point")]
        {
            panic!("skip! must return");
        }
    }
}
