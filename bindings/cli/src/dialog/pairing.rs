//! Inviting and joining, as a dialog with the person at the terminal.

use std::io::{BufRead, Write};

use crate::answer::{Answer, Failure};
use crate::commands::Answers;
use crate::progress;
use crate::shell::{read_line, say};
use crate::words;

use super::is_yes;

/// Goes through a pairing to its end, or to the step at which somebody says no.
pub fn run(asked: &mut dyn Answers, words: &[String], input: &mut dyn BufRead, json: bool) -> Result<Answer, Failure> {
    let begun = progress::during(json, || asked.ask(words))?;
    say(Ok(begun), json)?;
    loop {
        let step = progress::during(json, || ask(asked, "next"))?;
        match step.value["step"].as_str() {
            Some("words") => {
                say(Ok(step), json)?;
                let same = agreed(input, json, "pairing.ask.same", "same")?;
                ask(asked, if same { "same" } else { "different" })?;
            }
            Some("here") => {
                say(Ok(step), json)?;
                if !agreed(input, json, "pairing.ask.join", "accept")? {
                    ask(asked, "decline")?;
                    return Err(Failure::say(4, "not_accepted", &[]));
                }
                ask(asked, "accept")?;
            }
            _ => return Ok(step),
        }
    }
}

fn ask(asked: &mut dyn Answers, word: &str) -> Result<Answer, Failure> {
    asked.ask(&[word.to_owned()])
}

/// Whether the person says yes, or the word that programs have always said.
fn agreed(input: &mut dyn BufRead, json: bool, question: &str, word: &str) -> Result<bool, Failure> {
    if !json {
        print!("{} ", words::say(question, &[]));
        let _ = std::io::stdout().flush();
    }
    let line = read_line(input)?.ok_or_else(|| Failure::say(4, "ended", &[]))?;
    let own = words::say(&format!("pairing.word.{word}"), &[]);
    let typed = line.trim().to_lowercase();
    Ok(typed == word || typed == own || is_yes(&typed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// A home on which each `next` gives the next of these steps.
    struct Steps(Vec<&'static str>, Vec<String>);

    impl Answers for Steps {
        fn ask(&mut self, words: &[String]) -> Result<Answer, Failure> {
            self.1.push(words[0].clone());
            match words[0].as_str() {
                "next" => Answer::new(&json!({ "step": self.0.remove(0) }), ""),
                "different" => Err(Failure::say(4, "words_differ", &[])),
                _ => Answer::new(&json!({}), ""),
            }
        }
    }

    fn joined(typed: &str) -> (Result<Answer, Failure>, Vec<String>) {
        let mut steps = Steps(vec!["words", "here", "done"], Vec::new());
        let words = ["join", "ABCD", "--as", "Lena"].map(str::to_owned);
        let outcome = run(&mut steps, &words, &mut typed.as_bytes(), true);
        (outcome, steps.1)
    }

    #[test]
    fn a_yes_to_both_questions_joins() {
        let (outcome, asked) = joined("same\nAccept\n");
        assert_eq!(outcome.unwrap().value["step"], "done");
        assert_eq!(asked, ["join", "next", "same", "next", "accept", "next"]);
    }

    #[test]
    fn anything_else_does_not() {
        for (typed, said) in [("hm\n", "different"), ("same\nlater\n", "decline"), ("same\n", "next"), ("", "next")] {
            let (outcome, asked) = joined(typed);
            assert_eq!(outcome.unwrap_err().exit, 4, "{typed:?}");
            assert_eq!(asked.last().unwrap(), said, "{typed:?}");
            assert!(!asked.contains(&"accept".to_owned()));
        }
    }
}
