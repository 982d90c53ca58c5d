//! The passphrase of a key file: added, changed, removed; by variables for scripts, and typed unseen at a terminal.

mod support;

use std::process::Command;

use rexpect::session::{PtySession, spawn_command};
use support::{Desk, outcome};

/// Nothing at a terminal takes as long as this; a question that isn't asked by then never is.
const PATIENCE_MS: u64 = 30_000;

fn with<'a>(command: &'a mut Command, old: Option<&str>, new: Option<&str>) -> &'a mut Command {
    command.envs(old.map(|old| ("KINWEAVE_PASSPHRASE", old))).envs(new.map(|new| ("KINWEAVE_NEW_PASSPHRASE", new)))
}

fn pass(desk: &Desk, what: &str, old: Option<&str>, new: Option<&str>) -> support::Outcome {
    outcome(with(desk.command().args(["passphrase", what]), old, new))
}

fn opens(desk: &Desk, passphrase: Option<&str>) -> bool {
    outcome(with(desk.command().arg("who"), passphrase, None)).exit == 0
}

#[test]
fn it_is_added_changed_and_removed_and_the_home_stays_the_same() {
    let desk = Desk::new();
    desk.run("create Reyes --as Marta").done();
    assert!(pass(&desk, "set", None, Some("apple river")).done().contains("has a passphrase now"));
    assert!(!opens(&desk, None) && !opens(&desk, Some("wrong")) && opens(&desk, Some("apple river")));
    let err = pass(&desk, "set", Some("wrong"), Some("stone")).refused(3);
    assert!(err.contains("nothing was changed"), "{err}");
    assert!(pass(&desk, "change", Some("apple river"), Some("stone cloud")).done().contains("changed"));
    assert!(!opens(&desk, Some("apple river")) && opens(&desk, Some("stone cloud")));
    pass(&desk, "remove", Some("stone cloud"), None).done();
    assert!(opens(&desk, None));
    assert!(pass(&desk, "remove", None, None).refused(1).contains("no passphrase"));
}

#[test]
fn a_process_that_was_killed_before_its_last_step_leaves_the_old_file_and_nothing_in_the_way() {
    let desk = Desk::new();
    desk.run("create Reyes --as Marta").done();
    pass(&desk, "set", None, Some("apple river")).done();
    let half = desk.key_file().with_file_name("family.key.new");
    std::fs::write(&half, "{\"kinweave_key\":1,").unwrap();
    assert!(opens(&desk, Some("apple river")));
    pass(&desk, "set", Some("apple river"), Some("stone cloud")).done();
    assert!(opens(&desk, Some("stone cloud")) && !half.exists());
}

#[test]
fn without_a_terminal_or_a_variable_it_says_what_it_needs() {
    let desk = Desk::new();
    desk.run("create Reyes --as Marta").done();
    let err = pass(&desk, "set", None, None).refused(3);
    assert!(err.contains("KINWEAVE_NEW_PASSPHRASE"), "{err}");
    assert!(opens(&desk, None));
}

fn typing(desk: &Desk, words: &[&str]) -> PtySession {
    let mut command = desk.command();
    command.args(words);
    spawn_command(command, Some(PATIENCE_MS)).unwrap()
}

#[cfg(unix)]
#[test]
fn at_a_terminal_it_is_asked_for_and_never_shown() {
    let desk = Desk::new();
    desk.run("create Reyes --as Marta").done();
    let mut terminal = typing(&desk, &["passphrase", "set"]);
    terminal.exp_string("New passphrase: ").unwrap();
    terminal.send_line("apple river").unwrap();
    let between = terminal.exp_string("The same again: ").unwrap();
    assert!(!between.contains("apple"), "{between:?}");
    terminal.send_line("apple river").unwrap();
    terminal.exp_string("has a passphrase now").unwrap();
    terminal.exp_eof().unwrap();

    let mut terminal = typing(&desk, &["who"]);
    terminal.exp_string("Passphrase: ").unwrap();
    terminal.send_line("apple river").unwrap();
    terminal.exp_string("Marta").unwrap();
    terminal.exp_eof().unwrap();
    assert!(!opens(&desk, None));
}

#[cfg(unix)]
#[test]
fn two_that_differ_change_nothing() {
    let desk = Desk::new();
    desk.run("create Reyes --as Marta").done();
    let mut terminal = typing(&desk, &["passphrase", "set"]);
    terminal.exp_string("New passphrase: ").unwrap();
    terminal.send_line("apple river").unwrap();
    terminal.exp_string("The same again: ").unwrap();
    terminal.send_line("apple rover").unwrap();
    terminal.exp_string("Nothing was changed").unwrap();
    terminal.exp_eof().unwrap();
    assert!(opens(&desk, None));
}
