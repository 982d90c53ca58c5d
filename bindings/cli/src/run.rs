//! One start of the program: opens the home, or reaches the process that has it, and does what was typed.

use std::io::{self, Write};
use std::process::ExitCode;
use std::thread;

use crate::answer::{Answer, Failure};
use crate::args::{Cli, Command, Global};
use crate::clock::TerminalClock;
use crate::commands::{Answers, Session};
use crate::home::{self, Opened};
use crate::style::{Style, harmless};
use crate::{demo, dialog, handover, shell};

/// Does what was typed; gives the exit code.
pub fn run(cli: Cli) -> ExitCode {
    let json = cli.global.json;
    let outcome = match &cli.command {
        Command::Demo { keep } => demo::run(keep.as_deref()).map(|()| None),
        Command::Next | Command::Same | Command::Different | Command::Accept | Command::Decline => {
            Err(Failure::say(2, "shell_only", &[("command", &typed().join(" "))]))
        }
        _ => at_home(cli),
    };
    match outcome {
        Ok(None) => ExitCode::SUCCESS,
        Ok(Some(answer)) => print(&answer, json),
        Err(failure) => {
            if json {
                eprintln!("{}", failure.error);
            } else {
                eprintln!("{}", harmless(failure.text.trim_end()));
            }
            ExitCode::from(failure.exit)
        }
    }
}

fn typed() -> Vec<String> {
    std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned()).collect()
}

fn at_home(cli: Cli) -> Result<Option<Answer>, Failure> {
    let clock = TerminalClock::new(cli.global.now);
    let makes_home = matches!(cli.command, Command::Create { .. } | Command::Join { .. } | Command::Shell);
    match home::open(&cli.global, &clock, makes_home)? {
        Opened::There(mut remote) => converse(&mut remote, &cli),
        Opened::Here(app) => {
            let mut session = Session::new(app, clock);
            let outcome = here(&mut session, cli);
            let closed = session.app.close();
            let answer = outcome?;
            closed?;
            Ok(answer)
        }
    }
}

/// In the process that has the home. One that stays takes the commands of others meanwhile.
fn here(session: &mut Session, cli: Cli) -> Result<Option<Answer>, Failure> {
    let waits = matches!(cli.command, Command::Listen { .. } | Command::Meet { stay: true, .. });
    let stays = waits || is_dialog(&cli.command) || matches!(cli.command, Command::Shell);
    let _serving = if stays { Some(handover::serve(&home::directory(&cli.global)?, session)?) } else { None };
    let Global { json, .. } = cli.global;
    let answer = converse(session, &cli)?;
    if waits {
        if let Some(answer) = &answer {
            print(answer, json);
        }
        loop {
            thread::park();
        }
    }
    Ok(answer)
}

fn converse(asked: &mut dyn Answers, cli: &Cli) -> Result<Option<Answer>, Failure> {
    let (json, words) = (cli.global.json, typed());
    let mut input = io::stdin().lock();
    match cli.command {
        Command::Shell => shell::run(asked, &mut input, json).map(|()| None),
        _ if is_dialog(&cli.command) => dialog::run(asked, &words, &mut input, json).map(Some),
        _ => asked.ask(&words).map(Some),
    }
}

fn is_dialog(command: &Command) -> bool {
    matches!(command, Command::Invite(_) | Command::Join { .. })
}

fn print(answer: &Answer, json: bool) -> ExitCode {
    let text = if json { answer.value.to_string() } else { Style::of_stdout().paint(&harmless(&answer.text)) };
    if text.is_empty() {
        return ExitCode::SUCCESS;
    }
    let mut out = io::stdout().lock();
    match writeln!(out, "{text}").and_then(|()| out.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever read has enough.
        Err(_) => ExitCode::FAILURE,
    }
}
