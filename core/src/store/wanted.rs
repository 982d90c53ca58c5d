//! What somebody searches for: read from what they typed, asked of the index, and shown around what was found.

use serde_json::Value;

use super::row_query::RowQuery;
use crate::model::folding::{Word, words};
use crate::model::kind::{FieldRole, check_words};
use crate::model::limits::{SEARCH_CHARACTERS_MAX, SEARCH_WORDS_MAX};
use crate::model::{InvalidInput, InvalidReason, MemberId, Row, kinds};

/// No row has it.
const NOTHING: &str = "\"¶?\"";
/// So much of a text is shown around what was found.
const EXCERPT_CHARACTERS: usize = 120;
/// So much of it at most stands before what was found.
const EXCERPT_LEAD: usize = 40;

/// What is searched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    phrases: Vec<Phrase>,
}

/// Words that must stand side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Phrase {
    words: Vec<String>,
    /// Whether the last word need only begin so.
    is_beginning: bool,
    /// What is shown as these words, and stands in a row as others: each found as well.
    also: Vec<Vec<String>>,
}

impl Wanted {
    /// Reads what somebody typed: all words must be there, those in quotes side by side, and the last may be unfinished.
    ///
    /// Nothing in it is an operator, so nothing that is typed can be wrong, but for its length.
    ///
    /// # Errors
    /// `text` is empty, too long, has too many words, or none at all.
    pub fn parse(text: &str) -> Result<Self, InvalidInput> {
        check_words("text", text, SEARCH_CHARACTERS_MAX)?;
        let mut phrases = Vec::new();
        for (at, part) in text.split(is_quote).enumerate() {
            let is_quoted = at % 2 == 1;
            let pieces: Vec<&str> = if is_quoted { vec![part] } else { part.split_whitespace().collect() };
            for piece in pieces {
                let words: Vec<String> = words(piece).into_iter().map(|word| word.folded).collect();
                if !words.is_empty() {
                    phrases.push(Phrase { words, is_beginning: !is_quoted, also: Vec::new() });
                }
            }
        }
        let reason = match phrases.len() {
            0 => InvalidReason::Malformed,
            1..=SEARCH_WORDS_MAX => {
                let last = phrases.len() - 1;
                phrases.iter_mut().take(last).for_each(|phrase| phrase.is_beginning = false);
                return Ok(Self { phrases });
            }
            _ => InvalidReason::TooLong,
        };
        Err(InvalidInput::new("text", reason))
    }

    /// Adds what a screen shows in other words than a row has it: each of `shown`, where what was typed is part of it, also
    /// finds what stands beside it.
    pub fn find_also(&mut self, shown: &[(String, String)]) {
        for (text, stands_as) in shown {
            let text = words(text);
            for phrase in &mut self.phrases {
                if text.windows(phrase.words.len().max(1)).any(|stand| phrase.is(stand)) {
                    phrase.also.push(words(stands_as).into_iter().map(|word| word.folded).collect());
                }
            }
        }
    }

    /// As the index is asked. A folded word has no quote in it, so none can end a phrase early.
    fn expression(&self) -> String {
        let phrase = |phrase: &Phrase| {
            let typed = format!("\"{}\"{}", phrase.words.join(" "), if phrase.is_beginning { "*" } else { "" });
            let also = phrase.also.iter().map(|words| format!(" OR \"{}\"", words.join(" "))).collect::<String>();
            if also.is_empty() { typed } else { format!("({typed}{also})") }
        };
        self.phrases.iter().map(phrase).collect::<Vec<_>>().join(" AND ")
    }

    /// The same, of these kinds and persons only: of a word that everybody uses, nobody waits for the rows of all.
    pub(super) fn expression_for(&self, query: &RowQuery) -> String {
        let mut expression = self.expression();
        if let Some(person) = &query.person {
            expression += &format!(" AND \"{}\"", person_mark(person));
        }
        if !query.kinds.is_empty() {
            let known = query.kinds.iter().filter_map(|kind| kinds::spec(kind));
            let marks: Vec<_> = known.map(|spec| format!("\"{}\"", kind_mark(spec.name))).collect();
            expression += &format!(" AND ({})", if marks.is_empty() { NOTHING.to_owned() } else { marks.join(" OR ") });
        }
        expression
    }

    /// The words of a row around the first place that was asked for, on one line.
    pub fn excerpt(&self, row: &Row) -> String {
        let texts = texts(row);
        let found = self.phrases.iter().find_map(|phrase| {
            texts.iter().find_map(|text| {
                let words = words(text);
                let typed = words.windows(phrase.words.len().max(1)).position(|stand| phrase.is(stand));
                let also = || {
                    phrase.also.iter().find_map(|also| {
                        words
                            .windows(also.len().max(1))
                            .position(|stand| stand.iter().map(|word| &word.folded).eq(also))
                    })
                };
                Some(cut(text, &words, typed.or_else(also)?))
            })
        });
        found.unwrap_or_default()
    }
}

impl Phrase {
    fn is(&self, stand: &[Word]) -> bool {
        let last = self.words.len().saturating_sub(1);
        let mut pairs = self.words.iter().zip(stand).enumerate();
        pairs.all(|(at, (wanted, word))| {
            word.folded == *wanted || self.is_beginning && at == last && word.folded.starts_with(wanted.as_str())
        })
    }
}

fn is_quote(letter: char) -> bool {
    matches!(letter, '"' | '“' | '”' | '„' | '«' | '»')
}

/// The part of a text around its word number `found`.
fn cut(text: &str, words: &[Word], found: usize) -> String {
    let character = |from: usize, count: usize| -> Option<usize> {
        text.get(from..)?.char_indices().nth(count).map(|(at, _)| from + at)
    };
    let begins = words.get(found).map_or(0, |word| word.at.start);
    let before = text.get(..begins).unwrap_or_default().char_indices().rev().nth(EXCERPT_LEAD).map_or(0, |(at, _)| at);
    let first = words.iter().position(|word| word.at.start >= before).unwrap_or(found);
    let start = words.get(first).filter(|_| first > 0).map_or(0, |word| word.at.start);
    let end = character(start, EXCERPT_CHARACTERS).map_or(text.len(), |limit| {
        let fits = words.iter().rev().find(|word| word.at.end <= limit && word.at.start >= begins);
        fits.map_or(limit, |word| word.at.end)
    });
    let shown = text.get(start..end).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    let [front, back] = [start > 0, end < text.len()].map(|is_cut| if is_cut { "…" } else { "" });
    format!("{front}{shown}{back}")
}

/// All that a screen shows of a row's words: of a field in conflict every wording.
pub(super) fn texts(row: &Row) -> Vec<&str> {
    let Some(spec) = kinds::spec(&row.kind) else { return Vec::new() };
    let mut texts = Vec::new();
    for field in spec.fields.iter().filter(|field| field.role == FieldRole::Words) {
        let shown = row.fields.get(field.name);
        let others = row.conflicts.iter().filter(|conflict| conflict.field == field.name);
        let others = others.flat_map(|conflict| conflict.candidates.iter().map(|candidate| &candidate.value));
        for value in shown.into_iter().chain(others.filter(|value| Some(*value) != shown)) {
            match value {
                Value::Array(several) => texts.extend(several.iter().filter_map(Value::as_str)),
                one => texts.extend(one.as_str()),
            }
        }
    }
    texts
}

pub(super) fn kind_mark(kind: &str) -> String {
    format!("¶{kind}")
}

/// The beginning of an id is enough: what is found is compared with the whole.
pub(super) fn person_mark(person: &MemberId) -> String {
    format!("¶{}", person.short())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(text: &str) -> Result<String, InvalidReason> {
        Wanted::parse(text).map(|wanted| wanted.expression()).map_err(|invalid| invalid.reason)
    }

    #[test]
    fn whatever_is_typed_is_words_or_a_plain_error() {
        assert_eq!(asked("Tomás"), Ok("\"tomas\"*".into()));
        assert_eq!(asked(" good WORDS "), Ok("\"good\" AND \"words\"*".into()));
        assert_eq!(asked("回復"), Ok("\"回 復\"*".into()));
        assert_eq!(asked("“call me” soon \"or so\""), Ok("\"call me\" AND \"soon\" AND \"or so\"".into()));
        assert_eq!(asked("never \"closed"), Ok("\"never\" AND \"closed\"".into()));
        let operators = r#""a" AND "and" AND "b" AND "or" AND "c" AND "near" AND "words d"*"#;
        assert_eq!(asked("a AND (b* OR ^c) NEAR words:-d"), Ok(operators.into()));
        assert_eq!(asked(" \n"), Err(InvalidReason::Empty));
        assert_eq!(asked("\" ' ? \""), Err(InvalidReason::Malformed));
        assert_eq!(asked(&"a ".repeat(SEARCH_WORDS_MAX + 1)), Err(InvalidReason::TooLong));
        assert_eq!(asked(&"a".repeat(SEARCH_CHARACTERS_MAX + 1)), Err(InvalidReason::TooLong));
        assert!(asked(&"字".repeat(SEARCH_CHARACTERS_MAX)).is_ok());
    }

    fn excerpt(text: &str, wanted: &str) -> String {
        let words = words(text);
        let phrase = &Wanted::parse(wanted).unwrap().phrases[0];
        let at = words.windows(phrase.words.len()).position(|stand| phrase.is(stand)).unwrap();
        cut(text, &words, at)
    }

    #[test]
    fn an_excerpt_is_cut_between_words_around_what_was_found() {
        assert_eq!(excerpt("  Good\n words, ¡Tomás! ", "tomas"), "Good words, ¡Tomás!");
        let long = format!("{}the needle, and {}", "hay and straw ".repeat(9), "grass ".repeat(40));
        let shown = excerpt(&long, "needl");
        assert!(shown.starts_with("…straw hay and straw hay and straw the needle, and grass"), "{shown}");
        assert!(shown.ends_with("grass…") && shown.chars().count() <= EXCERPT_CHARACTERS + 2, "{shown}");
        let endless = "a".repeat(900);
        assert_eq!(excerpt(&endless, "a").chars().count(), EXCERPT_CHARACTERS + 1);
        assert_eq!(excerpt(&"字".repeat(900), "字字").chars().count(), EXCERPT_CHARACTERS + 1);
    }
}
