//! What lies between phones: lines on which bytes wait, are cut anywhere, flipped, or said again to somebody else.

use std::sync::Arc;

use kinweave_core::app::{Begun, Line};

use super::device::Device;
use crate::chance::Chance;

/// One side of a link.
struct End {
    device: usize,
    life: u64,
    id: u64,
    line: Arc<Line>,
    /// It was told that the link is gone, or has itself hung up.
    is_gone: bool,
}

/// A connection between two phones.
pub struct Link {
    ends: [End; 2],
    /// Nothing gets through any more; both sides hear of it sooner or later.
    is_cut: bool,
    /// Somebody changed what was said on it, or a phone at its end couldn't write down what it heard.
    pub is_tampered: bool,
    /// All that the dialler has said, for who repeats it.
    said: Vec<u8>,
    /// The meeting that was begun on it.
    pub begun: Begun,
}

impl Link {
    /// One of the two calls the other, `who` if it knows how.
    pub fn between_two(devices: &[Device], who: usize, whom: usize, stays: bool) -> Option<Self> {
        Self::way(devices, who, whom).map(|(who, whom)| Self::dial(devices, who, whom, stays))
    }

    /// Who can call whom; none where neither can, for they are two copies of one phone.
    pub fn way(devices: &[Device], who: usize, whom: usize) -> Option<(usize, usize)> {
        let (one, other) = (&devices[who], &devices[whom]);
        match (one.key != other.key, one.knows(&other.key), other.knows(&one.key)) {
            (false, ..) | (_, false, false) => None,
            (_, true, _) => Some((who, whom)),
            (_, _, true) => Some((whom, who)),
        }
    }

    /// `who` calls `whom`.
    fn dial(devices: &[Device], who: usize, whom: usize, stays: bool) -> Self {
        let lines = [Arc::new(Line::default()), Arc::new(Line::default())];
        let (caller, called) = (&devices[who], &devices[whom]);
        let key = called.key;
        let begun = match stays {
            true => caller.hand.connect(key, lines[0].clone()),
            false => caller.hand.meet(key, lines[0].clone()),
        };
        let begun = begun.expect("an open home");
        let accepted = called.hand.accept(lines[1].clone()).expect("an open home");
        let [from, to] = lines;
        let end = |device, life, id, line| End { device, life, id, line, is_gone: false };
        let ends = [end(who, caller.life, begun.id, from), end(whom, called.life, accepted, to)];
        Self { ends, is_cut: false, is_tampered: false, said: Vec::new(), begun }
    }

    /// Whose link it is: the dialler first.
    pub fn between(&self) -> (usize, usize) {
        (self.ends[0].device, self.ends[1].device)
    }

    /// Whether both sides have let go of it.
    pub fn is_over(&self) -> bool {
        self.ends.iter().all(|end| end.is_gone)
    }

    /// Nothing gets through from now on.
    pub fn cut(&mut self) {
        self.is_cut = true;
    }

    /// The phone died.
    pub fn lost(&mut self, device: usize) {
        if let Some(end) = self.ends.iter_mut().find(|end| end.device == device) {
            (end.is_gone, self.is_cut) = (true, true);
        }
    }

    /// One side hears up to so many bytes, or that the other has gone. Answers how many.
    pub fn deliver(&mut self, devices: &[Device], to: usize, count: usize, flip: Option<&mut Chance>) -> usize {
        let from = 1 - to;
        let mut bytes = self.ends[from].line.take(count);
        if self.is_cut {
            bytes.clear();
        }
        if let Some(chance) = flip
            && !bytes.is_empty()
        {
            let at = chance.below(bytes.len());
            bytes[at] ^= 1 << chance.below(8);
            self.is_tampered = true;
        }
        if from == 0 {
            self.said.extend(&bytes);
        }
        let delivered = bytes.len();
        let end = &self.ends[to];
        if !end.is_gone && end.life == devices[end.device].life {
            let hand = &devices[end.device].hand;
            if !bytes.is_empty() {
                hand.bytes(end.id, bytes).expect("an open home");
            }
            let is_ended = self.ends[from].line.is_over() && self.ends[from].line.is_empty();
            if self.is_cut || is_ended {
                hand.hung_up(end.id).expect("an open home");
            }
        }
        // Whoever hung up has nothing to hear, and whoever was told so has let go.
        for end in &mut self.ends {
            end.is_gone |= end.line.is_over() && end.line.is_empty();
        }
        if self.is_cut {
            self.ends[to].is_gone = true;
        }
        delivered
    }

    /// Whether a side has something to hear.
    pub fn has_news_for(&self, to: usize) -> bool {
        let other = &self.ends[1 - to];
        !self.ends[to].is_gone && (!other.line.is_empty() || other.line.is_over() || self.is_cut)
    }

    /// What the dialler has said so far, and to whom.
    pub fn tape(&self) -> (usize, Vec<u8>) {
        (self.ends[1].device, self.said.clone())
    }
}
