//! The terminal app in a process of its own, for a circle with other apps.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::app::App;
use crate::piped::Piped;

/// A phone that is a terminal.
pub struct Terminal {
    process: Piped,
    now: String,
    devices: Vec<(&'static str, String)>,
}

impl Terminal {
    /// Starts it with a home that isn't there yet.
    ///
    /// # Panics
    /// If there is no such program; so do all methods, if it answers anything but yes.
    pub fn start(program: &str, home: &Path) -> Self {
        let mut command = Command::new(program);
        command.args(["shell", "--json", "--home"]).arg(home).env("KINWEAVE_KEY", "5a".repeat(32));
        Self { process: Piped::start(&mut command), now: String::new(), devices: Vec::new() }
    }

    /// It is so late in New York from the next line on.
    pub fn read_clock(&mut self, local: &str) {
        self.now = format!("{local}[America/New_York]");
    }

    /// What it answers to a line.
    pub fn ask(&mut self, line: &str) -> Value {
        println!("   Marta: {line}");
        self.process.say(&format!("{line} --now {}", self.now));
        let answer = self.process.hear().expect("an answer");
        let mut answer: Value = serde_json::from_str(&answer).expect("JSON");
        assert_eq!(answer["ok"], true, "`{line}` answered {answer}");
        answer["value"].take()
    }

    /// Whether these words are in what it answers.
    pub fn says(&mut self, line: &str, words: &str) -> bool {
        let answer = self.ask(line).to_string();
        let is_there = answer.contains(words);
        if !is_there {
            println!("          {answer}");
        }
        is_there
    }

    /// The id of the only record of this kind.
    pub fn id_of(&mut self, kind: &str) -> String {
        let answer = self.ask(&format!("list {kind}"));
        answer["records"][0]["id"].as_str().expect("a record").to_owned()
    }

    /// Lets an app in, with everything two people do at a kitchen table.
    pub fn lets_in(&mut self, app: &mut App, name: &str) {
        let code = self.ask("invite --listen 127.0.0.1:0")["code"].as_str().expect("a code").to_owned();
        app.joins(&code, name);
        let words = self.ask("next")["words"].as_array().expect("words").clone();
        let words: Vec<_> = words.iter().filter_map(Value::as_str).collect();
        assert_eq!(words.join(" "), app.words(), "nobody stands between them");
        self.ask("same");
        app.taps("Yes, the same");
        app.taps("Join them");
        app.sees(&format!("Hello, {name}"));
        assert_eq!(self.ask("next")["step"], "done");
        // By its key, since a person may come to have several.
        let devices = self.ask("devices");
        let known = |device: &str| self.devices.iter().any(|(_, known)| known == device);
        let keys = devices.as_array().expect("devices").iter().filter(|device| device["is_this"] == false);
        let device = keys.filter_map(|device| device["device"].as_str()).find(|device| !known(device));
        let device = device.expect("the device that came").to_owned();
        self.devices.push((app.name(), device));
    }

    /// Calls an app's phone; afterwards both hold the same.
    pub fn meets(&mut self, app: &mut App) {
        let (_, device) = self.devices.iter().find(|(name, _)| *name == app.name()).expect("a device that was let in");
        let line = format!("meet {device} 127.0.0.1:{}", app.port());
        assert_eq!(self.ask(&line)["equal"], true);
    }
}
