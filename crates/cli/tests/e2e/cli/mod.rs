//! The command line as people and programs meet it: words, exit codes, trust.

mod explain;
mod gateway;
mod logs;
mod run;
mod trust;
mod words;
