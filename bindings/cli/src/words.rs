//! The words of the terminal app, from `words/en.toml` and `words/es.toml`: never in code, so that a family reads them in its
//! language.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chrono::Datelike;
use kinweave_core::model::Date;
use kinweave_core::views::{Days, MilestoneKey};
use serde::Deserialize;

use crate::screen;

static ENGLISH: &str = include_str!("../words/en.toml");
static SPANISH: &str = include_str!("../words/es.toml");

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    En,
    Es,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Node {
    Plain(String),
    Counted { one: String, other: String },
    Table(BTreeMap<String, Node>),
}

#[derive(Debug)]
enum Phrase {
    Plain(String),
    Counted { one: String, other: String },
}

/// The sentence `key` of this thread's language, with each `{name}` replaced by its argument. A key without words shows
/// itself: somebody will see it and say so.
pub fn say(key: &str, args: &[(&str, &str)]) -> String {
    find(key, args).unwrap_or_else(|| key.to_owned())
}

/// The same; none where there are no words.
pub fn find(key: &str, args: &[(&str, &str)]) -> Option<String> {
    let count = args.iter().find(|(name, _)| *name == "count").map(|(_, value)| *value);
    let text = match table(screen::current().language).get(key)? {
        Phrase::Plain(text) => text,
        Phrase::Counted { one, .. } if count == Some("1") => one,
        Phrase::Counted { other, .. } => other,
    };
    Some(filled(text, args))
}

/// Replaces in one pass from the left: a member may be called "{count}".
fn filled(text: &str, args: &[(&str, &str)]) -> String {
    let mut words = String::new();
    let mut rest = text;
    while let Some((before, (name, after))) =
        rest.split_once('{').and_then(|(before, after)| Some((before, after.split_once('}')?)))
    {
        words.push_str(before);
        words.push_str(args.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value));
        rest = after;
    }
    words + rest
}

fn table(language: Language) -> &'static BTreeMap<String, Phrase> {
    static TABLES: OnceLock<[BTreeMap<String, Phrase>; 2]> = OnceLock::new();
    let [english, spanish] = TABLES.get_or_init(|| [ENGLISH, SPANISH].map(read));
    match language {
        Language::En => english,
        Language::Es => spanish,
    }
}

/// The files are part of the program and tests read them, so an unreadable one is never shipped.
fn read(text: &str) -> BTreeMap<String, Phrase> {
    let mut phrases = BTreeMap::new();
    for (key, node) in toml::from_str::<BTreeMap<String, Node>>(text).unwrap_or_default() {
        flatten(key, node, &mut phrases);
    }
    phrases
}

fn flatten(key: String, node: Node, phrases: &mut BTreeMap<String, Phrase>) {
    match node {
        Node::Plain(text) => drop(phrases.insert(key, Phrase::Plain(text))),
        Node::Counted { one, other } => drop(phrases.insert(key, Phrase::Counted { one, other })),
        Node::Table(nodes) => {
            nodes.into_iter().for_each(|(name, node)| flatten(format!("{key}.{name}"), node, phrases));
        }
    }
}

/// The words under `key`, each with the name that the model has for it.
pub fn choices(key: &str) -> Vec<(String, String)> {
    let prefix = format!("{key}.");
    let table = table(screen::current().language);
    let under = table.iter().filter_map(|(key, phrase)| Some((key.strip_prefix(&prefix)?, phrase)));
    under.map(|(name, phrase)| (name.to_owned(), plain(phrase).to_owned())).collect()
}

/// The names that the model may have for a word as people say it: the last parts of the keys under `word`.
pub fn meant(text: &str) -> Vec<String> {
    let wanted = normal(text);
    let same =
        |(key, word): &(String, String)| (normal(word) == wanted).then(|| key.rsplit('.').next().map(str::to_owned));
    choices("word").iter().filter_map(same).flatten().collect()
}

/// How people say a word of the model, wherever it is used; the word itself where there is no other.
pub fn spoken(name: &str) -> String {
    let end = format!(".{name}");
    let found = choices("word").into_iter().find(|(key, _)| key.ends_with(&end));
    found.map_or_else(|| name.replace('_', " "), |(_, text)| text)
}

fn normal(text: &str) -> String {
    text.trim().to_lowercase().replace(['-', '_'], " ")
}

fn plain(phrase: &Phrase) -> &str {
    match phrase {
        Phrase::Plain(text) => text,
        Phrase::Counted { other, .. } => other,
    }
}

/// A date in words, such as "12 January 2026".
pub fn date_words(date: Date) -> String {
    let month = say(&format!("month.{}", date.month()), &[]);
    say("date.words", &[("day", &date.day().to_string()), ("month", &month), ("year", &date.year().to_string())])
}

/// The lines that show days.
pub fn days_lines(days: &Days) -> Vec<String> {
    core_words().days_lines(days)
}

/// The plain name of a milestone.
pub fn milestone_title(key: &MilestoneKey) -> String {
    core_words().milestone_title(key)
}

/// A phrase of the core's own words.
pub fn domain(key: &str, args: &[(&str, &str)]) -> Option<String> {
    core_words().phrase(key, args)
}

fn core_words() -> &'static kinweave_core::views::Words {
    use kinweave_core::views;
    views::Words::of(match screen::current().language {
        Language::En => views::Language::En,
        Language::Es => views::Language::Es,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// What this app never says, in any language that it speaks.
    const AVOIDED: [&str; 24] = [
        "you failed",
        "your fault",
        "illegal",
        "invalid",
        "violat",
        "abort",
        "relapse",
        "clean",
        "sober",
        "addict",
        "reset",
        "streak",
        "junkie",
        "congratulat",
        "recaída",
        "recaíd",
        "adict",
        "limpi",
        "sobri",
        "fracas",
        "culpa",
        "reinici",
        "racha",
        "vigil",
    ];

    fn texts(phrase: &Phrase) -> Vec<&str> {
        match phrase {
            Phrase::Plain(text) => vec![text],
            Phrase::Counted { one, other } => vec![one, other],
        }
    }

    fn placeholders(phrase: &Phrase) -> BTreeSet<&str> {
        let names = |text| str::split(text, '{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0));
        texts(phrase).into_iter().flat_map(names).collect()
    }

    #[test]
    fn both_languages_say_the_same_things_with_the_same_placeholders() {
        let [english, spanish] = [Language::En, Language::Es].map(table);
        assert!(english.len() > 400, "the file could not be read");
        let keys = |table: &BTreeMap<String, Phrase>| table.keys().cloned().collect::<BTreeSet<_>>();
        assert_eq!(keys(english), keys(spanish));
        for (key, phrase) in english {
            assert_eq!(placeholders(phrase), placeholders(&spanish[key]), "{key}");
        }
    }

    #[test]
    fn no_text_shames_or_shouts() {
        for language in [Language::En, Language::Es] {
            for (key, phrase) in table(language) {
                for text in texts(phrase) {
                    let text = text.to_lowercase();
                    assert!(!text.is_empty() && !text.contains('!'), "{key}: {text}");
                    for word in AVOIDED {
                        assert!(!text.contains(word), "{key}: {word} in {text}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_text_is_filled_once_and_an_unknown_key_shows_itself() {
        assert!(say("error.not_found", &[("id", "{id}")]).contains("{id}"));
        assert_eq!(say("no.such.key", &[]), "no.such.key");
        assert!(say("phones.ahead", &[("count", "1")]).starts_with("1 change "));
        assert!(say("phones.ahead", &[("count", "2")]).starts_with("2 changes "));
    }

    #[test]
    fn every_kind_and_field_that_a_screen_may_show_has_a_name() {
        // What a screen leaves out: links to other records, and what is for programs.
        let unseen = ["audience", "celebration", "copy", "link", "source"];
        for language in [Language::En, Language::Es] {
            let table = table(language);
            for spec in kinweave_core::model::kinds::SPECS {
                assert!(table.contains_key(&format!("kind.{}", spec.name)), "{language:?}: {}", spec.name);
                for field in spec.fields.iter().map(|field| field.name).filter(|name| !unseen.contains(name)) {
                    assert!(table.contains_key(&format!("field.{field}")), "{language:?}: {} of {}", field, spec.name);
                }
            }
        }
    }

    #[test]
    fn what_people_say_finds_what_the_model_means() {
        assert_eq!(meant("Seen Differently"), ["saw_it_differently"]);
        assert_eq!(spoken("let_down"), "let down");
        assert_eq!(spoken("no_such_word"), "no such word");
    }
}
