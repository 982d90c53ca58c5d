//! What is seen on the air, and whose it is.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;

use crate::channel::{Beacon, PairSecret, StaticKey};
use crate::model::limits::{SIGHTING_ADDRESSES_MAX, SIGHTINGS_MAX};
use crate::model::{DeviceKey, NoiseKey};

/// Services in sight, and the secrets by which those of the circle's phones are recognised.
#[derive(Default)]
pub(super) struct Sightings {
    seen: BTreeMap<String, Seen>,
    /// With each phone: the one by this phone's key, and then those by keys that it had before.
    secrets: BTreeMap<DeviceKey, Vec<PairSecret>>,
}

struct Seen {
    beacon: Beacon,
    addresses: Vec<SocketAddr>,
    device: Option<DeviceKey>,
    /// Whether it was compared with all secrets that there are.
    is_compared: bool,
}

impl Sightings {
    /// A service came, or is now elsewhere. One whose text is no beacon is passed over.
    pub fn found(&mut self, instance: String, text: &str, mut addresses: Vec<SocketAddr>) {
        let Some(beacon) = Beacon::from_text(text) else { return };
        addresses.truncate(SIGHTING_ADDRESSES_MAX);
        self.make_room(&instance);
        self.seen.insert(instance, Seen { beacon, addresses, device: None, is_compared: false });
    }

    /// A service went.
    pub fn lost(&mut self, instance: &str) {
        self.seen.remove(instance);
    }

    /// Strangers make room for whoever comes; a phone of the circle doesn't while there is one.
    fn make_room(&mut self, for_instance: &str) {
        if self.seen.len() >= SIGHTINGS_MAX && !self.seen.contains_key(for_instance) {
            let mut strangers = self.seen.iter().filter(|(_, seen)| seen.device.is_none());
            let stranger = strangers.next().map(|(instance, _)| instance.clone());
            let leaves = stranger.or_else(|| self.seen.keys().next().cloned());
            leaves.and_then(|instance| self.seen.remove(&instance));
        }
    }

    /// Knows these phones from now on, and no others. Of this phone's own keys the first is the one in use.
    pub fn learn(&mut self, own: &[&StaticKey], phones: &[(DeviceKey, NoiseKey)]) {
        let before = self.secrets.len();
        self.secrets.retain(|device, _| phones.iter().any(|(known, _)| known == device));
        let mut has_changed = self.secrets.len() != before;
        for (device, noise_key) in phones {
            if !self.secrets.contains_key(device) {
                let secrets: Option<Vec<_>> = own.iter().map(|own| own.pair_secret(noise_key)).collect();
                has_changed |= secrets.map(|secrets| self.secrets.insert(*device, secrets)).is_some();
            }
        }
        if has_changed {
            self.seen.values_mut().for_each(|seen| seen.is_compared = false);
        }
    }

    /// Knows no phone any more.
    pub fn forget_secrets(&mut self) {
        self.secrets.clear();
    }

    /// Finds out whose what came lately is.
    pub fn recognise(&mut self) {
        for seen in self.seen.values_mut().filter(|seen| !seen.is_compared) {
            let is_from = |secrets: &[PairSecret]| secrets.iter().any(|secret| seen.beacon.is_from(secret));
            let whose = self.secrets.iter().find(|(_, secrets)| is_from(secrets));
            (seen.device, seen.is_compared) = (whose.map(|(device, _)| *device), true);
        }
    }

    /// The secrets shared with the phones that are known, by the key in use.
    pub fn secrets(&self) -> impl Iterator<Item = &PairSecret> {
        self.secrets.values().filter_map(|secrets| secrets.first())
    }

    /// The phones in sight.
    pub fn devices(&self) -> BTreeSet<DeviceKey> {
        self.seen.values().filter_map(|seen| seen.device).collect()
    }

    /// Everywhere that a phone is said to be: whoever repeats its beacon under another name doesn't hide it.
    pub fn addresses_of(&self, device: &DeviceKey) -> Vec<SocketAddr> {
        let seen = self.seen.values().filter(|seen| seen.device == Some(*device));
        let addresses: BTreeSet<_> = seen.flat_map(|seen| seen.addresses.iter().copied()).collect();
        addresses.into_iter().take(SIGHTING_ADDRESSES_MAX).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> StaticKey {
        StaticKey::from_bytes([byte; 32])
    }

    fn device(byte: u8) -> DeviceKey {
        DeviceKey::from_bytes([byte; 32])
    }

    fn at(port: u16) -> Vec<SocketAddr> {
        vec![SocketAddr::from(([127, 0, 0, 1], port))]
    }

    /// What phone 1 announces for phone 2.
    fn beacon(seed: u8) -> String {
        Beacon::new([&key(1).pair_secret(&key(2).public()).unwrap()], &[seed; 32]).to_text()
    }

    /// What phone 2 sees, who knows phone 1.
    fn sightings() -> Sightings {
        let mut sightings = Sightings::default();
        sightings.learn(&[&key(2)], &[(device(1), key(1).public())]);
        sightings
    }

    #[test]
    fn a_crowd_of_strangers_never_pushes_a_phone_of_the_circle_out_of_sight() {
        let mut sightings = sightings();
        sightings.found("them".to_owned(), &beacon(7), at(1));
        sightings.recognise();
        let stranger = Beacon::new([], &[9; 32]).to_text();
        for number in 0..2 * SIGHTINGS_MAX {
            sightings.found(format!("a{number}"), &stranger, at(2));
            sightings.recognise();
        }
        assert_eq!(sightings.seen.len(), SIGHTINGS_MAX);
        assert_eq!((sightings.devices(), sightings.addresses_of(&device(1))), ([device(1)].into(), at(1)));
    }

    #[test]
    fn a_beacon_that_is_repeated_elsewhere_hides_nobody() {
        let mut sightings = sightings();
        sightings.found("b".to_owned(), &beacon(7), at(2));
        sightings.found("a".to_owned(), &beacon(7), at(1));
        sightings.recognise();
        assert_eq!(sightings.addresses_of(&device(1)), [at(1), at(2)].concat());
        sightings.lost("a");
        assert_eq!(sightings.addresses_of(&device(1)), at(2));
    }

    #[test]
    fn whoever_joins_is_recognised_in_what_was_seen_before() {
        let mut sightings = Sightings::default();
        sightings.found("them".to_owned(), &beacon(7), at(1));
        sightings.recognise();
        assert_eq!(sightings.devices(), BTreeSet::new());
        sightings.learn(&[&key(2)], &[(device(1), key(1).public())]);
        sightings.recognise();
        assert_eq!(sightings.devices(), [device(1)].into());
        sightings.learn(&[&key(2)], &[]);
        sightings.recognise();
        assert_eq!(sightings.devices(), BTreeSet::new());
    }
}
