//! One phone of a circle, told line by line what to do. There is one like it in Kotlin and one in Swift, and `three_languages`
//! has them meet.

use std::io::{self, BufRead, Write};
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use kinweave_core::app::{Invitation, Kinweave, ListQuery, NewRecord, Pairing, PairingStep, ShareWith, System};
use kinweave_core::model::kinds::{Encouragement, EncouragementKind};
use kinweave_core::model::{Body, Role};

const PATIENCE: Duration = Duration::from_secs(20);

type Answer = Result<String, Box<dyn std::error::Error>>;

#[derive(Default)]
struct Member {
    home: Option<Kinweave>,
    pairing: Option<Pairing>,
}

fn main() -> io::Result<()> {
    let mut member = Member::default();
    for line in io::stdin().lock().lines() {
        let line = line?;
        let words: Vec<&str> = line.split(' ').collect();
        let answer = match member.obey(&words) {
            Ok(answer) if answer.is_empty() => "ok".to_owned(),
            Ok(answer) => format!("ok {answer}"),
            Err(error) => format!("error {error}"),
        };
        println!("{answer}");
        io::stdout().flush()?;
        if words == ["quit"] {
            break;
        }
    }
    Ok(())
}

impl Member {
    fn obey(&mut self, words: &[&str]) -> Answer {
        let done = |()| String::new();
        match words {
            ["open", directory] => {
                let system = System::real("America/New_York".parse()?);
                self.home = Some(Kinweave::open(Path::new(directory), &[7; 32], system)?);
                Ok(String::new())
            }
            ["create", circle, name] => Ok(self.home()?.create_circle(circle, name).map(|_| String::new())?),
            ["invite"] => {
                let invitation = Invitation::NewMember { role: Role::Member, guardian: None };
                let pairing = self.home()?.invite(invitation, "127.0.0.1:0".parse()?)?;
                let code = pairing.code().ok_or("no code")?;
                self.pairing = Some(pairing);
                Ok(code)
            }
            ["join", code, name] => {
                self.pairing = Some(self.home()?.join(code, name)?);
                Ok(String::new())
            }
            ["words"] => match self.pairing()?.next(PATIENCE)? {
                PairingStep::Words(words) => Ok(words.join(" ")),
                other => Err(format!("{other:?} instead of words").into()),
            },
            ["confirm"] => Ok(self.pairing()?.confirm_words(true).map(done)?),
            ["accept"] => match self.pairing()?.next(PATIENCE)? {
                PairingStep::Here(_) => Ok(self.pairing()?.accept().map(done)?),
                other => Err(format!("{other:?} instead of who is here").into()),
            },
            ["done"] => match self.pairing()?.next(PATIENCE)? {
                PairingStep::Done(_) => Ok(String::new()),
                other => Err(format!("{other:?} instead of the end").into()),
            },
            ["device"] => Ok(self.home()?.circle()?.device.to_string()),
            ["listen"] => Ok(self.home()?.listen("127.0.0.1:0".parse()?)?.to_string()),
            ["meet", device, address] => {
                let address: SocketAddr = address.parse()?;
                let device = device.parse().map_err(|_| "no device")?;
                Ok(self.home()?.meet(device, Some(address))?.equal.to_string())
            }
            ["write", text] => {
                let note = Encouragement {
                    to: [].into(),
                    text: (*text).to_owned(),
                    encouragement_kind: EncouragementKind::default(),
                    open_on: None,
                    link: None,
                };
                self.home()?.add(NewRecord::new(note).with(ShareWith::Everyone))?;
                Ok(String::new())
            }
            ["read"] => {
                let query = ListQuery { kinds: vec!["encouragement".to_owned()], ..ListQuery::default() };
                let records = self.home()?.list(&query)?.records;
                let mut texts: Vec<_> = records.iter().filter_map(|record| text(&record.body)).collect();
                texts.sort();
                Ok(texts.join(","))
            }
            ["quit"] => Ok(self.home()?.close().map(done)?),
            _ => Err("no such command".into()),
        }
    }

    fn home(&self) -> Result<&Kinweave, &'static str> {
        self.home.as_ref().ok_or("no home is open")
    }

    fn pairing(&self) -> Result<&Pairing, &'static str> {
        self.pairing.as_ref().ok_or("no pairing is under way")
    }
}

fn text(body: &Body) -> Option<String> {
    match body {
        Body::Encouragement(encouragement) => Some(encouragement.text.clone()),
        _ => None,
    }
}
