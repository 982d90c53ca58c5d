//! A phone app that does on its screens what a person would do.

use std::path::Path;

use crate::told::Told;

/// The app, in a process of its own.
pub struct App(Told);

impl App {
    /// Starts it on a phone that is in no circle.
    ///
    /// # Panics
    /// If there is no such program; so do all methods, if a screen doesn't come to show what it should.
    pub fn start(name: &'static str, command: &str) -> Self {
        let (folder, words) = command.split_once('\n').expect("a folder, and then words");
        Self(Told::start(name, Path::new(folder), words))
    }

    /// Whose it is.
    pub fn name(&self) -> &'static str {
        self.0.name
    }

    /// Waits until these words can be read.
    pub fn sees(&mut self, words: &str) {
        self.0.tell(&format!("see {words}"));
    }

    /// Waits until these words can't be read any more.
    pub fn sees_no_more(&mut self, words: &str) {
        self.0.tell(&format!("unsee {words}"));
    }

    /// Taps what has these words.
    pub fn taps(&mut self, words: &str) {
        self.0.tell(&format!("tap {words}"));
    }

    /// Taps one after the other.
    pub fn goes(&mut self, way: &[&str]) {
        way.iter().for_each(|words| self.taps(words));
    }

    /// Writes into the field with this label.
    pub fn types(&mut self, label: &str, text: &str) {
        self.0.tell(&format!("type {label} := {text}"));
    }

    /// Goes to where one came from.
    pub fn back(&mut self) {
        self.0.tell("back");
    }

    /// Is put away, and taken out again when the clock shows this full hour in New York, such as `2026-02-11T07`.
    pub fn comes_back_at(&mut self, hour: &str) {
        self.0.tell(&format!("clock {hour}"));
    }

    /// Where its phone listens.
    pub fn port(&mut self) -> String {
        self.0.tell("port")
    }

    /// The code on its screen.
    pub fn code(&mut self) -> String {
        self.0.tell("code")
    }

    /// The four words on its screen.
    pub fn words(&mut self) -> String {
        self.0.tell("words")
    }

    /// Lets another phone of the same person in.
    pub fn lets_in_own(&mut self, other: &mut Self) {
        self.goes(&["People", "Invite", "Another phone of mine"]);
        let code = self.code();
        other.joins(&code, "Dani");
        assert_eq!(self.words(), other.words(), "nobody stands between them");
        for phone in [&mut *self, &mut *other] {
            phone.taps("Yes, the same");
        }
        other.taps("Join them");
        other.sees("Hello, Dani");
        self.sees("The phones know each other now.");
        self.taps("Done");
    }

    /// Joins by a code.
    pub fn joins(&mut self, code: &str, name: &str) {
        self.taps("Join a circle");
        self.types("Your name", name);
        self.types("The code", code);
        self.taps("Join");
    }

    /// Ends it.
    pub fn quit(self) {
        self.0.quit();
    }
}
