//! A family without sockets: stores, and runs of entries carried between them in any order a test likes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use kinweave_core::identity::{Roster, SignKey};
use kinweave_core::model::codec::decode;
use kinweave_core::model::hash::hash;
use kinweave_core::model::{AudienceId, CircleId, DeviceKey, MemberId, Now, Role, Row, Run};
use kinweave_core::records::{Author, Entropy, Receiver, RecordError, Rejected, rebuild, run, trust};
use kinweave_core::store::{ReadScope, Reader, RowQuery, Store, StoreError, Transaction};

use tempfile::TempDir;

use crate::chance::Chance;
use crate::phone::{Phone, new_york};
use crate::tables;

/// Entries and rows of each audience, as text.
pub type Dump = BTreeMap<AudienceId, (Vec<String>, Vec<String>)>;

/// A store and who writes into it.
pub struct PaperPhone {
    /// Its owner.
    pub member: MemberId,
    /// What it holds.
    pub store: Store,
    circle: CircleId,
    key: SignKey,
    roster: Roster,
    entropy: Draws,
    now: Now,
    /// Up to which number its own feeds are on the tape.
    taped: BTreeMap<AudienceId, u64>,
    /// Which runs of the tape it has taken.
    taken: BTreeSet<usize>,
    // Its files go with it.
    files: TempDir,
    file_key: [u8; 32],
}

/// The homes of a family in which nothing has happened yet. Families that begin alike are copies of them.
pub struct Homes {
    phones: Vec<Phone>,
    names: Vec<(MemberId, DeviceKey)>,
}

/// Copies the files of a home, as they lie there now, into a folder.
pub fn copy_home(home: &Path, to: &Path) {
    for file in fs::read_dir(home).expect("a home") {
        let file = file.expect("a file of it");
        fs::copy(file.path(), to.join(file.file_name())).expect("a copy");
    }
}

/// Who has the home, and the keys that prove it: circle, member, signing key, Noise key.
pub fn identity(reader: &Reader<'_>) -> (CircleId, MemberId, [u8; 32], [u8; 32]) {
    let bytes = reader.meta("identity").expect("a fact").expect("an identity");
    decode(&bytes).expect("an identity")
}

/// Randomness by label, as on a phone: what is drawn for one audience doesn't depend on what is drawn for another.
pub struct Draws {
    seed: [u8; 32],
    drawn: BTreeMap<(String, AudienceId, u64), u64>,
}

impl Draws {
    /// All of it from this seed.
    pub fn new(seed: [u8; 32]) -> Self {
        Self { seed, drawn: BTreeMap::new() }
    }
}

impl Entropy for Draws {
    fn draw(&mut self, purpose: &str, audience: &AudienceId, number: u64) -> [u8; 32] {
        let times = self.drawn.entry((purpose.to_owned(), *audience, number)).or_insert(0);
        *times += 1;
        let (number, times) = (number.to_be_bytes(), times.to_be_bytes());
        hash("draws of a test", &[&self.seed, purpose.as_bytes(), audience.as_bytes(), &number, &times])
    }
}

/// Phones, and everything they ever wrote, as it would travel.
pub struct PaperFamily {
    /// The phones: Marta's two, then one of each other member.
    pub phones: Vec<PaperPhone>,
    /// The circle.
    pub circle: CircleId,
    /// Each write as a run, in the order of writing. What was erased since is still in it.
    pub tape: Vec<Run>,
}

impl PaperPhone {
    /// The phone without its façade: on a copy of its home.
    fn of(home: &Path, key: &[u8; 32], seed: [u8; 32]) -> Self {
        let files = tempfile::tempdir().expect("a temporary directory");
        copy_home(home, files.path());
        let store = Store::open(files.path(), key).expect("its store");
        let (identity, roster) = {
            let reader = store.read().expect("an open store");
            let identity = identity(&reader);
            (identity, trust::roster(&reader, &identity.0).expect("a roster"))
        };
        Self {
            member: identity.1,
            store,
            circle: identity.0,
            key: SignKey::from_bytes(&identity.2),
            roster,
            entropy: Draws::new(seed),
            now: new_york("2026-02-14T10:00"),
            taped: BTreeMap::new(),
            taken: BTreeSet::new(),
            files,
            file_key: *key,
        }
    }

    /// Every row of every table of its file, and the sizes of its database and its log.
    pub fn file(&self) -> (Vec<String>, [u64; 2]) {
        let file = self.files.path().join("kinweave.db");
        let sizes = ["db", "db-wal"].map(|end| fs::metadata(file.with_extension(end)).map_or(0, |file| file.len()));
        (tables::dump(&file, &self.file_key), sizes)
    }

    /// Sets its clock.
    pub fn set_clock(&mut self, now: Now) {
        self.now = now;
    }

    /// All rows that the owner sees.
    pub fn rows(&self) -> Vec<Row> {
        let scope = ReadScope::new(self.member, self.now.today());
        self.store.read().and_then(|reader| reader.list(&RowQuery::all(scope))).expect("rows").rows
    }

    /// Everyone in the circle.
    pub fn everyone(&self) -> Vec<MemberId> {
        self.roster.everyone().into_iter().collect()
    }

    /// Everything held.
    pub fn dump(&self) -> Dump {
        dump(&self.store)
    }

    /// Takes runs in, all or nothing.
    pub fn take(&mut self, runs: &[Run]) -> Result<(), Rejected> {
        self.roster = take(&mut self.store, self.circle, self.member, runs)?;
        Ok(())
    }

    /// Builds rows and verdicts anew from the entries, and answers everything held.
    pub fn rebuilt(&mut self) -> Dump {
        rebuilt(&mut self.store, &self.circle)
    }

    /// A phone of the same owner that holds nothing yet.
    pub fn emptied(&self) -> EmptyPhone {
        let files = tempfile::tempdir().expect("a temporary directory");
        let store = Store::open(files.path(), &[1; 32]).expect("a new store");
        EmptyPhone { member: self.member, circle: self.circle, store, _files: files }
    }

    /// Whether its owner may hold the audience of a run.
    pub fn may_hold(&self, run: &Run) -> bool {
        let known = self.store.read().and_then(|reader| reader.audience(&run.audience)).expect("an audience");
        known.or_else(|| run.opened_audience()).is_some_and(|it| self.roster.may_hold(&self.member, &it))
    }
}

/// A phone that can only listen.
pub struct EmptyPhone {
    member: MemberId,
    circle: CircleId,
    store: Store,
    _files: tempfile::TempDir,
}

impl EmptyPhone {
    /// Everything held.
    pub fn dump(&self) -> Dump {
        dump(&self.store)
    }

    /// Takes runs in, all or nothing.
    pub fn take(&mut self, runs: &[Run]) -> Result<(), Rejected> {
        take(&mut self.store, self.circle, self.member, runs).map(drop)
    }

    /// Builds rows and verdicts anew from the entries, and answers everything held.
    pub fn rebuilt(&mut self) -> Dump {
        rebuilt(&mut self.store, &self.circle)
    }
}

fn dump(store: &Store) -> Dump {
    let reader = store.read().expect("an open store");
    let of = |id: &AudienceId| Ok::<_, StoreError>((reader.dump_entries(id)?, reader.dump_rows(id)?));
    let audiences = reader.audiences().expect("audiences");
    audiences.into_iter().map(|(id, _)| (id, of(&id).expect("a dump"))).collect()
}

fn take(store: &mut Store, circle: CircleId, member: MemberId, runs: &[Run]) -> Result<Roster, Rejected> {
    let tx = store.begin().expect("a transaction");
    let before = trust::roster(&tx, &circle).expect("a roster");
    let receiver = Receiver { tx: &tx, circle, roster: &before, me: Some(member), device: None, bearer: None };
    receiver.receive(&[], runs)?;
    let roster = trust::roster(&tx, &circle).expect("a roster");
    tx.commit().expect("a commit");
    Ok(roster)
}

fn rebuilt(store: &mut Store, circle: &CircleId) -> Dump {
    let tx = store.begin().expect("a transaction");
    rebuild(&tx, circle).expect("a rebuild");
    tx.commit().expect("a commit");
    dump(store)
}

impl Homes {
    /// Marta with two devices, Lena, Tomás and Dani; all know each other.
    pub fn new() -> Self {
        let now = new_york("2026-02-14T10:00");
        let [mut marta, tablet, mut lena, mut tomas, mut dani] = [1, 2, 3, 4, 5].map(|seed| Phone::new(seed, now));
        marta.home.create_circle("Reyes", "Marta").expect("a circle");
        marta.invite(&lena, "Lena", Role::Member, None);
        marta.invite(&tomas, "Tomás", Role::Member, None);
        marta.invite(&dani, "Dani", Role::Member, None);
        marta.add_device(&tablet);
        for phone in [&mut lena, &mut tomas, &mut dani] {
            assert!(marta.meet(phone).equal);
        }
        let phones = vec![marta, tablet, lena, tomas, dani];
        let names = phones.iter().map(|phone| (phone.me(), phone.device())).collect();
        phones.iter().for_each(|phone| phone.home.close().expect("a home that closes"));
        Self { phones, names }
    }

    /// The phones whose homes are copied, closed.
    pub fn phones(&self) -> &[Phone] {
        &self.phones
    }

    /// Whose each phone is, and its key in the circle.
    pub fn names(&self) -> &[(MemberId, DeviceKey)] {
        &self.names
    }

    /// Does it for so many seeds side by side, on as many cores as there are, with homes of its own on each: for `first`, and then
    /// for what follows from it. Whoever answers false ends it on that core.
    pub fn for_each_seed(first: u64, count: usize, work: impl Fn(&Self, u64) -> bool + Sync) {
        let mut chance = Chance::from_seed(first);
        let seeds: Vec<u64> = std::iter::once(first).chain((1..count).map(|_| chance.any())).collect();
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let next = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..cores {
                scope.spawn(|| {
                    let homes = Self::new();
                    while let Some(seed) = seeds.get(next.fetch_add(1, Ordering::Relaxed)) {
                        if !work(&homes, *seed) {
                            return;
                        }
                    }
                });
            }
        });
    }

    /// A family that begins here.
    pub fn family(&self, chance: &mut Chance) -> PaperFamily {
        let of = |phone: &Phone| PaperPhone::of(&phone.directory, &phone.key, chance.bytes());
        let phones: Vec<_> = self.phones.iter().map(of).collect();
        let mut family = PaperFamily { circle: phones[0].circle, phones, tape: Vec::new() };
        for who in 0..family.phones.len() {
            family.record(who);
        }
        family.catch_up();
        family
    }
}

impl Default for Homes {
    fn default() -> Self {
        Self::new()
    }
}

impl PaperFamily {
    /// Marta with two devices, Lena, Tomás and Dani; all know each other.
    pub fn new(chance: &mut Chance) -> Self {
        Homes::new().family(chance)
    }

    /// Lets a phone write, and puts what it wrote on the tape.
    pub fn write<T>(
        &mut self,
        who: usize,
        work: impl FnOnce(&mut Author<'_>, &Transaction<'_>) -> Result<T, RecordError>,
    ) -> Result<T, RecordError> {
        let PaperPhone { member, key, store, roster, entropy, now, .. } = &mut self.phones[who];
        let tx = store.begin()?;
        let (circle, member, now, touched) = (self.circle, *member, *now, BTreeSet::new());
        let value = work(&mut Author { circle, member, key, roster, now, entropy, touched }, &tx)?;
        tx.commit()?;
        self.record(who);
        Ok(value)
    }

    fn record(&mut self, who: usize) {
        let phone = &mut self.phones[who];
        let reader = phone.store.read().expect("an open store");
        let device = phone.key.device();
        for (audience, _) in reader.audiences().expect("audiences") {
            let Some(head) = reader.head(&audience, &device).expect("a head") else { continue };
            let taped = phone.taped.entry(audience).or_insert(0);
            if head.number > *taped {
                let new = run(&reader, &self.circle, &audience, &device, *taped + 1, head.number, usize::MAX);
                *taped = head.number;
                phone.taken.insert(self.tape.len());
                self.tape.push(new.expect("entries").expect("a run up to the head"));
            }
        }
    }

    /// Gives a phone what it hasn't taken, or, by chance, only the beginnings of some feeds.
    pub fn deliver(&mut self, who: usize, mut leave_out: impl FnMut() -> bool) {
        let phone = &mut self.phones[who];
        let mut left_out = BTreeSet::new();
        let mut runs = Vec::new();
        for (index, run) in self.tape.iter().enumerate() {
            let feed = (run.audience, run.device);
            if phone.taken.contains(&index) || left_out.contains(&feed) {
                continue;
            }
            if leave_out() {
                left_out.insert(feed);
                continue;
            }
            phone.taken.insert(index);
            if feed.1 != phone.key.device() && (phone.may_hold(run) || runs.iter().any(|(of, _)| *of == feed)) {
                runs.push((feed, run.clone()));
            }
        }
        let runs: Vec<_> = runs.into_iter().map(|(_, run)| run).collect();
        phone.take(&runs).expect("honest runs");
    }

    /// Gives all phones everything.
    pub fn catch_up(&mut self) {
        for who in 0..self.phones.len() {
            self.deliver(who, || false);
        }
    }
}
