//! Keys, the roster fold, the rules of verdicts, pairing, chain and signatures.
//!
//! Knows nothing of documents, SQL or sockets.

pub mod chain;
pub mod code;
mod code_keeper;
mod fork;
pub mod keys;
pub mod pairing;
pub mod pairing_message;
pub mod roster;
pub mod verdict;
pub mod words;

pub use chain::{Malformed, verify_run};
pub use code::PairingCode;
pub use code_keeper::{CodeId, CodeKeeper};
pub use fork::verify_fork;
pub use keys::{Purpose, SignKey, verify};
pub use pairing::{Inviter, Newcomer, Step};
pub use pairing_message::{Accept, Admitted, Here, HereAs, Invitation, PairingError, PersonHere, TERMS, terms_hash};
pub use roster::{Member, Pending, Roster, TrustEvent};
pub use verdict::{Case, Target};
