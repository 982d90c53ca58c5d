//! A setback, kept by the one who had it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::model::kind::{
    AboutRule, FieldSpec, InvalidInput, InvalidReason, Kind, KindSpec, Placement, Retention, SubjectRule, YoungRule,
    check_optional_words, check_words,
};
use crate::model::op::Writers;
use crate::model::time::Date;

/// How many entries `before` and `helped` may have.
const WORDS_MAX: usize = 20;

/// A setback. It stays on its author's own devices until they tell somebody, and may be changed or taken away for ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Setback {
    /// The first date of it.
    pub started_on: Date,
    /// The first date after it, not before `started_on`; absent while it isn't over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub resumed_on: Option<Date>,
    /// What its author calls it.
    pub setback_kind: SetbackKind,
    /// How it counts, which is theirs to choose.
    pub count_policy: CountPolicy,
    /// What was there before: up to 20 words or phrases of up to 80 characters.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub before: BTreeSet<String>,
    /// What helped: the same.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub helped: BTreeSet<String>,
    /// What they take from it, up to 2,000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub learned: Option<String>,
    /// Whether they are safe now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub safe_now: Option<bool>,
}

/// What its author calls a setback.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum SetbackKind {
    Slip,
    ReturnToUse,
    /// It came close and didn't happen: it never counts.
    CloseCall,
    Other,
}

/// How the person chose to count a setback. It is theirs to choose, and to change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum CountPolicy {
    /// Its dates are left out and a new run begins when it is over.
    NewRun,
    /// Its dates are left out and the run goes on.
    MarkedDay,
    /// It is remembered; the count doesn't change.
    NoteOnly,
}

impl Kind for Setback {
    const SPEC: KindSpec = KindSpec {
        name: "setback",
        schema: 1,
        writers: Writers::Author,
        subject: SubjectRule::Author,
        young: YoungRule::Never,
        audience: Placement::MeFirst,
        retention: Retention::UntilErased,
        about: AboutRule::Never,
        fields: &[
            FieldSpec::date("started_on"),
            FieldSpec::register("resumed_on"),
            FieldSpec::register("setback_kind"),
            FieldSpec::register("count_policy"),
            FieldSpec::words_set("before"),
            FieldSpec::words_set("helped"),
            FieldSpec::words("learned"),
            FieldSpec::register("safe_now"),
        ],
    };

    fn validate(&self) -> Result<(), InvalidInput> {
        if self.resumed_on.is_some_and(|resumed_on| resumed_on < self.started_on) {
            return Err(InvalidInput::new("resumed_on", InvalidReason::OutOfRange));
        }
        for (field, words) in [("before", &self.before), ("helped", &self.helped)] {
            if words.len() > WORDS_MAX {
                return Err(InvalidInput::new(field, InvalidReason::OutOfRange));
            }
            words.iter().try_for_each(|word| check_words(field, word, 80))?;
        }
        check_optional_words("learned", self.learned.as_ref(), 2_000)
    }

    fn example() -> Self {
        Self {
            started_on: Date::default(),
            resumed_on: Some(Date::default()),
            setback_kind: SetbackKind::Slip,
            count_policy: CountPolicy::NewRun,
            before: ["tired".to_owned(), "pay day".to_owned()].into(),
            helped: ["called Lena".to_owned()].into(),
            learned: Some("Not alone on pay day.".to_owned()),
            safe_now: Some(true),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setback_is_not_over_before_it_begins() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let from = Setback { started_on: day("2026-05-02"), ..Setback::example() };
        let until = |text: &str| Setback { resumed_on: Some(day(text)), ..from.clone() }.validate();
        assert_eq!(until("2026-05-02"), Ok(()));
        assert_eq!(until("2026-05-01"), Err(InvalidInput::new("resumed_on", InvalidReason::OutOfRange)));
    }
}
