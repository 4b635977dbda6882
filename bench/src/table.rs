//! The table, in Markdown.

use std::fmt;
use std::time::Duration;

use crate::arguments::Arguments;
use crate::measure::Measure;
use crate::stats::median;

/// The rows, in order.
#[derive(Default)]
pub(crate) struct Table(Vec<Row>);

/// The gateway's time on a processor and the work that it did in it.
#[derive(Default)]
struct Cost {
    cpu: Duration,
    units: f64,
}

/// A measure and what came out of it, round by round.
pub(crate) struct Row {
    name: &'static str,
    unit: &'static str,
    per: Option<&'static str>,
    direct: Vec<f64>,
    bottle: Vec<f64>,
    cost: Cost,
}

impl Row {
    /// A row without figures yet.
    pub(crate) fn of(measure: &Measure) -> Self {
        Self {
            name: measure.name,
            unit: measure.unit,
            per: Some(measure.per),
            direct: Vec::new(),
            bottle: Vec::new(),
            cost: Cost::default(),
        }
    }

    /// A row whose two figures are known.
    pub(crate) fn ready(name: &'static str, unit: &'static str, direct: f64, bottle: f64) -> Self {
        Self {
            name,
            unit,
            per: None,
            direct: vec![direct],
            bottle: vec![bottle],
            cost: Cost::default(),
        }
    }

    /// One more round's figure without the bottle.
    pub(crate) fn push_direct(&mut self, figure: f64) {
        self.direct.push(figure);
    }

    /// One more round's figure with it, and what that cost the gateway.
    pub(crate) fn push_bottle(&mut self, figure: f64, cpu: Duration, units: f64) {
        self.bottle.push(figure);
        self.cost.cpu += cpu;
        self.cost.units += units;
    }
}

impl Table {
    pub(crate) fn push(&mut self, row: Row) {
        self.0.push(row);
    }

    pub(crate) fn extend(&mut self, rows: Vec<Row>) {
        self.0.extend(rows);
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "| measure | unit | direct | bottle | ratio | engine CPU |"
        )?;
        writeln!(f, "|---|---|---:|---:|---:|---:|")?;
        self.0.iter().try_for_each(|row| writeln!(f, "{row}"))
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (direct, bottle) = (median(&self.direct), median(&self.bottle));
        let cpu = match self.per {
            Some(per) => format!(
                "{} µs/{per}",
                figure(self.cost.cpu.as_secs_f64() * 1e6 / self.cost.units)
            ),
            None => String::new(),
        };
        write!(
            f,
            "| {} | {} | {} | {} | {:.2} | {cpu} |",
            self.name,
            self.unit,
            figure(direct),
            figure(bottle),
            bottle / direct,
        )
    }
}

/// What one must know to read the table.
pub(crate) fn heading(arguments: &Arguments) -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let kernel = std::fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or_default();
    format!(
        "{} cores ({}), Linux {}, load {load} at the end; medians of {} rounds, {} starts.\n\n",
        cores,
        processor(),
        kernel.trim(),
        arguments.rounds,
        arguments.starts,
    )
}

fn processor() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    info.lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "))
        .map_or_else(|| "unknown".to_owned(), |(_, name)| name.to_owned())
}

/// Three figures that say something, whatever the size.
fn figure(number: f64) -> String {
    let places = match number.abs() {
        size if size >= 100.0 => 0,
        size if size >= 10.0 => 1,
        _ => 2,
    };
    format!("{number:.places$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_says_the_medians_and_their_ratio() {
        let row = Row::ready("start `true`, median", "ms", 0.5, 25.25);
        let text = "| start `true`, median | ms | 0.50 | 25.2 | 50.50 |  |";
        assert_eq!(row.to_string(), text);
    }

    #[test]
    fn figures_keep_what_says_something() {
        assert_eq!(figure(12_345.6), "12346");
        assert_eq!(figure(12.34), "12.3");
        assert_eq!(figure(0.123), "0.12");
    }
}
