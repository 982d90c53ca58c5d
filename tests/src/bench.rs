//! A real store with the real rules, into which runs are put by hand: what a phone makes of them, and in which order.

use std::collections::BTreeMap;

use kinweave_core::model::kinds::{Celebration, Encouragement};
use kinweave_core::model::{AgeBand, Audience, Body, CircleId, EntryState, MemberId, RecordRef, Role, Row, Run};
use kinweave_core::records::{Received, Receiver, Rejected, rebuild, trust};
use kinweave_core::store::Store;

use crate::forger::Forger;

/// A family whose every phone is a forger: Marta, who founded it, Lena, Iris under Marta's care, and Mallory.
pub struct World {
    /// Honest.
    pub marta: Forger,
    /// Honest, and the one whose phone is looked at.
    pub lena: Forger,
    /// Honest, and young.
    pub iris: Forger,
    /// A member like the others, with a hacked phone.
    pub mallory: Forger,
    /// Nobody's.
    pub stranger: Forger,
    /// Everyone, by name.
    pub everyone: Audience,
    /// Everyone but Mallory.
    pub without_mallory: Audience,
}

impl World {
    /// The family, with the same keys each time.
    pub fn new() -> Self {
        let mut marta = Forger::founder(1);
        let circle = marta.circle;
        let [mut lena, mut iris, mut mallory, mut stranger] = [2, 3, 4, 5].map(|seed| Forger::stranger(seed, circle));
        let guardian = Some(marta.member);
        marta.admit(&mut lena, Role::Member, None);
        marta.admit(&mut iris, Role::YoungMember(AgeBand::From13To17), guardian);
        marta.admit(&mut mallory, Role::Member, None);
        (mallory.ahead, stranger.ahead) = (1 << 40, 1 << 41);
        let everyone = Audience::set([marta.member, lena.member, iris.member, mallory.member]);
        let without_mallory = Audience::set([marta.member, lena.member, iris.member]);
        Self { marta, lena, iris, mallory, stranger, everyone, without_mallory }
    }

    /// Who is who, of these people.
    pub fn trust(people: &[&Forger]) -> Vec<Run> {
        let of = |person: &&Forger| [person.feed(&Audience::Keys(person.member)), person.feed(&Audience::Roster)];
        people.iter().flat_map(of).collect()
    }

    /// Who is who, of all.
    pub fn all_trust(&self) -> Vec<Run> {
        Self::trust(&[&self.marta, &self.lena, &self.iris, &self.mallory])
    }

    /// A phone of Lena's that holds nothing yet.
    pub fn lenas_phone(&self) -> Bench {
        Bench::new(self.marta.circle, self.lena.member)
    }
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}

/// A celebration, which everyone may change.
pub fn a_celebration() -> Body {
    Celebration::idea("soup for all").into()
}

/// A note, which only its author may change.
pub fn a_note(to: MemberId) -> Body {
    let (to, text) = ([to].into(), "well done".to_owned());
    Encouragement { to, text, open_on: None, encouragement_kind: Default::default(), link: None }.into()
}

/// Fails with the lines in which two dumps differ.
pub fn assert_equal(a: &Dump, b: &Dump, what: &str) {
    let lines = |dump: &Dump| -> Vec<String> {
        dump.values().flat_map(|(entries, rows)| entries.iter().chain(rows)).cloned().collect()
    };
    let (a, b) = (lines(a), lines(b));
    let only = |these: &[String], those: &[String]| -> Vec<String> {
        these.iter().filter(|line| !those.contains(line)).take(9).cloned().collect()
    };
    assert!(a == b, "{what}:\n{:#?}\nagainst\n{:#?}", only(&a, &b), only(&b, &a));
}

/// A store, and the rules.
pub struct Bench {
    /// The store.
    pub store: Store,
    circle: CircleId,
    me: MemberId,
    _files: tempfile::TempDir,
}

/// All that can be told of a store, by audience: entries, then rows.
pub type Dump = BTreeMap<String, (Vec<String>, Vec<String>)>;

impl Bench {
    /// An empty store of this member.
    pub fn new(circle: CircleId, me: MemberId) -> Self {
        let files = tempfile::tempdir().expect("a temporary directory");
        let store = Store::open(&files.path().join("home"), &[7; 32]).expect("a new store");
        Self { store, circle, me, _files: files }
    }

    /// Takes runs as a session does: all or nothing.
    pub fn receive(&mut self, runs: &[Run]) -> Result<Received, Rejected> {
        self.receive_from(None, runs)
    }

    /// The same, brought by a phone of this member.
    pub fn receive_from(&mut self, bearer: Option<MemberId>, runs: &[Run]) -> Result<Received, Rejected> {
        let tx = self.store.begin().expect("a transaction");
        let roster = trust::roster(&tx, &self.circle).expect("a roster");
        let (circle, me) = (self.circle, Some(self.me));
        let receiver = Receiver { tx: &tx, circle, roster: &roster, me, device: None, bearer };
        let received = receiver.receive(&[], runs)?;
        tx.commit().expect("a commit");
        Ok(received)
    }

    /// What has become of an entry; none if it isn't held.
    pub fn state(&self, at: &RecordRef) -> Option<EntryState> {
        let reader = self.store.read().expect("a reader");
        reader.entry_of(at).expect("a read").map(|entry| entry.state)
    }

    /// The row of a record.
    pub fn row(&self, at: &RecordRef) -> Option<Row> {
        self.store.read().expect("a reader").row_of(at).expect("a read")
    }

    /// Everything, as text.
    pub fn dump(&self) -> Dump {
        let reader = self.store.read().expect("a reader");
        let audiences = reader.audiences().expect("a read");
        let dump = |id| (reader.dump_entries(&id).expect("a read"), reader.dump_rows(&id).expect("a read"));
        audiences.into_iter().map(|(id, _)| (id.to_string(), dump(id))).collect()
    }

    /// Whether everything is what a rebuild from the entries gives.
    pub fn is_as_rebuilt(&mut self) -> bool {
        let before = self.dump();
        let tx = self.store.begin().expect("a transaction");
        rebuild(&tx, &self.circle).expect("a rebuild");
        tx.commit().expect("a commit");
        self.dump() == before
    }
}
