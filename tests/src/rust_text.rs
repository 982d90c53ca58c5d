//! Just enough of Rust's grammar to find every path a file mentions: words with their lines, without comments and strings.

use std::iter::Peekable;
use std::str::Chars;

/// A word or one sign, and the line it stands on. `::` is one sign; all others are single characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub line: usize,
    pub text: String,
}

/// The words and signs of a file. Comments, strings and character literals are left out: what they say is not code, and a
/// quote or `/*` inside them must not hide the code that follows.
pub fn tokens(source: &str) -> Vec<Token> {
    let mut reader = Reader { rest: source.chars().peekable(), line: 1 };
    let mut found = Vec::new();
    while let Some(next) = reader.next() {
        let line = reader.line;
        let text = match next {
            '/' if reader.peek() == Some('/') => {
                reader.skip_line();
                continue;
            }
            '/' if reader.peek() == Some('*') => {
                reader.skip_block_comment();
                continue;
            }
            '"' => {
                reader.skip_string();
                continue;
            }
            '\'' => {
                reader.skip_character_or_lifetime();
                continue;
            }
            ':' if reader.peek() == Some(':') => {
                reader.next();
                "::".to_owned()
            }
            c if is_word(c) => {
                let word = reader.word(c);
                if matches!(word.as_str(), "r" | "br" | "cr") && matches!(reader.peek(), Some('#' | '"')) {
                    reader.skip_raw_string();
                    continue;
                }
                word
            }
            c if c.is_whitespace() => continue,
            c => c.to_string(),
        };
        found.push(Token { line, text });
    }
    found
}

/// Whether this token is a name or keyword.
pub fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c == '_' || c.is_alphabetic())
}

fn is_word(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

struct Reader<'a> {
    rest: Peekable<Chars<'a>>,
    line: usize,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<char> {
        let next = self.rest.next();
        self.line += usize::from(next == Some('\n'));
        next
    }

    fn peek(&mut self) -> Option<char> {
        self.rest.peek().copied()
    }

    fn word(&mut self, first: char) -> String {
        let mut word = String::from(first);
        while let Some(c) = self.rest.next_if(|c| is_word(*c)) {
            word.push(c);
        }
        word
    }

    fn skip_line(&mut self) {
        while self.rest.next_if(|c| *c != '\n').is_some() {}
    }

    fn skip_block_comment(&mut self) {
        self.next();
        let (mut depth, mut last) = (1, None);
        while depth > 0 {
            let Some(c) = self.next() else { return };
            last = match (last, c) {
                (Some('*'), '/') => {
                    depth -= 1;
                    None
                }
                (Some('/'), '*') => {
                    depth += 1;
                    None
                }
                _ => Some(c),
            };
        }
    }

    fn skip_string(&mut self) {
        while let Some(c) = self.next() {
            match c {
                '\\' => drop(self.next()),
                '"' => return,
                _ => {}
            }
        }
    }

    /// After `r`: the string `#…"…"#…`, or only the `#` of a raw name, which then follows as a word of its own.
    fn skip_raw_string(&mut self) {
        let mut hashes = 0;
        while self.rest.next_if_eq(&'#').is_some() {
            hashes += 1;
        }
        if self.rest.next_if_eq(&'"').is_none() {
            return;
        }
        while let Some(c) = self.next() {
            if c == '"' && (0..hashes).all(|_| self.rest.next_if_eq(&'#').is_some()) {
                return;
            }
        }
    }

    fn skip_character_or_lifetime(&mut self) {
        match self.next() {
            Some('\\') => {
                self.next();
                while self.next().is_some_and(|c| c != '\'') {}
            }
            Some(first) if is_word(first) => {
                self.word(first);
                self.rest.next_if_eq(&'\'');
            }
            Some(_) => drop(self.rest.next_if_eq(&'\'')),
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(source: &str) -> String {
        tokens(source).into_iter().map(|token| token.text).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn comments_and_strings_are_not_code() {
        assert_eq!(words("a // b\n/// c\n//! d\n/* e /* f */ g */ h"), "a h");
        assert_eq!(words(r####"a "b \" c" br##"d "# e"## f"####), "a f");
        assert_eq!(words("r#type::new"), "type :: new");
    }

    #[test]
    fn a_quote_or_comment_mark_in_a_literal_hides_nothing() {
        assert_eq!(words(r#"'"' a '\'' b '\u{22}' c "/*" d"#), "a b c d");
        assert_eq!(words("fn f<'a>(x: &'a str, y: char) { 'x'; '/' }"), "fn f < > ( x : & str , y : char ) { ; }");
    }

    #[test]
    fn lines_are_counted_across_what_is_left_out() {
        let lines: Vec<_> = tokens("a\n/*\n*/ b \"\n\n\" c").into_iter().map(|token| token.line).collect();
        assert_eq!(lines, [1, 3, 5]);
    }
}
