//! Why a pairing didn't come about.

use std::fmt;

use serde::Serialize;

use crate::identity::PairingError;

/// Why a pairing didn't come about. An app begins again with a new code, and after [`WordsDiffer`](Self::WordsDiffer) in
/// another place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PairingProblem {
    /// The code that was typed isn't the one that is shown.
    WrongCode,
    /// The code has run out, was used, or was tried too often.
    CodeIsDead,
    /// Somebody played an earlier connection again.
    Replayed,
    /// The two phones show different words: somebody may stand between them.
    WordsDiffer,
    /// One of the two people said no.
    Declined,
    /// Not what may be said or done now; a second tap, for instance.
    OutOfOrder,
    /// It had ended.
    Over,
    /// As many codes are open as may be.
    TooManyCodes,
    /// The other phone doesn't say what the protocol says.
    Malformed,
    /// The inviter's phone changed what it had fixed before: somebody may stand between the phones.
    BrokenCommitment,
    /// The key named is not the key of this connection.
    KeyMismatch,
    /// The new device, or the inviter, didn't prove what it said.
    NotProven,
    /// The other app has a list of words that this one hasn't. Update the older one.
    WordListUnknown,
    /// The other app has terms that this one can't show. Update the older one.
    TermsUnknown,
}

impl PairingProblem {
    /// A stable word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::WrongCode => "wrong_code",
            Self::CodeIsDead => "code_is_dead",
            Self::Replayed => "replayed",
            Self::WordsDiffer => "words_differ",
            Self::Declined => "declined",
            Self::OutOfOrder => "out_of_order",
            Self::Over => "over",
            Self::TooManyCodes => "too_many_codes",
            Self::Malformed => "malformed",
            Self::BrokenCommitment => "broken_commitment",
            Self::KeyMismatch => "key_mismatch",
            Self::NotProven => "not_proven",
            Self::WordListUnknown => "word_list_unknown",
            Self::TermsUnknown => "terms_unknown",
        }
    }
}

impl fmt::Display for PairingProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl From<PairingError> for PairingProblem {
    fn from(error: PairingError) -> Self {
        match error {
            PairingError::OutOfOrder => Self::OutOfOrder,
            PairingError::Malformed => Self::Malformed,
            PairingError::BrokenCommitment => Self::BrokenCommitment,
            PairingError::WordListUnknown => Self::WordListUnknown,
            PairingError::TermsUnknown => Self::TermsUnknown,
            PairingError::WordsDiffer => Self::WordsDiffer,
            PairingError::Refused => Self::Declined,
            PairingError::KeyMismatch => Self::KeyMismatch,
            PairingError::NotProven => Self::NotProven,
            PairingError::TooManyCodes => Self::TooManyCodes,
        }
    }
}
