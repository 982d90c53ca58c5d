//! Phones that meet at random while things run out: authors keep all of theirs on each of their devices, others keep what
//! isn't over and nothing else.

use std::collections::BTreeMap;

use chrono::Days;
use kinweave_core::app::{NewRecord, ShareWith};
use kinweave_core::model::kinds::Encouragement;
use kinweave_core::model::{Date, MemberId, RecordRef, Role};
use kinweave_tests::chance::Chance;
use kinweave_tests::phone::{Phone, new_york};

const STEPS: usize = 90;
const FIRST_DAY: &str = "2026-02-14";

/// What ought to be there of a note that nobody took away.
struct Note {
    author: MemberId,
    readers: Vec<MemberId>,
    last_day: Option<Date>,
    text: String,
}

struct World {
    phones: Vec<Phone>,
    members: Vec<MemberId>,
    notes: BTreeMap<RecordRef, Note>,
    today: Date,
}

impl World {
    /// Marta, Lena and Dani with a phone each, and a tablet of Dani's that isn't paired yet.
    fn new() -> Self {
        let today: Date = FIRST_DAY.parse().unwrap();
        let mut phones: Vec<_> = (1..=4).map(|seed| Phone::new(seed, new_york(&format!("{today}T10:00")))).collect();
        phones[0].home.create_circle("Reyes", "Marta").unwrap();
        for (newcomer, name) in [(1, "Lena"), (2, "Dani")] {
            let (first, rest) = phones.split_at_mut(1);
            first[0].invite(&rest[newcomer - 1], name, Role::Member, None);
        }
        let mut world = Self { phones, members: Vec::new(), notes: BTreeMap::new(), today };
        world.everyone_meets(3);
        world.members = world.phones[..3].iter().map(Phone::me).collect();
        world
    }

    /// The newer of the two dials: the older one may not have heard of it yet.
    fn meet(&mut self, a: usize, b: usize) -> bool {
        let (low, high) = self.phones.split_at_mut(a.max(b));
        high[0].meet(&mut low[a.min(b)]).equal
    }

    fn everyone_meets(&mut self, phones: usize) {
        for _ in 0..2 {
            for b in 1..phones {
                for a in 0..b {
                    self.meet(a, b);
                }
            }
        }
    }

    fn is_over(&self, note: &Note) -> bool {
        note.last_day.is_some_and(|day| day < self.today)
    }

    fn write(&mut self, chance: &mut Chance, phone: usize) {
        let text = chance.word(12);
        let me = self.phones[phone].me();
        let readers: Vec<_> =
            self.members.iter().copied().filter(|member| *member == me || chance.once_in(2)).collect();
        let last_day = (!chance.once_in(4)).then(|| self.today + Days::new(chance.below(8) as u64));
        let (to, open_on, link) = (Default::default(), None, None);
        let note = Encouragement { to, text: text.clone(), encouragement_kind: Default::default(), open_on, link };
        let new = NewRecord { expires_on: last_day, ..NewRecord::new(note) };
        let record = self.phones[phone].home.add(new.with(ShareWith::Chosen(readers.clone()))).unwrap();
        self.notes.insert(record.reference, Note { author: me, readers, last_day, text });
    }

    /// Edits or takes away one of the owner's notes that is known on this phone.
    fn change(&mut self, chance: &mut Chance, phone: usize) {
        let (phone, me) = (&self.phones[phone], self.phones[phone].me());
        let own: Vec<_> = phone.all("encouragement").into_iter().filter(|record| record.author == me).collect();
        // One device at a time: what two write apart is somebody else's test.
        let is_latest = |text: &serde_json::Value, note: &Note| text.as_str() == Some(&note.text);
        let Some(record) = own.iter().max_by_key(|_| chance.any()) else { return };
        let Some(note) = self.notes.get_mut(&record.reference) else { return };
        if !is_latest(&record.body.to_fields()["text"], note) {
            return;
        }
        if chance.once_in(2) {
            phone.home.forget(record.id).unwrap();
            self.notes.remove(&record.reference);
        } else {
            note.text = chance.word(12);
            phone.edit(record, &[("text", &note.text)]);
        }
    }

    /// What each phone keeps, hidden or not.
    fn kept(&self, phone: usize) -> BTreeMap<RecordRef, String> {
        let home = &self.phones[phone].home;
        home.set_legal_hold(true).unwrap();
        let kept = self.phones[phone].all("encouragement").into_iter().map(|record| {
            let text = record.body.to_fields()["text"].as_str().unwrap().to_owned();
            (record.reference, text)
        });
        let kept = kept.collect();
        home.set_legal_hold(false).unwrap();
        kept
    }
}

#[test]
fn authors_keep_all_of_theirs_on_each_device_and_others_what_is_not_over() {
    let mut chance = Chance::of_today();
    let mut world = World::new();
    let mut count = 3;
    for step in 0..STEPS {
        if step == STEPS / 2 {
            let (phones, tablet) = world.phones.split_at_mut(3);
            phones[2].add_device(&tablet[0]);
            count = 4;
        }
        let phone = chance.below(count);
        match chance.below(7) {
            0 | 1 => world.write(&mut chance, phone),
            2 => world.change(&mut chance, phone),
            3 => {
                world.today = world.today + Days::new(chance.below(3) as u64);
                let now = new_york(&format!("{}T10:00", world.today));
                world.phones.iter().for_each(|phone| phone.clock.set(now));
            }
            _ => {
                let other = (phone + 1 + chance.below(count - 1)) % count;
                world.meet(phone, other);
            }
        }
    }
    world.everyone_meets(count);
    for b in 1..count {
        assert!((0..b).all(|a| world.meet(a, b)), "all hold the same entries");
    }
    for phone in 0..count {
        let me = world.phones[phone].me();
        let ought = |note: &&Note| note.author == me || (note.readers.contains(&me) && !world.is_over(note));
        let notes = world.notes.iter().filter(|(_, note)| ought(note));
        let ought: BTreeMap<_, _> = notes.map(|(name, note)| (*name, note.text.clone())).collect();
        assert!(!ought.is_empty(), "a life in which something was written");
        assert_eq!(world.kept(phone), ought, "phone {phone}");
        assert_eq!(world.phones[phone].home.check().unwrap(), Vec::<String>::new());
    }
}
