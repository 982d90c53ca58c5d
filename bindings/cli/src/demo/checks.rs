//! What must be so: during the story by what the phones answer, at its end by opening their homes from outside.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use kinweave_core::app::{AudienceDump, CircleView, Kinweave, System};
use kinweave_core::model::audience::AudienceTag;
use kinweave_core::model::{AudienceId, MemberId, Zone};
use serde_json::Value;

use super::phone::Phone;
use super::script::Is;
use crate::answer::Failure;

/// Every check so far, told as it is made.
#[derive(Default)]
pub struct Checks {
    pub made: usize,
    pub differing: usize,
}

impl Checks {
    /// Says whether it is so; where it isn't, with what was found.
    pub fn tell(&mut self, words: &str, found: Result<(), String>) {
        self.made += 1;
        match found {
            Ok(()) => println!("  ✓ {words}"),
            Err(found) => {
                self.differing += 1;
                println!("  ✗ {words}\n      found: {found}");
            }
        }
    }
}

impl Is {
    /// Whether `answer` has at `place` what is expected.
    pub fn compare(&self, answer: &Value, place: &str) -> Result<(), String> {
        let found = answer.pointer(place).unwrap_or(&Value::Null);
        let expected = |text: &str| serde_json::from_str::<Value>(text).map_err(|error| format!("{text}: {error}"));
        let sorted = |list: &Value| {
            let mut items: Vec<_> = list.as_array().into_iter().flatten().map(Value::to_string).collect();
            items.sort();
            items
        };
        let so = match self {
            Self::Json(text) => *found == expected(text)?,
            Self::Set(text) => found.is_array() && sorted(found) == sorted(&expected(text)?),
            Self::Count(count) => found.as_array().is_some_and(|list| list.len() == *count),
            Self::Has(words) => found.to_string().contains(words),
            Self::Lacks(words) => !found.is_null() && !found.to_string().contains(words),
        };
        if so { Ok(()) } else { Err(found.to_string()) }
    }
}

/// What a home holds, seen from outside.
struct Holding {
    name: &'static str,
    circle: CircleView,
    audiences: Vec<AudienceDump>,
    wrong: Vec<String>,
}

/// Opens the homes that the phones have left and compares them.
pub fn from_outside(phones: &[Phone], words: &[&str], checks: &mut Checks) -> Result<(), Failure> {
    let mut holdings = Vec::new();
    for phone in phones {
        let home = Kinweave::open(&phone.home, &phone.key, System::real(Zone::UTC))?;
        let (circle, audiences, wrong) = (home.circle()?, home.dump()?, home.check()?);
        home.close()?;
        holdings.push(Holding { name: phone.name, circle, audiences, wrong });
    }
    let wrong: Vec<_> = holdings.iter().flat_map(|holding| &holding.wrong).cloned().collect();
    checks.tell("in every home, what is shown is what its entries say", none(wrong));
    checks.tell("all five know the same people, devices and keys", same_people(&holdings));
    checks.tell("phones that share an audience hold identical entries and rows", none(differing(&holdings)));
    checks.tell("none holds an audience that its owner isn't in", none(outside(&holdings)));
    checks.tell("everyone in an audience holds it", none(lacking(&holdings)));
    checks.tell("no file of any home shows a word of it without its key", none(readable(phones, words)));
    Ok(())
}

fn none(found: Vec<String>) -> Result<(), String> {
    if found.is_empty() { Ok(()) } else { Err(found.join("; ")) }
}

fn same_people(holdings: &[Holding]) -> Result<(), String> {
    let trust = |holding: &Holding| -> BTreeSet<AudienceId> {
        let trust = holding
            .audiences
            .iter()
            .filter(|dump| matches!(dump.audience.tag, AudienceTag::Roster | AudienceTag::Keys));
        trust.map(|dump| dump.audience.id).collect()
    };
    let sets: BTreeSet<_> = holdings.iter().map(trust).collect();
    let people: BTreeSet<Vec<MemberId>> = holdings
        .iter()
        .map(|holding| holding.circle.people.iter().map(|person| person.member).collect::<BTreeSet<_>>())
        .map(|people| people.into_iter().collect())
        .collect();
    if sets.len() == 1 && people.len() == 1 { Ok(()) } else { Err(format!("{} and {}", sets.len(), people.len())) }
}

fn differing(holdings: &[Holding]) -> Vec<String> {
    let mut first: BTreeMap<AudienceId, (&str, &AudienceDump)> = BTreeMap::new();
    let mut found = Vec::new();
    for holding in holdings {
        for dump in &holding.audiences {
            let (other, known) = *first.entry(dump.audience.id).or_insert((holding.name, dump));
            for (what, equal) in [("entries", known.entries == dump.entries), ("rows", known.rows == dump.rows)] {
                if !equal {
                    found.push(format!("{what} of a {} on {other}'s and {}'s", dump.audience.tag, holding.name));
                }
            }
        }
    }
    found
}

/// Keys are read by whoever shares anything with their owner; every other audience by those in it alone.
fn outside(holdings: &[Holding]) -> Vec<String> {
    let mut found = Vec::new();
    for holding in holdings {
        for dump in &holding.audiences {
            if dump.audience.tag != AudienceTag::Keys && !dump.audience.members.contains(&holding.circle.me) {
                found.push(format!("a {} on {}'s", dump.audience.tag, holding.name));
            }
        }
    }
    found
}

fn lacking(holdings: &[Holding]) -> Vec<String> {
    let mut found = Vec::new();
    let shared =
        holdings.iter().flat_map(|holding| &holding.audiences).filter(|dump| dump.audience.tag != AudienceTag::Keys);
    for dump in shared {
        for holding in holdings.iter().filter(|holding| dump.audience.members.contains(&holding.circle.me)) {
            if !holding.audiences.iter().any(|own| own.audience.id == dump.audience.id) {
                found.push(format!("a {} is not on {}'s", dump.audience.tag, holding.name));
            }
        }
    }
    found
}

/// The files in which one of the words can be read, in UTF-8 or UTF-16.
fn readable(phones: &[Phone], words: &[&str]) -> Vec<String> {
    let utf16 = |word: &str| word.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
    let needles: Vec<_> = words.iter().flat_map(|word| [word.as_bytes().to_vec(), utf16(word)]).collect();
    let has = |path: &Path| {
        let bytes = fs::read(path).unwrap_or_default();
        needles.iter().any(|needle| bytes.windows(needle.len()).any(|window| window == needle))
    };
    let files = phones.iter().filter_map(|phone| fs::read_dir(&phone.home).ok()).flatten().filter_map(Result::ok);
    files.map(|file| file.path()).filter(|path| has(path)).map(|path| path.to_string_lossy().into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_expected_is_compared_where_it_stands() {
        let answer = json!({ "records": [{ "place": "Luigi's" }, 2] });
        assert!(Is::Json(r#""Luigi's""#).compare(&answer, "/records/0/place").is_ok());
        assert!(Is::Set(r#"[2,{"place":"Luigi's"}]"#).compare(&answer, "/records").is_ok());
        assert!(Is::Set("[2]").compare(&answer, "/records").is_err());
        assert!(Is::Count(2).compare(&answer, "/records").is_ok());
        assert!(Is::Has("Luigi").compare(&answer, "").is_ok());
        assert!(Is::Lacks("Nonna").compare(&answer, "").is_ok());
        assert_eq!(Is::Count(0).compare(&answer, "/nowhere"), Err("null".to_owned()));
        assert!(Is::Lacks("x").compare(&answer, "/nowhere").is_err(), "nothing there proves nothing");
        assert!(Is::Json("not json").compare(&answer, "").is_err());
    }
}
