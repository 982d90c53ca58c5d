//! Check-ins: what was noted, who sees what of it, and the last weeks as a small picture.

use std::collections::BTreeMap;

use chrono::Days;
use kinweave_core::app::{Record, TrendView};
use kinweave_core::model::kinds::{Band, CheckIn};
use kinweave_core::model::{Body, Date};
use kinweave_core::views::CheckInSummary;

use super::{Names, plot};
use crate::layout::Table;
use crate::screen;
use crate::words::{core, domain, say};

/// Four weeks: as far as one remembers, and narrow enough for every screen.
pub const MOOD_DAYS: u64 = 28;
const BAR_COLUMNS: usize = 14;
const BANDS: [(Band, &str); 4] =
    [(Band::Good, "good"), (Band::Okay, "okay"), (Band::Hard, "hard"), (Band::NeedCompany, "need_company")];

/// What follows a check-in: that it is noted, what others will see of it, if anybody, and how often one was there.
pub fn checked_in(shared: Option<&Record>, summary: &CheckInSummary, names: &Names) -> String {
    let mut lines = vec![noted(shared, names)];
    lines.extend(core().check_in_lines(summary).iter().map(|line| format!("  {line}")));
    lines.join("\n")
}

fn noted(shared: Option<&Record>, names: &Names) -> String {
    let Some(shared) = shared else { return say("check_in.noted", &[]) };
    let others = names.others(&shared.audience);
    if others.is_empty() {
        return say("check_in.noted", &[]);
    }
    match &shared.body {
        Body::CheckIn(check_in) if check_in.is_band_only() => {
            let band = check_in.band.map(band_words).unwrap_or_default();
            say("check_in.noted_shared", &[("names", &others), ("band", &band)])
        }
        _ => say("check_in.noted_shared_whole", &[("names", &others)]),
    }
}

/// The last weeks, a letter a day, and how often each word was chosen.
pub fn mood(check_ins: &[CheckIn], trend: &TrendView, today: Date) -> String {
    if check_ins.is_empty() {
        return say("mood.nothing", &[]);
    }
    let from = today - Days::new(MOOD_DAYS - 1);
    let values: Vec<_> = from.iter_days().take(28).map(|day| of_day(check_ins, day)).collect();
    let mut lines = vec![say("mood.days", &[("count", &MOOD_DAYS.to_string())]), format!("  {}", plot::line(&values))];
    let mut chosen: BTreeMap<Band, u32> = BTreeMap::new();
    for band in check_ins.iter().filter_map(|check_in| check_in.band) {
        *chosen.entry(band).or_default() += 1;
    }
    let most = chosen.values().copied().max().unwrap_or(0);
    let mut table = Table::new();
    for (band, _) in BANDS {
        if let Some(count) = chosen.get(&band) {
            table.row([band_words(band), count.to_string(), plot::bar(*count, most, BAR_COLUMNS)]);
        }
    }
    lines.extend(table.lines(2, screen::current().width));
    for (key, trend) in [("mood", trend.mood), ("craving", trend.craving), ("stress", trend.stress)] {
        let word = trend.and_then(|trend| domain(trend.phrase_key(), &[]));
        lines.extend(word.map(|word| format!("  {}", say(&format!("mood.trend.{key}"), &[("trend", &word)]))));
    }
    lines.join("\n")
}

/// The middle of what a day felt like; none where nothing was noted.
fn of_day(check_ins: &[CheckIn], day: Date) -> Option<f64> {
    let values: Vec<f64> = check_ins.iter().filter(|check_in| check_in.on == day).filter_map(felt).collect();
    let count = u32::try_from(values.len()).ok().filter(|count| *count > 0)?;
    Some(values.iter().sum::<f64>() / f64::from(count))
}

/// Where a check-in is drawn. Whoever chose a word alone is drawn where that word is on the way from hard to good.
fn felt(check_in: &CheckIn) -> Option<f64> {
    check_in.valence.or_else(|| {
        Some(match check_in.band? {
            Band::Good => 0.75,
            Band::Okay => 0.25,
            Band::Hard | Band::NeedCompany => -0.5,
        })
    })
}

fn band_words(band: Band) -> String {
    let name = BANDS.iter().find(|(known, _)| *known == band).map_or("", |(_, name)| name);
    say(&format!("word.band.{name}"), &[])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn the_picture_has_a_letter_a_day_and_gaps_are_blank() {
        let check_ins =
            [CheckIn::of_band(on("2026-02-11"), Band::Good), CheckIn::of_band(on("2026-02-09"), Band::Hard)];
        let text = mood(&check_ins, &TrendView::default(), on("2026-02-11"));
        let drawn = text.lines().nth(1).unwrap().trim();
        assert_eq!(drawn.chars().count(), 28);
        assert!(drawn.ends_with("▃·▇"), "{drawn}");
        assert!(text.contains("good") && text.contains("hard") && !text.contains("okay"), "{text}");
    }

    #[test]
    fn two_of_one_day_are_drawn_between_them() {
        let check_ins =
            [CheckIn::of_band(on("2026-02-11"), Band::Good), CheckIn::of_band(on("2026-02-11"), Band::Hard)];
        assert_eq!(of_day(&check_ins, on("2026-02-11")), Some(0.125));
        assert_eq!(of_day(&check_ins, on("2026-02-10")), None);
    }
}
