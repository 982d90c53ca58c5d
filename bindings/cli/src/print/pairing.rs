//! A pairing: the code to read aloud or to photograph, the four words, and who is here.

use kinweave_core::app::WhoIsHere;
use qrcode::{Color, EcLevel, QrCode};

use super::circle::role;
use crate::screen;
use crate::words::say;

/// Light around the squares, without which a camera doesn't find them.
const QUIET: usize = 4;

pub fn code(code: &str) -> String {
    let mut text = format!("{}\n\n  {code}", say("pairing.code", &[]));
    // Where nobody looks, or on a screen too narrow for it, the letters are enough.
    let squares = screen::current().width.and_then(|width| squares(code, width));
    if let Some(squares) = squares {
        text.push_str(&format!("\n\n{squares}"));
    }
    text + "\n"
}

/// The code as squares, two rows of them a line. What is light is drawn, so that on a dark terminal without colours it
/// looks as it should; one with colours makes it white on black in any case.
fn squares(text: &str, width: usize) -> Option<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::L).ok()?;
    let side = code.width() + 2 * QUIET;
    if side > width {
        return None;
    }
    let is_light = |x: usize, y: usize| {
        let inside = |at: usize| at.checked_sub(QUIET).filter(|at| *at < code.width());
        match (inside(x), inside(y)) {
            (Some(x), Some(y)) => code[(x, y)] == Color::Light,
            // Around it, and in the half line that an odd number of rows leaves over.
            _ => true,
        }
    };
    let letter = |x, y| match (is_light(x, y), is_light(x, y + 1)) {
        (true, true) => '█',
        (true, false) => '▀',
        (false, true) => '▄',
        (false, false) => ' ',
    };
    let row = |y| (0..side).map(|x| letter(x, y)).collect::<String>();
    Some((0..side).step_by(2).map(row).collect::<Vec<_>>().join("\n"))
}

pub fn words(words: &[String]) -> String {
    format!("{}\n\n  {}\n", say("pairing.words", &[]), words.join("  "))
}

pub fn here(here: &WhoIsHere) -> String {
    let mut lines = vec![say("pairing.here", &[("name", &here.circle_name)])];
    lines.extend(here.people.iter().map(|person| format!("  {} · {}", person.name, role(person.role))));
    lines.push(format!("\n{}", here.terms.trim_end()));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screen::Screen;

    #[test]
    fn the_squares_have_light_around_them_and_need_their_width() {
        let text = "ABCD-EFGH-IJKL-MNOP";
        let squares = squares(text, 80).unwrap();
        let lines: Vec<_> = squares.lines().collect();
        let side = lines[0].chars().count();
        assert!(lines.iter().all(|line| line.chars().count() == side && line.starts_with("██")));
        assert!(lines[0].chars().all(|letter| letter == '█'));
        assert!(super::squares(text, side).is_some() && super::squares(text, side - 1).is_none());
    }

    #[test]
    fn in_a_pipe_the_code_is_letters_alone() {
        screen::set(Screen::default());
        assert!(!code("ABCD-EFGH").contains('█') && code("ABCD-EFGH").contains("ABCD-EFGH"));
    }
}
