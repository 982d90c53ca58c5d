//! The engine: events in, effects out. Knows no disk, socket, clock or thread.
//!
//! One [`Session`] is one authenticated connection with another phone. Whoever owns it feeds it [`Event`]s, carries out
//! the [`Effects`], and lends it a [`Ledger`]: what this phone holds, and the rules by which it takes more.
//!
//! ```text
//! dialler                                                      responder
//!    | Hello  (proof Runs, if they haven't met)  Digest×2          |
//!    |------------------------------------------------------------>|  silent to whoever isn't a joined member's device
//!    |          Hello  Digest×2  (Done: nothing new)               |
//!    |<------------------------------------------------------------|
//!    |  a round of trust until its digests are equal, then rounds of sets:            │ lock-step, both ways at once
//!    |    Digests (sets only)  Have…  Run… Ack…  Served            |
//!    |<----------------------------------------------------------->|
//!    |  both have Served and committed: Digest, numbered by round  |
//!    |<----------------------------------------------------------->|
//!    |  equal, or a round that changed nothing: Done               |
//!    |<----------------------------------------------------------->|
//!    |  from here on live: Run… Digest, gathered for two seconds   |
//! ```
//!
//! A round ends for each side when it has said all it has to say and heard the same from the other, so neither has to
//! guess from silence. That two sides can't become equal (a fork, a feed that one of them refuses) is normal: a round
//! that changed neither digest is the last, and both say `Done`.

mod bodies;
mod bounded;
mod catch_up;
mod event;
mod forks;
mod greeting;
mod ledger;
mod live;
mod outbox;
mod progress;
mod receive;
mod run_codec;
mod session;
mod status;
mod wire;

#[cfg(test)]
mod golden_tests;
#[cfg(test)]
mod session_fault_tests;
#[cfg(test)]
mod session_tests;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod testing_line;

pub use bodies::Bodies;
pub use event::{CloseReason, Effects, Event, Meeting, Summary};
pub use ledger::{Ledger, ReceiveError, Received, Standing, StoreFailed};
pub use session::{RULES, Session, VERSIONS};
pub use status::PeerStatus;
