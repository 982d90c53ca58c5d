//! Commands, as they are shown and run.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::root;

/// Runs cargo with these words.
pub fn cargo(arguments: &str) -> Result<(), String> {
    finish(&mut cargo_command(arguments))
}

pub fn cargo_command(arguments: &str) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments.split_whitespace()).current_dir(root());
    command
}

/// Shows the command, runs it and waits for it.
pub fn finish(command: &mut Command) -> Result<(), String> {
    let shown = show(command);
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{shown}` ended with {status}")),
        Err(error) => Err(format!("`{shown}` could not start: {error}")),
    }
}

/// The same, and hands over each line that it prints.
pub fn finish_reading(command: &mut Command, mut read: impl FnMut(&str)) -> Result<(), String> {
    let shown = show(command);
    let could_not = |error| format!("`{shown}` could not start: {error}");
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(could_not)?;
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            println!("{line}");
            read(&line);
        }
    }
    match child.wait() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{shown}` ended with {status}")),
        Err(error) => Err(format!("`{shown}`: {error}")),
    }
}

fn show(command: &Command) -> String {
    let program = command.get_program().to_string_lossy();
    let name = program.rsplit('/').next().unwrap_or_default().to_owned();
    let words = command.get_args().map(|word| word.to_string_lossy().into_owned());
    let shown = [name].into_iter().chain(words).collect::<Vec<_>>().join(" ");
    println!("$ {shown}");
    shown
}
