//! The time that a process spent on a processor.

use std::time::Duration;
use std::{fs, io};

/// The time that the threads of a process spent on a processor so far.
///
/// `/proc/PID/stat` tells it in ticks of ten milliseconds, which is more than
/// a whole stream of events costs; the threads' own accounts are in
/// nanoseconds. A thread that has ended no longer counts.
pub(crate) fn cpu_time(process: u32) -> io::Result<Duration> {
    let mut sum = Duration::ZERO;
    for thread in fs::read_dir(format!("/proc/{process}/task"))? {
        // A thread may end while we look.
        let account = fs::read_to_string(thread?.path().join("schedstat"));
        sum += account
            .ok()
            .and_then(|text| on_cpu(&text))
            .unwrap_or_default();
    }
    if sum.is_zero() {
        return Err(io::Error::other("this kernel keeps no account of threads"));
    }
    Ok(sum)
}

/// The first of three numbers.
fn on_cpu(schedstat: &str) -> Option<Duration> {
    let nanoseconds = schedstat.split(' ').next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_on_a_processor_comes_first() {
        assert_eq!(on_cpu("75 20 3\n"), Some(Duration::from_nanos(75)));
        assert_eq!(on_cpu(""), None);
    }

    #[test]
    fn work_costs_time() {
        let before = cpu_time(std::process::id()).unwrap();
        let sum: u64 = (0..3_000_000_u64).map(std::hint::black_box).sum();
        assert_eq!(sum, 4_499_998_500_000);
        assert!(cpu_time(std::process::id()).unwrap() > before);
    }
}
