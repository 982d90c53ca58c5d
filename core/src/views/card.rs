//! A recovery card as its readers see it: what its author confirmed, and when; never more.

use serde::Serialize;

use super::words::Words;
use crate::model::Date;
use crate::model::kinds::{CardMode, CardShows, RecoveryCard};

/// What a reader sees of a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum CardReading {
    /// Nothing for now. A hidden card and a paused one read the same, in every byte.
    NotShared,
    /// What it says today.
    Shared(SharedCard),
}

/// What an open card says on one date.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct SharedCard {
    /// Days of all runs together.
    pub total: Option<u32>,
    /// Days of the current run.
    pub current: Option<u32>,
    /// Days of the longest run.
    pub longest: Option<u32>,
    /// The first day of all.
    pub since: Option<Date>,
    /// A milestone in words.
    pub milestone: Option<String>,
    /// Its author's own words.
    pub words: Option<String>,
    /// The day its author confirmed it.
    pub as_of: Date,
    /// Whether the numbers are of today, counted on from `as_of`; else they are those of the day that they say.
    pub is_of_today: bool,
    /// Whether it was counted on and isn't any more, because nobody confirmed it since.
    pub has_run_out: bool,
}

/// Reads `card` on `today`, by the reader's own date. Before `as_of`, for a reader whose clock is behind, it says what it
/// said on that day; and however far ahead a clock is, it never counts beyond `valid_until`.
pub fn read_card(card: &RecoveryCard, today: Date) -> CardReading {
    if card.is_closed() {
        return CardReading::NotShared;
    }
    let valid_until = card.valid_until.filter(|_| card.mode == CardMode::Counting);
    let counted_to = valid_until.map_or(card.as_of, |until| today.min(until)).max(card.as_of);
    let more = u32::try_from((counted_to - card.as_of).num_days()).unwrap_or(0);
    let on =
        |show, days: Option<u32>| days.filter(|_| card.shows.contains(&show)).map(|days| days.saturating_add(more));
    let current = on(CardShows::Current, card.current);
    CardReading::Shared(SharedCard {
        total: on(CardShows::Total, card.total),
        current,
        // The longest run grows only once the current one has overtaken it, and whoever doesn't see that can't tell.
        longest: card
            .longest
            .filter(|_| card.shows.contains(&CardShows::Longest))
            .max(current.filter(|_| card.shows.contains(&CardShows::Longest))),
        since: card.since.filter(|_| card.shows.contains(&CardShows::Since)),
        milestone: card.milestone.clone().filter(|_| card.shows.contains(&CardShows::MilestoneOnly)),
        words: card.words.clone(),
        as_of: card.as_of,
        is_of_today: valid_until.is_some_and(|until| today <= until),
        has_run_out: valid_until.is_some_and(|until| today > until),
    })
}

impl Words {
    /// The lines that show a card of the member called `name`.
    pub fn card_lines(&self, reading: &CardReading, name: &str) -> Vec<String> {
        let CardReading::Shared(card) = reading else {
            return self.phrase("card.paused", &[("name", name)]).into_iter().collect();
        };
        // A card can be confirmed on a day on which a run has just begun: no line says nought.
        let counted =
            |key: &str, days: Option<u32>| days.filter(|days| *days > 0).and_then(|days| self.counted(key, days));
        let dated = |key: &str, date: Date| self.phrase(key, &[("date", &self.date(date))]);
        let label = match (card.is_of_today, card.has_run_out) {
            (true, _) => None,
            (false, true) => dated("card.last_confirmed", card.as_of),
            (false, false) => dated("card.as_of", card.as_of),
        };
        [
            card.milestone.clone(),
            counted("days.total", card.total),
            counted("days.current", card.current),
            counted("days.longest", card.longest),
            card.since.and_then(|since| dated("days.first_day", since)),
            card.words.clone(),
            label,
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::Language;

    fn on(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn counting() -> RecoveryCard {
        RecoveryCard {
            mode: CardMode::Counting,
            shows: [CardShows::Total].into(),
            total: Some(108),
            valid_until: Some(on("2026-05-07")),
            ..RecoveryCard::paused(on("2026-04-30"))
        }
    }

    fn total(card: &RecoveryCard, today: &str) -> u32 {
        match read_card(card, on(today)) {
            CardReading::Shared(card) => card.total.unwrap(),
            CardReading::NotShared => panic!("it is shared"),
        }
    }

    fn lines(card: &RecoveryCard, today: &str) -> Vec<String> {
        Words::of(Language::En).card_lines(&read_card(card, on(today)), "Dani")
    }

    #[test]
    fn a_counting_card_counts_until_its_day_and_then_says_since_when() {
        let card = counting();
        assert_eq!(
            (total(&card, "2026-04-30"), total(&card, "2026-05-01"), total(&card, "2026-05-07")),
            (108, 109, 115)
        );
        assert_eq!(lines(&card, "2026-05-01"), ["109 days in all"]);
        assert_eq!(lines(&card, "2026-05-08"), ["115 days in all", "last confirmed 30 April 2026"]);
    }

    #[test]
    fn no_clock_makes_a_card_say_more_than_was_confirmed() {
        let card = counting();
        assert_eq!((total(&card, "2016-01-01"), total(&card, "2036-01-01")), (108, 115));
        for today in [Date::MIN, Date::MAX] {
            assert!(matches!(read_card(&card, today), CardReading::Shared(card) if card.total <= Some(115)));
        }
    }

    #[test]
    fn a_snapshot_stays_as_it_was() {
        let card = RecoveryCard {
            mode: CardMode::Snapshot,
            valid_until: None,
            words: Some("back on my feet".to_owned()),
            total: Some(138),
            as_of: on("2026-06-01"),
            ..counting()
        };
        assert_eq!(lines(&card, "2026-07-01"), ["138 days in all", "back on my feet", "as of 1 June 2026"]);
    }

    #[test]
    fn hidden_and_paused_read_the_same() {
        let paused = RecoveryCard::paused(on("2026-05-04"));
        let hidden = RecoveryCard { mode: CardMode::Hidden, as_of: on("2026-01-01"), ..paused.clone() };
        assert_eq!(read_card(&paused, on("2026-05-04")), read_card(&hidden, on("2026-09-09")));
        assert_eq!(lines(&paused, "2026-05-04"), ["Dani isn't sharing a count right now"]);
    }

    #[test]
    fn no_line_of_a_card_says_nought() {
        let card = RecoveryCard { shows: [CardShows::Current].into(), total: None, current: Some(0), ..counting() };
        assert_eq!(lines(&card, "2026-04-30"), Vec::<String>::new());
        assert_eq!(lines(&card, "2026-05-02"), ["2 days in this stretch"]);
    }
}
