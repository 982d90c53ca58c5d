//! Two versions of the app in one family, over real sockets: today's core and tomorrow's, which knows a kind more, a field
//! more, and a newer version of a kind. Nothing is lost, and both phones tell the truth.

use std::io::{Read, Write};
use std::net::TcpListener;

use kinweave_core::app::{AppAge, Error, Held, SetAsideReason};
use kinweave_core::channel::{Channel, ChannelEvent, Responder};
use kinweave_core::model::{Body, DeviceKey, Role};
use kinweave_tests::phone::{Phone, new_york};
use kinweave_tests::tomorrow;
use kinweave_tests::wire::{RawSession, hello_of, keys_of_seed, message, tag};
use kinweave_tomorrow::app as later_app;
use kinweave_tomorrow::model as later;
use later::kinds::{Celebration, Encouragement, Song};

const DAY: &str = "2026-02-09T10:00";
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(20);

/// Lets somebody with tomorrow's app in. The four words are the same on both.
fn let_in(inviter: &Phone, newcomer: &tomorrow::phone::Phone, name: &str) {
    use kinweave_core::app::PairingStep;
    use later_app::PairingStep as Later;
    let invitation = kinweave_core::app::Invitation::NewMember { role: Role::Member, guardian: None };
    let inviting = inviter.home.invite(invitation, "127.0.0.1:0".parse().unwrap()).unwrap();
    let joining = newcomer.home.join(&inviting.code().unwrap(), name).unwrap();
    let PairingStep::Words(here) = inviting.next(PATIENCE).unwrap() else { panic!("words come first") };
    let Later::Words(there) = joining.next(PATIENCE).unwrap() else { panic!("words come first") };
    assert_eq!(here, there);
    inviting.confirm_words(true).unwrap();
    joining.confirm_words(true).unwrap();
    assert!(matches!(joining.next(PATIENCE), Ok(Later::Here(_))));
    joining.accept().unwrap();
    assert!(matches!(joining.next(PATIENCE), Ok(Later::Done(_))));
    assert!(matches!(inviting.next(PATIENCE), Ok(PairingStep::Done(_))));
}

/// Tomorrow's phone dials today's.
fn meet(tomorrow: &tomorrow::phone::Phone, today: &mut Phone) {
    let device = later::DeviceKey::from_bytes(*today.device().as_bytes());
    assert!(tomorrow.home.meet(device, Some(today.address())).unwrap().equal);
}

fn today_key(phone: &tomorrow::phone::Phone) -> DeviceKey {
    DeviceKey::from_bytes(*phone.device().as_bytes())
}

/// Marta and Lena have today's app, Dani and Tomás tomorrow's. Dani has written a song, a dinner with music, and a note of
/// a newer sort; Marta's phone has met Dani's.
struct Family {
    m1: Phone,
    l1: Phone,
    d1: tomorrow::phone::Phone,
    t1: tomorrow::phone::Phone,
}

impl Family {
    fn new() -> Self {
        let [mut m1, mut l1] = [1, 2].map(|seed| Phone::new(seed, new_york(DAY)));
        let [d1, t1] = [3, 4].map(|seed| tomorrow::phone::Phone::new(seed, tomorrow::phone::new_york(DAY)));
        m1.home.create_circle("Reyes", "Marta").unwrap();
        m1.invite(&l1, "Lena", Role::Member, None);
        let_in(&m1, &d1, "Dani");
        let_in(&m1, &t1, "Tomás");
        m1.meet(&mut l1);
        meet(&d1, &mut m1);
        let song = Song { title: "Las mañanitas".to_owned(), sung_on: "2026-02-14".parse().unwrap() };
        d1.home.add(later_app::NewRecord::new(song)).unwrap();
        let dinner = Celebration { music: Some("La Bamba".to_owned()), ..Celebration::idea("family_dinner_outing") };
        d1.home.add(later_app::NewRecord::new(dinner)).unwrap();
        let note = Encouragement {
            to: Default::default(),
            text: "In words of tomorrow.".to_owned(),
            encouragement_kind: Default::default(),
            open_on: None,
            link: None,
        };
        d1.home.add(later_app::NewRecord::new(note)).unwrap();
        meet(&d1, &mut m1);
        Self { m1, l1, d1, t1 }
    }
}

/// What today's app can show of it, and what it says of the rest.
fn tells_the_truth(phone: &Phone) {
    let song = phone.only("song");
    let Body::Unknown { kind, fields } = &song.body else { panic!("a kind of tomorrow") };
    assert_eq!((kind.as_str(), fields["title"].as_str()), ("song", Some("Las mañanitas")));
    phone.only("celebration");
    assert!(phone.all("encouragement").is_empty(), "a newer version of a kind isn't guessed at");
    let held = Held { for_a_newer_app: 1, shown_in_part: 2, waiting: 0, refused: 0 };
    assert_eq!(phone.home.held().unwrap(), held);
    let told = phone.home.set_aside().unwrap();
    let reasons: Vec<_> = told.iter().map(|one| (one.reason, one.entries, one.verdict.as_str())).collect();
    assert_eq!(reasons, [(SetAsideReason::NeedsNewerApp, 1, "later_schema")]);
    assert_eq!(phone.home.check().unwrap(), Vec::<String>::new());
}

#[test]
fn a_newer_phone_s_words_are_kept_passed_on_and_lost_nowhere() {
    let Family { mut m1, mut l1, d1, t1 } = Family::new();
    tells_the_truth(&m1);
    let app_of = |phone: &Phone, device| {
        let status = phone.home.status().unwrap();
        status.into_iter().find(|peer| peer.device == device).unwrap().app
    };
    assert_eq!(app_of(&m1, today_key(&d1)), Some(AppAge::Newer));
    assert_eq!(app_of(&m1, l1.device()), Some(AppAge::Same));
    let status = d1.home.status().unwrap();
    let marta = status.iter().find(|peer| peer.device.as_bytes() == m1.device().as_bytes()).unwrap();
    assert_eq!(marta.app, Some(later_app::AppAge::Older));
    assert_eq!(d1.home.held().unwrap(), later_app::Held::default());
    // Lena's phone never meets Dani's, and edits what it can only show in part.
    m1.meet(&mut l1);
    tells_the_truth(&l1);
    l1.edit(&l1.only("celebration"), &[("place", "Nonna's kitchen")]);
    m1.edit(&m1.only("celebration"), &[("cost_note", "Tomás pays")]);
    // Somebody with a newer app gets all of it from hers, and the music still plays.
    meet(&t1, &mut l1);
    m1.meet(&mut l1);
    meet(&t1, &mut l1);
    meet(&d1, &mut m1);
    for phone in [&d1, &t1] {
        let later::Body::Song(song) = phone.only("song").body else { panic!("a song") };
        assert_eq!(song.title, "Las mañanitas");
        let dinner = phone.only("celebration").body.to_fields();
        assert_eq!(dinner["music"], "La Bamba");
        assert_eq!((&dinner["place"], &dinner["cost_note"]), (&"Nonna's kitchen".into(), &"Tomás pays".into()));
        assert_eq!(phone.only("encouragement").body.to_fields()["text"], "In words of tomorrow.");
    }
    let sets = |phone: &tomorrow::phone::Phone| {
        let dump = phone.home.dump().unwrap();
        dump.into_iter().filter(|it| it.audience.tag.as_str() == "set").collect::<Vec<_>>()
    };
    assert_eq!(sets(&d1), sets(&t1));
}

#[test]
fn what_waited_for_a_newer_app_counts_as_soon_as_the_app_is_updated() {
    let Family { m1, d1, .. } = Family::new();
    tells_the_truth(&m1);
    m1.home.close().unwrap();
    let clock = later_app::SettableClock::new(tomorrow::phone::new_york(DAY));
    let system = later_app::System::with_clock(clock);
    let updated = later_app::Kinweave::open(&m1.directory, &m1.key, system).unwrap();
    assert_eq!(updated.held().unwrap(), later_app::Held::default());
    let shown = updated.list(&later_app::ListQuery::default()).unwrap().records;
    let song = shown.iter().find(|record| record.kind == "song").unwrap();
    assert_eq!(song.date, Some("2026-02-14".parse().unwrap()), "listed by its own date now");
    assert!(matches!(song.body, later::Body::Song(_)));
    assert!(shown.iter().any(|record| record.body.to_fields().get("text") == Some(&"In words of tomorrow.".into())));
    assert_eq!(updated.check().unwrap(), Vec::<String>::new());
    let rows = |dump: Vec<later_app::AudienceDump>| {
        let sets = dump.into_iter().filter(|it| it.audience.tag.as_str() == "set");
        sets.map(|it| (it.entries, it.rows)).collect::<Vec<_>>()
    };
    assert_eq!(rows(updated.dump().unwrap()), rows(d1.home.dump().unwrap()), "as on the phone that wrote it");
    updated.close().unwrap();
    // Whoever goes back to the older app is where they were.
    let clock = kinweave_core::app::SettableClock::new(new_york(DAY));
    let system = kinweave_core::app::System::with_clock(clock);
    let home = kinweave_core::app::Kinweave::open(&m1.directory, &m1.key, system).unwrap();
    assert_eq!(home.held().unwrap(), Held { for_a_newer_app: 1, shown_in_part: 2, waiting: 0, refused: 0 });
    assert_eq!(home.check().unwrap(), Vec::<String>::new());
}

#[test]
fn phones_without_a_common_version_tell_each_other_so_and_lose_nothing() {
    let [mut m1, l1] = [1, 2].map(|seed| Phone::new(seed, new_york(DAY)));
    m1.home.create_circle("Reyes", "Marta").unwrap();
    m1.invite(&l1, "Lena", Role::Member, None);
    l1.meet(&mut m1);
    let before = m1.home.dump().unwrap();
    // Lena's next app, which speaks version 9 alone, dials: it hears what Marta's speaks, and then a goodbye.
    let marta = keys_of_seed(1).1.public();
    let mut lena = RawSession::dial(m1.address(), 2, &marta, [7; 32]);
    let hello = lena.hello_offering(&[9], 9);
    let digest = |scope: u8| message(tag::DIGEST, &(scope, 0_u32, [scope; 32]));
    lena.send(&[hello, digest(0), digest(1)]);
    let answer = lena.hear();
    assert_eq!(&answer[0][..3], &[tag::HELLO, 1, 1], "one version is offered, and it is 1");
    while !lena.hear().is_empty() {}
    // And is dialled.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let answering = std::thread::spawn(move || {
        let (key, noise) = keys_of_seed(2);
        let mut channel = Channel::accept(Responder { session_key: &noise, pairing: &[] }, [8; 32]);
        let (mut stream, _) = listener.accept().unwrap();
        let mut chunk = vec![0; 65_536];
        let (mut channel_hash, mut answered) = ([0; 32], false);
        while let Ok(count @ 1..) = stream.read(&mut chunk) {
            for event in channel.receive(&chunk[..count]).unwrap() {
                match event {
                    ChannelEvent::Established { handshake_hash, .. } => channel_hash = handshake_hash,
                    ChannelEvent::Message(_) if !answered => {
                        answered = true;
                        channel.send(&hello_of(&key, &channel_hash, 1, &[9], 9)).unwrap();
                    }
                    ChannelEvent::Message(_) => {}
                }
            }
            stream.write_all(&channel.take_output()).unwrap();
        }
    });
    assert_eq!(m1.home.meet(l1.device(), Some(address)).unwrap_err(), Error::Incompatible);
    answering.join().unwrap();
    assert_eq!(m1.home.dump().unwrap(), before);
    l1.meet(&mut m1);
}
