//! Phones that see each other: whose they are, how they are met, and what strangers on the same network can do.

use std::net::TcpStream;
use std::sync::Arc;
use std::sync::mpsc::sync_channel;
use std::time::Duration;

use kinweave_core::app::{Error, NewRecord, ShareWith, Sighting};
use kinweave_core::model::Role;
use kinweave_core::model::kinds::Encouragement;
use kinweave_tests::air::Air;
use kinweave_tests::phone::{Phone, new_york};

const PATIENCE: Duration = Duration::from_secs(20);

fn a_note() -> Encouragement {
    let text = "On my way.".to_owned();
    Encouragement { to: [].into(), text, encouragement_kind: Default::default(), open_on: None, link: None }
}

/// Marta and Dani, who have met once; Marta listens where others can reach her.
fn a_family() -> (Phone, Phone) {
    let [mut marta, dani] = [1, 2].map(|seed| Phone::new(seed, new_york("2026-02-10T10:00")));
    marta.home.create_circle("Reyes", "Marta").unwrap();
    marta.invite(&dani, "Dani", Role::Member, None);
    marta.home.stop_listening().unwrap();
    marta.home.listen("0.0.0.0:0".parse().unwrap()).unwrap();
    (marta, dani)
}

#[test]
fn a_phone_of_the_circle_is_known_and_met_without_an_address_and_a_stranger_s_is_not() {
    let (marta, dani) = a_family();
    let air = Air::default();
    let [mut other, newcomer] = [3, 4].map(|seed| Phone::new(seed, new_york("2026-02-10T10:00")));
    other.home.create_circle("Others", "Somebody").unwrap();
    other.invite(&newcomer, "Else", Role::Member, None);
    other.home.stop_listening().unwrap();
    other.home.listen("0.0.0.0:0".parse().unwrap()).unwrap();
    for phone in [&marta, &other, &dani] {
        phone.home.discover(air.antenna()).unwrap();
    }
    let near = dani.home.find_nearby(Some(marta.device()), PATIENCE).unwrap();
    assert_eq!(near.iter().map(|phone| phone.device).collect::<Vec<_>>(), [marta.device()]);
    assert!(dani.home.meet(marta.device(), None).unwrap().equal);
    // Who listens for nobody isn't seen any more.
    marta.home.stop_listening().unwrap();
    assert_eq!(air.past(2).len(), 2, "Marta's and the other's, once each; Dani doesn't listen");
    assert!(matches!(dani.home.discover(Air::default().antenna()), Ok(())));
    assert_eq!(dani.home.nearby().unwrap(), [], "begun anew, on an empty air");
}

#[test]
fn what_is_announced_is_new_every_hour_on_another_network_and_for_another_device() {
    let (mut marta, dani) = a_family();
    let air = Air::default();
    marta.home.discover(air.antenna()).unwrap();
    marta.home.nearby().unwrap();
    assert_eq!(air.past(1).len(), 1);
    marta.clock.set(new_york("2026-02-10T10:59"));
    marta.home.nearby().unwrap();
    for (hour, times) in [("2026-02-10T11:00", 2), ("2026-02-10T09:00", 3)] {
        marta.clock.set(new_york(hour));
        marta.home.nearby().unwrap();
        assert_eq!(air.past(times).len(), times, "{hour}");
    }
    let (changed, wait) = sync_channel(8);
    let tablet = Phone::new(5, new_york("2026-02-10T09:00"));
    marta.home.on_change(Arc::new(move || changed.try_send(()).unwrap_or_default())).unwrap();
    marta.add_device(&tablet);
    wait.recv_timeout(PATIENCE).unwrap();
    marta.home.nearby().unwrap();
    let past = air.past(4);
    assert_eq!(past.len(), 4);
    for (at, one) in past.iter().enumerate() {
        for other in &past[at + 1..] {
            assert!(one.instance != other.instance && one.host != other.host && one.text != other.text);
        }
    }
    drop(dani);
}

#[test]
fn whoever_keeps_in_touch_hears_by_itself_what_the_other_writes() {
    let (marta, dani) = a_family();
    let air = Air::default();
    let (changed, wait) = sync_channel(8);
    dani.home.on_change(Arc::new(move || changed.try_send(()).unwrap_or_default())).unwrap();
    for phone in [&marta, &dani] {
        phone.home.discover(air.antenna()).unwrap();
    }
    dani.home.keep_in_touch().unwrap();
    marta.home.add(NewRecord::new(a_note()).with(ShareWith::Everyone)).unwrap();
    while dani.all("encouragement").is_empty() {
        wait.recv_timeout(PATIENCE).expect("news within a while");
    }
    assert!(dani.home.nearby().unwrap()[0].is_connected);
}

#[test]
fn nothing_on_the_air_can_harm_whoever_looks() {
    let (marta, dani) = a_family();
    let air = Air::default();
    dani.home.discover(air.antenna()).unwrap();
    let odd =
        ["", "00", "é", &"z".repeat(112), &"0".repeat(112), &"0".repeat(208), &"0".repeat(9_999)].map(str::to_owned);
    for number in 0..400 {
        let (instance, text) = (format!("i{number}"), odd[number % odd.len()].clone());
        let addresses = vec!["127.0.0.1:9".parse().unwrap(); 50];
        air.tell(&Sighting::Found { instance, text, addresses });
    }
    assert_eq!(dani.home.nearby().unwrap(), []);
    air.tell(&Sighting::OtherNetwork);
    assert!(matches!(
        dani.home.meet(marta.device(), Some("127.0.0.1:9".parse().unwrap())),
        Err(Error::PeerUnreachable)
    ));
}

#[test]
fn strangers_who_say_nothing_never_keep_a_phone_of_the_circle_out() {
    let (mut marta, dani) = a_family();
    let silent: Vec<_> = (0..100).map(|_| TcpStream::connect(marta.address()).unwrap()).collect();
    assert!(dani.meet(&mut marta).equal);
    assert_eq!(silent.len(), 100);
}
