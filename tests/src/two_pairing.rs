//! Two honest phones that pair, message by message, with people who say yes to everything: to be left at any point to somebody else.

use std::collections::VecDeque;

use kinweave_core::identity::{
    Accept, Admitted, Here, HereAs, Inviter, Newcomer, PairingError, PersonHere, Step, terms_hash,
};
use kinweave_core::model::roster_event::MemberStart;
use kinweave_core::model::{CircleId, DeviceKeys, EntryHash, MemberId, NoiseKey, Role};

use crate::forger::key;

const CHANNEL: [u8; 32] = [5; 32];
const INVITERS: NoiseKey = NoiseKey::from_bytes([1; 32]);
const NEWCOMERS: NoiseKey = NoiseKey::from_bytes([2; 32]);
const MARTA: MemberId = MemberId::from_bytes([3; 32]);

/// One of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Who showed the code.
    Inviter,
    /// Who read it.
    Newcomer,
}

/// Both, and what is on its way from one to the other.
pub struct TwoPairing {
    inviter: Inviter,
    newcomer: Newcomer,
    /// Each message, and whom it is for.
    pub on_their_way: VecDeque<(Side, Vec<u8>)>,
    /// Whom the newcomer's phone takes for paired.
    pub finished: Option<Admitted>,
}

impl TwoPairing {
    /// Just connected; the inviter has said its first word.
    pub fn new() -> Self {
        let mut pairing = Self {
            inviter: Inviter::new(CHANNEL, NEWCOMERS, [10; 16], here()),
            newcomer: Newcomer::new(CHANNEL, INVITERS, NEWCOMERS, [11; 16]),
            on_their_way: VecDeque::new(),
            finished: None,
        };
        pairing.newcomer.start().expect("a beginning");
        let first = pairing.inviter.start().expect("a first message");
        pairing.follow(Side::Inviter, first);
        pairing
    }

    /// Hands on so many messages, or as many as there are.
    pub fn go_on(&mut self, messages: usize) {
        for _ in 0..messages {
            let Some((side, message)) = self.on_their_way.pop_front() else { return };
            self.say_to(side, &message).expect("what an honest phone says");
        }
    }

    /// Says something to one of them, whoever says it.
    ///
    /// # Errors
    /// What it answered; it is closed then.
    pub fn say_to(&mut self, side: Side, message: &[u8]) -> Result<(), PairingError> {
        let steps = match side {
            Side::Inviter => self.inviter.receive(message),
            Side::Newcomer => self.newcomer.receive(message),
        };
        self.follow(side, steps?);
        Ok(())
    }

    /// Whether it has ended there without a pairing.
    pub fn is_closed(&self, side: Side) -> bool {
        match side {
            Side::Inviter => self.inviter.is_closed(),
            Side::Newcomer => self.newcomer.is_closed(),
        }
    }

    fn follow(&mut self, side: Side, steps: Vec<Step>) {
        for step in steps {
            let more = match (step, side) {
                (Step::Send(message), Side::Inviter) => {
                    self.on_their_way.push_back((Side::Newcomer, message));
                    continue;
                }
                (Step::Send(message), Side::Newcomer) => {
                    self.on_their_way.push_back((Side::Inviter, message));
                    continue;
                }
                (Step::ShowWords(_), Side::Inviter) => self.inviter.confirm_words(true),
                (Step::ShowWords(_), Side::Newcomer) => self.newcomer.confirm_words(true),
                (Step::ShowHere(_), _) => self.newcomer.accept(yes()),
                (Step::Admit(_), _) => {
                    self.inviter.admitted(Admitted { admit: EntryHash::from_bytes([8; 32]), proof: vec![9; 50] })
                }
                (Step::Finished(admitted), _) => {
                    self.finished = Some(admitted);
                    continue;
                }
            };
            // A person's word that comes at the wrong time, or that the other would refuse, changes nothing.
            self.follow(side, more.unwrap_or_default());
        }
    }
}

impl Default for TwoPairing {
    fn default() -> Self {
        Self::new()
    }
}

fn here() -> Here {
    Here {
        circle: CircleId::from_bytes([4; 32]),
        circle_name: "Reyes".to_owned(),
        invitation: HereAs::NewMember { role: Role::Member, guardian: None },
        people: vec![PersonHere { member: MARTA, name: "Marta".to_owned(), role: Role::Member }],
        terms: terms_hash(),
        inviter: MARTA,
        inviter_keys: DeviceKeys { sign_key: key(7).device(), noise_key: INVITERS },
    }
}

fn yes() -> Accept {
    let keys = DeviceKeys { sign_key: key(8).device(), noise_key: NEWCOMERS };
    Accept::Member(MemberStart { nonce: [6; 16], keys })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn left_to_themselves_they_pair() {
        let mut pairing = TwoPairing::new();
        pairing.go_on(100);
        assert!(pairing.finished.is_some());
        assert!(!pairing.is_closed(Side::Inviter) && !pairing.is_closed(Side::Newcomer));
    }
}
