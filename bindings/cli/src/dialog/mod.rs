//! Conversations with the person at the terminal. Each only asks, and then says to the home a command that could have been
//! typed: what can be answered in a dialog can be given as options, and a dialog works with another process's home too.

mod check_in;
mod pairing;
mod setback;
mod watch;

use std::io::{self, BufRead, IsTerminal, Write};

use crate::answer::{Answer, Failure};
use crate::args::{Cli, Command, SetbackArgs};
use crate::commands::Answers;
use crate::shell::read_line;
use crate::words::{choices, plain, say};
use crate::{layout, screen};

/// Whether this command is a conversation, with whoever types or with a program that speaks for them.
pub fn is_one(cli: &Cli) -> bool {
    match &cli.command {
        Some(Command::Invite(_) | Command::Join { .. } | Command::Watch) => true,
        Some(Command::CheckIn(args)) => args.says_nothing() && is_guided(cli),
        Some(Command::Setback(args)) => is_unsaid(args) && is_guided(cli),
        _ => false,
    }
}

fn is_unsaid(args: &SetbackArgs) -> bool {
    args.from.is_none() && !args.words
}

/// Questions are for people: both ends are a terminal, and no program waits for JSON.
fn is_guided(cli: &Cli) -> bool {
    !cli.global.json && io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Goes through a conversation to its end.
pub fn run(
    asked: &mut dyn Answers,
    words: &[String],
    input: &mut dyn BufRead,
    json: bool,
) -> Result<Option<Answer>, Failure> {
    match crate::args::parse(words)?.command {
        Some(Command::Watch) => watch::run(asked, words, json),
        Some(Command::CheckIn(args)) => check_in::run(asked, &mut Talk(input), &args).map(Some),
        Some(Command::Setback(_)) => setback::run(asked, &mut Talk(input)).map(Some),
        _ => pairing::run(asked, words, input, json).map(Some),
    }
}

/// Questions on the screen, answers line by line.
struct Talk<'a>(&'a mut dyn BufRead);

impl Talk<'_> {
    fn tell(&self, text: &str) {
        println!("{}", layout::fitted(text));
    }

    /// What is typed; empty if the question is passed over.
    fn ask(&mut self, question: &str) -> Result<String, Failure> {
        self.tell(question);
        print!("> ");
        let _ = io::stdout().flush();
        let line = read_line(self.0)?.ok_or_else(|| Failure::say(1, "ended", &[]))?;
        Ok(line.trim().to_owned())
    }

    /// One of the words under `key`, by its number or as it is written; none if the question is passed over and may be.
    fn choose(&mut self, question: &str, key: &str, names: &[&str], must: bool) -> Result<Option<String>, Failure> {
        let offered: Vec<_> = names.iter().map(|name| (*name, say(&format!("{key}.{name}"), &[]))).collect();
        let listed: Vec<_> = offered.iter().enumerate().map(|(at, (_, text))| format!("{} {text}", at + 1)).collect();
        let in_one = format!("  {}", listed.join("   "));
        let fits = screen::current().width.is_none_or(|width| layout::columns(&in_one) <= width);
        let listed = if fits { in_one } else { format!("  {}", listed.join("\n  ")) };
        let question = format!("{question}\n{listed}");
        loop {
            let typed = self.ask(&question)?;
            if typed.is_empty() && !must {
                return Ok(None);
            }
            let numbered = typed.parse::<usize>().ok().and_then(|at| offered.get(at.checked_sub(1)?));
            let named = || offered.iter().find(|(name, text)| is_same(&typed, name) || is_same(&typed, text));
            // "call" is enough for "a call", if nothing else there has it.
            let partly = || {
                let mut with_it = offered.iter().filter(|(_, text)| has_word(text, &typed));
                with_it.next().filter(|_| with_it.next().is_none())
            };
            if let Some((name, _)) = numbered.or_else(named).or_else(partly) {
                return Ok(Some((*name).to_owned()));
            }
            self.tell(&say("ask.number_please", &[]));
        }
    }

    /// Some of the words under the keys, with commas; `?` lists them all.
    fn choose_some(&mut self, question: &str, keys: &[&str]) -> Result<Vec<String>, Failure> {
        let mut known: Vec<_> = keys.iter().flat_map(|key| choices(key)).collect();
        known.sort();
        known.dedup();
        loop {
            let typed = self.ask(question)?;
            if typed == "?" {
                let texts: Vec<_> = known.iter().map(|(_, text)| text.as_str()).collect();
                self.tell(&format!("  {}", texts.join(", ")));
                continue;
            }
            let parts: Vec<_> = typed.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
            let find = |part: &&str| known.iter().find(|(name, text)| is_same(part, name) || is_same(part, text));
            match parts.iter().find(|part| find(part).is_none()) {
                Some(unknown) => self.tell(&say("ask.not_among", &[("text", unknown)])),
                None => return Ok(parts.iter().filter_map(|part| Some(find(part)?.0.clone())).collect()),
            }
        }
    }

    fn agrees(&mut self, question: &str) -> Result<bool, Failure> {
        let typed = self.ask(question)?;
        Ok(is_yes(&typed))
    }
}

/// Yes in the reader's language or in English. Anything but a clear yes is a no: a no can be taken back by starting again.
fn is_yes(typed: &str) -> bool {
    let typed = typed.trim().to_lowercase();
    ["yes", "y"].contains(&typed.as_str()) || say("ask.yes_words", &[]).split(' ').any(|word| word == typed)
}

/// With whom, where the reader's own words for it were typed.
fn whom(typed: &str) -> String {
    let typed = typed.trim();
    let known =
        ["only-me", "circle", "everyone"].into_iter().find(|name| is_same(typed, &say(&format!("whom.{name}"), &[])));
    known.unwrap_or(typed).to_owned()
}

fn is_same(typed: &str, word: &str) -> bool {
    plain(typed) == plain(word)
}

fn has_word(text: &str, typed: &str) -> bool {
    let typed = plain(typed);
    !typed.is_empty() && plain(text).split(' ').any(|word| word == typed)
}

fn command(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}
