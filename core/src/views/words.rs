//! Words shown to people. They live in `words/en.json`, so that a family reads them in its language, never in code.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chrono::Datelike;
use serde::Deserialize;

use super::days::Days;
use super::milestones::{DerivedBasis, MilestoneKey, ReachedMilestone};
use crate::model::Date;

static ENGLISH: &str = include_str!("../../words/en.json");

/// A phrase file: what its placeholders stand for, and the phrases.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    #[serde(rename = "language")]
    _language: String,
    #[serde(rename = "placeholders")]
    _placeholders: BTreeMap<String, String>,
    phrases: BTreeMap<String, Phrase>,
}

/// One phrase, or its forms for one and for many.
#[derive(Debug, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum Phrase {
    Plain(String),
    Counted { one: String, other: String },
}

/// The phrase `key` with each `{name}` replaced by its argument; where it has a form for one, `count` = "1" selects it.
///
/// `None` for a key that isn't in the table and for a missing argument: a sentence with a hole is worse than none, and
/// the caller then shows nothing. What is not asked for is ignored, so that a language may leave a placeholder out.
pub fn phrase(key: &str, args: &[(&str, &str)]) -> Option<String> {
    let text = match words().phrases.get(key)? {
        Phrase::Plain(text) => text,
        Phrase::Counted { one, .. } if argument(args, "count")? == "1" => one,
        Phrase::Counted { other, .. } => other,
    };
    fill(text, args)
}

/// The lines that show `days`: the total always, the current run only beside it, and no 0 anywhere.
///
/// Days since the first start have no line. They include the dates that were left out, and a bigger number next to the
/// total would ask for the difference.
pub fn days_lines(days: &Days) -> Vec<String> {
    let (total, current, longest) = (days.total, days.current, days.longest);
    let first_day = phrase("days.first_day", &[("date", &date_words(days.first_start_on))]);
    [
        (total > 0).then(|| counted("days.total", total)).flatten(),
        // Of an only run the total has said it already.
        (current > 0 && current < total).then(|| counted("days.current", current)).flatten(),
        (current == 0).then(|| phrase("days.today_counts", &[])).flatten(),
        (longest > current && longest < total).then(|| counted("days.longest", longest)).flatten(),
        first_day,
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The plain name of a milestone, such as "30 days" or "2 years".
pub fn milestone_title(key: &MilestoneKey) -> String {
    let (unit, count) = unit(key.basis, key.threshold);
    counted(&format!("milestone.title.{unit}"), count).unwrap_or_default()
}

/// The question about a milestone, put to the person alone. A run after the first is called a stretch.
pub fn milestone_prompt(milestone: &ReachedMilestone, first_start_on: Date) -> String {
    let (unit, count) = unit(milestone.basis, milestone.threshold);
    let stretch = if milestone.run_started_on == first_start_on { "" } else { "stretch." };
    counted(&format!("milestone.prompt.{stretch}{unit}"), count).unwrap_or_default()
}

/// A date in words, such as "12 January 2026".
pub fn date_words(date: Date) -> String {
    let month = phrase(&format!("month.{}", date.month()), &[]).unwrap_or_default();
    let (day, year) = (date.day().to_string(), date.year().to_string());
    phrase("date", &[("day", &day), ("month", &month), ("year", &year)]).unwrap_or_default()
}

fn unit(basis: DerivedBasis, threshold: u32) -> (&'static str, u32) {
    match basis {
        DerivedBasis::DaysCurrent => ("days", threshold),
        DerivedBasis::MonthsCurrent if threshold.is_multiple_of(12) => ("years", threshold / 12),
        DerivedBasis::MonthsCurrent => ("months", threshold),
        DerivedBasis::DaysTotal => ("total", threshold),
    }
}

fn counted(key: &str, count: u32) -> Option<String> {
    phrase(key, &[("count", &count.to_string())])
}

/// The table, read once. The file is part of the program and a test reads it, so an unreadable one is never shipped.
fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| serde_json::from_str(ENGLISH).unwrap_or_default())
}

fn argument<'a>(args: &[(&str, &'a str)], name: &str) -> Option<&'a str> {
    args.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
}

/// Replaces placeholders in one pass from the left. Replacing name by name would also replace inside what was put in, and
/// a member may be called "{count}".
fn fill(text: &str, args: &[(&str, &str)]) -> Option<String> {
    let mut filled = String::new();
    for part in parts(text) {
        filled.push_str(match part {
            Part::Text(text) => text,
            Part::Placeholder(name) => argument(args, name)?,
        });
    }
    Some(filled)
}

enum Part<'a> {
    Text(&'a str),
    Placeholder(&'a str),
}

/// The pieces of a phrase. A brace without its partner is text.
fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        parts.extend([Part::Text(before), Part::Placeholder(name)]);
        rest = after;
    }
    parts.push(Part::Text(rest));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::{CountPolicy, UseSpan, days};

    /// The left column of the table of words, and what else this app never says.
    const AVOIDED: [&str; 36] = [
        "addict",
        "user",
        "junkie",
        "abuser",
        "clean",
        "dirty",
        "relapse",
        "reset",
        "streak",
        "lost your",
        "failed",
        "failure",
        "back to zero",
        "enabling",
        "enabler",
        "codependen",
        "co-dependen",
        "compliance",
        "violation",
        "violate",
        "broke the rule",
        "substitution",
        "just replacing",
        "suspicious",
        "caught",
        "monitor",
        "track",
        "surveil",
        "intervention",
        "confront",
        "tough love",
        "suicide",
        "last seen",
        "congratulat",
        "sober",
        "well done",
    ];

    fn on(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn file() -> Words {
        serde_json::from_str(ENGLISH).unwrap()
    }

    fn texts(phrase: &Phrase) -> Vec<&str> {
        match phrase {
            Phrase::Plain(text) => vec![text],
            Phrase::Counted { one, other } => vec![one, other],
        }
    }

    #[test]
    fn the_file_holds_no_avoided_word_and_no_exclamation_mark() {
        let file = ENGLISH.to_lowercase();
        for word in AVOIDED {
            assert!(!file.contains(word), "{word}");
        }
        assert!(!file.contains('!') && !file.contains("🎉"));
    }

    #[test]
    fn every_placeholder_is_documented_and_every_documented_one_is_used() {
        let file = file();
        let mut used: Vec<String> = Vec::new();
        for (key, phrase) in &file.phrases {
            for text in texts(phrase) {
                assert!(!text.is_empty() && text.trim() == text, "{key}");
                for part in parts(text) {
                    match part {
                        Part::Placeholder(name) => used.push(name.to_owned()),
                        Part::Text(text) => assert!(!text.contains(['{', '}']), "{key}"),
                    }
                }
            }
        }
        used.sort_unstable();
        used.dedup();
        assert_eq!(used, file._placeholders.into_keys().collect::<Vec<_>>());
        assert_eq!(file._language, "en");
    }

    #[test]
    fn no_key_is_written_twice() {
        let keys =
            ENGLISH.lines().filter_map(|line| line.trim().strip_prefix('"')?.split_once("\": ")).map(|(key, _)| key);
        let mut keys: Vec<_> = keys.collect();
        let all = keys.len();
        keys.sort_unstable();
        keys.dedup();
        // `date` is a phrase and a placeholder.
        assert_eq!(keys.len() + 1, all);
    }

    #[test]
    fn a_phrase_is_filled_once_and_never_with_a_hole() {
        assert_eq!(phrase("days.total", &[("count", "138")]).unwrap(), "138 days in all");
        assert_eq!(phrase("days.total", &[("count", "1")]).unwrap(), "1 day in all");
        assert_eq!(phrase("sync.on_their_way", &[("count", "3")]).unwrap(), "3 changes on their way");
        assert_eq!(phrase("card.paused", &[("name", "Dani")]).unwrap(), "Dani isn't sharing a count right now");
        let odd = phrase("card.paused", &[("name", "{name}{"), ("count", "4")]).unwrap();
        assert_eq!(odd, "{name}{ isn't sharing a count right now");
        assert_eq!(phrase("card.paused", &[]), None);
        assert_eq!(phrase("days.total", &[]), None);
        assert_eq!(phrase("no.such.key", &[]), None);
        assert_eq!(fill("a {brace", &[]).unwrap(), "a {brace");
    }

    #[test]
    fn the_question_of_story_6_1_and_its_kin_read_as_written() {
        let ask = |basis, threshold, run: &str| {
            let run_started_on = on(run);
            let reached_on = run_started_on;
            let milestone = ReachedMilestone { basis, threshold, reached_on, run_started_on, run_ended_on: None };
            milestone_prompt(&milestone, on("2026-01-12"))
        };
        use DerivedBasis::{DaysCurrent, DaysTotal, MonthsCurrent};
        let first = "2026-01-12";
        assert_eq!(ask(DaysCurrent, 30, first), "30 days by your count. Share it?");
        assert_eq!(ask(DaysCurrent, 1, first), "1 day by your count. Share it?");
        assert_eq!(ask(DaysCurrent, 30, "2026-05-04"), "30 days in this stretch. Share it?");
        assert_eq!(ask(MonthsCurrent, 18, first), "18 months by your count. Share it?");
        assert_eq!(ask(MonthsCurrent, 12, first), "1 year by your count. Share it?");
        assert_eq!(ask(MonthsCurrent, 24, "2026-05-04"), "2 years in this stretch. Share it?");
        assert_eq!(ask(DaysTotal, 365, first), "365 days in all, by your count. Share it?");
        let key = |basis, threshold| MilestoneKey { basis, threshold, run_started_on: on(first) };
        assert_eq!(milestone_title(&key(DaysCurrent, 30)), "30 days");
        assert_eq!(milestone_title(&key(MonthsCurrent, 9)), "9 months");
        assert_eq!(milestone_title(&key(MonthsCurrent, 36)), "3 years");
        assert_eq!(milestone_title(&key(DaysTotal, 1000)), "1000 days in all");
    }

    #[test]
    fn no_line_says_zero_and_the_current_run_never_stands_alone() {
        let span = |started_on: &str, resumed_on: Option<&str>| UseSpan {
            started_on: on(started_on),
            resumed_on: resumed_on.map(on),
            policy: CountPolicy::NewRun,
        };
        let lines = |spans: &[UseSpan], today: &str| days_lines(&days(on("2026-01-12"), spans, on(today)));
        let first_day = "first day 12 January 2026";
        assert_eq!(lines(&[], "2026-01-12"), ["today counts", first_day]);
        assert_eq!(lines(&[], "2026-01-13"), ["1 day in all", first_day]);
        let open = [span("2026-05-02", None)];
        assert_eq!(lines(&open, "2026-05-06"), ["110 days in all", "today counts", first_day]);
        let over = [span("2026-05-02", Some("2026-05-04"))];
        let expected = ["138 days in all", "28 days in this stretch", "longest stretch 110 days", first_day];
        assert_eq!(lines(&over, "2026-06-01"), expected);
        for today in ["2026-01-11", "2026-01-12", "2026-05-02", "2026-05-04", "2026-05-05", "2030-01-01"] {
            for spans in [&[][..], &open, &over] {
                let lines = lines(spans, today);
                assert!(lines.iter().all(|line| !line.starts_with('0') && !line.contains(" 0 ")), "{lines:?}");
                assert!(!lines[0].contains("this stretch"), "{lines:?}");
            }
        }
    }

    #[test]
    fn dates_at_the_ends_of_the_calendar_have_words_too() {
        assert_eq!(date_words(on("2026-01-12")), "12 January 2026");
        assert!(!date_words(Date::MIN).is_empty() && !date_words(Date::MAX).is_empty());
    }
}
