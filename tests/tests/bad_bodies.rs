//! Records whose headers are right and whose words are not: every screen of everyone else goes on.

use kinweave_core::app::{ListQuery, NewRecord, ShareWith};
use kinweave_core::model::kind::AboutRule;
use kinweave_core::model::op::{Replaces, Writers};
use kinweave_core::model::{Audience, Date, Fields, Role, kinds};
use kinweave_core::store::Store;
use kinweave_tests::bench::{a_celebration, a_note};
use kinweave_tests::forger::Forger;
use kinweave_tests::panics::NoPanics;
use kinweave_tests::phone::{Phone, new_york};
use kinweave_tests::wire::{RawSession, keys_of_seed, run_message};
use serde_json::{Value, json};

const MALLORY: u8 = 53;

/// Fields of every kind, each with values that it must not have.
fn bad_fields(kind: &str) -> Vec<Fields> {
    let example = kinds::Body::examples().into_iter().find(|body| body.kind() == kind).expect("an example");
    let mut honest = example.to_fields();
    // A change must have something to write, also where all else is taken away.
    honest.insert("beside".to_owned(), json!("something"));
    let values = [
        Value::Null,
        json!(""),
        json!(" \u{202e}\u{0}"),
        json!("+262142-12-31"),
        json!("-262143-01-01"),
        json!("2026-02-30"),
        json!("+262142-12-31T23:59+14:00[Pacific/Kiritimati]"),
        json!("9999999999-01-01"),
        json!(u64::MAX),
        json!(i64::MIN),
        json!(1.1e-300),
        json!(0.1),
        json!([1, null, "x", {"a": [[]]}]),
        json!({"a": {"b": 1}}),
        json!("x".repeat(9_000)),
    ];
    let with = |(name, value): (&String, &Value)| {
        let mut fields = honest.clone();
        fields.insert(name.clone(), value.clone());
        fields
    };
    let mut names: Vec<String> = honest.keys().cloned().collect();
    names.push("of_a_later_version".to_owned());
    let all = names.iter().flat_map(|name| values.iter().map(move |value| (name, value)));
    let mut bad: Vec<_> = all.map(with).collect();
    bad.extend(names.iter().map(|name| {
        let mut fields = honest.clone();
        fields.remove(name);
        fields
    }));
    bad
}

fn is_child(body: &kinds::Body) -> bool {
    body.spec().is_some_and(|spec| spec.about == AboutRule::Required)
}

#[test]
fn words_of_the_wrong_sort_stop_no_screen_and_no_meeting() {
    let _watch = NoPanics::watch();
    let [mut marta, lena, mallory] = [51, 52, MALLORY].map(|seed| Phone::new(seed, new_york("2026-02-10T10:00")));
    marta.home.create_circle("Reyes", "Marta").unwrap();
    marta.invite(&lena, "Lena", Role::Member, None);
    marta.invite(&mallory, "Mallory", Role::Member, None);
    let (circle, me) = (mallory.home.circle().unwrap().circle, mallory.me());
    mallory.home.close().unwrap();
    lena.meet(&mut marta);
    let ours = marta.home.add(NewRecord::new(kinds::Celebration::idea("ours"))).unwrap();
    marta.home.answer(ours.id, kinds::RsvpAnswer::Yes, None).unwrap();
    let (key, _) = keys_of_seed(MALLORY);
    let store = Store::open(&mallory.directory, &mallory.key).unwrap();
    let reader = store.read().unwrap();
    let home = Audience::Home.id(&circle);
    let held = kinweave_core::records::run(&reader, &circle, &home, &key.device(), 1, 99, 1 << 20).unwrap();
    let mut mallory = Forger::take_over(key, circle, me, &Vec::from_iter(held));
    let everyone = Audience::set([marta.me(), lena.me(), mallory.member]);
    let mut created = 0;
    for body in kinds::Body::examples() {
        for fields in bad_fields(body.kind()) {
            // Written as if of no kind: no spec then says which form a value must have.
            let change = mallory.first_change("", &fields, &mallory.device());
            let audience = if body.kind().ends_with("profile") || body.kind() == "circle_info" {
                Audience::Home
            } else {
                everyone.clone()
            };
            mallory.create_as(&audience, &body, |create| {
                create.change = change;
                create.about = is_child(&body).then_some(ours.reference);
                create.wall = [i64::MAX, i64::MIN, 0][created % 3];
                create.expires_on = [None, Some(Date::MAX), Some(Date::MIN)][created % 3];
            });
            created += 1;
        }
    }
    // Of a chain, versions that don't agree about what apps call it.
    let note = mallory.create(&everyone, &a_note(marta.me()));
    for id_key in [[1; 16], [2; 16]] {
        let replaces = Replaces { first: note, id_key, seen: vec![(mallory.device(), u64::MAX)] };
        mallory.create_as(&everyone, &a_note(marta.me()), |create| create.replaces = Some(replaces));
    }
    mallory.create_as(&everyone, &a_celebration(), |create| {
        (create.kind, create.writers) = ("x".repeat(9_000), Writers::Audience);
    });
    println!("{created} records");
    for audience in [Audience::Home, everyone] {
        let last = mallory.length(&audience);
        let mut from = 1;
        while from <= last {
            let to = last.min(from + 63);
            let mut session =
                RawSession::dial(marta.address(), MALLORY, &keys_of_seed(51).1.public(), [from as u8; 32]);
            session.greet();
            session.send(&[run_message(&mallory.run(&audience.id(&circle), from, to))]);
            assert!(session.ack().is_some(), "{} from {from}", audience.tag().as_str());
            from = to + 1;
        }
    }
    assert!(lena.meet(&mut marta).equal);
    let theirs = Phone::all(&lena, "celebration").into_iter().find(|record| record.id == ours.id);
    lena.edit(&theirs.unwrap(), &[("place", "at home")]);
    assert!(lena.meet(&mut marta).equal);
    for phone in [&marta, &lena] {
        let home = &phone.home;
        assert_eq!(home.circle().unwrap().people.len(), 3);
        assert!(home.celebrations().unwrap().iter().any(|view| view.celebration.id == ours.id));
        assert_eq!(home.get(ours.id).unwrap().body.to_fields()["place"], "at home");
        home.milestones().unwrap();
        home.days().unwrap();
        home.status().unwrap();
        home.devices().unwrap();
        home.is_celebrated(ours.id).unwrap();
        for oldest_first in [false, true] {
            let mut query = ListQuery { oldest_first, limit: 100, ..ListQuery::default() };
            let mut listed = 0;
            loop {
                let page = home.list(&query).unwrap();
                listed += page.records.len();
                assert!(listed < 5_000, "the list comes to an end");
                match page.next {
                    Some(next) => query.after = Some(next),
                    None => break,
                }
            }
            assert!(listed > 100, "{listed}");
        }
        assert_eq!(home.check().unwrap(), Vec::<String>::new());
    }
    let shared = marta.home.share(ours.id, ShareWith::Circle);
    assert!(shared.is_ok(), "{shared:?}");
}
