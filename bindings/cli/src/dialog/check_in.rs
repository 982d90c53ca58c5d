//! The check-in: the band first, and then only what the person likes to add. Two keys and Enter are a whole check-in.

use super::{Talk, command};
use crate::answer::{Answer, Failure};
use crate::args::{CheckInArgs, Day};
use crate::commands::Answers;
use crate::words::say;

const BANDS: [&str; 4] = ["good", "okay", "hard", "need_company"];
const ASKS: [&str; 6] = ["nothing", "call", "hug", "space", "lift", "listener"];

pub fn run(asked: &mut dyn Answers, talk: &mut Talk<'_>, args: &CheckInArgs) -> Result<Answer, Failure> {
    let band = talk.choose(&say("check_in.ask.band", &[]), "word.band", &BANDS, true)?.unwrap_or_default();
    let mut words = command(&["check-in", &format!("--band={band}")]);
    let feelings = talk.choose_some(&say("check_in.ask.feelings", &[]), &["word.labels", "word.halt"])?;
    if !feelings.is_empty() {
        words.push(format!("--feelings={}", feelings.join(",")));
    }
    let note = talk.ask(&say("check_in.ask.note", &[]))?;
    if !note.is_empty() {
        words.push(format!("--note={note}"));
    }
    if let Some(ask) = talk.choose(&say("check_in.ask.ask", &[]), "word.ask", &ASKS, false)? {
        words.push(format!("--ask={ask}"));
    }
    match args.on {
        Some(Day::On(date)) => words.push(format!("--on={date}")),
        Some(Day::FromToday(-1)) => words.push("--on=yesterday".to_owned()),
        Some(Day::FromToday(1)) => words.push("--on=tomorrow".to_owned()),
        _ => {}
    }
    let whom = match &args.share {
        Some(whom) => whom.clone(),
        None => talk.ask(&say("check_in.ask.share", &[]))?,
    };
    if !whom.is_empty() {
        words.push(format!("--share={}", super::whom(&whom)));
    }
    asked.ask(&words)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Home(Vec<Vec<String>>);

    impl Answers for Home {
        fn ask(&mut self, words: &[String]) -> Result<Answer, Failure> {
            self.0.push(words.to_vec());
            Answer::new(&"done", "")
        }
    }

    fn said(typed: &str) -> Vec<String> {
        let mut home = Home(Vec::new());
        let mut input = typed.as_bytes();
        run(&mut home, &mut Talk(&mut input), &CheckInArgs::default()).unwrap();
        home.0.remove(0)
    }

    #[test]
    fn one_number_and_enter_is_a_whole_check_in() {
        assert_eq!(said("1\n\n\n\n\n"), ["check-in", "--band=good"]);
    }

    #[test]
    fn what_is_added_becomes_options_and_what_is_not_understood_is_asked_again() {
        let typed = "9\nI need company\nsleepy\ntired, hopeful\nA long day\nhug\neveryone\n";
        let expected = [
            "check-in",
            "--band=need_company",
            "--feelings=tired,hopeful",
            "--note=A long day",
            "--ask=hug",
            "--share=everyone",
        ];
        assert_eq!(said(typed), expected);
    }

    #[test]
    fn an_input_that_ends_writes_nothing() {
        let mut home = Home(Vec::new());
        let mut input = "1\n".as_bytes();
        assert!(run(&mut home, &mut Talk(&mut input), &CheckInArgs::default()).is_err());
        assert!(home.0.is_empty());
    }
}
