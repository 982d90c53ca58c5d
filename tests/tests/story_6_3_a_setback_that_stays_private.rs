//! Story 6.3: a setback that stays private until Dani is ready, with the family Reyes on real homes and sockets.
//!
//! That nobody can tell whether there was one is `nobody_can_tell.rs`: the same spring told twice.

use kinweave_core::app::{NewRecord, Record, ShareWith};
use kinweave_core::model::kinds::{CardMode, RecoveryCard, RecoveryTimeline};
use kinweave_core::model::{AgeBand, Body, Date, Role};
use kinweave_core::views::{self, Days, UseSpan};
use kinweave_tests::phone::{Phone, new_york};
use kinweave_tests::private_world::{card, setback};

const S: &str = "2026-01-12";

struct Reyes {
    d1: Phone,
    d2: Phone,
    l1: Phone,
    m1: Phone,
    t1: Phone,
    i1: Phone,
}

impl Reyes {
    /// Dani, Lena, Marta, Tomás and Iris, and Dani's old tablet, added by the phone.
    fn new() -> Self {
        let start = new_york("2026-02-09T10:00");
        let [mut m1, l1, t1, i1, mut d1, d2] = [1, 2, 3, 4, 5, 6].map(|seed| Phone::new(seed, start));
        m1.home.create_circle("Reyes", "Marta").unwrap();
        m1.invite(&l1, "Lena", Role::Member, None);
        m1.invite(&t1, "Tomás", Role::Member, None);
        m1.invite(&i1, "Iris", Role::YoungMember(AgeBand::From13To17), Some(m1.me()));
        m1.invite(&d1, "Dani", Role::Member, None);
        d1.add_device(&d2);
        let mut reyes = Self { d1, d2, l1, m1, t1, i1 };
        for phone in [&mut reyes.l1, &mut reyes.t1, &mut reyes.i1] {
            reyes.m1.meet(phone);
        }
        reyes
    }

    fn everyone_reads(&self, local: &str) {
        for phone in [&self.d1, &self.d2, &self.l1, &self.m1, &self.t1, &self.i1] {
            phone.clock.set(new_york(local));
        }
    }

    /// Dani publishes a card: the first, or one in the place of the last.
    fn publish(&self, card: RecoveryCard) -> Record {
        match self.d1.all("recovery_card").pop() {
            Some(last) => self.d1.home.edit(last.id, &last.version, card.into()).unwrap(),
            None => self.d1.home.add(NewRecord::new(card).with(ShareWith::Circle)).unwrap(),
        }
    }
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn card_on(phone: &Phone) -> RecoveryCard {
    match phone.only("recovery_card").body {
        Body::RecoveryCard(card) => card,
        body => panic!("a card: {body:?}"),
    }
}

/// The days by what this phone holds privately. A copy for somebody else is not counted beside its source.
fn days_of(phone: &Phone, today: &str) -> Days {
    let private = |record: &Record| record.audience.tag == "me";
    let span = |record: Record| match record.body {
        Body::Setback(it) => UseSpan { started_on: it.started_on, resumed_on: it.resumed_on, policy: it.count_policy },
        body => panic!("a setback: {body:?}"),
    };
    let spans: Vec<_> = phone.all("setback").into_iter().filter(private).map(span).collect();
    views::days(day(S), &spans, day(today))
}

/// How often this phone's entries name the text, in any audience but those of its own member alone.
fn rows_elsewhere(phone: &Phone, text: &str) -> usize {
    let dump = phone.home.dump().unwrap();
    let shared = dump.iter().filter(|it| !["me", "journal"].contains(&it.audience.tag));
    shared.flat_map(|it| &it.rows).filter(|row| row.contains(text)).count()
}

#[test]
fn story_6_3_a_setback_stays_private_until_dani_is_ready() {
    // 0
    let mut reyes = Reyes::new();
    reyes.d1.home.add(NewRecord::new(RecoveryTimeline::starting(day(S)))).unwrap();
    reyes.d1.meet(&mut reyes.d2);
    reyes.d1.meet(&mut reyes.m1);
    reyes.everyone_reads("2026-03-10T18:00");
    reyes.publish(RecoveryCard::paused(day("2026-03-10")));
    reyes.d1.meet(&mut reyes.m1);
    let paused_in_march = card_on(&reyes.m1);
    assert!(paused_in_march.is_closed());
    reyes.everyone_reads("2026-03-12T18:00");
    reyes.publish(card(CardMode::Snapshot, "2026-03-12", 59, None));
    reyes.d1.meet(&mut reyes.m1);
    assert_eq!(card_on(&reyes.m1).total, Some(59));
    // 1
    reyes.everyone_reads("2026-04-30T18:00");
    assert_eq!(days_of(&reyes.d1, "2026-04-30").total, 108);
    reyes.publish(card(CardMode::Counting, "2026-04-30", 108, Some("2026-05-07")));
    reyes.d1.meet(&mut reyes.m1);
    reyes.everyone_reads("2026-05-01T09:00");
    let counting = card_on(&reyes.m1);
    assert_eq!((counting.total, counting.valid_until), (Some(108), Some(day("2026-05-07"))));
    // 2
    reyes.everyone_reads("2026-05-03T21:00");
    reyes.d2.home.add(NewRecord::new(setback("2026-05-02", "2026-05-03"))).unwrap();
    reyes.everyone_reads("2026-05-04T09:00");
    reyes.d1.home.add(NewRecord::new(setback("2026-05-02", "2026-05-04"))).unwrap();
    assert_eq!(card_on(&reyes.d1), counting, "logging never edits the card");
    reyes.d1.meet(&mut reyes.d2);
    for phone in [&reyes.d1, &reyes.d2] {
        // Vectors d3 and d4: two of the same days, logged apart, are these days once.
        let days = days_of(phone, "2026-06-01");
        assert_eq!([days.total, days.current, days.longest, days.elapsed], [138, 28, 110, 140]);
    }
    // 3
    reyes.everyone_reads("2026-05-04T10:00");
    reyes.publish(RecoveryCard::paused(day("2026-05-04")));
    reyes.d1.meet(&mut reyes.m1);
    let paused_again = RecoveryCard { as_of: paused_in_march.as_of, ..card_on(&reyes.m1) };
    assert_eq!(paused_again, paused_in_march, "as in March, but for the day it was said");
    assert_eq!(reyes.m1.all("recovery_card").len(), 1, "the last one went in the same step");
    for phone in [&reyes.m1, &reyes.l1, &reyes.t1, &reyes.i1] {
        assert!(phone.all("setback").is_empty());
        assert_eq!(rows_elsewhere(phone, "setback"), 0);
    }
    // 4
    reyes.everyone_reads("2026-05-12T19:00");
    let lena = reyes.d1.person("Lena");
    let private: Vec<_> = reyes.d1.all("setback");
    let copies: Vec<_> =
        private.iter().map(|setback| reyes.d1.home.share(setback.id, ShareWith::Chosen(vec![lena])).unwrap()).collect();
    reyes.d1.meet(&mut reyes.l1);
    reyes.d1.meet(&mut reyes.m1);
    reyes.l1.meet(&mut reyes.m1);
    assert_eq!(reyes.l1.all("setback").len(), 2);
    for copy in &copies {
        let read = reyes.l1.home.get(copy.id).unwrap();
        assert_eq!(read.body.to_fields()["learned"], "Call before, not after.");
        assert!(!read.editable, "Dani's words stay Dani's");
    }
    assert!(reyes.m1.all("setback").is_empty());
    assert_eq!(rows_elsewhere(&reyes.m1, "setback"), 0);
    let audiences = |phone: &Phone| phone.home.dump().unwrap().into_iter().map(|it| it.audience.id).collect::<Vec<_>>();
    assert!(copies.iter().all(|copy| !audiences(&reyes.m1).contains(&copy.audience.id)), "not even the set's id");
    // A copy and its source count once, on both devices.
    reyes.d1.meet(&mut reyes.d2);
    for phone in [&reyes.d1, &reyes.d2] {
        assert_eq!(phone.all("setback").len(), 4);
        assert_eq!(days_of(phone, "2026-06-01").total, 138);
    }
    reyes.everyone_reads("2026-06-01T08:00");
    let words = Some("back on my feet".to_owned());
    reyes.publish(RecoveryCard { words, ..card(CardMode::Snapshot, "2026-06-01", 138, None) });
    reyes.d1.meet(&mut reyes.m1);
    let back = card_on(&reyes.m1);
    assert_eq!((back.total, back.words.as_deref()), (Some(138), Some("back on my feet")));
    assert!(reyes.i1.all("recovery_card").is_empty(), "a card for the circle is for its adults");
    for phone in [&reyes.d1, &reyes.d2, &reyes.l1, &reyes.m1, &reyes.t1, &reyes.i1] {
        assert_eq!(phone.home.check().unwrap(), Vec::<String>::new());
    }
}
