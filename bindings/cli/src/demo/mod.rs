//! `kinweave demo`: five phones and a dinner, told by five processes that are only sent lines.

mod checks;
mod page;
mod phone;
mod script;

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io::Write};

use serde_json::Value;

use crate::answer::Failure;
use crate::home::private_directory;
use crate::key;
use crate::style::Style;
use checks::Checks;
use phone::Phone;
use script::{ALL, IDS, STORY, Step, View, ZONE};

const LOOPBACK: &str = "127.0.0.1:0";

/// Words of the story that no file may show.
const WORDS: &[&str] = &["Nonna", "Luigi", "corner seat", "Reyes", "Marta", "family_dinner"];

/// The demo can't go on.
fn stopped(why: &str) -> Failure {
    Failure::say(1, "demo", &[("text", why)])
}

/// Tells the story and checks it. `keep`: the homes stay in this directory.
pub fn run(keep: Option<&Path>) -> Result<(), Failure> {
    let place = tempfile::tempdir().map_err(|error| stopped(&error.to_string()))?;
    let folder = match keep {
        None => place.path().to_owned(),
        Some(folder) => kept(folder)?,
    };
    let mut stage = Stage::new(&folder)?;
    println!("Thirty days and a dinner: five phones as five processes, each with an encrypted home of its own.");
    println!("They are sent the lines shown after ›, and what they see is what they answered. No server.");
    for step in STORY {
        stage.play(step)?;
    }
    stage.close()?;
    let Stage { phones, checks, .. } = stage;
    let how = if checks.differing == 0 { "all as the story has it" } else { "not all as the story has it" };
    println!("\n{} checks, {how}.", checks.made);
    if keep.is_some() {
        explore(&phones);
    }
    if checks.differing == 0 {
        return Ok(());
    }
    Err(stopped(&format!("{} of {} checks differ, marked ✗ above.", checks.differing, checks.made)))
}

fn kept(folder: &Path) -> Result<std::path::PathBuf, Failure> {
    let shown = folder.to_string_lossy();
    if fs::read_dir(folder).is_ok_and(|mut files| files.next().is_some()) {
        return Err(Failure::say(1, "keep_not_empty", &[("path", &shown)]));
    }
    private_directory(folder)?;
    std::path::absolute(folder).map_err(|error| stopped(&error.to_string()))
}

fn explore(phones: &[Phone]) {
    println!("\nThe homes stay. Look around with the same program, for example:");
    for phone in phones {
        println!("\n  KINWEAVE_KEY={} \\\n  kinweave --home {} list", key::hex(&phone.key[..]), phone.home.display());
    }
    println!("\nThese keys open this story only. Your own never show up on a screen.");
}

/// The five phones, and how far the story has come.
struct Stage {
    phones: Vec<Phone>,
    names: BTreeMap<String, String>,
    now: &'static str,
    checks: Checks,
    style: Style,
    meetings: u64,
    bytes: u64,
    unequal: Vec<String>,
}

impl Stage {
    fn new(folder: &Path) -> Result<Self, Failure> {
        let phones = ALL.iter().map(|name| Phone::start(name, folder)).collect::<Result<_, _>>()?;
        Ok(Self {
            phones,
            names: BTreeMap::new(),
            now: "",
            checks: Checks::default(),
            style: Style::of_stdout(),
            meetings: 0,
            bytes: 0,
            unequal: Vec::new(),
        })
    }

    fn play(&mut self, step: &Step) -> Result<(), Failure> {
        match step {
            Step::Time { now, title } => self.time(now, title)?,
            Step::Do { who, line } => {
                println!("{}", page::typed(who, line, self.style));
                self.ask(who, line)?;
                if line.starts_with("create ") {
                    self.arrived(who)?;
                }
            }
            Step::Refused { who, line, rule, words } => self.refused(who, line, rule, words)?,
            Step::Pair { inviter, line, newcomer, join } => self.pair(inviter, line, newcomer, join)?,
            Step::Meet { dials, answers } => self.meet(dials, answers)?,
            Step::Show { who, view } => self.show(who, view)?,
            Step::Expect { who, line, at, is, words } => {
                let mut found = Vec::new();
                for name in *who {
                    let answer = self.ask(name, line)?;
                    found.extend(is.compare(&answer, at).err().map(|found| format!("on {name}'s phone {found}")));
                }
                self.checks.tell(words, if found.is_empty() { Ok(()) } else { Err(found.join("\n             ")) });
            }
            Step::Alone { who, words } => self.alone(who, words)?,
        }
        // A story is told as it happens, through a pipe too.
        std::io::stdout().flush().map_err(|error| stopped(&error.to_string()))
    }

    fn phone(&mut self, name: &str) -> Result<&mut Phone, Failure> {
        let phone = self.phones.iter_mut().find(|phone| phone.name == name);
        phone.ok_or_else(|| stopped(&format!("the script has no phone of {name}")))
    }

    /// The line as this phone is sent it: with its own ids for records, and the time.
    fn line(&mut self, who: &str, line: &str) -> Result<String, Failure> {
        let mut line = line.to_owned();
        for (id, owner, by, at) in IDS {
            let placeholder = format!("{{{id}}}");
            if !line.contains(&placeholder) || !(owner.is_empty() || *owner == who) {
                continue;
            }
            let answer = self.phone(who)?.ask(by)?;
            let found = answer.pointer(at).and_then(Value::as_str);
            let found = found.ok_or_else(|| stopped(&format!("{who}'s phone has no {id}")))?;
            line = line.replace(&placeholder, found);
        }
        Ok(format!("{line} --now {}[{ZONE}]", self.now))
    }

    /// What the phone answers, with names instead of members' ids.
    fn ask(&mut self, who: &str, line: &str) -> Result<Value, Failure> {
        let line = self.line(who, line)?;
        let mut answer = self.phone(who)?.ask(&line)?;
        name_all(&mut answer, &self.names);
        Ok(answer)
    }

    fn time(&mut self, now: &'static str, title: &str) -> Result<(), Failure> {
        self.now = now;
        println!("{}", page::heading(now, title, self.style));
        ALL.iter().try_for_each(|name| self.ask(name, "clock").map(drop))
    }

    /// Somebody is in the circle: their phone listens, and their name is known here.
    fn arrived(&mut self, who: &str) -> Result<(), Failure> {
        let listening = self.ask(who, &format!("listen {LOOPBACK}"))?;
        self.phone(who)?.address = listening["address"].as_str().unwrap_or_default().to_owned();
        let me = self.phone(who)?.ask("who")?["me"].as_str().unwrap_or_default().to_owned();
        self.names.insert(me, who.to_owned());
        Ok(())
    }

    fn refused(&mut self, who: &str, line: &str, rule: &str, words: &str) -> Result<(), Failure> {
        println!("{}", page::typed(who, line, self.style));
        let line = self.line(who, line)?;
        self.phone(who)?.send(&line)?;
        let reply = self.phone(who)?.receive()?;
        let so = reply["ok"] == false && reply["error"]["rule"] == rule;
        self.checks.tell(words, if so { Ok(()) } else { Err(reply.to_string()) });
        Ok(())
    }

    /// Two people at one table: the code is read aloud, both compare the words, the newcomer says yes.
    fn pair(&mut self, inviter: &str, invite: &str, newcomer: &str, join: &str) -> Result<(), Failure> {
        let code = self.ask(inviter, &format!("{invite} --listen {LOOPBACK}"))?["code"].take();
        self.ask(newcomer, &format!("join {} {join}", code.as_str().unwrap_or_default()))?;
        let there = self.next(inviter, "words")?;
        let here = self.next(newcomer, "words")?;
        if here["words"] != there["words"] {
            return Err(stopped("the two screens show different words"));
        }
        self.ask(inviter, "same")?;
        self.ask(newcomer, "same")?;
        self.next(newcomer, "here")?;
        self.ask(newcomer, "accept")?;
        self.next(newcomer, "done")?;
        self.next(inviter, "done")?;
        println!("{}", page::typed(inviter, invite, self.style));
        println!("{}", page::typed(newcomer, &format!("join CODE {join}"), self.style));
        let words: Vec<_> = here["words"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        println!("          both screens show: {}", words.join("  "));
        self.arrived(newcomer)
    }

    fn next(&mut self, who: &str, step: &str) -> Result<Value, Failure> {
        let answer = self.ask(who, "next")?;
        if answer["step"] == step { Ok(answer) } else { Err(stopped(&format!("{who}'s phone says {answer}"))) }
    }

    fn meet(&mut self, dials: &str, answers: &str) -> Result<(), Failure> {
        let address = self.phone(answers)?.address.clone();
        let meeting = self.ask(dials, &format!("meet {answers} {address}"))?;
        self.meetings += 1;
        self.bytes += ["bytes_sent", "bytes_received"].iter().filter_map(|name| meeting[name].as_u64()).sum::<u64>();
        if meeting["equal"] != true {
            self.unequal.push(format!("{dials} and {answers} at {}", self.now));
        }
        println!("{}", page::meeting(dials, answers, &meeting));
        Ok(())
    }

    /// Asks each phone, and says once what several show.
    fn show(&mut self, who: &[&'static str], view: &View) -> Result<(), Failure> {
        let mut pictures: Vec<(Vec<&str>, Vec<String>)> = Vec::new();
        for name in who {
            let lines = view.lines(&self.ask(name, view.line())?);
            match pictures.iter_mut().find(|(_, shown)| *shown == lines) {
                Some((names, _)) => names.push(name),
                None => pictures.push((vec![name], lines)),
            }
        }
        for (names, lines) in pictures {
            println!("{}", page::seen(&names, &lines, self.style));
        }
        Ok(())
    }

    fn alone(&mut self, who: &str, words: &str) -> Result<(), Failure> {
        let own = self.private_audiences(who)?;
        let mut found = Vec::new();
        for name in ALL.iter().filter(|name| **name != who) {
            let dump = self.ask(name, "dump")?;
            let held = dump.as_array().into_iter().flatten().map(|audience| &audience["audience"]["id"]);
            found.extend(held.filter(|id| own.contains(id)).map(|id| format!("{id} on {name}'s phone")));
        }
        let so = !own.is_empty() && found.is_empty();
        self.checks.tell(words, if so { Ok(()) } else { Err(format!("{found:?} of {}", own.len())) });
        Ok(())
    }

    /// The audiences that only this phone's owner is in, and that hold something.
    fn private_audiences(&mut self, who: &str) -> Result<Vec<Value>, Failure> {
        let dump = self.ask(who, "dump")?;
        let private = |dump: &&Value| {
            matches!(dump["audience"]["tag"].as_str(), Some("me" | "journal"))
                && dump["entries"].as_array().is_some_and(|entries| !entries.is_empty())
        };
        Ok(dump.as_array().into_iter().flatten().filter(private).map(|dump| dump["audience"]["id"].clone()).collect())
    }

    /// The processes end, and what they left is compared from outside.
    fn close(&mut self) -> Result<(), Failure> {
        let title = format!("\n{} {}\n", self.style.dim("──"), self.style.bold("Afterwards"));
        println!("{title}The five processes end. Their homes are opened from outside, with their keys.\n");
        let met = format!(
            "{} meetings, {} bytes; each ended with both holding the same",
            self.meetings,
            page::grouped(self.bytes)
        );
        self.checks.tell(&met, if self.unequal.is_empty() { Ok(()) } else { Err(self.unequal.join("; ")) });
        let odd: Vec<_> = self.phones.iter_mut().filter_map(|phone| (!phone.close()).then_some(phone.name)).collect();
        self.checks.tell("all five processes ended well", if odd.is_empty() { Ok(()) } else { Err(odd.join(", ")) });
        checks::from_outside(&self.phones, WORDS, &mut self.checks)
    }
}

/// Puts names for members' ids, wherever they stand.
fn name_all(value: &mut Value, names: &BTreeMap<String, String>) {
    match value {
        Value::String(text) => {
            if let Some(name) = names.get(text) {
                text.clone_from(name);
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| name_all(value, names)),
        Value::Object(fields) => fields.values_mut().for_each(|value| name_all(value, names)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use script::Is;

    #[test]
    fn every_line_of_the_story_is_a_command() {
        for step in STORY {
            let line = match step {
                Step::Do { line, .. } | Step::Refused { line, .. } | Step::Expect { line, .. } => (*line).to_owned(),
                Step::Pair { line, .. } => format!("{line} --listen {LOOPBACK}"),
                Step::Show { view, .. } => view.line().to_owned(),
                _ => continue,
            };
            let words = crate::shell::split(&line).unwrap();
            assert!(crate::args::parse(&words).is_ok(), "{line}");
        }
    }

    #[test]
    fn what_the_story_expects_is_json_and_its_moments_exist() {
        for step in STORY {
            match step {
                Step::Expect { is: Is::Json(text) | Is::Set(text), .. } => {
                    serde_json::from_str::<Value>(text).unwrap();
                }
                Step::Time { now, title } => {
                    let time = format!("{now}[{ZONE}]").parse::<kinweave_core::model::ZonedTime>();
                    assert!(time.is_ok() && !title.contains('!'), "{now}");
                }
                _ => {}
            }
        }
    }
}
