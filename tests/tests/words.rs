//! The words of the core and of the terminal app, in every language that they speak.

use std::collections::{BTreeMap, BTreeSet};

use kinweave_core::views::Words;
use kinweave_tests::word_lint::{Avoided, ease_spanish, grade_english, prose, sentences, words};

const FILES: [(&str, &str, &str); 2] = [
    ("core", include_str!("../../core/words/en.toml"), include_str!("../../core/words/es.toml")),
    (
        "bindings/cli",
        include_str!("../../bindings/cli/words/en.toml"),
        include_str!("../../bindings/cli/words/es.toml"),
    ),
];

/// A sentence of more words than this is two.
const SENTENCE_WORDS_MAX: usize = 30;

type Texts = BTreeMap<String, Vec<String>>;

fn texts(file: &str) -> Texts {
    let words = Words::parse(file).unwrap();
    let owned = |texts: Vec<&str>| texts.into_iter().map(str::to_owned).collect();
    words.texts().map(|(key, texts)| (key.to_owned(), owned(texts))).collect()
}

fn placeholders(texts: &[String]) -> BTreeSet<&str> {
    let opened = texts.iter().flat_map(|text| text.split('{').skip(1));
    opened.filter_map(|rest| Some(rest.split_once('}')?.0)).collect()
}

#[test]
fn both_languages_say_the_same_things_with_the_same_placeholders() {
    for (place, english, spanish) in FILES {
        let (english, spanish) = (texts(english), texts(spanish));
        assert!(english.len() > 70);
        assert_eq!(english.keys().collect::<Vec<_>>(), spanish.keys().collect::<Vec<_>>(), "{place}");
        for (key, texts) in &english {
            assert_eq!(placeholders(texts), placeholders(&spanish[key]), "{place}: {key}");
        }
    }
}

#[test]
fn no_text_shames_shouts_or_says_nothing() {
    let avoided = [include_str!("../words/en.toml"), include_str!("../words/es.toml")].map(Avoided::parse);
    let mut wrong = Vec::new();
    for (place, english, spanish) in FILES {
        for (file, avoided) in [english, spanish].into_iter().zip(&avoided) {
            for (key, text) in texts(file).iter().flat_map(|(key, texts)| texts.iter().map(move |text| (key, text))) {
                let found = avoided.found_in(text);
                if !found.is_empty() || text.trim().is_empty() || text.contains(['!', '¡']) {
                    wrong.push(format!("{place}: {key}: {text}: {found:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_child_of_eleven_can_read_them() {
    for (place, english, spanish) in FILES {
        for file in [english, spanish] {
            for (key, text) in texts(file).iter().flat_map(|(key, texts)| texts.iter().map(move |text| (key, text))) {
                for sentence in sentences(&prose(text)) {
                    let count = words(&sentence).len();
                    assert!(count <= SENTENCE_WORDS_MAX, "{place}: {key}: {count} words: {sentence}");
                }
            }
        }
        // Names of fields and choices are no texts: what is read is what has a sentence.
        let read = |file| {
            let read = texts(file).into_values().flatten().map(|text| prose(&text));
            read.filter(|text| words(text).len() >= 4).collect::<Vec<_>>()
        };
        let (grade, ease) = (grade_english(&read(english)), ease_spanish(&read(spanish)));
        println!("{place}: grade {grade:.1}, ease {ease:.1}");
        assert!(grade <= 6.0, "{place}: English for grade {grade:.1}");
        assert!(ease >= 80.0, "{place}: Spanish of ease {ease:.1}");
    }
}
