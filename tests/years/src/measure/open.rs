//! The core on a home of a family.

use kinweave_core::app::{Kinweave, ListQuery, Meeting, NewRecord, Record, SettableClock, ShareWith, System};
use kinweave_core::model::Now;

use crate::family::Home;
use crate::news::{NEWS, news, note};

/// The core on a home of a family.
pub struct Open {
    pub home: Kinweave,
    pub home_of: Home,
}

impl Open {
    pub fn of(home: &Home, now: Now) -> Self {
        let system = System::with_clock(SettableClock::new(now));
        let opened = Kinweave::open(&home.directory, &home.key, system).expect("a home");
        Self { home: opened, home_of: home.clone() }
    }

    pub fn note(&self, text: &str) -> NewRecord {
        NewRecord::new(note(text))
    }

    /// Writes half of it for everyone and half for one.
    pub fn write_news(&self, round: usize, one: &Home) {
        for number in 0..NEWS {
            let with = if number % 2 == 0 { ShareWith::Everyone } else { ShareWith::Chosen(vec![one.member]) };
            let note = self.note(&news(round, number));
            self.home.add(note.with(with)).expect("a note");
        }
    }

    pub fn meet(&self, other: &Self) -> Meeting {
        let address = other.home.listen("127.0.0.1:0".parse().expect("an address")).expect("a port");
        let device = other.home.circle().expect("a circle").device;
        self.home.meet(device, Some(address)).expect("a meeting")
    }

    pub fn last_50(&self) -> Vec<Record> {
        self.home.list(&ListQuery::default()).expect("a list").records
    }

    pub fn everything(&self) -> Vec<Record> {
        let mut query = ListQuery { limit: 1_000, ..ListQuery::default() };
        let mut records = Vec::new();
        loop {
            let page = self.home.list(&query).expect("a list");
            records.extend(page.records);
            match page.next {
                Some(next) => query.after = Some(next),
                None => return records,
            }
        }
    }
}

/// A family's two phones, after the first sync of the second.
pub struct Pair {
    pub marta: Open,
    pub lena: Open,
}
