//! A day as people type it: a date, or one that is named from today.

use std::str::FromStr;

use kinweave_core::model::Date;

use crate::words::say;

/// Days from today, and how English and the reader's language call them.
const NAMED: [(&str, i64); 3] = [("yesterday", -1), ("today", 0), ("tomorrow", 1)];

/// A day that may depend on which one today is. Whoever parses doesn't know that: a home may have its own clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    On(Date),
    FromToday(i64),
}

impl Day {
    pub fn date(self, today: Date) -> Date {
        match self {
            Self::On(date) => date,
            Self::FromToday(days) => today + chrono::TimeDelta::days(days),
        }
    }
}

impl FromStr for Day {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let typed = text.trim().to_lowercase();
        let named = NAMED.iter().find(|(name, _)| typed == *name || typed == say(&format!("ask.{name}"), &[]));
        match named {
            Some((_, days)) => Ok(Self::FromToday(*days)),
            None => typed.parse().map(Self::On).map_err(|_| say("ask.date_please", &[])),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screen::{self, Screen};
    use crate::words::Language;

    #[test]
    fn a_day_is_a_date_or_named_from_today() {
        let today: Date = "2026-03-01".parse().unwrap();
        let date = |text: &str| text.parse::<Day>().map(|day| day.date(today).to_string());
        assert_eq!(date("2026-02-11").unwrap(), "2026-02-11");
        assert_eq!(date("Yesterday").unwrap(), "2026-02-28");
        assert!(date("soon").is_err() && date("2026-02-30").is_err());
        screen::set(Screen { language: Language::Es, width: None });
        assert_eq!(date("mañana").unwrap(), "2026-03-02");
        assert_eq!(date("tomorrow").unwrap(), "2026-03-02");
        screen::set(Screen::default());
    }
}
