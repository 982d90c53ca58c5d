//! For whom an answer is written: their language, and the width of their screen.
//!
//! It is the thread's, not the program's: a process that has a home answers other processes too, each in a thread of its
//! own, and each of them may be read by somebody else.

use std::cell::Cell;
use std::env;

use crate::words::Language;

const LANGUAGE_VARIABLE: &str = "KINWEAVE_LANGUAGE";
/// In their order of precedence, as the C library reads them.
const LOCALE_VARIABLES: [&str; 3] = ["LC_ALL", "LC_MESSAGES", "LANG"];
/// Narrower than this nothing can be laid out, and a width of 0 means that none is known.
const WIDTH_MIN: usize = 20;

/// Whose eyes an answer is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screen {
    pub language: Language,
    /// In columns; none where nobody looks, such as in a pipe.
    pub width: Option<usize>,
}

impl Default for Screen {
    fn default() -> Self {
        Self { language: Language::En, width: None }
    }
}

thread_local! {
    static CURRENT: Cell<Screen> = const { Cell::new(Screen { language: Language::En, width: None }) };
}

/// The screen for which this thread writes.
pub fn current() -> Screen {
    CURRENT.get()
}

/// From now on this thread writes for that screen.
pub fn set(screen: Screen) {
    CURRENT.set(screen);
}

/// What the environment says of language and width.
pub fn of_environment() -> Screen {
    let named = env::var(LANGUAGE_VARIABLE).ok().and_then(|name| language(&name));
    let locale = LOCALE_VARIABLES.iter().filter_map(|name| env::var(name).ok()).find(|value| !value.is_empty());
    let language = named.or_else(|| language(&locale?)).unwrap_or(Language::En);
    let columns = env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let seen = || terminal_size::terminal_size_of(std::io::stdout()).map(|(width, _)| usize::from(width.0));
    Screen { language, width: columns.or_else(seen).filter(|width| *width >= WIDTH_MIN) }
}

/// Takes `--language` and `--width` out of what was typed, before anything is parsed: a refusal to parse has words too.
pub fn heed(words: &[impl AsRef<str>]) {
    let mut screen = current();
    let after = |option: &str| {
        let mut words = words.iter().map(AsRef::as_ref);
        let found = words.find_map(|word| word.strip_prefix(option).map(|rest| (rest, ())))?.0;
        match found.strip_prefix('=') {
            Some(value) => Some(value.to_owned()),
            None if found.is_empty() => words.next().map(str::to_owned),
            None => None,
        }
    };
    if let Some(named) = after("--language").and_then(|name| language(&name)) {
        screen.language = named;
    }
    if let Some(width) = after("--width").and_then(|width| width.parse().ok()) {
        screen.width = Some(width).filter(|width| *width >= WIDTH_MIN);
    }
    set(screen);
}

/// `es`, `es_MX.UTF-8` and `es-419` are Spanish; none for a language that isn't spoken here.
fn language(name: &str) -> Option<Language> {
    match name.split(['_', '-', '.', '@', ':']).next()?.to_ascii_lowercase().as_str() {
        "es" => Some(Language::Es),
        "en" | "c" | "posix" => Some(Language::En),
        _ => None,
    }
}

/// The language as `--language` takes it.
pub fn code(language: Language) -> &'static str {
    match language {
        Language::En => "en",
        Language::Es => "es",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_names_a_language_and_a_strange_one_none() {
        for name in ["es", "es_MX.UTF-8", "es-419", "ES_es@euro"] {
            assert_eq!(language(name), Some(Language::Es), "{name}");
        }
        assert_eq!(language("C.UTF-8"), Some(Language::En));
        assert_eq!(language("de_DE.UTF-8"), None);
        assert_eq!(language(""), None);
    }

    #[test]
    fn what_is_typed_is_heeded_before_it_is_parsed() {
        set(Screen::default());
        heed(&["who", "--language", "es", "--width=40"]);
        assert_eq!(current(), Screen { language: Language::Es, width: Some(40) });
        heed(&["who", "--language=en", "--width", "3"]);
        assert_eq!(current(), Screen { language: Language::En, width: None });
        heed(&["who", "--language"]);
        assert_eq!(current().language, Language::En);
        set(Screen::default());
    }
}
