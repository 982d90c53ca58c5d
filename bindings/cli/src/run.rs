//! One start of the program: opens the home, or reaches the process that has it, and does what was typed.

use std::io::{self, Write};
use std::process::ExitCode;
use std::thread;

use crate::answer::{Answer, Failure};
use crate::args::{self, Cli, Command, Global};
use crate::clock::TerminalClock;
use crate::commands::{Answers, Session};
use crate::home::{self, Opened};
use crate::print::start;
use crate::style::Style;
use crate::{demo, dialog, handover, key, layout, progress, shell};

/// Does what was typed; gives the exit code.
pub fn run(typed: &[String]) -> ExitCode {
    let json = typed.iter().any(|word| word == "--json");
    match args::parse(typed).and_then(|cli| perform(&cli, typed)) {
        Ok(None) => ExitCode::SUCCESS,
        Ok(Some(answer)) => print(&answer, json),
        // Help that was asked for.
        Err(Failure { exit: 0, text, .. }) => {
            let text = Style::of_stdout().headings(text.trim_end());
            show(&text)
        }
        Err(failure) => {
            if json {
                eprintln!("{}", failure.error);
            } else {
                eprintln!("{}", layout::fitted(&failure.text));
            }
            ExitCode::from(failure.exit)
        }
    }
}

fn perform(cli: &Cli, typed: &[String]) -> Result<Option<Answer>, Failure> {
    match &cli.command {
        // Whoever has no home yet is told how to get one, not that one is missing.
        None if !home::directory(&cli.global)?.is_dir() => start::first_steps().map(Some),
        Some(Command::Help { command }) => help(command),
        Some(Command::Completions { shell }) => {
            completions(*shell);
            Ok(None)
        }
        Some(Command::Passphrase { action }) => key::change_passphrase(&cli.global, *action).map(Some),
        Some(Command::Salvage) => home::salvage(&cli.global).map(Some),
        Some(Command::Demo { keep }) => demo::run(keep.as_deref()).map(|()| None),
        Some(
            Command::Next
            | Command::Same
            | Command::Different
            | Command::Accept
            | Command::Decline
            | Command::Arrivals { .. },
        ) => Err(Failure::say(2, "shell_only", &[("command", &typed.join(" "))])),
        _ => at_home(cli, typed),
    }
}

fn help(command: &[String]) -> Result<Option<Answer>, Failure> {
    let mut words = command.to_vec();
    words.push("--help".to_owned());
    match args::parse(&words) {
        Err(failure) => Err(failure),
        Ok(_) => Ok(None),
    }
}

fn completions(shell: clap_complete::Shell) {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut args::command(), "kinweave", &mut script);
    // Whoever reads may have enough before its end.
    let _ = io::stdout().write_all(&script);
}

fn at_home(cli: &Cli, typed: &[String]) -> Result<Option<Answer>, Failure> {
    let clock = TerminalClock::new(cli.global.now);
    let makes_home = matches!(cli.command, Some(Command::Create { .. } | Command::Join { .. } | Command::Shell));
    match home::open(&cli.global, &clock, makes_home)? {
        Opened::There(mut remote) => converse(&mut remote, cli, typed),
        Opened::Here(app) => {
            let mut session = Session::new(app, clock);
            let outcome = here(&mut session, cli, typed);
            let closed = session.app.close();
            let answer = outcome?;
            closed?;
            Ok(answer)
        }
    }
}

/// In the process that has the home. One that stays takes the commands of others meanwhile.
fn here(session: &mut Session, cli: &Cli, typed: &[String]) -> Result<Option<Answer>, Failure> {
    let waits = matches!(cli.command, Some(Command::Listen { .. } | Command::Meet { stay: true, .. }));
    let stays = waits || matches!(cli.command, Some(Command::Shell | Command::Watch)) || dialog::is_one(cli);
    let _serving = if stays { Some(handover::serve(&home::directory(&cli.global)?, session)?) } else { None };
    let Global { json, .. } = cli.global;
    let answer = converse(session, cli, typed)?;
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

fn converse(asked: &mut dyn Answers, cli: &Cli, typed: &[String]) -> Result<Option<Answer>, Failure> {
    let json = cli.global.json;
    let mut input = io::stdin().lock();
    match cli.command {
        Some(Command::Shell) => shell::run(asked, &mut input, json).map(|()| None),
        _ if dialog::is_one(cli) => dialog::run(asked, typed, &mut input, json),
        _ => progress::during(json, || asked.ask(typed)).map(Some),
    }
}

fn print(answer: &Answer, json: bool) -> ExitCode {
    let text = if json { answer.value.to_string() } else { Style::of_stdout().paint(&layout::fitted(&answer.text)) };
    if text.is_empty() { ExitCode::SUCCESS } else { show(&text) }
}

fn show(text: &str) -> ExitCode {
    let mut out = io::stdout().lock();
    match writeln!(out, "{text}").and_then(|()| out.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever read has enough.
        Err(_) => ExitCode::FAILURE,
    }
}
