//! Medians and other places in an ordered row of numbers.

/// The number below which that share of the others lies; NaN without any.
pub(crate) fn quantile(numbers: &[f64], share: f64) -> f64 {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        clippy::cast_sign_loss,
        reason = "a place in a row of a few million numbers at most"
    )]
    let place = ((sorted.len().saturating_sub(1)) as f64 * share).round() as usize;
    sorted.get(place).copied().unwrap_or(f64::NAN)
}

/// The one in the middle.
pub(crate) fn median(numbers: &[f64]) -> f64 {
    quantile(numbers, 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_in_a_row() {
        let row = [5.0, 1.0, 4.0, 2.0, 3.0];
        assert!((median(&row) - 3.0).abs() < f64::EPSILON);
        assert!((quantile(&row, 0.0) - 1.0).abs() < f64::EPSILON);
        assert!((quantile(&row, 0.99) - 5.0).abs() < f64::EPSILON);
        assert!(median(&[]).is_nan());
    }
}
