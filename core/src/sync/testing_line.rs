//! A wire in a loop: two sessions, and every message carried by hand.
#![cfg(test)]

use super::testing::{Memory, device, noise, now};
use super::wire::{Incoming, Message};
use super::{CloseReason, Effects, Event, Session, Summary};
use crate::model::AudienceId;

/// Two sessions, one at each of two phones, and the bytes between them.
pub(super) struct Line {
    pub(super) ends: [Session; 2],
    names: [u8; 2],
    /// What is on its way to each end: bursts.
    pending: [Vec<Vec<Vec<u8>>>; 2],
    /// Each burst sent so far: by whom, and its messages.
    pub(super) bursts: Vec<(usize, Vec<Vec<u8>>)>,
    pub(super) done: [Option<Summary>; 2],
    pub(super) closed: [Option<CloseReason>; 2],
    pub(super) timers: [bool; 2],
    pub(super) changed: [Vec<AudienceId>; 2],
    /// Changes one byte of a burst: which burst, which byte of it, by what.
    pub(super) tamper: Option<(usize, usize, u8)>,
}

impl Line {
    pub(super) fn open(a: &mut Memory, b: &mut Memory) -> Self {
        let mut line = Self {
            ends: [Session::dial(device(b.name)), Session::answer()],
            names: [a.name, b.name],
            pending: Default::default(),
            bursts: Vec::new(),
            done: [None; 2],
            closed: Default::default(),
            timers: [false; 2],
            changed: Default::default(),
            tamper: None,
        };
        let keys = [noise(b.name), noise(a.name)];
        for (end, memory) in [(0, a), (1, b)] {
            line.tell(end, memory, Event::Established { handshake_hash: [7; 32], remote_noise_key: keys[end] });
        }
        line
    }

    pub(super) fn tell(&mut self, end: usize, memory: &mut Memory, event: Event) {
        let effects = self.ends[end].handle(now(), memory, event);
        self.perform(end, effects);
    }

    fn perform(&mut self, end: usize, effects: Effects) {
        if !effects.send.is_empty() {
            self.bursts.push((end, effects.send.clone()));
            self.pending[1 - end].push(effects.send);
        }
        self.timers[end] |= effects.timer_ms.is_some();
        self.changed[end].extend(effects.changed);
        if effects.done.is_some() {
            self.done[end] = effects.done;
        }
        if effects.close.is_some() {
            self.closed[end] = effects.close;
        }
    }

    /// Delivers one burst to an end; whether there was one.
    pub(super) fn deliver(&mut self, end: usize, memory: &mut Memory) -> bool {
        if self.pending[end].is_empty() {
            return false;
        }
        let mut burst = self.pending[end].remove(0);
        if let Some((left, at, flip)) = self.tamper.take() {
            let bytes = burst.iter().map(Vec::len).sum::<usize>();
            match left.checked_sub(1) {
                Some(left) => self.tamper = Some((left, at, flip)),
                None => *burst.iter_mut().flatten().nth(at % bytes).unwrap() ^= flip,
            }
        }
        for message in burst {
            self.tell(end, memory, Event::Message(message));
        }
        self.tell(end, memory, Event::Flush);
        true
    }

    /// Lets all that is on its way to an end arrive at once, as a slow reader would find it.
    pub(super) fn join_bursts(&mut self, end: usize) {
        let joined = std::mem::take(&mut self.pending[end]).concat();
        self.pending[end].push(joined);
    }

    /// Carries bursts until nothing is under way.
    pub(super) fn settle(&mut self, a: &mut Memory, b: &mut Memory) {
        let mut carried = 0;
        while self.deliver(1, b) | self.deliver(0, a) {
            carried += 1;
            assert!(carried < 2_000, "{} and {} don't come to an end", self.names[0], self.names[1]);
        }
    }

    /// All messages sent by one end.
    pub(super) fn said(&self, end: usize) -> Vec<Message> {
        let bursts = self.bursts.iter().filter(|(by, _)| *by == end);
        bursts.flat_map(|(_, burst)| burst).filter_map(|bytes| known(bytes)).collect()
    }
}

pub(super) fn known(bytes: &[u8]) -> Option<Message> {
    match Incoming::decode(bytes) {
        Some(Incoming::Known(message)) => Some(message),
        _ => None,
    }
}

/// A meeting from dialling to quiet.
pub(super) fn meet(a: &mut Memory, b: &mut Memory) -> Line {
    let mut line = Line::open(a, b);
    line.settle(a, b);
    line
}
