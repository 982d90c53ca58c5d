//! A hacked phone: its entries are chained and signed as they should be, and say whatever a test wants.

use std::collections::BTreeMap;

use kinweave_core::documents::{Document, actor_of};
use kinweave_core::identity::{Purpose, SignKey};
use kinweave_core::model::entry::{entry_hash, genesis};
use kinweave_core::model::hash::{cut, hash};
use kinweave_core::model::limits::SIGNED_EVERY;
use kinweave_core::model::op::{Change, Create, EntryBody, Erase, Op, Open, Writers};
use kinweave_core::model::roster_event::{Admit, Fact, Found, MemberStart, RosterEvent, Seen};
use kinweave_core::model::run::Carried;
use kinweave_core::model::{
    Audience, AudienceId, Body, CircleId, DeviceKey, DeviceKeys, EntryHash, FeedId, Fields, ForkProof, MemberId,
    NoiseKey, Position, RecordRef, Role, Run, SideProof, kinds,
};

/// A device whose owner writes what they like.
pub struct Forger {
    key: SignKey,
    /// The circle.
    pub circle: CircleId,
    /// Whose device it is.
    pub member: MemberId,
    start: MemberStart,
    feeds: BTreeMap<AudienceId, Feed>,
    drawn: u64,
    /// Added to each tick: how far ahead of everyone it pretends to be.
    pub ahead: u64,
}

/// A feed as its device has written it.
#[derive(Clone)]
struct Feed {
    is_trust: bool,
    links: Vec<(Carried, EntryHash)>,
}

/// The key that a seed byte gives.
pub fn key(seed: u8) -> SignKey {
    SignKey::from_bytes(&hash("forger", &[&[seed]]))
}

impl Forger {
    /// A device that nobody has let in.
    pub fn stranger(seed: u8, circle: CircleId) -> Self {
        let key = key(seed);
        let keys = DeviceKeys { sign_key: key.device(), noise_key: NoiseKey::from_bytes([seed; 32]) };
        let start = MemberStart { nonce: [seed; 16], keys };
        Self { key, circle, member: start.member_id(), start, feeds: BTreeMap::new(), drawn: 0, ahead: 0 }
    }

    /// The device that founds a circle.
    pub fn founder(seed: u8) -> Self {
        let mut founder = Self::stranger(seed, CircleId::from_bytes([0; 32]));
        let found = Found { nonce: [seed; 16], rules: 1, founder: founder.member };
        founder.circle = found.circle_id();
        founder.begin();
        founder.event(&Audience::Roster, Fact::Found(found));
        founder
    }

    /// Lets somebody in, who says yes.
    pub fn admit(&mut self, newcomer: &mut Self, role: Role, guardian: Option<MemberId>) {
        newcomer.begin();
        let admit = Admit { member: newcomer.member, role, approvers: Vec::new(), guardian, continues: None };
        let at = self.event(&Audience::Roster, Fact::Admit(admit));
        let admit = self.hash_at(&at);
        newcomer.event(&Audience::Roster, Fact::Accept { admit, terms: [0; 32] });
    }

    /// Goes on as a device that has written these runs already.
    pub fn take_over(key: SignKey, circle: CircleId, member: MemberId, runs: &[Run]) -> Self {
        let mut forger = Self { key, circle, member, ..Self::stranger(0, circle) };
        let own = forger.device();
        for run in runs.iter().filter(|run| run.device == own) {
            let feed = FeedId::of(&circle, &run.device, &run.audience);
            let is_trust = run.signatures.len() == run.entries.len() && run.entries.len() > 1;
            let mut links = Vec::new();
            let mut previous = run.previous;
            for (number, carried) in (1..).zip(&run.entries) {
                previous = entry_hash(&feed, number, &previous, &carried.commitment());
                links.push((carried.clone(), previous));
            }
            forger.feeds.insert(run.audience, Feed { is_trust, links });
        }
        forger
    }

    /// This device.
    pub fn device(&self) -> DeviceKey {
        self.key.device()
    }

    /// Its signature over anything.
    pub fn sign(&self, purpose: Purpose, hash: &[u8; 32]) -> kinweave_core::model::Signature {
        self.key.sign(purpose, hash)
    }

    fn begin(&mut self) {
        let own = Audience::Keys(self.member);
        self.event(&own, Fact::MemberStart(self.start));
    }

    /// Writes an event.
    pub fn event(&mut self, audience: &Audience, fact: Fact) -> RecordRef {
        self.op(audience, Op::Event(RosterEvent { seen: Seen::default(), fact }))
    }

    /// Writes an operation; the feed begins with its `open`.
    pub fn op(&mut self, audience: &Audience, op: Op) -> RecordRef {
        self.open(audience);
        let tick = self.length(audience) + 1 + self.ahead;
        self.bytes(audience, EntryBody { tick, op }.encode())
    }

    fn open(&mut self, audience: &Audience) {
        if self.length(audience) == 0 {
            let open = Op::Open(Open::of(self.circle, audience));
            self.bytes(audience, EntryBody { tick: 1, op: open }.encode());
        }
    }

    /// Writes a body that may be anything, in a feed that is open.
    pub fn body(&mut self, audience: &Audience, body: Vec<u8>) -> RecordRef {
        self.open(audience);
        self.bytes(audience, body)
    }

    /// Writes a body that may be anything, were it the first.
    pub fn bytes(&mut self, audience: &Audience, body: Vec<u8>) -> RecordRef {
        self.drawn += 1;
        let salt = cut(&hash("salt", &[&self.drawn.to_be_bytes(), self.device().as_bytes()]));
        self.carried(audience.id(&self.circle), audience.is_trust(), Carried::Whole { salt, body })
    }

    /// Writes an entry of an audience that may not even be one.
    pub fn carried(&mut self, audience: AudienceId, is_trust: bool, carried: Carried) -> RecordRef {
        let device = self.device();
        let id = FeedId::of(&self.circle, &device, &audience);
        let feed = self.feeds.entry(audience).or_insert_with(|| Feed { is_trust, links: Vec::new() });
        let number = feed.links.len() as u64 + 1;
        let previous = feed.links.last().map_or(genesis(&id), |(_, hash)| *hash);
        let hash = entry_hash(&id, number, &previous, &carried.commitment());
        feed.links.push((carried, hash));
        RecordRef::new(audience, Position { device, number }, &hash)
    }

    /// Takes the last entry of a feed back, as only a hacked phone can: what follows is a fork.
    pub fn take_back(&mut self, audience: &Audience) {
        let id = audience.id(&self.circle);
        self.feeds.get_mut(&id).expect("a feed").links.pop();
    }

    /// What proves that it wrote two things next in an audience, both of them taken back again.
    pub fn fork_proof(&mut self, audience: &Audience, body: &Body) -> ForkProof {
        let (id, device, from) = (audience.id(&self.circle), self.device(), self.length(audience) + 1);
        let mut previous = None;
        let sides = [(); 2].map(|()| {
            self.create(audience, body);
            let run = self.run(&id, from, self.length(audience));
            (from..from + run.entries.len() as u64).for_each(|_| self.take_back(audience));
            previous = Some(run.previous);
            let signature = run.signatures.last().expect("a run that is signed").1;
            SideProof { commitments: run.entries.iter().map(Carried::commitment).collect(), signature }
        });
        ForkProof { audience: id, device, from, previous: previous.expect("two sides"), sides }
    }

    /// How many entries it has written there.
    pub fn length(&self, audience: &Audience) -> u64 {
        self.feeds.get(&audience.id(&self.circle)).map_or(0, |feed| feed.links.len() as u64)
    }

    /// The hash of one of its entries.
    pub fn hash_at(&self, at: &RecordRef) -> EntryHash {
        self.feeds[&at.audience].links[at.position.number as usize - 1].1
    }

    /// The salt of one of its entries.
    pub fn salt_at(&self, at: &RecordRef) -> [u8; 16] {
        match &self.feeds[&at.audience].links[at.position.number as usize - 1].0 {
            Carried::Whole { salt, .. } => *salt,
            _ => panic!("a stub has no salt"),
        }
    }

    /// The header of a record as an honest phone would write it, and its first change.
    pub fn header(&self, body: &Body) -> Create {
        let spec = body.spec().expect("a kind");
        let by_author = spec.subject == kinweave_core::model::kind::SubjectRule::Author;
        Create {
            kind: spec.name.to_owned(),
            schema: spec.schema,
            writers: spec.writers,
            subject: by_author.then_some(self.member),
            wall: 29_000_000,
            expires_on: None,
            about: None,
            replaces: None,
            change: self.first_change(body.kind(), &body.to_fields(), &self.device()),
        }
    }

    /// A first change with any fields, by the actor of any device.
    pub fn first_change(&self, kind: &str, fields: &Fields, as_device: &DeviceKey) -> Vec<u8> {
        Document::create(kinds::spec(kind), fields, actor_of(as_device)).expect("a change").1
    }

    /// Makes a record as an honest phone would.
    pub fn create(&mut self, audience: &Audience, body: &Body) -> RecordRef {
        let create = self.header(body);
        self.op(audience, Op::Create(create))
    }

    /// Makes a record with a header that the test has had its way with.
    pub fn create_as(&mut self, audience: &Audience, body: &Body, twist: impl FnOnce(&mut Create)) -> RecordRef {
        let mut create = self.header(body);
        twist(&mut create);
        self.op(audience, Op::Create(create))
    }

    /// Changes one field of a record that `base` made, by the actor of any device.
    pub fn edit(&mut self, audience: &Audience, record: RecordRef, base: &Create, by: &DeviceKey) -> RecordRef {
        let change = self.next_change(base, by, "written over by somebody");
        self.op(audience, Op::Change(Change { record, change }))
    }

    /// A change of one field of the record that `base` made.
    pub fn next_change(&self, base: &Create, by: &DeviceKey, words: &str) -> Vec<u8> {
        let spec = kinds::spec(&base.kind);
        let author = kinweave_core::documents::inspect(&base.change).expect("a change").actor;
        let mut document = Document::new();
        document.apply(&base.change, author).expect("its first change");
        let mut fields = document.read(spec);
        let field = if fields.contains_key("idea") { "idea" } else { "text" };
        fields.insert(field.to_owned(), words.into());
        let heads = document.heads();
        document.edit(spec, &heads, &fields, actor_of(by)).expect("an edit").expect("a difference")
    }

    /// Erases a record, or says so.
    pub fn erase(&mut self, audience: &Audience, record: RecordRef) -> RecordRef {
        let positions = vec![(record.position.device, vec![(record.position.number, record.position.number)])];
        self.op(audience, Op::Erase(Erase { records: vec![record], positions }))
    }

    /// Part of a feed, ending at a signature.
    pub fn run(&self, audience: &AudienceId, from: u64, to: u64) -> Run {
        let feed = &self.feeds[audience];
        let device = self.device();
        let id = FeedId::of(&self.circle, &device, audience);
        let previous = if from == 1 { genesis(&id) } else { feed.links[from as usize - 2].1 };
        let mut signatures = Vec::new();
        let mut entries = Vec::new();
        for number in from..=to {
            let (carried, hash) = &feed.links[number as usize - 1];
            entries.push(carried.clone());
            if feed.is_trust || number == to || number.is_multiple_of(SIGNED_EVERY) {
                signatures.push((number, self.key.sign(Purpose::Entry, hash.as_bytes())));
            }
        }
        Run { audience: *audience, device, from, previous, entries, signatures }
    }

    /// All of one feed.
    pub fn feed(&self, audience: &Audience) -> Run {
        let id = audience.id(&self.circle);
        self.run(&id, 1, self.feeds[&id].links.len() as u64)
    }

    /// All its feeds, those that say who is who first.
    pub fn feeds(&self) -> Vec<Run> {
        let mut feeds: Vec<_> = self.feeds.iter().collect();
        feeds.sort_by_key(|(id, feed)| (!feed.is_trust, **id));
        feeds.into_iter().map(|(id, feed)| self.run(id, 1, feed.links.len() as u64)).collect()
    }
}

/// A record of a kind that no spec knows, with nothing in it that anyone would mind.
pub fn unknown_kind(create: &mut Create) {
    create.kind = "of_a_later_version".to_owned();
    create.writers = Writers::Author;
}
