//! The scan for the command line, which knows nothing of the scanner's crate.

pub use bottle_scan::detectors::{
    Detector, SERVICE, Severity, instructions, services, table as detectors,
};
pub use bottle_scan::{Exhausted, Finding, Input, Place, Scanner};
