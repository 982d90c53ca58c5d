//! Colour, where a person looks and hasn't said NO_COLOR.

use std::env;
use std::io::{self, IsTerminal};

/// Whether to paint what goes to the standard output.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    pub colour: bool,
}

impl Style {
    pub fn of_stdout() -> Self {
        let plain = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self { colour: io::stdout().is_terminal() && !plain }
    }

    pub fn bold(self, text: &str) -> String {
        self.wrap("1", text)
    }

    pub fn dim(self, text: &str) -> String {
        self.wrap("2", text)
    }

    fn wrap(self, code: &str, text: &str) -> String {
        if self.colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// Short ids step back, the headings of help stand out, and squares are white on black whatever the terminal's own
    /// colours are: a camera looks at them.
    pub fn paint(self, text: &str) -> String {
        let line = |line: &str| match line.split_once("  ") {
            _ if is_squares(line) => self.wrap("97;40", line),
            Some((id, rest)) if id.len() == 8 && id.bytes().all(|digit| digit.is_ascii_hexdigit()) => {
                format!("{}  {rest}", self.dim(id))
            }
            _ => line.to_owned(),
        };
        text.lines().map(line).collect::<Vec<_>>().join("\n")
    }

    /// Lines that name what follows stand out.
    pub fn headings(self, text: &str) -> String {
        let is_heading = |line: &str| line.ends_with(':') && !line.starts_with(' ');
        let line = |line: &str| if is_heading(line) { self.bold(line) } else { line.to_owned() };
        text.lines().map(line).collect::<Vec<_>>().join("\n")
    }
}

/// A row of a code for cameras, as `print::squares` draws it.
fn is_squares(line: &str) -> bool {
    line.starts_with("██") && line.chars().all(|letter| matches!(letter, '█' | '▀' | '▄' | ' '))
}

/// Text that came from another's phone must not steer this terminal: control characters are shown, not sent.
pub fn harmless(text: &str) -> String {
    let shown = |letter: char| if letter.is_control() && letter != '\n' { '\u{fffd}' } else { letter };
    text.chars().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_stays_plain_and_ids_are_dimmed() {
        let text = "00aa11bb  celebration · by Dani\n  place: Luigi's";
        assert_eq!(Style { colour: false }.paint(text), text);
        let painted = Style { colour: true }.paint(text);
        assert!(painted.starts_with("\u{1b}[2m00aa11bb\u{1b}[0m  celebration"), "{painted:?}");
        assert!(painted.ends_with("\n  place: Luigi's"));
    }

    #[test]
    fn squares_have_colours_of_their_own_and_headings_stand_out() {
        let style = Style { colour: true };
        assert_eq!(style.paint("██▀▄ ██"), "\u{1b}[97;40m██▀▄ ██\u{1b}[0m");
        assert_eq!(style.headings("Options:\n  --x  y:"), "\u{1b}[1mOptions:\u{1b}[0m\n  --x  y:");
    }

    #[test]
    fn no_text_steers_the_terminal() {
        assert_eq!(harmless("a\u{1b}[2Jb\nc\r"), "a\u{fffd}[2Jb\nc\u{fffd}");
    }
}
