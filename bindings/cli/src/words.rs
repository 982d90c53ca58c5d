//! The words of the terminal app, from `words/en.toml` and `words/es.toml`: never in code, so that a family reads them in its
//! language. What all apps say alike (days, milestones, guidance) are the core's own words.

use std::sync::OnceLock;

use kinweave_core::model::{Date, folding};
use kinweave_core::views::Words;

pub use kinweave_core::views::Language;

use crate::screen;

static ENGLISH: &str = include_str!("../words/en.toml");
static SPANISH: &str = include_str!("../words/es.toml");

/// The sentence `key` of this thread's language, with each `{name}` replaced by its argument. A key without words shows
/// itself: somebody will see it and say so.
pub fn say(key: &str, args: &[(&str, &str)]) -> String {
    find(key, args).unwrap_or_else(|| key.to_owned())
}

/// The same; none where there are no words.
pub fn find(key: &str, args: &[(&str, &str)]) -> Option<String> {
    table(screen::current().language).phrase(key, args)
}

/// What the core says, in this thread's language.
pub fn core() -> &'static Words {
    Words::of(screen::current().language)
}

/// A phrase of the core's own words.
pub fn domain(key: &str, args: &[(&str, &str)]) -> Option<String> {
    core().phrase(key, args)
}

/// A date in words, such as "12 January 2026".
pub fn date_words(date: Date) -> String {
    core().date(date)
}

/// The words under `key`, each with the name that the model has for it.
pub fn choices(key: &str) -> Vec<(String, String)> {
    let prefix = format!("{key}.");
    let texts = table(screen::current().language).texts();
    let under = texts.filter_map(|(key, texts)| Some((key.strip_prefix(&prefix)?, texts.last().copied()?)));
    under.map(|(name, text)| (name.to_owned(), text.to_owned())).collect()
}

/// The names that the model may have for a word as people say it: the last parts of the keys under `word`.
pub fn meant(text: &str) -> Vec<String> {
    let wanted = plain(text);
    let same =
        |(key, word): &(String, String)| (plain(word) == wanted).then(|| key.rsplit('.').next().map(str::to_owned));
    choices("word").iter().filter_map(same).flatten().collect()
}

/// How people say a word of the model, wherever it is used; the word itself where there is no other.
pub fn spoken(name: &str) -> String {
    let end = format!(".{name}");
    let found = choices("word").into_iter().find(|(key, _)| key.ends_with(&end));
    found.map_or_else(|| name.replace('_', " "), |(_, text)| text)
}

/// Words without case, accents and what stands between them: hands at a terminal leave those out.
pub fn plain(text: &str) -> String {
    let words = folding::words(&text.replace('_', " "));
    words.into_iter().map(|word| word.folded).collect::<Vec<_>>().join(" ")
}

/// The files are part of the program and tests read them, so an unreadable one is never shipped.
fn table(language: Language) -> &'static Words {
    static TABLES: OnceLock<[Words; 2]> = OnceLock::new();
    let [english, spanish] =
        TABLES.get_or_init(|| [ENGLISH, SPANISH].map(|text| Words::parse(text).unwrap_or_default()));
    match language {
        Language::En => english,
        Language::Es => spanish,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn all(language: Language) -> BTreeMap<&'static str, Vec<&'static str>> {
        table(language).texts().collect()
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
            let table = all(language);
            for spec in kinweave_core::model::kinds::SPECS {
                assert!(table.contains_key(format!("kind.{}", spec.name).as_str()), "{language:?}: {}", spec.name);
                for field in spec.fields.iter().map(|field| field.name).filter(|name| !unseen.contains(name)) {
                    assert!(
                        table.contains_key(format!("field.{field}").as_str()),
                        "{language:?}: {} of {}",
                        field,
                        spec.name
                    );
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
