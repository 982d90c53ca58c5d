//! A family and its homes after so many years.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use kinweave_core::identity::{Roster, SignKey};
use kinweave_core::model::{AudienceId, CircleId, Date, MemberId, Now, Role};
use kinweave_core::records::{Author, trust};
use kinweave_core::store::Store;
use kinweave_tests::chance::Chance;
use kinweave_tests::paper::{Draws, copy_home, identity};
use kinweave_tests::phone::{Phone, new_york};

use crate::day::Days;

/// The day on which every family begins.
const BEGINS_ON: &str = "2026-02-01T08:00";
const DAY_MS: i64 = 24 * 3_600_000;
const DAYS_A_YEAR: u32 = 365;
/// So many records go into one transaction at most.
const RECORDS_A_COMMIT: usize = 500;
/// Devices in use at any time: two a member.
const DEVICES: usize = 10;
const NAMES: [&str; 4] = ["Lena", "Tomás", "Dani", "Iris"];

/// A closed home of a family, and how it is opened.
#[derive(Clone)]
pub struct Home {
    /// Where its files are.
    pub directory: PathBuf,
    /// Its key.
    pub key: [u8; 32],
    /// Whose it is.
    pub member: MemberId,
}

/// What is left of a family when its years have passed.
pub struct Family {
    /// Marta's phone, with everything that she may read.
    pub full: Home,
    /// Lena's phone, which knows who is who and holds nothing else yet.
    pub empty: Home,
    /// The day after the last.
    pub now: Now,
    /// How many entries Marta's phone holds.
    pub entries: usize,
}

/// Somebody's device, as it writes.
pub(crate) struct Writer {
    pub member: MemberId,
    key: SignKey,
    entropy: Draws,
}

/// All devices write into Marta's home: what each appends there is what would have come from it.
pub(crate) struct Desk {
    circle: CircleId,
    roster: Roster,
    pub writers: Vec<Writer>,
    pub members: Vec<MemberId>,
    pub now: Now,
}

impl Desk {
    /// That device as a writer.
    pub fn author(&mut self, device: usize) -> Author<'_> {
        let Writer { member, key, entropy } = &mut self.writers[device];
        let (circle, member, now, touched) = (self.circle, *member, self.now, BTreeSet::new());
        Author { circle, member, key, roster: &self.roster, now, entropy, touched }
    }

    /// The civil date.
    pub fn today(&self) -> Date {
        self.now.today()
    }
}

impl Family {
    /// Lets so many years go by for the family of this seed, and puts its homes into this folder.
    pub fn after(years: u32, seed: u64, folder: &Path) -> Self {
        let start = new_york(BEGINS_ON);
        // They meet when the years are over, so that their clocks have witnesses then.
        let now = Now { unix_ms: start.unix_ms + i64::from(years * DAYS_A_YEAR) * DAY_MS, ..start };
        let phones = phones(years, now);
        let homes: Vec<_> = phones.iter().enumerate().map(|(at, phone)| home_of(phone, folder, at)).collect();
        drop(phones);
        let (full, empty) = (homes[0].clone(), homes[2].clone());
        let mut chance = Chance::from_seed(seed);
        let mut store = Store::open(&full.directory, &full.key).expect("Marta's home");
        let mut desk = desk(&homes, &store, start, &mut chance);
        let mut days = Days::new(chance);
        let mut tx = store.begin().expect("a transaction");
        let mut waiting = 0;
        for day in 0..years * DAYS_A_YEAR {
            desk.now = Now { unix_ms: start.unix_ms + i64::from(day) * DAY_MS, ..start };
            waiting += days.one(&mut desk, &tx, &in_use(day));
            if waiting >= RECORDS_A_COMMIT {
                tx.commit().expect("a commit");
                tx = store.begin().expect("a transaction");
                waiting = 0;
            }
        }
        tx.commit().expect("a commit");
        let entries = count(&store);
        store.close().expect("a home that closes");
        Self { full, empty, now, entries }
    }
}

/// Two devices of each of five members, and those that take the place of others later; all know each other.
fn phones(years: u32, now: Now) -> Vec<Phone> {
    let count = DEVICES + 2 * (years.saturating_sub(1) / 2) as usize;
    let mut phones: Vec<_> = (1..=count).map(|seed| Phone::new(seed as u8, now)).collect();
    phones[0].home.create_circle("Reyes", "Marta").expect("a circle");
    // In this order: Marta's phone and tablet, a phone of each other member, a second one of each, then the replacements.
    let (marta, others) = phones.split_at_mut(1);
    let marta = &mut marta[0];
    let (tablet, others) = others.split_at_mut(1);
    let (firsts, later) = others.split_at_mut(NAMES.len());
    for (phone, name) in firsts.iter().zip(NAMES) {
        marta.invite(phone, name, Role::Member, None);
    }
    marta.add_device(&tablet[0]);
    for (at, phone) in later.iter().enumerate() {
        firsts[at % NAMES.len()].add_device(phone);
    }
    for phone in firsts.iter_mut().chain(later.iter_mut()).chain(tablet.iter_mut()) {
        assert!(marta.meet(phone).equal);
    }
    for phone in firsts.iter_mut().chain(tablet.iter_mut()) {
        assert!(marta.meet(phone).equal);
    }
    let (lena, others) = firsts.split_at_mut(1);
    assert!(lena[0].meet(&mut others[0]).equal && lena[0].meet(marta).equal);
    phones
}

/// The devices in use on a day. Every second year two are new, and those whose place they take fall silent.
fn in_use(day: u32) -> Vec<usize> {
    let replaced = 2 * (day / (2 * DAYS_A_YEAR)) as usize;
    let mut devices: Vec<_> = (0..DEVICES).collect();
    for new in 0..replaced {
        devices[DEVICES - NAMES.len() + new % NAMES.len()] = DEVICES + new;
    }
    devices
}

/// The phone's home, closed and moved to where it stays.
fn home_of(phone: &Phone, folder: &Path, at: usize) -> Home {
    let member = phone.me();
    phone.home.close().expect("a home that closes");
    let directory = folder.join(format!("home-{at}"));
    fs::create_dir_all(&directory).expect("a folder");
    copy_home(&phone.directory, &directory);
    Home { directory, key: phone.key, member }
}

fn desk(homes: &[Home], store: &Store, now: Now, chance: &mut Chance) -> Desk {
    let reader = store.read().expect("an open store");
    let own = identity(&reader);
    let of = |home: &Home| {
        let store = Store::open(&home.directory, &home.key).expect("a home");
        identity(&store.read().expect("an open store"))
    };
    let identities: Vec<_> = std::iter::once(own).chain(homes[1..].iter().map(of)).collect();
    let roster = trust::roster(&reader, &own.0).expect("a roster");
    let members: BTreeSet<MemberId> = identities.iter().map(|identity| identity.1).collect();
    let mut writer = |(_, member, key, _): (CircleId, MemberId, [u8; 32], [u8; 32])| Writer {
        member,
        key: SignKey::from_bytes(&key),
        entropy: Draws::new(chance.bytes()),
    };
    let writers = identities.iter().map(|identity| writer(*identity)).collect();
    Desk { circle: own.0, roster, writers, members: members.into_iter().collect(), now }
}

fn count(store: &Store) -> usize {
    let reader = store.read().expect("an open store");
    let audiences = reader.audiences().expect("audiences");
    let entries =
        |id: &AudienceId| reader.vector(id).expect("heads").values().map(|head| head.number as usize).sum::<usize>();
    audiences.iter().map(|(id, _)| entries(id)).sum()
}
