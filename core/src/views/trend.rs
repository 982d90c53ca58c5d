//! Whether it got lighter or heavier, in one word and only where there is enough to say so.

use serde::Serialize;

use crate::model::Date;

/// The days of each of the two stretches that are compared.
pub const TREND_DAYS: u32 = 14;
const ENTRIES_MIN: usize = 5;

/// A direction in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum Trend {
    /// Lighter than before.
    Lighter,
    /// About the same.
    AboutTheSame,
    /// Heavier than before.
    Heavier,
}

impl Trend {
    /// The key of its phrase.
    pub const fn phrase_key(self) -> &'static str {
        match self {
            Self::Lighter => "trend.lighter",
            Self::AboutTheSame => "trend.about_the_same",
            Self::Heavier => "trend.heavier",
        }
    }
}

/// What a number says when it rises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Valence, from −1 to +1: more is lighter.
    Mood,
    /// Craving or stress, from 0 to 10: more is heavier.
    Burden,
}

/// Compares the medians of the last two weeks and the two before. None with fewer than five entries in either.
pub fn trend(entries: &[(Date, f64)], scale: Scale, today: Date) -> Option<Trend> {
    let within = |from: u32, to: u32| {
        let days_ago = |date: Date| (today - date).num_days();
        let is_in = |date: Date| (i64::from(from)..i64::from(to)).contains(&days_ago(date));
        entries.iter().filter(|(date, _)| is_in(*date)).map(|(_, value)| *value).collect::<Vec<_>>()
    };
    let (now, before) = (median(within(0, TREND_DAYS))?, median(within(TREND_DAYS, 2 * TREND_DAYS))?);
    let (rise, least) = match scale {
        Scale::Mood => (now - before, 0.15),
        Scale::Burden => (before - now, 1.0),
    };
    // The scales go in hundredths: a difference of exactly 0.15 must not be lost to how it is stored.
    let rise = (rise * 100.0).round() / 100.0;
    Some(match () {
        () if rise >= least => Trend::Lighter,
        () if rise <= -least => Trend::Heavier,
        () => Trend::AboutTheSame,
    })
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    if values.len() < ENTRIES_MIN {
        return None;
    }
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let upper = *values.get(middle)?;
    let lower = *values.get(middle.checked_sub(1)?)?;
    Some(if values.len().is_multiple_of(2) { (lower + upper) / 2.0 } else { upper })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_fortnights_are_compared_by_their_middle() {
        let today: Date = "2026-03-31".parse().unwrap();
        let entries = |now: f64, before: f64| {
            let day = |ago: u64| today - chrono::Days::new(ago);
            (0..5).map(|ago| (day(ago), now)).chain((14..19).map(|ago| (day(ago), before))).collect::<Vec<_>>()
        };
        let mood = |now, before| trend(&entries(now, before), Scale::Mood, today);
        assert_eq!(mood(0.3, 0.15), Some(Trend::Lighter));
        assert_eq!(mood(0.29, 0.15), Some(Trend::AboutTheSame));
        assert_eq!(mood(-0.2, 0.0), Some(Trend::Heavier));
        assert_eq!(trend(&entries(6.0, 5.0), Scale::Burden, today), Some(Trend::Heavier));
        assert_eq!(trend(&entries(4.0, 5.0), Scale::Burden, today), Some(Trend::Lighter));
        assert_eq!(trend(&entries(4.0, 5.0)[1..], Scale::Burden, today), None, "four are too few");
    }

    #[test]
    fn the_middle_of_an_even_number_lies_between_two() {
        assert_eq!(median(vec![1.0, 9.0, 3.0, 2.0, 4.0, 8.0]), Some(3.5));
        assert_eq!(median(vec![5.0, 1.0, 2.0, 9.0, 3.0]), Some(3.0));
    }
}
