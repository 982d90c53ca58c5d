//! Every refusal in words: what is the matter and what to do next.

use kinweave_core::app::{Error, Rule};
use kinweave_core::model::InvalidReason;

use crate::words::{find, say};

/// What to tell a person about this error.
pub fn sentence(error: &Error) -> String {
    match error {
        Error::InvalidInput { field, reason } => say(&format!("invalid.{}", reason_key(*reason)), &[("field", field)]),
        Error::NotFound { id } => say("error.not_found", &[("id", id)]),
        Error::NotAllowed { rule } => {
            find(&format!("rule.{}", rule_key(*rule)), &[]).unwrap_or_else(|| say("rule.other", &[]))
        }
        Error::Moved { to } => say("error.moved", &[("id", &to.short())]),
        Error::Corrupt { moved_aside: true } => say("error.corrupt", &[]),
        Error::Corrupt { moved_aside: false } => say("error.corrupt_in_place", &[]),
        Error::NewerDatabase { found, supported } => {
            say("error.newer_database", &[("found", &found.to_string()), ("supported", &supported.to_string())])
        }
        Error::PairingRejected { reason } => {
            say("error.pairing_rejected", &[("reason", &reason.as_str().replace('_', " "))])
        }
        Error::PeerMisbehaved { rule } => say("error.peer_misbehaved", &[("rule", &rule.replace('_', " "))]),
        Error::CallbackFailed { reason } => say("error.callback_failed", &[("reason", reason)]),
        Error::Internal { report_id } => say("error.internal", &[("id", report_id)]),
        other => say(&format!("error.{}", plain_key(other)), &[]),
    }
}

/// What a process that met this error exits with.
pub fn exit_code(error: &Error) -> u8 {
    match error {
        Error::Closed
        | Error::Paused
        | Error::Busy
        | Error::NoCircle
        | Error::SecondCopy
        | Error::WrongKey
        | Error::Corrupt { .. }
        | Error::DiskFull
        | Error::NewerDatabase { .. }
        | Error::StorageUnavailable => 3,
        Error::NotPaired
        | Error::PairingRejected { .. }
        | Error::Incompatible
        | Error::DiscoveryUnavailable
        | Error::PeerUnreachable
        | Error::PeerMisbehaved { .. } => 4,
        _ => 1,
    }
}

fn plain_key(error: &Error) -> &'static str {
    match error {
        Error::Gone => "gone",
        Error::Closed => "closed",
        Error::Paused => "paused",
        Error::Busy => "busy",
        Error::NoCircle => "no_circle",
        Error::SecondCopy => "second_copy",
        Error::WrongKey => "wrong_key",
        Error::DiskFull => "disk_full",
        Error::StorageUnavailable => "storage_unavailable",
        Error::NotPaired => "not_paired",
        Error::Incompatible => "incompatible",
        Error::DiscoveryUnavailable => "discovery_unavailable",
        Error::PeerUnreachable => "peer_unreachable",
        // A core that is newer than these words.
        _ => "other",
    }
}

fn rule_key(rule: Rule) -> String {
    serde_json::to_value(rule).ok().and_then(|word| Some(word.as_str()?.to_owned())).unwrap_or_default()
}

fn reason_key(reason: InvalidReason) -> &'static str {
    match reason {
        InvalidReason::Empty => "empty",
        InvalidReason::TooLong => "too_long",
        InvalidReason::OutOfRange => "out_of_range",
        InvalidReason::Malformed => "malformed",
        InvalidReason::Missing => "missing",
        InvalidReason::Unknown => "unknown",
    }
}

#[cfg(test)]
mod tests {
    use kinweave_core::app::PairingProblem;

    use super::*;
    use crate::screen::{self, Screen};
    use crate::words::Language;
    use kinweave_core::model::RecordId;

    fn every_error() -> Vec<Error> {
        use InvalidReason::{Empty, Malformed, Missing, OutOfRange, TooLong, Unknown};
        let invalid = |reason| Error::InvalidInput { field: "place".to_owned(), reason };
        let mut errors: Vec<Error> = [Empty, TooLong, OutOfRange, Malformed, Missing, Unknown].map(invalid).into();
        let rules = [
            Rule::SubjectMustBeAuthor,
            Rule::NotAWriter,
            Rule::AudienceNotAllowed,
            Rule::ParentNeeded,
            Rule::AdultsOnly,
            Rule::GuardianNeeded,
            Rule::AlreadyInACircle,
            Rule::NotTheirWord,
            Rule::LimitReached,
        ];
        errors.extend(rules.map(|rule| Error::NotAllowed { rule }));
        errors.extend([
            Error::NotFound { id: "Nobody".to_owned() },
            Error::Moved { to: RecordId::from_bytes([7; 32]) },
            Error::Gone,
            Error::Closed,
            Error::Paused,
            Error::Busy,
            Error::NoCircle,
            Error::SecondCopy,
            Error::WrongKey,
            Error::Corrupt { moved_aside: true },
            Error::Corrupt { moved_aside: false },
            Error::DiskFull,
            Error::NewerDatabase { found: 9, supported: 1 },
            Error::StorageUnavailable,
            Error::CallbackFailed { reason: "a word".to_owned() },
            Error::NotPaired,
            Error::PairingRejected { reason: PairingProblem::WordsDiffer },
            Error::Incompatible,
            Error::DiscoveryUnavailable,
            Error::PeerUnreachable,
            Error::PeerMisbehaved { rule: "a proof of something else".to_owned() },
            Error::Internal { report_id: "r-1".to_owned() },
        ]);
        errors
    }

    #[test]
    fn every_error_has_words_of_its_own_and_says_what_to_do() {
        for language in [Language::En, Language::Es] {
            screen::set(Screen { language, width: None });
            each_error_has_words();
        }
        screen::set(Screen::default());
    }

    fn each_error_has_words() {
        let sentences: Vec<_> = every_error().iter().map(sentence).collect();
        for (error, sentence) in every_error().iter().zip(&sentences) {
            assert!(sentence.contains(' ') && sentence.ends_with('.'), "{error:?}: {sentence}");
            assert!(!sentence.contains(['{', '}']), "{error:?}: {sentence}");
            assert_eq!(sentences.iter().filter(|other| *other == sentence).count(), 1, "{error:?}: {sentence}");
            assert!((1..=4).contains(&exit_code(error)) && exit_code(error) != 2);
        }
    }
}
