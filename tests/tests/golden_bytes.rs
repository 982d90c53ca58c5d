//! The golden bytes of core/PROTOCOL.md, recomputed from fixed inputs. `KINWEAVE_BLESS=1` writes them anew.
//!
//! A block that opens with three backticks and `golden NAME` belongs to the function of that name here. Changing a byte of
//! one is changing the protocol: phones in the wild can't be updated together.

use std::fs;
use std::path::PathBuf;

use kinweave_core::channel::{Channel, ChannelEvent, PairingAnswer, Responder};
use kinweave_core::documents::{Document, actor_of, inspect};
use kinweave_core::identity::words::four_words;
use kinweave_core::identity::{
    Accept, Admitted, Here, HereAs, Inviter, Newcomer, PairingCode, PersonHere, Purpose, Step, terms_hash,
};
use kinweave_core::model::entry::{commitment, entry_hash, genesis};
use kinweave_core::model::hash::hash;
use kinweave_core::model::kind::KindSpec;
use kinweave_core::model::kinds::{Celebration, Encouragement, EncouragementKind, SPECS, spec};
use kinweave_core::model::op::{
    Change, Create, EntryBody, Erase, Fork, Limit, Op, Open, Replaces, Writers, id_key, record_id,
};
use kinweave_core::model::roster_event::{Admit, DeviceAdd, Fact, RosterEvent, Seen, pop_hash};
use kinweave_core::model::vector::digest;
use kinweave_core::model::{AgeBand, Audience, Body, EntryHash, FeedId, Head, RecordRef, Role, Vector};
use kinweave_tests::golden::{Block, World};

fn ids() -> Block {
    let world = World::new();
    let mut block = Block::default();
    let [marta, dani] = world.members();
    block.hex("marta sign_key", world.marta.sign.device().as_bytes());
    block.hex("marta noise_key", world.marta.noise.public().as_bytes());
    block.hex("marta", marta.as_bytes());
    block.hex("dani", dani.as_bytes());
    block.hex("circle", world.circle.as_bytes());
    let audiences = [
        ("set(marta, dani)", world.set()),
        ("home", Audience::Home),
        ("home_adults", Audience::HomeAdults),
        ("roster", Audience::Roster),
        ("keys(marta)", Audience::Keys(marta)),
        ("me(marta)", Audience::Me(marta)),
        ("journal(marta)", Audience::Journal(marta)),
    ];
    for (name, audience) in audiences {
        block.hex(name, audience.id(&world.circle).as_bytes());
    }
    let feed = FeedId::of(&world.circle, &world.marta.sign.device(), &world.set_id());
    block.hex("feed", feed.as_bytes());
    block.hex("actor", actor_of(&world.marta.sign.device()).as_bytes());
    block
}

/// One body of each op, in one feed.
fn entries() -> Block {
    let world = World::new();
    let (mut document, create) = world.dinner();
    let heads = document.heads();
    let actor = actor_of(&world.marta.sign.device());
    let moved_to = Celebration { place: Some("Luigi's".to_owned()), ..Celebration::idea("family_dinner_outing") };
    let change = document.edit(spec("celebration"), &heads, &Body::from(moved_to).to_fields(), actor).unwrap().unwrap();
    let words = Encouragement {
        to: [world.members()[1]].into(),
        text: "I am proud of you.".to_owned(),
        encouragement_kind: EncouragementKind::Encouragement,
        open_on: Some("2026-02-14".parse().unwrap()),
        link: None,
    };
    let (_, words) = Document::create(spec("encouragement"), &Body::from(words).to_fields(), actor).unwrap();
    let device = world.marta.sign.device();
    let create_of = |kind: &str, writers, subject, replaces, change| Create {
        kind: kind.to_owned(),
        schema: 1,
        writers,
        subject,
        wall: 29_513_520,
        expires_on: None,
        about: None,
        replaces,
        change,
    };
    let replaces = Replaces { first: world.reference(9), id_key: id_key(&[9; 16]), seen: vec![(device, 9)] };
    let marta = world.members()[0];
    let erase = Erase { records: vec![world.reference(2)], positions: vec![(device, vec![(2, 3)])] };
    let wider = RecordRef { audience: Audience::set([marta]).id(&world.circle), ..world.reference(2) };
    let limit = Limit { closing: world.reference(3), device, number: 64, hash: EntryHash::from_bytes([0xaa; 32]) };
    let [a, b] = [0xaa, 0xbb].map(|byte| EntryHash::from_bytes([byte; 32]));
    let ops = [
        ("open", Op::Open(Open::of(world.circle, &world.set()))),
        ("create", Op::Create(create_of("celebration", Writers::Audience, None, None, create))),
        ("change", Op::Change(Change { record: world.reference(2), change })),
        ("create with replaces", {
            Op::Create(create_of("encouragement", Writers::Author, Some(marta), Some(replaces), words))
        }),
        ("erase", Op::Erase(erase)),
        ("moved", Op::Moved { from: world.reference(2), to: wider }),
        ("limit", Op::limit(&limit)),
        ("fork", Op::fork(&Fork { device, number: 64, a, b })),
    ];
    let feed = FeedId::of(&world.circle, &device, &world.set_id());
    let mut block = Block::default();
    let mut previous = genesis(&feed);
    for (number, (name, op)) in (1..).zip(ops) {
        let body = EntryBody { tick: number + 199, op }.encode();
        let salt = [number as u8; 16];
        let commitment = commitment(&salt, &body);
        previous = entry_hash(&feed, number, &previous, &commitment);
        block.line(&format!("# entry {number}: {name}"));
        block.hex("body", &body);
        block.hex("commitment", commitment.as_bytes());
        block.hex("entry_hash", previous.as_bytes());
        block.hex("signature", world.marta.sign.sign(Purpose::Entry, previous.as_bytes()).as_bytes());
    }
    block
}

/// What else hangs on an entry: names of records, and the digest of a vector.
fn names() -> Block {
    let world = World::new();
    let device = world.marta.sign.device();
    let feed = FeedId::of(&world.circle, &device, &world.set_id());
    let mut block = Block::default();
    block.hex("id_key", &id_key(&[2; 16]));
    block.hex("record id", record_id(&feed, 2, &id_key(&[2; 16])).as_bytes());
    let head = Head { number: 2, hash: EntryHash::from_bytes([0xee; 32]) };
    let vector = Vector::from([(device, head)]);
    block.hex("digest of nothing", &digest([]));
    block.hex("digest of one head", &digest([(&world.set_id(), &vector)]));
    block.hex("done", &hash("done", &[&digest([]), &digest([(&world.set_id(), &vector)])]));
    let (_, change) = world.dinner();
    block.hex("change of entry 2", &change);
    block.hex("its hash", &inspect(&change).unwrap().hash);
    block
}

/// The rules of every kind.
fn kinds() -> Block {
    let mut block = Block::default();
    for spec in SPECS {
        let KindSpec { name, schema, writers, subject, young, audience, retention, about, fields } = spec;
        let rules =
            format!("schema={schema} writers={writers:?} subject={subject:?} young={young:?} placement={audience:?}");
        block.text(name, &format!("{rules} retention={retention:?} about={about:?}"));
        let fields: Vec<_> = fields.iter().map(|field| format!("{}:{:?}", field.name, field.merge)).collect();
        fields.chunks(5).for_each(|line| block.line(&format!("  {}", line.join(" "))));
    }
    block
}

/// One event of each sort, as the payload of an `event` op.
fn events() -> Block {
    let world = World::new();
    let [marta, dani] = world.members();
    let handshake_hash = [0x55; 32];
    let keys = world.tablet.keys();
    let pop_hash = pop_hash(&world.circle, &marta, &keys, &handshake_hash);
    let pop = world.tablet.sign.sign(Purpose::Possession, &pop_hash);
    let admit = Admit {
        member: dani,
        role: Role::YoungMember(AgeBand::From13To17),
        approvers: vec![],
        guardian: Some(marta),
        continues: None,
    };
    let [added, admitted] = [0xdd, 0xad].map(|byte| EntryHash::from_bytes([byte; 32]));
    let facts = [
        ("member_start", Fact::MemberStart(world.start)),
        ("device_add", Fact::DeviceAdd(DeviceAdd { keys, handshake_hash, pop })),
        ("device_confirm", Fact::DeviceConfirm(added)),
        ("found", Fact::Found(world.found)),
        ("admit", Fact::Admit(admit)),
        ("accept", Fact::Accept { admit: admitted, terms: terms_hash() }),
        ("approve", Fact::Approve(admitted)),
        ("ask_me", Fact::AskMe(true)),
    ];
    let device = world.marta.sign.device();
    let mut block = Block::default();
    block.hex("pop hash", &pop_hash);
    for (name, fact) in facts {
        let seen = match fact {
            Fact::Admit(_) => Seen { keys: vec![(device, 3)], roster: vec![(device, 2)] },
            _ => Seen::default(),
        };
        block.hex(name, &RosterEvent { seen, fact }.encode());
    }
    block
}

/// The code, the words, and every message of a pairing.
fn pairing() -> Block {
    let world = World::new();
    let mut block = Block::default();
    let addresses = vec!["192.168.1.20:47000".parse().unwrap(), "[fe80::1]:47000".parse().unwrap()];
    let code = PairingCode { addresses, secret: [0x5a; 16] };
    block.text("code", &code.to_text());
    block.hex("psk", &code.psk());
    let hash_of_handshake = [0x55; 32];
    block.text("words", &four_words(&hash_of_handshake, &[0x61; 16], &[0x62; 16]).join(" "));
    block.hex("terms", &terms_hash());
    let marta = world.members()[0];
    let here = Here {
        circle: world.circle,
        circle_name: "Reyes".to_owned(),
        invitation: HereAs::NewMember { role: Role::Member, guardian: None },
        people: vec![PersonHere { member: marta, name: "Marta".to_owned(), role: Role::Member }],
        terms: terms_hash(),
        inviter: marta,
        inviter_keys: world.marta.keys(),
    };
    let (inviter_noise, own) = (world.marta.noise.public(), world.dani.noise.public());
    let mut inviter = Inviter::new(hash_of_handshake, own, [0x61; 16], here);
    let mut newcomer = Newcomer::new(hash_of_handshake, inviter_noise, own, [0x62; 16]);
    let sent = |steps: Vec<Step>| {
        steps.into_iter().filter_map(|step| if let Step::Send(message) = step { Some(message) } else { None })
    };
    let mut say = |name: &str, steps: Vec<Step>| {
        let message = sent(steps).next().unwrap();
        block.hex(name, &message);
        message
    };
    assert_eq!(newcomer.start().unwrap(), []);
    let commit = say("1 Commit", inviter.start().unwrap());
    let nonce = say("2 Nonce", newcomer.receive(&commit).unwrap());
    let reveal = say("3 Reveal", inviter.receive(&nonce).unwrap());
    newcomer.receive(&reveal).unwrap();
    let same = say("4 Match", newcomer.confirm_words(true).unwrap());
    inviter.receive(&same).unwrap();
    let mut steps = inviter.confirm_words(true).unwrap();
    newcomer.receive(&same).unwrap();
    let here = say("5 Here", steps.split_off(1));
    newcomer.receive(&here).unwrap();
    let accept = say("6 Accept (member)", newcomer.accept(Accept::Member(world.dani_start)).unwrap());
    inviter.receive(&accept).unwrap();
    let admitted = Admitted { admit: EntryHash::from_bytes([0xad; 32]), proof: vec![0] };
    say("7 Admitted (no runs)", inviter.admitted(admitted).unwrap());
    say("8 Abort (refused)", newcomer.refuse().unwrap());
    block
}

/// Both handshakes and the first frame after each.
fn channel() -> Block {
    let world = World::new();
    let mut block = Block::default();
    let psk = PairingCode { addresses: vec![], secret: [0x5a; 16] }.psk();
    for (byte, name) in [(0x71, "initiator"), (0x72, "responder")] {
        block.hex(&format!("{name} ephemeral"), &hash("noise rng", &[&[byte; 32], &0_u64.to_be_bytes()]));
    }
    let (dani, marta) = (&world.dani.noise, &world.marta.noise);
    let ends = [
        ("pairing", Channel::initiate_pairing(dani, psk, [0x71; 32]).unwrap()),
        ("session", Channel::initiate_session(dani, &marta.public(), [0x71; 32]).unwrap()),
    ];
    for (name, mut initiator) in ends {
        let answers = [PairingAnswer { static_key: marta, psk }];
        let mut responder = Channel::accept(Responder { session_key: marta, pairing: &answers }, [0x72; 32]);
        let mut told = Vec::new();
        for number in 1.. {
            let from_initiator = number % 2 == 1;
            let (from, to) =
                if from_initiator { (&mut initiator, &mut responder) } else { (&mut responder, &mut initiator) };
            let bytes = from.take_output();
            if bytes.is_empty() {
                break;
            }
            block.hex(&format!("{name} {number}"), &bytes);
            told.extend(to.receive(&bytes).unwrap());
        }
        initiator.send(b"hello").unwrap();
        let frame = initiator.take_output();
        told.extend(responder.receive(&frame).unwrap());
        let handshake_hashes: Vec<_> = told
            .iter()
            .filter_map(|event| match event {
                ChannelEvent::Established { handshake_hash, .. } => Some(*handshake_hash),
                ChannelEvent::Message(_) => None,
            })
            .collect();
        assert_eq!(handshake_hashes.len(), 2);
        assert_eq!(handshake_hashes[0], handshake_hashes[1]);
        assert_eq!(told.last(), Some(&ChannelEvent::Message(b"hello".to_vec())));
        block.hex(&format!("{name} hash"), &handshake_hashes[0]);
        block.hex(&format!("{name} frame"), &frame);
        let transcript = hash("hello", &[&handshake_hashes[0], &[0]]);
        if name == "session" {
            block.hex("hello transcript", &transcript);
            block.hex("hello signature", world.dani.sign.sign(Purpose::Hello, &transcript).as_bytes());
        }
    }
    block
}

/// The session messages, which the core itself recomputes: here only that the page shows the same.
fn session_messages() -> Block {
    Block::of(fs::read_to_string(core().join("golden/session_messages.txt")).unwrap())
}

/// A name and the function that computes its block.
type Golden = (&'static str, fn() -> Block);

const BLOCKS: [Golden; 8] = [
    ("ids", ids),
    ("entries", entries),
    ("names", names),
    ("kinds", kinds),
    ("events", events),
    ("pairing", pairing),
    ("channel", channel),
    ("session_messages", session_messages),
];

fn core() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../core")
}

/// Where the block's text begins and ends in the page.
fn place(page: &str, name: &str) -> (usize, usize) {
    let fence = format!("```golden {name}\n");
    let start = page.find(&fence).unwrap_or_else(|| panic!("no block {name}")) + fence.len();
    (start, start + page[start..].find("```").unwrap())
}

#[test]
fn the_golden_bytes_of_the_protocol_page_are_what_this_version_writes() {
    let path = core().join("PROTOCOL.md");
    let mut page = fs::read_to_string(&path).unwrap();
    let bless = std::env::var_os("KINWEAVE_BLESS").is_some();
    for (name, block) in BLOCKS {
        let computed = block().into_text();
        let (start, end) = place(&page, name);
        if bless {
            page.replace_range(start..end, &computed);
        } else {
            assert_eq!(page[start..end], computed, "block {name}");
        }
    }
    if bless {
        fs::write(path, page).unwrap();
    }
}
