//! Promises between phones: each side says its own, a witness must agree, and nobody is judged.

use kinweave_core::app::{Error, NewRecord, Record, Rule};
use kinweave_core::model::kinds::{Commitment, CommitmentEvent, PromiseEvent};
use kinweave_core::model::{Date, MemberId, RecordId};
use kinweave_core::views::{KeptBand, SlotOutcome};
use kinweave_tests::phone::Phone;
use kinweave_tests::reyes::Reyes;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// Dani's promise to Marta, for Sundays from 1 March, with Tomás as its witness.
fn sundays(marta: MemberId, witness: Option<MemberId>) -> Commitment {
    Commitment {
        title: "Call on Sunday".into(),
        to: [marta].into(),
        recurrence: Some("FREQ=WEEKLY;BYDAY=SU".parse().unwrap()),
        starts_on: day("2026-03-01"),
        ends_on: None,
        witness,
        grace_hours: Some(24),
    }
}

fn say(phone: &Phone, promise: RecordId, event: PromiseEvent, due: &str, on: &str) -> Result<Record, Error> {
    let due_on = event.is_of_a_day().then(|| day(due));
    let moved_to = (event == PromiseEvent::Moved).then(|| day(due) + chrono::Days::new(2));
    phone.home.promise_event(promise, CommitmentEvent { due_on, event, on: day(on), moved_to, note: None })
}

fn outcomes(phone: &Phone, on: &str) -> Vec<(String, SlotOutcome)> {
    let promises = phone.home.promises(day(on)).unwrap();
    assert_eq!(promises.len(), 1);
    promises[0].slots.iter().map(|slot| (slot.due_on.format("%m-%d").to_string(), slot.outcome)).collect()
}

#[test]
fn owner_and_witness_say_their_own_on_their_own_phones_and_everyone_reads_the_same() {
    use PromiseEvent::*;
    let mut reyes = Reyes::new();
    reyes.clocks("2026-03-01T20:00");
    let (marta, tomas) = (reyes.m1.me(), reyes.t1.me());
    let promise = reyes.d1.home.add(NewRecord::new(sundays(marta, Some(tomas)))).unwrap();
    assert_eq!(promise.audience.members.len(), 3, "whom it is made to, and who is asked to bear witness");
    reyes.all_meet();
    assert!(reyes.l1.all("commitment").is_empty() && reyes.i1.all("commitment").is_empty());
    assert!(reyes.t1.home.promises(day("2026-03-01")).unwrap()[0].asks_me);
    say(&reyes.t1, promise.id, WitnessAccepted, "", "2026-03-01").unwrap();
    say(&reyes.d1, promise.id, Kept, "2026-03-01", "2026-03-01").unwrap();
    reyes.all_meet();
    assert_eq!(outcomes(&reyes.m1, "2026-03-01")[0], ("03-01".into(), SlotOutcome::Unconfirmed));
    let due = reyes.t1.home.today(day("2026-03-01")).unwrap().promises_due;
    assert_eq!((due.len(), due[0].slots.len()), (1, 1), "the witness is asked what they saw");
    say(&reyes.t1, promise.id, Confirmed, "2026-03-01", "2026-03-01").unwrap();
    // A week later both write apart: Dani says kept, Tomás saw it differently.
    reyes.clocks("2026-03-08T21:00");
    say(&reyes.d1, promise.id, Kept, "2026-03-08", "2026-03-08").unwrap();
    say(&reyes.t1, promise.id, SawItDifferently, "2026-03-08", "2026-03-08").unwrap();
    reyes.all_meet();
    // Moved in time, kept on the new day.
    reyes.clocks("2026-03-14T21:00");
    say(&reyes.d1, promise.id, Moved, "2026-03-15", "2026-03-14").unwrap();
    reyes.clocks("2026-03-17T21:00");
    say(&reyes.d1, promise.id, Kept, "2026-03-17", "2026-03-17").unwrap();
    reyes.all_meet();
    say(&reyes.t1, promise.id, Thanked, "2026-03-17", "2026-03-17").unwrap();
    reyes.clocks("2026-03-24T21:00");
    reyes.all_meet();
    let expected = [
        ("03-01", SlotOutcome::Kept),
        ("03-08", SlotOutcome::SeenDifferently),
        ("03-15", SlotOutcome::Moved),
        ("03-17", SlotOutcome::Kept),
        ("03-22", SlotOutcome::NotRecorded),
        ("03-29", SlotOutcome::Upcoming),
    ];
    for phone in [&reyes.d1, &reyes.d2, &reyes.m1, &reyes.t1] {
        let expected: Vec<_> = expected.iter().map(|(day, outcome)| ((*day).to_owned(), *outcome)).collect();
        assert_eq!(outcomes(phone, "2026-03-24"), expected);
    }
    for (phone, outcome) in [(&reyes.d1, SlotOutcome::SeenDifferently), (&reyes.t1, SlotOutcome::Settled)] {
        say(phone, promise.id, Settled, "2026-03-08", "2026-03-24").unwrap();
        reyes.d1.meet(&mut reyes.m1);
        reyes.t1.meet(&mut reyes.m1);
        assert_eq!(outcomes(&reyes.m1, "2026-03-24")[1].1, outcome, "it takes both");
    }
    reyes.assert_in_order();
}

#[test]
fn a_word_that_is_the_others_or_of_no_day_is_refused_and_nothing_is_written() {
    use PromiseEvent::*;
    let mut reyes = Reyes::new();
    reyes.clocks("2026-03-08T20:00");
    let (marta, tomas, iris) = (reyes.m1.me(), reyes.t1.me(), reyes.i1.me());
    let add = |phone: &Phone, promise| phone.home.add(NewRecord::new(promise));
    let not_allowed = |rule| Some(Error::NotAllowed { rule });
    assert_eq!(add(&reyes.d1, sundays(marta, Some(iris))).err(), not_allowed(Rule::AdultsOnly));
    let invalid =
        |error: Option<Error>, name: &str| matches!(error, Some(Error::InvalidInput { field, .. }) if field == name);
    assert!(
        invalid(add(&reyes.d1, sundays(marta, Some(reyes.d1.me()))).err(), "witness"),
        "nobody is their own witness"
    );
    let promise = add(&reyes.d1, sundays(marta, Some(tomas))).unwrap();
    reyes.all_meet();
    let not_theirs = not_allowed(Rule::NotTheirWord);
    let said = |phone, event| say(phone, promise.id, event, "2026-03-08", "2026-03-08").err();
    assert_eq!(said(&reyes.m1, Kept), not_theirs);
    assert_eq!(said(&reyes.m1, SawItDifferently), not_theirs, "only the witness who is named");
    assert_eq!(said(&reyes.t1, Kept), not_theirs);
    assert_eq!(said(&reyes.d1, Confirmed), not_theirs);
    let other_day = say(&reyes.d1, promise.id, Kept, "2026-03-07", "2026-03-08").err();
    assert!(invalid(other_day, "due_on"));
    assert!(invalid(say(&reyes.d1, promise.id, Kept, "2026-03-15", "2026-03-15").err(), "on"), "said on a day to come");
    for phone in reyes.phones() {
        assert!(phone.all("commitment_event").is_empty());
    }
}

#[test]
fn how_promises_went_is_told_to_the_two_of_them_and_smaller_ones_are_offered_to_their_owner_alone() {
    let mut reyes = Reyes::new();
    let marta = reyes.m1.me();
    reyes.clocks("2026-03-30T20:00");
    let daily = Commitment { recurrence: Some("FREQ=DAILY".parse().unwrap()), ..sundays(marta, None) };
    let kept = reyes.d1.home.add(NewRecord::new(daily)).unwrap();
    for at in 21..=26 {
        let event = if at == 26 { PromiseEvent::Missed } else { PromiseEvent::Kept };
        say(&reyes.d1, kept.id, event, &format!("2026-03-{at}"), "2026-03-30").unwrap();
    }
    reyes.all_meet();
    let (dani, today) = (reyes.d1.me(), day("2026-03-30"));
    for phone in [&reyes.d1, &reyes.m1] {
        let views = phone.home.kept_promises(today).unwrap();
        assert_eq!(views.iter().map(|view| view.window_days).collect::<Vec<_>>(), [28, 90]);
        for view in views {
            assert_eq!((view.from, view.to, view.band), (dani, marta, Some(KeptBand::Most)));
            assert_eq!((view.counts.kept, view.counts.missed), (5, 1));
        }
    }
    for at in 10..=20 {
        say(&reyes.d1, kept.id, PromiseEvent::Missed, &format!("2026-03-{at}"), "2026-03-30").unwrap();
    }
    reyes.all_meet();
    let smaller = |phone: &Phone| {
        let views = phone.home.kept_promises(today).unwrap();
        views.iter().map(|view| (view.band, view.asks_for_smaller)).collect::<Vec<_>>()
    };
    assert_eq!(smaller(&reyes.d1), [(None, true); 2]);
    assert_eq!(smaller(&reyes.m1), [(None, false); 2], "nobody else is told");
    for phone in [&reyes.l1, &reyes.t1, &reyes.i1] {
        assert!(phone.home.kept_promises(today).unwrap().is_empty());
    }
}
