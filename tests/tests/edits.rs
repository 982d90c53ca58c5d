//! Editing what one has seen, while others edit it too.

use kinweave_core::app::{Error, NewRecord, Record, Rule, ShareWith};
use kinweave_core::model::kinds::{Celebration, Encouragement, Milestone, MilestoneBasis};
use kinweave_core::model::{Body, MemberId, Role};
use kinweave_tests::phone::{Phone, new_york};
use serde_json::Value;

/// Marta with two devices, Lena and Tomás; all know each other.
struct Family {
    marta: Phone,
    tablet: Phone,
    lena: Phone,
    tomas: Phone,
}

fn a_family() -> Family {
    let [mut marta, tablet, mut lena, mut tomas] =
        [1, 2, 3, 4].map(|seed| Phone::new(seed, new_york("2026-02-14T10:00")));
    marta.home.create_circle("Reyes", "Marta").unwrap();
    marta.invite(&lena, "Lena", Role::Member, None);
    marta.invite(&tomas, "Tomás", Role::Member, None);
    marta.add_device(&tablet);
    marta.meet(&mut lena);
    marta.meet(&mut tomas);
    Family { marta, tablet, lena, tomas }
}

impl Family {
    /// Everyone hears of everything, through Marta's phone.
    fn meet(&mut self) {
        for _ in 0..2 {
            for phone in [&self.tablet, &self.lena, &self.tomas] {
                assert!(phone.meet(&mut self.marta).equal);
            }
        }
    }

    fn all(&self) -> [&Phone; 4] {
        [&self.marta, &self.tablet, &self.lena, &self.tomas]
    }

    /// A celebration that all have seen, with Marta's place in conflict with Lena's.
    fn a_conflict(&mut self) -> Record {
        let dinner = self.marta.home.add(NewRecord::new(Celebration::idea("movie_night"))).unwrap();
        self.meet();
        self.marta.edit(&self.marta.only("celebration"), &[("place", "Luigi's")]);
        self.lena.edit(&self.lena.only("celebration"), &[("place", "Nonna's kitchen")]);
        self.meet();
        dinner
    }
}

fn field(record: &Record, name: &str) -> Value {
    record.body.to_fields().get(name).cloned().unwrap_or(Value::Null)
}

/// The candidates for the only field in conflict, with their members.
fn candidates(record: &Record, name: &str) -> Vec<(String, MemberId)> {
    let conflict = record.conflicts.iter().find(|conflict| conflict.field == name).expect("a conflict");
    assert_eq!(field(record, name), conflict.candidates[0].value, "the one shown comes first");
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let mut all: Vec<_> =
        conflict.candidates.iter().map(|candidate| (text(&candidate.value), candidate.member)).collect();
    all.sort();
    all
}

fn a_note(text: &str) -> Encouragement {
    let text = text.to_owned();
    Encouragement { to: Default::default(), text, encouragement_kind: Default::default(), open_on: None, link: None }
}

#[test]
fn an_edit_from_an_old_version_reverts_nobody_elses_field() {
    let mut family = a_family();
    family.marta.home.add(NewRecord::new(Celebration::idea("movie_night"))).unwrap();
    family.meet();
    let old = family.lena.only("celebration");
    family.marta.edit(&family.marta.only("celebration"), &[("place", "Luigi's"), ("idea", "A walk")]);
    family.meet();
    // Lena's screen still shows the version without a place.
    family.lena.edit(&old, &[("cost_note", "Everyone pays their own")]);
    family.meet();
    for phone in family.all() {
        let record = phone.only("celebration");
        assert!(record.conflicts.is_empty());
        let shown = ["place", "idea", "cost_note"].map(|name| field(&record, name));
        assert_eq!(shown, ["Luigi's", "A walk", "Everyone pays their own"]);
    }
    // From the same old version, the same field: not overwritten, but shown as what it is.
    family.lena.edit(&old, &[("place", "Nonna's kitchen")]);
    family.meet();
    for phone in family.all() {
        let expected =
            [("Luigi's".to_owned(), phone.person("Marta")), ("Nonna's kitchen".to_owned(), phone.person("Lena"))];
        assert_eq!(candidates(&phone.only("celebration"), "place"), expected);
    }
}

#[test]
fn a_conflict_names_values_and_members_and_whoever_resolves_it_settles_it_for_all() {
    let mut family = a_family();
    let dinner = family.a_conflict();
    for phone in family.all() {
        let record = phone.only("celebration");
        let expected =
            [("Luigi's".to_owned(), phone.person("Marta")), ("Nonna's kitchen".to_owned(), phone.person("Lena"))];
        assert_eq!(candidates(&record, "place"), expected);
        assert_eq!(record.conflicts.len(), 1);
    }
    let settled = family.tomas.home.resolve(dinner.id, "place", &"The lake".into()).unwrap();
    assert!(settled.conflicts.is_empty());
    family.meet();
    for phone in family.all() {
        let record = phone.only("celebration");
        assert!(record.conflicts.is_empty());
        assert_eq!(field(&record, "place"), "The lake");
        assert_eq!(phone.home.check().unwrap(), Vec::<String>::new());
    }
}

#[test]
fn an_edit_of_another_field_settles_nothing() {
    let mut family = a_family();
    family.a_conflict();
    let before = candidates(&family.tomas.only("celebration"), "place");
    // Tomás saves the whole screen, which shows the winner's place; he has changed only the idea.
    family.tomas.edit(&family.tomas.only("celebration"), &[("idea", "A walk")]);
    family.meet();
    for phone in family.all() {
        let record = phone.only("celebration");
        assert_eq!(candidates(&record, "place"), before);
        assert_eq!(field(&record, "idea"), "A walk");
    }
}

#[test]
fn opposite_resolves_are_a_new_conflict_and_equal_ones_are_none() {
    let mut family = a_family();
    let dinner = family.a_conflict();
    family.marta.home.resolve(dinner.id, "place", &"Nonna's kitchen".into()).unwrap();
    family.lena.home.resolve(dinner.id, "place", &"Luigi's".into()).unwrap();
    family.meet();
    for phone in family.all() {
        let expected =
            [("Luigi's".to_owned(), phone.person("Lena")), ("Nonna's kitchen".to_owned(), phone.person("Marta"))];
        assert_eq!(candidates(&phone.only("celebration"), "place"), expected, "each gave way to the other");
    }
    for phone in [&family.marta, &family.lena] {
        phone.home.resolve(dinner.id, "place", &"The lake".into()).unwrap();
    }
    family.meet();
    for phone in family.all() {
        let record = phone.only("celebration");
        assert!(record.conflicts.is_empty());
        assert_eq!(field(&record, "place"), "The lake");
    }
}

#[test]
fn words_that_two_own_devices_replace_apart_are_two_candidates_until_one_is_picked() {
    let mut family = a_family();
    let note = family.marta.home.add(NewRecord::new(a_note("Well done"))).unwrap();
    family.meet();
    family.marta.edit(&family.marta.only("encouragement"), &[("text", "Well done, Dani")]);
    family.tablet.edit(&family.tablet.only("encouragement"), &[("text", "Well done, you")]);
    family.meet();
    for phone in family.all() {
        let record = phone.only("encouragement");
        assert_eq!(record.id, note.id, "edits keep the id");
        let marta = phone.person("Marta");
        let expected = [("Well done, Dani".to_owned(), marta), ("Well done, you".to_owned(), marta)];
        assert_eq!(candidates(&record, "text"), expected);
        assert_eq!(record.editable, record.author == phone.me());
    }
    let not_hers = family.lena.home.resolve(note.id, "text", &"Mine".into());
    assert_eq!(not_hers, Err(Error::NotAllowed { rule: Rule::NotAWriter }));
    family.tablet.home.resolve(note.id, "text", &"Well done, Dani".into()).unwrap();
    family.meet();
    for phone in family.all() {
        let record = phone.only("encouragement");
        assert!(record.conflicts.is_empty());
        assert_eq!((record.id, field(&record, "text")), (note.id, "Well done, Dani".into()));
        let bodies = phone.home.dump().unwrap();
        let set = bodies.iter().find(|dump| dump.audience.id == record.audience.id).unwrap();
        let with_body = set.entries.iter().filter(|line| line.contains(" body ")).count();
        let opens = set.entries.iter().filter(|line| line.split(' ').nth(1) == Some("1")).count();
        assert_eq!(with_body, opens + 1, "no older wording stays with anyone");
    }
}

#[test]
fn words_edited_from_an_old_version_on_one_device_lose_neither() {
    let mut family = a_family();
    let old = family.marta.home.add(NewRecord::new(a_note("Well done"))).unwrap();
    family.marta.edit(&old, &[("text", "Well done, Dani")]);
    family.marta.edit(&old, &[("text", "Well done, you")]);
    family.meet();
    for phone in family.all() {
        let marta = phone.person("Marta");
        let expected = [("Well done, Dani".to_owned(), marta), ("Well done, you".to_owned(), marta)];
        assert_eq!(candidates(&phone.only("encouragement"), "text"), expected);
    }
}

#[test]
fn what_was_erased_is_gone_for_whoever_still_has_it_on_the_screen() {
    let mut family = a_family();
    let dinner = family.marta.home.add(NewRecord::new(Celebration::idea("movie_night"))).unwrap();
    let note = family.marta.home.add(NewRecord::new(a_note("Well done")).about(dinner.id)).unwrap();
    family.meet();
    let [seen_dinner, seen_note] = ["celebration", "encouragement"].map(|kind| family.tablet.only(kind));
    family.marta.home.erase(dinner.id).unwrap();
    let edit = |phone: &Phone, seen: &Record, body: Body| phone.home.edit(seen.id, &seen.version, body);
    let dinner_body = || Body::from(Celebration::idea("A walk"));
    assert_eq!(edit(&family.marta, &dinner, dinner_body()), Err(Error::Gone));
    assert_eq!(edit(&family.marta, &note, a_note("Mine").into()), Err(Error::Gone), "it went with the dinner");
    assert!(edit(&family.tablet, &seen_dinner, dinner_body()).is_ok(), "the tablet hasn't heard of it");
    family.meet();
    for phone in family.all() {
        assert_eq!(edit(phone, &seen_dinner, dinner_body()), Err(Error::Gone));
        assert_eq!(edit(phone, &seen_note, a_note("Mine").into()), Err(Error::Gone));
        assert!(phone.all("celebration").is_empty() && phone.all("encouragement").is_empty());
        assert_eq!(phone.home.check().unwrap(), Vec::<String>::new());
    }
    let unknown = Err(Error::NotFound { id: seen_note.id.to_string() });
    assert_eq!(family.marta.home.get(seen_note.id), unknown);
}

#[test]
fn what_was_edited_and_then_erased_is_gone_for_whoever_has_either_version() {
    let mut family = a_family();
    let first = family.marta.home.add(NewRecord::new(a_note("Well done"))).unwrap();
    let second = family.marta.home.edit(first.id, &first.version, a_note("Well done, Dani").into()).unwrap();
    family.meet();
    family.marta.home.erase(first.id).unwrap();
    family.meet();
    for phone in family.all() {
        for seen in [&first, &second] {
            assert_eq!(phone.home.edit(seen.id, &seen.version, a_note("Mine").into()), Err(Error::Gone));
        }
    }
}

#[test]
fn what_was_shared_with_more_people_has_moved_for_whoever_comes_with_the_old_version() {
    let mut family = a_family();
    let milestone = Milestone {
        basis: MilestoneBasis::OwnWords,
        threshold: None,
        reached_on: "2026-02-01".parse().unwrap(),
        run_started_on: None,
        life_event: None,
        words: Some("A month of mornings".to_owned()),
    };
    let chosen = ShareWith::Chosen(vec![family.marta.person("Lena")]);
    let private = family.marta.home.add(NewRecord::new(milestone.clone())).unwrap();
    let narrow = family.marta.home.share(private.id, chosen).unwrap();
    family.meet();
    let seen = family.tablet.home.get(narrow.id).unwrap();
    let wide = family.marta.home.share(narrow.id, ShareWith::Everyone).unwrap();
    assert_ne!(wide.id, narrow.id);
    family.marta.home.erase(narrow.id).unwrap();
    family.meet();
    let again = |phone: &Phone| phone.home.edit(seen.id, &seen.version, milestone.clone().into());
    for phone in [&family.marta, &family.tablet, &family.lena] {
        assert_eq!(again(phone), Err(Error::Moved { to: wide.id }));
    }
    let of_tomas = again(&family.tomas);
    assert_eq!(of_tomas, Err(Error::NotFound { id: seen.id.to_string() }), "he was never told of the narrow one");
    assert_eq!(family.tomas.only("milestone").id, wide.id);
    family.marta.home.erase(wide.id).unwrap();
    family.meet();
    for phone in [&family.marta, &family.tablet, &family.lena] {
        assert_eq!(again(phone), Err(Error::Gone));
    }
    assert!(family.marta.home.get(private.id).is_ok(), "the private one stays");
}
