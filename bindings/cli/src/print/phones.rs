//! Phones: whose they are, what they were last known to hold, and meetings.

use std::net::SocketAddr;

use kinweave_core::app::{AppAge, Device, Meeting, NearbyPhone, PeerStatus, SecondCopy};
use kinweave_core::model::{Date, Now};

use super::Names;
use crate::layout::Table;
use crate::screen;
use crate::words::{date_words, domain, say};

pub fn devices(devices: &[Device], names: &Names) -> String {
    let mut table = Table::new();
    for device in devices {
        let mut about: Vec<_> = device.nickname.clone().into_iter().collect();
        about.extend(device.is_this.then(|| say("phones.this", &[])));
        table.row([device.device.short(), names.of(&device.member), about.join(" · ")]);
    }
    table.lines(0, screen::current().width).join("\n")
}

/// What is truly known of each phone: going by its own last word, and when that was.
pub fn status(peers: &[PeerStatus], devices: &[Device], names: &Names, now: Now) -> String {
    if peers.is_empty() {
        return say("phones.none", &[]);
    }
    let mut table = Table::new();
    for peer in peers {
        let nickname = devices.iter().find(|device| device.device == peer.device).and_then(|it| it.nickname.clone());
        let name = nickname.map_or_else(|| names.of(&peer.member), |it| format!("{} · {it}", names.of(&peer.member)));
        table.row([peer.device.short(), name, standing(peer, now)]);
    }
    table.lines(0, screen::current().width).join("\n")
}

fn standing(peer: &PeerStatus, now: Now) -> String {
    let Some(when) = peer.compared_at_ms else {
        return domain("sync.not_seen_yet", &[]).unwrap_or_default();
    };
    let date = ago(when, now);
    let sum = |count: fn(&kinweave_core::app::AudienceStatus) -> u64| peer.audiences.iter().map(count).sum::<u64>();
    let (ahead, behind) = (sum(|audience| audience.ahead), sum(|audience| audience.behind));
    let counted = |count: u64, key: &str| (count > 0).then(|| say(key, &[("count", &count.to_string())]));
    let open: Vec<_> =
        [counted(ahead, "phones.ahead"), counted(behind, "phones.behind")].into_iter().flatten().collect();
    if open.is_empty() {
        return age(peer, say("phones.up_to_date", &[("date", &date)]));
    }
    age(peer, format!("{} {}", open.join(", "), say("phones.going_by", &[("date", &date)])))
}

/// That there is a second copy of this phone, and what can be done; empty where there is none.
pub fn second_copy(second_copy: Option<SecondCopy>) -> String {
    let line = |it: SecondCopy| format!("\n\n{}", say("phones.second_copy", &[("date", &date_words(it.noticed_on))]));
    second_copy.map(line).unwrap_or_default()
}

/// The same, and whether one of the two apps should be updated.
fn age(peer: &PeerStatus, standing: String) -> String {
    match peer.app {
        Some(AppAge::Older) => format!("{standing} · {}", say("phones.older", &[])),
        Some(AppAge::Newer) => format!("{standing} · {}", say("phones.newer", &[])),
        _ => standing,
    }
}

/// Today, yesterday, or the date.
fn ago(unix_ms: i64, now: Now) -> String {
    let time = now.zone.local(unix_ms);
    let date: Date = time.date();
    let hour = time.format("%H:%M").to_string();
    match (now.today() - date).num_days() {
        0 => say("phones.today_at", &[("hour", &hour)]),
        1 => say("phones.yesterday_at", &[("hour", &hour)]),
        _ => date_words(date),
    }
}

pub fn listening(address: SocketAddr, reached: SocketAddr, is_seen: bool) -> String {
    let text = say("phones.listening", &[("address", &address.to_string()), ("reached", &reached.to_string())]);
    if is_seen { format!("{text}\n{}", say("phones.seen", &[])) } else { text }
}

pub fn nearby(phones: &[NearbyPhone], names: &Names) -> String {
    if phones.is_empty() {
        return say("phones.nobody_nearby", &[]);
    }
    let mut table = Table::new();
    for phone in phones {
        let state = if phone.is_connected { say("phones.connected", &[]) } else { phone.address.to_string() };
        table.row([phone.device.short(), names.of(&phone.member), state]);
    }
    table.lines(0, screen::current().width).join("\n")
}

pub fn meeting(meeting: &Meeting, names: &Names) -> String {
    let key = if meeting.equal { "phones.met" } else { "phones.met_partly" };
    let number = |count: u64| count.to_string();
    say(
        key,
        &[
            ("name", &names.of(&meeting.member)),
            ("sent", &number(meeting.bytes_sent)),
            ("received", &number(meeting.bytes_received)),
            ("milliseconds", &number(meeting.duration_ms)),
        ],
    )
}
