//! After a setback: kind words come first, before any question. Whoever wants to stop there has what matters.

use super::{Talk, command};
use crate::answer::{Answer, Failure};
use crate::args::Day;
use crate::commands::Answers;
use crate::words::say;

const KINDS: [&str; 4] = ["slip", "return_to_use", "close_call", "other"];
const POLICIES: [&str; 3] = ["new_run", "marked_day", "note_only"];

pub fn run(asked: &mut dyn Answers, talk: &mut Talk<'_>) -> Result<Answer, Failure> {
    let guidance = asked.ask(&command(&["setback", "--words"]))?;
    talk.tell(&guidance.text);
    talk.tell("");
    if !talk.agrees(&say("setback.ask.note_it", &[]))? {
        return Answer::new(&guidance.value, say("setback.not_noted", &[]));
    }
    let mut words = command(&["setback"]);
    let kind = talk.choose(&say("setback.ask.kind", &[]), "word.setback_kind", &KINDS, false)?;
    words.extend(kind.map(|kind| format!("--kind={kind}")));
    let from = day(talk, "setback.ask.from", true)?.unwrap_or_default();
    words.push(format!("--from={from}"));
    let to = day(talk, "setback.ask.to", false)?;
    words.extend(to.map(|to| format!("--to={to}")));
    let policy = talk.choose(&say("setback.ask.count", &[]), "word.count_policy", &POLICIES, true)?;
    words.extend(policy.map(|policy| format!("--count={policy}")));
    for (question, option) in [("before", "--before"), ("helped", "--helped"), ("learned", "--learned")] {
        let typed = talk.ask(&say(&format!("setback.ask.{question}"), &[]))?;
        if !typed.is_empty() {
            words.push(format!("{option}={typed}"));
        }
    }
    asked.ask(&words)
}

/// A day as people say it. `must`: without an answer it is today.
fn day(talk: &mut Talk<'_>, question: &str, must: bool) -> Result<Option<String>, Failure> {
    loop {
        let typed = talk.ask(&say(question, &[]))?;
        match typed.parse::<Day>() {
            _ if typed.is_empty() => return Ok(must.then(|| "today".to_owned())),
            Ok(_) => return Ok(Some(typed)),
            Err(why) => talk.tell(&why),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Home(Vec<Vec<String>>);

    impl Answers for Home {
        fn ask(&mut self, words: &[String]) -> Result<Answer, Failure> {
            self.0.push(words.to_vec());
            Answer::new(&(), "kind words")
        }
    }

    fn said(typed: &str) -> Vec<Vec<String>> {
        let mut home = Home(Vec::new());
        let mut input = typed.as_bytes();
        run(&mut home, &mut Talk(&mut input)).unwrap();
        home.0
    }

    #[test]
    fn kind_words_come_first_and_a_no_writes_nothing() {
        assert_eq!(said("\n"), [["setback", "--words"]]);
    }

    #[test]
    fn what_is_noted_is_asked_one_by_one() {
        let said = said("yes\n1\nyesterday\n2026-05-04\n1\ntired, pay day\n\nI call sooner\n");
        let expected = [
            "setback",
            "--kind=slip",
            "--from=yesterday",
            "--to=2026-05-04",
            "--count=new_run",
            "--before=tired, pay day",
            "--learned=I call sooner",
        ];
        assert_eq!(said[1], expected);
    }
}
