//! What takes over a second shows that it goes on: a small wheel on the error output, gone when the answer is there.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use crate::screen;
use crate::words::say;

/// What is done within this shows nothing: a flash of a wheel says less than the answer.
const PATIENCE: Duration = Duration::from_secs(1);
const TURN: Duration = Duration::from_millis(125);
const WHEEL: [char; 4] = ['◐', '◓', '◑', '◒'];

/// Does the work; a person at a terminal sees meanwhile that it is being done, and for how long.
pub fn during<T>(json: bool, work: impl FnOnce() -> T) -> T {
    if json || !io::stderr().is_terminal() || !io::stdout().is_terminal() {
        return work();
    }
    let (done, wait) = mpsc::channel::<()>();
    let reader = screen::current();
    let wheel = thread::spawn(move || {
        screen::set(reader);
        turn(&wait);
    });
    let outcome = work();
    drop(done);
    // The line must be empty again before the answer is written.
    let _ = wheel.join();
    outcome
}

fn turn(wait: &mpsc::Receiver<()>) {
    let begun = Instant::now();
    let mut next = PATIENCE;
    let mut shown = false;
    for turn in WHEEL.iter().cycle() {
        match wait.recv_timeout(next) {
            Err(RecvTimeoutError::Timeout) => {}
            _ => break,
        }
        let seconds = begun.elapsed().as_secs().to_string();
        eprint!("\r\u{1b}[2K{turn} {}", say("progress.working", &[("seconds", &seconds)]));
        let _ = io::stderr().flush();
        (next, shown) = (TURN, true);
    }
    if shown {
        eprint!("\r\u{1b}[2K");
        let _ = io::stderr().flush();
    }
}
