//! Where the lines of a text begin, so that a place has a line and a column.

/// The lines of a text.
#[derive(Debug)]
pub struct Lines<'a> {
    source: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// Finds the lines of a text.
    pub fn new(source: &'a str) -> Self {
        let breaks = source.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            source,
            starts: std::iter::once(0).chain(breaks).collect(),
        }
    }

    /// The line of a byte, from 1.
    pub fn line(&self, at: usize) -> usize {
        self.starts.partition_point(|&start| start <= at)
    }

    /// The column of a byte in characters, from 1.
    pub fn column(&self, at: usize) -> usize {
        let start = self
            .line(at)
            .checked_sub(1)
            .and_then(|i| self.starts.get(i));
        let before = start.and_then(|&start| self.source.get(start..at));
        before.map_or(1, |text| text.chars().count() + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_from_one_in_characters() {
        let lines = Lines::new("a\néb\n");
        assert_eq!((lines.line(0), lines.column(0)), (1, 1));
        assert_eq!((lines.line(2), lines.column(2)), (2, 1));
        assert_eq!((lines.line(4), lines.column(4)), (2, 2));
        assert_eq!((lines.line(6), lines.column(6)), (3, 1));
        assert_eq!((lines.line(99), lines.column(99)), (3, 1));
    }
}
