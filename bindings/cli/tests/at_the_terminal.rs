//! What a person sees who types at a real terminal: questions, answers, and what arrives while they watch.

#![cfg(unix)]

mod support;

use std::time::{Duration, Instant};

use rexpect::session::{PtySession, spawn_command};
use support::Desk;

const PATIENCE_MS: u64 = 30_000;

fn typing(desk: &Desk, words: &[&str]) -> PtySession {
    let mut command = desk.command();
    command.args(words);
    spawn_command(command, Some(PATIENCE_MS)).unwrap()
}

#[test]
fn a_guided_check_in_is_done_within_a_minute_with_one_number_and_enter() {
    let desk = Desk::new();
    desk.run("create Reyes --as Dani").done();
    let begun = Instant::now();
    let mut terminal = typing(&desk, &["check-in"]);
    terminal.exp_string("How is it today?").unwrap();
    terminal.exp_string("4 I need company").unwrap();
    terminal.send_line("2").unwrap();
    for question in ["Any feelings?", "A few words?", "What would help?", "Who may see"] {
        terminal.exp_string(question).unwrap();
        terminal.send_line("").unwrap();
    }
    terminal.exp_string("for you alone").unwrap();
    terminal.exp_eof().unwrap();
    // The program's own part of the minute; the rest belongs to whoever answers.
    assert!(begun.elapsed() < Duration::from_secs(20));
    assert_eq!(desk.json("list check_in")["records"][0]["body"]["band"], "okay");
}

#[test]
fn ending_in_the_middle_of_the_questions_writes_nothing() {
    let desk = Desk::new();
    desk.run("create Reyes --as Dani").done();
    let mut terminal = typing(&desk, &["check-in"]);
    terminal.exp_string("How is it today?").unwrap();
    terminal.send_line("good").unwrap();
    terminal.exp_string("Any feelings?").unwrap();
    terminal.send_control('d').unwrap();
    terminal.exp_string("Start again").unwrap();
    terminal.exp_eof().unwrap();
    assert_eq!(desk.json("list check_in")["records"], serde_json::json!([]));
}

#[test]
fn a_guided_setback_says_kind_words_before_it_asks_and_a_no_is_fine() {
    let desk = Desk::new();
    desk.run("create Reyes --as Dani").done();
    let mut terminal = typing(&desk, &["setback"]);
    terminal.exp_string("All your days still count").unwrap();
    terminal.exp_string("Would you like to note it").unwrap();
    terminal.send_line("").unwrap();
    terminal.exp_string("That is all right.").unwrap();
    terminal.exp_eof().unwrap();
    assert_eq!(desk.json("list setback")["records"], serde_json::json!([]));
}

#[test]
fn what_another_process_writes_is_shown_to_whoever_watches() {
    let desk = Desk::new();
    desk.run("create Reyes --as Dani").done();
    let mut terminal = typing(&desk, &["watch"]);
    terminal.exp_string("Watching.").unwrap();
    desk.run("celebrate movie_night --with only-me").done();
    terminal.exp_string("Movie night").unwrap();
    let mut spanish = typing(&desk, &["watch", "--language", "es"]);
    spanish.exp_string("Mirando.").unwrap();
    desk.run("encourage me 'A good day' --with only-me").done();
    terminal.exp_string("good words").unwrap();
    spanish.exp_string("buenas palabras").unwrap();
    terminal.send_control('c').unwrap();
    terminal.exp_eof().unwrap();
}

#[test]
fn a_pairing_code_is_also_drawn_as_squares_where_a_person_looks() {
    let desk = Desk { columns: Some(80), ..Desk::new() };
    desk.run("create Reyes --as Dani").done();
    let mut terminal = typing(&desk, &["invite", "--listen", "127.0.0.1:0"]);
    let before = terminal.exp_string("\u{1b}[97;40m").unwrap();
    assert!(before.contains("ten minutes"), "{before}");
    terminal.send_control('c').unwrap();
    terminal.exp_eof().unwrap();
}

#[test]
fn the_shell_has_a_prompt_and_help_for_a_person_and_neither_for_a_program() {
    let desk = Desk::new();
    let mut terminal = typing(&desk, &["shell"]);
    terminal.exp_string("kinweave> ").unwrap();
    terminal.send_line("create Reyes --as Dani").unwrap();
    terminal.exp_string("Circle Reyes").unwrap();
    terminal.exp_string("kinweave> ").unwrap();
    terminal.send_line("help promise").unwrap();
    terminal.exp_string("Usage: kinweave promise").unwrap();
    terminal.send_line("exit").unwrap();
    terminal.exp_eof().unwrap();
}
