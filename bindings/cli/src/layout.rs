//! Fits text to a screen: lines that end before its edge, tables whose columns are as wide as what is in them.
//!
//! Widths are columns, not letters: 家 takes two, and an accent that stands alone takes none.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::screen;
use crate::style::harmless;

/// Where nothing is known of the screen and something must be assumed.
pub const WIDTH_USUAL: usize = 80;
const GAP: usize = 2;

/// How many columns a text takes.
pub fn columns(text: &str) -> usize {
    text.width()
}

/// Every line of a text, broken between words so that none is wider than `width`. What follows a break is indented as
/// its line was.
pub fn wrapped(text: &str, width: usize) -> String {
    text.lines().map(|line| wrapped_line(line, width)).collect::<Vec<_>>().join("\n")
}

/// A text as this thread's reader gets it: nothing in it steers their terminal, and no line is wider than their screen.
pub fn fitted(text: &str) -> String {
    let text = harmless(text.trim_end());
    match screen::current().width {
        Some(width) => wrapped(&text, width),
        None => text,
    }
}

fn wrapped_line(line: &str, width: usize) -> String {
    if columns(line) <= width {
        return line.to_owned();
    }
    let indent = line.len() - line.trim_start().len();
    let deep = (indent + if indent == 0 { 0 } else { GAP }).min(width / 2);
    flowed(&line[..indent], &" ".repeat(deep), line.trim_start(), width)
}

/// `text` behind `first`; its further lines begin under where it began.
pub fn hanging(first: &str, text: &str, width: usize) -> String {
    let room = width.saturating_sub(columns(first));
    // Beside a wide label on a narrow screen nothing fits: the text goes below it.
    if room < width / 3 || room < 12 {
        let indent = " ".repeat((GAP * 2).min(width / 4));
        return format!("{}\n{}", first.trim_end(), flowed(&indent, &indent, text, width));
    }
    flowed(first, &" ".repeat(columns(first)), text, width)
}

fn flowed(first: &str, indent: &str, text: &str, width: usize) -> String {
    let mut lines = Vec::new();
    let mut line = first.to_owned();
    let mut is_empty = true;
    for word in text.split_inclusive(' ') {
        let fits = columns(&line) + columns(word.trim_end()) <= width;
        if !fits && !is_empty {
            lines.push(std::mem::replace(&mut line, indent.to_owned()).trim_end().to_owned());
        }
        let mut rest = word;
        while columns(&line) + columns(rest.trim_end()) > width {
            let (piece, after) = cut(rest, width.saturating_sub(columns(&line)));
            line.push_str(piece);
            lines.push(std::mem::replace(&mut line, indent.to_owned()));
            rest = after;
        }
        line.push_str(rest);
        is_empty = false;
    }
    lines.push(line.trim_end().to_owned());
    lines.join("\n")
}

/// As much of a word as fits; always at least one letter, so that it comes to an end.
fn cut(word: &str, width: usize) -> (&str, &str) {
    let mut taken = 0;
    for (at, letter) in word.char_indices() {
        taken += letter.width().unwrap_or(0);
        if taken > width && at > 0 {
            return word.split_at(at);
        }
    }
    (word, "")
}

/// Rows of cells in columns. The last column takes what is left of the width and is wrapped in it.
#[derive(Clone, Debug, Default)]
pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn row<T: Into<String>>(&mut self, cells: impl IntoIterator<Item = T>) {
        self.rows.push(cells.into_iter().map(Into::into).collect());
    }

    /// The rows, each within `width`; in a pipe (`None`) every row is one line.
    pub fn lines(&self, indent: usize, width: Option<usize>) -> Vec<String> {
        let count = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let widest = |at: usize| self.rows.iter().filter_map(|row| row.get(at)).map(|cell| columns(cell)).max();
        let widths: Vec<usize> = (0..count).map(|at| widest(at).unwrap_or(0)).collect();
        let row = |row: &Vec<String>| {
            let mut first = " ".repeat(indent);
            let Some((last, cells)) = row.split_last() else { return first };
            for (cell, column) in cells.iter().zip(&widths) {
                let padding = column + GAP - columns(cell).min(*column);
                first.push_str(cell);
                first.push_str(&" ".repeat(padding));
            }
            match width {
                None => format!("{first}{last}").trim_end().to_owned(),
                Some(width) if columns(&first) + columns(last) <= width => {
                    format!("{first}{last}").trim_end().to_owned()
                }
                Some(width) => {
                    let text = hanging(&first, last, width);
                    wrapped(&text, width)
                }
            }
        };
        self.rows.iter().map(row).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_keep_their_indent() {
        assert_eq!(wrapped("one two three", 8), "one two\nthree");
        assert_eq!(wrapped("  one two three", 8), "  one\n    two\n    thre\n    e");
        assert_eq!(wrapped("short\n\nlines", 8), "short\n\nlines");
        assert_eq!(hanging("  key  ", "one two three four five six", 20), "  key  one two three\n       four five six");
    }

    #[test]
    fn letters_of_every_script_are_measured_in_columns() {
        assert_eq!(columns("家族"), 4);
        assert_eq!(columns("To\u{301}mas"), 5);
        for line in wrapped("家族家族家族家族 一二三四五六", 7).lines() {
            assert!(columns(line) <= 7, "{line}");
        }
    }

    #[test]
    fn a_table_is_as_wide_as_its_cells_and_never_wider_than_the_screen() {
        let mut table = Table::new();
        table.row(["家族", "a"]);
        table.row(["Dani", "a longer text that has to be broken somewhere on the way"]);
        assert_eq!(table.lines(0, None)[0], "家族  a");
        assert_eq!(table.lines(2, None)[1], "  Dani  a longer text that has to be broken somewhere on the way");
        for width in [20, 40, 80] {
            for line in table.lines(2, Some(width)).iter().flat_map(|row| row.lines()) {
                assert!(columns(line) <= width, "{width}: {line}");
            }
        }
    }
}
