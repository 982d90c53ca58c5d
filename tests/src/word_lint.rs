//! What a text for people must be: said without shame or shouting, and readable at eleven.

use std::collections::BTreeMap;

/// The words to be avoided in a language, from its file under `tests/words/`, each with what to say instead.
pub struct Avoided(BTreeMap<String, String>);

impl Avoided {
    /// Reads the file.
    pub fn parse(text: &str) -> Self {
        let mut file: BTreeMap<String, BTreeMap<String, String>> = toml::from_str(text).expect("a list of words");
        Self(file.remove("avoid").expect("words to avoid"))
    }

    /// The avoided words in a text, with what to say instead.
    pub fn found_in(&self, text: &str) -> Vec<(&str, &str)> {
        let plain = words(&text.to_lowercase()).join(" ");
        let is_in = |avoided: &str| {
            let (stem, any_ending) = avoided.strip_suffix('*').map_or((avoided, false), |stem| (stem, true));
            plain.match_indices(stem).any(|(at, _)| {
                let begins = at == 0 || plain[..at].ends_with(' ');
                let ends = any_ending || plain[at + stem.len()..].chars().next().is_none_or(|next| next == ' ');
                begins && ends
            })
        };
        self.0.iter().filter(|(avoided, _)| is_in(avoided)).map(|(avoided, say)| (&avoided[..], &say[..])).collect()
    }
}

/// What a person reads of a text: without commands to type, examples in quotation marks and placeholders.
pub fn prose(text: &str) -> String {
    let mut prose = text.to_owned();
    for (open, close) in [('`', '`'), ('"', '"'), ('{', '}')] {
        while let Some((before, rest)) = prose.split_once(open) {
            let Some((_, after)) = rest.split_once(close) else { break };
            prose = format!("{before}x{after}");
        }
    }
    // From a command to the end of its line there is nothing to read.
    let lines = prose.lines().map(|line| line.split_once("kinweave ").map_or(line, |(before, _)| before));
    lines.collect::<Vec<_>>().join("\n")
}

/// The sentences of a text; a line is one at the least.
pub fn sentences(text: &str) -> Vec<String> {
    let parts = text.split(['.', '?', ':', ';', '\n', '!']).map(str::trim);
    parts.filter(|part| part.chars().any(char::is_alphabetic)).map(str::to_owned).collect()
}

/// The words of a text.
pub fn words(text: &str) -> Vec<&str> {
    let parts = text.split(|letter: char| !letter.is_alphanumeric() && letter != '\'' && letter != '’');
    parts.filter(|part| part.chars().any(char::is_alphabetic)).collect()
}

/// The school grade in which English texts are read with ease, by Flesch and Kincaid. Age is about five more.
pub fn grade_english(texts: &[String]) -> f64 {
    let (sentences, words, syllables) = counts(texts, "aeiouy");
    0.39 * words / sentences + 11.8 * syllables / words - 15.59
}

/// How easily Spanish texts are read, by Fernández Huerta: 100 is easiest, 80 and more is for children of eleven.
pub fn ease_spanish(texts: &[String]) -> f64 {
    let (sentences, words, syllables) = counts(texts, "aeiouáéíóúü");
    206.84 - 60.0 * syllables / words - 1.02 * words / sentences
}

fn counts(texts: &[String], vowels: &str) -> (f64, f64, f64) {
    let sentences: Vec<String> = texts.iter().flat_map(|text| sentences(text)).collect();
    let words: Vec<&str> = sentences.iter().flat_map(|sentence| words(sentence)).collect();
    let syllables: usize = words.iter().map(|word| syllables(word, vowels)).sum();
    (sentences.len() as f64, words.len() as f64, syllables as f64)
}

/// Groups of vowels; in English a last `e` is silent.
fn syllables(word: &str, vowels: &str) -> usize {
    let word = word.to_lowercase();
    let is_english = vowels.contains('y');
    let spoken = if is_english && !word.ends_with("le") { word.strip_suffix('e').unwrap_or(&word) } else { &word };
    let mut groups = 0;
    let mut was_vowel = false;
    for letter in spoken.chars() {
        let is_vowel = vowels.contains(letter);
        groups += usize::from(is_vowel && !was_vowel);
        was_vowel = is_vowel;
    }
    groups.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_where_it_is_a_word() {
        let avoided = Avoided::parse("[avoid]\nclean = \"x\"\n\"relaps*\" = \"y\"\n\"back to zero\" = \"z\"");
        let found = |text| avoided.found_in(text).into_iter().map(|(word, _)| word).collect::<Vec<_>>();
        assert_eq!(found("A Clean, new relapse: back to zero."), ["back to zero", "clean", "relaps*"]);
        assert_eq!(found("The cleaning of prerelapse"), [""; 0]);
    }

    #[test]
    fn easy_texts_are_told_from_hard_ones() {
        let easy = ["You are here. That is good.".to_owned()];
        let hard = ["Subsequent synchronisation necessitates authenticated participants.".to_owned()];
        assert!(grade_english(&easy) < 3.0 && grade_english(&hard) > 15.0);
        let easy = ["Estás aquí. Está bien.".to_owned()];
        let hard = ["La sincronización subsiguiente requiere participantes autenticados.".to_owned()];
        assert!(ease_spanish(&easy) > 80.0 && ease_spanish(&hard) < 40.0);
    }

    #[test]
    fn commands_and_placeholders_are_not_prose() {
        assert_eq!(prose("See `kinweave list` or {id}: kinweave show ID"), "See x or x: ");
    }
}
