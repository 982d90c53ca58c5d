//! Phones nearby: announcing this one, knowing the others, and calling them.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::mpsc::{self, SyncSender};
use std::time::Duration;

use super::answers::NearbyPhone;
use super::callbacks::Callbacks;
use super::connection::Stage;
use super::discovery::{Announcement, Discovery, Sighting, SightingSink};
use super::error::Error;
use super::kinweave::Kinweave;
use super::log::Log;
use super::owner::Owner;
use super::ports::Inputs;
use super::sightings::Sightings;
use super::tcp;
use crate::channel::Beacon;
use crate::model::hash::{cut, hash};
use crate::model::limits::{BEACON_MS, REDIAL_MS_MAX, REDIAL_MS_MIN};
use crate::model::{DeviceKey, NoiseKey};
use crate::records::{Entropy, NOWHERE};

impl Kinweave {
    /// Finds phones of the circle on the local network, and lets them find this one while it
    /// [listens](Self::listen). Until [`pause`](Self::pause) or [`close`](Self::close).
    ///
    /// On the air are random bytes that only paired phones can read, new ones every hour and on every network: no name,
    /// no key, no circle. Called again it begins anew. That somebody looks for phones in this way can be seen, and this device's address.
    ///
    /// # Errors
    /// [`Error::DiscoveryUnavailable`], and what else the discovery answers; [`Error::CallbackFailed`] if it throws.
    pub fn discover(&self, discovery: Arc<dyn Discovery>) -> Result<(), Error> {
        let (inputs, sink) = (self.inputs(), Arc::new(SightingSink::new(self.inputs())));
        let found = discovery.clone();
        self.call(move |owner| owner.discover(found, inputs))?;
        let looked = self.callbacks().run(move || discovery.look(sink));
        if looked.is_err() {
            self.call(|owner| {
                owner.nearby = None;
                Ok(())
            })?;
        }
        looked
    }

    /// Whether phones are being looked for.
    pub fn is_discovering(&self) -> Result<bool, Error> {
        self.call(|owner| Ok(owner.nearby.is_some()))
    }

    /// The phones of the circle that are seen on the local network now. None before [`discover`](Self::discover).
    pub fn nearby(&self) -> Result<Vec<NearbyPhone>, Error> {
        self.call(|owner| {
            owner.tend_nearby();
            Ok(owner.nearby_phones())
        })
    }

    /// Waits until that phone is seen nearby, or any of the circle's for `None`, but not longer than `patience`. Answers all
    /// that are seen then.
    pub fn find_nearby(&self, device: Option<DeviceKey>, patience: Duration) -> Result<Vec<NearbyPhone>, Error> {
        let (sender, found) = mpsc::sync_channel(1);
        self.call(move |owner| {
            owner.wait_for(device, sender);
            Ok(())
        })?;
        // It ends without a word where nothing can be found.
        let _ = found.recv_timeout(patience);
        self.nearby()
    }

    /// From now on calls every phone of the circle that is seen nearby and isn't connected, and stays connected. A phone
    /// that doesn't answer is called again ever more seldom, at most every five minutes. Needs
    /// [`discover`](Self::discover); ends with it.
    pub fn keep_in_touch(&self) -> Result<(), Error> {
        self.call(|owner| {
            owner.nearby.iter_mut().for_each(|nearby| nearby.keeps_in_touch = true);
            Ok(())
        })
    }
}

/// What is on the air, from here and from others.
pub(super) struct Nearby {
    radio: Radio,
    inputs: Inputs,
    announced: Option<Announced>,
    sightings: Sightings,
    waiting: Vec<(Option<DeviceKey>, SyncSender<()>)>,
    keeps_in_touch: bool,
    calls: BTreeMap<DeviceKey, Calls>,
}

/// The app's discovery, which the owner tells and never waits for. Dropped, it stops.
struct Radio {
    discovery: Arc<dyn Discovery>,
    callbacks: Callbacks,
    log: Log,
}

impl Radio {
    fn tell(&self, what: &'static str, work: impl FnOnce(&dyn Discovery) -> Result<(), Error> + Send + 'static) {
        let (discovery, log) = (self.discovery.clone(), self.log.clone());
        self.callbacks.post(move || log.outcome(what, &work(&*discovery)));
    }
}

impl Drop for Radio {
    fn drop(&mut self) {
        self.tell("to stop a discovery", |discovery| discovery.stop());
    }
}

/// What this phone announces, and for whom.
struct Announced {
    port: u16,
    at_unix_ms: i64,
    until_ms: u64,
    phones: Vec<(DeviceKey, NoiseKey)>,
}

/// Calls to a phone since it last answered.
#[derive(Clone, Copy)]
struct Calls {
    in_vain: u32,
    next_at_ms: u64,
}

impl Owner {
    fn discover(&mut self, discovery: Arc<dyn Discovery>, inputs: Inputs) -> Result<(), Error> {
        self.me()?;
        self.nearby = Some(Nearby {
            radio: Radio { discovery, callbacks: self.callbacks.clone(), log: self.log.clone() },
            inputs,
            announced: None,
            sightings: Sightings::default(),
            waiting: Vec::new(),
            keeps_in_touch: false,
            calls: BTreeMap::new(),
        });
        Ok(())
    }

    pub(super) fn sighted(&mut self, sighting: Sighting) {
        let Some(nearby) = &mut self.nearby else { return };
        match sighting {
            Sighting::Found { instance, text, addresses } => nearby.sightings.found(instance, &text, addresses),
            Sighting::Lost { instance } => nearby.sightings.lost(&instance),
            // Who isn't there any more is told of as lost, or doesn't answer.
            Sighting::OtherNetwork => nearby.announced = None,
        }
    }

    /// After each input: what is announced is of now, whoever is seen is known, and called if it is time.
    pub(super) fn tend_nearby(&mut self) {
        let Some(mut nearby) = self.nearby.take() else { return };
        let phones = self.other_phones();
        if let Some(me) = &self.me {
            let own: Vec<_> = [&me.keys.noise].into_iter().chain(&me.former).collect();
            nearby.sightings.learn(&own, &phones);
        }
        nearby.sightings.recognise();
        self.announce(&mut nearby, phones);
        let near = nearby.sightings.devices();
        nearby.waiting.retain(|(wanted, waiter)| {
            let is_there = wanted.map_or(!near.is_empty(), |wanted| near.contains(&wanted));
            !(is_there && waiter.try_send(()).is_ok())
        });
        if nearby.keeps_in_touch {
            self.call_nearby(&mut nearby);
        }
        self.nearby = Some(nearby);
    }

    /// Under new keys everybody is to be known anew, and told anew.
    pub(super) fn forget_sightings(&mut self) {
        if let Some(nearby) = &mut self.nearby {
            nearby.sightings.forget_secrets();
            nearby.announced = None;
        }
    }

    /// When [`tend_nearby`](Self::tend_nearby) has something to do though nothing happened.
    pub(super) fn next_nearby_ms(&self) -> Option<u64> {
        let nearby = self.nearby.as_ref()?;
        let in_sight = nearby.sightings.devices();
        let is_due = |device: &DeviceKey| in_sight.contains(device) && !self.is_connected(device);
        let calls = nearby.calls.iter().filter(|(device, _)| nearby.keeps_in_touch && is_due(device));
        calls.map(|(_, calls)| calls.next_at_ms).chain(nearby.announced.as_ref().map(|it| it.until_ms)).min()
    }

    pub(super) fn nearby_phones(&self) -> Vec<NearbyPhone> {
        let Some(Nearby { sightings, .. }) = &self.nearby else { return Vec::new() };
        let phone = |device: DeviceKey| {
            let (member, addresses) = (self.roster.joined_member_of(&device)?, sightings.addresses_of(&device));
            Some(NearbyPhone { device, member, address: *addresses.first()?, is_connected: self.is_connected(&device) })
        };
        sightings.devices().into_iter().filter_map(phone).collect()
    }

    pub(super) fn nearby_addresses(&self, device: &DeviceKey) -> Vec<SocketAddr> {
        self.nearby.as_ref().map(|nearby| nearby.sightings.addresses_of(device)).unwrap_or_default()
    }

    fn wait_for(&mut self, device: Option<DeviceKey>, waiter: SyncSender<()>) {
        if let Some(nearby) = &mut self.nearby {
            // Whoever gave up waiting isn't there to be told.
            nearby.waiting.push((device, waiter));
        }
    }

    /// Every active device of everyone joined, but for this one.
    fn other_phones(&self) -> Vec<(DeviceKey, NoiseKey)> {
        let own = self.me.as_ref().map(|me| me.device());
        let active = self.roster.devices().filter(|(device, _)| Some(**device) != own);
        let joined = active.filter(|(_, member)| self.roster.member(member).is_some());
        joined.filter_map(|(device, _)| Some((*device, self.roster.noise_key(device)?))).collect()
    }

    /// Announces this phone anew if it listens and what is on the air is an hour old, or for others than there are now.
    fn announce(&mut self, nearby: &mut Nearby, phones: Vec<(DeviceKey, NoiseKey)>) {
        let port = self.announced_port();
        let (at_unix_ms, now_ms) = (self.system.now().unix_ms, self.watch.elapsed_ms());
        let is_of_now = |announced: &Announced| {
            // By either clock: one stands still while a phone sleeps, the other can be set.
            let age_ms = at_unix_ms.saturating_sub(announced.at_unix_ms);
            let is_young = (0..BEACON_MS).contains(&age_ms) && now_ms < announced.until_ms;
            is_young && Some(announced.port) == port && announced.phones == phones
        };
        if nearby.announced.as_ref().is_some_and(is_of_now) {
            return;
        }
        let Some(port) = port else {
            if nearby.announced.take().is_some() {
                nearby.radio.tell("to withdraw an announcement", |discovery| discovery.withdraw());
            }
            return;
        };
        let seed = self.entropy.draw("beacon", &NOWHERE, 0);
        let name = |of: &str| {
            let bytes: [u8; 8] = cut(&hash("beacon name", &[&seed, of.as_bytes()]));
            bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>()
        };
        let text = Beacon::new(nearby.sightings.secrets(), &seed).to_text();
        let announcement = Announcement { instance: name("instance"), host: name("host"), text, port };
        // Where the network takes nothing at the moment, the next input tries again no sooner than in an hour, or when
        // there is another network.
        nearby.radio.tell("to announce", move |discovery| discovery.announce(announcement));
        let until_ms = now_ms.saturating_add(BEACON_MS.unsigned_abs());
        nearby.announced = Some(Announced { port, at_unix_ms, until_ms, phones });
    }

    /// The port to announce. One that only this machine reaches isn't announced, and a pairing's code tells its own.
    fn announced_port(&self) -> Option<u16> {
        let reachable = self.listeners.iter().filter(|listener| !listener.address.ip().is_loopback());
        reachable.map(|listener| listener.address.port()).next()
    }

    fn is_connected(&self, device: &DeviceKey) -> bool {
        self.connections.values().any(|connection| match &connection.stage {
            Stage::Session(session) => session.peer() == Some(*device),
            Stage::Dialling(dialled) => dialled == device,
            _ => false,
        })
    }

    /// Whether it has shown who it is, and both have compared what they hold. That somebody takes a call says nothing yet.
    fn has_answered(&self, device: &DeviceKey) -> bool {
        self.connections.values().any(|connection| match &connection.stage {
            Stage::Session(session) => connection.is_done && session.peer() == Some(*device),
            _ => false,
        })
    }

    /// Calls whoever is near, isn't connected, and whose time has come.
    fn call_nearby(&mut self, nearby: &mut Nearby) {
        let now_ms = self.watch.elapsed_ms();
        let own = self.me.as_ref().map(|me| me.device());
        for device in nearby.sightings.devices() {
            if self.has_answered(&device) {
                nearby.calls.remove(&device);
            }
            if self.is_connected(&device) {
                continue;
            }
            // One of the two calls first, or they would meet twice.
            let patience = if own < Some(device) { 0 } else { REDIAL_MS_MIN };
            let calls = *nearby.calls.entry(device).or_insert(Calls { in_vain: 0, next_at_ms: now_ms + patience });
            if calls.next_at_ms > now_ms {
                continue;
            }
            let wait_ms = redial_ms(calls.in_vain, &self.entropy.draw("redial", &NOWHERE, 0));
            nearby.calls.insert(device, Calls { in_vain: calls.in_vain + 1, next_at_ms: now_ms + wait_ms });
            tcp::call(nearby.sightings.addresses_of(&device), device, &nearby.inputs);
        }
    }
}

/// How long to wait after so many calls in vain.
fn redial_ms(in_vain: u32, drawn: &[u8; 32]) -> u64 {
    let doubled = REDIAL_MS_MIN.saturating_mul(1_u64.checked_shl(in_vain.min(32)).unwrap_or(u64::MAX));
    let usual = doubled.min(REDIAL_MS_MAX);
    // A quarter less to a quarter more, so that phones that came at once don't go on calling at once.
    let [byte] = cut::<1>(drawn);
    usual * 3 / 4 + usual * u64::from(byte) / 510
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_in_vain_become_seldom_and_never_stop() {
        let waits = |byte: u8| (0..64).map(|in_vain| redial_ms(in_vain, &[byte; 32])).collect::<Vec<_>>();
        let (least, most) = (waits(0), waits(255));
        assert_eq!((least[0], most[0]), (1_500, 2_500));
        assert_eq!((least[1], most[1]), (3_000, 5_000));
        assert_eq!((least[63], most[63]), (REDIAL_MS_MAX * 3 / 4, REDIAL_MS_MAX * 5 / 4));
        assert!(least.is_sorted() && most.is_sorted());
    }
}
