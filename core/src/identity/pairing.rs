//! Pairing: two people, two phones, one channel that only the code opened. Messages in, steps out; no socket, no clock.
//!
//! ```text
//! inviter                          newcomer
//!    | Commit {hash of a nonce}       |
//!    |------------------------------->|   the inviter can't choose its nonce any more …
//!    |                          Nonce |
//!    |<-------------------------------|   … when it learns the newcomer's
//!    | Reveal                         |
//!    |------------------------------->|   both show four words; the people compare them aloud
//!    | Match                    Match |
//!    |<------------------------------>|   in any order, as the people tap
//!    | Here                           |
//!    |------------------------------->|   only now a circle, names, keys; a person says yes
//!    |                         Accept |
//!    |<-------------------------------|   the inviter's app writes the admission
//!    | Admitted                       |
//!    |------------------------------->|   the same channel goes on as a session
//! ```
//!
//! **The attacker** has read or overheard the code and stands between the phones with a channel to each. The channels
//! have different handshake hashes, so the words differ but for one chance in 2⁴⁴, and the commitment leaves no second
//! one. **Not protected**: two people who tap *the same* without looking.
//!
//! After an error from `receive`, or once `is_closed`, the caller sends what it was given and closes the channel; on an
//! error there is nothing to send, not even a reason. A person's call at the wrong time is an error that changes
//! nothing, so that a second tap ends no pairing.

use std::mem;

use crate::model::NoiseKey;
use crate::model::hash::hash;
use crate::model::roster_event::DeviceAdd;

use super::keys::is_proven;
use super::pairing_message::{Accept, Admitted, Here, HereAs, PairingError, PairingMessage};
use super::words::{WORD_LIST, four_words};

const ABORT_WORDS_DIFFER: u8 = 1;
const ABORT_REFUSED: u8 = 2;

/// What the caller does next, in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Send this message.
    Send(Vec<u8>),
    /// Show the four words and ask whether the other phone shows the same.
    ShowWords([&'static str; 4]),
    /// The newcomer's: show who is here and the terms, and ask whether to join.
    ShowHere(Here),
    /// The inviter's: write the admission in one transaction, then call [`Inviter::admitted`].
    Admit(Accept),
    /// The pairing is complete and the channel goes on as a session.
    Finished(Admitted),
}

type Steps = Result<Vec<Step>, PairingError>;

/// Who has said that the words are the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Answers {
    mine: bool,
    theirs: bool,
}

/// The side that showed the code.
pub struct Inviter {
    state: InviterState,
    handshake_hash: [u8; 32],
    remote_noise: NoiseKey,
    nonce: [u8; 16],
    here: Here,
}

/// What the inviter waits for.
enum InviterState {
    Start,
    Nonce,
    Words(Answers),
    Accept,
    Admission,
    Finished,
    Closed,
}

impl Inviter {
    /// On a channel just established. `nonce` is random and used for nothing else; `here` waits until both people agree.
    pub fn new(handshake_hash: [u8; 32], remote_noise: NoiseKey, nonce: [u8; 16], here: Here) -> Self {
        Self { state: InviterState::Start, handshake_hash, remote_noise, nonce, here }
    }

    /// Begins. A `here` that the newcomer would have to refuse is an error now, not after two people compared words.
    pub fn start(&mut self) -> Steps {
        if !matches!(self.state, InviterState::Start) {
            return Err(PairingError::OutOfOrder);
        }
        self.here.check()?;
        self.state = InviterState::Nonce;
        let commitment = hash("commit", &[&self.nonce]);
        Ok(vec![send(&PairingMessage::Commit { commitment, word_list: WORD_LIST.to_owned() })])
    }

    /// Reads a message of the newcomer's.
    pub fn receive(&mut self, message: &[u8]) -> Steps {
        let message = PairingMessage::decode(message);
        // Closed while it is read, so that no way out of here leaves half a state behind.
        let state = mem::replace(&mut self.state, InviterState::Closed);
        let (state, steps) = match (state, message.ok_or(PairingError::Malformed)?) {
            (_, PairingMessage::Abort(code)) => return Err(aborted(code)),
            (InviterState::Nonce, PairingMessage::Nonce(theirs)) => {
                let words = four_words(&self.handshake_hash, &self.nonce, &theirs);
                let steps = vec![send(&PairingMessage::Reveal(self.nonce)), Step::ShowWords(words)];
                (InviterState::Words(Answers::default()), steps)
            }
            (InviterState::Words(Answers { mine, theirs: false }), PairingMessage::Match) => {
                self.agree(Answers { mine, theirs: true })
            }
            (InviterState::Accept, PairingMessage::Accept(accept)) => {
                check_accept(&self.here, &self.handshake_hash, &self.remote_noise, &accept)?;
                (InviterState::Admission, vec![Step::Admit(accept)])
            }
            _ => return Err(PairingError::OutOfOrder),
        };
        self.state = state;
        Ok(steps)
    }

    /// The person's word on the four words. *Different* may also come after *the same*: nobody is held to a slip.
    pub fn confirm_words(&mut self, same: bool) -> Steps {
        match self.state {
            InviterState::Words(Answers { mine: false, theirs }) if same => {
                let (state, more) = self.agree(Answers { mine: true, theirs });
                self.state = state;
                Ok([vec![send(&PairingMessage::Match)], more].concat())
            }
            InviterState::Words(_) | InviterState::Accept | InviterState::Admission if !same => {
                self.state = InviterState::Closed;
                Ok(vec![send(&PairingMessage::Abort(ABORT_WORDS_DIFFER))])
            }
            _ => Err(PairingError::OutOfOrder),
        }
    }

    /// The admission is written.
    pub fn admitted(&mut self, admitted: Admitted) -> Steps {
        if !matches!(self.state, InviterState::Admission) {
            return Err(PairingError::OutOfOrder);
        }
        let message = PairingMessage::Admitted(admitted.clone()).encode();
        PairingMessage::decode(&message).ok_or(PairingError::Malformed)?;
        self.state = InviterState::Finished;
        Ok(vec![Step::Send(message), Step::Finished(admitted)])
    }

    /// The person changes their mind, or leaves the screen.
    pub fn refuse(&mut self) -> Steps {
        if matches!(self.state, InviterState::Finished | InviterState::Closed) {
            return Err(PairingError::OutOfOrder);
        }
        self.state = InviterState::Closed;
        Ok(vec![send(&PairingMessage::Abort(ABORT_REFUSED))])
    }

    /// Whether it ended without a pairing.
    pub fn is_closed(&self) -> bool {
        matches!(self.state, InviterState::Closed)
    }

    /// The one place from which the circle is told.
    fn agree(&self, answers: Answers) -> (InviterState, Vec<Step>) {
        match answers {
            Answers { mine: true, theirs: true } => {
                (InviterState::Accept, vec![send(&PairingMessage::Here(self.here.clone()))])
            }
            _ => (InviterState::Words(answers), Vec::new()),
        }
    }
}

/// The side that read the code.
pub struct Newcomer {
    state: NewcomerState,
    handshake_hash: [u8; 32],
    remote_noise: NoiseKey,
    own_noise: NoiseKey,
    nonce: [u8; 16],
}

/// What the newcomer waits for.
enum NewcomerState {
    Start,
    Commit,
    Reveal([u8; 32]),
    Words(Answers),
    Here,
    Decision(Box<Here>),
    Admitted,
    Finished,
    Closed,
}

impl Newcomer {
    /// On a channel just established. `own_noise` is the key it was opened with, and `nonce` is random and used for
    /// nothing else.
    pub fn new(handshake_hash: [u8; 32], remote_noise: NoiseKey, own_noise: NoiseKey, nonce: [u8; 16]) -> Self {
        Self { state: NewcomerState::Start, handshake_hash, remote_noise, own_noise, nonce }
    }

    /// Begins: the inviter speaks first.
    pub fn start(&mut self) -> Steps {
        if !matches!(self.state, NewcomerState::Start) {
            return Err(PairingError::OutOfOrder);
        }
        self.state = NewcomerState::Commit;
        Ok(Vec::new())
    }

    /// Reads a message of the inviter's.
    pub fn receive(&mut self, message: &[u8]) -> Steps {
        let message = PairingMessage::decode(message);
        let state = mem::replace(&mut self.state, NewcomerState::Closed);
        let (state, steps) = match (state, message.ok_or(PairingError::Malformed)?) {
            (_, PairingMessage::Abort(code)) => return Err(aborted(code)),
            (NewcomerState::Commit, PairingMessage::Commit { commitment, word_list }) => {
                if word_list != WORD_LIST {
                    return Err(PairingError::WordListUnknown);
                }
                (NewcomerState::Reveal(commitment), vec![send(&PairingMessage::Nonce(self.nonce))])
            }
            (NewcomerState::Reveal(commitment), PairingMessage::Reveal(theirs)) => {
                if hash("commit", &[&theirs]) != commitment {
                    return Err(PairingError::BrokenCommitment);
                }
                let words = four_words(&self.handshake_hash, &theirs, &self.nonce);
                (NewcomerState::Words(Answers::default()), vec![Step::ShowWords(words)])
            }
            (NewcomerState::Words(Answers { mine, theirs: false }), PairingMessage::Match) => {
                (Self::agree(Answers { mine, theirs: true }), Vec::new())
            }
            (NewcomerState::Here, PairingMessage::Here(here)) => {
                here.check()?;
                if here.inviter_keys.noise_key != self.remote_noise {
                    return Err(PairingError::KeyMismatch);
                }
                (NewcomerState::Decision(Box::new(here.clone())), vec![Step::ShowHere(here)])
            }
            (NewcomerState::Admitted, PairingMessage::Admitted(admitted)) => {
                (NewcomerState::Finished, vec![Step::Finished(admitted)])
            }
            _ => return Err(PairingError::OutOfOrder),
        };
        self.state = state;
        Ok(steps)
    }

    /// The person's word on the four words. *Different* may also come after *the same*.
    pub fn confirm_words(&mut self, same: bool) -> Steps {
        match self.state {
            NewcomerState::Words(Answers { mine: false, theirs }) if same => {
                self.state = Self::agree(Answers { mine: true, theirs });
                Ok(vec![send(&PairingMessage::Match)])
            }
            NewcomerState::Words(_) | NewcomerState::Here | NewcomerState::Decision(_) | NewcomerState::Admitted
                if !same =>
            {
                self.state = NewcomerState::Closed;
                Ok(vec![send(&PairingMessage::Abort(ABORT_WORDS_DIFFER))])
            }
            _ => Err(PairingError::OutOfOrder),
        }
    }

    /// The person has seen who is here and the terms, and says yes. An `accept` that the inviter would have to refuse is
    /// an error here, and can be mended.
    pub fn accept(&mut self, accept: Accept) -> Steps {
        let NewcomerState::Decision(here) = &self.state else { return Err(PairingError::OutOfOrder) };
        check_accept(here, &self.handshake_hash, &self.own_noise, &accept)?;
        self.state = NewcomerState::Admitted;
        Ok(vec![send(&PairingMessage::Accept(accept))])
    }

    /// The person says no, or leaves the screen.
    pub fn refuse(&mut self) -> Steps {
        if matches!(self.state, NewcomerState::Finished | NewcomerState::Closed) {
            return Err(PairingError::OutOfOrder);
        }
        self.state = NewcomerState::Closed;
        Ok(vec![send(&PairingMessage::Abort(ABORT_REFUSED))])
    }

    /// Whether it ended without a pairing.
    pub fn is_closed(&self) -> bool {
        matches!(self.state, NewcomerState::Closed)
    }

    fn agree(answers: Answers) -> NewcomerState {
        match answers {
            Answers { mine: true, theirs: true } => NewcomerState::Here,
            _ => NewcomerState::Words(answers),
        }
    }
}

fn send(message: &PairingMessage) -> Step {
    Step::Send(message.encode())
}

fn aborted(code: u8) -> PairingError {
    if code == ABORT_WORDS_DIFFER { PairingError::WordsDiffer } else { PairingError::Refused }
}

/// Whether `accept` answers the invitation, by the phone that holds the newcomer's end of this channel. Without that, a
/// newcomer could bring in the keys of somebody who is far away and was never asked.
fn check_accept(
    here: &Here,
    handshake_hash: &[u8; 32],
    noise_key: &NoiseKey,
    accept: &Accept,
) -> Result<(), PairingError> {
    let keys = accept.keys();
    if keys.noise_key != *noise_key {
        return Err(PairingError::KeyMismatch);
    }
    match (&here.invitation, accept) {
        (HereAs::NewMember { .. }, Accept::Member(_)) => Ok(()),
        (HereAs::OwnDevice { member }, Accept::Device { keys, pop }) => {
            let add = DeviceAdd { keys: *keys, handshake_hash: *handshake_hash, pop: *pop };
            if is_proven(&here.circle, member, &add) { Ok(()) } else { Err(PairingError::NotProven) }
        }
        _ => Err(PairingError::Malformed),
    }
}

#[cfg(test)]
#[path = "pairing_tests.rs"]
mod tests;
