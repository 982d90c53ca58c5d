//! Words as people search them: without case and accents, however a keyboard wrote them.
//!
//! The database's own ways to fold know fewer scripts and change with its version. What is folded here is folded alike
//! on every phone, in the index and in what is asked of it.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

/// What the words of an index were folded with: where this differs, the index must be made anew.
pub const FOLDING: (u16, (u8, u8, u8)) = (1, unicode_normalization::UNICODE_VERSION);

/// A word of a text, folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Lower-case letters and digits without accents; one letter alone in scripts that put no spaces between words.
    pub folded: String,
    /// Where it stands in the text, in bytes.
    pub at: Range<usize>,
}

/// The words of a text, in order. What stands between words is no part of any.
pub fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut open: Option<Word> = None;
    for at in clusters(text) {
        for letter in fold(text.get(at.clone()).unwrap_or_default()) {
            let is_alone = stands_alone(letter);
            if is_alone || !is_word(letter) {
                words.extend(open.take());
            }
            if is_alone {
                words.push(Word { folded: letter.into(), at: at.clone() });
            } else if is_word(letter) {
                let word = open.get_or_insert_with(|| Word { folded: String::new(), at: at.clone() });
                word.folded.push(letter);
                word.at.end = at.end;
            }
        }
    }
    words.extend(open);
    words
}

/// Where each letter with all that belongs to it stands. Folded one by one, since after folding nobody could tell any
/// more where in the text a letter came from.
fn clusters(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut letters = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = letters.next()?;
        let mut end = start + first.len_utf8();
        while let Some((at, letter)) = letters.next_if(|(_, letter)| belongs_to_last(*letter)) {
            end = at + letter.len_utf8();
        }
        Some(start..end)
    })
}

/// Marks, the second and third part of a Korean syllable written in parts, and Japan's voicing marks of half width.
fn belongs_to_last(letter: char) -> bool {
    is_combining_mark(letter) || matches!(letter, '\u{1160}'..='\u{11ff}' | '\u{ff9e}' | '\u{ff9f}')
}

/// A letter with its marks, folded: taken apart, lower-case, without accents, and put together again, so that a
/// syllable of Korean or a voiced one of Japanese stays one letter.
fn fold(cluster: &str) -> Vec<char> {
    let lower = cluster.nfkd().flat_map(char::to_lowercase);
    let plain = lower.flat_map(|letter| {
        let base = base(letter).unwrap_or_default();
        base.chars().chain(base.is_empty().then_some(letter))
    });
    plain.filter(|letter| !is_dropped(*letter)).nfc().collect()
}

/// What people type for letters that Unicode doesn't take apart.
const fn base(letter: char) -> Option<&'static str> {
    Some(match letter {
        'æ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        'þ' => "th",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ı' => "i",
        'ł' => "l",
        'ŧ' => "t",
        'ς' => "σ",
        _ => return None,
    })
}

/// Accents and points above, below or through a letter, and what only says how to draw it. Not the marks of classes 0, 7 to
/// 9 and from 84 to 132: vowels, voicing and joining of the scripts of India, Thailand, Tibet and Japan. Without them a
/// grandmother (ばば) would be a mother (はは).
fn is_dropped(letter: char) -> bool {
    let draws = matches!(letter,
        '\u{ad}' | '\u{640}' | '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
        | '\u{20dd}'..='\u{20e4}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0100}'..='\u{e01ef}');
    draws || matches!(canonical_combining_class(letter), 1 | 10..=36 | 200..)
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || is_combining_mark(letter)
}

/// Letters of scripts that put no spaces between words, and pictures: each is a word by itself, so that any part of a
/// text in them is found.
fn stands_alone(letter: char) -> bool {
    let spaceless = matches!(letter,
        // Thai and Lao, Burmese, Khmer; Chinese, Japanese and Korean.
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}');
    let picture = matches!(letter, '\u{2600}'..='\u{27bf}' | '\u{1f300}'..='\u{1faff}');
    picture || spaceless && is_word(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.folded).collect()
    }

    #[test]
    fn case_and_accents_fold_whatever_keyboard_wrote_them() {
        for text in ["Tomás", "TOMÁS", "toma\u{301}s", "ｔｏｍａｓ", "tomas"] {
            assert_eq!(folded(text), ["tomas"], "{text}");
        }
        assert_eq!(folded("¿Mañana a las 8½, Begoña?"), ["manana", "a", "las", "81", "2", "begona"]);
        assert_eq!(
            folded("Straße Œuvre ØRE Łódź İstanbul ırmak ﬁn"),
            ["strasse", "oeuvre", "ore", "lodz", "istanbul", "irmak", "fin"]
        );
        assert_eq!(folded("Ёлка Ὀδυσσεύς שָׁלוֹם مُحَمَّد"), ["елка", "οδυσσευσ", "שלום", "محمد"]);
        assert_eq!(folded("Nonna's well-being"), ["nonna", "s", "well", "being"]);
        assert_eq!(folded(" \t\u{301}!?…“”"), [""; 0]);
    }

    #[test]
    fn scripts_without_spaces_are_read_letter_by_letter() {
        assert_eq!(folded("回復して30日"), ["回", "復", "し", "て", "30", "日"]);
        assert_eq!(folded("ばば"), folded("は\u{3099}は\u{3099}"));
        assert_ne!(folded("ばば"), folded("はは"));
        assert_eq!(folded("ｶﾞｲﾄﾞ"), ["ガ", "イ", "ド"]);
        assert_eq!(folded("한국"), ["한", "국"]);
        assert_eq!(folded("\u{1112}\u{1161}\u{11ab}"), ["한"]);
        assert_eq!(folded("ทีม"), ["ท", "ี", "ม"]);
        assert_eq!(folded("हिन्दी"), ["हिन्दी"]);
        assert_eq!(folded("love 🎂❤\u{fe0f}👍🏽"), ["love", "🎂", "❤", "👍", "🏽"]);
    }

    #[test]
    fn a_word_knows_where_it_stands() {
        let text = "¡Qué día, cafe\u{301}! 家族";
        let stands: Vec<_> = words(text).into_iter().map(|word| &text[word.at]).collect();
        assert_eq!(stands, ["Qué", "día", "cafe\u{301}", "家", "族"]);
        assert_eq!(words("ﷺ").iter().map(|word| word.at.clone()).collect::<Vec<_>>(), vec![0..3; 4]);
    }
}
