//! Small pictures of a few letters: how full a stretch is, and how something went over days.

const HEIGHTS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// A day of which nothing is noted. It is blank, not low: a gap is no fault.
const BLANK: char = '·';

/// One letter a day for values from -1 to 1.
pub fn line(values: &[Option<f64>]) -> String {
    values.iter().map(|value| value.map_or(BLANK, height)).collect()
}

fn height(value: f64) -> char {
    let steps = f64::from(u8::try_from(HEIGHTS.len() - 1).unwrap_or(u8::MAX));
    let at = ((value.clamp(-1.0, 1.0) + 1.0) / 2.0 * steps).round();
    // Between 0 and the last height by construction.
    HEIGHTS.iter().copied().nth(at as usize).unwrap_or(BLANK)
}

/// A bar that is `part` of `whole` long.
pub fn bar(part: u32, whole: u32, width: usize) -> String {
    let whole = u64::from(whole.max(1));
    let filled = u64::from(part.min(u32::try_from(whole).unwrap_or(u32::MAX))) * width as u64 / whole;
    let filled = usize::try_from(filled).unwrap_or(width).max(usize::from(part > 0));
    format!("{}{}", "█".repeat(filled), "░".repeat(width.saturating_sub(filled)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn low_is_low_high_is_high_and_nothing_is_blank() {
        assert_eq!(line(&[Some(-1.0), None, Some(0.0), Some(1.0), Some(9.0), Some(f64::NAN)]).chars().count(), 6);
        assert!(line(&[Some(-1.0), None, Some(1.0)]) == "▁·█");
    }

    #[test]
    fn a_bar_is_as_long_as_its_part() {
        assert_eq!(bar(5, 10, 10), "█████░░░░░");
        assert_eq!(bar(1, 1000, 4), "█░░░");
        assert_eq!(bar(0, 0, 3), "░░░");
    }
}
