//! One of each.

use kinweave_core::identity::Purpose;
use kinweave_core::model::entry_state::{Hold, Refusal};
use kinweave_core::model::kinds::{MemberProfile, RecoveryTimeline, Rsvp, RsvpAnswer};
use kinweave_core::model::limits::BODY_BYTES_MAX;
use kinweave_core::model::op::{Change, Create, EntryBody, Erase, Op, Open, Replaces, Writers, id_key};
use kinweave_core::model::roster_event::{DeviceAdd, Fact, Found, MemberStart, pop_hash};
use kinweave_core::model::{Audience, Body, CircleId, DeviceKeys, EntryState, NoiseKey, RecordRef};
use kinweave_tests::bench::{World, a_celebration, a_note};
use kinweave_tests::forger::{Forger, unknown_kind};

/// What honest people wrote before.
pub struct Honest {
    pub celebration: RecordRef,
    pub celebration_header: Create,
    pub note: RecordRef,
    pub note_header: Create,
}

/// Entries and what becomes of each.
pub type Bad = Vec<(RecordRef, EntryState)>;

type Forge = fn(&mut World, &Honest) -> Bad;

const HELD: fn(Hold) -> EntryState = EntryState::Held;

fn refused(at: RecordRef, refusal: Refusal) -> Bad {
    vec![(at, EntryState::Refused(refusal))]
}

fn profile() -> Body {
    MemberProfile::named("Mallory").into()
}

pub const CASES: &[(&str, Forge)] = &[
    ("by a stranger", |world, _| {
        let at = world.stranger.create(&world.everyone, &a_celebration());
        vec![(at, HELD(Hold::UnknownDevice))]
    }),
    ("a stranger changes what everyone may", |world, honest| {
        let by = world.stranger.device();
        let at = world.stranger.edit(&world.everyone, honest.celebration, &honest.celebration_header, &by);
        vec![(at, HELD(Hold::UnknownDevice))]
    }),
    ("by a member outside the set", |world, _| {
        refused(world.mallory.create(&world.without_mallory, &a_celebration()), Refusal::NotInAudience)
    }),
    ("a note changed by somebody else", |world, honest| {
        let by = world.mallory.device();
        let at = world.mallory.edit(&world.everyone, honest.note, &honest.note_header, &by);
        refused(at, Refusal::NotAWriter)
    }),
    ("a note erased by somebody else", |world, honest| {
        refused(world.mallory.erase(&world.everyone, honest.note), Refusal::NotAWriter)
    }),
    ("a celebration erased by somebody else", |world, honest| {
        refused(world.mallory.erase(&world.everyone, honest.celebration), Refusal::NotAWriter)
    }),
    ("an own note changed and not replaced", |world, _| {
        let (by, body) = (world.mallory.device(), a_note(world.lena.member));
        let header = world.mallory.header(&body);
        let note = world.mallory.create(&world.everyone, &body);
        let at = world.mallory.edit(&world.everyone, note, &header, &by);
        vec![(note, EntryState::Accepted), (at, EntryState::Refused(Refusal::MustReplace))]
    }),
    ("with another subject", |world, _| {
        let (lena, body) = (world.lena.member, a_note(world.marta.member));
        let at = world.mallory.create_as(&world.everyone, &body, |create| create.subject = Some(lena));
        refused(at, Refusal::SubjectMustBeAuthor)
    }),
    ("with another subject, of a kind that nobody knows", |world, _| {
        let lena = world.lena.member;
        let at = world.mallory.create_as(&world.everyone, &a_note(lena), |create| {
            unknown_kind(create);
            create.subject = Some(lena);
        });
        refused(at, Refusal::SubjectMustBeAuthor)
    }),
    ("without the subject that it must have", |world, _| {
        let body = a_note(world.lena.member);
        let at = world.mallory.create_as(&world.everyone, &body, |create| create.subject = None);
        refused(at, Refusal::SubjectMustBeAuthor)
    }),
    ("about oneself where it belongs to all", |world, _| {
        let me = world.mallory.member;
        let at = world.mallory.create_as(&world.everyone, &a_celebration(), |create| create.subject = Some(me));
        refused(at, Refusal::SubjectMustBeAuthor)
    }),
    ("made under another's actor", |world, _| {
        let body = a_celebration();
        let change = world.mallory.first_change("celebration", &body.to_fields(), &world.marta.device());
        let at = world.mallory.create_as(&world.everyone, &body, |create| create.change = change);
        refused(at, Refusal::BadChange)
    }),
    ("changed under another's actor", |world, honest| {
        let by = world.marta.device();
        let at = world.mallory.edit(&world.everyone, honest.celebration, &honest.celebration_header, &by);
        refused(at, Refusal::BadChange)
    }),
    ("a change that claims 2⁴⁰ operations", |world, honest| {
        let change = a_claim_of_2_to_the_40(&world.mallory);
        assert!(change.len() <= 60, "{} bytes", change.len());
        let first = world.mallory.create_as(&world.everyone, &a_celebration(), |create| create.change = change.clone());
        let change = Change { record: honest.celebration, change };
        let second = world.mallory.op(&world.everyone, Op::Change(change));
        [first, second].map(|at| (at, EntryState::Refused(Refusal::BadChange))).into()
    }),
    ("a body that can't be read", |world, _| {
        let note = world.mallory.create(&world.everyone, &a_note(world.lena.member));
        let bodies = [vec![], vec![1], vec![1, 2, 3, 0xff, 0xff], vec![0, 1, 3], vec![1; 40]];
        let bodies = bodies.map(|body| world.mallory.bytes(&world.everyone, body));
        let mut bad = vec![(note, EntryState::Accepted)];
        bad.extend(bodies.map(|at| (at, EntryState::Refused(Refusal::Undecodable))));
        bad
    }),
    ("a tick that no clock of ours reaches", |world, _| {
        let op = Op::Create(world.mallory.header(&a_celebration()));
        world.mallory.create(&world.everyone, &a_celebration());
        let at = world.mallory.bytes(&world.everyone, EntryBody { tick: u64::MAX, op }.encode());
        refused(at, Refusal::Undecodable)
    }),
    ("longer than a body may be", |world, _| {
        let op = Op::Later { format: 1, tag: 99, payload: vec![7; BODY_BYTES_MAX] };
        refused(world.mallory.op(&world.everyone, op), Refusal::TooLarge)
    }),
    ("an event among records", |world, _| {
        refused(world.mallory.event(&world.everyone, Fact::AskMe(true)), Refusal::WrongFeed)
    }),
    ("a record among events", |world, _| {
        refused(world.mallory.create(&Audience::Roster, &profile()), Refusal::WrongFeed)
    }),
    ("a second circle", |world, _| {
        let found = Found { nonce: [9; 16], rules: 1, founder: world.mallory.member };
        refused(world.mallory.event(&Audience::Roster, Fact::Found(found)), Refusal::NotTheirEvent)
    }),
    ("a member that begins in another's keys", |world, _| {
        let keys = DeviceKeys { sign_key: world.mallory.device(), noise_key: NoiseKey::from_bytes([1; 32]) };
        let own = Audience::Keys(world.mallory.member);
        let at = world.mallory.event(&own, Fact::MemberStart(MemberStart { nonce: [9; 16], keys }));
        refused(at, Refusal::NotTheirEvent)
    }),
    ("a device added that hasn't agreed to it", |world, _| {
        let own = Audience::Keys(world.mallory.member);
        let keys = DeviceKeys { sign_key: world.stranger.device(), noise_key: NoiseKey::from_bytes([1; 32]) };
        let pop = world
            .mallory
            .sign(Purpose::Possession, &pop_hash(&world.mallory.circle, &world.mallory.member, &keys, &[2; 32]));
        let add = DeviceAdd { keys, handshake_hash: [2; 32], pop };
        refused(world.mallory.event(&own, Fact::DeviceAdd(add)), Refusal::NotTheirEvent)
    }),
    ("a word in another's keys", |world, honest| {
        let theirs = Audience::Keys(world.marta.member);
        let hash = world.marta.hash_at(&honest.note);
        refused(world.mallory.event(&theirs, Fact::DeviceConfirm(hash)), Refusal::NotInAudience)
    }),
    ("an open in the middle", |world, _| {
        let open = Op::Open(Open::of(world.mallory.circle, &world.everyone));
        refused(world.mallory.op(&world.everyone, open), Refusal::WrongOpen)
    }),
    ("another's private kind in a set", |world, _| {
        let body = RecoveryTimeline::starting("2026-01-12".parse().expect("a date")).into();
        refused(world.mallory.create(&world.everyone, &body), Refusal::KindNotHere)
    }),
    ("with other writers than its kind has", |world, _| {
        let body = a_celebration();
        let at = world.mallory.create_as(&world.everyone, &body, |create| create.writers = Writers::Author);
        refused(at, Refusal::KindNotHere)
    }),
    ("of a later schema", |world, _| {
        let at = world.mallory.create_as(&world.everyone, &a_celebration(), |create| create.schema = 900);
        vec![(at, HELD(Hold::LaterSchema))]
    }),
    ("an operation or a format of a later version", |world, _| {
        let later = [(1, 99), (7, 3)].map(|(format, tag)| Op::Later { format, tag, payload: vec![1; 30] });
        later.map(|op| (world.mallory.op(&world.everyone, op), HELD(Hold::LaterOp))).into()
    }),
    ("about something in another audience", |world, _| {
        let parent = world.mallory.create(&Audience::Home, &profile());
        let answer = Rsvp { answer: RsvpAnswer::Yes, note: None }.into();
        let at = world.mallory.create_as(&world.everyone, &answer, |create| create.about = Some(parent));
        refused(at, Refusal::OtherAudience)
    }),
    ("about and to what isn't there", |world, honest| {
        let mut nowhere = honest.celebration;
        nowhere.check = [9; 8];
        let (answer, by) = (Rsvp { answer: RsvpAnswer::Yes, note: None }.into(), world.mallory.device());
        let answer = world.mallory.create_as(&world.everyone, &answer, |create| create.about = Some(nowhere));
        let change = world.mallory.edit(&world.everyone, nowhere, &honest.celebration_header, &by);
        let erase = world.mallory.erase(&world.everyone, nowhere);
        let mut bad: Bad = [answer, change].map(|at| (at, HELD(Hold::MissingRecord))).into();
        bad.extend(refused(erase, Refusal::NotAWriter));
        bad
    }),
    ("in the place of another's words", |world, honest| {
        let id_key = id_key(&world.marta.salt_at(&honest.note));
        let seen = vec![(world.marta.device(), u64::MAX >> 16)];
        let replaces = Replaces { first: honest.note, id_key, seen };
        let body = a_note(world.lena.member);
        let at = world.mallory.create_as(&world.everyone, &body, |create| create.replaces = Some(replaces));
        refused(at, Refusal::BadReplacement)
    }),
    ("a change that builds on nothing here", |world, honest| {
        let by = world.mallory.device();
        let other = world.mallory.header(&a_celebration());
        let at = world.mallory.edit(&world.everyone, honest.celebration, &other, &by);
        vec![(at, HELD(Hold::MissingDependency))]
    }),
    ("all numbers at their highest", |world, _| {
        let ranges = vec![(0, u64::MAX), (u64::MAX, 0), (1, 1)];
        let positions = vec![(world.marta.device(), ranges.clone()), (world.mallory.device(), ranges)];
        let note = world.mallory.create(&world.everyone, &a_note(world.lena.member));
        let erase = Erase { records: vec![note], positions };
        let erase = world.mallory.op(&world.everyone, Op::Erase(erase));
        let extreme = world.mallory.create_as(&world.everyone, &a_celebration(), |create| {
            (create.wall, create.schema) = (i64::MAX, 1);
            create.expires_on = Some(kinweave_core::model::Date::MAX);
        });
        let low = world.mallory.create_as(&world.everyone, &a_celebration(), |create| {
            create.wall = i64::MIN;
            create.expires_on = Some(kinweave_core::model::Date::MIN);
        });
        let mut bad: Bad = [erase, extreme, low].map(|at| (at, EntryState::Accepted)).into();
        bad.push((note, EntryState::Erased));
        bad
    }),
    ("an erase of none and of two", |world, _| {
        let notes = [(); 2].map(|()| world.mallory.create(&world.everyone, &a_note(world.lena.member)));
        let erases = [vec![], notes.into()].map(|records| Erase { records, positions: vec![] });
        let erases = erases.map(|erase| world.mallory.op(&world.everyone, Op::Erase(erase)));
        let mut bad: Bad = notes.map(|at| (at, EntryState::Accepted)).into();
        bad.extend(erases.map(|at| (at, HELD(Hold::LaterOp))));
        bad
    }),
    ("about, in and of what is no beginning of a record", |world, _| {
        let (everyone, by) = (world.everyone.clone(), world.mallory.device());
        let header = world.mallory.header(&a_celebration());
        let celebration = world.mallory.create(&everyone, &a_celebration());
        let change = world.mallory.edit(&everyone, celebration, &header, &by);
        let (note, words) = (a_note(world.lena.member), world.mallory.header(&a_note(world.lena.member)));
        let first = world.mallory.create(&everyone, &note);
        let id_key = id_key(&world.mallory.salt_at(&first));
        let replaces = Replaces { first, id_key, seen: vec![(by, first.position.number)] };
        let newer = world.mallory.create_as(&everyone, &note, |create| create.replaces = Some(replaces));
        let mut bad: Bad = [celebration, change, newer].map(|at| (at, EntryState::Accepted)).into();
        let answer = Rsvp { answer: RsvpAnswer::Yes, note: None }.into();
        for within in [change, newer] {
            let child = world.mallory.create_as(&everyone, &answer, |create| create.about = Some(within));
            let edit = world.mallory.edit(&everyone, within, &words, &by);
            let moved = world.mallory.op(&everyone, Op::Moved { from: within, to: within });
            let erase = world.mallory.erase(&everyone, within);
            bad.extend([child, edit, moved, erase].map(|at| (at, HELD(Hold::MissingRecord))));
        }
        bad
    }),
    ("an open of another circle", |world, _| {
        let mut open = Open::of(world.mallory.circle, &world.everyone);
        open.circle = CircleId::from_bytes([9; 32]);
        let body = EntryBody { tick: 1, op: Op::Open(open) }.encode();
        refused(world.mallory.bytes(&world.everyone, body), Refusal::WrongOpen)
    }),
];

/// An uncompressed change of one column, whose one run says how many times 1 comes: 2⁴⁰.
fn a_claim_of_2_to_the_40(by: &Forger) -> Vec<u8> {
    let honest = by.header(&a_celebration()).change;
    // No dependencies, then the actor with its length.
    let body = if honest[1] < 0x80 { &honest[2..] } else { &honest[3..] };
    let actor = &body[1..2 + usize::from(body[1])];
    let mut data = vec![0];
    data.extend(actor);
    // Number and first operation 1; no time, no message, no other actor; one column of actions, seven bytes long.
    data.extend([1, 1, 0, 0, 0, 1, 0x42, 7, 0x80, 0x80, 0x80, 0x80, 0x80, 0x20, 1]);
    [vec![1, u8::try_from(data.len()).expect("short")], data].concat()
}
