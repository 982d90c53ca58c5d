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
use crate::model::roster_event::pop_hash;

use super::keys::{Purpose, verify};
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
            let hash = pop_hash(&here.circle, member, keys, handshake_hash);
            let holds = verify(&keys.sign_key, Purpose::Possession, &hash, pop);
            if holds { Ok(()) } else { Err(PairingError::NotProven) }
        }
        _ => Err(PairingError::Malformed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::keys::SignKey;
    use crate::identity::pairing_message::{HERE_BYTES_MAX, Person, terms_hash};
    use crate::model::limits::{MEMBERS_MAX, PROOF_BYTES_MAX};
    use crate::model::roster_event::{AgeBand, MemberStart};
    use crate::model::{CircleId, DeviceKeys, EntryHash, MemberId, Role};

    const HASH: [u8; 32] = [5; 32];
    const THEIRS: NoiseKey = NoiseKey::from_bytes([1; 32]);
    const MINE: NoiseKey = NoiseKey::from_bytes([2; 32]);
    const MARTA: MemberId = MemberId::from_bytes([3; 32]);
    const NEW_ADULT: HereAs = HereAs::NewMember { role: Role::Member, guardian: None };
    const OWN_DEVICE: HereAs = HereAs::OwnDevice { member: MARTA };

    fn keys(noise_key: NoiseKey) -> DeviceKeys {
        DeviceKeys { sign_key: SignKey::from_bytes(&[7; 32]).device(), noise_key }
    }

    fn here(invitation: HereAs) -> Here {
        Here {
            circle: CircleId::from_bytes([4; 32]),
            circle_name: "Reyes".to_owned(),
            invitation,
            people: vec![Person { member: MARTA, name: "Marta".to_owned(), role: Role::Member }],
            terms: terms_hash(),
            inviter: MARTA,
            inviter_keys: keys(THEIRS),
        }
    }

    fn yes(here: &Here) -> Accept {
        let keys = keys(MINE);
        let pop = pop_hash(&here.circle, &MARTA, &keys, &HASH);
        match here.invitation {
            HereAs::NewMember { .. } => Accept::Member(MemberStart { nonce: [6; 16], keys }),
            HereAs::OwnDevice { .. } => {
                Accept::Device { keys, pop: SignKey::from_bytes(&[7; 32]).sign(Purpose::Possession, &pop) }
            }
        }
    }

    fn admitted() -> Admitted {
        Admitted { admit: EntryHash::from_bytes([8; 32]), proof: vec![9; 500] }
    }

    fn inviter() -> Inviter {
        Inviter::new(HASH, MINE, [10; 16], here(NEW_ADULT))
    }

    fn newcomer() -> Newcomer {
        Newcomer::new(HASH, THEIRS, MINE, [11; 16])
    }

    /// One message of each kind, each what an honest phone would send at its time, by tag.
    fn messages() -> [PairingMessage; 7] {
        [
            PairingMessage::Commit { commitment: hash("commit", &[&[10; 16]]), word_list: WORD_LIST.to_owned() },
            PairingMessage::Nonce([11; 16]),
            PairingMessage::Reveal([10; 16]),
            PairingMessage::Match,
            PairingMessage::Here(here(NEW_ADULT)),
            PairingMessage::Accept(yes(&here(NEW_ADULT))),
            PairingMessage::Admitted(admitted()),
        ]
    }

    /// Hands the one message of `steps` over.
    fn sent(steps: Steps) -> Vec<u8> {
        let is_sent = |step| if let Step::Send(message) = step { Some(message) } else { None };
        steps.unwrap().into_iter().find_map(is_sent).unwrap()
    }

    fn shown(steps: Steps) -> [&'static str; 4] {
        let is_shown = |step| if let Step::ShowWords(words) = step { Some(words) } else { None };
        steps.unwrap().into_iter().find_map(is_shown).unwrap()
    }

    /// Both phones with their words on the screen, relayed as they are over channels that may be two.
    fn with_words(mut inviter: Inviter, mut newcomer: Newcomer) -> (Inviter, Newcomer, [[&'static str; 4]; 2]) {
        assert_eq!(newcomer.start(), Ok(vec![]));
        let nonce = sent(newcomer.receive(&sent(inviter.start())));
        let steps = inviter.receive(&nonce);
        let words = [shown(steps.clone()), shown(newcomer.receive(&sent(steps)))];
        (inviter, newcomer, words)
    }

    /// Goal: a pairing comes to its end whoever taps first, and the circle stays untold until both have. Method: all of
    /// it, for a member and for an own device, in both orders of the taps; a look at each byte sent before.
    #[test]
    fn a_pairing_succeeds_and_tells_nothing_before_both_people_agree() {
        for (invitation, inviter_first) in
            [(NEW_ADULT, true), (NEW_ADULT, false), (OWN_DEVICE, true), (OWN_DEVICE, false)]
        {
            let here = here(invitation);
            let (mut inviter, mut newcomer, [one, other]) =
                with_words(Inviter::new(HASH, MINE, [10; 16], here.clone()), newcomer());
            assert_eq!(one, other);
            let only_match = Ok(vec![send(&PairingMessage::Match)]);
            let told = Step::Send(PairingMessage::Here(here.clone()).encode());
            let tells = if inviter_first {
                assert_eq!(inviter.confirm_words(true), only_match);
                assert_eq!(newcomer.receive(&[4]), Ok(vec![]));
                assert_eq!(newcomer.confirm_words(true), only_match);
                inviter.receive(&[4]).unwrap()
            } else {
                assert_eq!(newcomer.confirm_words(true), only_match);
                assert_eq!(inviter.receive(&[4]), Ok(vec![]));
                let steps = inviter.confirm_words(true).unwrap();
                assert_eq!(newcomer.receive(&[4]), Ok(vec![]));
                assert_eq!(steps[0], send(&PairingMessage::Match));
                steps[1..].to_vec()
            };
            assert_eq!(tells, std::slice::from_ref(&told));
            assert_eq!(newcomer.receive(&sent(Ok(tells))), Ok(vec![Step::ShowHere(here.clone())]));
            let accept = sent(newcomer.accept(yes(&here)));
            assert_eq!(inviter.receive(&accept), Ok(vec![Step::Admit(yes(&here))]));
            let steps = inviter.admitted(admitted());
            assert_eq!(steps.clone().unwrap()[1], Step::Finished(admitted()));
            assert_eq!(newcomer.receive(&sent(steps)), Ok(vec![Step::Finished(admitted())]));
            assert!(!inviter.is_closed() && !newcomer.is_closed());
            assert!(inviter.refuse().is_err() && newcomer.confirm_words(false).is_err(), "it is done");
        }
    }

    #[test]
    fn with_somebody_between_two_channels_the_words_differ() {
        let (mut inviter, mut newcomer, [one, other]) =
            with_words(inviter(), Newcomer::new([6; 32], THEIRS, MINE, [11; 16]));
        assert_ne!(one, other);
        let no = newcomer.confirm_words(false);
        assert!(newcomer.is_closed());
        assert_eq!(inviter.receive(&sent(no)), Err(PairingError::WordsDiffer));
        assert!(inviter.is_closed());
        assert_eq!(inviter.confirm_words(true), Err(PairingError::OutOfOrder));
    }

    fn a_fresh_no() -> Steps {
        inviter().receive(&sent(newcomer().refuse()))
    }

    #[test]
    fn a_person_may_take_it_back_until_the_end() {
        let (mut inviter, mut newcomer, _) = with_words(inviter(), newcomer());
        assert_eq!(inviter.admitted(admitted()), Err(PairingError::OutOfOrder));
        sent(inviter.confirm_words(true));
        assert_eq!(inviter.confirm_words(true), Err(PairingError::OutOfOrder), "a second tap");
        assert!(!inviter.is_closed(), "ends nothing");
        assert_eq!(newcomer.receive(&sent(inviter.confirm_words(false))), Err(PairingError::WordsDiffer));
        assert_eq!(a_fresh_no(), Err(PairingError::Refused));
    }

    #[test]
    fn a_broken_commitment_and_an_unknown_word_list_end_it() {
        let mut newcomer = newcomer();
        newcomer.start().unwrap();
        newcomer.receive(&messages()[0].encode()).unwrap();
        assert_eq!(newcomer.receive(&[&[3], &[12; 16][..]].concat()), Err(PairingError::BrokenCommitment));
        let mut newcomer = Newcomer { state: NewcomerState::Start, ..newcomer };
        newcomer.start().unwrap();
        let commit = PairingMessage::Commit { commitment: [0; 32], word_list: "en-2".to_owned() };
        assert_eq!(newcomer.receive(&commit.encode()), Err(PairingError::WordListUnknown));
    }

    /// Goal: at every state at most one kind of message is taken, and any other ends the pairing. Method: a table of all
    /// states against all messages; what the table calls for in a state is what an honest phone sends there.
    #[test]
    fn order_is_enforced_for_every_message_at_every_state() {
        let all = messages().map(|message| message.encode());
        // How many of an honest pairing's steps are done; past 100, with the person's answer before the other's.
        let to_inviter = |count: usize| {
            let mut inviter = inviter();
            let me: [&dyn Fn(&mut Inviter) -> Steps; 7] = [
                &|it| it.start(),
                &|it| it.receive(&all[1]),
                &|it| it.receive(&all[3]),
                &|it| it.confirm_words(true),
                &|it| it.receive(&all[5]),
                &|it| it.admitted(admitted()),
                &|it| it.receive(&[]),
            ];
            let (mut me, tapped_first) = (me, count >= 100);
            if tapped_first {
                me.swap(2, 3);
            }
            me.iter().take(count % 100).for_each(|step| drop(step(&mut inviter)));
            inviter
        };
        for (count, taken) in [(0, 0), (1, 2), (2, 4), (3, 0), (103, 4), (4, 6), (104, 6), (5, 0), (6, 0), (7, 0)] {
            for (tag, message) in (1..).zip(&all) {
                let mut inviter = to_inviter(count);
                assert_eq!(inviter.receive(message).is_ok(), tag == taken, "inviter {count}, message {tag}");
                assert_eq!(inviter.is_closed(), tag != taken);
            }
            assert_eq!(to_inviter(count).receive(&[8, 2]), Err(PairingError::Refused));
        }
        let to_newcomer = |count: usize| {
            let mut newcomer = newcomer();
            let me: [&dyn Fn(&mut Newcomer) -> Steps; 9] = [
                &|it| it.start(),
                &|it| it.receive(&all[0]),
                &|it| it.receive(&all[2]),
                &|it| it.receive(&all[3]),
                &|it| it.confirm_words(true),
                &|it| it.receive(&all[4]),
                &|it| it.accept(yes(&here(NEW_ADULT))),
                &|it| it.receive(&all[6]),
                &|it| it.receive(&[]),
            ];
            let (mut me, tapped_first) = (me, count >= 100);
            if tapped_first {
                me.swap(3, 4);
            }
            me.iter().take(count % 100).for_each(|step| drop(step(&mut newcomer)));
            newcomer
        };
        for (count, taken) in
            [(0, 0), (1, 1), (2, 3), (3, 4), (4, 0), (104, 4), (5, 5), (105, 5), (6, 0), (7, 7), (8, 0), (9, 0)]
        {
            for (tag, message) in (1..).zip(&all) {
                let mut newcomer = to_newcomer(count);
                assert_eq!(newcomer.receive(message).is_ok(), tag == taken, "newcomer {count}, message {tag}");
                assert_eq!(newcomer.is_closed(), tag != taken);
            }
            assert_eq!(to_newcomer(count).receive(&[8, 1]), Err(PairingError::WordsDiffer));
        }
    }

    #[test]
    fn a_key_that_is_not_the_channels_ends_it_on_both_sides() {
        let at_accept = |here: &Here| {
            let (mut inviter, ..) = with_words(Inviter::new(HASH, MINE, [10; 16], here.clone()), newcomer());
            inviter.confirm_words(true).unwrap();
            inviter.receive(&[4]).unwrap();
            inviter
        };
        let own = here(OWN_DEVICE);
        let Accept::Device { keys: mine, pop } = yes(&own) else { panic!("an own device's yes") };
        let start = |keys| Accept::Member(MemberStart { nonce: [6; 16], keys });
        let forged = DeviceKeys { sign_key: SignKey::from_bytes(&[8; 32]).device(), ..mine };
        for (here, accept, error) in [
            (&here(NEW_ADULT), start(keys(THEIRS)), PairingError::KeyMismatch),
            (&own, Accept::Device { keys: keys(THEIRS), pop }, PairingError::KeyMismatch),
            (&own, Accept::Device { keys: forged, pop }, PairingError::NotProven),
            (&own, start(mine), PairingError::Malformed),
            (&here(NEW_ADULT), Accept::Device { keys: mine, pop }, PairingError::Malformed),
        ] {
            assert_eq!(at_accept(here).receive(&PairingMessage::Accept(accept).encode()), Err(error));
            let mut newcomer = Newcomer { state: NewcomerState::Decision(Box::new(here.clone())), ..newcomer() };
            assert_eq!(newcomer.accept(accept), Err(error));
            assert!(newcomer.accept(yes(here)).is_ok(), "the app's own mistake can be mended");
        }
        let mut newcomer = Newcomer { state: NewcomerState::Here, ..newcomer() };
        let other = Here { inviter_keys: keys(MINE), ..here(NEW_ADULT) };
        assert_eq!(newcomer.receive(&PairingMessage::Here(other).encode()), Err(PairingError::KeyMismatch));
    }

    #[test]
    fn what_is_told_is_bounded_and_at_one_with_itself() {
        let young = |guardian| HereAs::NewMember { role: Role::YoungMember(AgeBand::Under13), guardian };
        let somebody = |byte| Person { member: MemberId::from_bytes([byte; 32]), ..here(NEW_ADULT).people[0].clone() };
        assert_eq!(here(young(Some(MARTA))).check(), Ok(()));
        let crowd = |count: usize| (3..).take(count).map(somebody).collect::<Vec<_>>();
        let full = Here { people: crowd(MEMBERS_MAX), ..here(NEW_ADULT) };
        assert_eq!(full.check(), Ok(()));
        for bad in [
            here(young(None)),
            here(young(Some(MemberId::from_bytes([9; 32])))),
            here(HereAs::NewMember { role: Role::Member, guardian: Some(MARTA) }),
            here(HereAs::OwnDevice { member: MemberId::from_bytes([9; 32]) }),
            Here { people: vec![somebody(9)], ..here(NEW_ADULT) },
            Here { people: vec![somebody(3), somebody(3)], ..here(NEW_ADULT) },
            Here { people: crowd(MEMBERS_MAX + 1), ..here(NEW_ADULT) },
            Here { circle_name: "a".repeat(41), ..here(NEW_ADULT) },
            Here { circle_name: "a".repeat(HERE_BYTES_MAX), ..here(NEW_ADULT) },
        ] {
            assert_eq!(Inviter::new(HASH, MINE, [10; 16], bad.clone()).start(), Err(PairingError::Malformed));
            let mut newcomer = Newcomer { state: NewcomerState::Here, ..newcomer() };
            assert_eq!(newcomer.receive(&PairingMessage::Here(bad).encode()), Err(PairingError::Malformed));
        }
        let other = Here { terms: [0; 32], ..here(NEW_ADULT) };
        assert_eq!(Inviter::new(HASH, MINE, [10; 16], other).start(), Err(PairingError::TermsUnknown));
        let mut inviter = Inviter { state: InviterState::Admission, ..inviter() };
        let long = Admitted { proof: vec![0; PROOF_BYTES_MAX + 1], ..admitted() };
        assert_eq!(inviter.admitted(long), Err(PairingError::Malformed));
        assert!(inviter.admitted(Admitted { proof: vec![0; PROOF_BYTES_MAX], ..admitted() }).is_ok());
    }

    /// Goal: no bytes panic, and none but the canonical ones are a message. Method: every message with every byte
    /// changed and at every length, and bytes that a hash draws.
    #[test]
    fn any_bytes_are_a_message_or_an_error() {
        let drawn = |seed: u32| {
            let bytes: Vec<u8> =
                (0..12u32).flat_map(|at| hash("t", &[&seed.to_be_bytes(), &at.to_be_bytes()])).collect();
            bytes[..seed as usize % bytes.len()].to_vec()
        };
        let mut tried: Vec<Vec<u8>> = (0..4_000).map(drawn).collect();
        for message in messages().map(|message| message.encode()) {
            tried.extend((0..=message.len()).map(|length| message[..length].to_vec()));
            tried.extend((0..message.len()).flat_map(|at| {
                [1, 0x80, 0xff].map(|change| {
                    let mut changed = message.clone();
                    changed[at] ^= change;
                    changed
                })
            }));
            tried.push([message, vec![0]].concat());
        }
        for bytes in tried {
            if let Some(message) = PairingMessage::decode(&bytes) {
                assert_eq!(message.encode(), bytes);
            }
            for state in [InviterState::Nonce, InviterState::Words(Answers::default()), InviterState::Accept] {
                let _ = Inviter { state, ..inviter() }.receive(&bytes);
            }
            for state in [NewcomerState::Commit, NewcomerState::Here, NewcomerState::Admitted] {
                let _ = Newcomer { state, ..newcomer() }.receive(&bytes);
            }
        }
    }
}
