//! A spring in which Dani has a setback, or hasn't: told twice from one seed, to see whether Marta's phone can tell.

use std::fs;

use super::kinweave::app::{NewRecord, Record, ShareWith};
use super::kinweave::model::kinds::{
    CardMode, CardShows, CountPolicy, Encouragement, RecoveryCard, RecoveryTimeline, Setback, SetbackKind,
};
use super::kinweave::model::{Date, Role};
use super::phone::{Phone, new_york};
use crate::relay::{Lengths, Relay};
use crate::seen::Seen;
use crate::tables;

/// The family, as far as it takes part: Marta, Lena, and Dani with two devices.
pub struct World {
    /// Dani's phone.
    pub d1: Phone,
    /// Dani's tablet.
    pub d2: Phone,
    /// Lena's.
    pub l1: Phone,
    /// Marta's.
    pub m1: Phone,
    relay: Relay,
    seen: Vec<Seen>,
}

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

/// A card with the total of this day.
pub fn card(mode: CardMode, as_of: &str, total: u32, valid_until: Option<&str>) -> RecoveryCard {
    let shown = RecoveryCard { mode, total: Some(total), ..RecoveryCard::paused(day(as_of)) };
    RecoveryCard { shows: [CardShows::Total].into(), valid_until: valid_until.map(day), ..shown }
}

/// Words for everyone.
pub fn note(text: &str) -> NewRecord {
    let (to, text) = (Default::default(), text.to_owned());
    NewRecord::new(Encouragement { to, text, encouragement_kind: Default::default(), open_on: None, link: None })
}

/// A setback from this day to that one.
pub fn setback(started_on: &str, resumed_on: &str) -> Setback {
    Setback {
        started_on: day(started_on),
        resumed_on: Some(day(resumed_on)),
        setback_kind: SetbackKind::Slip,
        count_policy: CountPolicy::NewRun,
        before: Default::default(),
        helped: Default::default(),
        learned: Some("Call before, not after.".to_owned()),
        safe_now: Some(true),
    }
}

impl World {
    /// The fixture: everyone is paired, Dani's second device from the first, and Dani has a timeline.
    pub fn new() -> Self {
        let start = new_york("2026-02-09T10:00");
        let [mut m1, l1, mut d1, d2] = [1, 2, 3, 4].map(|seed| Phone::new(seed, start));
        m1.home.create_circle("Reyes", "Marta").expect("a circle");
        m1.invite(&l1, "Lena", Role::Member, None);
        m1.invite(&d1, "Dani", Role::Member, None);
        d1.add_device(&d2);
        let relay = Relay::before(m1.address());
        let mut world = Self { d1, d2, l1, m1, relay, seen: Vec::new() };
        world.d1.home.add(NewRecord::new(RecoveryTimeline::starting(day("2026-01-12")))).expect("a timeline");
        for _ in 0..2 {
            world.meet_marta(false);
            world.meet_marta(true);
            world.d1.meet(&mut world.l1);
            world.d1.meet(&mut world.d2);
        }
        world.look("the fixture");
        world
    }

    fn clocks(&self, local: &str) {
        for phone in [&self.d1, &self.d2, &self.l1, &self.m1] {
            phone.clock.set(new_york(local));
        }
    }

    /// Dani's phone, or Lena's, dials Marta's.
    fn meet_marta(&mut self, lena: bool) {
        let dialler = if lena { &self.l1 } else { &self.d1 };
        let meeting = dialler.home.meet(self.m1.device(), Some(self.relay.address)).expect("a meeting");
        assert!(meeting.equal);
        let lengths = self.relay.ended();
        self.frames().push(lengths);
    }

    fn frames(&mut self) -> &mut Vec<Lengths> {
        if self.seen.last().is_none_or(|seen| !seen.step.is_empty()) {
            self.seen.push(Seen { step: "", tables: Vec::new(), sizes: [0; 2], frames: Vec::new() });
        }
        &mut self.seen.last_mut().expect("a step under way").frames
    }

    /// Looks at Marta's phone, when nothing is connected to it.
    fn look(&mut self, step: &'static str) {
        self.frames();
        let file = self.m1.directory.join("kinweave.db");
        let size = |name: &str| fs::metadata(self.m1.directory.join(name)).map_or(0, |file| file.len());
        let sizes = [size("kinweave.db"), size("kinweave.db-wal")];
        let tables = tables::dump(&file, &self.m1.key);
        let seen = self.seen.last_mut().expect("a step under way");
        (seen.step, seen.sizes, seen.tables) = (step, sizes, tables);
    }

    /// Dani publishes a card, in the place of the last one.
    fn publish(&self, card: RecoveryCard) -> Record {
        self.d1.home.publish_card(card, ShareWith::Circle).expect("a card")
    }

    /// The spring, with the setback or without, and with nothing else that differs. What Marta's phone has seen.
    pub fn spring(mut self, setback_is_logged: bool) -> Vec<Seen> {
        self.clocks("2026-03-10T18:00");
        self.publish(RecoveryCard::paused(day("2026-03-10")));
        self.meet_marta(false);
        self.look("paused");
        self.clocks("2026-03-12T18:00");
        self.publish(card(CardMode::Snapshot, "2026-03-12", 59, None));
        self.meet_marta(false);
        self.look("published again");
        self.clocks("2026-04-30T18:00");
        self.publish(card(CardMode::Counting, "2026-04-30", 108, Some("2026-05-07")));
        self.meet_marta(false);
        self.look("counting");
        // Dani's phone stays connected with Marta's all through it: what is private may not even wake the line.
        self.clocks("2026-05-03T21:00");
        self.d1.home.connect(self.m1.device(), Some(self.relay.address)).expect("a connection");
        if setback_is_logged {
            self.d2.home.add(NewRecord::new(setback("2026-05-02", "2026-05-03"))).expect("a setback");
        }
        self.clocks("2026-05-04T09:00");
        if setback_is_logged {
            self.d1.home.add(NewRecord::new(setback("2026-05-02", "2026-05-04"))).expect("a setback");
        }
        self.d1.meet(&mut self.d2);
        self.d1.home.hang_up().expect("a goodbye");
        let lengths = self.relay.ended();
        self.frames().push(lengths);
        self.look("the days of the setback");
        self.clocks("2026-05-04T10:00");
        self.publish(RecoveryCard::paused(day("2026-05-04")));
        self.meet_marta(false);
        self.look("paused once more");
        self.clocks("2026-05-12T19:00");
        if setback_is_logged {
            let lena = self.d1.person("Lena");
            for setback in self.d1.all("setback") {
                self.d1.home.share(setback.id, ShareWith::Chosen(vec![lena])).expect("a copy for Lena");
            }
        }
        self.d1.meet(&mut self.l1);
        self.meet_marta(false);
        self.meet_marta(true);
        assert_eq!(self.l1.all("setback").len(), if setback_is_logged { 2 } else { 0 });
        assert!(self.m1.all("setback").is_empty());
        self.look("Lena knows");
        self.clocks("2026-06-01T08:00");
        let back = RecoveryCard {
            words: Some("back on my feet".to_owned()),
            ..card(CardMode::Snapshot, "2026-06-01", 138, None)
        };
        self.publish(back);
        self.meet_marta(false);
        self.look("back");
        self.seen
    }
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}
