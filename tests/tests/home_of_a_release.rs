//! A home as the first release wrote it, opened by every later build: nothing of it is lost, and it goes on.
//!
//! `KINWEAVE_BLESS=1` writes it anew. Do that for a new release only, into a folder of its own: the old ones stay.

use std::fs;
use std::path::{Path, PathBuf};

use kinweave_core::app::{
    CheckInPart, Kinweave, ListQuery, NewRecord, Record, SearchQuery, SettableClock, ShareWith, System,
};
use kinweave_core::model::Role;
use kinweave_core::model::kinds::{
    Band, CardMode, Celebration, CheckIn, Commitment, CommitmentEvent, Emoji, Encouragement, Journal, KitForm,
    NaloxoneKit, PromiseEvent, RecoveryTimeline, RsvpAnswer,
};
use kinweave_tests::phone::{Phone, new_york};
use kinweave_tests::private_world::{card, setback};
use serde_json::{Value, json};

const KEY: [u8; 32] = [5; 32];
const TODAY: &str = "2026-03-10T10:00";

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/home_of_0_1")
}

/// Everything that its owner reads in it, without what is of this build alone: ids and versions.
fn content(home: &Kinweave) -> Value {
    let read = |kinds: Vec<String>| -> Vec<Record> {
        home.list(&ListQuery { kinds, oldest_first: true, limit: 500, ..ListQuery::default() }).unwrap().records
    };
    let circle = home.circle().unwrap();
    let name = |member| circle.people.iter().find(|person| person.member == member).unwrap().name.clone();
    let shown = |record: Record| {
        let mut with: Vec<_> = record.audience.members.iter().map(|member| name(*member)).collect();
        with.sort();
        let candidates: Vec<_> =
            record.conflicts.iter().map(|conflict| json!([conflict.field, conflict.candidates])).collect();
        json!({
            "kind": record.kind, "by": name(record.author), "tag": record.audience.tag.as_str(), "with": with,
            "body": record.body.to_fields(), "conflicts": candidates, "belongs": record.about.is_some(),
        })
    };
    let mut records: Vec<Value> = read(Vec::new()).into_iter().chain(read(vec!["journal".into()])).map(shown).collect();
    records.sort_by_key(Value::to_string);
    let trash: Vec<_> =
        home.trash().unwrap().into_iter().map(|item| json!([item.kind, item.body.to_fields()])).collect();
    let days = home.days().unwrap().unwrap();
    json!({ "records": records, "trash": trash, "days": [days.total, days.current, days.longest], "circle": circle.name })
}

/// A spring of Dani's, with something of everything.
fn live() -> Phone {
    let [mut marta, mut dani] = [1, 5].map(|seed| Phone::new(seed, new_york("2026-02-09T10:00")));
    marta.home.create_circle("Reyes", "Marta").unwrap();
    marta.invite(&dani, "Dani", Role::Member, None);
    let (day, home) = (|text: &str| text.parse().unwrap(), dani.home.clone());
    home.add(NewRecord::new(RecoveryTimeline::starting(day("2026-01-12")))).unwrap();
    let check_in = CheckIn {
        note: Some("A long shift. Tomás called.".into()),
        ..CheckIn::of_band(day("2026-02-09"), Band::Hard)
    };
    let check_in = home.add(NewRecord::new(check_in)).unwrap();
    home.share_check_in(check_in.id, ShareWith::Circle, CheckInPart::Band).unwrap();
    home.add(NewRecord::new(setback("2026-02-02", "2026-02-03"))).unwrap();
    home.add(NewRecord::new(Journal { on: day("2026-02-09"), text: "The river.".into(), prompt: None })).unwrap();
    home.publish_card(card(CardMode::Snapshot, "2026-02-09", 27, None), ShareWith::Circle).unwrap();
    home.publish_card(card(CardMode::Counting, "2026-02-09", 27, Some("2026-02-16")), ShareWith::Circle).unwrap();
    let kit = NaloxoneKit {
        place: "hall cupboard".into(),
        form: KitForm::Nasal,
        pack_expires_on: Some(day("2027-03-31")),
        trained: [marta.me()].into(),
    };
    home.add(NewRecord::new(kit)).unwrap();
    let promise = Commitment {
        title: "Call on Sunday".into(),
        to: [marta.me()].into(),
        recurrence: Some("FREQ=WEEKLY;BYDAY=SU".parse().unwrap()),
        starts_on: day("2026-02-01"),
        ends_on: None,
        witness: None,
        grace_hours: Some(24),
    };
    let promise = home.add(NewRecord::new(promise)).unwrap();
    let kept = CommitmentEvent {
        due_on: Some(day("2026-02-08")),
        event: PromiseEvent::Kept,
        on: day("2026-02-09"),
        moved_to: None,
        note: None,
    };
    home.promise_event(promise.id, kept).unwrap();
    let dinner = home.add(NewRecord::new(Celebration::idea("family_dinner_outing"))).unwrap();
    dani.meet(&mut marta);
    marta.edit(&marta.only("celebration"), &[("place", "Luigi's")]);
    dani.edit(&dinner, &[("place", "Nonna's kitchen")]);
    marta.home.answer(dinner.id, RsvpAnswer::Yes, None).unwrap();
    let note = |text: &str| Encouragement {
        to: [].into(),
        text: text.into(),
        encouragement_kind: Default::default(),
        open_on: None,
        link: None,
    };
    let words = marta.home.add(NewRecord::new(note("Proud of you, 家族.")).with(ShareWith::Everyone)).unwrap();
    let removed = home.add(NewRecord::new(note("Never mind.")).with(ShareWith::Everyone)).unwrap();
    home.erase(removed.id).unwrap();
    marta.meet(&mut dani);
    home.react(words.id, Emoji::Heart).unwrap();
    home.mark_seen().unwrap();
    dani
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for file in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let is_of_a_home = file.file_type().unwrap().is_file() && file.file_name() != "content.json";
        if is_of_a_home {
            fs::copy(file.path(), to.join(file.file_name())).unwrap();
        }
    }
}

#[test]
fn a_home_of_the_first_release_opens_whole_and_goes_on() {
    if std::env::var_os("KINWEAVE_BLESS").is_some() {
        let dani = live();
        let content = serde_json::to_string_pretty(&content(&dani.home)).unwrap();
        dani.home.close().unwrap();
        copy(&dani.directory, &fixture());
        fs::write(fixture().join("content.json"), content + "\n").unwrap();
    }
    let files = tempfile::tempdir().unwrap();
    let directory = files.path().join("home");
    copy(&fixture(), &directory);
    let open =
        |now: &str| Kinweave::open(&directory, &KEY, System::with_clock(SettableClock::new(new_york(now)))).unwrap();
    let home = open("2026-02-09T12:00");
    let written: Value = serde_json::from_str(&fs::read_to_string(fixture().join("content.json")).unwrap()).unwrap();
    assert!(written["records"].as_array().unwrap().len() >= 17);
    assert_eq!(content(&home), written);
    assert_eq!(home.check().unwrap(), Vec::<String>::new());
    // It goes on: words are found, what was read stays read, and what is written is there after the next opening.
    for (text, count) in [("tomas", 1), ("家", 1), ("never mind", 0)] {
        assert_eq!(home.search(&SearchQuery::new(text)).unwrap().hits.len(), count, "{text}");
    }
    assert!(home.today("2026-02-09".parse().unwrap()).unwrap().news.records.is_empty());
    let page = Journal { on: "2026-03-10".parse().unwrap(), text: "Still here.".into(), prompt: None };
    let page = home.add(NewRecord::new(page)).unwrap();
    home.close().unwrap();
    let home = open(TODAY);
    assert_eq!(home.get(page.id).unwrap().body, page.body);
    assert!(home.trash().unwrap().is_empty(), "its week is over");
    assert_eq!(home.check().unwrap(), Vec::<String>::new());
}
