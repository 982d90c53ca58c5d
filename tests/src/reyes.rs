//! The family Reyes, on six real homes: Dani with a phone and an old tablet, Lena, Marta, Tomás, and Iris, who is fifteen.

use super::kinweave::app::NewRecord;
use super::kinweave::model::kinds::RecoveryTimeline;
use super::kinweave::model::{AgeBand, Role};
use crate::phone::{Phone, new_york};

/// Everybody's phones, by the names that the stories give them.
#[allow(missing_docs, reason = "the names are those of the stories")]
pub struct Reyes {
    pub d1: Phone,
    pub d2: Phone,
    pub l1: Phone,
    pub m1: Phone,
    pub t1: Phone,
    pub i1: Phone,
}

impl Reyes {
    /// All paired and met on 9 February 2026; Dani's timeline begins on 12 January.
    pub fn new() -> Self {
        let start = new_york("2026-02-09T10:00");
        let [mut m1, l1, t1, i1, mut d1, d2] = [1, 2, 3, 4, 5, 6].map(|seed| Phone::new(seed, start));
        m1.home.create_circle("Reyes", "Marta").expect("a circle");
        m1.invite(&l1, "Lena", Role::Member, None);
        m1.invite(&t1, "Tomás", Role::Member, None);
        m1.invite(&i1, "Iris", Role::YoungMember(AgeBand::From13To17), Some(m1.me()));
        m1.invite(&d1, "Dani", Role::Member, None);
        d1.add_device(&d2);
        let timeline = RecoveryTimeline::starting("2026-01-12".parse().expect("a date"));
        d1.home.add(NewRecord::new(timeline)).expect("a timeline");
        let mut reyes = Self { d1, d2, l1, m1, t1, i1 };
        reyes.all_meet();
        reyes
    }

    /// Everybody meets Marta's phone and Dani's, twice; Dani's two devices each other.
    pub fn all_meet(&mut self) {
        for _ in 0..2 {
            self.d1.meet(&mut self.d2);
            for phone in [&self.d1, &self.l1, &self.t1, &self.i1] {
                assert!(phone.meet(&mut self.m1).equal);
            }
            for phone in [&self.l1, &self.t1, &self.i1] {
                assert!(phone.meet(&mut self.d1).equal);
            }
        }
    }

    /// All of them.
    pub fn phones(&self) -> [&Phone; 6] {
        [&self.d1, &self.d2, &self.l1, &self.m1, &self.t1, &self.i1]
    }

    /// Everybody's clock shows this time of New York.
    pub fn clocks(&self, local: &str) {
        for phone in self.phones() {
            phone.clock.set(new_york(local));
        }
    }

    /// Whether every home is what its entries say.
    pub fn assert_in_order(&self) {
        for phone in self.phones() {
            assert_eq!(phone.home.check().expect("a check"), Vec::<String>::new());
        }
    }
}

impl Default for Reyes {
    fn default() -> Self {
        Self::new()
    }
}
