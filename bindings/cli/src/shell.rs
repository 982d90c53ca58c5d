//! `kinweave shell`: commands line by line on one open home.
//!
//! With `--json` each line gets exactly one line back, `{"ok":true,"value":…}` or `{"ok":false,"error":…}`. A pairing then
//! goes step by step: `invite` answers with the code and `join CODE --as NAME` at once; `next` waits for the step that
//! follows (`words`, for the newcomer `here`, `done`); `same` or `different` and the newcomer's `accept` or `decline` say yes or no. A
//! `--now` holds until the next one; `clock` shows the time.

use std::io::{self, BufRead, IsTerminal, Read, Write};

use crate::answer::{Answer, Failure, Reply};
use crate::args::{Cli, parse};
use crate::commands::Answers;
use crate::style::Style;
use crate::{dialog, layout, progress};

const LINE_BYTES_MAX: u64 = 64 * 1024;

/// Answers lines until the input ends or a line says `exit`.
pub fn run(asked: &mut dyn Answers, input: &mut dyn BufRead, json: bool) -> Result<(), Failure> {
    let prompts = !json && io::stdin().is_terminal() && io::stdout().is_terminal();
    loop {
        if prompts {
            print!("kinweave> ");
            let _ = io::stdout().flush();
        }
        let Some(line) = read_line(input)? else { break };
        let words = match split(&line) {
            Ok(words) if words.is_empty() => continue,
            Ok(words) if matches!(&words[..], [word] if word == "exit" || word == "quit") => break,
            Ok(words) => words,
            Err(failure) => {
                say(Err(failure), json)?;
                continue;
            }
        };
        match answer(asked, &words, input, json) {
            Ok(None) => {}
            Ok(Some(answer)) => say(Ok(answer), json)?,
            Err(failure) => say(Err(failure), json)?,
        }
    }
    Ok(())
}

fn answer(
    asked: &mut dyn Answers,
    words: &[String],
    input: &mut dyn BufRead,
    json: bool,
) -> Result<Option<Answer>, Failure> {
    let cli = parse(words)?;
    refuse_nested(&cli)?;
    if !json && dialog::is_one(&cli) {
        return dialog::run(asked, words, input, json);
    }
    progress::during(json, || asked.ask(words)).map(Some)
}

/// A command that would open another home, or a shell in the shell, isn't done here by mistake.
fn refuse_nested(cli: &Cli) -> Result<(), Failure> {
    if cli.global.home.is_some() || cli.global.key_file.is_some() {
        return Err(Failure::say(2, "not_here", &[("command", "--home")]));
    }
    Ok(())
}

/// The words of a line, with quotation marks as a shell has them; `#` begins a remark.
pub fn split(line: &str) -> Result<Vec<String>, Failure> {
    shlex::split(line).ok_or_else(|| Failure::say(2, "quotes", &[]))
}

/// One line of input; none at its end.
pub fn read_line(input: &mut dyn BufRead) -> Result<Option<String>, Failure> {
    let mut line = String::new();
    let read = input.take(LINE_BYTES_MAX).read_line(&mut line);
    match read {
        Ok(0) => Ok(None),
        Ok(read) if read as u64 == LINE_BYTES_MAX && !line.ends_with('\n') => {
            Err(Failure::say(2, "line_too_long", &[]))
        }
        Ok(_) => Ok(Some(line.trim_end_matches(['\n', '\r']).to_owned())),
        Err(_) => Err(Failure::say(2, "ended", &[])),
    }
}

/// Prints an outcome: for programs one line on the standard output, for people words, refusals on the error output.
pub fn say(outcome: Result<Answer, Failure>, json: bool) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    let written = if json {
        writeln!(out, "{}", Reply { text: None, ..Reply::new(outcome) }.line())
    } else {
        match outcome {
            Ok(answer) if answer.text.is_empty() => Ok(()),
            Ok(answer) => writeln!(out, "{}", Style::of_stdout().paint(&layout::fitted(&answer.text))),
            // Help that was asked for.
            Err(Failure { exit: 0, text, .. }) => writeln!(out, "{}", Style::of_stdout().headings(text.trim_end())),
            Err(failure) => {
                eprintln!("{}", layout::fitted(&failure.text));
                Ok(())
            }
        }
    };
    // Nobody reads any more: there is nobody to answer.
    written.and_then(|()| out.flush()).map_err(|_| Failure::say(2, "ended", &[]))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Echo(Vec<Vec<String>>);

    impl Answers for Echo {
        fn ask(&mut self, words: &[String]) -> Result<Answer, Failure> {
            self.0.push(words.to_vec());
            Answer::new(&words.len(), "")
        }
    }

    #[test]
    fn words_are_split_as_a_shell_does() {
        let words = split("edit 0123 \"place=Nonna's kitchen\" 'a b'  c\\ d # remark").unwrap();
        assert_eq!(words, ["edit", "0123", "place=Nonna's kitchen", "a b", "c d"]);
        assert_eq!(split("  ").unwrap(), [""; 0]);
        assert_eq!(split("edit 0123 'half").unwrap_err().exit, 2);
    }

    #[test]
    fn lines_go_to_the_home_one_by_one_until_exit() {
        let mut echo = Echo(Vec::new());
        let mut input = "who\n\n# nothing\nlist rsvp --limit 3\nlist --home elsewhere\nexit\nwho\n".as_bytes();
        run(&mut echo, &mut input, true).unwrap();
        assert_eq!(echo.0, [vec!["who".to_owned()], ["list", "rsvp", "--limit", "3"].map(str::to_owned).to_vec()]);
    }

    #[test]
    fn a_line_without_end_is_not_read_for_ever() {
        let long = "a".repeat(70_000);
        assert_eq!(read_line(&mut long.as_bytes()).unwrap_err().exit, 2);
    }
}
