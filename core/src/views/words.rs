//! Words shown to people. They live in `words/`, one file a language, so that a family reads them in its own, never in code.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

/// A language that the core speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Spanish.
    Es,
}

impl Language {
    /// All of them.
    pub const ALL: &[Self] = &[Self::En, Self::Es];

    /// The language of a tag such as `es-MX` or `es_MX.UTF-8`; none for one that isn't spoken here.
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag.split(['-', '_', '.', '@']).next()?.to_ascii_lowercase().as_str() {
            "en" => Some(Self::En),
            "es" => Some(Self::Es),
            _ => None,
        }
    }
}

/// The phrases of one language, by key.
///
/// A program that has words of its own, such as the terminal app, reads its file with [`parse`](Self::parse).
#[derive(Debug, Default)]
pub struct Words {
    phrases: BTreeMap<String, Phrase>,
}

/// One phrase, or its forms for one and for many.
#[derive(Debug, PartialEq, Eq)]
enum Phrase {
    Plain(String),
    Counted { one: String, other: String },
}

/// What stands at a key of a file.
#[derive(Deserialize)]
#[serde(untagged)]
enum Node {
    Plain(String),
    Counted { one: String, other: String },
    Table(BTreeMap<String, Node>),
}

/// The text is no file of phrases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordsError;

impl fmt::Display for WordsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a file of phrases")
    }
}

impl std::error::Error for WordsError {}

impl Words {
    /// The core's own words in this language.
    ///
    /// The files are part of the program and tests read them, so an unreadable one is never shipped.
    pub fn of(language: Language) -> &'static Self {
        static ENGLISH: OnceLock<Words> = OnceLock::new();
        static SPANISH: OnceLock<Words> = OnceLock::new();
        let (cell, text) = match language {
            Language::En => (&ENGLISH, include_str!("../../words/en.toml")),
            Language::Es => (&SPANISH, include_str!("../../words/es.toml")),
        };
        cell.get_or_init(|| Self::parse(text).unwrap_or_default())
    }

    /// Reads a file of phrases: TOML, in which tables inside tables make dotted keys, and a table of just `one` and
    /// `other` is a phrase in two forms.
    pub fn parse(text: &str) -> Result<Self, WordsError> {
        let mut words = Self::default();
        words.add("", Node::Table(toml::from_str(text).map_err(|_| WordsError)?));
        Ok(words)
    }

    /// The phrase `key` with each `{name}` replaced by its argument; where it has a form for one, `count` = "1" selects
    /// it.
    ///
    /// `None` for a key that isn't there and for a missing argument: a sentence with a hole is worse than none, and the
    /// caller then shows nothing. What is not asked for is ignored, so that a language may leave a placeholder out.
    pub fn phrase(&self, key: &str, args: &[(&str, &str)]) -> Option<String> {
        let text = match self.phrases.get(key)? {
            Phrase::Plain(text) => text,
            Phrase::Counted { one, .. } if argument(args, "count")? == "1" => one,
            Phrase::Counted { other, .. } => other,
        };
        fill(text, args)
    }

    /// The phrase `key` about so many.
    pub(super) fn counted(&self, key: &str, count: u32) -> Option<String> {
        self.phrase(key, &[("count", &count.to_string())])
    }

    /// Every key and the texts it has: one, or those for one and for many. For lists of choices, and for tests of the
    /// words.
    pub fn texts(&self) -> impl Iterator<Item = (&str, Vec<&str>)> {
        self.phrases.iter().map(|(key, phrase)| {
            let texts = match phrase {
                Phrase::Plain(text) => vec![text.as_str()],
                Phrase::Counted { one, other } => vec![one.as_str(), other.as_str()],
            };
            (key.as_str(), texts)
        })
    }

    fn add(&mut self, key: &str, node: Node) {
        match node {
            Node::Plain(text) => drop(self.phrases.insert(key.to_owned(), Phrase::Plain(text))),
            Node::Counted { one, other } => drop(self.phrases.insert(key.to_owned(), Phrase::Counted { one, other })),
            Node::Table(table) => {
                for (name, node) in table {
                    let key = if key.is_empty() { name } else { format!("{key}.{name}") };
                    self.add(&key, node);
                }
            }
        }
    }
}

fn argument<'a>(args: &[(&str, &'a str)], name: &str) -> Option<&'a str> {
    args.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
}

/// Replaces placeholders in one pass from the left. Replacing name by name would also replace inside what was put in, and
/// a member may be called "{count}". A brace without its partner is text.
fn fill(text: &str, args: &[(&str, &str)]) -> Option<String> {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        filled.push_str(before);
        filled.push_str(argument(args, name)?);
        rest = after;
    }
    filled.push_str(rest);
    Some(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_filled_once_and_never_with_a_hole() {
        let phrase = |key, args: &[(&str, &str)]| Words::of(Language::En).phrase(key, args);
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
    fn a_key_given_twice_or_a_phrase_with_one_form_is_refused() {
        assert_eq!(Words::parse("a = \"x\"\na = \"y\"").unwrap_err(), WordsError);
        assert_eq!(Words::parse("a = 4").unwrap_err(), WordsError);
    }

    #[test]
    fn a_language_is_known_by_its_tag() {
        assert_eq!(Language::from_tag("es_MX.UTF-8"), Some(Language::Es));
        assert_eq!(Language::from_tag("EN-us"), Some(Language::En));
        assert_eq!(Language::from_tag("C"), None);
    }
}
